"""The four rules of `jobs.runtime`, over both databases with real processes that are killed; each with the world as it would
be without the rule: there it goes wrong."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.collector import collector
from tests.support.desk import COORDINATOR, World, opened
from tests.support.labour import Labour, labour
from tests.support.outside import with_outside
from tests.support.receiver import receiver
from tests.support.smtp import smtp_server
from tests.support.work import client
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.storage.engine import writing
from uitvoeringsscan.storage.locks import NAMES
from uitvoeringsscan.storage.outbox import StoredOutbox
from uitvoeringsscan.use_cases import accounts, telling, webhooks
from uitvoeringsscan.use_cases.ports_work import work_id

pytestmark = pytest.mark.slow


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with opened(database_url) as world:
        yield world


@pytest.fixture
def workers(database_url: str, tmp_path: Path) -> Iterator[Labour]:
    with labour(database_url, tmp_path) as workers:
        yield workers


def leave(world: World, kind: str, key: str = "een") -> None:
    with world.desk.writing() as work:
        work.outbox.enqueue(kind, key, {})


def status(world: World, kind: str, key: str = "een") -> str:
    [found] = client(world.engine).list_workflows(workflow_ids=[work_id(kind, key)])
    return found.status


# --- 1: every process under a name of its own ---


def test_a_second_process_leaves_alone_what_the_first_is_doing(world: World, workers: Labour) -> None:
    leave(world, "slow")
    workers.start()
    workers.until_traced("begin", "een")
    leave(world, "quick")
    second = workers.start()
    leave(world, "slow", "twee")
    workers.until(
        lambda: (second.pid in {pid for _, pid in workers.trace("sweep")}) or bool(workers.trace("begin", "twee"))
    )
    workers.open()
    workers.until(lambda: status(world, "slow") == "SUCCESS")
    assert len(workers.trace("begin", "een")) == 1


def test_under_one_name_the_second_begins_it_again(world: World, workers: Labour) -> None:
    leave(world, "slow")
    workers.start("--without", "own-name")
    workers.until_traced("begin", "een")
    workers.start("--without", "own-name")
    workers.until_traced("begin", "een", times=2)


# --- 2: what the dead left is taken back ---


def test_what_a_dead_process_was_doing_is_taken_back(world: World, workers: Labour) -> None:
    leave(world, "slow")
    first, second = workers.start(), workers.start()
    workers.until_traced("begin", "een")
    [(_, pid)] = workers.trace("begin", "een")
    dead = first if first.pid == pid else second
    workers.kill(dead)
    workers.until_traced("begin", "een", times=2)
    workers.open()
    workers.until(lambda: status(world, "slow") == "SUCCESS")
    assert [pid == dead.pid for _, pid in workers.trace("begin", "een")] == [True, False]
    assert len(workers.trace("end", "een")) == 1


def test_without_taking_back_it_stays_under_way_for_ever(world: World, workers: Labour) -> None:
    leave(world, "slow")
    first = workers.start("--without", "taking-back")
    workers.until_traced("begin", "een")
    workers.kill(first)
    workers.start("--without", "taking-back")
    workers.open()
    leave(world, "quick")
    workers.until_traced("end", "een")  # the new one works, for a while already
    leave(world, "quick", "twee")
    workers.until_traced("end", "twee")
    assert status(world, "slow") == "PENDING"


def _let_go(world: World, workers: Labour, *options: str) -> None:
    """Work stands as under way in a living process that does not do it: the database broke off as it was taken."""
    leave(world, "quick")
    workers.start(*options)
    workers.until(lambda: status(world, "quick") == "SUCCESS")
    [done] = client(world.engine).list_workflows(workflow_ids=[work_id("quick", "een")])
    table = "dbos.workflow_status" if world.engine.dialect.name == "postgresql" else "workflow_status"
    taken = text(f"UPDATE {table} SET status = 'PENDING', executor_id = :owner WHERE workflow_uuid = :work")
    with writing(world.engine) as connection, connection.begin():
        StoredOutbox(connection).enqueue("quick", "twee", {})
        connection.execute(taken, {"owner": done.executor_id, "work": work_id("quick", "twee")})


def test_what_a_living_process_let_go_is_taken_back(world: World, workers: Labour) -> None:
    _let_go(world, workers)
    workers.until(lambda: status(world, "quick", "twee") == "SUCCESS")


def test_without_taking_back_what_it_let_go_is_lost(world: World, workers: Labour) -> None:
    _let_go(world, workers, "--without", "taking-back")
    leave(world, "quick", "drie")
    workers.until_traced("end", "drie")
    leave(world, "quick", "vier")
    workers.until_traced("end", "vier")
    assert status(world, "quick", "twee") == "PENDING"


@pytest.mark.postgres
def test_a_process_whose_connection_broke_is_not_dead(postgres_database_url: str, tmp_path: Path) -> None:
    """Its lock went with the connection, and it takes it again before anybody believes that it died."""
    with opened(postgres_database_url) as world, labour(postgres_database_url, tmp_path) as workers:
        leave(world, "slow")
        for _ in range(2):
            workers.start("--minute", "12")  # so that a lock is seen free for two seconds before it is believed
        workers.until_traced("begin", "een")
        leave(world, "quick")
        workers.until_traced("end", "een")
        before = _break_locks(world, 2, workers)
        workers.until(lambda: len(_lock_holders(world) - before) == 2)
        leave(world, "quick", "later")
        workers.until_traced("end", "later")
        workers.open()
        workers.until(lambda: status(world, "slow") == "SUCCESS")
        assert len(workers.trace("begin", "een")) == 1


def _lock_holders(world: World) -> set[int]:
    """The connections that hold the names of processes."""
    with world.engine.connect() as connection:
        query = "SELECT pid FROM pg_stat_activity WHERE application_name = :names AND datname = current_database()"
        return set(connection.scalars(text(query), {"names": NAMES}))


def _break_locks(world: World, many: int, workers: Labour) -> set[int]:
    """End the connections that hold the names of `many` processes."""
    workers.until(lambda: len(_lock_holders(world)) == many)
    holders = _lock_holders(world)
    with world.engine.connect() as connection:
        for holder in holders:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": holder})
    return holders


def test_work_that_kills_who_does_it_is_given_up(world: World, workers: Labour) -> None:
    leave(world, "deadly")
    for times in range(1, 3):
        workers.start("--deaths", "2")
        workers.until_traced("begin", "een", times=times)
        workers.processes[-1].wait()
    workers.start("--deaths", "2")
    workers.until(lambda: ("deadly", "een") in [(one.kind, one.key) for one in world.desk.backlog.failed(10)])
    assert len(workers.trace("begin", "een")) == 2
    assert workers.processes[-1].poll() is None


# --- 3: the version is ours ---


def test_another_version_of_the_code_does_what_waits(world: World, workers: Labour) -> None:
    leave(world, "quick")
    workers.start()
    workers.until(lambda: status(world, "quick") == "SUCCESS")


def test_with_a_version_that_follows_the_code_work_waits_for_ever(world: World, workers: Labour) -> None:
    leave(world, "quick")
    workers.start("--without", "version")
    workers.until(lambda: len(workers.trace("sweep")) >= 2)  # its own work it does
    assert status(world, "quick") == "ENQUEUED"


# --- 4: at least once, and known by its key ---


def test_what_was_done_but_not_written_down_is_done_again_under_the_same_key(world: World, workers: Labour) -> None:
    """`slow` leaves its trace and is killed then: as a mail that was handed over while nobody knows it."""
    leave(world, "slow", "mail-7")
    first = workers.start()
    workers.until_traced("begin", "mail-7")
    workers.kill(first)
    workers.open()
    workers.start()
    workers.until(lambda: status(world, "slow", "mail-7") == "SUCCESS")
    sent = [key for key, _ in workers.trace("begin")]
    assert len(sent) == 2
    assert len(set(sent)) == 1  # who receives can tell


def _killed_between_sending_and_writing_down(
    world: World, workers: Labour, *options: str
) -> tuple[list[str], list[str]]:
    """One mail and one webhook are handed over, the process is killed, another one does it again. What a mail server and a
    receiver saw: the Message-IDs and the webhook-ids that came in."""
    outside = with_outside(world)
    left = outside.people["tweede-coordinator"]
    accounts.change_person(world.desk, SERVICE, left.id, roles=left.roles, agency=None, active=False)
    world.submitted(vote=None)
    world.work_off()
    with smtp_server() as mail, receiver() as there:
        webhooks.add(world.desk, COORDINATOR, name="Griffie", url=there.url, types=())
        world.submitted(paper_number="15", vote=None)
        world.clock.forward(minutes=11)
        telling.sweep(world.desk, world.clock.at)
        options = ("--smtp", mail.url, *options)
        first = workers.start(*options)
        workers.until(lambda: len(workers.trace("handed-over")) == 2)
        workers.kill(first)
        assert (len(mail.messages), len(there.got)) == (1, 1)
        [waits] = client(world.engine).list_workflows(status="PENDING", name="mail")
        workers.open()
        workers.start(*options)
        workers.until(lambda: status(world, "mail", waits.workflow_id.partition(":")[2]) == "SUCCESS")
        workers.until(lambda: not client(world.engine).list_workflows(status=["PENDING", "ENQUEUED"]))
        return [one["Message-ID"] for one in mail.messages], list(there.ids.elements())


def test_what_goes_out_twice_has_one_name_so_that_a_receiver_counts_one(world: World, workers: Labour) -> None:
    mails, events = _killed_between_sending_and_writing_down(world, workers)
    assert (len(mails), len(set(mails))) == (2, 1)
    assert (len(events), len(set(events))) == (2, 1)


def test_with_a_name_made_at_each_attempt_a_receiver_counts_two(world: World, workers: Labour) -> None:
    mails, events = _killed_between_sending_and_writing_down(world, workers, "--without", "stable-ids")
    assert (len(mails), len(set(mails))) == (2, 2)
    assert (len(events), len(set(events))) == (2, 2)


def test_what_fails_is_tried_again_and_then_waits_for_somebody(world: World, workers: Labour) -> None:
    leave(world, "shaky")
    worker = workers.start()
    workers.until(lambda: bool(world.desk.backlog.failed(10)))
    [failed] = world.desk.backlog.failed(10)
    assert failed.id == work_id("shaky", "een")
    assert (failed.kind, failed.key) == ("shaky", "een")
    assert failed.fault == "ValueError"
    assert failed.since <= failed.failed
    assert len(workers.trace("try", "een")) == 3
    workers.open("mended")
    assert world.desk.backlog.again(failed.id)
    assert not world.desk.backlog.again(failed.id)
    workers.until(lambda: status(world, "shaky") == "SUCCESS")
    assert len(workers.trace("try", "een")) == 4
    assert not world.desk.backlog.failed(10)
    assert worker.poll() is None


# --- the end ---


def test_asked_to_end_a_worker_finishes_what_is_under_way_and_takes_nothing_new(world: World, workers: Labour) -> None:
    leave(world, "slow")
    worker = workers.start()
    workers.until_traced("begin", "een")
    worker.send_signal(signal.SIGTERM)
    leave(world, "quick", "na het signaal")
    workers.open()
    assert worker.wait(20) == 0
    assert status(world, "slow") == "SUCCESS"
    assert len(workers.trace("end", "een")) == 1


def test_what_takes_too_long_is_left_to_another(world: World, workers: Labour) -> None:
    leave(world, "slow")
    first = workers.start("--drain", "1")
    workers.until_traced("begin", "een")
    first.send_signal(signal.SIGTERM)
    assert first.wait(20) == 0
    assert status(world, "slow") == "PENDING"
    workers.open()
    workers.start()
    workers.until(lambda: status(world, "slow") == "SUCCESS")


@pytest.mark.parametrize("under_way", [False, True])
def test_the_last_spans_reach_the_collector(sqlite_url: str, tmp_path: Path, under_way: bool) -> None:
    """Whether the process ends by itself or is cut off; and a span says what went wrong, never in whose words."""
    with collector() as (address, spans), opened(sqlite_url) as world, labour(sqlite_url, tmp_path) as workers:
        leave(world, "shaky")
        worker = workers.start("--drain", "1", "--collector", address)
        workers.until(lambda: bool(world.desk.backlog.failed(10)))
        if under_way:
            leave(world, "slow")
            workers.until_traced("begin", "een")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
        assert [(span.name, span.status.message) for span in spans] == [("shaky", "ValueError")] * 3
        assert not any("iemand schreef" in str(span) for span in spans)
