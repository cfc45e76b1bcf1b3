"""The service as it runs, with two addresses beside it that answer fixed bytes: the floors to compare with.

`/kaal` sends the same answer as the page, headers and all; `/kaalst` the same body with the two headers it cannot do without.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from uitvoeringsscan.bootstrap import serve_app
from uitvoeringsscan.settings import Settings


def make() -> ASGIApp:
    """For uvicorn's factory. BENCH_BODY names the file with the body, BENCH_HEADERS the one with the headers (JSON)."""
    service = serve_app(Settings())
    body = Path(os.environ["BENCH_BODY"]).read_bytes()
    same = [
        (name.encode(), value.encode()) for name, value in json.loads(Path(os.environ["BENCH_HEADERS"]).read_text())
    ]
    fewest = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    floors = {"/kaal": same, "/kaalst": fewest}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = floors.get(scope["path"]) if scope["type"] == "http" else None
        if headers is None:
            await service(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app
