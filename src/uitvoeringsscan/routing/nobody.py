"""Changes that ask nothing of any agency: evaluation, horizon, voorhang, names of the act, corrections.

Judged by sentence, so that one real change among them keeps its weight: a part is idle only when every sentence in it
is idle or mere framing ("Artikel 5 wordt als volgt gewijzigd:").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from uitvoeringsscan.amendments.amendment import Source, Span
from uitvoeringsscan.routing.lexicon import Cue
from uitvoeringsscan.routing.phrases import Hit
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.routing.seen import Seen, between, holds

_FRAMING = re.compile(
    r"(?:wordt|worden|komt|komen|luidt|luiden)\b[^«]{0,240}?"
    r"(?:luidende|gewijzigd|ingevoegd|toegevoegd|geplaatst|vernummerd|verletterd|te luiden|vervangen door|als volgt)\s*:?\.?\s*$"
    r"|aanduiding\s+«\w{1,3}[.°]?»"
    r"|onder (?:vernummering|verlettering|vervanging)[^«]{0,200}:?\s*$"
)
_TERM = re.compile(
    r"(?:\d{1,4}|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|vijftien|twintig|dertig|januari|februari"
    r"|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jaar|jaren|maand|maanden|week|weken|dag|dagen"
    r"|na|en|een|half|kalenderjaar)(?:[\s,.]+|$)",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"«([^»]*)»|door\s*:\s*([^.;«]+)")
_LEADING = 3
"""How many sentences of the note say what the amendment is about."""
_HEADING_WORDS = 4


@dataclass(frozen=True, slots=True)
class Idle:
    """`kinds` per instruction: the code of the reason why it asks nothing, None where it may. `whole`: all of it."""

    kinds: tuple[str | None, ...]
    whole: str | None
    quote: Span | None = None
    """Words that show why, where the whole amendment asks nothing."""


def judge(seen: Seen, register: Register) -> Idle:
    """Which parts ask nothing of an agency, and whether the whole amendment does."""
    renaming = next((code for code, entry in register.nobody.items() if entry.only_names), None)
    names = {" ".join(m.span.quote(seen.text).split()) for m in seen.laws if m.source is not Source.TITLE}
    sorts = [_part(seen, register, index, renaming, names) for index in range(len(seen.instructions))]
    kinds = tuple(code for code, _, _ in sorts)
    if kinds and all(kinds):
        return Idle(kinds, kinds[0], sorts[0][2])
    for hit in seen.nobody_notes:
        if not any(holds(sentence, hit.span) for sentence in seen.notes[:_LEADING]):
            continue
        if not register.nobody[hit.meaning].only_terms or all(code or terms for code, terms, _ in sorts):
            return Idle(tuple(hit.meaning for _ in kinds), hit.meaning, hit.span)
    return Idle(kinds, None)


def _part(
    seen: Seen, register: Register, index: int, renaming: str | None, names: set[str]
) -> tuple[str | None, bool, Span | None]:
    """The reason for one part (None: it may ask something), whether it only replaces terms, and the telling words."""
    reason, at = None, None
    terms, busy = True, False
    for sentence in seen.sentences[index]:
        hit = _telling(seen, register, sentence)
        if hit is not None and not _someone_acts(seen, sentence):
            reason, at = reason or hit.meaning, at or hit.span
            continue
        words = sentence.quote(seen.text)
        if len(words.split()) <= _HEADING_WORDS or _FRAMING.search(words):
            continue
        if renaming is not None and _only_names(words, names):
            reason, at = reason or renaming, at or sentence
            continue
        busy = True
        terms = terms and _only_terms(words)
    return (None if busy else reason), terms, at


def _telling(seen: Seen, register: Register, sentence: Span) -> Hit[str] | None:
    """The words that make this sentence idle, None when it is not."""
    also = {h.meaning for h in between(seen.nobody_also, sentence.begin, sentence.end)}
    for hit in between(seen.nobody_changes, sentence.begin, sentence.end):
        if holds(sentence, hit.span) and (hit.meaning in also or not register.nobody[hit.meaning].and_also):
            return hit
    return None


def _someone_acts(seen: Seen, sentence: Span) -> bool:
    """Whether an agency, named for itself, does something in the sentence other than being heard."""
    return any(
        not (name.meaning.weak or name.meaning.as_executor)
        and not seen.has_cue(Cue.CONSULTED, max(sentence.begin, name.span.begin - 60), name.span.begin)
        for name in between(seen.names, sentence.begin, sentence.end)
    )


def _only_names(sentence: str, names: set[str]) -> bool:
    """Whether everything that is replaced and put in its place is the name of an act."""
    pieces = [" ".join((a or b).split()) for a, b in _QUOTES.findall(sentence)]
    return bool(pieces) and all(piece in names for piece in pieces)


def _only_terms(sentence: str) -> bool:
    """Whether everything that is replaced and put in its place is a term, a date or a number."""
    pieces = [(a or b).strip() for a, b in _QUOTES.findall(sentence)]
    return bool(pieces) and all(piece and not _TERM.sub("", piece).strip() for piece in pieces)
