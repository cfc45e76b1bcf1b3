"""The system's chromium, driven by Playwright, and axe-core for what a page means to someone who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.need import ROOT

CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "design" / "node_modules" / "axe-core" / "axe.min.js"

# No sandbox: the tests may run as root. The rest keeps the browser from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Axe = Callable[[Page], list[str]]


@contextmanager
def browser() -> Iterator[Browser]:
    """One browser; give each test a context of its own (`browser.new_context()`), so that no cookie travels along."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        try:
            yield started
        finally:
            started.close()


def violations(page: Page, source: str) -> list[str]:
    """What axe-core holds against the page as it stands: one line per violation and element, sorted; nothing is best."""
    # Through the debugger, so that the page's own content security policy stays in force and need not allow axe.
    page.evaluate(source)
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"
    )
    return sorted(
        f"{violation['id']} ({violation['impact']}): {violation['help']}: {' '.join(map(str, node['target']))}"
        for violation in found
        for node in violation["nodes"]
    )
