"""The vote moves: what was reckoned from it is reckoned anew, what was set by hand stays, and it is told once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.desk import COORDINATOR, OTHER_SUBMITTER, START, SUBMITTER, VOTE, World, approver, file_of, together
from tests.support.outside import with_outside
from uitvoeringsscan.errors import Forbidden, InvalidInput, Stale, Unauthenticated, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.notices.kinds import Kind
from uitvoeringsscan.people.people import NOBODY
from uitvoeringsscan.scans.deadlines import promised_by, respond_by
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases import coordinating, rounds, vote_moves

LATER, SOONER = VOTE + timedelta(days=7), VOTE - timedelta(days=5)  # both working days


def move(world: World, scan: ScanId, vote: datetime | None) -> None:
    vote_moves.move_vote(world.desk, COORDINATOR, scan, None, vote)


def told(world: World, scan: ScanId, event: str) -> list[dict[str, Any]]:
    with world.desk.reading() as work:
        return [dict(line.details) for line in work.journal.of_scan(scan) if line.event == event]


@pytest.mark.parametrize("vote", [LATER, SOONER, None])
def test_deadlines_follow_the_vote(world: World, vote: datetime | None) -> None:
    scan = world.routed("uwv", "svb", "cak")
    world.settle(scan, "cak")
    settled = world.file(scan, "cak")
    first = world.file(scan, "uwv").respond_by
    world.clock.forward(hours=2)
    move(world, scan, vote)
    expected = respond_by(START, vote)
    assert expected != first or vote is None
    assert {world.file(scan, code).respond_by for code in ("uwv", "svb")} == {expected}
    assert world.scan(scan).respond_by == expected
    assert world.file(scan, "cak") == settled
    (line,) = told(world, scan, "VoteMoved")
    assert line["before"] == VOTE.isoformat()
    assert line["vote"] == (vote.isoformat() if vote else None)
    assert (line["moved"], line["kept"]) == (["svb", "uwv"] if expected != first else [], [])
    move(world, scan, VOTE)
    assert world.file(scan, "uwv").respond_by == first  # moved back: as it was


def test_what_was_set_by_hand_stays(world: World) -> None:
    scan = world.routed("uwv", "svb")
    chosen = START + timedelta(days=3)
    rounds.move_deadline(world.desk, COORDINATOR, file_of(scan, "uwv"), None, chosen)
    move(world, scan, LATER)
    assert world.file(scan, "uwv").respond_by == chosen
    assert world.file(scan, "svb").respond_by == respond_by(START, LATER)
    (line,) = told(world, scan, "VoteMoved")
    assert (line["moved"], line["kept"]) == (["svb"], ["uwv"])
    assert [one["agency"] for one in told(world, scan, "DeadlineMoved")] == ["uwv", "svb"]


def test_a_deadline_given_with_the_question_is_set_by_hand_too(small: World) -> None:
    scan = small.submitted()
    chosen = START + timedelta(days=2)
    coordinating.confirm_routing(small.desk, COORDINATOR, scan, None, ["uwv"], respond_by=chosen)
    small.route(scan, "uwv", "svb")  # asked later, by the same moment
    move(small, scan, LATER)
    assert {small.file(scan, code).respond_by for code in ("uwv", "svb")} == {chosen}
    assert small.scan(scan).respond_by == chosen
    assert told(small, scan, "VoteMoved")[0]["kept"] == ["svb", "uwv"]


def test_who_is_asked_after_the_deadline_gets_a_new_one(small: World) -> None:
    scan = small.routed("uwv")
    small.clock.at = VOTE - timedelta(days=1)
    small.route(scan, "uwv", "svb")
    found = small.file(scan, "svb").respond_by
    assert found == respond_by(small.clock.at, VOTE)
    assert found is not None
    assert found > small.clock.at


def test_a_vote_that_stays_where_it_is_changes_nothing_and_is_told_nobody(small: World) -> None:
    scan = small.routed("uwv")
    before = small.contents()
    move(small, scan, VOTE)
    assert small.contents() == before


@pytest.mark.parametrize("state", [ScanState.SUBMITTED, ScanState.ASSESSED, ScanState.PUBLISHED])
def test_outside_a_round_only_the_vote_moves(small: World, state: ScanState) -> None:
    scan = small.in_state(state)
    files = [small.file(scan, "uwv")] if state is not ScanState.SUBMITTED else []
    deadline = small.scan(scan).respond_by
    for vote in (LATER, START - timedelta(days=1), None, VOTE):
        move(small, scan, vote)
        assert small.scan(scan).vote == vote
        assert small.scan(scan).respond_by == deadline
    assert ([small.file(scan, "uwv")] if files else []) == files
    assert [line["moved"] for line in told(small, scan, "VoteMoved")] == [[], [], [], []]


@pytest.mark.parametrize("state", [ScanState.WITHDRAWN, ScanState.REPLACED])
def test_what_ended_has_no_vote_to_move(small: World, state: ScanState) -> None:
    scan = small.in_state(state)
    before = small.contents()
    with pytest.raises(WrongState):
        move(small, scan, LATER)
    assert small.contents() == before


def test_into_the_past_and_back(world: World) -> None:
    scan = world.routed("uwv")
    first = world.file(scan, "uwv").respond_by
    world.clock.forward(days=1)
    move(world, scan, START)
    assert world.file(scan, "uwv").respond_by is None  # any answer is welcome
    move(world, scan, VOTE)
    assert world.file(scan, "uwv").respond_by == first
    assert first is not None
    world.clock.at = first + timedelta(hours=1)
    move(world, scan, START)
    assert world.file(scan, "uwv").respond_by == first  # late is late
    move(world, scan, LATER)
    found = world.file(scan, "uwv").respond_by
    assert found == respond_by(START, LATER)
    assert not world.file(scan, "uwv").overdue(world.clock.at)


def test_cancelled_nobody_is_hurried_and_the_promise_follows(small: World) -> None:
    scan = small.routed("uwv", vote=VOTE + timedelta(days=60))
    far = small.file(scan, "uwv").respond_by
    move(small, scan, None)
    assert small.file(scan, "uwv").respond_by == far
    move(small, scan, VOTE)
    near = small.file(scan, "uwv").respond_by
    assert near == respond_by(START, VOTE)
    assert promised_by([near], small.scan(scan).vote) == VOTE - timedelta(days=1)


def test_a_reopened_file_gets_time_to_answer(small: World) -> None:
    scan = small.routed("uwv", "svb")
    small.settle(scan, "uwv")
    small.clock.at = VOTE - timedelta(days=1)
    opened = rounds.reopen(small.desk, COORDINATOR, file_of(scan, "uwv"), None, "Kijk nog eens.")
    assert opened == small.file(scan, "uwv")
    assert opened.respond_by == respond_by(small.clock.at, VOTE)
    assert not opened.overdue(small.clock.at)


def test_only_the_coordinator_moves_a_vote(small: World) -> None:
    scan = small.routed("uwv")
    before = small.contents()
    for actor in (SUBMITTER, approver("uwv")):
        with pytest.raises(Forbidden):
            vote_moves.move_vote(small.desk, actor, scan, None, LATER)
        with pytest.raises(Forbidden):
            vote_moves.move_day(small.desk, actor, VOTE.date(), LATER)
    with pytest.raises(Unauthenticated):
        vote_moves.vote_day(small.desk, NOBODY, VOTE.date())
    with pytest.raises(Stale):
        vote_moves.move_vote(small.desk, COORDINATOR, scan, 99, LATER)
    for moment in (datetime(1999, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)):
        with pytest.raises(InvalidInput):
            move(small, scan, moment)
        with pytest.raises(InvalidInput):
            vote_moves.move_day(small.desk, COORDINATOR, VOTE.date(), moment)
    assert small.contents() == before


# --- a whole day ---


def test_all_votes_of_a_day_move_at_once(world: World) -> None:
    first = world.routed("uwv", paper_number="1")
    second = world.submitted(paper_number="2", vote=VOTE + timedelta(hours=3), by=OTHER_SUBMITTER, confidential=True)
    other_bill = world.routed("svb", paper_number="3", dossier_number="99002")
    other_day = world.routed("cak", paper_number="4", vote=VOTE + timedelta(days=1))
    world.submitted(paper_number="5", draft=True)
    found = vote_moves.vote_day(world.desk, COORDINATOR, VOTE.date())
    assert {line.id for line in found.lines} == {first, second, other_bill}
    assert found.bills == ("99001", "99002")
    assert set(vote_moves.move_day(world.desk, COORDINATOR, VOTE.date(), LATER, "99001")) == {first, second}
    assert {scan: world.scan(scan).vote for scan in (first, second, other_bill, other_day)} == {
        first: LATER,
        second: LATER,
        other_bill: VOTE,
        other_day: VOTE + timedelta(days=1),
    }
    assert world.file(first, "uwv").respond_by == respond_by(START, LATER)
    assert vote_moves.move_day(world.desk, COORDINATOR, VOTE.date(), LATER, "99001") == ()
    assert vote_moves.move_day(world.desk, COORDINATOR, VOTE.date(), None) == (other_bill,)
    assert len(told(world, first, "VoteMoved")) == 1


def test_moving_a_day_twice_at_the_same_moment_tells_once(world: World) -> None:
    scans = [world.routed("uwv", paper_number=str(number)) for number in (1, 2)]
    results = together(*(lambda: vote_moves.move_day(world.desk, COORDINATOR, VOTE.date(), LATER) for _ in range(3)))
    assert sorted(scan for found in results for scan in found) == sorted(scans)
    assert [len(told(world, scan, "VoteMoved")) for scan in scans] == [1, 1]


def test_one_move_is_one_mail_for_each_whom_it_concerns(small: World) -> None:
    outside = with_outside(small)
    scan = small.routed("uwv", "svb")
    small.settle(scan, "svb")
    outside.pass_time(hours=1)
    outside.mail.letters.clear()
    move(small, scan, LATER)
    outside.pass_time(hours=1)
    found = {letter.name: [item.kind for item in letter.items] for letter in outside.mail.letters}
    concerned = ("behandelaar-uwv", "vaststeller-uwv", "indiener", "tweede-coordinator")
    assert found == {name: [Kind.VOTE_MOVED] for name in concerned}
