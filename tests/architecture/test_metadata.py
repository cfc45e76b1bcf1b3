"""What is said in more than one place is the same everywhere: dependencies, versions, licence."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml

import uitvoeringsscan
from tests.support.need import ROOT

PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", re.MULTILINE)


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads(_text("pyproject.toml"))["project"]
    return project


def _names(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _plain(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[; ]", requirement)[0]).lower()


def test_the_package_asks_for_what_the_lock_is_made_from() -> None:
    assert _project()["dependencies"] == _names(_text("requirements.in"))


@pytest.mark.parametrize(("source", "lock"), [("requirements.in", "requirements.lock"), ("dev.in", "dev.lock")])
def test_the_lock_holds_all_that_is_asked_for(source: str, lock: str) -> None:
    locked = {_plain(name) for name, _ in PINNED.findall(_text(lock))}
    assert {_plain(name) for name in _names(_text(source))} - locked == set()


def test_the_tests_run_on_the_versions_that_the_service_runs_on() -> None:
    runtime = set(PINNED.findall(_text("requirements.lock")))
    names = {name for name, _ in runtime}
    assert {(name, version) for name, version in PINNED.findall(_text("dev.lock")) if name in names} <= runtime


def test_one_version_everywhere() -> None:
    version = uitvoeringsscan.__version__
    assert re.search(rf"^## {re.escape(version)} ", _text("CHANGELOG.md"), re.MULTILINE)
    assert yaml.safe_load(_text("publiccode.yml"))["softwareVersion"] == version


def test_one_licence_everywhere() -> None:
    licence = "EUPL-1.2"
    assert _project()["license"] == licence
    assert yaml.safe_load(_text("publiccode.yml"))["legal"]["license"] == licence
    text = _text("LICENSE")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert re.findall(r"^## (\d+)\. ", text, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert "## Appendix" in text


@pytest.mark.parametrize("name", [f"{number:04}" for number in range(3)])
def test_decisions_are_numbered_once(name: str) -> None:
    assert len(list((ROOT / "docs" / "decisions").glob(f"{name}-*.md"))) == 1
