"""When a mail may leave: gathered for a while, within office hours, and at once when the vote is hours away."""

from __future__ import annotations

from datetime import datetime, timedelta

from uitvoeringsscan.scans.working_time import next_open

GATHER = timedelta(minutes=10)
"""What comes within this time goes out in one mail."""

AT_ONCE = timedelta(hours=8)
"""With less than this before the vote nothing waits, whatever the hour."""

ROOM = timedelta(hours=24)
"""A mail that waits for the office to open must still arrive this long before the vote, or it does not wait."""


def send_at(now: datetime, vote: datetime | None) -> datetime:
    """The moment from which a notice may leave."""
    ahead = vote is not None and vote > now
    if vote is not None and ahead and vote - now <= AT_ONCE:
        return now
    gathered = now + GATHER
    open_at = next_open(gathered)
    if vote is not None and ahead and open_at > gathered and vote - open_at < ROOM:
        return gathered
    return open_at
