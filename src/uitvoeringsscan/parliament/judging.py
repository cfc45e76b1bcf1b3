"""What a case means here: which paper is the amendment, when the vote is, what the House decided, what is odd about it.

Every list of words below is the House's, and closed: a word that is not in it is an anomaly, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from uitvoeringsscan.amendments.amendment import Amendment, ParsedAmendment, Submitter
from uitvoeringsscan.parliament.anomalies import Anomaly, AnomalyKind
from uitvoeringsscan.parliament.records import Case, Decision, Paper, Tally, VoteMoment
from uitvoeringsscan.scans.deadlines import plausible
from uitvoeringsscan.scans.outcome import OutcomeKind

AMENDMENT_PAPERS = frozenset({"Amendement", "Amendement (gewijzigd/nader/vervangend)"})
KNOWN_BESIDE = frozenset({"Bijlage", "Brief regering", "Overig", "Overig (openbaar)", "Stemmingslijst", "Mededeling"})
"""Papers that may hang on an amendment's case and are not its text."""

BILL_PAPERS = frozenset(
    {
        "Voorstel van wet",
        "Voorstel van wet (initiatiefvoorstel)",
        "Voorstel van wet (tweede lezing)",
        "Gewijzigd voorstel van wet",
        "Bijgewerkte tekst",
    }
)
"""Papers that hold the whole text of a bill. A nota van wijziging holds only what changes, and is not read."""

VOTES = "Stemmingen"
PLANNED, DONE, MOVED, CANCELLED = "Gepland", "Uitgevoerd", "Verplaatst", "Geannuleerd"
STATUSES = frozenset({PLANNED, DONE, MOVED, CANCELLED})

DECIDED = "Besluit"
"""The status of a decision that was taken; the others are proposals and drafts."""

OUTCOMES: dict[str, OutcomeKind | None] = {
    "Stemmen - aangenomen": OutcomeKind.ADOPTED,
    "Stemmen - verworpen": OutcomeKind.REJECTED,
    "Stemmen - ingetrokken": OutcomeKind.WITHDRAWN,
    "Stemmen - aangehouden": OutcomeKind.HELD_OVER,
    "Stemmen - zonder stemming aannemen": OutcomeKind.TAKEN_OVER,
    "Stemmen - overgenomen": OutcomeKind.TAKEN_OVER,
    "Stemmen - uitstellen": None,
    "Stemmen - stemmen": None,
}
"""None: it was on the agenda, and nothing was decided."""
_VOTING = "Stemmen - "

APPRAISALS: dict[str, str] = {
    "Oordeel Kamer": "oordeel-kamer",
    "Ontraden": "ontraden",
    "Ontraden, tenzij gewijzigd": "ontraden-tenzij-gewijzigd",
    "Ontraden tenzij gewijzigd": "ontraden-tenzij-gewijzigd",
    "Overgenomen": "overgenomen",
    "Geen (expliciete) appreciatie": "geen",
}
_NO_APPRAISAL = frozenset(
    {
        "Nog niet bekend",
        "Nog te ontvangen",
        "Niet beschikbaar bij gewijzigde moties en/of amendementen",
        "Niet beschikbaar bij moties en/of amendementen vóór 1 april 2019",
        "Verzocht motie aan te houden",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`words` are the House's own; `tally` is there where there was a vote."""

    kind: OutcomeKind
    at: datetime
    words: str
    tally: Tally | None


def amendment_paper(case: Case) -> Paper | None:
    """The paper with the text: the newest of them should there be more."""
    found = [paper for paper in case.papers if paper.kind in AMENDMENT_PAPERS]
    return max(found, key=lambda p: (str(p.dated or ""), int(p.paper_number or 0), p.id), default=None)


def dossier_of(case: Case) -> str | None:
    """36410-XV: as the case says, else as its paper says."""
    paper = amendment_paper(case)
    found = case.dossier or (paper.dossier if paper else None)
    return found.name if found else None


def vote_of(case: Case, now: datetime) -> datetime | None:
    """When the House votes, as planned now: the first planned vote that is ahead, else the last one that was or is planned.

    None when none is planned: then nothing is known, also when something was known before.
    """
    found = [moment.at for moment in case.moments if _counts(moment) and moment.at is not None]
    ahead = [at for at in found if at >= now]
    return min(ahead) if ahead else max(found, default=None)


def _counts(moment: VoteMoment) -> bool:
    return moment.kind == VOTES and moment.status in (PLANNED, DONE) and (moment.at is None or plausible(moment.at))


def outcome_of(case: Case) -> Outcome | None:
    """What was decided last. A decision that holds it over gives way to a later vote."""
    found = [(decision, kind) for decision in case.decisions if (kind := _decided(decision)) is not None]
    if not found:
        return None
    decision, kind = max(found, key=lambda pair: (pair[0].at.timestamp() if pair[0].at else 0.0, pair[0].order))
    assert decision.at is not None
    return Outcome(kind=kind, at=decision.at, words=decision.text or decision.kind, tally=decision.tally)


def is_decided(case: Case) -> bool:
    """Nothing more is to be expected of the House; what is held over comes back."""
    outcome = outcome_of(case)
    return outcome is not None and outcome.kind is not OutcomeKind.HELD_OVER


def _decided(decision: Decision) -> OutcomeKind | None:
    if decision.status != DECIDED or decision.at is None or not plausible(decision.at):
        return None
    kind = OUTCOMES.get(decision.kind)
    taken_over = kind is OutcomeKind.ADOPTED and decision.tally is None and "overgenomen" in decision.text.casefold()
    return OutcomeKind.TAKEN_OVER if taken_over else kind


def appraisal_of(case: Case) -> str | None:
    """The cabinet's word as a code of ours; None while there is none."""
    return APPRAISALS.get(case.appraisal) if case.appraisal else None


def amendment_of(case: Case, text: str) -> Amendment:
    """What is handed in for a scan: the text to the letter, the rest as the House registered it.

    The kind, and whatever the House does not say, is left to be read from the text.
    """
    paper = amendment_paper(case)
    dossier = case.dossier or (paper.dossier if paper else None)
    same = [one.paper for one in case.replaces if one.paper and one.dossier in (None, dossier_of(case))]
    return Amendment(
        text=text,
        title=(dossier.title if dossier else None) or case.title or case.subject or "",
        dossier_number=dossier.number if dossier else None,
        dossier_suffix=dossier.suffix if dossier else None,
        paper_number=paper.paper_number if paper else None,
        kind="",
        replaces=max(same, key=int) if same else None,
        submitters=tuple(Submitter(name=one.name, party=one.party) for one in case.signatories),
        received=paper.dated if paper else None,
        case_number=case.number,
    )


def anomalies_of(case: Case, now: datetime) -> Iterator[Anomaly]:
    """What is odd about the record itself; what is odd about its text is `text_anomalies`."""

    def odd(kind: AnomalyKind, fact: str = "") -> Anomaly:
        return Anomaly(kind=kind, subject=case.id, fact=fact[:200])

    paper = amendment_paper(case)
    if paper is None:
        yield odd(AnomalyKind.NO_DOCUMENT)
    for kind in sorted({p.kind for p in case.papers} - AMENDMENT_PAPERS - KNOWN_BESIDE):
        yield odd(AnomalyKind.UNKNOWN_PAPER, kind or "zonder soort")
    if dossier_of(case) is None:
        yield odd(AnomalyKind.NO_DOSSIER)
    if paper is not None and paper.paper_number is None:
        yield odd(AnomalyKind.NO_NUMBER)
    if paper and paper.dossier and case.dossier and paper.dossier.name != case.dossier.name:
        yield odd(AnomalyKind.DOSSIER_MISMATCH, f"{case.dossier.name} en {paper.dossier.name}")
    replaced = [one.paper or "zonder nummer" for one in case.replaces]
    if len(replaced) > 1:
        yield odd(AnomalyKind.SEVERAL_REPLACED, ", ".join(replaced))
    yield from _odd_votes(case, now)
    yield from _odd_decisions(case)
    if case.appraisal and case.appraisal not in APPRAISALS and case.appraisal not in _NO_APPRAISAL:
        yield odd(AnomalyKind.UNKNOWN_APPRAISAL, case.appraisal)


def _odd_votes(case: Case, now: datetime) -> Iterator[Anomaly]:
    votes = [moment for moment in case.moments if moment.kind == VOTES]
    for status in sorted({moment.status for moment in votes} - STATUSES):
        yield Anomaly(kind=AnomalyKind.UNKNOWN_STATUS, subject=case.id, fact=status or "zonder status")
    planned = [moment for moment in votes if moment.status == PLANNED]
    for moment in planned:
        if moment.at is None or not plausible(moment.at):
            fact = moment.day.isoformat() if moment.day else ""
            yield Anomaly(kind=AnomalyKind.VOTE_WITHOUT_TIME, subject=case.id, fact=fact)
    vote = vote_of(case, now)
    if vote is not None and vote < now and outcome_of(case) is None:
        yield Anomaly(kind=AnomalyKind.VOTE_IN_PAST, subject=case.id, fact=vote.date().isoformat())


def _odd_decisions(case: Case) -> Iterator[Anomaly]:
    for decision in case.decisions:
        if decision.status == DECIDED and decision.kind.startswith(_VOTING) and decision.kind not in OUTCOMES:
            yield Anomaly(kind=AnomalyKind.UNKNOWN_DECISION, subject=case.id, fact=decision.kind[:200])
    outcome = outcome_of(case)
    if outcome is not None and outcome.tally is not None:
        carried = outcome.tally.in_favour > outcome.tally.against
        said = {OutcomeKind.ADOPTED: True, OutcomeKind.REJECTED: False}.get(outcome.kind, carried)
        if carried != said:
            fact = f"{outcome.words}; voor {outcome.tally.in_favour}, tegen {outcome.tally.against}"
            yield Anomaly(kind=AnomalyKind.TALLY_CONTRADICTS, subject=case.id, fact=fact[:200])


def text_anomalies(case: Case, parsed: ParsedAmendment) -> Iterator[Anomaly]:
    """Where the text says something else than the House's own record."""
    paper = amendment_paper(case)
    said = "".join(parsed.dossier_number.value.split()) if parsed.dossier_number else None
    dossier = case.dossier or (paper.dossier if paper else None)
    if said and dossier and said != dossier.number:
        yield Anomaly(
            kind=AnomalyKind.DOSSIER_MISMATCH, subject=case.id, fact=f"{dossier.name}; in de tekst staat {said}"
        )
    replaced = {one.paper for one in case.replaces if one.paper}
    read = parsed.replaces.value if parsed.replaces else None
    if read and replaced and read not in replaced:
        fact = f"{', '.join(sorted(replaced))}; in de tekst staat {read}"
        yield Anomaly(kind=AnomalyKind.REPLACES_DIFFERS, subject=case.id, fact=fact[:200])
