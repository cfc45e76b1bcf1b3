"""Being away and who is asked instead, and the second contact of an agency: people say so, the coordinator sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Problem
from uitvoeringsscan.events import AbsenceSet, SecondContactSet
from uitvoeringsscan.identifiers import AgencyCode, PersonId
from uitvoeringsscan.people.absence import Absence
from uitvoeringsscan.people.people import AGENCY_ROLES, Actor, Person, Role, actor_of_person
from uitvoeringsscan.people.permissions import Action, may, require
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.ports import Desk

LONGEST = timedelta(days=366)
KEEP = timedelta(days=30)
SOON = timedelta(days=14)
"""How far ahead the coordinator sees who will be away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAbsence:
    """What one person sees: their own absence unless it is over, and the colleagues who can stand in."""

    absence: Absence | None
    deputy: Person | None
    colleagues: Sequence[Person]
    contact: Person | None


def own(desk: Desk, person: Person) -> OwnAbsence:
    """What a person sees of this for themselves."""
    with desk.reading() as work:
        absence = work.absences.get(person.id)
        contact = work.absences.second_contacts().get(person.agency) if person.agency else None
        everybody = {one.id: one for one in work.people.every()}
        return OwnAbsence(
            absence=absence if absence is not None and absence.last >= desk.today() else None,
            deputy=everybody.get(absence.deputy) if absence is not None and absence.deputy else None,
            colleagues=_colleagues(list(everybody.values()), person),
            contact=everybody.get(contact) if contact else None,
        )


def set_absence(desk: Desk, person: Person, first: date | None, last: date | None, deputy: str | None) -> Absence:
    """From the first day to the last, both included. Raises InvalidInput with every problem."""
    today = desk.today()
    with desk.writing() as work:
        colleagues = {one.id for one in _colleagues(work.people.every(), person)}
        problems = list(_problems(first, last, today))
        chosen = PersonId(deputy) if deputy else None
        if chosen is not None and chosen not in colleagues:
            problems.append(
                Problem(code="onbekende-collega", field="vervanger", message="Kies een collega uit de lijst.")
            )
        if problems or first is None or last is None:
            raise InvalidInput(problems)
        absence = Absence(person=person.id, first=first, last=last, deputy=chosen)
        work.absences.put(absence)
        event = AbsenceSet(person=person.id, first=first.isoformat(), last=last.isoformat(), deputy=chosen)
        work.journal.add(actor_of_person(person), event, desk.now())
    return absence


def end_absence(desk: Desk, person: Person) -> None:
    """They are back, or did not go."""
    with desk.writing() as work:
        if work.absences.end(person.id):
            event = AbsenceSet(person=person.id, first=None, last=None, deputy=None)
            work.journal.add(actor_of_person(person), event, desk.now())


def set_second_contact(desk: Desk, actor: Actor, agency: str, person: str | None) -> None:
    """Whom to call in when nothing moves at an agency: said by somebody who approves there, or by the coordinator."""
    known(actor)
    code = AgencyCode(agency)
    if not may(actor, Action.ROUTE_SCAN):
        if actor.agency != code:
            raise NotFound
        if not actor.has(Role.APPROVER):
            raise Forbidden("Alleen wie mag vaststellen, wijst de tweede contactpersoon aan.")
    with desk.writing() as work:
        chosen = PersonId(person) if person else None
        if chosen is not None and chosen not in {one.id for one in _of_agency(work.people.every(), code)}:
            message = "Kies iemand van deze organisatie."
            raise InvalidInput([Problem(code="onbekende-collega", field="contactpersoon", message=message)])
        if work.absences.second_contacts().get(code) == chosen:
            return
        work.absences.set_second_contact(code, chosen)
        work.journal.add(actor, SecondContactSet(agency=code, person=chosen), desk.now())


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody who is away, or soon will be, as the coordinator sees it."""

    person: Person
    absence: Absence
    deputy: Person | None
    contact: Person | None


def away(desk: Desk, actor: Actor) -> Sequence[Away]:
    """Who of the agencies is away now or within two weeks, the first to go first."""
    known(actor)
    require(actor, Action.ROUTE_SCAN)
    today = desk.today()
    with desk.reading() as work:
        everybody = {one.id: one for one in work.people.every() if one.active}
        contacts = work.absences.second_contacts()
        found = [
            Away(
                person=everybody[absence.person],
                absence=absence,
                deputy=everybody.get(absence.deputy) if absence.deputy else None,
                contact=_contact(everybody, contacts, everybody[absence.person].agency),
            )
            for absence in work.absences.every().values()
            if absence.person in everybody and absence.last >= today and absence.first <= today + SOON
        ]
    return sorted(found, key=lambda one: (one.absence.first, one.person.name, one.person.id))


def forget(desk: Desk, now: datetime) -> None:
    """Who was away is nobody's business any more, a month after it."""
    with desk.writing() as work:
        work.absences.forget_before(now.date() - KEEP)


def _contact(
    everybody: Mapping[PersonId, Person], contacts: Mapping[AgencyCode, PersonId], agency: AgencyCode | None
) -> Person | None:
    contact = contacts.get(agency) if agency else None
    return everybody.get(contact) if contact else None


def _of_agency(people: Sequence[Person], agency: AgencyCode) -> list[Person]:
    found = [one for one in people if one.active and one.agency == agency and one.roles & AGENCY_ROLES]
    return sorted(found, key=lambda one: (one.name, one.id))


def _colleagues(people: Sequence[Person], person: Person) -> list[Person]:
    """Who can stand in: of the same agency; outside agencies whoever has one of the same roles."""
    if person.agency is not None:
        found = _of_agency(people, person.agency)
    else:
        found = sorted((one for one in people if one.active and one.roles & person.roles), key=lambda o: (o.name, o.id))
    return [one for one in found if one.id != person.id]


def _problems(first: date | None, last: date | None, today: date) -> list[Problem]:
    found = []
    if first is None:
        found.append(Problem(code="verplicht", field="van", message="Schrijf de eerste dag, zoals 8 december 2026."))
    if last is None:
        found.append(Problem(code="verplicht", field="tot", message="Schrijf de laatste dag, zoals 18 december 2026."))
    if first is None or last is None:
        return found
    if last < first:
        found.append(Problem(code="verkeerde-volgorde", field="tot", message="Deze dag is voor de eerste dag."))
    elif last < today:
        found.append(Problem(code="in-het-verleden", field="tot", message="Deze dag is al voorbij."))
    elif last - first > LONGEST:
        found.append(Problem(code="te-lang", field="tot", message="Kies hooguit een jaar."))
    return found
