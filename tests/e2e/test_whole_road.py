"""The whole road in a real browser without JavaScript, as people walk it, on the service as `make run` starts it.

A member submits, the coordinator confirms who is asked, a case worker answers, a second person approves, the coordinator
publishes, anybody reads. Then the same pages at phone width, and axe on every page that was met.
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import Axe
from tests.support.service import LiveServer, Service

pytestmark = pytest.mark.browser

TEXT = """36 999
Nr. 31
AMENDEMENT VAN HET LID VOORBEELD

Ontvangen 23 november 2026

De ondergetekende stelt het volgende amendement voor:

I

In artikel I, onderdeel A, wordt in artikel 16 van de Werkloosheidswet «acht weken» vervangen door «zes weken».

Toelichting

Mensen krijgen hun uitkering van het UWV dan eerder.

Voorbeeld
"""
TITLE = "Wijziging van de Werkloosheidswet (Wet voorbeeld snelle uitkering)"


@pytest.fixture(scope="module")
def service(live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Service:
    database = tmp_path_factory.mktemp("road") / "road.sqlite3"
    return live_server({"UITVOERINGSSCAN_ENVIRONMENT": "demo", "UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{database}"})


class People:
    """One browser window per person, none of them with JavaScript."""

    def __init__(self, chromium: Browser, service: Service, width: int) -> None:
        self._chromium, self._service, self._width = chromium, service, width
        self._contexts: list[BrowserContext] = []

    def visitor(self) -> Page:
        context = self._chromium.new_context(
            java_script_enabled=False,
            base_url=self._service.url,
            viewport={"width": self._width, "height": 900},
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
        )
        self._contexts.append(context)
        return context.new_page()

    def signed_in(self, name: str) -> Page:
        page = self.visitor()
        page.goto("/inloggen")
        page.get_by_role("button", name=name).click()
        return page

    def leave(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture(params=[1280, 390])
def people(request: pytest.FixtureRequest, chromium: Browser, service: Service) -> Iterator[People]:
    found = People(chromium, service, request.param)
    yield found
    found.leave()


def test_from_a_members_phone_to_the_reader(people: People, service: Service) -> None:
    member = people.signed_in("M. ter Voorbeeld")
    member.get_by_role("link", name="Indienen").click()
    member.get_by_label("Tekst van het amendement").fill(TEXT)
    member.get_by_label("Titel van het wetsvoorstel").fill(TITLE)
    member.get_by_role("button", name="Lezen en nakijken").click()
    expect(member.get_by_label("Ondernummer")).to_have_value("31")
    expect(member.get_by_label("Dossiernummer")).to_have_value("36999")
    expect(member.get_by_text("Uitvoeringsinstituut werknemersverzekeringen").first).to_be_visible()
    member.get_by_label("Dag van de stemming").fill("8 december 2099")
    member.get_by_label("Tijd van de stemming").fill("16.00")
    member.get_by_role("button", name="Dien in").click()
    scan = member.url.rsplit("/", 1)[1]
    assert re.fullmatch(r"[0-9]{4}-[0-9]{4,}", scan)

    coordinator = people.signed_in("C. de Planner")
    coordinator.goto(f"/coordinatie/scans/{scan}")
    expect(coordinator.get_by_role("checkbox", name=re.compile("Uitvoeringsinstituut"))).to_be_checked()
    coordinator.get_by_role("button", name="Vraag deze organisaties").click()
    expect(coordinator.get_by_role("heading", name="Wie is gevraagd?")).to_be_visible()

    respondent = people.signed_in("U. Werker")
    respondent.goto(f"/uitvragen/{scan}-uwv")
    answer_everything(respondent, f"/uitvragen/{scan}-uwv")
    respondent.goto(f"/uitvragen/{scan}-uwv/nakijken")
    respondent.get_by_role("button", name=re.compile("^Dien in")).click()

    approver = people.signed_in("V. Vaststeller")
    approver.goto(f"/uitvragen/{scan}-uwv/nakijken")
    approver.get_by_role("button", name=re.compile("^Stel vast")).click()

    coordinator.goto(f"/coordinatie/scans/{scan}")
    coordinator.get_by_role("button", name="Publiceer de samenvatting").click()
    assert coordinator.url.endswith(f"/publicaties/{scan}-v1")

    reader = people.visitor()
    reader.goto(f"/publicaties/{scan}-v1")
    expect(reader.get_by_role("heading", name=TITLE)).to_be_visible()
    table = reader.get_by_role("table").first
    expect(table).to_contain_text("UWV")
    expect(reader.get_by_text("niet uitvoerbaar", exact=False).first).to_be_visible()
    width = reader.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]

    with urllib.request.urlopen(f"{service.url}/publicaties/{scan}-v1.json") as answer:
        document = json.loads(answer.read())
    assert document["oordeel"] == "niet-uitvoerbaar"
    assert [line["niveau"] for line in document["impactbeeld"]] == [3, 3, 3, 3]
    assert document["voorStemming"] is True
    assert document["volledig"] is True


def answer_everything(page: Page, file: str) -> None:
    """As a hurried case worker would: the heaviest choice everywhere, a few words or a figure in each required field."""
    for _ in range(40):
        page.goto(file)
        sections = [link.get_attribute("href") for link in page.locator(f'main a[href^="{file}/onderdeel/"]').all()]
        before = page.locator("main").inner_text()
        for section in dict.fromkeys(filter(None, sections)):
            page.goto(section)
            fill_in(page)
            page.get_by_role("button", name="Bewaren en naar overzicht").click()
        page.goto(file)
        if page.locator("main").inner_text() == before:
            return
    raise AssertionError("the questionnaire never came to rest")


# What to choose where "the last option" would end the questionnaire or say nothing.
CHOICES = {"raakt": "ja", "oordeel": "niet-uitvoerbaar", "datum-haalbaar": "geen-datum"}


def fill_in(page: Page) -> None:
    names = page.eval_on_selector_all(
        "main form input[type=radio], main form textarea, main form input[type=text]",
        "found => found.map(f => [f.name, f.type])",
    )
    kinds = {name: kind for name, kind in names if name}
    for name, kind in kinds.items():
        if name.endswith((".toelichting", ".opmerking")):
            continue
        fields = page.locator(f'main form [name="{name}"]')
        if kind == "radio":
            values = [
                value
                for value in (option.get_attribute("value") for option in fields.all())
                if value and value != "onbekend"
            ]
            wanted = CHOICES.get(name, values[-1])
            page.locator(f'main form [name="{name}"][value="{wanted}"]').check()
        elif not fields.first.input_value():
            fields.first.fill(
                "2" if re.search(r"fte|kosten|omvang|laag|hoog", name) else "Dat vraagt een nieuw systeem."
            )


def test_every_page_on_the_road_is_accessible(chromium: Browser, service: Service, axe: Axe, tmp_path: Path) -> None:
    """axe, in light and dark, at desktop and phone width: no violations."""
    visits = {
        "": [
            "/",
            "/publicaties",
            "/stemmingen",
            "/uitleg",
            "/uitleg/fouten",
            "/controleren",
            "/inloggen",
            "/bestaat-niet",
        ],
        "M. ter Voorbeeld": ["/indienen", "/mijn-scans"],
        "C. de Planner": ["/coordinatie"],
    }
    found: list[str] = []
    for scheme, width in (("light", 1280), ("dark", 390)):
        for name, paths in visits.items():
            context = chromium.new_context(
                base_url=service.url, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
            )  # type: ignore[arg-type]
            page = context.new_page()
            if name:
                page.goto("/inloggen")
                page.get_by_role("button", name=name).click()
            more = []
            for path in paths:
                page.goto(path)
                found += [f"{path} {scheme} {width}: {violation}" for violation in axe(page)]
                more += page.eval_on_selector_all(
                    'main a[href^="/publicaties/2"], main a[href^="/mijn-scans/2"], main a[href^="/coordinatie/scans/"]',
                    "links => links.map(link => link.getAttribute('href'))",
                )
            for path in list(dict.fromkeys(more))[:6]:
                page.goto(path)
                found += [f"{path} {scheme} {width}: {violation}" for violation in axe(page)]
            context.close()
    assert found == []
