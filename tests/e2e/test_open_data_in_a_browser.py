"""What only a real browser can tell: the data block and the card pass the content security policy, and nothing else does."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import Axe
from tests.support.service import LiveServer, Service

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def service(live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Service:
    database = tmp_path_factory.mktemp("open") / "open.sqlite3"
    return live_server({"UITVOERINGSSCAN_ENVIRONMENT": "demo", "UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{database}"})


@pytest.fixture(scope="module")
def address(service: Service) -> str:
    """Of a publication."""
    with urllib.request.urlopen(f"{service.url}/api/v1/publicaties") as answer:
        return f"{service.url}/publicaties/{json.loads(answer.read())['resultaten'][0]['nummer']}"


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def context(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(
        java_script_enabled=request.param, locale="nl-NL", viewport={"width": 700, "height": 700}
    )
    yield made
    made.close()


def listening(page: Page) -> list[str]:
    """What the browser complains about from now on; a refusal by the policy is a complaint."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_the_data_block_is_there_and_the_browser_says_nothing_of_it(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    said = listening(page)
    page.goto(address)
    described = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    assert (described["@type"], described["url"]) == ("Report", address)
    assert said == []


def test_a_script_in_that_place_would_have_been_refused(chromium: Browser, address: str) -> None:
    """The policy is in force on the page, so that silence about the data block means something."""
    context = chromium.new_context()
    try:
        page = context.new_page()
        said = listening(page)
        page.route(address, lambda route: _as_script(route))
        page.goto(address)
        assert any("Content Security Policy" in words for words in said), said
    finally:
        context.close()


def _as_script(route: object) -> None:
    answer = route.fetch()  # type: ignore[attr-defined]
    body = answer.text().replace('type="application/ld+json"', 'type="text/javascript"')
    route.fulfill(response=answer, body=body)  # type: ignore[attr-defined]


@pytest.fixture
def elsewhere(address: str) -> Iterator[str]:
    """Another site: a page with the card as oEmbed gives it, and one that tries to show the publication itself."""
    service = address.partition("/publicaties/")[0]
    with urllib.request.urlopen(f"{service}/oembed?url={address}") as answer:
        card = json.loads(answer.read())["html"]
    pages = {"/kaart": card, "/pagina": f'<iframe src="{address}" width="600" height="340"></iframe>'}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!doctype html><html lang='nl'><title>Elders</title><h1>Elders</h1>{pages.get(self.path, '')}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_another_site_shows_the_card_in_its_own_look(context: BrowserContext, elsewhere: str, address: str) -> None:
    page = context.new_page()
    said = listening(page)
    page.goto(f"{elsewhere}/kaart")
    card = page.frame_locator("iframe")
    expect(card.get_by_text("Oordeel van de organisaties")).to_be_visible()
    expect(card.locator("article")).to_have_css("border-inline-start-width", "6px")  # its stylesheet came along
    with context.expect_page() as opened:
        card.get_by_role("link").click()
    expect(opened.value).to_have_url(address)
    assert [words for words in said if "favicon" not in words] == []


def test_another_site_cannot_show_the_page_itself(context: BrowserContext, elsewhere: str) -> None:
    page = context.new_page()
    page.goto(f"{elsewhere}/pagina")
    page.wait_for_load_state("networkidle")
    assert page.frame_locator("iframe").get_by_role("heading").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [280, 600])
def test_the_card_is_accessible_and_fits(chromium: Browser, axe: Axe, address: str, scheme: str, width: int) -> None:
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 340})  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(f"{address}/fragment")
        # A card stands inside the landmarks of the page around it.
        assert [line for line in axe(page) if not line.startswith(("region", "landmark-"))] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        context.close()


def test_the_page_about_checking_is_accessible(page: Page, axe: Axe, service: Service) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{service.url}/controleren")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
