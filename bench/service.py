"""Measures the service on this machine, as ratios within one run: `make bench`.

1. A publication (page, JSON, PDF) against fixed bytes from a bare callable on the same server.
2. The list of scans with 1,000 and with 20,000 scans stored, newest page and a page deep down.
3. Submitting one scan (read, routed, stored, journalled) against one bare INSERT and commit.

Figures of two cores shared by server and client: trust the ratios. Loopback only, bounded, ends by itself.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, text

from uitvoeringsscan.bootstrap import make_desk
from uitvoeringsscan.demo import fill
from uitvoeringsscan.identifiers import AgencyCode, Principal, ScanId
from uitvoeringsscan.people.people import SERVICE, Actor, Role
from uitvoeringsscan.rubrics.library import BASIS
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.settings import Settings
from uitvoeringsscan.storage import rows, schema, tables
from uitvoeringsscan.storage.engine import open_engine, writing
from uitvoeringsscan.use_cases import reading, submitting
from uitvoeringsscan.use_cases.ports import Cursor, Desk, ScanFilter, Work

SECONDS = 1.5
ROUNDS, WARMING = 9, 2
"""How often each is measured, in turns, and how many turns at the start do not count; of the others the median."""
CONNECTIONS = 8
COORDINATOR = Actor(
    principal=Principal("bench@voorbeeld.example"), name="Bench", roles=frozenset({Role.COORDINATOR}), agency=None
)
RESPONDENT = dataclasses.replace(COORDINATOR, roles=frozenset({Role.RESPONDENT}), agency=AgencyCode("uwv"))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        schema.upgrade(url)
        settings = Settings(database_url=url)
        engine = open_engine(url)
        desk = make_desk(settings, engine)
        fill(desk)
        serving(url, Path(folder))
        submitting_one(desk, engine)
        lists(desk, engine)
        engine.dispose()


# 1 -------------------------------------------------------------------------------------------------------------------


def serving(url: str, folder: Path) -> None:
    with open_engine(url).connect() as connection:
        number = connection.scalar(text("SELECT number FROM publications LIMIT 1"))
    port = free_port()
    body = folder / "body.html"
    headers = folder / "headers.json"
    body.write_bytes(b"x")
    headers.write_text("[]")
    environment = os.environ | {
        "UITVOERINGSSCAN_DATABASE_URL": url,
        "BENCH_BODY": str(body),
        "BENCH_HEADERS": str(headers),
        "PYTHONPATH": str(Path(__file__).parent),
    }
    command = [sys.executable, "-m", "uvicorn", "app:make", "--factory", "--port", str(port), "--log-level", "warning"]
    paths = {
        "pagina (HTML)": f"/publicaties/{number}",
        "JSON": f"/publicaties/{number}.json",
        "PDF": f"/publicaties/{number}.pdf",
        "voorpagina": "/",
    }
    # The bare answer is the answer it is compared with, byte for byte, so that is fetched once before.
    server = subprocess.Popen(command, env=environment)
    try:
        wait_for(port)
        answers = {name: fetch(port, path) for name, path in paths.items()}
    finally:
        server.terminate()
        server.wait(10)
    print(
        f"\n1. Serving, {CONNECTIONS} connections, median of {ROUNDS - WARMING} turns of {SECONDS} s; "
        "bare: the same answer, barest: the same body"
    )
    print(
        f"{'':16}{'bytes':>9}{'req/s':>9}{'cpu µs':>9}{'of bare':>9}{'cpu ratio':>11}{'of barest':>11}{'cpu ratio':>11}"
    )
    for name, path in paths.items():
        sent, content = answers[name]
        body.write_bytes(content)
        headers.write_text(json.dumps(sent))
        server = subprocess.Popen(command, env=environment)
        try:
            wait_for(port)
            bare, barest, real = in_turns(server.pid, port, ("/kaal", "/kaalst", path))
        finally:
            server.terminate()
            server.wait(10)
        for label, figures in ((f"kaal, {name}"[:15], bare), ("kaalst", barest), (name, real)):
            share = "".join(f"{figures[0] / by[0]:9.2f}{figures[1] / by[1]:11.2f}" for by in (bare, barest))
            print(f"{label:16}{len(content):9}{figures[0]:9.0f}{figures[1]:9.0f}{share}")


def in_turns(pid: int, port: int, paths: tuple[str, ...]) -> list[tuple[float, float]]:
    """The median of each over rounds in which each is first once in a while: what else the machine does hits all alike."""
    found: dict[str, list[tuple[float, float]]] = {path: [] for path in paths}
    for turn in range(ROUNDS):
        shift = turn % len(paths)
        for path in (*paths[shift:], *paths[:shift]):
            figure = load(pid, port, path)
            if turn >= WARMING:
                found[path].append(figure)
    return [
        (statistics.median(rate for rate, _ in one), statistics.median(cpu for _, cpu in one)) for one in found.values()
    ]


def load(pid: int, port: int, path: str) -> tuple[float, float]:
    """(requests a second, processor time of the server per request in microseconds)."""
    asyncio.run(hammer(port, path, 0.2))
    before = processor_time(pid)
    done, elapsed = asyncio.run(hammer(port, path, SECONDS))
    return done / elapsed, (processor_time(pid) - before) / done * 1e6


async def hammer(port: int, path: str, seconds: float) -> tuple[int, float]:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    end = time.perf_counter() + seconds
    start = time.perf_counter()

    async def one() -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
        done = 0
        while time.perf_counter() < end:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"{path}: {head[:60]!r}")
            length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(length)
            done += 1
        writer.close()
        return done

    return sum(await asyncio.gather(*(one() for _ in range(CONNECTIONS)))), time.perf_counter() - start


def processor_time(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            fetch(port, "/health/ready")
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")


def fetch(port: int, path: str) -> tuple[list[tuple[str, str]], bytes]:
    """The headers of its own (the server writes the date and its name itself) and the body, as every later reader gets them."""
    for _ in range(2):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            headers, body = answer.getheaders(), answer.read()
    return [(name, value) for name, value in headers if name.lower() not in ("date", "server", "connection")], body


# 2 -------------------------------------------------------------------------------------------------------------------


def lists(desk: Desk, engine: Engine) -> None:
    print("\n2. Lists, median of 60, milliseconds")
    print(f"{'':34}{'1,000':>9}{'20,000':>9}{'ratio':>8}")
    measures: dict[str, Callable[[Cursor], object]] = {
        "newest page of 50": lambda deep: reading.list_scans(desk, COORDINATOR, ScanFilter(), None),
        "page of 50 halfway down": lambda deep: reading.list_scans(desk, COORDINATOR, ScanFilter(), deep),
        "one bill": lambda deep: reading.list_scans(desk, COORDINATOR, ScanFilter(dossier="99001"), None),
        "asked of one agency": lambda deep: reading.list_scans(
            desk,
            COORDINATOR,
            ScanFilter(agency=AgencyCode("uwv")),
            None,
        ),
        "votes ahead (front page)": lambda deep: reading.votes_ahead(desk, 30),
        "an agency's own work": lambda deep: reading.own_work(desk, RESPONDENT),
    }
    found: dict[str, list[float]] = {name: [] for name in measures}
    stored = 0
    with desk.reading() as work:
        sample = newest(work)
        (file,) = work.assessments.answered_before(AgencyCode("uwv"), BASIS, Cursor(desk.now(), "9"), 1)
    for goal in (1_000, 20_000):
        batch, files = [], []
        for number in range(stored, goal):
            at = sample.created_at - timedelta(minutes=number)
            scan = dataclasses.replace(sample, id=ScanId(f"2020-{number:09d}"), created_at=at, vote=at)
            batch.append(rows.scan_to_row(scan) | {"dossier_number": str(10_000 + number % 5000)})
            again = dataclasses.replace(file, scan=scan.id, agency=AgencyCode("uwv"), asked_at=at)
            files.append(rows.assessment_to_row(again) | {"scan_created_at": at})
        with writing(engine) as connection, connection.begin():
            connection.execute(tables.scans.insert(), batch)
            connection.execute(tables.assessments.insert(), files)
        stored = goal
        deep = Cursor(sample.created_at - timedelta(minutes=goal // 2), "9")
        for name, measure in measures.items():
            found[name].append(median(partial(measure, deep), 60))
    for name, (small, large) in found.items():
        print(f"{name:34}{small:9.2f}{large:9.2f}{large / small:8.2f}")


# 3 -------------------------------------------------------------------------------------------------------------------


def submitting_one(desk: Desk, engine: Engine) -> None:
    with desk.reading() as work:
        scan = newest(work)
    command = submitting.SubmitScan(amendment=scan.amendment)
    numbers = iter(range(10**6))

    def bare() -> None:
        with writing(engine) as connection, connection.begin():
            connection.execute(
                text("INSERT INTO texts (sha256, kept_at, body) VALUES (:key, '2026-01-01', :body)"),
                {"key": f"bench-{next(numbers)}", "body": scan.amendment.text.encode()},
            )

    insert = median(bare, 100)
    read = median(lambda: submitting.dry_run(desk, scan.amendment.text, scan.amendment.title), 100)
    submit = median(lambda: submitting.submit_scan(desk, SERVICE_SUBMITTER, command), 100)
    print("\n3. Submitting, median of 100, milliseconds")
    print(f"one INSERT and commit     {insert:8.2f}")
    print(f"read and route            {read:8.2f}   (nothing stored)")
    print(f"submit one scan           {submit:8.2f}   ratio to the INSERT {submit / insert:.1f}")


def newest(work: Work) -> Scan:
    """The newest public scan of the demonstration: what every figure is measured with."""
    found = work.scans.get(work.scans.page(ScanFilter(), reading.PUBLIC, None, 1)[0].id)
    if found is None:
        raise RuntimeError("the demonstration is empty")
    return found


SERVICE_SUBMITTER = dataclasses.replace(SERVICE, roles=frozenset({Role.SUBMITTER}))


def median(do: Callable[[], object], times: int) -> float:
    for _ in range(5):
        do()
    figures = []
    for _ in range(times):
        start = time.perf_counter()
        do()
        figures.append((time.perf_counter() - start) * 1000)
    return statistics.median(figures)


if __name__ == "__main__":
    main()
