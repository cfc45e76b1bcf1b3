"""Starting a service: it is waited for, it is told where it runs, it is ended; and what goes wrong is shown."""

from __future__ import annotations

import sys
import urllib.request
from pathlib import Path

import pytest

from tests.support.service import LiveServer, running

# Not ready at its first request, ready after that; it answers every path with one variable of its environment.
SCRIPT = """
import os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

asked = 0

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        global asked
        asked += 1
        self.send_response(503 if asked == 1 else 200)
        self.end_headers()
        self.wfile.write(os.environ["UITVOERINGSSCAN_PUBLIC_URL"].encode())

HTTPServer((sys.argv[2], int(sys.argv[4])), Handler).serve_forever()
"""


def test_a_service_is_waited_for_and_ended(tmp_path: Path) -> None:
    with running(tmp_path, {}, (sys.executable, "-c", SCRIPT)) as service:
        with urllib.request.urlopen(f"{service.url}/") as answer:
            assert answer.read().decode() == service.url
        assert service.process.poll() is None
    assert service.process.poll() is not None
    assert "503" in service.log.read_text()


def test_a_service_that_dies_shows_what_it_said(tmp_path: Path) -> None:
    dying = (sys.executable, "-c", "raise SystemExit('no such database')")
    with pytest.raises(RuntimeError, match="no such database"), running(tmp_path, {}, dying):
        pass


def test_the_service_itself_starts_on_an_empty_database(live_server: LiveServer, tmp_path: Path) -> None:
    service = live_server({"UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3"})
    with urllib.request.urlopen(f"{service.url}/health/live") as answer:
        assert answer.status == 200
    assert (tmp_path / "new.sqlite3").exists()
