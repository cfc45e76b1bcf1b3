"""The rules of concurrent writing, each with the world as it would be without the rule: there it goes wrong.

Threads meet at barriers, so that a race is certain and not a matter of luck.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event, update
from sqlalchemy.exc import OperationalError

from tests.support.desk import (
    COORDINATOR,
    SUBMITTER,
    World,
    approver,
    file_of,
    meeting,
    opened,
    respondent,
    together,
)
from uitvoeringsscan.errors import DomainError, Stale, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.publication.verification import verify
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.storage import rows, tables
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.storage.work import StoredScans, StoredWork, write_transaction
from uitvoeringsscan.use_cases import answering, coordinating, publishing, submitting, vote_moves

ROUNDS = 10
Transaction = Callable[[Engine], Any]


# --- without the rules ------------------------------------------------------------------------------------------------


@contextmanager
def deferred(engine: Engine) -> Iterator[StoredWork]:
    """A writing transaction as the driver begins it by default: nothing is locked until the first write."""
    with engine.connect() as connection, connection.begin():
        yield StoredWork(connection, writes=True)


class Unlocked(StoredScans):
    """Reads a scan without keeping other writers away."""

    def lock(self, scan: ScanId) -> Scan | None:
        return self.get(scan)


class Unchecked(Unlocked):
    """Writes over whatever stands there now."""

    def save(self, scan: Scan) -> Scan:
        newer = replace(scan, version=scan.version + 1)
        table = tables.scans
        self._connection.execute(update(table).where(table.c.id == scan.id).values(rows.scan_to_row(newer)))
        return newer


def with_scans(kind: type[StoredScans], transaction: Transaction) -> Transaction:
    """The same transaction, with another way to read and write scans."""

    @contextmanager
    def opened_work(engine: Engine) -> Iterator[StoredWork]:
        with transaction(engine) as work:
            work.scans = kind(work.scans._connection)
            yield work

    return opened_work


# --- lost updates -----------------------------------------------------------------------------------------------------


def _increment(engine: Engine, scan: ScanId, transaction: Transaction, meet: Callable[[], None]) -> int:
    """ROUNDS times: read a number, add one, write it. Who is told "stale" or "busy" reads again; returns how often."""
    refused = done = 0
    while done < ROUNDS:
        try:
            with transaction(engine) as work:
                current = work.scans.lock(scan)
                meet()
                work.scans.save(replace(current, publications=current.publications + 1))
            done += 1
        except (Stale, OperationalError):
            refused += 1
    return refused


def _writers(world: World, transaction: Transaction, meet: Callable[[], None]) -> int:
    scan = world.submitted()
    found = together(*[lambda: _increment(world.engine, scan, transaction, meet)] * 2)
    assert all(isinstance(result, int) for result in found), found
    return world.scan(scan).publications


def test_two_writers_lose_nothing(world: World) -> None:
    assert _writers(world, write_transaction, meeting(2, forced=False)) == 2 * ROUNDS


def test_the_version_check_alone_loses_nothing_either(world: World) -> None:
    """Two nets: without any lock the second writer is told that it was too late, and tries again."""
    assert _writers(world, with_scans(Unlocked, deferred), meeting(2)) == 2 * ROUNDS


@pytest.mark.postgres
def test_without_lock_and_version_check_updates_are_lost(postgres_database_url: str) -> None:
    with opened(postgres_database_url) as world:
        assert _writers(world, with_scans(Unchecked, deferred), meeting(2)) < 2 * ROUNDS


def test_on_sqlite_a_deferred_begin_lets_both_read_and_breaks_one_off(sqlite_url: str) -> None:
    """What BEGIN IMMEDIATE prevents: both have read, and one of them can never write any more."""

    def once(transaction: Transaction, meet: Callable[[], None]) -> list[Any]:
        scan = world.submitted()

        def increment() -> None:
            with transaction(world.engine) as work:
                current = work.scans.get(scan)
                meet()
                work.scans.save(replace(current, publications=1))

        return together(increment, increment)

    with opened(sqlite_url) as world:
        broken = [result for result in once(deferred, meeting(2)) if result is not None]
        assert len(broken) == 1
        assert isinstance(broken[0], OperationalError)
        late = [result for result in once(write_transaction, meeting(2, forced=False)) if result is not None]
        assert late == []  # the second one waited, and read what the first one wrote


def test_on_sqlite_autocommitted_reads_lose_updates(sqlite_url: str) -> None:
    """The library's own default for SQLite: the read stands outside the transaction, so both write over the same."""
    from sqlalchemy import create_engine, select

    with opened(sqlite_url) as world:
        scan = world.submitted()
        default = create_engine(sqlite_url, connect_args={"timeout": 15})
        meet = meeting(2)
        table = tables.scans

        def increment() -> None:
            with default.begin() as connection:
                seen = connection.scalar(select(table.c.publications).where(table.c.id == scan))
                meet()
                connection.execute(update(table).where(table.c.id == scan).values(publications=seen + 1))

        assert together(increment, increment) == [None, None]
        default.dispose()
        assert world.scan(scan).publications == 1


# --- the last two files -----------------------------------------------------------------------------------------------


def _two_last_approvers(
    world: World, transaction: Transaction, meet: Callable[[], None]
) -> tuple[list[Any], ScanState]:
    scan = world.routed("uwv", "svb")
    for agency in ("uwv", "svb"):
        world.handed_in(scan, agency)

    @contextmanager
    def meeting_before_commit() -> Iterator[StoredWork]:
        with transaction(world.engine) as work:
            yield work
            meet()

    desk = replace(world.desk, writing=meeting_before_commit)
    results = together(
        *(
            lambda agency=agency: answering.approve(desk, approver(agency), file_of(scan, agency), None)
            for agency in ("uwv", "svb")
        )
    )
    return results, world.scan(scan).state


def test_two_approvers_of_the_last_two_files_end_the_round(world: World) -> None:
    results, state = _two_last_approvers(world, write_transaction, meeting(2, forced=False))
    assert [result.status for result in results] == ["vastgesteld", "vastgesteld"]
    assert state is ScanState.ASSESSED


@pytest.mark.postgres
def test_without_locking_the_scan_first_the_round_is_stuck(postgres_database_url: str) -> None:
    with opened(postgres_database_url) as world:
        results, state = _two_last_approvers(world, with_scans(Unlocked, write_transaction), meeting(2))
        assert [result.status for result in results] == ["vastgesteld", "vastgesteld"]
        assert state is ScanState.IN_ASSESSMENT  # everybody is done, and nobody noticed


def test_two_approvers_of_one_file_approve_it_once(world: World) -> None:
    scan = world.routed("uwv")
    world.handed_in(scan, "uwv")
    results = together(
        *[lambda: answering.approve(world.desk, approver("uwv"), file_of(scan, "uwv"), None)] * 2,
    )
    assert sorted(type(result).__name__ for result in results) == ["Assessment", "WrongState"]
    assert world.counts()["scores"] == 1
    assert world.events(scan).count("Approved") == 1


def test_handing_in_and_closing_the_round_at_once_leave_one_story(world: World) -> None:
    scan = world.routed("uwv", "svb")
    world.filled(scan, "uwv")
    results = together(
        lambda: answering.hand_in(world.desk, respondent("uwv"), file_of(scan, "uwv"), None),
        lambda: coordinating.close_round(world.desk, COORDINATOR, scan, None, "De stemming is vandaag."),
    )
    assert isinstance(results[1], Scan)
    assert world.scan(scan).state is ScanState.ASSESSED
    assert world.file(scan, "uwv").status == "geen-reactie"
    if isinstance(results[0], DomainError):
        assert isinstance(results[0], WrongState)
        assert "HandedIn" not in world.events(scan)


# --- one version wins -------------------------------------------------------------------------------------------------


def test_of_two_writers_who_saw_the_same_version_one_wins(world: World) -> None:
    scan = world.routed("uwv")
    file = world.file(scan, "uwv")
    actors = (respondent("uwv"), approver("uwv"))
    results = together(
        *(
            lambda actor=actor: answering.save_answers(
                world.desk, actor, file.id, file.version, {"raakt": "ja"}, {"raakt": actor.name}
            )
            for actor in actors
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["Assessment", "Stale"]
    winner = next(result for result in results if not isinstance(result, Stale))
    assert world.file(scan, "uwv") == winner
    assert winner.version == file.version + 1


def test_two_coordinators_who_route_the_same_scan_ask_once(world: World) -> None:
    scan = world.submitted()
    version = world.scan(scan).version
    results = together(
        *(
            lambda codes=codes: coordinating.confirm_routing(world.desk, COORDINATOR, scan, version, codes)
            for codes in (["uwv"], ["uwv", "svb"])
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["Scan", "Stale"]
    assert world.events(scan).count("ScanRouted") == 1


def test_scans_that_replace_each_other_crosswise_both_end_somewhere(world: World) -> None:
    first = world.submitted(paper_number="21", replaces="22")
    second = world.submitted(paper_number="22", replaces="21")
    results = together(
        *(lambda scan=scan: coordinating.confirm_routing(world.desk, COORDINATOR, scan, None, ["uwv"])
          for scan in (first, second))
    )  # fmt: skip
    assert all(isinstance(result, Scan | DomainError) for result in results), results
    states = {world.scan(first).state, world.scan(second).state}
    assert states == {ScanState.REPLACED, ScanState.IN_ASSESSMENT}


# --- publishing -------------------------------------------------------------------------------------------------------


def _rendering_together(world: World, parties: int) -> Any:
    """A desk whose publishers meet while they render: each has read the same head of the chain by then."""
    meet = meeting(parties)

    def render(document: bytes) -> bytes:
        meet()
        return world.desk.render_pdf(document)

    return replace(world.desk, render_pdf=render)


def test_two_coordinators_who_publish_one_scan_make_one_publication(world: World) -> None:
    scan = world.assessed("uwv")
    desk = _rendering_together(world, 2)
    results = together(*[lambda: publishing.publish(desk, COORDINATOR, scan, None)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Publication", "Stale"]
    assert [number for number, _ in world.chain()] == [f"{scan}-v1"]
    assert world.scan(scan).publications == 1
    assert verify(world.chain()) == []


def test_three_scans_published_at_once_make_one_unbroken_chain(world: World) -> None:
    scans = [world.assessed("uwv", paper_number=str(number)) for number in (31, 32, 33)]
    desk = _rendering_together(world, 3)
    results = together(*(lambda scan=scan: publishing.publish(desk, COORDINATOR, scan, None) for scan in scans))
    assert sorted(result.sequence for result in results) == [1, 2, 3]
    assert {result.scan for result in results} == set(scans)
    assert verify(world.chain()) == []


@pytest.mark.postgres
def test_without_looking_at_the_chain_again_publishers_collide(postgres_database_url: str) -> None:
    """What the second look under the lock prevents: two links for one place, of which the database refuses one."""
    from sqlalchemy.exc import IntegrityError

    with opened(postgres_database_url) as world:
        scans = [world.assessed("uwv", paper_number=str(number)) for number in (31, 32)]
        meet = meeting(2)

        @contextmanager
        def frozen() -> Iterator[StoredWork]:
            with write_transaction(world.engine) as work:
                work.publications.head = lambda: None  # type: ignore[method-assign]
                meet()
                yield work

        desk = replace(world.desk, writing=frozen)
        results = together(*(lambda scan=scan: publishing.publish(desk, COORDINATOR, scan, None) for scan in scans))
        assert sorted(type(result).__name__ for result in results) == ["IntegrityError", "Publication"]
        assert any(isinstance(result, IntegrityError) for result in results)


def test_rendering_holds_nobody_up(world: World) -> None:
    """While a publisher renders, others write: also to this very scan, and then the publication is refused as stale."""
    scan = world.assessed("uwv")
    held: list[str] = []

    def render(document: bytes) -> bytes:
        held.append(world.submitted(paper_number="41"))
        vote_moves.move_vote(world.desk, COORDINATOR, scan, None, None)
        return b"%PDF"

    with pytest.raises(Stale):
        publishing.publish(replace(world.desk, render_pdf=render), COORDINATOR, scan, None)
    assert world.chain() == []
    assert world.scan(ScanId(held[0])).state is ScanState.SUBMITTED


# --- the commit comes before the answer -------------------------------------------------------------------------------


def test_a_commit_that_fails_is_heard_and_stores_nothing(world: World) -> None:
    scan = world.routed("uwv")
    before = world.contents()

    @event.listens_for(world.engine, "commit")
    def _fail(_connection: Any) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"):
        submitting.withdraw_scan(world.desk, SUBMITTER, scan, None, "Er komt een andere tekst.")
    event.remove(world.engine, "commit", _fail)
    assert world.contents() == before


def test_many_writers_on_one_sqlite_file_all_get_through(sqlite_url: str) -> None:
    """Each with an engine of its own, as separate processes have."""
    engines = [open_engine(sqlite_url) for _ in range(4)]
    done = threading.Semaphore(0)

    def write(engine: Engine) -> None:
        with opened(sqlite_url, engine=engine) as world:
            for _ in range(5):
                world.submitted()
                done.release()

    assert together(*(lambda engine=engine: write(engine) for engine in engines)) == [None] * 4
    with opened(sqlite_url) as world:
        assert world.counts()["scans"] == 20
