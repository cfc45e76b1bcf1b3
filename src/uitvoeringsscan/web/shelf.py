"""Published pages ready to hand: bytes kept in the process and answered before any framework wakes up.

Only answers that anybody may have (a GET without cookie or key, marked public by the page itself) are kept. What is
immutable stays until the shelf is full; what may change (a page that says "ingetrokken") is kept for a second, so that a
thousand readers at once cost one page and a withdrawal is seen at once.
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from uitvoeringsscan.web.packing import accepted

Header = tuple[bytes, bytes]

PREFIXES = (
    "/publicaties/",
    "/publicaties.",
    "/aanvullingen/",
    "/punctualiteit",
    "/organisaties/",
    "/api/v1/publicaties/",
    "/dossiers/",
    "/stemmingen",
    "/sitemap.xml",
    "/dataset.jsonld",
    "/.well-known/jwks.json",
)
FRONT = frozenset({"/", "/publicaties"})
DRAFTING = ("/uitvragen/", "/api/v1/uitvragen/")
"""Answers, comments and signatures of agencies. Hundreds of people write these on the evening before a vote; what the public
can see of it may be a second old, as it may be for readers at another process."""
CAPACITY = 64_000_000
"""Bytes of all bodies together; the page that was asked for longest ago goes first."""
LARGEST = 4_000_000
SECONDS = 1.0

_READING = ("GET", "HEAD")  # the server itself leaves out the body of a HEAD
_PERSONAL = frozenset({b"cookie", b"authorization"})
_VARYING = frozenset({b"x-request-id", b"date"})


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was sent. `until` is None for what never changes."""

    headers: list[Header]
    body: bytes
    etag: bytes
    until: float | None


def _is_public(path: str) -> bool:
    return path.startswith(PREFIXES) or path in FRONT


async def _not_modified(headers: list[Header], send: Send) -> None:
    lasting = [header for header in headers if header[0] not in (b"content-length", b"content-type")]
    await send({"type": "http.response.start", "status": 304, "headers": lasting})
    await send({"type": "http.response.body", "body": b""})


class Shelf:
    """`clock` counts seconds from anywhere; it only has to go forward."""

    def __init__(self, app: ASGIApp, *, clock: Callable[[], float]) -> None:
        self._app = app
        self._clock = clock
        self._kept: OrderedDict[tuple[str, bytes, bytes], Kept] = OrderedDict()
        self._size = 0
        self._coming: dict[tuple[str, bytes, bytes], asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in _READING or not _is_public(scope["path"]):
            await self._app(scope, receive, send)
            if scope["type"] == "http" and scope["method"] not in _READING and not scope["path"].startswith(DRAFTING):
                self._forget_what_may_change()
            return
        accept = asked = b""
        for name, value in scope["headers"]:
            if name in _PERSONAL:
                await self._app(scope, receive, send)
                return
            if name == b"accept":
                accept = value
            elif name == b"if-none-match":
                asked = value
        kind = accept if scope["path"].startswith("/api/") else b"packed" if accepted(scope) else b""
        key = (scope["path"], scope["query_string"], kind)
        kept = self._fresh(key)
        if kept is None and (coming := self._coming.get(key)) is not None:
            await coming.wait()  # a thousand readers at once cost one page
            kept = self._fresh(key)
        if kept is None:
            await self._fetch(key, scope, receive, send, asked)
            return
        self._kept.move_to_end(key)
        if asked and kept.etag in asked:
            await _not_modified(kept.headers, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
        await send({"type": "http.response.body", "body": kept.body})

    def _fresh(self, key: tuple[str, bytes, bytes]) -> Kept | None:
        kept = self._kept.get(key)
        return None if kept is None or (kept.until is not None and kept.until < self._clock()) else kept

    async def _fetch(
        self, key: tuple[str, bytes, bytes], scope: Scope, receive: Receive, send: Send, asked: bytes
    ) -> None:
        """Let the service answer, and keep what it says may be kept.

        An answer is kept when it comes in one piece; the ones that do not are too large or have no end.
        """
        start: Message | None = None
        coming = self._coming[key] = asyncio.Event()

        def came() -> None:
            coming.set()
            if self._coming.get(key) is coming:
                del self._coming[key]

        async def listen(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message  # held back: the ETag follows from the bytes
                return
            if start is not None:
                # What was written meanwhile may be missing from this page: then it is for this reader alone.
                whole, newest = not message.get("more_body", False), self._coming.get(key) is coming
                headers = self._keep(key, start, message.get("body", b"")) if whole and newest else None
                came()  # before it is sent: nobody waits for this reader's line, nor for the rest of a long answer
                if asked and headers is not None and dict(headers)[b"etag"] in asked:
                    await _not_modified(headers, send)
                    return
                await send(start if headers is None else {**start, "headers": headers})
                start = None
            await send(message)

        try:
            await self._app(scope, receive, listen)
        finally:
            came()

    def _keep(self, key: tuple[str, bytes, bytes], start: Message, body: bytes) -> list[Header] | None:
        """The headers of an answer that is kept: one without an ETag gets it here. None when it may not be kept."""
        headers: list[Header] = list(start["headers"])
        found = dict(headers)
        control = found.get(b"cache-control", b"")
        if start["status"] != 200 or b"public" not in control or b"set-cookie" in found or len(body) > LARGEST:
            return None
        if b"etag" not in found:
            headers.append((b"etag", b'"' + sha256(body).hexdigest().encode() + b'"'))
        until = None if re.search(rb"\bimmutable\b", control) else self._clock() + SECONDS
        self._drop(key)
        lasting = [header for header in headers if header[0] not in _VARYING]
        self._kept[key] = Kept(lasting, body, dict(lasting)[b"etag"], until)
        self._size += len(body)
        while self._size > CAPACITY:
            self._drop(next(iter(self._kept)))
        return headers

    def _forget_what_may_change(self) -> None:
        """Something was written here: the next reader gets a fresh page (readers at another process within the second)."""
        for key in [key for key, kept in self._kept.items() if kept.until is not None]:
            self._drop(key)
        self._coming.clear()  # whoever asks from now on does not wait for a page that was begun before

    def _drop(self, key: tuple[str, bytes, bytes]) -> None:
        old = self._kept.pop(key, None)
        if old is not None:
            self._size -= len(old.body)
