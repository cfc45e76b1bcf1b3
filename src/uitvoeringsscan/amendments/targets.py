"""What an instruction changes, in words: "artikel I, onderdeel V, artikel 673, tweede lid".

The places are read in the order of the sentence up to the word that brings the change; where the sentence goes on in
a list ("wordt als volgt gewijzigd:"), the first item of that list is read too. Quoted text is masked before this.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from uitvoeringsscan.amendments.lines import collapsed
from uitvoeringsscan.amendments.numerals import ORDINAL

_ARTICLE_NUMBER = (
    r"(?:[A-Z]{1,2}\s\d{1,3}[a-z]{0,3}|0?[IVXLC]{1,9}[A-Za-z]{0,3}|"
    r"\d{1,4}[A-Za-z]{0,4}\d{0,3}(?:[.:]\d{1,4}[A-Za-z]{0,4}\d{0,2}){0,3}|[A-Z])(?![\w'’])"
)
_AND = r"(?:\s?,\s|\s(?:en|of|tot\sen\smet|t/m|onderscheidenlijk)\s|,\sen\s)"
_PART_LABEL = (
    r"(?:\d{1,3}[a-z]{0,3}°?|0?[A-Z]{1,3}[a-z]{0,2}(?:\.\d{1,3})?|0[a-z]{1,2}|[a-z]\d{1,2}|[a-z]°?|([a-z])\1|"
    r"(?!in|is|na|en|op|of|te|de|er|om|ze|we|al)[a-z]{2})(?![\w'’])"
).replace(r"([a-z])\1", r"aa|bb|cc|dd|ee|ff|gg|hh|ii|jj|kk|ll|mm|nn|oo|pp|qq|rr|ss|tt|uu|vv|ww|xx|yy|zz")
_UNDER_LABEL = r"(?:\d{1,3}[a-z]?°?|[a-z]°?|ij|aa|bb|cc|dd|ee)(?![\w'’])"
_DIVISION_NUMBER = r"(?:\d{1,3}[a-z]{0,2}(?:[.:]\d{1,3}[a-z]?){0,4}|[IVXLC]{1,7}[a-zA-Z]?|[A-Z])(?![\w'’])"

_PLACE = re.compile(
    rf"(?<![\w-])(?:"
    rf"(?P<division>(?:[Hh]oofdstuk|[Aa]fdeling|[Pp]aragraaf|[Tt]itel|[Bb]oek|[Bb]ijlage|[Ss]ubparagraaf|"
    rf"[Dd]eel)\s{_DIVISION_NUMBER})"
    rf"|(?P<article>[Ee]nig\sartikel|[Aa]rtikelen\s{_ARTICLE_NUMBER}(?:{_AND}{_ARTICLE_NUMBER}){{0,12}}|"
    rf"[Aa]rtikel\s{_ARTICLE_NUMBER})"
    rf"|(?P<member>{ORDINAL}(?:{_AND}(?:het\s)?{ORDINAL}){{0,8}}\s(?:lid|leden)|[Ll]id\s\d{{1,3}}[a-z]?|"
    rf"[Ll]eden\s\d{{1,3}}(?:{_AND}\d{{1,3}}){{1,6}})"
    rf"|(?P<part>(?:[Ss]ub)?[Oo]nderde(?:el|len)\s{_PART_LABEL}(?:{_AND}{_PART_LABEL}){{0,8}}|"
    rf"[Oo]nder\s{_UNDER_LABEL}(?:{_AND}{_UNDER_LABEL}){{0,4}}"
    rf"|{ORDINAL}(?:{_AND}{ORDINAL}){{0,4}}\s(?:onderde(?:el|len)|gedachtestreepje|aandachtsstreepje))"
    rf"|(?P<sentence>(?:{ORDINAL}(?:{_AND}{ORDINAL}){{0,4}}\s(?:volzin(?:nen)?|zin(?:nen)?|alinea))|(?:(?<=de\s)|"
    rf"(?<=,\s))[Aa]anhef)"
    r"|(?P<whole>[Oo]pschrift|[Bb]eweegreden(?:en)?|[Cc]onsiderans|[Cc]iteertitel|"
    r"(?:departementale\s)?[Bb]egrotingssta(?:at|ten)|[Tt]arieftabel|[Tt]abel|[Bb]ijlage)"
    r")(?![\w-])"
)
_RANKS = {"whole": 0, "division": 0, "article": 1, "member": 2, "part": 3, "sentence": 4}
_STOP = re.compile(
    r"(?<![\w-])(?:luidende?|vervangen|ingevoegd|toegevoegd|geplaatst|als\s+volgt|bedoeld|zoals|te\s+luiden|gedrukt"
    r"|onder\s+(?:vervanging|vernummering|verlettering|toevoeging))(?![\w-])|:(?=\s|$)|;|[a-z»)]\.(?=\s{1,9}[A-Z•]|"
    r"\s{0,9}(?:\n|$))"
)
_LIST = re.compile(r"als\s+volgt\s+gewijzigd\s?:?")
_ITEM_LABEL = re.compile(
    r"[\s•·▪]{0,20}(?:(?:\d{1,3}[a-z]?[.)]?|0?[A-Z]{1,3}[a-z]?(?:[.)]|(?=\s{0,9}\n))|[a-z]{1,2}[.)])\s)?\s{0,20}"
)
_BEFORE = re.compile(r"(?<![\w-])(na|voor)\s(?:het\s|de\s|in\s)?$", re.IGNORECASE)
_OF = re.compile(r"(?<![\w-])van\s(?:het\s|de\s)?(?:voorgestelde\s|huidige\s)?$")
_INSERTED = re.compile(
    r"in-?\s{0,3}ge-?\s{0,3}voegd|toe-?\s{0,3}ge-?\s{0,3}voegd|geplaatst"
)  # also split at a line's end
_BUDGET_NAME = re.compile(
    r"[Aa]rtikel(?:en)?\s(?P<number>\d{1,3}[a-z]?)(?:\s(?P<name>\(?[A-Z][^\n«]{2,120}?))?"
    r"(?:,?\s(?:van|in)\sde\s(?:departementale\s)?begrotingssta(?:at|ten))?\s?,?\s(?:wordt|worden)(?!\w)"
)
_CLAUSE = 700
_MOST_PLACES = 10
READ = 4000
"""Characters of a part that matter here: five clauses at most."""


class _Place(NamedTuple):
    words: str
    rank: int
    neighbour: str  # "na" or "voor" when something new comes beside this place


def _clause_end(masked: str, begin: int, limit: int) -> tuple[int, bool]:
    """Where the naming of places stops, and whether a list of changes follows there."""
    stop = _STOP.search(masked, begin, limit)
    if stop is None:
        return limit, False
    follows = _LIST.match(masked, stop.start())
    return (
        (stop.start(), True)
        if follows
        else (stop.start() + (stop.group()[0].islower() and stop.group()[-1] == "."), False)
    )


def _places(masked: str, begin: int, end: int, inserting: bool) -> list[_Place]:
    found: list[_Place] = []
    for match in _PLACE.finditer(masked, begin, end):
        kind = str(match.lastgroup)
        words = collapsed(match.group())
        before = masked[max(begin, match.start() - 40) : match.start()]
        side = _BEFORE.search(before) if inserting else None
        place = _Place(
            words[0].lower() + words[1:] if words[:2] != "IJ" else words, _RANKS[kind], side[1].lower() if side else ""
        )
        if found and _OF.search(before):
            spot = len(found)
            while spot and found[spot - 1].rank > place.rank:
                spot -= 1
            found.insert(spot, place)
        elif all(place.words != other.words for other in found):
            found.append(place)
        if len(found) >= _MOST_PLACES:
            break
    return found


def read_target(masked: str) -> str | None:
    """The place that a part (its quotes masked) changes first; None when it names none."""
    places: list[_Place] = []
    position, end = 0, len(masked)
    for _ in range(5):
        limit = min(end, position + _CLAUSE)
        stop, listed = _clause_end(masked, position, limit)
        inserting = _INSERTED.search(masked, position, min(end, stop + 120)) is not None
        new = _places(masked, position, stop, inserting)
        places.extend(place for place in new if all(place.words != other.words for other in places))
        if not listed:
            break
        after = _LIST.match(masked, stop)
        label = _ITEM_LABEL.match(masked, after.end() if after else stop)
        position = label.end() if label else stop
        if position >= end:
            break
    if len(places) > 1 and places[0].rank == 0 and "begrotingssta" in places[0].words:
        places = places[1:]
    return ", ".join(f"{p.neighbour} {p.words}" if p.neighbour else p.words for p in places) or None


def read_budget_target(masked: str) -> str | None:
    """`artikel 10 Tegemoetkoming ouders`: an article of a budget, with the name that it carries there."""
    match = _BUDGET_NAME.search(masked, 0, _CLAUSE)
    if match is None:
        return read_target(masked)
    name = match["name"]
    return f"artikel {match['number']} {collapsed(name)}" if name else f"artikel {match['number']}"
