"""An agency's own work: read the file, save answers, hand in, approve, send back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from uitvoeringsscan.api import bodies, wire
from uitvoeringsscan.api.bodies_collaboration import SendBackBody
from uitvoeringsscan.api.calls import KnownCall, show
from uitvoeringsscan.api.routes_scans import next_url, read_cursor
from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.use_cases import answering, reading

router = APIRouter(tags=["Uitvragen"])


class WorkQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    cursor: str | None = Field(default=None, max_length=200)
    size: int = Field(default=reading.PAGE, alias="aantal", ge=1, le=200)


@router.get("/uitvragen", summary="De uitvragen van uw organisatie, de nieuwste eerst")
def own_work(call: KnownCall, query: Annotated[WorkQuery, Query()]) -> Response:
    page = reading.own_work(call.desk, call.actor, read_cursor(query.cursor), query.size)
    results = [
        {**wire.assessment(item.assessment, call.desk.register), "amendement": wire.scan_line(item.scan)["amendement"]}
        for item in page.results
    ]
    given = query.model_dump(by_alias=True, mode="json", exclude_none=True, exclude_unset=True)
    return show({"resultaten": results, "volgende": next_url("/uitvragen", given, page.next)})


@router.get("/uitvragen/{uitvraag}", summary="Een uitvraag, met de vragenlijst en de antwoorden")
def get_assessment(call: KnownCall, uitvraag: str) -> Response:
    found = reading.get_assessment(call.desk, call.actor, uitvraag)
    return show(wire.open_file(found, call.desk.register), version=found.assessment.version, call=call)


@router.put("/uitvragen/{uitvraag}/antwoorden", summary="Bewaar antwoorden; ze mogen nog onvolledig zijn")
def save_answers(call: KnownCall, uitvraag: str, body: bodies.AnswersBody) -> Response:
    return file_answer(
        call, answering.save_answers(call.desk, call.actor, uitvraag, call.seen, body.values, body.explanations)
    )


@router.post("/uitvragen/{uitvraag}/indiening", summary="Dien de bewaarde antwoorden in")
def hand_in(call: KnownCall, uitvraag: str) -> Response:
    return call.once(lambda desk: file_answer(call, answering.hand_in(desk, call.actor, uitvraag, call.seen)))


@router.post(
    "/uitvragen/{uitvraag}/bevestiging", summary="Ongewijzigd: dien in wat van de eerdere versie is overgenomen"
)
def confirm_unchanged(call: KnownCall, uitvraag: str) -> Response:
    return call.once(lambda desk: file_answer(call, answering.confirm_unchanged(desk, call.actor, uitvraag, call.seen)))


@router.post("/uitvragen/{uitvraag}/geen-gevolgen", summary="Zeg dat het amendement geen gevolgen heeft")
def no_impact(call: KnownCall, uitvraag: str, body: bodies.ReasonBody) -> Response:
    return call.once(
        lambda desk: file_answer(
            call, answering.hand_in_no_impact(desk, call.actor, uitvraag, call.seen, body.explanation)
        )
    )


@router.post(
    "/uitvragen/{uitvraag}/niet-van-toepassing", summary="Zeg dat het niet uw taak is, en wie wel gevraagd kan worden"
)
def not_ours(call: KnownCall, uitvraag: str, body: bodies.NotOursBody) -> Response:
    return call.once(
        lambda desk: file_answer(
            call,
            answering.hand_in_not_ours(desk, call.actor, uitvraag, call.seen, body.explanation, body.ask_instead),
        )
    )


@router.post("/uitvragen/{uitvraag}/vaststelling", summary="Stel vast wat een collega heeft ingediend")
def approve(call: KnownCall, uitvraag: str) -> Response:
    return call.once(lambda desk: file_answer(call, answering.approve(desk, call.actor, uitvraag, call.seen)))


@router.post("/uitvragen/{uitvraag}/terugzending", summary="Stuur een uitvraag terug, met opmerkingen")
def send_back(call: KnownCall, uitvraag: str, body: SendBackBody) -> Response:
    return call.once(
        lambda desk: file_answer(
            call, answering.send_back(desk, call.actor, uitvraag, call.seen, body.explanation, body.remarks)
        )
    )


def file_answer(call: KnownCall, file: Assessment) -> Response:
    """A file with its answers, as every step on it is answered."""
    content = {
        **wire.assessment(file, call.desk.register),
        "antwoorden": dict(file.answers.values),
        "toelichtingen": dict(file.answers.explanations),
    }
    return show(content, version=file.version)
