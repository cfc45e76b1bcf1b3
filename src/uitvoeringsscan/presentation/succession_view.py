"""What the coordinator sees of the version that an amendment replaces: what changed, and why each agency is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.difference_view import TextView, text_view
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scans.succession import Succession, proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionView:
    """
    notes     code of an agency -> why it stands here: asked before, or new with this text
    again     (code, name) of agencies asked before to whom the text itself does not point
    proposed  whose boxes are ticked
    """

    scan: str
    paper: str
    text: TextView
    notes: Mapping[str, str]
    again: tuple[tuple[str, str], ...]
    proposed: tuple[str, ...]


def succession_view(before: Succession, scan: Scan, register: Register) -> SuccessionView:
    paper = f"nr. {before.earlier.amendment.paper_number}"
    shown = {proposal.agency for proposal in scan.routing.proposals}
    notes: dict[str, str] = dict.fromkeys(scan.routing.asked, f"Nieuw: bij {paper} niet gevraagd.")
    for file in before.files:
        status = labels.ASSESSMENT_STATUSES[file.status].short
        change = "Ongewijzigd" if file.agency in before.untouched else "De tekst over deze organisatie is gewijzigd"
        notes[file.agency] = f"Gevraagd bij {paper} ({status}). {change}."
    return SuccessionView(
        scan=before.earlier.id,
        paper=paper,
        text=text_view(before.difference),
        notes=notes,
        again=tuple((code, _name(register, code)) for code in before.asked if code not in shown),
        proposed=proposed(scan, before),
    )


def _name(register: Register, code: AgencyCode) -> str:
    agency = register.agency(code)
    return agency.name if agency else code
