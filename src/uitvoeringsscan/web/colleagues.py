"""What an agency's own administrator does: who takes part on the agency's behalf, and who takes over. Their own agency only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Response
from starlette.datastructures import FormData

from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.people.people import AGENCY_ROLES, OF_AN_AGENCY, Person, Role
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.use_cases import colleagues
from uitvoeringsscan.use_cases.colleagues import Colleague
from uitvoeringsscan.web.visit import AnyVisit, Posted, Visit, errors_by_field, field_errors, go_to, text

router = APIRouter()

_NOTHING: dict[str, Any] = {"naam": "", "email": "", "rol": ()}
_ROLES = [role for role in Role if role in OF_AN_AGENCY]


@router.get("/collegas")
def everybody(visit: AnyVisit) -> Response:
    return _list(visit, _NOTHING, ())


@router.post("/collegas")
def add(visit: AnyVisit, form: Posted) -> Response:
    name, email = text(form, "naam"), text(form, "email").strip()
    try:
        colleagues.add(visit.desk, visit.actor, name=name, email=email, roles=_roles(form))
    except InvalidInput as error:
        return _list(visit, {"naam": name, "email": email, "rol": form.getlist("rol")}, error.problems)
    return go_to("/collegas")


@router.get("/collegas/{identifier}")
def person(visit: AnyVisit, identifier: str) -> Response:
    found = colleagues.one(visit.desk, visit.actor, identifier)
    return _one(visit, found, _standing(found.person), ())


@router.post("/collegas/{identifier}")
def change(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    found = colleagues.one(visit.desk, visit.actor, identifier)
    roles, active = _roles(form), text(form, "actief") == "ja"
    try:
        colleagues.change(visit.desk, visit.actor, identifier, roles=roles, active=active)
    except InvalidInput as error:
        typed = {"rol": form.getlist("rol"), "actief": "ja" if active else "nee"}
        return _one(visit, found, typed, error.problems)
    return go_to("/collegas")


@router.post("/collegas/{identifier}/uitloggen")
def end_sessions(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    colleagues.end_sessions(visit.desk, visit.actor, identifier)
    return go_to(f"/collegas/{identifier}")


@router.post("/collegas/{identifier}/overdragen")
def hand_over(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    found = colleagues.one(visit.desk, visit.actor, identifier)
    try:
        colleagues.hand_over(visit.desk, visit.actor, identifier, text(form, "aan"))
    except InvalidInput as error:
        return _one(visit, found, _standing(found.person), error.problems)
    return go_to(f"/collegas/{identifier}")


def _roles(form: FormData) -> frozenset[Role]:
    known = {role.value for role in Role}
    return frozenset(Role(word) for word in form.getlist("rol") if isinstance(word, str) and word in known)


def _standing(one: Person) -> dict[str, Any]:
    return {"rol": [role.value for role in one.roles], "actief": "ja" if one.active else "nee"}


def _shown(one: Person) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "roles": [labels.ROLES[role.value].label for role in Role if role in one.roles],
        "active": one.active,
    }


def _common(visit: Visit, problems: Sequence[Problem]) -> dict[str, Any]:
    agency = visit.desk.register.agency(visit.actor.agency) if visit.actor.agency else None
    return {
        "agency_name": agency.name if agency else visit.actor.agency,
        "role_options": [
            {"value": role.value, "label": labels.ROLES[role.value].label, "hint": labels.ROLES[role.value].explanation}
            for role in _ROLES
        ],
        "status": 400 if problems else 200,
        "errors": field_errors(problems),
        "wrong": {**dict.fromkeys(("naam", "email", "rol", "aan")), **errors_by_field(problems)},
    }


def _list(visit: Visit, typed: dict[str, Any], problems: Sequence[Problem]) -> Response:
    people = colleagues.every(visit.desk, visit.actor)
    approving = sum(one.active and Role.APPROVER in one.roles for one in people)
    answering = sum(one.active and bool(one.roles & AGENCY_ROLES) for one in people)
    return visit.render(
        "agency/colleagues.html",
        page_title="Collega's",
        people=[_shown(one) for one in people],
        four_eyes=approving > 0 and answering > 1,
        typed=typed,
        **_common(visit, problems),
    )


def _one(visit: Visit, found: Colleague, typed: dict[str, Any], problems: Sequence[Problem]) -> Response:
    people = colleagues.every(visit.desk, visit.actor)
    takers = [one for one in people if one.active and one.roles & AGENCY_ROLES and one.id != found.person.id]
    return visit.render(
        "agency/colleague.html",
        page_title=found.person.name,
        one=_shown(found.person),
        own=visit.person is not None and visit.person.id == found.person.id,
        ours=found.ours,
        sessions=len(found.sessions),
        tasks=len(found.tasks),
        takers=[{"value": one.id, "label": one.name} for one in takers],
        typed=typed,
        **_common(visit, problems),
    )
