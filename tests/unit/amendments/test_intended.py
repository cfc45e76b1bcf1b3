"""The day an amendment asks for: read from its own words, with the quote, and never guessed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.amendments.intended import Intended, Origin, When, intended
from uitvoeringsscan.amendments.laws import EMPTY
from uitvoeringsscan.amendments.parsing import parse

OPENING = "De ondergetekende stelt het volgende amendement voor:\n\nI\n\n"
NOTHING = "In artikel I, onderdeel A, vervalt artikel 16."


def read(changes: str = NOTHING, note: str = "Zo is het beter.", bill: str | None = None) -> Intended | None:
    text = f"{OPENING}{changes}\n\nToelichting\n\n{note}\n\nVoorbeeld\n"
    return intended(text, parse(text, EMPTY, "Wet voorbeeld"), bill)


@pytest.mark.parametrize(
    ("sentence", "when", "day"),
    [
        (
            "Artikel III komt te luiden:\n\nDeze wet treedt in werking met ingang van 1 januari 2027.",
            When.DAY,
            date(2027, 1, 1),
        ),
        ("Dit artikel treedt op 1 juli 2028 in werking.", When.DAY, date(2028, 7, 1)),
        ("Artikel I treedt in werking met ingang\nvan 1 maart 2027.", When.DAY, date(2027, 3, 1)),
        ("Artikel 8 vervalt met ingang van 31 december 2029.", When.DAY, date(2029, 12, 31)),
        ("Deze wet treedt in werking op een bij koninklijk besluit te bepalen tijdstip.", When.DECREE, None),
        (
            "Deze wet treedt in werking met ingang van de dag na de datum van uitgifte van het Staatsblad waarin zij "
            "wordt geplaatst.",
            When.PUBLICATION,
            None,
        ),
    ],
)
def test_what_the_changes_say(sentence: str, when: When, day: date | None) -> None:
    found = read(sentence)
    assert found is not None
    assert (found.when, found.day, found.origin, found.several) == (when, day, Origin.INSTRUCTION, False)
    assert found.quote.split()[-1] in sentence


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        (
            "In afwijking van het eerste lid, treedt artikel I drie jaar na het tijdstip van artikel II in werking.",
            "Zo.",
        ),
        ("Dit artikel treedt in werking met ingang van 31 februari 2027.", "Zo."),
        ("Artikel 8 geldt met ingang van 1 mei 2027 en met ingang van 1 juni 2027.", "Zo."),
        (NOTHING, "Mensen worden per 1 januari 2018 gekort op hun uitkering."),
        (NOTHING, "Met dit amendement gaat het tarief met ingang van 2024 omhoog."),
        (NOTHING, "Toezichthouders kunnen optreden vanaf 1 januari 2027."),
        ("Dit is zo sinds de inwerkingtreding van die wet.", "Zo."),
    ],
)
def test_what_is_no_day_is_not_read_as_one(changes: str, note: str) -> None:
    assert read(changes, note) is None


def test_the_changes_go_before_the_note_and_the_note_before_the_bill() -> None:
    bill = "Artikel I\n\nDe Werkloosheidswet vervalt.\n\nArtikel II\n\nDeze wet treedt in werking met ingang van 1 juli 2029.\n"
    note = "Met dit amendement stijgt het tarief met ingang van 1 januari 2028."
    first = read("Dit artikel treedt in werking met ingang van 1 januari 2027.", note, bill)
    second, third = read(note=note, bill=bill), read(bill=bill)
    assert first is not None
    assert second is not None
    assert third is not None
    assert [(one.day, one.origin) for one in (first, second, third)] == [
        (date(2027, 1, 1), Origin.INSTRUCTION),
        (date(2028, 1, 1), Origin.NOTE),
        (date(2029, 7, 1), Origin.BILL),
    ]
    assert third.span is not None
    assert third.span.quote(bill) == third.quote


def test_a_bill_speaks_of_itself_only_and_may_name_more_days() -> None:
    bill = (
        "Artikel I\n\nArtikel 4 van die regeling treedt in werking met ingang van 1 mei 2026.\n\nArtikel II\n\nDeze wet "
        "treedt in werking met ingang van 1 juli 2029, met uitzondering van artikel I, dat in werking treedt met ingang "
        "van 1 januari 2031.\n"
    )
    found = read(bill=bill)
    assert found is not None
    assert (found.day, found.several) == (date(2029, 7, 1), True)


REAL = {
    # what a reader finds in them; every other collected amendment names no day of its own
    "kst-35572-25": date(2021, 1, 1),
    "kst-36202-19": date(2023, 1, 1),
}


def test_real_amendments(shared_data: Path) -> None:
    lines = [json.loads(line) for line in (shared_data / "amendementen.jsonl").read_text("utf-8").splitlines()]
    found = {}
    for line in lines:
        text = line["text"]
        if (one := intended(text, parse(text, EMPTY, line["title"]))) is not None:
            assert one.span is not None
            assert one.quote.rstrip("…") in " ".join(one.span.quote(text).split())
            found[line["id"]] = one.day
    assert found == {name: day for name, day in REAL.items() if name in {line["id"] for line in lines}}


@given(st.text(max_size=300), st.text(max_size=200))
def test_any_text_can_be_read(text: str, bill: str) -> None:
    found = intended(text, parse(text, EMPTY, None), bill)
    assert found is None or (found.day is not None) == (found.when is When.DAY)
