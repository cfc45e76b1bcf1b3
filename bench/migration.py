"""The newest schema over 100,000 scans while an older version of the service goes on writing: `make bench-migration`.

A database is made at an older revision and filled by SQL alone, for it knows other columns than the tables of today. Then
`schema.upgrade` runs, as it does at the start of a newer process, while writers of the older version save answers and submit
scans through the old columns, and somebody reads. Said is how long the longest write and the longest read waited, which
statements of the migrations took long, and from which one on writers waited for it. Everything that was acknowledged is
read back. The exit status is 1 when something is not there, or when a write failed. Bounded, and it ends what it starts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, bindparam, event, inspect, text
from sqlalchemy.exc import DBAPIError

from tests.support import postgres
from uitvoeringsscan.storage import schema
from uitvoeringsscan.storage.engine import open_engine, writing

FROM = "0007"
WRITERS = 4
PAUSE = 0.01
"""Seconds between two writes of one writer."""
AROUND = 3.0
"""Seconds that the writers go on without a migration, before it and after it."""
SLOW = 50.0
"""Milliseconds from where on a statement is named."""
AGENCIES = ("uwv", "svb")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TEXT = "In artikel I vervalt het derde lid. " * 30

# What makes the rows of a table, by column; a column that is not here and may not be empty gets nothing of its kind.
# `n` counts the scans. The shapes (how many files and lines a scan has, and how long they are) are those of the demonstration.
ID = "'2020-' || (1000000 + n)"
ROWS: dict[str, list[dict[str, str]]] = {
    "scans": [
        {
            "id": ID, "version": "1", "state": "'in-assessment'", "dossier_number": "'' || (100000 + n / 20)",
            "paper_number": "'' || (n % 20 + 1)", "title": "'Wet voorbeeld ' || n", "amendment": ":text", "parsed": ":text",
            "routing": ":text", "owner": "'lid-' || (n % 150) || '@voorbeeld.example'",
        }
    ],
    "search": [{"scan": ID, "terms": "'wet voorbeeld s' || n"}],
    "assessments": [
        {"scan": ID, "agency": f"'{agency}'", "version": "1", "state": "'open'", "answers": ":text", "rubric_code": "'basis'"}
        for agency in AGENCIES
    ],
    "journal": [
        {"scan": ID, "event": f"'{name}'", "principal": "'bench@voorbeeld.example'", "details": details}
        | ({"where": "n % 20 = 0"} if name == "DeadlineMoved" else {})
        for name, details in (
            ("ScanSubmitted", "'{\"scan\": \"2020-1\"}'"), ("ScanRouted", "'{}'"), ("AnswersSaved", "'{\"agency\": \"uwv\"}'"),
            ("AnswersSaved", "'{\"agency\": \"svb\"}'"), ("AssessmentSubmitted", "'{\"agency\": \"uwv\"}'"),
            ("DeadlineMoved", "'{\"agency\": \"uwv\"}'"), ("ScanAssessed", "'{}'"), ("ScanPublished", "'{}'"),
        )
    ],
}  # fmt: skip


def fill(engine: Engine, size: int) -> MetaData:
    """As many scans, with their files and journal; the tables as they are at this revision."""
    old = MetaData()
    old.reflect(engine, only=list(ROWS))
    nothing = {"INTEGER": "0", "BOOLEAN": "false", "DATETIME": ":now", "TIMESTAMP": ":now"}
    with writing(engine) as connection, connection.begin():
        connection.execute(text("CREATE TABLE bench_numbers (n INTEGER PRIMARY KEY)"))
        connection.execute(
            text(
                "INSERT INTO bench_numbers WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n + 1 < :size) "
                "SELECT n FROM c"
            ),
            {"size": size},
        )
        for name, shapes in ROWS.items():
            for shape in shapes:
                values = dict(shape)
                where = values.pop("where", "true")
                for column in old.tables[name].columns:
                    if column.name not in values and not column.nullable and column.computed is None:
                        if column.primary_key and column.autoincrement:
                            continue
                        values[column.name] = nothing.get(column.type.__visit_name__.upper(), "''")
                names, made = ", ".join(values), ", ".join(values.values())
                statement = text(f"INSERT INTO {name} ({names}) SELECT {made} FROM bench_numbers WHERE {where}")
                if ":now" in made:
                    column = next(c for c in old.tables[name].columns if values.get(c.name) == ":now")
                    statement = statement.bindparams(bindparam("now", type_=column.type))
                given = {"text": TEXT, "now": NOW}
                connection.execute(statement, {key: value for key, value in given.items() if f":{key}" in made})
        connection.execute(text("DROP TABLE bench_numbers"))
    if (
        engine.dialect.name == "postgresql"
    ):  # which gathers its statistics by itself; the service has SQLite gather none
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    return old


@dataclass(slots=True)
class Log:
    """What the writers were told is done, how long each of their transactions took, and what went wrong."""

    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    scans: set[str] = field(default_factory=set)
    lines: int = 0
    writes: list[tuple[float, float]] = field(default_factory=list)
    reads: list[tuple[float, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


class OlderService:
    """One process's worth of writers that know only the old columns."""

    def __init__(self, url: str, old: MetaData, size: int) -> None:
        self.log = Log()
        self._engine, self._old, self._size = open_engine(url), old, size
        works = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]
        self._threads = [*works, threading.Thread(target=self._read)]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self.log.ended.set()
            for thread in self._threads:
                thread.join(60)
            self._engine.dispose()

    def _write(self, writer: int) -> None:
        log, serial = self.log, 0
        while not log.ended.wait(PAUSE):
            serial += 1
            words, scan = f"antwoord {writer}-{serial}", f"2020-{1_000_000 + (serial * WRITERS + writer) % self._size}"
            begun = time.perf_counter()
            try:
                with writing(self._engine) as connection, connection.begin():
                    if serial % 5:
                        self._save(connection, scan, words)
                    else:
                        scan = f"2026-{writer}{serial:06d}"
                        self._submit(connection, scan)
            except DBAPIError as error:
                log.faults.append(f"{time.perf_counter() - begun:.1f} s: {str(error.orig).strip()[:300]}")
                continue
            log.writes.append((begun, time.perf_counter()))
            log.lines += 1
            if serial % 5:
                log.answers[scan, "uwv"] = words
            else:
                log.scans.add(scan)

    def _save(self, connection: Connection, scan: str, words: str) -> None:
        """As the service does: lock the scan's row, then the file, then the journal."""
        lock = "" if connection.dialect.name == "sqlite" else " FOR UPDATE"
        connection.execute(text(f"SELECT version FROM scans WHERE id = :scan{lock}"), {"scan": scan})
        change = "UPDATE assessments SET answers = :words, version = version + 1 WHERE scan = :scan AND agency = 'uwv'"
        connection.execute(text(change), {"words": words, "scan": scan})
        self._insert(connection, "journal", scan=scan, event="AnswersSaved", principal="older@voorbeeld.example")

    def _submit(self, connection: Connection, scan: str) -> None:
        self._insert(connection, "scans", id=scan, version=1, state="submitted", confidential=False, publications=0)
        self._insert(connection, "search", scan=scan, terms=f"wet s{scan}")
        self._insert(connection, "journal", scan=scan, event="ScanSubmitted", principal="older@voorbeeld.example")

    def _insert(self, connection: Connection, name: str, **given: Any) -> None:
        values = dict(given)
        for column in self._old.tables[name].columns:
            if column.name in values or column.nullable or column.computed is not None or column.name == "sequence":
                continue
            if column.primary_key and column.autoincrement and name == "search":
                continue
            kind = column.type.python_type
            values[column.name] = NOW if kind is datetime else kind()
        connection.execute(self._old.tables[name].insert(), values)

    def _read(self) -> None:
        number = 0
        while not self.log.ended.wait(PAUSE):
            number += 7919
            scan = f"2020-{1_000_000 + number % self._size}"
            begun = time.perf_counter()
            with self._engine.connect() as connection:
                sql = (
                    "SELECT scans.title, assessments.answers FROM scans JOIN assessments ON scan = id WHERE id = :scan"
                )
                connection.execute(text(sql), {"scan": scan}).all()
            self.log.reads.append((begun, time.perf_counter()))


@dataclass(slots=True)
class Statement:
    words: str
    begun: float
    ended: float


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Every statement of this thread, whichever engine runs it, as it begins and ends; commits too."""
    found: list[Statement] = []
    here = threading.get_ident()

    def before(_c: Any, _k: Any, words: str, _p: Any, _x: Any, _many: bool) -> None:
        if threading.get_ident() == here:
            found.append(Statement(" ".join(words.split()), time.perf_counter(), float("nan")))

    def after(_c: Any, _k: Any, _words: str, _p: Any, _x: Any, _many: bool) -> None:
        if threading.get_ident() == here:
            found[-1].ended = time.perf_counter()

    def commit(_c: Any) -> None:
        if threading.get_ident() == here:
            found.append(Statement("COMMIT", time.perf_counter(), time.perf_counter()))

    hooks = (("before_cursor_execute", before), ("after_cursor_execute", after), ("commit", commit))
    for name, hook in hooks:
        event.listen(Engine, name, hook)
    try:
        yield found
    finally:
        for name, hook in hooks:
            event.remove(Engine, name, hook)


def measure(url: str, name: str, size: int, around: float = AROUND) -> bool:
    """Whether all went well."""
    schema.upgrade(url, FROM)
    engine = open_engine(url)
    begun = time.perf_counter()
    old = fill(engine, size)
    print(f"{name}: {size:,} scans at revision {FROM} ({time.perf_counter() - begun:.0f} s)", file=sys.stderr)
    older = OlderService(url, old, size)
    log = older.log
    with older.at_work():
        time.sleep(around)
        begun = time.perf_counter()
        with statements() as run:
            schema.upgrade(url)
        ended = time.perf_counter()
        time.sleep(around)
    report(name, log, run, begun, ended)
    missing = lost(engine, log)
    current = schema.is_current(url)
    unnumbered = without_number(engine)
    engine.dispose()
    print(f"  acknowledged {len(log.writes)}, not in the database {len(missing)}; writes that failed {len(log.faults)}")
    print(f"  public lines of the journal without a number among the public events: {unnumbered}")
    for line in [*missing[:5], *log.faults[:5], *(() if current else ("the schema is not the newest",))]:
        print(f"    {line}")
    return current and not missing and not log.faults


def report(name: str, log: Log, run: list[Statement], begun: float, ended: float) -> None:
    def longest(spans: list[tuple[float, float]], while_migrating: bool) -> tuple[float, float]:
        chosen = [s for s in spans if (s[1] > begun and s[0] < ended) == while_migrating] or [(0.0, 0.0)]
        return max(chosen, key=lambda span: span[1] - span[0])

    print(f"\n{name}: the migrations took {ended - begun:.2f} s")
    for label, spans in (("write", log.writes), ("read", log.reads)):
        calm, held = longest(spans, False), longest(spans, True)
        print(
            f"  longest {label}: {(held[1] - held[0]) * 1000:.0f} ms while migrating (begun {held[0] - begun:.2f} s after its "
            f"start), {(calm[1] - calm[0]) * 1000:.0f} ms before and after it"
        )
    print(f"  statements of {SLOW:.0f} ms or more, and where transactions end:")
    for statement in run:
        took = (statement.ended - statement.begun) * 1000
        if took >= SLOW or statement.words == "COMMIT":
            print(f"    at {statement.begun - begun:6.2f} s {took:8.0f} ms  {statement.words[:110]}")


def lost(engine: Engine, log: Log) -> list[str]:
    """What was acknowledged and is not in the database."""
    with engine.connect() as connection:
        answers = connection.execute(
            text("SELECT scan, agency, answers FROM assessments WHERE answers LIKE 'antwoord %'")
        )
        found = {(row.scan, row.agency): row.answers for row in answers}
        scans = set(connection.scalars(text("SELECT id FROM scans WHERE id LIKE '2026-%'")))
        lines = connection.scalar(text("SELECT count(*) FROM journal WHERE principal = 'older@voorbeeld.example'")) or 0
    missing = [f"answer {key}: {words}" for key, words in log.answers.items() if found.get(key) != words]
    missing += [f"scan {scan}" for scan in log.scans - scans]
    return missing + ([f"{log.lines - lines} lines of the journal"] if lines < log.lines else [])


def without_number(engine: Engine) -> int:
    """Lines that the older service wrote after the migration had looked, and that receivers of events would miss."""
    if not inspect(engine).has_table("public_events"):
        return 0
    with engine.connect() as connection:
        sql = (
            "SELECT count(*) FROM journal WHERE event = 'ScanSubmitted' "
            "AND NOT EXISTS (SELECT 1 FROM public_events WHERE public_events.journal = journal.sequence)"
        )
        return connection.scalar(text(sql)) or 0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--scans", type=int, default=100_000)
    options.add_argument("--on", choices=("postgresql", "sqlite"), help="one of the two; otherwise both")
    given = options.parse_args()
    size: int = given.scans
    fine = True
    binary = postgres.binaries()
    if given.on == "sqlite":
        pass
    elif binary is None:
        print("PostgreSQL is not installed: not measured", file=sys.stderr)
    else:
        with postgres.server(binary) as url:
            fine = measure(url, "PostgreSQL", size)
    if given.on == "postgresql":
        return 0 if fine else 1
    with tempfile.TemporaryDirectory() as folder:
        fine = measure(f"sqlite:///{Path(folder) / 'migration.sqlite3'}", "SQLite", size) and fine
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
