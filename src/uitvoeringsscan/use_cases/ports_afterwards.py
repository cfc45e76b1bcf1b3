"""The ports of what comes after a publication: addenda beside it, and agencies that look back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from uitvoeringsscan.assessments.look_back import LookBack
from uitvoeringsscan.identifiers import AgencyCode, PublicationNumber, ScanId
from uitvoeringsscan.publication.addendum import Addendum


class Addenda(Protocol):
    """In the order of their chain."""

    def head(self) -> Addendum | None:
        """The last link, locked against a second writer when writing."""

    def get(self, sequence: int) -> Addendum | None: ...
    def of_publications(self, numbers: Sequence[PublicationNumber]) -> Sequence[Addendum]: ...
    def of_agency(self, agency: AgencyCode) -> Sequence[Addendum]: ...
    def every(self) -> Sequence[Addendum]: ...
    def add(self, addendum: Addendum) -> None: ...


class LookBacks(Protocol):
    def get(self, scan: ScanId, agency: AgencyCode) -> LookBack | None: ...
    def of_agency(self, agency: AgencyCode) -> Sequence[LookBack]:
        """The last asked first."""

    def due(self, decided_until: datetime) -> Sequence[tuple[ScanId, AgencyCode]]:
        """Public, published scans that the House accepted by then, with each agency that answered and was not yet asked."""

    def add(self, one: LookBack) -> None: ...
    def save(self, one: LookBack) -> LookBack:
        """Write over the version that was read; Stale when somebody was first. Returns it with its new version."""
