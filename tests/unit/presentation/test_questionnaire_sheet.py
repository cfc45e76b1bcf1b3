"""What was typed, laid over what is stored: nothing right is lost, nothing wrong is kept, two people never overwrite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.presentation.questionnaire_samples import ONE, RUBRIC, stored
from uitvoeringsscan.assessments.answers import read_answers
from uitvoeringsscan.assessments.assessment import RawAnswers
from uitvoeringsscan.presentation.questionnaire_sheet import (
    Merged,
    Sheet,
    mark,
    merge,
    read_sheet,
    stored_values,
    words,
)
from uitvoeringsscan.presentation.questionnaire_view import question_rows


def filled(draft: RawAnswers, changes: Mapping[str, str | list[str]], asked: tuple[str, ...]) -> Sheet:
    """The form of section one as a page made from `draft` carries it, with these fields changed."""
    fields: list[tuple[str, str]] = []
    for code in asked:
        question = RUBRIC.question(code)
        fields += [
            (".vraag", code),
            (f"{code}.was", mark(question, draft.values.get(code), draft.explanations.get(code))),
        ]
    for name, texts in changes.items():
        fields += [(name, text) for text in ([texts] if isinstance(texts, str) else texts)]
    return read_sheet(ONE, fields)


ALL = ("raakt", "hoeveel", "met-wie")


def test_reads_what_people_type() -> None:
    before = stored()
    after = merge(
        RUBRIC, ONE, filled(before, {"raakt": "ja", "hoeveel": "1 mln - 2,5 mln", "met-wie": ["b", "a"]}, ALL), before
    )
    assert after.clean
    assert after.draft.values == {"raakt": True, "hoeveel": {"laag": 1000000, "hoog": 2500000}, "met-wie": ["a", "b"]}


def test_keeps_what_is_right_beside_what_is_wrong() -> None:
    before = stored(raakt=True, hoeveel=5)
    sheet = filled(
        before, {"raakt": "ja", "hoeveel": "veel", "met-wie": "a", "hoeveel.toelichting": "Een schatting."}, ALL
    )
    after = merge(RUBRIC, ONE, sheet, before)
    assert set(after.problems) == {"hoeveel"}
    assert after.draft.values == {"raakt": True, "hoeveel": 5, "met-wie": ["a"]}
    assert after.draft.explanations == {"hoeveel": "Een schatting."}


def test_a_wrong_explanation_does_not_stop_its_answer() -> None:
    before = stored(raakt=True)
    after = merge(RUBRIC, ONE, filled(before, {"raakt": "ja", "raakt.toelichting": "a\u202eb"}, ALL), before)
    assert set(after.explanation_problems) == {"raakt"}
    assert after.draft.values == {"raakt": True}
    assert after.draft.explanations == {}


def test_unknown_beside_an_answer_asks_which_one() -> None:
    before = stored(raakt=True)
    after = merge(RUBRIC, ONE, filled(before, {"raakt": "ja", "met-wie": ["a", "onbekend"]}, ALL), before)
    assert set(after.problems) == {"met-wie"}
    after = merge(RUBRIC, ONE, filled(before, {"raakt": "ja", "met-wie": ["onbekend"]}, ALL), before)
    assert after.draft.values["met-wie"] == "onbekend"


def test_an_emptied_field_takes_the_answer_away() -> None:
    before = stored({"hoeveel": "Zomaar."}, raakt=True, hoeveel=5)
    after = merge(RUBRIC, ONE, filled(before, {"raakt": "ja", "hoeveel": " ", "hoeveel.toelichting": ""}, ALL), before)
    assert after.draft == stored(raakt=True)
    assert after.dropped == ()


def test_answers_elsewhere_stay() -> None:
    before = stored(raakt=True, waarom="Daarom.")
    after = merge(RUBRIC, ONE, filled(before, {"raakt": "ja"}, ALL), before)
    assert after.draft.values["waarom"] == "Daarom."


def test_what_no_longer_applies_is_dropped_in_every_section_and_named() -> None:
    before = stored(
        {"wanneer": "Zo staat het in de tekst."}, raakt=True, hoeveel=5, wanneer="2027-01-01", waarom="Daarom."
    )
    after = merge(RUBRIC, ONE, filled(before, {"raakt": "nee", "hoeveel": "6", "met-wie": "a"}, ALL), before)
    assert after.draft == stored(raakt=False, waarom="Daarom.")
    assert [(gone.question.code, gone.text) for gone in after.dropped] == [
        ("hoeveel", "€ 6"),
        ("met-wie", "Aa"),
        ("wanneer", "1 januari 2027. Zo staat het in de tekst."),
    ]


def test_typed_words_that_could_not_be_read_are_named_when_their_question_goes() -> None:
    before = stored(raakt=True)
    after = merge(RUBRIC, ONE, filled(before, {"raakt": "nee", "hoeveel": "een paar ton"}, ALL), before)
    assert after.clean
    assert [gone.text for gone in after.dropped] == ["een paar ton"]


def test_new_questions_are_named() -> None:
    before = stored()
    after = merge(RUBRIC, ONE, filled(before, {"raakt": "ja"}, ("raakt",)), before)
    assert after.fresh == ("hoeveel", "met-wie")
    assert merge(RUBRIC, ONE, filled(before, {"raakt": "nee"}, ("raakt",)), before).fresh == ()


def test_a_colleague_on_another_question_is_not_a_clash() -> None:
    seen = stored(raakt=True, hoeveel=5)
    now = stored(raakt=True, hoeveel=5, met_wie=["b"])
    after = merge(RUBRIC, ONE, filled(seen, {"raakt": "ja", "hoeveel": "7"}, ALL), now)
    assert after.clean
    assert after.draft.values == {"raakt": True, "hoeveel": 7, "met-wie": ["b"]}


def test_the_same_answer_of_two_people_is_not_a_clash() -> None:
    seen, now = stored(raakt=True), stored(raakt=True, hoeveel=1000.0)
    after = merge(RUBRIC, ONE, filled(seen, {"raakt": "ja", "hoeveel": "€ 1.000"}, ALL), now)
    assert after.clean
    assert after.draft.values["hoeveel"] == 1000


def clash() -> tuple[RawAnswers, Merged]:
    seen, now = stored(raakt=True, hoeveel=5), stored(raakt=True, hoeveel=9)
    return now, merge(RUBRIC, ONE, filled(seen, {"raakt": "ja", "hoeveel": "7"}, ALL), now)


def test_two_answers_to_one_question_wait_for_a_choice() -> None:
    _, after = clash()
    assert after.clashes == ("hoeveel",)
    assert after.draft.values["hoeveel"] == 9


@pytest.mark.parametrize(("choice", "kept"), [("mijn", 7), ("ander", 9)])
def test_the_choice_decides(choice: str, kept: int) -> None:
    now, _ = clash()
    chosen = {"raakt": "ja", "hoeveel": "7", ".botsing": "hoeveel", "hoeveel.kies": choice}
    after = merge(RUBRIC, ONE, filled(now, chosen, ALL), now)
    assert after.clean
    assert after.draft.values["hoeveel"] == kept


@pytest.mark.parametrize("choice", [{}, {"hoeveel.kies": "iets"}])
def test_without_a_choice_it_stays_a_clash(choice: dict[str, str]) -> None:
    now, _ = clash()
    after = merge(RUBRIC, ONE, filled(now, {"raakt": "ja", "hoeveel": "7", ".botsing": "hoeveel", **choice}, ALL), now)
    assert after.clashes == ("hoeveel",)
    assert after.draft.values["hoeveel"] == 9


def test_a_choice_made_over_an_older_answer_of_the_colleague_is_asked_again() -> None:
    now, _ = clash()
    newer = stored(raakt=True, hoeveel=11)
    chosen = {"raakt": "ja", "hoeveel": "7", ".botsing": "hoeveel", "hoeveel.kies": "mijn"}
    after = merge(RUBRIC, ONE, filled(now, chosen, ALL), newer)
    assert after.clashes == ("hoeveel",)


def test_questions_of_another_section_or_of_no_rubric_are_not_taken_in() -> None:
    before = stored()
    sheet = read_sheet(ONE, [(".vraag", "waarom"), ("waarom", "x"), (".vraag", "bestaat-niet"), ("bestaat-niet", "y")])
    after = merge(RUBRIC, ONE, sheet, before)
    assert after.draft == before


def test_words_for_a_form_that_comes_too_late() -> None:
    sheet = filled(
        stored(), {"raakt": "ja", "hoeveel": "een paar ton", "met-wie": ["a", "b"], "raakt.toelichting": "Echt."}, ALL
    )
    assert [item.text for item in words(ONE, sheet)] == ["ja. Echt.", "een paar ton", "Aa, Bee"]


texts = st.sampled_from(
    ["", "ja", "nee", "onbekend", "5", "1 - 3", "2 mln", "a", "x y", "1 juli 2028", "\x00", "3 - 1"]
)
drafts = st.fixed_dictionaries(
    {},
    optional={
        "raakt": st.sampled_from([True, False, "onbekend"]),
        "hoeveel": st.sampled_from([1, {"laag": 1, "hoog": 2}, "onbekend"]),
        "met-wie": st.sampled_from([["a"], ["b"], "onbekend"]),
        "wanneer": st.sampled_from(["2027-01-01", "onbekend"]),
        "waarom": st.sampled_from(["Daarom.", "onbekend"]),
    },
)


@given(drafts, drafts, st.dictionaries(st.sampled_from([*ALL, "raakt.toelichting", "hoeveel.toelichting"]), texts))
def test_whatever_is_sent_can_be_saved(seen: dict[str, Any], now: dict[str, Any], changes: dict[str, str]) -> None:
    after = merge(RUBRIC, ONE, filled(RawAnswers(values=seen), changes, ALL), RawAnswers(values=now))
    read_answers(RUBRIC, after.draft.values, after.draft.explanations, complete=False)


@given(drafts)
def test_a_form_sent_back_untouched_changes_nothing(draft: dict[str, Any]) -> None:
    values = merge(RUBRIC, ONE, read_sheet(ONE, []), RawAnswers(values=draft)).draft
    rows = question_rows(RUBRIC, ONE, values)
    fields = [pair for row in rows for pair in [(".vraag", row.code), (f"{row.code}.was", row.mark)]]
    fields += [(row.code, text) for row in rows for text in row.texts]
    fields += [(f"{row.code}.toelichting", row.explanation) for row in rows]
    after = merge(RUBRIC, ONE, read_sheet(ONE, fields), values)
    assert after.clean
    assert after.dropped == ()
    assert stored_values(RUBRIC, after.draft) == stored_values(RUBRIC, values)
