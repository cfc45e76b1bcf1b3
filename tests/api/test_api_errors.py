"""Every kind of refusal, once: its status, its form, and that nothing was stored."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from api_callers import ANY, BASE, Api, body, make_api, problem
from sqlalchemy import event

from tests.support.desk import opened, together
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.use_cases.accounts import revoke_client

REASON = {"toelichting": "Dit is de reden."}


def test_401_without_a_known_key(api: Api) -> None:
    before = api.world.contents()
    for headers in (
        {},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer onbekend"},
        {"Authorization": f"Basic {api.secrets['coordinator']}"},
        {"Authorization": api.secrets["coordinator"]},
        {"Authorization": f"Bearer {api.secrets['coordinator']}x"},
    ):
        answer = api(None, "GET", "/scans", headers=headers)
        problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert api.world.contents() == before


PUBLIC = {
    *(
        ("get", path)
        for path in ("/publicaties", "/publicaties/{nummer}", "/dossiers/{dossiernummer}", "/stemmingen/{datum}")
    ),
    *(("get", f"{path}/stapeling") for path in ("/dossiers/{dossiernummer}", "/stemmingen/{datum}")),
    *(("get", f"/publicaties/{{nummer}}/{what}") for what in ("verschil", "aanvullingen")),
    ("get", "/gebeurtenissen"),
    *(("get", path) for path in ("/organisaties", "/vragenlijsten", "/vragenlijsten/{code}/{versie}")),
    ("post", "/routeringen"),
}
"""What a visitor may ask. Everything else, also what is yet to come, asks who they are."""


def test_everything_but_the_public_asks_who_you_are(small_api: Api) -> None:
    """Before anything else: whatever is sent, a visitor learns nothing but that they have to sign in."""
    document = small_api(None, "GET", "/openapi.json").json()
    operations = {(method, path): o for path, item in document["paths"].items() for method, o in item.items()}
    assert set(operations) > PUBLIC
    for (method, path), operation in operations.items():
        required = all(operation.get("security", [{}]))  # {} beside the key: it may be left out
        assert required is ((method, path) not in PUBLIC), (method, path)
        concrete = path.replace("{uitvraag}", "2026-0001-uwv").replace("{scan}", "2026-0001")
        concrete = re.sub(r"\{[a-zA-Z]+\}", "99001", concrete)
        for sent in (None, {}, {"onbekend": 1}):
            for headers in ({}, ANY, {"If-Match": "x"}):
                answer = small_api(None, method.upper(), concrete, sent if method != "get" else None, headers)
                if (method, path) in PUBLIC:
                    assert answer.status_code != 401
                else:
                    problem(answer, 401)


def test_a_revoked_client_is_nobody_at_once(api: Api) -> None:
    assert api("lezer", "GET", "/scans").status_code == 200
    revoke_client(api.world.desk, SERVICE, "lezer")
    problem(api("lezer", "GET", "/scans"), 401)
    problem(api("lezer", "GET", "/publicaties"), 401)  # also where nobody has to be anybody: the key is wrong


def test_403_and_four_eyes(api: Api) -> None:
    scan = api.routed("uwv")
    problem(api("lezer", "POST", "/scans", body()), 403)
    problem(api("lezer", "PUT", f"/scans/{scan}/routering", {"organisaties": ["svb"]}, headers=ANY), 403)
    problem(api("beheerder", "GET", f"/scans/{scan}"), 404)  # manages people and keys, sees no content
    api.ok("vaststeller-uwv", "POST", f"/uitvragen/{scan}-uwv/geen-gevolgen", REASON, headers=ANY)
    problem(api("behandelaar-uwv", "POST", f"/uitvragen/{scan}-uwv/vaststelling", headers=ANY), 403)
    refused = problem(api("vaststeller-uwv", "POST", f"/uitvragen/{scan}-uwv/vaststelling", headers=ANY), 403)
    assert refused["type"].endswith("/vier-ogen")


def test_404_for_what_is_not_there_or_not_theirs(api: Api) -> None:
    scan = api.routed("uwv")
    hidden = problem(api("andere-indiener", "GET", f"/scans/{scan}"), 404)
    assert hidden == problem(api("andere-indiener", "GET", "/scans/2026-99999"), 404)
    for path in (
        "/scans/x",
        "/scans/2026-0001%00",
        "/uitvragen/x",
        "/uitvragen/2026-0001-uwv",
        "/niets",
        "/scans/",
        "/",
    ):
        problem(api("coordinator", "GET", path), 404)
    problem(api("behandelaar-svb", "GET", f"/uitvragen/{scan}-uwv"), 404)
    for path in (
        *("/publicaties/2026-0001-v1", "/publicaties/%00", "/publicaties/x" + "y" * 300),
        *("/dossiers/%00", "/dossiers/1-%00", "/dossiers/-", "/vragenlijsten/%00/1"),
    ):
        problem(api(None, "GET", path), 404)


def test_405_says_what_can_be_done(api: Api) -> None:
    for method, path in (
        ("DELETE", "/scans"),
        ("PUT", "/scans"),
        ("POST", "/organisaties"),
        ("PATCH", "/scans/2026-0001"),
    ):
        answer = api("coordinator", method, path)
        problem(answer, 405)
        assert answer.headers["allow"]


def test_409_for_a_step_that_does_not_fit(api: Api) -> None:
    scan = api.routed("uwv")
    before = api.world.contents()
    for path in (f"/scans/{scan}/publicaties", f"/scans/{scan}/rectificatie", f"/uitvragen/{scan}-uwv/vaststelling"):
        who = "vaststeller-uwv" if "uitvragen" in path else "coordinator"
        problem(api(who, "POST", path, REASON if "rectificatie" in path else None, headers=ANY), 409)
    assert api.world.contents() == before
    secret = api.submitted(vertrouwelijk=True, ondernummer=None)
    api.ok("coordinator", "PUT", f"/scans/{secret}/routering", {"organisaties": []}, headers=ANY)
    refused = problem(api("coordinator", "POST", f"/scans/{secret}/publicaties", headers=ANY), 409)
    assert refused["type"].endswith("/vertrouwelijk")


def test_412_and_428_guard_every_shared_thing(api: Api) -> None:
    scan = api.routed("uwv")
    etag = api("coordinator", "GET", f"/scans/{scan}").headers["etag"]
    file_etag = api("behandelaar-uwv", "GET", f"/uitvragen/{scan}-uwv").headers["etag"]
    before = api.world.contents()
    writes: list[tuple[str, str, str, Any]] = [
        ("coordinator", "PUT", f"/scans/{scan}/routering", {"organisaties": ["uwv", "svb"]}),
        ("coordinator", "PUT", f"/scans/{scan}/stemming", {"stemming": None}),
        ("coordinator", "POST", f"/scans/{scan}/afronding", REASON),
        ("coordinator", "POST", f"/scans/{scan}/publicaties", None),
        ("coordinator", "POST", f"/scans/{scan}/rectificatie", REASON),
        ("indiener", "POST", f"/scans/{scan}/intrekking", REASON),
        ("indiener", "POST", f"/scans/{scan}/openbaarmaking", {}),
        ("behandelaar-uwv", "PUT", f"/uitvragen/{scan}-uwv/antwoorden", {"antwoorden": {}}),
        ("behandelaar-uwv", "POST", f"/uitvragen/{scan}-uwv/indiening", None),
        ("behandelaar-uwv", "POST", f"/uitvragen/{scan}-uwv/geen-gevolgen", REASON),
        ("behandelaar-uwv", "POST", f"/uitvragen/{scan}-uwv/niet-van-toepassing", REASON),
        ("vaststeller-uwv", "POST", f"/uitvragen/{scan}-uwv/vaststelling", None),
        ("vaststeller-uwv", "POST", f"/uitvragen/{scan}-uwv/terugzending", REASON),
    ]
    for who, method, path, sent in writes:
        problem(api(who, method, path, sent), 428)
        current = int((file_etag if "uitvragen" in path else etag).strip('"'))
        for seen in (
            f'"{current - 1}"',
            f'"{current + 1}"',
            f'W/"{current}"',
            "onzin",
            '""',
            f'"{current}", "9"',
            f"{current}",
        ):
            problem(api(who, method, path, sent, {"If-Match": seen}), 412)
    assert api.world.contents() == before
    api.ok(
        "coordinator", "PUT", f"/scans/{scan}/routering", {"organisaties": ["uwv", "svb"]}, headers={"If-Match": etag}
    )
    problem(api("indiener", "POST", f"/scans/{scan}/intrekking", REASON, {"If-Match": etag}), 412)


def test_of_two_writers_with_the_same_etag_one_wins(api: Api) -> None:
    scan = api.routed("uwv")
    path = f"/uitvragen/{scan}-uwv/antwoorden"
    etag = api("behandelaar-uwv", "GET", f"/uitvragen/{scan}-uwv").headers["etag"]
    answers = together(
        *(
            lambda who=who, text=text: api(
                who, "PUT", path, {"antwoorden": {}, "toelichtingen": {"raakt": text}}, {"If-Match": etag}
            )
            for who, text in (("behandelaar-uwv", "eerst"), ("vaststeller-uwv", "daarna"))
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    won = next(answer for answer in answers if answer.status_code == 200)
    assert api.ok("behandelaar-uwv", "GET", f"/uitvragen/{scan}-uwv")["toelichtingen"] == won.json()["toelichtingen"]


def test_304_when_nothing_changed(api: Api) -> None:
    scan = api.routed("uwv")
    for who, path in (("indiener", f"/scans/{scan}"), ("behandelaar-uwv", f"/uitvragen/{scan}-uwv")):
        etag = api(who, "GET", path).headers["etag"]
        same = api(who, "GET", path, headers={"If-None-Match": etag})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
        assert api(who, "GET", path, headers={"If-None-Match": '"99"'}).status_code == 200
        assert same.headers["cache-control"] == "private, no-cache"


def test_413_and_415(api: Api) -> None:
    before = api.world.contents()
    big = b'{"amendement": {"tekst": "' + b"a" * 3_000_000 + b'"}}'
    problem(api.raw("indiener", "POST", "/scans", big), 413)
    problem(api.http.post(f"{BASE}/scans", content=(big[n : n + 65536] for n in range(0, len(big), 65536)),
                          headers={**api.key("indiener"), "Content-Type": "application/json"}), 413)  # fmt: skip
    for length in ("x", "-1", "9" * 5000, "1e3"):
        problem(api.raw("indiener", "POST", "/scans", b"{}", Content_Length=length), 413)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        problem(api.raw("indiener", "POST", "/scans", b'{"amendement": {}}', Content_Type=kind), 415)
    assert api.world.contents() == before


def test_5xx_when_the_commit_fails(api: Api) -> None:
    """The answer is made after the commit: a failing one is never told as a success, and nothing is stored."""
    scan = api.routed("uwv")
    before = api.world.contents()

    def fail(_connection: Any) -> None:
        raise OSError("the disk is full")

    event.listen(api.world.engine, "commit", fail)
    calls: list[tuple[str, str, str, Any]] = [
        ("indiener", "POST", "/scans", body()),
        ("coordinator", "PUT", f"/scans/{scan}/routering", {"organisaties": ["uwv", "svb"]}),
        ("behandelaar-uwv", "POST", f"/uitvragen/{scan}-uwv/geen-gevolgen", REASON),
    ]
    try:
        reads_fail = api("coordinator", "GET", f"/scans/{scan}")  # a reading transaction ends with a commit as well
        answers = [
            api(*call, headers={**ANY, **({"Idempotency-Key": "k"} if keyed and call[1] == "POST" else {})})
            for call in calls
            for keyed in (False, True)
        ]
    finally:
        event.remove(api.world.engine, "commit", fail)
    for answer in [reads_fail, *answers]:
        problem(answer, 500)
        assert "disk" not in answer.text
    assert api.world.contents() == before


@pytest.mark.postgres
def test_5xx_when_the_connection_is_lost_before_the_commit(postgres_database_url: str) -> None:
    """A connection that the database really breaks off, at the moment of the commit."""
    from sqlalchemy import create_engine, text

    with opened(postgres_database_url) as world:
        api = make_api(world)
        killer = create_engine(postgres_database_url)
        before = world.contents()

        def kill(connection: Any) -> None:
            pid = connection.connection.driver_connection.info.backend_pid
            with killer.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
                # the backend is gone once it is not listed any more
                while other.scalar(text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid"), {"pid": pid}):
                    other.rollback()

        original = world.desk.writing

        def counted() -> Any:
            event.listen(world.engine, "commit", kill, once=True)
            return original()

        broken = make_api_with(api, replace(world.desk, writing=counted))
        problem(broken("indiener", "POST", "/scans", body()), 500)
        killer.dispose()
        assert world.contents() == before
        assert api("indiener", "POST", "/scans", body()).status_code == 201  # and the service has recovered


def make_api_with(api: Api, desk: Any) -> Api:
    """The same callers, another desk under the doors."""
    from fastapi import FastAPI
    from starlette.testclient import TestClient

    from uitvoeringsscan.api.app import create_api

    outer = FastAPI()
    outer.mount(BASE, create_api(desk, "http://testserver"))
    return Api(api.world, TestClient(outer, raise_server_exceptions=False), api.secrets)


def test_an_unforeseen_error_shows_nothing_of_the_inside(small_api: Api) -> None:
    def explode() -> Any:
        raise ZeroDivisionError("geheim: wachtwoord123")

    broken = make_api_with(small_api, replace(small_api.world.desk, reading=explode))
    for who in (None, "coordinator"):
        answer = broken(who, "GET", "/publicaties")
        problem(answer, 500)
        assert "wachtwoord" not in answer.text
        assert "Traceback" not in answer.text
