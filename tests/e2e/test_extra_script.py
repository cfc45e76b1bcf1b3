"""The one script of our own pages: what it adds, that it is small, and that every page does its work without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.service import LiveServer, Service
from uitvoeringsscan.presentation.templating import STATIC

pytestmark = pytest.mark.browser

Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def service(live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Service:
    path = tmp_path_factory.mktemp("extra") / "demo.sqlite3"
    return live_server({"UITVOERINGSSCAN_ENVIRONMENT": "demo", "UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{path}"})


@pytest.fixture
def enter(chromium: Browser, service: Service) -> Iterator[Enter]:
    """enter("U. Werker", script=False) -> a page of somebody who is signed in; what the browser complains about fails."""
    contexts, complaints = [], []

    def open_page(name: str, *, script: bool = True) -> Page:
        context = chromium.new_context(base_url=service.url, java_script_enabled=script, locale="nl-NL")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/inloggen")
        page.get_by_role("button", name=name, exact=True).click()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def section(page: Page) -> None:
    """The first section of a questionnaire that is being answered."""
    page.goto("/uitvragen")
    for link in page.locator('main a[href^="/uitvragen/2"]').all():
        file = link.get_attribute("href")
        page.goto(f"{file}/onderdeel/algemeen")
        if page.locator("form[data-autosave] [name=gevolgen]").count():
            return
        page.goto("/uitvragen")
    raise AssertionError("nothing to answer in the demonstration")


def test_it_is_small_and_the_only_one() -> None:
    ours = {path.name for path in STATIC.glob("*.js")}
    assert ours == {"extra.js"}
    assert (STATIC / "extra.js").stat().st_size < 10_000


def test_answers_are_kept_while_somebody_types(enter: Enter) -> None:
    page = enter("U. Werker")
    section(page)
    page.locator("[name=gevolgen]").fill("Vanzelf bewaard, zonder knop.")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Bewaard om \d\d\.\d\d\."), timeout=15_000)
    page.reload()
    expect(page.locator("[name=gevolgen]")).to_have_value("Vanzelf bewaard, zonder knop.")
    page.locator("[name=gevolgen]").fill("En daarna met de knop.")
    page.get_by_role("button", name="Bewaren en naar overzicht").click()
    assert re.search(r"/uitvragen/[\w-]+$", page.url), "no clash with what was kept a moment before"


def test_without_a_connection_the_words_stay_and_are_tried_again(enter: Enter) -> None:
    page = enter("U. Werker")
    section(page)
    page.context.set_offline(True)
    page.locator("[name=gevolgen]").fill("Getypt in de trein.")
    expect(page.locator("[data-saved]")).to_contain_text("Geen verbinding", timeout=15_000)
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text("Bewaard om", timeout=25_000)


def test_two_on_one_question_are_told(enter: Enter) -> None:
    one, other = enter("U. Werker"), enter("U. Werker")
    section(one)
    other.goto(one.url)
    one.locator("[name=gevolgen]").fill("De eerste.")
    expect(one.locator("[data-saved]")).to_contain_text("Bewaard om", timeout=15_000)
    other.locator("[name=gevolgen]").fill("De tweede.")
    expect(other.locator("[data-saved]")).to_contain_text("ander antwoord", timeout=15_000)
    other.get_by_role("button", name="Bewaren en naar overzicht").click()
    expect(other.get_by_text("Mijn antwoord")).to_be_visible()


def test_the_clock_runs_on(enter: Enter) -> None:
    page = enter("C. de Planner")
    page.clock.install()
    page.goto("/coordinatie")
    clock = page.locator("[data-until]").first
    before = clock.inner_text()
    assert re.match(r"nog \d+ dag", before)
    page.clock.fast_forward("30:00:00")
    expect(clock).not_to_have_text(before)


def test_a_note_lights_up_its_words(enter: Enter) -> None:
    page = enter("U. Werker")
    section(page)
    note = page.locator("li[id*='-noot-']").first
    number = note.get_attribute("id")
    assert number is not None
    mark = page.locator(f"#{number.replace('-noot-', '-')}")
    note.hover()
    assert "us-lit" in (mark.get_attribute("class") or "")
    page.locator(f"a[href='#{number}']").focus()
    assert "us-lit" in (mark.get_attribute("class") or "")


def test_the_board_by_keys_which_can_be_switched_off(enter: Enter) -> None:
    page = enter("C. de Planner")
    page.goto("/coordinatie")
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("x")
    assert page.locator("input[name=scan]").nth(1).is_checked()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_text("naar de volgende en de vorige scan")).to_be_visible()
    page.get_by_label("Sneltoetsen staan aan").uncheck()
    page.reload()
    page.keyboard.press("j")
    expect(rows.nth(0)).not_to_be_focused()
    page.get_by_text("Sneltoetsen", exact=True).click()
    page.get_by_label("Sneltoetsen staan aan").check()
    page.get_by_text("Filteren").first.click()
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_without_script_the_same_work_is_done(enter: Enter) -> None:
    page = enter("U. Werker", script=False)
    section(page)
    assert not page.locator("[data-saved]").is_visible()
    page.locator("[name=gevolgen]").fill("Zonder script bewaard.")
    page.get_by_role("button", name="Bewaren en naar overzicht").click()
    section(page)
    expect(page.locator("[name=gevolgen]")).to_have_value("Zonder script bewaard.")
    board = enter("C. de Planner", script=False)
    board.goto("/coordinatie")
    assert not board.locator("[data-keys]").is_visible(), "no list of keys that do nothing"
    assert re.match(r"nog \d+ ", board.locator("[data-until]").first.inner_text())
    board.locator("input[name=scan]").first.check()
    board.get_by_label("Stuur een herinnering").check()
    board.get_by_role("button", name=re.compile("^Doe dit")).click()
    expect(board.get_by_role("heading", name="Wat er is gedaan")).to_be_visible()
