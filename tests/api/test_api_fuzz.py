"""Whatever is sent, by whomever: never a crash, always what openapi.json promises. Made by schemathesis from the document.

Each operation is tried by every role and by nobody, with places that exist and places that do not; on both databases.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from api_callers import BASE, Api, make_api
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import (
    CHECKS,
    CheckFunction,
    load_all_checks,
)

from tests.support.desk import opened

CALLERS = (
    None,
    "indiener",
    "andere-indiener",
    "behandelaar-uwv",
    "vaststeller-uwv",
    "coordinator",
    "lezer",
    "beheerder",
)
EXAMPLES = 8
"""Per operation; each is tried by every caller."""


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def world_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One database for all operations: what one example leaves behind is what the next one finds."""
    if request.param == "sqlite":
        from uitvoeringsscan.storage.schema import upgrade

        url = f"sqlite:///{tmp_path_factory.mktemp('fuzz') / 'fuzz.sqlite3'}"
        upgrade(url)
        yield url
        return
    from tests.support import postgres

    server, template = request.getfixturevalue("postgres_url"), request.getfixturevalue("_postgres_template")
    with postgres.copied(server, template, "test_fuzz") as url:
        yield url


@pytest.fixture(scope="module")
def fuzzed(world_url: str) -> Iterator[Api]:
    with opened(world_url) as world:
        yield make_api(world)


@pytest.fixture(scope="module")
def places(fuzzed: Api) -> dict[str, list[str]]:
    """By the name of the parameter: things that are there, at different points of the road."""
    open_one = fuzzed.routed("uwv", ondernummer="1")
    handed_in = fuzzed.routed("uwv", "svb", ondernummer="2")
    fuzzed.answer(handed_in, "uwv")
    published = fuzzed.published("uwv", ondernummer="3")
    secret = fuzzed.submitted(ondernummer=None, vertrouwelijk=True)
    scans = [open_one, handed_in, published["scan"], secret]
    return {
        "scan": scans,
        "uitvraag": [f"{scan}-uwv" for scan in scans],
        "nummer": [published["nummer"]],
        "dossiernummer": ["99001", "99001-XV"],
        "datum": ["2026-12-08"],
        "scanvoorstel": [fuzzed.proposed(), fuzzed.proposed(), fuzzed.proposed(text=None)],
        "terugblik": [f"{published['scan']}-uwv"],
        "code": ["basis"],
        "versie": ["1.0"],
    }


@schemathesis.serializer("application/x-ndjson")
def _lines(_context: Any, value: Any) -> bytes:
    """Made up as a text; sent as it is."""
    return str(value).encode("utf-8", "replace")


def _checks() -> list[CheckFunction]:
    """All that schemathesis knows, but what it cannot judge here: whether a text is an amendment, the schema does not say."""
    load_all_checks()
    return [check for check in CHECKS.get_all() if check.__name__ not in ("positive_data_acceptance", "ignored_auth")]


def _operations() -> list[str]:
    from uitvoeringsscan.api.operations import OPERATIONS

    return [f"{method.upper()} {path}" for method, path in OPERATIONS]


@pytest.mark.parametrize("name", _operations())
def test_no_input_breaks_the_promises_of_the_document(fuzzed: Api, places: dict[str, list[str]], name: str) -> None:
    schema = schemathesis.openapi.from_asgi(f"{BASE}/openapi.json", fuzzed.http.app)
    verb, _, path = name.partition(" ")
    operation = schema[path][verb]
    checks = _checks()

    @settings(max_examples=EXAMPLES, phases=(Phase.explicit, Phase.generate), derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(), there=st.booleans(), pick=st.integers(0, 3))
    def attempt(case: Any, there: bool, pick: int) -> None:
        if there:
            for parameter in case.path_parameters or {}:
                known = places[parameter]
                case.path_parameters[parameter] = known[pick % len(known)]
        for who in CALLERS:
            case.call_and_validate(headers=fuzzed.key(who), checks=checks)

    attempt()
