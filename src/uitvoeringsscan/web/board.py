"""The coordinator's board: the votes ahead with what needs a person, filters in the address, and many scans at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.presentation import board as boards
from uitvoeringsscan.presentation.board import BoardFilter
from uitvoeringsscan.presentation.overview import paper
from uitvoeringsscan.presentation.timing_view import away_line
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases import absences, reading, shifts
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.ports import ScanFilter, ScanLine
from uitvoeringsscan.web.typed import read_moment
from uitvoeringsscan.web.visit import AnyVisit, Posted, Visit, errors_by_field, field_errors, go_to, text

router = APIRouter()

ALIVE = (ScanState.SUBMITTED, ScanState.IN_ASSESSMENT, ScanState.ASSESSED)
MANY = 200
"""Scans that can be ticked at once: a whole board."""

Word = Annotated[str, Query(max_length=64)]


@router.get("/coordinatie")
def board(visit: AnyVisit, organisatie: Word = "", doen: Word = "", veranderd: Word = "") -> Response:
    _allowed(visit)
    return _board(visit, BoardFilter(agency=organisatie, todo=doen, changed=bool(veranderd)), {}, ())


@router.post("/coordinatie/filters")
def keep_filter(visit: AnyVisit, form: Posted) -> Response:
    """Keep what is wanted under a name, or throw such a name away."""
    _allowed(visit)
    wanted = _filter(form.get("organisatie"), form.get("doen"), form.get("veranderd"))
    if name := text(form, "weg"):
        shifts.drop_filter(visit.desk, visit.actor, name)
        return go_to("/coordinatie")
    try:
        shifts.keep_filter(visit.desk, visit.actor, text(form, "naam"), wanted.query)
    except InvalidInput as error:
        return _board(visit, wanted, {"naam": text(form, "naam")}, error.problems)
    return go_to(f"/coordinatie?{wanted.query}")


ACTIONS = {"bevestigen", "herinneren", "termijn"}


@router.post("/coordinatie/tegelijk")
def many(visit: AnyVisit, form: Posted) -> Response:
    """One step for every ticked scan; each has its own outcome, and all outcomes are shown."""
    _allowed(visit)
    action = text(form, "actie")
    typed: dict[str, Any] = {name: text(form, name) for name in ("dag", "tijd")}
    typed["scan"] = [str(value) for value in form.getlist("scan")][:MANY]
    wanted = [
        (scan, int(seen)) for scan, _, seen in (value.partition(":") for value in typed["scan"]) if seen.isdigit()
    ]
    problems: list[Problem] = []
    moment = None
    if action not in ACTIONS:
        problems.append(Problem(code="verplicht", field="actie", message="Kies wat u met deze scans wilt doen."))
    if not wanted:
        problems.append(Problem(code="verplicht", field="scan", message="Zet een vinkje bij een of meer scans."))
    if action == "termijn":
        moment = read_moment(typed["dag"], typed["tijd"], "dag", problems)
        if moment is None and not problems:
            message = "Schrijf de dag zoals 8 december 2026, en de tijd zoals 16.00."
            problems.append(Problem(code="verplicht", field="dag", message=message))
    if problems:
        return _board(visit, BoardFilter(), typed, problems)
    if action == "bevestigen":
        done = list(shifts.confirm_as_proposed(visit.desk, visit.actor, wanted))
    elif moment is not None:
        done = list(shifts.move_deadlines(visit.desk, visit.actor, wanted, moment))
    else:
        done = list(shifts.remind(visit.desk, visit.actor, wanted))
    seen = reading.list_scans(visit.desk, visit.actor, ScanFilter(states=ALIVE), None, MANY).results
    return visit.render(
        "coordinator/many.html",
        page_title="Wat er is gedaan",
        action=action,
        done=done,
        papers={line.id: paper(line) for line in (*seen, *reading.votes_ahead_for(visit.desk, visit.actor))},
    )


@router.get("/coordinatie/overdracht")
def handover(visit: AnyVisit) -> Response:
    _allowed(visit)
    return _handover(visit, "", ())


@router.post("/coordinatie/overdracht")
def hand_over(visit: AnyVisit, form: Posted) -> Response:
    note = text(form, "notitie")
    try:
        shifts.hand_over(visit.desk, visit.actor, note)
    except InvalidInput as error:
        return _handover(visit, note, error.problems)
    return go_to("/coordinatie/overdracht")


@router.post("/coordinatie/overdracht/overgenomen")
def take(visit: AnyVisit, form: Posted) -> Response:
    shifts.take(visit.desk, visit.actor, text(form, "overdracht"))
    return go_to("/coordinatie")


def _allowed(visit: Visit) -> None:
    known(visit.actor)
    require(visit.actor, Action.ROUTE_SCAN)


def _filter(agency: object, todo: object, changed: object) -> BoardFilter:
    return BoardFilter(agency=str(agency or "")[:64], todo=str(todo or "")[:64], changed=bool(changed))


def _lines(visit: Visit) -> dict[str, ScanLine]:
    """What is voted on soon and what still lives, each once."""
    voted = reading.votes_ahead_for(visit.desk, visit.actor)
    waiting = reading.list_scans(visit.desk, visit.actor, ScanFilter(states=ALIVE), None, MANY).results
    return {line.id: line for line in (*voted, *waiting)}


def _board(visit: Visit, wanted: BoardFilter, typed: dict[str, Any], problems: Sequence[Problem]) -> Response:
    now, lines = visit.desk.now(), _lines(visit)
    files = reading.scan_files(visit.desk, [line.id for line in lines.values()])
    names = {agency.code: agency.short_name for agency in visit.desk.register.agencies}
    every = [file for found in files.values() for file in found]
    beside = shifts.beside_board(visit.desk, visit.actor, [line.id for line in lines.values()])
    whole = boards.board(lines.values(), files, names, now, beside)
    asked = sorted({file.agency for file in every}, key=lambda code: (names.get(code) or code).casefold())
    return visit.render(
        "coordinator/board.html",
        page_title="Stemmingen en scans",
        status=400 if problems else 200,
        errors=field_errors(problems, {"scan": "eerste-scan"}),
        beside=errors_by_field(problems),
        typed=typed,
        days=boards.filtered(whole, wanted),
        hidden=sum(len(day.rows) for day in whole) - sum(len(day.rows) for day in boards.filtered(whole, wanted)),
        wanted=wanted,
        filters=beside.filters,
        handover=beside.handover,
        agencies=[{"value": code, "label": names.get(code) or code} for code in asked],
        kinds=[{"value": code, "label": words} for code, words in boards.THINGS.items()],
        now=now,
        first=[row for day in whole for row in day.rows if row.urgency < 2][:3],
        asked=len(every),
        answered=sum(file.settled for file in every),
        late=sum(file.overdue(now) for file in every),
        load=boards.load(every, names, now),
        away=[away_line(one, names, visit.desk.today()) for one in absences.away(visit.desk, visit.actor)],
    )


def _handover(visit: Visit, note: str, problems: Sequence[Problem]) -> Response:
    now, lines = visit.desk.now(), _lines(visit)
    files = reading.scan_files(visit.desk, [line.id for line in lines.values()])
    names = {agency.code: agency.short_name for agency in visit.desk.register.agencies}
    beside = shifts.beside_board(visit.desk, visit.actor, [line.id for line in lines.values()])
    days = boards.board(lines.values(), files, names, now, beside)
    return visit.render(
        "coordinator/handover.html",
        page_title="Dienst overdragen",
        status=400 if problems else 200,
        errors=field_errors(problems),
        beside=errors_by_field(problems),
        note=note,
        last=shifts.newest_handover(visit.desk, visit.actor),
        open=[row for day in days for row in day.rows if row.urgency < 3],
        now=now,
    )
