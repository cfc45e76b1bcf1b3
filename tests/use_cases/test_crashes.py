"""Whatever breaks between two writes, nothing is left half done: the n-th statement fails, for every n."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from tests.support.desk import COORDINATOR, SUBMITTER, World, approver, file_of, respondent
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.use_cases import answering, coordinating, publishing, submitting

Step = Callable[[World, ScanId], object]


class Crash(Exception):
    pass


@contextmanager
def crashing(world: World, nth: int) -> Iterator[list[str]]:
    """The n-th writing statement from now on raises instead of running; gives the statements that came by."""
    seen: list[str] = []

    def before(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            seen.append(statement)
            if len(seen) == nth:
                raise Crash

    event.listen(world.engine, "before_cursor_execute", before)
    try:
        yield seen
    finally:
        event.remove(world.engine, "before_cursor_execute", before)


def _last_file(world: World) -> ScanId:
    scan = world.routed("uwv", "svb")
    world.settle(scan, "svb")
    world.handed_in(scan, "uwv")
    return scan


def _ready_to_replace(world: World) -> ScanId:
    world.routed("uwv", paper_number="51")
    return world.submitted(paper_number="52", replaces="51")


# name: how the scan gets there, the step, the least number of writes that such a step takes
STEPS: dict[str, tuple[Callable[[World], ScanId], Step, int]] = {
    "submit": (lambda world: world.submitted(), lambda world, _: world.submitted(), 2),
    "route": (
        _ready_to_replace,
        lambda world, scan: coordinating.confirm_routing(world.desk, COORDINATOR, scan, None, ["uwv", "svb"]),
        6,  # the scan, a text, two files, a line, the older scan; lines may go together
    ),
    "hand in": (
        lambda world: _filled(world),
        lambda world, scan: answering.hand_in(world.desk, respondent("uwv"), file_of(scan, "uwv"), None),
        2,
    ),
    "approve": (
        _last_file,
        lambda world, scan: answering.approve(world.desk, approver("uwv"), file_of(scan, "uwv"), None),
        4,  # the file, its score, the scan, their lines
    ),
    "send back": (
        lambda world: world.assessed("uwv"),
        lambda world, scan: answering.send_back(
            world.desk, approver("uwv"), file_of(scan, "uwv"), None, "Kijk nog eens."
        ),
        3,
    ),
    "close": (
        lambda world: world.routed("uwv", "svb"),
        lambda world, scan: coordinating.close_round(world.desk, COORDINATOR, scan, None, "De stemming is vandaag."),
        4,
    ),
    "publish": (
        lambda world: world.assessed("uwv"),
        lambda world, scan: publishing.publish(world.desk, COORDINATOR, scan, None),
        3,
    ),
    "withdraw": (
        lambda world: world.published("uwv"),
        lambda world, scan: submitting.withdraw_scan(world.desk, SUBMITTER, scan, None, "Er komt een andere tekst."),
        2,
    ),
}


def _filled(world: World) -> ScanId:
    scan = world.routed("uwv")
    world.filled(scan, "uwv")
    return scan


@pytest.mark.parametrize("name", STEPS)
def test_a_crash_between_two_writes_leaves_nothing(world: World, name: str) -> None:
    prepare, step, least = STEPS[name]
    scan = prepare(world)
    before = world.contents()
    crashes = 0
    while True:
        with crashing(world, crashes + 1) as seen:
            try:
                step(world, scan)
            except Crash:
                crashes += 1
                assert world.contents() == before, f"after a crash at: {seen[-1]}"
                continue
        break
    assert crashes >= least
    assert world.contents() != before  # and then, unharmed, it simply works
