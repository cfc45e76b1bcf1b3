"""What goes packed over the line, and what never does: a page that carries the secret of somebody's forms."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from tests.web.conftest import Parliament
from uitvoeringsscan.presentation.templating import STATIC, asset
from uitvoeringsscan.web.packing import accepted


def sent(
    parliament: Parliament, path: str, person: str | None = None, encoding: str = "gzip, deflate, br"
) -> tuple[bool, int, str]:
    """Whether it came packed, how many bytes went over the line, and what the answer says it varies by."""
    client = parliament.site(person).client
    with client.stream("GET", path, headers={"Accept-Encoding": encoding}) as answer:
        assert answer.status_code == 200, path
        size = sum(map(len, answer.iter_raw()))
        return answer.headers.get("content-encoding") == "gzip", size, answer.headers.get("vary", "")


@pytest.mark.parametrize("path", ["/", "/publicaties", "/stemmingen", "/uitleg"])
def test_public_pages_are_packed_for_who_can_unpack(parliament: Parliament, path: str) -> None:
    packed, small, vary = sent(parliament, path)
    plain, large, plainly = sent(parliament, path, encoding="identity")
    assert (packed, plain) == (True, False)
    assert small < large / 2
    assert vary == plainly == "Cookie, Accept-Encoding"


def test_packed_and_plain_are_the_same_page(parliament: Parliament) -> None:
    plain = parliament.site().client.get("/uitleg", headers={"Accept-Encoding": "identity"})
    assert parliament.site().client.get("/uitleg").text == plain.text


def test_a_page_with_a_secret_in_its_forms_is_never_packed(parliament: Parliament) -> None:
    for person, path in (("C. de Planner", "/coordinatie"), ("U. Werker", "/uitvragen"), ("U. Werker", "/")):
        assert not sent(parliament, path, person)[0], path


def test_documents_that_people_check_keep_their_own_bytes(parliament: Parliament) -> None:
    number = parliament.site().client.get("/publicaties.csv").text.splitlines()[1].split(",")[0].strip('"')
    answer = parliament.site().client.get(f"/publicaties/{number}.json")
    assert "content-encoding" not in answer.headers
    assert answer.headers["etag"].startswith('"')


def test_our_own_files_are_packed_once_and_whole(parliament: Parliament) -> None:
    path = asset("app.css")
    assert sent(parliament, path)[1] == len(gzip.compress((STATIC / "app.css").read_bytes(), 9, mtime=0))
    client = parliament.site().client
    assert (
        hashlib.sha256(client.get(path).content).digest() == hashlib.sha256((STATIC / "app.css").read_bytes()).digest()
    )
    assert "immutable" in client.get(path).headers["cache-control"]
    assert not sent(parliament, "/static/fonts/source-sans-3-400.woff2")[0]


@pytest.mark.parametrize(
    ("said", "can"),
    [
        (b"gzip", True),
        (b"br, GZIP;q=0.5", True),
        (b"gzip;q=0", False),
        (b"br", False),
        (b"identity", False),
        (None, False),
    ],
)
def test_who_says_that_they_can_unpack(said: bytes | None, can: bool) -> None:
    headers = [] if said is None else [(b"accept-encoding", said)]
    assert accepted({"headers": headers}) is can
