"""Earlier amendments on the same law, and what agencies said of them: from what was published, so for anybody's eyes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.scans.corrections import laws_of
from uitvoeringsscan.use_cases.ports import Desk, ScanFilter, ScanLine
from uitvoeringsscan.use_cases.reading import PUBLIC

LOOKED_AT = 40
"""Scans per law that are looked through, the newest first."""
SHOWN = 5
LAWS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """`laws` are those that both are about; `same_bill`: it is an amendment to the same bill too."""

    line: ScanLine
    publication: Publication
    laws: tuple[str, ...]
    same_bill: bool


def on_the_same_law(
    desk: Desk, laws: Collection[str], dossier: str | None, *, but: ScanId | None = None, limit: int = SHOWN
) -> Sequence[Earlier]:
    """Those on the same bill first, then the newest. Only by law: two amendments to one bill can be about different things."""
    about = list(dict.fromkeys(laws))[:LAWS]
    found: dict[ScanId, Earlier] = {}
    with desk.reading() as work:
        for law in about:
            lines = work.scans.page(ScanFilter(search=law, published=True), PUBLIC, None, LOOKED_AT)
            for line in lines:
                scan = work.scans.get(line.id) if line.id != but and line.id not in found else None
                shared = tuple(one for one in laws_of(scan) if one in about) if scan is not None else ()
                if shared and (newest := work.publications.newest_of([line.id])):
                    same = dossier is not None and line.dossier_number == dossier
                    found[line.id] = Earlier(line=line, publication=newest[0], laws=shared, same_bill=same)
    ordered = sorted(found.values(), key=lambda one: (one.same_bill, one.line.created_at), reverse=True)
    return ordered[:limit]
