"""What the coordinator changed about proposals, to mend the register by. For the coordinator alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from uitvoeringsscan.api.calls import KnownCall, show
from uitvoeringsscan.api.routes_public import preferred
from uitvoeringsscan.api.routes_scans import next_url, read_cursor
from uitvoeringsscan.presentation.corrections import correction_to_wire, corrections_to_csv
from uitvoeringsscan.use_cases import corrections

router = APIRouter()
PATH = "/routeringen/correcties"


class CorrectionQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    cursor: str | None = Field(default=None, max_length=200)
    size: int = Field(default=corrections.PAGE, alias="aantal", ge=1, le=200)


@router.get(
    PATH, tags=["Routering"], summary="Wat de coördinator veranderde aan voorstellen; als CSV alles in een keer"
)
def list_corrections(call: KnownCall, request: Request, query: Annotated[CorrectionQuery, Query()]) -> Response:
    kind = preferred(request.headers.get("accept"), ("application/json", "text/csv"))
    if kind is None:
        raise HTTPException(406, "Correcties zijn er als application/json en text/csv.")
    if kind == "text/csv":
        return csv_answer(corrections_to_csv(corrections.every_correction(call.desk, call.actor)))
    page = corrections.list_corrections(call.desk, call.actor, read_cursor(query.cursor), query.size)
    given = query.model_dump(by_alias=True, mode="json", exclude_none=True, exclude_unset=True)
    return show(
        {
            "resultaten": [correction_to_wire(correction) for correction in page.results],
            "vertrouwelijk": page.confidential,
            "volgende": next_url(PATH, given, page.next),
        }
    )


def csv_answer(content: str) -> Response:
    headers = {"Cache-Control": "private, no-cache", "Content-Disposition": 'attachment; filename="correcties.csv"'}
    return Response(content.encode("utf-8-sig"), media_type="text/csv", headers=headers)
