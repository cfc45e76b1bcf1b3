"""Who hands in is never who approves: people, machines, two accounts of one person, before and after a return."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.desk import COORDINATOR, World, approver, file_of, respondent
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Unauthenticated, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import SERVICE, Actor, Role, actor_of_person
from uitvoeringsscan.use_cases import accounts, answering, coordinating

BOTH = frozenset({Role.RESPONDENT, Role.APPROVER})


def _person(world: World, email: str) -> Actor:
    person = accounts.add_person(world.desk, SERVICE, name="S. Bakker", email=email, roles=BOTH, agency="uwv")
    return actor_of_person(person)


def _client(world: World, name: str, owner: str | None = None) -> Actor:
    _, secret = accounts.add_client(world.desk, SERVICE, name=name, role=Role.APPROVER, agency="uwv", owner=owner)
    return accounts.client_actor(world.desk, secret)


def _refused(world: World, first: Actor, second: Actor) -> ScanId:
    """`first` hands in, `second` may not approve."""
    scan = world.routed("uwv")
    answering.hand_in_no_impact(world.desk, first, file_of(scan, "uwv"), None, "Raakt ons niet.")
    before = world.contents()
    with pytest.raises(Forbidden) as refused:
        answering.approve(world.desk, second, file_of(scan, "uwv"), None)
    assert refused.value.code == "vier-ogen"
    assert world.contents() == before
    return scan


def test_one_person_is_one_pair_of_eyes(small: World) -> None:
    somebody = _person(small, "s.bakker@voorbeeld.example")
    _refused(small, somebody, somebody)
    _refused(small, somebody, replace(somebody, name="Een andere naam"))


def test_one_client_is_one_pair_of_eyes(small: World) -> None:
    machine = _client(small, "machine")
    _refused(small, machine, machine)


def test_a_person_and_their_own_client_are_one(small: World) -> None:
    somebody = _person(small, "s.bakker@voorbeeld.example")
    machine = _client(small, "machine", owner="S.Bakker@Voorbeeld.example")
    _refused(small, somebody, machine)
    _refused(small, machine, somebody)
    _refused(small, machine, _client(small, "nog een", owner="s.bakker@voorbeeld.EXAMPLE"))


def test_two_clients_without_an_owner_are_two(small: World) -> None:
    scan = small.routed("uwv")
    answering.hand_in_no_impact(small.desk, _client(small, "een"), file_of(scan, "uwv"), None, "Raakt ons niet.")
    assert answering.approve(small.desk, _client(small, "twee"), file_of(scan, "uwv"), None).settled


def test_an_address_in_other_letters_is_the_same_person(small: World) -> None:
    _person(small, "s.bakker@voorbeeld.example")
    with pytest.raises(InvalidInput) as refused:
        _person(small, "S.BAKKER@voorbeeld.Example")
    assert [problem.code for problem in refused.value.problems] == ["bestaat-al"]


@pytest.mark.parametrize("owner", ["", " ", "s.bakker@voorbeeld.example ", "s.bakker", "a@b@c", "a\0@b", "a b@c"])
def test_an_owner_is_an_address_and_nothing_around_it(small: World, owner: str) -> None:
    """A space would make another principal of the same person, and with it a second pair of eyes."""
    with pytest.raises(InvalidInput) as refused:
        _client(small, "machine", owner=owner)
    assert [problem.field for problem in refused.value.problems] == ["eigenaar"]


def test_four_eyes_hold_again_after_a_return(small: World) -> None:
    scan = _refused(small, approver("uwv"), approver("uwv"))
    answering.send_back(small.desk, COORDINATOR, file_of(scan, "uwv"), None, "Kijk nog eens.")
    answering.hand_in_no_impact(small.desk, respondent("uwv"), file_of(scan, "uwv"), None, "Nog steeds niet.")
    with pytest.raises(Forbidden):
        answering.approve(small.desk, replace(approver("uwv"), principal=respondent("uwv").principal),
                          file_of(scan, "uwv"), None)  # fmt: skip
    approved = answering.approve(small.desk, approver("uwv"), file_of(scan, "uwv"), None)
    assert approved.submitted is not None
    assert approved.approved is not None
    assert approved.submitted.principal != approved.approved.principal


def test_who_returned_a_file_may_approve_what_comes_back(small: World) -> None:
    scan = small.routed("uwv")
    small.handed_in(scan, "uwv")
    answering.send_back(small.desk, approver("uwv"), file_of(scan, "uwv"), None, "Kijk nog eens.")
    answering.hand_in(small.desk, respondent("uwv"), file_of(scan, "uwv"), None)
    assert answering.approve(small.desk, approver("uwv"), file_of(scan, "uwv"), None).status == "vastgesteld"


def test_nobody_is_asked_twice(small: World) -> None:
    scan = small.submitted()
    coordinating.confirm_routing(small.desk, COORDINATOR, scan, None, ["uwv", "uwv", "svb", "uwv"])
    small.settle(scan, "uwv")
    before = small.file(scan, "uwv")
    coordinating.confirm_routing(small.desk, COORDINATOR, scan, None, ["svb", "uwv", "cak"])
    assert small.file(scan, "uwv") == before
    assert small.counts()["assessments"] == 3
    with pytest.raises(WrongState, match="svb"):
        coordinating.confirm_routing(small.desk, COORDINATOR, scan, None, ["uwv", "cak"])


def test_an_agency_that_comes_in_during_the_round_is_waited_for(small: World) -> None:
    scan = small.routed("uwv", "svb")
    small.settle(scan, "uwv")
    small.clock.forward(days=1)
    small.route(scan, "uwv", "svb", "cak")
    small.settle(scan, "svb")
    assert small.scan(scan).state.value == "in-behandeling"
    small.settle(scan, "cak")
    assert small.scan(scan).state.value == "beoordeeld"
    assert small.file(scan, "cak").asked_at > small.file(scan, "svb").asked_at


def test_the_reason_for_the_first_routing_stays_when_an_agency_is_added_without_a_word(small: World) -> None:
    scan = small.submitted()
    reason = "De SVB levert de gegevens."
    coordinating.confirm_routing(small.desk, COORDINATOR, scan, None, ["uwv", "svb"], explanation=reason)
    coordinating.confirm_routing(small.desk, COORDINATOR, scan, None, ["uwv", "svb", "cak"])
    decision = small.scan(scan).decision
    assert decision is not None
    assert decision.explanation == reason
    coordinating.confirm_routing(
        small.desk, COORDINATOR, scan, None, ["uwv", "svb", "cak", "ciz"], explanation="Nog een."
    )
    decision = small.scan(scan).decision
    assert decision is not None
    assert decision.explanation == "Nog een."


def test_without_anybody_to_ask_the_scan_is_assessed_at_once(small: World) -> None:
    scan = small.submitted()
    small.route(scan)
    assert small.scan(scan).state.value == "beoordeeld"
    assert small.events(scan) == ["ScanSubmitted", "ScanRouted", "ScanAssessed"]


# --- keys and sessions ------------------------------------------------------------------------------------------------


def test_a_secret_is_stored_as_a_digest_only(world: World) -> None:
    client, secret = accounts.add_client(world.desk, SERVICE, name="machine", role=Role.READER, agency=None)
    assert secret not in repr(world.contents())
    assert client.secret_hash in repr(world.contents())
    assert accounts.client_actor(world.desk, secret).roles == {Role.READER}
    for wrong in ("", secret[:-1], secret + "x", client.secret_hash, secret.upper(), "\ud800", "\0"):
        with pytest.raises(Unauthenticated):
            accounts.client_actor(world.desk, wrong)


def test_a_revoked_key_opens_nothing_and_its_name_stays_taken(world: World) -> None:
    _, secret = accounts.add_client(world.desk, SERVICE, name="machine", role=Role.READER, agency=None)
    accounts.revoke_client(world.desk, SERVICE, "machine")
    with pytest.raises(Unauthenticated):
        accounts.client_actor(world.desk, secret)
    with pytest.raises(InvalidInput):
        accounts.add_client(world.desk, SERVICE, name="machine", role=Role.READER, agency=None)
    with pytest.raises(NotFound):
        accounts.revoke_client(world.desk, SERVICE, "niemand")


@pytest.mark.parametrize(
    ("roles", "agency", "field"),
    [
        (frozenset(), None, "rol"),
        (frozenset({Role.RESPONDENT}), None, "organisatie"),
        (frozenset({Role.APPROVER}), "bestaat-niet", "organisatie"),
        (frozenset({Role.READER}), "uwv", "organisatie"),
        (frozenset({Role.RESPONDENT, Role.READER}), None, "organisatie"),
    ],
)
def test_roles_and_agencies_have_to_fit(small: World, roles: frozenset[Role], agency: str | None, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        accounts.add_person(small.desk, SERVICE, name="N.", email="n@voorbeeld.example", roles=roles, agency=agency)
    assert field in [problem.field for problem in refused.value.problems]
    assert small.counts()["people"] == 0


def test_a_session_ends_by_itself_by_hand_and_with_its_person(world: World) -> None:
    person = accounts.add_person(
        world.desk, SERVICE, name="L. Lezer", email="l@voorbeeld.example", roles=frozenset({Role.READER}), agency=None
    )
    token = accounts.demo_sign_in(world.desk, person.id)
    assert token not in repr(world.contents())
    for _ in range(7):  # in use it lasts, but not for ever
        world.clock.forward(minutes=100)
        assert accounts.session_person(world.desk, token) == person
    world.clock.forward(minutes=100)
    assert accounts.session_person(world.desk, token) is None
    idle = accounts.demo_sign_in(world.desk, person.id)
    world.clock.forward(hours=2, seconds=1)
    assert accounts.session_person(world.desk, idle) is None
    ended = accounts.demo_sign_in(world.desk, person.id)
    accounts.sign_out(world.desk, ended)
    assert accounts.session_person(world.desk, ended) is None
    accounts.sign_out(world.desk, ended)  # once more does no harm
    assert accounts.session_person(world.desk, "onbekend") is None


def test_choosing_a_person_is_for_the_demonstration_only(small: World) -> None:
    person = accounts.add_person(
        small.desk, SERVICE, name="L. Lezer", email="l@voorbeeld.example", roles=frozenset({Role.READER}), agency=None
    )
    real = replace(small.desk, demo=False)
    with pytest.raises(Forbidden):
        accounts.demo_sign_in(real, person.id)
    assert accounts.demo_people(real) == []
    assert accounts.demo_people(small.desk) == [person]
    with pytest.raises(NotFound):
        accounts.demo_sign_in(small.desk, "onbekend")
