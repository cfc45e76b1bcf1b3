"""The web application: HTML for people, without script first. Errors are pages, and the API is mounted beside it.

Every page gets the same strict headers; every unsafe request must come from our own pages (see `web.border`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from uitvoeringsscan.errors import (
    DomainError,
    Forbidden,
    InvalidInput,
    NotFound,
    Stale,
    Unauthenticated,
    WrongState,
)
from uitvoeringsscan.presentation.templating import STATIC
from uitvoeringsscan.use_cases.ports import Desk
from uitvoeringsscan.web import (
    account,
    admin,
    afterwards,
    agency,
    autosave,
    background,
    board,
    border,
    colleagues,
    coordinator,
    corrections,
    correspondence,
    journal,
    look_back,
    machines,
    open_data,
    parliament,
    public,
    receivers,
    rubrics,
    search,
    signin,
    stacking,
    submitter,
    timing,
)
from uitvoeringsscan.web import packing as packings
from uitvoeringsscan.web.limits import Limits
from uitvoeringsscan.web.visit import Site, Visit, visit_of
from uitvoeringsscan.web.watch import Watch, Watching

log = logging.getLogger(__name__)

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

STATUS: dict[type[DomainError], HTTPStatus] = {
    InvalidInput: HTTPStatus.BAD_REQUEST,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    WrongState: HTTPStatus.CONFLICT,
    Stale: HTTPStatus.CONFLICT,
}

TITLES: dict[int, str] = {
    400: "Dit ging niet goed",
    403: "Dit mag u niet doen",
    404: "Deze pagina is er niet",
    405: "Dit kan hier niet",
    409: "Dit kan nu niet",
    413: "Dit is te groot",
    500: "Er ging iets mis bij ons",
}


def create_web(
    desk: Desk,
    *,
    demonstration: bool,
    public_url: str,
    lifespan: Lifespan,
    limits: Mapping[str, Any] | None = None,
    watching: Watching | None = None,
) -> FastAPI:
    """The outer application over one Desk.

    limits    the options of `web.limits`; None: nobody is held back
    watching  what is done with what is seen; None: nothing
    """
    web = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=lifespan)
    web.state.site = Site(desk=desk, demonstration=demonstration, public_url=public_url.rstrip("/"))
    for pages in (
        open_data,
        public,
        afterwards,
        search,
        stacking,
        signin,
        submitter,
        agency,
        autosave,
        colleagues,
        look_back,
        corrections,
        journal,
        parliament,
        coordinator,
        account,
        correspondence,
        timing,
        admin,
        machines,
        background,
        board,
        receivers,
        rubrics,
    ):
        web.include_router(pages.router)
    web.mount("/static", Static(directory=STATIC))
    web.add_exception_handler(DomainError, _domain)
    web.add_exception_handler(RequestValidationError, _validation)
    web.add_exception_handler(HTTPException, _http)
    web.add_exception_handler(Exception, _unexpected)
    web.add_middleware(packings.Packing)
    if limits is not None:
        web.add_middleware(Limits, steady=desk.steady, **limits)
    web.add_middleware(border.Border, secure=public_url.startswith("https://"), new_id=desk.token)
    if watching is not None:
        web.add_middleware(Watch, watching=watching, steady=desk.steady, new_id=desk.token)
    return web


class Static(StaticFiles):
    """Files whose address carries their digest, so browsers may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if isinstance(answer, FileResponse) and Path(answer.path).suffix in packings.FILES:
            answer = _packed(answer, scope)
        versioned = b"v=" in scope.get("query_string", b"")
        lasting = "public, max-age=31536000, immutable" if versioned else "public, max-age=86400"
        answer.headers["Cache-Control"] = lasting
        return answer


def _packed(answer: FileResponse, scope: Scope) -> Response:
    """A file of ours as it goes over the line."""
    assert answer.stat_result is not None
    file = Path(answer.path)
    if not packings.accepted(scope):
        answer.headers["Vary"] = "Accept-Encoding"
        return answer
    headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "ETag": f"W/{answer.headers['etag']}"}
    return Response(
        packings.packed_file(file, answer.stat_result.st_mtime_ns), headers=headers, media_type=answer.media_type
    )


def _page(request: Request, status: int, message: str) -> Response:
    visit = visit_of(request)
    title = TITLES.get(status, TITLES[400])
    return visit.render("error.html", status=status, page_title=title, message=message)


def _domain(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    if isinstance(error, Unauthenticated):
        # Only the path is carried along, and only our own: an address elsewhere would be an open redirect.
        here = request.url.path if request.method == "GET" else "/"
        return RedirectResponse(f"/inloggen?verder={quote(here)}", status_code=303)
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    details = " ".join(problem.message for problem in error.problems) if isinstance(error, InvalidInput) else ""
    return _page(request, status, f"{error.message} {details}".strip())


def _validation(request: Request, _error: Exception) -> Response:
    return _page(request, 400, "Wat u hebt ingevuld, kunnen we niet lezen. Ga terug en probeer het opnieuw.")


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    messages: dict[int, str] = {
        404: "Het adres klopt niet, of u mag deze pagina niet inzien.",
        405: "Ga terug en probeer het opnieuw.",
        413: "Het bestand of de tekst is te groot.",
    }
    return _page(request, error.status_code, messages.get(error.status_code, "Ga terug en probeer het opnieuw."))


def _unexpected(request: Request, error: Exception) -> Response:
    """Nothing may fail here: the page asks no database, and where even that fails there are plain words."""
    log.error("unexpected error", exc_info=error)
    message = "Er is niets half bewaard. Ga terug en probeer het over een paar minuten opnieuw."
    try:
        site: Site = request.app.state.site
        visit = Visit(site=site, path=request.url.path, person=None, token=None, request_id=None)
        return visit.render("error.html", status=500, page_title=TITLES[500], message=message)
    except Exception:  # noqa: BLE001 - a fault in the error page itself
        return PlainTextResponse(f"{TITLES[500]}. {message}", status_code=500)
