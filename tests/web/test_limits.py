"""How often one caller may ask: counted per key and per address, given back as time goes by, and told when to come again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support import loop
from tests.support.desk import TEXT
from uitvoeringsscan.bootstrap import Knowledge, make_app
from uitvoeringsscan.settings import Environment, Settings
from uitvoeringsscan.web import limits
from uitvoeringsscan.web.limits import LIMITS, MOST, PER_ADDRESS, Limits

SIGN_IN = next(limit for limit in LIMITS if limit.name == "inloggen")
TRY = next(limit for limit in LIMITS if limit.name == "proberen")


@dataclass
class Door:
    """The layer around an application that lets everybody in, with a clock of our own."""

    now: float = 1000.0
    given: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.layer = Limits(self._inside, steady=lambda: self.now, **self.given)

    async def _inside(self, _scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    def ask(
        self, request: str = "POST /inloggen", address: str = "192.0.2.1", headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, str]]:
        method, path = request.split(" ")
        given = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        scope = {"type": "http", "method": method, "path": path, "headers": given, "client": (address, 1)}
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        loop.run(self.layer(scope, lambda: None, send))  # type: ignore[arg-type, return-value]
        start = sent[0]
        return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}

    def count(self, **given: Any) -> int:
        """How many are let in before one is not."""
        for number in range(2000):
            if self.ask(**given)[0] == 429:
                return number
        raise AssertionError("nobody is held back")


def test_after_the_burst_one_waits_and_then_comes_in_again() -> None:
    door = Door()
    assert door.count() == SIGN_IN.burst
    status, headers = door.ask()
    assert status == 429
    door.now += int(headers["retry-after"])
    assert door.ask()[0] == 200
    assert door.ask()[0] == 429
    door.now += 3600
    assert door.count() == SIGN_IN.burst


def test_each_address_and_each_kind_of_request_counts_for_itself() -> None:
    door = Door()
    door.count()
    assert door.ask(address="192.0.2.2")[0] == 200
    assert door.ask("POST /api/v1/routeringen")[0] == 200
    assert [door.ask("GET /inloggen")[0] for _ in range(100)] == [200] * 100


def test_a_key_counts_for_itself_and_other_keys_do_not_help() -> None:
    door = Door()
    one = {"authorization": "Bearer een"}
    assert door.count(request="POST /api/v1/routeringen", headers=one) == TRY.burst
    assert door.ask("POST /api/v1/routeringen", headers={"authorization": "Bearer twee"})[0] == 200
    tried = 0
    while door.ask("POST /api/v1/routeringen", headers={"authorization": f"Bearer {tried}"})[0] == 200:
        tried += 1
    assert tried == TRY.burst * (PER_ADDRESS - 1) - 1


def test_the_caller_behind_the_known_proxy_counts_and_nobody_elses_word_is_taken() -> None:
    door = Door(given={"proxy": "10.0.0.1"})
    forged = {"x-forwarded-for": "203.0.113.9, 198.51.100.7"}
    door.count(address="10.0.0.1", headers=forged)
    assert door.ask(address="10.0.0.1", headers={"x-forwarded-for": "198.51.100.8"})[0] == 200
    assert door.ask(address="10.0.0.1", headers={"x-forwarded-for": "something else, 198.51.100.7"})[0] == 429
    door.count(address="192.0.2.1", headers=forged)
    assert door.ask(address="192.0.2.1", headers={"x-forwarded-for": "198.51.100.9"})[0] == 429


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 50)
    door = Door()
    for number in range(500):
        door.ask(address=f"192.0.2.{number}")
    assert len(door.layer._buckets) == 50
    assert MOST > 1000


def _app(sqlite_url: str, knowledge: Knowledge, environment: Environment, **more: Any) -> TestClient:
    given = Settings(environment=environment, database_url=sqlite_url, public_url="http://testserver", **more)
    headers = {"Sec-Fetch-Site": "same-origin"}
    return TestClient(make_app(given, knowledge), follow_redirects=False, headers=headers)


def _dry_runs(client: TestClient, times: int) -> list[Any]:
    return [client.post("/api/v1/routeringen", json={"tekst": TEXT}) for _ in range(times)]


def test_the_api_answers_with_a_problem(sqlite_url: str, knowledge: Knowledge) -> None:
    answer = _dry_runs(_app(sqlite_url, knowledge, Environment.DEMO), TRY.burst + 5)[-1]
    assert answer.status_code == 429
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == "1.0.0"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert int(answer.headers["retry-after"]) >= 1
    assert (answer.json()["status"], answer.json()["title"]) == (429, "Te veel verzoeken")


def test_the_document_says_where_one_may_have_to_wait(sqlite_url: str, knowledge: Knowledge) -> None:
    """Exactly the operations that a limit matches, whatever is added to either; with how long."""
    document = _app(sqlite_url, knowledge, Environment.DEMO).get("/api/v1/openapi.json").json()
    told = {
        f"{method.upper()} /api/v1{path}"
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if "429" in operation["responses"]
    }
    every = {f"{method.upper()} /api/v1{path}" for path, item in document["paths"].items() for method in item}
    assert told == {request for request in every if any(limit.where.fullmatch(request) for limit in LIMITS)}
    assert len(told) >= 3
    assert "Retry-After" in document["components"]["responses"]["Fout429"]["headers"]


@pytest.mark.parametrize("request_line", ["POST /oauth/token", "POST /api/v1/scans/reeks", "GET /inloggen/terug"])
def test_what_is_dear_or_worth_guessing_at_is_counted(request_line: str) -> None:
    assert 0 < Door().count(request=request_line) < 100


def test_the_web_answers_in_words(sqlite_url: str, knowledge: Knowledge) -> None:
    client = _app(sqlite_url, knowledge, Environment.DEMO)
    answers = [client.post("/inloggen", data={"persoon": "x"}) for _ in range(SIGN_IN.burst + 5)]
    assert {answer.status_code for answer in answers[: SIGN_IN.burst]} == {404}
    assert answers[-1].status_code == 429
    assert answers[-1].text.startswith("U vraagt dit te vaak.")


@pytest.mark.parametrize(
    ("environment", "word", "limited"),
    [
        (Environment.DEMO, "", True), (Environment.PRODUCTION, "", True), (Environment.DEVELOPMENT, "", False),
        (Environment.DEMO, "off", False), (Environment.PRODUCTION, "off", False), (Environment.DEVELOPMENT, "on", True),
    ],
)  # fmt: skip
def test_where_it_is_on(environment: Environment, word: Any, limited: bool) -> None:
    assert Settings(environment=environment, rate_limits=word).limited is limited


def test_an_ordinary_run_in_development_is_never_held_back(sqlite_url: str, knowledge: Knowledge) -> None:
    client = _app(sqlite_url, knowledge, Environment.DEVELOPMENT)
    answers = [client.post("/inloggen", data={"persoon": "x"}) for _ in range(SIGN_IN.burst * 3)]
    assert {answer.status_code for answer in answers} == {404}
