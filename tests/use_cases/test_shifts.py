"""The coordinators' desk: what changed since they looked, many scans at once, kept filters, and the next shift."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.desk import ADMIN, COORDINATOR, SUBMITTER, World, actor, respondent
from uitvoeringsscan.errors import Forbidden, InvalidInput, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import Role
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases import shifts

COLLEAGUE = actor(Role.COORDINATOR, name="andere-coordinator")


def version(world: World, scan: ScanId) -> tuple[str, int]:
    return scan, world.scan(scan).version


def test_what_others_did_since_one_looked(world: World) -> None:
    scan = world.routed("uwv")
    never = world.routed("svb", paper_number="15")
    before = shifts.beside_board(world.desk, COORDINATOR, [scan, never])
    assert (before.opened, before.changes) == (frozenset(), {})
    shifts.looked(world.desk, COORDINATOR, scan)
    assert shifts.beside_board(world.desk, COORDINATOR, [scan, never]).changes == {}
    world.clock.forward(minutes=5)
    world.handed_in(scan, "uwv")
    found = shifts.beside_board(world.desk, COORDINATOR, [scan, never])
    assert found.opened == {scan}
    assert {line.event for line in found.changes[scan]} == {"AnswersSaved", "HandedIn"}
    assert shifts.beside_board(world.desk, COLLEAGUE, [scan]).opened == frozenset(), "everybody looks for themselves"
    world.clock.forward(minutes=1)
    shifts.looked(world.desk, COORDINATOR, scan)
    assert shifts.beside_board(world.desk, COORDINATOR, [scan]).changes == {}


def test_what_one_did_oneself_is_no_news(small: World) -> None:
    scan = small.submitted()
    shifts.looked(small.desk, COORDINATOR, scan)
    shifts.looked(small.desk, COLLEAGUE, scan)
    small.clock.forward(minutes=1)
    small.route(scan, "uwv")
    assert shifts.beside_board(small.desk, COORDINATOR, [scan]).changes == {}
    assert [line.event for line in shifts.beside_board(small.desk, COLLEAGUE, [scan]).changes[scan]] == ["ScanRouted"]


def test_with_whom_a_file_lies(small: World) -> None:
    scan = small.routed("uwv")
    with small.desk.reading() as work:
        assert work.tasks.of_scans([scan]) == []
    assert shifts.beside_board(small.desk, COORDINATOR, [scan]).tasks == {}


def test_many_are_confirmed_each_with_its_own_outcome(world: World) -> None:
    good, stale, done = world.submitted(), world.submitted(paper_number="15"), world.routed("uwv", paper_number="16")
    found = {
        one.scan: one
        for one in shifts.confirm_as_proposed(
            world.desk, COORDINATOR, [version(world, good), (stale, 99), version(world, done), ("2020-9999", 1)]
        )
    }
    assert (found[good].fault, found[good].count > 0) == (None, True)
    assert world.scan(good).state is ScanState.IN_ASSESSMENT
    assert found[stale].fault
    assert world.scan(stale).state is ScanState.SUBMITTED
    assert found[done].fault == "De routering van deze scan is al bevestigd."
    assert found["2020-9999"].fault


def test_deadlines_of_many_move_for_who_still_has_to_answer(world: World) -> None:
    scan = world.routed("uwv", "svb")
    world.settle(scan, "svb")
    settled = world.file(scan, "svb").respond_by
    moment = world.clock.now() + timedelta(days=2)
    (one,) = shifts.move_deadlines(world.desk, COORDINATOR, [version(world, scan)], moment)
    assert (one.count, one.fault) == (1, None)
    assert world.file(scan, "uwv").respond_by == moment
    assert world.file(scan, "svb").respond_by == settled
    (past,) = shifts.move_deadlines(world.desk, COORDINATOR, [version(world, scan)], world.clock.now())
    assert past.fault == "Dit moment is al voorbij. Kies een later moment."


def test_nobody_is_reminded_twice_within_the_hour(world: World) -> None:
    scan = world.routed("uwv", "svb")
    world.settle(scan, "svb")
    first = list(shifts.remind(world.desk, COORDINATOR, [version(world, scan)]))
    again = list(shifts.remind(world.desk, COLLEAGUE, [version(world, scan)]))
    assert [one.count for one in first] == [1]
    assert again[0].fault == "Wie nog moet antwoorden, kreeg in het laatste uur al een herinnering."
    world.clock.forward(minutes=61)
    assert [one.fault for one in shifts.remind(world.desk, COORDINATOR, [version(world, scan)])] == [None]
    assert world.events(scan).count("Reminded") == 2
    world.settle(scan, "uwv")
    assert [one.fault for one in shifts.remind(world.desk, COORDINATOR, [version(world, scan)])] == [
        "Bij deze scan wacht u op niemand."
    ]


def test_filters_are_ones_own(world: World) -> None:
    shifts.keep_filter(world.desk, COORDINATOR, "  UWV   te laat ", "organisatie=uwv&doen=te-laat")
    shifts.keep_filter(world.desk, COORDINATOR, "UWV te laat", "organisatie=uwv")
    assert shifts.beside_board(world.desk, COORDINATOR, []).filters == {"UWV te laat": "organisatie=uwv"}
    assert shifts.beside_board(world.desk, COLLEAGUE, []).filters == {}
    shifts.drop_filter(world.desk, COLLEAGUE, "UWV te laat")
    shifts.drop_filter(world.desk, COORDINATOR, "UWV te laat")
    assert shifts.beside_board(world.desk, COORDINATOR, []).filters == {}
    with pytest.raises(InvalidInput):
        shifts.keep_filter(world.desk, COORDINATOR, " ", "")
    for number in range(shifts.MAX_FILTERS):
        shifts.keep_filter(world.desk, COORDINATOR, f"nr {number}", "")
    with pytest.raises(InvalidInput):
        shifts.keep_filter(world.desk, COORDINATOR, "nog een", "")


def test_a_shift_is_handed_over_once(world: World) -> None:
    given = shifts.hand_over(world.desk, COORDINATOR, " Bel UWV morgen. ")
    seen = shifts.beside_board(world.desk, COLLEAGUE, []).handover
    assert seen is not None
    assert (seen.note, seen.name) == ("Bel UWV morgen.", COORDINATOR.name)
    shifts.take(world.desk, COLLEAGUE, given.id)
    shifts.take(world.desk, COORDINATOR, given.id)
    last = shifts.newest_handover(world.desk, COORDINATOR)
    assert last is not None
    assert last.taken_name == COLLEAGUE.name
    assert shifts.beside_board(world.desk, COORDINATOR, []).handover is None
    with world.desk.reading() as work:
        events = [line.event for line in work.journal.every()]
    assert (events.count("ShiftHandedOver"), events.count("ShiftTaken")) == (1, 1)
    with pytest.raises(InvalidInput):
        shifts.hand_over(world.desk, COORDINATOR, " \n")
    with pytest.raises(WrongState):
        shifts.take(world.desk, COORDINATOR, "onbekend")


def test_what_is_theirs_goes_with_them(world: World) -> None:
    scan = world.submitted()
    shifts.looked(world.desk, COORDINATOR, scan)
    shifts.keep_filter(world.desk, COORDINATOR, "mijn", "")
    given = shifts.hand_over(world.desk, COORDINATOR, "Let op.")
    shifts.take(world.desk, COORDINATOR, given.id)
    with world.desk.writing() as work:
        work.shifts.forget(COORDINATOR.principal, "Gewist")
    found = shifts.beside_board(world.desk, COORDINATOR, [scan])
    assert (found.filters, found.opened) == ({}, frozenset())
    last = shifts.newest_handover(world.desk, COORDINATOR)
    assert last is not None
    assert (last.name, last.taken_name, last.principal) == ("Gewist", "Gewist", "")


@pytest.mark.parametrize("who", [SUBMITTER, ADMIN, respondent("uwv")])
def test_only_coordinators_sit_at_this_desk(small: World, who: object) -> None:
    for do in (
        lambda: shifts.beside_board(small.desk, who, []),  # type: ignore[arg-type]
        lambda: shifts.hand_over(small.desk, who, "x"),  # type: ignore[arg-type]
        lambda: shifts.remind(small.desk, who, [("2026-0001", 1)]),  # type: ignore[arg-type]
        lambda: shifts.keep_filter(small.desk, who, "x", ""),  # type: ignore[arg-type]
    ):
        with pytest.raises(Forbidden):
            do()
