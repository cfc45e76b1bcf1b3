"""What a submitter does: try a text, bring it in, look at what was read, submit, make public, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from uitvoeringsscan.amendments import intake
from uitvoeringsscan.amendments.amendment import Amendment, ParsedAmendment
from uitvoeringsscan.amendments.bill import dossier_name, split_dossier
from uitvoeringsscan.amendments.parsing import parse
from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.events import Event, ScanDisclosed, ScanDrafted, ScanSubmitted, ScanWithdrawn
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.routing.routing import Routing
from uitvoeringsscan.scans import scan as scans
from uitvoeringsscan.scans.deadlines import plausible
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.access import Seen, check_seen, find_scan, known
from uitvoeringsscan.use_cases.bills import bill_of, dossier_in, routed
from uitvoeringsscan.use_cases.coordinating import mark_replaced
from uitvoeringsscan.use_cases.ports import Desk, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitScan:
    """An amendment with what goes with it. `draft` keeps it with its submitter, to look at what was read first."""

    amendment: Amendment
    vote: datetime | None = None
    confidential: bool = False
    draft: bool = False


def dry_run(desk: Desk, text: str, title: str, dossier: str | None = None) -> tuple[ParsedAmendment, Routing]:
    """Read and route a text; nothing is stored, so anybody who may reach this door may try.

    `dossier` (36410, 36410-XV) is the bill; where it is not given, the one that the text names.
    """
    problems = [
        *intake.text_problems("tekst", text, intake.MAX_TEXT),
        *intake.text_problems("titel", title, intake.MAX_TITLE),
    ]
    if not text.strip():
        problems.append(Problem(code="verplicht", field="tekst", message="Geef de tekst van het amendement."))
    if problems:
        raise InvalidInput(problems)
    parsed = parse(text, desk.register.law_index(), title or None)
    named = split_dossier(dossier) if dossier else dossier_in(parsed)
    with desk.reading() as work:
        bill = work.bills.newest(dossier_name(*named)) if named else None
    return routed(desk, text, title or None, parsed, bill)


def submit_scan(
    desk: Desk, actor: Actor, command: SubmitScan, *, within: Callable[[Work, Scan], None] | None = None
) -> Scan:
    """Store a new scan, read and routed; as a draft, or submitted at once.

    `within` is called in the same transaction, for what must stand or fall with the scan.
    """
    known(actor)
    require(actor, Action.SUBMIT_SCAN)
    amendment, parsed, routing = _read(desk, command)
    now = desk.now()
    with desk.writing() as work:
        parsed, routing = _by_newest_bill(desk, work, amendment, parsed, routing)
        scan = Scan(
            id=_new_id(desk, work, now.year),
            state=ScanState.DRAFT,
            amendment=amendment,
            parsed=parsed,
            routing=routing,
            vote=command.vote,
            confidential=command.confidential,
            owner=actor.principal,
            owner_name=actor.name,
            created_at=now,
        )
        event: Event = ScanDrafted(scan=scan.id)
        if not command.draft:
            scan = scans.submit(scan)
            event = ScanSubmitted(scan=scan.id, proposed=routing.asked)
        work.scans.add(scan)
        work.journal.add(actor, event, now)
        if within is not None:
            within(work, scan)
    return scan


def submit_draft(desk: Desk, actor: Actor, identifier: str, seen: Seen, command: SubmitScan) -> Scan:
    """Submit a draft as corrected by its submitter."""
    amendment, parsed, routing = _read(desk, command)
    with desk.writing() as work:
        parsed, routing = _by_newest_bill(desk, work, amendment, parsed, routing)
        scan, ties = find_scan(work, actor, identifier, lock=True)
        require(actor, Action.SUBMIT_SCAN, ties)
        check_seen(seen, scan.version)
        scan = scans.submit(
            replace(
                scan,
                amendment=amendment,
                parsed=parsed,
                routing=routing,
                vote=command.vote,
                confidential=command.confidential,
            )
        )
        scan = work.scans.save(scan)
        work.journal.add(actor, ScanSubmitted(scan=scan.id, proposed=routing.asked), desk.now())
    return scan


def withdraw_scan(desk: Desk, actor: Actor, identifier: str, seen: Seen, reason: str | None) -> Scan:
    with desk.writing() as work:
        scan, ties = find_scan(work, actor, identifier, lock=True)
        require(actor, Action.WITHDRAW_SCAN, ties)
        check_seen(seen, scan.version)
        scan = work.scans.save(scans.withdraw(scan, reason))
        work.journal.add(actor, ScanWithdrawn(scan=scan.id), desk.now())
    return scan


def disclose_scan(desk: Desk, actor: Actor, identifier: str, seen: Seen, paper_number: str | None) -> Scan:
    """The submitter's own act: the amendment has been filed, so the scan need not be confidential any more."""
    with desk.writing() as work:
        scan, ties = find_scan(work, actor, identifier, lock=True)
        require(actor, Action.DISCLOSE_SCAN, ties)
        check_seen(seen, scan.version)
        scan = scans.disclose(scan, paper_number)
        intake.check(scan.amendment, today=desk.today())
        scan = work.scans.save(scan)
        now = desk.now()
        work.journal.add(actor, ScanDisclosed(scan=scan.id), now)
        if scan.decision is not None:  # the coordinator confirmed it while it was confidential
            mark_replaced(work, actor, scan, now)
    return scan


def _read(desk: Desk, command: SubmitScan) -> tuple[Amendment, ParsedAmendment, Routing]:
    amendment = intake.normalised(command.amendment)
    problems: list[Problem] = []
    try:
        intake.check(amendment, today=desk.today())
    except InvalidInput as error:
        problems.extend(error.problems)
    if command.vote is not None and not plausible(command.vote):
        problems.append(Problem(code="ongeldige-datum", field="stemming", message="Dit moment kan niet kloppen."))
    if problems:
        raise InvalidInput(problems)
    parsed = parse(amendment.text, desk.register.law_index(), amendment.title)
    amendment = intake.completed(amendment, parsed)
    with desk.reading() as work:
        bill = bill_of(work, amendment)
    return amendment, *routed(desk, amendment.text, amendment.title, parsed, bill)


def _by_newest_bill(
    desk: Desk, work: Work, amendment: Amendment, parsed: ParsedAmendment, routing: Routing
) -> tuple[ParsedAmendment, Routing]:
    """The proposal again, should another text of the bill have come in since it was made; from here on none can."""
    bill = bill_of(work, amendment)
    if routing.bill_sha256 == (bill.sha256 if bill else None):
        return parsed, routing
    return routed(desk, amendment.text, amendment.title, parsed, bill)


_WIDTHS = (4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9)


def _new_id(desk: Desk, work: Work, year: int) -> ScanId:
    """A free number by chance, wider as the year fills up: a number never tells how many scans there are."""
    for width in _WIDTHS:
        candidate = ScanId(f"{year}-{desk.below(10**width):0{width}d}")
        if not work.scans.exists(candidate):
            return candidate
    raise RuntimeError("no free scan number was found")
