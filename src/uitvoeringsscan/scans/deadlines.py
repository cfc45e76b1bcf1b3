"""Until when an agency may answer, when the coordinator does not say so: counted back from the vote.

A scan must be useful in two to five working days, and late: with less than a day left there is still a deadline.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

_BEFORE_THE_VOTE: tuple[tuple[timedelta, timedelta], ...] = (
    # as long as this is left before the vote, answer this long before it: room to approve, close and publish
    (timedelta(days=5), timedelta(days=2)),
    (timedelta(days=2), timedelta(days=1)),
    (timedelta(hours=8), timedelta(hours=4)),
    (timedelta(hours=2), timedelta(hours=1)),
)
_WITHOUT_A_VOTE = timedelta(days=7)
_LAST_MINUTE = timedelta(hours=24)


def plausible(day: date) -> bool:
    """Whether a vote or a deadline can be on this day: far from the ends of the calendar, where reckoning fails."""
    return 2000 <= day.year <= 2200


def respond_by(now: datetime, vote: datetime | None) -> datetime | None:
    """The moment to propose; None when the vote is (almost) there and any answer is welcome as long as it comes."""
    if vote is None:
        return now + _WITHOUT_A_VOTE
    left = vote - now
    for at_least, before in _BEFORE_THE_VOTE:
        if left >= at_least:
            return vote - before
    return None


def last_minute(now: datetime, vote: datetime | None) -> bool:
    """Less than a day before the vote: agencies get the short questionnaire, rather than none."""
    return vote is not None and now < vote < now + _LAST_MINUTE
