"""Dates, money, staffing and lists as a Dutch reader expects them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.presentation import dutch

VOTE = "2026-12-08T16:00:00+01:00"


def test_days_and_moments() -> None:
    assert dutch.day(date(2026, 12, 8)) == "8 december 2026"
    assert dutch.long_day("2026-12-08") == "dinsdag 8 december 2026"
    assert dutch.short_day(VOTE) == "di 8 dec"
    assert dutch.small_day("2028-07-01") == "1 jul 2028"
    assert dutch.clock(VOTE) == "16.00 uur"
    assert dutch.long_moment(VOTE) == "dinsdag 8 december 2026, 16.00 uur"
    assert dutch.short_moment(VOTE) == "di 8 dec 16.00"


def test_a_moment_is_shown_in_dutch_time_summer_and_winter() -> None:
    assert dutch.long_moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "donderdag 2 juli 2026, 00.30 uur"
    assert dutch.long_moment(datetime(2026, 12, 31, 23, 5, tzinfo=UTC)) == "vrijdag 1 januari 2027, 00.05 uur"
    assert dutch.day(datetime(2026, 12, 31, 23, 5, tzinfo=UTC)) == "1 januari 2027"
    assert dutch.iso("2026-12-08T15:00:00Z") == VOTE
    assert dutch.iso(date(2026, 12, 8)) == "2026-12-08"


def test_a_moment_without_offset_is_refused() -> None:
    for at in (datetime(2026, 12, 8, 16), "2026-12-08T16:00:00"):  # noqa: DTZ001
        with pytest.raises(ValueError, match="offset"):
            dutch.long_moment(at)


@given(st.dates())
def test_text_and_date_are_written_alike(on: date) -> None:
    assert dutch.long_day(on) == dutch.long_day(on.isoformat())


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=1, hours=2, minutes=59), "nog 1 dag en 2 uur"),
        (timedelta(days=3), "nog 3 dagen"),
        (timedelta(hours=2, minutes=5), "nog 2 uur en 5 minuten"),
        (timedelta(hours=1), "nog 1 uur"),
        (timedelta(minutes=1), "nog 1 minuut"),
        (timedelta(seconds=59), "nog minder dan een minuut"),
        (timedelta(0), "nog minder dan een minuut"),
        (-timedelta(hours=3), "3 uur te laat"),
        (-timedelta(days=2, minutes=10), "2 dagen te laat"),
    ],
)
def test_time_left(left: timedelta, words: str) -> None:
    until = dutch.as_moment(VOTE)
    assert dutch.time_left(until - left, until) == words


def test_time_left_counts_real_hours_when_the_clock_changes() -> None:
    before, after = datetime.fromisoformat("2026-10-24T12:00:00+02:00"), "2026-10-25T12:00:00+01:00"
    assert dutch.time_left(before, after) == "nog 1 dag en 1 uur"


@pytest.mark.parametrize(
    ("feasible", "words"),
    [
        ("2028-07-01", "18 maanden later"),
        ("2027-02-01", "1 maand later"),
        ("2027-01-31", "30 dagen later"),
        ("2027-01-02", "1 dag later"),
        ("2027-01-01", "op tijd"),
        ("2026-07-01", "op tijd"),
    ],
)
def test_months_later(feasible: str, words: str) -> None:
    assert dutch.months_later("2027-01-01", feasible) == words


@pytest.mark.parametrize(
    ("euros", "words"),
    [
        (0, "€ 0"),
        (950, "€ 950"),
        (250_000, "€ 250.000"),
        (999_999, "€ 999.999"),
        (1_000_000, "€ 1 mln"),
        (14_200_000, "€ 14,2 mln"),
        (Decimal("1250000"), "€ 1,25 mln"),
        (100_000_000, "€ 100 mln"),
        (999_999_999, "€ 1 mld"),
        (1_050_000_000, "€ 1,05 mld"),
        (-3_000_000, "−€ 3 mln"),
        ("250000", "€ 250.000"),
    ],
)
def test_amount(euros: Decimal | int | str, words: str) -> None:
    assert dutch.amount(euros) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (1_000_000, 2_000_000, "€ 1 tot 2 mln"),
        (100_000, 250_000, "€ 100.000 tot 250.000"),
        (250_000, 1_000_000, "€ 250.000 tot € 1 mln"),
        (5_000_000, 5_000_000, "€ 5 mln"),
        (-2_000_000, 1_000_000, "−€ 2 mln tot € 1 mln"),
        (-2_000_000, -1_000_000, "−€ 2 mln tot −€ 1 mln"),
    ],
)
def test_amount_range(low: int, high: int, words: str) -> None:
    assert dutch.amount_range(low, high) == words


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_an_amount_reads_back_to_what_it_was(euros: int) -> None:
    """Within the two decimals of its unit, and exactly below a million."""
    text = dutch.amount(euros)
    assert text.startswith("−€ " if euros < 0 else "€ ")
    figure, *unit = text.removeprefix("−").removeprefix("€ ").split(" ")
    scale = {"": 1, "mln": 10**6, "mld": 10**9}["".join(unit)]
    read = Decimal(figure.replace(".", "").replace(",", ".")) * scale * (-1 if euros < 0 else 1)
    assert abs(read - euros) <= (Decimal(scale) / 200 if scale > 1 else 0)


def test_fte() -> None:
    assert dutch.fte(46) == "46,0 fte"
    assert dutch.fte(Decimal("1234.56")) == "1.234,6 fte"
    assert dutch.fte("-2.5") == "−2,5 fte"
    assert dutch.fte(Decimal("-0.04")) == "0,0 fte"
    assert dutch.fte_range(2, Decimal("4.5")) == "2,0 tot 4,5 fte"
    assert dutch.fte_range(2, 2) == "2,0 fte"


def test_lists_and_counts() -> None:
    assert dutch.listed([]) == ""
    assert dutch.listed(["SVB"]) == "SVB"
    assert dutch.listed(["SVB", "UWV"]) == "SVB en UWV"
    assert dutch.listed(("SVB", "UWV", "CAK")) == "SVB, UWV en CAK"
    assert dutch.listed(["nr. 12", "nr. 15"], last="of") == "nr. 12 of nr. 15"
    assert dutch.count(1, "organisatie", "organisaties") == "1 organisatie"
    assert dutch.count(0, "organisatie", "organisaties") == "0 organisaties"
    assert dutch.count(1200, "organisatie", "organisaties") == "1.200 organisaties"
