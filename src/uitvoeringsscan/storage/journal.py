"""The journal: lines wait until the transaction ends, and are chained there under one lock."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from uitvoeringsscan.events import Event
from uitvoeringsscan.identifiers import Principal, ScanId
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.storage import rows, tables
from uitvoeringsscan.storage.outbox import StoredOutbox
from uitvoeringsscan.storage.webhooks import note_missed, note_public
from uitvoeringsscan.use_cases import journal_chain
from uitvoeringsscan.use_cases.ports import (
    JournalFilter,
    JournalLine,
)

_JOURNAL_LOCK = 7_304_004  # PostgreSQL: one writer at the end of the journal, always the last lock that is taken


class StoredJournal:
    """Lines wait until the transaction ends, and are chained then: so one writer holds the end of the chain for a moment
    only, and never while it waits for anything else."""

    def __init__(self, connection: Connection, outbox: StoredOutbox, told: Collection[str] = ()) -> None:
        self._connection = connection
        self._outbox = outbox
        self._told = told
        self._waiting: list[tuple[Actor, Event, datetime]] = []

    def add(self, actor: Actor, event: Event, at: datetime) -> None:
        self._waiting.append((actor, event, at))

    def flush(self) -> None:
        """Write what waits, behind the last line. From here on until the commit nobody else writes to the journal."""
        if not self._waiting:
            return
        self._hold_the_end()
        table = tables.journal
        query = select(table.c.sequence, table.c.sha256).order_by(table.c.sequence.desc()).limit(1)
        last = self._connection.execute(query).one_or_none()
        sequence, previous = (last.sequence, last.sha256) if last else (0, None)
        lines = []
        for actor, event, at in self._waiting:
            sequence += 1
            line = rows.line_of_event(sequence, actor, event, at, previous)
            line = dataclasses.replace(line, sha256=journal_chain.digest(line))
            previous = line.sha256
            lines.append(line)
        self._waiting.clear()
        self._connection.execute(insert(table), [rows.journal_to_row(line) for line in lines])
        note_public(self._connection, lines)
        for line in lines:
            if line.event in self._told:
                self._announce(line.sequence)

    def number_missed(self, limit: int) -> bool:
        self.flush()
        self._hold_the_end()
        found, more = note_missed(self._connection, limit)
        for sequence in found:
            self._announce(sequence)
        return more

    def _hold_the_end(self) -> None:
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_JOURNAL_LOCK)))

    def _announce(self, sequence: int) -> None:
        self._outbox.enqueue("announce", f"event-{sequence}", {"sequence": sequence})

    def of_scan(self, scan: ScanId) -> Sequence[JournalLine]:
        return self._many(select(tables.journal).where(tables.journal.c.scan == scan).order_by("sequence"))

    def line(self, sequence: int) -> JournalLine | None:
        found = self._many(select(tables.journal).where(tables.journal.c.sequence == sequence))
        return found[0] if found else None

    def newest(self, event: str) -> JournalLine | None:
        found = self.page(JournalFilter(event=event), None, 1)
        return found[0] if found else None

    def page(self, wanted: JournalFilter, before: int | None, limit: int) -> Sequence[JournalLine]:
        table = tables.journal
        query = select(table).order_by(table.c.sequence.desc()).limit(limit)
        for name in ("scan", "agency", "principal", "event"):
            if (value := getattr(wanted, name)) is not None:
                query = query.where(table.c[name] == value)
        if wanted.start is not None:
            query = query.where(table.c.at >= wanted.start)
        if wanted.end is not None:
            query = query.where(table.c.at < wanted.end)
        return self._many(query if before is None else query.where(table.c.sequence < before))

    def during(
        self, events: Sequence[str], start: datetime | None, end: datetime | None, limit: int
    ) -> Sequence[JournalLine]:
        table = tables.journal
        found: list[JournalLine] = []
        for event in events:  # one walk down the index each: neither database does that for several at once
            query = select(table).where(table.c.event == event)
            if start is not None:
                query = query.where(table.c.at >= start)
            if end is not None:
                query = query.where(table.c.at < end)
            found += self._many(query.order_by(table.c.at.desc()).limit(limit))
        return sorted(found, key=lambda line: (line.at, line.sequence), reverse=True)[:limit]

    def every(self) -> Iterator[JournalLine]:
        table, after = tables.journal, 0
        while found := self._many(select(table).where(table.c.sequence > after).order_by("sequence").limit(1000)):
            yield from found
            after = found[-1].sequence

    def last_seen(self, principal: Principal, scan: ScanId, event: str) -> datetime | None:
        found = self.page(JournalFilter(principal=principal, scan=scan, event=event), None, 1)
        return found[0].at if found else None

    def since(self, scans: Sequence[ScanId], moment: datetime, limit: int) -> Sequence[JournalLine]:
        table = tables.journal
        query = select(table).where(table.c.scan.in_(scans), table.c.at > moment)
        return self._many(query.order_by(table.c.sequence.desc()).limit(limit))[::-1]

    def _many(self, query: Select[Any]) -> Sequence[JournalLine]:
        self.flush()  # a transaction sees what it wrote itself
        return [rows.journal_from_row(row) for row in self._connection.execute(query).mappings()]
