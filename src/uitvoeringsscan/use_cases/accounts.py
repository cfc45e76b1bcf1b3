"""People and machine clients: adding them, letting them in, showing them out. Secrets are stored as digests only.

Replacing a client's secret ends the old one at once: who needs both for a while adds a second client of the same owner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hmac import compare_digest

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Problem, Unauthenticated
from uitvoeringsscan.events import (
    ClientAdded,
    ClientRevoked,
    ClientRotated,
    PersonAdded,
    PersonChanged,
    SignedIn,
    SignedOut,
)
from uitvoeringsscan.identifiers import AgencyCode, ClientId, PersonId
from uitvoeringsscan.people.people import (
    AGENCY_ROLES,
    OF_AN_AGENCY,
    SERVICE,
    Actor,
    Client,
    Person,
    Role,
    Scope,
    actor_of_client,
    actor_of_person,
    address,
)
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.use_cases import client_tokens
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.ports import Desk, Session

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
"""A session ends after this long without a request, and after this long in any case."""

MAX_DAYS = 3650
_TOUCH = timedelta(minutes=1)
_EMAIL = re.compile(r"[^@\s\x00-\x1f\ud800-\udfff]{1,64}@[^@\s\x00-\x1f\ud800-\udfff]{1,180}")


def add_person(
    desk: Desk, actor: Actor, *, name: str, email: str, roles: frozenset[Role], agency: str | None
) -> Person:
    """Make somebody known. An e-mail address is one person: it is their identity for four eyes."""
    require_manager(actor)
    return store_person(desk, actor, name=name, email=email, roles=roles, agency=agency)


def store_person(
    desk: Desk, actor: Actor, *, name: str, email: str, roles: frozenset[Role], agency: str | None
) -> Person:
    """The same for who was allowed to already. Raises InvalidInput with every problem."""
    problems = [*check_roles(desk, roles, agency), *_check_name(name), *check_email("email", email)]
    if problems:
        raise InvalidInput(problems)
    person = Person(
        id=PersonId(desk.token()[:22]),
        name=name.strip(),
        email=address(email),
        roles=roles,
        agency=AgencyCode(agency) if agency else None,
        active=True,
    )
    with desk.writing() as work:
        if work.people.by_email(person.email) is not None:
            raise InvalidInput([Problem(code="bestaat-al", field="email", message="Dit e-mailadres is al bekend.")])
        work.people.add(person)
        work.journal.add(actor, PersonAdded(person=person.id), desk.now())
    return person


def add_client(
    desk: Desk,
    actor: Actor,
    *,
    name: str,
    role: Role,
    agency: str | None,
    owner: str | None = None,
    expires_days: int | None = None,
    scopes: frozenset[Scope] | None = None,
) -> tuple[Client, str]:
    """A machine client and its secret; the secret is given here once and never again. It ends after `expires_days`.

    scopes  the parts of its role that it is held to; None: all of it
    """
    require_manager(actor)
    problems = [*check_roles(desk, frozenset({role}), agency), *_check_name(name), *_check_days(expires_days)]
    if scopes is not None and not scopes:
        problems.append(Problem(code="verplicht", field="bereik", message="Kies wat de machine mag."))
    if owner is not None:  # a stray space would make somebody else of the owner
        problems += check_email("eigenaar", owner)
    if problems:
        raise InvalidInput(problems)
    secret = f"us_{desk.token()}"
    now = desk.now()
    client = Client(
        id=ClientId(desk.token()[:22]),
        name=name.strip(),
        role=role,
        agency=AgencyCode(agency) if agency else None,
        owner=address(owner) if owner else None,
        secret_hash=desk.hash(secret),
        created_at=now,
        revoked_at=None,
        expires_at=now + timedelta(days=expires_days) if expires_days else None,
        scopes=scopes,
    )
    with desk.writing() as work:
        if work.clients.by_name(client.name) is not None:
            raise InvalidInput([Problem(code="bestaat-al", field="naam", message="Deze naam is al in gebruik.")])
        work.clients.add(client)
        work.journal.add(actor, ClientAdded(client=client.id), now)
    return client, secret


def require_manager(actor: Actor) -> None:
    """An administrator, or the operator at the command line (who acts as the service itself)."""
    if actor != SERVICE:
        known(actor)
        require(actor, Action.MANAGE_PEOPLE)


def check_email(field: str, email: str) -> list[Problem]:
    """One problem at `field` when this is no address; a space around it makes it none."""
    if _EMAIL.fullmatch(email) and _EMAIL.fullmatch(address(email)):
        return []
    return [Problem(code="verkeerde-vorm", field=field, message="Dit is geen e-mailadres.")]


def _check_name(name: str) -> list[Problem]:
    problems = list(text_problems("naam", name, 200))
    if not name.strip():
        problems.append(Problem(code="verplicht", field="naam", message="Vul een naam in."))
    return problems


def _check_days(days: int | None) -> list[Problem]:
    if days is None or 1 <= days <= MAX_DAYS:
        return []
    message = f"Een sleutel geldt 1 tot {MAX_DAYS} dagen."
    return [Problem(code="buiten-bereik", field="geldigheid", message=message)]


def check_roles(desk: Desk, roles: frozenset[Role], agency: str | None) -> list[Problem]:
    """What does not fit: some role is needed, and a known agency with the roles of one, and with no others.

    Who lets colleagues in answers nothing themselves: else they could make the second pair of eyes for their own answers.
    """
    problems = []
    needs_agency = bool(roles & OF_AN_AGENCY)
    if not roles:
        problems.append(Problem(code="verplicht", field="rol", message="Kies minstens een rol."))
    if Role.AGENCY_ADMIN in roles and roles & AGENCY_ROLES:
        message = "Wie collega's beheert, beantwoordt zelf niets en stelt niets vast. Kies een van de twee."
        problems.append(Problem(code="past-niet-samen", field="rol", message=message))
    if needs_agency and agency is None:
        problems.append(Problem(code="verplicht", field="organisatie", message="Deze rol hoort bij een organisatie."))
    if agency is not None and not needs_agency:
        problems.append(
            Problem(code="niet-gevraagd", field="organisatie", message="Deze rol hoort niet bij een organisatie.")
        )
    if agency is not None and desk.register.agency(AgencyCode(agency)) is None:
        problems.append(
            Problem(code="onbekende-organisatie", field="organisatie", message="Deze organisatie kennen we niet.")
        )
    return problems


def change_person(
    desk: Desk, actor: Actor, person_id: str, *, roles: frozenset[Role], agency: str | None, active: bool
) -> Person:
    """Other roles, another agency, or an end: who is not active any more is signed out everywhere at once.

    An administrator cannot take their own role away: somebody must be left who can give it back.
    """
    require_manager(actor)
    return store_change(desk, actor, person_id, roles=roles, agency=agency, active=active)


def store_change(
    desk: Desk,
    actor: Actor,
    person_id: str,
    *,
    roles: frozenset[Role],
    agency: str | None,
    active: bool,
    within: AgencyCode | None = None,
) -> Person:
    """The same for who was allowed to already; `within` an agency, whoever left it meanwhile is not there."""
    problems = check_roles(desk, roles, agency)
    if problems:
        raise InvalidInput(problems)
    with desk.writing() as work:
        person = work.people.get(PersonId(person_id))
        if person is None or (within is not None and (person.agency != within or not person.roles <= OF_AN_AGENCY)):
            raise NotFound("Deze persoon is er niet.")
        own = actor_of_person(person).principal == actor.principal
        if own and Role.ADMIN in person.roles and not (active and Role.ADMIN in roles):
            raise Forbidden("Uw eigen beheerdersrol kunt u niet weghalen. Vraag een andere beheerder.")
        since = None if active else person.closed_at or desk.now()
        where = AgencyCode(agency) if agency else None
        changed = replace(person, roles=roles, agency=where, active=active, closed_at=since)
        if changed == person:
            return person
        work.people.save(changed)
        if not active:
            work.sessions.end_all(person.id)
        event = PersonChanged(person=person.id, roles=tuple(sorted(roles)), agency=changed.agency, active=active)
        work.journal.add(actor, event, desk.now())
    return changed


def list_people(desk: Desk, actor: Actor) -> Sequence[Person]:
    require_manager(actor)
    with desk.reading() as work:
        return work.people.every()


def list_clients(desk: Desk, actor: Actor) -> Sequence[Client]:
    require_manager(actor)
    with desk.reading() as work:
        return work.clients.every()


def revoke_client(desk: Desk, actor: Actor, name: str) -> None:
    """From now on this client is nobody, in every process."""
    require_manager(actor)
    with desk.writing() as work:
        client = work.clients.by_name(name)
        if client is None:
            raise NotFound("Een client met deze naam is er niet.")
        work.clients.revoke(client.id, desk.now())
        work.access_tokens.end_all(client.id)
        work.journal.add(actor, ClientRevoked(client=client.id), desk.now())


def rotate_client(desk: Desk, actor: Actor, name: str, expires_days: int | None = None) -> str:
    """A new secret for this client, given once; the old one opens nothing from now on. Without days it ends when the old
    one would have."""
    require_manager(actor)
    problems = _check_days(expires_days)
    if problems:
        raise InvalidInput(problems)
    now, secret = desk.now(), f"us_{desk.token()}"
    with desk.writing() as work:
        client = work.clients.by_name(name)
        if client is None or client.revoked_at is not None:
            raise NotFound("Een client met deze naam is er niet, of is ingetrokken.")
        expires_at = now + timedelta(days=expires_days) if expires_days else client.expires_at
        if expires_at is not None and expires_at <= now:
            message = "De sleutel is al verlopen. Zeg hoeveel dagen de nieuwe geldt."
            raise InvalidInput([Problem(code="verplicht", field="geldigheid", message=message)])
        work.clients.replace_secret(client.id, desk.hash(secret), expires_at)
        work.access_tokens.end_all(client.id)
        work.journal.add(actor, ClientRotated(client=client.id), now)
    return secret


def client_actor(desk: Desk, secret: str) -> Actor:
    """Who holds this secret, or the token that it was traded for. Unauthenticated when it is unknown, expired or revoked;
    asked anew at every request.

    Notes at most once a minute that the client is in use.
    """
    now, digest = desk.now(), desk.hash(secret)
    with desk.reading() as work:
        # The database finds it by an index over digests of random secrets; that it is the same is judged in constant time.
        if secret.startswith(client_tokens.PREFIX):
            client = client_tokens.client_of(work, digest, now)
        else:
            client = work.clients.by_hash(digest)
            client = client if client is not None and compare_digest(client.secret_hash, digest) else None
    if client is None or not client.opens(now):
        raise Unauthenticated("Deze sleutel is niet bekend, is verlopen of is ingetrokken.")
    if client.used_at is None or now - client.used_at > _TOUCH:
        _note_use(desk, client, now)
    return actor_of_client(client)


def _note_use(desk: Desk, client: Client, now: datetime) -> None:
    with desk.writing() as work:
        work.clients.touch(client.id, now)


def demo_sign_in(desk: Desk, person_id: str) -> str:
    """Sign in by choosing a person: demonstration and development only. Returns the session's token for the cookie."""
    if not desk.demo:
        raise Forbidden("Inloggen door een persoon te kiezen kan alleen in de demonstratie.")
    now, token = desk.now(), desk.token()
    with desk.writing() as work:
        person = work.people.get(PersonId(person_id))
        if person is None or not person.active:
            raise NotFound("Deze persoon is er niet.")
        work.sessions.add(Session(token_hash=desk.seal(token), person=person.id, created_at=now, seen_at=now))
        work.journal.add(actor_of_person(person), SignedIn(person=person.id), now)
    return token


def still_open(session: Session, now: datetime) -> bool:
    """Whether it lets somebody in at this moment."""
    return now - session.seen_at <= IDLE and now - session.created_at <= ABSOLUTE


def session_person(desk: Desk, token: str) -> Person | None:
    """Whose session this is; None when it is unknown, ended or expired. Notes at most once a minute that it is in use."""
    now, digest = desk.now(), desk.seal(token)
    with desk.reading() as work:
        session = work.sessions.get(digest)
        person = work.people.get(session.person) if session else None
    if session is None or person is None or not person.active or not still_open(session, now):
        return None
    if now - session.seen_at > _TOUCH:
        with desk.writing() as work:
            work.sessions.touch(digest, now)
    return person


def sign_out(desk: Desk, token: str) -> None:
    digest = desk.seal(token)
    with desk.writing() as work:
        session = work.sessions.get(digest)
        if session is not None:
            person = work.people.get(session.person)
            work.sessions.end(digest)
            if person is not None:
                work.journal.add(actor_of_person(person), SignedOut(person=person.id), desk.now())


def demo_people(desk: Desk) -> list[Person]:
    """Everybody one can be in the demonstration; nobody outside it."""
    if not desk.demo:
        return []
    with desk.reading() as work:
        return [person for person in work.people.every() if person.active]
