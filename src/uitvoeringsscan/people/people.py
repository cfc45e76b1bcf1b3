"""Role, Person, Client and Actor. An Actor is who asks, as the doors see it; use cases only ever meet Actors."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from uitvoeringsscan.identifiers import AgencyCode, ClientId, PersonId, Principal


class Role(StrEnum):
    SUBMITTER = "indiener"
    RESPONDENT = "behandelaar"
    APPROVER = "vaststeller"
    COORDINATOR = "coordinator"
    READER = "lezer"
    ADMIN = "beheerder"
    AGENCY_ADMIN = "organisatiebeheerder"


AGENCY_ROLES = frozenset({Role.RESPONDENT, Role.APPROVER})
"""Roles of those who answer for an agency."""

OF_AN_AGENCY = AGENCY_ROLES | {Role.AGENCY_ADMIN}
"""Roles that only mean something within an agency; whoever has one, has an agency."""


class Scope(StrEnum):
    """A part of what a role allows, to which a machine can be held (see `permissions.SCOPES`)."""

    READ = "lezen"
    SUBMIT = "indienen"
    ANSWER = "beantwoorden"
    COORDINATE = "coordineren"
    MANAGE = "beheren"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signs in. `email` is their identity for four eyes; `agency` is set for people of an agency.

    closed_at  since when they may not sign in any more, as far as that is known
    subject  the identity provider's own name for them, once they signed in there; it stays theirs when the address changes
    """

    id: PersonId
    name: str
    email: str
    roles: frozenset[Role]
    agency: AgencyCode | None
    active: bool
    subject: str | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A machine that speaks JSON. Its secret is stored as a hash only; `owner` is the e-mail address of who answers for it.

    expires_at  from then on its secret opens nothing; None: it does not end by itself
    used_at     when it was last let in, to the minute
    scopes      the parts of its role that it is held to, reading included; None: all of it
    """

    id: ClientId
    name: str
    role: Role
    agency: AgencyCode | None
    owner: str | None
    secret_hash: str
    created_at: datetime
    revoked_at: datetime | None
    expires_at: datetime | None = None
    used_at: datetime | None = None
    scopes: frozenset[Scope] | None = None

    def opens(self, at: datetime) -> bool:
        """Whether its secret lets it in at this moment."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)

    def held_to(self, scopes: frozenset[Scope] | None) -> Client:
        """This client, with no more than these parts of what it may."""
        if scopes is None:
            return self
        return replace(self, scopes=scopes if self.scopes is None else scopes & (self.scopes | {Scope.READ}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks. `principal` is who stands behind it (four eyes compare principals, never accounts).

    request  the id of the request they ask in, for the journal
    scopes   the parts of their roles that this machine is held to; None: all of it
    """

    principal: Principal
    name: str
    roles: frozenset[Role]
    agency: AgencyCode | None
    request: str | None = None
    scopes: frozenset[Scope] | None = None

    def has(self, role: Role) -> bool:
        return role in self.roles


NOBODY = Actor(principal=Principal("niemand"), name="Niet aangemeld", roles=frozenset(), agency=None)
"""A visitor: reads what is public, and nothing else."""

SERVICE = Actor(principal=Principal("dienst"), name="Uitvoeringsscan", roles=frozenset(), agency=None)
"""The service itself, where the clock acts and not a person."""


def address(email: str) -> str:
    """An e-mail address as one and the same however it was typed: capitals, wide letters and composed accents are equal."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email).casefold())


def mailbox(email: str) -> str:
    """The address without what somebody may put behind a plus: mail to either comes to the same person."""
    local, at, domain = email.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def actor_of_person(person: Person) -> Actor:
    return Actor(principal=Principal(address(person.email)), name=person.name, roles=person.roles, agency=person.agency)


def actor_of_client(client: Client) -> Actor:
    principal = Principal(address(client.owner) if client.owner else f"client:{client.id}")
    return Actor(
        principal=principal,
        name=client.name,
        roles=frozenset({client.role}),
        agency=client.agency,
        scopes=client.scopes,
    )
