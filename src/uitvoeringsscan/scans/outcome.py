"""What became of an amendment in the House: taken over, adopted, rejected, withdrawn or held over, and when.

Not a step on the scan's own road: a scan can be published before or after it, and nothing that was published changes by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MAX_SOURCE = 300


class OutcomeKind(StrEnum):
    """`overgenomen`: nobody objected, so the bill changed at once and there is no vote."""

    TAKEN_OVER = "overgenomen"
    ADOPTED = "aangenomen"
    REJECTED = "verworpen"
    WITHDRAWN = "ingetrokken"
    HELD_OVER = "aangehouden"


ACCEPTED = frozenset({OutcomeKind.TAKEN_OVER, OutcomeKind.ADOPTED})
"""It is in the bill: the estimates can be held against what really came of it."""

DROPPED = frozenset({OutcomeKind.REJECTED, OutcomeKind.WITHDRAWN})
"""It will not be executed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteOutcome:
    """`at` is when the House decided; `source` says where that was read."""

    kind: OutcomeKind
    at: datetime
    source: str
