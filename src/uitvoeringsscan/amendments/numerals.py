"""Numbering as parliamentary papers use it: romans, letters, digits, and the signs for what is put in between."""

from __future__ import annotations

import re
from functools import lru_cache

_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_COUNTED = re.compile(r"(\d{1,3})([a-zA-Z]{0,2})")

_UNITS = "een twee drie vier vijf zes zeven acht negen".split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_FIRST = (
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende "
    "vijftiende zestiende zeventiende achttiende negentiende"
).split()
ORDINAL_WORDS = (*_FIRST, *(f"{ten}ste" for ten in _TENS))
ORDINAL = (
    rf"(?:(?:(?:{'|'.join(_UNITS)})(?:en|ën))?(?:{'|'.join(_TENS)})ste|{'|'.join(_FIRST)}"
    r"|voorlaatste|laatste|enige|\d{1,3}(?:e|de|ste))"
)
"""A pattern for an ordinal in words or digits: eerste, eenentwintigste, 3e."""


@lru_cache(maxsize=1000)
def roman(text: str) -> int | None:
    """The value of a well-formed roman numeral in capitals, else None."""
    if not text or len(text) > 15 or _ROMAN.fullmatch(text) is None:
        return None
    total = 0
    for sign, following in zip(text, f"{text[1:]} ", strict=True):
        value = _VALUES[sign]
        total += -value if value < _VALUES.get(following, 0) else value
    return total


def follows(label: str, previous: str) -> bool:
    """Whether `label` can come right after `previous` in one list: 2 or 1a after 1, 2 after 1a, 1 after 01, B after A."""
    if previous.startswith("0"):
        return label == previous.lstrip("0")
    here, before = _COUNTED.fullmatch(label), _COUNTED.fullmatch(previous)
    if here is not None and before is not None:
        number, last = int(here[1]), int(before[1])
        return (number == last + 1 and not here[2]) or (number == last and here[2] > before[2])
    if here is not None or before is not None:
        return False
    if label.isupper() != previous.isupper() and len(label) == len(previous):
        return False
    stem = previous[:-1]
    return label == _next(previous) or (bool(stem) and label == _next(stem)) or (label[:-1] == previous)


def _next(label: str) -> str:
    """The letter after this one; `AA` comes after `Z`."""
    if label in {"z", "Z"}:
        return "aa" if label == "z" else "AA"
    return label[:-1] + chr(ord(label[-1]) + 1)


def opens(label: str) -> bool:
    """Whether a list can begin with this label."""
    return label in {"1", "A", "a"} or label.startswith("0")
