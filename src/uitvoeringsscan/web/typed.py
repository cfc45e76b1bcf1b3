"""What people type in a form, read as they meant it. A value that cannot be read keeps its words and gets a problem."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from uitvoeringsscan.errors import Problem
from uitvoeringsscan.presentation.dutch import MONTHS, ZONE

_NUMBERED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDED = re.compile(r"(?:[a-z]+ )?(\d{1,2}) ([a-z]+)\.? (\d{4})")
_CLOCK = re.compile(r"(\d{1,2})[.:u](\d{2})(?: ?uur)?")
_MONTH_BY_WORD = {name[:length]: number for number, name in enumerate(MONTHS, 1) for length in (3, len(name))} | {
    "mrt": 3
}


def read_day(text: str) -> date | None:
    """ "8 december 2026", "8-12-2026", "di 8 dec 2026", "2026-12-08"; ValueError when it is none of these; None when empty."""
    words = " ".join(text.casefold().split())
    if not words:
        return None
    if found := _ISO.fullmatch(words):
        year, month, day = map(int, found.groups())
    elif found := _NUMBERED.fullmatch(words):
        day, month, year = map(int, found.groups())
    elif (found := _WORDED.fullmatch(words)) and found[2] in _MONTH_BY_WORD:
        day, month, year = int(found[1]), _MONTH_BY_WORD[found[2]], int(found[3])
    else:
        raise ValueError("not a date")
    return date(year, month, day)


def read_moment(day: str, clock: str, field: str, problems: list[Problem]) -> datetime | None:
    """A day and a time of day in The Hague. Both empty is None; one of the two, or an unreadable one, is a problem."""
    if not day.strip() and not clock.strip():
        return None
    try:
        on = read_day(day)
        found = _CLOCK.fullmatch(" ".join(clock.casefold().split()))
        if on is None or found is None:
            raise ValueError("incomplete")
        return datetime.combine(on, time(int(found[1]), int(found[2])), ZONE)
    except ValueError:
        message = "Schrijf de dag zoals 8 december 2026, en de tijd zoals 16.00."
        problems.append(Problem(code="ongeldige-datum", field=field, message=message))
        return None
