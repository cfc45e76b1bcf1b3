"""One's own sessions, the administrator's pages, and the coordinator's journal, as a browser without script has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from conftest import Parliament

MARKUP = "<script>alert(1)</script>\"'&"


def test_sessions_are_shown_and_ended(parliament: Parliament) -> None:
    here, there = parliament.site("C. de Planner"), parliament.site("C. de Planner")
    page = here.get("/mijn-account")
    assert page.status_code == 200
    assert page.text.count("(deze sessie)") == 1
    (action,) = set(re.findall(r'action="(/mijn-account/sessies/[^"]+)"', page.text))
    here.send(action)
    assert there.get("/coordinatie").url.path == "/inloggen"
    assert here.get("/coordinatie").url.path == "/coordinatie"


def test_signing_out_everywhere(parliament: Parliament) -> None:
    here, there = parliament.site("C. de Planner"), parliament.site("C. de Planner")
    here.get("/mijn-account")
    here.send("/mijn-account/overal-uitloggen")
    for site in (here, there):
        assert site.get("/coordinatie").url.path == "/inloggen"


def test_signing_out_ends_the_session_itself(parliament: Parliament) -> None:
    site = parliament.site("C. de Planner")
    stolen = dict(site.client.cookies)
    site.get("/")
    site.send("/uitloggen")
    thief = TestClient(parliament.app, base_url="http://testserver", follow_redirects=False, cookies=stolen)
    assert thief.get("/coordinatie").headers["location"].startswith("/inloggen")


def test_a_form_of_another_session_ends_nothing(parliament: Parliament) -> None:
    here, there = parliament.site("C. de Planner"), parliament.site("M. ter Voorbeeld")
    there.get("/mijn-account")
    here.get("/mijn-account")
    here.send("/mijn-account/overal-uitloggen", {"csrf": "verzonnen"})
    assert here.page is not None
    assert here.page.status_code == 403
    assert here.get("/coordinatie").url.path == "/coordinatie"


def test_an_administrator_adds_changes_and_closes_off(parliament: Parliament) -> None:
    site = parliament.site("B. Beheerder")
    site.get("/beheer")
    site.send(
        "/beheer/mensen",
        {
            "naam": "N. Nieuw",
            "email": " n@voorbeeld.example ",
            "rol": ["behandelaar", "vaststeller"],
            "organisatie": "svb",
        },
    )
    person = parliament.person("N. Nieuw")
    newcomer = parliament.site("N. Nieuw")
    assert newcomer.get("/uitvragen").url.path == "/uitvragen"
    page = site.get(f"/beheer/mensen/{person}")
    assert re.findall(r'value="(behandelaar|vaststeller)" checked', page.text) == ["behandelaar", "vaststeller"]
    site.send(f"/beheer/mensen/{person}", {"actief": "nee"})
    assert newcomer.get("/uitvragen").url.path == "/inloggen"
    assert "afgesloten" in site.get("/beheer").text
    assert "N. Nieuw" not in newcomer.get("/inloggen").text


def test_what_is_wrong_stands_beside_it_and_what_was_typed_stays(parliament: Parliament) -> None:
    site = parliament.site("B. Beheerder")
    site.get("/beheer")
    page = site.send("/beheer/mensen", {"naam": MARKUP, "email": "geen adres", "rol": ["vaststeller"]})
    assert page.status_code == 400
    assert "Dit is geen e-mailadres." in page.text
    assert "Deze rol hoort bij een organisatie." in page.text
    assert 'value="geen adres"' in page.text
    assert "<script>" not in page.text
    assert 'value="vaststeller" checked' in page.text


def test_a_secret_is_shown_once(parliament: Parliament) -> None:
    site = parliament.site("B. Beheerder")
    site.get("/beheer/sleutels")
    answer = site.send("/beheer/sleutels", {"naam": MARKUP, "rol": "lezer", "geldigheid": "30"})
    (secret,) = re.findall(r"us_[A-Za-z0-9_-]{40,}", answer.text)
    assert "<script>" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    again = site.get("/beheer/sleutels").text
    assert secret not in again
    assert "nog niet" in again
    api = TestClient(parliament.app, base_url="http://testserver")
    assert api.get("/api/v1/scans", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert "nog niet" not in site.get("/beheer/sleutels").text  # its first use is shown
    (newer,) = re.findall(r"us_[A-Za-z0-9_-]{40,}", site.send("/beheer/sleutels/vervangen").text)
    assert api.get("/api/v1/scans", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert api.get("/api/v1/scans", headers={"Authorization": f"Bearer {newer}"}).status_code == 200
    site.get("/beheer/sleutels")
    site.send("/beheer/sleutels/intrekken")
    assert api.get("/api/v1/scans", headers={"Authorization": f"Bearer {newer}"}).status_code == 401


@pytest.mark.parametrize("days", ["x", "-1", "0", "99999", "1.5", "٣"])
def test_a_number_of_days_is_one(parliament: Parliament, days: str) -> None:
    site = parliament.site("B. Beheerder")
    site.get("/beheer/sleutels")
    page = site.send("/beheer/sleutels", {"naam": "machine", "rol": "lezer", "geldigheid": days})
    assert page.status_code == 400
    assert 'href="#veld-geldigheid"' in page.text


def test_the_journal_is_searched(parliament: Parliament) -> None:
    site = parliament.site("C. de Planner")
    page = site.get("/coordinatie/journaal")
    assert page.status_code == 200
    assert 'rel="next"' in page.text
    scan = parliament.scan("99001", "14")
    found = site.get(f"/coordinatie/journaal?scan={scan}").text
    assert set(re.findall(r'href="/coordinatie/scans/([0-9-]+)"', found)) == {scan}
    assert "Ingediend" in site.get("/coordinatie/journaal?gebeurtenis=ScanSubmitted").text
    for wrong in ("scan=x", "dag=gisteren", "dag=9999-12-31"):
        assert site.get(f"/coordinatie/journaal?{wrong}").status_code == 400
    for strange in ("organisatie=%27--", "gebeurtenis=Bestaat", "wie=%00", "wie=%3Cscript%3E"):
        page = site.get(f"/coordinatie/journaal?{strange}")
        assert page.status_code == 200
        assert "<script>" not in page.text
    assert site.get("/coordinatie/journaal?voor=99999999999").status_code == 400
