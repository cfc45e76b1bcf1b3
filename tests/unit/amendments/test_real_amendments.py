"""The collected real amendments, against what was read from them by hand.

A page that does not show a value cannot give it. The exceptions say so, one by one; each is checked against the text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from uitvoeringsscan.amendments.parsing import parse

# The page shows neither header nor number: the collector knew them from the address of the page.
NO_DOSSIER = {
    "kst-27081-13", "kst-30569-13", "kst-33161-93", "kst-33161-151", "kst-33979-pvdd-beweegreden", "kst-34300-XV-9",
    "kst-34552-17",
    "kst-34627-27", "kst-35538-8", "kst-36202-19", "kst-35892-22",
}  # fmt: skip
NO_NUMBER = {"kst-30569-13", "kst-33161-151", "kst-34300-XV-9", "kst-34552-17", "kst-36202-19"}
# The page shows no word of the heading: what remains is an amendment, of whatever kind.
CHANGED = {
    "gewijzigd": "gewijzigd amendement",
    "nader gewijzigd": "nader gewijzigd amendement",
    "amendement": "amendement",
}


@pytest.fixture(scope="module")
def amendments(shared_data: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (shared_data / "amendementen.jsonl").read_text("utf-8").splitlines()]


def test_dossier_and_number(amendments: list[dict[str, Any]]) -> None:
    wrong = []
    for known in amendments:
        parsed = parse(known["text"])
        dossier = parsed.dossier_number.value if parsed.dossier_number else None
        if dossier and parsed.dossier_suffix:
            dossier += f"-{parsed.dossier_suffix.value}"
        number = parsed.paper_number.value if parsed.paper_number else None
        expected = (
            None if known["id"] in NO_DOSSIER else known["dossier"],
            None if known["id"] in NO_NUMBER else known["number"],
        )
        if (dossier, number) != expected:
            wrong.append((known["id"], dossier, number))
    assert wrong == []


def test_the_exceptions_are_honest(amendments: list[dict[str, Any]]) -> None:
    for known in amendments:
        digits = (known["dossier"] or "").partition("-")[0]
        if known["id"] in NO_DOSSIER:
            assert digits not in known["text"]
            assert f"{digits[:2]} {digits[2:]}" not in known["text"]
        if known["id"] in NO_NUMBER:
            assert f"r. {known['number']}" not in known["text"]


def test_kind_date_and_submitters(amendments: list[dict[str, Any]]) -> None:
    wrong = []
    for known in amendments:
        parsed = parse(known["text"])
        read = (
            parsed.kind.value,
            parsed.received.value.isoformat() if parsed.received else None,
            sorted(person.value for person in parsed.submitters),
        )
        expected = (CHANGED[known["kind"]], known["date"], sorted(known["submitters"]))
        if read != expected:
            wrong.append((known["id"], read, expected))
    assert wrong == []


def test_every_amendment_has_changes_that_name_their_place(amendments: list[dict[str, Any]]) -> None:
    bare = [known["id"] for known in amendments if not all(part.target for part in parse(known["text"]).instructions)]
    assert bare == []
    assert all(parse(known["text"]).instructions for known in amendments)


def test_budgets_are_told_from_laws(amendments: list[dict[str, Any]]) -> None:
    assert {known["id"] for known in amendments if parse(known["text"]).budget} == {
        known["id"] for known in amendments if known["field"] == "begroting"
    }


def test_a_note_is_found_wherever_the_page_goes_on_long_enough(amendments: list[dict[str, Any]]) -> None:
    without = {known["id"] for known in amendments if parse(known["text"]).note is None}
    assert without == {"kst-32618-34", "kst-33979-63", "kst-34552-17"}  # these pages stop before it
    assert all(known["truncated"] for known in amendments if known["id"] in without)
