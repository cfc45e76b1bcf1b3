"""The text of the bill that a part of an amendment changes: shown where it is clear, and nowhere else."""

from __future__ import annotations

import pytest

from uitvoeringsscan.amendments.amendment import Instruction, Span
from uitvoeringsscan.amendments.bill import changed_passage

LETTERED = (
    "ARTIKEL I\n\nDe Zandwet wordt als volgt gewijzigd:\n\nA\n\nArtikel 2 vervalt.\n\nB\n\n"
    "Artikel 3 komt te luiden:\n\nWater.\n\n"
)
BILL = (
    f"{LETTERED}ARTIKEL II\n\nIn artikel 5 van de Kleiwet vervalt het derde lid.\n\n"
    "ARTIKEL III\n\nDeze wet treedt in werking.\n"
)


def part(target: str | None) -> Instruction:
    return Instruction(number="I", span=Span(0, 0), target=target)


@pytest.mark.parametrize(
    ("target", "name", "words"),
    [
        ("artikel I, onderdeel A, artikel 2", "artikel I, onderdeel A", "A\n\nArtikel 2 vervalt."),
        ("artikel I, onderdeel B", "artikel I, onderdeel B", "B\n\nArtikel 3 komt te luiden:\n\nWater."),
        ("artikel I, onderdeel C", "artikel I", LETTERED.strip()),
        ("artikel I, na onderdeel B", "artikel I", LETTERED.strip()),
        ("artikel II", "artikel II", "ARTIKEL II\n\nIn artikel 5 van de Kleiwet vervalt het derde lid."),
        ("artikel III", "artikel III", "ARTIKEL III\n\nDeze wet treedt in werking."),
    ],
)
def test_the_smallest_part_that_is_clear(target: str, name: str, words: str) -> None:
    passage = changed_passage(part(target), BILL)
    assert passage is not None
    assert (passage.name, passage.span.quote(BILL)) == (name, words)


@pytest.mark.parametrize("target", [None, "artikel IV", "na artikel I", "het opschrift", "enig artikel"])
def test_nothing_is_made_up(target: str | None) -> None:
    assert changed_passage(part(target), BILL) is None


def test_a_letter_that_stands_there_twice_tells_nothing_and_a_long_article_is_not_shown() -> None:
    twice = BILL.replace("Water.\n", "Water.\n\nA\n\nArtikel 4 vervalt.\n")
    passage = changed_passage(part("artikel I, onderdeel A"), twice)
    assert passage is not None
    assert passage.name == "artikel I"
    assert changed_passage(part("artikel I"), BILL.replace("Water.", "Water en zand. " * 600)) is None
