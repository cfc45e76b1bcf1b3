"""What is kept of the House's data: it comes back the same, and no list reads a whole table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from tests.support.desk import START, World, opened
from uitvoeringsscan.errors import Stale
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.parliament.anomalies import Anomaly, AnomalyKind
from uitvoeringsscan.parliament.feed import Category
from uitvoeringsscan.parliament.proposals import Proposal, ProposalState
from uitvoeringsscan.parliament.records import (
    Case,
    Decision,
    Dossier,
    Earlier,
    Paper,
    Signatory,
    Tally,
    VoteMoment,
)
from uitvoeringsscan.storage.work import StoredWork
from uitvoeringsscan.use_cases.ports_parliament import BILL, CASE, FollowedDossier, Place

BILL_FILE = Dossier(id="d" * 36, number="99001", suffix="XV", title="Een wet")
RECORD = Case(
    id="c" * 36,
    kind="Amendement",
    number="2026Z01234",
    title="Een wet",
    subject="Amendement over iets",
    started=date(2026, 11, 30),
    dossier=BILL_FILE,
    papers=(Paper(id="p", kind="Amendement", number="2026D1", paper_number="14", dated=date(2026, 11, 30), version="v", size=9),),
    signatories=(Signatory(name="V. Voorbeeld", party="Fractie Aurora", first=True),),
    moments=(VoteMoment(activity="a", kind="Stemmingen", status="Gepland", at=START, day=START.date()),),
    decisions=(Decision(id="b", kind="Stemmen - aangenomen", text="Ja", status="Besluit", at=START, tally=Tally(in_favour=3)),),
    appraisal="Ontraden",
    replaces=(Earlier(id="e", paper="9", dossier="99001-XV"),),
    replaced_by=("f",),
    entities=("a", "b"),
)  # fmt: skip
SEEN = Proposal(case=RECORD, state=ProposalState.SEEN, seen_at=START)


def test_a_proposal_comes_back_the_same_and_a_second_writer_is_told(database_url: str) -> None:
    with opened(database_url) as world:
        scan = world.submitted()
        full = replace(
            SEEN, state=ProposalState.STARTED, read_at=START, text="De tekst.", document="p:v", scan=scan,
            agencies=(AgencyCode("uwv"), AgencyCode("svb")), handled="x@voorbeeld.example", handled_at=START, reason="Omdat.",
        )  # fmt: skip
        with world.desk.writing() as work:
            work.house.add([SEEN])
            work.house.add([replace(SEEN, state=ProposalState.NEW)])  # it is there already
            assert work.house.get(RECORD.id) == SEEN
            saved = work.house.save(full, START)
        assert saved.version == 2
        with world.desk.reading() as work:
            assert work.house.get(RECORD.id) == replace(full, version=2)
            (line,) = work.house.page([ProposalState.STARTED], 5)
            assert (line.dossier, line.paper, line.vote, line.readable) == ("99001-XV", "14", START, True)
            assert dict(work.house.of_scans([scan])) == {scan: RECORD}
        with pytest.raises(Stale), world.desk.writing() as work:
            work.house.save(full, None)


def test_a_place_is_moved_by_who_saw_it_last_alone(database_url: str) -> None:
    with opened(database_url) as world:
        first = Place(category=Category.CASE, token=5)
        with world.desk.writing() as work:
            work.house.begin([first])
            work.house.begin([replace(first, token=1)])  # begun already
            further = replace(
                first, token=2**40, entries=7, tag='If-None-Match "x"', read_at=START, fault="HTTP 500", faults=2
            )
            assert work.house.advance(first, further)
            assert not work.house.advance(first, further)
        with world.desk.reading() as work:
            assert work.house.places() == {Category.CASE: further}


def test_what_is_wished_again_while_it_is_read_stays_on_the_list(database_url: str) -> None:
    with opened(database_url) as world, world.desk.writing() as work:
        house = work.house
        house.queue(CASE, ["a", "b"], START)
        house.queue(BILL, ["a"], START)
        (todo, *others) = house.due(START, 10)
        assert len(others) == 2
        house.queue(todo.kind, [todo.id], START + timedelta(seconds=1))
        house.done(todo)
        assert house.waiting() == 3
        again = next(
            one for one in house.due(START + timedelta(hours=1), 10) if (one.kind, one.id) == (todo.kind, todo.id)
        )
        house.postpone(replace(again, due_at=START + timedelta(days=1), attempts=3, why="HTTP 500"))
        assert len(house.due(START + timedelta(hours=1), 10)) == 2
        house.queue(again.kind, [again.id], again.since)
        (fresh,) = [
            one for one in house.due(START + timedelta(hours=1), 10) if one.id == again.id and one.kind == again.kind
        ]
        assert fresh.attempts == 0
        house.done(fresh)
        assert house.waiting() == 2


def test_links_and_bills_are_what_was_said_last(database_url: str) -> None:
    with opened(database_url) as world, world.desk.writing() as work:
        work.house.add([SEEN])
        work.house.link(RECORD.id, ["x", "y"])
        work.house.link(RECORD.id, ["y", "z"])
        assert work.house.involved(["x", "y", "z", RECORD.id]) == {name: {RECORD.id} for name in ("y", "z", RECORD.id)}
        work.house.follow(FollowedDossier(dossier=BILL_FILE))
        work.house.follow(FollowedDossier(dossier=BILL_FILE, read="p:v"))
        assert work.house.dossier(BILL_FILE.id) == FollowedDossier(dossier=BILL_FILE, read="p:v")
        assert work.house.dossier("niets") is None


def test_who_is_erased_stands_nowhere_any_more(database_url: str) -> None:
    with opened(database_url) as world, world.desk.writing() as work:
        work.house.add([SEEN])
        work.house.save(replace(SEEN, handled="x@voorbeeld.example"), None)
        work.house.note(RECORD.id, [Anomaly(kind=AnomalyKind.NO_DOCUMENT, subject=RECORD.id)], (), START)
        (noted,) = work.house.anomalies_of(RECORD.id)
        work.house.settle(noted.id, "x@voorbeeld.example", START)
        work.house.forget("x@voorbeeld.example", "Gewist")
        found = work.house.get(RECORD.id)
        assert found is not None
        assert found.handled == "Gewist"
        assert work.house.anomalies(settled=True, limit=5)[0].settled_by == "Gewist"


LISTS: dict[str, Any] = {
    "new": lambda house: house.page([ProposalState.SEEN, ProposalState.NEW], 50),
    "handled": lambda house: house.page([ProposalState.STARTED, ProposalState.OVER], 25),
    "odd": lambda house: house.anomalies(settled=False, limit=50),
    "odd of one": lambda house: house.anomalies_of("c0000000"),
    "due": lambda house: house.due(START, 20),
    "involved": lambda house: house.involved([f"e{n}" for n in range(250)]),
    "by paper": lambda house: house.with_paper("99001", "7"),
    "undecided": lambda house: house.undecided(START, START - timedelta(days=180), 25),
}


@pytest.fixture(scope="module")
def stocked(_sqlite_template: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    import shutil

    path = tmp_path_factory.mktemp("house") / "house.sqlite3"
    shutil.copyfile(_sqlite_template, path)
    with opened(f"sqlite:///{path}") as world:
        states = list(ProposalState)
        many = [
            replace(
                SEEN,
                case=replace(RECORD, id=f"c{n:07d}", dossier=replace(BILL_FILE, number=str(90000 + n))),
                state=states[n % len(states)],
                seen_at=START - timedelta(minutes=n),
                read_at=START,
            )
            for n in range(3000)
        ]
        with world.desk.writing() as work:
            work.house.add(many)
            for n in range(0, 3000, 10):
                work.house.link(f"c{n:07d}", [f"e{n}"])
                odd = Anomaly(kind=AnomalyKind.NO_DOCUMENT, subject=f"c{n:07d}")
                work.house.note(odd.subject, [odd], (), START)
            work.house.queue(CASE, [f"c{n:07d}" for n in range(3000)], START)
        with world.engine.connect() as connection:
            connection.execute(text("ANALYZE"))
            connection.commit()
        yield world


@pytest.mark.parametrize("name", LISTS)
def test_no_list_reads_a_whole_table(stocked: World, name: str) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, parameters))

    with stocked.engine.connect() as connection, connection.begin():
        event.listen(connection, "before_cursor_execute", note)
        LISTS[name](StoredWork(connection, writes=False).house)
        event.remove(connection, "before_cursor_execute", note)
        assert asked
        for statement, parameters in asked:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            assert [line for line in plan if line.startswith("SCAN house") and "INDEX" not in line] == []
            if name not in ("odd of one", "by paper"):  # a handful each
                assert [line for line in plan if line == "USE TEMP B-TREE FOR ORDER BY"] == []
