"""The page "zo controleert u dit" is right: its own commands, run to the letter, tell what is sound from what is not."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.support.need import lacking
from tests.support.service import LiveServer

TOOLS = ("bash", "curl", "openssl")


@pytest.fixture(scope="module")
def commands(live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What stands on the page of a running service, in the order of the page."""
    for tool in TOOLS:
        if shutil.which(tool) is None:
            lacking(tool)
    database = tmp_path_factory.mktemp("checking") / "checking.sqlite3"
    service = live_server(
        {"UITVOERINGSSCAN_ENVIRONMENT": "demo", "UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{database}"}
    )
    with urllib.request.urlopen(f"{service.url}/controleren") as answer:
        page = answer.read().decode()
    return [html.unescape(found) for found in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)]


def run(command: str, folder: Path) -> tuple[str, int]:
    path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env={"PATH": path}, capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout + done.stderr, done.returncode


@pytest.fixture
def folder(commands: list[str], tmp_path: Path) -> Path:
    """A folder of the reader's own, after the first command."""
    output, status = run(commands[0], tmp_path)
    assert (output, status) == ("", 0)
    names = sorted(path.suffix for path in tmp_path.iterdir())
    assert names == [".json", ".json", ".jws"]
    return tmp_path


def document(folder: Path) -> Path:
    (found,) = folder.glob("*-v1.json")
    return found


def test_there_are_three_commands(commands: list[str]) -> None:
    assert len(commands) == 3
    assert "curl" in commands[0]
    assert "sha256" in commands[1]
    assert "openssl" in commands[2]


def test_what_is_sound_is_found_to_be_sound(commands: list[str], folder: Path) -> None:
    assert run(commands[1], folder) == ("Controlegetal klopt\n", 0)
    output, status = run(commands[2], folder)
    assert status == 0, output
    assert "Signature Verified Successfully" in output
    assert re.search(r"^Sleutel: [\w-]{43}$", output, re.MULTILINE)


def test_one_changed_letter_is_found(commands: list[str], folder: Path) -> None:
    changed = document(folder).read_bytes().replace(b"uitvoerbaar-mits", b"uitvoerbaar-mitz", 1)
    assert changed != document(folder).read_bytes()
    document(folder).write_bytes(changed)
    assert run(commands[1], folder)[0] == "Controlegetal KLOPT NIET\n"
    output, status = run(commands[2], folder)
    assert status != 0
    assert "Signature Verification Failure" in output


def test_a_signature_by_somebody_else_is_found(commands: list[str], folder: Path) -> None:
    """A key of one's own, put in place of the real one under its name."""
    keys = folder / "jwks.json"
    other = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    keys.write_text(re.sub(r'"x":"[\w-]{43}"', f'"x":"{other}"', keys.read_text()))
    output, status = run(commands[2], folder)
    assert status != 0
    assert "Signature Verification Failure" in output
