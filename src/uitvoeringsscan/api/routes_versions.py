"""Amendments beside each other: an earlier version, what changed in a publication, what several ask together."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from uitvoeringsscan.api import wire_versions as wire
from uitvoeringsscan.api.calls import AnyCall, KnownCall, show
from uitvoeringsscan.api.routes_public import SHORT
from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.use_cases import reading, stacking, versions

router = APIRouter()


@router.get("/scans/{scan}/eerdere-versie", tags=["Scans"], summary="Wat er veranderde, en wie toen is gevraagd")
def earlier_version(call: KnownCall, scan: str) -> Response:
    found = versions.get_succession(call.desk, call.actor, scan)
    if found is None:
        raise NotFound("Van dit amendement is geen eerdere versie bekend.")
    return show(wire.succession(found, reading.get_scan(call.desk, call.actor, scan), call.desk.register))


@router.get(
    "/uitvragen/{uitvraag}/eerdere-versie", tags=["Uitvragen"], summary="Wat er veranderde sinds de eerdere versie"
)
def earlier_file(call: KnownCall, uitvraag: str) -> Response:
    found = versions.earlier_version(call.desk, call.actor, uitvraag)
    if found is None:
        raise NotFound("Van dit amendement is geen eerdere versie bekend.")
    return show(wire.earlier_version(found))


class StackingQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    chosen: Annotated[list[str], Field(max_length=500)] | None = Field(
        default=None, alias="amendement", description="Nummers van scans die worden aangenomen; zonder: allemaal"
    )


@router.get(
    "/stemmingen/{datum}/stapeling",
    tags=["Overzichten"],
    summary="Wat de amendementen van een stemmingsdag samen vragen",
)
def of_vote_day(call: AnyCall, datum: date, query: Annotated[StackingQuery, Query()]) -> Response:
    found = stacking.of_vote_day(call.desk, datum, query.chosen)
    return _public({"datum": datum.isoformat(), **wire.stacking(found)})


@router.get(
    "/dossiers/{dossiernummer}/stapeling",
    tags=["Overzichten"],
    summary="Wat de amendementen op een wetsvoorstel samen vragen",
)
def of_dossier(call: AnyCall, dossiernummer: str, query: Annotated[StackingQuery, Query()]) -> Response:
    found = stacking.of_dossier(call.desk, dossiernummer, query.chosen)
    return _public({"dossiernummer": dossiernummer, **wire.stacking(found)})


@router.get(
    "/publicaties/{nummer}/verschil", tags=["Publicaties"], summary="Wat er veranderde sinds de vorige publicatie"
)
def difference(call: AnyCall, nummer: str) -> Response:
    return _public(wire.compared(versions.compared(call.desk, nummer)))


def _public(content: Any) -> Response:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, media_type="application/json", headers={"Cache-Control": SHORT})
