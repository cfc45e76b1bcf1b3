"""Names of files, ways on and addresses that try to be more than that; and refused requests in the log, without secrets."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx2 as httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.support.desk import TEXT
from tests.support.service import LiveServer
from uitvoeringsscan.people.people import SERVICE, Role
from uitvoeringsscan.use_cases import accounts
from uitvoeringsscan.web.visit import own_path

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Parliament

NAMES = [
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "file:///etc/passwd",
    "http://127.0.0.1:1/",
    'a"; filename="b.txt',
    "a\r\nX-Injected: 1\r\n.txt",
    "|id",
    "a\x00.txt",
    "-rf.txt",
    "<script>ran=1</script>.txt",
    "x" * 5000 + ".txt",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_file_name_is_no_path_no_address_and_no_header(parliament: Parliament, tmp_path: Path, name: str) -> None:
    """What is read is what was sent, whatever it is called; or it is refused as no text that we read."""
    before = {path: path.stat().st_size for path in tmp_path.rglob("*") if "sqlite" not in path.name}
    site = parliament.site("M. ter Voorbeeld")
    site.get("/indienen")
    page = site.send(
        "/indienen/gelezen", {"dossiernummer": "99001"}, files={"bestand": (name, TEXT.encode(), "text/plain")}
    )
    assert page.status_code in (200, 400)
    assert "root:" not in page.text
    assert "<script>ran" not in page.text
    assert "x-injected" not in page.headers
    assert {path: path.stat().st_size for path in tmp_path.rglob("*") if "sqlite" not in path.name} == before


ELSEWHERE = ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:ran=1",
             "/\r\nSet-Cookie: a=b", "/\t/evil.example", "", " //evil.example", "/%0d%0aX: 1"]  # fmt: skip


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_after_signing_in_one_is_still_here(parliament: Parliament, onward: str) -> None:
    http = TestClient(parliament.app, base_url="http://testserver", follow_redirects=False)
    sent = {"persoon": parliament.person("L. Lezer"), "verder": onward}
    answer = http.post("/inloggen", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    location = answer.headers["location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "x" not in answer.headers
    assert [name for name in answer.cookies if name == "a"] == []


@given(st.text(max_size=40))
def test_a_way_on_is_a_path_of_this_site(typed: str) -> None:
    found = own_path(typed)
    assert found.startswith("/")
    assert not found.startswith("//")
    assert "\\" not in found
    assert found.isprintable()


def test_an_address_makes_no_header(parliament: Parliament) -> None:
    http = TestClient(parliament.app, base_url="http://testserver", follow_redirects=False)
    answer = http.get("/mijn-scans/" + quote("2026\r\nX-Injected: 1", safe=""))
    assert answer.status_code in (303, 404)
    assert "x-injected" not in answer.headers
    assert "\n" not in answer.headers.get("location", "")


def test_a_refused_request_is_in_the_log_and_its_secret_is_not(
    parliament: Parliament, caplog: pytest.LogCaptureFixture
) -> None:
    _, secret = accounts.add_client(parliament.desk, SERVICE, name="m", role=Role.READER, agency=None)
    http = TestClient(parliament.app, base_url="http://testserver", follow_redirects=False)
    wrong, typed = "us_verkeerd-geheim", "een vertrouwelijk woord"
    caplog.set_level(logging.INFO)
    bearer = {"Authorization": f"Bearer {secret}"}
    http.get("/api/v1/scans", headers={"Authorization": f"Bearer {wrong}"})
    http.post("/api/v1/dossiers/99001/wetsvoorstel", json={"tekst": typed}, headers=bearer)
    http.get(f"/api/v1/scans/2020-9999?zoek={quote(typed)}", headers=bearer)
    http.post("/inloggen", data={"persoon": typed}, headers={"Sec-Fetch-Site": "cross-site"})
    http.post("/oauth/token", data={"grant_type": "client_credentials", "client_id": "m", "client_secret": wrong})
    ours = [
        record for record in caplog.records if not record.name.startswith("http")
    ]  # the client of this test speaks too
    told = [(record.__dict__.get("route"), record.__dict__.get("status")) for record in ours]
    assert {status for _, status in told} >= {401, 403, 404}
    assert all(route is not None for route, status in told if status)
    written = repr([record.__dict__ for record in ours])
    for word in (secret, wrong, typed, quote(typed)):
        assert word not in written


def test_the_server_says_nothing_of_itself(live_server: LiveServer, tmp_path: Path) -> None:
    service = live_server({"UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3"})
    answer = httpx.get(f"{service.url}/health/live")
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers
