"""What a process of an older version writes to the journal without a number gets one: once, behind the last, and is told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from tests.support.desk import COORDINATOR, SUBMITTER, World, together
from tests.support.following import follow
from tests.support.outside import with_outside
from tests.support.receiver import receiver
from uitvoeringsscan.jobs.sweeps import SWEEPS
from uitvoeringsscan.notices.cloud_events import TYPES
from uitvoeringsscan.storage import journal
from uitvoeringsscan.storage.work import StoredWork, write_transaction
from uitvoeringsscan.use_cases import coordinating, public_events, submitting, webhooks
from uitvoeringsscan.use_cases.ports import JournalLine


@pytest.fixture
def older(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The same world through a process that gives no numbers and leaves no announcements, as it was before there were any."""
    state, note_public = threading.local(), journal.note_public

    def note(connection: Connection, lines: Sequence[JournalLine]) -> None:
        if not getattr(state, "older", False):
            note_public(connection, lines)

    @contextmanager
    def writing() -> Iterator[StoredWork]:
        state.older = True
        try:
            with write_transaction(world.engine) as work:
                yield work
        finally:
            state.older = False

    monkeypatch.setattr(journal, "note_public", note)
    return replace(world, desk=replace(world.desk, writing=writing))


def numbered(world: World) -> list[int]:
    """The lines of the journal that have a number, in the order of their numbers, which have no gaps."""
    with world.desk.reading() as work:
        found = work.public_events.after(0, 10_000)
        lines = {line.sequence: work.public_events.of_line(line.sequence) for line in work.journal.every()}
    assert [event.number for event in found] == list(range(1, len(found) + 1))
    by_number = {event.number: sequence for sequence, event in lines.items() if event}
    return [by_number[event.number] for event in found]


def test_while_both_write_several_sweep_and_somebody_reads_nothing_is_missed_or_comes_twice(
    world: World, older: World
) -> None:
    seen: list[int] = []
    stop = threading.Event()

    def sweep() -> None:
        while not stop.is_set():
            public_events.sweep(world.desk, world.clock.at)

    def write(through: World, start: int) -> None:
        for number in range(start, start + 4):
            scan = through.submitted(paper_number=str(number), confidential=number % 4 == 3)
            coordinating.confirm_routing(through.desk, COORDINATOR, scan, None, ["uwv"])

    reader = threading.Thread(target=follow, args=(world.desk, stop, seen))
    beside = [reader, *(threading.Thread(target=sweep) for _ in range(2))]
    for thread in beside:
        thread.start()
    try:
        writers = ((world, 100), (older, 200), (world, 300), (older, 400))
        results = together(*(lambda one=one: write(*one) for one in writers))
        public_events.sweep(world.desk, world.clock.at)
    finally:
        stop.set()
        for thread in beside:
            thread.join(60)
    assert [result for result in results if result is not None] == []
    lines = numbered(world)
    with world.desk.reading() as work:
        hidden = {scan.id for line in work.journal.every() if line.scan and (scan := work.scans.get(line.scan))
                  and scan.confidential}  # fmt: skip
        public = [line.sequence for line in work.journal.every() if line.event in TYPES and line.scan not in hidden]
    assert len(hidden) == 4
    assert sorted(lines) == public
    assert seen == list(range(1, len(lines) + 1))
    told = Counter(payload["sequence"] for _, _, payload in world.enqueued("announce"))
    assert {sequence: told[sequence] for sequence in public} == dict.fromkeys(public, 1)


def test_they_come_behind_what_was_read_in_their_own_order_and_reach_receivers(world: World, older: World) -> None:
    outside = with_outside(world)
    with receiver() as there:
        webhooks.add(world.desk, COORDINATOR, name="Griffie", url=there.url, types=())
        first = older.routed("uwv")
        second = world.submitted(paper_number="15")
        outside.look()
        assert [(got.event["id"], got.event["subject"]) for got in there.got] == [("gebeurtenis-1", second)]
        [sweep] = [sweep for sweep in SWEEPS if sweep.name == "number-events"]
        for _ in range(2):
            sweep.run(world.desk, world.clock.at)
            outside.look()
        assert [(got.event["id"], got.event["subject"]) for got in there.got[1:]] == [
            ("gebeurtenis-2", first), ("gebeurtenis-3", first)]  # fmt: skip


def test_what_was_not_public_when_it_happened_stays_so(world: World, older: World) -> None:
    disclosed = older.routed("uwv", confidential=True, paper_number="90")
    submitting.disclose_scan(older.desk, SUBMITTER, disclosed, None, "91")
    draft = older.submitted(draft=True, paper_number="77")
    submitting.withdraw_scan(older.desk, SUBMITTER, draft, None, "Toch niet.")
    older.submitted(confidential=True, paper_number=None)
    public_events.sweep(world.desk, world.clock.at)
    found, _ = public_events.after(world.desk, 0, 10)
    assert [(event.event, event.scan) for event in found] == [("ScanDisclosed", disclosed)]


def test_after_a_process_of_this_version_there_is_nothing_to_do(world: World) -> None:
    world.published("uwv", "svb")
    scan = world.routed("uwv", confidential=True, paper_number="90")
    submitting.disclose_scan(world.desk, SUBMITTER, scan, None, "91")
    before = numbered(world)
    public_events.sweep(world.desk, world.clock.at)
    assert numbered(world) == before
