"""What the coordinator changed about proposals: derived from the scans, counted, and passed on without what is secret."""

from __future__ import annotations

import csv
import io

import pytest

from tests.support.desk import COORDINATOR, TITLE, World, of_role
from uitvoeringsscan.errors import Forbidden, Unauthenticated
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import NOBODY, SERVICE, Role
from uitvoeringsscan.presentation.corrections import (
    correction_to_wire,
    corrections_to_csv,
    review_lines,
    review_to_wire,
)
from uitvoeringsscan.use_cases import coordinating, corrections


def confirmed(world: World, *agencies: str, reason: str | None = None, **more: object) -> ScanId:
    """A scan for which uwv alone is proposed, and these are asked."""
    scan = world.submitted(**more)
    coordinating.confirm_routing(world.desk, COORDINATOR, scan, None, agencies, explanation=reason)
    world.clock.forward(minutes=1)
    return scan


def test_only_what_was_changed_is_listed(world: World) -> None:
    confirmed(world, "uwv")
    added = confirmed(world, "uwv", "svb", reason="SVB betaalt dit uit.", paper_number="15")
    world.submitted(paper_number="16")
    removed = confirmed(world, reason="Alleen een ander woord.", paper_number="17")
    secret = confirmed(world, "svb", confidential=True, paper_number=None)
    page = corrections.list_corrections(world.desk, COORDINATOR)
    assert [c.scan for c in page.results] == [removed, added]
    assert (page.confidential, page.next) == (1, None)
    (gone, more) = page.results
    assert (gone.added, gone.removed, gone.reason) == ((), ("uwv",), "Alleen een ander woord.")
    assert (more.added, more.removed, more.dossier) == (("svb",), (), "99001, nr. 15")
    assert more.laws == ("Werkloosheidswet", "Wet voorbeeld kortere termijn")
    assert more.signals["uwv"][0] == "wet:werkloosheidswet"
    assert more.register_sha256 == world.desk.register.digest
    assert more.at == world.scan(added).decision.by.at  # type: ignore[union-attr]
    assert list(corrections.every_correction(world.desk, SERVICE)) == [gone, more]
    assert secret not in str(corrections.every_correction(world.desk, COORDINATOR))


def test_pages_neither_skip_nor_repeat(world: World) -> None:
    scans = [confirmed(world, "svb", paper_number=str(number)) for number in range(20, 25)]
    seen: list[ScanId] = []
    after, first = None, True
    while first or after is not None:
        page = corrections.list_corrections(world.desk, COORDINATOR, after, 2)
        seen += [c.scan for c in page.results]
        after, first = page.next, False
        if len(seen) == 2:
            confirmed(world, "svb", paper_number="30")  # comes in meanwhile
    assert seen == scans[::-1]


def test_the_review_counts_and_suggests(world: World) -> None:
    named = [confirmed(world, "uwv", "svb", paper_number=str(number)) for number in (15, 16, 17)]
    secret = confirmed(world, "uwv", "svb", confidential=True, paper_number=None)
    right = confirmed(world, "uwv", paper_number="18")
    gone = confirmed(world, paper_number="19")
    found = corrections.review_register(world.desk, COORDINATOR)
    assert (found.scans, found.changed, found.confidential) == (6, 5, 1)
    assert (found.whole.right, found.whole.removed, found.whole.added) == (5, 1, 4)
    assert found.whole.precision == pytest.approx(5 / 6)
    assert found.whole.recall == pytest.approx(5 / 9)
    assert found.agencies["svb"].precision is None
    assert found.agencies["svb"].recall == 0
    (group, *others) = found.groups
    assert (group.agency, group.added, group.place, group.count) == ("svb", True, "Werkloosheidswet", 4)
    assert set(group.scans) == set(named)
    assert {(other.agency, other.added, tuple(other.scans)) for other in others} == {("uwv", False, (gone,))}
    assert "wet:werkloosheidswet" in {other.place for other in others}
    lines = "\n".join(review_lines(found, world.desk.register))
    assert "Bij Werkloosheidswet is 4 keer SVB toegevoegd: overweeg svb voortaan te vragen (" in lines
    assert "en 1 vertrouwelijke scan)" in lines
    assert "precisie 0,83, dekking 0,56" in lines
    assert "Op het signaal wet:werkloosheidswet is 1 keer UWV weggelaten" in lines
    assert "weggelaten: kijk" not in "\n".join(review_lines(found, world.desk.register, least=2))
    wire = review_to_wire(found, world.desk.register)
    assert wire["suggesties"][0]["aantal"] == 4
    assert secret not in lines + str(wire)
    assert right not in lines


def test_no_scan_at_all(small: World) -> None:
    found = corrections.review_register(small.desk, COORDINATOR)
    assert (found.scans, found.whole.precision, found.whole.recall, found.groups) == (0, None, None, ())
    assert next(review_lines(found, small.desk.register)).startswith("0 bevestigde scans")


def test_what_was_already_considered_or_known_gets_other_advice(small: World) -> None:
    """An agency that the register knows as executor; one with a law that the register does not know; one without a law."""
    confirmed(small, "uwv", "cak", title="Wijziging van de Wet verzonnen voorbeeld", text="Artikel I vervalt." * 3)
    confirmed(small, "svb", title="Zonder wet", text="Dit amendement noemt helemaal niets.", paper_number="15")
    lines = "\n".join(review_lines(corrections.review_register(small.desk, COORDINATOR), small.desk.register))
    assert "overweeg deze wet in het register op te nemen" in lines
    assert "Zonder herkende wet is 1 keer SVB toegevoegd: overweeg woorden die naar deze organisatie wijzen" in lines


def test_csv_is_one_line_per_scan_and_never_a_formula(small: World) -> None:
    scan = confirmed(small, "svb", "cak", reason='=HYPERLINK("http://kwaad.example")\nen "meer", tekst', title=TITLE)
    found = corrections.every_correction(small.desk, COORDINATOR)
    (head, row) = list(csv.reader(io.StringIO(corrections_to_csv(found))))
    assert len(head) == len(row)
    line = dict(zip(head, row, strict=True))
    assert (line["scan"], line["toegevoegd"], line["weggelaten"]) == (scan, "svb; cak", "uwv")
    assert line["reden"].startswith("'=HYPERLINK")
    assert correction_to_wire(found[0])["reden"].startswith("=HYPERLINK")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_corrections_are_the_coordinators(small: World, role: Role) -> None:
    confirmed(small, "svb")
    for call in (corrections.list_corrections, corrections.every_correction, corrections.review_register):
        with pytest.raises(Forbidden):
            call(small.desk, of_role(role))
        with pytest.raises(Unauthenticated):
            call(small.desk, NOBODY)
