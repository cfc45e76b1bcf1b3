"""When somebody leaves: their scans go to a colleague, what is kept about them is given to them, and then it is erased.

What stays, on purpose: the journal and the signatures under an agency's answers, because who decided must remain to be
accounted for (docs/privacy.md says how long). Publications name offices, not people.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from uitvoeringsscan.errors import InvalidInput, NotFound, Problem, WrongState
from uitvoeringsscan.events import PersonErased, ScansHandedOver
from uitvoeringsscan.identifiers import Principal
from uitvoeringsscan.people.people import Actor, Person, actor_of_person, address
from uitvoeringsscan.people.permissions import Action, may
from uitvoeringsscan.use_cases import journal_chain
from uitvoeringsscan.use_cases.accounts import require_manager
from uitvoeringsscan.use_cases.ports import Desk, JournalFilter, Work

_PAGE = 1000


def hand_over(desk: Desk, actor: Actor, email: str, to: str) -> int:
    """Every scan of one person is another's from now on, drafts and confidential ones too; gives how many there were."""
    require_manager(actor)
    with desk.writing() as work:
        giver, taker = _person(work, email), _person(work, to)
        if not taker.active or not may(actor_of_person(taker), Action.SUBMIT_SCAN):
            message = "Scans kunnen alleen naar iemand die zelf scans mag indienen."
            raise InvalidInput([Problem(code="verkeerde-rol", field="aan", message=message)])
        moved = work.scans.give(
            actor_of_person(giver).principal, actor_of_person(taker).principal, owner_name=taker.name
        )
        work.journal.add(actor, ScansHandedOver(person=giver.id, to=taker.id, count=moved), desk.now())
    return moved


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
            "scans": list(work.scans.of_owner(principal)),
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
        work.scans.give(principal, Principal(nobody), owner_name=ERASED)
        work.clients.give(principal, nobody)
        work.replies.forget(principal)
        work.people.save(replace(person, name=ERASED, email=nobody, subject=None, roles=frozenset(), agency=None))
        work.journal.add(actor, PersonErased(person=person.id), desk.now())


ERASED = "Gewist"


def _person(work: Work, email: str) -> Person:
    person = work.people.by_email(address(email))
    if person is None:
        raise NotFound("Dit e-mailadres is niet bekend.")
    return person
