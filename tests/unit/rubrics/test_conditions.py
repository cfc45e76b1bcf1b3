"""Which questions apply: every shape of condition, and what must hold whatever is answered."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rubric_samples import rubrics, small, wire_answers
from uitvoeringsscan.rubrics import kinds
from uitvoeringsscan.rubrics.conditions import depends_on, holds, questions_in, visible
from uitvoeringsscan.rubrics.model import AllOf, AnyOf, LevelFrom
from uitvoeringsscan.rubrics.values import UNKNOWN, Range


@pytest.mark.parametrize(
    ("question", "values", "applies"),
    [
        ("raakt", {}, True),
        ("it", {}, False),
        ("it", {"raakt": "ja"}, True),
        ("it", {"raakt": UNKNOWN}, False),
        ("it", {"raakt": "geen-gevolgen"}, False),
        ("fte", {"raakt": "ja", "mensen": "meer"}, True),
        ("fte", {"raakt": "ja", "mensen": "nee", "overwerk": False}, False),
        ("fte", {"raakt": "ja", "mensen": "nee", "overwerk": True}, True),
        ("fte", {"raakt": "ja", "mensen": UNKNOWN}, False),
        ("fte", {"mensen": "meer"}, False),
        ("aantal", {"raakt": "ja", "koppelingen": ("geen", "oud")}, True),
        ("aantal", {"raakt": "ja", "koppelingen": ("geen",)}, False),
        ("aantal", {"raakt": "ja", "koppelingen": UNKNOWN}, True),
        ("aantal", {"raakt": "ja"}, False),
        ("wanneer", {"raakt": "geen-gevolgen", "datum": "later"}, False),
    ],
)
def test_shapes(question, values, applies):
    assert (question in visible(small(), values)) is applies


def test_figures_satisfy_no_condition():
    condition = small().question("it").condition
    assert not holds(condition, {"raakt": Range(Decimal(1), Decimal(1))}, small().by_code)


@pytest.mark.parametrize(("answer", "reached"), [("niets", 0), ("klein", 1), ("flink", 2), ("zwaar", 3), (UNKNOWN, 0)])
def test_a_level_is_reached_from_itself_upwards(answer, reached):
    for level in (1, 2, 3):
        condition = LevelFrom(vraag="it", niveauVanaf=level)
        assert holds(condition, {"it": answer}, small().by_code) is (reached >= level)
    assert not holds(LevelFrom(vraag="it", niveauVanaf=1), {}, small().by_code)


def test_questions_in_a_condition():
    assert set(questions_in(small().question("fte").condition)) == {"mensen", "overwerk"}
    assert list(questions_in(None)) == []


def test_what_hangs_on_an_answer():
    assert depends_on(small(), frozenset({"datum"})) == {"wanneer"}
    assert "wanneer" in depends_on(small(), frozenset({"raakt"}))
    assert depends_on(small(), frozenset()) == frozenset()


def values_of(rubric, wire):
    return {code: kinds.read(rubric.question(code), raw) for code, raw in wire.items()}


@st.composite
def cases(draw):
    rubric = draw(rubrics())
    return rubric, values_of(rubric, draw(wire_answers(rubric)))


@given(cases())
def test_each_question_agrees_with_its_condition(case):
    rubric, values = case
    shown = visible(rubric, values)
    counted = {code: value for code, value in values.items() if code in shown}
    for question in rubric.questions:
        expected = question.condition is None or holds(question.condition, counted, rubric.by_code)
        assert (question.code in shown) is expected


@given(cases())
def test_answers_to_questions_that_do_not_apply_count_for_nothing(case):
    rubric, values = case
    shown = visible(rubric, values)
    assert visible(rubric, {code: value for code, value in values.items() if code in shown}) == shown


@given(cases(), st.data())
def test_only_what_hangs_on_an_answer_changes_with_it(case, data):
    rubric, values = case
    changed = data.draw(st.sampled_from([question.code for question in rubric.questions]))
    other = {code: value for code, value in values.items() if code != changed}
    assert visible(rubric, values) ^ visible(rubric, other) <= depends_on(rubric, frozenset({changed}))


@given(cases(), st.data())
def test_one_more_answer_never_hides_a_question(case, data):
    rubric, values = case
    fewer = {code: value for code, value in values.items() if data.draw(st.booleans())}
    assert visible(rubric, fewer) <= visible(rubric, values)


@given(cases())
def test_all_and_any_mean_what_they_say(case):
    rubric, values = case
    parts = [question.condition for question in rubric.questions if question.condition][:4]
    each = [holds(part, values, rubric.by_code) for part in parts]
    assert holds(AllOf(alle=parts), values, rubric.by_code) is all(each)
    assert holds(AnyOf(een=parts), values, rubric.by_code) is any(each)
