"""PDF: handed to a process of its own (see pdf_worker), with a limit on pages, memory and time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from uitvoeringsscan.adapters.documents.pdf_worker import BROKEN, LOCKED, OK, TOO_LONG
from uitvoeringsscan.adapters.documents.problems import DocumentProblem

_WORKER = Path(__file__).with_name("pdf_worker.py")
_FAULTS = {LOCKED: "bestand-versleuteld", BROKEN: "bestand-beschadigd", TOO_LONG: "bestand-te-lang"}
_SPLIT = re.compile("[\u0002\ufffe](?![A-Z0-9])")
"""Where the library put the halves of a word together that a printed line had split. A capital or digit behind it
means that the hyphen was the word's own ("Smit-Jansen")."""


def read_pdf(data: bytes, *, pages: int, memory: int, seconds: int) -> str:
    """The text of all pages. Raises DocumentProblem: locked, broken, too many pages, or too slow."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_WORKER), str(pages), str(memory), str(seconds)],
            input=data,
            capture_output=True,
            timeout=seconds * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentProblem("bestand-te-traag") from error
    if done.returncode != OK:
        # killed by the CPU limit: too slow; anything else that ends it (also by the memory limit): broken
        stopped = done.returncode in {-24, -9}
        raise DocumentProblem(_FAULTS.get(done.returncode, "bestand-te-traag" if stopped else "bestand-beschadigd"))
    text = done.stdout.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return _SPLIT.sub("", text).replace("\u0002", "-").replace("\ufffe", "-")
