"""docs/security.md and docs/privacy.md name tests and tables that are there."""

from __future__ import annotations

import re

from tests.support.need import ROOT
from uitvoeringsscan.storage.tables import metadata

SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")
PRIVACY = (ROOT / "docs" / "privacy.md").read_text("utf-8")


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`((?:tests/)?[\w/]*test_\w+\.py|tests/[\w/]+)(?:::(test_\w+)…?)?`", SECURITY)
    assert len(named) > 30
    for path, function in named:
        found = [ROOT / path] if path.startswith("tests/") else list((ROOT / "tests").rglob(path))
        assert len(found) == 1, path
        assert found[0].exists(), path
        if function:
            assert f"def {function}" in found[0].read_text("utf-8"), f"{path}::{function}"


def test_what_is_not_done_is_said() -> None:
    assert SECURITY.count("**nog niet**") + SECURITY.count("**Nog niet**") > 5


def test_every_table_with_people_in_it_is_on_the_map() -> None:
    personal = {"principal", "owner", "email", "person", "by", "submitted", "approved"}
    tables = {table.name for table in metadata.sorted_tables if personal & {column.name for column in table.columns}}
    assert tables - set(re.findall(r"^\| `(\w+)`", PRIVACY, re.MULTILINE)) == set()
