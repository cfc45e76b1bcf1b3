"""The text of a bill: kept version by version, so that "artikel I" in an amendment can be read as the law it changes.

A new text changes the proposals that still wait for the coordinator. What the coordinator confirmed never changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from uitvoeringsscan.amendments.amendment import Amendment, ParsedAmendment
from uitvoeringsscan.amendments.bill import Bill, dossier_name, read_bill, split_dossier, with_bill
from uitvoeringsscan.amendments.intake import MAX_NAME, MAX_TEXT, text_problems
from uitvoeringsscan.amendments.parsing import parse
from uitvoeringsscan.errors import InvalidInput, NotFound, Problem
from uitvoeringsscan.events import BillAdded, ScanRerouted
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import SERVICE, Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.routing.matching import propose
from uitvoeringsscan.routing.routing import Routing
from uitvoeringsscan.scans.deadlines import plausible
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.ports import Desk, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A text of a bill. `new` is False when the newest text already was this one: nothing has changed then."""

    bill: Bill
    new: bool


def add_bill(
    desk: Desk, actor: Actor, dossier: str, text: str, *, label: str | None = None, dated: date | None = None
) -> Added:
    """Keep this text as the newest of its bill, and propose again for the scans that wait for confirmation."""
    if actor != SERVICE:  # the operator at the command line acts as the service itself
        known(actor)
        require(actor, Action.ADD_BILL)
    number, suffix = _split(dossier)
    label = " ".join((label or "").split()) or None
    _check(text, label, dated)
    table = read_bill(text, desk.register.law_index())
    if not table.articles:
        message = (
            "In deze tekst lezen we geen artikelen die een wet wijzigen. Stuur de tekst van het wetsvoorstel zelf."
        )
        raise InvalidInput([Problem(code="geen-artikelen", field="tekst", message=message)])
    bill = Bill(
        dossier=dossier_name(number, suffix),
        sequence=1,
        received_at=desk.now(),
        label=label,
        dated=dated,
        sha256=sha256(text.encode()).hexdigest(),
        text=text,
        table=table,
    )
    ready = _proposed_ahead(desk, bill, number, suffix)
    with desk.writing() as work:
        work.bills.lock(bill.dossier)
        newest = work.bills.newest(bill.dossier)
        if newest is not None and newest.sha256 == bill.sha256:
            return Added(bill=newest, new=False)
        bill = replace(bill, sequence=newest.sequence + 1 if newest else 1)
        work.bills.add(bill)
        work.journal.add(
            actor, BillAdded(dossier=bill.dossier, sequence=bill.sequence, sha256=bill.sha256), bill.received_at
        )
        for line in work.scans.waiting(number, suffix):
            _propose_again(desk, work, actor, line.id, bill, ready)
    return Added(bill=bill, new=True)


def list_bills(desk: Desk, actor: Actor, dossier: str) -> Sequence[Bill]:
    """Every text of this bill that came in, the newest first; for everybody who is signed in."""
    known(actor)
    number, suffix = _split(dossier)
    with desk.reading() as work:
        return work.bills.every(dossier_name(number, suffix))


def newest_bill(desk: Desk, scan: Scan) -> Bill | None:
    """The newest text of the bill behind a scan that the caller has been shown."""
    with desk.reading() as work:
        return bill_of(work, scan.amendment)


def read_bill_of(desk: Desk, scan: Scan) -> Bill | None:
    """The text with which a scan that the caller has been shown was read; the newest where none was, or it is not kept."""
    amendment = scan.amendment
    with desk.reading() as work:
        newest = bill_of(work, amendment)
        if newest is None or scan.routing.bill_sha256 in (None, newest.sha256):
            return newest
        known_texts = work.bills.every(newest.dossier)
    return next((bill for bill in known_texts if bill.sha256 == scan.routing.bill_sha256), newest)


def routed(
    desk: Desk, text: str, title: str | None, parsed: ParsedAmendment, bill: Bill | None
) -> tuple[ParsedAmendment, Routing]:
    """What was read and who would be asked; `bill` tells which law is behind "artikel I"."""
    if bill is None:
        return parsed, propose(text, title, parsed, desk.register)
    routing = propose(text, title, parsed, desk.register, bill.table)
    return with_bill(parsed, text, bill.table), replace(routing, bill_sha256=bill.sha256)


def bill_of(work: Work, amendment: Amendment) -> Bill | None:
    """The newest text of the bill that an amendment is about; None when none came in."""
    if amendment.dossier_number is None:
        return None
    return work.bills.newest(dossier_name(amendment.dossier_number, amendment.dossier_suffix))


def dossier_in(parsed: ParsedAmendment) -> tuple[str, str | None] | None:
    """The bill that the text itself names."""
    if parsed.dossier_number is None:
        return None
    return "".join(parsed.dossier_number.value.split()), parsed.dossier_suffix.value if parsed.dossier_suffix else None


_Ready = dict[tuple[ScanId, int], tuple[ParsedAmendment, Routing]]


def _proposed_ahead(desk: Desk, bill: Bill, number: str, suffix: str | None) -> _Ready:
    """The new proposals by scan and version, made before the transaction in which everybody else would wait for them."""
    with desk.reading() as work:
        newest = work.bills.newest(bill.dossier)
        if newest is not None and newest.sha256 == bill.sha256:
            return {}
        lines = work.scans.waiting(number, suffix)
        waiting = [scan for line in lines if (scan := work.scans.get(line.id)) is not None]
    return {(scan.id, scan.version): _routed(desk, scan, bill) for scan in waiting}


def _routed(desk: Desk, scan: Scan, bill: Bill) -> tuple[ParsedAmendment, Routing]:
    text, title = scan.amendment.text, scan.amendment.title
    return routed(desk, text, title, parse(text, desk.register.law_index(), title), bill)


def _propose_again(desk: Desk, work: Work, actor: Actor, identifier: ScanId, bill: Bill, ready: _Ready) -> None:
    scan = work.scans.lock(identifier)
    if scan is None or scan.state is not ScanState.SUBMITTED:
        return  # confirmed meanwhile
    parsed, routing = ready.get((scan.id, scan.version)) or _routed(desk, scan, bill)
    work.scans.save(replace(scan, parsed=parsed, routing=routing))
    work.journal.add(actor, ScanRerouted(scan=scan.id, proposed=routing.asked, bill=bill.sha256), bill.received_at)


def _split(dossier: str) -> tuple[str, str | None]:
    """The number and what is behind it; NotFound when no dossier can have this name."""
    found = split_dossier(dossier)
    if found is None:
        raise NotFound("Een dossiernummer is een getal, zoals 36410, met soms iets erachter: 36410-XV.")
    return found


def _check(text: str, label: str | None, dated: date | None) -> None:
    problems = [*text_problems("tekst", text, MAX_TEXT), *text_problems("versie", label or "", MAX_NAME)]
    if not text.strip():
        problems.append(Problem(code="verplicht", field="tekst", message="Geef de tekst van het wetsvoorstel."))
    if dated is not None and not plausible(dated):
        problems.append(Problem(code="ongeldige-datum", field="datum", message="Deze datum kan niet kloppen."))
    if problems:
        raise InvalidInput(problems)
