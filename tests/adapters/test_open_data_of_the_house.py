"""The House's data over HTTP: what is believed of an answer, and what is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.support.house import HouseThere, Trouble, house
from uitvoeringsscan.adapters import parliament
from uitvoeringsscan.adapters.parliament import CASE_EXPAND, OpenData
from uitvoeringsscan.parliament.feed import Category
from uitvoeringsscan.parliament.judging import BILL_PAPERS
from uitvoeringsscan.use_cases.ports_parliament import Unreachable

GUID = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def there() -> Iterator[HouseThere]:
    with house() as started:
        yield started


@contextmanager
def feed_of(url: str, waits: list[float] | None = None) -> Iterator[OpenData]:
    """A client that never really waits; its connections are closed at the end."""
    waited = waits if waits is not None else []
    made = OpenData(url, steady=time.monotonic, rate=100_000, sleep=waited.append)
    try:
        yield made
    finally:
        made.rest()


@contextmanager
def saying(body: bytes, status: int = 200, **headers: str) -> Iterator[tuple[str, list[str]]]:
    """A server that always says the same, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def test_a_case_comes_with_all_that_hangs_on_it(there: HouseThere) -> None:
    case = there.amendment(there.dossier(99001), 14)
    there.votes(there.now, case)
    there.decide(case, "Stemmen - aangenomen", "Aangenomen.", {"Fractie Aurora": ("Voor", 80)})
    with feed_of(there.url) as feed:
        answer = feed.case(case)
        missing = feed.case(GUID)
    assert answer is not None
    assert missing is None
    assert answer["Kamerstukdossier"][0]["Nummer"] == 99001
    assert answer["Besluit"][0]["Stemming"][0]["FractieGrootte"] == 80
    assert answer["Agendapunt"][0]["Activiteit"]["Soort"] == "Stemmingen"
    assert CASE_EXPAND.split("(")[0] in there.asked[0].replace("+", " ")


def test_documents_come_over_several_pages_the_newest_first(there: HouseThere) -> None:
    there.page = 2
    bill = there.dossier(99001)
    for day in range(1, 8):
        there.document(
            "ARTIKEL I", Soort="Voorstel van wet", Kamerstukdossier=[bill], Datum=f"2026-11-0{day}T00:00:00Z"
        )
    there.document("Iets anders", Soort="Nota van wijziging", Kamerstukdossier=[bill])
    with feed_of(there.url) as feed:
        found = feed.documents_of(bill, BILL_PAPERS)
    assert [one["Datum"][:10] for one in found] == [f"2026-11-0{day}" for day in (7, 6, 5, 4, 3)]


def test_a_redirect_is_not_followed() -> None:
    moved = saying(b"", 302, Location="http://127.0.0.1:9/elders")
    with moved as (url, asked), feed_of(url) as feed, pytest.raises(Unreachable, match="302"):
        feed.case(GUID)
    assert len(asked) == 1


def test_of_a_next_link_only_the_place_is_taken() -> None:
    page = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="http://elders.example/x?skiptoken=77"/>'
        b"<entry><title>x</title></entry></feed>"
    )
    with saying(page) as (url, asked), feed_of(url) as feed:
        found = feed.changes(Category.CASE, 5, None)
        assert found is not None
        assert (found.token, found.caught_up, len(found.unreadable)) == (77, False, 1)
        feed.changes(Category.CASE, found.token, None)
    assert all(path.startswith("/SyncFeed/2.0/Feed?category=Zaak") for path in asked)


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed>&b;</feed>',
        b"<feed><entry></feed>",
        b"<html/>",
        b"",
        b'{"value": []}',
    ],
)
def test_what_is_no_feed_is_no_use(body: bytes) -> None:
    with saying(body) as (url, asked), feed_of(url) as feed, pytest.raises(Unreachable):
        feed.changes(Category.CASE, None, None)
    assert len(asked) == 3


def test_more_than_fits_is_no_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parliament, "PAGE_BYTES", 1000)
    heavy = saying(b"<feed>" + b" " * 2000 + b"</feed>")
    with heavy as (url, _), feed_of(url) as feed, pytest.raises(Unreachable, match="more than 1000 bytes"):
        feed.changes(Category.CASE, None, None)


def test_a_file_that_the_house_calls_too_heavy_is_not_asked_for(there: HouseThere) -> None:
    with feed_of(there.url) as feed, pytest.raises(Unreachable):
        feed.file(GUID, 10**9)
    assert there.asked == []


@pytest.mark.parametrize("identifier", ["", "x", "../Feed", GUID.upper() + "1", f"{GUID})?$expand=x"])
def test_what_is_no_id_is_never_asked_for(there: HouseThere, identifier: str) -> None:
    with feed_of(there.url) as feed:
        for ask in (feed.case, lambda one: feed.file(one, None), lambda one: feed.documents_of(one, BILL_PAPERS)):
            with pytest.raises(ValueError, match="not an id"):
                ask(identifier)
    assert there.asked == []


def test_waiting_is_as_long_as_is_asked_and_no_longer_than_we_have(there: HouseThere) -> None:
    case = there.amendment(there.dossier(99001), 14)
    waits: list[float] = []
    there.troubles = [Trouble("/OData", status=503, headers={"Retry-After": "3"}), Trouble("/OData", status=500)]
    with feed_of(there.url, waits) as feed:
        assert feed.case(case) is not None
        assert [wait for wait in waits if wait >= 1] == [3.0, 12.0]
        there.troubles = [Trouble("/OData", status=429, headers={"Retry-After": "Tue, 08 Dec 2026 15:00:00 GMT"})]
        with pytest.raises(Unreachable) as error:
            feed.case(case)
    assert error.value.wait == 60.0
    assert error.value.everyone


def test_questions_keep_their_distance(there: HouseThere) -> None:
    clock = [0.0]
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += seconds

    feed = OpenData(there.url, steady=lambda: clock[0], rate=2.0, sleep=sleep)
    for _ in range(4):
        feed.case(GUID)
    feed.rest()
    assert waits == [0.5] * 3
