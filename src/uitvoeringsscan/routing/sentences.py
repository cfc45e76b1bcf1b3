"""Cutting a stretch of text into sentences and list items, in texts whose lines may break anywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from uitvoeringsscan.amendments.amendment import Span

_NO_END = "".join(
    rf"(?<!\b{short})" for short in (r"nr\.", r"nrs\.", r"art\.", r"c\.s\.", r"bijv\.", r"m\.n\.", r"ca\.")
)
_AFTER = _NO_END + r"(?<![\s(][A-Za-z\d]\.)\s+(?=[^\s\d]|\d+[a-z]?[.°])"
_LAYOUT = (
    r"|\n[^\S\n]*\n\s*"
    r"|\n(?=\s*(?:[•·▪]|\d{1,2}[a-z]{0,2}\.\s|[a-z]{1,2}\.\s|[A-Z]{1,2}\.?\s*\n|0?[IVX]{1,6}\s*\n))"
)
_IN_CHANGES = re.compile(r"(?<=[.;:!?])" + _AFTER + _LAYOUT)
_IN_PROSE = re.compile(r"(?<=[.!?])" + _AFTER + _LAYOUT)


def sentences_of(text: str, span: Span, *, prose: bool = False) -> list[Span]:
    """The sentences in text[span], in order, without the white space between them.

    In changes a colon and a semicolon end a sentence as well; in prose they do not.
    """
    found, begin = [], span.begin
    for border in (_IN_PROSE if prose else _IN_CHANGES).finditer(text, span.begin, span.end):
        if text[begin : border.start()].strip():
            found.append(Span(begin, border.start()))
        begin = border.end()
    if text[begin : span.end].strip():
        found.append(Span(begin, span.end))
    return found


def sentence_around(sentences: Sequence[Span], offset: int) -> Span | None:
    """The sentence that holds this offset; None between sentences. `sentences` are in order."""
    at = bisect_right(sentences, offset, key=lambda s: s.begin) - 1
    return sentences[at] if at >= 0 and offset < sentences[at].end else None
