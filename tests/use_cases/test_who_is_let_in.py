"""Machines whose keys end and are replaced, people who change and leave, sessions that are listed and ended."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.desk import COORDINATOR, SUBMITTER, World, actor, file_of, of_role, together
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Stale, Unauthenticated, WrongState
from uitvoeringsscan.people.people import NOBODY, SERVICE, Person, Role, actor_of_client, actor_of_person, address
from uitvoeringsscan.use_cases import accounts, answering, leaving, reading, signing_in, submitting

ADMIN = of_role(Role.ADMIN)


def person(world: World, name: str = "lezer", *roles: Role, agency: str | None = None) -> Person:
    given = frozenset(roles or {Role.READER})
    return accounts.add_person(
        world.desk, SERVICE, name=name, email=f"{name}@voorbeeld.example", roles=given, agency=agency
    )


def client(world: World, **more: Any) -> str:
    given = {"name": "machine", "role": Role.READER, "agency": None, **more}
    return accounts.add_client(world.desk, SERVICE, **given)[1]


def used(world: World) -> Any:
    return next(iter(accounts.list_clients(world.desk, SERVICE))).used_at


# --- machines ---------------------------------------------------------------------------------------------------------


def test_a_key_ends_on_its_day(world: World) -> None:
    secret = client(world, expires_days=30)
    world.clock.forward(days=29, hours=23, minutes=59)
    assert accounts.client_actor(world.desk, secret).name == "machine"
    world.clock.forward(minutes=1)
    with pytest.raises(Unauthenticated):
        accounts.client_actor(world.desk, secret)


@pytest.mark.parametrize("days", [0, -1, accounts.MAX_DAYS + 1])
def test_a_key_lasts_some_days(small: World, days: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        client(small, expires_days=days)
    assert [problem.field for problem in refused.value.problems] == ["geldigheid"]


def test_a_new_secret_ends_the_old_one_at_once(world: World) -> None:
    old = client(world, expires_days=30)
    new = accounts.rotate_client(world.desk, SERVICE, "machine")
    assert new not in repr(world.contents())
    with pytest.raises(Unauthenticated):
        accounts.client_actor(world.desk, old)
    assert accounts.client_actor(world.desk, new).name == "machine"
    world.clock.forward(days=30)  # the day stays what it was
    with pytest.raises(Unauthenticated):
        accounts.client_actor(world.desk, new)
    with pytest.raises(InvalidInput):
        accounts.rotate_client(world.desk, SERVICE, "machine")
    newest = accounts.rotate_client(world.desk, SERVICE, "machine", 10)
    assert accounts.client_actor(world.desk, newest).name == "machine"


def test_what_is_revoked_is_not_replaced(small: World) -> None:
    client(small)
    accounts.revoke_client(small.desk, SERVICE, "machine")
    for name in ("machine", "onbekend"):
        with pytest.raises(NotFound):
            accounts.rotate_client(small.desk, SERVICE, name)


def test_the_last_use_is_noted_once_a_minute(world: World) -> None:
    secret = client(world)
    assert used(world) is None
    accounts.client_actor(world.desk, secret)
    first = world.clock.at
    assert used(world) == first
    world.clock.forward(seconds=60)
    accounts.client_actor(world.desk, secret)
    assert used(world) == first
    world.clock.forward(seconds=1)
    accounts.client_actor(world.desk, secret)
    assert used(world) == world.clock.at


@pytest.mark.parametrize("role", [*(role for role in Role if role is not Role.ADMIN), None])
def test_only_an_administrator_manages(small: World, role: Role | None) -> None:
    somebody, secret = person(small), client(small)
    who = NOBODY if role is None else of_role(role)
    before = small.contents()
    for act in (
        lambda: accounts.rotate_client(small.desk, who, "machine"),
        lambda: accounts.change_person(small.desk, who, somebody.id, roles=frozenset(), agency=None, active=False),
        lambda: accounts.list_people(small.desk, who),
        lambda: accounts.list_clients(small.desk, who),
        lambda: leaving.export_person(small.desk, who, somebody.email),
        lambda: leaving.erase_person(small.desk, who, somebody.email),
        lambda: leaving.hand_over(small.desk, who, somebody.email, somebody.email),
    ):
        with pytest.raises(Unauthenticated if role is None else Forbidden):
            act()
    assert small.contents() == before
    assert accounts.client_actor(small.desk, secret)


# --- four eyes, however somebody is written ---------------------------------------------------------------------------

SPELLINGS = ["s.bakker@voorbeeld.example", "S.Bakker@Voorbeeld.EXAMPLE", "ｓ.bakker@voorbeeld.example"]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_one_address_is_one_person_in_any_letters(small: World, spelling: str) -> None:
    both = frozenset({Role.RESPONDENT, Role.APPROVER})
    one = accounts.add_person(small.desk, SERVICE, name="S.", email=spelling, roles=both, agency="uwv")
    assert one.email == SPELLINGS[0]
    for other in SPELLINGS:
        with pytest.raises(InvalidInput):
            accounts.add_person(small.desk, SERVICE, name="S.", email=other, roles=both, agency="uwv")
    for index, owner in enumerate(SPELLINGS):
        made, _ = accounts.add_client(
            small.desk, SERVICE, name=f"m{index}", role=Role.APPROVER, agency="uwv", owner=owner
        )
        assert actor_of_client(made).principal == actor_of_person(one).principal
    scan = small.routed("uwv")
    answering.hand_in_no_impact(small.desk, actor_of_person(one), file_of(scan, "uwv"), None, "Raakt ons niet.")
    for second in (actor_of_person(one), actor_of_client(made)):
        with pytest.raises(Forbidden) as refused:
            answering.approve(small.desk, second, file_of(scan, "uwv"), None)
        assert refused.value.code == "vier-ogen"


def test_accents_are_one_letter_however_they_are_composed() -> None:
    assert address("ren\u00e9@voorbeeld.example") == address("RENE\u0301@voorbeeld.example")


@pytest.mark.parametrize(
    "email", [" s@b.example", "s@b.example ", "s @b.example", "s@b.example\u00a0", "s@b\u2003.example", "s@b\n.example"]
)
def test_spaces_make_nobody_else(small: World, email: str) -> None:
    with pytest.raises(InvalidInput):
        accounts.add_person(small.desk, SERVICE, name="S.", email=email, roles=frozenset({Role.READER}), agency=None)
    with pytest.raises(InvalidInput):
        client(small, owner=email)


# --- people and sessions ----------------------------------------------------------------------------------------------


def test_who_is_closed_off_is_signed_out_everywhere_at_once(world: World) -> None:
    somebody = person(world)
    tokens = [accounts.demo_sign_in(world.desk, somebody.id) for _ in range(3)]
    accounts.change_person(world.desk, ADMIN, somebody.id, roles=somebody.roles, agency=None, active=False)
    assert [accounts.session_person(world.desk, token) for token in tokens] == [None] * 3
    accounts.change_person(world.desk, ADMIN, somebody.id, roles=somebody.roles, agency=None, active=True)
    assert [accounts.session_person(world.desk, token) for token in tokens] == [None] * 3
    with world.desk.reading() as work:
        changes = [line.details["active"] for line in work.journal.every() if line.event == "PersonChanged"]
    assert changes == [False, True]


def test_another_role_counts_from_the_next_request(small: World) -> None:
    somebody = person(small)
    token = accounts.demo_sign_in(small.desk, somebody.id)
    accounts.change_person(small.desk, ADMIN, somebody.id, roles=frozenset({Role.APPROVER}), agency="svb", active=True)
    now = accounts.session_person(small.desk, token)
    assert now is not None
    assert (now.roles, now.agency) == ({Role.APPROVER}, "svb")


def test_an_administrator_cannot_lock_themselves_out(small: World) -> None:
    boss = person(small, "baas", Role.ADMIN)
    for roles, active in ((frozenset({Role.READER}), True), (frozenset({Role.ADMIN}), False)):
        with pytest.raises(Forbidden):
            accounts.change_person(small.desk, actor_of_person(boss), boss.id, roles=roles, agency=None, active=active)
    with pytest.raises(NotFound):
        accounts.change_person(small.desk, ADMIN, "onbekend", roles=boss.roles, agency=None, active=True)
    with pytest.raises(InvalidInput):
        accounts.change_person(small.desk, ADMIN, boss.id, roles=frozenset({Role.APPROVER}), agency=None, active=True)


def test_sessions_are_listed_and_ended_by_their_person(world: World) -> None:
    one, other = person(world), person(world, "ander")
    here = accounts.demo_sign_in(world.desk, one.id)
    world.clock.forward(minutes=10)
    there = accounts.demo_sign_in(world.desk, one.id)
    elsewhere = accounts.demo_sign_in(world.desk, other.id)
    listed = signing_in.sessions_of(world.desk, one, here)
    assert [(session.here, session.seen_at) for session in listed] == [
        (False, world.clock.at), (True, listed[1].created_at)
    ]  # fmt: skip
    assert here not in repr(listed)
    strange = signing_in.sessions_of(world.desk, other, elsewhere)[0].name
    with pytest.raises(NotFound):  # somebody else's session is not there
        signing_in.end_session(world.desk, one, strange)
    signing_in.end_session(world.desk, one, listed[0].name)
    assert accounts.session_person(world.desk, there) is None
    assert accounts.session_person(world.desk, here) == one
    signing_in.end_all_sessions(world.desk, one)
    assert accounts.session_person(world.desk, here) is None
    assert accounts.session_person(world.desk, elsewhere) == other
    expired = accounts.demo_sign_in(world.desk, one.id)
    world.clock.forward(hours=2, seconds=1)
    assert signing_in.sessions_of(world.desk, one, expired) == []


# --- leaving ----------------------------------------------------------------------------------------------------------


def _owner(world: World) -> Person:
    return person(world, "indiener", Role.SUBMITTER)  # SUBMITTER, as somebody who can sign in


def test_scans_go_to_a_colleague(world: World) -> None:
    giver, taker = _owner(world), person(world, "opvolger", Role.SUBMITTER)
    open_scan, draft = world.routed("uwv"), world.submitted(draft=True, paper_number="15")
    seen = world.scan(open_scan).version
    assert leaving.hand_over(world.desk, ADMIN, giver.email, taker.email) == 2
    for scan in (open_scan, draft):
        assert reading.get_scan(world.desk, actor_of_person(taker), scan).owner == taker.email
        with pytest.raises(NotFound):
            reading.get_scan(world.desk, SUBMITTER, scan)
    with pytest.raises(Stale):
        submitting.withdraw_scan(world.desk, COORDINATOR, open_scan, seen, "Reden.")


def test_scans_go_to_somebody_who_can_have_them(small: World) -> None:
    giver, reader = _owner(small), person(small)
    gone = person(small, "weg", Role.SUBMITTER)
    accounts.change_person(small.desk, SERVICE, gone.id, roles=gone.roles, agency=None, active=False)
    small.submitted()
    before = small.contents()
    for taker in (reader.email, gone.email):
        with pytest.raises(InvalidInput):
            leaving.hand_over(small.desk, ADMIN, giver.email, taker)
    with pytest.raises(NotFound):
        leaving.hand_over(small.desk, ADMIN, giver.email, "onbekend@voorbeeld.example")
    assert small.contents() == before


def test_handing_over_and_changing_at_once_lose_nothing(world: World) -> None:
    giver, taker = _owner(world), person(world, "opvolger", Role.SUBMITTER)
    scan = world.submitted()
    together(
        lambda: leaving.hand_over(world.desk, ADMIN, giver.email, taker.email),
        lambda: world.route(scan, "uwv"),
    )
    assert world.scan(scan).owner == taker.email


def test_an_export_holds_what_is_kept(world: World) -> None:
    somebody = _owner(world)
    accounts.demo_sign_in(world.desk, somebody.id)
    client(world, role=Role.SUBMITTER, owner=somebody.email)
    scan = world.submitted(by=actor_of_person(somebody))
    world.submitted(by=actor(Role.SUBMITTER, name="ander"))
    found = leaving.export_person(world.desk, ADMIN, "INDIENER@voorbeeld.example")
    assert found["persoon"]["email"] == somebody.email
    assert len(found["sessies"]) == 1
    assert [one["naam"] for one in found["machines"]] == ["machine"]
    assert found["scans"] == [scan]
    assert {line["gebeurtenis"] for line in found["journaal"]} == {"SignedIn", "ScanSubmitted"}
    assert {line["wie"] for line in found["journaal"]} == {somebody.email}


def test_erasing_leaves_a_name_that_says_nothing(world: World) -> None:
    somebody = _owner(world)
    published = world.published(by=actor_of_person(somebody))
    with pytest.raises(WrongState):
        leaving.erase_person(world.desk, ADMIN, somebody.email)
    client(world, role=Role.SUBMITTER, owner=somebody.email)
    accounts.change_person(world.desk, ADMIN, somebody.id, roles=somebody.roles, agency=None, active=False)
    with pytest.raises(WrongState, match="machine"):
        leaving.erase_person(world.desk, ADMIN, somebody.email)
    accounts.revoke_client(world.desk, ADMIN, "machine")
    document = world.chain()
    leaving.erase_person(world.desk, ADMIN, somebody.email)
    left = {name: found for name, found in world.contents().items() if somebody.email in repr(found)}
    assert set(left) == {"journal"}, "where a decision must remain to be accounted for"
    assert world.scan(published).owner_name == leaving.ERASED
    assert world.chain() == document
    with pytest.raises(NotFound):
        leaving.export_person(world.desk, ADMIN, somebody.email)
    again = accounts.add_person(
        world.desk, ADMIN, name="Iemand", email=somebody.email, roles=somebody.roles, agency=None
    )
    assert again.id != somebody.id
    with pytest.raises(NotFound):
        reading.get_scan(
            world.desk, replace(actor_of_person(again)), world.submitted(by=COORDINATOR, paper_number="20")
        )
