"""Changed amendments: what comes along, what never counts silently, who sees what, and a chain of four versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import update

from tests.support.desk import (
    COORDINATOR,
    OTHER_SUBMITTER,
    SUBMITTER,
    TEXT,
    VOTE,
    Role,
    World,
    actor,
    approver,
    file_of,
    respondent,
)
from uitvoeringsscan.assessments.assessment import Outcome, RawAnswers
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Stale, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.publication.difference import About
from uitvoeringsscan.publication.summary import read_sealed
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.succession import proposed
from uitvoeringsscan.storage import documents, tables
from uitvoeringsscan.use_cases import answering, coordinating, publishing, reading, submitting, versions

SHORTER = TEXT.replace("zes weken", "vijf weken")
YES: Mapping[str, Any] = {"raakt": "ja", "oordeel": "uitvoerbaar-mits", "it-aanpassing": "opbouw"}


def earlier(world: World, *agencies: str, **more: Any) -> ScanId:
    """Nr. 13, answered and approved by these agencies."""
    scan = world.routed(*(agencies or ("uwv",)), paper_number="13", **more)
    world.settle(scan, *(agencies or ("uwv",)), wanted=YES)
    return scan


def changed(world: World, number: str = "21", replaces: str = "13", text: str = SHORTER, **more: Any) -> ScanId:
    return world.submitted(paper_number=number, replaces=replaces, text=text, kind="gewijzigd amendement", **more)


def confirm(world: World, scan: ScanId, agency: str = "uwv", seen: int | None = None) -> None:
    answering.confirm_unchanged(world.desk, respondent(agency), file_of(scan, agency), seen)


def test_answers_come_along_as_a_draft_and_count_for_nothing(world: World) -> None:
    older = earlier(world)
    scan = changed(world)
    world.route(scan, "uwv", "svb")
    file, before = world.file(scan, "uwv"), world.file(older, "uwv")
    assert file.answers == before.answers
    assert file.answers.values["oordeel"] == "uitvoerbaar-mits"
    assert file.origin == older
    assert (file.status, file.outcome, file.submitted, file.approved) == ("open", None, None, None)
    assert world.file(scan, "svb").origin is None
    assert world.scan(scan).state is ScanState.IN_ASSESSMENT
    with world.desk.reading() as work:
        assert work.scores.of_scan(scan) == {}
        assert set(work.scores.of_scan(older)) == {"uwv"}


def test_unchanged_is_one_step_and_still_four_eyes(world: World) -> None:
    earlier(world)
    scan = changed(world)
    world.route(scan, "uwv")
    confirm(world, scan, seen=world.file(scan, "uwv").version)
    file = world.file(scan, "uwv")
    assert (file.status, file.outcome) == ("ingediend", Outcome.ANSWERED)
    both = approver("uwv")
    with pytest.raises(WrongState):
        confirm(world, scan)
    answering.send_back(world.desk, both, file.id, None, "Kijk nog eens.")
    answering.confirm_unchanged(world.desk, both, file.id, None)
    with pytest.raises(Forbidden) as refused:
        answering.approve(world.desk, both, file.id, None)
    assert refused.value.code == "vier-ogen"
    answering.approve(world.desk, approver_two(), file.id, None)
    assert world.scan(scan).state is ScanState.ASSESSED


def approver_two() -> Any:
    return actor(Role.APPROVER, "uwv", name="nog-een-vaststeller")


def test_who_may_not_confirm(small: World) -> None:
    earlier(small)
    scan = changed(small)
    small.route(scan, "uwv")
    before = small.contents()
    identifier = file_of(scan, "uwv")
    for who, error in ((respondent("svb"), NotFound), (COORDINATOR, Forbidden), (SUBMITTER, NotFound)):
        with pytest.raises(error):
            answering.confirm_unchanged(small.desk, who, identifier, None)
    with pytest.raises(Stale):
        answering.confirm_unchanged(small.desk, respondent("uwv"), identifier, 99)
    assert small.contents() == before


def test_nothing_to_confirm_without_a_draft_or_once_it_was_changed(small: World) -> None:
    earlier(small)
    scan = changed(small)
    small.route(scan, "uwv", "svb")
    with pytest.raises(WrongState):
        confirm(small, scan, "svb")
    draft = small.file(scan, "uwv").answers
    values = {**draft.values, "oordeel": "uitvoerbaar"}
    values.pop("voorwaarden", None)
    answering.save_answers(small.desk, respondent("uwv"), file_of(scan, "uwv"), None, values, draft.explanations)
    with pytest.raises(WrongState):
        confirm(small, scan)
    answering.hand_in(small.desk, respondent("uwv"), file_of(scan, "uwv"), None)
    assert small.file(scan, "uwv").status == "ingediend"


def test_a_quick_way_out_is_confirmed_as_it_was(world: World) -> None:
    older = world.routed("uwv", "svb", paper_number="13")
    answering.hand_in_no_impact(world.desk, respondent("uwv"), file_of(older, "uwv"), None, "Dit doen wij al.")
    answering.approve(world.desk, approver("uwv"), file_of(older, "uwv"), None)
    answering.hand_in_not_ours(world.desk, respondent("svb"), file_of(older, "svb"), None, "Dat doet UWV.", "uwv")
    answering.approve(world.desk, approver("svb"), file_of(older, "svb"), None)
    scan = changed(world)
    world.route(scan, "uwv", "svb")
    for agency in ("uwv", "svb"):
        assert world.file(scan, agency).origin == older
        confirm(world, scan, agency)
        file, before = world.file(scan, agency), world.file(older, agency)
        assert (file.outcome, file.reason, file.ask_instead) == (before.outcome, before.reason, before.ask_instead)
        assert file.status == "ingediend"


def test_what_was_not_approved_does_not_come_along(world: World) -> None:
    older = world.routed("uwv", "svb", paper_number="13")
    world.handed_in(older, "uwv", YES)
    world.filled(older, "svb")
    scan = changed(world)
    world.route(scan, "uwv", "svb")
    for agency in ("uwv", "svb"):
        file = world.file(scan, agency)
        assert (file.origin, dict(file.answers.values)) == (None, {})


def test_asked_again_later_in_the_round_takes_over_too(small: World) -> None:
    older = earlier(small, "uwv", "svb")
    scan = changed(small)
    small.route(scan, "uwv")
    assert small.scan(older).state is ScanState.REPLACED
    small.route(scan, "uwv", "svb")
    assert small.file(scan, "svb").origin == older


def test_the_proposal_names_who_was_asked_before_and_whom_the_change_leaves_alone(small: World) -> None:
    older = earlier(small, "uwv", "svb")
    same = changed(small, text=TEXT)
    found = versions.get_succession(small.desk, COORDINATOR, same)
    assert found is not None
    assert (found.earlier.id, found.asked) == (older, ("svb", "uwv"))
    assert found.untouched == {"svb", "uwv"}
    other = changed(small, "22")
    found = versions.get_succession(small.desk, COORDINATOR, other)
    assert found is not None
    assert found.difference.changed
    assert found.untouched == frozenset()
    assert set(proposed(small.scan(other), found)) == {*small.scan(other).routing.asked, "svb", "uwv"}
    small.route(other, "uwv", "svb")
    decision = small.scan(other).decision
    assert decision is not None
    assert decision.explanation == "Ook gevraagd bij nr. 13: SVB."
    with pytest.raises(Forbidden):
        versions.get_succession(small.desk, SUBMITTER, other)


def test_the_newest_earlier_scan_that_was_not_withdrawn(small: World) -> None:
    earlier(small)
    small.clock.forward(minutes=5)
    second = earlier(small)
    small.clock.forward(minutes=5)
    third = small.routed("uwv", paper_number="13")
    submitting.withdraw_scan(small.desk, SUBMITTER, third, None, "Vergissing.")
    scan = changed(small)
    found = versions.get_succession(small.desk, COORDINATOR, scan)
    assert found is not None
    assert found.earlier.id == second
    other = changed(small, dossier_number="99009")
    assert versions.get_succession(small.desk, COORDINATOR, other) is None


def test_a_confidential_earlier_version_is_its_submitters_alone(world: World) -> None:
    older = earlier(world, confidential=True)
    of_another = changed(world, by=OTHER_SUBMITTER)
    assert versions.get_succession(world.desk, COORDINATOR, of_another) is None
    world.route(of_another, "uwv")
    assert world.file(of_another, "uwv").origin is None
    assert versions.earlier_version(world.desk, respondent("uwv"), file_of(of_another, "uwv")) is None
    own = changed(world, "22")
    world.route(own, "uwv", "svb")
    assert world.file(own, "uwv").origin == older
    assert versions.earlier_version(world.desk, respondent("uwv"), file_of(own, "uwv")) is not None
    assert versions.earlier_version(world.desk, respondent("svb"), file_of(own, "svb")) is None
    assert world.scan(older).state is ScanState.ASSESSED


def test_the_agency_sees_the_difference_and_what_is_its_own(small: World) -> None:
    older = earlier(small, "uwv")
    scan = changed(small)
    small.route(scan, "uwv", "svb")
    own = versions.earlier_version(small.desk, respondent("uwv"), file_of(scan, "uwv"))
    assert own is not None
    assert (own.paper, own.untouched) == ("13", True)
    assert own.taken_over == small.file(older, "uwv")
    assert own.difference.changed
    other = versions.earlier_version(small.desk, respondent("svb"), file_of(scan, "svb"))
    assert other is not None
    assert (other.taken_over, other.untouched) == (None, False)
    plain = small.routed("uwv", paper_number="90")
    assert versions.earlier_version(small.desk, respondent("uwv"), file_of(plain, "uwv")) is None


def test_four_versions_one_after_the_other(world: World) -> None:
    """13 -> 21 -> 30 -> 41, of which 30 was never published."""
    texts = {"13": TEXT, "21": SHORTER, "30": TEXT.replace("zes", "vier"), "41": TEXT.replace("zes", "drie")}
    scans: dict[str, ScanId] = {"13": earlier(world)}
    world.publish(scans["13"])
    numbers = list(texts)
    for before, number in pairwise(numbers):
        world.clock.forward(hours=3)
        scan = scans[number] = changed(world, number, before, texts[number])
        world.route(scan, "uwv")
        assert world.scan(scans[before]).replaced_by == scan
        assert world.file(scan, "uwv").origin == scans[before]
        confirm(world, scan)
        answering.approve(world.desk, approver("uwv"), file_of(scan, "uwv"), None)
        if number != "30":
            world.publish(scan)
    assert [world.scan(scans[n]).state for n in numbers] == [ScanState.REPLACED] * 3 + [ScanState.PUBLISHED]

    for number, leads_to in (("13", "41"), ("21", "41"), ("30", "41")):
        line = _line(world, scans[number])
        found = versions.replacement(world.desk, line)
        assert found is not None
        assert found.publication is not None
        assert found.publication.scan == scans[leads_to]
        assert found.at is not None
    assert versions.replacement(world.desk, _line(world, scans["41"])) is None

    assert versions.follows_on(world.desk, f"{scans['41']}-v1") == f"{scans['21']}-v1"
    assert versions.follows_on(world.desk, f"{scans['21']}-v1") == f"{scans['13']}-v1"
    assert versions.follows_on(world.desk, f"{scans['13']}-v1") is None
    found_pair = versions.compared(world.desk, f"{scans['41']}-v1")
    assert found_pair.older.amendment.paper_number == "21"
    assert found_pair.difference.text.changed
    assert found_pair.difference.agencies == ()
    with pytest.raises(NotFound):
        versions.compared(world.desk, f"{scans['13']}-v1")
    with pytest.raises(NotFound):
        versions.compared(world.desk, "2026-0000-v1")


def _line(world: World, scan: ScanId) -> Any:
    with world.desk.reading() as work:
        return work.scans.lines([scan])[0]


def test_a_corrected_publication_is_compared_with_the_version_before(small: World) -> None:
    scan = earlier(small)
    small.publish(scan)
    coordinating.start_correction(small.desk, COORDINATOR, scan, None, "Een rekenfout.")
    answering.send_back(small.desk, COORDINATOR, file_of(scan, "uwv"), None, "Kijk nog eens.")
    small.settle(scan, "uwv", wanted={**YES, "oordeel": "niet-uitvoerbaar", "it-aanpassing": "nieuw-systeem"})
    second = publishing.publish(small.desk, COORDINATOR, scan, None)
    found = versions.compared(small.desk, second.number)
    assert found.older.version == 1
    assert not found.difference.text.changed
    lines = {(line.about, line.dimension, line.agency): (line.was, line.now) for line in found.difference.agencies}
    assert lines[About.VERDICT, None, "uwv"] == ("uitvoerbaar-mits", "niet-uitvoerbaar")
    assert (About.LEVEL, "it-systemen", "uwv") in lines
    assert any(line.about is About.CONDITION and line.now is None for line in found.difference.agencies)
    whole = {line.about for line in found.difference.whole}
    assert About.VERDICT in whole
    assert read_sealed(second.document).verdict == "niet-uitvoerbaar"


def test_disclosing_a_changed_concept_marks_the_earlier_one_replaced(small: World) -> None:
    older = earlier(small)
    scan = changed(small, confidential=True)
    small.route(scan, "uwv")
    assert small.scan(older).state is ScanState.ASSESSED
    assert versions.replacement(small.desk, _line(small, older)) is None
    submitting.disclose_scan(small.desk, SUBMITTER, scan, None, None)
    assert small.scan(older).replaced_by == scan


def test_incomplete_drafts_are_not_confirmed_silently(small: World) -> None:
    """A draft that lacks a required answer is told so, question by question, as at any hand-in."""
    older = earlier(small)
    scan = changed(small)
    small.route(scan, "uwv")
    short = documents.ANSWERS.dump(RawAnswers(values={"raakt": "ja"}))
    with small.engine.begin() as connection:
        connection.execute(update(tables.assessments).values(answers=short))
    assert small.file(older, "uwv").answers == small.file(scan, "uwv").answers
    with pytest.raises(InvalidInput) as refused:
        confirm(small, scan)
    assert {problem.code for problem in refused.value.problems} == {"verplicht"}


def test_files_stay_readable_for_who_had_them(small: World) -> None:
    older = earlier(small)
    scan = changed(small)
    small.route(scan, "uwv")
    assert (
        reading.get_assessment(small.desk, respondent("uwv"), file_of(older, "uwv")).assessment.status == "vastgesteld"
    )


def test_at_the_last_minute_the_long_questionnaire_stays_for_who_answered_it(small: World) -> None:
    """The short one is for who starts anew; confirming is shorter still."""
    older = earlier(small, "uwv")
    scan = changed(small)
    small.clock.at = VOTE - timedelta(hours=3)
    small.route(scan, "uwv", "svb")
    assert small.file(scan, "uwv").rubric == small.file(older, "uwv").rubric
    assert small.file(scan, "svb").rubric.code != small.file(older, "uwv").rubric.code
    confirm(small, scan)
