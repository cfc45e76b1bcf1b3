"""Rows of the coordinators' desk. Fits `use_cases.ports_shifts.Shifts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from uitvoeringsscan.identifiers import Principal, ScanId
from uitvoeringsscan.storage import tables
from uitvoeringsscan.storage.once import insert_once
from uitvoeringsscan.use_cases.ports_shifts import Handover


class StoredShifts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def looks(self, principal: Principal, scans: Sequence[ScanId]) -> Mapping[ScanId, datetime]:
        table = tables.scan_looks
        query = select(table.c.scan, table.c.at).where(table.c.principal == principal, table.c.scan.in_(scans))
        return {ScanId(scan): at for scan, at in self._connection.execute(query)}

    def look(self, principal: Principal, scan: ScanId, at: datetime) -> None:
        table = tables.scan_looks
        # Two windows of one person may open the same scan at once: whoever is second finds the row.
        self._connection.execute(insert_once(self._connection, table).values(principal=principal, scan=scan, at=at))
        self._connection.execute(
            update(table).where(table.c.principal == principal, table.c.scan == scan).values(at=at)
        )

    def filters(self, principal: Principal) -> Mapping[str, str]:
        table = tables.board_filters
        query = select(table.c.name, table.c.query).where(table.c.principal == principal).order_by(table.c.name)
        return {str(name): str(kept) for name, kept in self._connection.execute(query)}

    def keep_filter(self, principal: Principal, name: str, query: str) -> None:
        self.drop_filter(principal, name)
        self._connection.execute(insert(tables.board_filters).values(principal=principal, name=name, query=query))

    def drop_filter(self, principal: Principal, name: str) -> None:
        table = tables.board_filters
        self._connection.execute(delete(table).where(table.c.principal == principal, table.c.name == name))

    def hand_over(self, handover: Handover) -> None:
        self._connection.execute(
            insert(tables.handovers).values(
                id=handover.id,
                principal=handover.principal,
                name=handover.name,
                at=handover.at,
                note=handover.note,
            )
        )

    def newest(self) -> Handover | None:
        table = tables.handovers
        found = self._connection.execute(select(table).order_by(table.c.at.desc(), table.c.id.desc()).limit(1))
        row = found.mappings().one_or_none()
        return _handover(row) if row else None

    def get(self, handover: str) -> Handover | None:
        table = tables.handovers
        row = self._connection.execute(select(table).where(table.c.id == handover)).mappings().one_or_none()
        return _handover(row) if row else None

    def take(self, handover: str, by: Principal, name: str, at: datetime) -> bool:
        table = tables.handovers
        waiting = update(table).where(table.c.id == handover, table.c.taken_at.is_(None))
        return self._connection.execute(waiting.values(taken_by=by, taken_name=name, taken_at=at)).rowcount == 1

    def forget(self, principal: Principal, name: str) -> None:
        for table in (tables.scan_looks, tables.board_filters):
            self._connection.execute(delete(table).where(table.c.principal == principal))
        given = tables.handovers
        self._connection.execute(update(given).where(given.c.principal == principal).values(principal="", name=name))
        self._connection.execute(
            update(given).where(given.c.taken_by == principal).values(taken_by="", taken_name=name)
        )


def _handover(row: RowMapping) -> Handover:
    return Handover(
        id=row["id"],
        principal=Principal(row["principal"]),
        name=row["name"],
        at=row["at"],
        note=row["note"],
        taken_name=row["taken_name"],
        taken_at=row["taken_at"],
    )
