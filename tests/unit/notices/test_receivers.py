"""Receivers and deliveries: signatures by the book, backoff over a day, one knock while somebody is down."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.adapters.chance import sealer
from uitvoeringsscan.notices.receivers import (
    DOWN,
    Answer,
    Delivery,
    DeliveryState,
    PausedBecause,
    Receiver,
    ReceiverState,
    after_attempt,
    known_types,
    paused,
    resumed,
    secret_of,
    secrets_of,
    signed_headers,
    to_try,
    waiting_again,
)
from uitvoeringsscan.notices.retrying import WAITS, next_try

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SEAL = sealer("een geheim van de installatie")
RECEIVER = Receiver(id="r1", name="R", url="https://r.example/", types=(), state=ReceiverState.ACTIVE, created_at=AT)


def delivery(number: int = 1, **more: object) -> Delivery:
    made = Delivery(
        id=f"r1-{number}", receiver="r1", number=number, type="t", state=DeliveryState.WAITING, created_at=AT, due_at=AT
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_signature_is_what_standard_webhooks_says() -> None:
    """Computed here from the description: HMAC-SHA256 with the decoded secret over `id.timestamp.body`, in base64."""
    key = bytes(range(32))
    secret = "whsec_" + base64.b64encode(key).decode()
    body = '{"a": "é"}'.encode()
    headers = signed_headers("gebeurtenis-7", body, AT, [secret])
    expected = hmac.new(key, b"gebeurtenis-7." + str(int(AT.timestamp())).encode() + b"." + body, hashlib.sha256)
    assert headers == {
        "webhook-id": "gebeurtenis-7",
        "webhook-timestamp": str(int(AT.timestamp())),
        "webhook-signature": "v1," + base64.b64encode(expected.digest()).decode(),
    }


def test_secrets_differ_by_receiver_generation_and_installation() -> None:
    other = replace(RECEIVER, id="r2")
    made = {
        secret_of(RECEIVER, 1, SEAL), secret_of(RECEIVER, 2, SEAL), secret_of(other, 1, SEAL),
        secret_of(RECEIVER, 1, sealer("anders")),
    }  # fmt: skip
    assert len(made) == 4
    assert all(len(base64.b64decode(secret.removeprefix("whsec_"))) == 32 for secret in made)


def test_the_old_secret_signs_for_a_day_beside_the_new_one() -> None:
    rotated = replace(RECEIVER, generation=2, rotated_at=AT)
    first, second = secret_of(RECEIVER, 1, SEAL), secret_of(RECEIVER, 2, SEAL)
    assert secrets_of(RECEIVER, AT, SEAL) == (first,)
    assert secrets_of(rotated, AT + timedelta(hours=23), SEAL) == (second, first)
    assert secrets_of(rotated, AT + timedelta(hours=24), SEAL) == (second,)
    assert signed_headers("i", b"", AT, secrets_of(rotated, AT, SEAL))["webhook-signature"].count("v1,") == 2


def test_retries_go_on_for_more_than_a_day_and_never_faster() -> None:
    assert sum(WAITS, timedelta()) > timedelta(days=1)
    assert list(WAITS) == sorted(WAITS)
    assert [next_try(n, AT) for n in range(1, len(WAITS) + 2)] == [*(AT + wait for wait in WAITS), None]


@pytest.mark.parametrize(
    "answer", [Answer(status=500), Answer(status=301), Answer(status=404), Answer(fault="verbroken")]
)
def test_whatever_is_no_yes_is_tried_again(answer: Answer) -> None:
    receiver, tried, because = after_attempt(RECEIVER, delivery(), answer, AT)
    assert (tried.state, tried.attempts, tried.due_at) == (DeliveryState.WAITING, 1, AT + WAITS[0])
    assert (receiver.failing_since, because) == (AT, None)
    again, done, _ = after_attempt(receiver, tried, Answer(status=204), AT)
    assert (done.state, again.failing_since) == (DeliveryState.DELIVERED, None)


def test_a_receiver_that_stays_down_a_day_is_paused_and_one_that_is_gone_at_once() -> None:
    receiver, tried, because, now = RECEIVER, delivery(), None, AT
    attempts = 0
    while because is None:
        receiver, tried, because = after_attempt(receiver, tried, Answer(fault="geen-verbinding"), now)
        attempts += 1
        assert because is None or now - AT >= DOWN
        now = max(now, tried.due_at)
    assert because is PausedBecause.DOWN
    assert attempts <= len(WAITS) + 1
    assert after_attempt(RECEIVER, delivery(), Answer(status=410), AT)[2] is PausedBecause.GONE


def test_one_message_that_is_refused_pauses_nobody() -> None:
    """Others arrive in between: the one that cannot be taken ends as failed, and the receiver stays active."""
    receiver, poison, now = RECEIVER, delivery(1), AT
    while poison.state is DeliveryState.WAITING:
        receiver, poison, because = after_attempt(receiver, poison, Answer(status=422), now)
        assert because is None
        receiver, _, _ = after_attempt(receiver, delivery(2), Answer(status=200), now)
        now = poison.due_at
    assert poison.state is DeliveryState.FAILED


def test_a_test_is_tried_once_and_says_nothing_about_the_receiver() -> None:
    receiver, tried, because = after_attempt(RECEIVER, delivery(number=None), Answer(status=500), AT)  # type: ignore[arg-type]
    assert (receiver, tried.state, because) == (RECEIVER, DeliveryState.FAILED, None)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=20))
def test_while_it_fails_one_is_tried_and_it_is_one_that_was_tried_least(attempts: list[int]) -> None:
    due = [delivery(number, attempts=many) for number, many in enumerate(attempts, start=1)]
    assert to_try(RECEIVER, due) == due
    chosen = to_try(replace(RECEIVER, failing_since=AT), due)
    assert len(chosen) == 1
    assert chosen[0].attempts == min(attempts)
    assert to_try(paused(RECEIVER, PausedBecause.BY_HAND), due) == ()


def test_pausing_and_resuming() -> None:
    stopped = paused(replace(RECEIVER, failing_since=AT), PausedBecause.DOWN)
    assert (stopped.state, stopped.paused_because) == (ReceiverState.PAUSED, PausedBecause.DOWN)
    assert paused(stopped, PausedBecause.BY_HAND) == stopped
    assert resumed(stopped) == RECEIVER
    assert resumed(RECEIVER) == RECEIVER
    again = waiting_again(delivery(attempts=9, state=DeliveryState.FAILED), AT)
    assert (again.state, again.attempts, again.due_at) == (DeliveryState.WAITING, 0, AT)


def test_all_types_is_the_same_as_none() -> None:
    assert known_types(["b", "a"], ["a", "b"]) == ()
    assert known_types(["b"], ["a", "b"]) == ("b",)
    assert RECEIVER.wants("a")
    assert not replace(RECEIVER, types=("b",)).wants("a")
    assert not replace(RECEIVER, state=ReceiverState.REMOVED).wants("a")
