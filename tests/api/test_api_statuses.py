"""Every status of every operation, as openapi.json tells it: each one is produced here, and no other comes.

Each answer is held against the schema that the document gives for it, and every example is sent as it stands there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from api_callers import ANY, Api, problem
from fastapi import FastAPI
from jsonschema import Draft202012Validator, FormatChecker
from starlette.testclient import TestClient

from uitvoeringsscan.api.app import mount
from uitvoeringsscan.api.operations import OPERATIONS
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.scans.outcome import OutcomeKind
from uitvoeringsscan.use_cases import looking_back, outcomes

REASON = {"toelichting": "Dit is de reden."}
Place = Callable[[Api], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Who can do it and where; who sees it and may not; where it does not fit; what cannot be there."""

    who: str | None
    at: Place
    refused: str | None = None
    refused_at: Place | None = None
    unfit: Place | None = None
    absent: str | None = None
    body: Any = None
    more: tuple[tuple[str, dict[str, str]], ...] = ()
    """Statuses of its own: path after the place, and headers."""


def fixed(path: str) -> Place:
    return lambda api: path


def scan(make: Callable[[Api], str], rest: str = "") -> Place:
    return lambda api: f"/scans/{make(api)}{rest}"


def file(make: Callable[[Api], str], rest: str = "") -> Place:
    return lambda api: f"/uitvragen/{make(api)}-uwv{rest}"


def submitted(api: Api) -> str:
    return api.submitted(ondernummer="14")


def routed(api: Api) -> str:
    return api.routed("uwv")


def complete(api: Api) -> str:
    """Answers that could be handed in, sent back after they were."""
    made = handed_in(api)
    api.ok("vaststeller-uwv", "POST", f"/uitvragen/{made}-uwv/terugzending", REASON, headers=ANY)
    return made


def handed_in(api: Api) -> str:
    made = api.routed("uwv")
    api.answer(made, "uwv")
    return made


def assessed(api: Api) -> str:
    return api.assessed("uwv")


def published(api: Api) -> str:
    return str(api.published("uwv")["scan"])


def corrected(api: Api) -> str:
    """A second version of a publication."""
    made = published(api)
    api.ok("coordinator", "POST", f"/scans/{made}/rectificatie", REASON, headers=ANY)
    api.ok("coordinator", "POST", f"/scans/{made}/publicaties", headers=ANY)
    return made


def withdrawn(api: Api) -> str:
    made = api.routed("uwv")
    api.ok("coordinator", "POST", f"/scans/{made}/intrekking", REASON, headers=ANY)
    return made


def secret(api: Api) -> str:
    return api.submitted(vertrouwelijk=True, ondernummer=None)


def changed(api: Api) -> str:
    """A changed amendment, whose file came along from the version before."""
    api.assessed("uwv", ondernummer="14")
    return api.routed("uwv", ondernummer="15", soort="gewijzigd amendement", vervangt="14")


def commented(api: Api) -> str:
    """A file with a comment of a colleague."""
    made = api.routed("uwv")
    api.ok("behandelaar-uwv", "POST", f"/uitvragen/{made}-uwv/opmerkingen", {"vraag": "raakt", "tekst": "Zeker?"})
    return made


def answered_before(api: Api) -> str:
    """A file of an agency that answered about the same law before."""
    api.assessed("uwv", ondernummer="14")
    api.world.clock.forward(hours=1)
    return api.routed("uwv", ondernummer="41")


def looked_at(api: Api) -> str:
    """A published scan whose agency is asked to look back."""
    made = published(api)
    desk, now = api.world.desk, api.world.clock.now()
    outcomes.record_outcome(desk, SERVICE, made, None, OutcomeKind.ADOPTED, now, "Stemmingsuitslag")
    looking_back.sweep(desk, now + timedelta(days=400))
    return made


def looked_back(api: Api) -> str:
    made = looked_at(api)
    body = {"toelichting": "Het liep zoals gedacht."}
    api.ok("behandelaar-uwv", "POST", f"/terugblikken/{made}-uwv/indiening", body, headers=ANY)
    return made


def look(make: Callable[[Api], str], rest: str = "") -> Place:
    return lambda api: f"/terugblikken/{make(api)}-uwv{rest}"


def proposal(rest: str = "", **more: Any) -> Place:
    return lambda api: f"/scanvoorstellen/{api.proposed(**more)}{rest}"


def dismissed(api: Api) -> str:
    place = f"/scanvoorstellen/{api.proposed()}"
    api.ok("coordinator", "POST", f"{place}/afwijzing", REASON, headers=ANY)
    return place


NO_PROPOSAL = "/scanvoorstellen/99999999-0000-0000-0000-000000000000"
NO_LOOK = "/terugblikken/2026-9999-uwv"
COORDINATOR, RESPONDENT, APPROVER = "coordinator", "behandelaar-uwv", "vaststeller-uwv"
NO_SCAN, NO_FILE = "/scans/2026-9999", "/uitvragen/2026-9999-uwv"

CASES: dict[tuple[str, str], Case] = {
    ("post", "/routeringen"): Case(who=None, at=fixed("/routeringen")),
    ("get", "/routeringen/correcties"): Case(
        who=COORDINATOR, at=fixed("/routeringen/correcties"), refused="lezer", more=(("", {"Accept": "image/png"}),)
    ),
    ("post", "/scans"): Case(who="indiener", at=fixed("/scans"), refused="lezer"),
    ("get", "/scans"): Case(who="lezer", at=fixed("/scans")),
    ("get", "/scans/{scan}"): Case(who="indiener", at=scan(submitted), absent=NO_SCAN),
    ("put", "/scans/{scan}/routering"): Case(
        who=COORDINATOR, at=scan(submitted, "/routering"), refused="lezer", unfit=scan(published, "/routering"),
        absent=f"{NO_SCAN}/routering"),
    ("get", "/scans/{scan}/uitvragen"): Case(
        who="indiener", at=scan(routed, "/uitvragen"), absent=f"{NO_SCAN}/uitvragen"),
    ("get", "/scans/{scan}/eerdere-versie"): Case(
        who=COORDINATOR, at=scan(changed, "/eerdere-versie"), refused="indiener", absent=f"{NO_SCAN}/eerdere-versie"),
    ("put", "/scans/{scan}/stemming"): Case(
        who=COORDINATOR, at=scan(submitted, "/stemming"), refused="lezer", unfit=scan(withdrawn, "/stemming"),
        absent=f"{NO_SCAN}/stemming"),
    ("put", "/scans/{scan}/uitslag"): Case(
        who=COORDINATOR, at=scan(submitted, "/uitslag"), refused="lezer", absent=f"{NO_SCAN}/uitslag"),
    ("get", "/scans/{scan}/invoering"): Case(
        who="indiener", at=scan(submitted, "/invoering"), absent=f"{NO_SCAN}/invoering"),
    ("put", "/scans/{scan}/invoering"): Case(
        who=COORDINATOR, at=scan(submitted, "/invoering"), refused="lezer", unfit=scan(withdrawn, "/invoering"),
        absent=f"{NO_SCAN}/invoering"),
    ("put", "/scans/{scan}/reactie"): Case(
        who="indiener", at=scan(submitted, "/reactie"), refused=COORDINATOR, unfit=scan(withdrawn, "/reactie"),
        absent=f"{NO_SCAN}/reactie"),
    ("get", "/publicaties/{nummer}/aanvullingen"): Case(
        who=None, at=lambda api: f"/publicaties/{published(api)}-v1/aanvullingen",
        absent="/publicaties/2026-9999-v1/aanvullingen"),
    ("get", "/terugblikken"): Case(who=RESPONDENT, at=lambda api: looked_at(api) and "/terugblikken", refused="lezer"),
    ("get", "/terugblikken/{terugblik}"): Case(who=RESPONDENT, at=look(looked_back), absent=NO_LOOK),
    ("post", "/terugblikken/{terugblik}/indiening"): Case(
        who=RESPONDENT, at=look(looked_at, "/indiening"), refused=COORDINATOR, unfit=look(looked_back, "/indiening"),
        absent=f"{NO_LOOK}/indiening"),
    ("post", "/terugblikken/{terugblik}/vaststelling"): Case(
        who=APPROVER, at=look(looked_back, "/vaststelling"), refused=RESPONDENT, unfit=look(looked_at, "/vaststelling"),
        absent=f"{NO_LOOK}/vaststelling"),
    ("post", "/terugblikken/{terugblik}/terugzending"): Case(
        who=APPROVER, at=look(looked_back, "/terugzending"), refused=RESPONDENT, unfit=look(looked_at, "/terugzending"),
        absent=f"{NO_LOOK}/terugzending"),
    ("get", "/scanvoorstellen"): Case(
        who=COORDINATOR, at=lambda api: api.proposed() and "/scanvoorstellen", refused="lezer"),
    ("get", "/scanvoorstellen/{scanvoorstel}"): Case(
        who=COORDINATOR, at=proposal(), refused="indiener", absent=NO_PROPOSAL),
    ("post", "/scanvoorstellen/{scanvoorstel}/aanvaarding"): Case(
        who=COORDINATOR, at=proposal("/aanvaarding"), refused="indiener", unfit=proposal("/aanvaarding", text=None),
        absent=f"{NO_PROPOSAL}/aanvaarding"),
    ("post", "/scanvoorstellen/{scanvoorstel}/afwijzing"): Case(
        who=COORDINATOR, at=proposal("/afwijzing"), refused="indiener",
        unfit=lambda api: f"{dismissed(api)}/afwijzing", absent=f"{NO_PROPOSAL}/afwijzing"),
    ("post", "/scanvoorstellen/{scanvoorstel}/heropening"): Case(
        who=COORDINATOR, at=lambda api: f"{dismissed(api)}/heropening", refused="indiener",
        unfit=proposal("/heropening"), absent=f"{NO_PROPOSAL}/heropening"),
    ("post", "/scans/{scan}/openbaarmaking"): Case(
        who="indiener", at=scan(secret, "/openbaarmaking"), refused=COORDINATOR, unfit=scan(submitted, "/openbaarmaking"),
        absent=f"{NO_SCAN}/openbaarmaking"),
    ("post", "/scans/{scan}/afronding"): Case(
        who=COORDINATOR, at=scan(routed, "/afronding"), refused="lezer", unfit=scan(submitted, "/afronding"),
        absent=f"{NO_SCAN}/afronding"),
    ("post", "/scans/{scan}/intrekking"): Case(
        who="indiener", at=scan(submitted, "/intrekking"), refused="lezer", unfit=scan(withdrawn, "/intrekking"),
        absent=f"{NO_SCAN}/intrekking"),
    ("post", "/scans/{scan}/rectificatie"): Case(
        who=COORDINATOR, at=scan(published, "/rectificatie"), refused="lezer", unfit=scan(submitted, "/rectificatie"),
        absent=f"{NO_SCAN}/rectificatie"),
    ("post", "/scans/{scan}/publicaties"): Case(
        who=COORDINATOR, at=scan(assessed, "/publicaties"), refused="lezer", unfit=scan(submitted, "/publicaties"),
        absent=f"{NO_SCAN}/publicaties"),
    ("get", "/uitvragen"): Case(who=RESPONDENT, at=fixed("/uitvragen"), refused="lezer"),
    ("get", "/uitvragen/{uitvraag}"): Case(who=RESPONDENT, at=file(routed), absent=NO_FILE),
    ("get", "/uitvragen/{uitvraag}/eerdere-versie"): Case(
        who=RESPONDENT, at=file(changed, "/eerdere-versie"), absent=f"{NO_FILE}/eerdere-versie"),
    ("put", "/uitvragen/{uitvraag}/antwoorden"): Case(
        who=RESPONDENT, at=file(routed, "/antwoorden"), refused=COORDINATOR, unfit=file(handed_in, "/antwoorden"),
        absent=f"{NO_FILE}/antwoorden"),
    ("post", "/uitvragen/{uitvraag}/indiening"): Case(
        who=RESPONDENT, at=file(complete, "/indiening"), refused=COORDINATOR, unfit=file(handed_in, "/indiening"),
        absent=f"{NO_FILE}/indiening"),
    ("post", "/uitvragen/{uitvraag}/bevestiging"): Case(
        who=RESPONDENT, at=file(changed, "/bevestiging"), refused=COORDINATOR, unfit=file(routed, "/bevestiging"),
        absent=f"{NO_FILE}/bevestiging"),
    ("post", "/uitvragen/{uitvraag}/geen-gevolgen"): Case(
        who=RESPONDENT, at=file(routed, "/geen-gevolgen"), refused=COORDINATOR, unfit=file(handed_in, "/geen-gevolgen"),
        absent=f"{NO_FILE}/geen-gevolgen"),
    ("post", "/uitvragen/{uitvraag}/niet-van-toepassing"): Case(
        who=RESPONDENT, at=file(routed, "/niet-van-toepassing"), refused=COORDINATOR,
        unfit=file(handed_in, "/niet-van-toepassing"), absent=f"{NO_FILE}/niet-van-toepassing"),
    ("post", "/uitvragen/{uitvraag}/vaststelling"): Case(
        who=APPROVER, at=file(handed_in, "/vaststelling"), refused=RESPONDENT, unfit=file(routed, "/vaststelling"),
        absent=f"{NO_FILE}/vaststelling"),
    ("post", "/uitvragen/{uitvraag}/terugzending"): Case(
        who=APPROVER, at=file(handed_in, "/terugzending"), refused=RESPONDENT, unfit=file(routed, "/terugzending"),
        absent=f"{NO_FILE}/terugzending"),
    ("put", "/uitvragen/{uitvraag}/reactietermijn"): Case(
        who=COORDINATOR, at=file(routed, "/reactietermijn"), refused=RESPONDENT, unfit=file(assessed, "/reactietermijn"),
        absent=f"{NO_FILE}/reactietermijn"),
    ("post", "/uitvragen/{uitvraag}/heropening"): Case(
        who=COORDINATOR, at=file(assessed, "/heropening"), refused=APPROVER, unfit=file(routed, "/heropening"),
        absent=f"{NO_FILE}/heropening"),
    ("get", "/uitvragen/{uitvraag}/gebeurtenissen"): Case(
        who=RESPONDENT, at=file(handed_in, "/gebeurtenissen"), absent=f"{NO_FILE}/gebeurtenissen"),
    ("get", "/scans/{scan}/gebeurtenissen"): Case(
        who="indiener", at=scan(handed_in, "/gebeurtenissen"), absent=f"{NO_SCAN}/gebeurtenissen"),
    ("get", "/uitvragen/{uitvraag}/samenwerking"): Case(
        who=RESPONDENT, at=file(commented, "/samenwerking"), refused=COORDINATOR, absent=f"{NO_FILE}/samenwerking"),
    ("post", "/uitvragen/{uitvraag}/opmerkingen"): Case(
        who=RESPONDENT, at=file(routed, "/opmerkingen"), refused=COORDINATOR, unfit=file(published, "/opmerkingen"),
        absent=f"{NO_FILE}/opmerkingen"),
    ("put", "/uitvragen/{uitvraag}/opmerkingen"): Case(
        who=APPROVER, at=file(commented, "/opmerkingen"), refused=COORDINATOR, unfit=file(published, "/opmerkingen"),
        absent=f"{NO_FILE}/opmerkingen"),
    ("put", "/uitvragen/{uitvraag}/toewijzing"): Case(
        who=RESPONDENT, at=file(commented, "/toewijzing"), refused=COORDINATOR, unfit=file(published, "/toewijzing"),
        absent=f"{NO_FILE}/toewijzing"),
    ("get", "/uitvragen/{uitvraag}/eerdere-antwoorden"): Case(
        who=RESPONDENT, at=file(answered_before, "/eerdere-antwoorden"), absent=f"{NO_FILE}/eerdere-antwoorden"),
    ("post", "/uitvragen/{uitvraag}/overname"): Case(
        who=RESPONDENT, at=file(answered_before, "/overname"), refused=COORDINATOR, unfit=file(handed_in, "/overname"),
        absent=f"{NO_FILE}/overname"),
    ("get", "/kengetallen"): Case(who=RESPONDENT, at=fixed("/kengetallen"), refused="lezer"),
    ("put", "/kengetallen"): Case(who=APPROVER, at=fixed("/kengetallen"), refused=RESPONDENT),
    ("get", "/dossiers/{dossiernummer}/uitvoeringstoetsen"): Case(
        who="lezer", at=fixed("/dossiers/99001/uitvoeringstoetsen"), absent="/dossiers/niets/uitvoeringstoetsen"),
    ("post", "/dossiers/{dossiernummer}/uitvoeringstoetsen"): Case(
        who=RESPONDENT, at=fixed("/dossiers/99001/uitvoeringstoetsen"), refused="lezer",
        absent="/dossiers/niets/uitvoeringstoetsen"),
    ("post", "/dossiers/{dossiernummer}/wetsvoorstel"): Case(
        who=COORDINATOR, at=fixed("/dossiers/99001/wetsvoorstel"), refused="lezer", more=(("", {}),),
        absent="/dossiers/niets/wetsvoorstel"),
    ("get", "/dossiers/{dossiernummer}/wetsvoorstel"): Case(
        who="lezer", at=fixed("/dossiers/99001/wetsvoorstel"), absent="/dossiers/niets/wetsvoorstel"),
    ("get", "/publicaties"): Case(who=None, at=lambda api: published(api) and "/publicaties"),
    ("get", "/publicaties/{nummer}"): Case(
        who=None, at=lambda api: f"/publicaties/{published(api)}-v1", absent="/publicaties/2026-9999-v1",
        more=(("", {"Accept": "image/png"}), ("", {"Accept": "text/html"}))),
    ("get", "/publicaties/{nummer}/verschil"): Case(
        who=None, at=lambda api: f"/publicaties/{corrected(api)}-v2/verschil", absent="/publicaties/2026-9999-v1/verschil"),
    ("get", "/dossiers/{dossiernummer}"): Case(
        who=None, at=lambda api: published(api) and "/dossiers/99001", absent="/dossiers/99009"),
    ("get", "/dossiers/{dossiernummer}/stapeling"): Case(
        who=None, at=lambda api: published(api) and "/dossiers/99001/stapeling", absent="/dossiers/99009/stapeling"),
    ("get", "/stemmingen/{datum}"): Case(who=None, at=lambda api: published(api) and "/stemmingen/2026-12-08"),
    ("get", "/stemmingen/{datum}/stapeling"): Case(
        who=None, at=lambda api: published(api) and "/stemmingen/2026-12-08/stapeling"),
    ("get", "/gebeurtenissen"): Case(who=None, at=lambda api: published(api) and "/gebeurtenissen"),
    ("get", "/organisaties"): Case(who=None, at=fixed("/organisaties")),
    ("get", "/vragenlijsten"): Case(who=None, at=fixed("/vragenlijsten")),
    ("get", "/vragenlijsten/{code}/{versie}"): Case(
        who=None, at=fixed("/vragenlijsten/basis/1.0"), absent="/vragenlijsten/niets/1.0"),
}  # fmt: skip


def test_the_list_is_complete(small_api: Api) -> None:
    document = small_api(None, "GET", "/openapi.json").json()
    real = {(method, path) for path, item in document["paths"].items() for method in item}
    streams = {key for key, known in OPERATIONS.items() if known.stream}  # in test_api_bulk
    assert set(CASES) | streams == real


@pytest.mark.parametrize(("method", "path"), list(CASES), ids=[" ".join(key) for key in CASES])
def test_every_documented_status_comes_and_no_other(api: Api, method: str, path: str) -> None:
    document = api(None, "GET", "/openapi.json").json()
    operation = document["paths"][path][method]
    answers = [
        *_done(api, operation, CASES[method, path], method),
        *_refusals(api, operation, CASES[method, path], method),
    ]
    for answer in answers:
        _holds(document, operation, answer)
    limited = {"429"}  # by a layer around the API: tests/web/test_limits.py
    assert {str(answer.status_code) for answer in answers} == set(operation["responses"]) - limited


def _sends(operation: dict[str, Any]) -> Any:
    if "requestBody" not in operation:
        return None
    return operation["requestBody"]["content"]["application/json"]["examples"]["voorbeeld"]["value"]


def _done(api: Api, operation: dict[str, Any], case: Case, method: str) -> list[Any]:
    """It succeeds, with the example of the document; and what follows from having succeeded."""
    path, verb, sent = case.at(api), method.upper(), _sends(operation)
    key = {"Idempotency-Key": "sleutel-1"} if "422" in operation["responses"] else {}
    done = api(case.who, verb, path, sent, {**ANY, **key})
    assert done.status_code in (200, 201), done.text
    answers = [done]
    if key:
        again = api(case.who, verb, path, sent, {**ANY, **key})
        assert (again.status_code, again.content) == (done.status_code, done.content)
        other = b" " + (json.dumps(sent).encode() if sent else b"")
        answers.append(api.raw(case.who, verb, path, other, **{**ANY, **key}))
    if "304" in operation["responses"]:
        answers.append(api(case.who, verb, path, headers={"If-None-Match": done.headers["etag"]}))
    answers += [api(case.who, verb, path + rest, sent, headers) for rest, headers in case.more]
    return answers


def _refusals(api: Api, operation: dict[str, Any], case: Case, method: str) -> list[Any]:
    verb, sent, known = method.upper(), _sends(operation), operation["responses"]
    here = case.at(api)
    who = case.who or "lezer"
    answers = [
        api(who, verb, here, sent, {"Idempotency-Key": "met spatie"}),
        api(None, verb, here, sent, {**ANY, "Authorization": "Bearer onbekend"}),
        _broken(api)(who, verb, here, sent, ANY),
    ]
    if case.refused:
        answers.append(api(case.refused, verb, here, sent, ANY))
    if case.unfit:
        answers.append(api(case.who, verb, case.unfit(api), sent, ANY))
    if case.absent:
        answers.append(api(case.who, verb, case.absent, sent, ANY))
    if "428" in known:
        answers += [api(case.who, verb, here, sent), api(case.who, verb, here, sent, {"If-Match": '"99"'})]
    if method != "get":
        answers += [
            api.raw(who, verb, here, b"x" * 1_000_001),
            api.raw(who, verb, here, b"tekst", Content_Type="text/plain"),
        ]
    return answers


def _broken(api: Api) -> Api:
    """The same callers, and a database that cannot be reached."""

    def fail() -> Any:
        raise OSError("no database")

    outer = FastAPI()
    mount(outer, replace(api.world.desk, reading=fail, writing=fail), "http://testserver")
    return Api(api.world, TestClient(outer, raise_server_exceptions=False, follow_redirects=False), api.secrets)


def _holds(document: dict[str, Any], operation: dict[str, Any], answer: Any) -> None:
    """The answer is what the document says that it is: status, headers, kind and shape."""
    said = operation["responses"].get(str(answer.status_code))
    assert said is not None, f"{answer.status_code} is not in the document: {answer.text[:300]}"
    if "$ref" in said:
        said = document["components"]["responses"][said["$ref"].rsplit("/", 1)[-1]]
    for name in said["headers"]:
        assert name in answer.headers, (answer.status_code, name)
    if answer.status_code >= 400:
        found = problem(answer, answer.status_code)
        assert found["type"] == "about:blank" or found["type"].rpartition("/")[2] in labels.PROBLEMS, found["type"]
    if "content" not in said:
        assert answer.content == b""
        return
    schema = said["content"][answer.headers["content-type"].partition(";")[0]]["schema"]
    faults = [
        f"{fault.json_path}: {fault.message[:300]}" for fault in _validator(document, schema).iter_errors(answer.json())
    ]
    assert faults == []


def _validator(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": document["components"]}, format_checker=FormatChecker())
