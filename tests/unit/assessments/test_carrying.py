"""What comes along to the file of a changed amendment: only what stands approved, and only what can still be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from tests.rubric_samples import FULL_SMALL, SMALL, small, wire_answers
from uitvoeringsscan.assessments import assessment as files
from uitvoeringsscan.assessments.answers import read_answers
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, Outcome, RawAnswers, Signature
from uitvoeringsscan.assessments.carrying import carried, confirmed, take_over
from uitvoeringsscan.errors import WrongState
from uitvoeringsscan.identifiers import AgencyCode, Principal, ScanId
from uitvoeringsscan.rubrics.loading import load_rubric
from uitvoeringsscan.rubrics.model import Rubric

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
BY = Signature(principal=Principal("een@voorbeeld.example"), name="Een", at=AT)
SECOND = Signature(principal=Principal("twee@voorbeeld.example"), name="Twee", at=AT)


def newer(old: str = "", new: str = "") -> Rubric:
    """The small questionnaire in another version, one piece of it replaced."""
    text = SMALL.replace('versie: "1.0"', 'versie: "1.1"')
    assert not old or old in text
    return load_rubric(text.replace(old, new).encode())


def open_file(rubric: Rubric, scan: str = "2026-0001", **more: Any) -> Assessment:
    return Assessment(scan=ScanId(scan), agency=AgencyCode("uwv"), rubric=rubric.ref, asked_at=AT, **more)


def approved(values: Any = FULL_SMALL, outcome: Outcome = Outcome.ANSWERED) -> Assessment:
    draft = files.save_draft(
        open_file(small()), RawAnswers(values=dict(values), explanations={"it": "Veel werk."} if "it" in values else {})
    )
    return files.approve(files.hand_in(draft, BY, outcome, None), SECOND)


def quick(outcome: Outcome, draft: Any = ()) -> Assessment:
    begun = files.save_draft(open_file(small()), RawAnswers(values=dict(draft)))
    handed_in = files.hand_in_without_answers(begun, outcome, "Dat doet een ander.", BY, ask_instead="svb")
    return files.approve(handed_in, SECOND)


def test_the_same_questionnaire_takes_the_answers_as_they_are() -> None:
    older = approved()
    draft = carried(older, small(), small())
    assert draft == older.answers
    file = take_over(open_file(small(), "2026-0002"), older, older.answers)
    assert (file.state, file.origin, file.answers) == (AssessmentState.OPEN, "2026-0001", older.answers)
    assert (file.submitted, file.approved, file.outcome) == (None, None, None)


@pytest.mark.parametrize("state", [s for s in AssessmentState if s is not AssessmentState.APPROVED])
def test_only_what_stands_approved(state: AssessmentState) -> None:
    assert carried(replace(approved(), state=state), small(), small()) is None


def test_another_questionnaire_takes_nothing() -> None:
    other = load_rubric(SMALL.replace("code: klein", "code: ander").encode())
    assert carried(approved(), small(), other) is None


def test_a_newer_version_takes_what_it_still_asks_and_can_read() -> None:
    rubric = newer("{code: flink, tekst: Flink, niveau: 2}", "{code: groot, tekst: Groot, niveau: 2}")
    draft = carried(approved(), small(), rubric)
    assert draft is not None
    assert "it" not in draft.values  # an option that is no longer there
    assert draft.explanations == {"it": "Veel werk."}  # the words still help
    assert draft.values["raakt"] == "ja"
    read_answers(rubric, draft.values, draft.explanations, complete=False)
    renamed = carried(approved(), small(), newer("code: it\n", "code: systemen\n"))
    assert renamed is not None
    assert "it" not in {*renamed.values, *renamed.explanations}


LATER = (newer(), newer("{code: zwaar, tekst: Zwaar, niveau: 3}", "{code: zwaarst, tekst: Zwaarst, niveau: 3}"))


@given(wire_answers(small()))
def test_what_comes_along_is_always_a_draft_that_can_be_saved(values: Any) -> None:
    older = replace(approved(), answers=RawAnswers(values=dict(values)))
    for rubric in LATER:
        draft = carried(older, small(), rubric)
        assert draft is not None
        read_answers(rubric, draft.values, draft.explanations, complete=False)


@pytest.mark.parametrize("outcome", [Outcome.NO_IMPACT, Outcome.NOT_OURS])
def test_a_quick_way_out_leaves_its_draft_behind_and_is_repeated(outcome: Outcome) -> None:
    older = quick(outcome, {"raakt": "ja"})
    draft = carried(older, small(), small())
    assert draft == RawAnswers()
    file = take_over(open_file(small(), "2026-0002"), older, draft)
    repeated = confirmed(file, older, small(), small(), BY)
    assert repeated is not None
    assert (repeated.state, repeated.outcome) == (AssessmentState.SUBMITTED, outcome)
    assert (repeated.reason, repeated.ask_instead) == (older.reason, older.ask_instead)


def test_answers_that_say_no_consequences_come_along_as_answers() -> None:
    older = approved({"raakt": "geen-gevolgen"}, Outcome.NO_IMPACT)
    assert carried(older, small(), small()) == older.answers
    file = take_over(open_file(small(), "2026-0002"), older, older.answers)
    assert confirmed(file, older, small(), small(), BY) is None  # handed in like any answers


def test_confirming_needs_what_came_along_untouched() -> None:
    older = approved()
    with pytest.raises(WrongState):
        confirmed(open_file(small(), "2026-0002"), older, small(), small(), BY)
    file = take_over(open_file(small(), "2026-0002"), older, older.answers)
    changed = files.save_draft(file, RawAnswers(values={"raakt": "ja"}))
    with pytest.raises(WrongState):
        confirmed(changed, older, small(), small(), BY)
    with pytest.raises(WrongState):  # sent back meanwhile: it does not stand any more
        confirmed(file, replace(older, state=AssessmentState.OPEN), small(), small(), BY)
