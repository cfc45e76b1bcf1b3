"""What the House did with an amendment: noted by the coordinator, or by the service itself from the House's own data."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.events import OutcomeRecorded, ScanWithdrawn
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import SERVICE, Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.scans import scan as scans
from uitvoeringsscan.scans.deadlines import plausible
from uitvoeringsscan.scans.lifecycle import ALLOWED, ScanState, Step
from uitvoeringsscan.scans.outcome import MAX_SOURCE, OutcomeKind, VoteOutcome
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.access import Seen, check_seen, find_scan
from uitvoeringsscan.use_cases.ports import Desk, Work


def record_outcome(
    desk: Desk, actor: Actor, scan: str, version: Seen, kind: OutcomeKind, at: datetime, source: str
) -> Scan:
    """Note the outcome, or correct it; the same outcome again changes nothing. SERVICE may do it for the clock.

    at      when the House decided; not in the future
    source  where that was read ("Handelingen ...", an address), for people
    An amendment that was withdrawn in the House is withdrawn here too.
    """
    words, now = " ".join(source.split()), desk.now()
    with desk.writing() as work:
        found = _find(work, actor, scan)
        _check(at, words, now)
        outcome = VoteOutcome(kind=kind, at=at, source=words)
        if found.outcome == outcome:
            return found
        check_seen(version, found.version)
        changed = replace(found, outcome=outcome)
        gone = kind is OutcomeKind.WITHDRAWN and (found.state, Step.WITHDRAW) in ALLOWED
        if gone:
            changed = scans.withdraw(changed, f"Het amendement is ingetrokken ({words}).")
        changed = work.scans.save(changed)
        event = OutcomeRecorded(scan=found.id, result=kind.value, at=at.isoformat(), source=words)
        work.journal.add(actor, event, now)
        if gone:
            work.journal.add(actor, ScanWithdrawn(scan=found.id), now)
    return changed


def _find(work: Work, actor: Actor, identifier: str) -> Scan:
    if actor == SERVICE:
        found = work.scans.lock(ScanId(identifier))
        if found is None or found.state is ScanState.DRAFT:
            raise LookupError(f"there is no submitted scan {identifier}")
        return found
    found, ties = find_scan(work, actor, identifier, lock=True)
    require(actor, Action.RECORD_OUTCOME, ties)
    return found


def _check(at: datetime, source: str, now: datetime) -> None:
    problems = list(text_problems("bron", source, MAX_SOURCE))
    if not source:
        problems.append(Problem(code="verplicht", field="bron", message="Schrijf waar u dit hebt gelezen."))
    if not plausible(at):
        problems.append(Problem(code="ongeldige-datum", field="op", message="Dit moment kan niet kloppen."))
    elif at > now:
        message = "Dit moment is nog niet geweest. Leg een uitslag vast als die er is."
        problems.append(Problem(code="in-de-toekomst", field="op", message=message))
    if problems:
        raise InvalidInput(problems)
