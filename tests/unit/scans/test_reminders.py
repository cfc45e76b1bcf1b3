"""Which reminder is due: one table, and what of it holds whenever the clock is looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.identifiers import AgencyCode, ScanId
from uitvoeringsscan.scans.reminders import (
    BY_CODE,
    LOOK_BACK,
    STEPS,
    WHOLE_ROUND,
    Due,
    Until,
    Waiting,
    closing_moment,
    due_for,
    due_for_round,
    window,
)
from uitvoeringsscan.scans.working_time import ZONE

FROM, UNTIL = datetime(2024, 1, 1), datetime(2033, 12, 31)  # noqa: DTZ001 (the strategy adds a zone)
MOMENTS = st.datetimes(FROM, UNTIL, timezones=st.just(UTC))
GAPS = st.integers(-60 * 24 * 30, 60 * 24 * 30).map(lambda minutes: timedelta(minutes=minutes))
AFTER = st.integers(0, 60 * 24 * 30).map(lambda minutes: timedelta(minutes=minutes))


def here(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE).astimezone(UTC)  # type: ignore[misc, arg-type]


MONDAY = here(2026, 11, 30, 9)
FRIDAY = here(2026, 12, 4, 16)
VOTE = here(2026, 12, 8, 16)
ASKED = Waiting(
    scan=ScanId("2026-0001"),
    agency=AgencyCode("uwv"),
    respond_by=FRIDAY,
    vote=VOTE,
    timed_at=MONDAY,
    closes_itself=False,
)


def steps(found: object) -> list[str]:
    return [one.step for one in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (here(2026, 12, 3, 15, 59), []),
        (here(2026, 12, 3, 16), ["werkdag-voor-termijn"]),
        (here(2026, 12, 4, 13, 59), ["werkdag-voor-termijn"]),
        (here(2026, 12, 4, 14), ["twee-uur-voor-termijn"]),
        (FRIDAY, ["termijn-voorbij"]),
        (here(2026, 12, 8, 11, 59), ["termijn-voorbij"]),
        (here(2026, 12, 8, 12), ["termijn-voorbij", "vier-uur-voor-stemming"]),
        (here(2026, 12, 8, 15), ["termijn-voorbij", "uur-voor-stemming"]),
        (VOTE, ["termijn-voorbij"]),  # at the vote only the coordinator hears
        (FRIDAY + LOOK_BACK + timedelta(seconds=1), []),
    ],
)
def test_the_last_step_that_was_passed(now: datetime, expected: list[str]) -> None:
    assert steps(due_for(ASKED, now)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (here(2026, 12, 4, 15, 59), []),
        (FRIDAY, ["termijn-voorbij"]),
        (here(2026, 12, 8, 12), ["termijn-voorbij"]),
        (here(2026, 12, 8, 15), ["termijn-voorbij", "uur-voor-stemming"]),
        (VOTE, ["termijn-voorbij", "stemming-begint"]),
    ],
)
def test_what_the_coordinator_hears(now: datetime, expected: list[str]) -> None:
    found = list(due_for_round([ASKED], now))
    assert steps(found) == expected
    assert all(one.agency == WHOLE_ROUND for one in found)


def test_the_round_waits_for_its_last_deadline() -> None:
    later = replace(ASKED, agency=AgencyCode("svb"), respond_by=FRIDAY + timedelta(days=3))
    assert steps(due_for_round([ASKED, later], FRIDAY)) == []
    assert steps(due_for_round([ASKED, later], FRIDAY + timedelta(days=3))) == ["termijn-voorbij"]
    without = replace(later, respond_by=None)
    assert steps(due_for_round([ASKED, without], VOTE)) == ["stemming-begint"]
    assert list(due_for_round([], VOTE)) == []


def test_what_was_just_said_is_not_said_again() -> None:
    late = replace(ASKED, timed_at=here(2026, 12, 4, 14, 30))
    assert steps(due_for(late, here(2026, 12, 4, 15))) == []
    assert steps(due_for(late, FRIDAY)) == ["termijn-voorbij"]
    assert steps(due_for(replace(ASKED, timed_at=FRIDAY), FRIDAY)) == []


def test_without_a_deadline_and_without_a_vote_nothing_is_due() -> None:
    assert list(due_for(replace(ASKED, respond_by=None, vote=None), VOTE)) == []


@given(MOMENTS, GAPS, GAPS, AFTER)
def test_at_most_one_step_on_each_clock_and_each_has_passed(
    now: datetime, deadline: timedelta, vote: timedelta, ago: timedelta
) -> None:
    one = replace(ASKED, respond_by=now + deadline, vote=now + vote, timed_at=now - ago)
    for found in (list(due_for(one, now)), list(due_for_round([one], now))):
        untils = [BY_CODE[due.step].until for due in found]
        assert len(set(untils)) == len(untils)
        for due in found:
            step = BY_CODE[due.step]
            assert due.due == (one.respond_by if step.until is Until.DEADLINE else one.vote)
            assert one.timed_at < step.at(due.due) <= now


@given(MOMENTS, GAPS, GAPS, AFTER)
def test_whatever_is_due_lies_in_the_window(
    now: datetime, deadline: timedelta, vote: timedelta, ago: timedelta
) -> None:
    one = replace(ASKED, respond_by=now + deadline, vote=now + vote, timed_at=now - ago)
    within = window(now)
    for due in (*due_for(one, now), *due_for_round([one], now)):
        if BY_CODE[due.step].until is Until.DEADLINE:
            assert within.deadline_from <= due.due <= within.deadline_until
        else:
            assert within.vote_from <= due.due <= within.vote_until


@given(MOMENTS, GAPS, GAPS, AFTER, st.lists(AFTER, max_size=6))
def test_steps_are_taken_in_the_order_of_the_table(
    start: datetime, deadline: timedelta, vote: timedelta, ago: timedelta, looks: list[timedelta]
) -> None:
    one = replace(ASKED, respond_by=start + deadline, vote=start + vote, timed_at=start - ago)
    order = list(BY_CODE)
    for until in Until:
        seen = [
            order.index(due.step)
            for look in sorted(looks)
            for due in due_for(one, start + look)
            if BY_CODE[due.step].until is until
        ]
        assert seen == sorted(seen)


def test_a_due_step_has_one_name_and_the_table_has_no_two_alike() -> None:
    assert len(BY_CODE) == len(STEPS)
    assert Due(ScanId("2026-0001"), AgencyCode("uwv"), "x", MONDAY) == Due(
        ScanId("2026-0001"), AgencyCode("uwv"), "x", MONDAY
    )
    for until in Until:
        for office in (True, False):
            left = [step.left for step in STEPS if step.until is until and step.office is office]
            assert left == sorted(left, reverse=True)
    assert all(step.agency or step.round for step in STEPS)
    assert all(len(step.code) <= 40 for step in STEPS)  # as long as the column is


@pytest.mark.parametrize(
    ("deadlines", "vote", "expected"),
    [
        ([FRIDAY], VOTE, FRIDAY),
        ([FRIDAY, MONDAY], VOTE, FRIDAY),
        ([FRIDAY, None], VOTE, VOTE),
        ([FRIDAY, None], None, None),
        ([VOTE + timedelta(days=1)], VOTE, VOTE),
        ([FRIDAY], None, FRIDAY),
        ([], VOTE, None),
    ],
)
def test_when_a_round_closes_itself(
    deadlines: list[datetime | None], vote: datetime | None, expected: datetime | None
) -> None:
    assert closing_moment([replace(ASKED, respond_by=one, vote=vote) for one in deadlines]) == expected
