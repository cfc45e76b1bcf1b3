"""Time on the web: moving all votes of a day, a round that closes itself, the last minute, and being away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter, Response

from uitvoeringsscan.errors import InvalidInput, NotFound, Problem, Stale, Unauthenticated, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import Person, Role
from uitvoeringsscan.presentation import dutch
from uitvoeringsscan.use_cases import absences, coordinating, publishing, vote_moves
from uitvoeringsscan.web import coordinator
from uitvoeringsscan.web.typed import read_day, read_moment
from uitvoeringsscan.web.visit import AnyVisit, Posted, Visit, errors_by_field, field_errors, go_to, seen, text

router = APIRouter()


# --- the votes of a day ---


@router.get("/coordinatie/stemmingen/{day}")
def vote_day(visit: AnyVisit, day: str, wetsvoorstel: str = "") -> Response:
    """What would move, of the whole day or of one bill, and a form to move it."""
    return _day(visit, day, wetsvoorstel, {}, ())


@router.post("/coordinatie/stemmingen/{day}")
def move_day(visit: AnyVisit, form: Posted, day: str) -> Response:
    typed = {name: text(form, name) for name in ("stemmingsdag", "stemmingstijd", "onbekend")}
    bill = text(form, "wetsvoorstel")
    problems: list[Problem] = []
    vote = read_moment(typed["stemmingsdag"], typed["stemmingstijd"], "stemmingsdag", problems)
    if vote is None and not problems and not typed["onbekend"]:
        message = "Schrijf de nieuwe dag en tijd, of kies dat de dag niet meer bekend is."
        problems.append(Problem(code="verplicht", field="stemmingsdag", message=message))
    if vote is not None and typed["onbekend"]:
        message = "Kies een nieuwe dag, of dat de dag niet meer bekend is. Niet allebei."
        problems.append(Problem(code="tegenstrijdig", field="stemmingsdag", message=message))
    if problems:
        return _day(visit, day, bill, typed, problems)
    try:
        moved = vote_moves.move_day(visit.desk, visit.actor, _as_day(day), vote, bill or None)
    except InvalidInput as error:
        problems = [Problem(code=p.code, field="stemmingsdag", message=p.message) for p in error.problems]
        return _day(visit, day, bill, typed, problems)
    return _day(visit, day, bill, {}, (), moved=moved, to=dutch.long_moment(vote) if vote else "")


def _day(
    visit: Visit,
    day: str,
    bill: str,
    typed: dict[str, Any],
    problems: Sequence[Problem],
    *,
    moved: Sequence[ScanId] | None = None,
    to: str = "",
) -> Response:
    whole = vote_moves.vote_day(visit.desk, visit.actor, _as_day(day))
    found = vote_moves.vote_day(visit.desk, visit.actor, _as_day(day), bill) if bill else whole
    return visit.render(
        "coordinator/vote_day.html",
        page_title=f"Stemmingen van {dutch.long_day(whole.day)} verzetten",
        status=400 if problems else 200,
        errors=field_errors(problems),
        beside=errors_by_field(problems),
        typed=typed,
        day=whole.day,
        bill=bill,
        bills=whole.bills,
        lines=found.lines,
        moved=moved,
        to=to,
    )


def _as_day(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise NotFound from None


# --- one round ---


@router.post("/coordinatie/scans/{identifier}/sluiten")
def choose_closing(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    itself = text(form, "vanzelf") == "ja"
    return coordinator.attempt(
        visit,
        identifier,
        {},
        lambda: coordinating.choose_closing(visit.desk, visit.actor, identifier, seen(form), itself=itself),
    )


@router.post("/coordinatie/scans/{identifier}/nu-publiceren")
def publish_now(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    """The last minute: stop waiting, and publish what there is. When publishing fails, the round stays closed."""
    reason = text(form, "nu")
    page = coordinator.attempt(
        visit,
        identifier,
        {"nu": reason},
        lambda: coordinating.close_round(visit.desk, visit.actor, identifier, seen(form), reason),
        field="nu",
    )
    if page.status_code >= 400:
        return page
    try:
        publication = publishing.publish(visit.desk, visit.actor, identifier, None)
    except (Stale, WrongState):
        return page
    return go_to(f"/publicaties/{publication.number}")


# --- being away ---


@router.get("/mijn-account/afwezig")
def absence(visit: AnyVisit) -> Response:
    return _absence(visit, {}, ())


@router.post("/mijn-account/afwezig")
def set_absence(visit: AnyVisit, form: Posted) -> Response:
    person = _signed_in(visit)
    typed = {name: text(form, name) for name in ("van", "tot", "vervanger")}
    problems: list[Problem] = []
    first, last = (_read(typed[name], name, problems) for name in ("van", "tot"))
    if problems:
        return _absence(visit, typed, problems)
    try:
        absences.set_absence(visit.desk, person, first, last, typed["vervanger"] or None)
    except InvalidInput as error:
        return _absence(visit, typed, error.problems)
    return go_to("/mijn-account/afwezig")


@router.post("/mijn-account/terug")
def end_absence(visit: AnyVisit, form: Posted) -> Response:
    absences.end_absence(visit.desk, _signed_in(visit))
    return go_to("/mijn-account/afwezig")


@router.post("/mijn-account/contactpersoon")
def set_second_contact(visit: AnyVisit, form: Posted) -> Response:
    person = _signed_in(visit)
    chosen = text(form, "contactpersoon")
    if person.agency is None:
        raise NotFound
    try:
        absences.set_second_contact(visit.desk, visit.actor, person.agency, chosen or None)
    except InvalidInput as error:
        return _absence(visit, {"contactpersoon": chosen}, error.problems)
    return go_to("/mijn-account/afwezig")


def _absence(visit: Visit, typed: dict[str, str], problems: Sequence[Problem]) -> Response:
    person = _signed_in(visit)
    found = absences.own(visit.desk, person)
    here = found.absence
    given = {
        "van": dutch.day(here.first) if here else "",
        "tot": dutch.day(here.last) if here else "",
        "vervanger": here.deputy or "" if here else "",
        "contactpersoon": found.contact.id if found.contact else "",
    }
    colleagues = [{"value": one.id, "label": one.name} for one in found.colleagues]
    return visit.render(
        "account/absence.html",
        page_title="Afwezig zijn",
        status=400 if problems else 200,
        errors=field_errors(problems),
        beside=errors_by_field(problems),
        typed=given | typed,
        absence=here,
        deputy=found.deputy.name if found.deputy else "",
        contact=found.contact.name if found.contact else "",
        colleagues=colleagues,
        everybody=[{"value": person.id, "label": f"{person.name} (u zelf)"}, *colleagues],
        office=visit.desk.register.agency(person.agency) if person.agency else None,
        chooses=person.agency is not None and Role.APPROVER in person.roles,
    )


def _read(typed: str, name: str, problems: list[Problem]) -> date | None:
    try:
        return read_day(typed)
    except ValueError:
        message = "Schrijf de dag zoals 8 december 2026."
        problems.append(Problem(code="ongeldige-datum", field=name, message=message))
        return None


def _signed_in(visit: Visit) -> Person:
    if visit.person is None:
        raise Unauthenticated("Log in om te zeggen wanneer u weg bent.")
    return visit.person
