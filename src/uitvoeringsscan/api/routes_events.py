"""The feed of public events by cursor: the same CloudEvents that webhooks carry, for who cannot receive."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from uitvoeringsscan.api.calls import AnyCall
from uitvoeringsscan.api.routes_public import public_answer
from uitvoeringsscan.notices.cloud_events import to_wire
from uitvoeringsscan.use_cases import public_events, reading

router = APIRouter()

FEED = "/gebeurtenissen"
_FRESH = "public, no-cache"  # who asks again wants to know what came since


class EventQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    after: int = Field(default=0, alias="na", ge=0, le=2**31 - 1)
    size: int = Field(default=reading.PAGE, alias="aantal", ge=1, le=200)


@router.get(FEED, tags=["Publicaties"], summary="Wat er openbaar gebeurde, het oudste eerst, vanaf uw cursor")
def events(call: AnyCall, query: Annotated[EventQuery, Query()]) -> Response:
    found, more = public_events.after(call.desk, query.after, query.size)
    cursor = found[-1].number if found else query.after
    return public_answer(
        {
            "resultaten": [to_wire(one, call.desk.source, call.desk.address) for one in found],
            "cursor": str(cursor),
            "volgende": f"/api/v1{FEED}?na={cursor}&aantal={query.size}" if more else None,
        },
        _FRESH,
    )
