"""The coordinators' desk: what changed since they looked, filters they keep, many scans at once, and the next shift.

Each scan of many is its own transaction with its own outcome: one that cannot be done does not stop the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.assessments.tasks import Task
from uitvoeringsscan.errors import DomainError, InvalidInput, Problem, WrongState
from uitvoeringsscan.events import Reminded, ShiftHandedOver, ShiftTaken
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.succession import proposed
from uitvoeringsscan.use_cases import coordinating, reading, rounds, versions
from uitvoeringsscan.use_cases.access import find_scan, known
from uitvoeringsscan.use_cases.ports import Desk, JournalLine
from uitvoeringsscan.use_cases.ports_shifts import Handover
from uitvoeringsscan.use_cases.reminding import in_hand

MAX_NAME = 60
MAX_QUERY = 300
MAX_NOTE = 4000
MAX_FILTERS = 20
AGAIN = timedelta(hours=1)
"""So long after a reminder a person does not send another by hand."""
HAPPENED = 2000
"""Lines of the journal that are read for what changed; older changes on a full board count as seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the board shows beside its scans.

    changes   per scan what others did since this coordinator last opened it; scans never opened are not in it
    opened    scans that this coordinator has opened before
    tasks     per scan with whom the files lie
    filters   kept filters: name -> query
    handover  the newest note of a shift, until somebody took it
    """

    changes: Mapping[ScanId, Sequence[JournalLine]]
    opened: frozenset[ScanId]
    tasks: Mapping[ScanId, Sequence[Task]]
    filters: Mapping[str, str]
    handover: Handover | None


def beside_board(desk: Desk, actor: Actor, scans: Sequence[ScanId]) -> Beside:
    """What goes beside these scans, which the caller has already been shown. Few queries, however many scans."""
    _may(actor)
    with desk.reading() as work:
        looks = work.shifts.looks(actor.principal, scans)
        since = min(looks.values(), default=None)
        lines = work.journal.since(list(looks), since, HAPPENED) if since is not None else []
        tasks = work.tasks.of_scans(scans)
        filters = work.shifts.filters(actor.principal)
        handover = work.shifts.newest()
    changes: dict[ScanId, list[JournalLine]] = {}
    for line in lines:
        if line.scan is not None and line.at > looks[line.scan] and _counts(line, actor):
            changes.setdefault(line.scan, []).append(line)
    held: dict[ScanId, list[Task]] = {}
    for task in tasks:
        held.setdefault(task.scan, []).append(task)
    return Beside(
        changes=changes,
        opened=frozenset(looks),
        tasks=held,
        filters=filters,
        handover=handover if handover is not None and handover.taken_at is None else None,
    )


def _counts(line: JournalLine, actor: Actor) -> bool:
    """Looking on is no change, nor is what somebody did themselves."""
    return line.event != "ScanSeen" and line.principal != actor.principal


def looked(desk: Desk, actor: Actor, scan: ScanId) -> None:
    """This coordinator has the scan before them now."""
    _may(actor)
    with desk.writing() as work:
        work.shifts.look(actor.principal, scan, desk.now())


def keep_filter(desk: Desk, actor: Actor, name: str, query: str) -> None:
    """Keep it under this name, in the place of what had the name. InvalidInput when there are too many already."""
    _may(actor)
    words = " ".join(name.split())
    problems = list(text_problems("naam", words, MAX_NAME)) + list(text_problems("filter", query, MAX_QUERY))
    if not words:
        problems.append(Problem(code="verplicht", field="naam", message="Geef het filter een naam."))
    if problems:
        raise InvalidInput(problems)
    with desk.writing() as work:
        kept = work.shifts.filters(actor.principal)
        if words not in kept and len(kept) >= MAX_FILTERS:
            message = f"U hebt al {MAX_FILTERS} filters. Haal er eerst een weg."
            raise InvalidInput([Problem(code="te-veel", field="naam", message=message)])
        work.shifts.keep_filter(actor.principal, words, query)


def drop_filter(desk: Desk, actor: Actor, name: str) -> None:
    _may(actor)
    with desk.writing() as work:
        work.shifts.drop_filter(actor.principal, name)


# --- many scans at once ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of one scan: `fault` is why nothing changed, None when it was done; `count` agencies were concerned."""

    scan: str
    count: int = 0
    fault: str | None = None


Wanted = tuple[str, int]
"""A scan and the version of it that was on the board."""


def confirm_as_proposed(desk: Desk, actor: Actor, wanted: Iterable[Wanted]) -> Iterator[Done]:
    """Confirm whom to ask exactly as it was proposed. A scan without any proposal wants a person's look."""

    def one(identifier: str, seen: int) -> int:
        scan = reading.get_scan(desk, actor, identifier)
        if scan.state is not ScanState.SUBMITTED:
            raise WrongState("De routering van deze scan is al bevestigd.")
        agencies = tuple(proposed(scan, versions.get_succession(desk, actor, identifier)))
        if not agencies:
            raise WrongState("Er is geen voorstel. Open de scan en kies zelf wie u vraagt.")
        coordinating.confirm_routing(desk, actor, identifier, seen, agencies)
        return len(agencies)

    return _each(actor, wanted, one)


def move_deadlines(desk: Desk, actor: Actor, wanted: Iterable[Wanted], moment: datetime) -> Iterator[Done]:
    """Give everybody who still has to answer until `moment`."""

    def one(identifier: str, _seen: int) -> int:
        waiting = _waiting(desk, actor, identifier)
        for file in waiting:
            rounds.move_deadline(desk, actor, file.id, file.version, moment)
        return len(waiting)

    return _each(actor, wanted, one)


def remind(desk: Desk, actor: Actor, wanted: Iterable[Wanted]) -> Iterator[Done]:
    """Remind whoever has the open files in hand, now; nobody twice within the hour."""

    def one(identifier: str, _seen: int) -> int:
        now = desk.now()
        with desk.writing() as work:
            scan, ties = find_scan(work, actor, identifier, lock=True)
            require(actor, Action.ROUTE_SCAN, ties)
            recent = {
                line.details.get("agency")
                for line in work.journal.of_scan(scan.id)
                if line.event == Reminded.__name__ and line.at > now - AGAIN
            }
            waiting = [file for file in work.assessments.of_scan(scan.id) if not file.settled]
            if scan.state is not ScanState.IN_ASSESSMENT or not waiting:
                raise WrongState("Bij deze scan wacht u op niemand.")
            told = [file for file in waiting if file.agency not in recent]
            if not told:
                raise WrongState("Wie nog moet antwoorden, kreeg in het laatste uur al een herinnering.")
            for file in told:
                moment = file.respond_by or scan.vote or now
                reminder = Reminded(
                    scan=scan.id,
                    agency=file.agency,
                    step="coordinator",
                    moment=moment.astimezone(UTC).isoformat(timespec="seconds"),
                    persons=in_hand(work, file, now),
                )
                work.journal.add(actor, reminder, now)
            return len(told)

    return _each(actor, wanted, one)


def _waiting(desk: Desk, actor: Actor, identifier: str) -> list[Assessment]:
    waiting = [file for file in reading.list_assessments(desk, actor, identifier) if not file.settled]
    if not waiting:
        raise WrongState("Bij deze scan wacht u op niemand.")
    return waiting


def _each(actor: Actor, wanted: Iterable[Wanted], do: Callable[[str, int], int]) -> Iterator[Done]:
    _may(actor)
    return (_one(identifier, seen, do) for identifier, seen in wanted)


def _one(identifier: str, seen: int, do: Callable[[str, int], int]) -> Done:
    try:
        return Done(scan=identifier, count=do(identifier, seen))
    except InvalidInput as error:
        return Done(scan=identifier, fault=" ".join(problem.message for problem in error.problems))
    except DomainError as error:
        return Done(scan=identifier, fault=error.message)


# --- the next shift ---


def hand_over(desk: Desk, actor: Actor, note: str) -> Handover:
    """Write down what the next coordinator must know. What is open stands on the board by itself."""
    _may(actor)
    problems = list(text_problems("notitie", note, MAX_NOTE))
    if not note.strip():
        message = "Schrijf in een paar woorden wat uw collega moet weten."
        problems.append(Problem(code="verplicht", field="notitie", message=message))
    if problems:
        raise InvalidInput(problems)
    given = Handover(id=desk.token()[:26], principal=actor.principal, name=actor.name, at=desk.now(), note=note.strip())
    with desk.writing() as work:
        work.shifts.hand_over(given)
        work.journal.add(actor, ShiftHandedOver(handover=given.id), given.at)
    return given


def take(desk: Desk, actor: Actor, handover: str) -> None:
    """The next coordinator has read it, and goes on from there. WrongState for a note that is not there."""
    _may(actor)
    now = desk.now()
    with desk.writing() as work:
        if work.shifts.get(handover) is None:
            raise WrongState("Deze overdracht is er niet meer.")
        if work.shifts.take(handover, actor.principal, actor.name, now):
            work.journal.add(actor, ShiftTaken(handover=handover), now)


def newest_handover(desk: Desk, actor: Actor) -> Handover | None:
    _may(actor)
    with desk.reading() as work:
        return work.shifts.newest()


def _may(actor: Actor) -> None:
    known(actor)
    require(actor, Action.ROUTE_SCAN)
