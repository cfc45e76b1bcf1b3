"""Searching: Dutch words in any form and any part of a compound, the same on both databases, and never past one's sight."""

from __future__ import annotations

from typing import Any

import pytest
from api_callers import Api

from tests.support.desk import TEXT, TITLE


def _found(api: Api, who: str, question: str) -> list[str]:
    answer = api(who, "GET", "/scans", headers=None) if question == "" else api.http.get(
        "/api/v1/scans", params={"zoek": question}, headers=api.key(who))  # fmt: skip
    assert answer.status_code == 200, answer.text
    return [line["id"] for line in answer.json()["resultaten"]]


@pytest.fixture
def shelf(api: Api) -> dict[str, str]:
    """Four scans, the newest last."""
    made = {}
    for name, more in {
        "ww": {"ondernummer": "1"},
        "opvang": {
            "ondernummer": "2",
            "titel": "Wijziging van de Wet kinderopvang (Wet voorbeeld kinderopvangtoeslagen)",
            "tekst": TEXT.replace("uitkering van het UWV", "tegemoetkoming van de Dienst Toeslagen"),
            "indieners": [{"naam": "Van Zonneschijn-Café", "fractie": "Fractie Borealis"}],
        },
        "gemeente": {
            "ondernummer": "3",
            "titel": "Wijziging van de Participatiewet (Wet voorbeeld gemeentelijke uitvoering)",
            "tekst": TEXT.replace("Werkloosheidswet", "Participatiewet"),
        },
        "geheim": {
            "ondernummer": None,
            "vertrouwelijk": True,
            "titel": "Geheim voornemen over toeslagen",
            "tekst": TEXT,
        },
    }.items():
        made[name] = api.submitted(**more)
        api.world.clock.forward(seconds=1)
    return made


QUESTIONS: list[tuple[str, set[str]]] = [
    ("uitkeringen", {"ww", "gemeente", "geheim"}),  # another form of a word of the text
    ("UITKERING", {"ww", "gemeente", "geheim"}),
    ("toeslag", {"opvang", "geheim"}),  # the end of a compound, in the plural there
    ("toeslagen", {"opvang", "geheim"}),
    ("opvang", {"opvang"}),  # the middle
    ("kinderopvang", {"opvang"}),
    ("opvangtoeslag", {"opvang"}),
    ("gemeente", {"gemeente"}),
    ("cafe", {"opvang"}),
    ("zonneschijn", {"opvang"}),
    ("borealis", {"opvang"}),
    ("participatiewet", {"gemeente"}),
    ("participatiewet gemeentelijk", {"gemeente"}),
    ("participatiewet toeslag", set()),
    ("svb", set()),
    ("bestaatnergens", set()),
    ("%", set()),
    ("' OR 1=1 --", set()),
    ('"NEAR(a b)" -x :* & | !', set()),
]


@pytest.mark.parametrize(("question", "expected"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_what_is_found(api: Api, shelf: dict[str, str], question: str, expected: set[str]) -> None:
    newest_first = [scan for name, scan in reversed(shelf.items()) if name in expected]
    assert _found(api, "coordinator", question) == newest_first


def test_by_law_by_agency_and_by_dossier(api: Api, shelf: dict[str, str]) -> None:
    api.ok("coordinator", "PUT", f"/scans/{shelf['ww']}/routering", {"organisaties": ["svb"], "toelichting": "Betaalt."},
           headers={"If-Match": "*"})  # fmt: skip
    assert _found(api, "coordinator", "svb") == [shelf["ww"]]
    assert _found(api, "coordinator", "werkloosheidswet uwv") == [shelf["geheim"], shelf["opvang"], shelf["ww"]]
    assert len(_found(api, "coordinator", "99001")) == 4
    assert _found(api, "coordinator", shelf["ww"]) == [shelf["ww"]]


def test_the_text_of_a_confidential_scan_is_found_by_nobody_else(api: Api, shelf: dict[str, str]) -> None:
    for question in ("geheim", "voornemen", "toeslagen", shelf["geheim"]):
        for who in ("lezer", "andere-indiener", "behandelaar-uwv", "beheerder"):
            assert shelf["geheim"] not in _found(api, who, question), (who, question)
    assert _found(api, "indiener", "geheim voornemen") == [shelf["geheim"]]


def test_pages_of_findings_neither_skip_nor_repeat(api: Api) -> None:
    wanted = [api.submitted(ondernummer=str(number), titel=f"{TITLE} over zonnepanelen") for number in range(1, 8)]
    api.submitted(ondernummer="9")
    path: str | None = "/scans?zoek=zonnepaneel&aantal=3"
    found: list[dict[str, Any]] = []
    while path:
        page = api.ok("coordinator", "GET", path)
        found += page["resultaten"]
        path = page["volgende"] and page["volgende"].removeprefix("/api/v1")
        api.world.clock.forward(seconds=1)
        api.submitted(ondernummer="8", titel=f"{TITLE} over zonnepanelen")
    assert sorted(line["id"] for line in found) == sorted(wanted)
    assert len(found) == 7
