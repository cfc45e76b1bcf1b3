"""The amendment: metadata as handed in, and the values read from its text.

Offsets are in code points into the text that was given (into the title where a value says so); `text[span.begin:span.end]`
is the quote. What could not be read is None: nothing is ever guessed into existence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitter:
    """A member who signs. `party` is the parliamentary group as written, None where the text does not say it."""

    name: str
    party: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What was handed in. `text` is kept to the letter; the metadata says which parliamentary paper it is."""

    text: str
    title: str
    dossier_number: str | None = None
    dossier_suffix: str | None = None  # "XV" in 34300-XV
    paper_number: str | None = None  # ondernummer; None while it is a concept
    kind: str = "amendement"
    replaces: str | None = None  # the paper number this one comes in the place of, same dossier
    submitters: tuple[Submitter, ...] = ()
    received: date | None = None
    case_number: str | None = None  # zaaknummer, 2026Z01234


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points: text[begin:end]."""

    begin: int
    end: int

    def quote(self, text: str) -> str:
        return text[self.begin : self.end]


class Source(StrEnum):
    """Where a law's name was read."""

    TITLE = "titel"
    INSTRUCTION = "wijziging"
    NOTE = "toelichting"
    BILL = "wetsvoorstel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[T]):
    """A value that was read, and where. Span is None only where the value follows from several places."""

    value: T
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One numbered part ("I", "II") that changes the bill.

    number   the roman or other number it goes by, None when the text has a single unnumbered part
    span     the part in the text, its number line left out
    target   the first place it changes, in words: "artikel I, onderdeel V, artikel 673, tweede lid"; None when unread
    quoted   the new wording it brings (after "luidende:", or between guillemets), kept apart: article numbers and
             laws inside it are not what is being changed
    """

    number: str | None
    span: Span
    target: str | None
    quoted: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LawMention:
    """A law that the text or title names. `bwb` only where the list of laws knows it."""

    name: str
    bwb: str | None
    source: Source
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedAmendment:
    """Everything that was read from one text. Every field may be empty: a text that says nothing is still read."""

    dossier_number: Found[str] | None
    dossier_suffix: Found[str] | None
    paper_number: Found[str] | None
    kind: Found[str]
    replaces: Found[str] | None
    submitters: tuple[Found[str], ...]
    received: Found[date] | None
    title: Found[str] | None
    budget: bool
    instructions: tuple[Instruction, ...]
    laws: tuple[LawMention, ...]
    note: Span | None
    """The explanatory note (toelichting), without its heading and the signatures below it where they are recognised."""
