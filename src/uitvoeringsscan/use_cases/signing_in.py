"""Signing in through an identity provider, and what sessions there are. Who somebody is comes from the provider's answer;
what they may do from the table of people, which the provider's claims fill when a mapping of roles is configured.

The dance keeps nothing in the database: everything that must match afterwards is sealed out of one secret, which the
browser carries for ten minutes in a cookie of its own.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from uitvoeringsscan.errors import NotFound, SignInRefused
from uitvoeringsscan.events import PersonAdded, PersonChanged, SessionsEnded, SignedIn
from uitvoeringsscan.identifiers import PersonId
from uitvoeringsscan.people.claims import Identity
from uitvoeringsscan.people.people import SERVICE, Person, actor_of_person, address
from uitvoeringsscan.use_cases.accounts import ABSOLUTE, IDLE, check_email, check_roles, still_open
from uitvoeringsscan.use_cases.ports import Desk, IdentityProvider, Session, Work

DANCE = timedelta(minutes=10)
"""How long somebody may take at the provider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dance:
    """Where to send the browser, and what it must carry along to come back."""

    address: str
    secret: str


def begin(desk: Desk) -> Dance:
    """Set out for the provider. NotFound when none is configured."""
    secret = f"{int(desk.now().timestamp())}.{desk.token()}"
    verifier = _part(desk, "verifier", secret)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    address = _provider(desk).sign_in_address(
        state=_part(desk, "state", secret), nonce=_part(desk, "nonce", secret), challenge=challenge
    )
    return Dance(address=address, secret=secret)


def finish(desk: Desk, *, secret: str | None, state: str, code: str, issuer: str | None) -> str:
    """Back from the provider: the token of a new session. SignInRefused when anything is not as it was left."""
    provider = _provider(desk)
    if secret is None or _too_old(secret, desk.now()):
        raise SignInRefused("Het inloggen duurde te lang, of uw browser bewaarde de cookie niet.")
    if not hmac.compare_digest(state.encode("utf-8", "replace"), _part(desk, "state", secret).encode()):
        raise SignInRefused("Dit antwoord hoort niet bij een poging om in te loggen vanuit deze browser.")
    if not code:
        raise SignInRefused("U hebt bij de inlogdienst niet ingelogd.")
    identity = provider.identity(
        code=code,
        issuer=issuer,
        nonce=_part(desk, "nonce", secret),
        verifier=_part(desk, "verifier", secret),
        now=desk.now(),
    )
    now, token = desk.now(), desk.token()
    with desk.writing() as work:
        person = _known_person(desk, work, identity, now)
        work.sessions.forget(now - IDLE, now - ABSOLUTE)
        work.sessions.add(Session(token_hash=desk.seal(token), person=person.id, created_at=now, seen_at=now))
        work.journal.add(actor_of_person(person), SignedIn(person=person.id), now)
    return token


def _provider(desk: Desk) -> IdentityProvider:
    if desk.provider is None:
        raise NotFound("Er is geen inlogdienst ingesteld.")
    return desk.provider


def _part(desk: Desk, name: str, secret: str) -> str:
    return desk.seal(f"oidc:{name}:{secret}")


def _too_old(secret: str, now: datetime) -> bool:
    begun, _, chance = secret.partition(".")
    if not (begun.isascii() and begun.isdigit() and len(begun) < 12 and chance):
        return True
    return not 0 <= now.timestamp() - int(begun) <= DANCE.total_seconds()


def _known_person(desk: Desk, work: Work, identity: Identity, now: datetime) -> Person:
    """The person behind an identity, made or brought up to date by rule.

    The provider's own name for somebody goes before the address: who gets another address stays the same principal, and
    who gets somebody's old address does not become them.
    """
    email = address(identity.email)
    person = work.people.by_subject(identity.subject) or work.people.by_email(email)
    if person is not None and person.subject not in (None, identity.subject):
        raise SignInRefused("Dit e-mailadres hoort hier bij een ander account. Vraag de beheerder om hulp.")
    if person is not None and not person.active:
        raise SignInRefused("Uw account is afgesloten. Vraag de beheerder om hulp.")
    if identity.roles is None:  # people are known here beforehand
        if person is None:
            raise SignInRefused("Wij kennen u nog niet. Vraag de beheerder om u toe te voegen.")
        wanted = replace(person, subject=identity.subject)
    else:
        if not identity.roles:
            raise SignInRefused("U hebt bij de inlogdienst geen rol voor deze dienst.")
        problems = [*check_roles(desk, identity.roles, identity.agency), *check_email("email", email)]
        if problems:
            raise SignInRefused(" ".join(problem.message for problem in problems))
        wanted = Person(
            id=person.id if person else PersonId(desk.token()[:22]),
            name=identity.name[:200],
            email=person.email if person else email,
            roles=identity.roles,
            agency=identity.agency,
            active=True,
            subject=identity.subject,
        )
    if person is None:
        work.people.add(wanted)
        work.journal.add(SERVICE, PersonAdded(person=wanted.id), now)
    elif person != wanted:
        work.people.save(wanted)
        if (person.roles, person.agency) != (wanted.roles, wanted.agency):
            change = PersonChanged(
                person=wanted.id, roles=tuple(sorted(wanted.roles)), agency=wanted.agency, active=True
            )
            work.journal.add(SERVICE, change, now)
    return wanted


# --- sessions ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A session that still lets somebody in. `name` is enough to end it and too little to use it."""

    name: str
    created_at: datetime
    seen_at: datetime
    here: bool


def sessions_of(desk: Desk, person: Person, token: str) -> Sequence[OpenSession]:
    """Where this person is signed in, the newest use first."""
    now, here = desk.now(), desk.seal(token)
    with desk.reading() as work:
        found = work.sessions.of_person(person.id)
    return [
        OpenSession(
            name=session.token_hash[:16],
            created_at=session.created_at,
            seen_at=session.seen_at,
            here=session.token_hash == here,
        )
        for session in found
        if still_open(session, now)
    ]


def end_session(desk: Desk, person: Person, name: str) -> None:
    """End one of one's own sessions. NotFound when there is none of this name."""
    with desk.writing() as work:
        found = [session for session in work.sessions.of_person(person.id) if session.token_hash[:16] == name]
        if not found:
            raise NotFound("Deze sessie is er niet meer.")
        for session in found:
            work.sessions.end(session.token_hash)
        work.journal.add(actor_of_person(person), SessionsEnded(person=person.id, everywhere=False), desk.now())


def end_all_sessions(desk: Desk, person: Person) -> None:
    """Signed out on every device, this one too; at once, in every process."""
    with desk.writing() as work:
        work.sessions.end_all(person.id)
        work.journal.add(actor_of_person(person), SessionsEnded(person=person.id, everywhere=True), desk.now())
