"""The account, the administrator's pages and the journal in a real browser: nothing to find for axe, and markup that somebody
puts in a name stays words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import Axe
from tests.support.service import LiveServer, Service

pytestmark = pytest.mark.browser

MARKUP = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7 * 7 }}'


@pytest.fixture(scope="module")
def service(live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Service:
    path = tmp_path_factory.mktemp("access") / "demo.sqlite3"
    return live_server({"UITVOERINGSSCAN_ENVIRONMENT": "demo", "UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{path}"})


def enter(page: Page, service: Service, name: str) -> Page:
    page.goto(f"{service.url}/inloggen")
    page.get_by_role("button", name=name, exact=True).click()
    return page


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("B. Beheerder", "/beheer"),
        ("B. Beheerder", "/beheer/sleutels"),
        ("B. Beheerder", "/mijn-account"),
        ("O. Organisator", "/collegas"),
        ("B. Beheerder", "/ontvangers"),
        ("V. Vaststeller", "/mijn-account/berichten"),
        ("C. de Planner", "/coordinatie/journaal"),
        ("C. de Planner", "/coordinatie/journaal?dag=gisteren"),
        ("C. de Planner", "/inloggen"),
    ],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(chromium: Browser, service: Service, axe: Axe, name: str, path: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="nl-NL")
    try:
        page = enter(context.new_page(), service, name)
        page.goto(f"{service.url}{path}")
        assert axe(page) == []
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, "the page is wider than the window"
    finally:
        context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["U. Werker", "O. Organisator"])
def test_axe_finds_nothing_about_a_colleague(
    chromium: Browser, service: Service, axe: Axe, name: str, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="nl-NL")
    try:
        page = enter(context.new_page(), service, "O. Organisator")
        page.goto(f"{service.url}/collegas")
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        assert axe(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    finally:
        context.close()


def test_markup_in_names_stays_words(page: Page, service: Service, axe: Axe) -> None:
    alerts: list[str] = []

    def dismiss(dialog: object) -> None:
        alerts.append(str(dialog))

    page.on("dialog", dismiss)
    enter(page, service, "B. Beheerder")
    page.goto(f"{service.url}/beheer")
    page.get_by_label("Naam", exact=True).fill(MARKUP)
    page.get_by_label("E-mailadres").fill("markup@voorbeeld.example")
    page.get_by_label("Lezer").check()
    page.get_by_role("button", name="Voeg toe").click()
    link = page.get_by_role("link", name=MARKUP, exact=True)
    assert link.count() == 1
    link.click()
    assert page.get_by_role("heading", level=1).inner_text() == MARKUP
    assert axe(page) == []
    page.goto(f"{service.url}/beheer/sleutels")
    page.get_by_label("Naam", exact=True).fill(MARKUP)
    page.get_by_label("Rol", exact=True).select_option("lezer")
    page.get_by_role("button", name="Voeg toe").click()
    assert re.fullmatch(r"us_[\w-]{40,}", page.locator("code").first.inner_text())
    assert axe(page) == []
    enter(page, service, MARKUP)  # as that person, whose name stands on every page
    assert page.locator(".us-account strong").inner_text() == MARKUP
    assert page.locator("img[src=x]").count() == 0
    assert alerts == []
