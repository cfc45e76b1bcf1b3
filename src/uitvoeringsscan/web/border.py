"""Around every page: strict headers on each answer, a limit on each body, and no unsafe request from elsewhere.

A form that another site makes a browser send is refused by what the browser itself says about where it came from
(`Sec-Fetch-Site`, else `Origin`), and by the token in the form that belongs to the session (`web.visit`).
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 6_000_000
"""Bytes: a document of 5 MB and the form around it."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; "
        b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Border:
    """`secure`: the public address is https, so browsers are told never to come back without it.

    new_id  gives each request an id, for the journal and for who asks what happened
    """

    def __init__(self, app: ASGIApp, *, secure: bool, new_id: Callable[[], str]) -> None:
        self._app = app
        self._new_id = new_id
        self._headers = (*HEADERS, HSTS) if secure else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = scope.setdefault("state", {}).setdefault("request_id", None) or self._new_id()[:22]
        scope["state"]["request_id"] = request_id
        is_api = scope["path"].startswith("/api/")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message.get("headers", [])}
                ours = ((b"x-request-id", request_id.encode()), *self._headers)
                added = [header for header in ours if header[0] not in present]
                if b"content-security-policy" in present:  # it says itself who may frame it, and this older word cannot
                    added = [header for header in added if header[0] != b"x-frame-options"]
                if b"cache-control" not in present:
                    added.append((b"cache-control", b"no-store"))
                message = {**message, "headers": [*message.get("headers", []), *added]}
            await send(message)

        if scope["method"] == "HEAD":  # a GET of which the server sends the headers only
            scope = {**scope, "method": "GET"}
        refusal = None if is_api else _refuse(scope)
        if refusal is not None:
            await refusal(scope, receive, send_with_headers)
            return
        await self._app(scope, receive if is_api else _Counted(receive), send_with_headers)


def _refuse(scope: Scope) -> Response | None:
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > MAX_BODY:
        return PlainTextResponse("Dit is te groot: hooguit 5 MB.", status_code=413)
    if scope["method"] not in SAFE and not _from_here(headers):
        return PlainTextResponse("Dit formulier komt niet van deze site. Open de pagina opnieuw.", status_code=403)
    return None


def _from_here(headers: dict[bytes, bytes]) -> bool:
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    if origin is not None:
        return origin.partition(b"://")[2] == headers.get(b"host")
    return b"cookie" not in headers


class _Counted:
    """`receive`, but counting: a body without a declared length ends at the same limit."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > MAX_BODY:
            return {"type": "http.disconnect"}
        return message
