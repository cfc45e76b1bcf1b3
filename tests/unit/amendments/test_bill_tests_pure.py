"""An agency's test on the bill itself: a name, a date, and a link or a text; nothing that a page could not link to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.amendments.bill_test import MAX_LINK, check_bill_test
from uitvoeringsscan.amendments.intake import MAX_NAME, MAX_TEXT
from uitvoeringsscan.errors import InvalidInput

DAY = date(2025, 11, 25)
LINK = "https://voorbeeld.example/toets.pdf"


def problems(title="Uitvoeringstoets", dated: date | None = DAY, link: str | None = LINK, text: str | None = None):
    with pytest.raises(InvalidInput) as caught:
        check_bill_test(title, dated, link, text)
    return [(problem.code, problem.field) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("link", "text"),
    [
        (LINK, None),
        (None, "De toets."),
        (LINK, "De toets."),
        ("https://a-b.voorbeeld.example", None),
        ("https://voorbeeld.example:8443/pad?vraag=1#deel", None),
        ("HTTPS://VOORBEELD.EXAMPLE/", None),
        ("https://voorbeeld.example/" + "x" * (MAX_LINK - 26), ""),
        (None, "x" * MAX_TEXT),
    ],
)
def test_what_can_be_kept(link, text):
    check_bill_test("x" * MAX_NAME, DAY, link, text)


@pytest.mark.parametrize("year", [1990, 2200])
def test_years_at_the_edge(year):
    check_bill_test("Toets", date(year, 1, 1), LINK, None)


@pytest.mark.parametrize(
    "link",
    [
        "", "voorbeeld.example", "http://voorbeeld.example/", "javascript:alert(1)", "https://localhost/", "https://voorbeeld.example/a b",  # noqa: E501
        "https://iemand:geheim@voorbeeld.example/", "https://voorbeeld.example/\n", " https://voorbeeld.example/", "https://voorbeeld.example:/",
        "https://voorbeeld.example:123456/", "https://voorbéeld.example/", "https://voorbeeld.example/é", "https://.example/",
        "https://voorbeeld.example/" + "x" * (MAX_LINK - 25),
    ],
)  # fmt: skip
def test_no_link_that_a_page_could_not_show(link):
    assert problems(link=link) == [("verkeerde-vorm", "link")]


@pytest.mark.parametrize("day", [None, date(1989, 12, 31), date(2201, 1, 1)])
def test_a_date_is_due(day):
    assert problems(dated=day) == [("ongeldige-datum", "datum")]


@pytest.mark.parametrize("text", [None, "", " \n\t"])
def test_a_link_or_a_text_is_due(text):
    assert problems(link=None, text=text) == [("verplicht", "link")]


def test_every_problem_at_once():
    assert problems("", None, None, "\x07") == [
        ("ongeldige-tekens", "tekst"),
        ("verplicht", "titel"),
        ("ongeldige-datum", "datum"),
    ]
    assert problems("x" * (MAX_NAME + 1), text="x" * (MAX_TEXT + 1)) == [("te-lang", "titel"), ("te-lang", "tekst")]


@given(st.text())
def test_a_link_that_is_kept_is_plain_and_leads_outside(link):
    try:
        check_bill_test("Toets", DAY, link, None)
    except InvalidInput:
        return
    assert link.isascii()
    assert link.isprintable()
    assert " " not in link
    assert link.lower().startswith("https://")
