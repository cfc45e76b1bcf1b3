"""A real identity provider as a process of its own, and somebody who signs in there as a browser would."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx2

from tests.support.need import ROOT, lacking
from tests.support.service import stop

FOLDER = ROOT / "tests" / "oidc"


@contextmanager
def provider(settings: Mapping[str, Any], log: Path) -> Iterator[str]:
    """Starts it and gives its issuer; `settings` as `tests/oidc/provider.mjs` takes them. Ended by its own pid."""
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        lacking("oidc-provider")
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [node, "provider.mjs", json.dumps(settings)], cwd=FOLDER, stdout=subprocess.PIPE, stderr=errors
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline().decode().strip()
        if not line.startswith("http"):
            raise RuntimeError(f"the provider did not start:\n{log.read_text(errors='replace')}")
        yield line
    finally:
        stop(process)
        if process.stdout is not None:
            process.stdout.close()


def walk(address: str, login: str, until: str) -> str:
    """Go to `address`, sign in as `login`, agree to what is asked, and give the address of ours one is sent back to."""
    with httpx2.Client(follow_redirects=False) as browser:
        answer = browser.get(address)
        for _ in range(20):
            if answer.is_redirect:
                place = urljoin(str(answer.url), answer.headers["location"])
                if place.startswith(until):
                    return place
                answer = browser.get(place)
                continue
            form = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
            if form is None:
                raise RuntimeError(f"{answer.status_code} at {answer.url}: {answer.text[:2000]}")
            fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
            fields |= {"login": login, "password": "any"} if fields.get("prompt") == "login" else {}
            answer = browser.post(urljoin(str(answer.url), unescape(form[1])), data=fields)
    raise RuntimeError("the provider keeps sending us round")
