"""The coordinator's pages: the board of the votes ahead, and one scan from routing to publication."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Response

from uitvoeringsscan.amendments.bill import dossier_name
from uitvoeringsscan.errors import DomainError, InvalidInput, Problem, Stale, WrongState
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.happenings import happening_lines
from uitvoeringsscan.presentation.intended_words import intended_words
from uitvoeringsscan.presentation.overview import outcome_words
from uitvoeringsscan.presentation.routing_view import routing_view
from uitvoeringsscan.presentation.succession_view import succession_view
from uitvoeringsscan.presentation.timing_view import timing_view
from uitvoeringsscan.scans.lifecycle import ALLOWED, ScanState, Step
from uitvoeringsscan.scans.outcome import OutcomeKind
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scans.succession import proposed
from uitvoeringsscan.use_cases import (
    answering,
    bill_tests,
    bills,
    coordinating,
    history,
    intending,
    outcomes,
    publishing,
    reading,
    rounds,
    shifts,
    versions,
    vote_moves,
)
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.web.agency_together import TEST_FIELDS, dossier_of, keep_bill_test
from uitvoeringsscan.web.intended import keep_intended, read_intended
from uitvoeringsscan.web.typed import read_day, read_moment
from uitvoeringsscan.web.visit import (
    AnyVisit,
    Posted,
    Visit,
    errors_by_field,
    field_errors,
    go_to,
    seen,
    text,
    text_or_file,
)

router = APIRouter()


@router.get("/coordinatie/scans/{identifier}")
def scan_page(visit: AnyVisit, identifier: str) -> Response:
    _allowed(visit)
    shifts.looked(visit.desk, visit.actor, reading.get_scan(visit.desk, visit.actor, identifier).id)
    return _scan(visit, identifier, {}, ())


@router.post("/coordinatie/scans/{identifier}/routering")
def confirm(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    """Confirm whom to ask. In this form a changed proposal must say why: it is read in public."""
    chosen = [str(code) for code in form.getlist("organisatie") if code]
    typed: dict[str, Any] = {name: text(form, name) for name in ("toelichting", "dag", "tijd")}
    typed["organisatie"] = chosen
    problems: list[Problem] = []
    deadline = read_moment(typed["dag"], typed["tijd"], "dag", problems)
    scan = reading.get_scan(visit.desk, visit.actor, identifier)
    changed = set(chosen) != set(proposed(scan, versions.get_succession(visit.desk, visit.actor, identifier)))
    if scan.state is ScanState.SUBMITTED and changed and not typed["toelichting"].strip():
        message = "U wijkt af van het voorstel. Schrijf in een zin waarom: dat wordt openbaar."
        problems.append(Problem(code="verplicht", field="toelichting", message=message))
    if problems:
        return _scan(visit, identifier, typed, problems)

    def do() -> object:
        return coordinating.confirm_routing(
            visit.desk,
            visit.actor,
            identifier,
            seen(form),
            chosen,
            explanation=typed["toelichting"],
            respond_by=deadline,
        )

    return attempt(visit, identifier, typed, do)


@router.post("/coordinatie/scans/{identifier}/stemming")
def move_vote(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    typed = {"stemmingsdag": text(form, "stemmingsdag"), "stemmingstijd": text(form, "stemmingstijd")}
    problems: list[Problem] = []
    vote = read_moment(typed["stemmingsdag"], typed["stemmingstijd"], "stemmingsdag", problems)
    if problems:
        return _scan(visit, identifier, typed, problems)
    return attempt(
        visit, identifier, typed, lambda: vote_moves.move_vote(visit.desk, visit.actor, identifier, seen(form), vote)
    )


@router.post("/coordinatie/scans/{identifier}/uitslag")
def record_outcome(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    """What the House did, and when."""
    typed = {name: text(form, name) for name in ("uitslag", "uitslagdag", "uitslagtijd", "uitslagbron")}
    problems: list[Problem] = []
    at = read_moment(typed["uitslagdag"], typed["uitslagtijd"], "uitslagdag", problems)
    kind = next((kind for kind in OutcomeKind if kind.value == typed["uitslag"]), None)
    if kind is None:
        problems.append(Problem(code="verplicht", field="uitslag", message="Kies wat de Kamer deed."))
    if at is None and not problems:
        message = "Schrijf de dag zoals 8 december 2026, en de tijd zoals 16.00."
        problems.append(Problem(code="verplicht", field="uitslagdag", message=message))
    if at is None or kind is None:
        known(visit.actor)
        return _scan(visit, identifier, typed, problems)
    return attempt(
        visit,
        identifier,
        typed,
        lambda: outcomes.record_outcome(
            visit.desk, visit.actor, identifier, seen(form), kind, at, typed["uitslagbron"]
        ),
        fields={"op": "uitslagdag", "bron": "uitslagbron"},
    )


@router.post("/coordinatie/scans/{identifier}/invoering")
def set_intended(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    typed, problems = read_intended(form)
    if problems:
        known(visit.actor)
        return _scan(visit, identifier, typed, problems)
    return attempt(
        visit, identifier, typed, lambda: keep_intended(visit, identifier, form, typed), field="invoeringstoelichting"
    )


@router.post("/coordinatie/scans/{identifier}/afronden")
def close_round(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    reason = text(form, "afronding")
    typed = {name: text(form, name) for name in form if name.startswith("afronding")}
    single = {name.removeprefix("afronding-"): words for name, words in typed.items() if name != "afronding"}
    given = {code: words for code, words in single.items() if words.strip()}
    return attempt(
        visit,
        identifier,
        typed,
        lambda: coordinating.close_round(visit.desk, visit.actor, identifier, seen(form), reason, given),
        field="afronding",
        fields={f"perOrganisatie.{code}": f"afronding-{code}" for code in single},
    )


@router.post("/coordinatie/scans/{identifier}/termijn/{agency}")
def move_deadline(visit: AnyVisit, form: Posted, identifier: str, agency: str) -> Response:
    """Give one agency until another moment."""
    day, clock = f"dag-{agency}", f"tijd-{agency}"
    typed = {day: text(form, "dag"), clock: text(form, "tijd")}
    problems: list[Problem] = []
    moment = read_moment(typed[day], typed[clock], day, problems)
    if moment is None:
        message = "Schrijf de dag zoals 8 december 2026, en de tijd zoals 16.00."
        known(visit.actor)
        return _scan(visit, identifier, typed, problems or [Problem(code="verplicht", field=day, message=message)])
    return attempt(
        visit,
        identifier,
        typed,
        lambda: rounds.move_deadline(visit.desk, visit.actor, f"{identifier}-{agency}", seen(form), moment),
        fields={"reactieVoor": day},
    )


@router.post("/coordinatie/scans/{identifier}/heropenen/{agency}")
def reopen(visit: AnyVisit, form: Posted, identifier: str, agency: str) -> Response:
    reason = text(form, "reden")
    return attempt(
        visit,
        identifier,
        {f"reden-{agency}": reason},
        lambda: rounds.reopen(visit.desk, visit.actor, f"{identifier}-{agency}", seen(form), reason),
        field=f"reden-{agency}",
    )


@router.post("/coordinatie/scans/{identifier}/uitvoeringstoets")
def add_bill_test(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    """Keep what an agency said about the bill itself."""
    _allowed(visit)
    scan = reading.get_scan(visit.desk, visit.actor, identifier)
    typed = {name: text(form, name) for name in (*TEST_FIELDS.values(), "toetsorganisatie")}
    problems = keep_bill_test(visit, form, dossier_of(scan.amendment), typed["toetsorganisatie"])
    return _scan(visit, identifier, typed, problems) if problems else go_to(f"/coordinatie/scans/{identifier}")


@router.post("/coordinatie/scans/{identifier}/publiceren")
def publish(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    try:
        publication = publishing.publish(visit.desk, visit.actor, identifier, seen(form))
    except (Stale, WrongState) as error:
        return _scan(visit, identifier, {}, (Problem(code=error.code, message=error.message),))
    return go_to(f"/publicaties/{publication.number}")


@router.post("/coordinatie/scans/{identifier}/rectificeren")
def correct(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    reason = text(form, "rectificatie")
    return attempt(
        visit,
        identifier,
        {"rectificatie": reason},
        lambda: coordinating.start_correction(visit.desk, visit.actor, identifier, seen(form), reason),
        field="rectificatie",
    )


@router.post("/coordinatie/scans/{identifier}/terugzenden/{agency}")
def send_back(visit: AnyVisit, form: Posted, identifier: str, agency: str) -> Response:
    remarks = text(form, "opmerking")
    return attempt(
        visit,
        identifier,
        {f"opmerking-{agency}": remarks},
        lambda: answering.send_back(visit.desk, visit.actor, f"{identifier}-{agency}", seen(form), remarks),
        field=f"opmerking-{agency}",
    )


_BILL_FIELDS = {
    "tekst": "wetsvoorstel",
    "bestand": "wetsvoorstelbestand",
    "versie": "wetsvoorstelversie",
    "datum": "wetsvoorsteldatum",
}
"""The fields of a bill, as they are called on this page, where other forms have fields of those names."""


@router.post("/coordinatie/scans/{identifier}/wetsvoorstel")
def add_bill(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    """Keep a text of the bill that this amendment changes, and look at the proposal that follows from it."""
    _allowed(visit)
    typed: dict[str, Any] = {name: text(form, name) for name in _BILL_FIELDS.values()}
    amendment = reading.get_scan(visit.desk, visit.actor, identifier).amendment
    try:
        dated = read_day(typed["wetsvoorsteldatum"])
    except ValueError:
        message = "Schrijf de datum zoals 25 november 2026."
        return _scan(
            visit, identifier, typed, (Problem(code="ongeldige-datum", field="wetsvoorsteldatum", message=message),)
        )
    try:
        bills.add_bill(
            visit.desk,
            visit.actor,
            dossier_name(amendment.dossier_number or "", amendment.dossier_suffix),
            text_or_file(visit, form, "wetsvoorstel", "wetsvoorstelbestand"),
            label=typed["wetsvoorstelversie"],
            dated=dated,
        )
    except InvalidInput as error:
        problems = [replace(p, field=_BILL_FIELDS.get(p.field or "", p.field)) for p in error.problems]
        return _scan(visit, identifier, typed, problems)
    return go_to(f"/coordinatie/scans/{identifier}")


def _allowed(visit: Visit) -> None:
    known(visit.actor)
    require(visit.actor, Action.ROUTE_SCAN)


def attempt(
    visit: Visit,
    identifier: str,
    typed: dict[str, Any],
    do: Callable[[], object],
    *,
    field: str = "toelichting",
    fields: Mapping[str, str] | None = None,
) -> Response:
    """Do it and show the scan; a fault shows the same page with everything typed.

    field, fields  where a reason was typed, and where other things were
    """
    places = {"toelichting": field, **(fields or {})}
    try:
        do()
    except InvalidInput as error:
        problems = [
            Problem(code=p.code, message=p.message, field=places.get(p.field or "", p.field)) for p in error.problems
        ]
        return _scan(visit, identifier, typed, problems)
    except (Stale, WrongState) as error:
        return _scan(visit, identifier, typed, (_whole(error),))
    return go_to(f"/coordinatie/scans/{identifier}")


def _whole(error: DomainError) -> Problem:
    return Problem(code=error.code, message=error.message)


_ANCHORS = {"reactieVoor": "veld-dag"}


def _scan(visit: Visit, identifier: str, typed: dict[str, Any], problems: Sequence[Problem]) -> Response:
    scan = reading.get_scan(visit.desk, visit.actor, identifier)
    files = reading.list_assessments(visit.desk, visit.actor, identifier)
    register = visit.desk.register
    names = {agency.code: agency.name for agency in register.agencies}
    routing = routing_view(scan.routing, scan.amendment.text, scan.amendment.title, register)
    before = versions.get_succession(visit.desk, visit.actor, identifier)
    earlier = succession_view(before, scan, register) if before else None
    listed = {proposal.code for proposal in routing.proposals} | {
        code for code, _ in (earlier.again if earlier else ())
    }
    return visit.render(
        "coordinator/scan.html",
        page_title=f"{paper_of(scan)}: {scan.amendment.title}",
        status=400 if problems else 200,
        errors=field_errors(problems, _ANCHORS),
        beside=errors_by_field(problems),
        typed=typed,
        scan=scan,
        files=files,
        names=names,
        short={agency.code: agency.short_name for agency in register.agencies},
        routing=routing,
        bill=bills.newest_bill(visit.desk, scan),
        earlier=earlier,
        chosen=typed.get("organisatie", [*proposed(scan, before)]),
        others=sorted((name, code) for code, name in names.items() if code not in listed),
        present={file.agency for file in files},
        intended=intended_words(intending.of_scan(visit.desk, scan)),
        outcome=outcome_words(scan.outcome),
        outcomes=[{"value": kind.value, "label": labels.OUTCOMES[kind.value].label} for kind in OutcomeKind],
        can=frozenset(step.name for step in Step if (scan.state, step) in ALLOWED),
        now=visit.desk.now(),
        timing=timing_view(scan, files, visit.desk.now()),
        tests=bill_tests.of_scan(visit.desk, visit.actor, identifier),
        agencies=[{"value": agency.code, "label": agency.name} for agency in register.agencies],
        happened=happening_lines(
            history.of_scan(visit.desk, visit.actor, identifier),
            {agency.code: agency.short_name for agency in register.agencies},
        ),
    )


def paper_of(scan: Scan) -> str:
    return scan.paper or scan.id
