"""The day an amendment asks for: read from its text, corrected by people, printed with where it comes from."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.desk import COORDINATOR, SUBMITTER, TEXT, World, respondent
from uitvoeringsscan.amendments.intended import When
from uitvoeringsscan.errors import Forbidden, InvalidInput
from uitvoeringsscan.publication.summary import read_sealed
from uitvoeringsscan.use_cases import bills, intending

DATED = TEXT.replace("Toelichting", "II\n\nDit artikel treedt in werking met ingang van 1 januari 2028.\n\nToelichting")
BILL = (
    "Artikel I\n\nDe Werkloosheidswet wordt als volgt gewijzigd:\n\nA\n\nIn artikel 16 wordt «tien weken» vervangen door "
    "«acht weken».\n\nArtikel II\n\nDeze wet treedt in werking met ingang van 1 juli 2027.\n"
)


def test_the_publication_says_which_day_is_asked_for_and_where_that_was_read(world: World) -> None:
    said = read_sealed(world.publish(world.assessed(text=DATED)).document).introduction
    assert said.intended == date(2028, 1, 1)
    assert said.intended_by is not None
    assert (said.intended_by.source, said.intended_by.kind) == ("wijziging", "datum")
    assert said.intended_by.quote == "Dit artikel treedt in werking met ingang van 1 januari 2028"


def test_the_bill_says_it_where_the_amendment_does_not(small: World) -> None:
    scan = small.routed()
    assert intending.of_scan(small.desk, small.scan(scan)) is None
    bills.add_bill(small.desk, COORDINATOR, "99001", BILL)
    small.settle(scan, "uwv")
    said = read_sealed(small.publish(scan).document).introduction
    assert (said.intended, said.intended_by and said.intended_by.source) == (date(2027, 7, 1), "wetsvoorstel")


def test_people_say_it_instead_and_let_the_text_decide_again(small: World) -> None:
    scan = small.assessed(text=DATED)
    intending.set_intended(small.desk, SUBMITTER, scan, None, When.DECREE, None, "Zo is het bedoeld.")
    given = intending.of_scan(small.desk, small.scan(scan))
    assert given is not None
    assert (given.when, given.day, given.quote, given.origin.value) == (
        When.DECREE,
        None,
        "Zo is het bedoeld.",
        "opgave",
    )
    intending.set_intended(small.desk, COORDINATOR, scan, None, None, None, None)
    read = intending.of_scan(small.desk, small.scan(scan))
    assert read is not None
    assert read.day == date(2028, 1, 1)
    with pytest.raises(Forbidden):
        intending.set_intended(small.desk, respondent("uwv"), scan, None, None, None, None)


@pytest.mark.parametrize(
    ("when", "day", "why", "field"),
    [
        (When.DAY, None, "Omdat.", "beoogd"),
        (When.DAY, date(1999, 1, 1), "Omdat.", "beoogd"),
        (When.DECREE, date(2028, 1, 1), "Omdat.", "beoogd"),
        (When.DAY, date(2028, 1, 1), " ", "toelichting"),
    ],
)
def test_what_is_given_must_make_sense(small: World, when: When, day: date | None, why: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        intending.set_intended(small.desk, SUBMITTER, small.routed(), None, when, day, why)
    assert [p.field for p in refused.value.problems] == [field]
