"""What the House did is noted once, by who may, and never changes what was published."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.desk import COORDINATOR, START, SUBMITTER, World, respondent
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Stale
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.outcome import OutcomeKind
from uitvoeringsscan.use_cases.outcomes import record_outcome

SOURCE = "Stemmingsuitslag van 8 december 2026"


def test_an_outcome_is_noted_and_can_be_corrected(world: World) -> None:
    scan = world.published()
    before = world.chain()
    first = record_outcome(world.desk, COORDINATOR, scan, None, OutcomeKind.HELD_OVER, START, SOURCE)
    again = record_outcome(world.desk, COORDINATOR, scan, first.version, OutcomeKind.ADOPTED, START, f"  {SOURCE}\n")
    assert world.scan(scan) == again
    assert again.outcome is not None
    assert (again.outcome.kind, again.outcome.at, again.outcome.source) == (OutcomeKind.ADOPTED, START, SOURCE)
    assert world.events(scan).count("OutcomeRecorded") == 2
    assert world.chain() == before
    with world.desk.reading() as work:
        (line,) = work.scans.lines([scan])
    assert line.outcome == again.outcome


def test_the_same_outcome_again_changes_nothing(small: World) -> None:
    scan = small.published()
    record_outcome(small.desk, SERVICE, scan, None, OutcomeKind.REJECTED, START, SOURCE)
    before = small.contents()
    record_outcome(small.desk, SERVICE, scan, None, OutcomeKind.REJECTED, START, SOURCE)
    assert small.contents() == before


@pytest.mark.parametrize("state", [ScanState.SUBMITTED, ScanState.IN_ASSESSMENT, ScanState.PUBLISHED])
def test_what_the_house_withdrew_is_withdrawn_here(small: World, state: ScanState) -> None:
    scan = small.in_state(state)
    changed = record_outcome(small.desk, COORDINATOR, scan, None, OutcomeKind.WITHDRAWN, START, SOURCE)
    assert changed.state is ScanState.WITHDRAWN
    assert SOURCE in (changed.withdrawn or "")
    assert small.events(scan)[-2:] == ["OutcomeRecorded", "ScanWithdrawn"]


def test_only_the_coordinator_and_the_service_note_it(small: World) -> None:
    scan = small.published()
    for who in (SUBMITTER, respondent("uwv")):
        with pytest.raises(Forbidden):
            record_outcome(small.desk, who, scan, None, OutcomeKind.ADOPTED, START, SOURCE)
    with pytest.raises(NotFound):
        record_outcome(small.desk, respondent("svb"), scan, None, OutcomeKind.ADOPTED, START, SOURCE)
    with pytest.raises(Stale):
        record_outcome(small.desk, COORDINATOR, scan, 99, OutcomeKind.ADOPTED, START, SOURCE)
    draft = small.submitted(draft=True)
    with pytest.raises(LookupError):
        record_outcome(small.desk, SERVICE, draft, None, OutcomeKind.ADOPTED, START, SOURCE)


def test_every_fault_is_named(small: World) -> None:
    scan = small.published()
    with pytest.raises(InvalidInput) as refused:
        record_outcome(small.desk, COORDINATOR, scan, None, OutcomeKind.ADOPTED, START + timedelta(days=99), " ")
    assert [(p.field, p.code) for p in refused.value.problems] == [("bron", "verplicht"), ("op", "in-de-toekomst")]
