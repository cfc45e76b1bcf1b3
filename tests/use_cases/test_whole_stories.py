"""Stories that take several steps: corrections, replacements, confidential scans, drafts, deadlines, numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.desk import (
    ADMIN,
    COORDINATOR,
    OTHER_SUBMITTER,
    READER,
    START,
    SUBMITTER,
    VOTE,
    World,
    amendment,
    approver,
    file_of,
    respondent,
)
from uitvoeringsscan.errors import InvalidInput, NotFound, WrongState
from uitvoeringsscan.identifiers import ScanId, is_scan_id
from uitvoeringsscan.people.people import NOBODY, Actor
from uitvoeringsscan.publication.verification import verify
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases import answering, coordinating, reading, submitting
from uitvoeringsscan.use_cases.ports import ScanFilter

EVERYBODY = (
    SUBMITTER,
    OTHER_SUBMITTER,
    COORDINATOR,
    READER,
    ADMIN,
    respondent("uwv"),
    approver("uwv"),
    respondent("svb"),
)


def _listed(world: World, actor: Actor, **wanted: object) -> list[ScanId]:
    return [line.id for line in reading.list_scans(world.desk, actor, ScanFilter(**wanted), None).results]


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_correction_makes_version_two_and_leaves_version_one(world: World) -> None:
    scan = world.published("uwv", "svb")
    first = reading.get_publication(world.desk, f"{scan}-v1")
    coordinating.start_correction(world.desk, COORDINATOR, scan, None, "Een rekenfout.")
    assert reading.get_publication(world.desk, f"{scan}-v1").scan.correction == "Een rekenfout."
    old_score = world.contents()["scores"]
    answering.send_back(world.desk, COORDINATOR, file_of(scan, "uwv"), None, "Reken het na.")
    assert world.scan(scan).state is ScanState.IN_ASSESSMENT
    assert world.scan(scan).correction == "Een rekenfout."
    answering.hand_in_no_impact(world.desk, respondent("uwv"), file_of(scan, "uwv"), None, "Toch niets.")
    answering.approve(world.desk, approver("uwv"), file_of(scan, "uwv"), None)
    assert set(old_score) < set(world.contents()["scores"])  # the old score stays, beside the new one
    world.clock.forward(days=1)
    second = world.publish(scan)
    assert (second.version, second.previous) == (2, first.publication.number)
    assert world.scan(scan).correction is None
    again = reading.get_publication(world.desk, f"{scan}-v1")
    assert again.publication == first.publication
    assert again.newest == second.number
    assert verify(world.chain()) == []


def test_an_approved_file_goes_back_only_once_the_round_is_over(small: World) -> None:
    scan = small.routed("uwv", "svb")
    small.settle(scan, "uwv")
    with pytest.raises(WrongState):
        answering.send_back(small.desk, approver("uwv"), file_of(scan, "uwv"), None, "Toch anders.")
    small.settle(scan, "svb")
    answering.send_back(small.desk, approver("uwv"), file_of(scan, "uwv"), None, "Toch anders.")
    assert small.file(scan, "uwv").status == "open"


def test_who_was_silent_can_still_answer_in_a_correction(small: World) -> None:
    scan = small.routed("uwv", "svb")
    small.settle(scan, "uwv")
    coordinating.close_round(small.desk, COORDINATOR, scan, None, "Vandaag is de stemming.")
    assert small.file(scan, "svb").status == "geen-reactie"
    small.publish(scan)
    coordinating.start_correction(small.desk, COORDINATOR, scan, None, "De SVB antwoordde toch.")
    answering.send_back(small.desk, COORDINATOR, file_of(scan, "svb"), None, "Graag alsnog.")
    assert small.scan(scan).round_closed is None
    small.settle(scan, "svb")
    assert small.publish(scan).version == 2


def test_a_withdrawn_scan_keeps_its_publications(small: World) -> None:
    scan = small.published("uwv")
    submitting.withdraw_scan(small.desk, SUBMITTER, scan, None, "  Ingetrokken in de Kamer.  ")
    assert small.scan(scan).withdrawn == "Ingetrokken in de Kamer."
    assert reading.get_publication(small.desk, f"{scan}-v1").scan.state is ScanState.WITHDRAWN
    assert scan not in [line.id for line in reading.votes_ahead(small.desk)]


@pytest.mark.parametrize("reason", [None, "", "  \n", "a" * 4001, "a\0b", "a\ud800b"])
def test_reasons_that_are_due_are_given(world: World, reason: str | None) -> None:
    scan = world.routed("uwv")
    before = world.contents()
    for step in (
        lambda: submitting.withdraw_scan(world.desk, SUBMITTER, scan, None, reason),
        lambda: coordinating.close_round(world.desk, COORDINATOR, scan, None, reason),
        lambda: answering.hand_in_no_impact(world.desk, respondent("uwv"), file_of(scan, "uwv"), None, reason),
        lambda: answering.hand_in_not_ours(world.desk, respondent("uwv"), file_of(scan, "uwv"), None, reason),
    ):
        with pytest.raises(InvalidInput) as refused:
            step()
        assert {problem.field for problem in refused.value.problems} == {"toelichting"}
    assert world.contents() == before


# --- replacements -----------------------------------------------------------------------------------------------------


def test_a_newer_amendment_replaces_when_the_coordinator_confirms_it(small: World) -> None:
    older = small.published("uwv", paper_number="21")
    newer = small.submitted(paper_number="25", replaces="21", by=OTHER_SUBMITTER)
    assert small.scan(older).state is ScanState.PUBLISHED  # a claim in a text changes nothing yet
    small.route(newer, "uwv")
    assert small.scan(older).state is ScanState.REPLACED
    assert small.scan(older).replaced_by == newer
    assert reading.get_publication(small.desk, f"{older}-v1").scan.replaced_by == newer
    assert small.events(older)[-1] == "ScanReplaced"


def test_only_the_same_paper_of_the_same_bill_is_replaced(small: World) -> None:
    others = [
        small.submitted(paper_number="21", dossier_number="99002"),
        small.submitted(paper_number="21", dossier_suffix="XV"),
        small.submitted(paper_number="22"),
        small.submitted(paper_number="21", draft=True, by=OTHER_SUBMITTER),
    ]
    small.routed("uwv", paper_number="25", replaces="21")
    assert [small.scan(scan).state for scan in others] == [ScanState.SUBMITTED] * 3 + [ScanState.DRAFT]


def test_a_confidential_newer_amendment_replaces_when_it_is_made_public(small: World) -> None:
    older = small.routed("uwv", paper_number="21")
    newer = small.routed("uwv", paper_number=None, replaces="21", confidential=True)
    assert small.scan(older).state is ScanState.IN_ASSESSMENT  # or the older one would give it away
    submitting.disclose_scan(small.desk, SUBMITTER, newer, None, "25")
    assert small.scan(older).state is ScanState.REPLACED
    assert small.scan(older).replaced_by == newer


def test_a_newer_amendment_that_nobody_confirmed_replaces_nothing_when_made_public(small: World) -> None:
    older = small.routed("uwv", paper_number="21")
    newer = small.submitted(paper_number=None, replaces="21", confidential=True)
    submitting.disclose_scan(small.desk, SUBMITTER, newer, None, "25")
    assert small.scan(older).state is ScanState.IN_ASSESSMENT


# --- confidential scans and drafts ------------------------------------------------------------------------------------


def test_a_confidential_scan_is_seen_by_whom_it_concerns(small: World) -> None:
    scan = small.routed("uwv", confidential=True, paper_number=None)
    for actor in EVERYBODY:
        seen = actor in (SUBMITTER, COORDINATOR, respondent("uwv"), approver("uwv"))
        assert (scan in _listed(small, actor)) is seen
        assert (scan in _listed(small, actor, search="werkloosheidswet")) is seen
        assert (scan in _listed(small, actor, dossier="99001")) is seen
        assert (scan in _listed(small, actor, agency="uwv")) is seen
        assert (scan in [line.id for line in reading.votes_ahead_for(small.desk, actor)]) is seen
        if seen:
            assert reading.get_scan(small.desk, actor, scan).id == scan
        else:
            for look in (reading.get_scan, reading.list_assessments, reading.journal_of):
                with pytest.raises(NotFound):
                    look(small.desk, actor, scan)
    with pytest.raises(NotFound):
        reading.dossier(small.desk, "99001")
    assert reading.vote_day(small.desk, VOTE.date()) == []
    assert reading.votes_ahead(small.desk) == []


def test_a_confidential_scan_is_published_after_its_submitter_made_it_public(small: World) -> None:
    scan = small.assessed("uwv", confidential=True, paper_number=None)
    with pytest.raises(WrongState) as refused:
        small.publish(scan)
    assert refused.value.code == "vertrouwelijk"
    submitting.disclose_scan(small.desk, SUBMITTER, scan, None, "14")
    with pytest.raises(WrongState):
        submitting.disclose_scan(small.desk, SUBMITTER, scan, None, "14")
    assert [line.id for line in reading.dossier(small.desk, "99001")] == [scan]
    assert [line.id for line in reading.vote_day(small.desk, VOTE.date())] == [scan]
    assert small.publish(scan).version == 1
    assert scan in _listed(small, READER)


def test_the_journal_never_holds_the_text(small: World) -> None:
    scan = small.assessed(
        "uwv", confidential=True, title="Geheim voornemen", text="Een zeer geheime tekst van een amendement."
    )
    journal = repr(small.contents()["journal"])
    assert scan in journal
    assert "geheim" not in journal.casefold()
    assert "antwoord in" not in journal


def test_a_draft_is_its_owners_alone(small: World) -> None:
    scan = small.submitted(draft=True)
    for actor in EVERYBODY:
        assert (scan in _listed(small, actor)) is (actor == SUBMITTER)
        if actor != SUBMITTER:
            with pytest.raises(NotFound):
                reading.get_scan(small.desk, actor, scan)
    command = submitting.SubmitScan(amendment=amendment(title="Een betere titel van de Werkloosheidswet"), vote=None)
    for stranger in (OTHER_SUBMITTER, COORDINATOR):
        with pytest.raises(NotFound):
            submitting.submit_draft(small.desk, stranger, scan, None, command)
    submitted = submitting.submit_draft(small.desk, SUBMITTER, scan, None, command)
    assert submitted.amendment.title == "Een betere titel van de Werkloosheidswet"
    assert submitted.vote is None
    assert scan in _listed(small, COORDINATOR)


# --- numbers, days, deadlines -----------------------------------------------------------------------------------------


def test_numbers_tell_nothing_and_step_aside(small: World) -> None:
    given = iter([7, 7, 7, 7, 42, 8])
    desk = replace(small.desk, below=lambda limit: next(given))
    command = submitting.SubmitScan(amendment=amendment())
    first = submitting.submit_scan(desk, SUBMITTER, command)
    second = submitting.submit_scan(desk, SUBMITTER, command)
    assert first.id == "2026-0007"
    assert second.id == "2026-00042"  # wider after three that were taken
    assert is_scan_id(second.id)
    assert [small.submitted() for _ in range(5)] != sorted(small.submitted() for _ in range(5))


def test_a_number_carries_the_year_of_its_submission(small: World) -> None:
    small.clock.forward(days=60)
    assert small.submitted().startswith("2027-")


def test_a_vote_day_begins_and_ends_at_midnight_in_the_hague(world: World) -> None:
    eve = world.submitted(paper_number="1", vote=VOTE.replace(day=7, hour=23, minute=0))  # midnight in The Hague
    late = world.submitted(paper_number="2", vote=VOTE.replace(hour=22, minute=59))
    world.submitted(paper_number="3", vote=VOTE.replace(hour=23, minute=0))
    assert [line.id for line in reading.vote_day(world.desk, VOTE.date())] == [eve, late]


def test_deadlines_follow_the_vote_and_the_coordinator(small: World) -> None:
    assert small.file(small.routed("uwv"), "uwv").respond_by == VOTE - timedelta(days=4)  # two working days
    friday = START.replace(month=12, day=4, hour=16)  # five working days, to the end of the last
    assert small.file(small.routed("uwv", vote=None), "uwv").respond_by == friday
    assert small.file(small.routed("uwv", vote=START + timedelta(hours=1)), "uwv").respond_by is None
    scan = small.submitted()
    chosen = START + timedelta(hours=30)
    coordinating.confirm_routing(small.desk, COORDINATOR, scan, None, ["uwv"], respond_by=chosen)
    small.clock.forward(hours=1)
    small.route(scan, "uwv", "svb")
    assert small.file(scan, "svb").respond_by == chosen  # who is asked later answers by the same moment
    small.clock.forward(hours=30)
    assert small.file(scan, "uwv").overdue(small.clock.now())
    with pytest.raises(InvalidInput):
        coordinating.confirm_routing(small.desk, COORDINATOR, scan, None, ["uwv", "svb", "cak"], respond_by=chosen)


def test_nobody_reads_nothing(small: World) -> None:
    small.published("uwv")
    assert len(reading.list_publications(small.desk)[0]) == 1
    assert NOBODY.roles == frozenset()
