"""Who watches over the service: figures for who may see them, lines with the id of the request, reasons when it is not ready."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Command
from tests.support import loop
from tests.support.collector import collector
from tests.support.desk import opened
from tests.support.service import LiveServer, running
from tests.web.conftest import Parliament
from uitvoeringsscan.use_cases import health
from uitvoeringsscan.web.watch import Watch, Watching


def fetch(url: str, **headers: str) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, {}, error.read().decode()


def test_figures_are_counted_by_pattern_and_never_by_address(live_server: LiveServer, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/watched.sqlite3"
    service = live_server({"UITVOERINGSSCAN_DATABASE_URL": database, "UITVOERINGSSCAN_METRICS_TOKEN": "een-woord"})
    assert fetch(f"{service.url}/publicaties/2026-9999-v1")[0] == 404
    assert fetch(f"{service.url}/api/v1/publicaties/2026-9999-v1")[0] == 404
    assert fetch(f"{service.url}/wp-login.php")[0] == 404
    status, headers, page = fetch(f"{service.url}/metrics")
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert 'uitvoeringsscan_answers_total{method="GET",route="/publicaties/{number}",status="404"} 1.0' in page
    assert 'route="/api/v1/publicaties/{nummer}",status="404"} 1.0' in page
    assert 'uitvoeringsscan_request_seconds_bucket{le="0.5",method="GET",route="(geen)"}' in page
    assert "uitvoeringsscan_work_failed 0.0" in page
    assert "2026-9999" not in page
    assert "wp-login" not in page


def test_who_comes_through_a_proxy_needs_the_word(live_server: LiveServer, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/watched.sqlite3"
    service = live_server({"UITVOERINGSSCAN_DATABASE_URL": database, "UITVOERINGSSCAN_METRICS_TOKEN": "een-woord"})
    page = f"{service.url}/metrics"
    assert fetch(page, X_Forwarded_For="192.0.2.1")[0] == 404
    assert fetch(page, X_Forwarded_For="192.0.2.1", Authorization="Bearer een-woord")[0] == 200
    assert fetch(page, X_Forwarded_For="192.0.2.1", Authorization="Bearer een-woordje")[0] == 404


@pytest.mark.parametrize(("peer", "word", "given", "seen"), [
    ("192.0.2.7", "", "", False),  # no word set: an empty one opens nothing
    ("192.0.2.7", "", "Bearer ", False),
    ("192.0.2.7", "woord", "Bearer woord", True),
    ("127.0.0.1", "", "", True),
])  # fmt: skip
def test_without_a_word_only_this_machine_sees_them(peer: str, word: str, given: str, seen: bool) -> None:
    async def inner(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    watching = Watching(observe=lambda *_: None, figures=lambda: b"1", media_type="text/plain", word=word)
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"authorization", given.encode())] if given else []
    scope = {"type": "http", "method": "GET", "path": "/metrics", "headers": headers, "client": (peer, 1)}
    watch = Watch(inner, watching=watching, steady=lambda: 0.0, new_id=lambda: "x")
    loop.run(watch(scope, None, send))  # type: ignore[arg-type]
    assert (sent[0]["status"] == 200) is seen


def test_one_request_is_followed_from_its_answer_to_the_work_it_leaves(tmp_path: Path) -> None:
    """The id in the answer is the one in the log of the answer, in the journal, and in the log of the work done later."""
    database = f"sqlite:///{tmp_path}/followed.sqlite3"
    environment = {
        "UITVOERINGSSCAN_DATABASE_URL": database,
        "UITVOERINGSSCAN_ENVIRONMENT": "development",
        "UITVOERINGSSCAN_LOG_FORMAT": "json",
        "UITVOERINGSSCAN_WORK_MINUTE": "2",
    }
    made = Command(database)("clients", "add", "proef", "--role", "indiener")
    secret = made.out.strip()
    assert secret, made.error
    body = {
        "amendement": {
            "tekst": "In artikel I wordt «een» vervangen door «twee» in de Werkloosheidswet.",
            "titel": "Wijziging van de Werkloosheidswet",
            "dossiernummer": "99001",
            "ondernummer": "77",
            "indieners": [],
        }
    }
    with running(tmp_path, environment) as service:
        request = urllib.request.Request(
            f"{service.url}/api/v1/scans",
            json.dumps(body).encode(),
            {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            request_id = answer.headers["x-request-id"]
        lines = wait_for(
            service.log, lambda line: line.get("request") == request_id and line.get("work", "").startswith("announce:")
        )
    [answered] = [line for line in lines if line["message"] == "answered" and line.get("request") == request_id]
    assert (answered["method"], answered["route"], answered["status"]) == ("POST", "/api/v1/scans", 201)
    with opened(database) as world, world.desk.reading() as work:
        assert request_id in {line.request for line in work.journal.every()}
    assert "Werkloosheidswet" not in service.log.read_text()
    assert secret not in service.log.read_text()


def wait_for(log: Path, wanted: Any) -> list[dict[str, Any]]:
    """The lines of a log once one of them is as wanted. Each of them is JSON, or this fails."""
    import time

    end = time.monotonic() + 30
    while True:
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        if any(map(wanted, lines)):
            return lines
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.1)


def test_not_ready_says_why(parliament: Parliament, tmp_path: Path) -> None:
    site = parliament.site()
    answer = site.client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert {check["naam"] for check in answer.json()["controles"]} == {"database", "ondertekenen", "achtergrondwerk"}


def test_a_database_that_is_away_is_a_reason(sqlite_url: str) -> None:
    with opened(sqlite_url) as world:
        assert health.readiness(world.desk)[0].well
        with world.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE publications")
        [check] = health.readiness(world.desk)
        assert (check.name, check.needed, check.well) == ("database", True, False)


def test_work_that_nobody_does_is_a_warning(sqlite_url: str) -> None:
    with opened(sqlite_url) as world:
        world.submitted()
        [waiting] = world.desk.backlog.waiting()  # by the real clock: DBOS has no other
        world.clock.at = waiting.oldest
        assert {check.name: check for check in health.readiness(world.desk)}["achtergrondwerk"].well
        world.clock.forward(hours=1)
        standing = {check.name: check for check in health.readiness(world.desk)}["achtergrondwerk"]
        assert (standing.needed, standing.well) == (False, False)
        assert "60 minuten" in standing.why


def test_traces_go_to_the_collector_that_is_configured(tmp_path: Path) -> None:
    trace = "0af7651916cd43dd8448eb211c80319c"
    with collector() as (address, spans):
        environment = {
            "UITVOERINGSSCAN_DATABASE_URL": f"sqlite:///{tmp_path}/t.sqlite3",
            "UITVOERINGSSCAN_OTLP_URL": address,
        }
        with running(tmp_path, environment) as service:
            fetch(f"{service.url}/publicaties/2026-9999-v1", traceparent=f"00-{trace}-b7ad6b7169203331-01")
    named = {span.name: span for span in spans}
    span = named["GET /publicaties/{number}"]
    assert span.trace_id.hex() == trace
    values = {pair.key: pair.value for pair in span.attributes}
    assert values["http.response.status_code"].int_value == 404
    assert values["http.route"].string_value == "/publicaties/{number}"
