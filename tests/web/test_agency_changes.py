"""Signing by reading only what changed: since a file was sent back, or since the version that an amendment replaces."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.agency_world import COMPLETE, TEXT, Page, World, make_world
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.use_cases import answering, bills

NO_CHANGE = "Elk antwoord en elke toelichting is gelijk gebleven."
BILL = (
    "ARTIKEL I\n\nDe Wet arbeidsongeschiktheidsvoorziening jonggehandicapten wordt als volgt gewijzigd:\n\nA\n\nArtikel 2 "
    "vervalt.\n\nB\n\nHet UWV beslist op aanvraag.\n"
)


@pytest.fixture
def world(sqlite_url: str) -> World:
    return make_world(sqlite_url)


def hand_in(world: World, by: str = "bakker") -> None:
    answering.hand_in(world.desk, world.actor(by), world.file, None)


def sent_back(world: World) -> None:
    world.save("bakker", COMPLETE, {"it-aanpassing": "Het systeem is oud."})
    hand_in(world)
    remarks = {"gevolgen": "Noem de wachttijd.", "kosten-eenmalig": "Is dit met btw?"}
    answering.send_back(world.desk, world.actor("goed"), world.file, None, "Nog twee dingen.", remarks)
    world.clock.at += timedelta(hours=1)


def check(world: World, name: str) -> Page:
    return world.visitor(name).get(f"/uitvragen/{world.file}/nakijken")


def changed(page: Page) -> list[str]:
    """The questions that are shown as changed."""
    found = re.search(r'(?s)<dl class="us-answers us-changes">(.*?)</dl>', page.source)
    return re.findall(r'id="rij-([^"]+)"', found[1]) if found else []


def test_a_file_that_came_back_shows_the_approver_what_changed_and_what_did_not(world: World) -> None:
    sent_back(world)
    saved = {**COMPLETE, "gevolgen": "Wij stellen de uitkering zelf vast in acht weken.", "it-aanpassing": "opbouw"}
    world.save("visser", saved, {"it-aanpassing": "Het systeem is oud."})
    before = check(world, "bakker")
    assert "Wat veranderde: 2 antwoorden" in before.words  # who hands in sees the same, beforehand
    hand_in(world)
    page = check(world, "goed")
    assert "Wat veranderde: 2 antwoorden" in page.words
    assert changed(page) == ["gevolgen", "it-aanpassing"]
    assert "Vergeleken met wat S. Bakker indiende op woensdag 2 december 2026, 21.05 uur. Dat ging terug." in page.words
    assert "Gevraagd bij het terugsturen: Nog twee dingen." in page.words
    assert (
        "Gevraagd: Noem de wachttijd. Wij stellen de uitkering zelf vast [erbij: in acht weken einde erbij]"
        in page.words
    )
    assert "gelijk gebleven: Wat kost de invoering, eenmalig? Is dit met btw?" in page.words
    assert "Was Een nieuw systeem, of het kan niet in de systemen van nu ingrijpend Nu De opbouw" in page.words
    assert "Toelichting, gelijk gebleven: Het systeem is oud." in page.words
    assert page.words.count("Gewijzigd door M. Visser, woensdag 2 december 2026, 22.05 uur.") == 2
    # All that stayed is one press away, and nothing is missing.
    assert re.search(r"\d+ antwoorden bleven gelijk", page.words)
    assert {f"rij-{code}" for code in COMPLETE} <= page.anchors()
    browser = world.visitor("goed")
    done = browser.fill(browser.get(page.path), f"/uitvragen/{world.file}/vaststellen", {})
    assert "Vastgesteld: antwoorden" in done.words
    assert changed(check(world, "goed")) == []  # nothing left to sign: all answers, as they are


def test_handed_in_again_as_it_was_says_so(world: World) -> None:
    sent_back(world)
    hand_in(world)
    page = check(world, "goed")
    assert NO_CHANGE in page.words
    assert changed(page) == []


def test_another_outcome_stands_above_the_answers_that_fell_away(world: World) -> None:
    sent_back(world)
    answering.hand_in_no_impact(world.desk, world.actor("bakker"), world.file, None, "Het raakt ons toch niet.")
    page = check(world, "goed")
    assert "Uitkomst Was: Antwoorden Nu: Geen gevolgen" in page.words
    assert f"{len(COMPLETE)} antwoorden tellen niet meer mee" in page.words


def test_a_replaced_amendment_is_laid_beside_what_was_approved_then(world: World) -> None:
    world.save("bakker", COMPLETE)
    hand_in(world)
    answering.approve(world.desk, world.actor("goed"), world.file, None)
    text = TEXT.replace("«1 januari 2027»", "«1 juli 2028»")
    world = replace(world, scan=world.add_scan("Wajong ambtshalve toekennen", text=text, paper="18", replaces="14"))
    assert NO_CHANGE in check(world, "bakker").words
    world.save("bakker", {**COMPLETE, "kosten-eenmalig": 3000000})
    hand_in(world)
    page = check(world, "goed")
    assert changed(page) == ["kosten-eenmalig"]
    assert "Vergeleken met uw antwoord op nr. 14, vastgesteld door G. Goedkeurder" in page.words
    assert "Was € 2.500.000 Nu € 3.000.000" in page.words


def test_a_first_hand_in_has_nothing_to_compare_with_and_shows_all(world: World) -> None:
    world.save("bakker", COMPLETE)
    hand_in(world)
    page = check(world, "goed")
    assert "Wat veranderde" not in page.words
    assert "bleven gelijk" not in page.words
    assert {f"rij-{code}" for code in COMPLETE} <= page.anchors()


def test_the_amendment_stands_beside_the_questions_with_what_it_changes(world: World) -> None:
    first = world.visitor("bakker").get(f"/uitvragen/{world.file}/onderdeel/algemeen")
    assert "nu in het wetsvoorstel" not in first.words  # no text of the bill: nothing is invented
    assert "Wat veranderde sinds" not in first.words
    bills.add_bill(world.desk, SERVICE, "99001", BILL, label="Voorstel van wet")
    text = TEXT.replace("«1 januari 2027»", "«1 juli 2028»")
    world = replace(world, scan=world.add_scan("Wajong ambtshalve toekennen", text=text, paper="18", replaces="14"))
    page = world.visitor("bakker").get(f"/uitvragen/{world.file}/onderdeel/algemeen")
    assert "Wijziging I Verandert: artikel I, onderdeel B, artikel 3:2, eerste lid" in page.words
    assert "Zo staat artikel I, onderdeel B nu in het wetsvoorstel B Het UWV beslist op aanvraag." in page.words
    assert "Uit: Voorstel van wet." in page.words
    assert "Wat veranderde sinds nr. 14 Van de wijzigingen: 1 gewijzigd en 1 ongewijzigd." in page.words
    assert 'role="region" aria-labelledby="amendement-kop" tabindex="0"' in page.source
    marks = set(re.findall(r'<mark id="amendement-(\d+)"', page.source))
    assert marks
    assert marks == set(re.findall(r'id="amendement-noot-(\d+)"', page.source))
