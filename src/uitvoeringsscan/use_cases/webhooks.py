"""Other systems that get public events: adding them, trying them, pausing, replaying; and each delivery itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.errors import InvalidInput, NotFound, Problem, WrongState
from uitvoeringsscan.events import (
    Event,
    ReceiverAdded,
    ReceiverPaused,
    ReceiverRemoved,
    ReceiverResumed,
    ReceiverRotated,
)
from uitvoeringsscan.notices import cloud_events, receivers
from uitvoeringsscan.notices.cloud_events import PublicEvent
from uitvoeringsscan.notices.receivers import (
    Answer,
    Delivery,
    DeliveryState,
    PausedBecause,
    Receiver,
    ReceiverState,
    delivery_id,
)
from uitvoeringsscan.notices.retrying import LEASE
from uitvoeringsscan.people.people import SERVICE, Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.ports import Desk, Work

_MANY = 200
_REPLAYED = 5000
MAX_URL = 1000
PAGE = 50


# --- looking ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """One receiver with a page of its deliveries, the newest first. `following` is where the next page starts."""

    receiver: Receiver
    deliveries: Sequence[Delivery]
    following: str | None


def every(desk: Desk, actor: Actor) -> tuple[Sequence[Receiver], Mapping[str, Mapping[str, int]]]:
    """The receivers, and of each how many deliveries stand where."""
    _may(actor)
    with desk.reading() as work:
        return work.receivers.every(), work.deliveries.counts()


def log(desk: Desk, actor: Actor, identifier: str, before: str | None = None) -> Log:
    _may(actor)
    with desk.reading() as work:
        receiver = _there(work.receivers.get(identifier))
        last = work.deliveries.get(before) if before else None
        place = (last.created_at, last.id) if last else None
        found = work.deliveries.page(receiver.id, place, PAGE + 1)
    more = len(found) > PAGE
    return Log(receiver=receiver, deliveries=found[:PAGE], following=found[PAGE - 1].id if more else None)


# --- changing ---


def add(desk: Desk, actor: Actor, *, name: str, url: str, types: Collection[str]) -> tuple[Receiver, str]:
    """A receiver and its secret; the secret is given here, and can be replaced but not be read again."""
    _may(actor)
    name, url = name.strip(), url.strip()
    problems = [*text_problems("naam", name, 200), *_url_problems(desk, url)]
    if not name:
        problems.append(Problem(code="verplicht", field="naam", message="Vul een naam in."))
    if strange := [one for one in types if one not in cloud_events.TYPES.values()]:
        message = f"Deze gebeurtenis kennen we niet: {strange[0][:80]}."
        problems.append(Problem(code="onbekende-gebeurtenis", field="gebeurtenis", message=message))
    if problems:
        raise InvalidInput(problems)
    receiver = Receiver(
        id=desk.token()[:22],
        name=name,
        url=url,
        types=receivers.known_types(types, cloud_events.TYPES.values()),
        state=ReceiverState.ACTIVE,
        created_at=desk.now(),
    )
    with desk.writing() as work:
        work.receivers.add(receiver)
        work.journal.add(actor, ReceiverAdded(receiver=receiver.id), desk.now())
    return receiver, receivers.secret_of(receiver, receiver.generation, desk.seal)


def _url_problems(desk: Desk, url: str) -> list[Problem]:
    problems = list(text_problems("adres", url, MAX_URL))
    if not problems and (code := desk.post.check(url)) is not None:
        problems.append(Problem(code=code, field="adres", message=_ADDRESS[code]))
    return problems


_ADDRESS = {
    "geen-adres": "Dit is geen webadres. Begin met https://.",
    "niet-versleuteld": "Het adres moet met https:// beginnen: gebeurtenissen gaan alleen versleuteld over de lijn.",
    "niet-toegestaan": "Dit adres ligt in een eigen of afgesloten netwerk. Daar sturen we niets heen.",
    "onbekende-naam": "Deze naam kunnen we niet vinden. Klopt het adres?",
}


def pause(desk: Desk, actor: Actor, identifier: str) -> Receiver:
    """Nothing goes out until somebody resumes it; what happens meanwhile waits."""
    _may(actor)
    with desk.writing() as work:
        receiver = _there(work.receivers.lock(identifier))
        changed = receivers.paused(receiver, PausedBecause.BY_HAND)
        return _save(desk, work, actor, receiver, changed, _paused_event(changed))


def resume(desk: Desk, actor: Actor, identifier: str) -> Receiver:
    """Everything that waited or failed goes out, in the order in which it happened."""
    _may(actor)
    now = desk.now()
    with desk.writing() as work:
        receiver = _there(work.receivers.lock(identifier))
        changed = receivers.resumed(receiver)
        if changed != receiver:
            for one in work.deliveries.unfinished(receiver.id):
                work.deliveries.save(receivers.waiting_again(one, now))
        return _save(desk, work, actor, receiver, changed, ReceiverResumed(receiver=receiver.id))


def rotate(desk: Desk, actor: Actor, identifier: str) -> str:
    """A new secret, given here; for a day messages carry a signature with the old one as well."""
    _may(actor)
    with desk.writing() as work:
        receiver = _there(work.receivers.lock(identifier))
        changed = replace(receiver, generation=receiver.generation + 1, rotated_at=desk.now())
        _save(desk, work, actor, receiver, changed, ReceiverRotated(receiver=receiver.id))
    return receivers.secret_of(changed, changed.generation, desk.seal)


def remove(desk: Desk, actor: Actor, identifier: str) -> None:
    _may(actor)
    with desk.writing() as work:
        receiver = _there(work.receivers.lock(identifier))
        changed = replace(receiver, state=ReceiverState.REMOVED)
        _save(desk, work, actor, receiver, changed, ReceiverRemoved(receiver=receiver.id))


def try_out(desk: Desk, actor: Actor, identifier: str) -> Delivery:
    """A test message, sent now; what came of it is in the answer and in the log. A paused receiver can be tried too."""
    _may(actor)
    now = desk.now()
    with desk.reading() as work:
        receiver = _there(work.receivers.get(identifier))
    delivery = Delivery(
        id=f"proef-{desk.token()[:22]}",
        receiver=receiver.id,
        number=None,
        type=cloud_events.TEST,
        state=DeliveryState.WAITING,
        created_at=now,
        due_at=now,
    )
    answer = _send(desk, receiver, delivery.id, cloud_events.test_to_wire(delivery.id, now, desk.source))
    _, tried, _ = receivers.after_attempt(receiver, delivery, answer, desk.now())
    with desk.writing() as work:
        work.deliveries.add(tried)
    return tried


def replay(desk: Desk, actor: Actor, identifier: str, delivery: str) -> None:
    """Send one again, with the same id; also one that arrived."""
    _may(actor)
    with desk.writing() as work:
        receiver = _there(work.receivers.lock(identifier))
        found = work.deliveries.get(delivery)
        if found is None or found.receiver != receiver.id or found.number is None:
            raise NotFound("Deze bezorging is er niet.")
        _begin_again(desk, work, receiver, found)


def replay_since(desk: Desk, actor: Actor, identifier: str, moment: datetime) -> int:
    """Send everything again that happened at or after a moment, with the same ids; how many that is. What this receiver
    never got, because it came later, goes out too. WrongState when that is more than can be begun at once."""
    _may(actor)
    with desk.writing() as work:
        receiver = _there(work.receivers.lock(identifier))
        found = [one for one in work.public_events.since(moment, _REPLAYED + 1) if receiver.wants(one.type)]
        if len(found) > _REPLAYED:
            raise WrongState(f"Dat zijn meer dan {_REPLAYED} gebeurtenissen. Kies een later moment, of lees de reeks.")
        for event in found:
            delivery = work.deliveries.get(delivery_id(receiver.id, event.number))
            _begin_again(desk, work, receiver, delivery or _new(receiver, event, desk.now()))
    return len(found)


def _new(receiver: Receiver, event: PublicEvent, now: datetime) -> Delivery:
    return Delivery(
        id=delivery_id(receiver.id, event.number),
        receiver=receiver.id,
        number=event.number,
        type=event.type,
        state=DeliveryState.WAITING,
        created_at=now,
        due_at=now,
    )


def _begin_again(desk: Desk, work: Work, receiver: Receiver, delivery: Delivery) -> None:
    """Due now: the next sweep takes it along."""
    again = receivers.waiting_again(delivery, desk.now())
    if not work.deliveries.add(again):
        work.deliveries.save(again)


def _save(desk: Desk, work: Work, actor: Actor, before: Receiver, after: Receiver, event: Event) -> Receiver:
    if after != before:
        work.receivers.save(after)
        work.journal.add(actor, event, desk.now())
    return after


def _paused_event(receiver: Receiver) -> ReceiverPaused:
    because = receiver.paused_because
    return ReceiverPaused(receiver=receiver.id, because=because.value if because else "")


def _there(receiver: Receiver | None) -> Receiver:
    if receiver is None or receiver.state is ReceiverState.REMOVED:
        raise NotFound("Deze ontvanger is er niet.")
    return receiver


def _may(actor: Actor) -> None:
    known(actor)
    require(actor, Action.MANAGE_RECEIVERS)


# --- delivering ---


def deliver(desk: Desk, key: str, payload: Mapping[str, object]) -> None:
    """One attempt at one delivery. Whatever comes of it is written down; when to try again is `sweep`'s."""
    with desk.reading() as work:
        delivery = work.deliveries.get(str(payload["delivery"]))
        if delivery is None or delivery.state is not DeliveryState.WAITING or delivery.number is None:
            return
        receiver = work.receivers.get(delivery.receiver)
        event = work.public_events.get(delivery.number)
    if receiver is None or event is None or receiver.state is not ReceiverState.ACTIVE:
        return
    identifier = cloud_events.event_id(event.number)
    answer = _send(desk, receiver, identifier, cloud_events.to_wire(event, desk.source, desk.address))
    _write_down(desk, delivery, answer)


def _send(desk: Desk, receiver: Receiver, identifier: str, content: Mapping[str, object]) -> Answer:
    """Signed at this moment. The id stays the same however often it is sent."""
    now = desk.now()
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "content-type": cloud_events.MEDIA_TYPE,
        **receivers.signed_headers(identifier, body, now, receivers.secrets_of(receiver, now, desk.seal)),
    }
    return desk.post.send(receiver.url, headers, body)


def _write_down(desk: Desk, seen: Delivery, answer: Answer) -> None:
    """What came of an attempt; unless another attempt at the same delivery was written down meanwhile."""
    now = desk.now()
    with desk.writing() as work:
        receiver, delivery = work.receivers.lock(seen.receiver), work.deliveries.get(seen.id)
        if receiver is None or delivery is None:
            return
        if delivery.state is not DeliveryState.WAITING or delivery.attempts != seen.attempts:
            return
        after, tried, because = receivers.after_attempt(receiver, delivery, answer, now)
        work.deliveries.save(tried)
        if because is not None:
            after = receivers.paused(after, because)
            work.journal.add(SERVICE, _paused_event(after), now)
        if after != receiver:
            work.receivers.save(after)
        if receiver.failing_since is not None and after.failing_since is None:
            work.deliveries.hurry(receiver.id, now)  # it answers again: nothing else of it is under way


def sweep(desk: Desk, now: datetime) -> None:
    """Every delivery whose next attempt is due is begun: all of a receiver that answers, one of a receiver that does not."""
    with desk.reading() as work:
        found = work.receivers.every()
        due = {one.id: work.deliveries.due(one.id, now, _MANY) for one in found if one.state is ReceiverState.ACTIVE}
    for receiver in found:
        for one in receivers.to_try(receiver, due.get(receiver.id, ())):
            with desk.writing() as work:
                work.receivers.lock(receiver.id)  # or an attempt that ends now would be written over
                delivery = work.deliveries.get(one.id)
                if delivery is None or delivery.state is not DeliveryState.WAITING or delivery.due_at > now:
                    continue
                work.deliveries.save(replace(delivery, due_at=now + LEASE))
                key = f"webhook-{delivery.id}-{int(delivery.due_at.timestamp() * 1000)}"
                work.outbox.enqueue("webhook", key, {"delivery": delivery.id})
