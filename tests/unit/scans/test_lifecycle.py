"""The road of a scan: the table, and the transition functions that ask it."""

from __future__ import annotations

from itertools import product

import pytest

from uitvoeringsscan.errors import WrongState
from uitvoeringsscan.scans.lifecycle import ALLOWED, ScanState, Step, after

OVER = {ScanState.WITHDRAWN, ScanState.REPLACED}


@pytest.mark.parametrize(("state", "step"), list(product(ScanState, Step)))
def test_what_does_not_stand_in_the_table_cannot_happen(state: ScanState, step: Step) -> None:
    if (state, step) in ALLOWED:
        assert after(state, step) is ALLOWED[state, step]
    else:
        with pytest.raises(WrongState) as refused:
            after(state, step)
        assert state.value in refused.value.message
        assert step.value in refused.value.message


def test_every_state_can_be_reached_and_every_step_taken() -> None:
    reached, before = {ScanState.DRAFT}, set[ScanState]()
    while reached != before:
        before = set(reached)
        reached |= {to for (state, _), to in ALLOWED.items() if state in before}
    assert reached == set(ScanState)
    assert {step for _, step in ALLOWED} == set(Step)


def test_the_road_ends_where_it_should() -> None:
    assert {state for state in ScanState if not any(state is begin for begin, _ in ALLOWED)} == OVER


@pytest.mark.parametrize("state", set(ScanState) - OVER)
def test_a_living_scan_can_always_be_withdrawn(state: ScanState) -> None:
    assert ALLOWED[state, Step.WITHDRAW] is ScanState.WITHDRAWN


def test_only_what_was_assessed_is_published() -> None:
    assert [state for state, step in ALLOWED if step is Step.PUBLISH] == [ScanState.ASSESSED]
    assert [state for (state, _), to in ALLOWED.items() if to is ScanState.PUBLISHED] == [ScanState.ASSESSED]


def test_a_draft_is_replaced_by_nothing() -> None:
    assert (ScanState.DRAFT, Step.REPLACE) not in ALLOWED
