"""The technical rules of the Dutch API Design Rules (Logius, 2.x), over openapi.json and over real answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from api_callers import ANY, BASE, Api, body, problem

from uitvoeringsscan.api.app import API_VERSION

KEBAB = re.compile(r"(/([a-z0-9]+(-[a-z0-9]+)*|\{[a-zA-Z]+\}))*/?(_[a-z]+)?")
CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")


@pytest.fixture
def document(small_api: Api) -> dict[str, Any]:
    answer = small_api(None, "GET", "/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"].startswith("application/json")
    found = dict(answer.json())
    for _, _, operation in _operations(found):  # what is the same everywhere stands once, and is referred to
        answers = operation["responses"]
        operation["responses"] = {status: _resolved(found, content) for status, content in answers.items()}
    return found


def _resolved(document: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    target: Any = document
    for name in part["$ref"].removeprefix("#/").split("/"):
        target = target[name]
    return dict(target)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from _walk(part)


def test_the_document_says_who_and_where(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.")
    info = document["info"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert info["version"] == API_VERSION
    assert {"name", "url", "email"} <= set(info["contact"])
    assert info["title"]
    assert info["description"]
    assert info["license"]
    assert [server["url"].rsplit("/", 1)[-1] for server in document["servers"]] == ["v1"]


def test_paths_and_names(document: dict[str, Any]) -> None:
    for path, _, operation in _operations(document):
        assert KEBAB.fullmatch(path), path
        assert not path.endswith("/")
        for parameter in operation.get("parameters", []):
            assert parameter["in"] == "header" or CAMEL.fullmatch(parameter["name"]), parameter["name"]
    for schema in _walk(document["components"]["schemas"]):
        for name in schema.get("properties", {}):
            if isinstance(schema["properties"], dict) and isinstance(schema["properties"][name], dict):
                assert CAMEL.fullmatch(name), name


def test_every_operation_is_documented_in_dutch(document: dict[str, Any]) -> None:
    english = {"Successful Response", "Validation Error"}
    dutch = re.compile(
        r"\b(de|een|het|van|er|wie|scans?|uitvraag|uitvragen|amendement|vragenlijsten|antwoorden)\b", re.I
    )
    seen = set()
    for path, method, operation in _operations(document):
        summary = operation["summary"]
        assert dutch.search(summary), f"{method} {path}: {summary}"
        assert operation["tags"]
        seen.add(operation["operationId"])
        for answer in operation["responses"].values():
            assert answer["description"]
            assert answer["description"] not in english
    assert len(seen) == sum(1 for _ in _operations(document))
    assert "HTTPValidationError" not in str(document)
    assert "ValidationError" not in document["components"]["schemas"]


def test_every_answer_is_documented_with_the_version_and_as_a_problem(document: dict[str, Any]) -> None:
    for path, method, operation in _operations(document):
        answers = operation["responses"]
        assert any(status.startswith("2") for status in answers), path
        for status, answer in answers.items():
            assert "API-Version" in answer["headers"], f"{method} {path} {status}"
            if status >= "400":
                assert set(answer["content"]) == {"application/problem+json"}
                reference = answer["content"]["application/problem+json"]["schema"]["$ref"]
                schema = document["components"]["schemas"][reference.rsplit("/", 1)[-1]]
                assert {"status", "title", "detail"} <= set(schema["properties"])
        if method in ("post", "put", "patch") or operation.get("parameters"):
            assert "400" in answers, f"{method} {path}"
        if "security" in operation:
            assert "401" in answers


def test_dates_have_their_format(document: dict[str, Any]) -> None:
    moments = ("stemming", "reactieVoor", "stemmingVanaf")
    wanted = {**dict.fromkeys(moments, "date-time"), "ontvangen": "date", "datum": "date"}
    found = set()
    named = [
        *((name, schema) for holder in _walk(document["components"]["schemas"])
          for name, schema in holder.get("properties", {}).items() if isinstance(holder.get("properties"), dict)),
        *((parameter["name"], parameter["schema"]) for _, _, o in _operations(document) for parameter in o.get("parameters", [])),
    ]  # fmt: skip
    for name, schema in named:
        if name in wanted:
            found.add(name)
            assert wanted[name] in {part.get("format") for part in _walk(schema)}, (name, schema)
    assert found == set(wanted)


def test_every_reference_in_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    for part in _walk(document):
        reference = part.get("$ref")
        if isinstance(reference, str):
            target: Any = document
            for name in reference.removeprefix("#/").split("/"):
                target = target[name]


def test_a_slash_at_the_end_is_404_and_never_a_redirect(small_api: Api, document: dict[str, Any]) -> None:
    for path, method, _ in _operations(document):
        concrete = re.sub(r"\{[a-zA-Z]+\}", "x", path) + "/"
        problem(small_api("coordinator", method.upper(), concrete, {} if method != "get" else None, ANY), 404)


def test_security_headers_and_version_on_every_answer(small_api: Api) -> None:
    api = small_api
    scan = api.submitted()
    answers = [
        api("indiener", "GET", f"/scans/{scan}"),
        api("indiener", "GET", f"/scans/{scan}", headers={"If-None-Match": '"1"'}),
        api(None, "GET", "/openapi.json"),
        api(None, "GET", "/publicaties"),
        api(None, "GET", "/scans"),
        api(None, "GET", "/niets"),
        api("indiener", "PATCH", "/scans"),
        api("indiener", "POST", "/scans", {}),
        api.raw("indiener", "POST", "/scans", b"x", Content_Type="text/plain"),
        api.raw("indiener", "POST", "/scans", b"x" * 1_000_001),
    ]
    for answer in answers:
        assert answer.headers.get_list("api-version") == [API_VERSION]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"]
        for name in ("server", "x-powered-by"):
            assert name not in answer.headers


def test_nothing_that_is_confidential_may_be_kept_by_a_cache(small_api: Api) -> None:
    api = small_api
    scan = api.routed("uwv")
    for who, path in (("indiener", f"/scans/{scan}"), ("behandelaar-uwv", "/uitvragen"), ("coordinator", "/scans"),
                      ("behandelaar-uwv", f"/uitvragen/{scan}-uwv"), ("indiener", f"/scans/{scan}/uitvragen")):  # fmt: skip
        assert "public" not in api(who, "GET", path).headers["cache-control"]


def test_moments_come_back_in_utc(small_api: Api) -> None:
    api = small_api
    scan = api.ok("indiener", "POST", "/scans", body(stemming="2026-12-08T16:00:00.25+02:00"))
    assert scan["stemming"] == "2026-12-08T14:00:00Z"
    number = api.published("uwv", stemming="2026-12-08T16:00:00-03:30")["nummer"]
    publication = api.ok(None, "GET", f"/publicaties/{number}")
    for value in (scan["aangemaaktOp"], publication["gepubliceerdOp"], publication["stemming"]):
        assert value.endswith("Z")
        assert datetime.fromisoformat(value).tzinfo is not None
    assert publication["stemming"] == "2026-12-08T19:30:00Z"


def test_reading_changes_nothing(api: Api, request: pytest.FixtureRequest) -> None:
    scan = api.routed("uwv")
    number = api.published("uwv", ondernummer="15")["nummer"]
    before = api.world.contents()
    paths = ("/scans", f"/scans/{scan}", f"/scans/{scan}/uitvragen", "/uitvragen", f"/uitvragen/{scan}-uwv", "/publicaties",
             f"/publicaties/{number}", "/dossiers/99001", "/stemmingen/2026-12-08", "/organisaties", "/vragenlijsten",
             "/vragenlijsten/basis/1.0", "/openapi.json", "/scans/2026-0000")  # fmt: skip
    for path in paths:
        api("behandelaar-uwv", "GET", path)
        api("coordinator", "GET", path, headers={"Idempotency-Key": "k", "If-Match": "*"})
    assert api.world.contents() == before


def test_the_base_of_the_api_is_no_page(small_api: Api) -> None:
    answer = small_api.http.get(BASE + "/")
    problem(answer, 404)
