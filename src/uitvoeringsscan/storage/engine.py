"""One engine per process, set up so that concurrent writers never lose anything.

SQLite: WAL, foreign keys on, waits for a lock instead of failing, and a writing transaction begins IMMEDIATE: SQLAlchemy's
default (deferred) lets two transactions read the same row and both write it. PostgreSQL: READ COMMITTED, and each use case
locks its scan's row first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 15_000


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///PATH` or `postgresql+psycopg://...`. Makes the folder of a SQLite file when it is absent."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise ValueError(
                "a database in memory is lost at the end: name a file (sqlite:///var/uitvoeringsscan.sqlite3)"
            )
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}, pool_size=8, max_overflow=32)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(parsed, pool_size=8, max_overflow=32, pool_pre_ping=True)


def writing(engine: Engine) -> Connection:
    """A connection whose transaction takes the write lock at its start (SQLite); the caller begins and ends it."""
    return engine.connect().execution_options(uitvoeringsscan_begin="IMMEDIATE")


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin_sqlite` says how
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # or INSERT OR REPLACE would remove a row of the record unseen by its trigger
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "synchronous = FULL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("uitvoeringsscan_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
