"""What pages cost their readers: bytes over the line, requests, layout shift, and the first view as a ratio to a static page.

Starts the demonstration on an empty database of its own, walks the main pages of every role in headless Chromium at phone
width from an empty cache, and prints a table. The static page is the front page as it came, with its files, served from a
folder. Ends what it started. `--rounds` views of each page, the median counts.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import re
import sys
import tempfile
import threading
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.support.browser import ARGUMENTS, CHROMIUM
from tests.support.service import running
from uitvoeringsscan.presentation.templating import STATIC

PAGES: dict[str, tuple[str, ...]] = {
    "": ("/", "/publicaties", "/publicaties/2*", "/stemmingen", "/stemmingen/2*", "/dossiers/99010", "/uitleg", "/inloggen"),
    "M. ter Voorbeeld": ("/indienen", "/mijn-scans", "/mijn-scans/2*"),
    "U. Werker": ("/uitvragen", "/uitvragen/2*", "/uitvragen/2*/onderdeel/algemeen", "/uitvragen/2*/nakijken"),
    "P. Paraaf": ("/uitvragen", "/uitvragen/2*/nakijken"),
    "C. de Planner": ("/coordinatie", "/coordinatie/scans/2*", "/coordinatie/overdracht", "/coordinatie/journaal"),
    "B. Beheerder": ("/beheer", "/beheer/vragenlijsten"),
}  # fmt: skip
"""Who looks at what; `*` is the first such page that the demonstration has."""

WATCH = """
  window.seen = {cls: 0, lcp: 0};
  new PerformanceObserver(l => l.getEntries().forEach(e => { if (!e.hadRecentInput) seen.cls += e.value; }))
    .observe({type: 'layout-shift', buffered: true});
  new PerformanceObserver(l => l.getEntries().forEach(e => { seen.lcp = e.startTime; }))
    .observe({type: 'largest-contentful-paint', buffered: true});
"""
TOLD = """() => ({...seen, fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        folder = Path(name)
        demo = {
            "UITVOERINGSSCAN_ENVIRONMENT": "demo",
            "UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        }
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        with running(folder, demo) as service:
            with StaticCopy(browser, service.url, folder / "static-page") as plain:
                base = [view(browser, plain, "/index.html", None) for _ in range(rounds)]
            print("| wie | pagina | kB | verzoeken | CLS | eerste beeld | grootste beeld |")
            print("|---|---|---:|---:|---:|---:|---:|")
            for person, paths in PAGES.items():
                state = sign_in(browser, service.url, person)
                for path in paths:
                    found = first(browser, service.url, path, state)
                    seen = [view(browser, service.url, found, state) for _ in range(rounds)]
                    print(row(person or "bezoeker", path, seen, base))
        browser.close()


def row(person: str, path: str, seen: list[dict[str, Any]], base: list[dict[str, Any]]) -> str:
    def of(rounds: list[dict[str, Any]], what: str) -> float:
        return float(median(one[what] for one in rounds))

    ratio = {what: of(seen, what) / max(of(base, what), 1.0) for what in ("fcp", "lcp")}
    shift = max(one["cls"] for one in seen)
    weight = f"{of(seen, 'bytes') / 1000:.1f} | {of(seen, 'requests'):.0f} | {shift:.3f}"
    return f"| {person} | `{path}` | {weight} | {ratio['fcp']:.1f}x | {ratio['lcp']:.1f}x |"


def view(browser: Browser, url: str, path: str, state: Any) -> dict[str, Any]:
    """One first view of a page: nothing is in the cache but the session."""
    context = browser.new_context(base_url=url, viewport={"width": 390, "height": 844}, storage_state=state)
    context.add_init_script(WATCH)
    page = context.new_page()
    sent: list[Any] = []
    page.on("requestfinished", lambda request: sent.append(request))
    page.goto(path, wait_until="networkidle")
    told: dict[str, Any] = page.evaluate(TOLD)
    sizes = [request.sizes() for request in sent]
    context.close()
    return told | {
        "requests": len(sizes),
        "bytes": sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes),
    }


def sign_in(browser: Browser, url: str, person: str) -> Any:
    context = browser.new_context(base_url=url)
    if person:
        page = context.new_page()
        page.goto("/inloggen")
        page.get_by_role("button", name=person, exact=True).click()
    state = context.storage_state()
    context.close()
    return state


def first(browser: Browser, url: str, path: str, state: Any) -> str:
    """The address with `*` filled in from the first link of that form that leads somewhere."""
    if "*" not in path:
        return path
    start, _, rest = path.partition("*")
    context = browser.new_context(base_url=url, storage_state=state)
    page = context.new_page()
    page.goto(re.sub(r"/(?:scans/)?2$", "", start) or "/")
    links = page.locator(f'main a[href^="{start}"]').evaluate_all("found => found.map(a => a.getAttribute('href'))")
    for link in dict.fromkeys(links):
        found = re.sub(r"[?#].*", "", link) + rest
        if (answer := page.goto(found)) and answer.status == 200:
            context.close()
            return found
    raise SystemExit(f"the demonstration has no page like {path}")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class StaticCopy:
    """The front page as it came, in a folder with its files, behind the plainest server there is."""

    def __init__(self, browser: Browser, url: str, folder: Path) -> None:
        (folder / "static" / "fonts").mkdir(parents=True)
        for path in (*STATIC.glob("*.*"), *STATIC.glob("fonts/*")):
            (folder / "static" / path.relative_to(STATIC)).write_bytes(path.read_bytes())
        context = browser.new_context(base_url=url)
        (folder / "index.html").write_text(context.request.get("/").text(), "utf-8")
        context.close()
        handler = functools.partial(_Quiet, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


if __name__ == "__main__":
    main()
