"""The numbered parts (I, II, ...) that change the bill.

A number counts only where the list has come to it: after II comes III, or IIa. A lone V between tables, or a letter C
of new wording, is not a part. When nothing is numbered, the whole is one part without a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from uitvoeringsscan.amendments.amendment import Instruction, Span
from uitvoeringsscan.amendments.lines import Line, between, trimmed
from uitvoeringsscan.amendments.numerals import follows, roman
from uitvoeringsscan.amendments.quoting import changes_something, marked_quotes, masked, merged, new_wordings
from uitvoeringsscan.amendments.targets import READ, read_budget_target, read_target

_OWN_LINE = re.compile(r"(?P<zero>0{0,2})(?P<number>[IVXLC]{1,9}|(?<=0)1)(?P<added>[A-Za-z]{0,2})\s?[.:)]?")
_SHARED_LINE = re.compile(
    r"(?P<zero>0{0,2})(?P<number>[IVXLC]{1,9})(?P<added>[A-Ha-h]?)[.:)]?\s{0,5}"
    r"(?=(?:In|Aan|Na|Voor|Onder|Artikel|Artikelen|Onderdeel|Onderdelen|Het|De|Er|Hoofdstuk|Paragraaf|Bijlage|Enig)\s)"
)
_FLAT = re.compile(rf"(?:(?<=[.;:»”])|(?<=[.;:»”]\s)){_SHARED_LINE.pattern}")
_ITEM = re.compile(r"(?P<label>\d{1,2}[a-z]?|[A-Z])(?:[.)](?=\s)|$)")
_STARTS = frozenset("0IVXLC")
_BIGGEST_SKIP = 3
_SHORTEST_PART = 10


class _Mark(NamedTuple):
    """A number that opens a part: where it stands, and where the part's text begins."""

    number: str
    begin: int
    after: int


def _value(match: re.Match[str]) -> tuple[str, int, str] | None:
    number, added = match["number"], match["added"]
    value = 1 if number == "1" else roman(number)
    if value is None:
        # "IIA" can be read as numeral II and addition A only; "IC" is no numeral
        return None
    return match["zero"], value, added


def _accepts(last: tuple[int, str] | None, zero: str, value: int, added: str, *, skip: bool) -> bool:
    """Whether the list has come to this number; `skip` lets a small gap through, where a number was lost."""
    if zero:
        return value == 1 if last is None else value == last[0] + 1
    if last is None:
        return value in {1, 2} and not added
    number, addition = last
    if added:
        return value == number and added.lower() > addition.lower()
    if value == number + 1:
        return True
    return skip and number < value <= number + _BIGGEST_SKIP


def _roman_marks(lines: Sequence[Line], inside: Callable[[int], bool]) -> list[_Mark]:
    marks: list[_Mark] = []
    last: tuple[int, str] | None = None
    letter_before = ""  # the last letter that stood alone: after H comes the letter I, not part I
    for index, line in enumerate(lines):
        possible = line.text[0] in _STARTS
        own = _OWN_LINE.fullmatch(line.text) if possible and len(line.text) <= 14 else None
        match = own or (_SHARED_LINE.match(line.text) if possible else None)
        read = _value(match) if match else None
        if match is None or read is None or inside(line.begin):
            if len(line.text.rstrip(". ")) == 1 and line.text[0].isupper():
                letter_before = line.text[0]
            continue
        zero, value, added = read
        letter = len(match.group().strip(" .")) == 1 and letter_before == chr(ord(match["number"]) - 1)
        following = lines[index + 1].text if own is not None and index + 1 < len(lines) else ""
        skip = len(match["number"]) > 1 and changes_something(following)
        column = own is not None and len(following) < _SHORTEST_PART  # the head of a table, not a part
        if not letter and not column and _accepts(last, zero, value, added, skip=skip):
            number = f"{zero}{match['number']}{added}"
            marks.append(_Mark(number, line.begin, line.begin + match.end() if own is None else line.end))
            last = (value - 1, "~") if zero else (value, added)
            if zero and len(marks) == 1:
                last = (0, "")
        elif own is not None:
            letter_before = match["number"]
    return marks


def _flat_marks(text: str, begin: int, end: int) -> list[_Mark]:
    """Numbers in a text that lost its line ends: right behind a full stop or colon, and right before an instruction."""
    marks: list[_Mark] = []
    last: tuple[int, str] | None = None
    first = _SHARED_LINE.match(text, begin, end)
    for match in [*([first] if first else []), *_FLAT.finditer(text, begin + 1, end)]:
        read = _value(match)
        if (
            read is not None
            and match.start() >= (marks[-1].after if marks else begin)
            and _accepts(last, *read, skip=False)
        ):
            marks.append(_Mark(f"{read[0]}{match['number']}{read[2]}", match.start(), match.end()))
            last = (read[1], read[2])
    return marks if marks and roman(marks[0].number) == 1 else []


def _item_marks(lines: Sequence[Line]) -> list[_Mark]:
    """Parts that go by 1, 2 or A, B at the outer level: only when the very first line carries such a number."""
    marks: list[_Mark] = []
    for index, line in enumerate(lines):
        match = _ITEM.match(line.text)
        if match is None:
            if not marks:
                return []
            continue
        rest = line.text[match.end() :].strip() or (lines[index + 1].text if index + 1 < len(lines) else "")
        label = match["label"]
        if (label in {"1", "A"} if not marks else follows(label, marks[-1].number)) and changes_something(rest):
            marks.append(_Mark(label, line.begin, line.begin + match.end()))
        elif not marks:
            return []
    return marks


def _lead_is_part(text: str, lead: Span | None, marks: Sequence[_Mark]) -> bool:
    """Whether what stands before the first number is a part of its own (the I that was forgotten) or only a lead-in."""
    if lead is None:
        return False
    words = lead.quote(text)
    return not words.endswith(":") and (changes_something(words) or roman(marks[0].number) == 2)


def read_instructions(
    text: str, lines: Sequence[Line], begin: int, end: int, *, budget: bool
) -> tuple[Instruction, ...]:
    """The parts in text[begin:end], whose lines are `lines`, in order and without overlap."""
    quotes = marked_quotes(text, begin, end)
    shown = masked(text, quotes)
    starts = iter(quotes)
    current = next(starts, None)

    def inside(offset: int) -> bool:
        """Whether a line begins between quotation marks; asked with growing offsets."""
        nonlocal current
        while current is not None and current.end <= offset:
            current = next(starts, None)
        return current is not None and current.begin <= offset

    marks = _roman_marks(lines, inside)
    if len(marks) < 2:
        flat = _flat_marks(text, begin, end)
        marks = flat if len(flat) > len(marks) else marks
    marks = marks or _item_marks(lines)
    pieces: list[tuple[str | None, int, int]] = []
    first = marks[0].begin if marks else end
    if not marks or _lead_is_part(text, trimmed(text, begin, first), marks):
        pieces.append((None, begin, first))
    for index, mark in enumerate(marks):
        pieces.append((mark.number, mark.after, marks[index + 1].begin if index + 1 < len(marks) else end))
    return tuple(_instructions(text, shown, lines, quotes, pieces, budget))


def _instructions(
    text: str,
    shown: str,
    lines: Sequence[Line],
    quotes: Sequence[Span],
    pieces: Sequence[tuple[str | None, int, int]],
    budget: bool,
) -> list[Instruction]:
    done: list[Instruction] = []
    at_quote = 0
    for number, begin, end in pieces:
        span = trimmed(text, begin, end)
        if span is None:
            continue
        own_lines = between(lines, span.begin, span.end)
        while at_quote < len(quotes) and quotes[at_quote].begin < span.begin:
            at_quote += 1
        last_quote = at_quote
        while last_quote < len(quotes) and quotes[last_quote].end <= span.end:
            last_quote += 1
        wordings = new_wordings(shown, own_lines, span.begin, span.end)
        read = read_budget_target if budget else read_target
        done.append(
            Instruction(
                number=number,
                span=span,
                target=read(shown[span.begin : min(span.end, span.begin + READ)]),
                quoted=merged(wordings, quotes[at_quote:last_quote]),
            )
        )
        at_quote = last_quote
    return done
