"""One amendment as matching sees it: its parts and sentences, and every phrase of the register that stands in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from uitvoeringsscan.amendments.amendment import Instruction, LawMention, ParsedAmendment, Source, Span
from uitvoeringsscan.routing.lexicon import Cue, NameOf
from uitvoeringsscan.routing.phrases import Hit, words_of
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.routing.sentences import sentence_around, sentences_of

K = TypeVar("K", bound=Hashable)

_MARK = re.compile("[«»]")
_AIM = re.compile(
    r"\b(?:dit|het|onderhavige|voorliggende) (?:sub)?amendement\b(?! van\b)|\bhiermee\b|\bmet dit voorstel\b"
    r"|\b(?:indieners?|ondergetekenden?) (?:beog|will?|wens|stel|regel|acht|vind)",
    re.IGNORECASE,
)
_OPENING, _FAR = 1, 8
"""A note says what the amendment does in its first sentence, and where it speaks of itself; the rest argues for it and
names much else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Offsets are into `text`, in `title_*` into `title`. Lists are in order of place.

    names     names of agencies; of names that overlap the longest, and none inside the name of an act
    notes       sentences of the explanatory note
    aims        the sentences in which the note says what the amendment does
    conditions  the alsTekst words of mandates that stand in the changes, or in the aims; `wider`: or anywhere else
    """

    text: str
    title: str
    instructions: tuple[Instruction, ...]
    sentences: tuple[tuple[Span, ...], ...]
    """Per instruction."""
    notes: tuple[Span, ...]
    aims: tuple[Span, ...]
    marks: tuple[int, ...]
    """Where a guillemet stands."""
    laws: tuple[LawMention, ...]
    text_laws: tuple[Span, ...]
    title_laws: tuple[Span, ...]
    names: tuple[Hit[NameOf], ...]
    topics: tuple[Hit[str], ...]
    cues: tuple[Hit[Cue], ...]
    nobody_changes: tuple[Hit[str], ...]
    nobody_also: tuple[Hit[str], ...]
    nobody_notes: tuple[Hit[str], ...]
    conditions: frozenset[str]
    wider_conditions: frozenset[str]
    title_names: tuple[Hit[NameOf], ...]
    title_topics: tuple[Hit[str], ...]

    def sentence(self, offset: int) -> Span | None:
        """The sentence around an offset, in the note or in the changes."""
        if found := sentence_around(self.notes, offset):
            return found
        part = self.instruction_of(Span(offset, offset))
        return None if part is None else sentence_around(self.sentences[part], offset)

    def in_note(self, span: Span) -> bool:
        return bool(self.notes) and self.notes[0].begin <= span.begin < self.notes[-1].end

    def in_aim(self, span: Span) -> bool:
        """Whether the span stands where the note says what the amendment does."""
        return any(holds(sentence, span) for sentence in self.aims)

    def instruction_of(self, span: Span) -> int | None:
        """The number (from 0) of the instruction that holds this span."""
        at = bisect_right(self.instructions, span.begin, key=lambda part: part.span.begin) - 1
        return at if at >= 0 and holds(self.instructions[at].span, span) else None

    def has_cue(self, cue: Cue, begin: int, end: int) -> bool:
        """Whether a small word of this kind begins in text[begin:end]."""
        return any(hit.meaning is cue for hit in between(self.cues, begin, end))

    def in_marks(self, span: Span, low: int) -> bool:
        """Whether the span stands between guillemets that open after `low`."""
        at = bisect_left(self.marks, span.begin) - 1
        return at >= 0 and self.marks[at] >= low and self.text[self.marks[at]] == "«"

    def in_law(self, span: Span, source: Source) -> bool:
        """Whether the span stands inside the name of an act."""
        return touches(self.title_laws if source is Source.TITLE else self.text_laws, span)

    def source(self, span: Span) -> Source:
        return Source.NOTE if self.in_note(span) else Source.INSTRUCTION


def holds(outer: Span, inner: Span) -> bool:
    return outer.begin <= inner.begin and inner.end <= outer.end


def between(hits: Sequence[Hit[K]], begin: int, end: int) -> Iterator[Hit[K]]:
    """The hits (in order of place) that begin in text[begin:end]."""
    at = bisect_left(hits, begin, key=lambda hit: hit.span.begin)
    while at < len(hits) and hits[at].span.begin < end:
        yield hits[at]
        at += 1


def touches(spans: Sequence[Span], span: Span) -> bool:
    """Whether one of `spans` (in order, without overlap) shares a letter with `span`."""
    at = bisect_left(spans, span.end, key=lambda other: other.begin) - 1
    return at >= 0 and spans[at].end > span.begin


def look(text: str, title: str | None, parsed: ParsedAmendment, register: Register) -> Seen:
    """Reads the text once. Where the parser found no parts, everything before the note is one part."""
    named = title if title is not None else (parsed.title.value if parsed.title else "")
    instructions = parsed.instructions or _whole(text, parsed.note)
    lexicon = register.lexicon
    begin = min((part.span.begin for part in instructions), default=0)
    end = max([part.span.end for part in instructions] + ([parsed.note.end] if parsed.note else []), default=0)
    notes = tuple(sentences_of(text, parsed.note, prose=True)) if parsed.note else ()
    aims = tuple(s for at, s in enumerate(notes[:_FAR]) if at < _OPENING or _AIM.search(text, s.begin, s.end))
    words, title_words = words_of(text, begin, end), words_of(named)
    telling = sorted((*(part.span for part in instructions), *aims))
    conditions = tuple(lexicon.conditions.find(words))
    text_laws = tuple(sorted(m.span for m in parsed.laws if m.source is not Source.TITLE))
    title_laws = tuple(sorted(m.span for m in parsed.laws if m.source is Source.TITLE))
    return Seen(
        text=text,
        title=named,
        instructions=instructions,
        sentences=tuple(tuple(sentences_of(text, part.span)) for part in instructions),
        notes=notes,
        aims=aims,
        marks=tuple(m.start() for m in _MARK.finditer(text)),
        laws=parsed.laws,
        text_laws=text_laws,
        title_laws=title_laws,
        names=_longest(lexicon.names.find(words), text_laws),
        topics=tuple(lexicon.topics.find(words)),
        cues=tuple(sorted(lexicon.cues.find(words), key=lambda hit: hit.span)),
        nobody_changes=tuple(lexicon.nobody_changes.find(words)),
        nobody_also=tuple(lexicon.nobody_also.find(words)),
        nobody_notes=tuple(lexicon.nobody_notes.find(words)),
        conditions=frozenset(h.meaning for h in conditions if touches(telling, h.span)),
        wider_conditions=frozenset(h.meaning for h in (*conditions, *lexicon.conditions.find(title_words))),
        title_names=_longest(lexicon.names.find(title_words), title_laws),
        title_topics=tuple(lexicon.topics.find(title_words)),
    )


def _whole(text: str, note: Span | None) -> tuple[Instruction, ...]:
    end = note.begin if note else len(text)
    return (Instruction(number=None, span=Span(0, end), target=None),) if text[:end].strip() else ()


def _longest(hits: Iterable[Hit[NameOf]], laws: Sequence[Span]) -> tuple[Hit[NameOf], ...]:
    """Without names inside the name of an act, and of names that overlap the longest ("Inspectie SZW", "de inspectie")."""
    kept: list[Hit[NameOf]] = []
    heap: list[Hit[NameOf]] = []  # names that overlap one another, directly or through others
    reach = 0
    for hit in sorted(hits, key=lambda h: h.span):
        if touches(laws, hit.span):
            continue
        if hit.span.begin >= reach:
            kept += _longest_of(heap)
            heap = []
        heap.append(hit)
        reach = max(reach, hit.span.end)
    return tuple(kept + _longest_of(heap))


def _longest_of(heap: list[Hit[NameOf]]) -> list[Hit[NameOf]]:
    won: list[Span] = []
    for span in sorted({h.span for h in heap}, key=lambda s: (s.begin - s.end, s.begin)):
        if not any(other.begin < span.end and span.begin < other.end for other in won):
            won.append(span)
    return [hit for hit in heap if hit.span in won]
