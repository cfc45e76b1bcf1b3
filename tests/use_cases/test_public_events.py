"""The feed: everything public, in order, without a gap, never skipping or repeating while others write; nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.support.desk import COORDINATOR, SUBMITTER, World, together
from tests.support.following import follow
from uitvoeringsscan.notices.cloud_events import PublicEvent
from uitvoeringsscan.storage import schema
from uitvoeringsscan.use_cases import coordinating, public_events, submitting


def feed(world: World, size: int = 200) -> Iterator[PublicEvent]:
    cursor, more = 0, True
    while more:
        found, more = public_events.after(world.desk, cursor, size)
        yield from found
        cursor = found[-1].number if found else cursor


def test_it_is_the_journal_without_what_is_not_public(world: World) -> None:
    scan = world.published("uwv")
    world.assessed("uwv", confidential=True, paper_number=None)
    draft = world.submitted(draft=True, paper_number="77")
    submitting.withdraw_scan(world.desk, SUBMITTER, draft, None, "Toch niet.")
    older = world.routed(paper_number="71")
    newer = world.routed(paper_number="72", replaces="71")
    found = [(event.event, event.scan) for event in feed(world)]
    assert found == [
        ("ScanSubmitted", scan), ("ScanRouted", scan), ("ScanAssessed", scan), ("ScanPublished", scan),
        ("ScanSubmitted", older), ("ScanRouted", older),
        ("ScanSubmitted", newer), ("ScanRouted", newer), ("ScanReplaced", older),
    ]  # fmt: skip
    assert [event.number for event in feed(world)] == list(range(1, 10))


@pytest.mark.parametrize("size", [1, 2, 3, 200])
def test_reading_in_pieces_is_reading_it_all(small: World, size: int) -> None:
    small.published("uwv")
    assert [event.number for event in feed(small, size)] == [1, 2, 3, 4]
    assert public_events.after(small.desk, 4, 10) == ([], False)


def test_somebody_who_reads_along_misses_nothing_and_reads_nothing_twice(world: World) -> None:
    """Six writers at once, some of what they do is confidential; a reader follows with a cursor all the while."""
    seen: list[int] = []
    stop = threading.Event()

    reader = threading.Thread(target=follow, args=(world.desk, stop, seen))
    reader.start()

    def write(start: int) -> None:
        for number in range(start, start + 6):
            scan = world.submitted(paper_number=str(number), confidential=number % 3 == 0)
            coordinating.confirm_routing(world.desk, COORDINATOR, scan, None, ["uwv"])

    try:
        results = together(*(lambda start=start: write(start) for start in range(100, 160, 10)))
    finally:
        stop.set()
        reader.join(60)
    assert [result for result in results if result is not None] == []
    assert not reader.is_alive()
    expected = [event.number for event in feed(world)]
    assert expected == list(range(1, len(expected) + 1))
    assert seen == expected
    with world.desk.reading() as work:
        lines = [line for line in work.journal.every() if line.event in ("ScanSubmitted", "ScanRouted")]
        hidden = {line.scan for line in lines if (scan := work.scans.get(line.scan or "")) and scan.confidential}
    assert len(expected) == len([line for line in lines if line.scan not in hidden])
    assert hidden


def test_what_was_said_in_public_cannot_be_changed(world: World) -> None:
    world.submitted()
    for change in ("UPDATE public_events SET number = 9", "DELETE FROM public_events"):
        with pytest.raises(DatabaseError), world.engine.begin() as connection:
            connection.execute(text(change))


def test_the_migration_makes_the_feed_of_what_happened_before(world: World) -> None:
    """Down and up again: the same events with the same numbers, confidential ones and those before a disclosure left out."""
    world.published("uwv")
    world.routed("uwv", confidential=True, paper_number=None)
    disclosed = world.routed("uwv", confidential=True, paper_number="90")
    submitting.disclose_scan(world.desk, SUBMITTER, disclosed, None, "91")
    draft = world.submitted(draft=True, paper_number="77")
    submitting.withdraw_scan(world.desk, SUBMITTER, draft, None, "Toch niet.")
    before = list(feed(world))
    assert [event.event for event in before][-1] == "ScanDisclosed"
    world.engine.dispose()
    schema.downgrade(world.url, "0009-1")
    schema.upgrade(world.url)
    assert list(feed(world)) == before
