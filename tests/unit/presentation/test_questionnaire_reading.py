"""The amendment beside the questions: change by change, every word of it, and its marks where they stand."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from uitvoeringsscan.amendments.bill import Bill, read_bill, with_bill
from uitvoeringsscan.amendments.parsing import parse
from uitvoeringsscan.presentation.questionnaire_reading import Marked, reading
from uitvoeringsscan.presentation.routing_view import MarkView

TEXT = (
    "De ondergetekende stelt het volgende amendement voor:\n\nI\n\nIn artikel I, onderdeel B, wordt «acht weken» "
    "vervangen door «zes weken van de Kleiwet».\n\nII\n\nIn artikel II vervalt het derde lid.\n\nToelichting\n\n"
    "Mensen weten dan eerder of zij geld krijgen.\n\nVoorbeeld\n"
)
BILL = (
    "ARTIKEL I\n\nDe Zandwet wordt als volgt gewijzigd:\n\nA\n\nArtikel 2 vervalt.\n\nB\n\n"
    "In artikel 3 wordt «een week» vervangen door «acht weken».\n"
)


def seen(text: str, marks: Any = (), bill_text: str | None = None) -> Any:
    table = read_bill(bill_text or "")
    bill = Bill(
        dossier="99001", sequence=1, received_at=datetime(2026, 1, 1, tzinfo=UTC), label="Voorstel van wet", dated=None,
        sha256="", text=bill_text or "", table=table,
    )  # fmt: skip
    parsed = with_bill(parse(text), text, table)
    scan: Any = SimpleNamespace(amendment=SimpleNamespace(text=text), parsed=parsed)
    return reading(scan, marks, bill if bill_text else None)


def words(one: Marked | None) -> str:
    return "".join(stretch.text for stretch in one.stretches) if one else ""


def test_each_change_says_what_it_changes_and_how_that_stands_in_the_bill() -> None:
    found = seen(TEXT, bill_text=BILL)
    first, second = found.changes
    assert (first.heading, first.target, first.laws) == ("Wijziging I", "artikel I, onderdeel B", ("Zandwet",))
    assert first.now == ("artikel I, onderdeel B", "B\n\nIn artikel 3 wordt «een week» vervangen door «acht weken».")
    assert (second.heading, second.target, second.laws, second.now) == (
        "Wijziging II",
        "artikel II, derde lid",
        (),
        None,
    )
    assert found.bill == "Voorstel van wet"
    without = seen(TEXT)
    assert [(one.laws, one.now) for one in without.changes] == [((), None), ((), None)]
    assert without.bill is None


@pytest.mark.parametrize("text", [TEXT, "Alleen een zin zonder kop.", "Een zin.\n\nToelichting\n\nWaarom.\n", ""])
def test_no_word_is_lost_and_none_comes_twice(text: str) -> None:
    found = seen(text)
    shown = [words(found.opening), *(words(one.words) for one in found.changes), words(found.note), words(found.rest)]

    def told(words_of: str) -> list[str]:
        headings = {"I", "II", "Toelichting"}  # these are headings of the page
        return [word for word in re.findall(r"\w+", words_of) if word not in headings]

    assert told(" ".join(shown)) == told(text)


def test_marks_stand_in_their_part_with_their_note() -> None:
    at, there = TEXT.index("onderdeel B"), TEXT.index("geld")
    marks = [
        MarkView(begin=at, end=at + 11, note="Dit onderdeel."),
        MarkView(begin=there, end=there + 4, note="Een uitkering."),
    ]
    found = seen(TEXT, marks)
    assert [(one.text, one.number) for one in found.changes[0].words.stretches if one.number] == [("onderdeel B", 1)]
    assert [(note.number, note.text) for note in found.changes[0].words.notes] == [(1, "Dit onderdeel.")]
    assert found.changes[1].words.notes == ()
    assert [(note.number, note.text) for note in found.note.notes] == [(2, "Een uitkering.")]
    assert not found.only_in_note
    assert seen(TEXT, marks[1:]).only_in_note
    assert not seen(TEXT).only_in_note
