"""Around everything: each answer is counted, timed, logged and, where that is asked for, traced.

`/metrics` is for whoever watches over the service: from this machine itself, or with the word that is set for it. For anybody
else there is no such page.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import anyio.to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from uitvoeringsscan.correlation import on_behalf_of

log = logging.getLogger("uitvoeringsscan.requests")

Observe = Callable[[str, str, int, float], None]
Span = Callable[[str, str | None], AbstractContextManager[Callable[[str, int], None]]]
"""(method, traceparent) -> a context in which the answer is made; what it gives is told the route and the status."""

NO_ROUTE = "(geen)"
QUIET = frozenset({"/health/live", "/health/ready", "/metrics"})
"""Asked for every few seconds, by machines: counted, not logged."""

_OURS = frozenset({"127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """What to do with what is seen.

    observe    (method, route, status, seconds) of each answer
    figures    the page of figures, and its media type
    word       who sends it as a Bearer may read that page too; empty: only this machine
    span       a trace of each request; None when nobody asked for traces
    """

    observe: Observe
    figures: Callable[[], bytes]
    media_type: str
    word: str = ""
    span: Span | None = None


class Watch:
    def __init__(
        self, app: ASGIApp, *, watching: Watching, steady: Callable[[], float], new_id: Callable[[], str]
    ) -> None:
        self._app = app
        self._watching = watching
        self._steady = steady
        self._new_id = new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] == "/metrics" and self._may_read(scope):
            await self._figures(send)
            return
        request_id = self._new_id()[:22]
        scope.setdefault("state", {})["request_id"] = request_id
        with on_behalf_of(request_id):
            if self._watching.span is None:
                await self._watched(scope, receive, send, lambda _route, _status: None)
                return
            with self._watching.span(scope["method"], _header(scope, b"traceparent")) as ended:
                await self._watched(scope, receive, send, ended)

    async def _watched(self, scope: Scope, receive: Receive, send: Send, ended: Callable[[str, int], None]) -> None:
        start, status = self._steady(), 500

        async def listen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, listen)
        finally:
            seconds, route = self._steady() - start, route_of(scope)
            self._watching.observe(scope["method"], route, status, seconds)
            ended(route, status)
            if scope["path"] not in QUIET:
                about = {"method": scope["method"], "route": route, "status": status, "ms": round(seconds * 1000, 1)}
                log.info("answered", extra=about)

    def _may_read(self, scope: Scope) -> bool:
        """A proxy on this machine speaks for others, and says so in a header."""
        given = (_header(scope, b"authorization") or "").removeprefix("Bearer ")
        if self._watching.word and hmac.compare_digest(given.encode(), self._watching.word.encode()):
            return True
        peer = (scope.get("client") or ("",))[0]
        return peer in _OURS and not any(name in (b"x-forwarded-for", b"forwarded") for name, _ in scope["headers"])

    async def _figures(self, send: Send) -> None:
        body = await anyio.to_thread.run_sync(self._watching.figures)
        headers = [
            (b"content-type", self._watching.media_type.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def route_of(scope: Scope) -> str:
    """The pattern of the address, such as `/scans/{scan}`: it names nothing and nobody, and there are few of them."""
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return "/static" if scope["path"].startswith("/static/") else NO_ROUTE
    return f"{scope.get('root_path', '')}{path}"


def _header(scope: Scope, wanted: bytes) -> str | None:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), None)
