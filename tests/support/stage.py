"""The agency's world as a running service, with a browser for each of the people in it; and what the stories press and check."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from tests.web.agency_world import World, make_world
from uitvoeringsscan.use_cases import accounts

WIDE, PHONE = 1280, 390


@dataclass(frozen=True)
class Stage:
    """A world that is being served, and browsers for the people in it."""

    world: World
    url: str
    chromium: Browser

    def enter(self, name: str, width: int = WIDE, *, scripts: bool = False) -> Page:
        context = self.chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="nl-NL"
        )
        token = accounts.demo_sign_in(self.world.desk, self.world.people[name].id)
        context.add_cookies([{"name": "uitvoeringsscan", "value": token, "url": self.url}])
        page = context.new_page()
        page.goto(f"{self.url}/uitvragen")
        return page

    def go(self, page: Page, path: str = "") -> None:
        page.goto(f"{self.url}/uitvragen/{self.world.file}{path}")


@pytest.fixture
def stage(chromium: Browser, sqlite_url: str) -> Iterator[Stage]:
    world = make_world(sqlite_url)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(world.web, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield Stage(world, f"http://127.0.0.1:{listener.getsockname()[1]}", chromium)
    finally:
        for context in chromium.contexts:
            context.close()
        server.should_exit = True
        thread.join()
        listener.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def fits(page: Page) -> bool:
    """Nothing sticks out: the page is not wider than the window. A page that was just asked for must be there first."""
    page.locator("footer").wait_for()
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def focused(page: Page) -> str:
    """The id of what has the focus, or else its words."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


def tab_to(page: Page, wanted: str, most: int = 80) -> None:
    """Press Tab until this has the focus, as somebody without a mouse would."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
    raise AssertionError(f"the keyboard never came to {wanted}")
