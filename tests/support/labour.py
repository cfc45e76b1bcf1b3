"""A worker process for tests, with kinds of work that leave a trace, and with the rules of `jobs.runtime` to be taken out.

    python -m tests.support.labour URL FOLDER [--minute 1.2] [--drain 15] [--deaths 5] [--collector URL] [--smtp URL]
        [--without own-name|taking-back|version|stable-ids] ...

With a mail server it does the real work instead: what is told, mails and webhooks. Each is really handed over; before that is
written down it waits for FOLDER/gate.

FOLDER/trace takes a line for what was begun, done, tried and handed over; work of the kind "slow" ends when FOLDER/gate is
there, work of the kind "shaky" fails until FOLDER/mended is there.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from tests.support.need import ROOT

if TYPE_CHECKING:
    from uitvoeringsscan.use_cases.ports import Desk

PATIENCE = 30
"""Seconds after which something that should have happened is given up."""


def main() -> None:
    from uitvoeringsscan.adapters import chance
    from uitvoeringsscan.adapters.tracing import Tracing
    from uitvoeringsscan.jobs.kinds import KINDS, Kind
    from uitvoeringsscan.jobs.runtime import Plan, Runtime
    from uitvoeringsscan.jobs.sweeps import Sweep
    from uitvoeringsscan.storage.locks import open_locks

    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minute", type=float, default=1.2)
    parser.add_argument("--drain", type=int, default=15)
    parser.add_argument("--deaths", type=int, default=5)
    parser.add_argument("--collector")
    parser.add_argument("--smtp")
    parser.add_argument("--without", action="append", default=[])
    given = parser.parse_args()
    folder: Path = given.folder

    def note(word: str, key: str) -> None:
        with (folder / "trace").open("a") as trace:
            trace.write(f"{word} {key} {os.getpid()}\n")

    def wait_for_the_gate() -> None:
        while not (folder / "gate").exists():
            time.sleep(0.02)

    def slow(_desk: Desk, key: str, _payload: Mapping[str, object]) -> None:
        note("begin", key)
        wait_for_the_gate()
        note("end", key)

    def shaky(_desk: Desk, key: str, _payload: Mapping[str, object]) -> None:
        note("try", key)
        if not (folder / "mended").exists():
            raise ValueError("nog niet hersteld: wat iemand schreef")
        note("end", key)

    def quick(_desk: Desk, key: str, _payload: Mapping[str, object]) -> None:
        note("end", key)

    def deadly(_desk: Desk, key: str, _payload: Mapping[str, object]) -> None:
        note("begin", key)
        os.kill(os.getpid(), signal.SIGKILL)

    def sweep(_desk: Desk, now: datetime) -> None:
        note("sweep", str(int(now.timestamp() // 2)))

    class Forgetful(Runtime):
        """Leaves alone what the dead left."""

        def _take_back(self) -> None: ...

    class NoLocks:
        def take(self, name: str) -> bool:
            return True

        def give_back(self, name: str) -> None: ...
        def keep(self) -> None: ...
        def close(self) -> None: ...

    # The work here asks nothing but the time of its desk; reading all knowledge takes longer than the work.
    parts = {name: getattr(chance, name) for name in ("now", "steady", "token")}
    desk = cast("Desk", SimpleNamespace(**parts, hash=chance.digest))
    wait = timedelta(milliseconds=20)
    plan = Plan(
        url=given.url,
        minute=given.minute,
        poll=0.05,
        drain=given.drain,
        deaths=given.deaths,
        kinds={
            "slow": Kind(run=slow),
            "shaky": Kind(run=shaky, attempts=3, first_wait=wait, factor=1),
            "quick": Kind(run=quick),
            "deadly": Kind(run=deadly),
        },
        sweeps=(Sweep("tick", timedelta(minutes=1), sweep),),
    )
    if given.smtp:
        desk = _real_desk(given.url, given.smtp, "stable-ids" not in given.without, note, wait_for_the_gate)
        plan = replace(plan, kinds={kind: KINDS[kind] for kind in ("announce", "mail", "webhook")})
    if "version" in given.without:
        plan = replace(plan, version="a-digest-of-the-code")
    locks = NoLocks() if "own-name" in given.without else open_locks(given.url)
    kind = Forgetful if {"taking-back", "own-name"} & set(given.without) else Runtime
    tracing = Tracing(given.collector, "0") if given.collector else None
    runtime = kind(desk, locks, plan, tracing.work) if tracing else kind(desk, locks, plan)
    if "own-name" in given.without:
        runtime.name = "local"
    signal.signal(signal.SIGTERM, lambda *_: runtime.ask_to_stop())
    runtime.run_alone(tracing.close if tracing else lambda: None)


def _real_desk(url: str, smtp: str, stable: bool, note: Callable[[str, str], None], wait: Callable[[], None]) -> Desk:
    """The desk of a worker whose ways out stand still just after something was handed over.

    stable  False: what goes out gets a name of this process, as if names were made when something is sent
    """
    from uitvoeringsscan.bootstrap import make_desk
    from uitvoeringsscan.notices import cloud_events
    from uitvoeringsscan.notices.letter import Letter
    from uitvoeringsscan.notices.receivers import Answer
    from uitvoeringsscan.settings import Settings
    from uitvoeringsscan.storage.engine import open_engine

    settings = Settings(database_url=url, smtp_url=smtp, mail_from="scan@dienst.example", webhook_hosts=["127.0.0.1"])
    desk = make_desk(settings, open_engine(url))
    mailer, post, own = desk.mailer, desk.post, f"-{os.getpid()}"

    class Mailer:
        def send(self, letter: Letter, at: datetime) -> None:
            mailer.send(letter if stable else replace(letter, id=letter.id + own), at)
            note("handed-over", letter.id)
            wait()

    class Post:
        check = post.check

        def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
            answer = post.send(url, headers, body)
            note("handed-over", headers["webhook-id"])
            wait()
            return answer

    if not stable:
        event_id = cloud_events.event_id
        cloud_events.event_id = lambda number: event_id(number) + own
    return replace(desk, mailer=Mailer(), post=Post())


class Labour:
    """Workers over one database, and what they left in the trace."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.support.labour", self.url, str(self.folder), *options]
        with (self.folder / f"log-{len(self.processes)}").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()

    def open(self, name: str = "gate") -> None:
        (self.folder / name).touch()

    def trace(self, word: str, key: str | None = None) -> list[tuple[str, int]]:
        """(key, process) of every line that begins with this word."""
        path = self.folder / "trace"
        lines = [line.split() for line in path.read_text().splitlines()] if path.exists() else []
        return [(line[1], int(line[2])) for line in lines if line[0] == word and key in (None, line[1])]

    def until(self, reached: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not reached():
            if time.monotonic() > end:
                logs = "\n".join(path.read_text() for path in sorted(self.folder.glob("log-*")))
                raise AssertionError(f"it did not happen; trace: {self.trace('begin')} {self.trace('end')}\n{logs}")
            time.sleep(0.02)

    def until_traced(self, word: str, key: str, times: int = 1) -> None:
        self.until(lambda: len(self.trace(word, key)) >= times)


@contextmanager
def labour(url: str, folder: Path) -> Iterator[Labour]:
    working = Labour(url, folder)
    try:
        yield working
    finally:
        for process in working.processes:
            if process.poll() is None:
                process.kill()
            process.wait()


if __name__ == "__main__":
    main()
