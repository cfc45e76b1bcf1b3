"""Public pages and our own files go out packed (gzip), to whoever says that they can unpack.

Only what anybody may have is packed: an answer that the page itself marked public. A page with a name on it carries the
secret of its forms, and how well such a page packs would tell an eavesdropper about that secret. Documents whose bytes
people check or compare (JSON, PDF, feeds) keep their own bytes and their own ETag.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGES = b"text/html"
FILES = frozenset({".css", ".js", ".svg", ".txt"})
SMALLEST = 600
"""Bytes. Below this the headers weigh more than what is won."""
_WORTH = 6


def accepted(scope: Scope) -> bool:
    """Whether this visitor can unpack gzip; a browser that says `gzip;q=0` cannot."""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            return any(
                part.strip().partition(b";")[0] == b"gzip" and not part.replace(b" ", b"").endswith(b";q=0")
                for part in value.lower().split(b",")
            )
    return False


@lru_cache(maxsize=32)
def packed_file(path: Path, _changed: int) -> bytes:
    """The file, packed as small as it gets: done once, for as long as the file is the same."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)


class Packing:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        start: Message | None = None

        async def listen(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if not _may_be_packed(message):
                    await send(message)
                    return
                start = _varying(message)  # held back until it is known how long the body is
                return
            if start is not None:
                held, start = start, None
                whole = not message.get("more_body", False) and len(message.get("body", b"")) >= SMALLEST
                if whole and accepted(scope):
                    held, message = _packed(held, message)
                await send(held)
            await send(message)

        await self._app(scope, receive, listen)


def _may_be_packed(start: Message) -> bool:
    headers = dict(start["headers"])
    return (
        start["status"] == 200
        and b"public" in headers.get(b"cache-control", b"")
        and headers.get(b"content-type", b"").startswith(PAGES)
        and b"content-encoding" not in headers
        and b"set-cookie" not in headers
    )


def _varying(start: Message) -> Message:
    """Caches keep the packed and the plain answer apart."""
    headers = dict(start["headers"])
    vary = b", ".join(filter(None, (headers.get(b"vary"), b"Accept-Encoding")))
    return {**start, "headers": [*((n, v) for n, v in start["headers"] if n != b"vary"), (b"vary", vary)]}


def _packed(start: Message, message: Message) -> tuple[Message, Message]:
    body = gzip.compress(message["body"], _WORTH, mtime=0)
    headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
    # The same page in other bytes: its ETag only says so much, which is what a weak one means (RFC 9110, 8.8.1).
    headers = [(n, b"W/" + v if n == b"etag" and not v.startswith(b"W/") else v) for n, v in headers]
    headers += [(b"content-encoding", b"gzip"), (b"content-length", str(len(body)).encode())]
    return {**start, "headers": headers}, {**message, "body": body}
