"""The PDF of a publication: typst draws the `SummaryView`, tagged (PDF/UA-1) and archivable (PDF/A-2a).

The view goes in as JSON, so no text in it can be markup; only typst's own fonts are used and the time of publication is
its only time, so the same document gives the same bytes on every machine. No session or transaction may be open while
this runs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from typing import Any, Literal

import typst

from uitvoeringsscan.presentation.summary_view import summary_view

STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]

ROUNDS = 4
"""How often characters that no font has are named and replaced before everything unusual is replaced at once."""

LONGEST_WORD = 28
"""Longer words may be broken after every so many letters: an unbroken one would run off the page."""


def render_pdf(document: bytes) -> bytes:
    """The PDF of a sealed public document, made from that document alone.

    A character that none of the fonts has is written as its code point, "[U+6F22]": a standard PDF may hold no
    unknown glyph, and leaving it out in silence would change what an agency said.
    Raises pydantic's ValidationError for what is not a publication, and typst.TypstError if it cannot be drawn.
    """
    view = summary_view(document)
    published = int(datetime.fromisoformat(view.published_iso).timestamp())
    data = each_text(asdict(view), prepared)
    for _ in range(ROUNDS):
        try:
            return _compile(data, published)
        except typst.TypstError as error:
            missing = _missing(error)
            if not missing:
                raise
            data = each_text(data, partial(named, unknown=missing.__contains__))
    return _compile(each_text(data, partial(named, unknown=unusual)), published)


def _compile(data: Any, published: int) -> bytes:
    made: bytes = typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=[*STANDARDS],
        timestamp=published,
        ignore_system_fonts=True,
    )
    return made


@cache
def _template() -> bytes:
    return files("uitvoeringsscan.presentation").joinpath("templates", "summary.typ").read_bytes()


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same tree with every text changed; names of fields stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: each_text(part, change) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [each_text(part, change) for part in value]
    return value


# --- text that people typed -----------------------------------------------------------------------------------------

_LINE_END = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_LONG = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S{{4}})")
_COULD_NOT = re.compile(r'(?:the text|contains the codepoint) [`"]*"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def prepared(text: str) -> str:
    """Line ends as one kind, tabs as spaces, and a place to break in words that no line can hold."""
    lines = _LINE_END.sub("\n", text).replace("\t", "    ")
    return _LONG.sub("\\g<0>\N{ZERO WIDTH SPACE}", lines)


def _missing(error: typst.TypstError) -> frozenset[str]:
    """The characters that typst names as impossible to show."""
    quoted = _COULD_NOT.findall(error.diagnostic or "") or _COULD_NOT.findall(error.message)
    text = "".join(_ESCAPE.sub(_unescaped, part) for part in quoted)
    return frozenset(text) - {" ", "\n"}


def _unescaped(match: re.Match[str]) -> str:
    code, letter = match.groups()
    return chr(int(code, 16)) if code else _LETTERS.get(letter, letter)


def named(text: str, unknown: Callable[[str], bool]) -> str:
    return "".join(f"[U+{ord(c):04X}]" if unknown(c) else c for c in text)


def unusual(character: str) -> bool:
    """Anything but what every font here has: Latin letters and the marks of ordinary Dutch text."""
    return not (" " <= character <= "~" or "\xa1" <= character <= "\u017f" or character in _USUAL)


_USUAL = frozenset("\n–—‘’“”„…•€−\u200b")
