"""Changed amendments and stacking in a real browser without JavaScript, at desktop and phone width; axe on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import Axe
from tests.support.service import LiveServer, Service

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def service(live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Service:
    database = tmp_path_factory.mktemp("versions") / "versions.sqlite3"
    return live_server({"UITVOERINGSSCAN_ENVIRONMENT": "demo", "UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{database}"})


@pytest.fixture(params=[1280, 390])
def reader(request: pytest.FixtureRequest, chromium: Browser, service: Service) -> Iterator[Page]:
    context = chromium.new_context(
        java_script_enabled=False,
        base_url=service.url,
        viewport={"width": request.param, "height": 900},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    yield context.new_page()
    context.close()


def fits(page: Page) -> None:
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= room


def test_a_reader_unticks_an_amendment_and_shares_the_address(reader: Page) -> None:
    reader.goto("/dossiers/99010")
    reader.get_by_role("link", name="Wat vragen deze amendementen samen?").click()
    expect(reader.get_by_text("Nr. 11 past alleen als nr. 12 niet ook wordt aangenomen.")).to_be_visible()
    expect(reader.get_by_text("Dit is de som als alle 3 amendementen worden aangenomen.")).to_be_visible()
    fits(reader)
    reader.get_by_role("checkbox", name="Nr. 12", exact=True).uncheck()
    reader.get_by_role("button", name="Tel op").click()
    expect(reader.get_by_text("Voor deze keuze spreken de antwoorden elkaar niet tegen.")).to_be_visible()
    expect(reader.get_by_role("checkbox", name="Nr. 11", exact=True)).to_be_checked()
    shared = reader.url
    assert "a=" in shared
    reader.goto("/")
    reader.goto(shared)
    expect(reader.get_by_role("checkbox", name="Nr. 12", exact=True)).not_to_be_checked()
    fits(reader)


def test_from_the_replaced_amendment_to_what_changed(reader: Page) -> None:
    reader.goto("/dossiers/99010")
    reader.get_by_role("link", name="99010, nr. 6", exact=True).click()
    expect(reader.get_by_text(re.compile("^Vervangen op .* deze tekst gold tot"))).to_be_visible()
    reader.get_by_role("link", name="Lees de scan van nr. 11").click()
    reader.get_by_role("link", name="Wat is er veranderd?").click()
    expect(reader.get_by_role("heading", name="Wat is er veranderd?")).to_be_visible()
    expect(reader.locator("del", has_text="twintig")).to_be_visible()
    expect(reader.locator("ins", has_text="zestien")).to_be_visible()
    fits(reader)


def test_the_pages_are_accessible(chromium: Browser, service: Service, axe: Axe) -> None:
    found: list[str] = []
    for scheme, width in (("light", 1280), ("dark", 390)):
        context = chromium.new_context(
            base_url=service.url,
            color_scheme=scheme,  # type: ignore[arg-type]
            viewport={"width": width, "height": 900},
            bypass_csp=True,
        )
        page = context.new_page()
        page.goto("/dossiers/99010")
        day = page.locator('main a[href^="/stemmingen/"]').first.get_attribute("href")
        newer = page.get_by_role("link", name="99010, nr. 11", exact=True).get_attribute("href")
        older = page.get_by_role("link", name="99010, nr. 6", exact=True).get_attribute("href")
        paths = [
            *(
                "/dossiers/99010",
                "/dossiers/99010/stapeling",
                "/dossiers/99010/stapeling?keuze=1",
                f"{day}",
                f"{day}/stapeling",
            ),
            *(f"{older}", f"{newer}", f"{newer}/verschil", "/organisaties/uwv", "/organisaties/duo"),
        ]
        page.goto("/inloggen")
        page.get_by_role("button", name="C. de Planner").click()
        page.goto("/coordinatie")
        paths += [
            link.get_attribute("href") or "" for link in page.locator('main a[href^="/coordinatie/scans/"]').all()
        ][:4]
        for path in paths:
            page.goto(path)
            found += [f"{path} {scheme} {width}: {violation}" for violation in axe(page)]
        context.close()
    assert found == []
