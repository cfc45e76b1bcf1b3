"""A visit: who is here (if anybody), and how a page is shown to them. Handlers get one, and make pages with it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData, UploadFile

from uitvoeringsscan.errors import Forbidden, Problem
from uitvoeringsscan.people.people import AGENCY_ROLES, NOBODY, Actor, Person, Role, actor_of_person
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.templating import environment
from uitvoeringsscan.use_cases.accounts import session_person
from uitvoeringsscan.use_cases.ports import Desk

COOKIE = "uitvoeringsscan"
SECURE_COOKIE = "__Host-uitvoeringsscan"
DANCE_COOKIE = "aanmelden"
"""Carries the secret of one attempt to sign in, for minutes only (see `use_cases.signing_in`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is the same for every visit."""

    desk: Desk
    demonstration: bool
    public_url: str

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def cookie(self) -> str:
        """`__Host-` binds the cookie to this host and to https; over plain http browsers would refuse it."""
        return SECURE_COOKIE if self.secure else COOKIE

    @property
    def dance_cookie(self) -> str:
        return f"{'__Host-' if self.secure else ''}{DANCE_COOKIE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One line of the error summary: the words, and the id of the field they belong to."""

    message: str
    anchor: str | None


# Who sees which entry in the menu, in this order.
_MENU: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("/coordinatie", "Stemmingen en scans", frozenset({Role.COORDINATOR})),
    ("/coordinatie/kamer", "Uit de Kamer", frozenset({Role.COORDINATOR})),
    ("/mijn-scans", "Mijn scans", frozenset({Role.SUBMITTER, Role.COORDINATOR})),
    ("/indienen", "Indienen", frozenset({Role.SUBMITTER, Role.COORDINATOR})),
    ("/uitvragen", "Onze uitvragen", AGENCY_ROLES),
    ("/collegas", "Collega's", frozenset({Role.AGENCY_ADMIN})),
    ("/coordinatie/journaal", "Journaal", frozenset({Role.COORDINATOR})),
    ("/beheer", "Beheer", frozenset({Role.ADMIN})),
    ("/ontvangers", "Ontvangers", frozenset({Role.ADMIN})),
    ("/beheer/vragenlijsten", "Vragenlijsten", frozenset({Role.COORDINATOR, Role.ADMIN})),
)
_PUBLIC_MENU = (
    ("/publicaties", "Gepubliceerd"),
    ("/stemmingen", "Stemmingen"),
    ("/zoeken", "Zoeken"),
    ("/uitleg", "Uitleg"),
)


@dataclass(frozen=True)
class Visit:
    """`person` is None for a visitor. `token` is the session's secret, None without one."""

    site: Site
    path: str
    person: Person | None
    token: str | None
    request_id: str | None

    @property
    def desk(self) -> Desk:
        return self.site.desk

    @cached_property
    def actor(self) -> Actor:
        actor = actor_of_person(self.person) if self.person else NOBODY
        return replace(actor, request=self.request_id)

    @cached_property
    def csrf(self) -> str:
        """The token that every form of this session carries; it tells nothing about the session's own secret."""
        return self.desk.seal(f"form:{self.token}") if self.token else ""

    def render(
        self, template: str, *, page_title: str, status: int = 200, errors: Sequence[FieldError] = (), **context: Any
    ) -> HTMLResponse:
        """A page from a template, with all that the frame of every page needs."""
        page = environment().get_template(template)
        html = page.render(
            page_title=page_title,
            demo=self.site.demonstration,
            person=self._shown_person(),
            nav=self._menu(),
            csrf=self.csrf,
            errors=list(errors),
            site_url=self.site.public_url,
            **context,
        )
        return HTMLResponse(html, status_code=status)

    def _menu(self) -> list[dict[str, Any]]:
        roles = self.person.roles if self.person else frozenset()
        entries = [(href, label) for href, label, wanted in _MENU if roles & wanted] + list(_PUBLIC_MENU)
        return [{"href": href, "label": label, "current": self.path == href} for href, label in entries]

    def _shown_person(self) -> Mapping[str, str | None] | None:
        if self.person is None:
            return None
        agency = self.desk.register.agency(self.person.agency) if self.person.agency else None
        roles = sorted(self.person.roles, key=list(Role).index)
        return {
            "name": self.person.name,
            "role_label": " en ".join(labels.ROLES[role.value].label for role in roles),
            "agency_name": agency.short_name if agency else None,
        }


def visit_of(request: Request) -> Visit:
    """Who is here, by the session cookie. A plain function: it reads the database."""
    site: Site = request.app.state.site
    token = request.cookies.get(site.cookie)
    person = session_person(site.desk, token) if token else None
    return Visit(
        site=site,
        path=request.url.path,
        person=person,
        token=token if person else None,
        request_id=request.scope.get("state", {}).get("request_id"),
    )


AnyVisit = Annotated[Visit, Depends(visit_of)]


async def _form(request: Request) -> AsyncIterator[FormData]:
    """The form as it was sent; its files are closed once the page is made."""
    async with request.form(max_files=2, max_fields=400, max_part_size=2_000_000) as form:
        yield form


def posted(visit: AnyVisit, form: Annotated[FormData, Depends(_form)]) -> FormData:
    """The form that was sent, once it is clear that it belongs to this session."""
    given = form.get("csrf")
    if visit.token is not None and (not isinstance(given, str) or given != visit.csrf):
        raise Forbidden("Dit formulier is verlopen. Ga terug, ververs de pagina en probeer het opnieuw.")
    return form


Posted = Annotated[FormData, Depends(posted)]


def text(form: FormData, name: str) -> str:
    """What was typed in a field, line ends as one character; empty when it is absent or a file."""
    value = form.get(name)
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def text_or_file(visit: Visit, form: FormData, name: str, file_name: str) -> str:
    """The text that was pasted, or else the text of the file that was sent; InvalidInput when that is none we read."""
    pasted = text(form, name)
    file = form.get(file_name)
    if pasted.strip() or not isinstance(file, UploadFile) or not file.filename:
        return pasted
    return visit.desk.read_document(file.file.read(), file.filename, file.content_type)


def seen(form: FormData) -> int | None:
    """The version the page was made from, carried hidden in the form. A form without one is stale by definition."""
    value = text(form, "versie")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1


def field_errors(problems: Sequence[Problem], anchors: Mapping[str, str] | None = None) -> list[FieldError]:
    """Problems as lines of the error summary; a field's id is `veld-` and its name with dashes for dots."""
    found = []
    for problem in problems:
        place = problem.question or problem.field
        anchor = None if place is None else (anchors or {}).get(place, "veld-" + place.replace(".", "-"))
        found.append(FieldError(message=problem.message, anchor=anchor))
    return found


def errors_by_field(problems: Sequence[Problem]) -> dict[str, str]:
    """Field or question -> its first message, to stand beside it."""
    found: dict[str, str] = {}
    for problem in problems:
        found.setdefault(problem.question or problem.field or "", problem.message)
    return found


def go_to(path: str) -> Response:
    """After a change: look at the result with a fresh GET."""
    return RedirectResponse(path, status_code=303)


def own_path(text: str) -> str:
    """A path of this site to go on to, or the front page: never an address elsewhere."""
    safe = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if safe else "/"
