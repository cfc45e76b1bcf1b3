"""The command line as an operator types it: a process of its own, with nothing of the developer's shell in it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.need import ROOT

PATIENCE = 120
"""Seconds after which a command is given up as stuck."""


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int
    out: str
    error: str


@dataclass(frozen=True, slots=True)
class Command:
    """`command("parse", "-", given="...")`: runs it over the database at `url`."""

    url: str
    more: dict[str, str] = field(default_factory=dict)

    def __call__(self, *words: str | Path, given: str | bytes = b"") -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "uitvoeringsscan", *map(str, words)],
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            cwd=ROOT,
            env=self.environment(),
            timeout=PATIENCE,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("UITVOERINGSSCAN_")}
        return {**inherited, "UITVOERINGSSCAN_DATABASE_URL": self.url, **self.more}
