"""Punctuality in words and for the picture: the same form for every agency, small numbers as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from uitvoeringsscan.presentation import dutch
from uitvoeringsscan.publication.punctuality import FEWEST, Punctuality

HEADERS = ("Organisatie", "Gevraagd", "Op tijd", "Te laat", "Geen reactie", "Tijd tot antwoord (mediaan)", "Periode")


@dataclass(frozen=True, slots=True, kw_only=True)
class PunctualityRow:
    code: str
    name: str
    cells: tuple[str, ...]
    bar: tuple[str, int, int]


def punctuality_rows(found: Sequence[Punctuality]) -> list[PunctualityRow]:
    return [_row(one) for one in found]


def _row(one: Punctuality) -> PunctualityRow:
    return PunctualityRow(
        code=one.agency,
        name=one.name,
        cells=(
            str(one.asked),
            str(one.in_time),
            str(one.late),
            str(one.silent),
            hours(one.median_hours),
            between(one.first, one.last),
        ),
        bar=(one.short_name, one.asked, one.late + one.silent),
    )


def between(first: datetime, last: datetime) -> str:
    days = list(dict.fromkeys(dutch.day(dutch.as_day(moment)) for moment in (first, last)))
    return " en ".join(days)


def hours(value: float | None) -> str:
    """A median in hours, and in days from two days on."""
    if value is None:
        return f"minder dan {FEWEST} antwoorden"
    if value < 1:
        return "minder dan een uur"
    if value < 48:
        return f"{round(value)} uur"
    return f"{value / 24:.1f} dagen".replace(".", ",")
