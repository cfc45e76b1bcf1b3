"""What came in becomes answers, or every problem at once."""

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rubric_samples import FULL_SMALL, library, rubrics, small, wire_answers
from uitvoeringsscan.assessments.answers import (
    UNKNOWN,
    Answers,
    Range,
    diff,
    implied_outcome,
    only_visible,
    read_answers,
    to_wire,
)
from uitvoeringsscan.assessments.assessment import Outcome
from uitvoeringsscan.errors import InvalidInput
from uitvoeringsscan.rubrics.conditions import visible


def problems(values, explanations=None, *, complete=True, rubric=None):
    with pytest.raises(InvalidInput) as caught:
        read_answers(rubric or small(), values, explanations or {}, complete=complete)
    return [(problem.field or problem.question, problem.code) for problem in caught.value.problems]


def test_a_full_set_of_answers():
    answers = read_answers(small(), FULL_SMALL, {"it": " Veel\r\nwerk. ", "fte": ""}, complete=True)
    assert answers.values == {
        "raakt": "ja", "waarom": "Er komt een stap bij.", "it": "flink", "koppelingen": ("oud",), "overwerk": False,
        "mensen": "meer", "fte": Range(Decimal(2), Decimal("3.5")), "kosten": Range(Decimal(250000), Decimal(250000)),
        "aantal": Range(Decimal(1200), Decimal(1200)), "datum": "later", "wanneer": date(2028, 7, 1),
        "oordeel": "uitvoerbaar-mits", "mits": FULL_SMALL["mits"], "anders": "Vervang 2027 door 2028.",
    }  # fmt: skip
    assert answers.explanations == {"it": "Veel\nwerk."}


def test_answers_cannot_be_changed():
    answers = read_answers(small(), FULL_SMALL, {}, complete=True)
    with pytest.raises(TypeError):
        answers.values["it"] = "niets"
    with pytest.raises(FrozenInstanceError):
        answers.values = {}


def test_every_problem_comes_at_once_in_the_order_of_the_questionnaire():
    values = {
        "onzin": 1, "it": "misschien", "koppelingen": "oud", "overwerk": "ja", "fte": 1000, "kosten": True, "aantal": -1,
        "datum": "later", "wanneer": "2028-02-30", "oordeel": "uitvoerbaar", "mits": "Toch", "raakt": "ja",
    }  # fmt: skip
    assert problems(values, {"it": "x" * 4001, "nergens": "x", "kosten": 3}) == [
        ("waarom", "verplicht"),
        ("it", "onbekende-optie"),
        ("toelichtingen.it", "te-lang"),
        ("koppelingen", "verkeerde-soort"),
        ("overwerk", "verkeerde-soort"),
        ("mensen", "verplicht"),
        ("fte", "te-groot"),
        ("kosten", "verkeerde-soort"),
        ("toelichtingen.kosten", "verkeerde-soort"),
        ("aantal", "te-klein"),
        ("wanneer", "ongeldige-datum"),
        ("mits", "niet-gevraagd"),
        ("onzin", "onbekende-vraag"),
        ("toelichtingen.nergens", "onbekende-vraag"),
    ]


def test_every_problem_says_how_to_go_on():
    with pytest.raises(InvalidInput) as caught:
        read_answers(
            small(), {"raakt": "geen-gevolgen", "it": "klein", "vreemd": 1}, {"fte": 2, "ook": "x"}, complete=True
        )
    assert caught.value.message == "Niet alle antwoorden kloppen."
    not_asked = "Deze vraag geldt niet bij uw andere antwoorden. Laat haar leeg, of pas het eerdere antwoord aan."
    strange = "Deze vraag staat niet in de vragenlijst. Kijk of de code goed is."
    assert [(problem.question or problem.field, problem.message) for problem in caught.value.problems] == [
        ("it", not_asked),
        ("toelichtingen.fte", "Een toelichting is een tekst."),
        ("vreemd", strange),
        ("toelichtingen.ook", strange),
    ]
    with pytest.raises(InvalidInput) as caught:
        read_answers(small(), {}, {}, complete=True)
    (problem,) = caught.value.problems
    assert problem.message == "Beantwoord deze vraag. Weet u het niet? Antwoord dan 'onbekend'."


@pytest.mark.parametrize(("code", "shown"), [("É", "'\\xc9'"), ("x" * 65, "'" + "x" * 64 + "'"), ("y z", "'y z'")])
def test_a_strange_code_is_told_back_cut_short(code, shown):
    assert problems({code: 1}, complete=False) == [(shown, "onbekende-vraag")]
    assert problems({}, {code: "x"}, complete=False) == [(f"toelichtingen.{shown}", "onbekende-vraag")]


def test_nothing_at_all_asks_for_what_is_always_asked():
    assert problems({}) == [("raakt", "verplicht")]


@pytest.mark.parametrize("nothing", [None, "", "   "])
def test_an_empty_answer_is_no_answer(nothing):
    assert problems(FULL_SMALL | {"it": nothing}) == [("it", "verplicht")]


def test_a_draft_may_be_incomplete_and_nothing_else():
    assert read_answers(small(), {}, {}, complete=False) == Answers()
    assert problems({"raakt": "ja", "it": "x", "wanneer": "2028-01-01"}, complete=False) == [
        ("it", "onbekende-optie"),
        ("wanneer", "niet-gevraagd"),
    ]


def test_onbekend_satisfies_what_is_required():
    values = {"raakt": "ja"} | dict.fromkeys(
        ["waarom", "it", "koppelingen", "overwerk", "mensen", "datum", "oordeel"], "onbekend"
    )
    answers = read_answers(small(), values, {}, complete=True)
    assert set(answers.values.values()) == {"ja", UNKNOWN}


def test_questions_that_hang_on_an_unreadable_answer_are_left_in_peace():
    values = {code: value for code, value in FULL_SMALL.items() if code != "waarom"} | {"raakt": "jawel"}
    assert problems(values, {"it": "Uitleg."}) == [("raakt", "onbekende-optie")]


def test_a_question_that_applies_anyway_is_still_required():
    values = {code: value for code, value in FULL_SMALL.items() if code != "fte"} | {"mensen": "veel", "overwerk": True}
    assert problems(values) == [("mensen", "onbekende-optie"), ("fte", "verplicht")]


def test_an_explanation_of_a_question_that_does_not_apply():
    assert problems({"raakt": "geen-gevolgen"}, {"it": "Uitleg."}) == [("toelichtingen.it", "niet-gevraagd")]


def test_an_explanation_may_stand_alone_in_a_draft():
    assert read_answers(small(), {"raakt": "ja"}, {"it": "Volgt."}, complete=False).explanations == {"it": "Volgt."}


@pytest.mark.parametrize("code", ["\ud800", "x" * 500, "<script>", "é", ""])
def test_a_strange_code_is_told_back_in_a_harmless_shape(code):
    ((place, kind),) = problems({"raakt": "geen-gevolgen", code: 1})
    assert kind == "onbekende-vraag"
    assert place.isascii()
    assert len(place) < 700


def test_diff_names_what_changed():
    old = read_answers(small(), FULL_SMALL, {"it": "a", "mensen": "b"}, complete=True)
    new = read_answers(
        small(), FULL_SMALL | {"kosten": None, "it": "zwaar"}, {"mensen": "c", "datum": "d"}, complete=True
    )
    assert diff(old, new) == ("it", "mensen", "kosten", "datum")
    assert diff(old, old) == ()


@pytest.mark.parametrize(
    ("touched", "outcome"),
    [
        ("ja", Outcome.ANSWERED),
        ("geen-gevolgen", Outcome.NO_IMPACT),
        ("niet-onze-taak", Outcome.NOT_OURS),
        ("niet-te-beoordelen", Outcome.ANSWERED),
        ("onbekend", Outcome.ANSWERED),
    ],
)
def test_the_first_answer_can_settle_it(touched, outcome):
    assert implied_outcome(small(), read_answers(small(), {"raakt": touched}, {}, complete=False)) is outcome
    assert implied_outcome(small(), Answers()) is Outcome.ANSWERED


def test_what_no_longer_applies_can_be_dropped():
    values, texts = only_visible(
        small(), FULL_SMALL | {"raakt": "geen-gevolgen", "vreemd": 1}, {"it": "Uitleg.", "raakt": "Omdat."}
    )
    assert (values, texts) == ({"raakt": "geen-gevolgen"}, {"raakt": "Omdat."})
    values, _ = only_visible(small(), FULL_SMALL | {"datum": "nooit"}, {})
    assert values["wanneer"] == "2028-07-01", "nobody can say yet whether it applies"


def test_short_answers_go_along_to_the_whole_questionnaire():
    short, whole = library().latest("spoed"), library().latest("basis")
    assert {question.code for question in short.questions} <= {question.code for question in whole.questions}
    for question in short.questions:
        assert question.options == whole.question(question.code).options
        assert question.kind is whole.question(question.code).kind


@st.composite
def drafts(draw):
    rubric = draw(rubrics())
    wire = draw(wire_answers(rubric))
    texts = {code: "Uitleg." for code in wire if draw(st.booleans())}
    return (rubric, *only_visible(rubric, wire, texts))


@given(drafts())
def test_what_was_read_is_written_and_read_the_same(case):
    rubric, values, texts = case
    answers = read_answers(rubric, values, texts, complete=False)
    assert read_answers(rubric, *to_wire(rubric, answers), complete=False) == answers


@given(drafts())
def test_only_questions_that_apply_have_answers(case):
    rubric, values, texts = case
    answers = read_answers(rubric, values, texts, complete=False)
    assert set(answers.values) | set(answers.explanations) <= visible(rubric, answers.values)


@given(drafts())
def test_a_client_that_follows_the_problems_gets_done(case):
    """Answer what is asked, drop what is not: by the codes of the problems alone the questionnaire can be completed."""
    rubric, values, _ = case
    for _ in range(len(rubric.questions) + 1):
        try:
            answers = read_answers(rubric, values, {}, complete=True)
            break
        except InvalidInput as found:
            for problem in found.problems:
                assert problem.code in ("verplicht", "niet-gevraagd")
                if problem.code == "verplicht":
                    values[problem.question] = "onbekend"
                else:
                    del values[problem.question]
    shown = visible(rubric, answers.values)
    required = {question.code for question in rubric.questions if question.required and question.code in shown}
    assert required <= set(answers.values)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@given(
    st.dictionaries(st.sampled_from(list(FULL_SMALL)) | st.text(max_size=5), _json),
    st.dictionaries(st.sampled_from(list(FULL_SMALL)) | st.text(max_size=5), _json, max_size=3),
    st.booleans(),
)
def test_whatever_comes_in_is_answers_or_problems_with_a_place(values, texts, complete):
    problems = None
    try:
        answers = read_answers(small(), values, texts, complete=complete)
    except InvalidInput as found:
        problems = found.problems
    if problems is None:
        assert read_answers(small(), *to_wire(small(), answers), complete=complete) == answers
    else:
        assert problems
        assert all((problem.question is None) != (problem.field is None) for problem in problems)
        assert all(problem.message.strip() for problem in problems)
