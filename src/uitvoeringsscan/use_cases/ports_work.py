"""What use cases need for work that is done after the transaction: leaving it, and seeing what failed. Part of `ports`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

VERSION = "1"
"""Which workers may do the work that is left here. Work of another version waits for a worker of that version, for ever:
raise it only when a kind of work changes so that work that waits cannot be done any more, and after the queue is empty."""

QUEUE, SWEEPS = "work", "sweeps"
"""Work that was left behind, and the looking for what is due: apart, so that a full queue delays no deadline."""


def work_id(kind: str, key: str) -> str:
    """The one name that a piece of work has, everywhere and for ever."""
    return f"{kind}:{key}"


class Outbox(Protocol):
    def enqueue(self, kind: str, key: str, payload: Mapping[str, object]) -> None:
        """Work to be done after this transaction commits, in it or not at all; a key that was used before does nothing.

        kind     a line of `jobs.kinds`
        key      stable: it follows from what the work is about, and is what the work knows itself by when it is done twice
        payload  JSON; names of things rather than the things, which may have changed by the time they are looked at
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedWork:
    """Work that was tried as often as its kind allows. It stays until somebody has it tried again, or drops it.

    since   when it was left to be done
    failed  when it was tried last
    fault   the kind of the last error; empty: whoever did it died, time and again. What it said is in the log only: it may
            quote what few may read
    """

    id: str
    kind: str
    key: str
    since: datetime
    failed: datetime
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingWork:
    """How much of one kind waits or is being done, and since when the oldest does."""

    kind: str
    many: int
    oldest: datetime


class Backlog(Protocol):
    """What waits and what failed. Each call is a transaction of its own: never call it while writing."""

    def waiting(self) -> Sequence[WaitingWork]:
        """By kind; the sweeps are left out."""

    def failed(self, limit: int) -> Sequence[FailedWork]:
        """What failed last comes first; of a sweep that fails every time only the last time,
        and of one that went well since nothing."""

    def again(self, work: str) -> bool:
        """Have it tried again under its own name, as often as its kind allows. False when it does not stand as failed."""

    def drop(self, work: str) -> bool:
        """Forget it. False when it does not stand as failed."""

    def forget_before(self, moment: datetime) -> int:
        """Throw away what was done before this moment; what failed (but a sweep) or waits stays."""


class NoBacklog:
    """Where no work is done: nothing waits and nothing failed."""

    def waiting(self) -> Sequence[WaitingWork]:
        return ()

    def failed(self, limit: int) -> Sequence[FailedWork]:
        return ()

    def again(self, work: str) -> bool:
        return False

    def drop(self, work: str) -> bool:
        return False

    def forget_before(self, moment: datetime) -> int:
        return 0


class Locks(Protocol):
    """Names that one process holds at a time, and loses when it dies; not for two parts of one process."""

    def take(self, name: str) -> bool:
        """Whether it is ours now. False when another process holds it; never waits."""

    def give_back(self, name: str) -> None: ...
    def keep(self) -> None:
        """Look whether all that was taken is still held, and take it again where a lost connection let it go."""

    def close(self) -> None:
        """Give everything back."""
