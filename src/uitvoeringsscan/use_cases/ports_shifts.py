"""What is kept for coordinators themselves: where they looked, how they like to see the board, and shifts handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from uitvoeringsscan.identifiers import Principal, ScanId


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A note from one coordinator to the next. `taken_name` and `taken_at` are None until somebody took it."""

    id: str
    principal: Principal
    name: str
    at: datetime
    note: str
    taken_name: str | None = None
    taken_at: datetime | None = None


class Shifts(Protocol):
    def looks(self, principal: Principal, scans: Sequence[ScanId]) -> Mapping[ScanId, datetime]:
        """When they last opened each of these scans; those they never opened are left out."""

    def look(self, principal: Principal, scan: ScanId, at: datetime) -> None: ...
    def filters(self, principal: Principal) -> Mapping[str, str]:
        """Name -> the query of the board's address, by name."""

    def keep_filter(self, principal: Principal, name: str, query: str) -> None:
        """In the place of what had this name."""

    def drop_filter(self, principal: Principal, name: str) -> None: ...
    def hand_over(self, handover: Handover) -> None: ...
    def newest(self) -> Handover | None: ...
    def get(self, handover: str) -> Handover | None: ...
    def take(self, handover: str, by: Principal, name: str, at: datetime) -> bool:
        """Whether it was still waiting."""

    def forget(self, principal: Principal, name: str) -> None:
        """Throw away what is theirs; where their name stands in a note, the given one takes its place."""
