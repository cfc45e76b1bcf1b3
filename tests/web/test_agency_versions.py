"""A changed amendment: what is different, what came along, and one press when nothing changes for the agency."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.web.agency_world import COMPLETE, TEXT, World, make_world
from uitvoeringsscan.use_cases import answering, reading


@pytest.fixture
def world(sqlite_url: str) -> World:
    """The first version was approved; the second one, nr. 18, moves a date and says that it comes in its place."""
    world = make_world(sqlite_url)
    world.save("bakker", COMPLETE)
    answering.hand_in(world.desk, world.actor("bakker"), world.file, None)
    answering.approve(world.desk, world.actor("goed"), world.file, None)
    text = TEXT.replace("«1 januari 2027»", "«1 juli 2028»")
    return replace(world, scan=world.add_scan("Wajong ambtshalve toekennen", text=text, paper="18", replaces="14"))


def test_the_file_says_what_changed_and_what_came_along(world: World) -> None:
    page = world.visitor("bakker").get(f"/uitvragen/{world.file}")
    assert "Dit amendement vervangt nr. 14. De voorgestelde wijzigingen zijn anders geworden." in page.words
    assert "Wat uw organisatie toen vaststelde, staat er als concept in." in page.words
    assert "<del><span" in page.source
    assert "<ins><span" in page.source
    assert "7 van 7 onderdelen klaar. Dit zijn nog de antwoorden die zijn overgenomen." in page.words


def test_unchanged_is_one_press_and_still_four_eyes(world: World) -> None:
    browser = world.visitor("bakker")
    page = browser.get(f"/uitvragen/{world.file}")
    after = browser.fill(page, f"/uitvragen/{world.file}/ongewijzigd", {})
    assert "Ingediend: antwoorden" in after.words
    assert "Wij stellen de uitkering zelf vast." in world.visitor("goed").get(f"/uitvragen/{world.file}/nakijken").words
    file = reading.get_assessment(world.desk, world.actor("bakker"), world.file).assessment
    assert (file.status, file.answers.values) == ("ingediend", COMPLETE)


def test_an_adjusted_draft_is_handed_in_the_usual_way(world: World) -> None:
    world.save("bakker", {**COMPLETE, "gevolgen": "Nu is het minder werk."})
    browser = world.visitor("bakker")
    page = browser.get(f"/uitvragen/{world.file}")
    assert "Ongewijzigd: bevestigen" not in page.words
    fields = {"csrf": page.hidden("csrf")[0], "versie": "2"}
    assert browser.post(f"/uitvragen/{world.file}/ongewijzigd", fields).status == 409


def test_a_first_version_has_nothing_to_compare(world: World) -> None:
    scan = world.add_scan("Een eerste versie", paper="30")
    browser = world.visitor("bakker")
    page = browser.get(f"/uitvragen/{scan}-uwv")
    assert "Wat is er veranderd?" not in page.words
    fields = {"csrf": page.hidden("csrf")[0], "versie": "1"}
    assert browser.post(f"/uitvragen/{scan}-uwv/ongewijzigd", fields).status == 409
