"""The released questionnaires: sound, frozen, short enough for a late evening, and answerable by a machine."""

import csv

import pytest

from tests.rubric_samples import RUBRICS, library
from uitvoeringsscan.adapters.rubric_files import check, unfrozen
from uitvoeringsscan.assessments.answers import read_answers
from uitvoeringsscan.errors import InvalidInput
from uitvoeringsscan.rubrics.conditions import visible
from uitvoeringsscan.rubrics.model import Kind, Meaning
from uitvoeringsscan.rubrics.scales import Dimension, Touched

ALL = pytest.mark.parametrize("rubric", library().rubrics, ids=lambda rubric: rubric.ref.code)


def test_the_folder_is_sound_and_released():
    assert check(RUBRICS) == ()
    assert unfrozen(RUBRICS) == ()


def test_the_five_that_exist():
    assert [rubric.ref.code for rubric in library()] == ["basis", "fiscaal", "gemeenten", "spoed", "strafrechtketen"]


@pytest.mark.parametrize(
    ("agency", "code"),
    [
        ("uwv", "basis"),
        ("douane", "fiscaal"),
        ("gemeenten", "gemeenten"),
        ("om", "strafrechtketen"),
        ("nieuw", "basis"),
    ],
)
def test_who_gets_which(agency, code):
    assert library().for_agency(agency).ref.code == code
    assert library().for_agency(agency, short=True).ref.code == "spoed"


def test_questionnaires_are_for_agencies_that_exist(shared_data):
    with (shared_data / "organisaties.csv").open(encoding="utf-8") as lines:
        known = {row["code"] for row in csv.DictReader(lines)}
    assert {agency for rubric in library() for agency in rubric.agencies} <= known


@ALL
def test_whoever_is_touched_gives_levels_on_all_four_dimensions(rubric):
    """Whatever else is answered: each dimension has a question that asks nothing but to be touched."""
    shown = visible(rubric, {"raakt": "ja"})
    assert {rubric.question(code).dimension for code in shown} >= set(Dimension)


@ALL
def test_whoever_is_not_touched_is_done_with_one_reason(rubric):
    for touched in Touched:
        if touched is not Touched.YES:
            with pytest.raises(InvalidInput) as caught:
                read_answers(rubric, {"raakt": touched.value}, {}, complete=True)
            assert [problem.question for problem in caught.value.problems] == ["reden"]
            assert read_answers(rubric, {"raakt": touched.value, "reden": "Daarom."}, {}, complete=True)


GENERIC = {
    Kind.YES_NO: True,
    Kind.NUMBER: 1,
    Kind.AMOUNT: 1000,
    Kind.FTE: 1.5,
    Kind.DATE: "2028-07-01",
    Kind.TEXT: "Een antwoord.",
}


def generic(question, pick):
    if question["soort"] == "keuze":
        return question["opties"][pick % len(question["opties"])]["code"]
    if question["soort"] == "meerkeuze":
        return [question["opties"][pick % len(question["opties"])]["code"]]
    return GENERIC[Kind(question["soort"])]


def condition_holds(condition, answers):
    """What a client makes of `toonAls` by reading it."""
    if condition is None:
        return True
    if "alle" in condition:
        return all(condition_holds(part, answers) for part in condition["alle"])
    if "een" in condition:
        return any(condition_holds(part, answers) for part in condition["een"])
    return answers.get(condition["vraag"]) in condition["is"]


@ALL
@pytest.mark.parametrize("pick", range(8))
def test_a_client_can_answer_from_the_wire_shape_alone(rubric, pick):
    answers = {}
    for section in rubric.to_wire()["onderdelen"]:
        for question in section["vragen"]:
            if question["verplicht"] and condition_holds(question.get("toonAls"), answers):
                answers[question["code"]] = "ja" if question["code"] == "raakt" else generic(question, pick)
    read = read_answers(rubric, answers, {}, complete=True)
    assert set(read.values) == set(answers)


@ALL
def test_a_late_evening_is_long_enough(rubric):
    """Texts that are read on a form: a question is one line, help is no longer than three."""
    for question in rubric.questions:
        assert len(question.text) <= 100, question.code
        assert len(question.help or "") <= 160, question.code
        assert question.text.endswith("?"), question.code


@ALL
def test_nothing_internal_gives_the_summary_anything_to_print(rubric):
    """What the summary prints must be public; only the hint whom to ask instead goes to the coordinator."""
    internal = {question.gives for question in rubric.questions if not question.public}
    assert internal <= {None, Meaning.ASK_INSTEAD}


def test_the_basis_knows_every_meaning_but_that_of_a_collective():
    basis = library().latest("basis")
    assert {question.gives for question in basis.questions} - {None} == set(Meaning) - {Meaning.COVERAGE}
    gemeenten = library().latest("gemeenten")
    assert gemeenten.giving(Meaning.COVERAGE) is not None
