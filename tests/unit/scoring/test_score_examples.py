"""An author's examples: answers that can be handed in, and a score that is as expected; every fault with line and question."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.rubric_samples import FULL_SMALL, RUBRICS, library, small
from uitvoeringsscan.adapters.rubric_files import check, examples_of, freeze
from uitvoeringsscan.rubrics.source import RubricFaults
from uitvoeringsscan.scoring.examples import read_examples

LEVELS = {"it-systemen": 2, "gegevensuitwisseling": 1, "personeel": 2, "tijdlijn": 2}


def one(changes=None, name="Een voorbeeld", expected=None, explanations=None):
    answers = {code: value for code, value in (FULL_SMALL | (changes or {})).items() if value is not None}
    expected = expected or {"niveaus": LEVELS, "oordeel": "uitvoerbaar-mits"}
    return {"naam": name, "antwoorden": answers, "toelichtingen": explanations or {}, "verwacht": expected}


def read(*examples):
    # Every key on a line of its own, so that a fault's line can be told.
    return read_examples(small(), "klein.yaml", json.dumps({"voorbeelden": examples}, indent=1).encode())


def faults_of(*examples):
    with pytest.raises(RubricFaults) as caught:
        read(*examples)
    body = json.dumps({"voorbeelden": examples}, indent=1).splitlines()
    return [(fault.question, fault.message, body[fault.line - 1].strip()) for fault in caught.value.faults]


def test_examples_that_are_right():
    found = read(
        one(name="Een"),
        one({"it": "onbekend"}, "Twee", {"niveaus": LEVELS | {"it-systemen": None}, "oordeel": "uitvoerbaar-mits"}),
    )
    assert [example.name for example in found] == ["Een", "Twee"]
    assert found[0].answers.values == FULL_SMALL
    (said,) = read(one(explanations={"it": "Veel werk."}))
    assert said.answers.explanations == {"it": "Veel werk."}


def test_without_explanations():
    example = one()
    del example["toelichtingen"]
    (found,) = read(example)
    assert found.answers.explanations == {}


def test_answers_that_could_not_be_handed_in():
    assert faults_of(one({"it": "reusachtig", "fte": "veel", "kosten": 1.5, "overwerk": None})) == [
        ("overwerk", "Beantwoord deze vraag. Weet u het niet? Antwoord dan 'onbekend'.", '"antwoorden": {'),
        ("it", "Dit antwoord bestaat niet. Kies uit: niets, klein, flink, zwaar (of onbekend).", '"it": "reusachtig",'),
        ("fte", "Geef een getal.", '"fte": "veel",'),
        ("kosten", "Geef een heel getal.", '"kosten": 1.5,'),
    ]


def test_a_fault_names_the_file():
    with pytest.raises(RubricFaults) as caught:
        read(one({"it": "reusachtig"}), one(expected={"niveaus": LEVELS, "oordeel": None}))
    assert {fault.file for fault in caught.value.faults} == {"klein.yaml"}


def test_an_explanation_that_could_not_be_kept():
    ((question, message, line),) = faults_of(one(explanations={"it": "x" * 4001}))
    assert (question, line[:6]) == ("it", '"it": ')
    assert "4001 tekens" in message


def test_a_score_that_is_not_as_expected():
    wrong = {"niveaus": {**LEVELS, "it-systemen": 3, "personeel": None}, "oordeel": "uitvoerbaar"}
    assert faults_of(one(expected=wrong)) == [
        ("", "Een voorbeeld: it-systemen wordt 2, niet 3", '"it-systemen": 3,'),
        ("", "Een voorbeeld: personeel wordt 2, niet niet bekend", '"personeel": null,'),
        ("", "Een voorbeeld: het oordeel wordt uitvoerbaar-mits, niet uitvoerbaar", '"oordeel": "uitvoerbaar"'),
    ]
    short = {"niveaus": {"it-systemen": 2}, "oordeel": None}
    assert [(message, line) for _, message, line in faults_of(one(expected=short))] == [
        ("Een voorbeeld: 'gegevensuitwisseling' ontbreekt", '"niveaus": {'),
        ("Een voorbeeld: 'personeel' ontbreekt", '"niveaus": {'),
        ("Een voorbeeld: 'tijdlijn' ontbreekt", '"niveaus": {'),
        ("Een voorbeeld: het oordeel wordt uitvoerbaar-mits, niet geen", '"oordeel": null'),
    ]


def test_no_verdict_where_one_is_expected():
    answers = {"raakt": "geen-gevolgen"}
    expected = {"niveaus": dict.fromkeys(LEVELS, 0), "oordeel": "uitvoerbaar"}
    example = {"naam": "Niets", "antwoorden": answers, "verwacht": expected}
    assert [message for _, message, _ in faults_of(example)] == ["Niets: het oordeel wordt geen, niet uitvoerbaar"]


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"- a", "blok"), (b"voorbeelden: []", "leeg"), (b"voorbeelden: [{naam: Een}]", "'antwoorden' ontbreekt"), (b"\xff", "UTF-8")],  # noqa: E501
)  # fmt: skip
def test_a_file_that_is_none(body, words):
    with pytest.raises(RubricFaults, match=words):
        read_examples(small(), "klein.yaml", body)


def test_every_released_questionnaire_has_an_example():
    assert set(examples_of(RUBRICS, library())) == {rubric.ref for rubric in library()}


def test_check_and_freeze_look_at_the_examples(tmp_path):
    folder = shutil.copytree(RUBRICS, tmp_path / "rubrics")
    examples = folder / "examples"
    (examples / "anders-1.0.yaml").write_text("voorbeelden: []", encoding="utf-8")
    text = (examples / "spoed-1.0.yaml").read_text(encoding="utf-8")
    (examples / "spoed-1.0.yaml").write_text(text.replace("tijdlijn: 3", "tijdlijn: 1"), encoding="utf-8")
    found = {(fault.file, fault.message.partition(":")[2].strip() or fault.message) for fault in check(folder)}
    assert found == {
        ("examples/anders-1.0.yaml", "er is geen vragenlijst met deze bestandsnaam"),
        ("examples/spoed-1.0.yaml", "tijdlijn wordt 3, niet 1"),
    }
    with pytest.raises(RubricFaults):
        freeze(folder)
    shutil.rmtree(examples)
    assert check(folder) == ()
