"""Every code on the wire has its Dutch words, and nothing has words without being a code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from uitvoeringsscan.amendments.amendment import Source
from uitvoeringsscan.assessments.assessment import AssessmentState, Outcome
from uitvoeringsscan.people.people import Role, Scope
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.labels import Label
from uitvoeringsscan.routing.routing import Advice
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scoring.score import Dimension, Level, Verdict

TABLES: list[tuple[Mapping[str, Label], Iterable[str]]] = [
    (labels.SCAN_STATES, ScanState),
    (labels.ASSESSMENT_STATUSES, {*AssessmentState, *Outcome} - {Outcome.ANSWERED}),
    (labels.DIMENSIONS, Dimension),
    (labels.VERDICTS, Verdict),
    (labels.ROLES, Role),
    (labels.SCOPES, Scope),
    (labels.SOURCES, Source),
    (labels.ADVICES, Advice),
]


@pytest.mark.parametrize(("table", "codes"), TABLES)
def test_a_table_holds_exactly_its_codes(table: Mapping[str, Label], codes: Iterable[str]) -> None:
    assert set(table) == {str(code) for code in codes}


def test_levels_are_complete_and_in_order() -> None:
    assert list(labels.LEVELS) == list(Level)


def test_dimensions_are_shown_in_their_fixed_order() -> None:
    assert list(labels.DIMENSIONS) == [dimension.value for dimension in Dimension]


@pytest.mark.parametrize("table", [table for table, _ in TABLES] + [labels.LEVELS])
def test_words_are_words(table: Mapping[str, Label]) -> None:
    for code, words in table.items():
        assert words.label[0].isupper(), code
        assert words.explanation.endswith("."), code
        assert all(len(sentence.split()) <= 16 for sentence in words.explanation.split(". ")), code
    assert len({words.label for words in table.values()}) == len(table)
    assert len({words.explanation for words in table.values()}) == len(table)


def test_silence_does_not_read_like_no_impact() -> None:
    silent, none = labels.ASSESSMENT_STATUSES["geen-reactie"], labels.ASSESSMENT_STATUSES["geen-gevolgen"]
    assert "reactie" in silent.short
    assert "reactie" not in none.short
    assert "niet dat er geen gevolgen" in silent.explanation


def test_a_level_within_a_sentence() -> None:
    assert labels.level_label(2) == "middelgroot"
    assert labels.level_label(1, at_least=True) == "ten minste beperkt"
    assert labels.level_label(3, at_least=True) == "ingrijpend"
    assert labels.level_label(None) == "onbekend"
    assert labels.level_label(None, at_least=True) == "onbekend"


def test_the_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        labels.VERDICTS["uitvoerbaar"] = labels.VERDICT_UNKNOWN  # type: ignore[index]
