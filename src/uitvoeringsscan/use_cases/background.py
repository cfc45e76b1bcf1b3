"""The work that was left behind, for who keeps the service going: what waits, what failed, trying again, dropping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from uitvoeringsscan.errors import WrongState
from uitvoeringsscan.events import Event, WorkDropped, WorkRetried
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.ports import Desk
from uitvoeringsscan.use_cases.ports_work import FailedWork, WaitingWork

MANY = 100
KEEP = timedelta(days=7)
"""Work that was done is thrown away after this: the journal says what happened, and nothing leaves the same work so late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What stands of the work: the failed at most `MANY`, the last failure first."""

    waiting: Sequence[WaitingWork]
    failed: Sequence[FailedWork]


def look(desk: Desk, actor: Actor) -> Background:
    known(actor)
    require(actor, Action.MANAGE_WORK)
    return Background(waiting=desk.backlog.waiting(), failed=desk.backlog.failed(MANY))


def again(desk: Desk, actor: Actor, work: str) -> None:
    """Have it tried again, under its own name. WrongState when it does not stand as failed (any more)."""
    _change(desk, actor, WorkRetried(work=work), desk.backlog.again)


def drop(desk: Desk, actor: Actor, work: str) -> None:
    """Give it up for good. WrongState when it does not stand as failed (any more)."""
    _change(desk, actor, WorkDropped(work=work), desk.backlog.drop)


def _change(desk: Desk, actor: Actor, event: WorkRetried | WorkDropped, change: Callable[[str], bool]) -> None:
    """The work has transactions of its own. The journal comes after: it never tells of what was refused."""
    known(actor)
    require(actor, Action.MANAGE_WORK)
    if not change(event.work):
        raise WrongState("Dit werk staat niet meer als mislukt. Misschien was een collega u voor.")
    _note(desk, actor, event)


def _note(desk: Desk, actor: Actor, event: Event) -> None:
    with desk.writing() as work:
        work.journal.add(actor, event, desk.now())


def forget(desk: Desk, now: datetime) -> None:
    """The sweep that throws away what was done long ago."""
    desk.backlog.forget_before(now - KEEP)
