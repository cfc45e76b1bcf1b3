"""The story of one file in a real browser without scripts: answered, handed in, sent back, mended, approved.

The last two tests walk one section by keyboard alone, and look with axe at every page of an agency.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.browser import Axe
from tests.support.stage import PHONE, WIDE, Stage, fits, focused, press, stage, tab_to
from tests.web.agency_world import COMPLETE, TEXT
from uitvoeringsscan.use_cases import answering, reading

pytestmark = pytest.mark.browser

__all__ = ["stage"]


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_from_question_to_approval_without_scripts(stage: Stage, width: int) -> None:
    page = stage.enter("bakker", width)
    page.get_by_role("link", name="Wajong ambtshalve toekennen").click()
    assert fits(page)
    page.get_by_role("link", name="Begin met: Wat verandert er?").click()
    page.get_by_label("Ja", exact=True).check()
    press(page, "Bewaren en verder")
    page.locator("#veld-gevolgen").fill("Wij stellen de uitkering zelf vast.")
    page.locator("#veld-aannames").fill("Cijfers van het eigen jaarverslag.")
    press(page, "Bewaren en verder")
    assert page.locator("h1").inner_text() == "IT-systemen"
    assert fits(page)
    page.get_by_label("Niets", exact=True).check()
    press(page, "Bewaren en verder")
    page.get_by_label("Nee", exact=True).check()
    press(page, "Bewaren en verder")
    page.get_by_label("Ja, maar het past in de bezetting van nu").check()
    page.locator("#veld-fte-jaarlijks").fill("ongeveer drie")
    page.locator("#veld-fte-eenmalig").fill("0")
    press(page, "Bewaren en verder")
    assert page.title().startswith("Fout: Personeel")
    page.locator("#fouten a").click()
    assert page.url.endswith("#veld-fte-jaarlijks")
    assert page.locator("#veld-fte-jaarlijks").input_value() == "ongeveer drie"
    page.locator("#veld-fte-jaarlijks").fill("2 - 4,5")
    press(page, "Bewaren en verder")
    page.get_by_label("Ja", exact=True).check()
    press(page, "Bewaren en naar overzicht")
    assert "5 van 7 onderdelen klaar" in page.locator("main").inner_text()
    page.get_by_role("link", name="Verder met: Kosten en effecten").click()
    page.locator("#veld-kosten-eenmalig").fill("1,5 mln")
    page.locator("#veld-kosten-jaarlijks").fill("onbekend")
    page.get_by_label("Voor een deel").check()
    press(page, "Bewaren en verder")
    page.get_by_label("Ja, uitvoerbaar").check()
    press(page, "Bewaren en verder")
    assert page.locator("h1").inner_text() == "Kijk uw antwoorden na en dien ze in"
    text = page.locator("main").inner_text()
    assert "€ 1.500.000" in text
    assert "2 tot 4,5 fte" in text
    assert fits(page)
    press(page, "Dien in")
    assert page.locator("h1").inner_text() == "Ingediend: antwoorden"

    approver = stage.enter("goed", width)
    approver.get_by_role("link", name="Wajong ambtshalve toekennen").click()
    approver.get_by_role("link", name="Nakijken en vaststellen").click()
    approver.get_by_label("Wat moet er anders?").fill("Noem ook de kosten per jaar.")
    press(approver, "Stuur terug")

    page.reload()
    assert "Noem ook de kosten per jaar." in page.locator("main").inner_text()
    page.get_by_role("link", name="Kosten en effecten").click()
    page.locator("#veld-kosten-jaarlijks").fill("250.000")
    press(page, "Bewaren en naar overzicht")
    page.get_by_role("link", name="Nakijken en indienen").click()
    press(page, "Dien in")

    stage.go(approver, "/nakijken")
    assert "€ 250.000" in approver.locator("main").inner_text()
    press(approver, "Stel vast")
    assert approver.locator("h1").inner_text() == "Vastgesteld: antwoorden"
    assert fits(approver)


def test_a_section_by_keyboard_alone(stage: Stage) -> None:
    stage.world.save("bakker", {"raakt": "ja", "gevolgen": "Veel.", "aannames": "Geen."})
    page = stage.enter("bakker", scripts=True)
    stage.go(page, "/onderdeel/personeel")

    page.keyboard.press("Tab")
    assert focused(page) == "Direct naar de inhoud"
    page.keyboard.press("Enter")
    tab_to(page, "veld-extra-werk")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "veld-extra-werk-toelichting")
    page.keyboard.type("Twee mensen extra.")
    tab_to(page, "veld-fte-jaarlijks")
    page.keyboard.type("2 - 4")
    tab_to(page, "veld-fte-eenmalig")
    page.keyboard.type("veel")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert focused(page) == "fouten"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#veld-fte-eenmalig")
    page.keyboard.press("Control+A")
    page.keyboard.type("1,5")
    tab_to(page, "Bewaren en naar overzicht")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/uitvragen/{stage.world.file}")
    saved = reading.get_assessment(
        stage.world.desk, stage.world.actor("bakker"), stage.world.file
    ).assessment.answers.values
    assert saved["extra-werk"] == "past"
    assert saved["fte-jaarlijks"] == {"laag": 2, "hoog": 4}
    assert saved["fte-eenmalig"] == 1.5


def test_every_page_is_without_faults_for_who_cannot_see_it(stage: Stage, axe: Axe) -> None:
    world, found = stage.world, {}
    page = stage.enter("bakker", scripts=True)

    def look(name: str) -> None:
        for width in (WIDE, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            found[f"{name} {width}"] = axe(page)

    def visit(name: str, path: str, before: Callable[[], object] = lambda: None) -> None:
        before()
        stage.go(page, path)
        look(name)

    look("work")
    visit("new file", "")
    visit("first section", "/onderdeel/algemeen")
    world.save("bakker", {"raakt": "ja", "gevolgen": "Veel.", "aannames": "Geen.", "it-aanpassing": "opbouw"})
    visit("file", "")
    visit("missing", "/nakijken")
    visit("no impact", "/geen-gevolgen")
    visit("not ours", "/niet-voor-ons")
    press(page, "Dien in: niet voor ons")
    look("not ours, wrong")
    visit("section", "/onderdeel/personeel")
    page.locator("#veld-fte-jaarlijks").fill("veel")
    press(page, "Bewaren en verder")
    look("section, wrong")
    stage.go(page, "/onderdeel/algemeen")
    world.save("visser", {"raakt": "ja", "gevolgen": "Weinig.", "aannames": "Geen."})
    page.locator("#veld-gevolgen").fill("Heel veel.")
    press(page, "Bewaren en verder")
    look("section, two answers")
    stage.go(page, "/onderdeel/algemeen")
    page.get_by_label("Nee, dit is niet onze taak").check()
    press(page, "Bewaren en verder")
    look("section, dropped")
    world.save("bakker", COMPLETE)
    visit("check", "/nakijken")
    stage.go(page, "/onderdeel/algemeen")
    page.context.clear_cookies()
    press(page, "Bewaren en verder")
    look("signed out")
    page = stage.enter("goed", scripts=True)
    stage.go(page, "/onderdeel/algemeen")
    answering.hand_in(world.desk, world.actor("bakker"), world.file, None)
    press(page, "Bewaren en verder")
    look("too late")
    visit("handed in", "")
    visit("approve", "/nakijken")
    page.goto(f"{stage.url}/uitvragen")
    look("work to approve")
    answering.approve(world.desk, world.actor("goed"), world.file, None)
    visit("approved", "")
    world.scan = world.add_scan("Wajong ambtshalve toekennen", text=f"{TEXT}\nTot 2028.", paper="18", replaces="14")
    visit("new version", "")
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(found) == 2 * 20
