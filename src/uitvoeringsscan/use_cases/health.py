"""Whether the service can do its work, and how much waits: for machines that watch, so without anybody's name in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from uitvoeringsscan.use_cases import signing_keys
from uitvoeringsscan.use_cases.ports import Desk

LONG = timedelta(minutes=15)
"""Work that waits longer than this is not being done: mail and webhooks stand still, deadlines pass unseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must be so.

    needed  without it the service must get no visitors; otherwise it is a warning
    why     what is wrong and what to do, in one Dutch sentence; empty when all is well
    """

    name: str
    needed: bool
    why: str = ""

    @property
    def well(self) -> bool:
        return not self.why


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A figure of this moment. The labels are few and name nobody."""

    name: str
    meaning: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def readiness(desk: Desk) -> tuple[Check, ...]:
    """What is looked at before visitors are sent here. Never raises: a database that is away is an answer too."""
    try:
        with desk.reading() as work:
            work.publications.listed(1)
    except Exception:  # noqa: BLE001  each database has errors of its own, and all of them mean the same here
        return (
            Check(
                name="database", needed=True, why="De database antwoordt niet. Kijk of die draait en te bereiken is."
            ),
        )
    return (
        Check(name="database", needed=True),
        Check(name="ondertekenen", needed=True, why=signing_keys.fault(desk) or ""),
        Check(name="achtergrondwerk", needed=False, why=_standing_still(desk)),
    )


def _standing_still(desk: Desk) -> str:
    oldest = min((waiting.oldest for waiting in desk.backlog.waiting()), default=None)
    if oldest is None or desk.now() - oldest < LONG:
        return ""
    minutes = int((desk.now() - oldest).total_seconds() // 60)
    return f"Er wacht werk sinds {minutes} minuten. Kijk of er een proces is dat het doet (uitvoeringsscan worker)."


def gauges(desk: Desk) -> Iterator[Gauge]:
    """Asked of the database now. It is away: then there are none, and that is what the watcher sees."""
    now = desk.now()
    for waiting in desk.backlog.waiting():
        labels = {"kind": waiting.kind}
        yield Gauge(
            name="work_waiting",
            meaning="Pieces of work that wait or are being done.",
            value=waiting.many,
            labels=labels,
        )
        seconds = (now - waiting.oldest).total_seconds()
        yield Gauge(
            name="work_oldest_seconds", meaning="For how long the oldest of them waits.", value=seconds, labels=labels
        )
    failed = desk.backlog.failed(1_000)
    yield Gauge(
        name="work_failed", meaning="Pieces of work that were given up, until somebody looks.", value=len(failed)
    )
