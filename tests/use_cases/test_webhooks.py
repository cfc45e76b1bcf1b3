"""Receivers get each public event, signed, with the same id however often; an outage loses nothing and is seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.desk import ADMIN, COORDINATOR, SUBMITTER, VOTE, World, of_role, together
from tests.support.outside import Outside, with_outside
from tests.support.receiver import ReceiverThere, receiver, signature_holds
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Unauthenticated, WrongState
from uitvoeringsscan.notices.cloud_events import TYPES
from uitvoeringsscan.notices.kinds import Kind
from uitvoeringsscan.notices.receivers import DeliveryState, PausedBecause, Receiver, ReceiverState
from uitvoeringsscan.notices.retrying import LEASE, WAITS
from uitvoeringsscan.people.people import NOBODY, Role
from uitvoeringsscan.use_cases import reacting, submitting, vote_moves, webhooks


@pytest.fixture
def outside(world: World) -> Outside:
    return with_outside(world)


@pytest.fixture
def small_outside(small: World) -> Outside:
    return with_outside(small)


@pytest.fixture
def there() -> Iterator[ReceiverThere]:
    with receiver() as found:
        yield found


def added(outside: Outside, there: ReceiverThere, *types: str) -> tuple[Receiver, str]:
    return webhooks.add(outside.world.desk, COORDINATOR, name="Griffie", url=there.url, types=types)


def stands(outside: Outside, one: Receiver) -> Receiver:
    return webhooks.log(outside.world.desk, COORDINATOR, one.id).receiver


def states(outside: Outside, one: Receiver) -> list[DeliveryState]:
    return [delivery.state for delivery in reversed(webhooks.log(outside.world.desk, COORDINATOR, one.id).deliveries)]


def test_the_road_of_a_scan_arrives_signed_in_order_and_once(outside: Outside, there: ReceiverThere) -> None:
    one, secret = added(outside, there)
    scan = outside.world.published("uwv")
    outside.look()
    outside.look()
    events = [got.event for got in there.got]
    assert [event["type"] for event in events] == [
        TYPES[name] for name in ("ScanSubmitted", "ScanRouted", "ScanAssessed", "ScanPublished")
    ]
    assert [event["sequence"] for event in events] == ["1", "2", "3", "4"]
    for got in there.got:
        assert signature_holds(got, secret)
        assert not signature_holds(got, "whsec_" + "A" * 43 + "=")
        assert not signature_holds(replace(got, body=got.body + b" "), secret)
        assert got.headers["webhook-id"] == got.event["id"]
        assert got.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
        assert got.event["subject"] == scan
    assert set(there.ids.values()) == {1}
    assert states(outside, one) == [DeliveryState.DELIVERED] * 4


def test_an_event_is_a_cloud_event_in_the_dutch_profile(small_outside: Outside, there: ReceiverThere) -> None:
    added(small_outside, there)
    scan = small_outside.world.published("uwv")
    vote_moves.move_vote(small_outside.world.desk, COORDINATOR, scan, None, None)
    small_outside.look()
    by_type = {got.event["type"]: got.event for got in there.got}
    published = by_type["nl.uitvoeringsscan.publicatie-verschenen"]
    assert published == {
        "specversion": "1.0",
        "id": "gebeurtenis-4",
        "source": "urn:nld:voorbeeld.uitvoeringsscan",
        "type": "nl.uitvoeringsscan.publicatie-verschenen",
        "subject": scan,
        "time": "2026-11-30T08:00:00.000Z",
        "datacontenttype": "application/json",
        "dataref": f"https://scan.example/api/v1/publicaties/{scan}-v1",
        "sequence": "4",
        "sequencetype": "Integer",
        "data": {"scan": scan, "publicatie": f"{scan}-v1"},
    }
    assert by_type["nl.uitvoeringsscan.stemming-verzet"]["data"] == {"scan": scan, "stemming": None}
    for event in by_type.values():
        assert all(name.isascii() and name.isalnum() and name.islower() and len(name) <= 20 for name in event)


def test_a_reaction_that_was_published_is_told_to_people_and_machines(outside: Outside, there: ReceiverThere) -> None:
    added(outside, there, "nl.uitvoeringsscan.reactie-verschenen")
    scan = outside.world.published("uwv")
    outside.pass_time(minutes=11)
    outside.mail.letters.clear()
    reacting.react(outside.world.desk, SUBMITTER, scan, None, "Wij passen het amendement aan.")
    outside.pass_time(minutes=11)
    (got,) = there.got
    assert got.event["data"] == {"scan": scan, "publicatie": f"{scan}-v1"}
    assert got.event["dataref"].endswith(f"/api/v1/publicaties/{scan}-v1")
    told = {letter.name for letter in outside.mail.letters}
    assert told == {"behandelaar-uwv", "vaststeller-uwv", "coordinator", "tweede-coordinator"}
    assert not any("passen" in words.text for words in outside.mail.words)


def test_a_receiver_gets_only_what_it_asked_for(small_outside: Outside, there: ReceiverThere) -> None:
    one, _ = added(small_outside, there, TYPES["ScanPublished"])
    small_outside.world.published("uwv")
    small_outside.look()
    assert [got.event["type"] for got in there.got] == [TYPES["ScanPublished"]]
    assert stands(small_outside, one).types == (TYPES["ScanPublished"],)


def test_what_fails_is_tried_again_later_under_the_same_id(outside: Outside, there: ReceiverThere) -> None:
    one, _ = added(outside, there)
    there.answers = [500, 503, 302]
    outside.world.submitted()
    outside.look()
    assert states(outside, one) == [DeliveryState.WAITING]
    assert stands(outside, one).failing_since == outside.world.clock.at
    for wait in WAITS[:3]:
        outside.pass_time(seconds=wait.total_seconds() - 1)
        seen = len(there.got)
        outside.pass_time(seconds=1)
        assert len(there.got) == seen + 1
    assert [got.answered for got in there.got] == [500, 503, 302, 204]
    assert {got.headers["webhook-id"] for got in there.got} == {"gebeurtenis-1"}
    assert len({got.headers["webhook-timestamp"] for got in there.got}) == 4, "signed anew each time"
    assert states(outside, one) == [DeliveryState.DELIVERED]
    assert stands(outside, one).failing_since is None


def test_while_a_receiver_is_down_one_knocks_and_then_all_come_in_order(outside: Outside, there: ReceiverThere) -> None:
    one, _ = added(outside, there)
    there.answers = [500] * 1000
    outside.world.submitted(paper_number="19")
    outside.look()
    for number in range(20, 30):
        outside.world.submitted(paper_number=str(number))
    for _ in range(4):
        outside.pass_time(minutes=1)
    assert len(there.got) <= 7, "the first, perhaps one beside it, and one at each look"
    there.answers.clear()
    outside.pass_time(minutes=31)
    outside.pass_time(seconds=1)
    assert states(outside, one) == [DeliveryState.DELIVERED] * 11
    assert set(there.ids.values()) == {1}
    assert len(there.ids) == 11


def test_a_day_without_an_answer_pauses_it_and_tells_who_looks_after_it(outside: Outside, there: ReceiverThere) -> None:
    one, _ = added(outside, there)
    there.answers = [500] * 1000
    outside.world.submitted(paper_number="14")
    for _ in range(30):
        outside.pass_time(hours=1)
    assert (stands(outside, one).state, stands(outside, one).paused_because) == (
        ReceiverState.PAUSED,
        PausedBecause.DOWN,
    )
    assert len(there.got) <= len(WAITS) + 1
    outside.world.submitted(paper_number="15")
    outside.pass_time(days=1)
    told = [item for letter in outside.mail.to("beheerder") for item in letter.items]
    assert [(item.kind, item.place) for item in told] == [(Kind.RECEIVER_PAUSED, f"/ontvangers/{one.id}")]
    knocks = len(there.got)
    outside.pass_time(days=2)
    assert len(there.got) == knocks, "a paused receiver is left alone"
    there.answers.clear()
    webhooks.resume(outside.world.desk, COORDINATOR, one.id)
    outside.look()
    assert states(outside, one) == [DeliveryState.DELIVERED] * 2
    assert set(there.ids) == {"gebeurtenis-1", "gebeurtenis-2"}
    assert outside.world.desk.now() > VOTE - timedelta(days=5)


def test_gone_is_gone(small_outside: Outside, there: ReceiverThere) -> None:
    one, _ = added(small_outside, there)
    there.answers = [410]
    small_outside.world.submitted()
    small_outside.look()
    assert stands(small_outside, one).paused_because is PausedBecause.GONE


def test_one_that_cannot_be_reached_holds_up_no_other(small_outside: Outside, there: ReceiverThere) -> None:
    desk = small_outside.world.desk
    dead, _ = webhooks.add(desk, COORDINATOR, name="Weg", url="http://127.0.0.1:9/", types=())
    one, _ = added(small_outside, there)
    small_outside.world.published("uwv")
    small_outside.look()
    assert states(small_outside, one) == [DeliveryState.DELIVERED] * 4
    assert set(states(small_outside, dead)) == {DeliveryState.WAITING}
    assert stands(small_outside, dead).failing_since is not None


def test_pausing_and_resuming_by_hand_loses_nothing(small_outside: Outside, there: ReceiverThere) -> None:
    desk = small_outside.world.desk
    one, _ = added(small_outside, there)
    webhooks.pause(desk, ADMIN, one.id)
    small_outside.world.published("uwv")
    small_outside.pass_time(days=3)
    assert there.got == []
    assert stands(small_outside, one).paused_because is PausedBecause.BY_HAND
    webhooks.resume(desk, ADMIN, one.id)
    small_outside.look()
    assert [got.event["sequence"] for got in there.got] == ["1", "2", "3", "4"]


def test_replaying_one_and_since_a_moment_keeps_the_ids(outside: Outside, there: ReceiverThere) -> None:
    desk, clock = outside.world.desk, outside.world.clock
    outside.world.submitted(paper_number="13")  # before there was anybody to receive it
    clock.forward(hours=1)
    outside.look()
    one, _ = added(outside, there)
    middle = clock.at
    outside.world.submitted(paper_number="14")
    clock.forward(hours=1)
    outside.world.submitted(paper_number="15")
    outside.look()
    assert there.ids == {"gebeurtenis-2": 1, "gebeurtenis-3": 1}
    clock.forward(minutes=1)
    webhooks.replay(desk, COORDINATOR, one.id, f"{one.id}-2")
    outside.look()
    assert there.ids == {"gebeurtenis-2": 2, "gebeurtenis-3": 1}
    clock.forward(minutes=1)
    assert webhooks.replay_since(desk, COORDINATOR, one.id, middle) == 2
    outside.look()
    assert there.ids == {"gebeurtenis-2": 3, "gebeurtenis-3": 2}
    clock.forward(minutes=1)
    assert webhooks.replay_since(desk, COORDINATOR, one.id, middle - timedelta(days=1)) == 3
    outside.look()
    assert there.ids == {"gebeurtenis-1": 1, "gebeurtenis-2": 4, "gebeurtenis-3": 3}
    for strange in ("", "onbekend", "x-1"):
        with pytest.raises(NotFound):
            webhooks.replay(desk, COORDINATOR, one.id, strange)


def test_a_replay_that_is_too_much_is_refused(
    small_outside: Outside, there: ReceiverThere, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = added(small_outside, there)
    for number in ("14", "15", "16"):
        small_outside.world.submitted(paper_number=number)
    monkeypatch.setattr(webhooks, "_REPLAYED", 2)
    with pytest.raises(WrongState):
        webhooks.replay_since(small_outside.world.desk, COORDINATOR, one.id, small_outside.world.clock.at)


def test_trying_it_out_says_what_came_of_it(small_outside: Outside, there: ReceiverThere) -> None:
    desk = small_outside.world.desk
    one, secret = added(small_outside, there)
    there.answers = [200, 500]
    good, bad = (webhooks.try_out(desk, COORDINATOR, one.id) for _ in range(2))
    assert (good.state, good.status) == (DeliveryState.DELIVERED, 200)
    assert (bad.state, bad.status) == (DeliveryState.FAILED, 500)
    assert stands(small_outside, one).failing_since is None
    assert there.got[0].event["type"] == "nl.uitvoeringsscan.proef"
    assert signature_holds(there.got[0], secret)
    assert len(there.ids) == 1
    small_outside.pass_time(days=1)
    assert len(there.got) == 2, "a test is not tried again"
    with pytest.raises(NotFound):
        webhooks.replay(desk, COORDINATOR, one.id, bad.id)


def test_a_new_secret_takes_over_with_a_day_for_both(small_outside: Outside, there: ReceiverThere) -> None:
    desk = small_outside.world.desk
    one, first = added(small_outside, there)
    second = webhooks.rotate(desk, COORDINATOR, one.id)
    assert second != first
    webhooks.try_out(desk, COORDINATOR, one.id)
    assert signature_holds(there.got[-1], first)
    assert signature_holds(there.got[-1], second)
    small_outside.world.clock.forward(hours=25)
    webhooks.try_out(desk, COORDINATOR, one.id)
    assert not signature_holds(there.got[-1], first)
    assert signature_holds(there.got[-1], second)


def test_the_secret_is_kept_nowhere(outside: Outside, there: ReceiverThere) -> None:
    one, secret = added(outside, there)
    webhooks.try_out(outside.world.desk, COORDINATOR, one.id)
    assert secret not in repr(outside.world.contents())
    assert secret.removeprefix("whsec_") not in repr(outside.world.contents())


def test_a_removed_receiver_gets_nothing_more(small_outside: Outside, there: ReceiverThere) -> None:
    desk = small_outside.world.desk
    one, _ = added(small_outside, there)
    there.answers = [500]
    small_outside.world.submitted(paper_number="14")
    small_outside.look()
    webhooks.remove(desk, COORDINATOR, one.id)
    small_outside.world.submitted(paper_number="15")
    small_outside.pass_time(days=1)
    assert len(there.got) == 1
    assert webhooks.every(desk, COORDINATOR)[0] == []
    with pytest.raises(NotFound):
        webhooks.log(desk, COORDINATOR, one.id)


def test_an_attempt_of_which_nothing_was_heard_is_made_again(small_outside: Outside, there: ReceiverThere) -> None:
    """A worker died after sending, before it was written down: it is sent again, under the same id."""
    world = small_outside.world
    added(small_outside, there)
    world.submitted()
    world.work_off()
    with world.desk.writing() as work:  # as if the answer had never been written down
        (delivery,) = list(work.deliveries.page(webhooks.every(world.desk, ADMIN)[0][0].id, None, 9))
        work.deliveries.save(
            replace(delivery, state=DeliveryState.WAITING, attempts=0, due_at=world.clock.at + LEASE, status=None)
        )
    small_outside.pass_time(seconds=LEASE.total_seconds() - 1)
    assert len(there.got) == 1
    small_outside.pass_time(seconds=1)
    assert there.ids == {"gebeurtenis-1": 2}


def test_sweeping_and_delivering_at_the_same_moment(outside: Outside, there: ReceiverThere) -> None:
    """Two sweeps, and each piece of work done twice at once: nothing is lost, and what is written down stays true."""
    one, _ = added(outside, there)
    there.answers = [500]
    for number in range(20, 24):
        outside.world.submitted(paper_number=str(number))
    outside.world.work_off()
    outside.world.clock.forward(hours=1)
    desk, now = outside.world.desk, outside.world.clock.at
    results = together(*(lambda: webhooks.sweep(desk, now) for _ in range(3)))
    jobs = outside.world.enqueued("webhook")
    results += together(*(lambda j=job: webhooks.deliver(desk, j[1], j[2]) for job in jobs for _ in range(2)))
    assert [result for result in results if result is not None] == []
    outside.pass_time(minutes=1)
    outside.pass_time(minutes=11)
    assert states(outside, one) == [DeliveryState.DELIVERED] * 4
    assert set(there.ids) == {f"gebeurtenis-{number}" for number in range(1, 5)}


@pytest.mark.parametrize(
    ("name", "url", "types", "places"),
    [
        ("", "https://127.0.0.2/", (), {"naam", "adres"}),
        ("N", "http://voorbeeld.example/", (), {"adres"}),
        ("N", "https://10.0.0.1/", (), {"adres"}),
        ("N", "geen adres", (), {"adres"}),
        ("N\0", "x" * 1001, ("nl.niets",), {"naam", "adres", "gebeurtenis"}),
    ],
)
def test_what_cannot_be_added(
    small_outside: Outside, name: str, url: str, types: tuple[str, ...], places: set[str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        webhooks.add(small_outside.world.desk, COORDINATOR, name=name, url=url, types=types)
    assert {problem.field for problem in refused.value.problems} == places
    assert small_outside.world.counts()["receivers"] == 0


@pytest.mark.parametrize("role", Role)
def test_for_coordinators_and_administrators_alone(small_outside: Outside, there: ReceiverThere, role: Role) -> None:
    desk, who = small_outside.world.desk, of_role(role)
    one, _ = added(small_outside, there)
    steps = (
        lambda actor: webhooks.every(desk, actor), lambda actor: webhooks.log(desk, actor, one.id),
        lambda actor: webhooks.add(desk, actor, name="N", url=there.url, types=()),
        lambda actor: webhooks.try_out(desk, actor, one.id), lambda actor: webhooks.rotate(desk, actor, one.id),
        lambda actor: webhooks.replay_since(desk, actor, one.id, desk.now()),
        lambda actor: webhooks.pause(desk, actor, one.id), lambda actor: webhooks.resume(desk, actor, one.id),
        lambda actor: webhooks.remove(desk, actor, one.id),
    )  # fmt: skip
    for step in steps:
        with pytest.raises(Unauthenticated):
            step(NOBODY)
        if role in (Role.COORDINATOR, Role.ADMIN):
            step(who)
        else:
            with pytest.raises(Forbidden):
                step(who)


def test_nothing_of_a_confidential_scan_goes_out_until_it_is_disclosed(outside: Outside, there: ReceiverThere) -> None:
    added(outside, there)
    desk = outside.world.desk
    scan = outside.world.assessed("uwv", confidential=True, paper_number=None)
    vote_moves.move_vote(desk, COORDINATOR, scan, None, VOTE + timedelta(days=1))
    outside.world.submitted(draft=True, paper_number="77")
    outside.look()
    assert there.got == []
    submitting.disclose_scan(desk, SUBMITTER, scan, None, "14")
    outside.world.publish(scan)
    outside.pass_time(days=1)
    assert [(got.event["type"], got.event["sequence"]) for got in there.got] == [
        (TYPES["ScanDisclosed"], "1"),
        (TYPES["ScanPublished"], "2"),
    ], "what happened before stays untold, and is not even counted"
    assert json.loads(there.got[0].body)["data"] == {"scan": scan}
