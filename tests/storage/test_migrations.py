"""The schema's history: up, checked, down and up again on both databases, also by two processes at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import inspect

from tests.support import postgres
from tests.support.need import ROOT
from uitvoeringsscan.storage import schema, tables
from uitvoeringsscan.storage.engine import open_engine

_numbers = count(1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/map met spatie/nieuw.sqlite3"
        return
    server = request.getfixturevalue("postgres_url")
    with postgres.copied(server, "template0", f"fresh_{next(_numbers)}") as url:
        yield url


def _names(url: str) -> set[str]:
    engine = open_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_up_check_down_up_check(fresh_url: str) -> None:
    assert not schema.is_current(fresh_url)
    schema.upgrade(fresh_url)
    schema.check(fresh_url)
    assert schema.is_current(fresh_url)
    assert set(tables.metadata.tables) <= _names(fresh_url)
    schema.downgrade(fresh_url, "base")
    assert not set(tables.metadata.tables) & _names(fresh_url)
    assert not schema.is_current(fresh_url)
    schema.upgrade(fresh_url)
    schema.check(fresh_url)
    schema.upgrade(fresh_url)  # once more changes nothing
    assert schema.is_current(fresh_url)


def test_check_finds_a_difference(fresh_url: str) -> None:
    schema.upgrade(fresh_url)
    engine = open_engine(fresh_url)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP INDEX ix_sessions_person")
    finally:
        engine.dispose()
    with pytest.raises(Exception, match="ix_sessions_person"):
        schema.check(fresh_url)


def test_tables_of_others_in_the_same_database_are_left_alone(fresh_url: str) -> None:
    schema.upgrade(fresh_url)
    engine = open_engine(fresh_url)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE someone_elses (id INTEGER PRIMARY KEY)")
    finally:
        engine.dispose()
    schema.check(fresh_url)
    schema.downgrade(fresh_url, "base")
    assert "someone_elses" in _names(fresh_url)


_MIGRATE = "import sys; from uitvoeringsscan.storage.schema import upgrade; sys.stdin.read(1); upgrade(sys.argv[1])"


def test_two_processes_migrate_one_fresh_database_at_once(fresh_url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _MIGRATE, fresh_url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:  # each has started up by now, or finds the word waiting
        assert process.stdin is not None
        process.stdin.write("x")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    schema.check(fresh_url)
    assert schema.is_current(fresh_url)


def test_several_connections_open_one_fresh_database_at_once(fresh_url: str) -> None:
    """Setting up a SQLite file (WAL) takes a lock that does not wait by itself."""
    from tests.support.desk import together

    results = together(*[lambda: schema.is_current(fresh_url)] * 6)
    assert results == [False] * 6
