"""A copy of the whole database while the service goes on, and putting one back. Work that waits is in it too.

SQLite makes the copy itself, in one transaction. PostgreSQL's own `pg_dump` and `pg_restore` do it there, of the same or a
newer version than the server. A copy is made whole or not at all, and is put back into an empty database only: what stands
there is never overwritten.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, inspect, make_url

from uitvoeringsscan.storage.engine import open_engine


class CopyRefused(Exception):
    """Nothing was done; the message says why and how to go on, in Dutch."""


def back_up(url: str, target: Path) -> int:
    """Write a copy of the database of this moment to a file that is not there yet; its size in bytes.

    Raises CopyRefused.
    """
    if target.exists():
        raise CopyRefused(f"{target} bestaat al. Kies een andere naam: een kopie wordt nooit overschreven.")
    parsed = make_url(url)
    with _beside(target) as unfinished:
        if parsed.get_backend_name() == "sqlite":
            _copy_sqlite(Path(str(parsed.database)), unfinished)
        else:
            _run("pg_dump", parsed, "--format=custom", "--no-owner", "--no-privileges", "--file", str(unfinished))
        _to_disk(unfinished)
        os.link(unfinished, target)  # fails when somebody was first; a rename would overwrite
    _to_disk(target.parent)
    return target.stat().st_size


def restore(url: str, source: Path) -> None:
    """Put a copy back into a database that holds nothing. Raises CopyRefused."""
    if not source.is_file():
        raise CopyRefused(f"{source} is er niet.")
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _restore_sqlite(Path(str(parsed.database)), source)
        return
    engine = open_engine(url)
    try:
        if inspect(engine).get_table_names():
            raise CopyRefused("In deze database staat al iets. Maak een lege database, en zet de kopie daarin terug.")
    finally:
        engine.dispose()
    _run(
        "pg_restore",
        parsed,
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        "--dbname",
        str(parsed.database),
        str(source),
    )


def _copy_sqlite(database: Path, target: Path) -> None:
    if not database.is_file():
        raise CopyRefused(f"Er is nog geen database in {database}.")
    with closing(sqlite3.connect(database, timeout=60)) as connection:
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        except sqlite3.Error as error:
            raise CopyRefused(f"De kopie kan niet geschreven worden: {error}.") from error


def _restore_sqlite(database: Path, source: Path) -> None:
    if database.exists():
        raise CopyRefused(
            f"{database} bestaat al. Zet die opzij, of noem in DATABASE_URL een bestand dat er nog niet is."
        )
    database.parent.mkdir(parents=True, exist_ok=True)
    with _beside(database) as unfinished:
        shutil.copyfile(source, unfinished)
        try:
            with closing(sqlite3.connect(unfinished)) as connection:
                found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise CopyRefused(f"{source} is geen kopie van een database ({error}).") from error
        if found != "ok":
            raise CopyRefused(f"{source} is beschadigd: {found}")
        _to_disk(unfinished)
        os.link(unfinished, database)
    _to_disk(database.parent)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A name in the same folder, which is gone afterwards: a copy that was broken off leaves nothing that looks like one."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        yield unfinished
    except OSError as error:
        raise CopyRefused(f"{target} kan niet geschreven worden: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _run(program: str, url: URL, *arguments: str) -> None:
    """The password goes through the environment: everybody on a machine can read the arguments of a program."""
    query = {name: str(value) for name, value in url.query.items()}
    environment = os.environ | {
        name: str(value)
        for name, value in {
            "PGHOST": query.get("host") or url.host,
            "PGPORT": url.port or query.get("port"),
            "PGUSER": url.username,
            "PGPASSWORD": url.password,
            "PGDATABASE": url.database,
            "PGSSLMODE": query.get("sslmode"),
        }.items()
        if value
    }
    done = subprocess.run([_binary(program), *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CopyRefused(f"{program} is niet gelukt:\n{done.stderr.strip()}")


def _binary(program: str) -> str:
    """The newest installed: it can read every older server."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{program}"),
        key=lambda path: float(path.parent.parent.name),
        reverse=True,
    )
    found = str(installed[0]) if installed else shutil.which(program)
    if found is None:
        raise CopyRefused(f"{program} is er niet. Installeer de programma's van PostgreSQL (postgresql-client).")
    return found
