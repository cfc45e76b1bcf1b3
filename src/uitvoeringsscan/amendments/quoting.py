"""What a part quotes: words between guillemets, and the new wording after "luidende:".

New wording has numbers and articles of its own. It runs on until the list it stands in goes on: after item 1 that is
an item 2 that changes something, not any 2. A list inside the wording that starts again at 1 is counted along.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from uitvoeringsscan.amendments.amendment import Span
from uitvoeringsscan.amendments.lines import Line, trimmed, without_bullet
from uitvoeringsscan.amendments.numerals import follows, opens

_PAIRS = {"«": "»", "“": "”", "„": "”"}
_OPENING_MARK = re.compile(r"[«“„]")
_STRAIGHT = re.compile(r'"[^"\n]{1,600}"')
_NEW_WORDING = re.compile(
    r"(?<![\w-])(?:luidende(?:\s+als\s+volgt)?|te\s+luiden|luidt|luiden|vervangen\s+door|ingevoegd|toegevoegd|"
    r"geplaatst|gelezen|vervalt|vervallen)\s{0,9}:"
)
_LABEL = re.compile(r"(?P<label>0?\d{1,3}[a-z]{0,2}|0?[A-Z]{1,2}[a-z]?|[a-z]{1,2})[.)]?(?P<rest>\s+\S.*)?", re.DOTALL)
_CHANGING = re.compile(
    r"(?:In|Aan|Na|Voor|Onder|Achter|Boven|Artikel(?:en)?|Onderde(?:el|len)|Het|De|Er|Hoofdstuk|Paragraaf|Afdeling|"
    r"Titel|Bijlage|"
    r"Voorts|Verder|Tot slot|Ten slotte|Enig artikel|Van|Bij|Door)(?![\w-])"
)
_CHANGE = re.compile(
    r"(?<![\w-])(?:vervalt|vervallen|te\s+luiden|luidende?|gewijzigd|vervangen|ingevoegd|tussengevoegd|toegevoegd|"
    r"geplaatst|gelezen|"
    r"verletterd|vernummerd|verhoogd|verlaagd|geschrapt|ingetrokken)(?![\w-])"
)
_WEAK = frozenset({"De", "Het", "Er", "Van", "Bij", "Door"})
_VERB = re.compile(r"(?<![\w-])(?:wordt|worden|komt|komen)(?![\w-])")


def marked_quotes(text: str, begin: int, end: int) -> list[Span]:
    """Stretches between quotation marks, without the marks; a mark that is never closed opens nothing."""
    found: list[Span] = []
    unclosed: set[str] = set()
    position = begin
    while (mark := _OPENING_MARK.search(text, position, end)) is not None:
        closing = _PAIRS[mark.group()]
        stop = -1 if closing in unclosed else text.find(closing, mark.end(), end)
        if stop < 0:
            unclosed.add(closing)
            position = mark.end()
            continue
        found.append(Span(mark.end(), stop))
        position = stop + 1
    taken = iter(found)
    current = next(taken, None)
    straight: list[Span] = []
    for match in _STRAIGHT.finditer(text, begin, end):
        while current is not None and current.end < match.start():
            current = next(taken, None)
        if current is None or current.begin > match.end():
            straight.append(Span(match.start() + 1, match.end() - 1))
    return sorted(found + straight)


def masked(text: str, quotes: Sequence[Span]) -> str:
    """The text with what stands between quotation marks blanked, same length."""
    pieces, position = [], 0
    for quote in quotes:
        if quote.begin < position:
            continue
        pieces.append(text[position : quote.begin])
        pieces.append("·" * (quote.end - quote.begin))
        position = quote.end
    pieces.append(text[position:])
    return "".join(pieces)


def changes_something(line: str) -> bool:
    """Whether a line reads as an instruction: it opens with a place and has a verb of change (or runs on to it)."""
    opening = _CHANGING.match(line)
    if opening is None:
        return False
    if _CHANGE.search(line, 0, 600) is not None:
        return True
    runs_on = line[-1] not in ".;:" and opening.group() not in _WEAK
    return runs_on and _VERB.search(line, 0, 600) is not None


def _labelled(lines: Sequence[Line], index: int) -> tuple[str | None, str]:
    """The list label that a line carries, and the text that goes with it (of the next line when it stands alone)."""
    line = without_bullet(lines[index])
    match = _LABEL.fullmatch(line.text[:600]) if line.text else None
    if match is None:
        return None, line.text
    if match["rest"]:
        return match["label"], match["rest"].strip()
    following = without_bullet(lines[index + 1]).text if index + 1 < len(lines) else ""
    return match["label"], following


def new_wordings(shown: str, lines: Sequence[Line], begin: int, end: int) -> list[Span]:
    """New wording in the part shown[begin:end] (quotation marks masked) that consists of `lines`."""
    found: list[Span] = []
    openers = _NEW_WORDING.finditer(shown, begin, end)
    opener = next(openers, None)
    item: str | None = None  # the label of the item we are in
    inner: str | None = None  # the last label of a list inside the new wording
    opened: int | None = None
    for index, line in enumerate(lines):
        if opened is None and opener is None:
            break
        label, rest = _labelled(lines, index)
        if opened is not None:
            if label is None or not changes_something(rest):
                continue
            if inner is not None and follows(label, inner):
                inner = label
                continue
            empty = not shown[opened : line.begin].strip()
            if item is None or empty or not follows(label, item):
                if empty or opens(label) or inner is None:
                    inner = label
                continue
            if (span := trimmed(shown, opened, line.begin)) is not None:
                found.append(span)
            opened, inner = None, None
        if label is not None and changes_something(rest):
            item = label
        while opener is not None and opener.end() <= line.begin:
            opener = next(openers, None)
        if opener is not None and opener.end() <= line.end:
            opened = opener.end()
    if opened is not None and (span := trimmed(shown, opened, end)) is not None:
        found.append(span)
    return found


def merged(wordings: Sequence[Span], quotes: Sequence[Span]) -> tuple[Span, ...]:
    """Both kinds in order, without what lies inside another."""
    result: list[Span] = []
    for span in sorted([*wordings, *quotes], key=lambda s: (s.begin, -s.end)):
        if span.begin < span.end and (not result or span.begin >= result[-1].end):
            result.append(span)
    return tuple(result)
