"""What public amendments ask together, for one voting day or one bill; a reader chooses which of them pass."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from uitvoeringsscan.publication.stacking import Stack, stack
from uitvoeringsscan.publication.summary import read_sealed
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.outcome import DROPPED
from uitvoeringsscan.use_cases import reading
from uitvoeringsscan.use_cases.ports import Desk, ScanLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacking:
    """
    lines    the amendments in `stack`, as they stand now
    waiting  amendments that are alive, but about which nothing was published yet: not in any sum
    ignored  how many were asked for that take no part (any more): withdrawn, replaced, unpublished or unknown
    """

    stack: Stack
    lines: Sequence[ScanLine]
    waiting: Sequence[ScanLine]
    ignored: int


def of_vote_day(desk: Desk, day: date, chosen: Collection[str] | None = None) -> Stacking:
    return _stacked(desk, reading.vote_day(desk, day), chosen)


def of_dossier(desk: Desk, number: str, chosen: Collection[str] | None = None) -> Stacking:
    """Raises NotFound where no public amendment on this bill is known."""
    return _stacked(desk, reading.dossier(desk, number), chosen)


def _stacked(desk: Desk, lines: Sequence[ScanLine], chosen: Collection[str] | None) -> Stacking:
    over = (ScanState.WITHDRAWN, ScanState.REPLACED)
    alive = [line for line in lines if line.state not in over]
    newest = reading.newest_publications(desk, [line.id for line in alive])
    dropped = {line.id for line in alive if line.outcome is not None and line.outcome.kind in DROPPED}
    # What the House rejected takes no part unless a reader ticks it.
    picked = set(newest) - dropped if chosen is None and dropped else chosen
    found = stack([read_sealed(publication.document) for publication in newest.values()], picked)
    return Stacking(
        stack=found,
        lines=[line for line in alive if line.id in newest],
        waiting=[line for line in alive if line.id not in newest],
        ignored=len(set(chosen or ()) - set(newest)),
    )
