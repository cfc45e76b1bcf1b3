"""Callers who take very long to say what they want hold a place that others need: they are cut off, whatever they are.

The server's own protocol waits for ever for the end of a request's head, and for ever between two bytes of a body. This one
gives a head some seconds and some kilobytes, and a body as long as it keeps coming. A proxy before the service does the same
and sees more (docs/security.md); this holds where there is none.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

AT_ONCE = 1000
"""Connections in one process; who comes beyond that hears 503 at once."""


class Patient(HttpToolsProtocol):
    """
    head_seconds    from the first moment of a connection, or of a next request on it, until its head is complete
    head_bytes      the request line and all headers together
    window_seconds, least_bytes   of a body at least so much comes in every such stretch, unless we are the slow one
    """

    head_seconds: ClassVar[float] = 10.0
    head_bytes: ClassVar[int] = 64 * 1024
    window_seconds: ClassVar[float] = 20.0
    least_bytes: ClassVar[int] = 1000

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._clock: asyncio.TimerHandle | None = None
        self._in_head = True
        self._seen = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait(self.head_seconds, self._late)

    def connection_lost(self, exc: Exception | None) -> None:
        self._still()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._seen += len(data)
        super().data_received(data)
        if self._in_head and self._seen > self.head_bytes and not self.transport.is_closing():
            self._say(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if not self._in_head:  # a next request on the same connection
            self._in_head, self._seen = True, 0
            self._wait(self.head_seconds, self._late)

    def on_headers_complete(self) -> None:
        self._in_head, self._seen = False, 0
        self._wait(self.window_seconds, self._look)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._still()
        super().on_message_complete()

    def _look(self) -> None:
        """Whether the body came on since the last look."""
        if self._seen < self.least_bytes and not self.flow.read_paused:
            self._late()
            return
        self._seen = 0
        self._wait(self.window_seconds, self._look)

    def _late(self) -> None:
        cycle: Any = self.cycle  # None before the first request
        if cycle is not None and cycle.response_started and not cycle.response_complete:
            self.transport.close()  # half an answer went out already
            return
        self._say(b"408 Request Timeout")

    def _say(self, status: bytes) -> None:
        self._still()
        self.transport.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()

    def _wait(self, seconds: float, then: Any) -> None:
        self._still()
        self._clock = self.loop.call_later(seconds, then)

    def _still(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
