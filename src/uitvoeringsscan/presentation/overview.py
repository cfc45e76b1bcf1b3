"""Lines of an overview: what an amendment is called, where it stands, and what its newest publication says, in words.

Made from a `ScanLine` and the sealed document alone, so an overview never says more than what was published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from uitvoeringsscan.amendments.papers import is_subamendment, paper_key
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.dutch import day, long_moment, time_left
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.outcome import OutcomeKind, VoteOutcome
from uitvoeringsscan.use_cases.ports import ScanLine


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewLine:
    """
    paper      "36410-XV, nr. 25"; "concept" while it has no number
    verdict    the verdict's word; None while nothing was published
    levels     (dimension code, level or None, ten minste) for the four dimensions; empty while nothing was published
    complete   everybody who was asked has answered; None while nothing was published
    href       where it is read: the publication; None while there is none
    first      a subamendment: it is voted on before the amendment that it changes
    days_left  until the vote ("nog 3 dagen en 2 uur"); None where no vote is ahead
    silent     who was asked and gave no answer, as far as something was published
    outcome    what the House did with it, and when; None while nothing is known
    cabinet    what the cabinet said about it; no part of what was published
    """

    id: ScanId
    paper: str
    title: str
    kind: str
    state: str
    vote: datetime | None
    verdict: str | None
    levels: tuple[tuple[str, int | None, bool], ...]
    complete: bool | None
    before_vote: bool | None
    href: str | None
    published_at: str | None
    correcting: bool
    first: bool
    days_left: str | None
    silent: tuple[str, ...]
    outcome: OutcomeWords | None = None
    cabinet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeWords:
    label: str
    at: datetime
    source: str


def outcome_words(outcome: VoteOutcome | None) -> OutcomeWords | None:
    if outcome is None:
        return None
    return OutcomeWords(label=labels.OUTCOMES[outcome.kind.value].label, at=outcome.at, source=outcome.source)


def paper(line: ScanLine) -> str:
    """How people name the paper: "36410-XV, nr. 25"."""
    dossier = "-".join(part for part in (line.dossier_number, line.dossier_suffix) if part)
    number = f"nr. {line.paper_number}" if line.paper_number else "concept"
    return f"{dossier}, {number}" if dossier else number


def overview(
    lines: Sequence[ScanLine], newest: Mapping[ScanId, Publication], now: datetime | None = None
) -> list[OverviewLine]:
    """`now` is for the days that are left; without it nothing is said about them."""
    found = [(line, newest.get(line.id)) for line in lines]
    return [_line(line, publication, _content(publication), now) for line, publication in found]


_OVER = (ScanState.WITHDRAWN, ScanState.REPLACED)


def in_voting_order(lines: Sequence[ScanLine], now: datetime) -> list[ScanLine]:
    """Votes ahead first, the nearest on top; then those without a known day; then what was voted on, the last on top; then
    what was withdrawn or replaced. At one moment a subamendment comes first, then the papers by number."""

    def key(line: ScanLine) -> tuple[int, float, bool, tuple[int, str], str]:
        moment = line.vote.timestamp() if line.vote else 0.0
        when = (1, 0.0) if line.vote is None else (0, moment) if line.vote >= now else (2, -moment)
        if line.state in _OVER:
            when = (3, -moment)
        return *when, not is_subamendment(line.kind), paper_key(line.paper_number), line.id

    return sorted(lines, key=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextVote:
    """The first vote ahead in a sentence: how many amendments, how many of each verdict ("2 niet uitvoerbaar", the
    strictest first), and of how many nothing was published yet."""

    vote: datetime
    number: int
    verdicts: tuple[tuple[str, int], ...]
    unknown: int


def next_vote(lines: Sequence[OverviewLine], now: datetime) -> NextVote | None:
    """None where no vote is ahead. Of one moment: a second vote on the same day has its own."""
    coming = [line for line in lines if line.vote is not None and line.vote > now]
    first = min((line.vote for line in coming if line.vote is not None), default=None)
    if first is None:
        return None
    these = [line for line in coming if line.vote == first]
    words = [verdict.label for verdict in (*reversed(list(labels.VERDICTS.values())), labels.VERDICT_UNKNOWN)]
    counted = {word: sum(line.verdict == word for line in these) for word in words}
    return NextVote(
        vote=first,
        number=len(these),
        verdicts=tuple((word.lower(), number) for word, number in counted.items() if number),
        unknown=sum(line.verdict is None for line in these),
    )


def _content(publication: Publication | None) -> dict[str, Any]:
    return json.loads(publication.document) if publication else {}


def _line(
    line: ScanLine, publication: Publication | None, content: dict[str, Any], now: datetime | None
) -> OverviewLine:
    verdict = content.get("oordeel")
    words = labels.VERDICTS[verdict].label if verdict else labels.VERDICT_UNKNOWN.label
    return OverviewLine(
        id=line.id,
        paper=paper(line),
        title=line.title,
        kind=line.kind,
        state=line.state.value,
        vote=line.vote,
        verdict=words if publication else None,
        levels=tuple(
            (part["dimensie"], part["niveau"], part.get("tenMinste", False)) for part in content.get("impactbeeld", ())
        ),
        complete=content.get("volledig"),
        before_vote=content.get("voorStemming"),
        href=f"/publicaties/{publication.number}" if publication else None,
        published_at=content.get("gepubliceerdOp"),
        correcting=line.correction is not None,
        first=is_subamendment(line.kind),
        days_left=_days_left(line, now),
        outcome=outcome_words(line.outcome),
        silent=tuple(part["korteNaam"] for part in content.get("organisaties", ()) if part["status"] == "geen-reactie"),
    )


def _days_left(line: ScanLine, now: datetime | None) -> str | None:
    settled = line.outcome is not None and line.outcome.kind is not OutcomeKind.HELD_OVER
    ahead = not settled and now is not None and line.vote is not None and line.vote > now and line.state not in _OVER
    return time_left(now, line.vote) if ahead and now and line.vote else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLine:
    """A line of one agency's overview: the amendment, and what this agency says of it in the newest publication.

    status   the code of its answer; None while nothing was published
    verdict  its own verdict in a word; None where it gave none
    levels   its own levels, like `OverviewLine.levels`
    """

    whole: OverviewLine
    status: str | None
    verdict: str | None
    levels: tuple[tuple[str, int | None, bool], ...]


def agency_overview(
    agency: str, lines: Sequence[ScanLine], newest: Mapping[ScanId, Publication], now: datetime
) -> list[AgencyLine]:
    return [_agency_line(agency, line, newest.get(line.id), now) for line in lines]


def _agency_line(agency: str, line: ScanLine, publication: Publication | None, now: datetime) -> AgencyLine:
    content = _content(publication)
    own: dict[str, Any] = next((part for part in content.get("organisaties", ()) if part["code"] == agency), {})
    verdict = own.get("oordeel")
    return AgencyLine(
        whole=_line(line, publication, content, now),
        status=own.get("status"),
        verdict=labels.VERDICTS[verdict].label if verdict else None,
        levels=tuple((part["dimensie"], part["niveau"], part["tenMinste"]) for part in own.get("dimensies", ())),
    )


def standing(line: ScanLine, number: str, newest: str, replaced_at: datetime | None = None) -> str | None:
    """What has become of a publication since: one sentence, or None while it stands as it was published.

    replaced_at  when a newer amendment came in the place of this one; None when that is not known
    """
    if line.state is ScanState.WITHDRAWN:
        return "Dit amendement is ingetrokken. Deze publicatie blijft staan zoals zij was."
    if line.state is ScanState.REPLACED and replaced_at is not None:
        return f"Vervangen op {day(replaced_at)}; deze tekst gold tot {long_moment(replaced_at)}."
    if line.state is ScanState.REPLACED:
        return "Dit amendement is vervangen door een nieuwere versie. Deze publicatie gaat over de oude tekst."
    if number != newest:
        return f"Er is een nieuwere versie van deze publicatie: {newest}."
    if line.correction is not None:
        return "Deze publicatie wordt gecorrigeerd. Er komt een nieuwe versie."
    return None
