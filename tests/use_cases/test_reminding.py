"""Reminders: each step once, to whoever has the file in hand; others when nothing moves; rounds that close themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.support.desk import COORDINATOR, START, VOTE, World, approver, file_of, respondent, together
from tests.support.outside import Outside, with_outside
from uitvoeringsscan.assessments.assessment import AssessmentState
from uitvoeringsscan.errors import Forbidden, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.notices.kinds import Kind
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.publication.summary import read_sealed
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases import absences, answering, collaborating, coordinating, reminding, rounds, vote_moves

DEADLINE = VOTE - timedelta(days=4)
"""Friday at the hour of the vote: two working days before it."""


def look(world: World, at: datetime) -> None:
    world.clock.at = at
    reminding.sweep(world.desk, at)


def told(world: World, scan: ScanId, *events: str) -> list[dict[str, Any]]:
    """What the journal says of these events, by whoever did it; with the event's name."""
    with world.desk.reading() as work:
        return [{"event": one.event, **one.details} for one in work.journal.of_scan(scan) if one.event in events]


def steps(world: World, scan: ScanId, *events: str) -> list[tuple[str, str]]:
    return [
        (one["event"], one["step"]) for one in told(world, scan, *(events or ("Reminded", "Escalated", "RoundLate")))
    ]


@pytest.fixture
def outside(small: World) -> Outside:
    return with_outside(small)


def test_each_step_once_however_often_is_looked(world: World) -> None:
    scan = world.routed("uwv")
    day_before = DEADLINE - timedelta(days=1)
    look(world, day_before - timedelta(seconds=1))
    assert steps(world, scan) == []
    for minutes in (0, 1, 60):
        look(world, day_before + timedelta(minutes=minutes))
        assert steps(world, scan) == [("Reminded", "werkdag-voor-termijn")]
    look(world, DEADLINE - timedelta(hours=2))
    look(world, DEADLINE)
    look(world, DEADLINE + timedelta(days=1))
    look(world, VOTE - timedelta(hours=4))
    look(world, VOTE - timedelta(hours=1))
    look(world, VOTE)
    look(world, VOTE + timedelta(hours=5))
    reminded = [step for event, step in steps(world, scan) if event == "Reminded"]
    assert reminded == [
        "werkdag-voor-termijn",
        "twee-uur-voor-termijn",
        "termijn-voorbij",
        "vier-uur-voor-stemming",
        "uur-voor-stemming",
    ]
    late = told(world, scan, "RoundLate")
    assert [one["step"] for one in late] == ["termijn-voorbij", "uur-voor-stemming", "stemming-begint"]
    assert {tuple(one["silent"]) for one in late} == {("uwv",)}
    escalated = [step for event, step in steps(world, scan) if event == "Escalated"]
    assert escalated == reminded[1:]  # nothing ever moved


def test_two_sweeps_at_the_same_moment_remind_once(world: World) -> None:
    scans = [world.routed("uwv", "svb", paper_number=str(number)) for number in (1, 2, 3)]
    world.clock.at = DEADLINE
    results = together(*(lambda: reminding.sweep(world.desk, DEADLINE) for _ in range(4)))
    assert results == [None] * 4
    for scan in scans:
        assert [(one["event"], one.get("agency")) for one in told(world, scan, "Reminded", "RoundLate")] == [
            ("Reminded", "svb"),
            ("Reminded", "uwv"),
            ("RoundLate", None),
        ]


def test_after_a_night_without_power_one_reminder_and_not_five(small: World) -> None:
    scan = small.routed("uwv")
    look(small, VOTE - timedelta(minutes=30))
    assert steps(small, scan, "Reminded") == [("Reminded", "uur-voor-stemming")]
    assert steps(small, scan, "RoundLate") == [("RoundLate", "uur-voor-stemming")]
    look(small, VOTE - timedelta(minutes=20))
    assert len(steps(small, scan)) == 2


def test_a_vote_that_moves_starts_the_count_anew(world: World) -> None:
    scan = world.routed("uwv")
    look(world, DEADLINE - timedelta(days=1))
    vote_moves.move_vote(world.desk, COORDINATOR, scan, None, VOTE + timedelta(days=7))
    look(world, DEADLINE)
    assert steps(world, scan) == [("Reminded", "werkdag-voor-termijn")]
    look(world, DEADLINE + timedelta(days=6))
    assert [step for _, step in steps(world, scan, "Reminded")] == ["werkdag-voor-termijn"] * 2
    rounds.move_deadline(world.desk, COORDINATOR, file_of(scan, "uwv"), None, DEADLINE + timedelta(days=6, hours=1))
    look(world, DEADLINE + timedelta(days=6, minutes=5))
    assert len(steps(world, scan, "Reminded")) == 2  # with an hour left: they heard so just now
    look(world, DEADLINE + timedelta(days=6, hours=1))
    assert steps(world, scan, "Reminded")[-1] == ("Reminded", "termijn-voorbij")


def test_asked_late_nobody_is_reminded_in_the_same_breath(small: World) -> None:
    small.clock.at = VOTE - timedelta(hours=3)
    scan = small.routed("uwv")
    look(small, small.clock.at + timedelta(minutes=1))
    assert steps(small, scan) == []


def test_who_answered_is_left_alone(world: World) -> None:
    scan = world.routed("uwv", "svb")
    world.settle(scan, "uwv")
    look(world, DEADLINE)
    assert [one["agency"] for one in told(world, scan, "Reminded")] == ["svb"]
    assert told(world, scan, "RoundLate")[0]["silent"] == ["svb"]


@pytest.mark.parametrize("state", [ScanState.SUBMITTED, ScanState.ASSESSED, ScanState.PUBLISHED, ScanState.WITHDRAWN])
def test_outside_a_round_nobody_is_reminded(small: World, state: ScanState) -> None:
    scan = small.in_state(state)
    for moment in (DEADLINE - timedelta(days=1), DEADLINE, VOTE - timedelta(hours=1), VOTE):
        look(small, moment)
    assert steps(small, scan) == []


# --- whom ---


def persons(outside: Outside, scan: ScanId, event: str = "Reminded") -> set[str]:
    names = {person.id: name for name, person in outside.people.items()}
    return {names[one] for one in told(outside.world, scan, event)[-1]["persons"]}


def test_who_has_it_in_hand_is_reminded(outside: Outside) -> None:
    world = outside.world
    scan = world.routed("uwv")
    look(world, DEADLINE - timedelta(days=1))
    assert persons(outside, scan) == {"behandelaar-uwv"}
    world.handed_in(scan, "uwv")
    look(world, DEADLINE - timedelta(hours=2))
    assert persons(outside, scan) == {"vaststeller-uwv"}
    assert told(world, scan, "Escalated") == []  # it moved
    look(world, DEADLINE)
    assert persons(outside, scan, "Escalated") == {"behandelaar-uwv"}
    outside.pass_time(hours=1)
    kinds = {letter.name: {item.kind for item in letter.items} for letter in outside.mail.letters}
    assert Kind.REMINDED in kinds["vaststeller-uwv"]
    assert {Kind.REMINDED, Kind.ESCALATED} <= kinds["behandelaar-uwv"]
    assert Kind.ESCALATED in kinds["coordinator"]
    assert "behandelaar-svb" not in kinds


def test_a_task_makes_it_somebodys(outside: Outside) -> None:
    world = outside.world
    second = _join(outside, "tweede-behandelaar-uwv", "uwv")
    scan = world.routed("uwv")
    collaborating.give_task(world.desk, respondent("uwv"), file_of(scan, "uwv"), None, second.id, "")
    look(world, DEADLINE - timedelta(days=1))
    assert persons(outside, scan) == {"tweede-behandelaar-uwv"}


def test_a_deputy_is_reminded_instead_of_who_is_away(outside: Outside) -> None:
    world = outside.world
    second = _join(outside, "tweede-behandelaar-uwv", "uwv")
    away, days = outside.people["behandelaar-uwv"], (date(2026, 12, 3), date(2026, 12, 3))
    absences.set_absence(world.desk, away, *days, second.id)
    absences.set_absence(world.desk, second, date(2026, 12, 4), date(2026, 12, 9), None)
    scan = world.routed("uwv")
    look(world, DEADLINE - timedelta(days=1))
    assert persons(outside, scan) == {"tweede-behandelaar-uwv"}
    look(world, DEADLINE)
    assert persons(outside, scan) == {"behandelaar-uwv"}  # back again


def test_when_nothing_moves_the_second_contact_is_called_in(outside: Outside) -> None:
    world = outside.world
    contact = _join(outside, "hoofd-uwv", "uwv", approves=True)
    absences.set_second_contact(world.desk, approver("uwv"), "uwv", contact.id)
    scan = world.routed("uwv")
    look(world, DEADLINE - timedelta(days=1))
    look(world, DEADLINE - timedelta(hours=2))
    assert persons(outside, scan, "Escalated") == {"hoofd-uwv"}
    answering.save_answers(world.desk, respondent("uwv"), file_of(scan, "uwv"), None, {"raakt": "ja"}, {})
    look(world, DEADLINE)
    assert [one["step"] for one in told(world, scan, "Escalated")] == ["twee-uur-voor-termijn"]  # it moved again


def test_when_everybody_is_away_somebody_is_reminded_all_the_same(outside: Outside) -> None:
    world = outside.world
    for name in ("behandelaar-uwv", "vaststeller-uwv"):
        absences.set_absence(world.desk, outside.people[name], date(2026, 12, 1), date(2026, 12, 9), None)
    scan = world.routed("uwv")
    look(world, DEADLINE - timedelta(days=1))
    assert persons(outside, scan) == {"behandelaar-uwv", "vaststeller-uwv"}
    look(world, DEADLINE - timedelta(hours=2))
    assert told(world, scan, "Escalated")[-1]["persons"] == []
    outside.pass_time(minutes=15)
    assert {item.kind for letter in outside.mail.to("coordinator") for item in letter.items} >= {Kind.ESCALATED}


def _join(outside: Outside, name: str, agency: str, *, approves: bool = False) -> Any:
    from uitvoeringsscan.people.people import Role
    from uitvoeringsscan.use_cases import accounts

    role = Role.APPROVER if approves else Role.RESPONDENT
    person = accounts.add_person(
        outside.world.desk,
        SERVICE,
        name=name,
        email=f"{name}@voorbeeld.example",
        roles=frozenset({role}),
        agency=agency,
    )
    outside.people[name] = person
    return person


# --- rounds that close themselves ---


def test_a_round_closes_itself_only_where_that_was_chosen(world: World) -> None:
    chosen, other = world.routed("uwv", "svb", paper_number="1"), world.routed("uwv", paper_number="2")
    coordinating.choose_closing(world.desk, COORDINATOR, chosen, None, itself=True)
    world.settle(chosen, "uwv")
    look(world, DEADLINE - timedelta(seconds=1))
    assert world.scan(chosen).state is ScanState.IN_ASSESSMENT
    world.clock.at = DEADLINE
    assert together(*(lambda: reminding.sweep(world.desk, DEADLINE) for _ in range(3))) == [None] * 3
    assert world.scan(chosen).state is ScanState.ASSESSED
    assert world.file(chosen, "svb").state is AssessmentState.LAPSED
    assert world.scan(other).state is ScanState.IN_ASSESSMENT
    assert [event for event in world.events(chosen) if event in ("Lapsed", "ScanAssessed")] == [
        "Lapsed",
        "ScanAssessed",
    ]
    parts = {part.code: part for part in read_sealed(world.publish(chosen).document).agencies}  # by a person
    assert parts["svb"].closed_because == reminding.CLOSED_ITSELF


def test_it_waits_for_the_last_deadline_and_closes_at_the_vote_at_the_latest(small: World) -> None:
    scan = small.routed("uwv", "svb")
    coordinating.choose_closing(small.desk, COORDINATOR, scan, None, itself=True)
    rounds.move_deadline(small.desk, COORDINATOR, file_of(scan, "uwv"), None, VOTE + timedelta(days=2))
    look(small, DEADLINE + timedelta(hours=1))
    assert small.scan(scan).state is ScanState.IN_ASSESSMENT
    look(small, VOTE)
    assert small.scan(scan).state is ScanState.ASSESSED


def test_leaving_it_to_the_clock_can_be_taken_back(small: World) -> None:
    scan = small.routed("uwv")
    coordinating.choose_closing(small.desk, COORDINATOR, scan, None, itself=True)
    before = small.contents()
    coordinating.choose_closing(small.desk, COORDINATOR, scan, None, itself=True)
    assert small.contents() == before
    coordinating.choose_closing(small.desk, COORDINATOR, scan, None, itself=False)
    look(small, VOTE)
    assert small.scan(scan).state is ScanState.IN_ASSESSMENT
    with pytest.raises(Forbidden):
        coordinating.choose_closing(small.desk, approver("uwv"), scan, None, itself=True)
    small.settle(scan, "uwv")
    with pytest.raises(WrongState):
        coordinating.choose_closing(small.desk, COORDINATOR, scan, None, itself=True)


def test_a_sweep_without_anything_due_stores_nothing(small: World) -> None:
    small.routed("uwv")
    before = small.contents()
    look(small, START + timedelta(hours=1))
    assert small.contents() == before
