"""The coordinator's board: the votes ahead, and for each amendment what is in, what is missing and the one thing to do now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.presentation.dutch import as_day, count, listed, short_moment
from uitvoeringsscan.presentation.overview import paper
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases.ports import ScanLine

LATE = "te-laat"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """
    statuses  one per agency asked, "te-laat" included, for the strip of symbols
    deadline  the first moment that still matters, in words; "–" when nothing is awaited
    todo      the one thing to do now
    urgency   0 first: somebody is late, 1 you are waited for, 2 others are at work, 3 nothing to do
    """

    id: ScanId
    paper: str
    title: str
    confidential: bool
    statuses: tuple[str, ...]
    deadline: str
    todo: str
    urgency: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardDay:
    """One voting day; `day` is None for amendments whose vote is not known."""

    day: date | None
    vote: datetime | None
    rows: tuple[BoardRow, ...]


def board(
    lines: Iterable[ScanLine],
    files: Mapping[ScanId, Sequence[Assessment]],
    names: Mapping[str, str],
    now: datetime,
) -> tuple[BoardDay, ...]:
    """Days in order of the vote, unknown last; within a day what needs a person first."""
    days: dict[date | None, list[ScanLine]] = {}
    for line in lines:
        days.setdefault(as_day(line.vote) if line.vote else None, []).append(line)
    ordered = sorted(days.items(), key=lambda item: (item[0] is None, item[0] or date.max))
    return tuple(
        BoardDay(
            day=day,
            vote=min((line.vote for line in found if line.vote), default=None),
            rows=tuple(
                sorted(
                    (_row(line, files.get(line.id, ()), names, now) for line in found),
                    key=lambda row: (row.urgency, row.paper),
                )
            ),
        )
        for day, found in ordered
    )


def _row(line: ScanLine, files: Sequence[Assessment], names: Mapping[str, str], now: datetime) -> BoardRow:
    todo, urgency = _todo(line, files, names, now)
    awaited = [file.respond_by for file in files if not file.settled and file.respond_by]
    return BoardRow(
        id=line.id,
        paper=paper(line),
        title=line.title,
        confidential=line.confidential,
        statuses=tuple(LATE if file.overdue(now) else file.status for file in files),
        deadline=short_moment(min(awaited)) if awaited else "–",
        todo=todo,
        urgency=urgency,
    )


def _todo(line: ScanLine, files: Sequence[Assessment], names: Mapping[str, str], now: datetime) -> tuple[str, int]:
    by_state = {
        ScanState.SUBMITTED: ("Routering bevestigen", 1),
        ScanState.ASSESSED: ("Kan worden gepubliceerd", 1),
        ScanState.PUBLISHED: ("Gepubliceerd", 3),
        ScanState.WITHDRAWN: ("Ingetrokken", 3),
        ScanState.REPLACED: ("Vervangen", 3),
    }
    if line.state is ScanState.ASSESSED and line.confidential:
        return "Wacht op de indiener: nog vertrouwelijk", 2
    if line.state in by_state:
        return by_state[line.state]
    late = [names.get(file.agency, file.agency) for file in files if file.overdue(now)]
    if late:
        return f"{listed(late)} bellen", 0
    states = Counter(file.state for file in files)
    if states[AssessmentState.SUBMITTED]:
        return f"{count(states[AssessmentState.SUBMITTED], 'antwoord wacht', 'antwoorden wachten')} op vaststelling", 2
    return f"{count(states[AssessmentState.OPEN], 'antwoord', 'antwoorden')} nog te komen", 2


def load(files: Iterable[Assessment], names: Mapping[str, str], now: datetime) -> list[tuple[str, int, int]]:
    """(agency, files that run, of which late), the busiest first."""
    running = [file for file in files if not file.settled]
    total = Counter(file.agency for file in running)
    late = Counter(file.agency for file in running if file.overdue(now))
    return [(names.get(code, code), number, late[code]) for code, number in total.most_common()]
