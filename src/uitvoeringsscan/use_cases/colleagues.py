"""An agency lets its own people in and out: who takes part on its behalf, with which role, and who takes over.

Whoever does this sees the people of their own agency and nobody else, answers nothing, and decides about everybody but
themselves. So nobody makes their own second pair of eyes here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uitvoeringsscan.assessments.tasks import Task
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Problem
from uitvoeringsscan.events import SessionsEnded
from uitvoeringsscan.identifiers import AgencyCode, PersonId
from uitvoeringsscan.people.people import OF_AN_AGENCY, Actor, Person, Role, actor_of_person, address, mailbox
from uitvoeringsscan.people.permissions import Action, Relation, require
from uitvoeringsscan.use_cases import accounts, leaving
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.ports import Desk, Session, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """tasks    what lies with them and is not finished
    sessions  where they are signed in now
    ours      False for who has a role outside the agency as well: the administrator decides about them
    """

    person: Person
    tasks: Sequence[Task]
    sessions: Sequence[Session]
    ours: bool


def every(desk: Desk, actor: Actor) -> Sequence[Person]:
    """Everybody of the actor's agency, by name, closed accounts too."""
    agency = _agency(actor)
    with desk.reading() as work:
        return list(work.people.of_agency(agency))


def one(desk: Desk, actor: Actor, identifier: str) -> Colleague:
    """One of them. NotFound for anybody else, whether there is such a person or not."""
    agency = _agency(actor)
    now = desk.now()
    with desk.reading() as work:
        person = _found(work, agency, identifier)
        return Colleague(
            person=person,
            tasks=leaving.open_tasks(work, person),
            sessions=[one for one in work.sessions.of_person(person.id) if accounts.still_open(one, now)],
            ours=person.roles <= OF_AN_AGENCY,
        )


def add(desk: Desk, actor: Actor, *, name: str, email: str, roles: frozenset[Role]) -> Person:
    """Let somebody take part on the agency's behalf.

    A second address of somebody who is known already (`name+more@...`) is refused: it would be a second pair of eyes with
    the same person behind it.
    """
    agency = _agency(actor)
    _check(roles)
    with desk.reading() as work:
        same = mailbox(address(email)) in {mailbox(one.email) for one in work.people.every()}
    if same:
        message = "Dit e-mailadres hoort bij iemand die al bekend is."
        raise InvalidInput([Problem(code="bestaat-al", field="email", message=message)])
    return accounts.store_person(desk, actor, name=name, email=email, roles=roles, agency=agency)


def change(desk: Desk, actor: Actor, identifier: str, *, roles: frozenset[Role], active: bool) -> Person:
    """Other roles within the agency, or an end. Forbidden for oneself, and for who has a role outside the agency."""
    agency = _agency(actor)
    _check(roles)
    with desk.reading() as work:
        person = _another(work, actor, agency, identifier)
    return accounts.store_change(desk, actor, person.id, roles=roles, agency=agency, active=active, within=agency)


def end_sessions(desk: Desk, actor: Actor, identifier: str) -> None:
    """Sign a colleague out on every device."""
    agency = _agency(actor)
    with desk.writing() as work:
        person = _another(work, actor, agency, identifier)
        work.sessions.end_all(person.id)
        work.journal.add(actor, SessionsEnded(person=person.id, everywhere=True), desk.now())


def hand_over(desk: Desk, actor: Actor, identifier: str, to: str) -> int:
    """What lies with one colleague lies with another from now on; gives how many tasks that were."""
    agency = _agency(actor)
    with desk.writing() as work:
        giver = _found(work, agency, identifier)
        taker = next((one for one in work.people.of_agency(agency) if one.id == to), None)
        return leaving.give_tasks(desk, work, actor, giver, taker)


def _agency(actor: Actor) -> AgencyCode:
    known(actor)
    require(actor, Action.MANAGE_COLLEAGUES, {Relation.AGENCY} if actor.agency else ())
    assert actor.agency is not None
    return actor.agency


def _found(work: Work, agency: AgencyCode, identifier: str) -> Person:
    person = work.people.get(PersonId(identifier)) if identifier.isprintable() else None
    if person is None or person.agency != agency:
        raise NotFound("Deze persoon is er niet.")
    return person


def _another(work: Work, actor: Actor, agency: AgencyCode, identifier: str) -> Person:
    """Somebody else of the agency, about whom the agency decides."""
    person = _found(work, agency, identifier)
    if actor_of_person(person).principal == actor.principal:
        raise Forbidden("Over uw eigen rollen en toegang beslist u niet zelf. Vraag een andere beheerder.")
    if not person.roles <= OF_AN_AGENCY:
        raise Forbidden("Deze persoon heeft ook een rol buiten uw organisatie. Vraag de beheerder van de dienst.")
    return person


def _check(roles: frozenset[Role]) -> None:
    if not roles <= OF_AN_AGENCY:
        message = "Deze rol kan alleen de beheerder van de dienst geven."
        raise InvalidInput([Problem(code="onbekende-rol", field="rol", message=message)])
