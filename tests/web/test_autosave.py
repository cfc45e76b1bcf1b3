"""Keeping answers while somebody types: what is kept, what is said, and what is left to a page that can ask."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.site import Site, forms
from tests.web.conftest import Parliament

WORKER = "U. Werker"


@pytest.fixture
def place(parliament: Parliament) -> str:
    return f"/uitvragen/{parliament.scan('99004', '22')}-uwv/onderdeel/algemeen"


def fields(site: Site, place: str) -> dict[str, Any]:
    page = site.get(place)
    form = next(one for one in forms(page) if one["action"] == place)
    found: dict[str, Any] = {}
    for name, value in form["fields"]:
        found.setdefault(name, []).append(value)
    return found


def save(site: Site, place: str, changed: dict[str, Any]) -> Any:
    return site.client.post(f"{place}/vanzelf", data=changed)


def test_a_changed_answer_is_kept_and_the_marks_follow(parliament: Parliament, place: str) -> None:
    site = parliament.site(WORKER)
    form = fields(site, place) | {"gevolgen": "Wij passen elke maand een regel toe."}
    answer = save(site, place, form)
    assert answer.status_code == 200
    told = answer.json()
    assert told["melding"].startswith("Bewaard om ")
    assert "Wij passen elke maand een regel toe." in site.get(place).text
    again = form | {f"{code}.was": mark for code, mark in told["merken"].items()} | {"gevolgen": "Anders gezegd."}
    assert save(site, place, again).json()["melding"].startswith("Bewaard om ")
    assert "Anders gezegd." in site.get(place).text


def test_a_colleagues_answer_is_not_written_over(parliament: Parliament, place: str) -> None:
    mine, theirs = parliament.site(WORKER), parliament.site("V. Vaststeller")
    form = fields(mine, place)
    assert "Een collega schreef" not in str(form)
    also = parliament.site(WORKER)
    assert save(also, place, fields(also, place) | {"gevolgen": "Van een ander venster."}).status_code == 200
    told = save(mine, place, form | {"gevolgen": "Mijn woorden."}).json()
    assert "ander antwoord" in told["melding"]
    assert "gevolgen" not in told["merken"]
    assert "Van een ander venster." in mine.get(place).text
    assert save(theirs, place, form).status_code in (401, 403)


def test_answers_that_would_go_are_left_to_the_page(parliament: Parliament, place: str) -> None:
    site = parliament.site(WORKER)
    form = fields(site, place)
    assert form["raakt"] == ["ja"]
    answer = save(site, place, form | {"raakt": "geen-gevolgen"})
    assert answer.status_code == 409
    assert "gelden andere antwoorden niet meer" in answer.json()["melding"]
    assert fields(site, place)["raakt"] == ["ja"]


def test_who_is_signed_out_is_told_so(parliament: Parliament, place: str) -> None:
    site = parliament.site(WORKER)
    form = fields(site, place)
    assert save(parliament.site(), place, form).status_code == 401
    assert save(site, place, form | {"csrf": "van een ander"}).status_code == 401
    assert save(site, place.replace("algemeen", "bestaat-niet"), form).status_code == 404
