"""What an identity provider says of somebody -> who that is here. One mapping from configuration, no rules besides it.

A claim may lie deeper (`realm_access.roles`). The map gives, per value of the role claim, a role, or a role within an
agency (`behandelaar@uwv`) where the provider knows groups only. A value that is not in the map means nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.people.people import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Somebody for whom the provider answers.

    subject  the provider's own name for them, which never changes
    email    without spaces around it; who they are for four eyes
    roles    None: the provider does not decide about roles, they are ours
    agency   the provider's word for it, not yet compared with the register
    """

    subject: str
    email: str
    name: str
    roles: frozenset[Role] | None
    agency: AgencyCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMap:
    """Which claims say what. An empty `roles` means: people and their roles are known here beforehand."""

    role_claim: str
    agency_claim: str
    roles: Mapping[str, str]

    def faults(self) -> list[str]:
        """What is wrong with the map itself, one line each."""
        known = {role.value for role in Role}
        return [
            f"{value!r}: {given!r} is not a role, or a role@agency; the roles are {', '.join(sorted(known))}"
            for value, given in self.roles.items()
            if given.partition("@")[0] not in known or given.endswith("@")
        ]


class AmbiguousClaims(ValueError):
    """The claims put somebody in two agencies at once."""


def identity_of(claims: Mapping[str, Any], mapping: ClaimMap) -> Identity | None:
    """Who these claims speak of; None when they name no subject or no e-mail address that may be trusted.

    Raises AmbiguousClaims. An address the provider itself calls unverified is no identity.
    """
    subject, email = claims.get("sub"), claims.get("email")
    if not isinstance(subject, str) or not subject or not isinstance(email, str) or not email.strip():
        return None
    if claims.get("email_verified", True) not in (True, "true"):
        return None
    name = claims.get("name")
    email = email.strip()
    roles, agency = (None, None) if not mapping.roles else _granted(claims, mapping)
    return Identity(
        subject=subject,
        email=email,
        name=name.strip() if isinstance(name, str) and name.strip() else email.partition("@")[0],
        roles=roles,
        agency=agency,
    )


def _granted(claims: Mapping[str, Any], mapping: ClaimMap) -> tuple[frozenset[Role], AgencyCode | None]:
    roles, agencies = set(), set()
    for value in _values(claims, mapping.role_claim):
        role, _, agency = mapping.roles.get(value, "").partition("@")
        if role:
            roles.add(Role(role))
        if agency:
            agencies.add(agency)
    if mapping.agency_claim:
        agencies.update(_values(claims, mapping.agency_claim))
    if len(agencies) > 1:
        raise AmbiguousClaims(", ".join(sorted(agencies)))
    return frozenset(roles), AgencyCode(agencies.pop()) if agencies else None


def _values(claims: Mapping[str, Any], path: str) -> list[str]:
    """The words of a claim: a list of them, or one."""
    found: Any = claims.get(path)  # a name with dots in it, before a path
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    return [word for word in (found if isinstance(found, list) else [found]) if isinstance(word, str) and word]
