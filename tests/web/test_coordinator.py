"""The coordinator: the board, whom to ask and why, closing, publishing, correcting."""

from __future__ import annotations

import pytest

from tests.web.conftest import Parliament


def test_the_board_says_what_to_do_now(parliament: Parliament) -> None:
    page = parliament.site("C. de Planner").get("/coordinatie")
    assert page.status_code == 200
    assert "99004, nr. 8: kan worden gepubliceerd" in page.text
    assert "1 antwoord wacht op vaststelling" in page.text
    assert "(vertrouwelijk)" in page.text
    assert "Drukte per organisatie" in page.text


@pytest.mark.parametrize("name", ["M. ter Voorbeeld", "S. Bakker", "E. de Goedkeurder", "L. Lezer", "B. Beheerder"])
def test_the_board_is_the_coordinators(parliament: Parliament, name: str) -> None:
    assert parliament.site(name).get("/coordinatie").status_code == 403


def test_asking_as_proposed_needs_no_reason_and_otherwise_does(parliament: Parliament) -> None:
    scan = parliament.scan("99004", "23")
    site = parliament.site("C. de Planner")
    page = site.get(f"/coordinatie/scans/{scan}")
    assert "evaluatie" in page.text  # why nobody was found
    page = site.send(
        f"/coordinatie/scans/{scan}/routering", {"organisatie": ["uwv"], "dag": "30 november 2026", "tijd": "25.61"}
    )
    assert page.status_code == 400
    assert "U wijkt af van het voorstel" in page.text
    assert "veld-dag" in page.text
    page = site.send(
        f"/coordinatie/scans/{scan}/routering",
        {"organisatie": ["uwv"], "toelichting": "UWV levert de cijfers.", "dag": "", "tijd": ""},
    )
    assert page.status_code == 200
    assert "In behandeling" in page.text
    page = site.send(f"/coordinatie/scans/{scan}/routering", {"organisatie": ["uwv", "svb"]})
    assert "Sociale verzekeringsbank" in page.text


def test_nobody_to_ask_is_published_as_such(parliament: Parliament) -> None:
    scan = parliament.scan("99004", "23")
    site = parliament.site("C. de Planner")
    site.get(f"/coordinatie/scans/{scan}")
    site.send(f"/coordinatie/scans/{scan}/routering")
    page = site.send(f"/coordinatie/scans/{scan}/publiceren")
    assert page.url.path == f"/publicaties/{scan}-v1"
    assert "evaluatie" in page.text


def test_close_publish_correct_and_publish_again(parliament: Parliament) -> None:
    scan = parliament.scan("99001", "17")
    site = parliament.site("C. de Planner")
    site.get(f"/coordinatie/scans/{scan}")
    assert site.send(f"/coordinatie/scans/{scan}/afronden", {"afronding": ""}).status_code == 400
    page = site.send(f"/coordinatie/scans/{scan}/afronden", {"afronding": "De stemming is vandaag."})
    assert "Publiceer de samenvatting" in page.text
    page = site.send(f"/coordinatie/scans/{scan}/publiceren")
    assert "geen reactie ontvangen" in page.text.lower()
    assert "De stemming is vandaag." in page.text
    site.get(f"/coordinatie/scans/{scan}")
    page = site.send(f"/coordinatie/scans/{scan}/rectificeren", {"rectificatie": "Een bedrag was fout."})
    assert "Deze scan wordt gecorrigeerd" in page.text
    assert "wordt gecorrigeerd" in parliament.site().get(f"/publicaties/{scan}-v1").text
    page = site.send(f"/coordinatie/scans/{scan}/publiceren")
    assert page.url.path.endswith("-v2")
    assert "Een bedrag was fout." in page.text
    assert f"{scan}-v2" in parliament.site().get(f"/publicaties/{scan}-v1").text


def test_sending_back_reaches_the_agency_with_remarks(parliament: Parliament) -> None:
    scan = parliament.scan("99001", "17")
    site = parliament.site("C. de Planner")
    site.get(f"/coordinatie/scans/{scan}")
    action = f"/coordinatie/scans/{scan}/terugzenden/belastingdienst"
    assert site.send(action, {"opmerking": ""}).status_code == 400
    assert site.send(action, {"opmerking": "Welk jaar bedoelt u?"}).status_code == 200
    assert "Welk jaar bedoelt u?" in parliament.site("F. Fiscus").get(f"/uitvragen/{scan}-belastingdienst").text


def test_a_stale_page_changes_nothing_and_says_so(parliament: Parliament) -> None:
    scan = parliament.scan("99004", "22")
    first, second = parliament.site("C. de Planner"), parliament.site("C. de Planner")
    first.get(f"/coordinatie/scans/{scan}")
    second.get(f"/coordinatie/scans/{scan}")
    moved = {"stemmingsdag": "15-12-2026", "stemmingstijd": "15.30"}
    assert first.send(f"/coordinatie/scans/{scan}/stemming", moved).status_code == 200
    page = second.send(f"/coordinatie/scans/{scan}/stemming", {"stemmingsdag": "16-12-2026", "stemmingstijd": "10.00"})
    assert page.status_code == 400
    assert "Intussen gewijzigd" in page.text
    assert "dinsdag 15 december 2026, 15.30 uur" in first.get(f"/coordinatie/scans/{scan}").text


def test_a_confidential_scan_cannot_be_published(parliament: Parliament) -> None:
    scan = parliament.scan("99007", None)
    page = parliament.site("C. de Planner").get(f"/coordinatie/scans/{scan}")
    assert "Deze scan is vertrouwelijk" in page.text
    assert f'action="/coordinatie/scans/{scan}/publiceren"' not in page.text
