from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.routing.phrases import PhraseIndex, words_of


def found(text: str, *phrases: str) -> list[str]:
    hits = PhraseIndex((p, p) for p in phrases).find(words_of(text))
    return [text[hit.span.begin : hit.span.end] for hit in hits]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("burgemeester en wethouders", "Burgemeester\nen  wethouders besluiten", ["Burgemeester\nen  wethouders"]),
        ("fosfaatrecht*", "van fosfaatrechten en het Fosfaatrecht", ["fosfaatrechten", "Fosfaatrecht"]),
        ("OM", "om het OM te horen", ["OM"]),
        ("NZa", "de NZA en de NZa", ["NZa"]),
        ("gemeente", "gemeentelijk beleid", []),
        ("DT&V", "door de DT&V.", ["DT&V"]),
        ("veiligheidsregio's", "de veiligheidsregio's melden", ["veiligheidsregio's"]),
        ("Belastingdienst/Toeslagen", "de Belastingdienst/Toeslagen keert uit", ["Belastingdienst/Toeslagen"]),
        ("ten laste van", "ten laste, van", ["ten laste, van"]),
    ],
)
def test_what_counts_as_standing_in_the_text(phrase: str, text: str, expected: list[str]) -> None:
    assert found(text, phrase) == expected


def test_overlapping_phrases_are_all_reported() -> None:
    assert found("de burgemeester en wethouders", "burgemeester", "burgemeester en wethouders") == [
        "burgemeester",
        "burgemeester en wethouders",
    ]


@pytest.mark.parametrize("phrase", ["...", "ab* iets", ""])
def test_phrases_that_say_nothing_are_refused(phrase: str) -> None:
    with pytest.raises(ValueError):
        PhraseIndex([(phrase, 1)])


@given(st.lists(st.sampled_from("een twee drie vier".split()), min_size=1, max_size=12), st.data())
def test_a_row_of_words_is_found_where_it_stands(words: list[str], data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(begin + 1, len(words)))
    phrase = " ".join(words[begin:end])
    text = ", ".join(words)
    assert ", ".join(words[begin:end]) in found(text, phrase)
