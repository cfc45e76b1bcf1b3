"""The service as it runs, with one address beside it that answers fixed bytes: the floor to compare with."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from uitvoeringsscan.bootstrap import serve_app
from uitvoeringsscan.settings import Settings


def make() -> ASGIApp:
    """For uvicorn's factory. BENCH_BODY names the file whose bytes `/kaal` answers."""
    service = serve_app(Settings())
    body = Path(os.environ["BENCH_BODY"]).read_bytes()
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/kaal":
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body})
            return
        await service(scope, receive, send)

    return app
