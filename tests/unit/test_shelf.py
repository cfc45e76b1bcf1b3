"""The shelf keeps what anybody may have, no longer than it may, and never more than fits."""

from __future__ import annotations

from typing import Any

from tests.support import loop
from uitvoeringsscan.web import shelf as shelves
from uitvoeringsscan.web.shelf import Shelf


class Service:
    """Counts how often it is asked; answers with the headers it is given."""

    def __init__(self, headers: dict[bytes, bytes], body: bytes = b"inhoud", status: int = 200) -> None:
        self.headers, self.body, self.status, self.asked = headers, body, status, 0

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        self.asked += 1
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers.items())})
        await send({"type": "http.response.body", "body": self.body})


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def get(
    shelf: Shelf, path: str = "/publicaties/2026-0001-v1.json", **headers: str
) -> tuple[int, dict[bytes, bytes], bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": pairs}
    loop.run(shelf(scope, None, send))  # type: ignore[arg-type]
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


IMMUTABLE = {b"cache-control": b"public, max-age=31536000, immutable", b"etag": b'"abc"', b"x-request-id": b"1"}
SHORT = {b"cache-control": b"public, max-age=60"}


def test_what_never_changes_is_asked_for_once() -> None:
    service, clock = Service(IMMUTABLE), Clock()
    shelf = Shelf(service, clock=clock)
    first = get(shelf)
    clock.now = 1e9
    status, headers, body = get(shelf)
    assert (status, body) == (first[0], first[2])
    assert b"x-request-id" not in headers
    assert service.asked == 1
    assert get(shelf, if_none_match='"abc"')[0] == 304


def test_what_may_change_is_kept_for_a_second() -> None:
    service, clock = Service(SHORT), Clock()
    shelf = Shelf(service, clock=clock)
    get(shelf)
    get(shelf)
    assert service.asked == 1
    service.body = b"ingetrokken"
    clock.now += shelves.SECONDS + 0.01
    assert get(shelf)[2] == b"ingetrokken"


def test_who_has_a_cookie_or_a_key_is_never_answered_from_it() -> None:
    service = Service(IMMUTABLE)
    shelf = Shelf(service, clock=Clock())
    get(shelf, cookie="a=b")
    get(shelf, authorization="Bearer x")
    get(shelf, path="/mijn-scans/1")
    assert service.asked == 3
    get(shelf)
    assert service.asked == 4


def test_private_answers_and_faults_are_not_kept() -> None:
    for service in (
        Service({b"cache-control": b"no-store"}),
        Service(IMMUTABLE, status=404),
        Service({**IMMUTABLE, b"set-cookie": b"a=b"}),
    ):
        shelf = Shelf(service, clock=Clock())
        get(shelf)
        get(shelf)
        assert service.asked == 2


def test_it_never_holds_more_than_fits(monkeypatch: Any) -> None:
    monkeypatch.setattr(shelves, "CAPACITY", 25)
    service = Service(IMMUTABLE, body=b"x" * 10)
    shelf = Shelf(service, clock=Clock())
    for number in (1, 2, 1, 3):  # 2 was asked for longest ago when 3 comes
        get(shelf, path=f"/publicaties/{number}")
    assert service.asked == 3
    get(shelf, path="/publicaties/1")
    assert service.asked == 3
    get(shelf, path="/publicaties/2")
    assert service.asked == 4


def test_a_write_makes_room_for_what_changed() -> None:
    service = Service(SHORT)
    shelf = Shelf(service, clock=Clock())
    get(shelf)
    service.body = b"gecorrigeerd"

    async def write() -> None:
        async def send(_message: Any) -> None: ...

        await shelf({"type": "http", "method": "POST", "path": "/x", "headers": []}, None, send)  # type: ignore[arg-type]

    loop.run(write())
    assert get(shelf)[2] == b"gecorrigeerd"


def test_a_page_without_an_etag_gets_one_of_its_bytes() -> None:
    service = Service(SHORT)
    shelf = Shelf(service, clock=Clock())
    first, second = get(shelf), get(shelf)
    assert first[1][b"etag"] == second[1][b"etag"]
    tag = first[1][b"etag"].decode()
    assert get(shelf, if_none_match=tag)[0] == 304
    assert get(Shelf(service, clock=Clock()), if_none_match=tag)[0] == 304, "also where it is not kept yet"
    service.body = b"ingetrokken"
    assert get(Shelf(service, clock=Clock()), if_none_match=tag)[0] == 200


def test_an_answer_in_pieces_goes_through_as_it_comes() -> None:
    async def in_pieces(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(SHORT.items())})
        for number in range(3):
            await send({"type": "http.response.body", "body": b"%d" % number, "more_body": number < 2})

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/dossiers/1", "query_string": b"", "headers": []}
    loop.run(Shelf(in_pieces, clock=Clock())(scope, None, send))  # type: ignore[arg-type]
    assert [message.get("body") for message in sent] == [None, b"0", b"1", b"2"]
