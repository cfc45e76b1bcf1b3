"""The coordinator's changes to proposals: a list in pages, and the review of the register over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uitvoeringsscan.people.people import SERVICE, Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.scans.corrections import Correction, Review, correction_of, review
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.ports import Cursor, Desk, Work

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPage:
    """`confidential` corrections are counted and not shown: the list is made to be passed on."""

    results: Sequence[Correction]
    confidential: int
    next: Cursor | None


def list_corrections(desk: Desk, actor: Actor, after: Cursor | None = None, limit: int = PAGE) -> CorrectionPage:
    """Of the next `limit` confirmed scans, newest first, those that were changed: a page may hold fewer, even none."""
    _allowed(actor)
    with desk.reading() as work:
        scans = work.scans.decided(after, limit + 1)
    here = scans[:limit]
    found = [correction for scan in here if (correction := correction_of(scan)) is not None]
    return CorrectionPage(
        results=[correction for correction in found if not correction.confidential],
        confidential=sum(correction.confidential for correction in found),
        next=Cursor(here[-1].created_at, here[-1].id) if len(scans) > limit else None,
    )


def every_correction(desk: Desk, actor: Actor) -> Sequence[Correction]:
    """All that may be passed on, newest first."""
    _allowed(actor)
    with desk.reading() as work:
        found = (correction_of(scan) for scan in _decided(work))
        return [correction for correction in found if correction is not None and not correction.confidential]


def review_register(desk: Desk, actor: Actor) -> Review:
    """How the proposals held, and which corrections come back."""
    _allowed(actor)
    with desk.reading() as work:
        return review(_decided(work), desk.register)


def _decided(work: Work) -> Iterator[Scan]:
    after: Cursor | None = None
    while scans := work.scans.decided(after, PAGE):
        yield from scans
        after = Cursor(scans[-1].created_at, scans[-1].id)


def _allowed(actor: Actor) -> None:
    """The coordinator, or the operator at the command line (who acts as the service itself)."""
    if actor != SERVICE:
        known(actor)
        require(actor, Action.ROUTE_SCAN)
