"""Looking for what is due: each sweep asks the database what should have happened by `now`, and does it or leaves it as work.

A sweep can be done twice, and can be left out once: the next one finds the same things. Nothing waits in memory, so a vote
that moves needs no alarm to be moved with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from uitvoeringsscan.use_cases import (
    absences,
    background,
    importing,
    looking_back,
    mailing,
    public_events,
    reminding,
    retention,
    telling,
    webhooks,
)
from uitvoeringsscan.use_cases.ports import Desk

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Sweep:
    """`run(desk, now)`, once in every `every`. Short transactions: what asks the network is left as work."""

    name: str
    every: timedelta
    run: Callable[[Desk, datetime], None]


SWEEPS: tuple[Sweep, ...] = (
    Sweep("number-events", MINUTE, public_events.sweep),
    Sweep("gather-mail", MINUTE, telling.sweep),
    Sweep("mail-due", MINUTE, mailing.sweep),
    Sweep("webhooks-due", MINUTE, webhooks.sweep),
    Sweep("remind", MINUTE, reminding.sweep),
    Sweep("forget-work", timedelta(hours=1), background.forget),
    Sweep("parliament", MINUTE, importing.sweep),
    Sweep("forget-absences", timedelta(hours=6), absences.forget),
    Sweep("look-back", timedelta(hours=6), looking_back.sweep),
    Sweep("retention", timedelta(hours=6), retention.sweep),
)
