"""The lifecycle's table, asked of the use cases: every step from every state, and what each step leaves behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.desk import COORDINATOR, SUBMITTER, World, amendment, approver, file_of, respondent
from uitvoeringsscan.errors import Stale, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.scans.lifecycle import ALLOWED, ScanState, Step
from uitvoeringsscan.use_cases import answering, coordinating, publishing, submitting
from uitvoeringsscan.use_cases.access import Seen

Do = Callable[[World, ScanId, Seen], object]
COMMAND = submitting.SubmitScan(amendment=amendment())

DO: dict[Step, Do] = {
    Step.SUBMIT: lambda w, s, seen: submitting.submit_draft(w.desk, SUBMITTER, s, seen, COMMAND),
    Step.ROUTE: lambda w, s, seen: coordinating.confirm_routing(w.desk, COORDINATOR, s, seen, ["uwv", "svb"]),
    Step.CLOSE_ROUND: lambda w, s, seen: coordinating.close_round(w.desk, COORDINATOR, s, seen, "Geen tijd meer."),
    Step.PUBLISH: lambda w, s, seen: publishing.publish(w.desk, COORDINATOR, s, seen),
    Step.CORRECT: lambda w, s, seen: coordinating.start_correction(w.desk, COORDINATOR, s, seen, "Een rekenfout."),
    Step.WITHDRAW: lambda w, s, seen: submitting.withdraw_scan(w.desk, SUBMITTER, s, seen, "Er komt een andere tekst."),
}
"""SETTLE, REOPEN and REPLACE are not asked for by anybody: they follow from an approval, a return, a newer amendment."""

PAIRS = [(state, step) for state in ScanState for step in DO]


@pytest.mark.parametrize(("state", "step"), PAIRS, ids=[f"{state.value}-{step.value}" for state, step in PAIRS])
def test_only_what_stands_in_the_table_can_be_done(small: World, state: ScanState, step: Step) -> None:
    # a draft is its owner's alone: to be told about its state at all, the coordinator has to be the owner
    of_coordinator = state is ScanState.DRAFT and step not in (Step.SUBMIT, Step.WITHDRAW)
    scan = small.submitted(by=COORDINATOR, draft=True) if of_coordinator else small.in_state(state)
    assert small.scan(scan).state is state
    before = small.contents()
    if (state, step) in ALLOWED:
        DO[step](small, scan, None)
        assert small.scan(scan).state is ALLOWED[state, step]
        return
    with pytest.raises(WrongState) as refused:
        DO[step](small, scan, None)
    assert state.value in refused.value.message
    assert small.contents() == before


@pytest.mark.parametrize(
    ("state", "step"), [pair for pair in PAIRS if pair in ALLOWED], ids=lambda value: getattr(value, "value", value)
)
def test_who_saw_an_older_version_changes_nothing(small: World, state: ScanState, step: Step) -> None:
    scan = small.in_state(state)
    version = small.scan(scan).version
    before = small.contents()
    for other in (version - 1, version + 1, 0):
        with pytest.raises(Stale):
            DO[step](small, scan, other)
    assert small.contents() == before
    DO[step](small, scan, version)
    assert small.scan(scan).version == version + 1


FILES: dict[str, Callable[[World, ScanId, Seen], object]] = {
    "save": lambda w, s, seen: answering.save_answers(
        w.desk, respondent("uwv"), file_of(s, "uwv"), seen, {"raakt": "ja"}, {}
    ),
    "hand in": lambda w, s, seen: answering.hand_in(w.desk, respondent("uwv"), file_of(s, "uwv"), seen),
    "no impact": lambda w, s, seen: answering.hand_in_no_impact(
        w.desk, respondent("uwv"), file_of(s, "uwv"), seen, "Reden."
    ),
    "not ours": lambda w, s, seen: answering.hand_in_not_ours(
        w.desk, respondent("uwv"), file_of(s, "uwv"), seen, "Reden.", "svb"
    ),
    "approve": lambda w, s, seen: answering.approve(w.desk, approver("uwv"), file_of(s, "uwv"), seen),
    "send back": lambda w, s, seen: answering.send_back(w.desk, COORDINATOR, file_of(s, "uwv"), seen, "Kijk nog eens."),
}

# which steps fit a file in which state, while the scan is being assessed
FITS = {
    "open": {"save", "hand in", "no impact", "not ours"},
    "ingediend": {"approve", "send back"},
    "vastgesteld": set(),
}


def _file_in(world: World, status: str) -> ScanId:
    scan = world.routed("uwv", "svb")  # svb stays open, so the round does too
    world.filled(scan, "uwv")
    if status != "open":
        answering.hand_in(world.desk, respondent("uwv"), file_of(scan, "uwv"), None)
    if status == "vastgesteld":
        answering.approve(world.desk, approver("uwv"), file_of(scan, "uwv"), None)
    return scan


@pytest.mark.parametrize("status", FITS)
@pytest.mark.parametrize("step", FILES)
def test_a_file_takes_only_the_steps_that_fit(small: World, status: str, step: str) -> None:
    scan = _file_in(small, status)
    before = small.contents()
    if step in FITS[status]:
        version = small.file(scan, "uwv").version
        with pytest.raises(Stale):
            FILES[step](small, scan, version - 1)
        assert small.contents() == before
        FILES[step](small, scan, version)
        assert small.file(scan, "uwv").version == version + 1
        return
    with pytest.raises(WrongState):
        FILES[step](small, scan, None)
    assert small.contents() == before


@pytest.mark.parametrize("state", [s for s in ScanState if s not in (ScanState.DRAFT, ScanState.SUBMITTED)])
@pytest.mark.parametrize("step", [step for step in FILES if step != "send back"])
def test_once_the_round_is_over_files_rest(small: World, state: ScanState, step: str) -> None:
    if state is ScanState.IN_ASSESSMENT:
        return
    scan = small.in_state(state)
    before = small.contents()
    with pytest.raises(WrongState):
        FILES[step](small, scan, None)
    assert small.contents() == before


@pytest.mark.parametrize("state", [ScanState.PUBLISHED, ScanState.WITHDRAWN, ScanState.REPLACED])
def test_nothing_goes_back_once_it_is_public_or_over(small: World, state: ScanState) -> None:
    scan = small.in_state(state)
    with pytest.raises(WrongState):
        FILES["send back"](small, scan, None)


def test_sending_back_reopens_what_was_assessed(small: World) -> None:
    scan = small.assessed("uwv", "svb")
    FILES["send back"](small, scan, None)
    assert small.scan(scan).state is ScanState.IN_ASSESSMENT
    assert small.file(scan, "uwv").status == "open"
    assert small.file(scan, "uwv").remarks == "Kijk nog eens."
    assert small.file(scan, "svb").status == "vastgesteld"


def test_the_journal_tells_the_whole_road(small: World) -> None:
    scan = small.published("uwv")
    assert [event for event in small.events(scan) if event != "AnswersSaved"] == [
        "ScanSubmitted",
        "ScanRouted",
        "HandedIn",
        "Approved",
        "ScanAssessed",
        "ScanPublished",
    ]
