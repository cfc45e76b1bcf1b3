"""A web form becomes the same JSON values that a machine sends."""

import pytest
from hypothesis import given

from tests.rubric_samples import FULL_SMALL, small, wire_answers
from uitvoeringsscan.assessments.answers import from_text, only_visible, read_answers, read_form, to_wire
from uitvoeringsscan.errors import Problem
from uitvoeringsscan.rubrics import kinds
from uitvoeringsscan.rubrics.model import Kind


def read(**fields):
    """Field names with a dot are written with two underscores."""
    names = {name.replace("__", "."): value if isinstance(value, list) else [value] for name, value in fields.items()}
    return read_form(small(), names)


def test_a_form_that_was_filled_in():
    form = read(
        raakt="ja", it="flink", koppelingen=["oud", "nieuw"], overwerk="nee", fte__laag="2", fte__hoog="3,5", kosten="1,5 mln",
        aantal=" ", wanneer="1 juli 2028", mits="Een\r\ntwee", it__toelichting=" Veel werk. ", raakt__toelichting="  ", anders="",
        knop="bewaren",
    )  # fmt: skip
    assert form.problems == ()
    assert form.values == {
        "raakt": "ja", "it": "flink", "koppelingen": ["oud", "nieuw"], "overwerk": False, "fte": {"laag": 2, "hoog": 3.5},
        "kosten": 1500000, "wanneer": "2028-07-01", "mits": "Een\r\ntwee",
    }  # fmt: skip
    assert form.explanations == {"it": "Veel werk."}


def test_what_is_unclear_is_a_problem_beside_what_is_not():
    form = read(kosten="1.5", wanneer="juli 2028", it="flink", fte__laag="x", fte__hoog="2")
    assert form.values == {"it": "flink"}
    assert [(problem.question, problem.code) for problem in form.problems] == [
        ("fte", "verkeerde-soort"),
        ("kosten", "verkeerde-soort"),
        ("wanneer", "ongeldige-datum"),
    ]


@pytest.mark.parametrize(
    ("low", "high", "wire"),
    [("2", "", 2), ("", "3", 3), ("2", "3", {"laag": 2, "hoog": 3}), ("3", "2", {"laag": 3, "hoog": 2})],
)
def test_two_fields_make_a_range(low, high, wire):
    assert read(fte__laag=low, fte__hoog=high).values["fte"] == wire


def test_a_range_within_one_of_two_fields_is_a_problem():
    for low in ("1 - 2", "onbekend"):
        (problem,) = read(fte__laag=low, fte__hoog="3").problems
        assert (problem.question, problem.code) == ("fte", "verkeerde-soort")


def test_a_problem_is_told_in_the_words_of_its_field():
    def message(**fields):
        (problem,) = read_form(small(), {name.replace("__", "."): [text] for name, text in fields.items()}).problems
        return problem.code, problem.message

    comma = "Schrijf een komma voor decimalen (1,5) en punten alleen per duizend (2.500.000)."
    assert message(fte="1.5") == ("verkeerde-soort", comma)
    assert message(fte__laag="1.5", fte__hoog="2") == ("verkeerde-soort", comma)
    two = "Schrijf in elk van de twee velden één getal, of kies 'onbekend'."
    assert message(fte__laag="1 - 2", fte__hoog="3") == ("verkeerde-soort", two)
    assert message(fte__laag="onbekend") == ("verkeerde-soort", two)


def test_an_explanation_in_two_fields_is_kept_in_lines():
    assert read_form(small(), {"it.toelichting": [" Een.", "Twee. "]}).explanations == {"it": "Een.\nTwee."}


def test_onbekend_wins_and_can_be_chosen_like_an_option():
    form = read(kosten="5", kosten__onbekend="on", koppelingen=["oud", "onbekend"], it="onbekend", fte="Onbekend")
    assert form.values == {"kosten": "onbekend", "koppelingen": "onbekend", "it": "onbekend", "fte": "onbekend"}


def test_one_field():
    assert from_text(small().question("kosten"), "2 mln") == 2_000_000
    assert from_text(small().question("kosten"), "") is None
    problem = from_text(small().question("kosten"), "veel")
    assert isinstance(problem, Problem)
    assert problem.question == "kosten"


@given(wire_answers(small(), every=True))
def test_what_a_page_shows_comes_back_when_the_form_is_sent_again(wire):
    values, _ = only_visible(small(), FULL_SMALL | wire, {})
    answers = read_answers(small(), values, {}, complete=False)
    fields = {}
    for code, value in answers.values.items():
        question = small().question(code)
        codes = (
            kinds.write(question, value)
            if question.kind in (Kind.CHOICE, Kind.CHOICES)
            else kinds.show(question, value)
        )
        fields[code] = codes if isinstance(codes, list) else [codes]
    form = read_form(small(), fields)
    assert form.problems == ()
    assert read_answers(small(), form.values, form.explanations, complete=False) == answers
    assert set(to_wire(small(), answers)[0]) == set(form.values)
