"""What goes out to machines: the public events, who receives them, and what became of each delivery."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, or_, select, update

from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.notices.cloud_events import TYPES, PublicEvent
from uitvoeringsscan.notices.receivers import Delivery, DeliveryState, PausedBecause, Receiver, ReceiverState
from uitvoeringsscan.storage import tables
from uitvoeringsscan.storage.once import insert_once
from uitvoeringsscan.storage.rows import Row
from uitvoeringsscan.use_cases.ports import JournalLine

_SUBMITTED = "ScanSubmitted"
_OPENED = (_SUBMITTED, "ScanDisclosed")
"""From the later of these lines on a scan that is not confidential is public."""


def note_public(connection: Connection, lines: Sequence[JournalLine]) -> None:
    """Number those of these lines that are public, behind the last one. The caller holds the end of the journal, and has
    written the lines: so numbers are given in the order in which transactions commit, and nobody sees a later one first.
    """
    candidates = [line for line in lines if line.event in TYPES and line.scan is not None]
    if not candidates:
        return
    scans, journal = tables.scans, tables.journal
    named = {line.scan for line in candidates}
    open_ones = select(scans.c.id).where(scans.c.id.in_(named), scans.c.confidential.is_(False))
    left_the_desk = select(journal.c.scan).where(journal.c.scan.in_(named), journal.c.event == _SUBMITTED)
    public = set(connection.execute(open_ones.where(scans.c.id.in_(left_the_desk))).scalars())
    _number(connection, [line.sequence for line in candidates if line.scan in public])


def note_missed(connection: Connection, limit: int) -> tuple[Sequence[int], bool]:
    """Number the public lines among the next `limit` that were not looked at yet, where their writer, an older process, gave
    them none; which these are, and whether there may be more. The caller holds the end of the journal.

    Public by what the journal says: a scan leaves its submitter's desk and is disclosed at most once, and never closed again.
    """
    scans, journal, table = tables.scans, tables.journal, tables.public_events
    looked = connection.execute(select(tables.looked_through.c.journal)).scalar_one()
    until = connection.execute(select(func.max(journal.c.sequence))).scalar() or 0
    until = min(until, looked + limit)
    if until == looked:
        return (), False

    query = (
        select(journal.c.sequence, journal.c.scan)
        .join(scans, scans.c.id == journal.c.scan)
        .outerjoin(table, table.c.journal == journal.c.sequence)
        .where(
            journal.c.sequence > looked,
            journal.c.sequence <= until,
            journal.c.event.in_(sorted(TYPES)),
            table.c.number.is_(None),
            scans.c.confidential.is_(False),
        )
        .order_by(journal.c.sequence)
    )
    unnumbered = connection.execute(query).all()
    submitted, disclosed = (_lines_of(connection, event, {one.scan for one in unnumbered}) for event in _OPENED)
    found = [
        one.sequence
        for one in unnumbered
        if one.scan in submitted and max(submitted[one.scan], disclosed.get(one.scan, 0)) <= one.sequence
    ]
    _number(connection, found)
    connection.execute(update(tables.looked_through).values(journal=until))
    return found, until == looked + limit


def _lines_of(connection: Connection, event: str, scans: Collection[str]) -> Mapping[str, int]:
    """Scan -> its line of this event, where it has one."""
    table = tables.journal
    query = select(table.c.scan, func.max(table.c.sequence)).where(table.c.scan.in_(scans), table.c.event == event)
    found = connection.execute(query.group_by(table.c.scan)).all() if scans else []
    return {row[0]: row[1] for row in found}


def _number(connection: Connection, lines: Sequence[int]) -> None:
    """Give these lines the next numbers."""
    table = tables.public_events
    last = connection.execute(select(func.max(table.c.number))).scalar() or 0
    if lines:
        rows = [{"number": last + place, "journal": sequence} for place, sequence in enumerate(lines, start=1)]
        connection.execute(insert(table), rows)


def receiver_to_row(receiver: Receiver) -> dict[str, Any]:
    return {
        **dataclasses.asdict(receiver),
        "types": " ".join(receiver.types),
        "state": receiver.state.value,
        "paused_because": receiver.paused_because.value if receiver.paused_because else None,
    }


def receiver_from_row(row: Row) -> Receiver:
    because = row["paused_because"]
    return Receiver(
        **{
            **row,
            "types": tuple(row["types"].split()),
            "state": ReceiverState(row["state"]),
            "paused_because": PausedBecause(because) if because else None,
        }
    )


def delivery_to_row(delivery: Delivery) -> dict[str, Any]:
    return {**dataclasses.asdict(delivery), "state": delivery.state.value}


def delivery_from_row(row: Row) -> Delivery:
    return Delivery(**{**row, "state": DeliveryState(row["state"])})


class StoredReceivers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def every(self) -> Sequence[Receiver]:
        table = tables.receivers
        query = select(table).where(table.c.state != ReceiverState.REMOVED.value).order_by(table.c.name, table.c.id)
        return [receiver_from_row(row) for row in self._connection.execute(query).mappings()]

    def get(self, receiver: str) -> Receiver | None:
        return self._one(select(tables.receivers).where(tables.receivers.c.id == receiver))

    def lock(self, receiver: str) -> Receiver | None:
        return self._one(select(tables.receivers).where(tables.receivers.c.id == receiver).with_for_update())

    def _one(self, query: Select[Any]) -> Receiver | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return receiver_from_row(row) if row else None

    def add(self, receiver: Receiver) -> None:
        self._connection.execute(insert(tables.receivers).values(receiver_to_row(receiver)))

    def save(self, receiver: Receiver) -> None:
        table = tables.receivers
        self._connection.execute(update(table).where(table.c.id == receiver.id).values(receiver_to_row(receiver)))


class StoredDeliveries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, delivery: str) -> Delivery | None:
        query = select(tables.deliveries).where(tables.deliveries.c.id == delivery)
        row = self._connection.execute(query).mappings().one_or_none()
        return delivery_from_row(row) if row else None

    def add(self, delivery: Delivery) -> bool:
        statement = insert_once(self._connection, tables.deliveries).values(delivery_to_row(delivery))
        done = self._connection.execute(statement, execution_options={"preserve_rowcount": True})
        return done.rowcount == 1

    def save(self, delivery: Delivery) -> None:
        table = tables.deliveries
        self._connection.execute(update(table).where(table.c.id == delivery.id).values(delivery_to_row(delivery)))

    def due(self, receiver: str, now: datetime, limit: int) -> Sequence[Delivery]:
        table = tables.deliveries
        query = select(table).where(
            table.c.receiver == receiver,
            table.c.state == DeliveryState.WAITING.value,
            table.c.due_at <= now,
            table.c.number.is_not(None),
        )
        return self._many(query.order_by(table.c.number, table.c.id).limit(limit))

    def page(self, receiver: str, before: tuple[datetime, str] | None, limit: int) -> Sequence[Delivery]:
        table = tables.deliveries
        query = select(table).where(table.c.receiver == receiver)
        if before is not None:
            at, name = before
            earlier = table.c.created_at < at
            query = query.where(or_(earlier, (table.c.created_at == at) & (table.c.id < name)))
        return self._many(query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit))

    def unfinished(self, receiver: str) -> Sequence[Delivery]:
        table = tables.deliveries
        states = [DeliveryState.WAITING.value, DeliveryState.FAILED.value]
        query = select(table).where(
            table.c.receiver == receiver, table.c.state.in_(states), table.c.number.is_not(None)
        )
        return self._many(query.order_by(table.c.number))

    def hurry(self, receiver: str, now: datetime) -> None:
        table = tables.deliveries
        waits = (table.c.receiver == receiver) & (table.c.state == DeliveryState.WAITING.value) & (table.c.due_at > now)
        self._connection.execute(update(table).where(waits).values(due_at=now))

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        table = tables.deliveries
        query = select(table.c.receiver, table.c.state, func.count().label("many")).group_by(
            table.c.receiver, table.c.state
        )
        found: dict[str, dict[str, int]] = {}
        for row in self._connection.execute(query).mappings():
            found.setdefault(row["receiver"], {})[row["state"]] = row["many"]
        return found

    def _many(self, query: Select[Any]) -> Sequence[Delivery]:
        return [delivery_from_row(row) for row in self._connection.execute(query).mappings()]


class StoredPublicEvents:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_line(self, sequence: int) -> PublicEvent | None:
        return self._first(_EVENTS.where(tables.public_events.c.journal == sequence))

    def get(self, number: int) -> PublicEvent | None:
        return self._first(_EVENTS.where(tables.public_events.c.number == number))

    def after(self, number: int, limit: int) -> Sequence[PublicEvent]:
        table = tables.public_events
        return self._many(_EVENTS.where(table.c.number > number).order_by(table.c.number).limit(limit))

    def since(self, moment: datetime, limit: int) -> Sequence[PublicEvent]:
        table = tables.public_events
        return self._many(_EVENTS.where(tables.journal.c.at >= moment).order_by(table.c.number).limit(limit))

    def _first(self, query: Select[Any]) -> PublicEvent | None:
        return next(iter(self._many(query)), None)

    def _many(self, query: Select[Any]) -> Sequence[PublicEvent]:
        return [_event_from_row(row) for row in self._connection.execute(query).mappings()]


_EVENTS = select(
    tables.public_events.c.number,
    tables.journal.c.event,
    tables.journal.c.at,
    tables.journal.c.scan,
    tables.journal.c.details,
).join_from(tables.public_events, tables.journal, tables.public_events.c.journal == tables.journal.c.sequence)


def _event_from_row(row: Row) -> PublicEvent:
    return PublicEvent(
        number=row["number"],
        event=row["event"],
        at=row["at"],
        scan=ScanId(row["scan"]),
        details=json.loads(row["details"]),
    )
