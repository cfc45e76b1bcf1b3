"""How an actor stands to a scan or a file, and what follows from it: seen, or as if it were not there."""

from __future__ import annotations

from collections.abc import Sequence

from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.errors import NotFound, Stale, Unauthenticated
from uitvoeringsscan.identifiers import AgencyCode, ScanId, is_scan_id, split_assessment_id
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, Relation, may
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.ports import Sight, Work

Seen = int | None
"""Which version the writer has seen; None is "*": whatever stands now."""


def relations(actor: Actor, scan: Scan, agencies: Sequence[AgencyCode]) -> frozenset[Relation]:
    """OWN when the actor submitted it, AGENCY when the actor's agency was asked."""
    found = set()
    if scan.owner == actor.principal:
        found.add(Relation.OWN)
    if actor.agency is not None and actor.agency in agencies:
        found.add(Relation.AGENCY)
    return frozenset(found)


def sees(actor: Actor, scan: Scan, ties: frozenset[Relation]) -> bool:
    if scan.state is ScanState.DRAFT:
        return Relation.OWN in ties and may(actor, Action.READ_SCAN, ties)
    if may(actor, Action.READ_SCAN, ties):
        return True
    return not scan.confidential and may(actor, Action.READ_OPEN_SCAN)


def sight(actor: Actor) -> Sight:
    """The same rule as `sees`, as a filter for lists."""
    known(actor)
    return Sight(
        everything=may(actor, Action.READ_SCAN),
        open_scans=may(actor, Action.READ_OPEN_SCAN),
        owner=actor.principal if may(actor, Action.READ_SCAN, {Relation.OWN}) else None,
        agency=actor.agency if may(actor, Action.READ_SCAN, {Relation.AGENCY}) else None,
    )


def known(actor: Actor) -> None:
    """Raise Unauthenticated for a visitor: nothing of what is not public is answered before somebody signs in."""
    if not actor.roles:
        raise Unauthenticated("Log in om verder te gaan.")


def find_scan(work: Work, actor: Actor, identifier: str, *, lock: bool = False) -> tuple[Scan, frozenset[Relation]]:
    """The scan and how the actor stands to it; NotFound when it is not there or not theirs to see."""
    known(actor)
    if not is_scan_id(identifier):
        raise NotFound
    scan = work.scans.lock(ScanId(identifier)) if lock else work.scans.get(ScanId(identifier))
    if scan is None:
        raise NotFound
    agency = actor.agency
    asked = [agency] if agency is not None and work.assessments.get(scan.id, agency) is not None else []
    ties = relations(actor, scan, asked)
    if not sees(actor, scan, ties):
        raise NotFound
    return scan, ties


def find_assessment(
    work: Work, actor: Actor, identifier: str, *, lock: bool = False
) -> tuple[Scan, Assessment, frozenset[Relation]]:
    """One agency's file with its scan. A writer locks the scan first: the order that keeps two last approvers apart."""
    known(actor)
    parts = split_assessment_id(identifier)
    if parts is None:
        raise NotFound
    scan, _ = find_scan(work, actor, parts[0], lock=lock)
    assessment = work.assessments.get(*parts)
    if assessment is None:
        raise NotFound
    ties = relations(actor, scan, [assessment.agency])
    if not may(actor, Action.READ_ASSESSMENT, ties):
        raise NotFound
    return scan, assessment, ties


def check_seen(seen: Seen, current: int) -> None:
    """Stale when the writer saw another version than the one that stands now."""
    if seen is not None and seen != current:
        raise Stale
