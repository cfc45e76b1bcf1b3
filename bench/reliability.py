"""Kills what can be killed while scans are under way, and counts afterwards: `make reliability`.

Servers, workers and the database die at random moments and come back. Several clients drive scans through the API, and
repeat a request until it is answered. What was answered is an acknowledged change. At the end: every acknowledged change
is there, once; no work waits, runs or failed; every event was announced; every mail and webhook arrived, under one name
each; every reminder was given once; the journal and the publications verify. Any fault is a line and exit status 1.

Loopback only, ends its own processes, and takes less than ten minutes. Another effect to the outside gets a receiver in
`Outside` and a line in `faults`.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import Engine, func, select

from tests.support import postgres
from tests.support.desk import COORDINATOR, TEXT, TITLE
from uitvoeringsscan.bootstrap import make_desk, prepare
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.people.people import SERVICE, Role
from uitvoeringsscan.publication.verification import verify
from uitvoeringsscan.settings import Settings
from uitvoeringsscan.storage import tables
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.storage.outbox import open_client
from uitvoeringsscan.use_cases import accounts, journal_chain, telling, webhooks
from uitvoeringsscan.use_cases.ports import Desk

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = 6
MINUTE = 6.0
"""Seconds that count as a minute: reminders are looked for, and the dead found, ten times as often as in service."""
SILENT = 5
"""In the first fifth of the scans one agency keeps silent, so that it is reminded."""
REMINDED = timedelta(hours=4)
"""So long before the vote an agency that still has to answer is reminded: the vote is set to have that happen meanwhile."""
PATIENCE = 200.0
LIMIT = 220.0
"""Seconds after which no new scan is begun, however many were wanted: the whole takes less than ten minutes anywhere."""


# --- what receives ----------------------------------------------------------------------------------------------------


class Outside:
    """The other side of mail and webhooks: what arrived, under which name, and how often."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.webhooks: dict[str, list[str]] = {}
        self.mails: dict[str, list[str]] = {}
        outside = self

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                with outside.lock:
                    outside.webhooks.setdefault(self.headers["webhook-id"], []).append(_digest(body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        class Box:
            async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
                message = message_from_bytes(envelope.content)
                with outside.lock:
                    outside.mails.setdefault(str(message["Message-ID"]), []).append(str(message["Subject"]))
                await asyncio.sleep(0)
                return "250 OK"

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        self._smtp = Controller(Box(), hostname="127.0.0.1", port=free_port())
        self._smtp.start()
        self.hook = f"http://127.0.0.1:{self._http.server_port}/"
        self.smtp = f"smtp://127.0.0.1:{self._smtp.port}"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._smtp.stop()


# --- what is killed ---------------------------------------------------------------------------------------------------


class Processes:
    """The servers and workers; each can be killed and comes back under the same address."""

    def __init__(self, environment: dict[str, str], folder: Path, servers: int, workers: int) -> None:
        self._environment, self._folder = environment, folder
        self.ports = [free_port() for _ in range(servers)]
        self._commands = [
            *(("server", ["serve", "--host", "127.0.0.1", "--port", str(port)]) for port in self.ports),
            *(("worker", ["worker"]) for _ in range(workers)),
        ]
        self._running: list[subprocess.Popen[bytes]] = [self._start(index) for index in range(len(self._commands))]
        self.killed: Counter[str] = Counter()

    def _start(self, index: int) -> subprocess.Popen[bytes]:
        with (self._folder / f"log-{index}").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "uitvoeringsscan", *self._commands[index][1]],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def kill(self, index: int) -> None:
        self._running[index].kill()
        self._running[index].wait()
        self.killed[self._commands[index][0]] += 1
        self._running[index] = self._start(index)

    def revive(self) -> None:
        """What ended by itself, such as a server that found no database, is started again, as whoever runs it would."""
        for index, process in enumerate(self._running):
            if process.poll() is not None:
                self._running[index] = self._start(index)

    def all_ready(self) -> bool:
        """Whether every server answers that it can."""
        for port in self.ports:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5).close()
            except OSError:
                return False
        return True

    def __len__(self) -> int:
        return len(self._running)

    def stop(self) -> list[int]:
        """Ask all to end; the exit statuses."""
        for process in self._running:
            process.send_signal(signal.SIGTERM)
        statuses = []
        for process in self._running:
            try:
                statuses.append(process.wait(40))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                statuses.append(-9)
        return statuses


# --- who asks ---------------------------------------------------------------------------------------------------------


class Client:
    """Asks any server, and asks again under the same key until there is an answer."""

    def __init__(self, ports: list[int], keys: dict[str, str]) -> None:
        self._ports, self._keys = ports, keys
        self.asked = self.repeated = 0
        self.until = time.monotonic() + LIMIT

    def __call__(self, who: str, method: str, path: str, key: str, body: Any = None) -> Any:
        headers = {
            "Authorization": f"Bearer {self._keys[who]}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "If-Match": "*",
        }
        data = json.dumps(body).encode() if body is not None else None
        end = time.monotonic() + PATIENCE
        self.asked += 1
        last = ""
        while time.monotonic() < end:
            url = f"http://127.0.0.1:{random.choice(self._ports)}/api/v1{path}"
            request = urllib.request.Request(url, data, headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                last = said = error.read().decode(errors="replace")
                if error.code < 500 and error.code not in (409, 412, 429):
                    raise RuntimeError(f"{method} {path}: {error.code} {said[:300]}") from None
                if error.code == 409 and "verkeerde-status" in said and method == "PUT":
                    return None  # done by a request whose answer was lost: a PUT has no key
            except (OSError, ValueError) as error:
                last = repr(error)
            self.repeated += 1
            time.sleep(0.1)
        raise RuntimeError(f"{method} {path}: no answer; the last: {last[:300]}")


def drive(client: Client, number: int, silent: bool, vote: datetime, acknowledged: dict[str, list[str]]) -> None:
    """One scan from its text to its publication, or to a round in which one agency keeps silent."""
    if time.monotonic() > client.until:
        return
    given = {
        "tekst": TEXT,
        "titel": TITLE,
        "dossiernummer": "99001",
        "ondernummer": str(number + 1),
        "indieners": [{"naam": "Voorbeeld", "fractie": "Fractie Aurora"}],
    }
    sent = {"amendement": given, "stemming": vote.isoformat(), "vertrouwelijk": False}
    scan = client("indiener", "POST", "/scans", f"{number}-scan", sent)["id"]
    done = acknowledged[scan] = ["ScanSubmitted"]
    client("coordinator", "PUT", f"/scans/{scan}/routering", f"{number}-r", {"organisaties": ["uwv", "svb"]})
    done.append("ScanRouted")
    for agency in ("uwv",) if silent else ("uwv", "svb"):
        file = f"/uitvragen/{scan}-{agency}"
        why = {"toelichting": "Raakt ons niet."}
        client(f"behandelaar-{agency}", "POST", f"{file}/geen-gevolgen", f"{number}-{agency}-g", why)
        client(f"vaststeller-{agency}", "POST", f"{file}/vaststelling", f"{number}-{agency}-v")
        done.append(f"settled {agency}")
    if not silent:
        client("coordinator", "POST", f"/scans/{scan}/publicaties", f"{number}-p")
        done.append("ScanPublished")


# --- the run ----------------------------------------------------------------------------------------------------------


def run(name: str, url: str, scans: int, servers: int, workers: int, restart: Callable[[], None] | None) -> int:
    outside = Outside()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        given = {
            "DATABASE_URL": url,
            "SMTP_URL": outside.smtp,
            "WEBHOOK_HOSTS": '["127.0.0.1"]',
            "RATE_LIMITS": "off",
            "SECRET_KEY": "alleen-voor-deze-meting-en-nergens-anders",
            "WORK": "apart",
            "WORK_MINUTE": str(MINUTE),
        }
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("UITVOERINGSSCAN_")}
        environment = inherited | {f"UITVOERINGSSCAN_{key}": value for key, value in given.items()}
        with environ(environment):
            settings = Settings()
        prepare(settings)
        engine = open_engine(url)
        desk = make_desk(settings, engine)
        keys = known(desk)
        webhooks.add(desk, COORDINATOR, name="Ontvanger", url=outside.hook, types=())
        processes = Processes(environment, Path(folder), servers, workers)
        client = Client(processes.ports, keys)
        vote = datetime.now(UTC).replace(microsecond=0) + REMINDED + timedelta(seconds=min(40 + scans / 10, 80))
        acknowledged: dict[str, list[str]] = {}
        over = threading.Event()
        chaos = threading.Thread(target=disturb, args=(processes, over, acknowledged, scans, restart), daemon=True)
        statuses: list[int] = []
        try:
            chaos.start()
            with ThreadPoolExecutor(CLIENTS) as pool:
                tasks = [
                    pool.submit(drive, client, number, number < scans / SILENT, vote, acknowledged)
                    for number in range(scans)
                ]
                for result in tasks:
                    result.result()
            driven = time.monotonic() - begun
            scans = len(acknowledged)
            over.set()
            chaos.join(60)
            processes.revive()
            settled = quiet(desk, engine, vote)
        finally:
            over.set()
            statuses = processes.stop()
            broken = sys.exc_info()[0] is not None
            for log in sorted(Path(folder).glob("log-*")) if broken else ():
                print(log.name, log.read_text(errors="replace")[-2000:], file=sys.stderr)
        found = faults(desk, engine, outside, acknowledged, scans, vote)
        if not settled:
            found.append(f"after {PATIENCE:.0f} s there was still work")
        if set(statuses) - {0, -signal.SIGTERM}:  # a server ends itself by the signal that it was asked by
            found.append(f"asked to end, the processes ended with {statuses}")
        report(name, processes, client, outside, desk, engine, scans, driven, time.monotonic() - begun, found)
        if found:
            for log in sorted(Path(folder).glob("log-*")):
                print(log.name, log.read_text(errors="replace")[-3000:], file=sys.stderr)
        engine.dispose()
    outside.close()
    return len(found)


def known(desk: Desk) -> dict[str, str]:
    """Somebody with every role, who gets mail; and a machine for each that works in their name."""
    who = [("indiener", Role.SUBMITTER, None), ("coordinator", Role.COORDINATOR, None)]
    for agency in ("uwv", "svb"):
        who += [(f"behandelaar-{agency}", Role.RESPONDENT, agency), (f"vaststeller-{agency}", Role.APPROVER, agency)]
    keys = {}
    for name, role, agency in who:
        code = AgencyCode(agency) if agency else None
        email = f"{name}@voorbeeld.example"
        accounts.add_person(desk, SERVICE, name=name, email=email, roles=frozenset({role}), agency=code)
        _, keys[name] = accounts.add_client(desk, SERVICE, name=name, role=role, agency=code, owner=email)
    return keys


def disturb(
    processes: Processes,
    over: threading.Event,
    acknowledged: dict[str, list[str]],
    scans: int,
    restart: Callable[[], None] | None,
) -> None:
    """Kill one of them every few seconds, and crash the database when half of the scans are there."""
    restarted = restart is None
    middle = time.monotonic() + LIMIT / 2
    while not over.wait(random.uniform(3, 6)):
        processes.revive()
        if restart is not None and not restarted and (len(acknowledged) > scans / 2 or time.monotonic() > middle):
            restart()
            restarted = True
            processes.killed["database"] += 1
            continue
        if processes.all_ready():  # or nobody would ever come up on a slow machine
            processes.kill(random.randrange(len(processes)))


def quiet(desk: Desk, engine: Engine, vote: datetime) -> bool:
    """Wait until nothing is left to be done."""
    time.sleep(max(0.0, (vote - REMINDED - datetime.now(UTC)).total_seconds()))
    end = time.monotonic() + PATIENCE
    calm = 0
    while time.monotonic() < end and calm < 3:
        time.sleep(MINUTE / 3)
        with engine.connect() as connection:
            mails = connection.scalar(select(func.count()).where(tables.mails.c.state == "wacht"))
            sent = connection.scalar(select(func.count()).where(tables.deliveries.c.state == "wacht"))
            notices = connection.scalar(
                select(func.count()).where(tables.notices.c.mail.is_(None), tables.notices.c.send_at <= desk.now())
            )
        calm = 0 if mails or sent or notices or desk.backlog.waiting() else calm + 1
    return calm >= 3


def faults(
    desk: Desk, engine: Engine, outside: Outside, acknowledged: dict[str, list[str]], scans: int, vote: datetime
) -> list[str]:
    """Everything that is not as it must be."""
    found: list[str] = []
    with desk.reading() as work:
        lines = list(work.journal.every())
        published = [(one.number, one.document) for one in work.publications.every()]
    happened = Counter((line.scan, line.event) for line in lines)
    with engine.connect() as connection:
        states = {row.id: row.state for row in connection.execute(select(tables.scans))}
        files = {row.scan + row.agency: row.state for row in connection.execute(select(tables.assessments))}
        deliveries = connection.execute(select(tables.deliveries.c.number, tables.deliveries.c.state)).all()
        public = list(connection.scalars(select(tables.public_events.c.number)))
        mails = {row.id: row.state for row in connection.execute(select(tables.mails))}
    if len(states) != scans:
        found.append(f"{scans} scans were submitted, {len(states)} are there")
    for scan, changes in acknowledged.items():
        for change in changes:
            event, _, agency = change.partition(" ")
            there = files.get(scan + agency) == "vastgesteld" if agency else happened[scan, event] == 1  # type: ignore[index]
            if not there:
                found.append(f"{scan}: {change} was acknowledged and is not there once")
        wanted = "gepubliceerd" if "ScanPublished" in changes else "in-behandeling"
        if states.get(scan) != wanted:
            found.append(f"{scan} is stuck at {states.get(scan)}, not {wanted}")
    found += [f"journal: {one}" for one in journal_chain.faults(lines)]
    found += [f"publications: {one}" for one in verify(published) if one.serious]

    told = {event.__name__ for event in telling.TOLD}
    done = {one.workflow_id for one in open_client(engine).list_workflows(name="announce", status="SUCCESS")}
    missing = [line.sequence for line in lines if line.event in told and f"announce:event-{line.sequence}" not in done]
    found += [f"line {sequence} was never announced" for sequence in missing]
    found += [f"failed: {one.id} {one.fault}" for one in desk.backlog.failed(20)]
    found += [f"waits: {one.many} x {one.kind}" for one in desk.backlog.waiting()]

    arrived = {name.rsplit("-", 1)[-1] for name in outside.webhooks}
    if len(public) != len(deliveries) or any(state != "afgeleverd" for _, state in deliveries):
        found.append(f"{len(public)} public events, deliveries: {Counter(state for _, state in deliveries)}")
    if len(outside.webhooks) != len(public):
        found.append(f"{len(public)} public events, {len(outside.webhooks)} ids arrived ({len(arrived)})")
    found += [f"webhook {name} had more than one content" for name, had in outside.webhooks.items() if len({*had}) > 1]
    names = {name.strip("<>").partition("@")[0] for name in outside.mails}
    if names != set(mails) or any(state != "verstuurd" for state in mails.values()):
        found.append(f"{len(mails)} mails ({Counter(mails.values())}), {len(names)} arrived")

    reminded = Counter(
        (line.scan, line.event, line.details["agency"], line.details["step"], line.details["moment"])
        for line in lines
        if line.event in ("Reminded", "Escalated")
    )
    found += [f"{what} was given {times} times" for what, times in reminded.items() if times > 1]
    asked = {line.scan: line.at for line in lines if line.event == "ScanRouted"}
    silent = [str(scan) for scan in acknowledged if states.get(scan) == "in-behandeling"]
    late = {scan for scan in silent if asked[scan] < vote - REMINDED} - {str(what[0]) for what in reminded}  # type: ignore[index]
    found += [f"{scan}: nobody was reminded" for scan in late]
    return found


def report(
    name: str,
    processes: Processes,
    client: Client,
    outside: Outside,
    desk: Desk,
    engine: Engine,
    scans: int,
    driven: float,
    whole: float,
    found: list[str],
) -> None:
    again = Counter(one.status for one in open_client(engine).list_workflows(load_input=False, load_output=False))
    with desk.reading() as work:
        events = Counter(line.event for line in work.journal.every())
    hooks = sum(map(len, outside.webhooks.values()))
    mails = sum(map(len, outside.mails.values()))
    print(f"\n{name}: {scans} scans in {driven:.0f} s, all quiet after {whole:.0f} s")
    print(f"  killed                      {dict(processes.killed)}")
    print(f"  requests                    {client.asked}, repeated {client.repeated}")
    print(f"  work                        {dict(again)}")
    print(f"  reminders                   {events['Reminded']} + {events['Escalated']} escalations")
    print(f"  webhooks                    {len(outside.webhooks)} ids, {hooks - len(outside.webhooks)} arrived again")
    print(f"  mails                       {len(outside.mails)} ids, {mails - len(outside.mails)} arrived again")
    print(f"  faults                      {len(found)}")
    for fault in found[:40]:
        print(f"    {fault}")


# --- small things -----------------------------------------------------------------------------------------------------


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def environ(environment: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scans", type=int, default=500, help="on PostgreSQL; on SQLite a third of it")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--seed", type=int, default=20261208)
    given = parser.parse_args()
    random.seed(given.seed)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended too
    found = 0
    if given.only != "sqlite":
        binary = postgres.binaries()
        if binary is None:
            raise SystemExit("PostgreSQL is missing: run `make system`")
        server = postgres.Server(binary, durable=True)

        def crash() -> None:
            server.stop(signal.SIGQUIT)
            time.sleep(1)
            server.start()

        try:
            server.start()
            found += run("PostgreSQL, 2 servers and 2 workers", server.url, given.scans, 2, 2, crash)
        finally:
            server.close()
    if given.only != "postgresql":
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/reliability.sqlite3"
            found += run("SQLite, a server and a worker", url, max(1, given.scans // 3), 1, 1, None)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
