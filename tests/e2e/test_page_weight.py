"""What a first view of a public page costs: bytes over the line and requests, from an empty cache. Never times."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.support.service import LiveServer, Service

pytestmark = pytest.mark.browser

MOST_BYTES = 60_000
MOST_REQUESTS = 8

PAGES = (
    "/",
    "/publicaties",
    "/publicaties/{rich}",
    "/publicaties/{changed}/verschil",
    "/stemmingen",
    "/stemmingen/{day}",
    "/stemmingen/{day}/stapeling",
    "/dossiers/99010",
    "/organisaties/uwv",
    "/punctualiteit",
    "/zoeken?q=uitkering",
    "/uitleg",
    "/controleren",
    "/inloggen",
)


@pytest.fixture(scope="module")
def service(live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Service:
    path = tmp_path_factory.mktemp("weight") / "demo.sqlite3"
    return live_server({"UITVOERINGSSCAN_ENVIRONMENT": "demo", "UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{path}"})


@pytest.fixture(scope="module")
def places(chromium: Browser, service: Service) -> dict[str, str]:
    page = chromium.new_page(base_url=service.url)
    page.goto("/dossiers/99001")
    rich = page.locator('main a[href^="/publicaties/2"]').first.get_attribute("href")
    page.goto("/dossiers/99010")
    changed = page.locator('main a[href^="/publicaties/2"]', has_text="nr. 11").first.get_attribute("href")
    day = page.locator('main a[href^="/stemmingen/2"]').first.get_attribute("href")
    page.close()
    assert rich
    assert changed
    assert day
    return {name: path.rsplit("/", 1)[1] for name, path in (("rich", rich), ("changed", changed), ("day", day))}


@pytest.mark.parametrize("path", PAGES)
def test_the_first_view_of_a_public_page_is_light(
    chromium: Browser, service: Service, places: dict[str, str], path: str
) -> None:
    context = chromium.new_context(base_url=service.url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    sent = []
    page.on("requestfinished", lambda request: sent.append(request))
    answer = page.goto(path.format(**places), wait_until="networkidle")
    weights = {}
    for request in sent:
        sizes = request.sizes()
        weights[request.url.removeprefix(service.url)] = sizes["responseBodySize"] + sizes["responseHeadersSize"]
    context.close()
    assert answer is not None
    assert answer.status == 200
    assert 0 < len(weights) <= MOST_REQUESTS, weights
    assert sum(weights.values()) <= MOST_BYTES, weights
