"""The style guide in a real browser: every part and picture in every state, in the ways people look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.support.browser import Axe
from uitvoeringsscan.presentation.templating import STATIC, environment

pytestmark = pytest.mark.browser

TYPES = {"css": "text/css", "woff2": "font/woff2", "svg": "image/svg+xml", "js": "text/javascript"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'"
HOST = "http://stijlgids.test"
WAYS = [(width, scheme) for width in (390, 1280) for scheme in ("light", "dark")]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def html() -> str:
    return environment().get_template("stijlgids.html").render()


@pytest.fixture
def look(chromium: Browser, html: str) -> Iterator[Open]:
    """look(width=390, color_scheme="dark") -> the open page; what the browser complains about fails the test."""
    contexts, complaints = [], []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST).split("?")[0].split("#")[0]
        if path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix[1:]])
        else:
            headers = {"content-security-policy": POLICY, "content-type": "text/html; charset=utf-8"}
            route.fulfill(body=html, headers=headers)

    def open_page(width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="nl-NL", **options)
        contexts.append(context)
        context.route("**/*", answer)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{HOST}/stijlgids")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize(("width", "scheme"), WAYS)
def test_axe_finds_nothing(look: Open, axe: Axe, width: int, scheme: str) -> None:
    assert axe(look(width, color_scheme=scheme)) == []


@pytest.mark.parametrize("width", [320, 390, 640, 768, 1024, 1280, 1920])
def test_nothing_sticks_out(look: Open, width: int) -> None:
    """640 pixels is also what a screen of 1280 shows at 200 %, and 320 what it shows at 400 %."""
    page = look(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beyond = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => {
             if (e.closest('.utrecht-table-container, .us-hidden, svg')) return false;
             const box = e.getBoundingClientRect();
             return box.width > 1 && box.right > innerWidth + 0.5;
           }).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert beyond == []


def test_words_in_pictures_do_not_touch(look: Open) -> None:
    for width in (390, 1280):
        touching = look(width).evaluate(
            """() => [...document.querySelectorAll('.us-picture svg')].flatMap(svg => {
                 const words = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()])
                   .filter(([, box]) => box.width > 0);
                 return words.flatMap(([a, p], i) => words.slice(i + 1)
                   .filter(([, q]) => p.left < q.right && q.left < p.right && p.top + 2 < q.bottom && q.top + 2 < p.bottom)
                   .map(([b]) => `${a} / ${b}`));
               })"""
        )
        assert touching == []


def test_the_letters_are_our_own(look: Open) -> None:
    page = look()
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family + f.weight).sort()"
    )
    assert [name.replace('"', "") for name in loaded] == ["Source Sans 3400", "Source Sans 3700"]


def test_the_error_summary_has_the_focus_and_leads_to_each_field(look: Open) -> None:
    page = look()
    assert page.evaluate("document.activeElement.id") == "fouten"
    links = page.locator("#fouten a")
    assert links.count() == 3
    for index in range(links.count()):
        target = links.nth(index).get_attribute("href")
        assert page.locator(f"{target}").evaluate("e => e.matches('input, textarea, select')")


def test_the_focus_is_seen_on_every_stop(look: Open) -> None:
    """Two tones around whatever has the focus, from the skip link to the last button."""
    page = look()
    page.locator(".nl-skip-link").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    seen: list[list[Any]] = []
    for _ in range(200):
        stop = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
                 const s = getComputedStyle(e);
                 return [e.outerHTML.slice(0, 80), parseFloat(s.outlineWidth), s.outlineStyle, s.boxShadow]; }"""
        )
        if stop is None or (seen and stop == seen[0]):
            break
        seen.append(stop)
        page.keyboard.press("Tab")
    assert "nl-skip-link" in seen[0][0]
    assert len(seen) > 30
    assert [stop for stop in seen if stop[1] < 3 or stop[2] != "solid" or "6px" not in stop[3]] == []


def test_targets_are_large_enough(look: Open) -> None:
    """24 by 24 for whatever stands alone; links within a sentence are exempt (WCAG 2.5.8)."""
    small = look(390).evaluate(
        """() => [...document.querySelectorAll('button, input, select, textarea, summary, .us-nav a, .us-errors a, .nl-button')]
             .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
             .filter(([, box]) => box.width > 0 && (box.height < 24 || box.width < 24)).map(([html]) => html)"""
    )
    assert small == []


def test_print_opens_the_details_and_hides_what_can_only_be_clicked(look: Open) -> None:
    page = look(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    closed = page.locator("details:not([open]) .us-details__body")
    assert closed.count() == 3
    for index in range(closed.count()):
        assert closed.nth(index).bounding_box()["height"] > 10
    assert not page.locator(".us-nav").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_no_motion_for_who_asks_for_none(look: Open) -> None:
    moving = """() => [...document.querySelectorAll('*')].filter(e => {
        const s = getComputedStyle(e);
        return s.scrollBehavior === 'smooth' || parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none';
      }).length"""
    assert look(reduced_motion="reduce").evaluate(moving) == 0
