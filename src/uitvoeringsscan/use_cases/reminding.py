"""Reminders by the time that is left, calling in others when nothing moves, and rounds that close themselves.

`sweep` looks for what is due and does it, one short transaction for each scan. What was taken is written down under the
moment it counts down to, behind the lock on its scan: two sweeps at once take each step once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState
from uitvoeringsscan.assessments.tasks import Task
from uitvoeringsscan.events import Escalated, Reminded, RoundLate
from uitvoeringsscan.identifiers import AgencyCode, PersonId, ScanId
from uitvoeringsscan.people.absence import Absence, instead
from uitvoeringsscan.people.people import AGENCY_ROLES, SERVICE, Person, Role, actor_of_person
from uitvoeringsscan.scans.reminders import (
    WHOLE_ROUND,
    Due,
    Waiting,
    closing_moment,
    due_for,
    due_for_round,
    window,
)
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scans.working_time import ZONE
from uitvoeringsscan.use_cases.coordinating import end_round
from uitvoeringsscan.use_cases.ports import Desk, Work

CLOSED_ITSELF = "De termijn is voorbij. De ronde is vanzelf afgerond."
"""Why the round was closed, where the coordinator left that to the clock. Public, like every such reason."""


def sweep(desk: Desk, now: datetime) -> None:
    """Everything that is due by `now`. Doing it twice does nothing more."""
    with desk.reading() as work:
        waiting = work.reminders.waiting(window(now))
        rounds = {scan: list(some) for scan, some in groupby(waiting, key=lambda one: one.scan)}
        due = {scan: _due(silent, now) for scan, silent in rounds.items()}
        taken = work.reminders.taken([scan for scan, some in due.items() if some])
    for scan, silent in rounds.items():
        if _closes(silent, now) or any(one not in taken for one in due[scan]):
            with desk.writing() as work:
                _act(work, scan, now)


def _due(silent: list[Waiting], now: datetime) -> list[Due]:
    return [*(due for one in silent for due in due_for(one, now)), *due_for_round(silent, now)]


def _closes(silent: list[Waiting], now: datetime) -> bool:
    moment = closing_moment(silent)
    return moment is not None and silent[0].closes_itself and moment <= now


def _act(work: Work, identifier: ScanId, now: datetime) -> None:
    scan = work.scans.lock(identifier)
    if scan is None:
        return
    silent = list(work.reminders.of_scans([identifier]))
    if _closes(silent, now):
        end_round(work, SERVICE, scan, CLOSED_ITSELF, {}, now)
        return
    taken = work.reminders.taken([identifier])
    files = {file.agency: file for file in work.assessments.of_scan(identifier)}
    house: _House | None = None
    fresh = [one for one in _due(silent, now) if one not in taken]
    for agency, some in groupby(fresh, key=lambda one: one.agency):
        every = list(some)
        if agency == WHOLE_ROUND:
            _tell_coordinator(work, scan, every[-1], [one.agency for one in silent], now)
        else:
            house = house or _house(work, now)
            _remind(work, house, files[agency], every[-1], now)
        for one in every:
            work.reminders.take(one, now, files[agency].version if agency in files else scan.version)


def _tell_coordinator(work: Work, scan: Scan, due: Due, silent: Sequence[AgencyCode], now: datetime) -> None:
    work.journal.add(SERVICE, RoundLate(scan=scan.id, step=due.step, moment=_iso(due.due), silent=tuple(silent)), now)


def _remind(work: Work, house: _House, file: Assessment, due: Due, now: datetime) -> None:
    """Remind whoever has it in hand; others too when the file is still as it was at the reminder before."""
    stuck = work.reminders.last_version(file.scan, file.agency) == file.version
    holders = whom(house, file, work.tasks.of_file(file.scan, file.agency))
    moment = _iso(due.due)
    work.journal.add(
        SERVICE,
        Reminded(scan=file.scan, agency=file.agency, step=due.step, moment=moment, persons=holders),
        now,
    )
    if stuck:
        others = tuple(one for one in whom_else(house, file) if one not in holders)
        work.journal.add(
            SERVICE,
            Escalated(scan=file.scan, agency=file.agency, step=due.step, moment=moment, persons=others),
            now,
        )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


# --- whom -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _House:
    """Everybody who can be asked, and who is away today."""

    people: Mapping[PersonId, Person]
    absences: Mapping[PersonId, Absence]
    contacts: Mapping[AgencyCode, PersonId]
    day: date

    def of(self, agency: AgencyCode, roles: Iterable[Role]) -> list[PersonId]:
        wanted = frozenset(roles)
        return [one.id for one in self.people.values() if one.agency == agency and one.roles & wanted]

    def present(self, agency: AgencyCode, people: Iterable[PersonId]) -> tuple[PersonId, ...]:
        """With whoever is away replaced; only people who are of that agency now."""
        return tuple(one for one in instead(list(people), self.absences, self.day) if self.is_of(agency, one))

    def is_of(self, agency: AgencyCode, person: PersonId) -> bool:
        known = self.people.get(person)
        return known is not None and known.agency == agency and bool(known.roles & AGENCY_ROLES)


def _house(work: Work, now: datetime) -> _House:
    return _House(
        people={one.id: one for one in work.people.every() if one.active},
        absences=work.absences.every(),
        contacts=work.absences.second_contacts(),
        day=now.astimezone(ZONE).date(),
    )


def in_hand(work: Work, file: Assessment, now: datetime) -> tuple[PersonId, ...]:
    """Who has this file in hand at `now`, for who reminds them by hand."""
    return whom(_house(work, now), file, work.tasks.of_file(file.scan, file.agency))


def whom(house: _House, file: Assessment, tasks: Sequence[Task]) -> tuple[PersonId, ...]:
    """Who has the file in hand: whoever has a part of it, else all who answer; once handed in, all who may approve it."""
    agency = file.agency
    if file.state is AssessmentState.SUBMITTED:
        by = file.submitted.principal if file.submitted else None
        found = [p for p in house.of(agency, [Role.APPROVER]) if actor_of_person(house.people[p]).principal != by]
    else:
        found = [task.person for task in tasks if house.is_of(agency, task.person)]
        found = found or house.of(agency, [Role.RESPONDENT]) or house.of(agency, [Role.APPROVER])
    contact = house.contacts.get(agency)
    return (
        house.present(agency, dict.fromkeys(found))
        or house.present(agency, [contact] if contact is not None else [])
        or house.present(agency, house.of(agency, AGENCY_ROLES))
        or tuple(house.of(agency, AGENCY_ROLES))
    )


def whom_else(house: _House, file: Assessment) -> tuple[PersonId, ...]:
    """Whom to call in: the agency's second contact, else the other role of the two."""
    agency = file.agency
    contact = house.contacts.get(agency)
    other = Role.APPROVER if file.state is AssessmentState.OPEN else Role.RESPONDENT
    return house.present(agency, [contact] if contact is not None else []) or house.present(
        agency, house.of(agency, [other])
    )
