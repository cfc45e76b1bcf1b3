"""Signing in and out: through the identity provider where there is one. In the demonstration one chooses a person;
outside demonstration and development that is refused.

From our page to the provider leads a link, and back from signing out a page that goes on by itself: a form may only go to
this site (`form-action 'self'`), and browsers hold its redirects to that.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from uitvoeringsscan.errors import SignInRefused
from uitvoeringsscan.people.people import Role
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.use_cases import accounts, signing_in
from uitvoeringsscan.web.visit import AnyVisit, Posted, Visit, go_to, own_path, text

router = APIRouter()


@router.get("/inloggen")
def choose(visit: AnyVisit, onward: Annotated[str, Query(alias="verder")] = "/") -> Response:
    people = []
    order = list(Role)
    for person in sorted(
        accounts.demo_people(visit.desk), key=lambda p: (p.agency or "", min(map(order.index, p.roles)))
    ):
        agency = visit.desk.register.agency(person.agency) if person.agency else None
        roles = " en ".join(labels.ROLES[role.value].label for role in sorted(person.roles))
        people.append(
            {"id": person.id, "name": person.name, "role": roles, "agency": agency.short_name if agency else None}
        )
    return visit.render(
        "signin.html",
        page_title="Inloggen",
        people=people,
        onward=own_path(onward),
        provider=visit.desk.provider is not None,
        demo_sign_in=visit.desk.demo,
    )


@router.post("/inloggen")
def sign_in(visit: AnyVisit, form: Posted) -> Response:
    token = accounts.demo_sign_in(visit.desk, text(form, "persoon"))
    return _signed_in(visit, token, own_path(text(form, "verder")))


@router.get("/inloggen/begin")
def set_out(visit: AnyVisit, onward: Annotated[str, Query(alias="verder")] = "/") -> Response:
    """To the provider, with a secret in the browser that only the answer to this attempt fits."""
    try:
        dance = signing_in.begin(visit.desk)
    except SignInRefused as error:
        return _refused(visit, error)
    answer = RedirectResponse(dance.address, status_code=303)
    # The way on travels in the cookie too: what comes back from elsewhere decides nothing about it.
    kept = f"{dance.secret}|{quote(own_path(onward))}"
    age = int(signing_in.DANCE.total_seconds())
    _set(visit, answer, visit.site.dance_cookie, kept, max_age=age)
    return answer


@router.get("/inloggen/terug")
def come_back(visit: AnyVisit, request: Request, state: str = "", code: str = "", iss: str | None = None) -> Response:
    secret, _, onward = request.cookies.get(visit.site.dance_cookie, "").partition("|")
    try:
        token = signing_in.finish(visit.desk, secret=secret or None, state=state, code=code, issuer=iss)
    except SignInRefused as error:
        answer = _refused(visit, error)
    else:
        if visit.token is not None:  # somebody who was signed in already goes on in the new session alone
            accounts.sign_out(visit.desk, visit.token)
        answer = _signed_in(visit, token, own_path(unquote(onward)))
    answer.delete_cookie(visit.site.dance_cookie, path="/", secure=visit.site.secure, httponly=True, samesite="lax")
    return answer


def _signed_in(visit: Visit, token: str, onward: str) -> Response:
    answer = go_to(onward)
    _set(visit, answer, visit.site.cookie, token)
    return answer


def _set(visit: Visit, answer: Response, name: str, value: str, max_age: int | None = None) -> None:
    answer.set_cookie(name, value, max_age=max_age, httponly=True, samesite="lax", secure=visit.site.secure, path="/")


def _refused(visit: Visit, error: SignInRefused) -> Response:
    return visit.render("signin_refused.html", page_title="Inloggen is niet gelukt", status=403, message=error.message)


@router.post("/uitloggen")
def sign_out(visit: AnyVisit, form: Posted) -> Response:
    if visit.token is not None:
        accounts.sign_out(visit.desk, visit.token)
    answer = go_to("/uitgelogd" if visit.token is not None and visit.desk.provider is not None else "/")
    answer.delete_cookie(visit.site.cookie, path="/", secure=visit.site.secure, httponly=True, samesite="lax")
    return answer


@router.get("/uitgelogd")
def signed_out(visit: AnyVisit) -> Response:
    """Signed out here; on to the provider, to end the session there as well."""
    try:
        address = visit.desk.provider.sign_out_address() if visit.desk.provider else None
    except SignInRefused:  # it does not answer: signing out here stands
        address = None
    if address is None:
        return go_to("/")
    page = visit.render("signed_out.html", page_title="U bent uitgelogd", address=address)
    page.headers["Refresh"] = f"0; url={address}"
    return page
