"""What only grows: publications with their keys, the questionnaires that were sent, the bills' texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, select
from sqlalchemy import delete as sql_delete

from uitvoeringsscan.amendments.bill import Bill
from uitvoeringsscan.identifiers import PublicationNumber, ScanId
from uitvoeringsscan.publication.keys import SigningKey
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.storage import rows, tables
from uitvoeringsscan.storage.once import insert_once

_CHAIN_LOCK = 7_304_002  # PostgreSQL: one publisher at a time
_BILL_LOCK = 7_304_003  # PostgreSQL: with the dossier's own number, one writer to a bill at a time


_LISTED = [column for column in tables.publications.c if column.name != "pdf"]
"""Nobody who reads several publications reads their PDFs, which weigh ten times as much as all the rest."""


class StoredPublications:
    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection = connection
        self._writes = writes

    def head(self) -> Publication | None:
        if self._writes and self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_CHAIN_LOCK)))
        table = tables.publications
        return self._first(select(table).order_by(table.c.sequence.desc()).limit(1))

    def get(self, number: PublicationNumber) -> Publication | None:
        return self._first(select(tables.publications).where(tables.publications.c.number == number))

    def _first(self, query: Select[Any]) -> Publication | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return rows.publication_from_row(row) if row else None

    def of_scan(self, scan: ScanId) -> Sequence[Publication]:
        table = tables.publications
        return self._many(select(*_LISTED).where(table.c.scan == scan).order_by(table.c.version))

    def page(self, before: int | None, limit: int) -> Sequence[Publication]:
        table = tables.publications
        query = select(*_LISTED).order_by(table.c.sequence.desc()).limit(limit)
        return self._many(query if before is None else query.where(table.c.sequence < before))

    def newest_of(self, scans: Sequence[ScanId]) -> Sequence[Publication]:
        table = tables.publications
        newest = select(table.c.scan, func.max(table.c.version).label("version")).where(table.c.scan.in_(scans))
        found = newest.group_by(table.c.scan).subquery()
        return self._many(
            select(*_LISTED).join(found, and_(table.c.scan == found.c.scan, table.c.version == found.c.version))
        )

    def every(self) -> Sequence[Publication]:
        return self._many(select(tables.publications).order_by(tables.publications.c.sequence))

    def documents(self, before: int | None, limit: int) -> Sequence[tuple[int, bytes]]:
        table = tables.publications
        query = select(table.c.sequence, table.c.document).order_by(table.c.sequence.desc()).limit(limit)
        if before is not None:
            query = query.where(table.c.sequence < before)
        return [(sequence, document) for sequence, document in self._connection.execute(query)]

    def listed(self, limit: int) -> Sequence[tuple[PublicationNumber, datetime]]:
        table = tables.publications
        query = select(table.c.number, table.c.published_at).order_by(table.c.sequence.desc()).limit(limit)
        return [(PublicationNumber(number), at) for number, at in self._connection.execute(query)]

    def _many(self, query: Select[Any]) -> Sequence[Publication]:
        return [rows.publication_from_row(row) for row in self._connection.execute(query).mappings()]

    def add(self, publication: Publication) -> None:
        self._connection.execute(insert(tables.publications).values(rows.publication_to_row(publication)))


class StoredKeys:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def every(self) -> Sequence[SigningKey]:
        return [SigningKey(**row) for row in self._connection.execute(_keys().order_by("sequence")).mappings()]

    def newest(self) -> SigningKey | None:
        query = _keys().order_by(tables.signing_keys.c.sequence.desc()).limit(1)
        row = self._connection.execute(query).mappings().one_or_none()
        return SigningKey(**row) if row else None

    def add(self, key: SigningKey) -> None:
        run = self._connection.execute
        run(insert(tables.signing_keys).values(kid=key.kid, made_at=key.made_at, public=key.public))
        run(sql_delete(tables.signing_secrets))
        run(insert(tables.signing_secrets).values(kid=key.kid, sealed=key.sealed))


def _keys() -> Select[Any]:
    keys, secrets = tables.signing_keys, tables.signing_secrets
    return select(keys.c.kid, keys.c.made_at, keys.c.public, secrets.c.sealed).join_from(
        keys, secrets, keys.c.kid == secrets.c.kid, isouter=True
    )


class StoredTexts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, sha256: str, body: bytes, at: datetime) -> None:
        self._connection.execute(
            insert_once(self._connection, tables.texts).values(sha256=sha256, kept_at=at, body=body)
        )

    def get(self, sha256: str) -> bytes | None:
        body = self._connection.scalar(select(tables.texts.c.body).where(tables.texts.c.sha256 == sha256))
        return None if body is None else bytes(body)


class StoredBills:
    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection = connection
        self._locks = writes and connection.dialect.name == "postgresql"  # on SQLite there is one lock, taken first

    def lock(self, dossier: str) -> None:
        if self._locks:
            self._connection.execute(select(func.pg_advisory_xact_lock(_BILL_LOCK, func.hashtext(dossier))))

    def newest(self, dossier: str) -> Bill | None:
        if self._locks:
            self._connection.execute(select(func.pg_advisory_xact_lock_shared(_BILL_LOCK, func.hashtext(dossier))))
        found = self._many(self._of(dossier).limit(1))
        return found[0] if found else None

    def every(self, dossier: str) -> Sequence[Bill]:
        return self._many(self._of(dossier))

    def _of(self, dossier: str) -> Select[Any]:
        table = tables.bills
        return select(table).where(table.c.dossier == dossier).order_by(table.c.sequence.desc())

    def _many(self, query: Select[Any]) -> Sequence[Bill]:
        return [rows.bill_from_row(row) for row in self._connection.execute(query).mappings()]

    def add(self, bill: Bill) -> None:
        self._connection.execute(insert(tables.bills).values(rows.bill_to_row(bill)))
