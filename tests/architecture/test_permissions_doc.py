"""docs/permissions.md is what docs/permissions.py makes of the table."""

from __future__ import annotations

import runpy

from tests.support.need import ROOT
from uitvoeringsscan.people.permissions import PERMISSIONS, Action


def test_the_document_is_made_from_the_table() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "permissions.py"))["table"]()
    assert (ROOT / "docs" / "permissions.md").read_text("utf-8") == made, (
        "python docs/permissions.py > docs/permissions.md"
    )


def test_each_action_and_role_stands_in_it() -> None:
    rows = [
        line.split("|")[1:-1]
        for line in (ROOT / "docs" / "permissions.md").read_text("utf-8").splitlines()
        if "|" in line
    ]
    assert [row[0].strip() for row in rows[2:]] == [action.value for action in Action]
    assert {len(row) for row in rows} == {len(PERMISSIONS) + 1}
    filled = sum(bool(cell.strip()) for row in rows[2:] for cell in row[1:])
    assert filled == sum(len(granted) for granted in PERMISSIONS.values())
