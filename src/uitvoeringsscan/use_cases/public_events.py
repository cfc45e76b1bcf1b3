"""The feed of public events by cursor, for machines that cannot receive: the same events that webhooks carry.

A cursor is the number of the last event that was read. Numbers are given in the order in which transactions commit, so
whoever reads on from their cursor misses nothing and reads nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from uitvoeringsscan.notices.cloud_events import PublicEvent
from uitvoeringsscan.use_cases.ports import Desk

_MANY = 1000


def after(desk: Desk, cursor: int, limit: int) -> tuple[Sequence[PublicEvent], bool]:
    """Events behind the cursor in their order, and whether there are more. Public: nobody needs to say who they are."""
    with desk.reading() as work:
        found = work.public_events.after(cursor, limit + 1)
    return found[:limit], len(found) > limit


def sweep(desk: Desk, now: datetime) -> None:
    """Whatever a process of an older version wrote to the journal without a number gets the next one, and is told."""
    more = True
    while more:
        with desk.writing() as work:
            more = work.journal.number_missed(_MANY)
