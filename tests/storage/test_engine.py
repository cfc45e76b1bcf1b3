"""What the database itself keeps: nothing that was written down is changed, and each connection is set up to wait."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from stored_values import filled

from tests.support.desk import START, World, opened
from uitvoeringsscan.storage import tables
from uitvoeringsscan.storage.engine import BUSY_TIMEOUT_MS, open_engine
from uitvoeringsscan.storage.work import read_transaction, write_transaction


def _written(world: World) -> None:
    """Something stands in every table that can only grow."""
    world.published()
    for name in tables.APPEND_ONLY:
        table = tables.metadata.tables[name]
        with world.engine.begin() as connection:
            if connection.execute(select(table)).first() is None:
                row = filled(table)
                for key in table.foreign_keys:  # it speaks of something that is there
                    row[key.parent.name] = connection.scalar(select(key.column))
                connection.execute(insert(table).values(row))


@pytest.mark.parametrize("name", tables.APPEND_ONLY)
def test_the_record_can_only_grow(database_url: str, name: str) -> None:
    table = tables.metadata.tables[name]
    with opened(database_url) as world:
        _written(world)
        before = world.contents()
        column = next(c for c in table.columns if not c.primary_key)
        for attempt in (
            update(table).values({column: column}),
            update(table).where(table.c[table.primary_key.columns.keys()[0]].is_(None)).values({column: column}),
            delete(table),
        ):
            if "IS NULL" in str(attempt) and world.engine.dialect.name == "sqlite":
                continue  # SQLite's triggers are per row: without a row nothing can be changed
            with pytest.raises(DBAPIError, match="append-only"), world.engine.begin() as connection:
                connection.execute(attempt)
        assert world.contents() == before


@pytest.mark.postgres
@pytest.mark.parametrize("name", tables.APPEND_ONLY)
def test_the_record_cannot_be_emptied_at_once(postgres_database_url: str, name: str) -> None:
    with opened(postgres_database_url) as world:
        _written(world)
        with pytest.raises(DBAPIError, match="append-only"), world.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {name} CASCADE"))


def test_replacing_a_row_is_refused_too(sqlite_url: str) -> None:
    """INSERT OR REPLACE deletes without firing the triggers for it, unless recursive triggers are on."""
    with opened(sqlite_url) as world:
        _written(world)
        before = world.contents()
        for name in tables.APPEND_ONLY:
            with pytest.raises(DBAPIError, match="append-only"), world.engine.begin() as connection:
                connection.execute(text(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}"))
        assert world.contents() == before


def test_every_sqlite_connection_is_set_up(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    try:
        connections = [engine.connect() for _ in range(10)]  # more than the pool keeps
        wanted = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": BUSY_TIMEOUT_MS, "synchronous": 2}
        for connection in connections:
            assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
            connection.close()
    finally:
        engine.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="name a file"):
        open_engine(url)


def test_a_reader_sees_one_moment(database_url: str) -> None:
    """Two questions in one reading transaction get answers that belong together, whoever writes in between."""
    engine = open_engine(database_url)
    query = select(func.count()).select_from(tables.texts)
    try:
        with read_transaction(engine) as reading:
            before = reading.texts._connection.scalar(query)
            with write_transaction(engine) as writing:
                writing.texts.keep("0" * 64, b"x", START)
            during = reading.texts._connection.scalar(query)
        with read_transaction(engine) as reading:
            after = reading.texts._connection.scalar(query)
    finally:
        engine.dispose()
    assert (before, during, after) == (0, 0, 1)


def test_a_writer_that_fails_leaves_nothing(database_url: str) -> None:
    engine = open_engine(database_url)
    try:
        with pytest.raises(StopIteration), write_transaction(engine) as work:
            next(iter([work.texts.keep("0" * 64, b"x", START)][1:]))
        with read_transaction(engine) as work:
            assert work.texts.get("0" * 64) is None
    finally:
        engine.dispose()


def test_a_text_is_kept_once_and_as_it_was(database_url: str) -> None:
    engine = open_engine(database_url)
    try:
        for body in (b"first", b"second"):
            with write_transaction(engine) as work:
                work.texts.keep("0" * 64, body, START)
        with read_transaction(engine) as work:
            assert work.texts.get("0" * 64) == b"first"
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.execute(insert(tables.texts).values(sha256="0" * 64, kept_at=START, body=b"third"))
    finally:
        engine.dispose()
