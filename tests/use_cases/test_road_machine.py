"""The whole road as a machine of rules against a model of a few sets: whatever is done in whatever order, both agree."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.support.desk import COORDINATOR, SUBMITTER, World, approver, file_of, opened, respondent
from uitvoeringsscan.errors import DomainError, Forbidden, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.publication.verification import verify
from uitvoeringsscan.use_cases import answering, coordinating, publishing, submitting

AGENCIES = ("uwv", "svb", "cak")
agencies = st.sampled_from(AGENCIES)


class Road(RuleBasedStateMachine):
    """One scan. The model: its state, each file's state and who handed it in, and what was published."""

    template: Path

    @initialize()
    def start(self) -> None:
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.copyfile(self.template, folder / "road.sqlite3")
        self.world: World = self.stack.enter_context(opened(f"sqlite:///{folder}/road.sqlite3"))
        self.scan: ScanId = self.world.submitted()
        self.state = "ingediend"
        self.files: dict[str, str] = {}
        self.by: dict[str, str] = {}
        self.published = 0

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    def expect(self, allowed: bool, call: Any, *, error: type[DomainError] = WrongState) -> bool:
        """Do it: it works exactly when the model says so, and changes nothing when it does not."""
        if allowed:
            call()
            return True
        before = self.world.contents()
        with pytest.raises(error):
            call()
        assert self.world.contents() == before
        return False

    # --- what can be done ---

    @rule(asked=st.sets(agencies))
    def route(self, asked: set[str]) -> None:
        wanted = sorted(asked)
        allowed = self.state in ("ingediend", "in-behandeling") and set(self.files) <= asked
        if not self.expect(
            allowed, lambda: coordinating.confirm_routing(self.world.desk, COORDINATOR, self.scan, None, wanted)
        ):
            return
        self.files = {agency: self.files.get(agency, "open") for agency in wanted}
        self.state = "in-behandeling" if wanted else "beoordeeld"

    def _fits(self, agency: str, status: str) -> bool:
        return self.state == "in-behandeling" and self.files.get(agency) == status

    @rule(agency=agencies, by_approver=st.booleans(), ours=st.booleans())
    def hand_in(self, agency: str, by_approver: bool, ours: bool) -> None:
        if agency not in self.files:
            return
        who = approver(agency) if by_approver else respondent(agency)
        step = answering.hand_in_no_impact if ours else answering.hand_in_not_ours
        if self.expect(
            self._fits(agency, "open"),
            lambda: step(self.world.desk, who, file_of(self.scan, agency), None, "Dit is de reden."),
        ):
            self.files[agency] = "ingediend"
            self.by[agency] = who.principal

    @rule(agency=agencies)
    def approve(self, agency: str) -> None:
        if agency not in self.files:
            return
        own = self._fits(agency, "ingediend") and self.by[agency] == approver(agency).principal
        if self.expect(
            self._fits(agency, "ingediend") and not own,
            lambda: answering.approve(self.world.desk, approver(agency), file_of(self.scan, agency), None),
            error=Forbidden if own else WrongState,
        ):
            self.files[agency] = "vastgesteld"
            if all(status in ("vastgesteld", "geen-reactie") for status in self.files.values()):
                self.state = "beoordeeld"

    @rule(agency=agencies)
    def send_back(self, agency: str) -> None:
        if agency not in self.files:
            return
        over = self.state == "beoordeeld" or (self.state == "in-behandeling" and self.correcting)
        possible = {"ingediend"} | ({"vastgesteld", "geen-reactie"} if over else set())
        if self.expect(
            self.state in ("in-behandeling", "beoordeeld") and self.files[agency] in possible,
            lambda: answering.send_back(
                self.world.desk, COORDINATOR, file_of(self.scan, agency), None, "Kijk nog eens."
            ),
        ):
            self.files[agency] = "open"
            self.state = "in-behandeling"

    @rule()
    def close(self) -> None:
        if self.expect(
            self.state == "in-behandeling",
            lambda: coordinating.close_round(self.world.desk, COORDINATOR, self.scan, None, "Geen tijd meer."),
        ):
            self.files = {a: s if s == "vastgesteld" else "geen-reactie" for a, s in self.files.items()}
            self.state = "beoordeeld"

    @rule()
    def publish(self) -> None:
        self.world.clock.forward(minutes=1)
        if self.expect(
            self.state == "beoordeeld", lambda: publishing.publish(self.world.desk, COORDINATOR, self.scan, None)
        ):
            self.published += 1
            self.state = "gepubliceerd"
            self.correcting_since = None

    correcting_since: int | None = None

    @property
    def correcting(self) -> bool:
        return self.correcting_since is not None

    @rule()
    def correct(self) -> None:
        if self.expect(
            self.state == "gepubliceerd",
            lambda: coordinating.start_correction(self.world.desk, COORDINATOR, self.scan, None, "Een fout."),
        ):
            self.state = "beoordeeld"
            self.correcting_since = self.published

    @rule(sure=st.integers(0, 5))
    def withdraw(self, sure: int) -> None:
        if sure:
            return  # once in a while: it ends the road
        if self.expect(
            self.state != "ingetrokken",
            lambda: submitting.withdraw_scan(self.world.desk, SUBMITTER, self.scan, None, "Dit is de reden."),
        ):
            self.state = "ingetrokken"

    # --- what always holds ---

    @invariant()
    def both_agree(self) -> None:
        if not hasattr(self, "world"):
            return
        scan = self.world.scan(self.scan)
        assert scan.state.value == self.state
        assert scan.publications == self.published == len(self.world.chain())
        assert (scan.correction is not None) is self.correcting
        with self.world.desk.reading() as work:
            stored = work.assessments.of_scan(self.scan)
        assert {file.agency: file.state.value for file in stored} == self.files
        for file in stored:
            signatures = {s.principal for s in (file.submitted, file.approved) if s is not None}
            if file.state.value == "vastgesteld":
                assert len(signatures) == 2

    @invariant()
    def the_record_holds(self) -> None:
        if hasattr(self, "world"):
            assert verify(self.world.chain()) == []


def test_the_road(sqlite_url: str) -> None:
    class Placed(Road):
        template = Path(sqlite_url.removeprefix("sqlite:///"))  # stays empty: each road gets a copy

    run_state_machine_as_test(
        Placed,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )
