"""Every kind of work that a transaction can leave behind: who does it, and how often it is tried.

Work is done at least once: a process can die after doing it and before writing down that it did. So every `run` can be done
twice under the same key, and what it sends outside carries a name that follows from that key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from uitvoeringsscan.use_cases import importing, mailing, telling, webhooks
from uitvoeringsscan.use_cases.ports import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of work.

    run         (desk, key, payload); an exception means: try again
    attempts    how often in all; then the work stands as failed until somebody looks at it
    first_wait  before the second attempt; before each next one `factor` times as long. A place in the queue is kept all that
                time, so seconds: what must be tried again after minutes or hours keeps a moment in the database and is found by
                a sweep
    """

    run: Callable[[Desk, str, Mapping[str, object]], None]
    attempts: int = 4
    first_wait: timedelta = timedelta(seconds=1)
    factor: float = 3.0


KINDS: dict[str, Kind] = {
    "announce": Kind(run=telling.announce),
    "mail": Kind(run=mailing.deliver),
    "webhook": Kind(run=webhooks.deliver),
    importing.WORK: Kind(run=importing.run, attempts=1),  # the next turn goes on where this one stopped
}
