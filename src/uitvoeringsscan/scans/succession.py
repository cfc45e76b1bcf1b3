"""A changed amendment beside the one it replaces: what differs, who was asked then, and whom the change leaves alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uitvoeringsscan.amendments.amendment import Source
from uitvoeringsscan.amendments.diff import TextDiff, text_diff
from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.scans.scan import Scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """
    earlier     the scan of the amendment that is replaced
    difference  from its text to the new one
    files       the agencies that were asked then, each with what became of it
    untouched   those of them to whom nothing points that changed
    """

    earlier: Scan
    difference: TextDiff
    files: tuple[Assessment, ...]
    untouched: frozenset[AgencyCode]

    @property
    def asked(self) -> tuple[AgencyCode, ...]:
        return tuple(file.agency for file in self.files)


def succession(earlier: Scan, scan: Scan, files: Sequence[Assessment]) -> Succession:
    difference = text_difference(earlier, scan)
    return Succession(
        earlier=earlier,
        difference=difference,
        files=tuple(files),
        untouched=frozenset(f.agency for f in files if _untouched(f.agency, earlier, scan, difference)),
    )


def text_difference(earlier: Scan, scan: Scan) -> TextDiff:
    return text_diff(earlier.amendment.text, earlier.parsed, scan.amendment.text, scan.parsed)


def proposed(scan: Scan, before: Succession | None) -> tuple[AgencyCode, ...]:
    """Whom to ask: those to whom the text points, and those who were asked about the earlier version."""
    return tuple(dict.fromkeys((*scan.routing.asked, *(before.asked if before else ()))))


def _untouched(agency: AgencyCode, earlier: Scan, scan: Scan, difference: TextDiff) -> bool:
    """Every instruction that points to this agency, then and now, stayed as it was. Where none does, all must have."""
    if not difference.changed:
        return True
    then, now = _pointing(earlier, agency), _pointing(scan, agency)
    return bool(then or now) and then <= difference.unchanged_old and now <= difference.unchanged_new


def _pointing(scan: Scan, agency: AgencyCode) -> frozenset[int]:
    """The instructions, by place, whose words are a reason to ask this agency."""
    spans = [
        reason.span
        for proposal in scan.routing.proposals
        if proposal.agency == agency
        for reason in proposal.evidence
        if reason.source in (Source.INSTRUCTION, Source.BILL)
    ]
    return frozenset(
        index
        for index, instruction in enumerate(scan.parsed.instructions)
        for span in spans
        if instruction.span.begin <= span.begin < instruction.span.end
    )
