"""The note: heading or none, signatures, and what sites and printers put around it."""

from __future__ import annotations

import pytest

from tests.unit.amendments.papers import paper
from uitvoeringsscan.amendments.parsing import parse

NOTE = "Dit amendement regelt dat vaker wordt gemeten."


@pytest.mark.parametrize(
    "heading",
    ["Toelichting\n\n", "TOELICHTING\n", "Toelichting:\n\n", "Toelichting op het amendement\n", "Toelichting ", ""],
)
def test_headings(heading: str) -> None:
    text = paper(note=f"{heading}{NOTE}")
    note = parse(text).note
    assert note is not None
    assert note.quote(text) == NOTE


@pytest.mark.parametrize(
    "below",
    [
        "Naar boven",
        "X Noot\n1\n\nVervanging in verband met een wijziging.",
        "XNoot\n1",
        "Status\n\nIngediend\n\nVoor\n\nProef, Veld\n\nTegen\n\nZand",
        "Amendement van het lid Jansen over regen\n\n2030-01-01\nDossier: 39812",
        "6K1234\nISSN 0921 - 7371\nSdu Uitgevers\n's-Gravenhage 1996",
        "[1] Vervanging in verband met een wijziging in de ondertekening.",
        "Tweede Kamer, vergaderjaar 2030–2031, 39 812, nr. 12",
        "kst-39812-12\nISSN 0921 - 7371\n’s-Gravenhage 2030",
        "",
    ],
)
def test_what_stands_below_is_not_the_note(below: str) -> None:
    text = f"{paper()}\n\n{below}"
    parsed = parse(text)
    assert parsed.note is not None
    assert parsed.note.quote(text) == NOTE
    assert [person.value for person in parsed.submitters] == ["Jansen"]


def test_a_page_foot_in_the_middle_does_not_end_the_note() -> None:
    text = paper(
        note=f"Toelichting\n\n{NOTE}\n\n1 Vervanging in verband met een wijziging.\nkst-39812-12\nISSN "
        f"0921 - 7371\n\nDaarna gaat het verder."
    )
    note = parse(text).note
    assert note is not None
    assert note.quote(text).endswith("Daarna gaat het verder.")


def test_no_note_is_none() -> None:
    parsed = parse(paper(note="", signed=""))
    assert parsed.note is None
    assert len(parsed.instructions) == 1


def test_a_heading_inside_the_note_is_not_a_signature() -> None:
    text = paper(note=f"Toelichting\n\nAlgemeen\n\n{NOTE}\n\nDekking\n\nDe kosten zijn nul.")
    parsed = parse(text)
    assert [person.value for person in parsed.submitters] == ["Jansen"]
    assert parsed.note is not None
    assert parsed.note.quote(text).endswith("De kosten zijn nul.")
