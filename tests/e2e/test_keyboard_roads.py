"""The four roads of the product with a keyboard alone: the member, the coordinator, the agency and the public reader.

Every act is a key. At every stop on the way: something has the focus, it can be seen that it has, nothing lies over it, and
it comes after the stop before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e import test_whole_road
from tests.support.service import LiveServer, Service
from tests.support.stage import PHONE, WIDE

pytestmark = pytest.mark.browser

MOST = 140
"""Stops between two things somebody wants. A page on which it takes more has a trap, or wants a shorter way."""

TITLE = "Wijziging van de Werkloosheidswet (Wet voorbeeld met de toetsen)"
TEXT = test_whole_road.TEXT.replace("36 999", "36 998")

STOP = """async () => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const frame = () => new Promise(requestAnimationFrame);
  const inside = () => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight; };
  for (let i = 0; i < 4 && !inside(); i += 1) await frame();  // the browser brings it into sight with its next picture
  const style = getComputedStyle(e);
  const label = [...(e.labels || [])].map(l => l.textContent).join(' ');
  const words = e.getAttribute('aria-label') || label || (e.matches('input, textarea, select') ? e.value : e.textContent);
  const boxes = [...e.getClientRects()];
  const mine = hit => hit && (e.contains(hit) || hit.contains(e) && !hit.matches('body, html, main') ||
    [...(e.labels || [])].some(l => l.contains(hit)));
  const open = boxes.some(box => [0.1, 0.5, 0.9].some(x => [0.2, 0.5, 0.8].some(y =>
    mine(document.elementFromPoint(box.left + x * box.width, box.top + y * box.height)))));
  const box = e.getBoundingClientRect();
  const last = window.lastStop;
  const after = !last || !last.isConnected ||
    Boolean(last.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
  window.lastStop = e;
  return {
    words: words.replace(/\\s+/g, ' ').trim(), tag: e.tagName.toLowerCase(), kind: e.type || '', name: e.name || '',
    value: e.value || '', href: e.getAttribute('href') || '', id: e.id, checked: Boolean(e.checked),
    answered: e.type === 'radio' && Boolean(e.form.querySelector(`[name="${CSS.escape(e.name)}"]:checked`)),
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth), shadow: style.boxShadow !== 'none',
    open, after, body: Boolean(e.closest('main')), top: box.top + scrollY, bottom: box.bottom + scrollY,
    left: box.left, right: box.right,
  };
}"""

Stop = dict[str, Any]


class Walker:
    """Somebody with a keyboard. `faults` is what was wrong at a stop."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.faults: set[str] = set()
        self._before: Stop | None = None

    def stop(self) -> Stop | None:
        """What has the focus."""
        found: Stop | None = self.page.evaluate(STOP)
        return found

    def tab(self, *, back: bool = False) -> Stop | None:
        """The next stop, looked at; None where the page begins anew."""
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        here = self.stop()
        before, self._before = self._before, here
        if here is None:
            return None
        where = f"{self.page.url.partition('//')[2].partition('/')[2]} {here['tag']} {here['words'][:50]!r}"
        if here["outline"] < 2 and not here["shadow"]:
            self.faults.add(f"{where}: it cannot be seen that this has the focus")
        if not here["open"]:
            self.faults.add(f"{where}: something lies over it, or it is out of sight")
        if not back and not here["after"]:
            self.faults.add(f"{where}: comes after what follows it")
        if before is not None and not back and here["bottom"] <= before["top"] and here["left"] < before["right"]:
            self.faults.add(f"{where}: stands above {before['words'][:50]!r}, the stop before it")
        return here

    def to(self, words: str, *, kind: str = "", href: str = "") -> Stop:
        """Tab to what begins with these words (or leads there)."""
        for _ in range(MOST):
            here = self.tab()
            assert here is not None, f"the end of {self.page.url} came before {words or href!r}"
            if (
                here["words"].startswith(words)
                and kind in (here["kind"], here["tag"], "")
                and re.match(href, here["href"])
            ):
                return here
        raise AssertionError(f"{MOST} stops on {self.page.url}, and not yet at {words or href!r}")

    def press(self, words: str, *, kind: str = "", href: str = "") -> None:
        """Tab there, and press Enter; the next page begins from its top."""
        self.to(words, kind=kind, href=href)
        self.enter()

    def enter(self, key: str = "Enter") -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.page.locator("footer").wait_for()
        self._before = None

    def write(self, words: str, text: str) -> None:
        """Tab to the field, and type in the place of what stands there."""
        self.to(words)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def paste(self, words: str, text: str) -> None:
        """What the clipboard gives comes in at once, as when somebody pastes."""
        self.to(words, kind="textarea")
        self.page.keyboard.insert_text(text)

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()


@pytest.fixture(scope="module")
def service(live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Service:
    database = tmp_path_factory.mktemp("keys") / "keys.sqlite3"
    return live_server({"UITVOERINGSSCAN_ENVIRONMENT": "demo", "UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{database}"})


class Everybody:
    def __init__(self, chromium: Browser, service: Service) -> None:
        self._chromium, self._service = chromium, service
        self._contexts: list[BrowserContext] = []
        self._walkers: list[Walker] = []

    def arrive(self, path: str, width: int) -> Walker:
        context = self._chromium.new_context(
            base_url=self._service.url,
            viewport={"width": width, "height": 800},
            locale="nl-NL",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        walker = Walker(context)
        self._walkers.append(walker)
        walker.page.goto(path)
        return walker

    def sign_in(self, name: str, width: int) -> Walker:
        walker = self.arrive("/inloggen", width)
        walker.press(name, kind="submit")
        return walker

    @property
    def faults(self) -> list[str]:
        return sorted(fault for walker in self._walkers for fault in walker.faults)

    def leave(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def everybody(chromium: Browser, service: Service) -> Iterator[Everybody]:
    found = Everybody(chromium, service)
    yield found
    found.leave()


def test_from_a_member_to_a_publication(everybody: Everybody) -> None:
    member = everybody.sign_in("M. ter Voorbeeld", PHONE)
    scan = submit(member)
    coordinator = everybody.sign_in("C. de Planner", WIDE)
    coordinator.press("", href="/coordinatie$")
    coordinator.press("", href=f"/coordinatie/scans/{scan}$")
    box = coordinator.to("Uitvoeringsinstituut", kind="checkbox")
    for expected in (not box["checked"], box["checked"]):
        coordinator.page.keyboard.press("Space")
        here = coordinator.stop()
        assert here is not None
        assert here["checked"] is expected
    coordinator.press("Vraag deze organisaties", kind="submit")
    assert "Wie is gevraagd?" in coordinator.page.locator("main").inner_text()

    worker = everybody.sign_in("U. Werker", WIDE)
    worker.press("", href="/uitvragen$")
    worker.press("", href=f"/uitvragen/{scan}-uwv$")
    answer_everything(worker, f"/uitvragen/{scan}-uwv")
    worker.press("Dien in", kind="submit")
    assert worker.heading.startswith("Ingediend")

    approver = everybody.sign_in("V. Vaststeller", PHONE)
    approver.press("", href="/uitvragen$")
    approver.press("", href=f"/uitvragen/{scan}-uwv$")
    approver.press("", href=f"/uitvragen/{scan}-uwv/nakijken$")
    approver.press("Stel vast", kind="submit")
    assert approver.heading.startswith("Vastgesteld")

    coordinator.press("", href="/coordinatie$")
    coordinator.press("", href=f"/coordinatie/scans/{scan}$")
    coordinator.press("Publiceer de samenvatting", kind="submit")
    assert coordinator.page.url.endswith(f"/publicaties/{scan}-v1")
    assert coordinator.heading == TITLE
    assert everybody.faults == []


def submit(member: Walker) -> str:
    """Paste a text, mend what was read, send it, see how it goes; the number of the scan."""
    member.press("Indienen")
    member.paste("Tekst van het amendement", TEXT)
    member.write("Titel van het wetsvoorstel", "Wet met een fout in de titel")
    member.press("Lezen en nakijken", kind="submit")
    member.write("Titel van het wetsvoorstel", TITLE)
    member.write("Dag van de stemming", "8 december 2099")
    member.write("Tijd van de stemming", "16.00")
    member.press("Dien in", kind="submit")
    found = re.search(r"/mijn-scans/([0-9]{4}-[0-9]{4,})", member.page.url)
    assert found, member.page.url
    member.press("Mijn scans")
    member.press("", href=f"/mijn-scans/{found[1]}$")
    assert TITLE in member.page.locator("main").inner_text()
    assert member.tab() is not None
    assert member.tab() is not None
    assert member.tab(back=True) is not None, "there is a way back"
    return found[1]


PUBLICATION = r"/publicaties/2[0-9-]+v\d+$"

CHOICES = {"raakt": "ja", "oordeel": "niet-uitvoerbaar", "datum-haalbaar": "geen-datum"}
FIGURES = re.compile(r"fte|kosten|omvang|laag|hoog")


def answer_everything(worker: Walker, file: str) -> None:
    """Section after section, each field where the keyboard comes to it, until nothing is left and there is handing in to do."""
    worker.press("Begin met", href=f"{file}/onderdeel/")
    for _ in range(30):
        if "/onderdeel/" in worker.page.url:
            answer_section(worker)
        elif worker.page.get_by_role("button", name=re.compile("^Dien in")).count():
            return
        else:
            worker.press("", href=f".*{file}/onderdeel/")  # an answer asked for more
    raise AssertionError(f"the questionnaire never came to rest: {worker.page.url}")


def answer_section(worker: Walker) -> None:
    done: set[str] = set()
    first = worker.stop()  # where an address leads to one question, that question has the focus
    for _ in range(MOST):
        here, first = first or worker.tab(), None
        assert here is not None, "the end came before the button"
        if here["kind"] == "submit" and here["words"].startswith("Bewaren en verder"):
            worker.enter()
            return
        code = here["name"]
        if not here["body"] or not code or code in done or code.endswith((".toelichting", ".opmerking")):
            continue
        if here["kind"] == "radio":
            done.add(code)
            choose(worker, code)
        elif here["kind"] in ("text", "textarea") and not here["value"]:
            worker.page.keyboard.type("2" if FIGURES.search(code) else "Dat vraagt een nieuw systeem.")
    raise AssertionError("a section without an end")


def choose(worker: Walker, code: str) -> None:
    """Space takes the choice that has the focus; the arrows go on to the one that is wanted, or to the one before "onbekend"."""
    worker.page.keyboard.press("Space")
    values: list[str] = []
    for _ in range(12):
        here = worker.stop()
        assert here is not None
        assert here["checked"]
        if here["value"] == CHOICES.get(code) or (values and here["value"] == values[0]):
            break
        values.append(here["value"])
        worker.page.keyboard.press("ArrowDown")
    if code in CHOICES:
        return
    for _ in range(len(values)):
        worker.page.keyboard.press("ArrowUp")
        here = worker.stop()
        assert here is not None
        if here["value"] != "onbekend":
            return


@pytest.mark.parametrize(("width", "link", "start"), [(WIDE, ".pdf", b"%PDF"), (PHONE, ".json", b"{")])
def test_a_reader_from_the_front_page_by_way_of_search_to_the_whole_document(
    everybody: Everybody, width: int, link: str, start: bytes
) -> None:
    reader = everybody.arrive("/", width)
    reader.press("Zoeken", href="/zoeken$")
    reader.to("", kind="search")
    reader.page.keyboard.type("toeslag")
    reader.enter()
    assert reader.page.url.endswith("q=toeslag")
    reader.press("", href=PUBLICATION)
    reader.press("", href="/$")
    reader.press("", href=PUBLICATION)
    reader.to("Wat betekenen deze oordelen en niveaus?", kind="summary")
    reader.page.keyboard.press("Enter")
    assert reader.page.locator("details[open] > summary:focus").count() == 1
    reader.to("", href=rf"/publicaties/.*\{link}$")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"**{link}")
    assert reader.page.request.get(reader.page.url).body().startswith(start)
    assert everybody.faults == []


def test_the_walker_sees_what_is_wrong_with_a_poor_page(everybody: Everybody) -> None:
    walker = everybody.arrive("about:blank", WIDE)
    walker.page.set_content(
        "<style>.bare:focus { outline: none } .on { outline: 3px solid } p { margin: 9rem 0 } "
        "div { position: fixed; top: 0; left: 0; width: 100%; height: 7rem; background: white }</style>"
        "<p><a href='#1' class=on>Goed</a></p><p><a href='#2' class=bare>Onzichtbaar</a></p>"
        "<a href='#3' class=on style='position: absolute; top: 2rem'>Bedekt</a><div></div>"
        "<a href='#4' class=on tabindex=1>Eerst</a>"
    )
    for _ in range(4):
        walker.tab()
    told = {re.sub(r".* a '", "'", fault) for fault in walker.faults}
    assert told == {
        "'Onzichtbaar': it cannot be seen that this has the focus",
        "'Bedekt': something lies over it, or it is out of sight",
        "'Bedekt': stands above 'Onzichtbaar', the stop before it",
        "'Goed': comes after what follows it",
        "'Goed': stands above 'Eerst', the stop before it",
    }
