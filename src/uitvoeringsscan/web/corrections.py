"""What the coordinator changed about proposals, and what the register could learn from it. For the coordinator alone."""

from __future__ import annotations

import json

from fastapi import APIRouter, Response

from uitvoeringsscan.presentation.corrections import (
    correction_to_wire,
    corrections_to_csv,
    review_to_wire,
)
from uitvoeringsscan.use_cases import corrections
from uitvoeringsscan.web.visit import AnyVisit

router = APIRouter()
PAGE = "/coordinatie/correcties"
SHOWN = 200


@router.get(PAGE)
def overview(visit: AnyVisit) -> Response:
    reviewed = corrections.review_register(visit.desk, visit.actor)
    found = corrections.every_correction(visit.desk, visit.actor)
    register = visit.desk.register
    return visit.render(
        "coordinator/corrections.html",
        page_title="Correcties op voorstellen",
        review=review_to_wire(reviewed, register),
        corrections=found[:SHOWN],
        more=len(found) - SHOWN,
        short={agency.code: agency.short_name for agency in register.agencies},
    )


@router.get(f"{PAGE}.csv")
def as_csv(visit: AnyVisit) -> Response:
    found = corrections.every_correction(visit.desk, visit.actor)
    return _download(corrections_to_csv(found).encode("utf-8-sig"), "csv", "text/csv")


@router.get(f"{PAGE}.json")
def as_json(visit: AnyVisit) -> Response:
    found = [correction_to_wire(c) for c in corrections.every_correction(visit.desk, visit.actor)]
    reviewed = review_to_wire(corrections.review_register(visit.desk, visit.actor), visit.desk.register)
    content = json.dumps({"resultaten": found, "overzicht": reviewed}, ensure_ascii=False)
    return _download(content.encode(), "json", "application/json")


def _download(content: bytes, extension: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="correcties.{extension}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
