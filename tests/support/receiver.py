"""A real receiver of webhooks on loopback: it keeps what it gets, checks signatures on its own, and answers as it is told.

with receiver() as there:
    there.url                  http://127.0.0.1:PORT/ontvang
    there.answers              statuses for the next requests, one by one; after that 204
    there.got                  what came in; `there.ids` counts each webhook-id
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Got:
    path: str
    headers: Mapping[str, str]
    body: bytes
    answered: int

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass(slots=True)
class ReceiverThere:
    url: str = ""
    answers: list[int] = field(default_factory=list)
    location: str = ""
    got: list[Got] = field(default_factory=list)

    @property
    def ids(self) -> Counter[str]:
        """How often each id came in, of what was taken."""
        return Counter(one.headers["webhook-id"] for one in self.got if one.answered < 300)


def signature_holds(got: Got, secret: str) -> bool:
    """As a receiver would, from the description of Standard Webhooks alone."""
    key = base64.b64decode(secret.split("_", 1)[1])
    content = got.headers["webhook-id"] + "." + got.headers["webhook-timestamp"] + "."
    expected = base64.b64encode(hmac.new(key, content.encode() + got.body, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(one, f"v1,{expected}") for one in got.headers["webhook-signature"].split())


@contextmanager
def receiver(*, tls: ssl.SSLContext | None = None, port: int = 0) -> Iterator[ReceiverThere]:
    there = ReceiverThere()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            with lock:
                status = there.answers.pop(0) if there.answers else 204
                headers = {name.lower(): value for name, value in self.headers.items()}
                there.got.append(Got(self.path, headers, body, status))
            self.send_response(status)
            if there.location:
                self.send_header("Location", there.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        there.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/ontvang"
        yield there
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
