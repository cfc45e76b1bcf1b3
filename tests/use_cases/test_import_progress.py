"""How far a catch-up with the House is: it moves while the real import runs, and goes on from where it was after a kill."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.desk import COORDINATOR, SUBMITTER, TEXT, World
from tests.support.house import HouseThere, Trouble, house
from uitvoeringsscan.adapters.parliament import OpenData
from uitvoeringsscan.errors import Forbidden
from uitvoeringsscan.parliament.feed import Category
from uitvoeringsscan.use_cases import import_progress, importing
from uitvoeringsscan.use_cases.import_progress import HowFar, Stage, how_far

MANY = 10


class Killed(BaseException):
    """The process is gone: nothing catches this."""


@pytest.fixture
def there() -> Iterator[HouseThere]:
    with house() as started:
        yield started


def follow(world: World, there: HouseThere) -> None:
    there.page = 4
    feed = OpenData(there.url, steady=time.monotonic, rate=100_000, sleep=lambda _: None)
    world.desk = replace(world.desk, parliament=feed)


def look(world: World) -> HowFar:
    found = how_far(world.desk, COORDINATOR)
    assert found is not None
    return found


def test_it_moves_with_what_is_read_and_goes_on_after_a_kill(world: World, there: HouseThere) -> None:
    bill = there.dossier(99001)
    for number in range(MANY):
        there.now = world.clock.now() - timedelta(days=MANY - number)
        there.amendment(bill, number + 1, TEXT)
    there.now = world.clock.now()
    follow(world, there)
    assert how_far(world.desk, COORDINATOR) is None, "nothing was begun"
    seen: list[HowFar] = []

    def until(pages: int) -> None:
        def say(_words: str) -> None:
            if not _words.startswith("we beginnen"):
                seen.append(look(world))
            if len(seen) == pages:
                raise Killed

        importing.follow(world.desk, say=say)

    with pytest.raises(Killed):
        until(2)
    cut = look(world)
    assert (cut.stage, cut.entries, cut.cases.found) == (Stage.RUNNING, 8, 8)
    assert cut.cases.left == 8
    assert cut.cases.read == 0
    assert 0 < cut.feeds[0] < 1
    assert cut.reached is not None
    assert cut.reached < world.clock.now() - timedelta(days=1)

    world.clock.forward(hours=2)
    assert look(world).stage is Stage.STILL, "nobody reads on"
    assert look(world).entries == 8
    importing.follow(world.desk, seconds=0)
    assert look(world).since == cut.since, "a turn without time changes nothing"

    there.troubles = [Trouble("/SyncFeed/2.0/Feed?category=Document", times=9, status=500)]
    importing.follow(world.desk, say=lambda _: seen.append(look(world)))
    held = look(world)
    assert held.stage is Stage.HELD, "the House gives no documents now"
    assert held.since == cut.since
    assert [place.category for place in held.behind] == [Category.DOCUMENT]
    assert (held.cases.found, held.cases.read, held.cases.left) == (MANY, MANY, 0)
    assert held.entries > 3 * MANY - MANY, "it went on from where it was"
    assert [one.entries for one in seen] == sorted(one.entries for one in seen)
    assert [sum(one.feeds) for one in seen] == sorted(sum(one.feeds) for one in seen)

    there.troubles = []
    world.clock.forward(hours=1)
    assert importing.follow(world.desk).complete
    assert how_far(world.desk, COORDINATOR) is None, "all was read"

    there.now = world.clock.now()
    there.amendment(bill, 50, TEXT)
    world.clock.forward(minutes=5)
    importing.follow(world.desk, say=lambda _: seen.append(look(world)))
    assert seen[-1].since > cut.since
    assert seen[-1].entries < 8, "what was read in an earlier catch-up does not count in this one"


def test_who_may_not_coordinate_is_told_nothing(world: World) -> None:
    with pytest.raises(Forbidden):
        import_progress.how_far(world.desk, SUBMITTER)
