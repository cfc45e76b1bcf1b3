"""The journal is a chain that cannot be changed unseen, is searched by the coordinator, and has every look at a secret."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import text

from tests.support.desk import COORDINATOR, READER, SUBMITTER, World, of_role, respondent, together
from uitvoeringsscan.errors import Forbidden, NotFound, Unauthenticated
from uitvoeringsscan.events import ScanWithdrawn
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import NOBODY, Role
from uitvoeringsscan.use_cases import journal, reading
from uitvoeringsscan.use_cases.journal_chain import content, digest, faults
from uitvoeringsscan.use_cases.ports import JournalFilter, JournalLine


def lines(world: World) -> list[JournalLine]:
    with world.desk.reading() as work:
        return list(work.journal.every())


def test_every_line_is_chained_to_the_one_before(world: World) -> None:
    world.published("uwv", "svb")
    found = lines(world)
    assert len(found) > 8
    assert list(faults(found)) == []
    assert [line.sequence for line in found] == list(range(1, len(found) + 1))
    for before, line in pairwise(found):
        assert line.previous_sha256 == before.sha256
    assert digest(replace(found[3], name="Een ander")) != found[3].sha256


def test_writers_at_the_same_moment_make_one_chain(world: World) -> None:
    scans = [world.submitted(paper_number=str(number)) for number in range(20, 26)]
    results = together(
        *(lambda scan=scan: world.route(scan, "uwv") for scan in scans),
        *(lambda n=n: world.submitted(paper_number=str(n)) for n in range(40, 44)),
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    found = lines(world)
    assert list(faults(found)) == []
    assert len([line for line in found if line.event == "ScanRouted"]) == 6


def test_a_change_that_fails_leaves_no_line_and_no_gap(world: World) -> None:
    scan = world.submitted()

    def failing() -> None:
        with world.desk.writing() as work:
            work.journal.add(SUBMITTER, ScanWithdrawn(scan=scan), world.clock.at)
            assert work.journal.of_scan(scan)[-1].event == "ScanWithdrawn"  # the transaction sees its own line
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    world.route(scan, "uwv")
    assert [line.event for line in lines(world) if line.scan == scan] == ["ScanSubmitted", "ScanRouted"]
    assert list(faults(lines(world))) == []


CHANGES: dict[str, Any] = {
    "another name": lambda found: [*found[:2], replace(found[2], name="Een ander"), *found[3:]],
    "another name, with a digest to match": lambda found: [
        *found[:2],
        replace(changed := replace(found[2], name="Een ander"), sha256=digest(changed)),
        *found[3:],
    ],
    "a line taken out": lambda found: [*found[:2], *found[3:]],
    "the first line taken out": lambda found: found[1:],
    "two lines swapped": lambda found: [found[0], found[2], found[1], *found[3:]],
    "a line put in": lambda found: [*found[:2], found[1], *found[2:]],
    "a digest taken away": lambda found: [*found[:2], replace(found[2], sha256=None), *found[3:]],
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_goes_unseen(small: World, change: str) -> None:
    small.published("uwv")
    assert list(faults(CHANGES[change](lines(small)))) != []


def test_a_cut_off_end_is_seen_by_who_kept_a_digest(small: World) -> None:
    small.published("uwv")
    found = lines(small)
    head = found[-1].sha256
    assert list(faults(found, head)) == []
    assert list(faults(found[:-1])) == []
    assert len(list(faults(found[:-1], head))) == 1


def test_lines_from_before_the_chain_may_stand_before_it_only(small: World) -> None:
    small.assessed("uwv")
    found = lines(small)
    old = [replace(line, sha256=None, previous_sha256=None) for line in found[:2]]
    first = replace(found[2], previous_sha256=None)
    later = [replace(first, sha256=digest(first))]
    assert list(faults(old + later)) == []
    assert list(faults([*later, replace(found[3], sha256=None)])) != []


def test_the_database_refuses_to_change_a_line(world: World) -> None:
    world.submitted()
    for statement in ("UPDATE journal SET name = 'x'", "DELETE FROM journal"):
        with pytest.raises(Exception, match="append-only"), world.engine.begin() as connection:
            connection.execute(text(statement))


def test_an_exported_line_can_be_checked_with_common_tools(small: World) -> None:
    small.submitted()
    line = lines(small)[0]
    plain = json.dumps(content(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(plain.encode()).hexdigest() == line.sha256


# --- searching --------------------------------------------------------------------------------------------------------


def test_the_coordinator_searches(world: World) -> None:
    one = world.assessed("uwv", "svb")
    start = world.clock.at
    world.clock.forward(days=1)
    other = world.submitted(paper_number="22")

    def found(**wanted: Any) -> list[tuple[str, str | None]]:
        return [(line.event, line.scan) for line in journal.search(world.desk, COORDINATOR, JournalFilter(**wanted))[0]]

    assert found(scan=other) == [("ScanSubmitted", other)]
    assert {event for event, _ in found(scan=one, agency="svb")} == {
        "AnswersSaved",
        "HandedIn",
        "Approved",
        "ScanAssessed",
    }
    assert set(found(principal=SUBMITTER.principal)) == {("ScanSubmitted", one), ("ScanSubmitted", other)}
    assert found(event="ScanRouted") == [("ScanRouted", one)]
    assert found(start=start + timedelta(hours=1)) == [("ScanSubmitted", other)]
    assert ("ScanSubmitted", other) not in found(end=start + timedelta(hours=1))
    assert found(scan="2020-9999") == []


def test_pages_neither_skip_nor_repeat(small: World) -> None:
    small.published("uwv", "svb")
    seen, before = [], None
    while True:
        page, before = journal.search(small.desk, COORDINATOR, JournalFilter(), before, limit=3)
        seen += [line.sequence for line in page]
        if before is None:
            break
    assert seen == [line.sequence for line in reversed(lines(small))]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_nobody_else_searches(small: World, role: Role) -> None:
    with pytest.raises(Forbidden):
        journal.search(small.desk, of_role(role), JournalFilter())
    with pytest.raises(Unauthenticated):
        journal.search(small.desk, NOBODY, JournalFilter())


# --- looks at what is confidential ------------------------------------------------------------------------------------


def looks(world: World, scan: ScanId) -> list[str]:
    return [line.principal for line in lines(world) if line.event == "ScanSeen" and line.scan == scan]


def test_every_look_at_a_confidential_scan_is_in_the_journal(world: World) -> None:
    scan = world.routed("uwv", confidential=True, paper_number=None)
    reading.get_scan(world.desk, COORDINATOR, scan)
    reading.get_assessment(world.desk, respondent("uwv"), f"{scan}-uwv")
    reading.list_assessments(world.desk, SUBMITTER, scan)
    assert looks(world, scan) == [COORDINATOR.principal, respondent("uwv").principal, SUBMITTER.principal]
    world.clock.forward(minutes=59)
    reading.get_scan(world.desk, COORDINATOR, scan)
    assert len(looks(world, scan)) == 3
    world.clock.forward(minutes=1)
    reading.get_scan(world.desk, COORDINATOR, scan)
    assert looks(world, scan)[3:] == [COORDINATOR.principal]


def test_who_may_not_see_it_leaves_no_look_and_what_is_open_is_read_unseen(small: World) -> None:
    scan = small.routed("uwv", confidential=True, paper_number=None)
    before = small.contents()
    for who in (READER, respondent("svb")):
        with pytest.raises(NotFound):
            reading.get_scan(small.desk, who, scan)
    assert small.contents() == before
    public = small.routed("uwv")
    reading.get_scan(small.desk, READER, public)
    assert looks(small, public) == []
