"""Composing: a scan and the files of the agencies that were asked give the summary Parliament reads. Pure.

Two rules stand above the rest. What a questionnaire calls internal does not pass: an internal question is left out of the
score before anything is added up, so that no sum can betray it either (a level is always public; the internal answer
behind it is not). And silence is printed as silence: an agency without an approved answer brings nothing but its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from uitvoeringsscan.amendments.intended import Intended
from uitvoeringsscan.assessments.assessment import Outcome
from uitvoeringsscan.errors import WrongState
from uitvoeringsscan.identifiers import publication_number
from uitvoeringsscan.publication.disclosure import AgencyFile, Said, figures, public_score
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.publication.summary import (
    AgencyPart,
    AmendmentPart,
    BillTestPart,
    Costs,
    DimensionLine,
    Euros,
    EvidenceLine,
    Fte,
    ImpactLine,
    ImpactSummary,
    IntendedPart,
    Introduction,
    LevelCode,
    NoAgency,
    NotAsked,
    ReactionPart,
    RoutingPart,
    RubricPart,
    SigningPart,
    Staff,
    StatusCode,
    SubmitterLine,
    TotalCosts,
    TotalStaff,
    TraceLinePart,
    VerdictCode,
    WarningLine,
)
from uitvoeringsscan.routing.register import Agency
from uitvoeringsscan.routing.routing import Advice
from uitvoeringsscan.rubrics.model import Meaning
from uitvoeringsscan.rubrics.values import Range
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scoring.aggregation import aggregate
from uitvoeringsscan.scoring.score import AgencyScore, Contribution, Level, Total, Verdict

__all__ = ["AgencyFile", "compose"]

_STATUS: dict[Outcome | None, StatusCode] = {
    Outcome.ANSWERED: "vastgesteld",
    Outcome.NO_IMPACT: "geen-gevolgen",
    Outcome.NOT_OURS: "niet-van-toepassing",
    None: "geen-reactie",
}


def compose(
    scan: Scan,
    files: Iterable[AgencyFile],
    *,
    version: int,
    published_at: datetime,
    previous: Publication | None,
    not_asked: Iterable[Agency] = (),
    intended: Intended | None = None,
    signing: SigningPart | None = None,
) -> ImpactSummary:
    """The summary of `scan` as version `version`, after `previous` in the chain over all publications.

    not_asked  agencies that were proposed and not asked, for their names
    intended   when the amendment is to be in force, as far as that is known
    signing    with which key it will be signed
    Raises WrongState while a file is neither approved nor closed without answer.
    """
    ordered = sorted(files, key=lambda file: (file.agency.name.casefold(), file.agency.code))
    if not all(file.assessment.settled for file in ordered):
        raise WrongState("Publiceren kan pas als elke organisatie heeft geantwoord, of als de ronde is afgerond.")
    scores = {file.agency.code: public_score(file) for file in ordered}
    profile = aggregate(
        [
            Contribution(agency=file.assessment.agency, score=scores[file.agency.code])
            for file in ordered
            if file.outcome is not Outcome.NOT_OURS
        ]
    )
    return ImpactSummary(
        number=publication_number(scan.id, version),
        scan=scan.id,
        version=version,
        correction=scan.correction if version > 1 else None,
        published_at=published_at,
        before_vote=None if scan.vote is None else published_at < scan.vote,
        vote=scan.vote,
        amendment=_amendment(scan),
        complete=all(file.outcome is not None for file in ordered),
        verdict=_code(profile.verdict),
        impact=tuple(
            ImpactLine(
                dimension=line.dimension.value,
                level=_level(line.level),
                at_least=line.at_least,
                decided_by=line.decided_by,
                count=line.answered,
                of=line.asked,
            )
            for line in profile.lines
        ),
        costs=TotalCosts(
            once=_euros(profile.costs_once.total),
            yearly=_euros(profile.costs_yearly.total),
            incomplete=_missing(profile.costs_once, profile.costs_yearly),
        ),
        staff=TotalStaff(
            once=_fte(profile.fte_once.total),
            yearly=_fte(profile.fte_yearly.total),
            incomplete=_missing(profile.fte_once, profile.fte_yearly),
        ),
        introduction=Introduction(
            intended=intended.day if intended else None,
            intended_by=_intended(intended),
            feasible_from=profile.feasible_from,
            decided_by=profile.feasible_by,
        ),
        agencies=tuple(_agency(scan, file, scores[file.agency.code]) for file in ordered),
        routing=_routing(scan, not_asked),
        reaction=ReactionPart(text=scan.reaction.text, placed_at=scan.reaction.at) if scan.reaction else None,
        signing=signing,
        sequence=previous.sequence + 1 if previous else 1,
        previous=previous.number if previous else None,
        previous_sha256=previous.sha256 if previous else None,
    )


# --- one agency ----------------------------------------------------------------------------------------------------


def _agency(scan: Scan, file: AgencyFile, score: AgencyScore | None) -> AgencyPart:
    assessment, approved = file.assessment, file.outcome is not None
    said = Said(file)
    return AgencyPart(
        code=file.agency.code,
        name=file.agency.name,
        short_name=file.agency.short_name,
        status=_STATUS[file.outcome],
        verdict=_code(score.verdict) if score else None,
        dimensions=tuple(
            DimensionLine(
                dimension=d.dimension.value,
                level=_level(d.level),
                at_least=d.at_least,
                explanation=said.about(d.dimension),
            )
            for d in (score.dimensions if score else ())
        ),
        changes=said.text(Meaning.CONSEQUENCES),
        size=figures(said.value(Meaning.EXTENT)),
        conditions=score.conditions if score else (),
        alternative=score.alternative if score else None,
        price_of_date=said.text(Meaning.PRICE_OF_DATE),
        costs=Costs(
            once=_euros(score.costs_once) if score else None, yearly=_euros(score.costs_yearly) if score else None
        ),
        staff=Staff(once=_fte(score.fte_once) if score else None, yearly=_fte(score.fte_yearly) if score else None),
        feasible_from=score.feasible_from if score else None,
        assumptions=said.text(Meaning.ASSUMPTIONS),
        explanations=tuple(said.explanations()),
        answers=tuple(said.answers()),
        trace=tuple(
            TraceLinePart(
                dimension=d.dimension.value,
                question=t.question,
                question_text=t.question_text,
                option=t.option,
                option_text=t.option_text,
                level=_level(t.level),
            )
            for d in (score.dimensions if score else ())
            for t in d.trace
        ),
        warnings=tuple(WarningLine(code=w.code, questions=w.questions) for w in (score.warnings if score else ())),
        reason=said.aside(Meaning.REASON, assessment.reason) or said.text(Meaning.VERDICT_REASON),
        ask_instead=said.aside(Meaning.ASK_INSTEAD, assessment.ask_instead),
        closed_because=None if approved else assessment.lapsed_because or scan.round_closed,
        why_asked=tuple(_evidence(scan, file)),
        rubric=RubricPart(code=file.rubric.ref.code, version=file.rubric.ref.version, sha256=file.rubric.ref.sha256),
        asked_at=assessment.asked_at,
        respond_by=assessment.respond_by,
        approved_at=assessment.approved.at if approved and assessment.approved else None,
        bill_test=BillTestPart(title=file.bill_test.title, dated=file.bill_test.dated, link=file.bill_test.link)
        if file.bill_test
        else None,
    )


def _evidence(scan: Scan, file: AgencyFile) -> Iterator[EvidenceLine]:
    for proposal in scan.routing.proposals:
        if proposal.agency == file.assessment.agency:
            for reason in proposal.evidence:
                yield EvidenceLine(
                    signal=reason.signal,
                    why=reason.explanation,
                    quote=reason.quote,
                    source=reason.source.value,
                    begin=reason.span.begin,
                    end=reason.span.end,
                )


def _intended(read: Intended | None) -> IntendedPart | None:
    if read is None:
        return None
    return IntendedPart(kind=read.when.value, quote=read.quote, source=read.origin.value, several=read.several)


# --- the rest ------------------------------------------------------------------------------------------------------


def _amendment(scan: Scan) -> AmendmentPart:
    amendment = scan.amendment
    return AmendmentPart(
        dossier_number=amendment.dossier_number,
        dossier_suffix=amendment.dossier_suffix,
        paper_number=amendment.paper_number,
        kind=amendment.kind,
        replaces=amendment.replaces,
        title=amendment.title,
        submitters=tuple(SubmitterLine(name=s.name, party=s.party) for s in amendment.submitters),
        received=amendment.received,
        case_number=amendment.case_number,
        text=amendment.text,
    )


def _routing(scan: Scan, not_asked: Iterable[Agency]) -> RoutingPart:
    decision, routing = scan.decision, scan.routing
    asked = decision.agencies if decision else ()
    proposed = [p.agency for p in routing.proposals if p.advice is Advice.ASK]
    names = {agency.code: agency.name for agency in not_asked}
    return RoutingPart(
        proposed=tuple(proposed),
        asked=asked,
        not_asked=tuple(NotAsked(code=code, name=names.get(code, code)) for code in proposed if code not in asked),
        explanation=decision.explanation if decision else None,
        no_agency=NoAgency(why=routing.nobody) if routing.nobody is not None and not asked else None,
        register_sha256=routing.register_sha256,
    )


def _missing(*totals: Total) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for total in totals for code in total.missing))


def _level(level: Level | None) -> LevelCode | None:
    return None if level is None else _LEVELS[level]


_LEVELS: dict[Level, LevelCode] = {Level.NONE: 0, Level.LIMITED: 1, Level.MEDIUM: 2, Level.MAJOR: 3}


def _code(verdict: Verdict | None) -> VerdictCode | None:
    return None if verdict is None else verdict.value


def _euros(amount: Range | None) -> Euros | None:
    return None if amount is None else Euros(low=int(_rounded(amount.low, "1")), high=int(_rounded(amount.high, "1")))


def _fte(amount: Range | None) -> Fte | None:
    return (
        None
        if amount is None
        else Fte(low=float(_rounded(amount.low, "0.1")), high=float(_rounded(amount.high, "0.1")))
    )


def _rounded(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), ROUND_HALF_UP)
