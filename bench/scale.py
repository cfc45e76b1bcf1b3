"""Whether a page costs the same with 1,000 and with 100,000 scans stored: `make bench-scale` (SQLite and PostgreSQL).

The settled scans of the demonstration, with their files, scores, publications and journal, are copied until there are as many
as asked for: some twenty amendments on a bill, some thirty a voting day, back through the years. What is under way stays what
it is in the demonstration, as in life. Each figure is one request through the whole application, without the shelf of kept
pages: the median of fifteen, in milliseconds. Bounded, and it ends what it starts.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text

from tests.support import postgres
from tests.support.site import Site
from uitvoeringsscan.bootstrap import make_app, make_desk
from uitvoeringsscan.demo import fill
from uitvoeringsscan.settings import Environment, Settings
from uitvoeringsscan.storage import schema, tables
from uitvoeringsscan.storage.engine import open_engine, writing

SIZES = tuple(int(size) for size in sys.argv[1:] if size.isdigit()) or (1_000, 10_000, 100_000)
ONLY = [name for name in sys.argv[1:] if not name.isdigit()]  # "SQLite" or "PostgreSQL"
TIMES = 15
MIDDLE = 500  # the scan looked at: its bill and its voting day are as full at a thousand scans as later
FIRST = 1_000_000  # the numbers of the copies start above those of the demonstration

COPIED = ("scans", "search", "assessments", "scores", "publications", "journal")
"""What is copied with a scan; everything else about it is small or belongs to what is under way."""


def main() -> None:
    if not ONLY or "SQLite" in ONLY:
        with tempfile.TemporaryDirectory() as folder:
            measure(f"sqlite:///{folder}/scale.sqlite3", "SQLite")
    if ONLY and "PostgreSQL" not in ONLY:
        return
    binary = postgres.binaries()
    if binary is None:
        print("PostgreSQL is not installed: not measured", file=sys.stderr)
        return
    with postgres.server(binary) as url:
        measure(url, "PostgreSQL")


def measure(url: str, name: str) -> None:
    schema.upgrade(url)
    settings = Settings(database_url=url, environment=Environment.DEMO, rate_limits="off")
    engine = open_engine(url)
    fill(make_desk(settings, engine))
    copier = Copier(engine)
    found: dict[str, list[float]] = {}
    for size in SIZES:
        took = copier.until(size)
        print(f"{name}: {size:,} scans stored ({took:.0f} s)", file=sys.stderr)
        app = make_app(settings)
        for label, figure in figures(app, engine):
            print(f"  {label:48}{figure:10.1f}", file=sys.stderr)
            found.setdefault(label, []).append(figure)
    print(f"\n{name}, milliseconds{'':28}{''.join(f'{size:>10,}' for size in SIZES)}{'ratio':>8}")
    for label, line in found.items():
        print(f"{label:48}{''.join(f'{figure:10.1f}' for figure in line)}{line[-1] / line[0]:8.2f}")
    engine.dispose()


def figures(app: Any, engine: Engine) -> Iterator[tuple[str, float]]:
    """Every list and page, by the eyes of who reads it."""
    with engine.connect() as connection:
        people = {
            (role, agency): person
            for person, role, agency in connection.execute(
                select(tables.people.c.id, tables.people.c.roles, tables.people.c.agency)
            )
        }
        published = connection.execute(
            select(tables.scans.c.id, tables.scans.c.dossier_number, tables.scans.c.vote)
            .join(tables.publications, tables.publications.c.scan == tables.scans.c.id)
            .where(tables.scans.c.vote.is_not(None), tables.scans.c.id.like("2020-%"))
            .order_by(tables.scans.c.id)
            .offset(MIDDLE)
            .limit(1)
        ).one()
    scan, dossier, vote = published.id, published.dossier_number, published.vote

    def who(role: str, agency: str | None = None) -> Site:
        return Site(app).as_person(next(p for (r, a), p in people.items() if role in r and a == agency))

    pages: list[tuple[Site, str, str]] = []
    nobody, coordinator = Site(app), who("coordinator")
    for path in (
        "/",
        "/publicaties",
        f"/publicaties/{scan}-v1",
        f"/publicaties/{scan}-v1.json",
        f"/dossiers/{dossier}",
        f"/dossiers/{dossier}/stapeling",
        "/stemmingen",
        f"/stemmingen/{vote.date()}",
        "/zoeken?zoek=toeslag",
        "/zoeken?zoek=zeldzaamwoord",
        "/organisaties/uwv",
        "/publicaties.atom",
        "/api/v1/publicaties",
        f"/api/v1/dossiers/{dossier}",
        f"/api/v1/stemmingen/{vote.date()}",
    ):
        pages.append((nobody, "iedereen", path))
    for path in ("/coordinatie", f"/coordinatie/scans/{scan}", "/coordinatie/journaal", "/zoeken?zoek=toeslag"):
        pages.append((coordinator, "coördinator", path))
    pages.append((who("indiener"), "indiener", "/mijn-scans"))
    for path in ("/uitvragen", f"/uitvragen?klaar={scan}"):
        pages.append((who("behandelaar", "uwv"), "behandelaar", path))
    for site, label, path in pages:
        figure = median(site, path)
        if figure is not None:
            yield f"{label:12} {path.replace(scan, '{scan}').replace(str(vote.date()), '{dag}')}", figure


def median(site: Site, path: str) -> float | None:
    """None, said on the error stream, when there is no such page."""
    took = []
    for _ in range(TIMES + 2):
        start = time.perf_counter()
        answer = site.client.get(path)
        took.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            print(f"  {path}: {answer.status_code}", file=sys.stderr)
            return None
    return statistics.median(took[2:])


class Copier:
    """Makes more of what the demonstration has settled."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with engine.connect() as connection:
            settled = [
                row.id
                for row in connection.execute(
                    select(tables.scans.c.id).where(
                        tables.scans.c.publications > 0, tables.scans.c.confidential.is_(False)
                    )
                )
            ]
            self._rows = {name: self._of(connection, name, settled) for name in COPIED}
            self._made = 0
            self._sequence = self._line = 10**6
        self._scans = settled

    def _of(self, connection: Connection, name: str, scans: list[str]) -> dict[str, list[dict[str, Any]]]:
        table = tables.metadata.tables[name]
        column = table.c.id if name == "scans" else table.c.scan
        found: dict[str, list[dict[str, Any]]] = {}
        for row in connection.execute(select(table).where(column.in_(scans))).mappings():
            found.setdefault(row[column.name], []).append(dict(row))
        return found

    def until(self, size: int) -> float:
        """Copies until there are this many; the seconds it took."""
        start = time.perf_counter()
        self._line += 1_000  # whoever signed in since then is in the journal too
        while self._made < size:
            batch: dict[str, list[dict[str, Any]]] = {name: [] for name in COPIED}
            for number in range(self._made, min(self._made + 2_000, size)):
                self._copy(number, batch)
            with writing(self._engine) as connection, connection.begin():
                for name, rows in batch.items():
                    if rows:
                        connection.execute(insert(tables.metadata.tables[name]), rows)
            self._made = min(self._made + 2_000, size)
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        return time.perf_counter() - start

    def _copy(self, number: int, batch: dict[str, list[dict[str, Any]]]) -> None:
        old = self._scans[number % len(self._scans)]
        new = f"2020-{FIRST + number:09d}"
        back = timedelta(days=30, minutes=48 * number)  # thirty a day
        for name in COPIED:
            for row in self._rows[name].get(old, ()):
                moved = {
                    key: value - back if isinstance(value, datetime) else value
                    for key, value in row.items()
                    if key not in ("number", "sequence") or name == "publications"
                }
                moved["id" if name == "scans" else "scan"] = new
                if name == "scans":
                    moved |= {"dossier_number": str(100_000 + number // 20), "paper_number": str(number % 20 + 1)}
                elif name == "publications":
                    self._sequence += 1
                    number_now = f"{new}-v{row['version']}"
                    moved |= {"sequence": self._sequence, "number": number_now, "sha256": f"{self._sequence:064x}"}
                elif name == "journal":
                    self._line += 1
                    moved["sequence"] = self._line
                elif name == "search" and number % 997 == 0:
                    moved["terms"] = f"{moved['terms']} zeldzaamwoord"
                batch[name].append(moved)


if __name__ == "__main__":
    main()
