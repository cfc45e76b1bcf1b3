"""What a coordinator changes for one agency while the round runs: another deadline, or its file open again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from uitvoeringsscan.assessments import assessment as files
from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.errors import InvalidInput, Problem, WrongState
from uitvoeringsscan.events import DeadlineMoved, Reopened
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.scans import scan as scans
from uitvoeringsscan.scans.deadlines import plausible
from uitvoeringsscan.scans.deadlines import respond_by as respond_by_default
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases.access import Seen, check_seen, find_assessment
from uitvoeringsscan.use_cases.answering import check_text
from uitvoeringsscan.use_cases.ports import Desk


def move_deadline(desk: Desk, actor: Actor, identifier: str, seen: Seen, respond_by: datetime) -> Assessment:
    """Give one agency until another moment; it must still lie ahead. Whom it concerns reads it in the journal."""
    now = desk.now()
    with desk.writing() as work:
        scan, file, ties = find_assessment(work, actor, identifier, lock=True)
        require(actor, Action.ROUTE_SCAN, ties)
        check_seen(seen, file.version)
        if scan.state is not ScanState.IN_ASSESSMENT:
            raise WrongState(f"De termijn verzetten kan nu niet: de status van deze scan is '{scan.state.value}'.")
        if not plausible(respond_by):
            raise InvalidInput([_problem("ongeldige-datum", "Dit moment kan niet kloppen.")])
        if respond_by <= now:
            raise InvalidInput([_problem("in-het-verleden", "Dit moment is al voorbij. Kies een later moment.")])
        file = work.assessments.save(files.move_deadline(file, respond_by, now))
        moment = respond_by.astimezone(UTC).isoformat(timespec="seconds")
        work.journal.add(actor, DeadlineMoved(scan=scan.id, agency=file.agency, respond_by=moment), now)
    return file


def reopen(desk: Desk, actor: Actor, identifier: str, seen: Seen, reason: str | None) -> Assessment:
    """Let an agency change what it handed in, or answer after all. The others keep what they said.

    Its approved score no longer counts; a new one comes with a new approval. A deadline that is over starts anew.
    """
    check_text(reason)
    now = desk.now()
    with desk.writing() as work:
        scan, file, ties = find_assessment(work, actor, identifier, lock=True)
        require(actor, Action.ROUTE_SCAN, ties)
        check_seen(seen, file.version)
        if scan.state not in (ScanState.IN_ASSESSMENT, ScanState.ASSESSED):
            raise WrongState(f"Heropenen kan nu niet: de status van deze scan is '{scan.state.value}'.")
        opened = files.reopen(file, reason)
        if opened.respond_by is not None and opened.respond_by <= now:
            fresh = respond_by_default(now, scan.vote, concept=scan.confidential)
            opened = replace(opened, respond_by=fresh, by_hand=False)
        opened = work.assessments.save(replace(opened, timed_at=now))
        if scan.state is not ScanState.IN_ASSESSMENT:
            work.scans.save(scans.reopen(scan))
        work.journal.add(actor, Reopened(scan=scan.id, agency=file.agency), now)
    return opened


def _problem(code: str, message: str) -> Problem:
    return Problem(code=code, field="reactieVoor", message=message)
