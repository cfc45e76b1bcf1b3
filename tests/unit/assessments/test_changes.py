"""What changed since an agency last signed: every question once, by what an answer means, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rubric_samples import FULL_SMALL, SMALL, small, wire_answers
from uitvoeringsscan.assessments.assessment import Outcome, RawAnswers
from uitvoeringsscan.assessments.changes import Said, changes, said, touched
from uitvoeringsscan.rubrics.loading import load_rubric
from uitvoeringsscan.rubrics.model import Rubric

drafts = st.builds(
    RawAnswers,
    values=wire_answers(small()),
    explanations=st.dictionaries(st.sampled_from(list(small().by_code)), st.sampled_from(["Zo.", " Zo. ", "Anders."])),
)


def says(values: Any, explanations: Any = (), rubric: Rubric | None = None, **more: Any) -> Said:
    answers = RawAnswers(values=dict(values), explanations=dict(explanations))
    return Said(rubric=rubric or small(), outcome=more.pop("outcome", Outcome.ANSWERED), answers=answers, **more)


@given(drafts, drafts)
@settings(max_examples=50)
def test_every_question_is_changed_or_unchanged_and_nothing_is_lost(one: RawAnswers, other: RawAnswers) -> None:
    old, new = says(one.values, one.explanations), says(other.values, other.explanations)
    found = changes(old, new)
    changed = [one.question for one in found.changed]
    told = [*changed, *found.unchanged]
    assert len(told) == len(set(told))
    given_codes = {*one.values, *one.explanations, *other.values, *other.explanations}
    assert given_codes <= set(told) <= set(small().by_code)
    for change in found.changed:  # to the letter, on both sides
        assert change.was.value == one.values.get(change.question)
        assert change.now.value == other.values.get(change.question)
        assert change.now.explanation == ((other.explanations.get(change.question) or "").strip() or None)
    assert {change.question for change in changes(new, old).changed} == set(changed)
    # What is not touched in what is stored, cannot have changed in what it means.
    assert set(changed) <= set(touched(one, other))


@given(drafts)
@settings(max_examples=30)
def test_the_same_twice_is_no_change(draft: RawAnswers) -> None:
    found = changes(says(draft.values, draft.explanations), says(draft.values, draft.explanations))
    assert found.none
    assert touched(draft, draft) == ()


def test_an_answer_is_compared_by_what_it_means() -> None:
    old = says({**FULL_SMALL, "fte": 2}, {"it": "Veel werk."})
    new = says({**FULL_SMALL, "fte": {"laag": 2, "hoog": 2}}, {"it": " Veel werk. "})
    assert changes(old, new).none
    (one,) = changes(old, says({**FULL_SMALL, "fte": 3}, {"it": "Veel werk."})).changed
    assert (one.question, one.was.value, one.now.value, one.now.asked) == ("fte", 2, 3, True)


def test_an_explanation_alone_is_a_change_and_a_question_that_fell_away_is_one() -> None:
    old = says(FULL_SMALL, {"it": "Veel werk."})
    assert [one.question for one in changes(old, says(FULL_SMALL, {"it": "Weinig."})).changed] == ["it"]
    no_date = {code: value for code, value in FULL_SMALL.items() if code != "wanneer"} | {"datum": "ja"}
    found = {
        one.question: one
        for one in changes(says({**FULL_SMALL, "datum": "later", "wanneer": "2028-01-01"}), says(no_date)).changed
    }
    assert set(found) == {"datum", "wanneer"}
    assert (found["wanneer"].was.asked, found["wanneer"].now.asked, found["wanneer"].now.value) == (True, False, None)


def test_over_two_versions_of_a_questionnaire_nothing_is_lost() -> None:
    newer = load_rubric(
        SMALL.replace('versie: "1.0"', 'versie: "1.1"').replace("code: it\n", "code: systemen\n").encode()
    )
    values = {code: value for code, value in FULL_SMALL.items() if code != "it"}
    found = changes(says(FULL_SMALL), says({**values, "systemen": FULL_SMALL["it"]}, rubric=newer))
    assert [one.question for one in found.changed] == ["systemen", "it"]  # what is no longer asked comes last
    assert found.changed[1].was.value == FULL_SMALL["it"]
    strange = changes(says({"vreemd": 1}), says({"vreemd": 2, "it": ["geen"]}))
    assert {one.question for one in strange.changed} == {"vreemd", "it"}  # not readable, and still told


@pytest.mark.parametrize(
    ("outcome", "values", "counted"),
    [
        (Outcome.ANSWERED, FULL_SMALL, True),
        (Outcome.NO_IMPACT, {"raakt": "geen-gevolgen"}, True),
        (Outcome.NO_IMPACT, FULL_SMALL, False),
    ],
)
def test_answers_that_a_quick_way_out_left_behind_are_not_what_was_said(
    outcome: Outcome, values: Any, counted: bool
) -> None:
    answers = RawAnswers(values=dict(values))
    one = said(small(), outcome, answers, reason="Daarom.", instead=None)
    assert one.answers == (answers if counted else RawAnswers())


def test_another_outcome_or_reason_is_a_change() -> None:
    quick = says({}, outcome=Outcome.NOT_OURS, reason="Dat doet een ander.", ask_instead="svb")
    found = changes(says(FULL_SMALL), quick)
    assert (found.outcome, found.reason, found.none) == (True, True, False)
    assert {one.question for one in found.changed} == set(FULL_SMALL)
    again = says({}, outcome=Outcome.NOT_OURS, reason="Dat doet een ander. ", ask_instead="svb")
    assert changes(quick, again).none
    elsewhere = says({}, outcome=Outcome.NOT_OURS, reason="Dat doet een ander.", ask_instead="duo")
    assert changes(quick, elsewhere).reason
