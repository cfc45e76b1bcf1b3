"""An agency's own administrator: lets colleagues in and out, hands their work over, and gains nothing by it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.desk import World, of_role, respondent
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Unauthenticated
from uitvoeringsscan.identifiers import PersonId
from uitvoeringsscan.people.people import NOBODY, SERVICE, Person, Role, actor_of_person, mailbox
from uitvoeringsscan.use_cases import absences, accounts, answering, collaborating, colleagues, leaving

BOSS = of_role(Role.AGENCY_ADMIN)


def person(world: World, name: str, *roles: Role, agency: str | None = "uwv") -> Person:
    return accounts.add_person(
        world.desk, SERVICE, name=name, email=f"{name}@voorbeeld.example", roles=frozenset(roles), agency=agency
    )


def in_agency(world: World) -> dict[str, Person]:
    return {
        "baas": person(world, "organisatiebeheerder-uwv", Role.AGENCY_ADMIN),
        "werker": person(world, "behandelaar-uwv", Role.RESPONDENT),
        "vaststeller": person(world, "vaststeller-uwv", Role.APPROVER),
        "ander": person(world, "behandelaar-svb", Role.RESPONDENT, agency="svb"),
        "lezer": person(world, "lezer", Role.READER, agency=None),
    }


def steps(world: World, who: Any, target: str, to: str = "onbekend") -> list[Any]:
    desk, role = world.desk, frozenset({Role.RESPONDENT})
    return [
        lambda: colleagues.one(desk, who, target),
        lambda: colleagues.change(desk, who, target, roles=role, active=True),
        lambda: colleagues.end_sessions(desk, who, target),
        lambda: colleagues.hand_over(desk, who, target, to),
    ]


@pytest.mark.parametrize("role", [*(role for role in Role if role is not Role.AGENCY_ADMIN), None])
def test_nobody_else_manages_colleagues(small: World, role: Role | None) -> None:
    people = in_agency(small)
    who = NOBODY if role is None else of_role(role)
    before = small.contents()
    every = [
        *steps(small, who, people["werker"].id, people["vaststeller"].id),
        lambda: colleagues.every(small.desk, who),
        lambda: colleagues.add(
            small.desk, who, name="N.", email="n@voorbeeld.example", roles=frozenset({Role.RESPONDENT})
        ),
    ]
    for step in every:
        with pytest.raises(Unauthenticated if role is None else Forbidden):
            step()
    assert small.contents() == before


def test_one_sees_ones_own_agency_and_no_other(small: World) -> None:
    people = in_agency(small)
    assert {one.id for one in colleagues.every(small.desk, BOSS)} == {
        people[name].id for name in ("baas", "werker", "vaststeller")
    }
    before = small.contents()
    for target in (people["ander"].id, people["lezer"].id, "onbekend", ""):
        messages = set()
        for step in steps(small, BOSS, target, people["werker"].id):
            with pytest.raises(NotFound) as refused:
                step()
            messages.add(refused.value.message)
        assert len(messages) == 1  # whether there is such a person or not
    assert small.contents() == before


def test_somebody_is_let_in_changed_and_shown_out(world: World) -> None:
    in_agency(world)
    added = colleagues.add(
        world.desk, BOSS, name=" N. Nieuw ", email="N@Voorbeeld.example", roles=frozenset({Role.RESPONDENT})
    )
    assert (added.agency, added.name, added.email) == ("uwv", "N. Nieuw", "n@voorbeeld.example")
    token = accounts.demo_sign_in(world.desk, added.id)
    assert len(colleagues.one(world.desk, BOSS, added.id).sessions) == 1
    colleagues.end_sessions(world.desk, BOSS, added.id)
    assert accounts.session_person(world.desk, token) is None
    token = accounts.demo_sign_in(world.desk, added.id)
    both = frozenset({Role.RESPONDENT, Role.APPROVER})
    assert colleagues.change(world.desk, BOSS, added.id, roles=both, active=True).roles == both
    assert accounts.session_person(world.desk, token) is not None
    assert not colleagues.change(world.desk, BOSS, added.id, roles=both, active=False).active
    assert accounts.session_person(world.desk, token) is None
    with world.desk.reading() as work:
        lines = [line for line in work.journal.every() if line.principal == BOSS.principal]
    assert [line.event for line in lines] == ["PersonAdded", "SessionsEnded", "PersonChanged", "PersonChanged"]
    assert {line.details["person"] for line in lines} == {added.id}


OUTSIDE = [role for role in Role if role not in (Role.RESPONDENT, Role.APPROVER, Role.AGENCY_ADMIN)]


@pytest.mark.parametrize("role", OUTSIDE)
def test_roles_outside_the_agency_are_not_theirs_to_give_or_to_touch(small: World, role: Role) -> None:
    people = in_agency(small)
    wanted = frozenset({Role.RESPONDENT, role})
    more = person(small, "meer", Role.RESPONDENT, role)
    before = small.contents()
    with pytest.raises(InvalidInput):
        colleagues.add(small.desk, BOSS, name="N.", email="n@voorbeeld.example", roles=wanted)
    with pytest.raises(InvalidInput):
        colleagues.change(small.desk, BOSS, people["werker"].id, roles=wanted, active=True)
    with pytest.raises(Forbidden):
        colleagues.change(small.desk, BOSS, more.id, roles=frozenset({Role.RESPONDENT}), active=True)
    with pytest.raises(Forbidden):
        colleagues.end_sessions(small.desk, BOSS, more.id)
    assert not colleagues.one(small.desk, BOSS, more.id).ours
    assert small.contents() == before


def test_nobody_decides_about_themselves(small: World) -> None:
    people = in_agency(small)
    boss = actor_of_person(people["baas"])
    before = small.contents()
    for roles, active in ((frozenset({Role.APPROVER}), True), (people["baas"].roles, False)):
        with pytest.raises(Forbidden):
            colleagues.change(small.desk, boss, people["baas"].id, roles=roles, active=active)
    assert small.contents() == before


@pytest.mark.parametrize("role", [Role.RESPONDENT, Role.APPROVER])
def test_who_lets_people_in_answers_nothing(small: World, role: Role) -> None:
    """Not by adding, not by changing, not by the administrator, not by the claims of a provider (they ask the same rule)."""
    people = in_agency(small)
    both = frozenset({Role.AGENCY_ADMIN, role})
    before = small.contents()
    attempts = (
        lambda: colleagues.change(small.desk, BOSS, people["werker"].id, roles=both, active=True),
        lambda: accounts.change_person(small.desk, SERVICE, people["baas"].id, roles=both, agency="uwv", active=True),
        lambda: colleagues.add(small.desk, BOSS, name="N.", email="n@voorbeeld.example", roles=both),
    )
    for attempt in attempts:
        with pytest.raises(InvalidInput) as refused:
            attempt()
        assert [problem.code for problem in refused.value.problems] == ["past-niet-samen"]
    assert small.contents() == before
    scan = small.routed("uwv")
    for step in (
        lambda: answering.save_answers(small.desk, BOSS, f"{scan}-uwv", None, {}, {}),
        lambda: answering.approve(small.desk, BOSS, f"{scan}-uwv", None),
    ):
        with pytest.raises(NotFound):
            step()


@pytest.mark.parametrize("spelling", ["behandelaar-uwv+2@voorbeeld.example", "BEHANDELAAR-UWV+ander@voorbeeld.example"])
def test_a_second_address_of_the_same_person_is_no_second_person(small: World, spelling: str) -> None:
    in_agency(small)
    before = small.contents()
    with pytest.raises(InvalidInput) as refused:
        colleagues.add(small.desk, BOSS, name="Ander", email=spelling, roles=frozenset({Role.APPROVER}))
    assert [problem.field for problem in refused.value.problems] == ["email"]
    assert small.contents() == before


@given(st.from_regex(r"[a-z.]{1,9}", fullmatch=True), st.from_regex(r"[a-z+]{0,9}", fullmatch=True))
def test_what_stands_behind_a_plus_changes_nothing(local: str, tag: str) -> None:
    assert mailbox(f"{local}+{tag}@voorbeeld.example") == mailbox(f"{local}@voorbeeld.example")
    assert mailbox(f"{local}@voorbeeld.example") != mailbox(f"x{local}@voorbeeld.example")


def test_open_work_goes_to_a_colleague(world: World) -> None:
    people = in_agency(world)
    leaver, taker = people["werker"], people["vaststeller"]
    scans = [world.routed("uwv", "svb", paper_number=str(20 + number)) for number in range(3)]
    for scan in scans:
        collaborating.give_task(world.desk, respondent("uwv"), f"{scan}-uwv", None, leaver.id, "Wil je dit doen?")
    world.settle(scans[2], "uwv")  # finished: stays theirs
    absences.set_second_contact(world.desk, of_role(Role.APPROVER), "uwv", leaver.id)
    assert len(colleagues.one(world.desk, BOSS, leaver.id).tasks) == 2
    assert colleagues.hand_over(world.desk, BOSS, leaver.id, taker.id) == 2
    with world.desk.reading() as work:
        assert [task.scan for task in work.tasks.of_person(leaver.id)] == [scans[2]]
        theirs = work.tasks.of_person(taker.id)
        assert [task.scan for task in theirs] == sorted(scans[:2])
        assert {(task.line, task.by.principal, task.name) for task in theirs} == {
            ("Wil je dit doen?", BOSS.principal, taker.name)
        }
        assert work.absences.second_contacts() == {"uwv": taker.id}
    assert world.events(scans[0])[-1] == "TaskGiven"
    assert colleagues.hand_over(world.desk, BOSS, leaver.id, taker.id) == 0  # once is enough


def test_work_goes_only_to_who_may_do_it(small: World) -> None:
    people = in_agency(small)
    scan = small.routed("uwv")
    collaborating.give_task(small.desk, respondent("uwv"), f"{scan}-uwv", None, people["werker"].id, "")
    closed = person(small, "dicht", Role.RESPONDENT)
    colleagues.change(small.desk, BOSS, closed.id, roles=closed.roles, active=False)
    before = small.contents()
    for to in (people["baas"].id, people["ander"].id, people["werker"].id, closed.id, "onbekend", ""):
        with pytest.raises(InvalidInput) as refused:
            colleagues.hand_over(small.desk, BOSS, people["werker"].id, to)
        assert [problem.field for problem in refused.value.problems] == ["aan"]
    assert small.contents() == before


def test_the_administrator_hands_tasks_over_as_well(small: World) -> None:
    people = in_agency(small)
    scan = small.routed("uwv")
    collaborating.give_task(small.desk, respondent("uwv"), f"{scan}-uwv", None, people["werker"].id, "")
    admin = of_role(Role.ADMIN)
    assert leaving.hand_over(small.desk, admin, people["werker"].email, people["vaststeller"].email) == 1
    with pytest.raises(InvalidInput):
        leaving.hand_over(small.desk, admin, people["vaststeller"].email, people["ander"].email)


def test_who_went_to_another_agency_meanwhile_is_not_there(small: World) -> None:
    people = in_agency(small)
    accounts.change_person(
        small.desk, SERVICE, people["werker"].id, roles=frozenset({Role.RESPONDENT}), agency="svb", active=True
    )
    with pytest.raises(NotFound):
        accounts.store_change(
            small.desk, BOSS, PersonId(people["werker"].id), roles=frozenset({Role.APPROVER}),
            agency="uwv", active=True, within=BOSS.agency,
        )  # fmt: skip
