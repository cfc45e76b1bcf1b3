"""The bill's own table: which of its articles changes which law.

"ARTIKEL I / De Wet langdurige zorg wordt als volgt gewijzigd:" says that article I is about that law. Amendments
rarely repeat it; with this table the law behind "artikel I, onderdeel B" is known. A bill that counts its articles in
romans is read by romans alone, so that articles of the laws inside it are not taken for its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from uitvoeringsscan.amendments.amendment import Instruction, LawMention, ParsedAmendment, Source, Span
from uitvoeringsscan.amendments.laws import EMPTY, LawIndex, Mention, find_laws
from uitvoeringsscan.amendments.lines import Line, lines_of, plain
from uitvoeringsscan.amendments.numerals import roman
from uitvoeringsscan.amendments.quoting import marked_quotes, masked

SCHEMA = 1

_HEADING = re.compile(
    r"(?:ARTIKEL|Artikel)\s{1,3}(?P<number>(?P<roman>[IVXLC]{1,9})(?P<added>[A-Za-z]{0,2})|"
    r"(?P<digits>\d{1,3}[a-z]{0,2}))(?P<rest>[.:]?(?:\s.{0,400})?)"
)
_CHANGE = re.compile(r"(?<![\w-])(?:wordt|worden|vervalt|vervallen|komt|komen|ingetrokken|gewijzigd)(?![\w-])")
_RUNNING_ON = re.compile(
    r"\s{0,3},|\s(?:en|van|is|zijn|wordt|worden|bedoeld|treedt|treden|vervalt|komt|tot|onderdeel|onderdelen|eerste|"
    r"tweede|derde|vierde|vijfde)(?![\w-])"
)
_SENTENCE_END = re.compile(r":\s|:$|[a-z)]\.\s|;\s", re.MULTILINE)
_CHANGED = re.compile(
    r"(?:^|, )(?P<beside>na |voor )?"
    r"(?:artikel(?:en)? (?P<number>0{0,2}[IVXLC]+[A-Za-z]{0,3}|\d{1,3}[a-z]{0,2})(?=,|$| en )|(?P<only>enig artikel))"
)
_DOSSIER = re.compile(r" ?(?P<number>[0-9]{2} ?[0-9]{2,4})(?:[ -]{1,3}(?P<suffix>\(?[A-Z][A-Z0-9 ]{0,11}\)?))? ?")
_OPENING = 700
_FIRST_LINES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BillArticle:
    """An article of the bill that changes one law. `span` is where the bill names that law."""

    number: str
    law: str
    bwb: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class BillTable:
    """The articles whose law could be read, in the order of the bill."""

    articles: tuple[BillArticle, ...] = ()

    def article(self, number: str) -> BillArticle | None:
        """The article with this number, however its letters are written (`IIa` is `IIA`); None when it is not there."""
        wanted = number.strip().casefold()
        return next((article for article in self.articles if article.number.casefold() == wanted), None)

    def to_dict(self) -> dict[str, Any]:
        """For storage."""
        return {
            "schema": SCHEMA,
            "articles": [
                {"number": a.number, "law": a.law, "bwb": a.bwb, "span": [a.span.begin, a.span.end]}
                for a in self.articles
            ],
        }

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> BillTable:
        """The inverse of `to_dict`. Raises ValueError on a schema that this version does not know."""
        if stored.get("schema") != SCHEMA:
            raise ValueError(f"bill table with unknown schema {stored.get('schema')!r}")
        return cls(
            articles=tuple(
                BillArticle(number=a["number"], law=a["law"], bwb=a["bwb"], span=Span(*a["span"]))
                for a in stored["articles"]
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """One text of a bill, as it came in.

    dossier   36410, or 36410-XV for a part of the budget
    sequence  counts the texts of one bill from 1; the highest is the one in force
    label     what its version is called, in the words of who sent it; dated: the day of that version
    """

    dossier: str
    sequence: int
    received_at: datetime
    label: str | None
    dated: date | None
    sha256: str
    text: str
    table: BillTable


def split_dossier(text: str) -> tuple[str, str | None] | None:
    """The number of a bill and what may stand behind it: `36 410 XV` and `36410-XV` are ("36410", "XV"); None: no such name."""
    found = _DOSSIER.fullmatch(text)
    return ("".join(found["number"].split()), found["suffix"]) if found else None


def dossier_name(number: str, suffix: str | None) -> str:
    """The name that a bill goes by: 36410, 36410-XV."""
    return f"{number}-{suffix}" if suffix else number


def read_bill(text: str, laws: LawIndex = EMPTY) -> BillTable:
    """The table of a bill's text. Offsets are into `text`. Never raises; what is not clear is left out."""
    shown = plain(text)
    lines = lines_of(shown, 0, len(shown))
    found: list[BillArticle] = []
    for number, heading, begin, end in _articles(lines, len(shown)):
        if all(article.number != number for article in found[-50:]) and (law := _law(shown, heading, begin, end, laws)):
            found.append(BillArticle(number=number, law=law.name, bwb=law.bwb, span=law.span))
    return BillTable(articles=tuple(found))


def changed_article(text: str, part: Instruction, table: BillTable) -> tuple[BillArticle, Span] | None:
    """The article of the bill that a part of an amendment changes, and where in `text` the part names it.

    None when the part adds something beside an article, or when the table does not know the article.
    """
    match = _CHANGED.search(part.target or "")
    if match is None or match["beside"]:
        return None
    number = match["number"] or "I"
    article = table.article(number)
    if article is None:
        return None
    name = r"enig\s+artikel" if match["only"] else rf"artikel(?:en)?\s+{number}(?![\w.:])"
    named = re.compile(rf"{name}(?:,?\s+onderde(?:el|len)\s+[A-Za-z0-9]{{1,4}}(?![\w.]))?", re.IGNORECASE)
    found = named.search(text, part.span.begin, part.span.end)
    return article, Span(found.start(), found.end()) if found else part.span


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The part of a bill that a part of an amendment changes. `name`: "artikel I, onderdeel B"; `span` is into the bill."""

    name: str
    span: Span


def changed_passage(part: Instruction, text: str) -> Passage | None:
    """Where the bill's text stands that a part of an amendment changes; down to the lettered part, where that is clear.

    None when the part adds something beside an article, when the article is not there, and when what is there is so
    long that it is no help to show it.
    """
    match = _CHANGED.search(part.target or "")
    if match is None or match["beside"] or match["only"]:
        return None
    shown = plain(text)
    lines = lines_of(shown, 0, len(shown))
    wanted = match["number"].casefold()
    article = next((one for one in _articles(lines, len(shown)) if one[0].casefold() == wanted), None)
    if article is None:
        return None
    number, heading, _, end = article
    begin = next(line.begin for line in lines if heading.begin <= line.end)
    passage = Passage(name=f"artikel {number}", span=_trimmed(shown, begin, end))
    lettered = _LETTERED.match(part.target or "", match.end())
    if lettered is not None:
        heads = [line for line in lines if begin <= line.begin < end and _LETTER.fullmatch(line.text)]
        found = [index for index, line in enumerate(heads) if line.text.rstrip(".") == lettered["letter"]]
        if len(found) == 1:
            at = found[0]
            stop = heads[at + 1].begin if at + 1 < len(heads) else end
            name = f"{passage.name}, onderdeel {lettered['letter']}"
            passage = Passage(name=name, span=_trimmed(shown, heads[at].begin, stop))
    return passage if passage.span.end - passage.span.begin <= _LONGEST_PASSAGE else None


_LETTERED = re.compile(r", onderdeel (?P<letter>[A-Z]{1,3}[a-z]{0,2})(?![\w])")
_LETTER = re.compile(r"[A-Z]{1,3}[a-z]{0,2}\.?")
_LONGEST_PASSAGE = 8_000


def _trimmed(text: str, begin: int, end: int) -> Span:
    return Span(begin, begin + len(text[begin:end].rstrip()))


def with_bill(parsed: ParsedAmendment, text: str, table: BillTable) -> ParsedAmendment:
    """What was read, with the laws that the bill's table knows behind the changed articles (Source.BILL)."""
    told = [found for part in parsed.instructions if (found := changed_article(text, part, table))]
    mentions = (LawMention(name=a.law, bwb=a.bwb, source=Source.BILL, span=span) for a, span in told)
    return replace(parsed, laws=(*(law for law in parsed.laws if law.source is not Source.BILL), *mentions))


def _articles(lines: Sequence[Line], length: int) -> list[tuple[str, Span, int, int]]:
    """(number, rest of the heading line, begin and end of what follows) of the bill's own articles."""
    heads: list[tuple[re.Match[str], Line]] = []
    for line in lines:
        match = _HEADING.fullmatch(line.text) if len(line.text) <= 430 else None
        if match is not None and not _RUNNING_ON.match(match["rest"]) and not _is_change(match["rest"]):
            heads.append((match, line))
    by_roman = [head for head in heads if head[0]["roman"] and roman(head[0]["roman"]) is not None]
    own: list[tuple[re.Match[str], Line]] = []
    last = (0, "")
    for match, line in by_roman or heads:
        if match["roman"]:
            place = (roman(match["roman"]) or 0, match["added"].lower())
        else:
            digits = match["digits"].rstrip("abcdefghijklmnopqrstuvwxyz")
            place = (int(digits), match["digits"][len(digits) :])
        if place > last and place[0] <= last[0] + 5:
            own.append((match, line))
            last = place
    return [
        (
            match["number"],
            Span(line.begin + match.start("rest"), line.end),
            line.end,
            own[index + 1][1].begin if index + 1 < len(own) else length,
        )
        for index, (match, line) in enumerate(own)
    ]


def _is_change(rest: str) -> bool:
    """`Artikel 3 ... vervalt`: a sentence about an article, not the heading of one."""
    return _CHANGE.search(rest) is not None and rest.rstrip()[-1:] in ".:"


def _law(shown: str, heading: Span, begin: int, end: int, laws: LawIndex) -> Mention | None:
    """The law that an article changes: named in its heading, else in its first sentence with a verb of change."""
    if (named := find_laws(heading.quote(shown), laws)) and len(named) == 1:
        return _moved(named[0], heading.begin)
    position = begin
    for _ in range(_FIRST_LINES):
        limit = min(end, position + _OPENING)
        stop = _SENTENCE_END.search(shown, position, limit)
        sentence_end = stop.end() if stop else limit
        sentence = shown[position:sentence_end]
        if _CHANGE.search(masked(sentence, marked_quotes(sentence, 0, len(sentence)))):
            named = find_laws(masked(sentence, marked_quotes(sentence, 0, len(sentence))), laws)
            return _moved(named[0], position) if named else None
        position = sentence_end
        if position >= end:
            break
    return None


def _moved(mention: Mention, offset: int) -> Mention:
    return mention._replace(span=Span(mention.span.begin + offset, mention.span.end + offset))
