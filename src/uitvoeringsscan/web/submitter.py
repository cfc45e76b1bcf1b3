"""The submitter's pages: bring a text in, look at what was read and who would be asked, submit, follow it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Response

from uitvoeringsscan.amendments.amendment import Amendment, ParsedAmendment, Submitter
from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.errors import InvalidInput, Problem, Stale, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import Role
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.dutch import as_moment, count, short_moment
from uitvoeringsscan.presentation.earlier_view import EarlierLine, earlier_lines
from uitvoeringsscan.presentation.happenings import happening_lines
from uitvoeringsscan.presentation.intended_words import intended_words
from uitvoeringsscan.presentation.overview import paper
from uitvoeringsscan.presentation.routing_view import routing_view
from uitvoeringsscan.presentation.summary_values import Attributed
from uitvoeringsscan.presentation.summary_view import reaction_view, summary_view
from uitvoeringsscan.presentation.timing_view import promise_words
from uitvoeringsscan.routing.routing import Routing
from uitvoeringsscan.scans.corrections import laws_in, laws_of
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases import comparing, history, intending, reacting, reading, submitting
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.history import Happening
from uitvoeringsscan.use_cases.ports import ScanFilter
from uitvoeringsscan.use_cases.submitting import SubmitScan
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

KINDS = (
    "amendement",
    "gewijzigd amendement",
    "nader gewijzigd amendement",
    "tweede nader gewijzigd amendement",
    "derde nader gewijzigd amendement",
    "subamendement",
)
FIELDS = (
    "tekst", "titel", "dossiernummer", "toevoeging", "ondernummer", "soort", "vervangt", "indieners", "ontvangen",
    "stemmingsdag", "stemmingstijd", "vertrouwelijk",
)  # fmt: skip


@router.get("/indienen")
def start(visit: AnyVisit) -> Response:
    _allowed(visit)
    return _start(visit, {}, ())


@router.post("/indienen/gelezen")
def read(visit: AnyVisit, form: Posted) -> Response:
    """Step two: what was read in the text, to correct, and who would be asked. Nothing is stored yet."""
    _allowed(visit)
    typed = {name: text(form, name) for name in FIELDS}
    try:
        typed["tekst"] = text_or_file(visit, form, "tekst", "bestand")
        parsed, routing = submitting.dry_run(visit.desk, typed["tekst"], typed["titel"])
    except InvalidInput as error:
        return _start(visit, typed, error.problems)
    return _check(visit, {**typed, **_read_values(parsed, typed["titel"])}, (), parsed, routing)


@router.post("/indienen")
def submit(visit: AnyVisit, form: Posted) -> Response:
    """Submit, or keep as a draft; on any fault the same page again with everything that was typed."""
    typed = {name: text(form, name) for name in FIELDS}
    draft = text(form, "actie") == "bewaren"
    existing = text(form, "scan")
    try:
        command = _command(typed, draft)
        if existing:
            scan = submitting.submit_draft(visit.desk, visit.actor, existing, seen(form), command)
        else:
            scan = submitting.submit_scan(visit.desk, visit.actor, command)
    except (InvalidInput, Stale) as error:
        problems = (
            error.problems if isinstance(error, InvalidInput) else (Problem(code=error.code, message=error.message),)
        )
        if not typed["tekst"].strip():
            return _start(visit, typed, problems)
        try:
            parsed, routing = submitting.dry_run(visit.desk, typed["tekst"], typed["titel"], _dossier(typed))
        except InvalidInput:
            return _start(visit, typed, problems)
        return _check(visit, typed, problems, parsed, routing, scan=existing, version=text(form, "versie"))
    return go_to(f"/mijn-scans/{scan.id}")


@router.get("/mijn-scans")
def own_scans(visit: AnyVisit) -> Response:
    _allowed(visit)
    page = reading.list_scans(visit.desk, visit.actor, ScanFilter(), None, 200)
    lines = [line for line in page.results if line.owner == visit.actor.principal]
    items = [{"line": line, "paper": paper(line)} for line in lines]
    return visit.render("submitter/scans.html", page_title="Mijn scans", items=items)


@router.get("/mijn-scans/{identifier}")
def own_scan(visit: AnyVisit, identifier: str) -> Response:
    scan = reading.get_scan(visit.desk, visit.actor, identifier)
    if scan.state is ScanState.DRAFT:
        typed = _typed(scan)
        return _check(visit, typed, (), scan.parsed, scan.routing, scan=scan.id, version=str(scan.version))
    return _follow(visit, scan, ())


@router.post("/mijn-scans/{identifier}/intrekken")
def withdraw(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    try:
        submitting.withdraw_scan(visit.desk, visit.actor, identifier, seen(form), text(form, "toelichting"))
    except InvalidInput as error:
        return _follow(visit, reading.get_scan(visit.desk, visit.actor, identifier), error.problems)
    return go_to(f"/mijn-scans/{identifier}")


@router.post("/mijn-scans/{identifier}/openbaar")
def disclose(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    number = text(form, "ondernummer").strip() or None
    try:
        submitting.disclose_scan(visit.desk, visit.actor, identifier, seen(form), number)
    except InvalidInput as error:
        return _follow(visit, reading.get_scan(visit.desk, visit.actor, identifier), error.problems)
    return go_to(f"/mijn-scans/{identifier}")


@router.post("/mijn-scans/{identifier}/reactie")
def react(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    typed = {"reactie": text(form, "reactie")}
    return _try(
        visit,
        identifier,
        typed,
        lambda: reacting.react(visit.desk, visit.actor, identifier, seen(form), typed["reactie"]),
    )


@router.post("/mijn-scans/{identifier}/invoering")
def set_intended(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    typed, problems = read_intended(form)
    if problems:
        return _follow(visit, reading.get_scan(visit.desk, visit.actor, identifier), problems, typed)
    return _try(visit, identifier, typed, lambda: keep_intended(visit, identifier, form, typed))


def _try(visit: Visit, identifier: str, typed: dict[str, str], do: Callable[[], object]) -> Response:
    try:
        do()
    except InvalidInput as error:
        return _follow(visit, reading.get_scan(visit.desk, visit.actor, identifier), error.problems, typed)
    except (Stale, WrongState) as error:
        problems = (Problem(code=error.code, message=error.message),)
        return _follow(visit, reading.get_scan(visit.desk, visit.actor, identifier), problems, typed)
    return go_to(f"/mijn-scans/{identifier}")


def _allowed(visit: Visit) -> None:
    known(visit.actor)
    require(visit.actor, Action.SUBMIT_SCAN)


def _read_values(parsed: ParsedAmendment, title: str) -> dict[str, str]:
    """What was read, as it stands in the fields of the form; empty where the text does not say."""

    def value(found: Any) -> str:
        return "" if found is None else str(found.value)

    return {
        "titel": title or value(parsed.title),
        "dossiernummer": value(parsed.dossier_number),
        "toevoeging": value(parsed.dossier_suffix),
        "ondernummer": value(parsed.paper_number),
        "soort": value(parsed.kind),
        "vervangt": value(parsed.replaces),
        "indieners": "\n".join(found.value for found in parsed.submitters),
        "ontvangen": value(parsed.received),
    }


def _typed(scan: Scan) -> dict[str, str]:
    amendment = scan.amendment
    vote = as_moment(scan.vote) if scan.vote else None
    return {
        "tekst": amendment.text,
        "titel": amendment.title,
        "dossiernummer": amendment.dossier_number or "",
        "toevoeging": amendment.dossier_suffix or "",
        "ondernummer": amendment.paper_number or "",
        "soort": amendment.kind,
        "vervangt": amendment.replaces or "",
        "indieners": "\n".join(s.name + (f" ({s.party})" if s.party else "") for s in amendment.submitters),
        "ontvangen": amendment.received.isoformat() if amendment.received else "",
        "stemmingsdag": vote.date().isoformat() if vote else "",
        "stemmingstijd": vote.strftime("%H.%M") if vote else "",
        "vertrouwelijk": "ja" if scan.confidential else "",
    }


def _dossier(typed: dict[str, str]) -> str:
    return f"{typed['dossiernummer']} {typed['toevoeging']}".strip()


_SIGNED = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<party>[^()]+)\))?")


def _command(typed: dict[str, str], draft: bool) -> SubmitScan:
    problems: list[Problem] = []
    received = None
    try:
        received = read_day(typed["ontvangen"])
    except ValueError:
        message = "Schrijf de datum zoals 25 november 2026."
        problems.append(Problem(code="ongeldige-datum", field="amendement.ontvangen", message=message))
    vote = read_moment(typed["stemmingsdag"], typed["stemmingstijd"], "stemmingsdag", problems)
    if problems:
        raise InvalidInput(problems)
    return SubmitScan(
        amendment=Amendment(
            text=typed["tekst"],
            title=typed["titel"],
            dossier_number=typed["dossiernummer"] or None,
            dossier_suffix=typed["toevoeging"] or None,
            paper_number=typed["ondernummer"] or None,
            kind=typed["soort"],
            replaces=typed["vervangt"] or None,
            submitters=tuple(_submitters(typed["indieners"])),
            received=received,
        ),
        vote=vote,
        confidential=typed["vertrouwelijk"] == "ja",
        draft=draft,
    )


def _submitters(lines: str) -> list[Submitter]:
    """One name a line, the party between brackets."""
    found = []
    for line in lines.splitlines():
        if line.strip():
            signed = _SIGNED.fullmatch(line.strip())
            name, party = (signed["name"], signed["party"]) if signed else (line.strip(), None)
            found.append(Submitter(name=name, party=party))
    return found


_ANCHORS = {
    f"amendement.{name}": f"veld-{name}"
    for name in ("tekst", "titel", "dossiernummer", "toevoeging", "ondernummer", "soort", "vervangt", "ontvangen")
} | {"tekst": "veld-tekst", "titel": "veld-titel", "bestand": "veld-bestand", "stemming": "veld-stemmingsdag"}


_ALIVE = (ScanState.SUBMITTED, ScanState.IN_ASSESSMENT, ScanState.ASSESSED, ScanState.PUBLISHED)


def _anchored(problems: Sequence[Problem], form: Mapping[str, str] | None = None) -> tuple[list[Any], dict[str, str]]:
    anchors = {**_ANCHORS, **(form or {})}
    for problem in problems:
        if problem.field and problem.field.startswith("amendement.indieners"):
            anchors[problem.field] = "veld-indieners"
    summary = field_errors(problems, anchors)
    beside = {anchors.get(place, f"veld-{place}"): message for place, message in errors_by_field(problems).items()}
    return summary, beside


def _start(visit: Visit, typed: dict[str, str], problems: Sequence[Problem]) -> Response:
    summary, beside = _anchored(problems)
    return visit.render(
        "submitter/start.html",
        page_title="Amendement indienen",
        status=400 if problems else 200,
        errors=summary,
        beside=beside,
        typed={name: typed.get(name, "") for name in FIELDS},
    )


def _check(
    visit: Visit,
    typed: dict[str, str],
    problems: Sequence[Problem],
    parsed: ParsedAmendment,
    routing: Routing,
    *,
    scan: str = "",
    version: str = "",
) -> Response:
    summary, beside = _anchored(problems)
    return visit.render(
        "submitter/check.html",
        page_title="Kijk na wat we hebben gelezen",
        status=400 if problems else 200,
        errors=summary,
        beside=beside,
        typed={name: typed.get(name, "") for name in FIELDS},
        kinds=KINDS if typed.get("soort") in KINDS else (typed.get("soort") or KINDS[0], *KINDS),
        parsed=parsed,
        routing=routing_view(routing, typed["tekst"], typed["titel"], visit.desk.register),
        earlier=_earlier(visit, laws_in(parsed), typed.get("dossiernummer"), ScanId(scan) if scan else None),
        scan=scan,
        version=version,
    )


_FORMS = {"reactie": {"tekst": "veld-reactie"}, "invoeringssoort": {"toelichting": "veld-invoeringstoelichting"}}
"""Where a fault belongs, by the form that was sent: there are more forms on the page than names for faults."""


def _follow(visit: Visit, scan: Scan, problems: Sequence[Problem], typed: dict[str, str] | None = None) -> Response:
    files = reading.list_assessments(visit.desk, visit.actor, scan.id)
    form = next((places for name, places in _FORMS.items() if name in (typed or {})), {})
    summary, beside = _anchored(problems, form)
    names = {file.agency: _name(visit, file.agency) for file in files}
    happened = history.of_scan(visit.desk, visit.actor, scan.id)
    promised = promise_words(scan, files, visit.desk.now())
    return visit.render(
        "submitter/scan.html",
        page_title=scan.amendment.title,
        status=400 if problems else 200,
        errors=summary,
        beside=beside,
        scan=scan,
        files=files,
        names=names,
        typed=typed or {},
        intended=intended_words(intending.of_scan(visit.desk, scan)),
        may_react=scan.owner == visit.actor.principal and visit.actor.has(Role.SUBMITTER) and scan.state in _ALIVE,
        reaction=reaction_view(scan.reaction.text, scan.reaction.at) if scan.reaction else None,
        reaction_stands=reacting.stands(scan),
        now=visit.desk.now(),
        promised=promised,
        routing=routing_view(scan.routing, scan.amendment.text, scan.amendment.title, visit.desk.register),
        steps=_steps(scan, files, happened, promised),
        earlier=_earlier(visit, laws_of(scan), scan.amendment.dossier_number, scan.id),
        feasible_if=_feasible_if(visit, scan),
        happened=happening_lines(
            happened,
            {agency.code: agency.short_name for agency in visit.desk.register.agencies},
        ),
    )


def _name(visit: Visit, code: str) -> str:
    agency = visit.desk.register.agency(code)
    return agency.name if agency else code


def _earlier(
    visit: Visit, laws: Sequence[str], dossier: str | None, but: ScanId | None = None
) -> Sequence[EarlierLine]:
    found = comparing.on_the_same_law(visit.desk, laws, dossier, but=but)
    return earlier_lines(found, {code: words.short for code, words in labels.OUTCOMES.items()})


def _feasible_if(visit: Visit, scan: Scan) -> Sequence[Attributed]:
    """What agencies said would make it feasible, from the newest publication; nothing while there is none."""
    published = reading.newest_publications(visit.desk, [scan.id]).get(scan.id)
    return summary_view(published.document).alternatives if published else ()


_ROAD = (
    (ScanState.SUBMITTED, "Ingediend", "ScanSubmitted"),
    (ScanState.IN_ASSESSMENT, "Gevraagd aan de organisaties", "ScanRouted"),
    (ScanState.ASSESSED, "Antwoorden compleet", "ScanAssessed"),
    (ScanState.PUBLISHED, "Gepubliceerd", "ScanPublished"),
)


def _steps(
    scan: Scan, files: Sequence[Assessment], happened: Sequence[Happening], promised: str
) -> list[dict[str, str | None]]:
    """The track, like a parcel's: what is done and when, where it is, what is to come and when that is."""
    order = [state for state, _, _ in _ROAD]
    at = order.index(scan.state) if scan.state in order else -1
    when = {one.event: one.at for one in happened}
    settled = sum(file.settled for file in files)
    found: list[dict[str, str | None]] = []
    for index, (step, label, event) in enumerate(_ROAD):
        state = "done" if index < at or (index == at and at == len(_ROAD) - 1) else "current" if index == at else "todo"
        note = short_moment(when[event]) if event in when and index <= at else None
        if step is ScanState.IN_ASSESSMENT and index == at:
            note = f"{note}. {settled} van {count(len(files), 'organisatie', 'organisaties')} klaar" if note else None
        if step is ScanState.PUBLISHED and index > at and promised:
            note = promised
        found.append({"label": label, "state": state, "note": note})
    return found
