"""What a provider says of somebody becomes who they are here, by one mapping and no guesses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.people.claims import AmbiguousClaims, ClaimMap, identity_of
from uitvoeringsscan.people.people import Role

MAP = ClaimMap(
    role_claim="realm_access.roles",
    agency_claim="org",
    roles={"lid": "indiener", "antwoord": "behandelaar", "uwv": "vaststeller@uwv", "svb": "vaststeller@svb"},
)
WHO = {"sub": "1", "email": " n@voorbeeld.example ", "name": "N. Voorbeeld"}


def roles_of(**claims: Any) -> tuple[set[Role], str | None]:
    found = identity_of({**WHO, **claims}, MAP)
    assert found is not None
    assert found.roles is not None
    return set(found.roles), found.agency


@pytest.mark.parametrize(
    ("claims", "roles", "agency"),
    [
        ({"realm_access": {"roles": ["lid", "iets-anders"]}}, {Role.SUBMITTER}, None),
        ({"realm_access": {"roles": "lid"}}, {Role.SUBMITTER}, None),
        ({"realm_access.roles": ["lid"]}, {Role.SUBMITTER}, None),
        ({"realm_access": {"roles": ["antwoord"]}, "org": "svb"}, {Role.RESPONDENT}, "svb"),
        ({"realm_access": {"roles": ["antwoord", "uwv"]}, "org": ["uwv"]}, {Role.RESPONDENT, Role.APPROVER}, "uwv"),
        ({"realm_access": {"roles": []}}, set(), None),
        ({"realm_access": "lid"}, set(), None),
        ({"realm_access": {"roles": [1, None, {"a": 1}]}}, set(), None),
        ({}, set(), None),
    ],
)
def test_roles_and_agency_come_from_the_map(claims: dict[str, Any], roles: set[Role], agency: str | None) -> None:
    assert roles_of(**claims) == (roles, agency)


@pytest.mark.parametrize("claims", [{"roles": ["uwv", "svb"]}, {"roles": ["uwv"], "org": "svb"}])
def test_two_agencies_are_none(claims: dict[str, Any]) -> None:
    given = {**WHO, "realm_access": {"roles": claims["roles"]}, "org": claims.get("org")}
    with pytest.raises(AmbiguousClaims):
        identity_of(given, MAP)


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": None}, {"sub": ""}, {"sub": 1}, {"email": None}, {"email": " "}, {"email": ["n@b.example"]},
        {"email_verified": False}, {"email_verified": "false"}, {"email_verified": None}, {"email_verified": 0},
    ],
)  # fmt: skip
def test_without_a_name_or_a_trusted_address_somebody_is_nobody(claims: dict[str, Any]) -> None:
    assert identity_of({**WHO, **claims}, MAP) is None


def test_without_a_map_roles_are_ours_to_know() -> None:
    found = identity_of(WHO, ClaimMap(role_claim="roles", agency_claim="org", roles={}))
    assert found is not None
    assert (found.roles, found.agency, found.email) == (None, None, "n@voorbeeld.example")


@pytest.mark.parametrize("name", [None, "", "  ", 7])
def test_who_has_no_name_is_called_by_their_address(name: Any) -> None:
    found = identity_of({**WHO, "name": name}, MAP)
    assert found is not None
    assert found.name == "n"


def test_a_map_says_what_is_wrong_with_itself() -> None:
    wrong = ClaimMap(role_claim="r", agency_claim="", roles={"a": "baas", "b": "behandelaar@", "c": "lezer"})
    assert [fault.partition(":")[0] for fault in wrong.faults()] == ["'a'", "'b'"]
    assert MAP.faults() == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.sampled_from(["sub", "email", "name", "email_verified", "realm_access", "org"]), JSON))
def test_whatever_is_claimed_gives_no_role_that_is_not_in_the_map(claims: dict[str, Any]) -> None:
    try:
        found = identity_of(claims, MAP)
    except AmbiguousClaims:
        return
    assert found is None or found.roles is not None
    assert found is None or found.roles <= {Role.SUBMITTER, Role.RESPONDENT, Role.APPROVER}
