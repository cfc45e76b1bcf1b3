"""The coordinator's pages on amendments from the House's data: what is new, what is odd, and how fresh it all is."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Response

from uitvoeringsscan.errors import InvalidInput, Problem, Stale, WrongState
from uitvoeringsscan.parliament.judging import appraisal_of, outcome_of
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.house_words import tally_words
from uitvoeringsscan.presentation.routing_view import routing_view
from uitvoeringsscan.use_cases import import_progress, proposing
from uitvoeringsscan.web.visit import AnyVisit, Posted, Visit, errors_by_field, field_errors, go_to, seen, text

router = APIRouter()

PLACE = "/coordinatie/kamer"


@router.get("/coordinatie/kamer")
def overview(visit: AnyVisit) -> Response:
    found = proposing.overview(visit.desk, visit.actor)
    return visit.render(
        "coordinator/parliament.html",
        page_title="Amendementen uit de Kamer",
        found=found,
        far=import_progress.how_far(visit.desk, visit.actor),
        faults=[place for place in found.places.values() if place.fault],
        short={agency.code: agency.short_name for agency in visit.desk.register.agencies},
        now=visit.desk.now(),
    )


@router.get("/coordinatie/kamer/{case}")
def one(visit: AnyVisit, case: str) -> Response:
    return _page(visit, case, "", ())


@router.post("/coordinatie/kamer/{case}/starten")
def start(visit: AnyVisit, form: Posted, case: str) -> Response:
    try:
        scan = proposing.start(visit.desk, visit.actor, case, seen(form))
    except InvalidInput as error:
        # These are not fields of a form: the House's data has them wrong, and the way on is to hand it in by hand.
        return _page(visit, case, "", [Problem(code=p.code, message=p.message) for p in error.problems])
    except (Stale, WrongState) as error:
        return _page(visit, case, "", (Problem(code=error.code, message=error.message),))
    return go_to(f"/coordinatie/scans/{scan.id}")


@router.post("/coordinatie/kamer/{case}/afwijzen")
def dismiss(visit: AnyVisit, form: Posted, case: str) -> Response:
    reason = text(form, "toelichting")
    try:
        proposing.dismiss(visit.desk, visit.actor, case, seen(form), reason)
    except InvalidInput as error:
        return _page(visit, case, reason, error.problems)
    except (Stale, WrongState) as error:
        return _page(visit, case, reason, (Problem(code=error.code, message=error.message),))
    return go_to(PLACE)


@router.post("/coordinatie/kamer/{case}/openen")
def reopen(visit: AnyVisit, form: Posted, case: str) -> Response:
    try:
        proposing.reopen(visit.desk, visit.actor, case, seen(form))
    except (Stale, WrongState) as error:
        return _page(visit, case, "", (Problem(code=error.code, message=error.message),))
    return go_to(f"{PLACE}/{case}")


@router.post("/coordinatie/kamer/{case}/opnieuw-lezen")
def read_again(visit: AnyVisit, form: Posted, case: str) -> Response:
    try:
        proposing.read_again(visit.desk, visit.actor, case, seen(form))
    except Stale as error:
        return _page(visit, case, "", (Problem(code=error.code, message=error.message),))
    return go_to(f"{PLACE}/{case}")


@router.post("/coordinatie/kamer-bijzonderheden/{anomaly}")
def settle(visit: AnyVisit, form: Posted, anomaly: str) -> Response:
    proposing.settle(visit.desk, visit.actor, anomaly)
    return go_to(f"{PLACE}#bijzonderheden")


def _page(visit: Visit, case: str, reason: str, problems: Sequence[Problem]) -> Response:
    found = proposing.get_proposal(visit.desk, visit.actor, case)
    record, register = found.proposal.case, visit.desk.register
    amendment = found.amendment
    routing = None
    if amendment is not None and found.routing is not None:
        routing = routing_view(found.routing, amendment.text, amendment.title, register)
    outcome = outcome_of(record)
    appraisal = appraisal_of(record)
    return visit.render(
        "coordinator/parliament_case.html",
        page_title=record.subject or record.number or "Amendement uit de Kamer",
        status=400 if problems else 200,
        errors=field_errors(problems),
        beside=errors_by_field(problems),
        found=found,
        proposal=found.proposal,
        record=record,
        amendment=amendment,
        routing=routing,
        reason=reason,
        appraisal=labels.APPRAISALS[appraisal].short if appraisal else None,
        outcome=labels.OUTCOMES[outcome.kind.value].label if outcome else None,
        tally=tally_words(outcome.tally) if outcome and outcome.tally else None,
        now=visit.desk.now(),
    )
