"""Harmful files at the command line: a sentence in Dutch, exit status 1, and little memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import Command

from tests.support.hostile import FILES
from tests.support.need import ROOT

MEMORY = 300_000
"""Kilobytes; one of these files unpacks to more than that."""


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("words", [("parse",), ("route", "--wetsvoorstel")], ids=["amendment", "bill"])
def test_a_harmful_file_is_refused_in_words(tmp_path: Path, kind: str, words: tuple[str, ...]) -> None:
    name, content, message = FILES[kind]
    (tmp_path / name).write_bytes(content)
    with subprocess.Popen(
        [sys.executable, "-m", "uitvoeringsscan", *words, str(tmp_path / name)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=Command("sqlite:///niets").environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        out, error = process.stdout.read(), process.stderr.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert (process.returncode, out) == (1, b"")
    assert message in error
    assert "Traceback" not in error
    assert used.ru_maxrss < MEMORY
