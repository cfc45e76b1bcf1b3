"""What the coordinator changed about proposals, and what that says about the register.

Nothing is stored for it: a confirmed scan holds its proposal and the decision, and neither ever changes.
A confidential scan counts in the figures, and is named nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from uitvoeringsscan.amendments.amendment import ParsedAmendment, Source
from uitvoeringsscan.identifiers import AgencyCode, ScanId
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.scans.scan import Scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One scan of which the coordinator asked others than proposed.

    added      asked, and not proposed for asking; of these `considered` were offered unticked
    removed    proposed for asking, and not asked
    laws       the laws that the amendment is about, as far as read: by its title, its changes, or the bill
    signals    for each agency that was proposed or considered, the signals that pointed to it
    """

    scan: ScanId
    dossier: str | None
    confidential: bool
    added: tuple[AgencyCode, ...]
    considered: tuple[AgencyCode, ...]
    removed: tuple[AgencyCode, ...]
    reason: str | None
    laws: tuple[str, ...]
    signals: dict[AgencyCode, tuple[str, ...]]
    register_sha256: str
    bill_sha256: str | None
    at: datetime


def correction_of(scan: Scan) -> Correction | None:
    """What was changed; None where nobody decided yet, or all was asked as proposed."""
    if scan.decision is None:
        return None
    decided, asked = scan.decision.agencies, scan.routing.asked
    added = tuple(code for code in decided if code not in asked)
    removed = tuple(code for code in asked if code not in decided)
    if not added and not removed:
        return None
    offered = {proposal.agency for proposal in scan.routing.proposals}
    return Correction(
        scan=scan.id,
        dossier=scan.paper,
        confidential=scan.confidential,
        added=added,
        considered=tuple(code for code in added if code in offered),
        removed=removed,
        reason=scan.decision.explanation,
        laws=laws_of(scan),
        signals={
            proposal.agency: tuple(dict.fromkeys(reason.signal for reason in proposal.evidence))
            for proposal in scan.routing.proposals
        },
        register_sha256=scan.routing.register_sha256,
        bill_sha256=scan.routing.bill_sha256,
        at=scan.decision.by.at,
    )


def laws_of(scan: Scan) -> tuple[str, ...]:
    """The laws an amendment is about. What only its note names is left out: notes name much that is not changed."""
    return laws_in(scan.parsed)


def laws_in(parsed: ParsedAmendment) -> tuple[str, ...]:
    """The same, of a text that is no scan yet."""
    near = (law for law in parsed.laws if law.source is not Source.NOTE)
    return tuple(dict.fromkeys(law.name for law in near))


# --- over many scans --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Group:
    """The same correction in several scans: this agency, with this law (added) or by this signal (removed)."""

    agency: AgencyCode
    added: bool
    place: str
    considered: int = 0
    scans: list[ScanId] = field(default_factory=list)
    confidential: int = 0

    @property
    def count(self) -> int:
        return len(self.scans) + self.confidential


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How one agency's proposals held: asked as proposed, proposed for nothing, asked without being proposed."""

    right: int
    removed: int
    added: int

    @property
    def precision(self) -> float | None:
        """Of what was proposed, the part that was asked; None when nothing was proposed."""
        return self.right / (self.right + self.removed) if self.right + self.removed else None

    @property
    def recall(self) -> float | None:
        """Of what was asked, the part that had been proposed; None when nothing was asked."""
        return self.right / (self.right + self.added) if self.right + self.added else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """`scans` confirmed scans, `changed` of them otherwise than proposed; groups with most scans first."""

    scans: int
    changed: int
    confidential: int
    whole: Tally
    agencies: dict[AgencyCode, Tally]
    groups: tuple[Group, ...]


UNKNOWN_LAW = ""
"""The place of a correction where no law was read."""


def review(scans: Iterable[Scan], register: Register) -> Review:
    """Counts over confirmed scans, one at a time: how many there are makes no difference to memory but for their names.

    `register` as it stands now: what an amendment is about, is told by the laws it knows, and by others without those.
    """
    right, removed, added = Counter[AgencyCode](), Counter[AgencyCode](), Counter[AgencyCode]()
    groups: dict[tuple[AgencyCode, bool, str], Group] = {}
    seen = changed = confidential = 0
    for scan in scans:
        if scan.decision is None:
            continue
        seen += 1
        confidential += scan.confidential
        right.update(code for code in scan.routing.asked if code in scan.decision.agencies)
        correction = correction_of(scan)
        if correction is None:
            continue
        changed += 1
        removed.update(correction.removed)
        added.update(correction.added)
        for agency, is_added, place in _places(correction, register):
            group = groups.setdefault((agency, is_added, place), Group(agency, is_added, place))
            group.considered += agency in correction.considered
            if correction.confidential:
                group.confidential += 1
            else:
                group.scans.append(correction.scan)
    every = sorted({*right, *removed, *added})
    return Review(
        scans=seen,
        changed=changed,
        confidential=confidential,
        whole=Tally(right=right.total(), removed=removed.total(), added=added.total()),
        agencies={code: Tally(right=right[code], removed=removed[code], added=added[code]) for code in every},
        groups=tuple(sorted(groups.values(), key=lambda g: (-g.count, g.agency, not g.added, g.place))),
    )


def _places(correction: Correction, register: Register) -> Iterable[tuple[AgencyCode, bool, str]]:
    laws = [law for law in correction.laws if register.law_named(law)] or correction.laws or (UNKNOWN_LAW,)
    for agency in correction.added:
        for law in laws:
            yield agency, True, law
    for agency in correction.removed:
        for signal in correction.signals.get(agency, ()):
            yield agency, False, signal
