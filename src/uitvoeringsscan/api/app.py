"""The JSON API as an application of its own, mounted at /api/v1: its errors are problem+json, whatever happens.

Keeps the Dutch API Design Rules (Logius): Dutch names, camelCase, `API-Version` on every answer, 400 for invalid input
with every problem at once, openapi.json at the base path for anybody.
"""

from __future__ import annotations

import logging
import re

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from uitvoeringsscan.api import (
    document,
    problems,
    routes_afterwards,
    routes_assessments,
    routes_bills,
    routes_bulk,
    routes_collaboration,
    routes_corrections,
    routes_events,
    routes_proposals,
    routes_public,
    routes_scans,
    routes_versions,
)
from uitvoeringsscan.errors import DomainError
from uitvoeringsscan.use_cases.ports import Desk

BASE = "/api/v1"
API_VERSION = "1.0.0"
MAX_BODY = 1_000_000
"""Bytes. The longest text allowed fits; anything more is refused before it is read."""

log = logging.getLogger(__name__)


def create_api(desk: Desk, public_url: str) -> ASGIApp:
    """The API over one Desk. `public_url` is where the world reaches the service."""
    api = FastAPI(
        title="Uitvoeringsscan",
        version=API_VERSION,
        description="Wat een amendement betekent voor wie het moet uitvoeren, bekend voor de stemming.",
        contact={"name": "Uitvoeringsscan", "url": f"{public_url}/uitleg", "email": "uitvoeringsscan@example.org"},
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        servers=[{"url": f"{public_url}/api/v1", "description": "Deze dienst"}],
        root_path_in_servers=False,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    api.state.desk = desk
    for routes in (
        routes_scans,
        routes_bulk,
        routes_corrections,
        routes_assessments,
        routes_collaboration,
        routes_bills,
        routes_versions,
        routes_afterwards,
        routes_proposals,
        routes_public,
        routes_events,
    ):
        api.include_router(routes.router)
    api.add_exception_handler(DomainError, _domain)
    api.add_exception_handler(RequestValidationError, _validation)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(Exception, _unexpected)
    api.openapi = lambda: document.build(api)  # type: ignore[method-assign]
    return Border(api)


def mount(outer: FastAPI, desk: Desk, public_url: str) -> None:
    """Put the API under /api/v1 of the outer application, for every address below it.

    The framework's own pattern ends at a line break (%0A), and the rest would be answered by the outer application.
    """
    route = Mount(BASE, create_api(desk, public_url))
    route.path_regex = re.compile(f"^{BASE}/(?P<path>.*)$", re.DOTALL)
    outer.router.routes.append(route)


async def _domain(_request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    return problems.of_domain(error)


async def _validation(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problems.of_validation(error.errors())


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = (
        error.detail
        if error.status_code == 406
        else _DETAILS.get(error.status_code, "Dit verzoek kunnen we niet doen.")
    )
    if error.status_code == 413:
        return _too_large()
    if error.status_code == 400:  # what could not even be taken apart: nested too deep, a number without end, no UTF-8
        return problems.unreadable(detail)
    return problems.respond(error.status_code, detail, headers=error.headers)


_DETAILS = {
    400: "We kunnen dit verzoek niet lezen: de inhoud is geen geldige JSON.",
    404: "Op dit adres is niets.",
    405: "Deze methode kan op dit adres niet.",
}


async def _unexpected(_request: Request, error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    return problems.respond(500, "Er ging iets mis bij ons. Er is niets half bewaard; probeer het later opnieuw.")


class Border:
    """Around everything, also around the answer to a crash: headers on each answer, limits on each body.

    A body is refused by its declared length, or counted while it comes in, before anything parses it.
    """

    HEADERS = (
        (b"api-version", API_VERSION.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"no-referrer"),
    )

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        started = False
        open_to_all = scope["path"].endswith("/openapi.json")

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = [*message.get("headers", []), *self.HEADERS]
                names = {name for name, _ in headers}
                if b"cache-control" not in names:
                    headers.append((b"cache-control", b"no-store"))
                if open_to_all:
                    headers.append((b"access-control-allow-origin", b"*"))
                message = {**message, "headers": headers}
            await send(message)

        refusal = self._refuse(scope)
        if refusal is not None:
            await refusal(scope, receive, send_with_headers)
            return
        try:
            counted = receive if scope["path"].endswith(routes_bulk.PATH) else _Counted(receive)
            await self._app(scope, counted, send_with_headers)
        except Exception:
            # Answered and logged by `_unexpected`; the framework raises it once more for servers without a handler.
            if not started:
                raise

    def _refuse(self, scope: Scope) -> Response | None:
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"0")
        stream = scope["path"].endswith(routes_bulk.PATH)  # judges its own kind, and measures its own lines
        if not length.isdigit() or len(length) > 12 or (int(length) > MAX_BODY and not stream):
            return _too_large()
        has_body = length != b"0" or b"transfer-encoding" in headers
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if has_body and scope["method"] in ("POST", "PUT") and kind != b"application/json" and not stream:
            return problems.respond(415, "Stuur JSON, met de header Content-Type: application/json.", code="geen-json")
        return None


def _too_large() -> Response:
    return problems.respond(413, f"Dit verzoek is te groot: hooguit {MAX_BODY // 1000} kB.", code="te-groot")


class _TooLarge(HTTPException):
    """An HTTPException, because the framework lets no other pass while it reads a body."""

    def __init__(self) -> None:
        super().__init__(413)


class _Counted:
    """`receive`, but counting: more than MAX_BODY bytes without a declared length end here."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > MAX_BODY:
            raise _TooLarge
        return message
