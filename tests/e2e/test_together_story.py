"""Colleagues in one file, in a real browser: at a desk without script and on a phone, axe on every page they meet.

Comment, hand over a section, copy an earlier answer, a price beside the question, "niet voor ons, vraag X", a return per
question and approval by another. Then what must never be lost, and the whole road by keyboard alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.support.browser import Axe
from tests.support.stage import PHONE, WIDE, Stage, fits, focused, press, stage, tab_to
from tests.web.agency_world import COMPLETE
from uitvoeringsscan.use_cases import accounts, answering, reading

pytestmark = pytest.mark.browser

__all__ = ["stage"]

BOTH = pytest.mark.parametrize("width", [WIDE, PHONE])


def words(page: Page) -> str:
    return page.locator("main").inner_text()


def stored(stage: Stage) -> dict[str, object]:
    file = reading.get_assessment(stage.world.desk, stage.world.actor("bakker"), stage.world.file).assessment
    return dict(file.answers.values)


def asked_again(stage: Stage) -> str:
    """The first file is approved with answers; the same law is asked about once more. Gives the scan that was answered."""
    world = stage.world
    world.save("bakker", COMPLETE, {"gevolgen": "Zoals in 2025."})
    answering.hand_in(world.desk, world.actor("bakker"), world.file, None)
    answering.approve(world.desk, world.actor("goed"), world.file, None)
    earlier, world.clock.at = world.scan, world.clock.at + timedelta(hours=2)
    world.scan = world.add_scan(paper="23")
    return earlier


@pytest.fixture
def look(axe: Axe) -> Callable[[Page], None]:
    """Nothing sticks out, and axe has nothing against the page as it stands."""

    def sound(page: Page) -> None:
        assert fits(page), page.url
        assert axe(page) == [], page.url

    return sound


@BOTH
def test_from_a_price_and_a_comment_to_approval_by_another(
    stage: Stage, look: Callable[[Page], None], width: int
) -> None:
    earlier = asked_again(stage)
    # axe needs a page that can run it; the pages themselves bring no script that these steps need.
    approver = stage.enter("goed", width, scripts=True)
    approver.goto(f"{stage.url}/uitvragen/kengetallen")
    look(approver)
    approver.get_by_label("Waarvan is dit de prijs?").fill("fte")
    approver.get_by_label("Jaar", exact=True).fill("2026")
    approver.get_by_label("Bedrag in hele euro’s").fill("98.000")
    press(approver, "Bewaar het kengetal")
    assert approver.title().startswith("Fout: ")
    look(approver)
    approver.get_by_label("Waar komt dit bedrag vandaan?").fill("Tarieven 2026")
    press(approver, "Bewaar het kengetal")
    assert "€ 98.000" in words(approver)
    look(approver)

    page = stage.enter("bakker", width, scripts=True)
    stage.go(page, "/onderdeel/algemeen")
    assert f"In scan {earlier}, over dezelfde wet, was uw antwoord: Ja" in words(page)
    look(page)
    page.locator("#overnemen-raakt").check()
    press(page, "Bewaren en verder")
    assert f"Overgenomen uit scan {earlier}" in words(page)
    look(page)
    page.locator("#bevestig-raakt").check()
    page.locator("#overnemen-gevolgen").check()
    page.get_by_text("Opmerking voor collega’s").click()
    page.get_by_label("Bij welke vraag?").select_option("gevolgen")
    page.get_by_label("Uw opmerking").fill("Geldt dit nog na de nieuwe wet?")
    press(page, "Bewaren en verder")
    assert "S. Bakker: Geldt dit nog na de nieuwe wet?" in words(page)
    assert stored(stage) == {"raakt": "ja", "gevolgen": COMPLETE["gevolgen"]}
    look(page)
    stage.go(page, "/toewijzen?onderdeel=kosten-en-effecten")
    look(page)
    page.get_by_label("Bij wie?").select_option(label="M. Visser")
    page.get_by_label("Wat vraagt u?").fill("Kijk jij naar de kosten?")
    press(page, "Bewaar")
    assert "bij M. Visser: Kijk jij naar de kosten?" in words(page)
    look(page)

    stage.world.save("bakker", {**COMPLETE, "fte-jaarlijks": 12}, {"gevolgen": "Zoals in 2025."})
    colleague = stage.enter("visser", width, scripts=True)
    assert "bij M. Visser: Kijk jij naar de kosten?" in words(colleague)
    look(colleague)
    stage.go(colleague, "/onderdeel/kosten-en-effecten")
    assert "12 fte × € 98.000 = € 1.176.000 (2026, Tarieven 2026)." in words(colleague)
    look(colleague)
    colleague.locator("#veld-kosten-jaarlijks").fill("1,2 mln")
    press(colleague, "Bewaren en naar overzicht")
    stage.go(colleague, "/opmerkingen?vraag=gevolgen")
    look(colleague)
    press(colleague, "Opgelost (opmerking 1)")
    assert "opgelost door M. Visser" in words(colleague)
    stage.go(colleague, "/nakijken")
    look(colleague)
    press(colleague, "Dien in")
    assert "Ingediend" in colleague.locator("h1").inner_text()

    stage.go(approver, "/nakijken")
    approver.get_by_text("Bij een vraag iets opmerken").click()
    approver.locator("#veld-opmerkingen-kosten-jaarlijks").fill("Is dit met de loonstijging?")
    look(approver)
    press(approver, "Stuur terug")
    stage.go(page, "/onderdeel/kosten-en-effecten")
    assert "Is dit met de loonstijging?" in words(page)
    look(page)
    page.locator("#veld-kosten-jaarlijks").fill("1,2 mln - 1,3 mln")
    press(page, "Bewaren en naar overzicht")
    stage.go(page, "/nakijken")
    press(page, "Dien in")
    stage.go(page, "/nakijken")
    assert page.get_by_role("button", name="Stel vast").count() == 0
    stage.go(approver, "/nakijken")
    press(approver, "Stel vast")
    assert approver.locator("h1").inner_text() == "Vastgesteld: antwoorden"
    look(approver)


@BOTH
def test_not_ours_ask_another_reaches_the_coordinator(stage: Stage, look: Callable[[Page], None], width: int) -> None:
    page = stage.enter("bakker", width, scripts=True)
    page.get_by_role("link", name="Wajong ambtshalve toekennen").click()
    page.get_by_role("link", name="Niet voor onze organisatie").first.click()
    look(page)
    page.get_by_label("Waarom is dit niet voor u?").fill("Wij voeren deze wet niet uit.")
    page.get_by_label("Wie kunnen we dit beter vragen?").select_option("duo")
    press(page, "Dien in: niet voor ons")
    look(page)
    approver = stage.enter("goed", width, scripts=True)
    stage.go(approver, "/nakijken")
    assert "Vraag het liever aan: DUO." in words(approver)
    look(approver)
    press(approver, "Stel vast")
    coordinator = stage.enter("coordinator", width, scripts=True)
    coordinator.goto(f"{stage.url}/coordinatie/scans/{stage.world.scan}")
    assert "stelt voor om Dienst Uitvoering Onderwijs te vragen" in words(coordinator)
    look(coordinator)


@BOTH
def test_what_was_typed_comes_back_after_signing_in_again(
    stage: Stage, look: Callable[[Page], None], width: int
) -> None:
    page = stage.enter("bakker", width, scripts=True)
    stage.world.save("bakker", {"raakt": "ja"})
    stage.go(page, "/onderdeel/algemeen")
    page.locator("#veld-gevolgen").fill("Een lange zin die niemand twee keer typt.")
    page.locator("#veld-omvang").fill("ongeveer tien")
    (cookie,) = (one for one in page.context.cookies() if one["name"] == "uitvoeringsscan")
    accounts.sign_out(stage.world.desk, cookie["value"])
    press(page, "Bewaren en verder")
    assert page.locator("h1").inner_text() == "U bent niet meer ingelogd"
    page.get_by_text("Lees terug wat u typte").click()
    assert "Een lange zin die niemand twee keer typt." in words(page)
    look(page)
    with page.context.expect_page() as opened:
        page.locator('a[href^="/inloggen?verder="]').click()
    other = opened.value
    other.get_by_role("button", name="S. Bakker").click()
    other.wait_for_url("**/onderdeel/algemeen")
    page.locator("main form button").first.click()
    assert "U bent weer ingelogd." in words(page)
    assert page.locator("#veld-gevolgen").input_value() == "Een lange zin die niemand twee keer typt."
    assert page.locator("#veld-omvang").input_value() == "ongeveer tien"
    look(page)
    press(page, "Bewaren en verder")
    assert page.title().startswith("Fout: ")
    # The draft is kept at every step: what was right is stored, what was not stands there.
    assert stored(stage)["gevolgen"] == "Een lange zin die niemand twee keer typt."
    assert page.locator("#veld-omvang").input_value() == "ongeveer tien"


@BOTH
def test_the_colleagues_answer_stands_beside_mine(stage: Stage, look: Callable[[Page], None], width: int) -> None:
    page = stage.enter("bakker", width, scripts=True)
    stage.world.save("bakker", {"raakt": "ja", "gevolgen": "Eerst dit."})
    stage.go(page, "/onderdeel/algemeen")
    stage.world.save("visser", {"raakt": "ja", "gevolgen": "Wat mijn collega schreef."})
    page.locator("#veld-gevolgen").fill("Wat ik schreef.")
    page.locator("#veld-aannames").fill("Het jaarverslag.")
    press(page, "Bewaren en verder")
    assert "Het antwoord van uw collega: Wat mijn collega schreef." in words(page)
    assert page.locator("#veld-gevolgen").input_value() == "Wat ik schreef."
    assert stored(stage) == {"raakt": "ja", "gevolgen": "Wat mijn collega schreef.", "aannames": "Het jaarverslag."}
    look(page)
    page.get_by_label("Mijn antwoord").check()
    press(page, "Bewaren en verder")
    assert stored(stage)["gevolgen"] == "Wat ik schreef."


def test_the_whole_road_of_an_agency_by_keyboard_alone(stage: Stage) -> None:
    """From the list of work to approval: Tab, Enter, Space and the arrows, and nothing else."""
    page = stage.enter("bakker", scripts=True)

    def onward(target: Page, wanted: str) -> None:
        tab_to(target, wanted)
        with target.expect_navigation():
            target.keyboard.press("Enter")

    def choose(question: str, downs: int) -> None:
        tab_to(page, f"veld-{question}")
        page.keyboard.press("Space")
        for _ in range(downs):
            page.keyboard.press("ArrowDown")

    def write(field: str, text: str) -> None:
        tab_to(page, f"veld-{field}")
        page.keyboard.type(text)

    onward(page, "Wajong ambtshalve toekennen")
    onward(page, "Begin met: Wat verandert er?")
    choose("raakt", 0)
    onward(page, "Bewaren en verder")
    write("gevolgen", "Wij stellen de uitkering zelf vast.")
    write("aannames", "Het jaarverslag.")
    onward(page, "Bewaren en verder")
    choose("it-aanpassing", 0)
    onward(page, "Bewaren en verder")
    choose("gegevens-nodig", 0)
    onward(page, "Bewaren en verder")
    choose("extra-werk", 1)
    write("fte-jaarlijks", "2 - 4,5")
    write("fte-eenmalig", "0")
    onward(page, "Bewaren en verder")
    choose("datum-haalbaar", 0)
    onward(page, "Bewaren en verder")
    assert "Door uw antwoord zijn er vragen bij gekomen." in words(page)
    onward(page, "Bewaren en verder")
    write("kosten-eenmalig", "1,5 mln")
    write("kosten-jaarlijks", "onbekend")
    choose("handhaafbaar", 0)
    onward(page, "Bewaren en verder")
    choose("oordeel", 0)
    onward(page, "Bewaren en verder")
    assert page.locator("h1").inner_text() == "Kijk uw antwoorden na en dien ze in"
    onward(page, "Dien in")
    assert page.locator("h1").inner_text() == "Ingediend: antwoorden"
    assert focused(page) != ""

    approver = stage.enter("goed", scripts=True)
    onward(approver, "Wajong ambtshalve toekennen")
    onward(approver, "Nakijken en vaststellen")
    onward(approver, "Stel vast")
    assert approver.locator("h1").inner_text() == "Vastgesteld: antwoorden"
