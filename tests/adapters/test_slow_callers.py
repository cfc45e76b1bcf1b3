"""Callers who dribble, over real sockets: they are cut off, and others are served meanwhile. Bounded, not measured."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any, ClassVar

import pytest
import uvicorn
from uvicorn.protocols.utils import ClientDisconnected

from uitvoeringsscan.adapters.slow_callers import Patient

FOREVER = 20.0
"""Seconds after which a test gives up: many times what any of these callers is given."""


class Hasty(Patient):
    head_seconds: ClassVar[float] = 0.6
    head_bytes: ClassVar[int] = 4000
    window_seconds: ClassVar[float] = 0.6
    least_bytes: ClassVar[int] = 50


async def _count(scope: Any, receive: Any, send: Any) -> None:
    """Answers with how many bytes the body had; says nothing to who left."""
    if scope["type"] != "http":
        return
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = str(size).encode()
    try:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
        await send({"type": "http.response.body", "body": body})
    except ClientDisconnected:
        return


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    config = uvicorn.Config(_count, http=Hasty, lifespan="off", log_config=None, access_log=False, port=0)
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    running.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    running.join(FOREVER)
    listening.close()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=FOREVER)


def rest(caller: socket.socket) -> bytes:
    """All that still comes, until the other side closes."""
    found = b""
    try:
        while piece := caller.recv(4096):
            found += piece
    except ConnectionResetError:
        pass
    return found


def dribble(caller: socket.socket, piece: bytes, times: int) -> bytes:
    """Send a piece again and again, until the other side has had enough; what it said."""
    try:
        for _ in range(times):
            caller.sendall(piece)
            time.sleep(0.05)
    except OSError:
        pass
    return rest(caller)


def test_who_says_nothing_is_let_go(port: int) -> None:
    with closing(connect(port)) as caller:
        assert rest(caller).startswith(b"HTTP/1.1 408")


def test_a_head_that_never_ends_is_cut_off(port: int) -> None:
    with closing(connect(port)) as caller:
        caller.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n")
        said = dribble(caller, b"x-a: b\r\n", 300)
    assert said == b"" or said.startswith(b"HTTP/1.1 408")


def test_a_head_that_is_too_long_is_refused(port: int) -> None:
    with closing(connect(port)) as caller:
        caller.sendall(b"GET / HTTP/1.1\r\nhost: x\r\nx-a: " + b"a" * 5000)
        assert rest(caller).startswith(b"HTTP/1.1 431")


@pytest.mark.parametrize("head", [b"content-length: 5000\r\n", b"transfer-encoding: chunked\r\n"])
def test_a_body_that_hardly_comes_is_cut_off(port: int, head: bytes) -> None:
    with closing(connect(port)) as caller:
        caller.sendall(b"POST / HTTP/1.1\r\nhost: x\r\n" + head + b"\r\n")
        said = dribble(caller, b"1\r\na\r\n" if b"chunked" in head else b"a", 300)
    assert b"HTTP/1.1 200" not in said


def test_a_body_that_keeps_coming_is_read_to_its_end(port: int) -> None:
    with closing(connect(port)) as caller:
        caller.sendall(b"POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 3000\r\n\r\n")
        said = dribble(caller, b"a" * 100, 30)
    assert said.startswith(b"HTTP/1.1 200")
    assert said.endswith(b"3000")


def test_a_next_request_on_the_same_connection_has_its_own_time(port: int) -> None:
    with closing(connect(port)) as caller:
        for _ in range(3):
            caller.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nab")
            said = b""
            while not said.endswith(b"2"):
                said += caller.recv(4096)
            time.sleep(0.3)
        caller.sendall(b"GET / HTTP/1.1\r\nx-slow: ")
        assert rest(caller).startswith(b"HTTP/1.1 408")


def test_others_are_served_while_many_dribble(port: int) -> None:
    slow = [connect(port) for _ in range(60)]
    try:
        for caller in slow:
            caller.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\na")
        with closing(connect(port)) as caller:
            caller.sendall(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            assert rest(caller).startswith(b"HTTP/1.1 200")
        for caller in slow:
            assert b"HTTP/1.1 200" not in rest(caller)
    finally:
        for caller in slow:
            caller.close()
