"""The explanatory note: where it begins, also without a heading, and the signatures below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from uitvoeringsscan.amendments.amendment import Found, Span
from uitvoeringsscan.amendments.lines import Line, trimmed
from uitvoeringsscan.amendments.names import folded, is_name_line, normal_case, split_signatures
from uitvoeringsscan.amendments.quoting import changes_something

_HEADING = re.compile(r"toelichting(?:\s+(?:op\s+het\s+)?(?:sub)?amendement)?\s?[:.]?", re.IGNORECASE)
_INLINE_HEADING = re.compile(
    r"(?:(?<=[.;:»”!?)])|(?<=\n))\s{0,9}(?P<heading>Toelichting|TOELICHTING):?\s{1,9}(?=[A-Z«“])"
)
_ABOUT = re.compile(
    r"(?<![^\W\d_])(?:(?:[Dd]it|[Hh]et\s(?:onderhavige|voorgestelde|voorliggende)|"
    r"[Oo]nderhavige?)\s(?:\w{1,12}\s){0,2}?(?:sub)?amendement"
    r"|(?:[Dd]e\s)?[Ii]ndieners?|[Oo]ndergetekenden?)(?![^\W\d_])"
)
_STARTS_NOTE = re.compile(
    r"(?:Het|Met het|Door het|Middels het|Via het)\s(?:sub)?amendement\s(?!van\b|wordt\b|op\b)|(?:Achtergrond|Doel)\b"
)
_CHANGES = re.compile(
    r"(?<![^\W\d_])(?:als volgt gewijzigd|vervangen door|luidende|te luiden|ingevoegd|toegevoegd)(?![^\W\d_])"
)
_NEW_WORDING = re.compile(r"(?:luidende|luiden|luidt|door|ingevoegd|toegevoegd)\s?:")
_QUOTED = re.compile(r"«[^»]{0,2000}»")

_PAGE_FOOTER = re.compile(
    r"(?:kst-?\d|ISSN\b|.{0,3}[’']s-Gravenhage\s(?:19|20)\d\d|Tweede Kamer,\s(?:vergaderjaar|\d{4})|Tweede Kamer "
    r"der Staten-Generaal"
    r"|\d{1,3}$|Sdu\s[Uu]itgevers|ISBN\b|KST\d|\d?[A-Z]{1,2}\d{4,6}$|\[\d{1,2}\]\s|1\)?\s{1,9}(?:Vervanging|"
    r"Herdruk|I\.v\.m\.|In verband met)\s)"
)
_PAGE_REMAINS = re.compile(
    r"(?:Naar boven|X\s?Noot|Noot\b.{0,6}$|Status$|Stemming$|Voor$|Tegen$|Delen$|Kamerstuk\s\d"
    r"|(?:Dossier|Indiener(?:\(s\)|s)?|Onderwerpen|Bron|ID|Origineel|Wijzigingen|Gepubliceerd)\s?:"
    r"|(?:19|20)\d\d-\d\d-\d\d$|(?:[Gg]ewijzigd |[Nn]ader [Gg]ewijzigd )?[Aa]mendement van (?:het lid|de leden))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePlace:
    """The note's heading begins at `heading` (where the changes end); its own text at `begin`."""

    heading: int
    begin: int


def is_page_footer(line: str) -> bool:
    """Whether a line is printed at the foot or head of every page: the text goes on after it."""
    return _PAGE_FOOTER.match(line) is not None


def is_page_remains(line: str) -> bool:
    """Whether a line was put below the paper by a site: nothing after it belongs to the amendment."""
    return _PAGE_REMAINS.match(line) is not None


def find_note(text: str, lines: Sequence[Line], begin: int) -> NotePlace | None:
    """The note after offset `begin`: by its heading, else by the first paragraph that speaks about the amendment."""
    for line in lines:
        if line.text[0] in "Tt" and line.begin >= begin and len(line.text) < 60 and _HEADING.fullmatch(line.text):
            return NotePlace(heading=line.begin, begin=line.end)
    inline = _INLINE_HEADING.search(text, begin)
    if inline is not None:
        return NotePlace(heading=inline.start("heading"), begin=inline.end())
    for line in lines:
        if line.begin < begin or len(line.text) <= 25:
            continue
        shown = _QUOTED.sub("", line.text[:4000])
        if len(shown) > 25 and not _CHANGES.search(shown[:400]) and (_ABOUT.search(shown) or _STARTS_NOTE.match(shown)):
            return NotePlace(heading=line.begin, begin=line.begin)
    return _prose_behind_changes([line for line in lines if line.begin >= begin])


def _prose_behind_changes(lines: Sequence[Line]) -> NotePlace | None:
    """The first sentence of prose right behind a change that is complete; not in a text that brings new wording."""
    for before, line in pairwise(lines):
        if ":" in before.text and (before.text.endswith(":") or _NEW_WORDING.search(before.text)):
            return None
        complete = changes_something(before.text) and before.text[-1] in ".»”"
        if (
            complete
            and len(line.text) > 40
            and line.text[0].isupper()
            and line.text[-1] == "."
            and not changes_something(line.text)
        ):
            return NotePlace(heading=line.begin, begin=line.begin)
    return None


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines that hold names and nothing else, each after a line that does not."""
    blocks: list[list[Line]] = []
    inside = False
    for line in lines:
        if is_page_remains(line.text) or not is_name_line(line.text):
            inside = False
            continue
        if not inside:
            blocks.append([])
        blocks[-1].append(line)
        inside = True
    return blocks


def _signature_block(lines: Sequence[Line], known: set[str]) -> list[Line]:
    """The lines that sign. With names from the heading: the first block that holds one. Without: the last lines."""
    if known:
        for block in _blocks(lines):
            joined = f" {' '.join(folded(line.text) for line in block)} "
            if any(f" {name} " in joined for name in known):
                return block
        return []
    kept = []
    for line in lines:
        if is_page_remains(line.text):
            break
        kept.append(line)
    last = len(kept)
    while last and is_name_line(kept[last - 1].text):
        last -= 1
    return kept[last:] if last and kept[last - 1].text[-1] in '.:!?)»”"' else []


def read_signatures(
    lines: Sequence[Line], known: Sequence[str], *, single: bool
) -> tuple[tuple[Found[str], ...], int | None]:
    """Who signs below the note, in order, and where the signatures begin (None when there are none)."""
    lines = [line for line in lines if not is_page_footer(line.text)]
    names = {folded(name) for name in known}
    block = _signature_block(lines, names)
    if not block:
        return _tail_signature(lines, known)
    people: list[Found[str]] = []
    for line in block:
        position = line.begin
        for name in split_signatures(line.text, known, single=single and len(block) == 1):
            place = line.text.find(name, position - line.begin)
            begin = line.begin + place if place >= 0 else line.begin
            span = Span(begin, begin + len(name)) if place >= 0 else Span(line.begin, line.end)
            people.append(Found(value=normal_case(name), span=span))
            position = span.end
    return tuple(people), block[0].begin


def _tail_signature(lines: Sequence[Line], known: Sequence[str]) -> tuple[tuple[Found[str], ...], int | None]:
    """A name behind the last sentence, in a text that lost its line ends."""
    if not known or not lines:
        return (), None
    last = lines[-1]
    cut = max(last.text.rfind(f"{sign} ") for sign in ".?!") + 2
    tail = last.text[cut:]
    if cut < 2 or folded(tail) not in {folded(name) for name in known}:
        return (), None
    return (Found(value=normal_case(tail), span=Span(last.begin + cut, last.end)),), last.begin + cut


def note_span(text: str, lines: Sequence[Line], begin: int, signed_at: int | None) -> Span | None:
    """The note without the signatures, and without page footers and page remains behind it."""
    limit = signed_at if signed_at is not None else len(text)
    end = begin
    for line in lines:
        if line.end <= begin or line.begin >= limit:
            continue
        if is_page_remains(line.text):
            break
        if not is_page_footer(line.text):
            end = min(line.end, limit)
    return trimmed(text, begin, end)
