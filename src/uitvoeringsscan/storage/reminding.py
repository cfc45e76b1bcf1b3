"""What waits for an answer, which reminders were taken, and who stands in for whom. Part of `storage.work`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from uitvoeringsscan.assessments.assessment import AssessmentState
from uitvoeringsscan.identifiers import AgencyCode, PersonId, ScanId
from uitvoeringsscan.people.absence import Absence
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.reminders import Due, Waiting, Window
from uitvoeringsscan.storage import tables

_AWAITED = (AssessmentState.OPEN.value, AssessmentState.SUBMITTED.value)


class StoredReminders:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self, within: Window) -> Sequence[Waiting]:
        """By an index each: files by their deadline, scans by their vote. What ended costs nothing, however much there is."""
        files, scans = tables.assessments, tables.scans
        by_deadline = select(files.c.scan).where(
            files.c.state.in_(_AWAITED), files.c.respond_by.between(within.deadline_from, within.deadline_until)
        )
        by_vote = select(scans.c.id).where(
            scans.c.vote.between(within.vote_from, within.vote_until), scans.c.state == ScanState.IN_ASSESSMENT.value
        )
        names = set(self._connection.scalars(by_deadline)) | set(self._connection.scalars(by_vote))
        return self.of_scans([ScanId(name) for name in names])

    def of_scans(self, names: Sequence[ScanId]) -> Sequence[Waiting]:
        files, scans = tables.assessments, tables.scans
        found: list[Waiting] = []
        ordered = sorted(names)
        for start in range(0, len(ordered), 500):
            query = (
                select(
                    files.c.scan,
                    files.c.agency,
                    files.c.respond_by,
                    files.c.timed_at,
                    files.c.asked_at,
                    scans.c.vote,
                    scans.c.closes_itself,
                )
                .join(scans, scans.c.id == files.c.scan)
                .where(
                    files.c.scan.in_(ordered[start : start + 500]),
                    files.c.state.in_(_AWAITED),
                    scans.c.state == ScanState.IN_ASSESSMENT.value,
                )
                .order_by(files.c.scan, files.c.agency)
            )
            found.extend(_waiting(row) for row in self._connection.execute(query).mappings())
        return found

    def taken(self, scans: Collection[ScanId]) -> frozenset[Due]:
        table = tables.reminders
        ordered = sorted(scans)
        found: set[Due] = set()
        for start in range(0, len(ordered), 500):
            query = select(table.c.scan, table.c.agency, table.c.step, table.c.due).where(
                table.c.scan.in_(ordered[start : start + 500])
            )
            found.update(Due(ScanId(scan), AgencyCode(agency), step, due) for scan, agency, step, due in
                         self._connection.execute(query))  # fmt: skip
        return frozenset(found)

    def last_version(self, scan: ScanId, agency: AgencyCode) -> int | None:
        table = tables.reminders
        query = select(table.c.version).where(table.c.scan == scan, table.c.agency == agency)
        return self._connection.scalar(query.order_by(table.c.at.desc(), table.c.version.desc()).limit(1))

    def take(self, due: Due, at: datetime, version: int) -> None:
        row = {"scan": due.scan, "agency": due.agency, "step": due.step, "due": due.due, "at": at, "version": version}
        self._connection.execute(insert(tables.reminders).values(row))


def _waiting(row: RowMapping) -> Waiting:
    return Waiting(
        scan=ScanId(row["scan"]),
        agency=AgencyCode(row["agency"]),
        respond_by=row["respond_by"],
        vote=row["vote"],
        timed_at=row["timed_at"] or row["asked_at"],
        closes_itself=bool(row["closes_itself"]),
    )


class StoredAbsences:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def every(self) -> Mapping[PersonId, Absence]:
        found = [_absence(row) for row in self._connection.execute(select(tables.absences)).mappings()]
        return {one.person: one for one in found}

    def get(self, person: PersonId) -> Absence | None:
        return self.every().get(person)

    def put(self, absence: Absence) -> None:
        self.end(absence.person)
        self._connection.execute(insert(tables.absences).values(asdict(absence)))

    def end(self, person: PersonId) -> bool:
        return bool(
            self._connection.execute(delete(tables.absences).where(tables.absences.c.person == person)).rowcount
        )

    def forget_before(self, day: date) -> int:
        table = tables.absences
        return self._connection.execute(delete(table).where(table.c.last < day)).rowcount

    def second_contacts(self) -> Mapping[AgencyCode, PersonId]:
        table = tables.second_contacts
        return {
            AgencyCode(agency): PersonId(person)
            for agency, person in self._connection.execute(select(table.c.agency, table.c.person))
        }

    def set_second_contact(self, agency: AgencyCode, person: PersonId | None) -> None:
        table = tables.second_contacts
        self._connection.execute(delete(table).where(table.c.agency == agency))
        if person is not None:
            self._connection.execute(insert(table).values(agency=agency, person=person))

    def forget(self, person: PersonId) -> None:
        absences, contacts = tables.absences, tables.second_contacts
        self._connection.execute(delete(absences).where(absences.c.person == person))
        self._connection.execute(update(absences).where(absences.c.deputy == person).values(deputy=None))
        self._connection.execute(delete(contacts).where(contacts.c.person == person))


def _absence(row: RowMapping) -> Absence:
    deputy = row["deputy"]
    return Absence(
        person=PersonId(row["person"]),
        first=row["first"],
        last=row["last"],
        deputy=PersonId(deputy) if deputy is not None else None,
    )
