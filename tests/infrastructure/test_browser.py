"""The browser reads a page, and axe finds what is planted in it, whatever the page's security policy says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from tests.support.browser import Axe

GOOD = """<!doctype html><html lang="nl"><head><title>Proef</title></head>
<body><main><h1>Proef</h1><label>Naam <input name="naam"></label></main></body></html>"""
BAD = GOOD.replace("<label>Naam ", "").replace("</label>", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')

pytestmark = pytest.mark.browser


def _show(page: Page, body: str) -> None:
    def answer(route: Route) -> None:
        policy = "default-src 'none'; img-src data:; script-src 'self'"
        route.fulfill(body=body, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy})

    page.route("http://proef.example/", answer)
    page.goto("http://proef.example/")


def test_axe_passes_a_good_page(page: Page, axe: Axe) -> None:
    _show(page, GOOD)
    page.get_by_label("Naam").fill("Jansen")
    assert axe(page) == []


def test_axe_finds_what_is_wrong(page: Page, axe: Axe) -> None:
    _show(page, BAD)
    assert {line.partition(" ")[0] for line in axe(page)} == {"image-alt", "label"}
