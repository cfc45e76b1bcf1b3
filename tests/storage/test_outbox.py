"""Work left in the transaction that gives the reason for it, over both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.desk import ADMIN, COORDINATOR, SUBMITTER, World, opened, together
from tests.support.work import client
from uitvoeringsscan.errors import Forbidden, WrongState
from uitvoeringsscan.events import ScanSubmitted
from uitvoeringsscan.storage.work import write_transaction
from uitvoeringsscan.use_cases import background, submitting, telling
from uitvoeringsscan.use_cases.ports_work import QUEUE, VERSION, work_id


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with opened(database_url) as world:
        yield world


def leave(world: World, kind: str, key: str, **payload: object) -> None:
    with world.desk.writing() as work:
        work.outbox.enqueue(kind, key, payload)


def test_it_is_there_after_the_commit_and_only_then(world: World) -> None:
    leave(world, "mail", "een", aan="wie één zoekt")

    def refused() -> None:
        with world.desk.writing() as work:
            work.outbox.enqueue("mail", "twee", {})
            raise WrongState("toch niet")

    with pytest.raises(WrongState):
        refused()
    assert world.enqueued() == [("mail", "een", {"aan": "wie één zoekt"})]


def test_a_key_that_was_used_before_does_nothing(world: World) -> None:
    leave(world, "mail", "een", keer=1)
    leave(world, "mail", "een", keer=2)
    with world.desk.writing() as work:
        work.outbox.enqueue("webhook", "een", {})
        work.outbox.enqueue("webhook", "een", {"keer": 2})
    assert sorted(world.enqueued()) == [("mail", "een", {"keer": 1}), ("webhook", "een", {})]


def test_two_that_leave_the_same_at_once_leave_it_once(world: World) -> None:
    results = together(*[lambda: leave(world, "mail", "een")] * 4)
    assert results == [None] * 4
    assert world.enqueued("mail") == [("mail", "een", {})]


def test_it_can_be_found_by_a_worker_of_our_version(world: World) -> None:
    leave(world, "mail", "een")
    [found] = client(world.engine).list_workflows(workflow_ids=[work_id("mail", "een")])
    assert (found.queue_name, found.app_version, found.name) == (QUEUE, VERSION, "mail")


def test_every_line_that_concerns_somebody_leaves_one_announcement(world: World) -> None:
    scan = world.submitted()
    submitting.withdraw_scan(world.desk, SUBMITTER, scan, None, "Er komt een andere tekst.")
    with world.desk.reading() as work:
        told = [line.sequence for line in work.journal.every() if line.event in {one.__name__ for one in telling.TOLD}]
    assert told
    assert world.enqueued("announce") == [
        ("announce", f"event-{sequence}", {"sequence": sequence}) for sequence in told
    ]


def test_without_the_table_nothing_is_announced(world: World) -> None:
    scan = world.submitted(draft=True)
    before = world.enqueued()
    with write_transaction(world.engine) as work:
        work.journal.add(SUBMITTER, ScanSubmitted(scan=scan, proposed=()), world.clock.now())
    assert ScanSubmitted in telling.TOLD
    assert world.enqueued() == before


def test_all_that_is_left_can_be_worked_off(world: World) -> None:
    world.published()
    done = world.work_off()
    assert {kind for kind, _ in done} >= {"announce"}
    assert world.enqueued() == []


# --- what failed ---


def fail(world: World, kind: str, key: str) -> str:
    leave(world, kind, key)
    client(world.engine).cancel_workflow(work_id(kind, key))
    return work_id(kind, key)


def test_what_failed_is_shown_and_tried_again_or_dropped(world: World) -> None:
    first, second = fail(world, "mail", "een"), fail(world, "mail", "twee")
    leave(world, "webhook", "drie")
    found = background.look(world.desk, ADMIN)
    assert {one.id for one in found.failed} == {first, second}
    assert [(one.kind, one.many) for one in found.waiting] == [("webhook", 1)]
    background.again(world.desk, ADMIN, first)
    background.drop(world.desk, COORDINATOR, second)
    assert background.look(world.desk, COORDINATOR).failed == []
    assert sorted(world.enqueued()) == [("mail", "een", {}), ("webhook", "drie", {})]
    for step in (background.again, background.drop):
        with pytest.raises(WrongState):
            step(world.desk, ADMIN, first)
    with world.desk.reading() as work:
        assert [(line.event, line.details["work"]) for line in work.journal.every() if "work" in line.details] == [
            ("WorkRetried", first),
            ("WorkDropped", second),
        ]


def test_of_a_sweep_that_fails_every_time_only_the_last_is_shown(world: World) -> None:
    sweeps = client(world.engine)
    for period in (1, 2, 3):
        name = f"sweep:mail-due:{period}"
        sweeps.enqueue({"workflow_name": "sweep", "queue_name": "sweeps", "workflow_id": name}, "mail-due")
        sweeps.cancel_workflow(name)
    assert [one.id for one in world.desk.backlog.failed(10)] == ["sweep:mail-due:3"]
    sweeps.enqueue({"workflow_name": "sweep", "queue_name": "sweeps", "workflow_id": "sweep:mail-due:4"}, "mail-due")
    assert [one.id for one in world.desk.backlog.failed(10)] == ["sweep:mail-due:3"]
    with world.engine.begin() as connection:
        schema = "dbos." if world.engine.dialect.name == "postgresql" else ""
        done = f"UPDATE {schema}workflow_status SET status = 'SUCCESS' WHERE workflow_uuid = 'sweep:mail-due:4'"
        connection.exec_driver_sql(done)
    assert world.desk.backlog.failed(10) == []


def test_others_may_not_even_look(world: World) -> None:
    work = fail(world, "mail", "een")
    with pytest.raises(Forbidden):
        background.look(world.desk, SUBMITTER)
    for step in (background.again, background.drop):
        with pytest.raises(Forbidden):
            step(world.desk, SUBMITTER, work)
    assert [one.id for one in world.desk.backlog.failed(10)] == [work]


def test_only_what_was_done_long_ago_is_thrown_away(world: World) -> None:
    work = fail(world, "mail", "een")
    leave(world, "mail", "twee")
    assert world.desk.backlog.forget_before(datetime.now(UTC) + timedelta(days=1)) == 0
    assert [one.id for one in world.desk.backlog.failed(10)] == [work]
    assert world.enqueued("mail") == [("mail", "twee", {})]
