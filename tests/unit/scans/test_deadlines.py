"""Until when to answer, counted back from the vote."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.scans.deadlines import plausible, respond_by

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "before"),
    [
        (timedelta(days=30), timedelta(days=2)),
        (timedelta(days=5), timedelta(days=2)),
        (timedelta(days=5) - timedelta(seconds=1), timedelta(days=1)),
        (timedelta(days=2), timedelta(days=1)),
        (timedelta(days=2) - timedelta(seconds=1), timedelta(hours=4)),
        (timedelta(hours=8), timedelta(hours=4)),
        (timedelta(hours=8) - timedelta(seconds=1), timedelta(hours=1)),
        (timedelta(hours=2), timedelta(hours=1)),
    ],
)
def test_the_nearer_the_vote_the_shorter_before_it(left: timedelta, before: timedelta) -> None:
    assert respond_by(NOW, NOW + left) == NOW + left - before


@pytest.mark.parametrize("left", [timedelta(hours=2) - timedelta(seconds=1), timedelta(0), timedelta(days=-3)])
def test_at_the_last_moment_any_answer_is_welcome(left: timedelta) -> None:
    assert respond_by(NOW, NOW + left) is None


def test_without_a_vote_a_week() -> None:
    assert respond_by(NOW, None) == NOW + timedelta(days=7)


@given(st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_deadline_lies_between_now_and_the_vote(left: timedelta) -> None:
    found = respond_by(NOW, NOW + left)
    assert found is None or NOW < found < NOW + left


@given(st.timedeltas(timedelta(hours=2), timedelta(days=400)))
def test_there_is_always_time_to_answer(left: timedelta) -> None:
    found = respond_by(NOW, NOW + left)
    assert found is not None
    assert found - NOW >= timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "can_be"), [(1999, False), (2000, True), (2200, True), (2201, False), (1, False), (9999, False)]
)
def test_a_day_that_can_be(day: int, can_be: bool) -> None:
    assert plausible(date(day, 6, 1)) is can_be
    assert plausible(datetime(day, 6, 1, tzinfo=UTC)) is can_be
