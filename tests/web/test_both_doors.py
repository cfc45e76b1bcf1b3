"""One validator behind both doors: the same answers give the same problems on the page and in the API, at the same question."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.agency_world import World, make_world
from uitvoeringsscan.api.app import mount
from uitvoeringsscan.people.people import SERVICE, Role
from uitvoeringsscan.use_cases import accounts

BASE = {"raakt": "ja"}
SECTIONS = {
    "algemeen": ("gevolgen", "omvang", "aannames", "wijzigingen"),
    "personeel": ("extra-werk", "fte-jaarlijks", "fte-eenmalig"),
    "tijdlijn": ("datum-haalbaar",),
    "kosten-en-effecten": ("kosten-eenmalig", "kosten-jaarlijks", "handhaafbaar", "lasten"),
}
texts = st.sampled_from(
    ["Veel.", "x" * 201, "x" * 1501, "x" * 4001, "a\x07b", "omgekeerd \u202e", "onbekend", "Twee\nregels"]
)
numbers = st.sampled_from([0, 3, -5, 1.5, 2.25, 10**14, -(10**14), 12_000])
figures = numbers | st.tuples(numbers, numbers).filter(lambda ends: ends[0] != ends[1]).map(
    lambda ends: {"laag": ends[0], "hoog": ends[1]}
)
options = st.sampled_from(["nee", "past", "ja", "later", "deels", "misschien", "onbekend"])
by_question = {
    **dict.fromkeys(("gevolgen", "aannames", "wijzigingen", "lasten"), texts),
    **dict.fromkeys(("omvang", "fte-jaarlijks", "fte-eenmalig", "kosten-eenmalig", "kosten-jaarlijks"), figures),
    **dict.fromkeys(("extra-werk", "datum-haalbaar", "handhaafbaar"), options),
}


def typed(value: Any) -> str:
    """What somebody types who means this JSON value."""
    if isinstance(value, dict):
        return f"{typed(value['laag'])} - {typed(value['hoog'])}"
    return value if isinstance(value, str) else str(value).replace(".", ",")


@pytest.fixture
def doors(sqlite_url: str) -> tuple[World, str]:
    world = make_world(sqlite_url)
    mount(world.web, world.desk, "http://testserver")
    _, secret = accounts.add_client(
        world.desk, SERVICE, name="machine", role=Role.RESPONDENT, agency="uwv", owner="bakker@voorbeeld.example"
    )
    return world, secret


def of_the_page(world: World, section: str, answers: dict[str, Any], said: dict[str, str]) -> set[tuple[str, str]]:
    browser = world.visitor("bakker")
    path = f"/uitvragen/{world.file}/onderdeel/{section}"
    fields = {code: typed(value) for code, value in (BASE | answers).items()}
    fields |= {f"{code}.toelichting": text for code, text in said.items()}
    page = browser.fill(browser.get(path), path, fields)
    found = re.findall(r'id="veld-([a-z-]+?)-fout">Fout: ([^<]*)</div>', page.source)
    summary = (
        set(re.findall(r'href="#veld-([a-z-]+)"', page.source.split('id="fouten"')[1].split("</ul>")[0]))
        if found
        else set()
    )
    # Every problem stands at its field, and the summary on top leads to it.
    assert {code for code, _ in found} == summary
    return {(code, unescape(message)) for code, message in found}


def of_the_api(world: World, secret: str, answers: dict[str, Any], said: dict[str, str]) -> set[tuple[str, str]]:
    headers = {"Authorization": f"Bearer {secret}", "If-Match": "*"}
    body = {"antwoorden": BASE | answers, "toelichtingen": said}
    answer = world.visitor().client.put(f"/api/v1/uitvragen/{world.file}/antwoorden", json=body, headers=headers)
    assert answer.status_code in (200, 400)
    places = answer.json().get("fouten", ())
    return {
        (one.get("vraag") or one["veld"].removeprefix("toelichtingen.") + "-toelichting", one["melding"])
        for one in places
    }


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_the_same_answers_give_the_same_problems_at_both_doors(doors: tuple[World, str], data: st.DataObject) -> None:
    world, secret = doors
    section = data.draw(st.sampled_from(sorted(SECTIONS)))
    asked = SECTIONS[section]
    answers = data.draw(st.fixed_dictionaries({}, optional={code: by_question[code] for code in asked}))
    said = data.draw(st.dictionaries(st.sampled_from(asked), texts, max_size=2))
    world.save("bakker", BASE)
    refused = of_the_api(world, secret, answers, said)
    world.save("bakker", BASE)
    assert of_the_page(world, section, answers, said) == refused


def test_the_doors_do_refuse(doors: tuple[World, str]) -> None:
    """A property of two empty sets would say nothing."""
    world, secret = doors
    world.save("bakker", BASE)
    wrong = {"extra-werk": "misschien", "fte-jaarlijks": {"laag": 3, "hoog": 1.5}, "fte-eenmalig": 2.25}
    refused = of_the_api(world, secret, wrong, {"fte-eenmalig": "a\x07b"})
    assert {code for code, _ in refused} == {"extra-werk", "fte-jaarlijks", "fte-eenmalig", "fte-eenmalig-toelichting"}
    assert of_the_page(world, "personeel", wrong, {"fte-eenmalig": "a\x07b"}) == refused
