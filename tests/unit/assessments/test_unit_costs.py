"""Standard prices: what may be kept, which year stands, and arithmetic that anybody can do again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rubric_samples import library, small
from uitvoeringsscan.assessments.unit_costs import (
    MAX_AMOUNT,
    MAX_NAME,
    MAX_SOURCE,
    UnitCost,
    arithmetic,
    checked,
    hints,
    newest,
)
from uitvoeringsscan.errors import InvalidInput
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.rubrics.values import UNKNOWN, Range


def price(name="fte", year=2026, amount=98_000, source="handleiding tarieven"):
    return UnitCost(agency=AgencyCode("uwv"), year=year, name=name, amount=amount, source=source)


def figures(low, high=None):
    return Range(Decimal(str(low)), Decimal(str(low if high is None else high)))


def test_a_price_is_kept_in_one_line():
    kept = checked(price(name="  Een\n BRIEF ", source=" de  begroting\tvan dit jaar "))
    assert (kept.name, kept.source) == ("een brief", "de begroting van dit jaar")
    assert (kept.agency, kept.year, kept.amount) == ("uwv", 2026, 98_000)
    edges = price(name="x" * MAX_NAME, year=2000, amount=1, source="y" * MAX_SOURCE)
    assert checked(edges) == edges
    assert checked(price(year=2100, amount=MAX_AMOUNT)) == price(year=2100, amount=MAX_AMOUNT)


@pytest.mark.parametrize(
    ("cost", "expected"),
    [
        (price(name=" "), [("verplicht", "naam", "Waar is dit de prijs van? Bijvoorbeeld: fte.")]),
        (price(source="\n"), [("verplicht", "bron", "Schrijf waar dit bedrag vandaan komt.")]),
        (price(name="x" * (MAX_NAME + 1)), [("te-lang", "naam", "De tekst is te lang: hooguit 60 tekens.")]),
        (price(source="x" * (MAX_SOURCE + 1)), [("te-lang", "bron", "De tekst is te lang: hooguit 300 tekens.")]),
        (price(year=1999), [("ongeldig-jaar", "jaar", "Schrijf een jaar tussen 2000 en 2100.")]),
        (price(year=2101), [("ongeldig-jaar", "jaar", "Schrijf een jaar tussen 2000 en 2100.")]),
        (price(amount=0), [("ongeldig-bedrag", "bedrag", "Schrijf een bedrag in hele euro's, van 1 tot 1.000.000.000.")]),
        (price(amount=MAX_AMOUNT + 1),
         [("ongeldig-bedrag", "bedrag", "Schrijf een bedrag in hele euro's, van 1 tot 1.000.000.000.")]),
    ],
)  # fmt: skip
def test_a_price_that_cannot_be_kept(cost, expected):
    with pytest.raises(InvalidInput) as caught:
        checked(cost)
    assert [(problem.code, problem.field, problem.message) for problem in caught.value.problems] == expected


def test_every_problem_comes_at_once():
    with pytest.raises(InvalidInput) as caught:
        checked(price(name="", source="", year=1, amount=-1))
    assert [problem.field for problem in caught.value.problems] == ["naam", "bron", "jaar", "bedrag"]


def test_the_last_year_that_is_not_ahead_stands():
    every = [price(year=2024), price(year=2026, amount=1), price(year=2025), price(year=2027), price("brief", 2027)]
    assert newest(every, 2026) == [price(year=2026, amount=1)]
    assert newest(every, 2023) == []
    assert newest(every, 2027) == [price(year=2027), price("brief", 2027)]


def test_fte_first_and_then_by_name():
    names = ["release", "fte", "brief", "aanpassing"]
    assert [cost.name for cost in newest([price(name) for name in names], 2026)] == [
        "fte",
        "aanpassing",
        "brief",
        "release",
    ]


prices = st.builds(price, st.sampled_from(["fte", "brief", "release"]), st.integers(2020, 2030), st.integers(1, 9))


@given(st.lists(prices), st.integers(2020, 2030), st.randoms())
def test_newest_gives_each_name_once_and_never_a_later_year(costs, year, random):
    one_a_year = {(cost.name, cost.year): cost for cost in costs}
    found = newest(one_a_year.values(), year)
    assert [cost.name for cost in found] == sorted(
        {c.name for c in costs if c.year <= year}, key=lambda n: (n != "fte", n)
    )
    for cost in found:
        assert cost.year == max(one.year for one in costs if one.name == cost.name and one.year <= year)
    mixed = list(one_a_year.values())
    random.shuffle(mixed)
    assert newest(mixed, year) == found


PRICES = [price(), price("release", amount=250_000, source="contract")]


def test_at_the_costs_the_fte_of_the_same_term_are_reckoned():
    basis = library().latest("basis")
    values = {"fte-jaarlijks": figures(12), "fte-eenmalig": figures("2.5", 4)}
    release = "1 release = € 250.000 (2026, contract)."
    assert hints(basis, "kosten-jaarlijks", values, PRICES) == [
        "12 fte × € 98.000 = € 1.176.000 (2026, handleiding tarieven).",
        release,
    ]
    assert hints(basis, "kosten-eenmalig", values, PRICES) == [
        "2,5 tot 4 fte × € 98.000 = € 245.000 tot € 392.000 (2026, handleiding tarieven).",
        release,
    ]
    assert hints(basis, "fte-eenmalig", values, PRICES) == [
        "2,5 tot 4 fte × € 98.000 = € 245.000 tot € 392.000 (2026, handleiding tarieven)."
    ]


@pytest.mark.parametrize("value", [None, UNKNOWN])
def test_without_a_number_the_price_alone(value):
    basis = library().latest("basis")
    values = {} if value is None else {"fte-jaarlijks": value}
    line = "1 fte = € 98.000 (2026, handleiding tarieven)."
    assert hints(basis, "fte-jaarlijks", values, PRICES) == [line]
    assert hints(basis, "kosten-jaarlijks", values, PRICES)[0] == line


def test_no_hint_elsewhere_and_none_without_prices():
    basis = library().latest("basis")
    assert [code for code in basis.by_code if hints(basis, code, {}, PRICES)] == [
        "fte-jaarlijks", "fte-eenmalig", "kosten-eenmalig", "kosten-jaarlijks"
    ]  # fmt: skip
    assert hints(basis, "kosten-jaarlijks", {"fte-jaarlijks": figures(1)}, []) == []


def test_a_questionnaire_that_asks_no_fte_for_these_costs():
    # The small one asks costs once, and fte a year only.
    assert hints(small(), "kosten", {"fte": figures(3)}, PRICES)[0] == "1 fte = € 98.000 (2026, handleiding tarieven)."


def test_a_saving_is_reckoned_as_one():
    assert arithmetic(figures(-2, 0), price()) == "-2 tot 0 fte × € 98.000 = € -196.000 tot € 0"


@given(st.decimals(-500, 500, places=1), st.decimals(0, 500, places=1), st.integers(1, MAX_AMOUNT))
def test_both_ends_are_the_product(low, more, amount):
    line = arithmetic(Range(low, low + more), price(amount=amount))
    total = line.rpartition(" = ")[2].replace("€ ", "").replace(".", "").replace(",", ".").split(" tot ")
    assert [Decimal(one) for one in total] == list(dict.fromkeys([low * amount, (low + more) * amount]))
