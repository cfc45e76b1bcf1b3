"""When an amendment is to be in force: as its text says it, or as its submitter or the coordinator said instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from uitvoeringsscan.amendments.intended import Intended, Origin, When, intended
from uitvoeringsscan.assessments.assessment import required_reason
from uitvoeringsscan.errors import InvalidInput, Problem, WrongState
from uitvoeringsscan.events import IntendedSet
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.scans.deadlines import plausible
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.access import Seen, check_seen, find_scan
from uitvoeringsscan.use_cases.bills import bill_of
from uitvoeringsscan.use_cases.ports import Desk, Work


def intended_of(work: Work, scan: Scan) -> Intended | None:
    """What was given goes before what was read; None where neither is there."""
    if scan.intended is not None:
        return scan.intended
    bill = bill_of(work, scan.amendment)
    return intended(scan.amendment.text, scan.parsed, bill.text if bill else None)


def of_scan(desk: Desk, scan: Scan) -> Intended | None:
    """The same for a scan that the caller has been shown."""
    with desk.reading() as work:
        return intended_of(work, scan)


def set_intended(
    desk: Desk,
    actor: Actor,
    identifier: str,
    seen: Seen,
    when: When | None,
    day: date | None,
    explanation: str | None,
) -> Scan:
    """Say it instead of the text, with the reason; it counts for the next publication. None: the text decides again."""
    with desk.writing() as work:
        scan, ties = find_scan(work, actor, identifier, lock=True)
        require(actor, Action.SET_INTENDED, ties)
        check_seen(seen, scan.version)
        if scan.state in (ScanState.WITHDRAWN, ScanState.REPLACED):
            raise WrongState(f"Dit kan niet meer: de status van deze scan is '{scan.state.value}'.")
        given = None if when is None else _given(when, day, explanation)
        scan = work.scans.save(replace(scan, intended=given))
        event = IntendedSet(
            scan=scan.id, when=when.value if when else None, day=day.isoformat() if given and day else None
        )
        work.journal.add(actor, event, desk.now())
    return scan


def _given(when: When, day: date | None, explanation: str | None) -> Intended:
    if when is When.DAY and (day is None or not plausible(day)):
        message = "Schrijf de dag zoals 1 januari 2027."
        raise InvalidInput([Problem(code="ongeldige-datum", field="beoogd", message=message)])
    if when is not When.DAY and day is not None:
        message = "Een dag kan alleen als de soort 'datum' is."
        raise InvalidInput([Problem(code="ongeldige-datum", field="beoogd", message=message)])
    return Intended(when=when, day=day, quote=required_reason(explanation), origin=Origin.GIVEN)
