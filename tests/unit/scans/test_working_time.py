"""Working days and office hours: properties over years, with the clock going forward and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from uitvoeringsscan.scans import working_time as wt

FROM, UNTIL = datetime(2024, 1, 1), datetime(2035, 12, 31)  # noqa: DTZ001 (the strategies add a zone)
MOMENTS = st.datetimes(FROM, UNTIL, timezones=st.just(UTC))
ELSEWHERE = st.datetimes(FROM, UNTIL, timezones=st.timezones(), allow_imaginary=False)
MINUTES = st.integers(0, 60 * 120).map(lambda minutes: timedelta(minutes=minutes))
SOME = MINUTES.filter(bool)
AUTUMN = datetime(2028, 10, 27, 14, 30, tzinfo=UTC)  # a Friday; the clock goes back in the night to Sunday
SPRING = datetime(2027, 3, 26, 15, 30, tzinfo=UTC)  # Good Friday; the clock goes forward on Easter Sunday


def amsterdam(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=wt.ZONE)  # type: ignore[misc, arg-type]


@given(MOMENTS)
def test_the_office_next_opens_when_it_is_open(moment: datetime) -> None:
    found = wt.next_open(moment)
    assert found >= moment
    assert wt.is_open(found)
    assert (found == moment) == wt.is_open(moment)
    assert wt.office_hours_between(moment, found) == timedelta(0)


@given(MOMENTS)
def test_closing_time_ends_a_working_day(moment: datetime) -> None:
    found = wt.closing_time(moment)
    assert found >= moment
    assert wt.in_working_time(found)
    assert not wt.is_open(found)
    assert wt.office_hours_between(moment, found) <= wt.WORKING_DAY
    assert wt.closing_time(found) == found


@example(AUTUMN, timedelta(hours=8))
@example(SPRING, timedelta(hours=8))
@given(MOMENTS, MINUTES)
def test_what_is_added_lies_between(moment: datetime, hours: timedelta) -> None:
    found = wt.add_office_hours(moment, hours)
    assert wt.in_working_time(found)
    assert found - moment >= hours
    assert wt.office_hours_between(moment, found) == hours


@example(AUTUMN, timedelta(hours=2), timedelta(hours=9))
@given(MOMENTS, MINUTES, MINUTES)
def test_adding_twice_is_adding_the_sum(moment: datetime, first: timedelta, second: timedelta) -> None:
    assert wt.add_office_hours(wt.add_office_hours(moment, first), second) == wt.add_office_hours(
        moment, first + second
    )


@given(MOMENTS, MINUTES, MINUTES, MINUTES)
def test_later_never_becomes_earlier(moment: datetime, step: timedelta, hours: timedelta, more: timedelta) -> None:
    found = wt.add_office_hours(moment, hours)
    assert wt.add_office_hours(moment + step, hours) >= found
    assert wt.add_office_hours(moment, hours + more) >= found
    assert wt.next_open(moment + step) >= wt.next_open(moment)
    assert wt.closing_time(moment + step) >= wt.closing_time(moment)


@example(AUTUMN + timedelta(days=4), timedelta(hours=12))
@given(MOMENTS, SOME)
def test_taking_off_is_the_way_back(moment: datetime, hours: timedelta) -> None:
    found = wt.before(moment, hours)
    assert wt.in_working_time(found)
    assert moment - found >= hours
    assert wt.office_hours_between(found, moment) == hours


@given(MOMENTS, MINUTES, MINUTES)
def test_time_between_adds_up(moment: datetime, first: timedelta, second: timedelta) -> None:
    middle, end = moment + first, moment + first + second
    whole = wt.office_hours_between(moment, end)
    assert whole == wt.office_hours_between(moment, middle) + wt.office_hours_between(middle, end)
    assert timedelta(0) <= whole <= end - moment
    assert wt.office_hours_between(end, moment) == timedelta(0)


@given(ELSEWHERE, MINUTES)
def test_where_the_moment_was_written_makes_no_difference(moment: datetime, hours: timedelta) -> None:
    plain = moment.astimezone(UTC)
    assert wt.add_office_hours(moment, hours) == wt.add_office_hours(plain, hours)
    assert wt.add_office_hours(moment, hours).tzinfo is UTC
    assert wt.is_open(moment) == wt.is_open(plain)


@given(st.integers(2024, 2099))
def test_a_year_of_working_days(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    working = [day for day in days if day.year == year and wt.is_working_day(day)]
    assert 251 <= len(working) <= 256
    hours = wt.office_hours_between(amsterdam(year, 1, 1), amsterdam(year + 1, 1, 1))
    assert hours == len(working) * timedelta(hours=8)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 5), date(2026, 5, 14),
        date(2026, 5, 25), date(2026, 12, 25), date(2026, 12, 26),
        date(2027, 5, 5),  # every year, not once in five
        date(2031, 4, 26),  # King's Day a day early: the 27th is a Sunday
    ],
)  # fmt: skip
def test_a_day_on_which_no_term_ends(day: date) -> None:
    assert not wt.is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 4, 30), date(2026, 12, 24), date(2026, 12, 31), date(2026, 5, 15)])
def test_an_ordinary_day(day: date) -> None:
    assert wt.is_working_day(day)


@pytest.mark.parametrize(
    ("moment", "hours", "expected"),
    [
        (amsterdam(2026, 12, 7, 16), 1, amsterdam(2026, 12, 7, 17)),
        (amsterdam(2026, 12, 7, 16), 2, amsterdam(2026, 12, 8, 10)),
        (amsterdam(2026, 12, 4, 20), 8, amsterdam(2026, 12, 7, 17)),
        (amsterdam(2026, 12, 24, 16), 2, amsterdam(2026, 12, 28, 10)),
        (amsterdam(2028, 10, 27, 16), 2, amsterdam(2028, 10, 30, 10)),  # the night is an hour longer
        (amsterdam(2029, 3, 23, 16), 2, amsterdam(2029, 3, 26, 10)),  # and an hour shorter
    ],
)
def test_over_the_weekend(moment: datetime, hours: int, expected: datetime) -> None:
    assert wt.add_office_hours(moment, timedelta(hours=hours)) == expected.astimezone(UTC)


def test_a_moment_that_nobody_can_place_is_refused() -> None:
    naive = datetime(2026, 12, 7, 12)  # noqa: DTZ001
    for ask in (wt.is_open, wt.in_working_time, wt.next_open, wt.closing_time):
        with pytest.raises(ValueError, match="time zone"):
            ask(naive)


def test_nothing_is_added_backwards() -> None:
    with pytest.raises(ValueError, match="added here"):
        wt.add_office_hours(AUTUMN, timedelta(hours=-1))
    with pytest.raises(ValueError, match="nothing"):
        wt.before(AUTUMN, timedelta(0))
