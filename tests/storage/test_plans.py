"""Every list is read along an index, whatever is stored: the databases are asked how they would go about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from tests.support.desk import START, World, opened
from uitvoeringsscan.identifiers import AgencyCode, Principal, ScanId
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.reminders import window
from uitvoeringsscan.storage.work import StoredWork
from uitvoeringsscan.use_cases.ports import Cursor, JournalFilter, ScanFilter, Sight

ROWS = 4_000
BIG = ("scans", "assessments", "publications", "search", "journal")

EVERYTHING, PUBLIC = Sight(everything=True), Sight(open_scans=True)
AFTER = Cursor(START - timedelta(minutes=ROWS // 2), "2026-0000")
UWV = AgencyCode("uwv")
ENDED = ("ScanWithdrawn", "ScanReplaced")

QUERIES: dict[str, Any] = {
    "scans": lambda w: w.scans.page(ScanFilter(), EVERYTHING, None, 50),
    "scans, a page deep down": lambda w: w.scans.page(ScanFilter(), EVERYTHING, AFTER, 50),
    "scans, public": lambda w: w.scans.page(ScanFilter(), PUBLIC, AFTER, 50),
    "scans, one's own": lambda w: w.scans.page(ScanFilter(), Sight(owner=Principal("a-3")), None, 50),
    "scans, of an agency": lambda w: w.scans.page(ScanFilter(), Sight(agency=UWV), AFTER, 50),
    "scans, asked of an agency": lambda w: w.scans.page(ScanFilter(agency=UWV), EVERYTHING, None, 50),
    "scans, in a state": lambda w: w.scans.page(ScanFilter(states=(ScanState.ASSESSED,)), EVERYTHING, AFTER, 50),
    "scans, on a bill": lambda w: w.scans.page(ScanFilter(dossier="90007"), PUBLIC, None, 50),
    "scans, searched": lambda w: w.scans.page(ScanFilter(search="zonnepaneel w77"), PUBLIC, None, 50),
    "scans, by vote": lambda w: w.scans.on_vote_day(START, START + timedelta(days=1), PUBLIC),
    "scans, votes ahead": lambda w: w.scans.voted_from(START, PUBLIC, 50),
    "scans, by paper": lambda w: w.scans.of_paper("90007", None, "7"),
    "scans, waiting": lambda w: w.scans.waiting("90007", None),
    "scans, some": lambda w: w.scans.lines([ScanId("2026-100007"), ScanId("2026-100008")]),
    "files of a scan": lambda w: w.assessments.of_scan(ScanId("2026-100007")),
    "files of an agency": lambda w: w.assessments.of_agency(UWV, AFTER, 50),
    "files of an agency, awaited": lambda w: w.assessments.running(UWV),
    "files of an agency, closed": lambda w: w.assessments.closed(UWV, AFTER, 20),
    "files answered before": lambda w: w.assessments.answered_before(UWV, "basis", AFTER, 200),
    "files that wait for an answer": lambda w: w.reminders.waiting(window(START)),
    "files that wait, of some scans": lambda w: w.reminders.of_scans([ScanId("2026-100007"), ScanId("2026-100008")]),
    "publications": lambda w: w.publications.page(100_500, 50),
    "publications of a scan": lambda w: w.publications.of_scan(ScanId("2026-100007")),
    "publications, newest of": lambda w: w.publications.newest_of([ScanId("2026-100007"), ScanId("2026-100008")]),
    "publications, numbers": lambda w: w.publications.listed(50),
    "publications, a piece of all": lambda w: w.publications.documents(100_500, 500),
    "journal": lambda w: w.journal.page(JournalFilter(), None, 50),
    "journal of a scan": lambda w: w.journal.of_scan(ScanId("2026-100007")),
    "journal, what ended": lambda w: w.journal.during(ENDED, START - timedelta(hours=9), START, 500),
}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def stocked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Thousands of rows, copied within the database from one that was really made."""
    if request.param == "sqlite":
        from uitvoeringsscan.storage.schema import upgrade

        url = f"sqlite:///{tmp_path_factory.mktemp('plans') / 'plans.sqlite3'}"
        upgrade(url)
        with opened(url) as world:
            _fill(world)
            yield world
        return
    from tests.support import postgres

    server, template = request.getfixturevalue("postgres_url"), request.getfixturevalue("_postgres_template")
    with postgres.copied(server, template, "test_plans") as url, opened(url) as world:
        _fill(world)
        yield world


_OTHERWISE: dict[str, dict[str, str]] = {
    "scans": {
        "id": "'2026-' || n", "created_at": "{ago}", "vote": "{ahead}", "owner": "'a-' || (n % 500)",
        "dossier_number": "CAST(90000 + n % 400 AS VARCHAR(20))", "paper_number": "CAST(n AS VARCHAR(20))",
        "state": "CASE n % 5 WHEN 0 THEN 'beoordeeld' WHEN 1 THEN 'ingediend' ELSE 'gepubliceerd' END"},
    "search": {"number": "n", "scan": "'2026-' || n", "terms": "one.terms || ' zonnepaneel w' || (n % 300)"},
    "assessments": {"scan": "'2026-' || n", "agency": "'a' || (n % 40)", "asked_at": "{ago}", "scan_created_at": "{ago}"},
    "publications": {"sequence": "n", "number": "'2026-' || n || '-v1'", "scan": "'2026-' || n"},
    "journal": {"sequence": "n", "scan": "'2026-' || n", "at": "{ago}",
        "event": "CASE n % 3 WHEN 0 THEN 'ScanWithdrawn' ELSE event END"},
}  # fmt: skip


def _fill(world: World) -> None:
    scan = world.published("uwv")
    moments = {
        "sqlite": ("datetime(created_at, '-' || n || ' minutes')", "datetime(vote, '+' || n || ' hours')"),
        "postgresql": ("created_at - n * interval '1 minute'", "vote + n * interval '1 hour'"),
    }
    with world.engine.begin() as connection:
        dialect = connection.dialect.name
        for table, other in _OTHERWISE.items():
            columns = [column["name"] for column in _columns(connection, table)]
            ago, ahead = moments[dialect]
            if table == "assessments":
                ago = ago.replace("created_at", "asked_at")
            elif table == "journal":
                ago = ago.replace("created_at", "at")
            values = [other.get(name, name).format(ago=ago, ahead=ahead) for name in columns]
            key = "id" if table == "scans" else "scan"
            one = f"one.{key} = :scan" + (" AND one.event = 'ScanPublished'" if table == "journal" else "")
            connection.execute(
                text(
                    f"WITH RECURSIVE many(n) AS (SELECT 100000 UNION ALL SELECT n + 1 FROM many WHERE n < {100000 + ROWS}) "
                    f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM many, {table} one "
                    f"WHERE {one}"
                    if dialect == "postgresql"
                    else f"INSERT INTO {table} ({', '.join(columns)}) "
                    f"WITH RECURSIVE many(n) AS (SELECT 100000 UNION ALL SELECT n + 1 FROM many WHERE n < {100000 + ROWS}) "
                    f"SELECT {', '.join(values)} FROM many, {table} one WHERE {one}"
                ),
                {"scan": scan},
            )

    with world.engine.connect() as connection:
        if dialect == "postgresql":  # as its housekeeping does by itself: also moves new terms into the index
            connection.connection.driver_connection.autocommit = True  # type: ignore[union-attr]
            connection.connection.cursor().execute("VACUUM ANALYZE")
            connection.connection.driver_connection.autocommit = False  # type: ignore[union-attr]
        else:
            connection.execute(text("ANALYZE"))
            connection.commit()


def _columns(connection: Connection, table: str) -> list[Any]:
    from sqlalchemy import inspect

    return [column for column in inspect(connection).get_columns(table) if column["name"] != "vector"]


@pytest.mark.parametrize("name", QUERIES)
def test_no_list_reads_a_whole_table(stocked: World, name: str) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, parameters))

    with stocked.engine.connect() as connection, connection.begin():
        event.listen(connection, "before_cursor_execute", note)
        QUERIES[name](StoredWork(connection, writes=False))
        event.remove(connection, "before_cursor_execute", note)
        assert asked
        for statement, parameters in asked:
            assert _whole_tables(connection, statement, parameters) == []


def _whole_tables(connection: Connection, statement: str, parameters: Any) -> list[str]:
    """The big tables that this statement would read from end to end, as the plan words it."""
    if connection.dialect.name == "sqlite":
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        if " WHERE " not in statement and "LIMIT" in statement and not any("TEMP" in line for line in plan):
            return []  # the first rows in the order in which the table itself is kept
        return [line for line in plan if line.startswith("SCAN") and "INDEX" not in line and line.split()[1] in BIG]
    plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
    return [line.strip() for line in plan if "Seq Scan on " in line and line.split("Seq Scan on ")[1].split()[0] in BIG]


def test_the_check_finds_a_whole_table(stocked: World) -> None:
    with stocked.engine.connect() as connection:
        assert _whole_tables(connection, "SELECT * FROM scans WHERE owner_name = 'x'", ())
