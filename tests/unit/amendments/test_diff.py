"""Differences between two texts: complete to the letter, per instruction, and within bounds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.amendments.amendment import ParsedAmendment
from uitvoeringsscan.amendments.diff import Change, Mark, Piece, TextDiff, text_diff, word_diff
from uitvoeringsscan.amendments.parsing import parse


def joined(pieces: tuple[Piece, ...], *marks: Mark) -> str:
    return "".join(piece.text for piece in pieces if piece.mark in marks)


words = st.lists(
    st.sampled_from(["artikel", "lid", "zes", "acht", "weken", ",", ".", " ", "  ", "\n", "§", "é"]), max_size=60
)
texts = st.text(max_size=200) | words.map("".join) | words.map(" ".join)


@given(texts, texts)
def test_joined_again_both_texts_stand_there(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert joined(pieces, Mark.SAME, Mark.REMOVED) == old
    assert joined(pieces, Mark.SAME, Mark.ADDED) == new
    assert all(piece.text for piece in pieces)
    assert all(one.mark is not two.mark for one, two in pairwise(pieces))


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert word_diff(text, text) == ((Piece(Mark.SAME, text),) if text else ())


@given(st.integers(0, 3), st.lists(st.integers(0, 400), min_size=300, max_size=500), st.data())
def test_large_texts_too(repeats: int, numbers: list[int], data: st.DataObject) -> None:
    """Beyond what is compared pair by pair: anchors, or nothing to anchor on."""
    old = " ".join(f"w{n % (5 if repeats else 10_000)}" for n in numbers) * (repeats + 1)
    cut = data.draw(st.integers(0, len(old)))
    new = old[cut:] + " nieuw " + old[:cut]
    pieces = word_diff(old, new)
    assert joined(pieces, Mark.SAME, Mark.REMOVED) == old
    assert joined(pieces, Mark.SAME, Mark.ADDED) == new


def test_a_long_text_with_one_word_changed_shows_that_word() -> None:
    old = " ".join(f"woord{n}" for n in range(20_000))
    pieces = word_diff(old, old.replace("woord777 ", "iets ").replace("woord15000 ", "anders "))
    assert [piece.text for piece in pieces if piece.mark is not Mark.SAME] == [
        "woord777",
        "iets",
        "woord15000",
        "anders",
    ]


def test_neighbouring_words_are_one_change() -> None:
    pieces = word_diff("binnen acht lange weken na", "binnen zes korte maanden na")
    assert [(piece.mark, piece.text) for piece in pieces] == [
        (Mark.SAME, "binnen "),
        (Mark.REMOVED, "acht lange weken"),
        (Mark.ADDED, "zes korte maanden"),
        (Mark.SAME, " na"),
    ]


HEAD = "De ondergetekende stelt het volgende amendement voor:\n\n"
NOTE = "\n\nToelichting\n\nMensen weten dan eerder waar zij aan toe zijn.\n\nVoorbeeld\n"
FIRST = "In artikel I, onderdeel A, wordt in artikel 16 «acht weken» vervangen door «zes weken»."
SECOND = "In artikel II vervalt onderdeel C."
THIRD = "In artikel IV wordt «1 juli 2027» vervangen door «1 januari 2027»."


def numbered(*parts: str, note: str = NOTE) -> str:
    romans = ("I", "II", "III", "IV", "V")
    return HEAD + "\n\n".join(f"{romans[n]}\n\n{part}" for n, part in enumerate(parts)) + note


def compared(old: str, new: str) -> TextDiff:
    return text_diff(old, parse(old), new, parse(new))


def told(diff: TextDiff) -> list[tuple[str | None, Change]]:
    return [(part.number, part.change) for part in diff.parts]


def test_per_instruction() -> None:
    new = numbered(FIRST.replace("zes", "vijf"), "In artikel III wordt na onderdeel B een onderdeel ingevoegd.", THIRD)
    diff = compared(numbered(FIRST, SECOND, THIRD), new)
    assert told(diff) == [
        ("I", Change.CHANGED),
        ("II", Change.NEW),
        ("II", Change.GONE),
        ("III", Change.UNCHANGED),
    ]
    assert [p.text for p in diff.parts[0].pieces if p.mark is not Mark.SAME] == ["zes", "vijf"]
    assert diff.note is not None
    assert diff.note.change is Change.UNCHANGED
    assert diff.changed
    assert (diff.unchanged_old, diff.unchanged_new) == (frozenset({2}), frozenset({2}))


def test_a_number_that_moved_is_no_change() -> None:
    diff = compared(numbered(FIRST, THIRD), numbered(FIRST, SECOND, THIRD))
    assert told(diff) == [("I", Change.UNCHANGED), ("II", Change.NEW), ("III", Change.UNCHANGED)]
    assert compared(numbered(FIRST, SECOND, THIRD), numbered(FIRST, THIRD)).parts[1].change is Change.GONE


def test_line_breaks_are_no_change() -> None:
    diff = compared(numbered(FIRST, SECOND), numbered(FIRST.replace("in artikel 16", "in\nartikel 16"), SECOND))
    assert not diff.changed


def test_only_the_note_changed() -> None:
    diff = compared(numbered(FIRST), numbered(FIRST, note=NOTE.replace("eerder", "sneller")))
    assert not diff.changed
    assert diff.note is not None
    assert diff.note.change is Change.CHANGED


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", "Iets."), ("Iets.", ""), ("x" * 5000, "y" * 5000)])
def test_texts_without_instructions(old: str, new: str) -> None:
    diff = compared(old, new)
    assert "".join(p.text for part in diff.parts for p in part.pieces if p.mark is not Mark.ADDED) in (old, old.strip())
    assert diff.changed == (old != new)


some_parts = st.lists(
    st.sampled_from([FIRST, SECOND, THIRD, FIRST.replace("zes", "vier"), "Artikel V vervalt."]), max_size=5
)


@given(some_parts, st.data())
def test_every_instruction_is_told_once(parts: list[str], data: st.DataObject) -> None:
    others = data.draw(st.permutations(parts)) + data.draw(st.lists(st.sampled_from([FIRST, SECOND]), max_size=2))
    old, new = numbered(*parts[:5]), numbered(*others[:5])
    before, after = parse(old), parse(new)
    diff = text_diff(old, before, new, after)
    assert [part.new for part in diff.parts if part.new is not None] == list(range(_number(after)))
    assert sorted(part.old for part in diff.parts if part.old is not None) == list(range(_number(before)))


def _number(parsed: ParsedAmendment) -> int:
    return max(len(parsed.instructions), 1)
