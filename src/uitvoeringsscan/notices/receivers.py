"""Who gets events by webhook, what became of each delivery, and how a message is signed (Standard Webhooks).

A receiver's secret is stored nowhere: it is derived from the installation's own (`secret_of`), so it can be shown once and a
copy of the database signs nothing. While a receiver is down one delivery at a time is tried, so that an outage costs a knock
now and then; what waits goes out when it answers again. After a day of silence the receiver is paused, and somebody is told.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from uitvoeringsscan.notices.retrying import next_try

DOWN = timedelta(hours=24)
"""So long without any success, and a receiver is paused."""

BOTH_SECRETS = timedelta(hours=24)
"""After a new secret, messages carry a signature with the old one too for this long."""

GONE = 410
"""The receiver says that this address is given up."""


class ReceiverState(StrEnum):
    ACTIVE = "actief"
    PAUSED = "gepauzeerd"
    REMOVED = "verwijderd"


class PausedBecause(StrEnum):
    BY_HAND = "met-de-hand"
    DOWN = "onbereikbaar"
    GONE = "opgezegd"


class DeliveryState(StrEnum):
    WAITING = "wacht"
    DELIVERED = "afgeleverd"
    FAILED = "mislukt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """
    types          what it wants; empty: everything
    generation     which of its secrets is in use, from 1
    rotated_at     when the secret before it was replaced
    failing_since  the first failure since the last success; None: the last delivery was fine
    """

    id: str
    name: str
    url: str
    types: tuple[str, ...]
    state: ReceiverState
    created_at: datetime
    generation: int = 1
    rotated_at: datetime | None = None
    paused_because: PausedBecause | None = None
    failing_since: datetime | None = None

    def wants(self, kind: str) -> bool:
        return self.state is not ReceiverState.REMOVED and (not self.types or kind in self.types)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event for one receiver. `number` is the public event's; None for a test.

    id       `<receiver>-<number>`: made once
    due_at   when it is tried next, while it waits
    status   what the receiver answered last; None when it could not be reached, and `fault` says why
    """

    id: str
    receiver: str
    number: int | None
    type: str
    state: DeliveryState
    created_at: datetime
    due_at: datetime
    attempts: int = 0
    last_at: datetime | None = None
    status: int | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one attempt: the status, or why there was none (a code of `presentation.labels.FAULTS`)."""

    status: int | None = None
    fault: str | None = None

    @property
    def accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def delivery_id(receiver: str, number: int) -> str:
    return f"{receiver}-{number}"


def after_attempt(
    receiver: Receiver, delivery: Delivery, answer: Answer, now: datetime
) -> tuple[Receiver, Delivery, PausedBecause | None]:
    """Where both stand after an attempt, and why the receiver must be paused, if it must."""
    tried = replace(delivery, attempts=delivery.attempts + 1, last_at=now, status=answer.status, fault=answer.fault)
    if answer.accepted:
        done = replace(tried, state=DeliveryState.DELIVERED)
        return replace(receiver, failing_since=None), done, None
    if delivery.number is None:  # a test is tried once: whoever sent it is watching
        return receiver, replace(tried, state=DeliveryState.FAILED), None
    failing = replace(receiver, failing_since=receiver.failing_since or now)
    again = next_try(tried.attempts, now)
    tried = replace(tried, due_at=again) if again else replace(tried, state=DeliveryState.FAILED)
    if receiver.state is not ReceiverState.ACTIVE:
        return failing, tried, None
    if answer.status == GONE:
        return failing, tried, PausedBecause.GONE
    silent = failing.failing_since is not None and now - failing.failing_since >= DOWN
    return failing, tried, PausedBecause.DOWN if silent else None


def paused(receiver: Receiver, because: PausedBecause) -> Receiver:
    if receiver.state is not ReceiverState.ACTIVE:
        return receiver
    return replace(receiver, state=ReceiverState.PAUSED, paused_because=because)


def resumed(receiver: Receiver) -> Receiver:
    if receiver.state is not ReceiverState.PAUSED:
        return receiver
    return replace(receiver, state=ReceiverState.ACTIVE, paused_because=None, failing_since=None)


def waiting_again(delivery: Delivery, now: datetime) -> Delivery:
    """From the start: as often as the first time, beginning now."""
    return replace(delivery, state=DeliveryState.WAITING, attempts=0, due_at=now, last_at=None, status=None, fault=None)


def to_try(receiver: Receiver, due: Sequence[Delivery]) -> Sequence[Delivery]:
    """Which of the deliveries that are due go out now: all of them; one, while the receiver fails.

    The one that was tried least goes first, so that a message which this receiver cannot take holds up no other.
    """
    if receiver.state is not ReceiverState.ACTIVE:
        return ()
    if receiver.failing_since is None:
        return due
    return sorted(due, key=lambda one: (one.attempts, one.number or 0))[:1]


def secret_of(receiver: Receiver, generation: int, seal: Callable[[str], str]) -> str:
    """`whsec_...`, as Standard Webhooks writes a secret: 256 bits out of the installation's own."""
    key = bytes.fromhex(seal(f"webhook:{receiver.id}:{generation}"))
    return "whsec_" + base64.b64encode(key).decode()


def secrets_of(receiver: Receiver, now: datetime, seal: Callable[[str], str]) -> tuple[str, ...]:
    """Those that sign now: the newest, and for a while the one before it."""
    generations = [receiver.generation]
    if receiver.rotated_at is not None and now - receiver.rotated_at < BOTH_SECRETS:
        generations.append(receiver.generation - 1)
    return tuple(secret_of(receiver, one, seal) for one in generations)


def signed_headers(identifier: str, body: bytes, at: datetime, secrets: Iterable[str]) -> dict[str, str]:
    """The three headers of Standard Webhooks: HMAC-SHA256 over id, moment and body as they go over the line."""
    moment = str(int(at.timestamp()))
    content = b".".join((identifier.encode(), moment.encode(), body))
    return {
        "webhook-id": identifier,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(_signature(secret, content) for secret in secrets),
    }


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def known_types(types: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    """The types asked for in a fixed order; all of them is the same as none."""
    chosen = tuple(kind for kind in known if kind in types)
    return () if len(chosen) == len(known) else chosen
