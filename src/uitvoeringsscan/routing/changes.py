"""Which acts an amendment changes: named in the instruction, or meant by it through the bill's table, title or note.

SURE    the instruction names the act; or it names an article of the bill of which the act is known; or it is the
        bill's own new act; or the note names the act with the very article that is changed
LIKELY  one of the acts that the title names; which one cannot be read
CITED   named in the new wording: its executor must apply the rule that refers to it
SPOKEN  named in the note only
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from uitvoeringsscan.amendments.amendment import Instruction, LawMention, Source, Span
from uitvoeringsscan.amendments.bill import BillTable, changed_article
from uitvoeringsscan.routing.articles import ArticleKey, article_key, read_references
from uitvoeringsscan.routing.lexicon import Cue
from uitvoeringsscan.routing.register import Law, Register
from uitvoeringsscan.routing.seen import Seen, holds


class Certainty(IntEnum):
    SPOKEN = 1
    CITED = 2
    LIKELY = 3
    SURE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An act that is touched. `span` is where we read it, in the title or the text as `source` says.

    articles  the article numbers that are changed in it; empty when none could be read
    bill_article  the article of the bill that changes it, where the bill's table told so (source BILL)
    """

    law: Law
    certainty: Certainty
    source: Source
    span: Span
    articles: frozenset[ArticleKey]
    chapters: frozenset[str]
    bill_article: str | None = None


_ROMAN_TARGET = re.compile(
    r"(?:^|, )(na |voor )?(?:artikel(?:en)? (0{0,2})([IVXLC]+)([A-Za-z]{0,3})(?=,|$| en )|(enig artikel))"
)
_CHANGED_AFTER = re.compile(r"[^.;:«]{0,160}?\b(?:wordt|worden|komt|komen|vervalt|vervallen)\b")
# The verb may stand before the act: "wordt in artikel 19 van de Werkloosheidswet «acht» vervangen door: zes".
_VERB_BEFORE = re.compile(r"\b(?:wordt|worden|komt|komen|vervalt|vervallen)\b[^.;:«»]{0,120}$")
_DONE_AFTER = re.compile(
    r"(?:[^.;:«]|«[^»]{0,400}»){0,200}?(?:\b(?:vervangen|ingevoegd|toegevoegd|gewijzigd|geschrapt|luiden|verhoogd|verlaagd)\b|«)"
)
_OF_LAW = re.compile(r"[^.;:«]{0,90}?\bvan (?:de |het )?$")
_PURPOSE = re.compile(
    r"\s(?:in verband met|teneinde|met het oog op|ter (?!zake)|tot (?!wijziging|vaststelling)|houdende|strekkende"
    r"|naar aanleiding|voor de|vanwege|inzake)\b|\("
)
_AMENDING = re.compile(
    r"(?:^\s*|;\s*|\btot\s|\bhoudende\s)(?:nadere\s|technische\s)?(?:wijziging|aanpassing|herziening)\b", re.IGNORECASE
)
_AND_OTHERS = re.compile(r"(?:een aantal|enkele|enige|diverse|verschillende|andere)\s(?:andere\s)?(?:\w+\s)?wetten")
_CHAPTER = re.compile(r"\b[Hh]oofdstuk\s+([IVXLC]+|\d+[a-zA-Z]?)\b")
_CITE_WINDOW = 110
_SENTENCE_END = re.compile(r"[;:]|\.\s+[A-Z]|\n\s*\n")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def touched_laws(seen: Seen, register: Register, busy: tuple[int, ...], bill: BillTable | None) -> list[Touched]:
    """Every known act that the parts numbered `busy` touch, each at its highest certainty, surest first."""
    found: list[Touched] = []
    for index in busy:
        found += _of_part(seen, register, index, bill)
    found += _of_note(seen, register, busy)
    best: dict[str, list[Touched]] = {}
    for touched in found:
        have = best.setdefault(touched.law.code, [])
        if have and touched.certainty > have[0].certainty:
            have.clear()
        if not have or touched.certainty == have[0].certainty:
            have.append(touched)
    return sorted((_joined(same) for same in best.values()), key=lambda t: (-t.certainty, t.source, t.span))


def _joined(same: list[Touched]) -> Touched:
    """One act that is touched in several places: read at the first, with the articles of all."""
    return replace(
        same[0],
        articles=frozenset(key for touched in same for key in touched.articles),
        chapters=frozenset(chapter for touched in same for chapter in touched.chapters),
    )


def known(register: Register, mention: LawMention) -> Law | None:
    return register.law_named(mention.name, mention.bwb)


def _of_part(seen: Seen, register: Register, index: int, bill: BillTable | None) -> list[Touched]:
    part = seen.instructions[index]
    chapters = frozenset(_CHAPTER.findall(seen.text[part.span.begin : part.span.end]))
    named = [m for m in seen.laws if m.source is Source.INSTRUCTION and holds(part.span, m.span)]
    named = [m for m in named if not seen.in_marks(m.span, part.span.begin)]
    changed = [m for m in named if _is_changed(seen, part, m.span)]
    found: list[Touched] = []

    def touch(
        law: Law | None, certainty: Certainty, source: Source, span: Span, articles: frozenset[ArticleKey]
    ) -> None:
        if law is not None:
            found.append(
                Touched(law=law, certainty=certainty, source=source, span=span, articles=articles, chapters=chapters)
            )

    places = {m.span for m in changed}
    for mention in named:
        if mention.span not in places:
            law = known(register, mention)
            touch(law, Certainty.CITED, Source.INSTRUCTION, mention.span, _before(seen, mention, part.span.begin))
    for at, mention in enumerate(changed):
        end = changed[at + 1].span.begin if at + 1 < len(changed) else part.span.end
        articles = _before(seen, mention, part.span.begin) or _articles(seen, mention.span.end, end)
        touch(known(register, mention), Certainty.SURE, Source.INSTRUCTION, mention.span, articles)
    if changed:
        return found
    articles = _articles(seen, part.span.begin, part.span.end)
    if bill is not None and (told := changed_article(seen.text, part, bill)) is not None:
        entry, span = told
        if law := register.law_named(entry.law, entry.bwb):
            found.append(
                Touched(
                    law=law,
                    certainty=Certainty.SURE,
                    source=Source.BILL,
                    span=span,
                    articles=articles,
                    chapters=chapters,
                    bill_article=entry.number,
                )
            )
        return found
    roman = _roman(part)
    for mention, law, certainty in _by_title(seen, register, roman):
        touch(law, certainty, Source.TITLE, mention.span, articles)
    return found


def _is_changed(seen: Seen, part: Instruction, span: Span) -> bool:
    """Whether the act named at `span` is what the sentence changes, not what it refers to."""
    low = max(part.span.begin, span.begin - _CITE_WINDOW)
    for border in _SENTENCE_END.finditer(seen.text, low, span.begin):
        low = border.end()
    if seen.has_cue(Cue.CITING, low, span.begin):
        return False
    if _CHANGED_AFTER.match(seen.text, span.end, part.span.end) is not None:
        return True
    before = seen.text[low : span.begin]
    return _VERB_BEFORE.search(before) is not None and _DONE_AFTER.match(seen.text, span.end, part.span.end) is not None


def _roman(part: Instruction) -> tuple[int, str] | None:
    """The article of the bill that a part changes: its number in order, and as written ("XIVa"). None beside articles."""
    match = _ROMAN_TARGET.search(part.target or "")
    if match is None or match[1]:
        return None
    if match[5]:
        return 1, "I"
    numeral = match[3]
    if match[4] and all(sign in _VALUES for sign in match[4]):
        numeral += match[4]
    total = 0
    for at, sign in enumerate(numeral):
        value = _VALUES[sign]
        total += -value if at + 1 < len(numeral) and _VALUES[numeral[at + 1]] > value else value
    return total, match[3] + match[4]


def _by_title(seen: Seen, register: Register, roman: tuple[int, str] | None) -> list[tuple[LawMention, Law, Certainty]]:
    """The acts that the title gives for a part without an act of its own."""
    mentions = [m for m in seen.laws if m.source is Source.TITLE]
    amending = _AMENDING.search(seen.title, 0, mentions[0].span.begin if mentions else len(seen.title))
    head_end = len(seen.title)
    if amending:
        inside = [m.span for m in mentions]
        ends = (p.start() for p in _PURPOSE.finditer(seen.title))
        head_end = next((at for at in ends if not any(s.begin <= at < s.end for s in inside)), head_end)
    listed = [(m, known(register, m)) for m in mentions if m.span.end <= head_end]
    rest = [(m, law) for m in mentions if m.span.end > head_end and (law := known(register, m))]
    if not amending:
        # a new act: its name stands in the title, between brackets at the end or as the whole; an act that it takes
        # the place of stands before it
        own = mentions[-1] if mentions else None
        law = known(register, own) if own else None
        if own and law:
            return [(own, law, Certainty.SURE)]
        return [(m, law, Certainty.LIKELY) for m in mentions if (law := known(register, m))]
    if not listed:
        # "Wijziging van verschillende wetten ... (Wet werk en zekerheid)": the bill's own name is all there is
        own_name = seen.title.rfind("(") if seen.title.rstrip().endswith(")") else len(seen.title)
        return [(m, law, Certainty.SURE if m.span.begin > own_name else Certainty.LIKELY) for m, law in rest]
    others = _AND_OTHERS.search(seen.title, 0, head_end)
    first_is_listed = others is None or others.start() > listed[0][0].span.begin
    if len(listed) == 1 and (roman is None or roman[0] == 1 or others is None):
        mention, law = listed[0]
        return [(mention, law, Certainty.SURE if first_is_listed else Certainty.LIKELY)] if law else []
    if roman is not None and roman[0] <= len(listed) and first_is_listed and not _beyond(seen, len(listed) + 2):
        mention, law = listed[roman[0] - 1]
        return [(mention, law, Certainty.SURE)] if law else []
    return [(m, law, Certainty.LIKELY) for m, law in listed if law] + [(m, law, Certainty.LIKELY) for m, law in rest]


def _beyond(seen: Seen, most: int) -> bool:
    """Whether some part changes an article of the bill far past the acts that the title lists: the order says nothing."""
    return any((roman := _roman(part)) is not None and roman[0] > most for part in seen.instructions)


def _articles(seen: Seen, begin: int, end: int) -> frozenset[ArticleKey]:
    """The articles that text[begin:end] names without citing them, and not in words that it replaces."""
    return frozenset(
        article_key(r.number)
        for r in read_references(seen.text, begin, end)
        if not seen.in_marks(Span(r.begin, r.end), begin)
        and not seen.has_cue(Cue.CITING, max(begin, r.begin - 25), r.begin)
    )


def _before(seen: Seen, mention: LawMention, low: int) -> frozenset[ArticleKey]:
    """The articles that go with an act by standing before it: "artikel 2.8, eerste lid, van de Jeugdwet"."""
    before = seen.text[max(low, mention.span.begin - 120) : mention.span.begin]
    return frozenset(article_key(r.number) for r in read_references(before) if _OF_LAW.match(before, r.end))


def _of_note(seen: Seen, register: Register, busy: tuple[int, ...]) -> list[Touched]:
    """Acts that the note names: sure when it names the changed article with it."""
    keys = {article_key(r.number) for i in busy for r in read_references(seen.text, *_ends(seen.instructions[i].span))}
    spoken: list[Touched] = []
    for mention in seen.laws:
        if mention.source is not Source.NOTE or (law := known(register, mention)) is None:
            continue
        near = _before(seen, mention, seen.notes[0].begin if seen.notes else 0)
        behind = read_references(seen.text, mention.span.end, min(len(seen.text), mention.span.end + 4))
        near |= {article_key(r.number) for r in behind}
        same = any(key in keys for key in near)
        spoken.append(
            Touched(
                law=law,
                certainty=Certainty.SURE if same else Certainty.SPOKEN,
                source=Source.NOTE,
                span=mention.span,
                articles=near,
                chapters=frozenset(),
            )
        )
    return spoken


def _ends(span: Span) -> tuple[int, int]:
    return span.begin, span.end
