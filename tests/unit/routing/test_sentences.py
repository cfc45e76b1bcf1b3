from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.amendments.amendment import Span
from uitvoeringsscan.routing.sentences import sentence_around, sentences_of


def cut(text: str, *, prose: bool = False) -> list[str]:
    return [span.quote(text) for span in sentences_of(text, Span(0, len(text)), prose=prose)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een. Twee; drie: vier", ["Een.", "Twee;", "drie:", "vier"]),
        ("Zie nr. 9 van de\nvorige keer. Dan", ["Zie nr. 9 van de\nvorige keer.", "Dan"]),
        ("onder plaatsing van «1.» voor de tekst", ["onder plaatsing van «1.» voor de tekst"]),
        ("Kop\n\nTekst", ["Kop", "Tekst"]),
        ("Lijst\n1. een ding\n2. nog iets", ["Lijst", "1. een ding", "2. nog iets"]),
        ("bedrag van 1.000 euro", ["bedrag van 1.000 euro"]),
    ],
)
def test_changes_are_cut_into_sentences_and_items(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_prose_runs_on_after_a_colon() -> None:
    assert cut("Dekking: de post onvoorzien. Meer niet.", prose=True) == ["Dekking: de post onvoorzien.", "Meer niet."]


@given(st.text(alphabet="ab .;:\n1«»", max_size=80), st.booleans())
def test_sentences_are_in_order_and_lose_no_letter(text: str, prose: bool) -> None:
    spans = sentences_of(text, Span(0, len(text)), prose=prose)
    assert all(a.end <= b.begin for a, b in itertools.pairwise(spans))
    kept = "".join(span.quote(text) for span in spans)
    assert sorted(kept.replace(" ", "").replace("\n", "")) == sorted(text.replace(" ", "").replace("\n", ""))
    for span in spans:
        assert sentence_around(spans, span.begin) == span
