"""A questionnaire tried out: a condition in words, and what a form comes to when nothing is stored."""

from __future__ import annotations

import pytest

from tests.rubric_samples import FULL_SMALL, small
from uitvoeringsscan.assessments.assessment import RawAnswers
from uitvoeringsscan.presentation.rubric_preview import condition_words, empty, filled


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("it", "het antwoord op “Raakt het u?” is “Ja”"),
        ("anders", "het antwoord op “Uitvoerbaar?” is “Mits” of “Nee”"),
        ("fte", "het antwoord op “Mensen?” telt als beperkt of zwaarder, of het antwoord op “Overwerk” is “Ja”"),
        ("aantal", "het antwoord op “Raakt het u?” is “Ja” en het antwoord op “Welke koppelingen?” is “Een oude”, “Een nieuwe” of “Onbekend”"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_condition_in_words(code: str, expected: str) -> None:
    condition = small().question(code).condition
    assert condition is not None
    assert condition_words(condition, small().by_code) == expected


def test_parts_within_parts_keep_together() -> None:
    condition = small().question("fte").condition
    assert condition is not None
    assert condition_words(condition, small().by_code, inside=True).startswith("(het antwoord op “Mensen?”")


def test_before_anything_is_answered_there_is_no_outcome() -> None:
    shown = empty(small())
    assert (shown.begun, shown.levels, shown.verdict, shown.shown) == (False, (), None, 1)
    assert [row.code for section in shown.sections for row in section.rows] == ["raakt"]
    assert {one.label for section in shown.sections for one in section.hidden} >= {"IT?", "Overwerk"}


def test_a_full_example_has_an_outcome_and_nothing_missing() -> None:
    shown = empty(small(), RawAnswers(values=FULL_SMALL))
    assert [line.level for line in shown.levels] == [2, 1, 2, 2]
    assert (shown.verdict, shown.missing, shown.conditions[1]) == ("uitvoerbaar-mits", (), "Geld, door het ministerie")
    assert {question.href for warning in shown.warnings for question in warning.questions} >= {"#veld-it"}


def test_a_form_never_clashes_with_what_somebody_stored() -> None:
    sent = [
        (".vraag", "raakt"),
        ("raakt", "ja"),
        ("raakt.was", "iets anders"),
        (".botsing", "raakt"),
        ("raakt.kies", "ander"),
    ]
    shown = filled(small(), sent)
    assert shown.begun
    assert shown.sections[0].rows[0].text == "ja"
    assert all(row.clash is None for section in shown.sections for row in section.rows)
