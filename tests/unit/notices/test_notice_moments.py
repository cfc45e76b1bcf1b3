"""When a mail may leave: properties over years, with daylight saving, and the few cases people will ask about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.notices.moments import AT_ONCE, GATHER, ROOM, send_at
from uitvoeringsscan.scans.working_time import next_open

MOMENTS = st.integers(0, 8 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
AHEAD = st.timedeltas(timedelta(minutes=1), timedelta(days=30))


@given(MOMENTS, st.none() | AHEAD)
def test_nothing_leaves_before_it_happened_or_after_the_vote(now: datetime, ahead: timedelta | None) -> None:
    vote = now + ahead if ahead else None
    leaves = send_at(now, vote)
    assert leaves >= now
    if vote is not None:
        assert leaves < vote


@given(MOMENTS, AHEAD)
def test_close_to_the_vote_nothing_waits(now: datetime, ahead: timedelta) -> None:
    leaves = send_at(now, now + ahead)
    assert (leaves == now) == (ahead <= AT_ONCE)


@given(MOMENTS, st.none() | AHEAD)
def test_with_time_enough_it_leaves_in_office_hours(now: datetime, ahead: timedelta | None) -> None:
    vote = now + ahead if ahead else None
    leaves = send_at(now, vote)
    opens = next_open(now + GATHER)
    if vote is None or vote - opens >= ROOM:
        assert leaves == opens == next_open(leaves)
        assert leaves - now >= GATHER


@given(MOMENTS, AHEAD)
def test_waiting_for_the_office_never_takes_the_last_day(now: datetime, ahead: timedelta) -> None:
    vote = now + ahead
    leaves = send_at(now, vote)
    if leaves > now + GATHER:
        assert vote - leaves >= ROOM


def test_on_a_friday_evening() -> None:
    friday = datetime(2026, 12, 4, 20, 0, tzinfo=UTC)  # 21.00 in The Hague
    monday_morning = next_open(friday)
    assert monday_morning.astimezone(UTC).date().isoformat() == "2026-12-07"
    tuesday = datetime(2026, 12, 8, 15, 0, tzinfo=UTC)
    assert send_at(friday, tuesday) == monday_morning
    monday_noon = datetime(2026, 12, 7, 11, 0, tzinfo=UTC)  # the vote comes too soon after the office opens
    assert send_at(friday, monday_noon) == friday + GATHER


def test_a_vote_that_is_over_makes_no_haste() -> None:
    night = datetime(2026, 12, 9, 2, 0, tzinfo=UTC)
    assert send_at(night, datetime(2026, 12, 8, 15, tzinfo=UTC)) == next_open(night)
