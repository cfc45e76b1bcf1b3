"""The texts of a bill, by which "artikel I" in an amendment is read as the law it changes."""

from __future__ import annotations

from fastapi import APIRouter, Response

from uitvoeringsscan.api import bodies, wire
from uitvoeringsscan.api.calls import KnownCall, show
from uitvoeringsscan.use_cases import bills
from uitvoeringsscan.use_cases.ports import Desk

router = APIRouter()
PATH = "/dossiers/{dossiernummer}/wetsvoorstel"


@router.post(PATH, status_code=201, tags=["Wetsvoorstellen"], summary="Bewaar de tekst van een wetsvoorstel")
def add_bill(call: KnownCall, dossiernummer: str, body: bodies.BillBody) -> Response:
    """The text that stands already is answered with 200: nothing has changed."""

    def make(desk: Desk) -> Response:
        added = bills.add_bill(desk, call.actor, dossiernummer, body.text, label=body.label, dated=body.dated)
        return show(wire.bill(added.bill), status=201 if added.new else 200)

    return call.once(make)


@router.get(PATH, tags=["Wetsvoorstellen"], summary="De versies van een wetsvoorstel, de nieuwste eerst")
def list_bills(call: KnownCall, dossiernummer: str) -> Response:
    found = bills.list_bills(call.desk, call.actor, dossiernummer)
    return show({"resultaten": [wire.bill(bill) for bill in found], "volgende": None})
