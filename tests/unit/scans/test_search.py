"""Terms: stems that are stable, endings of long words, and limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.scans.search import MAX_TERMS, asked, terms


def found(question: str, text: str) -> bool:
    have = terms([text]).split()
    return all(
        any(one[:-1] in have if one.endswith(".") else any(term.startswith(one) for term in have) for one in beginnings)
        for beginnings in asked(question)
    )


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("toeslag", "kinderopvangtoeslagen"),
        ("toeslagen", "de kinderopvangtoeslag"),
        ("opvang", "kinderopvangtoeslag"),
        ("gemeente", "Gemeenten"),
        ("werkloosheid", "Werkloosheidswet"),
        ("CAFÉ", "cafe"),
        ("wet", "wet"),
        ("36410", "36410-XV"),
    ],
)
def test_a_word_is_found(question: str, text: str) -> None:
    assert found(question, text)


@pytest.mark.parametrize(("question", "text"), [("wet", "wegen"), ("toeslag", "slag"), ("zorg", "zor"), ("1", "12")])
def test_another_word_is_not(question: str, text: str) -> None:
    assert not found(question, text)


@given(st.text(max_size=200))
def test_every_text_is_found_by_its_own_words_and_terms_are_letters_and_digits(text: str) -> None:
    have = terms([text])
    assert all(term.isalnum() for term in have.split())
    assert found(" ".join(text.split()[:5]), text)


def test_the_longest_text_has_its_limit() -> None:
    assert len(terms(f"woord{number}" for number in range(MAX_TERMS * 2)).split()) == MAX_TERMS
