"""The road of a scan: try, submit, route, close, publish, withdraw, correct."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from uitvoeringsscan.api import bodies, wire
from uitvoeringsscan.api.bodies_collaboration import CloseBody
from uitvoeringsscan.api.calls import AnyCall, KnownCall, show
from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.identifiers import AgencyCode, is_scan_id
from uitvoeringsscan.routing import wire as routing_wire
from uitvoeringsscan.scans.deadlines import plausible
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases import coordinating, publishing, reading, submitting, vote_moves
from uitvoeringsscan.use_cases.ports import Cursor, Desk, ScanFilter

router = APIRouter()
BASE = "/api/v1"


@router.post("/routeringen", tags=["Routering"], summary="Probeer wie er gevraagd zou worden; er wordt niets bewaard")
def try_routing(call: AnyCall, body: bodies.DryRunBody) -> Response:
    _, routing = submitting.dry_run(call.desk, body.text, body.title, body.dossier_number)
    return show(routing_wire.to_wire(routing, call.desk.register))


@router.post("/scans", status_code=201, tags=["Scans"], summary="Dien een amendement in voor een uitvoeringsscan")
def submit(call: KnownCall, body: bodies.ScanBody) -> Response:
    def make(desk: Desk) -> Response:
        scan = submitting.submit_scan(desk, call.actor, body.command())
        content = wire.scan(scan, desk.register)
        return show(content, version=scan.version, status=201, location=f"{BASE}/scans/{scan.id}")

    return call.once(make)


_NO_NUL = r"^[^\x00]*$"


def _possible(moment: datetime) -> datetime:
    if not plausible(moment):
        raise PydanticCustomError("datetime_impossible", "no such vote")
    return moment


class ScanQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    dossier: str | None = Field(default=None, alias="dossiernummer", max_length=20, pattern=_NO_NUL)
    status: ScanState | None = None
    vote_from: Annotated[AwareDatetime, AfterValidator(_possible)] | None = Field(default=None, alias="stemmingVanaf")
    agency: str | None = Field(default=None, alias="organisatie", max_length=64, pattern=_NO_NUL)
    search: str | None = Field(default=None, alias="zoek", max_length=200, pattern=_NO_NUL)
    cursor: str | None = Field(default=None, max_length=200)
    size: int = Field(default=reading.PAGE, alias="aantal", ge=1, le=200)


@router.get("/scans", tags=["Scans"], summary="De scans die u mag zien, de nieuwste eerst")
def list_scans(call: KnownCall, query: Annotated[ScanQuery, Query()]) -> Response:
    wanted = ScanFilter(
        dossier=query.dossier,
        states=(query.status,) if query.status else (),
        vote_from=query.vote_from,
        agency=AgencyCode(query.agency) if query.agency else None,
        search=query.search,
    )
    page = reading.list_scans(call.desk, call.actor, wanted, read_cursor(query.cursor), query.size)
    given = query.model_dump(by_alias=True, mode="json", exclude_none=True, exclude_unset=True)
    return show(
        {
            "resultaten": [wire.scan_line(line) for line in page.results],
            "volgende": next_url("/scans", given, page.next),
        }
    )


@router.get("/scans/{scan}", tags=["Scans"], summary="Een scan")
def get_scan(call: KnownCall, scan: str) -> Response:
    return _scan(call, reading.get_scan(call.desk, call.actor, scan))


@router.put(
    "/scans/{scan}/routering", tags=["Scans"], summary="Bevestig wie er gevraagd wordt, en zet de uitvragen uit"
)
def confirm_routing(call: KnownCall, scan: str, body: bodies.RoutingBody) -> Response:
    changed = coordinating.confirm_routing(
        call.desk,
        call.actor,
        scan,
        call.seen,
        body.agencies,
        explanation=body.explanation,
        respond_by=body.respond_by,
    )
    return _scan(call, changed)


@router.get("/scans/{scan}/uitvragen", tags=["Uitvragen"], summary="De uitvragen van een scan")
def list_assessments(call: KnownCall, scan: str) -> Response:
    files = reading.list_assessments(call.desk, call.actor, scan)
    return show({"resultaten": [wire.assessment(file, call.desk.register) for file in files], "volgende": None})


@router.put("/scans/{scan}/stemming", tags=["Scans"], summary="Zet het moment van de stemming")
def move_vote(call: KnownCall, scan: str, body: bodies.VoteBody) -> Response:
    return _scan(call, vote_moves.move_vote(call.desk, call.actor, scan, call.seen, body.vote))


@router.post("/scans/{scan}/openbaarmaking", tags=["Scans"], summary="Maak een vertrouwelijke scan openbaar")
def disclose(call: KnownCall, scan: str, body: bodies.DisclosureBody) -> Response:
    return call.once(
        lambda desk: _scan(call, submitting.disclose_scan(desk, call.actor, scan, call.seen, body.paper_number))
    )


@router.post("/scans/{scan}/afronding", tags=["Scans"], summary="Rond de ronde af; wie niet antwoordde, geldt als stil")
def close_round(call: KnownCall, scan: str, body: CloseBody) -> Response:
    return call.once(
        lambda desk: _scan(
            call, coordinating.close_round(desk, call.actor, scan, call.seen, body.explanation, body.per_agency)
        )
    )


@router.post("/scans/{scan}/intrekking", tags=["Scans"], summary="Trek een scan in")
def withdraw(call: KnownCall, scan: str, body: bodies.ReasonBody) -> Response:
    return call.once(
        lambda desk: _scan(call, submitting.withdraw_scan(desk, call.actor, scan, call.seen, body.explanation))
    )


@router.post("/scans/{scan}/rectificatie", tags=["Scans"], summary="Open een gepubliceerde scan voor een nieuwe versie")
def correct(call: KnownCall, scan: str, body: bodies.ReasonBody) -> Response:
    return call.once(
        lambda desk: _scan(call, coordinating.start_correction(desk, call.actor, scan, call.seen, body.explanation))
    )


@router.post("/scans/{scan}/publicaties", status_code=201, tags=["Publicaties"], summary="Publiceer de samenvatting")
def publish(call: KnownCall, scan: str) -> Response:
    def make(desk: Desk) -> Response:
        publication = publishing.publish(desk, call.actor, scan, call.seen)
        return Response(
            publication.document,
            status_code=201,
            media_type="application/json",
            headers={"Location": f"{BASE}/publicaties/{publication.number}", "ETag": f'"{publication.sha256}"'},
        )

    return call.once(make)


def _scan(call: KnownCall, scan: Scan) -> Response:
    return show(wire.scan(scan, call.desk.register), version=scan.version, call=call)


def read_cursor(text: str | None, known: Callable[[str], object] = is_scan_id) -> Cursor | None:
    """A cursor is ours to read; anything else is a clear fault. `known` says whether a name can be one of this list's."""
    if text is None:
        return None
    try:
        at, _, identifier = base64.urlsafe_b64decode(text.encode()).decode().partition(" ")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not plausible(moment) or not known(identifier):
            raise ValueError
    except (ValueError, binascii.Error):
        message = "Deze cursor kennen we niet. Begin bij de eerste pagina."
        raise InvalidInput([Problem(code="verkeerde-vorm", field="cursor", message=message)]) from None
    return Cursor(moment, identifier)


def next_url(path: str, query: dict[str, object], cursor: Cursor | None) -> str | None:
    if cursor is None:
        return None
    text = base64.urlsafe_b64encode(f"{cursor.at.isoformat()} {cursor.id}".encode()).decode()
    return f"{BASE}{path}?{urlencode({**query, 'cursor': text})}"
