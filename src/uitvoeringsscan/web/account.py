"""Somebody's own account: who they are here, where they are signed in, and how to end that."""

from __future__ import annotations

from fastapi import APIRouter, Response

from uitvoeringsscan.errors import Unauthenticated
from uitvoeringsscan.people.people import Person
from uitvoeringsscan.use_cases import signing_in
from uitvoeringsscan.use_cases.accounts import ABSOLUTE, IDLE
from uitvoeringsscan.web.visit import AnyVisit, Posted, Visit, go_to

router = APIRouter()


@router.get("/mijn-account")
def account(visit: AnyVisit) -> Response:
    person, token = _signed_in(visit)
    return visit.render(
        "account/account.html",
        page_title="Mijn account",
        email=person.email,
        sessions=signing_in.sessions_of(visit.desk, person, token),
        idle=int(IDLE.total_seconds() // 3600),
        absolute=int(ABSOLUTE.total_seconds() // 3600),
    )


@router.post("/mijn-account/sessies/{name}")
def end_one(visit: AnyVisit, form: Posted, name: str) -> Response:
    person, _ = _signed_in(visit)
    signing_in.end_session(visit.desk, person, name)
    return go_to("/mijn-account")


@router.post("/mijn-account/overal-uitloggen")
def end_all(visit: AnyVisit, form: Posted) -> Response:
    person, _ = _signed_in(visit)
    signing_in.end_all_sessions(visit.desk, person)
    return go_to("/inloggen")


def _signed_in(visit: Visit) -> tuple[Person, str]:
    if visit.person is None or visit.token is None:
        raise Unauthenticated("Log in om uw account te zien.")
    return visit.person, visit.token
