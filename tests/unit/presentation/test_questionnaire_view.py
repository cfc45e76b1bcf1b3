"""The task list and the questions of a section, as rows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.presentation.questionnaire_samples import ONE, RUBRIC, TWO, rubric_of, stored
from uitvoeringsscan.presentation.questionnaire_sheet import merge, read_sheet
from uitvoeringsscan.presentation.questionnaire_view import (
    field_texts,
    grows,
    next_section,
    progress,
    question_rows,
    section_lines,
)
from uitvoeringsscan.rubrics import kinds

LATER = rubric_of("""
- code: een
  titel: Een
  vragen:
    - {code: raakt, vraag: "Raakt het u?", soort: ja-nee, verplicht: true, openbaar: true}
- code: twee
  titel: Twee
  vragen:
    - {code: kosten, vraag: "Kosten?", soort: bedrag, verplicht: true, openbaar: true, toonAls: {vraag: raakt, is: [true]}}
    - code: wie
      vraag: Wie?
      soort: tekst
      verplicht: true
      openbaar: true
      maximumlengte: 100
      toonAls: {vraag: raakt, is: [true]}
- code: drie
  titel: Drie
  vragen:
    - {code: slot, vraag: "Nog iets?", soort: tekst, verplicht: false, openbaar: true}
""")


def statuses(**values: Any) -> dict[str, str]:
    return {line.code: line.status for line in section_lines(LATER, stored(**values), "/u/1")}


def test_a_section_waits_until_it_is_clear_whether_it_applies() -> None:
    lines = section_lines(LATER, stored(), "/u/1")
    assert [(line.code, line.status, line.href) for line in lines] == [
        ("een", "nog-niet-begonnen", "/u/1/onderdeel/een"),
        ("twee", "kan-nog-niet", None),
        ("drie", "nog-niet-begonnen", "/u/1/onderdeel/drie"),
    ]


def test_a_section_that_does_not_apply_is_not_shown() -> None:
    assert statuses(raakt=False) == {"een": "klaar", "drie": "nog-niet-begonnen"}


def test_a_section_is_done_when_every_required_question_that_applies_is_answered() -> None:
    assert statuses(raakt=True)["twee"] == "nog-niet-begonnen"
    assert statuses(raakt=True, kosten=5)["twee"] == "bezig"
    assert statuses(raakt=True, kosten=5, wie="onbekend")["twee"] == "klaar"


def test_notes_and_progress_count() -> None:
    lines = section_lines(LATER, stored(raakt=True, kosten=5), "/u/1", current="twee")
    assert [line.note for line in lines] == [None, "nog 1 vraag", "mag u overslaan"]
    assert [line.current for line in lines] == [False, True, False]
    assert progress(lines) == "1 van 3 onderdelen klaar"
    assert progress(section_lines(LATER, stored(raakt=False), "/u/1")[:1]) == "1 van 1 onderdeel klaar"


def test_the_next_section_is_one_that_can_be_answered() -> None:
    lines = section_lines(LATER, stored(), "/u/1")
    following = next_section(lines, "een")
    assert following is not None
    assert following.code == "drie"
    assert next_section(lines, "drie") is None


def test_only_questions_that_apply_have_a_row() -> None:
    assert [row.code for row in question_rows(RUBRIC, ONE, stored())] == ["raakt"]
    assert [row.code for row in question_rows(RUBRIC, ONE, stored(raakt=True))] == ["raakt", "hoeveel", "met-wie"]


def test_each_kind_has_its_field() -> None:
    draft = stored(raakt=True)
    rows = {row.code: row for part in (ONE, TWO) for row in question_rows(RUBRIC, part, draft)}
    assert {code: row.field for code, row in rows.items()} == {
        "raakt": "radios", "hoeveel": "text", "met-wie": "checkboxes", "wanneer": "text", "waarom": "textarea",
    }  # fmt: skip
    assert question_rows(LATER, LATER.sections[1], stored(raakt=True))[1].field == "text"
    assert [choice.value for choice in rows["met-wie"].choices] == ["a", "b", "onbekend"]


def test_hints_say_how_to_write_and_who_will_read() -> None:
    rows = {row.code: row for row in question_rows(RUBRIC, TWO, stored(raakt=True))}
    assert rows["wanneer"].hint == (
        "Bijvoorbeeld 25 december 2026. Weet u het niet? Typ dan: onbekend. Niet openbaar, dit komt niet in de publicatie."
    )
    assert rows["wanneer"].explanation_hint == "Niet openbaar, dit komt niet in de publicatie."
    assert rows["waarom"].hint == "Dit wordt openbaar; hooguit 4.000 tekens."
    assert rows["waarom"].explanation_hint is None


def test_an_optional_choice_can_be_taken_back_once_it_is_given() -> None:
    rubric = rubric_of("""
- code: een
  titel: Een
  vragen:
    - {code: mag, vraag: "Mag?", soort: ja-nee, verplicht: false, openbaar: true}
""")
    section = rubric.sections[0]
    assert "" not in [c.value for c in question_rows(rubric, section, stored())[0].choices]
    assert "" in [c.value for c in question_rows(rubric, section, stored(mag=True))[0].choices]


@pytest.mark.parametrize(
    ("code", "raw", "texts"),
    [
        ("raakt", True, ("ja",)),
        ("raakt", "onbekend", ("onbekend",)),
        ("hoeveel", {"laag": 1000000, "hoog": 2500000}, ("€ 1.000.000 tot € 2.500.000",)),
        ("met-wie", ["b", "a"], ("a", "b")),
        ("wanneer", "2028-07-01", ("1 juli 2028",)),
        ("waarom", "Daarom.\nEcht.", ("Daarom.\nEcht.",)),
        ("hoeveel", None, ()),
    ],
)
def test_a_field_is_filled_with_words_that_read_back(code: str, raw: Any, texts: tuple[str, ...]) -> None:
    question = RUBRIC.question(code)
    assert field_texts(question, raw) == texts
    if len(texts) == 1 and code != "met-wie":
        assert kinds.read(question, kinds.from_text(question, texts[0])) == kinds.read(question, raw)


def test_after_a_fault_the_fields_hold_what_was_typed() -> None:
    before = stored(raakt=True, hoeveel=5)
    sheet = read_sheet(ONE, [(".vraag", "raakt"), ("raakt", "ja"), (".vraag", "hoeveel"), ("hoeveel", "een paar ton")])
    merged = merge(RUBRIC, ONE, sheet, before)
    row = question_rows(RUBRIC, ONE, merged.draft, sheet, merged)[1]
    assert row.text == "een paar ton"
    assert row.error is not None
    assert row.explanation_error is None


def test_a_clash_shows_the_other_answer_beside_the_own() -> None:
    now = stored({"hoeveel": "Zo gerekend."}, raakt=True, hoeveel=9)
    sheet = read_sheet(ONE, [(".vraag", "hoeveel"), ("hoeveel.was", "ouder"), ("hoeveel", "7")])
    merged = merge(RUBRIC, ONE, sheet, now)
    row = question_rows(RUBRIC, ONE, merged.draft, sheet, merged)[1]
    assert row.text == "7"
    assert row.clash is not None
    assert (row.clash.answer, row.clash.explanation) == ("€ 9", "Zo gerekend.")


def test_a_section_grows_when_an_answer_can_bring_questions_in_it() -> None:
    assert grows(RUBRIC, ONE)
    assert not grows(RUBRIC, TWO)
