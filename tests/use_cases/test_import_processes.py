"""The import as a process of its own: killed in the middle, again and again, it loses nothing and does nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from tests.support.desk import TEXT, VOTE, World, opened
from tests.support.house import HouseThere, Trouble, house
from tests.support.need import ROOT
from uitvoeringsscan.parliament.feed import Category
from uitvoeringsscan.storage import tables

COMMAND = (sys.executable, "-m", "uitvoeringsscan", "parliament", "import", "--once")
PATIENCE = 120
MANY = 12


@pytest.fixture
def there() -> Iterator[HouseThere]:
    with house() as started:
        yield started


def environment(url: str, there: HouseThere) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("UITVOERINGSSCAN_")}
    return {
        **inherited,
        "UITVOERINGSSCAN_DATABASE_URL": url,
        "UITVOERINGSSCAN_PARLIAMENT_URL": there.url,
        "UITVOERINGSSCAN_PARLIAMENT_RATE": "1000",
        "UITVOERINGSSCAN_PARLIAMENT_DAYS": "730",
    }


def progress(world: World) -> tuple[int, int]:
    """How many entries were kept, and how many cases were read."""
    with world.engine.connect() as connection:
        entries = connection.scalar(select(func.sum(tables.house_places.c.entries))) or 0
        read = connection.scalar(select(func.count()).where(tables.house_cases.c.read_at.is_not(None))) or 0
    return int(entries), int(read)


def killed_after(world: World, url: str, there: HouseThere, goal: int) -> None:
    """Run the import until something more than `goal` is kept, and kill it there without a warning."""
    process = subprocess.Popen(
        COMMAND, cwd=ROOT, env=environment(url, there), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + PATIENCE
        while sum(progress(world)) <= goal and process.poll() is None:
            assert time.monotonic() < until, "nothing was kept"
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait(PATIENCE)


def test_killed_at_any_moment_nothing_is_lost_or_done_twice(database_url: str, there: HouseThere) -> None:
    there.page = 4
    bill = there.dossier(99001)
    cases = [there.amendment(bill, number, TEXT.replace("zes", str(number))) for number in range(1, MANY + 1)]
    there.votes(VOTE, *cases)
    there.troubles = [Trouble("/", times=10_000, slow=0.03)]  # so that a kill always finds it at work
    with opened(database_url) as world:
        cuts = []
        for _ in range(4):
            before = progress(world)
            killed_after(world, database_url, there, sum(before) + 3)
            cuts.append(progress(world))
        assert cuts == sorted(cuts)  # what was kept stays kept
        assert cuts[0] != cuts[-1]
        there.troubles = []
        done = subprocess.run(
            COMMAND, cwd=ROOT, env=environment(database_url, there), capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == 0, done.stderr
        assert "berichten" in done.stdout
        assert "Zaak: bij tot" in done.stderr
        with world.desk.reading() as work:
            places = work.house.places()
            proposals = [work.house.get(case) for case in cases]
            assert work.house.waiting() == 0
        followed = {category.value for category in Category}
        assert {category.value: place.entries for category, place in places.items()} == {
            name: sum(change.entity == name for change in there.log) for name in followed
        }
        assert [proposal.state.value for proposal in proposals if proposal] == ["nieuw"] * MANY
        assert [f"door «{n} weken»" in (p.text or "") for n, p in enumerate(proposals, 1) if p] == [True] * MANY
        counts = world.counts()
        assert (counts["house_cases"], counts["scans"]) == (MANY, 0)


def test_without_an_address_the_command_says_what_to_set(sqlite_url: str, there: HouseThere) -> None:
    given = environment(sqlite_url, there)
    del given["UITVOERINGSSCAN_PARLIAMENT_URL"]
    done = subprocess.run(COMMAND, cwd=ROOT, env=given, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 1
    assert "UITVOERINGSSCAN_PARLIAMENT_URL" in done.stderr


def test_the_command_says_when_not_everything_could_be_read(sqlite_url: str, there: HouseThere) -> None:
    there.amendment(there.dossier(99001), 14)
    there.troubles = [Trouble("/SyncFeed/2.0/Feed?category=Besluit", times=99, status=404)]
    done = subprocess.run(
        COMMAND, cwd=ROOT, env=environment(sqlite_url, there), capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 1
    assert "404" in done.stderr
    assert "1 fouten" in done.stdout
