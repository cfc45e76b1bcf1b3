"""Harmful files at the command line: a sentence in Dutch, exit status 1, and little memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from commands import Command

from tests.support.hostile import FILES
from tests.support.need import ROOT

MEMORY = 300_000
"""Kilobytes; one of these files unpacks to more than that."""

# The most it ever held, as the process says itself: what `wait4` tells begins with the size of whoever started it.
WATCHED = """
import sys
from pathlib import Path
from uitvoeringsscan.__main__ import main
status = main(sys.argv[1:])
print(next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("words", [("parse",), ("route", "--wetsvoorstel")], ids=["amendment", "bill"])
def test_a_harmful_file_is_refused_in_words(tmp_path: Path, kind: str, words: tuple[str, ...]) -> None:
    name, content, message = FILES[kind]
    (tmp_path / name).write_bytes(content)
    process = subprocess.run(
        [sys.executable, "-c", WATCHED, *words, str(tmp_path / name)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=ROOT,
        env=Command("sqlite:///niets").environment(),
        timeout=60,
        check=False,
    )
    error, _, peak = process.stderr.decode().rpartition("VmHWM:")
    assert (process.returncode, process.stdout) == (1, b"")
    assert message in error
    assert "Traceback" not in error
    assert int(peak.split()[0]) < MEMORY
