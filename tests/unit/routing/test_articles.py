from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.routing.articles import ArticleRange, article_key, read_references


def numbers(text: str) -> list[str]:
    return [reference.number for reference in read_references(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In artikel 3, eerste lid", ["3"]),
        ("de artikelen 8, 9 en 10a", ["8", "9", "10a"]),
        ("artikel 7:668a van het Burgerlijk Wetboek", ["7:668a"]),
        ("het voorgestelde artikel 126nba, negende lid", ["126nba"]),
        ("artikelen 32, 32a en 33Ab", ["32", "32a", "33Ab"]),
        ("In artikel I, onderdeel L, artikel J 8, worden", ["J 8"]),
        ("Artikel 3.2.1, eerste lid", ["3.2.1"]),
        ("In artikel XXV, onderdeel B", []),
        ("artikel 8:8, vierde lid, «twee maanden»", ["8:8"]),
        ("artikelen 22 tot en met 25", ["22", "25"]),
    ],
)
def test_article_numbers_are_read_in_every_form(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_references_say_where_they_stand() -> None:
    text = "Na artikel 12 en artikel 14b."
    assert [text[r.begin : r.end] for r in read_references(text)] == ["artikel 12", "artikel 14b"]


def test_order_is_that_of_the_act() -> None:
    ordered = ["1", "1a", "1a:1", "1a:10", "2", "7.9", "7.45", "10", "33a", "33ab", "126nba"]
    assert sorted(ordered, key=article_key) == ordered


@pytest.mark.parametrize(
    ("within", "number", "held"),
    [
        ("22-26", "24", True),
        ("22-26", "26a", True),
        ("22-26", "27", False),
        ("3.2", "3.2.1", True),
        ("3.2", "3.20", False),
        ("33Ab", "33ab", True),
        ("1a:1-1a:10", "1a:10", True),
        ("1a:1-1a:10", "1b:1", False),
        ("J", "J 8", None),
    ],
)
def test_ranges(within: str, number: str, held: bool | None) -> None:
    if held is None:
        with pytest.raises(ValueError, match="geen artikelnummer"):
            ArticleRange.of(within)
    else:
        assert ArticleRange.of(within).holds(article_key(number)) is held


def test_a_range_that_is_turned_round_is_refused() -> None:
    with pytest.raises(ValueError, match="na het laatste"):
        ArticleRange.of("26-22")


@given(st.lists(st.integers(1, 400), min_size=3, max_size=3))
def test_a_range_holds_what_lies_between(ends: list[int]) -> None:
    low, middle, high = sorted(ends)
    assert ArticleRange.of(f"{low}-{high}").holds(article_key(str(middle)))
    assert not ArticleRange.of(f"{low}-{high}").holds(article_key(str(high + 1)))


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for reference in read_references(text):
        assert text[reference.begin : reference.end].endswith(reference.number)
