"""One agency's file: every step from every state, four eyes, reasons, and what a step leaves untouched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from uitvoeringsscan.assessments import assessment as files
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, Outcome, RawAnswers, Signature
from uitvoeringsscan.errors import Forbidden, InvalidInput, WrongState
from uitvoeringsscan.identifiers import AgencyCode, Principal, RubricRef, ScanId

S = AssessmentState
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def _by(name: str) -> Signature:
    return Signature(principal=Principal(f"{name}@voorbeeld.example"), name=name, at=NOW)


def _file(state: AssessmentState = S.OPEN, **more: object) -> Assessment:
    submitted = _by("behandelaar") if state in (S.SUBMITTED, S.APPROVED) else None
    file = Assessment(
        scan=ScanId("2026-0001"),
        agency=AgencyCode("uwv"),
        rubric=RubricRef("basis", "1.0", "0" * 64),
        state=state,
        asked_at=NOW,
        submitted=submitted,
        outcome=Outcome.ANSWERED if submitted else None,
        approved=_by("vaststeller") if state is S.APPROVED else None,
        answers=RawAnswers(values={"raakt": "ja"}, explanations={"raakt": "Want."}),
    )
    return replace(file, **more)  # type: ignore[arg-type]


# step: what does it, from which states, to which state, and which fields it may change
STEPS: dict[str, tuple[Callable[[Assessment], Assessment], set[AssessmentState], AssessmentState, set[str]]] = {
    "save": (lambda a: files.save_draft(a, RawAnswers(values={"x": 1})), {S.OPEN}, S.OPEN, {"answers"}),
    "hand in": (
        lambda a: files.hand_in(a, _by("behandelaar"), Outcome.ANSWERED, None),
        {S.OPEN},
        S.SUBMITTED,
        {"state", "outcome", "reason", "ask_instead", "submitted", "remarks"},
    ),
    "quick way out": (
        lambda a: files.hand_in_without_answers(a, Outcome.NOT_OURS, "Reden.", _by("behandelaar"), ask_instead="svb"),
        {S.OPEN},
        S.SUBMITTED,
        {"state", "outcome", "reason", "ask_instead", "submitted", "remarks"},
    ),
    "approve": (lambda a: files.approve(a, _by("vaststeller")), {S.SUBMITTED}, S.APPROVED, {"state", "approved"}),
    "send back": (
        lambda a: files.send_back(a, "Kijk nog eens.", correcting=False),
        {S.SUBMITTED},
        S.OPEN,
        {"state", "outcome", "reason", "ask_instead", "submitted", "approved", "remarks", "signed_before"},
    ),
    "send back in a correction": (
        lambda a: files.send_back(a, "Kijk nog eens.", correcting=True),
        {S.SUBMITTED, S.APPROVED, S.LAPSED},
        S.OPEN,
        {"state", "outcome", "reason", "ask_instead", "submitted", "approved", "remarks", "signed_before"},
    ),
    "reopen": (
        lambda a: files.reopen(a, "Er is nieuws."),
        {S.APPROVED, S.LAPSED},
        S.OPEN,
        {
            "state",
            "outcome",
            "reason",
            "ask_instead",
            "submitted",
            "approved",
            "remarks",
            "lapsed_because",
            "signed_before",
        },
    ),
}


@pytest.mark.parametrize(("step", "state"), list(product(STEPS, S)))
def test_a_step_fits_its_states_and_changes_only_its_own(step: str, state: AssessmentState) -> None:
    do, allowed, to, may_change = STEPS[step]
    before = _file(state)
    if state not in allowed:
        with pytest.raises(WrongState):
            do(before)
        return
    after = do(before)
    assert after.state is to
    changed = {field.name for field in fields(Assessment) if getattr(before, field.name) != getattr(after, field.name)}
    assert changed <= may_change


def test_the_round_closes_over_who_is_not_done() -> None:
    for state in S:
        before = _file(state)
        after = files.lapse(before)
        if before.settled:
            assert after is before
        else:
            assert after == replace(before, state=S.LAPSED)
    assert {state for state in S if _file(state).settled} == {S.APPROVED, S.LAPSED}


def test_who_hands_in_does_not_approve() -> None:
    handed_in = files.hand_in(_file(), _by("bakker"), Outcome.ANSWERED, None)
    with pytest.raises(Forbidden) as refused:
        files.approve(handed_in, replace(_by("bakker"), name="Iemand anders", at=NOW + timedelta(days=1)))
    assert refused.value.code == "vier-ogen"
    assert files.approve(handed_in, _by("visser")).approved == _by("visser")


def test_who_handed_in_before_a_return_may_approve_what_another_hands_in() -> None:
    returned = files.send_back(
        files.hand_in(_file(), _by("bakker"), Outcome.ANSWERED, None), "Nog eens.", correcting=False
    )
    again = files.hand_in(returned, _by("visser"), Outcome.ANSWERED, None)
    assert files.approve(again, _by("bakker")).state is S.APPROVED
    with pytest.raises(Forbidden):
        files.approve(again, _by("visser"))


def test_a_return_keeps_the_answers_and_says_why() -> None:
    returned = files.send_back(_file(S.SUBMITTED), "  Reken het na.\n", correcting=False)
    assert returned.answers == _file().answers
    assert returned.remarks == "Reken het na."
    assert (returned.submitted, returned.approved, returned.outcome) == (None, None, None)
    assert files.hand_in(returned, _by("x"), Outcome.ANSWERED, None).remarks is None


@pytest.mark.parametrize("reason", [None, "", " \n\t", "\u00a0", "a" * 4001, "a\0b", "\ud800", "\uffff"])
def test_a_reason_is_a_text(reason: str | None) -> None:
    for do in (
        lambda: files.hand_in_without_answers(_file(), Outcome.NO_IMPACT, reason, _by("x")),
        lambda: files.send_back(_file(S.SUBMITTED), reason, correcting=False),
        lambda: files.required_reason(reason),
    ):
        with pytest.raises(InvalidInput) as refused:
            do()
        assert [problem.field for problem in refused.value.problems] == ["toelichting"]


def test_a_reason_may_fill_its_room() -> None:
    assert files.required_reason("  " + "é" * files.MAX_REASON + " ") == "é" * files.MAX_REASON


@pytest.mark.parametrize(
    ("state", "outcome", "word"),
    [
        (S.OPEN, None, "open"),
        (S.SUBMITTED, Outcome.ANSWERED, "ingediend"),
        (S.SUBMITTED, Outcome.NO_IMPACT, "ingediend"),  # not said so before a second person says so too
        (S.APPROVED, Outcome.ANSWERED, "vastgesteld"),
        (S.APPROVED, Outcome.NO_IMPACT, "geen-gevolgen"),
        (S.APPROVED, Outcome.NOT_OURS, "niet-van-toepassing"),
        (S.LAPSED, None, "geen-reactie"),
        (S.LAPSED, Outcome.NO_IMPACT, "geen-reactie"),
    ],
)
def test_the_word_on_the_wire(state: AssessmentState, outcome: Outcome | None, word: str) -> None:
    assert _file(state, outcome=outcome).status == word


def test_being_late_is_asked_of_the_clock() -> None:
    due = _file(respond_by=NOW)
    assert not due.overdue(NOW)
    assert due.overdue(NOW + timedelta(seconds=1))
    assert not _file().overdue(NOW)
    assert not _file(S.APPROVED, respond_by=NOW).overdue(NOW + timedelta(days=1))
    assert _file(S.SUBMITTED, respond_by=NOW).overdue(NOW + timedelta(days=1))


def test_a_file_is_named_by_its_scan_and_agency() -> None:
    assert _file().id == "2026-0001-uwv"


def test_another_deadline_while_something_is_awaited() -> None:
    later = NOW + timedelta(days=2)
    for state in S:
        before = _file(state, respond_by=NOW)
        if before.settled:
            with pytest.raises(WrongState, match=f"de status is '{before.status}'"):
                files.move_deadline(before, later, NOW)
            assert files.retime(before, later, NOW) is before
        else:
            moved = files.move_deadline(before, later, NOW)
            assert moved == replace(before, respond_by=later, by_hand=True, timed_at=NOW)
            # What was set by hand stays when the vote moves; what was reckoned is reckoned anew.
            told = NOW + timedelta(hours=1)
            assert files.retime(moved, NOW, told) == replace(moved, timed_at=told)
            assert files.retime(before, later, told) == replace(before, respond_by=later, timed_at=told)


def test_a_file_is_opened_again_with_the_reason_above_it() -> None:
    lapsed = files.lapse(_file(question_remarks={"raakt": "Waarom?"}), " Er kwam niets. ")
    assert lapsed.lapsed_because == "Er kwam niets."
    assert files.lapse(_file(), "  ").lapsed_because is None
    opened = files.reopen(lapsed, " Er is nieuws. ")
    assert (opened.state, opened.remarks, opened.question_remarks, opened.lapsed_because) == (
        S.OPEN,
        "Er is nieuws.",
        {},
        None,
    )
    assert opened.answers == lapsed.answers
    with pytest.raises(InvalidInput):
        files.reopen(lapsed, " ")
    with pytest.raises(WrongState, match="de status is nu 'open'"):
        files.reopen(opened, "Nog eens.")


def test_remarks_beside_questions_are_enough_to_send_a_file_back() -> None:
    handed_in = _file(S.SUBMITTED)
    beside = files.send_back(handed_in, " ", {"raakt": " Waarom? "}, correcting=False)
    assert (beside.remarks, beside.question_remarks, beside.returned) == (None, {"raakt": "Waarom?"}, True)
    both = files.send_back(handed_in, "Kijk nog eens.", {"raakt": "Waarom?"}, correcting=False)
    assert (both.remarks, both.question_remarks) == ("Kijk nog eens.", {"raakt": "Waarom?"})
    whole = files.send_back(handed_in, "Kijk nog eens.", correcting=False)
    assert (whole.returned, whole.question_remarks) == (True, {})
    assert not _file().returned
    assert not files.hand_in(beside, _by("x"), Outcome.ANSWERED, None).returned
    assert not files.hand_in_without_answers(beside, Outcome.NO_IMPACT, "Niets.", _by("x")).returned
    with pytest.raises(InvalidInput):
        files.send_back(handed_in, None, {"raakt": " "}, correcting=False)


def test_a_copy_stays_marked_until_its_answer_or_explanation_changes() -> None:
    copied = _file(copied={"raakt": ScanId("2026-0005")})
    same = RawAnswers(values={"raakt": "ja", "it": "klein"}, explanations={"raakt": "Want."})
    assert files.save_draft(copied, same).copied == copied.copied
    for other in (
        RawAnswers(values={"raakt": "nee"}, explanations={"raakt": "Want."}),
        RawAnswers(values={"raakt": "ja"}, explanations={"raakt": "Omdat."}),
        RawAnswers(values={"raakt": "ja"}),
        RawAnswers(explanations={"raakt": "Want."}),
    ):
        assert files.save_draft(copied, other).copied == {}
