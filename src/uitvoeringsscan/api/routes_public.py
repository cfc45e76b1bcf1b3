"""What anybody may read: publications, overviews per bill and voting day, agencies, questionnaires."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from uitvoeringsscan.api import wire
from uitvoeringsscan.api.calls import AnyCall
from uitvoeringsscan.use_cases import reading
from uitvoeringsscan.use_cases.ports import ScanLine

router = APIRouter()

IMMUTABLE = "public, max-age=31536000, immutable"
SHORT = "public, max-age=60"


def public_answer(content: Any, cache: str = SHORT) -> Response:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, media_type="application/json", headers={"Cache-Control": cache})


class PublicationQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    before: int | None = Field(default=None, alias="voor", ge=1, le=2**31 - 1)
    size: int = Field(default=reading.PAGE, alias="aantal", ge=1, le=200)


@router.get("/publicaties", tags=["Publicaties"], summary="Alles wat gepubliceerd is, het nieuwste eerst")
def list_publications(call: AnyCall, query: Annotated[PublicationQuery, Query()]) -> Response:
    found, following = reading.list_publications(call.desk, query.before, query.size)
    results = [json.loads(publication.document) for publication in found]
    after = f"/api/v1/publicaties?voor={following}&aantal={query.size}" if following is not None else None
    return public_answer({"resultaten": results, "volgende": after})


@router.get(
    "/publicaties/{nummer}",
    tags=["Publicaties"],
    summary="Een publicatie: als JSON, of als PDF of HTML naar uw Accept",
)
def get_publication(call: AnyCall, request: Request, nummer: str) -> Response:
    publication = reading.get_publication(call.desk, nummer).publication
    kind = preferred(request.headers.get("accept"), ("application/json", "application/pdf", "text/html"))
    if kind is None:
        raise HTTPException(406, "Een publicatie is er als application/json, application/pdf en text/html.")
    if kind == "text/html":
        headers = {"Location": f"/publicaties/{publication.number}", "Vary": "Accept"}
        return Response(status_code=303, headers=headers)
    headers = {"Cache-Control": IMMUTABLE, "Vary": "Accept", "ETag": f'"{publication.sha256}"'}
    headers["Link"] = f'</publicaties/{publication.number}.jws>; rel="describedby"; type="application/jose"'
    if kind == "application/pdf":
        headers |= {
            "ETag": f'"{publication.sha256}-pdf"',
            "Content-Disposition": f'inline; filename="uitvoeringsscan-{publication.number}.pdf"',
        }
    if call.if_none_match is not None and headers["ETag"] in call.if_none_match:
        return Response(status_code=304, headers=headers)
    body = publication.pdf if kind == "application/pdf" else publication.document
    return Response(body, media_type=kind, headers=headers)


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type the caller likes best (RFC 9110, section 12.5.1); the first one when they do not mind."""
    if not accept:
        return offered[0]
    best: tuple[float, int, int] | None = None
    chosen = None
    for order, kind in enumerate(offered):
        quality, precision = 0.0, -1
        for part in accept.split(",")[:50]:
            name, *parameters = (piece.strip().casefold() for piece in part.split(";"))
            fit = {kind: 2, f"{kind.split('/')[0]}/*": 1, "*/*": 0}.get(name, -1)
            if fit > precision:
                precision, quality = fit, _quality(parameters)
        if quality > 0 and (best is None or (quality, precision, -order) > best):
            best, chosen = (quality, precision, -order), kind
    return chosen


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


@router.get(
    "/dossiers/{dossiernummer}", tags=["Overzichten"], summary="Elk amendement op een wetsvoorstel, met zijn scan"
)
def dossier(call: AnyCall, dossiernummer: str) -> Response:
    lines = reading.dossier(call.desk, dossiernummer)
    return public_answer({"dossiernummer": dossiernummer, "resultaten": _overview(call, lines)})


@router.get("/stemmingen/{datum}", tags=["Overzichten"], summary="Elk amendement dat op deze dag in stemming komt")
def vote_day(call: AnyCall, datum: date) -> Response:
    return public_answer(
        {"datum": datum.isoformat(), "resultaten": _overview(call, reading.vote_day(call.desk, datum))}
    )


def _overview(call: AnyCall, lines: Sequence[ScanLine]) -> list[dict[str, Any]]:
    newest = reading.newest_publications(call.desk, [line.id for line in lines])
    found = []
    for line in lines:
        publication = newest.get(line.id)
        found.append(wire.overview_line(line, publication, json.loads(publication.document) if publication else None))
    return found


@router.get("/organisaties", tags=["Kennis"], summary="De organisaties die gevraagd kunnen worden")
def agencies(call: AnyCall) -> Response:
    return public_answer(
        {"resultaten": [wire.register_agency(agency) for agency in call.desk.register.agencies], "volgende": None}
    )


@router.get("/vragenlijsten", tags=["Kennis"], summary="De vragenlijsten, met elke versie")
def rubrics(call: AnyCall) -> Response:
    results = [
        {"code": rubric.ref.code, "versie": rubric.ref.version, "titel": rubric.title, "sha256": rubric.ref.sha256}
        for rubric in call.desk.library
    ]
    return public_answer({"resultaten": results, "volgende": None})


@router.get("/vragenlijsten/{code}/{versie}", tags=["Kennis"], summary="Een vragenlijst in zijn geheel")
def rubric(call: AnyCall, code: str, versie: str) -> Response:
    return public_answer(call.desk.library.get(code, versie).to_wire(), IMMUTABLE)
