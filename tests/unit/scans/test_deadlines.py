"""Until when to answer: in working time, counted back from the vote, and what a vote that moves makes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.scans import deadlines
from uitvoeringsscan.scans.deadlines import (
    Clock,
    after_move,
    choices,
    clock_of,
    last_minute,
    plausible,
    promised_by,
    respond_by,
)
from uitvoeringsscan.scans.working_time import ZONE, in_working_time, office_hours_between

FROM, UNTIL = datetime(2024, 1, 1), datetime(2033, 12, 31)  # noqa: DTZ001 (the strategy adds a zone)
MOMENTS = st.datetimes(FROM, UNTIL, timezones=st.just(UTC))
AHEAD = st.integers(1, 60 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
CONCEPTS = st.booleans()


def here(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE).astimezone(UTC)  # type: ignore[misc, arg-type]


MONDAY = here(2026, 11, 30, 9)
TUESDAY = here(2026, 12, 8, 16)


@pytest.mark.parametrize(
    ("now", "vote", "expected"),
    [
        (MONDAY, TUESDAY, here(2026, 12, 4, 16)),  # two working days before the vote
        (here(2026, 12, 4, 9), TUESDAY, here(2026, 12, 7, 14, 45)),  # 23 office hours: 9.2 stay
        (here(2026, 12, 7, 9), TUESDAY, here(2026, 12, 8, 10)),  # 15: six stay
        (here(2026, 12, 8, 9), TUESDAY, here(2026, 12, 8, 13)),
        (here(2026, 12, 8, 13), TUESDAY, here(2026, 12, 8, 14, 45)),
        (here(2026, 12, 8, 14), TUESDAY, here(2026, 12, 8, 15)),
        (here(2026, 12, 8, 14, 1), TUESDAY, None),
        (TUESDAY, TUESDAY, None),
        (here(2026, 12, 9, 9), TUESDAY, None),
        (here(2026, 12, 8, 18), here(2026, 12, 8, 23), here(2026, 12, 8, 22)),  # a vote at night
        (here(2026, 12, 8, 9), here(2026, 12, 8, 23), here(2026, 12, 8, 13, 45)),
        (here(2026, 12, 7, 22), here(2026, 12, 8, 9, 30), here(2026, 12, 8, 8, 30)),
        (here(2026, 12, 23, 9), here(2026, 12, 29, 15), here(2026, 12, 28, 11)),  # Christmas is no time to answer
    ],
)
def test_counted_back_from_the_vote(now: datetime, vote: datetime, expected: datetime | None) -> None:
    assert respond_by(now, vote) == expected


@pytest.mark.parametrize("concept", [True, False])
def test_without_a_vote_five_working_days(concept: bool) -> None:
    assert respond_by(MONDAY, None, concept=concept) == here(2026, 12, 4, 17)
    assert respond_by(here(2026, 12, 21, 10), None, concept=concept) == here(2026, 12, 29, 17)


def test_a_concept_does_not_wait_for_a_far_vote() -> None:
    far = here(2027, 3, 2, 16)
    assert respond_by(MONDAY, far) == here(2027, 2, 26, 16)
    assert respond_by(MONDAY, far, concept=True) == here(2026, 12, 4, 17)
    near = here(2026, 12, 2, 16)
    assert respond_by(MONDAY, near, concept=True) == respond_by(MONDAY, near)


@given(MOMENTS, AHEAD, CONCEPTS)
def test_a_deadline_lies_between_now_and_the_vote(now: datetime, ahead: timedelta, concept: bool) -> None:
    found = respond_by(now, now + ahead, concept=concept)
    assert (found is None) == (ahead < timedelta(hours=2))
    assert found is None or now + timedelta(minutes=15) <= found < now + ahead


@given(MOMENTS, AHEAD, CONCEPTS)
def test_it_falls_in_working_time_unless_none_is_left(now: datetime, ahead: timedelta, concept: bool) -> None:
    found = respond_by(now, now + ahead, concept=concept)
    if found is not None and clock_of(now, now + ahead) is not Clock.LAST_MINUTE:
        assert in_working_time(found)
        assert office_hours_between(found, now + ahead) >= timedelta(minutes=30)
    elif found is not None:
        assert office_hours_between(now, now + ahead) < timedelta(hours=1)


@given(MOMENTS)
def test_without_a_vote_it_ends_with_a_working_day(now: datetime) -> None:
    found = respond_by(now, None)
    assert found is not None
    assert found.astimezone(ZONE).hour == 17
    assert deadlines.CONCEPT <= office_hours_between(now, found) < deadlines.CONCEPT + timedelta(hours=8)


@given(MOMENTS, AHEAD, AHEAD, CONCEPTS)
def test_a_later_vote_never_asks_for_an_earlier_answer(
    now: datetime, ahead: timedelta, more: timedelta, concept: bool
) -> None:
    near = respond_by(now, now + ahead, concept=concept)
    far = respond_by(now, now + ahead + more, concept=concept)
    if near is not None:
        assert far is not None
        assert far >= near or clock_of(now, now + ahead) is Clock.LAST_MINUTE


@given(MOMENTS, AHEAD, CONCEPTS)
def test_what_is_asked_later_is_due_no_earlier(now: datetime, ahead: timedelta, concept: bool) -> None:
    vote = now + ahead + timedelta(days=3)
    first, later = respond_by(now, vote, concept=concept), respond_by(now + timedelta(hours=6), vote, concept=concept)
    assert first is not None
    assert later is None or later >= first


# --- the vote moves ---


@given(MOMENTS, AHEAD, AHEAD, st.integers(0, 60 * 24 * 20), CONCEPTS)
def test_a_vote_that_moves_and_moves_back_changes_nothing(
    asked: datetime, first: timedelta, second: timedelta, passed: int, concept: bool
) -> None:
    stood = respond_by(asked, asked + first, concept=concept)
    now = asked + timedelta(minutes=passed)
    if stood is None or now >= min(stood, asked + first, asked + second):
        return
    moved = after_move(asked, stood, asked + second, now, concept=concept)
    assert after_move(asked, moved, asked + first, now, concept=concept) == stood


@given(MOMENTS, AHEAD, AHEAD | st.none(), st.integers(0, 60 * 24 * 60), CONCEPTS)
def test_moved_once_more_to_the_same_moment_changes_nothing(
    asked: datetime, first: timedelta, second: timedelta | None, passed: int, concept: bool
) -> None:
    now = asked + timedelta(minutes=passed)
    vote = asked + second if second is not None else None
    moved = after_move(asked, respond_by(asked, asked + first), vote, now, concept=concept)
    assert after_move(asked, moved, vote, now, concept=concept) == moved


@given(MOMENTS, AHEAD, AHEAD | st.none(), st.integers(0, 60 * 24 * 60), CONCEPTS)
def test_a_moved_deadline_lies_ahead_and_before_the_vote(
    asked: datetime, first: timedelta, second: timedelta | None, passed: int, concept: bool
) -> None:
    now = asked + timedelta(minutes=passed)
    vote = asked + second if second is not None else None
    stood = respond_by(asked, asked + first)
    moved = after_move(asked, stood, vote, now, concept=concept)
    if vote is not None and vote <= now:
        assert moved is None or moved == stood
        assert moved is None or moved <= now
    else:
        assert moved is None or moved > now
        assert moved is None or vote is None or moved < vote


def test_a_vote_that_falls_away_hurries_nobody() -> None:
    far = here(2027, 3, 2, 16)
    stood = respond_by(MONDAY, far)
    assert after_move(MONDAY, stood, None, MONDAY) == stood
    near = respond_by(MONDAY, here(2026, 12, 1, 16))
    assert after_move(MONDAY, near, None, MONDAY) == here(2026, 12, 4, 17)
    assert after_move(MONDAY, None, None, here(2026, 12, 7, 9)) == here(2026, 12, 11, 17)


def test_a_vote_in_the_past_asks_for_nothing_new() -> None:
    now = here(2026, 12, 9, 9)
    late, ahead = here(2026, 12, 4, 16), here(2026, 12, 10, 16)
    assert after_move(MONDAY, late, TUESDAY, now) == late
    assert after_move(MONDAY, ahead, TUESDAY, now) is None


# --- the promise ---


def test_a_promise_is_a_working_day_after_the_last_deadline() -> None:
    friday = here(2026, 12, 4, 16)
    assert promised_by([friday, None, MONDAY], TUESDAY) == here(2026, 12, 7, 16)
    assert promised_by([here(2026, 12, 8, 13)], TUESDAY) == TUESDAY
    assert promised_by([here(2026, 12, 9, 13)], TUESDAY) == here(2026, 12, 10, 13)  # set by hand, after the vote
    assert promised_by([friday], None) == here(2026, 12, 7, 16)
    assert promised_by([None, None], TUESDAY) is None
    assert promised_by([], None) is None


@given(MOMENTS, AHEAD, CONCEPTS)
def test_what_is_promised_comes_after_the_answers_and_before_the_vote(
    now: datetime, ahead: timedelta, concept: bool
) -> None:
    vote = now + ahead
    deadline = respond_by(now, vote, concept=concept)
    promised = promised_by([deadline], vote)
    assert (promised is None) == (deadline is None)
    assert promised is None or deadline is None or deadline < promised <= vote


# --- what else a page asks ---


@given(MOMENTS, AHEAD | st.none(), CONCEPTS)
def test_moments_to_choose_from(now: datetime, ahead: timedelta | None, concept: bool) -> None:
    vote = now + ahead if ahead is not None else None
    found = choices(now, vote, concept=concept)
    proposed = respond_by(now, vote, concept=concept)
    assert len(set(found)) == len(found) <= 3
    assert proposed is None or found[0] == proposed
    assert all(moment > now and (vote is None or moment < vote) for moment in found)
    assert all(in_working_time(moment) for moment in found if moment != proposed)


@pytest.mark.parametrize(
    ("now", "vote", "concept", "expected"),
    [
        (MONDAY, None, False, Clock.CONCEPT),
        (MONDAY, None, True, Clock.CONCEPT),
        (MONDAY, TUESDAY, False, Clock.FILED),
        (MONDAY, TUESDAY, True, Clock.CONCEPT),
        (here(2026, 12, 8, 15, 1), TUESDAY, True, Clock.LAST_MINUTE),
        (here(2026, 12, 8, 20), here(2026, 12, 8, 23), False, Clock.LAST_MINUTE),
    ],
)
def test_which_clock_runs(now: datetime, vote: datetime | None, concept: bool, expected: Clock) -> None:
    assert clock_of(now, vote, concept=concept) is expected


@pytest.mark.parametrize(
    ("left", "short"),
    [(timedelta(hours=24), False), (timedelta(hours=23), True), (timedelta(0), False), (timedelta(hours=-1), False)],
)
def test_the_short_questionnaire(left: timedelta, short: bool) -> None:
    assert last_minute(MONDAY, MONDAY + left) is short
    assert last_minute(MONDAY, None) is False


@pytest.mark.parametrize(
    ("day", "can_be"), [(1999, False), (2000, True), (2200, True), (2201, False), (1, False), (9999, False)]
)
def test_a_day_that_can_be(day: int, can_be: bool) -> None:
    assert plausible(date(day, 6, 1)) is can_be
    assert plausible(datetime(day, 6, 1, tzinfo=UTC)) is can_be
