"""When somebody is reminded: one table of steps, by the time that is left before the deadline and before the vote.

A step that has passed is taken once for each value of the moment it counts down to, so a vote that moves starts anew. Of the
steps that have passed on one clock only the last one counts: after a night without power nobody gets three at once. What was
said anyway in the same breath (the question itself, a deadline or a vote that moved) is not said again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from uitvoeringsscan.identifiers import AgencyCode, ScanId
from uitvoeringsscan.scans.working_time import WORKING_DAY, add_office_hours, before, next_open


class Until(StrEnum):
    DEADLINE = "termijn"
    VOTE = "stemming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    code    the word on the wire and in the journal
    until   what it counts down to
    left    how much time is left then
    office  whether that is office time
    agency  whether an agency that still has to answer is reminded
    round   whether the coordinator hears who is still silent
    """

    code: str
    until: Until
    left: timedelta
    office: bool = False
    agency: bool = False
    round: bool = False

    def at(self, due: datetime) -> datetime:
        """When this step is taken, counted back from `due`."""
        return before(due, self.left) if self.office else due - self.left


STEPS: tuple[Step, ...] = (
    Step(code="werkdag-voor-termijn", until=Until.DEADLINE, left=WORKING_DAY, office=True, agency=True),
    Step(code="twee-uur-voor-termijn", until=Until.DEADLINE, left=timedelta(hours=2), office=True, agency=True),
    Step(code="termijn-voorbij", until=Until.DEADLINE, left=timedelta(0), agency=True, round=True),
    Step(code="vier-uur-voor-stemming", until=Until.VOTE, left=timedelta(hours=4), agency=True),
    Step(code="uur-voor-stemming", until=Until.VOTE, left=timedelta(hours=1), agency=True, round=True),
    Step(code="stemming-begint", until=Until.VOTE, left=timedelta(0), round=True),
)
"""From the first to the most urgent on each clock; those of the vote are more urgent than those of the deadline."""

BY_CODE = {step.code: step for step in STEPS}

LOOK_BACK = timedelta(days=14)
"""What was due longer ago than this is overdue, and shown so, but is no reason to remind anybody any more."""

WHOLE_ROUND = AgencyCode("")
"""In a reminder: it is about the round, and not about one agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One agency that still has to answer, as little of it as tells whether something is due.

    timed_at  when the agency was last told until when it may answer, or when the vote is
    """

    scan: ScanId
    agency: AgencyCode
    respond_by: datetime | None
    vote: datetime | None
    timed_at: datetime
    closes_itself: bool


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """The name of one reminder: taken once, whatever happens."""

    scan: ScanId
    agency: AgencyCode
    step: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Between which moments a deadline or a vote must lie for any step to be due at `now`."""

    deadline_from: datetime
    deadline_until: datetime
    vote_from: datetime
    vote_until: datetime


def window(now: datetime) -> Window:
    office = max(step.left for step in STEPS if step.office)
    real = {until: max(s.left for s in STEPS if s.until is until and not s.office) for until in Until}
    return Window(
        deadline_from=now - LOOK_BACK,
        deadline_until=max(next_open(add_office_hours(now, office)), now + real[Until.DEADLINE]),
        vote_from=now - LOOK_BACK,
        vote_until=now + real[Until.VOTE],
    )


def due_for(waiting: Waiting, now: datetime) -> Iterator[Due]:
    """The steps to take for one agency, the most urgent last: at most one on each clock."""
    for until, moment in ((Until.DEADLINE, waiting.respond_by), (Until.VOTE, waiting.vote)):
        step = _last_taken(until, moment, now)
        if step is not None and step.agency and moment is not None and step.at(moment) > waiting.timed_at:
            yield Due(waiting.scan, waiting.agency, step.code, moment)


def due_for_round(silent: list[Waiting], now: datetime) -> Iterator[Due]:
    """The same for the round: its deadline is the last of those who still have to answer."""
    if not silent:
        return
    deadlines = [one.respond_by for one in silent]
    told = max(one.timed_at for one in silent)
    last = None if None in deadlines else max(moment for moment in deadlines if moment is not None)
    for until, moment in ((Until.DEADLINE, last), (Until.VOTE, silent[0].vote)):
        step = _last_taken(until, moment, now)
        if step is not None and step.round and moment is not None and step.at(moment) > told:
            yield Due(silent[0].scan, WHOLE_ROUND, step.code, moment)


def closing_moment(silent: list[Waiting]) -> datetime | None:
    """When a round that closes itself does so: at the last deadline, or at the vote where that comes first or is all there is."""
    if not silent:
        return None
    vote = silent[0].vote
    deadlines = [one.respond_by or vote for one in silent]
    if None in deadlines:
        return None
    last = max(moment for moment in deadlines if moment is not None)
    return min(last, vote) if vote is not None else last


def _last_taken(until: Until, moment: datetime | None, now: datetime) -> Step | None:
    if moment is None or now - moment > LOOK_BACK:
        return None
    passed = [step for step in STEPS if step.until is until and step.at(moment) <= now]
    return passed[-1] if passed else None
