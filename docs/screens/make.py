"""Pictures of every page of the demonstration, at desktop and phone width: `make screens`.

Starts the service on an empty database of its own, walks its pages in headless Chromium without JavaScript, and writes
PNG files beside this one. Ends what it started.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]

# Who looks at which pages: address -> name of the picture. {scan} and {file} are found by walking the links.
WALKS: dict[str, dict[str, str]] = {
    "": {"/": "voorpagina", "/stemmingen": "stemmingen", "/uitleg": "uitleg"},
    "M. ter Voorbeeld": {"/indienen": "indienen", "/mijn-scans": "mijn-scans"},
    "C. de Planner": {"/coordinatie": "stemdag"},
    "U. Werker": {"/uitvragen": "uitvragen"},
}
# After those pages: the first link of this form is followed and pictured too.
FOLLOW: dict[str, tuple[tuple[str, str], ...]] = {
    "": (("/publicaties/2", "publicatie"),),
    "M. ter Voorbeeld": (("/mijn-scans/2", "mijn-scan"),),
    "C. de Planner": (("/coordinatie/scans/2", "scan-coordinator"),),
    "U. Werker": (("/uitvragen/2", "uitvraag"), ("/uitvragen/2*/onderdeel/", "vragenlijst")),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        settings = {
            "UITVOERINGSSCAN_ENVIRONMENT": "demo",
            "UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "UITVOERINGSSCAN_PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        command = [sys.executable, "-m", "uitvoeringsscan", "serve", "--port", str(port)]
        service = subprocess.Popen(
            command, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait(port)
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
                for width in (1280, 390):
                    for person in WALKS:
                        walk(browser, f"http://127.0.0.1:{port}", width, person)
                browser.close()
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait(20)


def walk(browser: Browser, base: str, width: int, person: str) -> None:
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": 900},
        java_script_enabled=False,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    page = context.new_page()
    if person:
        page.goto("/inloggen")
        page.get_by_role("button", name=person).click()
    for path, name in WALKS[person].items():
        page.goto(path)
        picture(page, name, width)
    page.goto(next(reversed(WALKS[person])) if person else "/publicaties")
    for pattern, name in FOLLOW[person]:
        start, _, rest = pattern.partition("*")
        for link in page.locator(f'main a[href^="{start}"]').all():
            if rest in (link.get_attribute("href") or ""):
                link.click()
                picture(page, name, width)
                break
    context.close()


def picture(page: Page, name: str, width: int) -> None:
    """Few colours are enough for pages of ours, and keep the pictures small."""
    path = HERE / f"{name}-{width}.png"
    page.screenshot(path=path, full_page=True)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(48).save(path, optimize=True)


def wait(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the service did not start")


if __name__ == "__main__":
    main()
