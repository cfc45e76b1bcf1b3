"""What the README says of the code is what the code says."""

from __future__ import annotations

import argparse
import re

from tests.support.need import ROOT
from uitvoeringsscan import __main__ as command_line
from uitvoeringsscan.scans.lifecycle import ALLOWED
from uitvoeringsscan.settings import Settings

README = (ROOT / "README.md").read_text("utf-8")


def test_the_lifecycle_is_drawn_from_the_table() -> None:
    drawn = re.findall(r"^    ([a-z-]+ --> [a-z-]+: [a-z ]+)$", README, re.MULTILINE)
    assert drawn == [f"{state.value} --> {after.value}: {step.value}" for (state, step), after in ALLOWED.items()]


def test_every_setting_is_in_the_table() -> None:
    listed = set(re.findall(r"^\| `([A-Z_]+)` ", README, re.MULTILINE))
    assert listed == {name.upper() for name in Settings.model_fields}


def test_every_room_is_named() -> None:
    rooms = {path.name for path in (ROOT / "src" / "uitvoeringsscan").iterdir() if (path / "__init__.py").exists()}
    assert rooms <= set(re.findall(r"`([a-z_]+)/`", README))


def test_every_command_is_listed() -> None:
    [commands] = [one for one in command_line._parser()._actions if isinstance(one, argparse._SubParsersAction)]
    listed = README.partition("## The command line")[2].partition("\n## ")[0]
    said = {word for line in listed.splitlines() if line.startswith("    uitvoeringsscan ") for word in line.split()}
    assert set(commands.choices) <= said


def test_the_pictures_and_links_are_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
