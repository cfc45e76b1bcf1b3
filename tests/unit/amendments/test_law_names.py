"""Law names in running text."""

from __future__ import annotations

from itertools import pairwise

import pytest

from uitvoeringsscan.amendments.laws import EMPTY, LawIndex, LawName, find_generic, find_laws

INDEX = LawIndex.of(
    [
        LawName(name="Wet dieren", bwb="BWBR0000001"),
        LawName(name="Wet langdurige zorg", bwb="BWBR0000002", aliases=("Wlz",)),
        LawName(name="Wet op de loonbelasting 1964", bwb="BWBR0000003", aliases=("Wet LB 1964",)),
        LawName(name="Participatiewet", bwb="BWBR0000004", aliases=("Pw",)),
        LawName(name="Wet politiegegevens", bwb="BWBR0000005", aliases=("Wpg",)),
        LawName(name="Wet publieke gezondheid", bwb="BWBR0000006", aliases=("Wpg",)),
        LawName(name="Wetboek van Strafrecht", bwb="BWBR0000007", aliases=("Sr",)),
        LawName(name="Wet financiering Abw, IOAW en IOAZ", bwb="BWBR0000008"),
        LawName(name="Wet dieren op het erf", bwb="BWBR0000009"),
    ]
)


def known(text: str) -> list[tuple[str, str]]:
    return [(mention.span.quote(text), mention.bwb or "") for mention in INDEX.find(text)]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("artikel 2 van de Wet langdurige zorg regelt", ["Wet langdurige zorg"]),
        ("de Wlz, de Pw en de Wlz.", ["Wlz", "Pw", "Wlz"]),
        ("WIJZIGING WETBOEK VAN STRAFRECHT", ["WETBOEK VAN STRAFRECHT"]),
        ("het Wetboek van strafrecht", ["Wetboek van strafrecht"]),
        ("de Wet op de\nloonbelasting 1964 (Wet LB 1964)", ["Wet op de\nloonbelasting 1964", "Wet LB 1964"]),
        ("de Wet dieren op het erf", ["Wet dieren op het erf"]),
        ("de Wet dieren op het dak", ["Wet dieren"]),
        ("de Wet financiering Abw, IOAW en IOAZ wordt", ["Wet financiering Abw, IOAW en IOAZ"]),
        ("de Wlz-uitkering", ["Wlz"]),
        # not laws, or not this law
        ("de Wpg", []),
        ("de wlz en de wet dieren", []),
        ("de Wlzen en xWlz", []),
        ("Zie de Wet. Dieren zijn lief.", []),
        ("de Invoeringswet Participatiewet", []),
        ("het Besluit langdurige zorg en de Regeling Participatiewet", []),
        ("de Wet dieren 2021", []),
    ],
)
def test_known_laws(text: str, quotes: list[str]) -> None:
    assert [quote for quote, _ in known(text)] == quotes


def test_one_abbreviation_for_two_laws_is_left_out_but_their_names_are_not() -> None:
    assert known("de Wet politiegegevens, de Wet publieke gezondheid, de Wpg") == [
        ("Wet politiegegevens", "BWBR0000005"),
        ("Wet publieke gezondheid", "BWBR0000006"),
    ]


def test_an_official_name_goes_before_an_alias() -> None:
    index = LawIndex.of([LawName(name="Dijkwet", bwb="a"), LawName(name="Waterwet", bwb="b", aliases=("Dijkwet",))])
    assert [mention.bwb for mention in index.find("de Dijkwet")] == ["a"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("In artikel 3 van de Meststoffenwet wordt", ["Meststoffenwet"]),
        (
            "de Vreemdelingenwet 2000, de Elektriciteitswet 1998 en de Gaswet",
            ["Vreemdelingenwet 2000", "Elektriciteitswet 1998", "Gaswet"],
        ),
        (
            "de Wet op het hoger onderwijs en wetenschappelijk onderzoek en enige andere wetten",
            ["Wet op het hoger onderwijs en wetenschappelijk onderzoek"],
        ),
        ("van de Wet inkomstenbelasting 2001 wordt", ["Wet inkomstenbelasting 2001"]),
        ("(Wet inburgering 20..)", ["Wet inburgering 20.."]),
        (
            "de Algemene wet inzake rijksbelastingen, de Algemene Kinderbijslagwet",
            ["Algemene wet inzake rijksbelastingen", "Algemene Kinderbijslagwet"],
        ),
        (
            "het Wetboek van Strafrecht en het Wetboek van Strafvordering",
            ["Wetboek van Strafrecht", "Wetboek van Strafvordering"],
        ),
        ("het Burgerlijk Wetboek wordt", ["Burgerlijk Wetboek"]),
        ("Boek 7 van het Burgerlijk Wetboek", ["Burgerlijk Wetboek"]),
        ("de Rijkswet op het Nederlanderschap is", ["Rijkswet op het Nederlanderschap"]),
        ("de Wet milieubeheer voor de invoering van een prijs", ["Wet milieubeheer"]),
        ("de Wet langdurige zorg in verband met kosten", ["Wet langdurige zorg"]),
        ("de Invoeringswet Participatiewet", ["Invoeringswet Participatiewet"]),
        # no names
        ("deze wet, de wet, wet- en regelgeving", []),
        ("De Rijkswet wordt gewijzigd. Een Verzamelwet volgt.", []),
        ("Wet en regelgeving", []),
        ("De Wet wordt gewijzigd", []),
        ("het Besluit houders van dieren", []),
    ],
)
def test_laws_by_form(text: str, names: list[str]) -> None:
    assert [mention.name for mention in find_generic(text)] == names
    assert all(mention.bwb is None for mention in find_generic(text))


def test_both_together_in_order_without_overlap() -> None:
    text = "de Gaswet, de Wlz, de Invoeringswet Participatiewet, de Wet dieren en de Warmtewet"
    found = find_laws(text, INDEX)
    assert [(mention.name, mention.bwb) for mention in found] == [
        ("Gaswet", None),
        ("Wet langdurige zorg", "BWBR0000002"),
        ("Invoeringswet Participatiewet", None),
        ("Wet dieren", "BWBR0000001"),
        ("Warmtewet", None),
    ]
    assert all(one.span.end <= two.span.begin for one, two in pairwise(found))


def test_a_year_that_the_list_does_not_know_makes_another_law() -> None:
    assert [(m.name, m.bwb) for m in find_laws("de Wet dieren 2021", INDEX)] == [("Wet dieren 2021", None)]


def test_an_empty_index_finds_nothing() -> None:
    assert EMPTY.find("de Wet dieren") == ()
