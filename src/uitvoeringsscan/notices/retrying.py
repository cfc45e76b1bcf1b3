"""How long to wait after each failure, for mail and webhooks alike: soon at first, then over a day, and then no more."""

from __future__ import annotations

from datetime import datetime, timedelta

WAITS = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=9),
)
"""After the first failure, the second, ...: together a little more than a day."""

LEASE = timedelta(minutes=10)
"""For so long an attempt that was begun counts as under way; when nothing is heard of it by then, it is begun again."""


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after this many attempts; None: no more."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None
