"""The text as lines, with every line knowing where it stands.

Reading works on a copy in which odd spaces are plain ones. The copy has exactly as many code points as the text, so
an offset in one is the offset in the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from uitvoeringsscan.amendments.amendment import Span

_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE = re.compile(r"\S(?:[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*\S)?")
_BULLET = "•·▪◦‣*"


class Line(NamedTuple):
    """A line that is not blank: text[begin:end] without the spaces around it."""

    begin: int
    end: int
    text: str


def plain(text: str) -> str:
    """`text` with tabs and special spaces as ordinary spaces; same length."""
    return _SPACES.sub(" ", text)


def lines_of(text: str, begin: int, end: int) -> list[Line]:
    """The lines between two offsets that hold something, in order."""
    return [Line(match.start(), match.end(), match.group()) for match in _LINE.finditer(text, begin, end)]


def between(lines: Sequence[Line], begin: int, end: int) -> list[Line]:
    """The lines that lie between two offsets, the first and the last cut off where they stick out."""
    first = bisect_right(lines, begin, key=_end)
    chosen = list(lines[first : bisect_left(lines, end, key=_begin)])
    for place in {0, len(chosen) - 1} if chosen else ():
        line = chosen[place]
        start, stop = max(line.begin, begin), min(line.end, end)
        part = line.text[start - line.begin : stop - line.begin]
        start += len(part) - len(part.lstrip())
        chosen[place] = Line(start, start + len(part.strip()), part.strip())
    return [line for line in chosen if line.text] if chosen and not (chosen[0].text and chosen[-1].text) else chosen


def _begin(line: Line) -> int:
    return line.begin


def _end(line: Line) -> int:
    return line.end


def without_bullet(line: Line) -> Line:
    """The line after the list sign that some sites put in front."""
    if line.text[0] not in _BULLET:
        return line
    rest = line.text[1:].lstrip()
    return Line(line.end - len(rest), line.end, rest)


def trimmed(text: str, begin: int, end: int) -> Span | None:
    """The stretch without white space at either side; None when nothing is left."""
    part = text[begin:end]
    bare = part.strip()
    if not bare:
        return None
    start = begin + len(part) - len(part.lstrip())
    return Span(start, start + len(bare))


def collapsed(text: str) -> str:
    """On one line, with single spaces."""
    return " ".join(text.split())
