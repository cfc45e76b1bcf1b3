"""A machine's secret traded for a token that ends soon, and held to a part of what its role may."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.desk import START, World, of_role
from uitvoeringsscan.errors import Unauthenticated
from uitvoeringsscan.people.people import SERVICE, Client, Role, Scope
from uitvoeringsscan.people.permissions import PERMISSIONS, SCOPES, Action, Relation, may
from uitvoeringsscan.storage import tables
from uitvoeringsscan.use_cases import accounts, client_tokens, reading
from uitvoeringsscan.use_cases.client_tokens import LASTS, Issued, Refused


def machine(desk: Any, **more: Any) -> tuple[Client, str]:
    given = {"name": "machine", "role": Role.SUBMITTER, "agency": None, "owner": None, **more}
    return accounts.add_client(desk, SERVICE, **given)


def token(desk: Any, client: Client, secret: str, scope: str | None = None) -> str:
    answer = client_tokens.issue(desk, client=client.id, secret=secret, scope=scope)
    assert isinstance(answer, Issued)
    return answer.token


def test_a_token_opens_what_its_client_may_and_ends(world: World) -> None:
    client, secret = machine(world.desk, owner="m@voorbeeld.example")
    given = token(world.desk, client, secret)
    assert accounts.client_actor(world.desk, given).principal == "m@voorbeeld.example"
    world.clock.at = START + LASTS
    with pytest.raises(Unauthenticated):
        accounts.client_actor(world.desk, given)
    assert accounts.client_actor(world.desk, secret)


@pytest.mark.parametrize("end", ["revoke", "rotate"])
def test_what_ends_a_client_ends_its_tokens_at_once(world: World, end: str) -> None:
    client, secret = machine(world.desk)
    given = token(world.desk, client, secret)
    if end == "revoke":
        accounts.revoke_client(world.desk, SERVICE, "machine")
    else:
        accounts.rotate_client(world.desk, SERVICE, "machine")
    with pytest.raises(Unauthenticated):
        accounts.client_actor(world.desk, given)
    answer = client_tokens.issue(world.desk, client=client.id, secret=secret, scope=None)
    assert answer == Refused(error="invalid_client")


def test_a_token_does_not_outlive_its_client(small: World) -> None:
    client, secret = machine(small.desk, expires_days=1)
    small.clock.forward(hours=23, minutes=50)
    given = token(small.desk, client, secret)
    small.clock.forward(minutes=10)
    with pytest.raises(Unauthenticated):
        accounts.client_actor(small.desk, given)


def test_only_a_digest_is_kept_and_old_ones_go(small: World) -> None:
    client, secret = machine(small.desk)
    first = token(small.desk, client, secret)
    assert first not in repr(small.contents())
    small.clock.at += LASTS * 2
    token(small.desk, client, secret)
    assert small.counts()[tables.access_tokens.name] == 1


def test_a_wrong_secret_an_unknown_client_and_a_token_as_secret_are_refused_alike(small: World) -> None:
    client, secret = machine(small.desk)
    given = token(small.desk, client, secret)
    before = small.contents()
    for name, word in ((client.id, "us_verkeerd"), ("onbekend", secret), ("", ""), (client.id, given), (client.id, "")):
        answer = client_tokens.issue(small.desk, client=name, secret=word, scope=None)
        assert answer == Refused(error="invalid_client")
    assert small.contents() == before


@pytest.mark.parametrize(
    ("own", "asked", "given"),
    [
        (None, None, set(Scope)), (None, "lezen", {Scope.READ}), (None, "indienen lezen", {Scope.READ, Scope.SUBMIT}),
        ({Scope.READ}, None, {Scope.READ}), ({Scope.READ}, "indienen", None), (None, "alles", None), (None, " ", None),
        ({Scope.SUBMIT}, "lezen", {Scope.READ}), ({Scope.SUBMIT}, None, {Scope.SUBMIT}),
    ],
)  # fmt: skip
def test_a_token_never_may_more_than_its_client(small: World, own: Any, asked: Any, given: Any) -> None:
    client, secret = machine(small.desk, scopes=frozenset(own) if own else None)
    answer = client_tokens.issue(small.desk, client=client.id, secret=secret, scope=asked)
    if given is None:
        assert answer == Refused(error="invalid_scope")
        return
    assert isinstance(answer, Issued)
    assert answer.scopes == given
    assert accounts.client_actor(small.desk, answer.token).scopes == given


def test_a_client_is_held_to_less_after_its_token_was_made(small: World) -> None:
    wide, secret = machine(small.desk)
    narrow = wide.held_to(frozenset({Scope.READ}))
    assert narrow.held_to(None) == narrow
    assert narrow.held_to(frozenset({Scope.SUBMIT, Scope.READ})).scopes == {Scope.READ}
    assert secret


@pytest.mark.parametrize("role", Role)
def test_scopes_only_ever_take_away(role: Role) -> None:
    actor = of_role(role)
    ties = frozenset(Relation)
    for action in Action:
        full = may(actor, action, ties)
        assert full is (action in PERMISSIONS[role])
        for scope in Scope:
            held = may(_held(actor, scope), action, ties)
            assert held is (full and SCOPES[action] in (scope, Scope.READ))


def _held(actor: Any, scope: Scope) -> Any:
    return replace(actor, scopes=frozenset({scope}))


def test_reading_stays_and_writing_goes(small: World) -> None:
    scan = small.routed("uwv")
    _, secret = machine(small.desk, role=Role.APPROVER, agency="uwv", scopes=frozenset({Scope.READ}))
    reader = accounts.client_actor(small.desk, secret)
    assert [item.assessment.scan for item in reading.own_work(small.desk, reader).results] == [scan]
