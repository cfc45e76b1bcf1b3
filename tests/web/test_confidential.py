"""A confidential scan leaves no trace in anything that anybody may read: not a word, not a count, not another order.

Every address of the service is taken from its own routes, so a new page is tried without anybody thinking of it. The
strongest thing to say is said: with confidential scans in every state, each public answer is byte for byte the answer
without them; and the address of a confidential thing answers as the address of nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from tests.support.desk import COORDINATOR, SUBMITTER, VOTE, World, opened
from tests.support.open_web import SITE, addresses, reader_of, service_over
from uitvoeringsscan.amendments.amendment import Submitter
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases import coordinating, submitting

TITLE = "Wijziging van de Wet langdurige zorg (Wet kwetterende ijsvogel)"
TEXT = (
    "De ondergetekende stelt het volgende amendement voor:\n\nI\n\nIn artikel I, onderdeel B, wordt in artikel 3.2.5 van de "
    "Wet langdurige zorg «vier» vervangen door «spinazieblauw».\n\nToelichting\n\nHet CAK verrekent de eigen bijdrage.\n"
)
TRACES = ("ijsvogel", "spinazieblauw", "98765", "LXIX", "4321", "Kwartelaar", "Fractie Pimpelmees", "Geheime reden")
OTHER_DAY = VOTE + timedelta(days=7)

# What changes with every answer and says nothing about what is in it.
_PASSING = frozenset({"x-request-id", "date"})


def confidential(world: World) -> dict[ScanState, str]:
    """Confidential scans in every state (once published or replaced, a scan is not confidential any more).

    Their votes are on the day of a public one and on another.
    """
    secret: dict[str, Any] = {
        "confidential": True,
        "title": TITLE,
        "text": TEXT,
        "dossier_number": "98765",
        "dossier_suffix": "LXIX",
        "submitters": (Submitter(name="Kwartelaar", party="Fractie Pimpelmees"),),
    }
    made = {
        ScanState.DRAFT: world.submitted(draft=True, paper_number=None, **secret),
        ScanState.SUBMITTED: world.submitted(paper_number="4321", vote=OTHER_DAY, **secret),
        ScanState.IN_ASSESSMENT: world.routed("cak", paper_number="4322", **secret),
        ScanState.ASSESSED: world.assessed("uwv", paper_number="4323", **secret),
        ScanState.WITHDRAWN: world.routed("cak", paper_number="4324", **secret),
    }
    submitting.withdraw_scan(world.desk, SUBMITTER, made[ScanState.WITHDRAWN], None, "Geheime reden")
    # On the public bill itself: under the number of the very paper that was published, and in the place of public ones.
    public_bill = {**secret, "dossier_number": "99001", "dossier_suffix": None}
    world.assessed("uwv", **public_bill, paper_number="14")
    world.routed("cak", **public_bill, paper_number="4326", replaces="14")
    world.routed("cak", **public_bill, paper_number="4327", replaces="15")
    assert {state: world.scan(scan).state for state, scan in made.items()} == {state: state for state in made}
    return made


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    """What is public: a publication, a correction on its way, a scan under assessment, a withdrawn one."""
    with opened(sqlite_url) as made:
        made.published(vote=None, paper_number="13")
        made.clock.forward(hours=1)
        scan = made.published()
        made.clock.forward(hours=1)
        coordinating.start_correction(made.desk, COORDINATOR, scan, None, "Een bedrag was fout.")
        made.routed("svb", paper_number="15")
        submitting.withdraw_scan(made.desk, SUBMITTER, made.submitted(paper_number="16"), None, "Er komt iets anders.")
        yield made


def answers(world: World, values: list[str]) -> dict[str, tuple[int, list[tuple[str, str]], bytes]]:
    """Address -> status, headers and body, for every address that can be made with these values, asked by nobody."""
    reader = reader_of(world)
    found = {}
    for template in sorted(addresses(service_over(world))):
        places = re.findall(r"\{[^}]+\}", template)
        for chosen in product(values, repeat=len(places)):
            path = template
            for place, value in zip(places, chosen, strict=True):
                path = path.replace(place, value, 1)
            for address in (path, *_asked(path, values)):
                answer = reader.get(address)
                headers = sorted((n, v) for n, v in answer.headers.items() if n not in _PASSING)
                found[address] = (answer.status_code, headers, answer.content)
    return found


def _asked(path: str, values: list[str]) -> list[str]:
    """Questions that some pages answer."""
    if path == "/oembed":
        return [f"{path}?url={SITE}/publicaties/{value}" for value in values]
    if path.endswith(("/publicaties", "/publicaties.atom")):
        return [f"{path}?voor={number}" for number in (1, 2, 3, 1000)]
    return []


def public_values(world: World) -> list[str]:
    numbers = [number for number, _ in world.chain()]
    days = [moment.date().isoformat() for moment in (VOTE, OTHER_DAY)]
    scan = numbers[-1].removesuffix("-v1")
    return [*numbers, *days, scan, f"{scan}-uwv", "99001", "98765", "98765-LXIX", "14", "4321", "cak", "basis"]


def test_every_public_answer_is_the_same_with_and_without_confidential_scans(world: World) -> None:
    values = public_values(world)
    without = answers(world, values)
    secret = confidential(world)
    within = answers(world, values)
    assert [address for address in without if without[address] != within[address]] == []
    assert set(without) == set(within)
    readable = {address for address, (status, _, _) in within.items() if status == 200}
    for wanted in ("/", "/publicaties.atom", "/publicaties.csv", "/sitemap.xml", "/health/ready", f"/publicaties/{values[0]}.pdf",
                   f"/stemmingen/{values[2]}", "/api/v1/publicaties", "/dossiers/99001", "/api/v1/dossiers/99001"):  # fmt: skip
        assert wanted in readable, "or the walk would prove nothing"
    for address, (_, headers, body) in within.items():
        shown = f"{headers} {body.decode('utf-8', 'replace')}"
        for trace in (*TRACES, *secret.values()):
            if trace not in address:  # an answer may repeat what was asked
                assert trace not in shown, (address, trace)


def test_the_address_of_a_confidential_scan_is_the_address_of_nothing(world: World) -> None:
    nothing = "2026-0000"
    scans = confidential(world).values()
    empty = answers(world, [nothing, f"{nothing}-v1", f"{nothing}-cak", f"{nothing}-uwv"])
    for scan in scans:
        found = answers(world, [scan, f"{scan}-v1", f"{scan}-cak", f"{scan}-uwv"])
        assert len(found) == len(empty)
        for address, (status, headers, body) in found.items():
            named = [(name, value.replace(scan, nothing)) for name, value in headers]
            assert (status, named, body.replace(scan.encode(), nothing.encode())) == empty[
                address.replace(scan, nothing)
            ]


def test_what_is_published_afterwards_tells_nothing_of_them_either(world: World) -> None:
    """Places in the chain are counted over publications, and numbers of scans are drawn by chance."""
    before = [number for number, _ in world.chain()]
    confidential(world)
    publication = world.publish(world.assessed(paper_number="17"))
    assert publication.sequence == len(before) + 1
    assert publication.previous == before[-1]
    assert not any(trace.encode() in publication.document for trace in TRACES)
    assert [number for number, _ in world.chain()] == [*before, publication.number]


def test_a_confidential_scan_is_found_by_this_test_once_it_is_public(world: World) -> None:
    """The same walk over the same words does find them when they may be found: it looks where they would be."""
    scan = confidential(world)[ScanState.SUBMITTED]
    submitting.disclose_scan(world.desk, SUBMITTER, scan, None, "4321")
    shown = answers(world, ["98765-LXIX", OTHER_DAY.date().isoformat()])
    places = {address for address, (_, _, body) in shown.items() if b"kwetterende ijsvogel" in body}
    assert {
        "/",
        "/stemmingen",
        "/dossiers/98765-LXIX",
        f"/stemmingen/{OTHER_DAY.date()}",
        "/api/v1/dossiers/98765-LXIX",
    } <= places
