"""What anybody reads, and what no page may do: headers, caching, sign-in, forms from elsewhere."""

from __future__ import annotations

import hashlib
import json
import urllib.request
from pathlib import Path

import pytest
import rfc8785
from starlette.testclient import TestClient

from tests.support.service import LiveServer
from tests.support.site import forms
from tests.web.conftest import Parliament
from uitvoeringsscan.bootstrap import Knowledge, make_app
from uitvoeringsscan.settings import Environment, Settings

PUBLIC = [
    "/",
    "/publicaties",
    "/stemmingen",
    "/uitleg",
    "/uitleg/fouten",
    "/controleren",
    "/inloggen",
    "/beheer/stijlgids",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_say_that_the_demonstration_is_invented(parliament: Parliament, path: str) -> None:
    page = parliament.site().get(path)
    assert page.status_code == 200
    assert "verzonnen" in page.text
    assert page.text.count("<h1") == 1


def test_the_publication_reads_as_it_was_sealed(parliament: Parliament) -> None:
    scan = parliament.scan("99001", "14")
    site = parliament.site()
    page = site.get(f"/publicaties/{scan}-v1")
    assert "uitvoerbaar, mits" in page.text.lower()
    assert "geen reactie ontvangen" in page.text.lower()
    assert "1 juli 2028" in page.text
    for person in ("S. Bakker", "E. de Goedkeurder"):
        assert person not in page.text
    answer = site.client.get(f"/publicaties/{scan}-v1.json")
    document = json.loads(answer.content)
    digest = document.pop("sha256")
    assert hashlib.sha256(rfc8785.dumps(document)).hexdigest() == digest
    assert answer.headers["etag"] == f'"{digest}"'
    assert "immutable" in answer.headers["cache-control"]
    again = site.client.get(f"/publicaties/{scan}-v1.json", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    pdf = site.client.get(f"/publicaties/{scan}-v1.pdf")
    assert pdf.content.startswith(b"%PDF-")


def test_a_withdrawn_amendment_keeps_its_publication_with_a_mark(parliament: Parliament) -> None:
    scan = parliament.scan("99001", "14")
    owner = next(name for name in ("M. ter Voorbeeld", "A. Denkbeeldig") if _sees(parliament, name, scan))
    site = parliament.site(owner)
    site.get(f"/mijn-scans/{scan}")
    site.send(f"/mijn-scans/{scan}/intrekken", {"toelichting": "Vervangen door een motie."})
    assert "is ingetrokken" in parliament.site().get(f"/publicaties/{scan}-v1").text


def _sees(parliament: Parliament, name: str, scan: str) -> bool:
    return parliament.site(name).get(f"/mijn-scans/{scan}").status_code == 200


def test_overviews_show_what_was_published(parliament: Parliament) -> None:
    site = parliament.site()
    assert "ingrijpend" in site.get("/dossiers/99001").text
    assert "99001, nr. 9" in site.get("/dossiers/99001").text
    day = parliament.desk.now().date().isoformat()
    assert site.get(f"/stemmingen/{day}").status_code == 200
    assert site.get("/stemmingen/gisteren").status_code == 404
    assert site.get("/stemmingen/2026-02-30").status_code == 404
    assert site.get("/dossiers/00000").status_code == 404
    assert site.get("/publicaties/2026-0000-v9").status_code == 404


def test_every_page_carries_the_strict_headers(parliament: Parliament) -> None:
    site = parliament.site()
    for path in (*PUBLIC, "/bestaat-niet", "/static/app.css", "/api/v1/organisaties", "/api/v1/bestaat-niet"):
        headers = site.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "unsafe-inline" not in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY", path
        assert "cache-control" in headers, path


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "http://elders.example"},
    ],
)
def test_a_form_from_elsewhere_is_refused(parliament: Parliament, headers: dict[str, str]) -> None:
    site = parliament.site("C. de Planner")
    scan = parliament.scan("99004", "8")
    page = site.get(f"/coordinatie/scans/{scan}")
    fields = dict(next(form for form in forms(page) if form["action"].endswith("/publiceren"))["fields"])
    answer = site.client.post(f"/coordinatie/scans/{scan}/publiceren", data=fields, headers=headers)
    assert answer.status_code == 403
    assert parliament.site().get(f"/publicaties/{scan}-v1").status_code == 404


def test_a_form_without_its_token_is_refused(parliament: Parliament) -> None:
    site = parliament.site("C. de Planner")
    scan = parliament.scan("99004", "8")
    for token in ({}, {"csrf": ""}, {"csrf": "0" * 64}):
        answer = site.client.post(f"/coordinatie/scans/{scan}/publiceren", data={"versie": "3", **token})
        assert answer.status_code == 403


def test_signing_out_ends_the_session_on_the_server(parliament: Parliament) -> None:
    site = parliament.site("C. de Planner")
    cookie = dict(site.client.cookies)
    site.get("/")
    site.send("/uitloggen")
    stolen = TestClient(parliament.app, base_url="http://testserver", cookies=cookie, follow_redirects=False)
    assert stolen.get("/coordinatie").headers["location"].startswith("/inloggen")


@pytest.mark.parametrize(
    "onward", ["//elders.example", "https://elders.example/", "/\\elders.example", "javascript:alert(1)", "/a\r\nX: y"]
)
def test_signing_in_never_leads_elsewhere(parliament: Parliament, onward: str) -> None:
    client = TestClient(parliament.app, base_url="http://testserver", follow_redirects=False)
    person = parliament.person("C. de Planner")
    answer = client.post(
        "/inloggen", data={"persoon": person, "verder": onward}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.headers["location"] == "/"
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=lax" in answer.headers["set-cookie"].lower()


def test_production_has_no_demonstration_sign_in(parliament: Parliament, sqlite_url: str, knowledge: Knowledge) -> None:
    settings = Settings(
        environment=Environment.PRODUCTION,
        smtp_url="smtp://mail.example",
        mail_from="scan@dienst.example",
        database_url=sqlite_url,
        public_url="https://scan.example",
        secret_key="k2J9s0-xQ7vLr4TnB8wYpE6zHc1uMf3aGd5i",
        allow_sqlite=True,
        oidc_issuer="https://inloggen.example",
        oidc_client_id="scan",
        oidc_client_secret="geheim",
    )
    client = TestClient(make_app(settings, knowledge), base_url="https://scan.example")
    page = client.get("/inloggen")
    assert "C. de Planner" not in page.text
    person = parliament.person("C. de Planner")
    answer = client.post("/inloggen", data={"persoon": person}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_body_that_is_too_large_is_refused_before_it_is_read(parliament: Parliament) -> None:
    site = parliament.site("M. ter Voorbeeld")
    answer = site.client.post("/indienen/gelezen", content=b"x", headers={"Content-Length": "99999999"})
    assert answer.status_code == 413


def test_head_answers_like_get_on_the_real_server(live_server: LiveServer, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'head.sqlite3'}"
    service = live_server({"UITVOERINGSSCAN_ENVIRONMENT": "demo", "UITVOERINGSSCAN_DATABASE_URL": database})
    for path in ("/", "/uitleg", "/api/v1/organisaties"):
        request = urllib.request.Request(service.url + path, method="HEAD")
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 200
            assert int(answer.headers["Content-Length"]) > 100
            assert answer.read() == b""


def test_the_real_server_answers_published_pages_from_the_shelf(live_server: LiveServer, tmp_path: Path) -> None:
    """The second answer names no request of its own: no framework was asked. Whoever has a cookie is never answered so."""
    database = f"sqlite:///{tmp_path / 'shelf.sqlite3'}"
    service = live_server({"UITVOERINGSSCAN_ENVIRONMENT": "demo", "UITVOERINGSSCAN_DATABASE_URL": database})
    with urllib.request.urlopen(f"{service.url}/api/v1/publicaties") as answer:
        number = json.loads(answer.read())["resultaten"][0]["nummer"]
    path = f"{service.url}/publicaties/{number}.json"
    asked = [urllib.request.Request(path, headers=headers) for headers in ({}, {}, {"Cookie": "a=b"})]
    answers = []
    for request in asked:
        with urllib.request.urlopen(request) as answer:
            answers.append(("X-Request-Id" in answer.headers, answer.headers["Content-Security-Policy"], answer.read()))
    assert [named for named, _, _ in answers] == [True, False, True]
    assert len({(policy, body) for _, policy, body in answers}) == 1
    named = []
    for _ in range(10):  # an agency's page is kept for a second: some of these come within that of one before
        with urllib.request.urlopen(f"{service.url}/organisaties/uwv") as answer:
            named.append("X-Request-Id" in answer.headers)
    assert named[0]
    assert not all(named)
