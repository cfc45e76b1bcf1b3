"""The scans, whole and as lines, each list one index away; and finding them by words."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, false, insert, or_, select, text, tuple_, update

from uitvoeringsscan.errors import Stale
from uitvoeringsscan.identifiers import AgencyCode, Principal, ScanId
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scans.search import asked, terms_of
from uitvoeringsscan.storage import rows, tables
from uitvoeringsscan.use_cases.ports import (
    Cursor,
    ScanFilter,
    ScanLine,
    Sight,
)


class StoredScans:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, scan: ScanId) -> Scan | None:
        return self._one(select(tables.scans).where(tables.scans.c.id == scan))

    def lock(self, scan: ScanId) -> Scan | None:
        # SQLite ignores FOR UPDATE: there the whole transaction holds the write lock already (BEGIN IMMEDIATE).
        return self._one(select(tables.scans).where(tables.scans.c.id == scan).with_for_update())

    def _one(self, query: Select[Any]) -> Scan | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return rows.scan_from_row(row) if row else None

    def exists(self, scan: ScanId) -> bool:
        return bool(self._connection.scalar(select(exists().where(tables.scans.c.id == scan))))

    def add(self, scan: Scan) -> None:
        self._connection.execute(insert(tables.scans).values(rows.scan_to_row(scan)))
        self._connection.execute(insert(tables.search).values(scan=scan.id, terms=terms_of(scan)))

    def save(self, scan: Scan) -> Scan:
        newer = dataclasses.replace(scan, version=scan.version + 1)
        table = tables.scans
        done = self._connection.execute(
            update(table).where(table.c.id == scan.id, table.c.version == scan.version).values(rows.scan_to_row(newer))
        )
        if done.rowcount != 1:
            raise Stale
        found = terms_of(newer)
        self._connection.execute(
            update(tables.search)
            .where(tables.search.c.scan == scan.id, tables.search.c.terms != found)
            .values(terms=found)
        )
        return newer

    def page(self, wanted: ScanFilter, sight: Sight, after: Cursor | None, limit: int) -> Sequence[ScanLine]:
        table, files = tables.scans, tables.assessments
        at, identifier = table.c.created_at, table.c.id
        query = _lines()
        # With one agency asked for, its own index leads: how many scans others have makes no difference then.
        agency = wanted.agency or (sight.agency if sight == Sight(agency=sight.agency) else None)
        if agency is not None:
            at, identifier = files.c.scan_created_at, files.c.scan
            query = query.join(files, files.c.scan == table.c.id).where(files.c.agency == agency)
        query = query.where(*_narrow(wanted), *_seen(sight))
        if wanted.search is not None:
            query = query.where(_found(wanted.search, self._connection.dialect.name))
        if after is not None:
            query = query.where(tuple_(at, identifier) < tuple_(after.at, after.id))
        return self._lines(query.order_by(at.desc(), identifier.desc()).limit(limit))

    def on_vote_day(self, start: datetime, end: datetime, sight: Sight) -> Sequence[ScanLine]:
        table = tables.scans
        query = _lines().where(table.c.vote >= start, table.c.vote < end, *_seen(sight))
        return self._lines(query.order_by(table.c.vote, table.c.id))

    def voted_from(self, moment: datetime, sight: Sight, limit: int) -> Sequence[ScanLine]:
        table = tables.scans
        over = [ScanState.WITHDRAWN.value, ScanState.REPLACED.value]
        query = _lines().where(table.c.vote >= moment, table.c.state.not_in(over), *_seen(sight))
        return self._lines(query.order_by(table.c.vote, table.c.id).limit(limit))

    def lines(self, scans: Sequence[ScanId]) -> Sequence[ScanLine]:
        return self._lines(_lines().where(tables.scans.c.id.in_(scans)))

    def waiting(self, dossier: str, suffix: str | None) -> Sequence[ScanLine]:
        table = tables.scans
        query = _lines().where(
            table.c.dossier_number == dossier,
            table.c.dossier_suffix == suffix if suffix else table.c.dossier_suffix.is_(None),
            table.c.state == ScanState.SUBMITTED.value,
        )
        return self._lines(query.order_by(table.c.id))

    def decided(self, after: Cursor | None, limit: int) -> Sequence[Scan]:
        table = tables.scans
        query = select(table).where(table.c.decision.is_not(None))
        if after is not None:
            query = query.where(tuple_(table.c.created_at, table.c.id) < tuple_(after.at, after.id))
        query = query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit)
        return [rows.scan_from_row(row) for row in self._connection.execute(query).mappings()]

    def of_owner(self, owner: Principal) -> Sequence[ScanId]:
        table = tables.scans
        query = select(table.c.id).where(table.c.owner == owner).order_by(table.c.created_at, table.c.id)
        return [ScanId(identifier) for identifier in self._connection.scalars(query)]

    def give(self, owner: Principal, to: Principal, *, owner_name: str) -> int:
        table = tables.scans
        change = update(table).where(table.c.owner == owner)
        return self._connection.execute(
            change.values(owner=to, owner_name=owner_name, version=table.c.version + 1)
        ).rowcount

    def of_paper(self, dossier: str, suffix: str | None, paper: str) -> Sequence[ScanLine]:
        table = tables.scans
        query = _lines().where(
            table.c.dossier_number == dossier,
            table.c.paper_number == paper,
            table.c.dossier_suffix == suffix if suffix else table.c.dossier_suffix.is_(None),
        )
        return self._lines(query.order_by(table.c.created_at.desc(), table.c.id.desc()))

    def _lines(self, query: Select[Any]) -> Sequence[ScanLine]:
        return [rows.line_from_row(row) for row in self._connection.execute(query).mappings()]


def _lines() -> Select[Any]:
    return select(*(tables.scans.c[name] for name in rows.LINE_COLUMNS))


def _asked(agency: AgencyCode) -> Any:
    files = tables.assessments
    asked = exists().where(files.c.scan == tables.scans.c.id, files.c.agency == agency)
    return asked.correlate(tables.scans)  # also where the query around it joins the files itself


def _narrow(wanted: ScanFilter) -> list[Any]:
    table = tables.scans
    parts: list[Any] = []
    if wanted.dossier is not None:
        parts.append(table.c.dossier_number == wanted.dossier)
    if wanted.suffix is not None:
        parts.append(table.c.dossier_suffix == wanted.suffix)
    if wanted.paper is not None:
        parts.append(table.c.paper_number == wanted.paper)
    if wanted.states:
        parts.append(table.c.state.in_([state.value for state in wanted.states]))
    if wanted.vote_from is not None:
        parts.append(table.c.vote >= wanted.vote_from)
    if wanted.vote_until is not None:
        parts.append(table.c.vote < wanted.vote_until)
    if wanted.published:
        parts.append(table.c.publications > 0)
    return parts


def _found(question: str, dialect: str) -> Any:
    """Scans that have every word of the question. The terms are letters and digits, so none can be read as an operator."""
    words = asked(question)
    if not words:
        return false()
    if dialect == "sqlite":
        match = " AND ".join(f"({' OR '.join(_fts5_term(one) for one in beginnings)})" for beginnings in words)
        index = text("SELECT rowid FROM search_index WHERE search_index MATCH :match").bindparams(match=match)
        hit: Any = tables.search.c.number.in_(index)
    else:
        match = " & ".join(f"({' | '.join(_tsquery_term(one) for one in beginnings)})" for beginnings in words)
        hit = text("search.vector @@ CAST(:match AS tsquery)").bindparams(match=match)
    return tables.scans.c.id.in_(select(tables.search.c.scan).where(hit))


def _fts5_term(beginning: str) -> str:
    return f'"{beginning[:-1]}"' if beginning.endswith(".") else f'"{beginning}"*'


def _tsquery_term(beginning: str) -> str:
    return f"'{beginning[:-1]}'" if beginning.endswith(".") else f"'{beginning}':*"


def _seen(sight: Sight) -> list[Any]:
    table = tables.scans
    ways: list[Any] = []
    if sight.everything:
        ways.append(table.c.state != ScanState.DRAFT.value)
    if sight.open_scans:
        ways.append(and_(table.c.confidential.is_(False), table.c.state != ScanState.DRAFT.value))
    if sight.owner is not None:
        ways.append(table.c.owner == sight.owner)
    if sight.agency is not None:
        ways.append(_asked(sight.agency))
    return [or_(*ways)] if ways else [table.c.id.is_(None)]
