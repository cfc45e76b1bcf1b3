"""Harmful files at the website: the page comes back with the fault beside the field, and everything else that was typed."""

from __future__ import annotations

import html

import pytest

from tests.support.hostile import FILES
from tests.web.conftest import Parliament

TITLE = "Wijziging van de <Werkloosheidswet>"


@pytest.mark.parametrize("kind", FILES)
def test_a_harmful_amendment_is_refused_and_the_rest_is_kept(parliament: Parliament, kind: str) -> None:
    name, content, message = FILES[kind]
    site = parliament.site("M. ter Voorbeeld")
    site.get("/indienen")
    page = site.send(
        "/indienen/gelezen", {"titel": TITLE}, files={"bestand": (name, content, "application/octet-stream")}
    )
    assert page.status_code == 400
    assert message in html.unescape(page.text)
    assert 'href="#veld-bestand"' in page.text
    assert html.escape(TITLE) in page.text


@pytest.mark.parametrize("kind", FILES)
def test_a_harmful_bill_too(parliament: Parliament, kind: str) -> None:
    name, content, message = FILES[kind]
    path = f"/coordinatie/scans/{parliament.scan('99004', '22')}"
    site = parliament.site("C. de Planner")
    site.get(path)
    page = site.send(
        f"{path}/wetsvoorstel",
        {"wetsvoorstelversie": "nota van wijziging 7"},
        files={"wetsvoorstelbestand": (name, content, "application/octet-stream")},
    )
    assert page.status_code == 400
    assert message in html.unescape(page.text)
    assert 'href="#veld-wetsvoorstelbestand"' in page.text
    assert "nota van wijziging 7" in page.text
