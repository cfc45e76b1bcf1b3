"""Names that a process holds for as long as it lives. Fits `use_cases.ports_work.Locks`.

The system that holds them knows itself when a process died: PostgreSQL for the session of a connection, the operating system
for a file. So "dead" needs no clock and no guess.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, func, make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from uitvoeringsscan.use_cases.ports_work import Locks

NAMES = "uitvoeringsscan names"
"""What the server calls the connection of each process that works: it holds its name, and is idle otherwise."""

_ALIVE = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
"""How soon the server gives up a connection whose other side is gone without a word, such as a machine without power."""


def open_locks(url: str) -> Locks:
    """Locks beside the database at `url`: whoever works on the same database sees them."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        assert parsed.database is not None
        return FileLocks(f"{parsed.database}-work")
    return SessionLocks(
        create_engine(
            parsed,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={"options": _ALIVE, "application_name": NAMES},
        )
    )


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:7], "big")


class FileLocks:
    """One file, one byte of it for each name; the file stays empty.

    The file is opened once: the operating system lets go of a process's locks when it closes the file anywhere.
    """

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, name: str) -> bool:
        import fcntl  # not on Windows, where the service answers requests and leaves the work to others

        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _number(name))
        except OSError:
            return False
        return True

    def give_back(self, name: str) -> None:
        import fcntl

        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _number(name))

    def keep(self) -> None:
        """A process cannot lose these while it lives."""

    def close(self) -> None:
        os.close(self._file)


class SessionLocks:
    """PostgreSQL's advisory locks of one connection, which does nothing else."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._wanted: set[str] = set()
        self._held: set[str] = set()

    def take(self, name: str) -> bool:
        if name in self._held:  # the server counts how often one session takes a lock
            return True
        if not self._ask(func.pg_try_advisory_lock(_number(name))):
            return False
        self._held.add(name)
        self._wanted.add(name)
        return True

    def give_back(self, name: str) -> None:
        self._wanted.discard(name)
        self._held.discard(name)
        self._ask(func.pg_advisory_unlock(_number(name)))

    def keep(self) -> None:
        try:
            self._ask(func.now())
        except SQLAlchemyError:
            self._drop()
        for name in sorted(self._wanted - self._held):
            self.take(name)  # what somebody else holds for a moment is taken at the next look

    def close(self) -> None:
        self._drop()
        self._engine.dispose()

    def _ask(self, question: Any) -> Any:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection.scalar(select(question))

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.close()
        self._connection = None
        self._held.clear()
