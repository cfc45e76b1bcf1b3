"""How far a catch-up with the House's data is: told from what each step of it wrote down, so also after it was broken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from uitvoeringsscan.parliament.feed import Category
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.ports import Desk
from uitvoeringsscan.use_cases.ports_parliament import CaseTally, Place

TURNS = 3
"""Turns without anything read, after which it stands still: then a person has to look."""


class Stage(StrEnum):
    """RUNNING goes on by itself, HELD too, but only after the House was unreachable for a while; STILL does not."""

    RUNNING = "loopt"
    HELD = "wacht"
    STILL = "stil"


@dataclass(frozen=True, slots=True, kw_only=True)
class HowFar:
    """
    since     when this catch-up began
    moved_at  when something was last read
    entries   how many entries of the feed were read since; how many will come the feed does not say
    feeds     per kind of entity, from 0 to 1: the part of the time between the first change and now that was read
    places    where each kind stands
    cases     amendments found and cases read since, and what is left on the list
    again     when the House is asked again, while HELD
    """

    stage: Stage
    since: datetime
    moved_at: datetime
    entries: int
    feeds: Sequence[float]
    places: Sequence[Place]
    cases: CaseTally
    again: datetime | None

    @property
    def behind(self) -> Sequence[Place]:
        """The kinds that were not yet read to their end."""
        return [place for place in self.places if not place.at_end]

    @property
    def reached(self) -> datetime | None:
        """Of the kind that is being read now: the moment of the last change that was read."""
        return max((place.reached for place in self.behind if place.reached is not None), default=None)


def how_far(desk: Desk, actor: Actor) -> HowFar | None:
    """None when nothing is under way: all was read, nothing was begun, or the House's data is not followed."""
    known(actor)
    require(actor, Action.ROUTE_SCAN)
    if desk.parliament is None:
        return None
    now = desk.now()
    with desk.reading() as work:
        stored = work.house.places()
        places = [
            stored[category] for category in Category if category in stored
        ]  # in the order in which they are read
        begun = [place.since for place in places if place.since is not None]
        if not begun:
            return None
        cases = work.house.tally(min(begun))
    since = min(begun)
    moved_at = max([since, *(at for at in (*(place.moved_at for place in places), cases.last) if at is not None)])
    waits = [place.not_before for place in places if place.not_before is not None and place.not_before > now]
    return HowFar(
        stage=_stage(now, moved_at, desk.parliament.every, waits),
        since=since,
        moved_at=moved_at,
        entries=sum(place.entries - place.before for place in places if place.before is not None),
        feeds=[part_read(place, now) for place in places],
        places=places,
        cases=cases,
        again=min(waits, default=None),
    )


def _stage(now: datetime, moved_at: datetime, every: timedelta, waits: Sequence[datetime]) -> Stage:
    if waits:
        return Stage.HELD
    return Stage.STILL if now - moved_at > TURNS * every else Stage.RUNNING


def part_read(place: Place, now: datetime) -> float:
    """From 0 to 1, and 1 only at the end of the feed."""
    if place.at_end:
        return 1.0
    if place.start is None or place.reached is None or place.start >= now:
        return 0.0
    return min(max((place.reached - place.start) / (now - place.start), 0.0), 0.99)
