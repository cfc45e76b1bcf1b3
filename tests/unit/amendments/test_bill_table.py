"""Which article of a bill changes which law."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.amendments.bill import BillTable, read_bill
from uitvoeringsscan.amendments.laws import LawIndex, LawName

INDEX = LawIndex.of(
    [LawName(name="Wet langdurige zorg", bwb="BWBR0000002"), LawName(name="Participatiewet", bwb="BWBR0000004")]
)
BILL = """39 812 Wijziging van enkele wetten

VOORSTEL VAN WET

Alzo Wij in overweging genomen hebben, dat het wenselijk is de Zandwet te wijzigen;

ARTIKEL I

De Wet langdurige zorg wordt als volgt gewijzigd:

A

Artikel 3 komt te luiden:

Artikel 3

Wie zorg nodig heeft op grond van de Gaswet, krijgt die.

B

Na artikel 4 wordt een artikel ingevoegd, luidende:

Artikel 4a

De Warmtewet wordt toegepast.

Artikel II

In artikel 12, eerste lid, van de Participatiewet wordt «de Gaswet» vervangen door «de Warmtewet».

Artikel IIA Wijziging van de Wet kinderopvang

Artikel 1.1 van die wet vervalt.

ARTIKEL III

Indien het bij koninklijke boodschap ingediende voorstel tot wet is verheven, vervalt artikel I.

ARTIKEL IV. WIJZIGING MESTSTOFFENWET

De Meststoffenwet wordt ingetrokken.

ARTIKEL V

Deze wet treedt in werking op een bij koninklijk besluit te bepalen tijdstip.
"""


def test_laws_of_the_articles() -> None:
    table = read_bill(BILL, INDEX)
    assert [(a.number, a.law, a.bwb, a.span.quote(BILL)) for a in table.articles] == [
        ("I", "Wet langdurige zorg", "BWBR0000002", "Wet langdurige zorg"),
        ("II", "Participatiewet", "BWBR0000004", "Participatiewet"),
        ("IIA", "Wet kinderopvang", None, "Wet kinderopvang"),
        ("IV", "Meststoffenwet", None, "Meststoffenwet"),
    ]


def test_an_article_is_found_however_its_letters_are_written() -> None:
    table = read_bill(BILL, INDEX)
    article = table.article("IIa")
    assert article is not None
    assert article.law == "Wet kinderopvang"
    assert table.article("III") is None


def test_a_bill_that_counts_in_digits() -> None:
    text = (
        "Artikel 1\n\nDe Gaswet wordt als volgt gewijzigd:\n\nArtikel 2\n\nDe Warmtewet wordt "
        "ingetrokken.\n\nArtikel 3\n\nDeze wet treedt in werking."
    )
    assert [(a.number, a.law) for a in read_bill(text).articles] == [("1", "Gaswet"), ("2", "Warmtewet")]


def test_there_and_back() -> None:
    table = read_bill(BILL, INDEX)
    assert BillTable.from_dict(json.loads(json.dumps(table.to_dict()))) == table
    with pytest.raises(ValueError, match="schema"):
        BillTable.from_dict({"schema": 2})


_PIECES = st.sampled_from(
    [
        "ARTIKEL I\n",
        "Artikel II\n",
        "Artikel 3",
        "\n",
        "De Gaswet wordt als volgt gewijzigd:\n",
        "Wet dieren ",
        "«",
        "»",
        "\x00",
        "\ud800",
        " ",
        "Wijziging van ",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join)))
def test_any_text_gives_a_table_whose_places_exist(text: str) -> None:
    for article in read_bill(text, INDEX).articles:
        assert 0 <= article.span.begin < article.span.end <= len(text)
