"""Around and after a publication: the intended date, the outcome, the submitter's reaction, and looking back."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Response

from uitvoeringsscan.api import bodies_afterwards as sent
from uitvoeringsscan.api import wire
from uitvoeringsscan.api.bodies import ReasonBody
from uitvoeringsscan.api.calls import AnyCall, KnownCall, show
from uitvoeringsscan.api.routes_public import public_answer
from uitvoeringsscan.assessments.look_back import LookBack, LookBackState
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.use_cases import intending, looking_back, outcomes, reacting, reading
from uitvoeringsscan.use_cases.ports import Desk

router = APIRouter()


@router.put("/scans/{scan}/uitslag", tags=["Scans"], summary="Leg vast wat de Kamer met het amendement deed")
def record_outcome(call: KnownCall, scan: str, body: sent.OutcomeBody) -> Response:
    changed = outcomes.record_outcome(call.desk, call.actor, scan, call.seen, body.kind, body.at, body.source)
    return show(wire.scan(changed, call.desk.register), version=changed.version, call=call)


@router.get("/scans/{scan}/invoering", tags=["Scans"], summary="Wanneer het amendement moet ingaan, en waar dat staat")
def get_intended(call: KnownCall, scan: str) -> Response:
    found = reading.get_scan(call.desk, call.actor, scan)
    return show(wire.intended(intending.of_scan(call.desk, found)), version=found.version, call=call)


@router.put(
    "/scans/{scan}/invoering", tags=["Scans"], summary="Geef op wanneer het moet ingaan, als de tekst dat niet zegt"
)
def set_intended(call: KnownCall, scan: str, body: sent.IntendedBody) -> Response:
    changed = intending.set_intended(call.desk, call.actor, scan, call.seen, body.when, body.day, body.explanation)
    return show(wire.intended(intending.of_scan(call.desk, changed)), version=changed.version, call=call)


@router.put("/scans/{scan}/reactie", tags=["Scans"], summary="Geef de reactie van de indiener")
def react(call: KnownCall, scan: str, body: sent.ReactionBody) -> Response:
    changed = reacting.react(call.desk, call.actor, scan, call.seen, body.text)
    return show(wire.scan(changed, call.desk.register), version=changed.version, call=call)


@router.get("/publicaties/{nummer}/aanvullingen", tags=["Publicaties"], summary="Wat er later bij een publicatie kwam")
def addenda(call: AnyCall, nummer: str) -> Response:
    number = reading.get_publication(call.desk, nummer).publication.number
    found = [json.loads(one.document) for one in reacting.addenda_of(call.desk, number)]
    return public_answer({"resultaten": found, "volgende": None})


@router.get("/terugblikken", tags=["Uitvragen"], summary="De terugblikken die uw organisatie zijn gevraagd")
def own(call: KnownCall) -> Response:
    found = looking_back.own(call.desk, call.actor)
    results = [look_back(one.look, call.desk.register) for one in found]
    return show({"resultaten": results, "volgende": None})


@router.get("/terugblikken/{terugblik}", tags=["Uitvragen"], summary="Een terugblik")
def get(call: KnownCall, terugblik: str) -> Response:
    return _look_back(call, call.desk, looking_back.get(call.desk, call.actor, terugblik).look)


@router.post("/terugblikken/{terugblik}/indiening", tags=["Uitvragen"], summary="Dien een terugblik in")
def hand_in(call: KnownCall, terugblik: str, body: sent.LookBackBody) -> Response:
    return call.once(
        lambda desk: _look_back(call, desk, looking_back.hand_in(desk, call.actor, terugblik, call.seen, body.value()))
    )


@router.post("/terugblikken/{terugblik}/vaststelling", tags=["Uitvragen"], summary="Stel een terugblik vast")
def approve(call: KnownCall, terugblik: str) -> Response:
    return call.once(lambda desk: _look_back(call, desk, looking_back.approve(desk, call.actor, terugblik, call.seen)))


@router.post("/terugblikken/{terugblik}/terugzending", tags=["Uitvragen"], summary="Stuur een terugblik terug")
def send_back(call: KnownCall, terugblik: str, body: ReasonBody) -> Response:
    return call.once(
        lambda desk: _look_back(
            call, desk, looking_back.send_back(desk, call.actor, terugblik, call.seen, body.explanation)
        )
    )


def _look_back(call: KnownCall, desk: Desk, one: LookBack) -> Response:
    return show(look_back(one, desk.register), version=one.version, call=call)


def look_back(one: LookBack, register: Register) -> dict[str, Any]:
    return {
        "id": one.id,
        "scan": one.scan,
        "organisatie": wire.agency(register, one.agency),
        "publicatie": one.publication,
        "status": one.state.value,
        "versie": one.version,
        "gevraagdOp": wire.moment(one.asked_at),
        "ingediendOp": wire.moment(one.submitted.at if one.submitted else None),
        "vastgesteldOp": wire.moment(one.approved.at if one.approved else None),
        "opmerkingen": one.remarks,
        "geworden": None if one.state is LookBackState.OPEN else looking_back.wire(one.came),
    }
