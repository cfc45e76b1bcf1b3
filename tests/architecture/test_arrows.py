"""Imports point one way, and the core is pure; the contracts stand in pyproject.toml."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.support.need import ROOT
from tests.support.tree import CORE, PACKAGE, modules

# What reads, writes or runs something without an import that a contract could see.
IMPURE = {"open", "print", "input", "exec", "eval", "compile", "breakpoint", "__import__"}
IMPURE_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes"}


def test_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_the_core_is_the_same_in_the_contract_and_here() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    [core] = [contract for contract in contracts if contract["id"] == "core"]
    assert set(core["source_modules"]) == {f"uitvoeringsscan.{room}" for room in CORE}
    for room in CORE:
        assert (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").is_file(), room


def test_the_core_opens_prints_and_runs_nothing() -> None:
    found = [
        f"{path}:{call.lineno}: {name}"
        for path, module in modules(*CORE)
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and (name := _impure(call.func))
    ]
    assert found == []


def _impure(function: ast.expr) -> str | None:
    match function:
        case ast.Name(id=name) if name in IMPURE:
            return name
        case ast.Attribute(attr=name) if name in IMPURE_METHODS:
            return name
    return None
