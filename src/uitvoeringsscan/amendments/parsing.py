"""Text -> ParsedAmendment. Reads the head, the changes and the note; never guesses, and never raises on any text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from uitvoeringsscan.amendments.amendment import Found, LawMention, ParsedAmendment, Source, Span
from uitvoeringsscan.amendments.budget import changes_budget
from uitvoeringsscan.amendments.header import (
    Heading,
    read_dossier,
    read_heading,
    read_number,
    read_received,
    read_replaces,
    read_title,
)
from uitvoeringsscan.amendments.instructions import read_instructions
from uitvoeringsscan.amendments.laws import EMPTY, LawIndex, find_laws
from uitvoeringsscan.amendments.lines import between, lines_of, plain
from uitvoeringsscan.amendments.names import folded
from uitvoeringsscan.amendments.note import find_note, note_span, read_signatures
from uitvoeringsscan.amendments.quoting import changes_something, marked_quotes, masked

_OPENING = re.compile(
    r"(?:De\s{1,9})?ondergetekenden?\s{1,9}(?:stel(?:t|len)|heeft|hebben|wens(?:t|en)|dien(?:t|en))(?![\w-])"
    r"[^.:]{0,120}?(?<![\w-])(?:sub)?amendement(?:en)?(?![\w-])[^.:\n]{0,60}?(?<![\w-])(?:voor(?:\s{1,9}te\s{1,9}stellen)?|in)(?![\w-])"
    r"(?:\s{1,9}(?:bij|op|tot|in)\s[^\n:]{0,1500})?\s{0,3}:?",
    re.IGNORECASE,
)
_HEAD = 30_000
_HEAD_WITHOUT_OPENING = 6_000
_SITE_SUBMITTERS = re.compile(r"(?:^|\n)\s{0,9}Indiener(?:\(s\)|s)?\s{0,3}:\s{0,3}(?P<names>[^\n]{2,400})")
_PARTY = re.compile(r"\s{0,3}\([^()]{0,40}\)")


def parse(text: str, laws: LawIndex = EMPTY, title: str | None = None) -> ParsedAmendment:
    """What can be read from an amendment. `title` is the bill's title when it is known already.

    Spans are offsets into `text`; those of laws with Source.TITLE are offsets into `title`, or without one into the
    value of the title that was read (`ParsedAmendment.title.value`).
    """
    shown = plain(text)
    lines = lines_of(shown, 0, len(shown))
    opening = _OPENING.search(shown)
    note = find_note(shown, lines, opening.end() if opening else 0)
    head_end = min(opening.start() if opening else _HEAD_WITHOUT_OPENING, note.heading if note else len(shown), _HEAD)
    heading = read_heading(shown, 0, head_end)
    head_end = head_end if opening else _head_without_opening(shown, head_end, heading)
    body_begin = opening.end() if opening else head_end
    if note is not None and note.heading < body_begin:
        note = find_note(shown, lines, body_begin)
    body_end = note.heading if note else len(shown)

    dossier, suffix = read_dossier(shown, 0, head_end)
    number = read_number(shown, 0, head_end, heading)
    replaces = read_replaces(shown, heading.begin if heading else 0, head_end, number)
    received = read_received(shown, 0, head_end)
    read = read_title(shown, opening.end() if opening else head_end, dossier, suffix, heading)
    known_title = title if title is not None else (read.value if read else None)

    known = [person.value for person in heading.submitters] if heading else []
    single = heading.single if heading else bool(opening and "ondergetekende " in opening.group().lower())
    tail = [line for line in lines if line.end > (note.begin if note else body_begin)]
    signed, signed_at = read_signatures(tail, known, single=single)
    if note is None and signed_at is not None:
        body_end = signed_at

    body = shown[body_begin:body_end]
    budget = changes_budget(known_title, masked(body, marked_quotes(body, 0, len(body))))
    body_lines = between(lines, body_begin, body_end)
    instructions = read_instructions(shown, body_lines, body_begin, body_end, budget=budget)
    explained = note_span(shown, lines, note.begin, signed_at) if note else None

    mentions = [*_laws(known_title, laws, Source.TITLE, 0)]
    for instruction in instructions:
        mentions.extend(_laws(instruction.span.quote(shown), laws, Source.INSTRUCTION, instruction.span.begin))
    if explained is not None:
        mentions.extend(_laws(explained.quote(shown), laws, Source.NOTE, explained.begin))
    return ParsedAmendment(
        dossier_number=dossier,
        dossier_suffix=suffix,
        paper_number=number,
        kind=_kind(heading, replaces),
        replaces=replaces,
        submitters=_submitters(shown, heading, signed),
        received=received,
        title=Found(value=title, span=None) if title is not None else read,
        budget=budget,
        instructions=instructions,
        laws=tuple(mentions),
        note=explained,
    )


def _head_without_opening(shown: str, end: int, heading: Heading | None) -> int:
    """Where the head stops when the opening sentence is missing: at the first line that changes something."""
    begin = heading.end if heading else 0
    for line in lines_of(shown, begin, end):
        if changes_something(line.text) or line.text.strip(". ") == "I":
            return line.begin
    return begin


def _kind(heading: Heading | None, replaces: Found[str] | None) -> Found[str]:
    """As the heading says. One that replaces an earlier paper is a changed amendment, also when it does not say so."""
    kind = heading.kind if heading else Found(value="amendement", span=None)
    if replaces is not None and "gewijzigd" not in kind.value:
        return Found(value=f"gewijzigd {kind.value}", span=None)
    return kind


def _submitters(shown: str, heading: Heading | None, signed: tuple[Found[str], ...]) -> tuple[Found[str], ...]:
    """The signatures when they agree with the heading (they are complete, and in normal case), else the heading."""
    listed = heading.submitters if heading else ()
    if not listed and not signed:
        return _site_submitters(shown)
    names = {folded(person.value) for person in signed}
    if signed and (not listed or any(folded(person.value) in names for person in listed)):
        missing = tuple(person for person in listed if folded(person.value) not in names)
        return _distinct((*signed, *(() if heading is None or heading.more else missing)))
    return _distinct(listed)


def _site_submitters(shown: str) -> tuple[Found[str], ...]:
    """What a site says about who handed it in, when the paper itself does not."""
    match = _SITE_SUBMITTERS.search(shown[:_HEAD])
    if match is None:
        return ()
    people, position = [], match.start("names")
    for piece in match["names"].split(","):
        name = _PARTY.sub("", piece).strip()
        if name:
            begin = shown.index(name, position) if name in shown[position : match.end()] else position
            people.append(Found(value=name, span=Span(begin, begin + len(name))))
        position += len(piece) + 1
    return _distinct(people)


def _distinct(people: Iterable[Found[str]]) -> tuple[Found[str], ...]:
    seen: dict[str, Found[str]] = {}
    for person in people:
        seen.setdefault(folded(person.value), person)
    return tuple(seen.values())


def _laws(text: str | None, laws: LawIndex, source: Source, offset: int) -> list[LawMention]:
    return [
        LawMention(name=m.name, bwb=m.bwb, source=source, span=Span(m.span.begin + offset, m.span.end + offset))
        for m in (find_laws(text, laws) if text else ())
    ]
