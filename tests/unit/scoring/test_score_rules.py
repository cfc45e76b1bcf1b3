"""One agency's score: the worst answer wins, with a trace; figures never weigh; silence never helps."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.rubric_samples import FULL_SMALL, SMALL, library, rubrics, small, wire_answers
from uitvoeringsscan.assessments.answers import only_visible, read_answers
from uitvoeringsscan.rubrics.kinds import KINDS
from uitvoeringsscan.rubrics.loading import load_rubric
from uitvoeringsscan.rubrics.model import Kind
from uitvoeringsscan.scoring.aggregation import STRICTNESS
from uitvoeringsscan.scoring.rules import no_impact_score, score
from uitvoeringsscan.scoring.score import (
    NOT_ANSWERED,
    AgencyScore,
    Dimension,
    DimensionScore,
    Level,
    Range,
    TraceLine,
    Verdict,
)

IT, DATA, STAFF, TIME = Dimension


def score_of(changes=None, rubric=None, **explanations):
    rubric = rubric or small()
    values, texts = only_visible(rubric, FULL_SMALL | (changes or {}), explanations)
    return score(rubric, read_answers(rubric, values, texts, complete=False))


def levels(result):
    return {part.dimension: part.level for part in result.dimensions}


def part(result, dimension):
    return next(part for part in result.dimensions if part.dimension is dimension)


def test_a_full_set_of_answers():
    result = score_of()
    assert levels(result) == {IT: 2, DATA: 1, STAFF: 2, TIME: 2}
    assert not any(part.at_least for part in result.dimensions)
    assert result.verdict is Verdict.FEASIBLE_IF
    assert result.conditions == ("De wet is er voor 1 juli, door de Kamer", "Geld, door het ministerie")
    assert result.alternative == "Vervang 2027 door 2028."
    assert result.costs_once == Range(Decimal(250000), Decimal(250000))
    assert result.fte_yearly == Range(Decimal(2), Decimal("3.5"))
    assert (result.costs_yearly, result.fte_once) == (None, None)
    assert result.feasible_from == date(2028, 7, 1)
    assert not result.not_ours


def test_the_trace_says_which_answer_made_the_level():
    (line,) = part(score_of(), IT).deciding
    assert (line.question, line.question_text, line.option, line.option_text, line.level) == (
        "it",
        "IT?",
        "flink",
        "Flink",
        2,
    )


def test_of_several_options_the_worst_weighs():
    data = part(score_of({"koppelingen": ["geen", "nieuw", "oud"]}), DATA)
    assert (data.level, data.trace[0].option) == (Level.MAJOR, "nieuw")


@pytest.mark.parametrize(("answer", "option"), [("onbekend", "onbekend"), (None, NOT_ANSWERED)])
def test_onbekend_and_silence_are_no_level(answer, option):
    data = part(score_of({"koppelingen": answer}), DATA)
    assert (data.level, data.at_least, data.deciding) == (None, True, ())
    assert data.trace[0].option == option


def test_onbekend_beside_a_level_is_at_least_that_level():
    basis = library().latest("basis")
    values = {"raakt": "ja", "it-aanpassing": "opbouw", "it-planning": "onbekend"}
    it = part(score(basis, read_answers(basis, values, {}, complete=False)), IT)
    assert (it.level, it.at_least) == (Level.MEDIUM, True)
    assert [line.level for line in it.trace] == [2, None]


@pytest.mark.parametrize(
    ("change", "planning", "level"),
    [("parameter", "geen-ruimte", 3), ("nieuw-systeem", "ja", 3), ("opbouw", "ander-werk-opschuiven", 2)],
)
def test_of_several_questions_the_worst_weighs(change, planning, level):
    basis = library().latest("basis")
    values = {"raakt": "ja", "it-aanpassing": change, "it-planning": planning}
    it = part(score(basis, read_answers(basis, values, {}, complete=False)), IT)
    assert (it.level, it.at_least, len(it.trace), len(it.deciding)) == (level, False, 2, 1)


@pytest.mark.parametrize("touched", ["niet-te-beoordelen", "onbekend", None])
def test_when_no_question_applies_everything_can_still_get_worse(touched):
    for one in score_of({"raakt": touched}).dimensions:
        assert (one.level, one.at_least, one.trace) == (None, True, ())


def test_no_impact_is_level_none_and_no_verdict():
    plain = no_impact_score()
    assert levels(plain) == dict.fromkeys(Dimension, Level.NONE)
    assert plain.verdict is None
    assert plain.costs_once == Range(Decimal(0), Decimal(0))
    said = score_of({"raakt": "geen-gevolgen"})
    assert levels(said) == levels(plain)
    assert {line.option for part in said.dimensions for line in part.trace} == {"geen-gevolgen"}


def test_not_ours_says_nothing():
    result = score_of({"raakt": "niet-onze-taak"})
    assert result.not_ours
    assert levels(result) == dict.fromkeys(Dimension)
    assert result.verdict is None


@pytest.mark.parametrize("changes", [{"raakt": "niet-te-beoordelen"}, {"raakt": "onbekend"}, {"oordeel": "onbekend"}])
def test_not_knowing_is_not_yet_assessable(changes):
    assert score_of(changes).verdict is Verdict.NOT_YET_ASSESSABLE


def test_no_verdict_is_none():
    assert score_of({"oordeel": None}).verdict is None


def test_onbekend_instead_of_a_figure_a_text_or_a_date():
    result = score_of({"kosten": "onbekend", "anders": "onbekend", "wanneer": "onbekend", "mits": "onbekend"})
    assert (result.costs_once, result.alternative, result.feasible_from, result.conditions) == (None, None, None, ())


def warnings_of(changes=None, **explanations):
    return {warning.code: warning.questions for warning in score_of(changes, **explanations).warnings}


EXPLAINED = dict.fromkeys(["it", "mensen", "datum", "koppelingen"], "Omdat.")


def test_good_answers_give_no_warning():
    assert warnings_of(**EXPLAINED) == {}


@pytest.mark.parametrize(
    ("changes", "code", "questions"),
    [
        ({"oordeel": "uitvoerbaar", "it": "zwaar", "datum": "ja"}, "uitvoerbaar-met-ingrijpend-gevolg", ("it", "oordeel")),
        ({"oordeel": "uitvoerbaar"}, "uitvoerbaar-maar-later", ("datum", "oordeel")),
        ({"wanneer": "onbekend"}, "later-zonder-datum", ("wanneer",)),
        ({"wanneer": None}, "later-zonder-datum", ("wanneer",)),
        ({"kosten": 0}, "it-zonder-kosten", ("it", "kosten")),
        ({"kosten": "onbekend"}, "it-zonder-kosten", ("it", "kosten")),
        ({"fte": -1}, "personeel-zonder-fte", ("mensen", "fte")),
        ({"oordeel": "niet-uitvoerbaar", "it": "klein", "mensen": "nee", "datum": "ja"}, "niet-uitvoerbaar-zonder-zwaar-gevolg",
         ("oordeel",)),
        ({"oordeel": "niet-uitvoerbaar", "anders": None}, "niet-uitvoerbaar-zonder-alternatief", ("anders",)),
    ],
)  # fmt: skip
def test_a_contradiction_warns(changes, code, questions):
    assert warnings_of(changes, **EXPLAINED) == {code: questions}


def test_heavy_answers_without_an_explanation():
    assert warnings_of(it="Omdat.") == {"zwaar-zonder-toelichting": ("mensen", "datum")}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"oordeel": "uitvoerbaar-mits", "it": "zwaar"}, "uitvoerbaar-met-ingrijpend-gevolg"),
        ({"it": "klein", "kosten": 0}, "it-zonder-kosten"),
        ({"mensen": "nee"}, "personeel-zonder-fte"),
        ({"oordeel": "niet-uitvoerbaar", "it": "onbekend", "mensen": "nee", "datum": "ja"},
         "niet-uitvoerbaar-zonder-zwaar-gevolg"),
        ({"datum": "ja"}, "later-zonder-datum"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_contradiction_does_not_warn(changes, code):
    assert code not in warnings_of(changes, **EXPLAINED)


def test_a_warning_is_a_sentence():
    for warning in score_of({"oordeel": "uitvoerbaar", "kosten": 0, "fte": 0, "it": "zwaar"}).warnings:
        assert warning.message.endswith((".", "?"))


def basis_score(**answers):
    basis = library().latest("basis")
    values = {"raakt": "ja"} | {code.replace("_", "-"): value for code, value in answers.items()}
    return score(basis, read_answers(basis, values, {}, complete=False))


def test_each_figure_goes_to_its_own_place():
    result = basis_score(kosten_eenmalig=1, kosten_jaarlijks=2, fte_eenmalig=3, fte_jaarlijks=4)
    found = (result.costs_once, result.costs_yearly, result.fte_once, result.fte_yearly)
    assert found == tuple(Range(Decimal(n), Decimal(n)) for n in (1, 2, 3, 4))
    assert result.warnings == ()


def test_no_impact_to_the_last_field():
    zero = Range(Decimal(0), Decimal(0))
    for trace in (
        None,
        TraceLine(
            question="raakt",
            question_text="Raakt het u?",
            option="geen-gevolgen",
            option_text="Geen gevolgen",
            level=Level.NONE,
        ),
    ):
        whole = AgencyScore(
            dimensions=tuple(
                DimensionScore(dimension=one, level=Level.NONE, at_least=False, trace=(trace,) if trace else ())
                for one in Dimension
            ),
            verdict=None, conditions=(), alternative=None, costs_once=zero, costs_yearly=zero, fte_once=zero,
            fte_yearly=zero, feasible_from=None, warnings=(), not_ours=False,
        )  # fmt: skip
        assert no_impact_score(trace) == whole
        if trace:
            assert score_of({"raakt": "geen-gevolgen"}) == whole


@pytest.mark.parametrize(("answer", "words"), [("onbekend", "Onbekend"), (None, "Niet beantwoord")])
def test_what_is_not_known_is_said_in_words(answer, words):
    (line,) = part(score_of({"it": answer}), IT).trace
    assert (line.option_text, line.level) == (words, None)


def test_conditions_count_only_with_mits():
    always = load_rubric(
        SMALL.replace("toonAls: {vraag: oordeel, is: [uitvoerbaar-mits]}", "toonAls: {vraag: raakt, is: [ja]}").encode()
    )
    assert score_of({"oordeel": "uitvoerbaar"}, always).conditions == ()
    assert len(score_of(rubric=always).conditions) == 2


def test_a_condition_loses_its_dash_and_nothing_else():
    assert score_of({"mits": "\n  • Geld \n\n*  Tijd\nXbox-vrij\n"}).conditions == ("Geld", "Tijd", "Xbox-vrij")


def test_the_option_in_the_trace_is_the_one_that_was_chosen():
    """Also when its code begins with that of another of the same level."""
    twins = SMALL.replace("{code: klein, tekst: Klein, niveau: 1}", "{code: zwa, tekst: Ook zwaar, niveau: 3}")
    assert part(score_of({"it": "zwaar"}, load_rubric(twins.encode())), IT).trace[0].option_text == "Zwaar"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"it_aanpassing": "opbouw", "kosten_eenmalig": 0},
         {"it-zonder-kosten": ("it-aanpassing", "kosten-eenmalig", "kosten-jaarlijks")}),
        ({"it_aanpassing": "opbouw", "kosten_eenmalig": 0, "kosten_jaarlijks": 1}, {}),
        ({"it_aanpassing": "opbouw", "kosten_eenmalig": 1, "kosten_jaarlijks": 0}, {}),
        ({"extra_werk": "extra-mensen", "fte_eenmalig": 0}, {"personeel-zonder-fte": ("extra-werk", "fte-jaarlijks", "fte-eenmalig")}),  # noqa: E501
        ({"extra_werk": "extra-mensen", "fte_eenmalig": 0.5}, {}),
        ({"extra_werk": "extra-mensen", "fte_jaarlijks": 0.5}, {}),
        ({"extra_werk": "extra-mensen", "fte_jaarlijks": {"laag": -2, "hoog": 0.1}}, {}),
    ],
)  # fmt: skip
def test_one_figure_of_the_two_is_enough(answers, expected):
    found = {
        one.code: one.questions for one in basis_score(**answers).warnings if one.code != "zwaar-zonder-toelichting"
    }
    assert found == expected


def test_what_is_only_at_least_light_may_still_be_heavy():
    light = {"it_aanpassing": "parameter", "gegevens_nodig": "nee", "extra_werk": "nee", "datum_haalbaar": "ja",
             "oordeel": "niet-uitvoerbaar", "alternatief": "Anders."}  # fmt: skip
    codes = [
        [one.code for one in basis_score(it_planning=planning, **light).warnings] for planning in ("ja", "onbekend")
    ]
    assert codes == [["niet-uitvoerbaar-zonder-zwaar-gevolg"], []]


# What must hold whatever is answered


@st.composite
def answered(draw, *, touched=False):
    rubric = draw(rubrics())
    wire = draw(wire_answers(rubric, every=draw(st.booleans())))
    if touched:
        wire["raakt"] = "ja"
    values, _ = only_visible(rubric, wire, {})
    return rubric, values


def scored(rubric, values):
    kept, _ = only_visible(rubric, values, {})
    return score(rubric, read_answers(rubric, kept, {}, complete=False))


def ladder(level):
    return -1 if level is None else int(level)


@given(answered())
def test_the_same_answers_give_the_same_score_in_any_order(case):
    rubric, values = case
    assert scored(rubric, values) == scored(rubric, dict(reversed(values.items())))


@given(answered(touched=True), st.data())
def test_a_worse_answer_never_lowers_a_level(case, data):
    rubric, values = case
    heavy = [
        q for q in rubric.questions if q.dimension and isinstance(values.get(q.code), str) and q.option(values[q.code])
    ]
    assume(heavy)
    question = data.draw(st.sampled_from(heavy))
    now = question.level_of(values[question.code])
    worse = [option.code for option in question.options if option.level >= now]
    before = part(scored(rubric, values), question.dimension)
    after = part(scored(rubric, values | {question.code: data.draw(st.sampled_from(worse))}), question.dimension)
    assert ladder(after.level) >= ladder(before.level)


@given(answered(touched=True), st.data())
def test_silence_never_looks_better_than_the_mildest_answer(case, data):
    rubric, values = case
    heavy = [question for question in rubric.questions if question.dimension and question.code in values]
    assume(heavy)
    question = data.draw(st.sampled_from(heavy))
    mildest = min(question.options, key=lambda option: option.level).code
    answer = [mildest] if question.kind is Kind.CHOICES else mildest
    mild = part(scored(rubric, values | {question.code: answer}), question.dimension)
    for silent in ("onbekend", None):
        quiet = part(scored(rubric, values | {question.code: silent}), question.dimension)
        assert quiet.at_least
        assert quiet.level is None or ladder(quiet.level) >= ladder(mild.level) or not mild.at_least


@given(answered(touched=True))
def test_not_knowing_the_verdict_is_stricter_than_the_milder_ones(case):
    rubric, values = case
    unknown = scored(rubric, values | {"oordeel": "onbekend"}).verdict
    mild = scored(rubric, values | {"oordeel": "uitvoerbaar"}).verdict
    assert STRICTNESS[unknown] > STRICTNESS[mild]


@given(answered(touched=True), st.data())
def test_amounts_fte_and_dates_never_score(case, data):
    rubric, values = case
    kinds = {kind for kind, rules in KINDS.items() if rules.decimals is not None} | {Kind.DATE}
    figures = [q.code for q in rubric.questions if q.kind in kinds and q.code in values]
    assume(figures)
    changed = values | {data.draw(st.sampled_from(figures)): "onbekend"}
    assert scored(rubric, changed).dimensions == scored(rubric, values).dimensions


@given(answered())
def test_a_score_survives_storage(case):
    adapter = TypeAdapter(AgencyScore)
    result = scored(*case)
    assert adapter.validate_json(adapter.dump_json(result)) == result


@given(answered())
def test_the_level_is_that_of_a_line_in_the_trace(case):
    for one in scored(*case).dimensions:
        assert (one.level is None) == (not one.deciding)
        assert all(ladder(line.level) <= ladder(one.level) for line in one.trace)
        assert one.at_least or all(line.level is not None for line in one.trace)
