"""The text of a bill: kept version by version, used in proposals, and never a reason to change what was confirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.desk import (
    ADMIN,
    COORDINATOR,
    READER,
    SUBMITTER,
    World,
    amendment,
    approver,
    together,
)
from uitvoeringsscan.amendments.amendment import Source
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Unauthenticated
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import NOBODY, SERVICE
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases import bills, coordinating, submitting

TITLE = "Wijziging van enkele wetten (Verzamelwet voorbeeld)"
TEXT = (
    "De ondergetekende stelt het volgende amendement voor:\n\nIn artikel II, onderdeel V, wordt «acht weken» vervangen "
    "door «zes weken».\n\nToelichting\n\nDe termijn wordt korter.\n\nVoorbeeld\n"
)
PLACE = "artikel II, onderdeel V"


def bill(law: str) -> str:
    return (
        "VOORSTEL VAN WET\n\nARTIKEL I\n\nDe Wet minimumloon en minimumvakantiebijslag wordt als volgt gewijzigd:\n\nA\n\n"
        f"Artikel 1 vervalt.\n\nARTIKEL II\n\nDe {law} wordt als volgt gewijzigd:\n\nV\n\nArtikel 16 vervalt.\n"
    )


UNEMPLOYMENT, OLD_AGE = bill("Werkloosheidswet"), bill("Algemene Ouderdomswet")


def submitted(world: World, **more: object) -> ScanId:
    return world.submitted(text=TEXT, title=TITLE, **more)


def test_the_newest_text_of_the_bill_tells_which_law_is_changed(world: World) -> None:
    assert world.scan(submitted(world)).routing.asked == ()
    added = bills.add_bill(world.desk, COORDINATOR, "99001", UNEMPLOYMENT, label="  nota van  wijziging 7 ")
    assert added.new
    assert added.bill.label == "nota van wijziging 7"
    assert [(a.number, a.law) for a in added.bill.table.articles][1] == ("II", "Werkloosheidswet")
    scan = world.scan(submitted(world, paper_number="15"))
    assert scan.routing.asked == ("uwv",)
    assert scan.routing.bill_sha256 == added.bill.sha256
    reason = scan.routing.proposals[0].evidence[0]
    assert (reason.source, reason.quote) == (Source.BILL, PLACE)
    assert reason.span.quote(TEXT) == PLACE
    assert reason.explanation.startswith("Artikel II van het wetsvoorstel wijzigt de Werkloosheidswet. ")
    (law,) = [law for law in scan.parsed.laws if law.source is Source.BILL]
    assert (law.name, law.span.quote(TEXT)) == ("Werkloosheidswet", PLACE)
    _, tried = submitting.dry_run(world.desk, TEXT, TITLE, "99001")
    assert tried == scan.routing
    bills.add_bill(world.desk, SUBMITTER, "99 001", OLD_AGE)
    assert submitting.dry_run(world.desk, TEXT, TITLE, "99001")[1].asked == ("svb",)
    assert submitting.dry_run(world.desk, TEXT, TITLE, "99002")[1].asked == ()
    assert submitting.dry_run(world.desk, TEXT, TITLE)[1].asked == ()


def test_a_dry_run_takes_the_bill_that_the_text_names(small: World) -> None:
    bills.add_bill(small.desk, COORDINATOR, "36900", UNEMPLOYMENT)
    headed = f"36 900 {TITLE}\n\nNr. 9 AMENDEMENT VAN HET LID VOORBEELD\n\n{TEXT}"
    assert submitting.dry_run(small.desk, headed, TITLE)[1].asked == ("uwv",)


def test_waiting_scans_are_proposed_again_and_confirmed_ones_never(world: World) -> None:
    waiting, secret = submitted(world), submitted(world, confidential=True, paper_number=None)
    confirmed = submitted(world, paper_number="16")
    world.route(confirmed, "cak")
    elsewhere, budget = submitted(world, dossier_number="99002"), submitted(world, dossier_suffix="XV")
    draft = submitted(world, draft=True, paper_number="17")
    left = {scan: world.scan(scan) for scan in (confirmed, elsewhere, budget, draft)}
    before = world.scan(waiting)

    added = bills.add_bill(world.desk, COORDINATOR, "99001", UNEMPLOYMENT)

    for scan in (waiting, secret):
        now = world.scan(scan)
        assert now.state is ScanState.SUBMITTED
        assert now.routing.asked == ("uwv",)
        assert now.version == before.version + 1  # who saw the older proposal cannot confirm it unseen
        assert world.events(scan) == ["ScanSubmitted", "ScanRerouted"]
    assert {scan: world.scan(scan) for scan in left} == left
    with world.desk.reading() as work:
        (line,) = [line for line in work.journal.of_scan(waiting) if line.event == "ScanRerouted"]
        newest = work.journal.newest("BillAdded")
    assert line.details == {"proposed": ["uwv"], "bill": added.bill.sha256}
    assert newest is not None
    assert newest.details == {"dossier": "99001", "sequence": 1, "sha256": added.bill.sha256}

    sent = submitting.submit_draft(
        world.desk, SUBMITTER, draft, None, submitting.SubmitScan(amendment=world.scan(draft).amendment)
    )
    assert sent.routing.asked == ("uwv",)


def test_the_same_text_again_changes_nothing(world: World) -> None:
    first = bills.add_bill(world.desk, COORDINATOR, "99001", UNEMPLOYMENT, label="zoals ingediend")
    submitted(world)
    before = world.contents()
    again = bills.add_bill(world.desk, SUBMITTER, "99001", UNEMPLOYMENT, label="iets anders")
    assert not again.new
    assert again.bill == first.bill
    assert world.contents() == before
    bills.add_bill(world.desk, COORDINATOR, "99001", OLD_AGE)
    back = bills.add_bill(world.desk, COORDINATOR, "99001", UNEMPLOYMENT)
    assert (back.new, back.bill.sequence) == (True, 3)
    assert [b.sequence for b in bills.list_bills(world.desk, READER, "99001")] == [3, 2, 1]
    assert bills.list_bills(world.desk, READER, "99001")[2] == first.bill
    assert bills.list_bills(world.desk, READER, "99001-XV") == []


def test_two_texts_and_a_scan_at_once_end_at_the_newest(world: World) -> None:
    waiting = submitted(world)
    results = together(
        lambda: bills.add_bill(world.desk, COORDINATOR, "99001", UNEMPLOYMENT),
        lambda: bills.add_bill(world.desk, COORDINATOR, "99001", OLD_AGE),
        lambda: submitted(world, paper_number="21"),
        lambda: submitted(world, paper_number="22"),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    newest = bills.list_bills(world.desk, COORDINATOR, "99001")
    assert [b.sequence for b in newest] == [2, 1]
    asked = ("uwv",) if newest[0].text == UNEMPLOYMENT else ("svb",)
    for scan in (waiting, results[2], results[3]):
        assert world.scan(scan).routing.asked == asked
        assert world.scan(scan).routing.bill_sha256 == newest[0].sha256


def test_a_confirmation_at_the_same_moment_stands(world: World) -> None:
    scan = submitted(world)
    confirmed, added = together(
        lambda: coordinating.confirm_routing(world.desk, COORDINATOR, scan, None, ["cak"]),
        lambda: bills.add_bill(world.desk, COORDINATOR, "99001", UNEMPLOYMENT),
    )
    assert added.new
    assert confirmed.decision is not None
    now = world.scan(scan)
    assert now.state is ScanState.IN_ASSESSMENT
    assert now.decision == confirmed.decision
    assert now.routing == confirmed.routing


@pytest.mark.parametrize("actor", [READER, ADMIN, approver("uwv")], ids=lambda actor: actor.name)
def test_who_may_not_add(small: World, actor: object) -> None:
    before = small.contents()
    with pytest.raises(Forbidden):
        bills.add_bill(small.desk, actor, "99001", UNEMPLOYMENT)
    assert small.contents() == before


def test_visitors_and_the_operator(small: World) -> None:
    for call in (
        lambda: bills.add_bill(small.desk, NOBODY, "99001", UNEMPLOYMENT),
        lambda: bills.list_bills(small.desk, NOBODY, "99001"),
    ):
        with pytest.raises(Unauthenticated):
            call()
    assert bills.add_bill(small.desk, SERVICE, "99001", UNEMPLOYMENT).new


@pytest.mark.parametrize(
    "dossier", ["", "x", "1", "36410-", "36410-xv", "3641000", "36410\0", "36410\nXV", "３６４１０"]
)
def test_what_is_no_dossier_is_not_there(small: World, dossier: str) -> None:
    with pytest.raises(NotFound):
        bills.add_bill(small.desk, COORDINATOR, dossier, UNEMPLOYMENT)
    with pytest.raises(NotFound):
        bills.list_bills(small.desk, COORDINATOR, dossier)


@pytest.mark.parametrize(
    ("text", "label", "code"),
    [
        ("", None, "verplicht"),
        ("Geen artikel te zien.", None, "geen-artikelen"),
        (f"{UNEMPLOYMENT}\0", None, "ongeldige-tekens"),
        ("x" * 500_001, None, "te-lang"),
        (UNEMPLOYMENT, "v" * 201, "te-lang"),
    ],
)
def test_what_is_no_text_of_a_bill_is_not_kept(small: World, text: str, label: str | None, code: str) -> None:
    before = small.contents()
    with pytest.raises(InvalidInput) as refused:
        bills.add_bill(small.desk, COORDINATOR, "99001", text, label=label)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert small.contents() == before


def test_a_stored_proposal_from_before_bills_is_still_read(small: World) -> None:
    scan = small.scan(submitted(small))
    assert scan.routing.bill_sha256 is None
    with small.desk.writing() as work:
        work.scans.save(replace(scan, amendment=amendment()))
    assert small.scan(scan.id).routing == scan.routing
