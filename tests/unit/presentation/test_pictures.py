"""The measures behind the pictures: nothing falls outside, order is kept, the words say what the drawing shows."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.presentation import pictures

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2060, 12, 31))
ROWS = st.lists(st.tuples(st.sampled_from(["SVB", "UWV", "Gemeenten (VNG)"]), st.none() | DAYS), max_size=8)


@given(st.none() | DAYS, ROWS, st.booleans())
def test_a_timeline_keeps_dates_in_order_and_inside(
    intended: date | None, rows: list[tuple[str, date | None]], narrow: bool
) -> None:
    drawn = pictures.timeline(intended, rows, narrow=narrow)
    placed = sorted(
        (on, row.x) for (_, on), row in zip(rows, drawn.rows, strict=True) if on is not None and row.x is not None
    )
    if intended and drawn.intended_x is not None:
        placed = sorted([*placed, (intended, drawn.intended_x)])
    assert all(0 <= x <= drawn.width for _, x in placed)
    assert all(a[1] <= b[1] for a, b in pairwise(placed))
    assert [row.x is None for row in drawn.rows] == [on is None for _, on in rows]
    assert [row.late for row in drawn.rows] == [
        on is not None and intended is not None and on > intended for _, on in rows
    ]
    assert all(0 <= tick.x <= drawn.width for tick in drawn.ticks)
    assert all(b.x - a.x >= 66 for a, b in pairwise(drawn.ticks))


@given(st.none() | DAYS, ROWS)
def test_a_wide_label_has_room_beside_its_dot(intended: date | None, rows: list[tuple[str, date | None]]) -> None:
    for row in pictures.timeline(intended, rows).rows:
        assert row.text_x + len(row.text) * pictures.LETTER <= 1040


def test_a_timeline_says_what_it_shows() -> None:
    drawn = pictures.timeline(
        "2027-01-01",
        [
            ("SVB", "2028-07-01"),
            ("CAK", "2026-07-01"),
            ("RDW", "2027-01-15"),
            ("Toeslagen", None, "geen reactie ontvangen", True),
        ],
    )
    assert [row.text for row in drawn.rows] == [
        "1 jul 2028 (+18 mnd)", "1 jul 2026 (op tijd)", "15 jan 2027 (+14 dagen)", "geen reactie ontvangen",
    ]  # fmt: skip
    assert [row.silent for row in drawn.rows] == [False, False, False, True]
    assert drawn.description == (
        "Het amendement vraagt invoering op 1 januari 2027. SVB: 1 juli 2028. CAK: 1 juli 2026. RDW: 15 januari 2027. "
        "Toeslagen: geen reactie ontvangen."
    )
    assert [tick.text for tick in drawn.ticks] == ["jul 2026", "jan 2027", "jul 2027", "jan 2028", "jul 2028"]


def test_a_timeline_without_a_date_asked_for() -> None:
    drawn = pictures.timeline(None, [("SVB", "2028-07-01")])
    assert drawn.intended_x is None
    assert drawn.rows[0].text == "1 jul 2028"
    assert drawn.description.startswith("Het amendement noemt geen datum.")


def test_a_timeline_refuses_what_is_no_date() -> None:
    with pytest.raises(TypeError, match="SVB"):
        pictures.timeline(None, [("SVB", 2028)])


@given(st.lists(DAYS, min_size=1, max_size=6).map(sorted), st.integers(min_value=0, max_value=6))
def test_a_road_keeps_its_stops_apart(days: list[date], done: int) -> None:
    stops = [(f"stap {index}", on, index < done) for index, on in enumerate(days)]
    drawn = pictures.road(stops)
    assert all(0 <= stop.x <= drawn.width for stop in drawn.stops)
    assert all(b.x - a.x >= 169.9 for a, b in pairwise(drawn.stops))
    assert sum(stop.current for stop in drawn.stops) == (1 if done else 0)


def test_a_road_gives_time_its_room() -> None:
    start = date(2026, 11, 26)
    days = [start, start + timedelta(days=1), start + timedelta(days=9), start + timedelta(days=10)]
    xs = [stop.x for stop in pictures.road([("x", on, True) for on in days]).stops]
    gaps = [b - a for a, b in pairwise(xs)]
    assert gaps[1] > 2 * gaps[0]


def test_a_road_says_what_is_still_to_come() -> None:
    drawn = pictures.road(
        [("ingediend", "2026-11-26", True), ("stemming", "2026-12-08T15:00:00Z", False), ("wet", None, False)]
    )
    assert drawn.description == "ingediend, do 26 nov; stemming, di 8 dec 16.00 (nog niet); wet (nog niet)."
    assert pictures.road([]).stops == ()


COUNTS = st.lists(
    st.tuples(st.just("SVB"), st.integers(0, 60), st.integers(0, 60)).map(lambda r: (r[0], max(r[1:]), min(r[1:]))),
    max_size=8,
)


@given(COUNTS, st.booleans())
def test_load_bars_are_as_long_as_their_counts(rows: list[tuple[str, int, int]], narrow: bool) -> None:
    drawn = pictures.load(rows, narrow=narrow)
    most = max((total for _, total, _ in rows), default=0)
    for (_, total, late), row in zip(rows, drawn.rows, strict=True):
        longest = max(r.bar + r.late for r in drawn.rows)
        assert row.bar + row.late == pytest.approx(longest * total / most if most else 0, abs=0.2)
        assert row.late == pytest.approx((row.bar + row.late) * late / total if total else 0, abs=0.2)
        assert row.text_x + len(row.text) * pictures.LETTER <= drawn.width + 1


def test_load_refuses_more_late_than_there_is() -> None:
    with pytest.raises(ValueError, match="UWV"):
        pictures.load([("UWV", 1, 2)])
    assert pictures.load([("SVB", 9, 2), ("CAK", 2, 0)]).description == "SVB 9, waarvan 2 te laat; CAK 2."
