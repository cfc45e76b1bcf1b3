"""What a coordinator changes for one agency while the round runs, and what everybody reads about it afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.desk import COORDINATOR, START, SUBMITTER, World, approver, file_of, respondent
from uitvoeringsscan.assessments.assessment import AssessmentState
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Stale, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.publication.summary import read_sealed
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases import answering, coordinating, history, rounds, submitting, vote_moves

LATER = START + timedelta(days=6)


def test_a_deadline_is_moved_for_one_agency(world: World) -> None:
    scan = world.routed("uwv", "svb")
    before = world.file(scan, "svb")
    moved = rounds.move_deadline(world.desk, COORDINATOR, file_of(scan, "uwv"), 1, LATER)
    assert moved == world.file(scan, "uwv")
    assert moved.respond_by == LATER
    assert world.file(scan, "svb") == before
    (told,) = [one for one in history.of_file(world.desk, respondent("uwv"), moved.id) if one.event == "DeadlineMoved"]
    assert datetime.fromisoformat(str(told.details["respond_by"])) == LATER


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (START, "in-het-verleden"),
        (START - timedelta(seconds=1), "in-het-verleden"),
        (datetime(1999, 1, 1, tzinfo=UTC), "ongeldige-datum"),
        (datetime(2999, 1, 1, tzinfo=UTC), "ongeldige-datum"),
    ],
)
def test_a_deadline_lies_ahead(small: World, moment: datetime, code: str) -> None:
    scan = small.routed("uwv")
    before = small.contents()
    with pytest.raises(InvalidInput) as refused:
        rounds.move_deadline(small.desk, COORDINATOR, file_of(scan, "uwv"), None, moment)
    assert [(p.field, p.code) for p in refused.value.problems] == [("reactieVoor", code)]
    assert small.contents() == before


def test_a_deadline_is_the_coordinators_and_only_while_something_is_awaited(small: World) -> None:
    scan = small.routed("uwv", "svb")
    small.settle(scan, "uwv")
    with pytest.raises(Forbidden):
        rounds.move_deadline(small.desk, approver("svb"), file_of(scan, "svb"), None, LATER)
    with pytest.raises(NotFound):
        rounds.move_deadline(small.desk, approver("uwv"), file_of(scan, "svb"), None, LATER)
    with pytest.raises(Stale):
        rounds.move_deadline(small.desk, COORDINATOR, file_of(scan, "svb"), 99, LATER)
    with pytest.raises(WrongState):
        rounds.move_deadline(small.desk, COORDINATOR, file_of(scan, "uwv"), None, LATER)
    small.settle(scan, "svb")
    with pytest.raises(WrongState):
        rounds.move_deadline(small.desk, COORDINATOR, file_of(scan, "svb"), None, LATER)


def test_one_agency_changes_its_answer_during_the_round_while_others_stand(world: World) -> None:
    scan = world.routed("uwv", "svb")
    world.settle(scan, "uwv")
    opened = rounds.reopen(world.desk, COORDINATOR, file_of(scan, "uwv"), None, "De tekst is anders bedoeld.")
    assert opened.state is AssessmentState.OPEN
    assert opened.remarks == "De tekst is anders bedoeld."
    assert opened.answers.values  # what was said, stands as the draft
    assert (opened.submitted, opened.approved) == (None, None)
    assert world.scan(scan).state is ScanState.IN_ASSESSMENT
    world.settle(scan, "svb")
    assert world.scan(scan).state is ScanState.IN_ASSESSMENT  # uwv is awaited again
    answering.hand_in_no_impact(world.desk, respondent("uwv"), opened.id, None, "Toch geen gevolgen.")
    answering.approve(world.desk, approver("uwv"), opened.id, None)
    assert world.scan(scan).state is ScanState.ASSESSED
    parts = {part.code: part for part in read_sealed(world.publish(scan).document).agencies}
    assert parts["uwv"].status == "geen-gevolgen"


def test_reopening_after_the_round_opens_the_round_again(small: World) -> None:
    scan = small.routed("uwv", "svb")
    coordinating.close_round(small.desk, COORDINATOR, scan, None, "De tijd is om.", {"svb": "Het kantoor staakt."})
    assert small.file(scan, "svb").lapsed_because == "Het kantoor staakt."
    opened = rounds.reopen(small.desk, COORDINATOR, file_of(scan, "svb"), None, "De stemming is uitgesteld.")
    assert opened.lapsed_because is None
    assert small.scan(scan).state is ScanState.IN_ASSESSMENT
    assert small.file(scan, "uwv").state is AssessmentState.LAPSED


@pytest.mark.parametrize("state", [ScanState.PUBLISHED, ScanState.WITHDRAWN, ScanState.REPLACED])
def test_what_has_ended_is_not_reopened(small: World, state: ScanState) -> None:
    scan = small.in_state(state)
    before = small.contents()
    with pytest.raises(WrongState):
        rounds.reopen(small.desk, COORDINATOR, file_of(scan, "uwv"), None, "Reden.")
    assert small.contents() == before


def test_an_open_file_is_not_reopened_and_a_reason_is_due(small: World) -> None:
    scan = small.routed("uwv", "svb")
    with pytest.raises(WrongState):
        rounds.reopen(small.desk, COORDINATOR, file_of(scan, "uwv"), None, "Reden.")
    small.settle(scan, "uwv")
    with pytest.raises(InvalidInput):
        rounds.reopen(small.desk, COORDINATOR, file_of(scan, "uwv"), None, "  ")
    with pytest.raises(Forbidden):
        rounds.reopen(small.desk, approver("uwv"), file_of(scan, "uwv"), None, "Reden.")


def test_why_each_agency_was_silent_is_published(world: World) -> None:
    scan = world.routed("uwv", "svb", "cak")
    answering.hand_in_no_impact(world.desk, respondent("cak"), file_of(scan, "cak"), None, "Alleen voor binnen.")
    coordinating.close_round(world.desk, COORDINATOR, scan, None, "De stemming is morgen.", {"uwv": "Storing bij UWV."})
    parts = {part.code: part for part in read_sealed(world.publish(scan).document).agencies}
    assert parts["uwv"].closed_because == "Storing bij UWV."
    assert parts["svb"].closed_because == "De stemming is morgen."
    assert parts["cak"].closed_because == "De stemming is morgen."  # and nothing of what was never approved
    assert parts["cak"].reason is None


def test_a_reason_for_who_is_not_silent_closes_nothing(small: World) -> None:
    scan = small.routed("uwv", "svb")
    small.settle(scan, "uwv")
    before = small.contents()
    with pytest.raises(InvalidInput) as refused:
        coordinating.close_round(
            small.desk, COORDINATOR, scan, None, "Reden.", {"uwv": "Nee.", "<x>": "Nee.", "svb": "x" * 4001}
        )
    assert [(p.field, p.code) for p in refused.value.problems] == [
        ("perOrganisatie.uwv", "niet-stil"),
        ("perOrganisatie", "niet-stil"),
        ("perOrganisatie.svb", "te-lang"),
    ]
    assert small.contents() == before


def test_who_reads_what_happened(world: World) -> None:
    scan = world.routed("uwv", "svb")
    answering.save_answers(world.desk, respondent("uwv"), file_of(scan, "uwv"), None, {"raakt": "ja"}, {})
    answering.save_answers(world.desk, respondent("uwv"), file_of(scan, "uwv"), None, {"raakt": "geen-gevolgen"}, {})
    answering.hand_in_no_impact(world.desk, respondent("uwv"), file_of(scan, "uwv"), None, "Reden.")
    answering.approve(world.desk, approver("uwv"), file_of(scan, "uwv"), None)
    rounds.reopen(world.desk, COORDINATOR, file_of(scan, "uwv"), None, "Kijk nog eens.")

    def told(found: object) -> list[tuple[str, str, int]]:
        return [(one.event, one.who, one.times) for one in found]  # type: ignore[attr-defined]

    own = told(history.of_file(world.desk, respondent("uwv"), file_of(scan, "uwv")))
    assert own == [
        ("ScanSubmitted", "de indiener", 1),
        ("ScanRouted", "de coördinator", 1),
        ("AnswersSaved", "behandelaar-uwv", 2),
        ("HandedIn", "behandelaar-uwv", 1),
        ("Approved", "vaststeller-uwv", 1),
        ("Reopened", "de coördinator", 1),
    ]
    everything = told(history.of_scan(world.desk, COORDINATOR, scan))
    assert [who for _, who, _ in everything] == [
        "indiener", "coordinator", "behandelaar-uwv", "behandelaar-uwv", "vaststeller-uwv", "coordinator",
    ]  # fmt: skip
    theirs = told(history.of_scan(world.desk, SUBMITTER, scan))
    assert theirs == [
        ("ScanSubmitted", "indiener", 1),
        ("ScanRouted", "de coördinator", 1),
        ("HandedIn", "UWV", 1),
        ("Approved", "UWV", 1),
        ("Reopened", "de coördinator", 1),
    ]
    assert [event for event, _, _ in told(history.of_scan(world.desk, respondent("svb"), scan))] == [
        "ScanSubmitted", "ScanRouted",
    ]  # fmt: skip
    with pytest.raises(NotFound):
        history.of_file(world.desk, respondent("svb"), file_of(scan, "uwv"))
    with pytest.raises(NotFound):
        history.of_file(world.desk, respondent("cak"), file_of(ScanId("2020-9999"), "cak"))


def test_a_vote_that_moved_and_a_withdrawal_are_everybodys(small: World) -> None:
    scan = small.routed("uwv")
    vote_moves.move_vote(small.desk, COORDINATOR, scan, None, None)
    submitting.withdraw_scan(small.desk, SUBMITTER, scan, None, "Er komt een andere tekst.")
    told = history.of_file(small.desk, approver("uwv"), file_of(scan, "uwv"))
    assert [(one.event, one.who) for one in told[-3:]] == [
        ("VoteMoved", "de coördinator"),
        ("DeadlineMoved", "Uitvoeringsscan"),  # it was reckoned from the vote
        ("ScanWithdrawn", "de indiener"),
    ]


def test_remarks_stand_at_single_questions_until_it_is_handed_in_again(world: World) -> None:
    scan = world.routed("uwv")
    world.handed_in(scan, "uwv")
    codes = list(world.file(scan, "uwv").answers.values)
    beside = {codes[1]: "Met welk jaar is gerekend?", codes[0]: "Leg uit.", codes[2]: "  "}
    back = answering.send_back(world.desk, approver("uwv"), file_of(scan, "uwv"), None, None, beside)
    assert back == world.file(scan, "uwv")
    assert dict(back.question_remarks) == {codes[0]: "Leg uit.", codes[1]: "Met welk jaar is gerekend?"}
    assert list(back.question_remarks) == codes[:2]  # in the order of the questionnaire
    assert back.remarks is None
    assert back.returned
    saved = answering.save_answers(
        world.desk, respondent("uwv"), back.id, None, back.answers.values, back.answers.explanations
    )
    assert saved.question_remarks == back.question_remarks
    again = answering.hand_in(world.desk, respondent("uwv"), back.id, None)
    assert not again.returned


def test_remarks_without_any_words_or_about_a_strange_question_are_refused(small: World) -> None:
    scan = small.routed("uwv")
    small.handed_in(scan, "uwv")
    before = small.contents()
    file = file_of(scan, "uwv")
    with pytest.raises(InvalidInput):
        answering.send_back(small.desk, approver("uwv"), file, None, "", {"raakt": " "})
    with pytest.raises(InvalidInput) as refused:
        answering.send_back(
            small.desk,
            approver("uwv"),
            file,
            None,
            "Zie hieronder.",
            {"bestaat-niet": "x", "Ü": "x", "raakt": "x" * 4001},
        )
    assert [(p.field, p.code) for p in refused.value.problems] == [
        ("opmerkingen.bestaat-niet", "onbekende-vraag"),
        ("opmerkingen.'\\xdc'", "onbekende-vraag"),
        ("opmerkingen.raakt", "te-lang"),
    ]
    assert small.contents() == before
