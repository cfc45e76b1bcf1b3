"""Amendments from the House's own data that wait for the coordinator: look, start a scan, or want none."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from uitvoeringsscan.api import wire, wire_proposals
from uitvoeringsscan.api.bodies import ReasonBody
from uitvoeringsscan.api.calls import KnownCall, show
from uitvoeringsscan.api.routes_scans import BASE, next_url, read_cursor
from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.parliament.answers import GUID
from uitvoeringsscan.parliament.proposals import ProposalState
from uitvoeringsscan.use_cases import proposing
from uitvoeringsscan.use_cases.ports import Desk

router = APIRouter()
PATH = "/scanvoorstellen"
_TAGS: list[str | Enum] = ["Scanvoorstellen"]


class ProposalQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    status: ProposalState | None = None
    cursor: str | None = Field(default=None, max_length=200)
    size: int = Field(default=proposing.PAGE, alias="aantal", ge=1, le=200)


@router.get(PATH, tags=_TAGS, summary="Amendementen uit de Kamer die op een besluit wachten of wachtten")
def list_proposals(call: KnownCall, query: Annotated[ProposalQuery, Query()]) -> Response:
    after = read_cursor(query.cursor, GUID.fullmatch)
    page = proposing.list_proposals(call.desk, call.actor, query.status, after, query.size)
    given = query.model_dump(by_alias=True, mode="json", exclude_none=True, exclude_unset=True)
    return show(
        {
            "resultaten": [wire_proposals.line(line) for line in page.results],
            "volgende": next_url(PATH, given, page.next),
        }
    )


@router.get(PATH + "/{scanvoorstel}", tags=_TAGS, summary="Een amendement uit de Kamer, gelezen en gerouteerd")
def get(call: KnownCall, scanvoorstel: str) -> Response:
    return _proposal(call, call.desk, scanvoorstel)


@router.post(PATH + "/{scanvoorstel}/aanvaarding", status_code=201, tags=_TAGS, summary="Start een scan")
def accept(call: KnownCall, scanvoorstel: str) -> Response:
    def make(desk: Desk) -> Response:
        try:
            scan = proposing.start(desk, call.actor, scanvoorstel, call.seen)
        except InvalidInput as error:
            # The House's data has them wrong: they are no fields of this request. The way on is POST /scans.
            raise InvalidInput([Problem(code=one.code, message=one.message) for one in error.problems]) from None
        content = wire.scan(scan, desk.register)
        return show(content, version=scan.version, status=201, location=f"{BASE}/scans/{scan.id}")

    return call.once(make)


@router.post(PATH + "/{scanvoorstel}/afwijzing", tags=_TAGS, summary="Besluit dat er geen scan komt")
def dismiss(call: KnownCall, scanvoorstel: str, body: ReasonBody) -> Response:
    def make(desk: Desk) -> Response:
        proposing.dismiss(desk, call.actor, scanvoorstel, call.seen, body.explanation)
        return _proposal(call, desk, scanvoorstel)

    return call.once(make)


@router.post(PATH + "/{scanvoorstel}/heropening", tags=_TAGS, summary="Open een afgewezen voorstel weer")
def reopen(call: KnownCall, scanvoorstel: str) -> Response:
    def make(desk: Desk) -> Response:
        proposing.reopen(desk, call.actor, scanvoorstel, call.seen)
        return _proposal(call, desk, scanvoorstel)

    return call.once(make)


def _proposal(call: KnownCall, desk: Desk, case: str) -> Response:
    found = proposing.get_proposal(desk, call.actor, case)
    return show(wire_proposals.proposal(found, desk.register), version=found.proposal.version, call=call)
