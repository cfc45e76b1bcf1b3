"""docs/security.md answers every point of the standard and names tests that are there; docs/privacy.md names every table."""

from __future__ import annotations

import re

import pytest

from tests.support.need import ROOT
from uitvoeringsscan.storage.tables import metadata

SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")
PRIVACY = (ROOT / "docs" / "privacy.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([0-9.]+) \| (\S+) \| (.+?) \| (.*?) ?\|$", SECURITY, re.MULTILINE)

# OWASP ASVS 4.0.3, levels 1 and 2: per section the points that stand, those of level 3 and those that were taken out left out.
STANDARD = """
1.1:1-7 1.2:1-4 1.4:1,4-5 1.5:1-4 1.6:1-4 1.7:1-2 1.8:1-2 1.9:1-2 1.10:1 1.11:1-2 1.12:2 1.14:1-6
2.1:1-12 2.2:1-3 2.3:1-3 2.4:1-5 2.5:1-7 2.6:1-3 2.7:1-6 2.8:1-7 2.9:1-3 2.10:1-4
3.1:1 3.2:1-4 3.3:1-4 3.4:1-5 3.5:1-3 3.7:1 4.1:1-3,5 4.2:1-2 4.3:1-3
5.1:1-5 5.2:1-8 5.3:1-10 5.4:1-3 5.5:1-4 6.1:1-3 6.2:1-6 6.3:1-2 6.4:1-2
7.1:1-4 7.2:1-2 7.3:1,3-4 7.4:1-3 8.1:1-4 8.2:1-3 8.3:1-8 9.1:1-3 9.2:1-4 10.2:1-2 10.3:1-3
11.1:1-8 12.1:1-3 12.2:1 12.3:1-6 12.4:1-2 12.5:1-2 12.6:1 13.1:1,3-5 13.2:1-3,5-6 13.3:1-2 13.4:1-2
14.1:1-4 14.2:1-6 14.3:2-3 14.4:1-7 14.5:1-4
"""


def points() -> list[str]:
    found = []
    for part in STANDARD.split():
        section, _, numbers = part.partition(":")
        for stretch in numbers.split(","):
            first, _, last = stretch.partition("-")
            found += [f"{section}.{number}" for number in range(int(first), int(last or first) + 1)]
    return found


def test_every_point_has_one_answer_in_the_order_of_the_standard() -> None:
    assert [number for number, *_ in ROWS] == points()


@pytest.mark.parametrize(("number", "answer", "why", "proof"), ROWS, ids=[row[0] for row in ROWS])
def test_an_answer_is_shown_or_explained(number: str, answer: str, why: str, proof: str) -> None:
    assert answer in ("ja", "n.v.t.", "**nee**")
    assert len(why) > 5
    assert bool(proof) is (answer == "ja")


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`((?:tests/)?[\w/]*test_\w+\.py|tests/[\w/]+|docs/[\w/.-]+)(?:::(test_\w+)…?)?`", SECURITY)
    assert len(named) > 100
    for path, function in named:
        found = [ROOT / path] if "/" in path else list((ROOT / "tests").rglob(path))
        assert len(found) == 1, path
        assert found[0].exists(), path
        if function:
            assert f"def {function}" in found[0].read_text("utf-8"), f"{path}::{function}"


def test_what_is_not_done_is_said() -> None:
    assert any(answer == "**nee**" for _, answer, *_ in ROWS)


def test_every_table_with_people_in_it_is_on_the_map() -> None:
    personal = {"principal", "owner", "email", "person", "by", "submitted", "approved"}
    tables = {table.name for table in metadata.sorted_tables if personal & {column.name for column in table.columns}}
    assert tables - set(re.findall(r"^\| `(\w+)`", PRIVACY, re.MULTILINE)) == set()
