"""What comes after a publication: addenda beside it, and agencies that look back. Part of `storage.work`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, exists, func, insert, select, update

from uitvoeringsscan.assessments.assessment import AssessmentState, Outcome
from uitvoeringsscan.assessments.look_back import LookBack, LookBackState
from uitvoeringsscan.errors import Stale
from uitvoeringsscan.identifiers import AgencyCode, PublicationNumber, ScanId
from uitvoeringsscan.publication.addendum import Addendum, AddendumKind
from uitvoeringsscan.scans.outcome import ACCEPTED
from uitvoeringsscan.storage import documents, tables

_CHAIN_LOCK = 7_304_013  # PostgreSQL: one addendum at a time


class StoredAddenda:
    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection = connection
        self._locks = writes and connection.dialect.name == "postgresql"  # on SQLite there is one lock, taken first

    def head(self) -> Addendum | None:
        if self._locks:
            self._connection.execute(select(func.pg_advisory_xact_lock(_CHAIN_LOCK)))
        found = self._many(select(tables.addenda).order_by(tables.addenda.c.sequence.desc()).limit(1))
        return found[0] if found else None

    def get(self, sequence: int) -> Addendum | None:
        found = self._many(select(tables.addenda).where(tables.addenda.c.sequence == sequence))
        return found[0] if found else None

    def of_publications(self, numbers: Sequence[PublicationNumber]) -> Sequence[Addendum]:
        table = tables.addenda
        return self._many(select(table).where(table.c.publication.in_(numbers)).order_by(table.c.sequence))

    def of_agency(self, agency: AgencyCode) -> Sequence[Addendum]:
        table = tables.addenda
        return self._many(select(table).where(table.c.agency == agency).order_by(table.c.sequence))

    def every(self) -> Sequence[Addendum]:
        return self._many(select(tables.addenda).order_by(tables.addenda.c.sequence))

    def add(self, addendum: Addendum) -> None:
        row = {
            "sequence": addendum.sequence,
            "kind": addendum.kind.value,
            "publication": addendum.publication,
            "agency": addendum.agency or "",
            "at": addendum.at,
            "document": addendum.document,
            "sha256": addendum.sha256,
            "previous_sha256": addendum.previous_sha256,
            "signature": addendum.signature,
        }
        self._connection.execute(insert(tables.addenda).values(row))

    def _many(self, query: Select[Any]) -> Sequence[Addendum]:
        return [_addendum(row) for row in self._connection.execute(query).mappings()]


def _addendum(row: RowMapping) -> Addendum:
    return Addendum(
        **{
            **row,
            "kind": AddendumKind(row["kind"]),
            "publication": PublicationNumber(row["publication"]),
            "agency": AgencyCode(row["agency"]) if row["agency"] else None,
        }
    )


class StoredLookBacks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, scan: ScanId, agency: AgencyCode) -> LookBack | None:
        table = tables.look_backs
        found = self._many(select(table).where(table.c.scan == scan, table.c.agency == agency))
        return found[0] if found else None

    def of_agency(self, agency: AgencyCode) -> Sequence[LookBack]:
        table = tables.look_backs
        query = select(table).where(table.c.agency == agency)
        return self._many(query.order_by(table.c.asked_at.desc(), table.c.scan.desc()))

    def due(self, decided_until: datetime) -> Sequence[tuple[ScanId, AgencyCode]]:
        scans, files, looks = tables.scans, tables.assessments, tables.look_backs
        query = (
            select(files.c.scan, files.c.agency)
            .join(scans, scans.c.id == files.c.scan)
            .where(
                scans.c.outcome.in_([kind.value for kind in ACCEPTED]),
                scans.c.outcome_at <= decided_until,
                scans.c.confidential.is_(False),
                scans.c.publications > 0,
                files.c.state == AssessmentState.APPROVED.value,
                files.c.outcome != Outcome.NOT_OURS.value,
                ~exists().where(looks.c.scan == files.c.scan, looks.c.agency == files.c.agency),
            )
            .order_by(scans.c.outcome_at, files.c.scan, files.c.agency)
        )
        return [(ScanId(scan), AgencyCode(agency)) for scan, agency in self._connection.execute(query)]

    def add(self, one: LookBack) -> None:
        self._connection.execute(insert(tables.look_backs).values(_row(one)))

    def save(self, one: LookBack) -> LookBack:
        table = tables.look_backs
        newer = _row(one) | {"version": one.version + 1}
        done = self._connection.execute(
            update(table)
            .where(table.c.scan == one.scan, table.c.agency == one.agency, table.c.version == one.version)
            .values(newer)
        )
        if done.rowcount != 1:
            raise Stale
        return _look_back(newer)

    def _many(self, query: Select[Any]) -> Sequence[LookBack]:
        return [_look_back(row) for row in self._connection.execute(query).mappings()]


def _row(one: LookBack) -> dict[str, Any]:
    return {
        "scan": one.scan,
        "agency": one.agency,
        "publication": one.publication,
        "asked_at": one.asked_at,
        "state": one.state.value,
        "came": documents.CAME.dump(one.came),
        "remarks": one.remarks,
        "submitted": documents.SIGNATURE.dump_optional(one.submitted),
        "approved": documents.SIGNATURE.dump_optional(one.approved),
        "version": one.version,
    }


def _look_back(row: Any) -> LookBack:
    return LookBack(
        scan=ScanId(row["scan"]),
        agency=AgencyCode(row["agency"]),
        publication=PublicationNumber(row["publication"]),
        asked_at=row["asked_at"],
        state=LookBackState(row["state"]),
        came=documents.CAME.load(row["came"]),
        remarks=row["remarks"],
        submitted=documents.SIGNATURE.load_optional(row["submitted"]),
        approved=documents.SIGNATURE.load_optional(row["approved"]),
        version=row["version"],
    )
