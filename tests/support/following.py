"""Somebody who reads the public events along with a cursor."""

from __future__ import annotations

import threading

from uitvoeringsscan.use_cases import public_events
from uitvoeringsscan.use_cases.ports import Desk


def follow(desk: Desk, stop: threading.Event, seen: list[int]) -> None:
    """Notes the number of every event that comes, three at a time, until `stop` is set and nothing more came since."""
    cursor = 0
    while True:
        last_round = stop.is_set()
        found, _ = public_events.after(desk, cursor, 3)
        for event in found:
            seen.append(event.number)
            cursor = event.number
        if last_round and not found:
            return
