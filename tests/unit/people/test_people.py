"""Who stands behind an account: the same person is one principal, however they come in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.identifiers import ClientId, PersonId
from uitvoeringsscan.people.people import Client, Person, Role, actor_of_client, actor_of_person

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def _person(email: str) -> Person:
    return Person(
        id=PersonId("p"), name="N. Naam", email=email, roles=frozenset({Role.READER}), agency=None, active=True
    )


def _client(owner: str | None, identifier: str = "c") -> Client:
    return Client(
        id=ClientId(identifier),
        name="machine",
        role=Role.READER,
        agency=None,
        owner=owner,
        secret_hash="0" * 64,
        created_at=NOW,
        revoked_at=None,
    )


@given(st.emails())
def test_letter_case_makes_nobody_else(email: str) -> None:
    principals = {actor_of_person(_person(shape)).principal for shape in (email, email.upper(), email.casefold())}
    principals |= {actor_of_client(_client(shape)).principal for shape in (email, email.upper())}
    assert len(principals) == 1


@pytest.mark.parametrize("owner", [None, ""])
def test_a_client_without_an_owner_stands_for_itself(owner: str | None) -> None:
    assert actor_of_client(_client(owner, "een")).principal == "client:een"
    assert actor_of_client(_client(owner, "een")).principal != actor_of_client(_client(owner, "twee")).principal


@given(st.emails())
def test_no_address_can_pass_for_a_client(email: str) -> None:
    assert actor_of_person(_person(email)).principal != actor_of_client(_client(None, email)).principal


def test_an_actor_knows_its_roles() -> None:
    actor = actor_of_client(_client(None))
    assert actor.has(Role.READER)
    assert not actor.has(Role.ADMIN)
