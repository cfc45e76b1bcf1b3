"""The amendment beside the questions, and approval by reading only what changed: at a desk and on a phone, axe on each page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Axe
from tests.support.stage import PHONE, WIDE, Stage, fits, press, stage
from tests.web.agency_world import COMPLETE
from uitvoeringsscan.use_cases import answering, reading

pytestmark = pytest.mark.browser

__all__ = ["stage"]


@pytest.fixture
def look(axe: Axe) -> Callable[[Page], None]:
    """Nothing sticks out, and axe has nothing against the page as it stands."""

    def sound(page: Page) -> None:
        assert fits(page), page.url
        assert axe(page) == [], page.url

    return sound


def scrolls(page: Page, *, down: bool) -> bool:
    """Whether the column comes to stand further down, or at its top again; a key takes a moment to work."""
    for _ in range(50):
        if (page.evaluate("document.querySelector('.us-reading__text').scrollTop") > 0) is down:
            return True
        page.wait_for_timeout(50)
    return False


def test_at_a_desk_the_amendment_stays_beside_the_questions(stage: Stage, look: Callable[[Page], None]) -> None:
    plain = stage.enter("bakker")  # without script
    stage.go(plain, "/onderdeel/algemeen")
    region = plain.get_by_role("region", name="Het amendement")
    expect(region).to_be_visible()
    expect(region.locator("mark").first).to_be_visible()
    expect(plain.get_by_text("Lees het amendement")).to_be_hidden()
    question = plain.get_by_role("group", name="Raakt dit amendement het werk van uw organisatie?")
    left, right = region.bounding_box(), question.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] < right["x"]

    page = stage.enter("bakker", scripts=True)
    page.set_viewport_size({"width": WIDE, "height": 500})
    stage.go(page, "/onderdeel/algemeen")
    look(page)
    page.evaluate("window.scrollTo(0, 600)")
    expect(page.get_by_role("region", name="Het amendement").locator("h2")).to_be_in_viewport()
    stage.go(page, "/onderdeel/algemeen")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.us-reading__text')"):
            break
    page.keyboard.press("End")
    assert scrolls(page, down=True)
    page.keyboard.press("Home")
    assert scrolls(page, down=False)
    page.keyboard.press("Tab")  # on to what stands in it
    assert page.evaluate("document.activeElement.closest('.us-reading__text') !== null")


def test_on_a_phone_it_is_folded_above_the_questions(stage: Stage, look: Callable[[Page], None]) -> None:
    plain = stage.enter("bakker", PHONE)  # without script
    stage.go(plain, "/onderdeel/algemeen")
    fold, region = plain.get_by_text("Lees het amendement"), plain.get_by_role("region", name="Het amendement")
    expect(region).to_be_hidden()
    above, question = fold.bounding_box(), plain.locator("#veld-raakt").bounding_box()
    assert above
    assert question
    assert above["y"] < question["y"]
    fold.click()
    expect(region.locator("mark").first).to_be_visible()
    page = stage.enter("bakker", PHONE, scripts=True)
    stage.go(page, "/onderdeel/algemeen")
    look(page)
    page.get_by_text("Lees het amendement").click()
    look(page)


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_sent_back_changed_handed_in_and_approved_by_reading_what_changed(
    stage: Stage, look: Callable[[Page], None], width: int
) -> None:
    world = stage.world
    world.save("bakker", COMPLETE)
    answering.hand_in(world.desk, world.actor("bakker"), world.file, None)
    approver = stage.enter("goed", width)
    stage.go(approver, "/nakijken")
    approver.get_by_label("Wat moet er anders?").fill("Noem de wachttijd.")
    press(approver, "Stuur terug")

    worker = stage.enter("bakker", width)
    stage.go(worker, "/onderdeel/algemeen")
    worker.get_by_label("Wat verandert er in uw werk?", exact=True).fill(
        "Wij stellen de uitkering zelf vast, in acht weken."
    )
    press(worker, "Bewaren en naar overzicht")
    stage.go(worker, "/nakijken")
    expect(worker.get_by_role("heading", name="Wat veranderde: 1 antwoord")).to_be_visible()
    press(worker, "Dien in")

    # axe needs a page that can run it; the page itself brings no script that these steps need.
    seen = stage.enter("goed", width, scripts=True)
    stage.go(seen, "/nakijken")
    look(seen)
    stage.go(approver, "/nakijken")
    expect(approver.locator(".us-changes > div:visible")).to_have_count(1)
    expect(approver.locator("#rij-gevolgen ins")).to_be_visible()
    expect(approver.locator("#rij-oordeel")).to_be_hidden()
    approver.get_by_text("antwoorden bleven gelijk").click()
    expect(approver.locator("#rij-oordeel")).to_be_visible()
    press(approver, "Stel vast")
    file = reading.get_assessment(world.desk, world.actor("goed"), world.file).assessment
    assert file.status == "vastgesteld"
    assert file.answers.values["gevolgen"] == "Wij stellen de uitkering zelf vast, in acht weken."
