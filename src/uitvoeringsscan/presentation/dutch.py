"""How dates, times, money, staffing and lists are written for a Dutch reader. Pure: the clock is always an argument.

Dates may be a `date`, a `datetime` with an offset, or the ISO text that stands in a publication, so that one and the same
page can be drawn from the database and from a published document. Moments are shown in the time of The Hague.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

MINUS = "\N{MINUS SIGN}"

Day = date | datetime | str
Number = Decimal | int | float | str


def as_moment(value: datetime | str) -> datetime:
    """The moment in Dutch time. ValueError for a datetime without an offset: nobody knows when that is."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs an offset: {value!r}")
    return moment.astimezone(ZONE)


def as_day(value: Day) -> date:
    """The calendar day in the Netherlands: 23.30 UTC on the first is the second there."""
    if isinstance(value, datetime):
        return as_moment(value).date()
    if isinstance(value, date):
        return value
    return as_moment(value).date() if "T" in value else date.fromisoformat(value)


def day(value: Day) -> str:
    """8 december 2026"""
    on = as_day(value)
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def long_day(value: Day) -> str:
    """dinsdag 8 december 2026"""
    return f"{WEEKDAYS[as_day(value).weekday()]} {day(value)}"


def short_day(value: Day) -> str:
    """di 8 dec"""
    on = as_day(value)
    return f"{WEEKDAYS[on.weekday()][:2]} {on.day} {SHORT_MONTHS[on.month - 1]}"


def small_day(value: Day) -> str:
    """8 dec 2026, for tables and pictures"""
    on = as_day(value)
    return f"{on.day} {SHORT_MONTHS[on.month - 1]} {on.year}"


def clock(value: datetime | str) -> str:
    """16.00 uur"""
    at = as_moment(value)
    return f"{at.hour:02d}.{at.minute:02d} uur"


def long_moment(value: datetime | str) -> str:
    """dinsdag 8 december 2026, 16.00 uur"""
    return f"{long_day(value)}, {clock(value)}"


def short_moment(value: datetime | str) -> str:
    """di 8 dec 16.00"""
    return f"{short_day(value)} {clock(value).removesuffix(' uur')}"


def iso(value: Day) -> str:
    """What belongs in `<time datetime>`: the day, or the moment with its offset."""
    if isinstance(value, datetime) or (isinstance(value, str) and "T" in value):
        return as_moment(value).isoformat()
    return as_day(value).isoformat()


def count(number: int, one: str, many: str) -> str:
    """1 organisatie, 2 organisaties, 0 organisaties"""
    return f"{_dotted(number)} {one if number == 1 else many}"


def listed(names: Iterable[str], last: str = "en") -> str:
    """SVB, UWV en CAK"""
    items = list(names)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def lower_first(words: str) -> str:
    """How a heading goes on within a sentence: "Uitvoerbaar, mits" becomes "uitvoerbaar, mits"; "UWV bellen" stays."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _span(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        parts = [count(days, "dag", "dagen"), f"{hours} uur" if hours else ""]
    else:
        parts = [f"{hours} uur" if hours else "", count(rest, "minuut", "minuten") if rest else ""]
    return listed(part for part in parts if part) or "minder dan een minuut"


def time_left(now: datetime, until: datetime | str) -> str:
    """nog 1 dag en 2 uur; once it has passed: 3 uur te laat. Two units at most, rounded down."""
    left = as_moment(until).astimezone(UTC) - as_moment(now).astimezone(UTC)
    return f"nog {_span(left)}" if left >= timedelta(0) else f"{_span(-left)} te laat"


def near_day(now: datetime, value: datetime | str) -> str:
    """vandaag, morgen, gisteren; a weekday within a week ahead; else di 8 dec"""
    away = (as_day(value) - as_day(now)).days
    close = {-1: "gisteren", 0: "vandaag", 1: "morgen"}
    return close.get(away) or (WEEKDAYS[as_day(value).weekday()] if 1 < away < 7 else short_day(value))


def left_until(now: datetime, until: datetime | str) -> str:
    """nog 5 uur, tot vandaag 17.00 uur; once it has passed: 3 uur te laat, sinds vandaag 12.00 uur"""
    ahead = as_moment(until) >= as_moment(now)
    return f"{time_left(now, until)}, {'tot' if ahead else 'sinds'} {near_day(now, until)} {clock(until)}"


def months_later(intended: Day, feasible: Day) -> str:
    """How a feasible date stands to the date asked for: 18 maanden later, op tijd, 20 dagen later."""
    first, second = as_day(intended), as_day(feasible)
    if second <= first:
        return "op tijd"
    months = (second.year - first.year) * 12 + second.month - first.month - (second.day < first.day)
    return f"{count(months, 'maand', 'maanden') if months else count((second - first).days, 'dag', 'dagen')} later"


def _decimal(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _dotted(value: Decimal | int) -> str:
    return f"{value:,}".replace(",", ".")


def _comma(value: Decimal) -> str:
    return f"{value:,f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _euros(value: Decimal) -> tuple[str, str]:
    """The figure and its unit, without sign: (14,2, mln) or (250.000, "")."""
    size = abs(value)
    for unit, scale in (("mld", Decimal(10) ** 9), ("mln", Decimal(10) ** 6)):
        scaled = (size / scale).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if size >= scale or (scaled >= 1 and unit == "mld"):
            text = _comma(scaled)
            return text.rstrip("0").rstrip(","), unit
    return _dotted(int(size.quantize(Decimal(1), ROUND_HALF_UP))), ""


def amount(value: Number) -> str:
    """€ 250.000, € 14,2 mln, € 1,05 mld. From a million on in millions, with two decimals at most."""
    euros = _decimal(value)
    figure, unit = _euros(euros)
    sign = MINUS if euros < 0 and figure != "0" else ""
    return f"{sign}€ {figure}{' ' + unit if unit else ''}"


def amount_range(low: Number, high: Number) -> str:
    """€ 1 tot 2 mln, € 250.000 tot € 1 mln; one figure when both ends are written alike."""
    first, second = amount(low), amount(high)
    if first == second:
        return first
    (figure, unit), (_, other) = _euros(_decimal(low)), _euros(_decimal(high))
    if unit == other and _decimal(low) >= 0:
        return f"€ {figure} tot {second.removeprefix('€ ')}"
    return f"{first} tot {second}"


def _tenths(value: Number) -> str:
    rounded = _decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return (MINUS if rounded < 0 else "") + _comma(abs(rounded))


def fte(value: Number) -> str:
    """46,0 fte"""
    return f"{_tenths(value)} fte"


def fte_range(low: Number, high: Number) -> str:
    """2,0 tot 4,5 fte"""
    return fte(low) if _tenths(low) == _tenths(high) else f"{_tenths(low)} tot {fte(high)}"


FILTERS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        day, long_day, short_day, small_day, clock, long_moment, short_moment, iso, listed, lower_first, months_later,
        amount, fte,
    )
}  # fmt: skip
"""For templates: `{{ moment|long_moment }}`."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function for function in (count, time_left, left_until, amount, amount_range, fte, fte_range)
}
"""For templates: `{{ amount_range(low, high) }}`, `{{ amount(figure) ~ " per jaar" }}`."""
