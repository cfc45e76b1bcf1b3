"""Until when an agency may answer, when the coordinator does not say so, and when the submitter can read something.

Three clocks, by what the scan is at that moment:

    concept      five working days, or what the vote leaves where that is less: a draft must be safe in here, and fast
    filed        counted back from the vote: two fifths of the office time left stays for approving, closing and publishing,
                 never more than two working days and never less than half an hour
    last minute  (almost) no office time left before the vote: an hour before it, whatever the hour

The answer is a moment in working time, but for the last-minute clock. A later vote never asks for an earlier answer.
A scan without a vote has the clock of a concept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from uitvoeringsscan.scans.working_time import (
    WORKING_DAY,
    add_office_hours,
    before,
    closing_time,
    next_open,
    office_hours_between,
)

CONCEPT = 5 * WORKING_DAY
ROOM_SHARE = (2, 5)
"""Of the office time between asking and the vote, the part that stays for what comes after the answer."""
MOST_ROOM = 2 * WORKING_DAY
LEAST_ROOM = timedelta(minutes=30)
LEAST_OFFICE = timedelta(hours=1)
"""With less office time than this before the vote, the last-minute clock runs."""
LAST_MINUTE_ROOM = timedelta(hours=1)
NO_TIME = timedelta(hours=2)
"""With less real time than this before the vote there is no deadline: any answer is welcome as long as it comes."""
TO_PUBLISH = WORKING_DAY
"""Office time between the last deadline and the moment at which the submitter is promised something to read."""
_LAST_MINUTE = timedelta(hours=24)


class Clock(StrEnum):
    CONCEPT = "concept"
    FILED = "ingediend"
    LAST_MINUTE = "laatste-moment"


def plausible(day: date) -> bool:
    """Whether a vote or a deadline can be on this day: far from the ends of the calendar, where reckoning fails."""
    return 2000 <= day.year <= 2200


def clock_of(now: datetime, vote: datetime | None, *, concept: bool = False) -> Clock:
    """Which clock runs for what is asked at `now`. Only a vote ahead can make it the last minute."""
    if vote is not None and office_hours_between(now, min(vote, now + timedelta(days=7))) < LEAST_OFFICE:
        return Clock.LAST_MINUTE
    return Clock.CONCEPT if concept or vote is None else Clock.FILED


def respond_by(now: datetime, vote: datetime | None, *, concept: bool = False) -> datetime | None:
    """The moment to propose; None when the vote is (almost) there and any answer is welcome as long as it comes."""
    days = closing_time(add_office_hours(now, CONCEPT))
    if vote is None:
        return days
    if vote - now < NO_TIME:
        return None
    if clock_of(now, vote) is Clock.LAST_MINUTE:
        return vote - LAST_MINUTE_ROOM
    counted = _on_the_quarter(before(vote, _room(now, vote)))
    return min(days, counted) if concept else counted


def _room(now: datetime, vote: datetime) -> timedelta:
    part, whole = ROOM_SHARE
    share = office_hours_between(now, min(vote, now + timedelta(days=30))) * part / whole
    return min(MOST_ROOM, max(LEAST_ROOM, share))


def _on_the_quarter(moment: datetime) -> datetime:
    """The quarter of an hour at or before it: a deadline is a moment that people can remember."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def after_move(
    asked_at: datetime, stood: datetime | None, vote: datetime | None, now: datetime, *, concept: bool = False
) -> datetime | None:
    """What a proposed deadline becomes when the vote moves.

    It follows from when the agency was asked, so a vote that moves and moves back changes nothing; only where that moment
    is gone already, it follows from now. A vote that falls away never hurries anybody, and a vote in the past asks for
    nothing new: what was late stays late.

    stood  the deadline as it was
    """
    if vote is not None and vote <= now:
        return stood if stood is not None and stood <= now else None
    found = respond_by(asked_at, vote, concept=concept)
    if found is None or found <= now:
        found = respond_by(now, vote, concept=concept)
    if vote is None and stood is not None and found is not None:
        return max(stood, found)
    return found


def promised_by(deadlines: Iterable[datetime | None], vote: datetime | None) -> datetime | None:
    """When the submitter can count on something to read; None while nobody was given a deadline.

    A working day after the last deadline, and not later than the vote where the deadlines are before it.
    """
    known = [moment for moment in deadlines if moment is not None]
    if not known:
        return None
    last = max(known)
    found = add_office_hours(last, TO_PUBLISH)
    return min(found, vote) if vote is not None and last < vote else found


def choices(now: datetime, vote: datetime | None, *, concept: bool = False, most: int = 3) -> tuple[datetime, ...]:
    """A few moments in working time to pick a deadline from, the proposed one first and the others around it."""
    proposed = respond_by(now, vote, concept=concept)
    end = vote if vote is not None and vote > now else None
    ends = [closing_time(next_open(now))]
    while len(ends) < most + 1:
        ends.append(closing_time(ends[-1] + timedelta(hours=1)))
    found = [proposed] if proposed is not None else []
    found.extend(moment for moment in ends if moment not in found and moment > now and (end is None or moment < end))
    return tuple(found[:most])


def last_minute(now: datetime, vote: datetime | None) -> bool:
    """Less than a day before the vote: agencies get the short questionnaire, rather than none."""
    return vote is not None and now < vote < now + _LAST_MINUTE
