"""Around an answer and during a round: deadlines, what happened, comments, tasks, earlier answers, prices, bill tests."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from uitvoeringsscan.amendments.bill_test import BillTest
from uitvoeringsscan.api import bodies, wire
from uitvoeringsscan.api import bodies_collaboration as sent
from uitvoeringsscan.api.calls import KnownCall, show
from uitvoeringsscan.api.routes_assessments import file_answer
from uitvoeringsscan.assessments.comments import Comment
from uitvoeringsscan.assessments.unit_costs import UnitCost
from uitvoeringsscan.use_cases import bill_tests, collaborating, history, reusing, rounds, unit_costs
from uitvoeringsscan.use_cases.collaborating import Around
from uitvoeringsscan.use_cases.history import Happening
from uitvoeringsscan.use_cases.ports import Desk

router = APIRouter()
FILE = "/uitvragen/{uitvraag}"

# During the round


@router.put(FILE + "/reactietermijn", tags=["Uitvragen"], summary="Verzet de termijn van een organisatie")
def move_deadline(call: KnownCall, uitvraag: str, body: sent.DeadlineBody) -> Response:
    return file_answer(call, rounds.move_deadline(call.desk, call.actor, uitvraag, call.seen, body.respond_by))


@router.post(FILE + "/heropening", tags=["Uitvragen"], summary="Open een uitvraag weer die al klaar was")
def reopen(call: KnownCall, uitvraag: str, body: bodies.ReasonBody) -> Response:
    return call.once(
        lambda desk: file_answer(call, rounds.reopen(desk, call.actor, uitvraag, call.seen, body.explanation))
    )


@router.get(FILE + "/gebeurtenissen", tags=["Uitvragen"], summary="Wat er met een uitvraag gebeurde, het oudste eerst")
def file_history(call: KnownCall, uitvraag: str) -> Response:
    return _happened(history.of_file(call.desk, call.actor, uitvraag))


@router.get("/scans/{scan}/gebeurtenissen", tags=["Scans"], summary="Wat er met een scan gebeurde, het oudste eerst")
def scan_history(call: KnownCall, scan: str) -> Response:
    return _happened(history.of_scan(call.desk, call.actor, scan))


def _happened(found: Any) -> Response:
    return show({"resultaten": [_happening(one) for one in found], "volgende": None})


def _happening(one: Happening) -> dict[str, Any]:
    return {
        "op": wire.moment(one.at),
        "gebeurtenis": one.event,
        "organisatie": one.agency,
        "door": one.who,
        "keer": one.times,
    }


# Colleagues


@router.get(FILE + "/samenwerking", tags=["Uitvragen"], summary="De opmerkingen en de taakverdeling bij een uitvraag")
def around(call: KnownCall, uitvraag: str) -> Response:
    return show(_around(collaborating.around(call.desk, call.actor, uitvraag)))


@router.post(FILE + "/opmerkingen", tags=["Uitvragen"], summary="Plaats een opmerking voor collega's bij een vraag")
def comment(call: KnownCall, uitvraag: str, body: sent.CommentBody) -> Response:
    return call.once(
        lambda desk: show(_comment(collaborating.comment(desk, call.actor, uitvraag, body.question, body.text)))
    )


@router.put(FILE + "/opmerkingen", tags=["Uitvragen"], summary="Zeg of een opmerking is opgelost")
def close_comment(call: KnownCall, uitvraag: str, body: sent.CommentStateBody) -> Response:
    found = collaborating.close_comment(call.desk, call.actor, uitvraag, body.number, closed=body.resolved)
    return show(_comment(found))


@router.put(FILE + "/toewijzing", tags=["Uitvragen"], summary="Leg een onderdeel of de uitvraag bij een collega")
def give_task(call: KnownCall, uitvraag: str, body: sent.TaskBody) -> Response:
    collaborating.give_task(call.desk, call.actor, uitvraag, body.section, body.person, body.line)
    return show(_around(collaborating.around(call.desk, call.actor, uitvraag)))


def _around(found: Around) -> dict[str, Any]:
    return {
        "opmerkingen": [_comment(one) for one in found.comments],
        "toewijzingen": [
            {"onderdeel": one.section, "aan": one.person, "naam": one.name, "vraag": one.line} for one in found.tasks
        ],
        "collegas": [{"id": one.id, "naam": one.name} for one in found.colleagues],
    }


def _comment(one: Comment) -> dict[str, Any]:
    return {
        "nummer": one.number,
        "vraag": one.question,
        "tekst": one.text,
        "door": one.by.name,
        "op": wire.moment(one.by.at),
        "opgelost": not one.open,
    }


# Earlier answers


@router.get(
    FILE + "/eerdere-antwoorden", tags=["Uitvragen"], summary="Eerdere antwoorden van uw organisatie over de wet"
)
def earlier_answers(call: KnownCall, uitvraag: str) -> Response:
    found = reusing.earlier_answers(call.desk, call.actor, uitvraag).offers.values()
    lines = [
        {
            "vraag": one.question,
            "antwoord": one.answer,
            "toelichting": one.explanation,
            "scan": one.scan,
            "vastgesteldOp": wire.moment(one.at),
        }
        for one in found
    ]
    return show({"resultaten": lines, "volgende": None})


@router.post(
    FILE + "/overname", tags=["Uitvragen"], summary="Neem eerdere antwoorden over, of bevestig wat is overgenomen"
)
def take_over(call: KnownCall, uitvraag: str, body: sent.TakeOverBody) -> Response:
    def make(desk: Desk) -> Response:
        done = reusing.take_over(desk, call.actor, uitvraag, call.seen, body.answers, body.confirmed)
        return file_answer(call, done)

    return call.once(make)


# Prices


@router.get("/kengetallen", tags=["Uitvragen"], summary="De standaardprijzen van uw organisatie")
def own_unit_costs(call: KnownCall) -> Response:
    return _costs(unit_costs.own_unit_costs(call.desk, call.actor))


@router.put("/kengetallen", tags=["Uitvragen"], summary="Bewaar een standaardprijs van uw organisatie")
def set_unit_cost(call: KnownCall, body: sent.UnitCostBody) -> Response:
    if body.amount is None:
        unit_costs.remove_unit_cost(call.desk, call.actor, year=body.year, name=body.name)
    else:
        unit_costs.set_unit_cost(
            call.desk, call.actor, year=body.year, name=body.name, amount=body.amount, source=body.source
        )
    return _costs(unit_costs.own_unit_costs(call.desk, call.actor))


def _costs(found: Any) -> Response:
    return show({"resultaten": [_cost(one) for one in found], "volgende": None})


def _cost(one: UnitCost) -> dict[str, Any]:
    return {"jaar": one.year, "naam": one.name, "bedrag": one.amount, "bron": one.source}


# The bill itself


@router.get(
    "/dossiers/{dossiernummer}/uitvoeringstoetsen",
    tags=["Wetsvoorstellen"],
    summary="De uitvoeringstoetsen van organisaties op een wetsvoorstel",
)
def list_bill_tests(call: KnownCall, dossiernummer: str) -> Response:
    found = bill_tests.list_bill_tests(call.desk, call.actor, dossiernummer)
    return show({"resultaten": [_bill_test(one) for one in found], "volgende": None})


@router.post(
    "/dossiers/{dossiernummer}/uitvoeringstoetsen",
    tags=["Wetsvoorstellen"],
    summary="Bewaar de uitvoeringstoets van een organisatie op een wetsvoorstel",
)
def add_bill_test(call: KnownCall, dossiernummer: str, body: sent.BillTestBody) -> Response:
    def make(desk: Desk) -> Response:
        return show(
            _bill_test(
                bill_tests.add_bill_test(
                    desk,
                    call.actor,
                    dossiernummer,
                    body.agency,
                    title=body.title,
                    dated=body.dated,
                    link=body.link,
                    text=body.text,
                )
            )
        )

    return call.once(make)


def _bill_test(one: BillTest) -> dict[str, Any]:
    return {
        "dossiernummer": one.dossier,
        "organisatie": one.agency,
        "volgnummer": one.sequence,
        "titel": one.title,
        "datum": one.dated.isoformat(),
        "link": one.link,
        "tekst": one.text,
        "ontvangenOp": wire.moment(one.received_at),
    }
