"""The uitvoeringstoets on the bill itself: who may add it, where it shows, and that publications cite it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.support.desk import COORDINATOR, READER, SUBMITTER, World, approver, file_of, respondent
from uitvoeringsscan.amendments.bill_test import BillTest
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.publication.summary import read_sealed
from uitvoeringsscan.publication.verification import verify
from uitvoeringsscan.use_cases import bill_tests

GOOD: dict[str, Any] = {
    "title": "Uitvoeringstoets Wet voorbeeld",
    "dated": date(2026, 3, 2),
    "link": "https://www.voorbeeld.example/toets.pdf",
    "text": None,
}


def add(world: World, who: Actor, agency: str = "uwv", dossier: str = "99001", **more: Any) -> BillTest:
    return bill_tests.add_bill_test(world.desk, who, dossier, agency, **{**GOOD, **more})


def test_it_stands_beside_the_questions_of_every_amendment_on_the_bill(world: World) -> None:
    scan, other = world.routed("uwv", "svb"), world.routed("uwv", paper_number="15")
    elsewhere = world.routed("uwv", paper_number="3", dossier_number="99002")
    test = add(world, COORDINATOR)
    for one in (scan, other):
        assert bill_tests.of_file(world.desk, respondent("uwv"), file_of(one, "uwv")) == test
        assert list(bill_tests.of_scan(world.desk, COORDINATOR, one)) == [test]
    assert bill_tests.of_file(world.desk, respondent("svb"), file_of(scan, "svb")) is None
    assert bill_tests.of_file(world.desk, respondent("uwv"), file_of(elsewhere, "uwv")) is None
    newer = add(world, approver("uwv"), title="  Aangevulde \n toets ", link=" ", text="De tekst van de toets.")
    assert (newer.sequence, newer.title, newer.link) == (2, "Aangevulde toets", None)
    assert bill_tests.of_file(world.desk, respondent("uwv"), file_of(scan, "uwv")) == newer
    assert list(bill_tests.list_bill_tests(world.desk, READER, "99001")) == [newer]


def test_the_publication_cites_it_and_older_ones_still_verify(world: World) -> None:
    before = world.published("uwv")
    add(world, COORDINATOR, text="Lange tekst die nergens in de samenvatting hoort.")
    scan = world.assessed("uwv", "svb", paper_number="15")
    publication = world.publish(scan)
    parts = {part.code: part for part in read_sealed(publication.document).agencies}
    cited = parts["uwv"].bill_test
    assert cited is not None
    assert (cited.title, cited.dated, cited.link) == (GOOD["title"], GOOD["dated"], GOOD["link"])
    assert parts["svb"].bill_test is None
    assert b"Lange tekst" not in publication.document
    wire = {part["code"]: part for part in json.loads(publication.document)["organisaties"]}
    assert wire["uwv"]["uitvoeringstoets"] == {
        "titel": GOOD["title"], "datum": "2026-03-02", "link": GOOD["link"],
    }  # fmt: skip
    assert verify(world.chain()) == []
    assert dict(world.chain())[f"{before}-v1"]  # and it is among them


def test_a_document_from_before_there_were_tests_is_still_read(small: World) -> None:
    small.published("uwv")
    ((_, document),) = small.chain()
    old = json.loads(document)
    for part in old["organisaties"]:
        del part["uitvoeringstoets"]
    assert [part.bill_test for part in read_sealed(json.dumps(old).encode()).agencies] == [None]


@pytest.mark.parametrize("who", [SUBMITTER, READER, respondent("svb")])
def test_it_is_added_by_the_coordinator_or_the_agency_itself(small: World, who: Actor) -> None:
    with pytest.raises(Forbidden):
        add(small, who)
    assert add(small, respondent("uwv")).sequence == 1


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"title": " "}, ["titel"]),
        ({"title": "x" * 2001}, ["titel"]),
        ({"dated": None}, ["datum"]),
        ({"dated": date(1900, 1, 1)}, ["datum"]),
        ({"link": None}, ["link"]),
        ({"link": "http://voorbeeld.example/toets"}, ["link"]),
        ({"link": "https://naam@voorbeeld.example"}, ["link"]),
        ({"link": "https://voorbeeld"}, ["link"]),
        ({"link": "javascript:alert(1)"}, ["link"]),
        ({"link": "https://voorbeeld.example/a b"}, ["link"]),
        ({"link": "https://voorbeeld.example/" + "a" * 500}, ["link"]),
        ({"link": None, "text": "nul\0"}, ["tekst"]),
        ({"title": "", "dated": None, "link": "x", "text": ""}, ["titel", "datum", "link"]),
    ],
)
def test_what_is_wrong_comes_back_all_at_once(small: World, more: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        add(small, COORDINATOR, **more)
    assert [p.field for p in refused.value.problems] == fields
    assert small.counts()["bill_tests"] == 0


def test_strange_names_are_refused(small: World) -> None:
    with pytest.raises(InvalidInput):
        add(small, COORDINATOR, agency="bestaat-niet")
    with pytest.raises(NotFound):
        add(small, COORDINATOR, dossier="geen dossier")
    with pytest.raises(NotFound):
        bill_tests.list_bill_tests(small.desk, COORDINATOR, "geen dossier")
