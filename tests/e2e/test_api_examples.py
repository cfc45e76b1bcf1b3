"""docs/api.md, run as it is written: every example in its order, against a service that really runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.need import ROOT, lacking
from tests.support.service import LiveServer

EXAMPLE = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_example_works_as_written(live_server: LiveServer, sqlite_url: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        lacking("curl")
    settings = {"UITVOERINGSSCAN_DATABASE_URL": sqlite_url, "UITVOERINGSSCAN_ENVIRONMENT": "development"}
    service = live_server(settings)
    add = [sys.executable, "-m", "uitvoeringsscan", "clients", "add", "voorbeeld", "--role", "indiener"]
    made = subprocess.run(add, env={**os.environ, **settings}, capture_output=True, text=True, check=True, cwd=tmp_path)
    environment = {**os.environ, "DIENST": service.url, "SLEUTEL": made.stdout.strip()}
    examples = EXAMPLE.findall((ROOT / "docs" / "api.md").read_text("utf-8"))
    assert {language for language, _ in examples} == {"sh", "python"}
    printed = []
    for language, text in examples:
        command = ["bash", "-euo", "pipefail", "-c", text] if language == "sh" else [sys.executable, "-c", text]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
        printed.append(done.stdout)
    publications, agencies, routing, scan, found, walked, lines, changed, events, signature = printed
    assert json.loads(publications) == {"resultaten": [], "volgende": None}
    assert "uwv" in {agency["code"] for agency in json.loads(agencies)["resultaten"]}
    assert "uwv" in {agency["code"] for agency in json.loads(routing)["organisaties"]}
    number = json.loads(scan)["nummer"]
    assert [line["nummer"] for line in json.loads(found)["resultaten"]] == [number]
    assert walked.startswith(number)
    assert [json.loads(line)["status"] for line in lines.splitlines()] == [201, 201]
    assert changed.strip() == "ingetrokken"
    told = [line.split(" ", 2) for line in events.splitlines()]
    assert [one[1] for one in told] == ["nl.uitvoeringsscan.scan-ingediend"] * 3 + [
        "nl.uitvoeringsscan.scan-ingetrokken"
    ]
    assert [one[0] for one in told] == [f"gebeurtenis-{number}" for number in range(1, 5)]
    assert signature.strip() == "False"
