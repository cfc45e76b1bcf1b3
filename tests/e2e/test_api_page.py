"""The page that shows the API: from our own files, within the policy, and of use without script too."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import Axe
from tests.support.service import LiveServer, Service

pytestmark = pytest.mark.browser

OF_THE_LIBRARY = {"heading-order", "landmark-", "nested-interactive", "select-name"}
"""Rules that the library's own markup breaks and that a style sheet cannot mend. The page offers openapi.json beside it."""


@pytest.fixture(scope="module")
def service(live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Service:
    return live_server({"UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('api') / 'api.sqlite3'}"})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_operations_can_be_opened_and_tried_with_nothing_from_elsewhere(
    chromium: Browser, service: Service, axe: Axe, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(locale="nl-NL", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    said: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{service.url}/uitleg/api")
    operation = page.locator(".opblock", has_text="/organisaties").first
    operation.get_by_role("button").first.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    assert hosts - {""} == {urlsplit(service.url).netloc}, "data: pictures have no host"
    assert said == []
    assert [line for line in axe(page) if not line.startswith(tuple(OF_THE_LIBRARY))] == []
    context.close()


def test_without_script_it_says_where_the_same_can_be_read(chromium: Browser, service: Service) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{service.url}/uitleg/api")
    with page.expect_response("**/openapi.json"):
        page.get_by_role("link", name="openapi.json").last.click()
    context.close()
