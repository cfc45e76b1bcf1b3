"""Finding what has been kept long enough. One line per table of which whole rows go: what names a row, and what is old."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, or_, select, tuple_, update

from uitvoeringsscan.identifiers import PersonId, ScanId
from uitvoeringsscan.notices.letter import MailState
from uitvoeringsscan.notices.receivers import DeliveryState
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.storage import tables
from uitvoeringsscan.storage.some import count_of
from uitvoeringsscan.use_cases.accounts import ABSOLUTE, IDLE
from uitvoeringsscan.use_cases.ports_retention import FORGOTTEN, Plain

_OVER = (ScanState.PUBLISHED.value, ScanState.WITHDRAWN.value, ScanState.REPLACED.value)


def _of_old_scan(table: Table) -> Callable[[datetime], ColumnElement[bool]]:
    """Of a scan that was begun before, and ended."""
    scans = tables.scans
    return lambda before: table.c.scan.in_(
        select(scans.c.id).where(scans.c.created_at < before, scans.c.state.in_(_OVER))
    )


def _sessions(before: datetime) -> ColumnElement[bool]:
    table = tables.sessions
    return or_(table.c.seen_at < before - IDLE, table.c.created_at < before - ABSOLUTE)


_RULES: dict[Plain, tuple[Table, Callable[[datetime], ColumnElement[bool]]]] = {
    "sessions": (tables.sessions, _sessions),
    "access_tokens": (tables.access_tokens, lambda before: tables.access_tokens.c.expires_at < before),
    "replies": (tables.replies, lambda before: tables.replies.c.at < before),
    "comments": (tables.comments, _of_old_scan(tables.comments)),
    "tasks": (tables.tasks, _of_old_scan(tables.tasks)),
    "scan_looks": (tables.scan_looks, lambda before: tables.scan_looks.c.at < before),
    "handovers": (tables.handovers, lambda before: tables.handovers.c.at < before),
    "notices": (
        tables.notices,
        lambda before: and_(tables.notices.c.created_at < before, tables.notices.c.mail.is_not(None)),
    ),
    "mails": (
        tables.mails,
        lambda before: and_(tables.mails.c.created_at < before, tables.mails.c.state != MailState.WAITING.value),
    ),
    "deliveries": (
        tables.deliveries,
        lambda before: and_(
            tables.deliveries.c.created_at < before, tables.deliveries.c.state != DeliveryState.WAITING.value
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class StoredOld:
    _connection: Connection

    def count(self, table: Plain, before: datetime) -> int:
        where, old = _RULES[table]
        return count_of(self._connection, where, old(before))

    def forget(self, table: Plain, before: datetime, limit: int) -> int:
        where, old = _RULES[table]
        key: Any = tuple_(*where.primary_key.columns)
        some = select(*where.primary_key.columns).where(old(before)).limit(limit)
        return self._connection.execute(delete(where).where(key.in_(some))).rowcount

    def forget_around(self, scan: ScanId) -> None:
        for table in (tables.comments, tables.tasks):
            self._connection.execute(delete(table).where(table.c.scan == scan))

    def drafts(self, before: datetime, limit: int) -> Sequence[ScanId]:
        return self._scans(tables.scans.c.state == ScanState.DRAFT.value, before, limit)

    def concepts(self, before: datetime, limit: int) -> Sequence[ScanId]:
        table = tables.scans
        withdrawn = and_(table.c.state == ScanState.WITHDRAWN.value, table.c.confidential, table.c.publications == 0)
        return self._scans(withdrawn, before, limit)

    def _scans(self, wanted: ColumnElement[bool], before: datetime, limit: int) -> Sequence[ScanId]:
        table = tables.scans
        query = select(table.c.id).where(wanted, table.c.created_at < before, table.c.owner != FORGOTTEN)
        return [ScanId(one) for one in self._connection.execute(query.order_by(table.c.id).limit(limit)).scalars()]

    def closed(self, before: datetime, limit: int) -> Sequence[PersonId]:
        table = tables.people
        query = select(table.c.id).where(~table.c.active, table.c.closed_at < before, table.c.roles != "")
        return [PersonId(one) for one in self._connection.execute(query.order_by(table.c.id).limit(limit)).scalars()]

    def date_closed(self, at: datetime) -> int:
        table = tables.people
        done = update(table).where(~table.c.active, table.c.closed_at.is_(None)).values(closed_at=at)
        return self._connection.execute(done).rowcount
