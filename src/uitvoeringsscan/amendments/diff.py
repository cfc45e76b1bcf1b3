"""What differs between two texts: per instruction whether it stayed, changed, came or went, and within it word by word.

Joining the pieces of a difference gives both texts back to the letter. The work stays within bounds whatever the texts:
words that occur once in both anchor the comparison, and what is left between two anchors is compared word by word only
while it is small. Where it is large and nothing in it can serve as an anchor, it counts as replaced as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from uitvoeringsscan.amendments.amendment import Instruction, ParsedAmendment


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "gelijk"
    ADDED = "erbij"
    REMOVED = "weg"


class Change(StrEnum):
    """What became of an instruction, or of the explanatory note."""

    UNCHANGED = "ongewijzigd"
    CHANGED = "gewijzigd"
    NEW = "nieuw"
    GONE = "vervallen"


@dataclass(frozen=True, slots=True)
class Piece:
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDiff:
    """One instruction in both texts, or in one of them.

    number, target  of the new text, of the old one where it has gone
    old, new        its place among the instructions of each text, from 0; None where it is not there
    pieces          SAME and REMOVED joined are the old words, SAME and ADDED the new ones
    """

    number: str | None
    target: str | None
    change: Change
    old: int | None
    new: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDiff:
    """parts: in the order of the new text, what has gone at its old place. note: None where neither text has one."""

    parts: tuple[PartDiff, ...]
    note: PartDiff | None

    @property
    def changed(self) -> bool:
        """Whether any instruction differs; the note explains, and changes nothing."""
        return any(part.change is not Change.UNCHANGED for part in self.parts)

    @property
    def unchanged_old(self) -> frozenset[int]:
        """Which instructions of the old text stand unchanged in the new one."""
        return frozenset(p.old for p in self.parts if p.change is Change.UNCHANGED and p.old is not None)

    @property
    def unchanged_new(self) -> frozenset[int]:
        return frozenset(p.new for p in self.parts if p.change is Change.UNCHANGED and p.new is not None)


# --- texts ------------------------------------------------------------------------------------------------------------


def text_diff(old_text: str, old: ParsedAmendment, new_text: str, new: ParsedAmendment) -> TextDiff:
    """Two amendments, instruction by instruction. A text in which none was read is compared as one part."""
    before, after = _parts(old_text, old), _parts(new_text, new)
    pairs = _pairs(before, after)
    parts = [
        _part(before[pairs[index]] if index in pairs else None, part, pairs.get(index), index)
        for index, part in enumerate(after)
    ]
    kept = set(pairs.values())
    for index, part in enumerate(before):
        if index not in kept:
            place = next(
                (at for at, other in enumerate(parts) if other.old is not None and other.old > index), len(parts)
            )
            parts.insert(place, _part(part, None, index, None))
    old_note = old.note.quote(old_text) if old.note else None
    new_note = new.note.quote(new_text) if new.note else None
    note = None
    if old_note is not None or new_note is not None:
        note = _part(
            None if old_note is None else _Part(None, None, old_note),
            None if new_note is None else _Part(None, None, new_note),
            None,
            None,
        )
    return TextDiff(parts=tuple(parts), note=note)


@dataclass(frozen=True, slots=True)
class _Part:
    number: str | None
    target: str | None
    text: str

    @property
    def words(self) -> str:
        """What it says, however the lines were broken."""
        return " ".join(self.text.split())


def _parts(text: str, parsed: ParsedAmendment) -> list[_Part]:
    def part(instruction: Instruction) -> _Part:
        return _Part(instruction.number, instruction.target, instruction.span.quote(text))

    if parsed.instructions:
        return [part(instruction) for instruction in parsed.instructions]
    end = parsed.note.begin if parsed.note else len(text)
    return [_Part(None, None, text[:end])] if text[:end].strip() else []


def _pairs(before: Sequence[_Part], after: Sequence[_Part]) -> dict[int, int]:
    """Place among the new instructions -> place among the old ones: first by the same words, then by the same target,
    last by the same number where most of the words agree. Each instruction is used once, in order of the text."""
    pairs: dict[int, int] = {}

    def match(key: str, accept: float) -> None:
        free: dict[str, list[int]] = {}
        taken = set(pairs.values())
        for index, part in enumerate(before):
            value = getattr(part, key)
            if index not in taken and value is not None:
                free.setdefault(value, []).append(index)
        for index, part in enumerate(after):
            waiting = free.get(getattr(part, key)) if index not in pairs else None
            if waiting and _likeness(before[waiting[0]].text, part.text) >= accept:
                pairs[index] = waiting.pop(0)

    match("words", 0)
    match("target", 0)
    match("number", _ALIKE)
    if len(before) == len(after) == 1 and not pairs:
        pairs[0] = 0
    return pairs


_ALIKE = 0.5
"""Share of words that two instructions with the same number must have in common to be one that changed."""


def _likeness(old: str, new: str) -> float:
    first, second = Counter(old.split()), Counter(new.split())
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def _part(old: _Part | None, new: _Part | None, old_index: int | None, new_index: int | None) -> PartDiff:
    shown = new or old
    assert shown is not None
    if old is None:
        change, pieces = Change.NEW, _piece(Mark.ADDED, shown.text)
    elif new is None:
        change, pieces = Change.GONE, _piece(Mark.REMOVED, shown.text)
    else:
        change = Change.UNCHANGED if old.words == new.words else Change.CHANGED
        pieces = word_diff(old.text, new.text)
    return PartDiff(
        number=shown.number, target=shown.target, change=change, old=old_index, new=new_index, pieces=pieces
    )


def _piece(mark: Mark, text: str) -> tuple[Piece, ...]:
    return (Piece(mark, text),) if text else ()


# --- words ------------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_SMALL = 40_000
"""Words on one side times words on the other: what may be compared pair by pair."""
_DEEP = 30
"""How often a stretch is divided by anchors anew; far more than any text asks for, and an end to a made-up one."""


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """The words that went and came. SAME + REMOVED joined is `old`, SAME + ADDED joined is `new`, to the letter."""
    pieces: list[Piece] = []
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    for mark, words in _compared(a, b):
        if pieces and pieces[-1].mark is mark:
            pieces[-1] = Piece(mark, pieces[-1].text + words)
        elif words:
            pieces.append(Piece(mark, words))
    return tuple(_smoothed(pieces))


def _compared(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[Mark, str]]:
    waiting: list[tuple[Sequence[str], Sequence[str], int]] = [(a, b, 0)]
    while waiting:
        old, new, depth = waiting.pop()
        front = _common(old, new)
        back = _common(old[front:][::-1], new[front:][::-1])
        tail = old[len(old) - back :]
        yield Mark.SAME, "".join(old[:front])
        old, new = old[front : len(old) - back], new[front : len(new) - back]
        if tail:  # said after the middle
            waiting.append((tail, tail, depth))
        if not old or not new:
            yield Mark.REMOVED, "".join(old)
            yield Mark.ADDED, "".join(new)
        elif len(old) * len(new) <= _SMALL:
            yield from _pair_by_pair(old, new)
        elif depth < _DEEP and (anchors := _anchors(old, new)):
            stretches = []
            at_old = at_new = 0
            for i, j in anchors:
                stretches.append((old[at_old : i + 1], new[at_new : j + 1], depth + 1))
                at_old, at_new = i + 1, j + 1
            stretches.append((old[at_old:], new[at_new:], depth + 1))
            waiting.extend(reversed(stretches))
        else:
            yield Mark.REMOVED, "".join(old)
            yield Mark.ADDED, "".join(new)


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many tokens are the same from the start."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _pair_by_pair(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Mark, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for step, i, i_end, j, j_end in matcher.get_opcodes():
        if step == "equal":
            yield Mark.SAME, "".join(old[i:i_end])
        else:
            yield Mark.REMOVED, "".join(old[i:i_end])
            yield Mark.ADDED, "".join(new[j:j_end])


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Words that occur once on each side, as far as they stand in the same order on both."""
    in_old, in_new = Counter(old), Counter(new)
    places = {word: j for j, word in enumerate(new) if in_new[word] == 1}
    pairs = [(i, places[word]) for i, word in enumerate(old) if in_old[word] == 1 and word in places]
    ends: list[int] = []  # the smallest end of an ascending run of each length
    runs: list[int] = []  # which pair that end is
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(runs[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        runs[length : length + 1] = [index]
    chain = []
    at = runs[-1] if runs else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _smoothed(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Between two changes a mere blank or comma is no rest for the eye: what stands around it is one change."""
    gone, come = "", ""
    for index, piece in enumerate(pieces):
        if piece.mark is Mark.REMOVED:
            gone += piece.text
        elif piece.mark is Mark.ADDED:
            come += piece.text
        elif (gone or come) and index + 1 < len(pieces) and _is_thin(piece.text):
            gone, come = gone + piece.text, come + piece.text
        else:
            yield from (*_piece(Mark.REMOVED, gone), *_piece(Mark.ADDED, come), piece)
            gone, come = "", ""
    yield from (*_piece(Mark.REMOVED, gone), *_piece(Mark.ADDED, come))


def _is_thin(text: str) -> bool:
    return "\n" not in text and len(text) <= 3 and not any(character.isalnum() for character in text)
