"""When people are at work: Dutch working days and office hours.

Closed are Saturday, Sunday and the days of article 3 of the Algemene termijnenwet: New Year's Day, Good Friday, Easter
Monday, King's Day, 5 May, Ascension Day, Whit Monday, Christmas and Boxing Day. That act puts Good Friday and 5 May beside
the holidays, every year. Collective agreements do not (5 May is often free once in five years, Good Friday often not): but
where some are off, no term ends, and counting a day too few costs less than waiting for somebody who is not there.

The days come from `holidays`, which knows them up to 2100; after that only weekends are closed.

Every moment needs a time zone; what comes back is in UTC, so that arithmetic on it is arithmetic on real time. Office hours
never touch the hours in which the clock is changed, so each working day has eight of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays.constants import OPTIONAL, PUBLIC
from holidays.countries.netherlands import Netherlands

ZONE = ZoneInfo("Europe/Amsterdam")
OPENS, CLOSES = time(9), time(17)
WORKING_DAY = timedelta(hours=8)
"""The office hours of one working day."""

_SATURDAY = 5
_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _free(day.year)


def is_open(moment: datetime) -> bool:
    """Within office hours, the first moment included, the last not."""
    local = _local(moment)
    return OPENS <= local.time() < CLOSES and is_working_day(local.date())


def in_working_time(moment: datetime) -> bool:
    """The same with closing time included: a term may end there."""
    local = _local(moment)
    return OPENS <= local.time() <= CLOSES and is_working_day(local.date())


def next_open(moment: datetime) -> datetime:
    """The first moment at or after this one at which the office is open."""
    first, _ = next(_spans_from(moment))
    return max(first, _utc(moment))


def closing_time(moment: datetime) -> datetime:
    """The end of the working day that `moment` is in, or of the next one where it is in none."""
    return next(end for _, end in _spans_from(moment - timedelta(microseconds=1)) if end >= moment)


def add_office_hours(moment: datetime, hours: timedelta) -> datetime:
    """The moment by which so much office time has gone by.

    What ends with the working day ends at closing time, and not the next morning. Without anything to add: the moment
    itself in working time, else the next at which the office is open. ValueError for less than nothing.
    """
    if hours < timedelta(0):
        raise ValueError("office hours are added here; `before` takes them off")
    if in_working_time(moment) and not hours:
        return _utc(moment)
    left = hours
    for start, end in _spans_from(moment):
        begin = max(start, _utc(moment))
        if begin + left <= end:
            return begin + left
        left -= end - begin
    raise AssertionError("there is always a next working day")


def before(moment: datetime, hours: timedelta) -> datetime:
    """The last moment, in working time, from which so much office time lies before `moment`; `hours` more than nothing."""
    if hours <= timedelta(0):
        raise ValueError("nothing to take off")
    left = hours
    for start, end in _spans_back(moment):
        finish = min(end, _utc(moment))
        if finish - left >= start:
            return finish - left
        left -= finish - start
    raise AssertionError("there is always a working day before")


def office_hours_between(start: datetime, end: datetime) -> timedelta:
    """How much office time lies between two moments; nothing when the second is not later."""
    first, last = _utc(start), _utc(end)
    found = timedelta(0)
    for opens, closes in _spans_from(start):
        if max(opens, first) >= last:
            break
        found += min(closes, last) - max(opens, first)
    return found


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(ZONE)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _span(day: date) -> tuple[datetime, datetime]:
    return _utc(datetime.combine(day, OPENS, ZONE)), _utc(datetime.combine(day, CLOSES, ZONE))


def _spans_from(moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Office hours of working days that are not over at `moment`, in order."""
    local = _local(moment)
    day = local.date() if local.time() < CLOSES else local.date() + _DAY
    while True:
        if is_working_day(day):
            yield _span(day)
        day += _DAY


def _spans_back(moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Office hours of working days that have begun at `moment`, the last first."""
    local = _local(moment)
    day = local.date() if local.time() > OPENS else local.date() - _DAY
    while True:
        if is_working_day(day):
            yield _span(day)
        day -= _DAY


@lru_cache(maxsize=512)
def _free(year: int) -> frozenset[date]:
    return frozenset(Netherlands(years=year, expand=False, categories=(PUBLIC, OPTIONAL)))  # type: ignore[no-untyped-call]
