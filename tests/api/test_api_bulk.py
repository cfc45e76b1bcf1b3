"""A stream of scans: an answer for each line in order, faults that stop nothing, and the same stream once more."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from api_callers import BASE, Api, body, problem
from fastapi import FastAPI
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from uitvoeringsscan.api.app import mount

NDJSON = {"Content-Type": "application/x-ndjson"}


def line(reference: str, **more: Any) -> bytes:
    return json.dumps({"referentie": reference, **body(**more)}).encode()


def send(api: Api, *lines: bytes, who: str = "indiener", **headers: str) -> list[dict[str, Any]]:
    answer = api.http.post(
        f"{BASE}/scans/reeks", content=b"\n".join(lines), headers={**api.key(who), **NDJSON, **headers}
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    found = [json.loads(row) for row in answer.text.splitlines()]
    document = api(None, "GET", "/openapi.json").json()
    shape = Draft202012Validator({"$ref": "#/components/schemas/Reeksantwoord", "components": document["components"]})
    for row in found:
        shape.validate(row)
    return found


def test_a_line_of_answer_for_each_in_order(api: Api) -> None:
    found = send(api, *(line(f"a-{n}", ondernummer=str(n)) for n in range(1, 6)))
    assert [(row["regel"], row["referentie"], row["status"]) for row in found] == [
        (n, f"a-{n}", 201) for n in range(1, 6)
    ]
    stored = {row["id"]: row["amendement"]["ondernummer"] for row in api.ok("indiener", "GET", "/scans")["resultaten"]}
    assert stored == {row["scan"]: str(row["regel"]) for row in found}


def test_a_faulty_line_is_answered_and_the_rest_goes_on(api: Api) -> None:
    lines = [
        line("goed-1", ondernummer="1"),
        b"{geen json",
        b"",
        json.dumps({"referentie": "zonder-tekst", "amendement": {}}).encode(),
        json.dumps({"referentie": 7, **body()}).encode(),
        line("te-groot", tekst="a" * 1_000_001),
        b"\xff\xfe",
        b"[" * 5000,
        line("onmogelijk", stemming="0001-01-01T00:00:00Z"),
        line("goed-2", ondernummer="2"),
    ]
    found = send(api, *lines)
    assert [row["status"] for row in found] == [201, 400, 400, 400, 413, 400, 400, 400, 201]
    assert [row["referentie"] for row in found] == [
        "goed-1", None, "zonder-tekst", None, None, None, None, "onmogelijk", "goed-2"]  # fmt: skip
    assert {fault["veld"] for fault in found[2]["fout"]["fouten"]} >= {"amendement.tekst", "amendement.titel"}
    assert found[1]["fout"]["fouten"][0]["code"] == "geen-json"
    assert len(api.ok("indiener", "GET", "/scans")["resultaten"]) == 2


def test_a_stream_that_broke_off_is_sent_again(api: Api) -> None:
    lines = [line(f"b-{n}", ondernummer=str(n)) for n in range(1, 7)]
    first = send(api, *lines[:4])
    whole = send(api, *lines)
    assert whole[:4] == first
    assert [row["status"] for row in whole] == [201] * 6
    assert len(api.ok("indiener", "GET", "/scans")["resultaten"]) == 6
    (other,) = send(api, line("b-1", ondernummer="99"))
    assert (other["status"], other["fout"]["type"].endswith("/sleutel-hergebruikt")) == (422, True)
    (elsewhere,) = send(api, line("b-1", ondernummer="99"), who="andere-indiener")  # a reference is one's own
    assert elsewhere["status"] == 201


def test_an_idempotency_key_and_a_reference_never_meet(api: Api) -> None:
    (row,) = send(api, line("sleutel", ondernummer="1"))
    alone = api("indiener", "POST", "/scans", body(ondernummer="2"), {"Idempotency-Key": "sleutel"})
    assert alone.status_code == 201
    assert alone.json()["id"] != row["scan"]


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("lezer", 403), ("behandelaar-uwv", 403)])
def test_who_may_not_submit_is_told_at_once(api: Api, who: str | None, status: int) -> None:
    before = api.world.contents()
    problem(api.http.post(f"{BASE}/scans/reeks", content=line("x"), headers={**api.key(who), **NDJSON}), status)
    assert api.world.contents()["scans"] == before["scans"]


def test_only_a_stream_is_a_stream(small_api: Api) -> None:
    problem(small_api("indiener", "POST", "/scans/reeks", body()), 415)
    problem(small_api.raw("indiener", "POST", "/scans", line("x"), Content_Type="application/x-ndjson"), 415)
    assert send(small_api) == []


def test_many_kilobytes_without_a_line_end_are_not_kept(small_api: Api) -> None:
    found = send(small_api, b"x" * 5_000_000, line("daarna"))
    assert [row["status"] for row in found] == [413, 201]


def test_every_documented_status_of_a_stream(small_api: Api) -> None:
    api, here = small_api, f"{BASE}/scans/reeks"

    def fail() -> Any:
        raise OSError("no database")

    outer = FastAPI()
    mount(outer, replace(api.world.desk, reading=fail, writing=fail), "http://testserver")
    broken = TestClient(outer, raise_server_exceptions=False)
    mine = {**api.key("indiener"), **NDJSON}
    answers = [
        api.http.post(here, content=line("x"), headers=mine),
        api.http.post(here, content=line("x"), headers={**mine, "Idempotency-Key": "met spatie"}),
        api.http.post(here, content=line("x"), headers=NDJSON),
        api.http.post(here, content=line("x"), headers={**NDJSON, **api.key("lezer")}),
        api.http.post(here, content=line("x"), headers={**mine, "Content-Length": "onzin"}),
        api.http.post(here, content=line("x"), headers={**mine, "Content-Type": "text/plain"}),
        broken.post(here, content=line("x"), headers=mine),
    ]
    said = api(None, "GET", "/openapi.json").json()["paths"]["/scans/reeks"]["post"]["responses"]
    assert (
        [str(answer.status_code) for answer in answers]
        == ["200", "400", "401", "403", "413", "415", "500"]
        == sorted(set(said) - {"429"})  # that comes from a layer around the API
    )
    for answer in answers[1:]:
        problem(answer, answer.status_code)
