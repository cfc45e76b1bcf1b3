"""What has been kept long enough, found by its age. Part of `ports`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from uitvoeringsscan.identifiers import PersonId, Principal, ScanId

Plain = Literal[
    "sessions",
    "access_tokens",
    "replies",
    "comments",
    "tasks",
    "notices",
    "mails",
    "deliveries",
    "scan_looks",
    "handovers",
]
"""Tables of which whole rows go."""

FORGOTTEN = Principal("gewist@gewist.invalid")
"""Whose a scan is of which the contents were thrown away."""


class Old(Protocol):
    """`before` is a moment; what counts for it (a last use, the making of a scan that ended) stands with each table."""

    def count(self, table: Plain, before: datetime) -> int: ...
    def forget(self, table: Plain, before: datetime, limit: int) -> int:
        """Throw away at most this many; how many there were."""

    def forget_around(self, scan: ScanId) -> None:
        """What colleagues put around its files: comments and tasks."""

    def drafts(self, before: datetime, limit: int) -> Sequence[ScanId]:
        """Never submitted, begun before, and not emptied yet."""

    def concepts(self, before: datetime, limit: int) -> Sequence[ScanId]:
        """Confidential, withdrawn and never published, begun before, and not emptied yet."""

    def closed(self, before: datetime, limit: int) -> Sequence[PersonId]:
        """Who was closed off before and still has a name here."""

    def date_closed(self, at: datetime) -> int:
        """Who was closed off before that was noted counts from `at`; how many there were."""
