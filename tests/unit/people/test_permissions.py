"""One table says who may do what; these are the lines that must never shift."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from uitvoeringsscan.errors import Forbidden
from uitvoeringsscan.identifiers import AgencyCode, Principal
from uitvoeringsscan.people.people import NOBODY, OF_AN_AGENCY, SERVICE, Actor, Role
from uitvoeringsscan.people.permissions import PERMISSIONS, Action, Relation, may, require

SOMEBODY = Actor(principal=Principal("n@voorbeeld.example"), name="N.", roles=frozenset(), agency=AgencyCode("uwv"))


def _with(*roles: Role) -> Actor:
    return replace(SOMEBODY, roles=frozenset(roles))


def test_every_role_stands_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Role)


def test_every_action_is_given_to_somebody() -> None:
    assert {action for granted in PERMISSIONS.values() for action in granted} == set(Action)


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_the_relation_decides(role: Role, action: Action) -> None:
    granted = PERMISSIONS[role].get(action)
    for ties in ((), (Relation.OWN,), (Relation.AGENCY,), (Relation.OWN, Relation.AGENCY)):
        allowed = granted is Relation.ANY or (granted is not None and granted in ties)
        assert may(_with(role), action, ties) is allowed
        if allowed:
            require(_with(role), action, ties)
        else:
            with pytest.raises(Forbidden, match=action.value):
                require(_with(role), action, ties)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("actor", [NOBODY, SERVICE])
def test_without_a_role_nothing_is_allowed(actor: Actor, action: Action) -> None:
    assert not may(actor, action, tuple(Relation))


@pytest.mark.parametrize(("one", "other"), list(product(Role, Role)))
def test_roles_add_up(one: Role, other: Role) -> None:
    for action in Action:
        assert may(_with(one, other), action) is (may(_with(one), action) or may(_with(other), action))


def test_agencies_act_for_themselves_only() -> None:
    for role in OF_AN_AGENCY:
        assert set(PERMISSIONS[role].values()) == {Relation.AGENCY}
    for role in set(Role) - OF_AN_AGENCY:
        assert Relation.AGENCY not in PERMISSIONS[role].values()


def test_who_may_approve_and_who_may_publish_are_different_people() -> None:
    approvers = {role for role in Role if Action.APPROVE in PERMISSIONS[role]}
    assert approvers == {Role.APPROVER}
    for action in (Action.ROUTE_SCAN, Action.CLOSE_ROUND, Action.PUBLISH_SCAN, Action.CORRECT_SCAN, Action.MOVE_VOTE):
        assert {role for role in Role if action in PERMISSIONS[role]} == {Role.COORDINATOR}


def test_the_administrator_sees_no_content() -> None:
    content = {action for action in Action if "scan" in action.value or "uitvraag" in action.value}
    assert Action.READ_SCAN in content
    assert not content & set(PERMISSIONS[Role.ADMIN])
    assert not {Action.ANSWER, Action.READ_JOURNAL} & set(PERMISSIONS[Role.ADMIN])


def test_a_submitter_touches_only_what_is_theirs() -> None:
    on_a_scan = (Action.READ_SCAN, Action.DISCLOSE_SCAN, Action.WITHDRAW_SCAN)
    assert {PERMISSIONS[Role.SUBMITTER][action] for action in on_a_scan} == {Relation.OWN}
    assert Action.READ_ASSESSMENT not in PERMISSIONS[Role.SUBMITTER]
