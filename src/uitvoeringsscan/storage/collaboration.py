"""What surrounds the answers: comments, tasks, unit costs, and what agencies said about bills. Part of `storage.work`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, or_, select, update

from uitvoeringsscan.amendments.bill_test import BillTest
from uitvoeringsscan.assessments.comments import Comment
from uitvoeringsscan.assessments.tasks import Task
from uitvoeringsscan.assessments.unit_costs import UnitCost
from uitvoeringsscan.identifiers import AgencyCode, PersonId, Principal, ScanId
from uitvoeringsscan.storage import documents, tables


class StoredComments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_file(self, scan: ScanId, agency: AgencyCode) -> Sequence[Comment]:
        table = tables.comments
        query = select(table).where(table.c.scan == scan, table.c.agency == agency).order_by(table.c.number)
        return [_comment(row) for row in self._connection.execute(query).mappings()]

    def add(self, comment: Comment) -> None:
        self._connection.execute(
            insert(tables.comments).values(
                scan=comment.scan,
                agency=comment.agency,
                number=comment.number,
                question=comment.question,
                text=comment.text,
                by=documents.SIGNATURE.dump(comment.by),
                resolved=documents.SIGNATURE.dump_optional(comment.resolved),
            )
        )

    def save(self, comment: Comment) -> None:
        table = tables.comments
        self._connection.execute(
            update(table)
            .where(table.c.scan == comment.scan, table.c.agency == comment.agency, table.c.number == comment.number)
            .values(
                by=documents.SIGNATURE.dump(comment.by), resolved=documents.SIGNATURE.dump_optional(comment.resolved)
            )
        )

    def of_principal(self, principal: Principal) -> Sequence[Comment]:
        table = tables.comments
        query = select(table).where(or_(_names(table.c.by, principal), _names(table.c.resolved, principal)))
        found = [_comment(row) for row in self._connection.execute(query).mappings()]
        return [one for one in found if principal in (one.by.principal, one.resolved and one.resolved.principal)]


def _names(signature: ColumnElement[str | None], principal: Principal) -> ColumnElement[bool]:
    """Whether a stored signature may be theirs: a first look, by the letters of its document."""
    written = {principal, json.dumps(principal)[1:-1]}
    return or_(*(signature.contains(one, autoescape=True) for one in sorted(written)))


def _comment(row: RowMapping) -> Comment:
    return Comment(
        scan=ScanId(row["scan"]),
        agency=AgencyCode(row["agency"]),
        number=row["number"],
        question=row["question"],
        text=row["text"],
        by=documents.SIGNATURE.load(row["by"]),
        resolved=documents.SIGNATURE.load_optional(row["resolved"]),
    )


class StoredTasks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_file(self, scan: ScanId, agency: AgencyCode) -> Sequence[Task]:
        return self.of_agency(agency, [scan])

    def of_agency(self, agency: AgencyCode, scans: Sequence[ScanId]) -> Sequence[Task]:
        table = tables.tasks
        query = select(table).where(table.c.agency == agency, table.c.scan.in_(scans))
        query = query.order_by(table.c.scan, table.c.section)
        return [_task(row) for row in self._connection.execute(query).mappings()]

    def of_scans(self, scans: Sequence[ScanId]) -> Sequence[Task]:
        table = tables.tasks
        query = select(table).where(table.c.scan.in_(scans)).order_by(table.c.scan, table.c.agency, table.c.section)
        return [_task(row) for row in self._connection.execute(query).mappings()]

    def of_person(self, person: PersonId) -> Sequence[Task]:
        table = tables.tasks
        query = select(table).where(table.c.person == person).order_by(table.c.scan, table.c.agency, table.c.section)
        return [_task(row) for row in self._connection.execute(query).mappings()]

    def given_by(self, principal: Principal) -> Sequence[Task]:
        table = tables.tasks
        query = select(table).where(_names(table.c.by, principal))
        found = [_task(row) for row in self._connection.execute(query).mappings()]
        return [one for one in found if one.by.principal == principal]

    def put(self, task: Task) -> None:
        self.remove(task.scan, task.agency, task.section)
        self._connection.execute(
            insert(tables.tasks).values(
                scan=task.scan,
                agency=task.agency,
                section=task.section or "",
                person=task.person,
                name=task.name,
                line=task.line,
                by=documents.SIGNATURE.dump(task.by),
            )
        )

    def remove(self, scan: ScanId, agency: AgencyCode, section: str | None) -> bool:
        table = tables.tasks
        done = self._connection.execute(
            delete(table).where(table.c.scan == scan, table.c.agency == agency, table.c.section == (section or ""))
        )
        return done.rowcount == 1


def _task(row: RowMapping) -> Task:
    return Task(
        scan=ScanId(row["scan"]),
        agency=AgencyCode(row["agency"]),
        section=row["section"] or None,
        person=PersonId(row["person"]),
        name=row["name"],
        line=row["line"],
        by=documents.SIGNATURE.load(row["by"]),
    )


class StoredUnitCosts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_agency(self, agency: AgencyCode) -> Sequence[UnitCost]:
        table = tables.unit_costs
        query = select(table).where(table.c.agency == agency).order_by(table.c.year.desc(), table.c.name)
        return [UnitCost(**row) for row in self._connection.execute(query).mappings()]

    def put(self, cost: UnitCost) -> None:
        self.remove(cost.agency, cost.year, cost.name)
        self._connection.execute(insert(tables.unit_costs).values(asdict(cost)))

    def remove(self, agency: AgencyCode, year: int, name: str) -> bool:
        table = tables.unit_costs
        done = self._connection.execute(
            delete(table).where(table.c.agency == agency, table.c.year == year, table.c.name == name)
        )
        return done.rowcount == 1


class StoredBillTests:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_bill(self, dossier: str) -> Sequence[BillTest]:
        table = tables.bill_tests
        query = select(table).where(table.c.dossier == dossier).order_by(table.c.agency, table.c.sequence.desc())
        return [BillTest(**row) for row in self._connection.execute(query).mappings()]

    def add(self, test: BillTest) -> None:
        self._connection.execute(insert(tables.bill_tests).values(asdict(test)))
