"""When the amendment wants to be in force, read from the words themselves, each reading with its quote.

Read in this order, and the first place that says it decides: the changes it makes, its explanatory note, the bill it
changes. "Treedt in werking met ingang van 1 januari 2027" says a day; "op een bij koninklijk besluit te bepalen tijdstip"
and "met ingang van de dag na de uitgifte van het Staatsblad" say that there is no day yet. A day without the words "in
werking" ("met ingang van 1 januari 2027") counts only where that place names no other day, and in the note only in a
sentence about the amendment: a note also tells how things are now. In the bill only what it says of itself ("deze wet")
counts. Nothing is guessed: a period ("drie jaar na ...") or a bare year is no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from uitvoeringsscan.amendments.amendment import ParsedAmendment, Span
from uitvoeringsscan.amendments.lines import collapsed, plain


class When(StrEnum):
    DAY = "datum"
    DECREE = "koninklijk-besluit"
    PUBLICATION = "na-publicatie"


class Origin(StrEnum):
    """Where it was read; `opgave`: somebody said so."""

    INSTRUCTION = "wijziging"
    NOTE = "toelichting"
    BILL = "wetsvoorstel"
    GIVEN = "opgave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intended:
    """
    day      None unless `when` is a day
    quote    the words it was read from; for what was given, the explanation
    span     where those stand, in code points of the amendment or the bill; None for what was given
    several  the same place names other days as well
    """

    when: When
    day: date | None
    quote: str
    origin: Origin
    span: Span | None = None
    several: bool = False


_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_DAY = rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)}) (?P<year>20\d\d)"
_IN_FORCE = r"(?<!\w)(?:treed(?:t|en)|trad(?:en)?|getreden|treden)(?!\w)"
_SENTENCE = re.compile(r"[^\s.;](?:[^.;\n]|\.(?=\d)|\n(?!\s*\n))*", re.DOTALL)
_FORCE = re.compile(
    rf"{_IN_FORCE}[^.;]*\bin werking\b|\bin werking\b[^.;]*{_IN_FORCE}|\binwerkingtreding\b", re.IGNORECASE
)
_FORCE_DAY = re.compile(rf"\b(?:met ingang van|op|per|van)\s+{_DAY}", re.IGNORECASE)
_WEAK_DAY = re.compile(rf"\b(?:met ingang van|ingaande|per)\s+{_DAY}", re.IGNORECASE)
_DECREE = re.compile(r"\bbij koninklijk besluit\s+(?:te bepalen|vast te stellen|bepaald)", re.IGNORECASE)
_OF_ITSELF = re.compile(r"\b(?:deze|de artikelen van deze) wet\b", re.IGNORECASE)
_AMENDMENT = re.compile(r"amendement", re.IGNORECASE)
_PUBLICATION = re.compile(r"\bstaatsblad\s+waarin\b|\buitgifte\s+van\s+het\s+staatsblad\b", re.IGNORECASE)


def intended(text: str, parsed: ParsedAmendment, bill: str | None = None) -> Intended | None:
    """What the amendment, or else the bill as it lies there, says about its day; None where neither says it."""
    shown = _one_spaced(text)
    for part in parsed.instructions:
        if found := _read(text, shown, part.span, Origin.INSTRUCTION):
            return found
    if parsed.note and (found := _read(text, shown, parsed.note, Origin.NOTE)):
        return found
    return _read(bill, _one_spaced(bill), Span(0, len(bill)), Origin.BILL) if bill is not None else None


def _one_spaced(text: str) -> str:
    """Line ends within a sentence are spaces to a reader; a blank line ends it. Same length."""
    return re.sub(r"(?<!\n)\n(?!\s*\n)", " ", plain(text).replace("\r", " "))


def _read(text: str, shown: str, within: Span, origin: Origin) -> Intended | None:
    sentences = [Span(match.start(), match.end()) for match in _SENTENCE.finditer(shown, within.begin, within.end)]
    if origin is Origin.BILL:
        sentences = [one for one in sentences if _OF_ITSELF.search(shown, one.begin, one.end)]
    named = [found for one in sentences for found in _strong(shown, one)]
    if not named and origin is not Origin.BILL:
        named = _weak(shown, sentences, about=_AMENDMENT if origin is Origin.NOTE else None)
    if not named:
        return None
    when, day, span = named[0]
    return Intended(
        when=when,
        day=day,
        quote=_quote(text, span),
        origin=origin,
        span=span,
        several=len({(when, day) for when, day, _ in named}) > 1,
    )


_Reading = tuple[When, date | None, Span]


def _strong(shown: str, sentence: Span) -> Iterator[_Reading]:
    """What a sentence about entering into force says: its days, or else that the day is still to be set."""
    if _FORCE.search(shown, sentence.begin, sentence.end) is None:
        return
    days = [day for match in _FORCE_DAY.finditer(shown, sentence.begin, sentence.end) if (day := _day(match))]
    yield from ((When.DAY, day, sentence) for day in days)
    if not days and _DECREE.search(shown, sentence.begin, sentence.end):
        yield When.DECREE, None, sentence
    elif not days and _PUBLICATION.search(shown, sentence.begin, sentence.end):
        yield When.PUBLICATION, None, sentence


def _weak(shown: str, sentences: list[Span], *, about: re.Pattern[str] | None) -> list[_Reading]:
    """The one day that is named as a beginning; none where there are two."""
    found: list[_Reading] = [
        (When.DAY, day, sentence)
        for sentence in sentences
        if about is None or about.search(shown, sentence.begin, sentence.end)
        for match in _WEAK_DAY.finditer(shown, sentence.begin, sentence.end)
        if (day := _day(match))
    ]
    return found if len({day for _, day, _ in found}) == 1 else []


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), _MONTHS.index(match["month"].lower()) + 1, int(match["day"]))
    except ValueError:
        return None


_LONGEST = 400


def _quote(text: str, span: Span) -> str:
    words = collapsed(span.quote(text)).strip('«»"“”„ ')
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
