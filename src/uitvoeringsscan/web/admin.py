"""What an administrator does: people and their roles, machines and their keys. They see no content of any scan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Response
from starlette.datastructures import FormData

from uitvoeringsscan.errors import InvalidInput, NotFound, Problem
from uitvoeringsscan.people.people import Client, Person, Role, Scope
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.use_cases import accounts, mailing
from uitvoeringsscan.web.visit import AnyVisit, Posted, Visit, errors_by_field, field_errors, go_to, text

router = APIRouter()

_NOTHING: dict[str, Any] = {
    "naam": "", "email": "", "rol": (), "organisatie": "", "actief": "ja", "eigenaar": "", "geldigheid": "", "bereik": (),
}  # fmt: skip


@router.get("/beheer")
def people(visit: AnyVisit) -> Response:
    return _people(visit, _NOTHING, ())


@router.post("/beheer/mensen")
def add_person(visit: AnyVisit, form: Posted) -> Response:
    try:
        accounts.add_person(
            visit.desk,
            visit.actor,
            name=text(form, "naam"),
            email=text(form, "email").strip(),
            roles=_roles(form),
            agency=text(form, "organisatie") or None,
        )
    except InvalidInput as error:
        return _people(visit, _typed(form), error.problems)
    return go_to("/beheer")


@router.get("/beheer/mensen/{identifier}")
def person(visit: AnyVisit, identifier: str) -> Response:
    one = _found(visit, identifier)
    typed = {
        "rol": [role.value for role in one.roles],
        "organisatie": one.agency or "",
        "actief": "ja" if one.active else "nee",
    }
    return _person(visit, one, typed, ())


@router.post("/beheer/mensen/{identifier}")
def change_person(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    one = _found(visit, identifier)
    agency, active = text(form, "organisatie") or None, text(form, "actief") == "ja"
    try:
        accounts.change_person(visit.desk, visit.actor, one.id, roles=_roles(form), agency=agency, active=active)
    except InvalidInput as error:
        return _person(visit, one, _typed(form), error.problems)
    return go_to("/beheer")


@router.post("/beheer/mensen/{identifier}/adres")
def accept_address(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    """The address takes mail again, the administrator says."""
    one = _found(visit, identifier)
    mailing.accept_again(visit.desk, visit.actor, one.id)
    return go_to(f"/beheer/mensen/{one.id}")


@router.get("/beheer/sleutels")
def clients(visit: AnyVisit) -> Response:
    return _clients(visit, _NOTHING, ())


@router.post("/beheer/sleutels")
def add_client(visit: AnyVisit, form: Posted) -> Response:
    """The answer is the only page that ever shows the secret, so it is no redirect; it is kept nowhere."""
    days = text(form, "geldigheid").strip()
    try:
        _, secret = accounts.add_client(
            visit.desk,
            visit.actor,
            name=text(form, "naam"),
            role=_role(form),
            agency=text(form, "organisatie") or None,
            owner=text(form, "eigenaar").strip() or None,
            expires_days=_days(days),
            scopes=_scopes(form),
        )
    except InvalidInput as error:
        return _clients(visit, _typed(form), error.problems)
    return _clients(visit, _NOTHING, (), secret=secret, secret_of=text(form, "naam"))


@router.post("/beheer/sleutels/vervangen")
def rotate_client(visit: AnyVisit, form: Posted) -> Response:
    name = text(form, "naam")
    try:
        secret = accounts.rotate_client(visit.desk, visit.actor, name)
    except InvalidInput as error:
        return _clients(visit, _NOTHING, error.problems)
    return _clients(visit, _NOTHING, (), secret=secret, secret_of=name)


@router.post("/beheer/sleutels/intrekken")
def revoke_client(visit: AnyVisit, form: Posted) -> Response:
    accounts.revoke_client(visit.desk, visit.actor, text(form, "naam"))
    return go_to("/beheer/sleutels")


def _found(visit: Visit, identifier: str) -> Person:
    for one in accounts.list_people(visit.desk, visit.actor):
        if one.id == identifier:
            return one
    raise NotFound("Deze persoon is er niet.")


def _roles(form: FormData) -> frozenset[Role]:
    known = {role.value for role in Role}
    return frozenset(Role(word) for word in form.getlist("rol") if isinstance(word, str) and word in known)


def _scopes(form: FormData) -> frozenset[Scope] | None:
    """Nothing ticked: all that the role may."""
    known = {scope.value for scope in Scope}
    return frozenset(Scope(word) for word in form.getlist("bereik") if isinstance(word, str) and word in known) or None


def _role(form: FormData) -> Role:
    roles = _roles(form)
    if len(roles) != 1:
        raise InvalidInput([Problem(code="verplicht", field="rol", message="Kies een rol.")])
    return next(iter(roles))


def _days(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        message = "Vul een aantal dagen in, of laat dit leeg."
        raise InvalidInput([Problem(code="verkeerde-vorm", field="geldigheid", message=message)])
    return int(typed)


def _typed(form: FormData) -> dict[str, Any]:
    several = ("rol", "bereik")
    given = {name: text(form, name) for name in _NOTHING if name not in several}
    return {**given, **{name: [word for word in form.getlist(name) if isinstance(word, str)] for name in several}}


def _choices(visit: Visit) -> dict[str, Any]:
    agencies = sorted(visit.desk.register.agencies, key=lambda agency: agency.name.casefold())
    return {
        "role_options": [{"value": role.value, "label": labels.ROLES[role.value].label} for role in Role],
        "agency_options": [{"value": agency.code, "label": agency.name} for agency in agencies],
    }


def _marked(problems: Sequence[Problem]) -> dict[str, Any]:
    fields = ("naam", "email", "rol", "organisatie", "eigenaar", "geldigheid", "bereik")
    return {
        "status": 400 if problems else 200,
        "errors": field_errors(problems),
        "wrong": {**dict.fromkeys(fields), **errors_by_field(problems)},
    }


def _people(visit: Visit, typed: dict[str, Any], problems: Sequence[Problem]) -> Response:
    found = accounts.list_people(visit.desk, visit.actor)
    refused = mailing.refused_addresses(visit.desk, visit.actor)
    shown = [{**_shown(visit, one), "refused": one.id in refused} for one in found]
    return visit.render(
        "admin/people.html",
        page_title="Beheer: mensen",
        people=shown,
        typed=typed,
        **_choices(visit),
        **_marked(problems),
    )


def _person(visit: Visit, one: Person, typed: dict[str, Any], problems: Sequence[Problem]) -> Response:
    found = mailing.mails_of(visit.desk, visit.actor, one.id)
    return visit.render(
        "admin/person.html",
        page_title=one.name,
        one=one,
        typed=typed,
        mailbox=found.mailbox,
        mails=[
            {"at": mail.sent_at or mail.created_at, "state": labels.MAIL_STATES[mail.state], "answer": mail.answer}
            for mail in found.mails
        ],
        **_choices(visit),
        **_marked(problems),
    )


def _clients(
    visit: Visit, typed: dict[str, Any], problems: Sequence[Problem], *, secret: str = "", secret_of: str = ""
) -> Response:
    found = accounts.list_clients(visit.desk, visit.actor)
    shown = [_shown_client(visit, one) for one in found]
    if typed["rol"]:
        typed = {**typed, "rol": typed["rol"][0]}
    return visit.render(
        "admin/clients.html",
        page_title="Machines en hun sleutels",
        clients=shown,
        typed=typed,
        secret=secret,
        secret_of=secret_of,
        scope_options=[
            {"value": scope.value, "label": labels.SCOPES[scope].label, "hint": labels.SCOPES[scope].explanation}
            for scope in Scope
        ],
        **_choices(visit),
        **_marked(problems),
    )


def _shown(visit: Visit, one: Person) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "roles": [labels.ROLES[role.value].label for role in Role if role in one.roles],
        "agency": _agency(visit, one.agency),
        "active": one.active,
    }


def _shown_client(visit: Visit, one: Client) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "scopes": None
        if one.scopes is None
        else [labels.SCOPES[scope].short for scope in Scope if scope in one.scopes],
        "role": labels.ROLES[one.role.value].label,
        "agency": _agency(visit, one.agency),
        "owner": one.owner,
        "used_at": one.used_at,
        "expires_at": one.expires_at,
        "revoked_at": one.revoked_at,
    }


def _agency(visit: Visit, code: Any) -> str | None:
    agency = visit.desk.register.agency(code) if code else None
    return agency.short_name if agency else code
