"""What people type, and what they mean by it: figures, amounts, dates, yes and no, the Dutch way.

Forgiving where a reader would not hesitate ("€ 1,5 mln", "10 t/m 12", "1-7-2028"), and a clear question back where one
would ("1.5", "juli 2028", "500 - 2 mln"). A wrong guess about money ends up before Parliament; a question costs seconds.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

MAX_TYPED = 80
"""Characters; the longest range that means anything is shorter."""

FIRST_YEAR, LAST_YEAR = 1900, 2200


class Misread(ValueError):
    """An answer that cannot be taken. `code` is stable; `message` is Dutch and says how to go on."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


_UNITS = {
    "": 0,
    "duizend": 3,
    "mln": 6,
    "mln.": 6,
    "miljoen": 6,
    "mld": 9,
    "mld.": 9,
    "miljard": 9,
}

_DIGITS = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)"
_NUMBER = rf"(?P<sign>[-−]? ?)(?:(?:€|eur|euro) ?)?(?P<minus>[-−]?)(?P<whole>{_DIGITS})(?:,(?P<part>[0-9]+|--?|–|—))?"
_AFTER = r"(?: ?(?P<unit>duizend|mln\.?|miljoen|mld\.?|miljard))?(?: ?(?:euro|eur|€|fte))?"
_FIGURE = re.compile(_NUMBER + _AFTER, re.IGNORECASE)
_BETWEEN = re.compile(r"(?<=[0-9a-z€.,]) ?(?:-|–|—|\btot en met\b|\bt/m\b|\btot\b) ?(?=[-−0-9€e])", re.IGNORECASE)


def range_of(text: str, example: str) -> Any:
    """ "10", "€ 1,5 mln", "10 - 12" -> a JSON number, or {"laag", "hoog"}. Order and bounds are checked by the reader.

    example  what somebody who wrote something else is shown: "250.000, of 1 mln - 2,5 mln"
    """
    if len(text) > MAX_TYPED:
        raise Misread("te-lang", "Schrijf alleen het getal, en de uitleg in de toelichting.")
    if _FIGURE.fullmatch(text):
        return _figure(text)[0]
    for found in _BETWEEN.finditer(text):
        left, right = text[: found.start()].strip(), text[found.end() :].strip()
        if _FIGURE.fullmatch(left) and _FIGURE.fullmatch(right):
            (low, low_unit), (high, high_unit) = _figure(left), _figure(right)
            if low_unit != high_unit and not low_unit and low:
                raise Misread(
                    "verkeerde-soort",
                    f"Schrijf ook bij het eerste getal of het {high_unit} is, of schrijf beide getallen voluit.",
                )
            return {"laag": low, "hoog": high}
    if re.search(r"[0-9]\.[0-9]", text):
        raise Misread(
            "verkeerde-soort", "Schrijf een komma voor decimalen (1,5) en punten alleen per duizend (2.500.000)."
        )
    raise Misread("verkeerde-soort", f"Schrijf een getal, of van laag tot hoog; bijvoorbeeld {example}.")


def _figure(text: str) -> tuple[int | float, str]:
    found = _FIGURE.fullmatch(text)
    assert found is not None
    unit = (found["unit"] or "").casefold()
    part = found["part"] or ""
    fraction = part if part.isdigit() else ""
    if not unit and len(fraction) == 3:
        raise Misread(
            "verkeerde-soort",
            f"Is {text} duizendtallen of een deel? Schrijf een punt per duizend, een komma voor decimalen.",
        )
    whole = re.sub(r"[^0-9]", "", found["whole"])
    figure = Decimal(f"{whole}.{fraction or 0}").scaleb(_UNITS[unit])
    if found["sign"].strip() or found["minus"]:
        figure = -figure
    return (int(figure) if figure == figure.to_integral_value() else float(figure)), unit


def number_text(figure: Decimal) -> str:
    """2500000 -> "2.500.000", 12.5 -> "12,5", 3.0 -> "3"."""
    plain = f"{figure.normalize():,f}" if figure else "0"
    return plain.translate(str.maketrans(",.", ".,"))


# Dates

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_SHORT = {
    "jan": 1,
    "feb": 2,
    "mrt": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
    "nov": 11,
    "dec": 12,
}
_MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS, start=1)} | _SHORT


def date_of(text: str) -> str:
    """ "1 juli 2028", "1-7-2028", "1/7/2028", "2028-07-01" -> "2028-07-01". A month or a year alone is not a date."""
    lowered = text.casefold()
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", lowered):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})", lowered):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
    elif (found := re.fullmatch(r"([0-9]{1,2})(?:e)? ([a-z]+)\.? ([0-9]{4})", lowered)) and found[2] in _MONTH_NUMBERS:
        day, month, year = int(found[1]), _MONTH_NUMBERS[found[2]], int(found[3])
    elif re.fullmatch(r"(?:([a-z]+)\.? |[0-9]{1,2}[-/])?[0-9]{4}", lowered):
        raise Misread("ongeldige-datum", "Schrijf ook de dag, bijvoorbeeld 1 juli 2028.")
    else:
        raise Misread(
            "ongeldige-datum", "Schrijf een datum, bijvoorbeeld 1 juli 2028 of 1-7-2028, met het jaar in vier cijfers."
        )
    return calendar_date(year, month, day).isoformat()


def calendar_date(year: int, month: int, day: int) -> date:
    """The date, if there is such a day. Raises Misread."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Misread("ongeldige-datum", f"Het jaar moet tussen {FIRST_YEAR} en {LAST_YEAR} liggen.")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Misread("ongeldige-datum", "Deze dag bestaat niet. Kijk de dag en de maand na.") from error


def date_text(day: date) -> str:
    """ "1 juli 2028"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


# Yes and no

_YES_NO = {"ja": True, "true": True, "j": True, "nee": False, "false": False, "n": False}


def yes_no(text: str) -> bool:
    try:
        return _YES_NO[text.casefold()]
    except KeyError:
        raise Misread("verkeerde-soort", "Antwoord met ja of nee.") from None
