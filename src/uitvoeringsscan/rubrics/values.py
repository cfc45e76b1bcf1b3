"""What an answer can be once it has been read, whatever door it came through.

keuze                 the code of an option
meerkeuze             codes of options, each once, in the order of the rubric
ja-nee                a bool
getal, bedrag, fte    a Range; one figure is a range of equal ends
datum                 a date
tekst                 a str
any of them           UNKNOWN, when the agency says that it does not know: never the same as no answer
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Range:
    """From low to high, both included; low <= high. Euros are whole, fte has one decimal; may be negative (a saving)."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"a range from {self.low} to {self.high} is upside down")

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)


class Unknown(Enum):
    """A type of its own, so that no comparison can take it for an option code or a text."""

    UNKNOWN = "onbekend"


UNKNOWN: Final[Literal[Unknown.UNKNOWN]] = Unknown.UNKNOWN

Value: TypeAlias = str | tuple[str, ...] | bool | Range | date | Unknown
