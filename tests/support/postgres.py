"""A PostgreSQL server of our own for the time of one test session, from the installed binaries.

It listens on a socket in a short folder of its own and on no port, so that several may run side by side. It does not wait
for the disk: its data are gone at the end anyway. initdb refuses to run as root, so root runs it as `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

START_SECONDS = 60


def binaries() -> Path | None:
    """The newest installed PostgreSQL's `bin`, or None."""
    found = [
        path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb") if path.parent.parent.name.isdigit()
    ]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Server:
    """A server that can be stopped and started again over the same data; `url` is that of its database `postgres`.

    durable  what was committed outlives a crash of the server
    """

    def __init__(self, binary: Path, *, durable: bool = False) -> None:
        # The path of a Unix socket may take some hundred characters, so not in a deep temporary folder.
        self._home = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp" if os.path.isdir("/tmp") else None))
        self._user = _unprivileged(self._home)
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql+psycopg://postgres@/postgres?host={self._home}"
        data = self._home / "data"
        how = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        initdb: list[str | Path] = [binary / "initdb", "-D", data, *how]
        made = subprocess.run(initdb, cwd=self._home, capture_output=True, text=True, check=False, **self._user)
        if made.returncode:
            self.close()
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
        commit = "on" if durable else "off"
        options = ["listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=200"]
        options.append(f"synchronous_commit={commit}")
        given = [word for option in options for word in ("-c", option)]
        self._command: list[str | Path] = [binary / "postgres", "-D", data, "-k", self._home, *given]

    def start(self) -> None:
        """Waits until it answers."""
        log = self._home / "log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(self._command, cwd=self._home, stdout=output, stderr=output, **self._user)
        _wait(self._process, self.url, log)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT is PostgreSQL's fast shutdown: it breaks off what is still connected. SIGQUIT is as a crash."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=START_SECONDS)
            self._process = None

    def close(self) -> None:
        """The end of it and its data."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self._home, ignore_errors=True)


@contextmanager
def server(binary: Path) -> Iterator[str]:
    """Runs a server; yields the URL of its database `postgres`, as SQLAlchemy reads it."""
    running = Server(binary)
    try:
        running.start()
        yield running.url
    finally:
        running.close()


@contextmanager
def copied(url: str, template: str, name: str) -> Iterator[str]:
    """A new database `name`, a copy of `template`, on the server at `url`; dropped at the end with whoever is still in it."""
    execute(url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield named(url, name)
    finally:
        execute(url, f'DROP DATABASE "{name}" WITH (FORCE)')


def named(url: str, database: str) -> str:
    """The URL of another database on the same server."""
    return url.replace("@/postgres?", f"@/{database}?")


def execute(url: str, statement: str) -> None:
    """One statement outside a transaction, as CREATE DATABASE wants it."""
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True) as connection:
        connection.execute(statement.encode())


def _unprivileged(home: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "env": environment}


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            return execute(url, "SELECT 1")
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}") from error
        time.sleep(0.02)
