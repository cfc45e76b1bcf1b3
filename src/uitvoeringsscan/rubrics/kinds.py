"""The types of question, as one table: what each reads, writes, shows, and accepts from a keyboard.

    read       JSON value -> Value                    (strict: a machine says what it means)
    write      Value -> JSON value                    read(write(v)) == v
    show       Value -> a few Dutch words             for a page, a letter, a form that is filled in again
    from_text  what a person typed -> JSON value      (forgiving, but never guessing); see `rubrics.typed`

A new type is a member of `Kind` and a row in `KINDS`, and nothing else: pages, API, checks and scoring ask the row.
"onbekend" is no part of a row: every type takes it, and it is dealt with here, once.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, cast

from uitvoeringsscan.rubrics import typed
from uitvoeringsscan.rubrics.model import UNKNOWN_CODE, Kind, Question
from uitvoeringsscan.rubrics.typed import Misread
from uitvoeringsscan.rubrics.values import UNKNOWN, Range, Value

Wire: TypeAlias = Any
"""A JSON value as `json.loads` gives it."""

NUMBER_CAP = 10**13
"""No figure about the work of an agency is larger than this, in euros, people or fte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRules:
    """One row. `options` and `length` say which settings a question may have.

    decimals  None for what is not a figure
    several   an answer is a list
    field     how it is asked on a page: text, textarea, radios, checkboxes
    example   what somebody may write in the field
    """

    read: Callable[[Question, Wire], Value]
    write: Callable[[Value], Wire]
    show: Callable[[Question, Value], str]
    from_text: Callable[[Question, str], Wire]
    decimals: int | None = None
    options: bool = False
    length: bool = False
    several: bool = False
    field: Literal["text", "textarea", "radios", "checkboxes"] = "text"
    example: str = ""


def read(question: Question, raw: Wire) -> Value | None:
    """The value of a JSON answer; None when nothing was answered (null, empty text, an empty list of choices).

    Raises Misread with a stable code and a Dutch sentence. "onbekend" is a value: UNKNOWN.
    """
    if raw is None or (raw == [] and KINDS[question.kind].several) or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, str) and raw.strip() == UNKNOWN_CODE:
        return UNKNOWN
    return KINDS[question.kind].read(question, raw)


def write(question: Question, value: Value) -> Wire:
    return UNKNOWN_CODE if value is UNKNOWN else KINDS[question.kind].write(value)


def show(question: Question, value: Value) -> str:
    return "Onbekend" if value is UNKNOWN else KINDS[question.kind].show(question, value)


def from_text(question: Question, text: str) -> Wire:
    """What a person typed, as the JSON value it means; None when the field is empty. Raises Misread when unclear."""
    cleaned = " ".join(text.split()) if question.kind is not Kind.TEXT else text.strip()
    if not cleaned:
        return None
    if cleaned.casefold() == UNKNOWN_CODE:
        return UNKNOWN_CODE
    return KINDS[question.kind].from_text(question, cleaned)


def clean_text(raw: str, limit: int) -> str:
    """Text as it may be kept and printed: line ends as \\n, no white space around it. Raises Misread.

    Refused: control characters, lone surrogates, and the characters that turn the reading direction of what follows,
    with which a public text could be made to read differently from what was approved.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    for character in text:
        if character in "\n\t":
            continue
        if unicodedata.category(character) in ("Cc", "Cs") or character in _DIRECTION:
            raise Misread(
                "ongeldige-tekens",
                f"Hier staat een teken dat niet kan (U+{ord(character):04X}). Haal het weg of typ de tekst over.",
            )
    if len(text) > limit:
        raise Misread("te-lang", f"Dit zijn {len(text)} tekens; er passen er {limit}. Maak de tekst korter.")
    return text


_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# keuze, meerkeuze


def _read_choice(question: Question, raw: Wire) -> Value:
    if not isinstance(raw, str):
        raise Misread("verkeerde-soort", "Kies één van de antwoorden.")
    return _option(question, raw)


def _read_choices(question: Question, raw: Wire) -> Value:
    if not isinstance(raw, list | tuple) or not all(isinstance(item, str) for item in raw):
        raise Misread("verkeerde-soort", "Geef een lijst van antwoorden, of 'onbekend'.")
    chosen = {_option(question, item) for item in raw}
    return tuple(option.code for option in question.options if option.code in chosen)


def _option(question: Question, code: str) -> str:
    if question.option(code) is None:
        codes = ", ".join(option.code for option in question.options)
        raise Misread("onbekende-optie", f"Dit antwoord bestaat niet. Kies uit: {codes} (of onbekend).")
    return code


def _option_text(question: Question, code: str) -> str:
    option = question.option(code)
    return option.text if option else code


# ja-nee


def _read_yes_no(question: Question, raw: Wire) -> Value:
    if not isinstance(raw, bool):
        raise Misread("verkeerde-soort", "Antwoord met ja of nee.")
    return raw


# getal, bedrag, fte


def _read_range(question: Question, raw: Wire) -> Value:
    if isinstance(raw, Mapping):
        if set(raw) != {"laag", "hoog"}:
            raise Misread("verkeerde-soort", "Geef één getal, of het laagste en het hoogste getal.")
        low, high = (_figure(question, raw[end]) for end in ("laag", "hoog"))
    else:
        low = high = _figure(question, raw)
    if low > high:
        raise Misread("laag-boven-hoog", "Het laagste getal is hoger dan het hoogste. Wissel ze om.")
    return Range(low, high)


def _figure(question: Question, raw: Wire) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or (isinstance(raw, float) and not math.isfinite(raw)):
        raise Misread("verkeerde-soort", "Geef een getal.")
    decimals = KINDS[question.kind].decimals or 0
    minimum = Decimal(-NUMBER_CAP) if question.minimum is None else max(question.minimum, Decimal(-NUMBER_CAP))
    maximum = Decimal(NUMBER_CAP) if question.maximum is None else min(question.maximum, Decimal(NUMBER_CAP))
    # Pulled in while it is still an int: comparing a million digits with a Decimal takes minutes.
    raw = max(-NUMBER_CAP - 1, min(raw, NUMBER_CAP + 1))
    if raw < minimum:
        raise Misread("te-klein", f"Dit getal is te klein; het laagste dat kan is {typed.number_text(minimum)}.")
    if raw > maximum:
        raise Misread("te-groot", f"Dit getal is te groot; het hoogste dat kan is {typed.number_text(maximum)}.")
    figure = Decimal(str(raw))
    rounded = round(figure, decimals)
    if figure != rounded:
        allowed = "een heel getal" if decimals == 0 else f"een getal met ten hoogste {decimals} cijfer achter de komma"
        raise Misread("te-veel-decimalen", f"Geef {allowed}.")
    return rounded if rounded else abs(rounded)


def _write_range(value: Value) -> Wire:
    both = cast(Range, value)
    if both.low == both.high:
        return _json_number(both.low)
    return {"laag": _json_number(both.low), "hoog": _json_number(both.high)}


def _json_number(figure: Decimal) -> int | float:
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def _show_range(prefix: str, suffix: str) -> Callable[[Question, Value], str]:
    def show_range(question: Question, value: Value) -> str:
        both = cast(Range, value)
        ends = (both.low,) if both.low == both.high else (both.low, both.high)
        return " tot ".join(f"{prefix}{typed.number_text(end)}" for end in ends) + suffix

    return show_range


def _figures(*, decimals: int, example: str, prefix: str = "", suffix: str = "") -> KindRules:
    return KindRules(
        read=_read_range,
        write=_write_range,
        show=_show_range(prefix, suffix),
        from_text=lambda question, text: typed.range_of(text, example),
        decimals=decimals,
        example=example,
    )


# datum


def _read_date(question: Question, raw: Wire) -> Value:
    if not isinstance(raw, str):
        raise Misread("verkeerde-soort", "Geef een datum, bijvoorbeeld 2027-01-01.")
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", raw.strip())
    if found is None:
        raise Misread("ongeldige-datum", "Geef een datum als jaar-maand-dag, bijvoorbeeld 2027-01-01.")
    return typed.calendar_date(*(int(part) for part in found.groups()))


# tekst


def _read_text(question: Question, raw: Wire) -> Value:
    if not isinstance(raw, str):
        raise Misread("verkeerde-soort", "Geef een tekst.")
    return clean_text(raw, question.length_limit)


def _same(value: Value) -> Wire:
    return value


KINDS: Mapping[Kind, KindRules] = MappingProxyType(
    {
        Kind.CHOICE: KindRules(
            read=_read_choice,
            write=_same,
            show=lambda question, value: _option_text(question, cast(str, value)),
            from_text=lambda question, text: text,
            options=True,
            field="radios",
        ),
        Kind.CHOICES: KindRules(
            read=_read_choices,
            write=lambda value: list(cast("tuple[str, ...]", value)),
            show=lambda question, value: "; ".join(
                _option_text(question, code) for code in cast("tuple[str, ...]", value)
            ),
            from_text=lambda question, text: text.replace(",", " ").split(),
            options=True,
            several=True,
            field="checkboxes",
        ),
        Kind.YES_NO: KindRules(
            read=_read_yes_no,
            write=_same,
            show=lambda question, value: "Ja" if value else "Nee",
            from_text=lambda question, text: typed.yes_no(text),
            field="radios",
        ),
        Kind.NUMBER: _figures(decimals=0, example="12.500, of 10.000 - 15.000"),
        Kind.AMOUNT: _figures(decimals=0, example="250.000, of 1 mln - 2,5 mln", prefix="€ "),
        Kind.FTE: _figures(decimals=1, example="2,5, of 2 - 4", suffix=" fte"),
        Kind.DATE: KindRules(
            read=_read_date,
            write=lambda value: cast(date, value).isoformat(),
            show=lambda question, value: typed.date_text(cast(date, value)),
            from_text=lambda question, text: typed.date_of(text),
            example="25 december 2026",
        ),
        Kind.TEXT: KindRules(
            read=_read_text,
            write=_same,
            show=lambda question, value: cast(str, value),
            from_text=lambda question, text: text,
            length=True,
            field="textarea",
        ),
    }
)
