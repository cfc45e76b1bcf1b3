"""The coordinator's board: the votes ahead, and for each amendment what is in, what is missing and the one thing to do now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState
from uitvoeringsscan.assessments.tasks import Task
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.dutch import as_day, count, listed, short_moment
from uitvoeringsscan.presentation.overview import paper
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases.ports import JournalLine, ScanLine
from uitvoeringsscan.use_cases.shifts import Beside

LATE = "te-laat"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """
    statuses  one per agency asked, "te-laat" included, for the strip of symbols
    version   of the scan, for forms that act on several at once
    state     the scan's, by its code
    deadline  the first moment that still matters, in words; "–" when nothing is awaited
    due       the same as a moment, to count down to; None when nothing is awaited
    missing   who still has to act, each with whom it lies: "UWV (ligt bij U. Werker)"
    agencies  codes of those asked
    changed   what others did since you last opened the scan, in words; empty where you never did
    unseen    you never opened it
    todo      the one thing to do now
    urgency   0 first: somebody is late, 1 you are waited for, 2 others are at work, 3 nothing to do
    """

    id: ScanId
    version: int
    state: str
    paper: str
    title: str
    confidential: bool
    statuses: tuple[str, ...]
    deadline: str
    due: datetime | None
    missing: tuple[str, ...]
    agencies: tuple[str, ...]
    changed: tuple[str, ...]
    unseen: bool
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
    beside: Beside,
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
                    (_row(line, files.get(line.id, ()), names, now, beside) for line in found),
                    key=lambda row: (row.urgency, row.paper),
                )
            ),
        )
        for day, found in ordered
    )


def _row(
    line: ScanLine, files: Sequence[Assessment], names: Mapping[str, str], now: datetime, beside: Beside
) -> BoardRow:
    todo, urgency = _todo(line, files, names, now)
    awaited = [file.respond_by for file in files if not file.settled and file.respond_by]
    return BoardRow(
        id=line.id,
        version=line.version,
        state=line.state.value,
        paper=paper(line),
        title=line.title,
        confidential=line.confidential,
        statuses=tuple(LATE if file.overdue(now) else file.status for file in files),
        deadline=short_moment(min(awaited)) if awaited else "–",
        due=min(awaited) if awaited else None,
        missing=tuple(_held(file, names, beside.tasks.get(line.id, ())) for file in files if not file.settled),
        agencies=tuple(file.agency for file in files),
        changed=_changed(beside.changes.get(line.id, ()), names),
        unseen=line.id not in beside.opened,
        todo=todo,
        urgency=urgency,
    )


def _held(file: Assessment, names: Mapping[str, str], tasks: Sequence[Task]) -> str:
    """Who still has to act, and with whom it lies as far as the agency said so."""
    name = names.get(file.agency, file.agency)
    if file.state is AssessmentState.SUBMITTED:
        return f"{name} (wacht op vaststelling)"
    holders = dict.fromkeys(task.name for task in tasks if task.agency == file.agency)
    return f"{name} (ligt bij {listed(holders)})" if holders else name


def _changed(lines: Sequence[JournalLine], names: Mapping[str, str]) -> tuple[str, ...]:
    """The newest first, the same thing once: "Antwoord vastgesteld (UWV)"."""
    words: dict[str, None] = {}
    for line in reversed(lines):
        agency = line.details.get("agency")
        about = f" ({names.get(str(agency), agency)})" if agency else ""
        words.setdefault(labels.EVENTS[line.event].label.lower() + about)
    return tuple(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """What of the board is wanted; an empty part narrows nothing. `query` is how it stands in the address."""

    agency: str = ""
    todo: str = ""
    changed: bool = False

    @property
    def query(self) -> str:
        parts = {"organisatie": self.agency, "doen": self.todo, "veranderd": "ja" if self.changed else ""}
        return urlencode({name: value for name, value in parts.items() if value})

    def fits(self, row: BoardRow) -> bool:
        return (
            (not self.agency or self.agency in row.agencies)
            and (self.todo not in THINGS or row.urgency == list(THINGS).index(self.todo))
            and (not self.changed or bool(row.changed) or row.unseen)
        )


THINGS = {"te-laat": "Er is iemand te laat", "u": "Wacht op u", "anderen": "Wacht op anderen", "klaar": "Klaar"}
"""The kinds of things to do, in order of urgency (see `BoardRow.urgency`)."""


def filtered(days: Iterable[BoardDay], wanted: BoardFilter) -> tuple[BoardDay, ...]:
    """The days that keep a row."""
    kept = (replace(day, rows=tuple(row for row in day.rows if wanted.fits(row))) for day in days)
    return tuple(day for day in kept if day.rows)


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
