"""What `rubrics check` lets through is monotone: a worse answer never lowers a level, whatever the questionnaire."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from uitvoeringsscan.assessments.answers import only_visible, read_answers
from uitvoeringsscan.rubrics.loading import load_rubric
from uitvoeringsscan.rubrics.scales import Dimension, Touched, Verdict
from uitvoeringsscan.rubrics.source import RubricFaults
from uitvoeringsscan.scoring.rules import score

LEVELS = {"geen": 0, "licht": 1, "half": 2, "zwaar": 3}


def question(code, dimension=None, condition=None, options=None, kind="keuze", **more):
    options = options or ["geen", "licht", "half", "zwaar"]
    levels = [{"code": one, "tekst": one, **({"niveau": LEVELS[one]} if dimension else {})} for one in options]
    shown = {"toonAls": condition} if condition else {}
    return {"code": code, "vraag": f"{code}?", "soort": kind, "verplicht": False, "openbaar": True, "opties": levels,
            **({"dimensie": dimension} if dimension else {}), **shown, **more}  # fmt: skip


FIRST = [question("raakt", options=[str(one) for one in Touched], levert="geraakt")]
LAST = [
    *(question(f"vast-{one}", str(one), options=["geen", "licht"]) for one in Dimension),
    question("oordeel", options=[str(one) for one in Verdict], levert="oordeel"),
]


def rubric_of(*questions):
    whole = {"code": "proef", "versie": "1.0", "titel": "Proef",
             "onderdelen": [{"code": "deel", "titel": "Deel", "vragen": [*FIRST, *questions, *LAST]}]}  # fmt: skip
    return load_rubric(json.dumps(whole).encode(), ["proef-1.0.yaml"])


def hides(*questions):
    try:
        rubric_of(*questions)
    except RubricFaults as found:
        return [fault.question for fault in found.faults if "verbergt deze vraag" in fault.message]
    return []


def test_naming_the_heavier_answers_too_is_enough():
    assert hides(question("a", "personeel"), question("b", "tijdlijn", {"vraag": "a", "is": ["half", "zwaar"]})) == []
    assert hides(question("a", "personeel"), question("b", "tijdlijn", {"vraag": "a", "is": ["licht", "zwaar"]})) == [
        "b"
    ]
    assert hides(question("a", "personeel"), question("b", "tijdlijn", {"vraag": "a", "niveauVanaf": 1})) == []


def test_without_a_dimension_nothing_can_be_lowered():
    assert hides(question("a", "personeel"), question("b", None, {"vraag": "a", "is": ["licht"]})) == []
    assert hides(question("a", None), question("b", "tijdlijn", {"vraag": "a", "is": ["licht"]})) == []


def test_onbekend_is_no_lighter_answer():
    assert hides(question("a", "personeel"), question("b", "tijdlijn", {"vraag": "a", "is": ["onbekend"]})) == []


def test_on_its_own_dimension_a_heavy_answer_makes_up_for_what_it_hides():
    light = {"options": ["geen", "licht"]}
    condition = {"vraag": "a", "is": ["geen"]}
    one = question("a", "tijdlijn", options=["geen", "half", "zwaar"])
    assert hides(one, question("b", "tijdlijn", condition, **light)) == []
    assert hides(one, question("b", "personeel", condition, **light)) == ["b"]
    assert hides(one, question("b", "tijdlijn", condition)) == ["b"]


def test_a_question_between_hides_as_well():
    between = question("b", None, {"vraag": "a", "is": ["licht"]}, options=["geen", "licht"])
    assert hides(question("a", "personeel"), between, question("c", "tijdlijn", {"vraag": "b", "is": ["geen"]})) == [
        "c"
    ]


@st.composite
def conditions(draw, earlier):
    code = draw(st.sampled_from(earlier))
    if draw(st.booleans()):
        return {"vraag": code, "niveauVanaf": draw(st.integers(1, 3))}
    some = draw(st.lists(st.sampled_from([*LEVELS, "onbekend"]), min_size=1, max_size=4, unique=True))
    return {"vraag": code, "is": some}


@st.composite
def drawn(draw):
    codes = ["a", "b", "c"]
    made = []
    for place, code in enumerate(codes):
        leaf = conditions(codes[:place]) if place else st.none()
        many = st.lists(leaf, min_size=1, max_size=2)
        condition = draw(st.one_of(leaf, many.map(lambda parts: {"alle": parts}), many.map(lambda parts: {"een": parts}),
                                   st.none())) if place else None  # fmt: skip
        dimension = draw(st.sampled_from([str(Dimension.STAFF), str(Dimension.TIMELINE)]))
        made.append(question(code, dimension, condition, kind=draw(st.sampled_from(["keuze", "meerkeuze"]))))
    return made


@settings(max_examples=150)
@given(drawn(), st.data())
def test_what_is_let_through_never_lowers_a_level_for_a_worse_answer(questions, data):
    try:
        rubric = rubric_of(*questions)
    except RubricFaults:
        assume(False)
        raise
    option = st.sampled_from([*LEVELS, "onbekend", None])
    given_ = {code: data.draw(option, label=code) for code in "abc"}
    code = data.draw(st.sampled_from("abc"))
    assume(given_[code] in LEVELS)
    worse = data.draw(st.sampled_from([one for one in LEVELS if LEVELS[one] >= LEVELS[given_[code]]]))

    def levels(answers):
        wire = {"raakt": "ja"} | {
            key: [value] if rubric.question(key).kind.value == "meerkeuze" and value != "onbekend" else value
            for key, value in answers.items()
            if value is not None
        }
        kept, _ = only_visible(rubric, wire, {})
        found = score(rubric, read_answers(rubric, kept, {}, complete=False))
        return [-1 if part.level is None else int(part.level) for part in found.dimensions]

    before, after = levels(given_), levels(given_ | {code: worse})
    assert all(low <= high for low, high in zip(before, after, strict=True)), (before, after, code, worse)


def test_the_property_can_fail():
    """The same question without the check: hiding what was heavy lowers the level."""
    with pytest.raises(RubricFaults, match="verbergt deze vraag"):
        rubric_of(question("a", "personeel"), question("b", "tijdlijn", {"vraag": "a", "is": ["geen"]}))
