"""What each transition changes in a scan, and that it changes nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from uitvoeringsscan.amendments.amendment import Amendment, Found, ParsedAmendment
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, Signature
from uitvoeringsscan.errors import InvalidInput, WrongState
from uitvoeringsscan.identifiers import AgencyCode, Principal, RubricRef, ScanId
from uitvoeringsscan.routing.routing import Routing
from uitvoeringsscan.scans import scan as scans
from uitvoeringsscan.scans.lifecycle import ALLOWED, ScanState, Step
from uitvoeringsscan.scans.scan import RoutingDecision, Scan

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
BY = Signature(principal=Principal("c@voorbeeld.example"), name="C. Coördinator", at=NOW)
PARSED = ParsedAmendment(
    dossier_number=None, dossier_suffix=None, paper_number=None, kind=Found(value="amendement", span=None), replaces=None,
    submitters=(), received=None, title=None, budget=False, instructions=(), laws=(), note=None,
)  # fmt: skip


def _scan(state: ScanState = ScanState.DRAFT, **more: object) -> Scan:
    scan = Scan(
        id=ScanId("2026-0001"),
        state=state,
        amendment=Amendment(text="Tekst", title="Titel", dossier_number="99001", paper_number="14"),
        parsed=PARSED,
        routing=Routing(proposals=(), nobody="Niemand.", register_sha256="0" * 64),
        owner=Principal("i@voorbeeld.example"),
        owner_name="I. Indiener",
        created_at=NOW,
    )
    return replace(scan, **more)  # type: ignore[arg-type]


def _file(agency: str, state: AssessmentState) -> Assessment:
    return Assessment(
        scan=ScanId("2026-0001"), agency=AgencyCode(agency), rubric=RubricRef("basis", "1.0", "0" * 64), state=state, asked_at=NOW
    )  # fmt: skip


def _decision(*codes: str) -> RoutingDecision:
    return RoutingDecision(agencies=tuple(AgencyCode(code) for code in codes), explanation=None, by=BY)


# step: what does it, and which fields it may change
TRANSITIONS: dict[Step, tuple[Callable[[Scan], Scan], set[str]]] = {
    Step.SUBMIT: (scans.submit, {"state"}),
    Step.ROUTE: (lambda s: scans.route(s, _decision("uwv"), NOW), {"state", "decision", "respond_by"}),
    Step.CLOSE_ROUND: (lambda s: scans.close_round(s, "Reden."), {"state", "round_closed"}),
    Step.PUBLISH: (scans.publish, {"state", "publications", "correction"}),
    Step.CORRECT: (lambda s: scans.correct(s, "Reden."), {"state", "correction"}),
    Step.WITHDRAW: (lambda s: scans.withdraw(s, "Reden."), {"state", "withdrawn"}),
    Step.REPLACE: (lambda s: scans.replace_by(s, ScanId("2026-0002")), {"state", "replaced_by"}),
}


@pytest.mark.parametrize("state", ScanState)
@pytest.mark.parametrize("step", TRANSITIONS)
def test_a_transition_asks_the_table_and_changes_only_its_own(step: Step, state: ScanState) -> None:
    do, may_change = TRANSITIONS[step]
    before = _scan(state)
    if (state, step) not in ALLOWED:
        with pytest.raises(WrongState):
            do(before)
        return
    after = do(before)
    assert after.state is ALLOWED[state, step]
    changed = {field.name for field in fields(Scan) if getattr(before, field.name) != getattr(after, field.name)}
    assert changed <= may_change


def test_without_agencies_there_is_nothing_to_wait_for() -> None:
    assert scans.route(_scan(ScanState.SUBMITTED), _decision(), None).state is ScanState.ASSESSED


def test_a_routing_says_until_when_and_who_said_so() -> None:
    scan = scans.route(_scan(ScanState.SUBMITTED), _decision("uwv"), NOW, by_hand=True)
    assert (scan.respond_by, scan.by_hand) == (NOW, True)
    later = scans.route(scan, _decision("uwv", "svb"), NOW + timedelta(days=1))
    assert (later.respond_by, later.by_hand) == (NOW + timedelta(days=1), False)


def test_the_scan_moves_on_with_the_last_file() -> None:
    scan = _scan(ScanState.IN_ASSESSMENT)
    done, silent, open_file, handed_in = (
        _file(agency, state)
        for agency, state in (
            ("uwv", AssessmentState.APPROVED), ("svb", AssessmentState.LAPSED),
            ("cak", AssessmentState.OPEN), ("duo", AssessmentState.SUBMITTED),
        )
    )  # fmt: skip
    assert scans.settle(scan, [done, silent]).state is ScanState.ASSESSED
    for waiting in ([done, open_file], [done, handed_in], [open_file], []):
        assert scans.settle(scan, waiting) is scan
    for state in set(ScanState) - {ScanState.IN_ASSESSMENT}:
        elsewhere = _scan(state)
        assert scans.settle(elsewhere, [done]) is elsewhere


def test_reopening_forgets_why_the_round_was_closed() -> None:
    closed = scans.close_round(_scan(ScanState.IN_ASSESSMENT), "  Geen tijd.  ")
    assert closed.round_closed == "Geen tijd."
    again = scans.reopen(closed)
    assert (again.state, again.round_closed) == (ScanState.IN_ASSESSMENT, None)
    assert scans.reopen(again) is again
    for state in set(ScanState) - {ScanState.IN_ASSESSMENT, ScanState.ASSESSED}:
        with pytest.raises(WrongState):
            scans.reopen(_scan(state))


def test_what_is_confidential_is_not_published() -> None:
    with pytest.raises(WrongState) as refused:
        scans.publish(_scan(ScanState.ASSESSED, confidential=True))
    assert refused.value.code == "vertrouwelijk"


def test_publishing_counts_and_ends_a_correction() -> None:
    first = scans.publish(_scan(ScanState.ASSESSED))
    second = scans.publish(scans.correct(first, "Een fout."))
    assert (first.publications, second.publications, second.correction) == (1, 2, None)


def test_disclosing() -> None:
    secret = _scan(ScanState.SUBMITTED, confidential=True)
    assert scans.disclose(secret, "15").amendment.paper_number == "15"
    assert scans.disclose(secret, None).amendment.paper_number == "14"
    with pytest.raises(WrongState):
        scans.disclose(scans.disclose(secret, None), None)


def test_the_vote_moves_while_the_scan_lives() -> None:
    later = NOW + timedelta(days=8)
    for state in ScanState:
        if state in (ScanState.WITHDRAWN, ScanState.REPLACED):
            with pytest.raises(WrongState):
                scans.move_vote(_scan(state), later)
        else:
            moved = scans.move_vote(_scan(state), later)
            assert moved.vote == later
            assert scans.move_vote(moved, None).vote is None


def test_nobody_is_newly_asked_twice() -> None:
    present = [_file("uwv", AssessmentState.APPROVED)]
    codes = [AgencyCode(code) for code in ("svb", "uwv", "svb", "cak")]
    assert scans.newly_asked(_scan(), codes, present) == ("svb", "cak")
    assert scans.newly_asked(_scan(), [], present) == ()


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_reasons_are_due(reason: str | None) -> None:
    for do in (
        lambda: scans.close_round(_scan(ScanState.IN_ASSESSMENT), reason),
        lambda: scans.correct(_scan(ScanState.PUBLISHED), reason),
        lambda: scans.withdraw(_scan(), reason),
    ):
        with pytest.raises(InvalidInput):
            do()


@pytest.mark.parametrize(
    ("dossier", "suffix", "paper", "shown"),
    [
        ("99001", None, "14", "99001, nr. 14"),
        ("99001", "XV", "14", "99001-XV, nr. 14"),
        ("99001", "XV", None, "99001-XV"),
        (None, None, "14", None),
    ],
)
def test_the_paper_as_people_write_it(
    dossier: str | None, suffix: str | None, paper: str | None, shown: str | None
) -> None:
    amendment = Amendment(text="", title="", dossier_number=dossier, dossier_suffix=suffix, paper_number=paper)
    assert _scan(amendment=amendment).paper == shown
