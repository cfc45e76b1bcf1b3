"""When somebody leaves: their scans and tasks go to a colleague, what is kept about them is given to them, and then it is erased.

What stays, on purpose: the journal and the signatures under an agency's answers, because who decided must remain to be
accounted for (docs/privacy.md says how long). Publications name offices, not people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from uitvoeringsscan.assessments.assessment import AssessmentState, Signature
from uitvoeringsscan.assessments.tasks import Task
from uitvoeringsscan.errors import InvalidInput, NotFound, Problem, WrongState
from uitvoeringsscan.events import PersonErased, ScansHandedOver, SecondContactSet, TaskGiven
from uitvoeringsscan.identifiers import Principal
from uitvoeringsscan.people.people import Actor, Person, actor_of_person, address
from uitvoeringsscan.people.permissions import Action, Relation, may
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases import journal_chain
from uitvoeringsscan.use_cases.accounts import require_manager
from uitvoeringsscan.use_cases.ports import Desk, JournalFilter, Work

_PAGE = 1000


def hand_over(desk: Desk, actor: Actor, email: str, to: str) -> int:
    """Every scan of one person is another's from now on, drafts and confidential ones too; gives how many there were.

    Of somebody of an agency it is what lies with them and is not finished, and it goes to a colleague there.
    """
    require_manager(actor)
    with desk.writing() as work:
        giver, taker = _person(work, email), _person(work, to)
        if giver.agency is not None:
            return give_tasks(desk, work, actor, giver, taker)
        if not taker.active or not may(actor_of_person(taker), Action.SUBMIT_SCAN):
            message = "Scans kunnen alleen naar iemand die zelf scans mag indienen."
            raise InvalidInput([Problem(code="verkeerde-rol", field="aan", message=message)])
        moved = work.scans.give(
            actor_of_person(giver).principal, actor_of_person(taker).principal, owner_name=taker.name
        )
        work.journal.add(actor, ScansHandedOver(person=giver.id, to=taker.id, count=moved), desk.now())
    return moved


def open_tasks(work: Work, person: Person) -> Sequence[Task]:
    """What lies with somebody in files of their agency that are not finished."""
    return [task for task in work.tasks.of_person(person.id) if task.agency == person.agency and _asked(work, task)]


def _asked(work: Work, task: Task) -> bool:
    scan, file = work.scans.get(task.scan), work.assessments.get(task.scan, task.agency)
    going = scan is not None and scan.state in (ScanState.IN_ASSESSMENT, ScanState.ASSESSED)
    return going and file is not None and file.state in (AssessmentState.OPEN, AssessmentState.SUBMITTED)


def give_tasks(desk: Desk, work: Work, actor: Actor, giver: Person, taker: Person | None) -> int:
    """Put what lies with one person on a colleague's desk; who calls for `giver` when nothing moves, calls for `taker`.

    Raises InvalidInput when the taker cannot answer for the same agency.
    """
    colleague = taker is not None and taker.active and taker.agency == giver.agency and taker.id != giver.id
    if taker is None or not colleague or not may(actor_of_person(taker), Action.ANSWER, {Relation.AGENCY}):
        message = "Kies een collega van dezelfde organisatie die vragen mag beantwoorden."
        raise InvalidInput([Problem(code="onbekende-collega", field="aan", message=message)])
    now = desk.now()
    signature = Signature(principal=actor.principal, name=actor.name, at=now)
    for scan in sorted({task.scan for task in open_tasks(work, giver)}):  # in one order: nobody waits in a circle
        work.scans.lock(scan)
    moved = open_tasks(work, giver)  # as they are now that nobody else can change them
    for task in moved:
        work.tasks.put(replace(task, person=taker.id, name=taker.name, by=signature))
        event = TaskGiven(scan=task.scan, agency=task.agency, section=task.section, to=taker.name)
        work.journal.add(actor, event, now)
    if giver.agency is not None and work.absences.second_contacts().get(giver.agency) == giver.id:
        work.absences.set_second_contact(giver.agency, taker.id)
        work.journal.add(actor, SecondContactSet(agency=giver.agency, person=taker.id), now)
    return len(moved)


def export_person(desk: Desk, actor: Actor, email: str) -> dict[str, Any]:
    """All that is kept under somebody's name, as plain JSON values."""
    require_manager(actor)
    with desk.reading() as work:
        person = _person(work, email)
        principal = actor_of_person(person).principal
        lines, before = [], None
        while found := work.journal.page(JournalFilter(principal=principal), before, _PAGE):
            lines += [journal_chain.content(line) for line in found]
            before = found[-1].sequence
        return {
            "persoon": {
                "naam": person.name,
                "email": person.email,
                "rollen": sorted(person.roles),
                "organisatie": person.agency,
                "actief": person.active,
                "inlogdienst": person.subject,
            },
            "sessies": [
                {"begonnen": session.created_at.isoformat(), "gebruikt": session.seen_at.isoformat()}
                for session in work.sessions.of_person(person.id)
            ],
            "machines": [
                {"naam": client.name, "rol": client.role.value, "gemaakt": client.created_at.isoformat()}
                for client in work.clients.every()
                if client.owner is not None and address(client.owner) == principal
            ],
            "afwezig": _absence(work, person),
            "scans": list(work.scans.of_owner(principal)),
            "taken": [
                {"scan": task.scan, "onderdeel": task.section, "vraag": task.line, "van": task.by.name}
                for task in work.tasks.of_person(person.id)
            ],
            "gegeven taken": [
                {"scan": task.scan, "onderdeel": task.section, "vraag": task.line, "aan": task.name}
                for task in work.tasks.given_by(principal)
            ],
            "opmerkingen": [
                {"scan": one.scan, "vraag": one.question, "moment": one.by.at.isoformat(), "tekst": one.text}
                for one in work.comments.of_principal(principal)
                if one.by.principal == principal
            ],
            "voorstellen uit de Kamer": [
                {
                    "zaak": one.case.number or one.case.id,
                    "stand": one.state.value,
                    "moment": one.handled_at.isoformat() if one.handled_at else None,
                    "reden": one.reason,
                }
                for one in work.house.handled_by(principal)
            ],
            "afgehandelde bijzonderheden": [
                {
                    "wat": one.anomaly.kind.value,
                    "over": one.anomaly.subject,
                    "moment": one.settled_at.isoformat() if one.settled_at else None,
                }
                for one in work.house.settled_by(principal)
            ],
            "berichten": {
                "uitgezet": sorted(work.mailboxes.get(person.id).muted),
                "geweigerd": work.mailboxes.get(person.id).refused,
                "verteld": [
                    {"moment": one.created_at.isoformat(), "wat": one.kind.value, "scan": one.scan}
                    for one in work.notices.of_person(person.id, _PAGE)
                ],
                "mails": [
                    {"moment": one.created_at.isoformat(), "stand": one.state.value, "antwoord": one.answer}
                    for one in work.mails.of_person(person.id, _PAGE)
                ],
            },
            "journaal": lines,
        }


def erase_person(desk: Desk, actor: Actor, email: str) -> None:
    """Their name, address and sessions go; a name that says nothing takes their place. WrongState while they may sign in."""
    require_manager(actor)
    with desk.writing() as work:
        person = _person(work, email)
        if person.active:
            raise WrongState("Deze persoon kan nog inloggen. Sluit het account eerst af.")
        nobody = f"gewist-{person.id.casefold()}@gewist.invalid"
        principal = actor_of_person(person).principal
        for client in work.clients.every():
            if client.owner is not None and address(client.owner) == principal and client.revoked_at is None:
                raise WrongState(f"Deze persoon staat nog in voor een machine: {client.name}. Trek die eerst in.")
        work.sessions.end_all(person.id)
        work.absences.forget(person.id)
        work.shifts.forget(principal, ERASED)
        work.scans.give(principal, Principal(nobody), owner_name=ERASED)
        work.clients.give(principal, nobody)
        work.replies.forget(principal)
        work.house.forget(principal, ERASED)
        _erase_around(work, person, principal, Principal(nobody))
        work.notices.forget(person.id)
        work.mailboxes.forget(person.id)
        work.people.save(replace(person, name=ERASED, email=nobody, subject=None, roles=frozenset(), agency=None))
        work.journal.add(actor, PersonErased(person=person.id), desk.now())


def _erase_around(work: Work, person: Person, principal: Principal, nobody: Principal) -> None:
    """Their name beside answers. What they wrote stays: it belongs to the agency's work."""

    def renamed(signature: Signature) -> Signature:
        return replace(signature, principal=nobody, name=ERASED) if signature.principal == principal else signature

    for comment in work.comments.of_principal(principal):
        resolved = renamed(comment.resolved) if comment.resolved else None
        work.comments.save(replace(comment, by=renamed(comment.by), resolved=resolved))
    theirs = {(task.scan, task.agency, task.section): task for task in work.tasks.given_by(principal)}
    theirs |= {(task.scan, task.agency, task.section): task for task in work.tasks.of_person(person.id)}
    for task in theirs.values():
        name = ERASED if task.person == person.id else task.name
        work.tasks.put(replace(task, name=name, by=renamed(task.by)))


def _absence(work: Work, person: Person) -> dict[str, str] | None:
    absence = work.absences.get(person.id)
    return {"van": absence.first.isoformat(), "tot": absence.last.isoformat()} if absence is not None else None


ERASED = "Gewist"


def _person(work: Work, email: str) -> Person:
    person = work.people.by_email(address(email))
    if person is None:
        raise NotFound("Dit e-mailadres is niet bekend.")
    return person
