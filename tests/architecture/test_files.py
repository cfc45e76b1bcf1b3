"""What may not slip into the repository: addresses of package indexes, paths of one machine, leftovers, silent skips."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter

from tests.support.need import ROOT
from tests.support.tree import texts

# In pieces, so that this file does not hold what it looks for.
INDEXES = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))]
LEFTOVERS = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
MACHINE = re.compile(r"(?<![\w.~}>)/:-])/(home|Users|root|work)/[\w.]")
CONFLICT = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)

# Taken from a library as it is.
OF_OTHERS = "src/uitvoeringsscan/presentation/static/swagger-ui/swagger-ui-bundle.js"

# Where a test may be skipped, and how often that is written there. Everything goes through tests/support/need.py, which
# tells it aloud; a new place needs a line here.
SKIPS = {"tests/support/need.py": 2}


def _lines(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}"
        for path, text in texts()
        for hit in pattern.finditer(text)
    ]


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text, name
        assert text.count("==") <= text.count("--hash=sha256:"), name
    npm = json.loads((ROOT / "design" / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in npm["packages"].items() if name}
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_no_package_index_is_named() -> None:
    assert _lines(re.compile("|".join(map(re.escape, INDEXES)))) == []


def test_no_path_of_one_machine() -> None:
    assert _lines(MACHINE) == []


def test_no_leftovers() -> None:
    assert [line for line in _lines(LEFTOVERS) if not line.startswith(OF_OTHERS)] == []
    assert _lines(CONFLICT) == []


def test_skips_are_counted() -> None:
    found: Counter[str] = Counter()
    for path, text in texts():
        if path.startswith("tests/") and path.endswith(".py"):
            found[path] += sum(_skips(node) for node in ast.walk(ast.parse(text)))
    assert +found == SKIPS


def _skips(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="pytest"), attr="skip" | "importorskip" | "xfail")):
            return True
        case ast.Attribute(
            value=ast.Attribute(value=ast.Name(id="pytest"), attr="mark"), attr="skip" | "skipif" | "xfail"
        ):
            return True
        case ast.Name(id="SkipTest"):
            return True
    return False
