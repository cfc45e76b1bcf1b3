"""What comes after a publication, for everybody: addenda, looking back, and how punctual agencies are."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.presentation.look_back_view import HEADERS, look_back_view
from uitvoeringsscan.presentation.overview import paper
from uitvoeringsscan.presentation.punctuality_view import HEADERS as COLUMNS
from uitvoeringsscan.presentation.punctuality_view import punctuality_rows
from uitvoeringsscan.presentation.summary_view import summary_view
from uitvoeringsscan.publication.addendum import Addendum
from uitvoeringsscan.publication.punctuality import FEWEST, Punctuality, punctuality, requests, years
from uitvoeringsscan.use_cases import looking_back, reacting, reading
from uitvoeringsscan.web.public import IMMUTABLE, SHORT, public_page
from uitvoeringsscan.web.visit import AnyVisit, Visit

router = APIRouter()

Year = Annotated[int | None, Query(alias="jaar", ge=2000, le=2200)]


@router.get("/aanvullingen/{sequence}.json")
def addendum_json(visit: AnyVisit, request: Request, sequence: str) -> Response:
    found = _addendum(visit, sequence)
    headers = {
        "Cache-Control": IMMUTABLE,
        "ETag": f'"{found.sha256}"',
        "Link": f'</aanvullingen/{found.sequence}.jws>; rel="describedby"; type="application/jose"',
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.document, media_type="application/json", headers=headers)


@router.get("/aanvullingen/{sequence}.jws")
def addendum_signature(visit: AnyVisit, sequence: str) -> Response:
    found = _addendum(visit, sequence)
    if found.signature is None:
        raise NotFound("Deze aanvulling is niet ondertekend.")
    return Response(found.signature, media_type="application/jose", headers={"Cache-Control": IMMUTABLE})


def _addendum(visit: Visit, sequence: str) -> Addendum:
    numbered = sequence.isascii() and sequence.isdigit() and len(sequence) < 10
    found = reacting.addendum(visit.desk, int(sequence)) if numbered else None
    if found is None:
        raise NotFound("Een aanvulling met dit nummer is er niet.")
    return found


@router.get("/publicaties/{number}/terugblik")
def look_back(visit: AnyVisit, number: str) -> Response:
    found = reading.get_publication(visit.desk, number)
    looked = [look_back_view(one) for one in looking_back.of_publication(visit.desk, number)]
    page = visit.render(
        "public/look_back.html",
        page_title=f"Klopte de schatting? {paper(found.scan)}",
        lead=summary_view(found.publication.document).title,
        back={"label": f"Publicatie {number}", "href": f"/publicaties/{number}"},
        looked=looked,
        headers=HEADERS,
        by_agency=False,
    )
    return public_page(visit, page)


@router.get("/organisaties/{code}/terugblik")
def look_back_of_agency(visit: AnyVisit, code: str) -> Response:
    agency = visit.desk.register.agency(AgencyCode(code))
    if agency is None:
        raise NotFound("Deze organisatie kennen we niet.")
    page = visit.render(
        "public/look_back.html",
        page_title=f"Klopte de schatting? {agency.name}",
        lead=f"Amendementen die zijn aangenomen of overgenomen, een jaar later bekeken door {agency.short_name}.",
        back={"label": agency.name, "href": f"/organisaties/{code}"},
        looked=[look_back_view(one) for one in looking_back.of_agency(visit.desk, code)],
        headers=HEADERS,
        by_agency=True,
    )
    return public_page(visit, page)


@router.get("/punctualiteit")
def punctual(visit: AnyVisit, year: Year = None) -> Response:
    every = requests(reading.every_document(visit.desk))
    rows = punctuality_rows(punctuality(every, year))
    page = visit.render(
        "public/punctuality.html",
        page_title="Hoe snel antwoorden organisaties?",
        rows=rows,
        bars=[row.bar for row in rows],
        headers=COLUMNS,
        year=year,
        years=years(every),
        fewest=FEWEST,
    )
    return public_page(visit, page)


@router.get("/punctualiteit.json")
def punctual_json(visit: AnyVisit, year: Year = None) -> Response:
    found = punctuality(requests(reading.every_document(visit.desk)), year)
    content = {"jaar": year, "resultaten": [_wire(one) for one in found]}
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return Response(body, media_type="application/json", headers={"Cache-Control": SHORT})


def _wire(one: Punctuality) -> dict[str, Any]:
    return {
        "organisatie": one.agency,
        "naam": one.name,
        "gevraagd": one.asked,
        "opTijd": one.in_time,
        "teLaat": one.late,
        "geenReactie": one.silent,
        "mediaanUren": one.median_hours,
        "eersteGevraagdOp": one.first.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "laatsteGevraagdOp": one.last.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
