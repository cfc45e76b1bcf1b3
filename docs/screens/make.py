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

# Who looks at which pages: address -> name of the picture. `*` is the first page of that form that links lead to.
WALKS: dict[str, dict[str, str]] = {
    "": {
        "/": "voorpagina",
        "/publicaties": "publicaties",
        "/publicaties/2*": "publicatie",
        "/publicaties/2*/verschil": "verschil",
        "/stemmingen": "stemmingen",
        "/stemmingen/2*": "stemdag",
        "/stemmingen/2*/stapeling": "stapeling",
        "/dossiers/99010": "dossier",
        "/organisaties/uwv": "organisatie",
        "/punctualiteit": "punctualiteit",
        "/zoeken?q=uitkering": "zoeken",
        "/uitleg": "uitleg",
        "/controleren": "controleren",
        "/inloggen": "inloggen",
        "/bestaat-niet": "niet-gevonden",
        "/beheer/stijlgids": "stijlgids",
    },
    "M. ter Voorbeeld": {"/indienen": "indienen", "/mijn-scans": "mijn-scans", "/mijn-scans/2*": "mijn-scan"},
    "U. Werker": {
        "/uitvragen": "uitvragen",
        "/uitvragen/2*": "uitvraag",
        "/uitvragen/2*/onderdeel/algemeen": "vragenlijst",
        "/uitvragen/2*/nakijken": "nakijken",
        "/uitvragen/2*/geen-gevolgen": "geen-gevolgen",
        "/uitvragen/kengetallen": "kengetallen",
        "/mijn-account/berichten": "berichten",
    },
    "P. Paraaf": {"/uitvragen/2*/nakijken": "vaststellen"},
    "C. de Planner": {
        "/coordinatie": "stemweek",
        "/coordinatie/scans/2*": "scan-coordinator",
        "/coordinatie/overdracht": "overdracht",
        "/coordinatie/journaal": "journaal",
        "/coordinatie/correcties": "correcties",
        "/coordinatie/kamer": "kamer",
    },
    "B. Beheerder": {"/beheer": "beheer", "/beheer/vragenlijsten": "vragenlijsten", "/ontvangers": "ontvangers"},
}
# Where links to such pages stand, when that is not the folder itself.
LISTED = {
    "/stemmingen/2*": "/",
    "/stemmingen/2*/stapeling": "/dossiers/99010",
    "/publicaties/2*": "/dossiers/99001",
    "/publicaties/2*/verschil": "/dossiers/99010",
    "/coordinatie/scans/2*": "/coordinatie",
}
# Which of the links, by its words, when the first is not the one that shows most.
PICKED = {"/mijn-scans/2*": "99001, nr. 14", "/coordinatie/scans/2*": "99001, nr. 17"}


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
        if find(page, path):
            picture(page, name, width)
        else:
            raise SystemExit(f"{path}: the demonstration has no such page")
    context.close()


def find(page: Page, path: str) -> bool:
    """Go there. With a `*`: the first page of that form that opens, reached from where its links stand."""
    if "*" not in path:
        page.goto(path)
        return True
    start, _, rest = path.partition("*")
    page.goto(LISTED.get(path, start.rpartition("/")[0]))
    found = page.locator(f'main a[href^="{start}"]', has_text=PICKED.get(path, ""))
    links = [link.get_attribute("href") or "" for link in found.all()]
    for link in dict.fromkeys(link.split("#")[0].split("?")[0] for link in links):
        answer = page.goto(link.removesuffix(rest) + rest)
        if answer is not None and answer.status == 200:
            return True
    return False


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
