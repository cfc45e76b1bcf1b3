"""Readers who ask for one page at once cost one page; a writer's readers do not get one from before."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.support import loop
from uitvoeringsscan.web.shelf import Shelf

SHORT = [(b"cache-control", b"public, max-age=60")]


class Slow:
    """Answers with how often it was asked, once it is let go."""

    def __init__(self) -> None:
        self.asked, self.gate = 0, asyncio.Event()

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        body = b""
        if scope["method"] == "GET":
            self.asked += 1
            body = str(self.asked).encode()
            await self.gate.wait()
        await send({"type": "http.response.start", "status": 200, "headers": SHORT})
        await send({"type": "http.response.body", "body": body})


async def ask(shelf: Shelf, path: str = "/stemmingen/2026-12-08", method: str = "GET") -> bytes:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await shelf({"type": "http", "method": method, "path": path, "query_string": b"", "headers": []}, None, send)  # type: ignore[arg-type]
    return bytes(sent[1]["body"])


def readers(*writes: str) -> tuple[Slow, list[bytes]]:
    """Three readers, then these writes, then three more, while the page is being made."""

    async def run() -> tuple[Slow, list[bytes]]:
        service = Slow()
        shelf = Shelf(service, clock=lambda: 0.0)
        first = [asyncio.ensure_future(ask(shelf)) for _ in range(3)]
        await asyncio.sleep(0)
        for path in writes:
            await ask(shelf, path, "POST")
        later = [asyncio.ensure_future(ask(shelf)) for _ in range(3)]
        await asyncio.sleep(0)
        service.gate.set()
        return service, list(await asyncio.gather(*first, *later))

    return loop.run(run())


def test_readers_at_once_cost_one_page() -> None:
    service, bodies = readers()
    assert (service.asked, bodies) == (1, [b"1"] * 6)


def test_whoever_asks_after_a_write_does_not_get_a_page_from_before_it() -> None:
    _, bodies = readers("/mijn-scans/2026-0001/intrekken")
    assert bodies[0] == b"1"
    assert b"1" not in bodies[3:]


def test_what_agencies_save_costs_readers_no_new_page() -> None:
    service, _ = readers("/uitvragen/2026-0001-uwv/onderdeel/gevolgen", "/api/v1/uitvragen/2026-0001-uwv/antwoorden")
    assert service.asked == 1
