"""The amendment as an agency reads it beside its questions: change by change, the words that point to it marked.

Every word of the text is in one of the parts; only a bare number above a change and the heading of the note are left
to the headings of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from uitvoeringsscan.amendments.amendment import Instruction, ParsedAmendment, Source, Span
from uitvoeringsscan.amendments.bill import Bill, changed_passage
from uitvoeringsscan.presentation.routing_view import MarkView
from uitvoeringsscan.scans.scan import Scan


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words as they stand. `number` None: not marked; else the number of the note about them."""

    text: str
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A piece of the text with its marks, and what each of those says."""

    stretches: tuple[Stretch, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One change that the amendment makes.

    heading  "Wijziging I"; target: the place that it changes, in words, None when that could not be read
    laws     what is known of the law behind it
    now      the text of the bill at that place, with its name; None when that is not known
    """

    heading: str
    target: str | None
    laws: tuple[str, ...]
    now: tuple[str, str] | None
    words: Marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    opening  what stands before the first change, rest: what stands between and behind the parts; both often None
    bill     what the text of the bill is called that `now` of the changes is taken from
    """

    opening: Marked | None
    changes: tuple[ChangeView, ...]
    note: Marked | None
    rest: Marked | None
    bill: str | None

    @property
    def only_in_note(self) -> bool:
        """The words that point to this agency stand in the note alone: then it is no use to fold it away."""
        marked = any(change.words.notes for change in self.changes)
        return bool(self.note and self.note.notes and not marked)


def reading(scan: Scan, marks: Sequence[MarkView], bill: Bill | None) -> Reading:
    text, parsed = scan.amendment.text, scan.parsed
    numbered = list(enumerate(marks, start=1))
    changes = tuple(_change(text, parsed, part, numbered, bill) for part in parsed.instructions)
    places = sorted(part.span for part in parsed.instructions)
    note = parsed.note
    if not places:  # nothing could be told apart: the whole text up to the note
        opening: Span | None = Span(0, note.begin if note else len(text))
        places = [Span(0, opening.end)] if opening else []
    else:
        opening = Span(0, places[0].begin)
    between = _between(text, [*places, *([note] if note else [])])
    rest = "\n\n".join(piece for piece in between if piece)
    return Reading(
        opening=_unless_bare(text, opening, numbered),
        changes=changes,
        note=_marked(text, note, numbered) if note else None,
        rest=Marked(stretches=(Stretch(rest, None),), notes=()) if rest else None,
        bill=_bill_name(bill) if any(change.now for change in changes) else None,
    )


def _change(
    text: str, parsed: ParsedAmendment, part: Instruction, marks: Sequence[tuple[int, MarkView]], bill: Bill | None
) -> ChangeView:
    inside = (
        law
        for law in parsed.laws
        if law.source in (Source.INSTRUCTION, Source.BILL)
        and part.span.begin <= law.span.begin < part.span.end
        # a law within the new wording is not the one that is changed
        and not any(quote.begin <= law.span.begin < quote.end for quote in part.quoted)
    )
    passage = changed_passage(part, bill.text) if bill else None
    return ChangeView(
        heading=f"Wijziging {part.number}" if part.number else "De wijziging",
        target=part.target,
        laws=tuple(dict.fromkeys(law.name for law in inside)),
        now=(passage.name, passage.span.quote(bill.text)) if bill and passage else None,
        words=_marked(text, part.span, marks),
    )


def _marked(text: str, span: Span, marks: Sequence[tuple[int, MarkView]]) -> Marked:
    """The stretches of one part. A mark that sticks out is cut off; its note stands where it begins."""
    found: list[Stretch] = []
    notes: list[Note] = []
    at = span.begin
    for number, mark in marks:
        begin, end = max(mark.begin, at), min(mark.end, span.end)
        if begin >= end:
            continue
        found += [Stretch(text[at:begin], None), Stretch(text[begin:end], number)]
        notes.append(Note(number=number, text=mark.note))
        at = end
    found.append(Stretch(text[at : span.end], None))
    return Marked(stretches=tuple(one for one in found if one.text), notes=tuple(notes))


_BARE = re.compile(r"\s*(?:[IVXLC]{1,9}[A-Za-z]{0,2}|\d{1,3}|toelichting)?[.:]?\s*", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"\n\s*(?:[IVXLC]{1,9}|[A-Z]|\d{1,3})[.:]?\s*$")


def _unless_bare(text: str, span: Span | None, marks: Sequence[tuple[int, MarkView]]) -> Marked | None:
    if span is None or _BARE.fullmatch(text, span.begin, span.end):
        return None
    ending = _NUMBER_LINE.search(text, span.begin, span.end)
    return _marked(text, Span(span.begin, ending.start() if ending else span.end), marks)


def _between(text: str, places: Sequence[Span]) -> list[str]:
    """What stands behind and between the parts, but for the bare headings there."""
    pieces = []
    at = places[0].begin if places else 0
    for place in sorted(places):
        pieces.append(text[at : place.begin] if place.begin > at else "")
        at = max(at, place.end)
    pieces.append(text[at:])
    return ["" if _BARE.fullmatch(piece) else piece.strip() for piece in pieces]


def _bill_name(bill: Bill | None) -> str:
    return (bill.label if bill else None) or "het wetsvoorstel"
