"""Other systems that get public events by webhook: who they are, how it goes, and what can be done about it.

For the coordinator and the administrator: both are called when a system says that it gets nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from uitvoeringsscan.errors import InvalidInput, Problem, WrongState
from uitvoeringsscan.notices.cloud_events import TYPES
from uitvoeringsscan.notices.receivers import Delivery, DeliveryState, Receiver
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.use_cases import webhooks
from uitvoeringsscan.web.typed import read_moment
from uitvoeringsscan.web.visit import AnyVisit, Posted, Visit, errors_by_field, field_errors, go_to, text

router = APIRouter()

PAGE = "/ontvangers"
_NOTHING: dict[str, Any] = {"naam": "", "adres": "https://", "gebeurtenis": ()}


@router.get(PAGE)
def receivers(visit: AnyVisit) -> Response:
    return _list(visit, _NOTHING, ())


@router.post(PAGE)
def add(visit: AnyVisit, form: Posted) -> Response:
    """The answer is the only page that ever shows the secret, so it is no redirect."""
    types = [word for word in form.getlist("gebeurtenis") if isinstance(word, str)]
    name, url = text(form, "naam"), text(form, "adres")
    typed = {"naam": name, "adres": url, "gebeurtenis": types}
    try:
        receiver, secret = webhooks.add(visit.desk, visit.actor, name=name, url=url, types=types)
    except InvalidInput as error:
        return _list(visit, typed, error.problems)
    return _one(visit, receiver.id, secret=secret)


@router.get(PAGE + "/{receiver}")
def receiver(
    visit: AnyVisit, receiver: str, before: Annotated[str, Query(alias="voor", max_length=100)] = ""
) -> Response:
    return _one(visit, receiver, before=before or None)


@router.post(PAGE + "/{receiver}/proef")
def try_out(visit: AnyVisit, form: Posted, receiver: str) -> Response:
    return _one(visit, receiver, tried=webhooks.try_out(visit.desk, visit.actor, receiver))


@router.post(PAGE + "/{receiver}/pauzeren")
def pause(visit: AnyVisit, form: Posted, receiver: str) -> Response:
    webhooks.pause(visit.desk, visit.actor, receiver)
    return go_to(f"{PAGE}/{receiver}")


@router.post(PAGE + "/{receiver}/hervatten")
def resume(visit: AnyVisit, form: Posted, receiver: str) -> Response:
    webhooks.resume(visit.desk, visit.actor, receiver)
    return go_to(f"{PAGE}/{receiver}")


@router.post(PAGE + "/{receiver}/geheim")
def rotate(visit: AnyVisit, form: Posted, receiver: str) -> Response:
    return _one(visit, receiver, secret=webhooks.rotate(visit.desk, visit.actor, receiver))


@router.post(PAGE + "/{receiver}/verwijderen")
def remove(visit: AnyVisit, form: Posted, receiver: str) -> Response:
    webhooks.remove(visit.desk, visit.actor, receiver)
    return go_to(PAGE)


@router.post(PAGE + "/{receiver}/opnieuw")
def replay(visit: AnyVisit, form: Posted, receiver: str) -> Response:
    """One delivery, or everything since a moment."""
    delivery = text(form, "bezorging")
    if delivery:
        webhooks.replay(visit.desk, visit.actor, receiver, delivery)
        return go_to(f"{PAGE}/{receiver}")
    typed = {"dag": text(form, "dag"), "tijd": text(form, "tijd")}
    problems: list[Problem] = []
    moment = read_moment(typed["dag"], typed["tijd"] or ("0.00" if typed["dag"] else ""), "dag", problems)
    if moment is None and not problems:
        problems.append(Problem(code="verplicht", field="dag", message="Vul in vanaf wanneer."))
    if moment is None or problems:
        return _one(visit, receiver, typed=typed, problems=problems)
    try:
        count = webhooks.replay_since(visit.desk, visit.actor, receiver, moment)
    except WrongState as error:
        problem = Problem(code=error.code, field="dag", message=error.message)
        return _one(visit, receiver, typed=typed, problems=[problem])
    return _one(visit, receiver, replayed=count)


def _list(visit: Visit, typed: Mapping[str, Any], problems: Sequence[Problem]) -> Response:
    found, counts = webhooks.every(visit.desk, visit.actor)
    return visit.render(
        "receivers/list.html",
        page_title="Ontvangers van gebeurtenissen",
        status=400 if problems else 200,
        errors=field_errors(problems),
        wrong={**dict.fromkeys(("naam", "adres", "gebeurtenis")), **errors_by_field(problems)},
        typed=typed,
        receivers=[
            {
                "one": one,
                "host": one.url.partition("://")[2].partition("/")[0],
                "state": labels.RECEIVER_STATES[one.state],
                "because": labels.PAUSED_BECAUSE[one.paused_because] if one.paused_because else None,
                "waiting": counts.get(one.id, {}).get(DeliveryState.WAITING.value, 0),
                "failed": counts.get(one.id, {}).get(DeliveryState.FAILED.value, 0),
            }
            for one in found
        ],
        type_options=[
            {"value": kind, "label": labels.EVENT_TYPES[kind].label, "hint": labels.EVENT_TYPES[kind].explanation}
            for kind in TYPES.values()
        ],
    )


def _one(
    visit: Visit,
    identifier: str,
    *,
    before: str | None = None,
    secret: str = "",
    tried: Delivery | None = None,
    replayed: int | None = None,
    typed: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> Response:
    log = webhooks.log(visit.desk, visit.actor, identifier, before)
    one: Receiver = log.receiver
    return visit.render(
        "receivers/one.html",
        page_title=one.name,
        status=400 if problems else 200,
        errors=field_errors(problems),
        wrong={"dag": None, **errors_by_field(problems)},
        typed=typed or {"dag": "", "tijd": ""},
        one=one,
        state=labels.RECEIVER_STATES[one.state],
        because=labels.PAUSED_BECAUSE[one.paused_because] if one.paused_because else None,
        types=[labels.EVENT_TYPES[kind].label for kind in one.types],
        secret=secret,
        tried=_shown(tried) if tried else None,
        replayed=replayed,
        deliveries=[_shown(delivery) for delivery in log.deliveries],
        next=f"{PAGE}/{one.id}?voor={log.following}" if log.following else None,
        first_page=before is None,
    )


def _shown(delivery: Delivery) -> dict[str, Any]:
    """A line of the log. What the receiver said back is a number only: its words are not ours to show."""
    fault = labels.FAULTS[delivery.fault].label if delivery.fault else ""
    return {
        "id": delivery.id,
        "number": delivery.number,
        "at": delivery.last_at or delivery.created_at,
        "words": labels.EVENT_TYPES[delivery.type].label,
        "state": labels.DELIVERY_STATES[delivery.state].label,
        "ok": delivery.state is DeliveryState.DELIVERED,
        "failed": delivery.state is DeliveryState.FAILED,
        "attempts": delivery.attempts,
        "answer": str(delivery.status) if delivery.status else fault or "–",
        "due_at": delivery.due_at if delivery.state is DeliveryState.WAITING and delivery.attempts else None,
    }
