"""Looking into the journal, and noting who looked at what is confidential."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.events import ScanSeen
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, Relation, require
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.access import find_assessment, find_scan, known
from uitvoeringsscan.use_cases.ports import Desk, JournalFilter, JournalLine, Work

LOOK = timedelta(hours=1)
"""Looks of one actor at one confidential scan within this time are one line: a page is several requests."""


def search(
    desk: Desk, actor: Actor, wanted: JournalFilter, before: int | None = None, limit: int = 100
) -> tuple[Sequence[JournalLine], int | None]:
    """Lines, newest first; the number is where the next page starts, None at the end."""
    known(actor)
    require(actor, Action.READ_JOURNAL)
    with desk.reading() as work:
        found = work.journal.page(wanted, before, limit + 1)
    more = len(found) > limit
    return found[:limit], found[limit - 1].sequence if more else None


def note_look(desk: Desk, actor: Actor, scan: Scan) -> None:
    """A look at a confidential scan is in the journal before it is answered; what is open may be read unseen."""
    if not scan.confidential:
        return
    now, event = desk.now(), ScanSeen(scan=scan.id)
    with desk.reading() as work:
        last = work.journal.last_seen(actor.principal, scan.id, type(event).__name__)
    if last is None or now - last >= LOOK:
        with desk.writing() as work:
            work.journal.add(actor, event, now)


@contextmanager
def looking_at_scan(desk: Desk, actor: Actor, identifier: str) -> Iterator[tuple[Work, Scan, frozenset[Relation]]]:
    """Reading one scan: what `find_scan` gives, and the look is noted once it turned out to be allowed."""
    with desk.reading() as work:
        scan, ties = find_scan(work, actor, identifier)
        yield work, scan, ties
    note_look(desk, actor, scan)


@contextmanager
def looking_at_file(
    desk: Desk, actor: Actor, identifier: str
) -> Iterator[tuple[Work, Scan, Assessment, frozenset[Relation]]]:
    """Reading one agency's file, in the same way."""
    with desk.reading() as work:
        scan, file, ties = find_assessment(work, actor, identifier)
        yield work, scan, file, ties
    note_look(desk, actor, scan)
