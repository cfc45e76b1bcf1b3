"""The repository's own files, for tests that read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.support.need import ROOT

PACKAGE = ROOT / "src" / "uitvoeringsscan"

# The rooms that do no I/O, as architecture's core: modules and packages directly under the package.
CORE = (
    "identifiers",
    "errors",
    "events",
    "people",
    "amendments",
    "routing",
    "rubrics",
    "assessments",
    "scoring",
    "scans",
    "notices",
    "parliament",
    "publication",
    "use_cases",
)


def files() -> list[Path]:
    """Every file that is, or would be, under version control."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """Path from the root and content of every text file."""
    for path in files():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a font, a document, a picture


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Path from the root and parsed source of every module; of these rooms only, when any is named."""
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if not rooms or room in rooms:
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))
