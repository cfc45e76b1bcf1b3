"""In a browser without script: a changed amendment for the coordinator and the reader, stacking, one agency's overview."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Engine

from tests.support.desk import COORDINATOR, TEXT, World, approver, file_of, respondent
from tests.support.site import Site
from tests.web.conftest import Parliament
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.use_cases import answering, coordinating

DOSSIER = "99050"
TIGHT = {
    "raakt": "ja",
    "it-aanpassing": "opbouw",
    "it-planning": "ander-werk-opschuiven",
    "oordeel": "uitvoerbaar",
    "kosten-eenmalig": {"laag": 100_000, "hoog": 300_000},
}


@pytest.fixture
def world(parliament: Parliament) -> World:
    """Short ways along the road, in the demonstration's own database."""
    return World(url="", engine=cast(Engine, None), desk=parliament.desk)


def vote(world: World) -> datetime:
    return (world.desk.now() + timedelta(days=6)).replace(hour=15, minute=0, second=0, microsecond=0)


def submitted(world: World, number: str, *agencies: str, **more: Any) -> ScanId:
    given = {"dossier_number": DOSSIER, "paper_number": number, "vote": vote(world), **more}
    return world.routed(*agencies, **given)


def settled(world: World, scan: ScanId, agency: str, wanted: Mapping[str, Any], release: str | None = None) -> None:
    file = world.filled(scan, agency, wanted)
    values = {**file.answers.values, **({"it-release": release} if release else {})}
    answering.save_answers(world.desk, respondent(agency), file.id, None, values, {})
    answering.hand_in(world.desk, respondent(agency), file.id, None)
    answering.approve(world.desk, approver(agency), file.id, None)


def published(world: World, number: str, release: str | None = None, **more: Any) -> ScanId:
    scan = submitted(world, number, "uwv", **more)
    settled(world, scan, "uwv", TIGHT, release)
    world.publish(scan)
    return scan


def words(site: Site, path: str) -> str:
    answer = site.get(path)
    assert answer.status_code == 200, path
    return shown(answer.text)


def shown(source: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", source)).split())


# --- versions ---------------------------------------------------------------------------------------------------------


def test_the_coordinator_sees_what_changed_and_who_was_asked(parliament: Parliament, world: World) -> None:
    older = submitted(world, "13", "uwv", "cak")
    settled(world, older, "uwv", TIGHT)
    newer = world.submitted(
        dossier_number=DOSSIER, paper_number="21", replaces="13", text=TEXT.replace("zes", "vijf"), vote=vote(world)
    )
    site = parliament.site("C. de Planner")
    page = site.get(f"/coordinatie/scans/{newer}")
    text = shown(page.text)
    assert "Dit amendement vervangt nr. 13" in text
    assert "Wijziging I: artikel I, onderdeel A, artikel 16 (gewijzigd)" in text
    assert re.search(r"<del><span[^>]*>[^<]*</span>zes", page.text)
    assert re.search(r"<ins><span[^>]*>[^<]*</span>vijf", page.text)
    assert "Gevraagd bij nr. 13 (vastgesteld). De tekst over deze organisatie is gewijzigd." in text
    assert "Gevraagd bij nr. 13 (nog niet geantwoord)." in text
    for code in ("uwv", "cak"):
        assert re.search(rf'value="{code}" checked', page.text), code
    # the proposal as it stands is no deviation, so it asks for no reason
    site.send(f"/coordinatie/scans/{newer}/routering")
    assert [file.agency for file in _files(world, newer)] == ["cak", "uwv"]
    assert world.file(newer, "uwv").origin == older
    decision = world.scan(newer).decision
    assert decision is not None
    assert decision.explanation == "Ook gevraagd bij nr. 13: CAK."


def _files(world: World, scan: ScanId) -> Any:
    with world.desk.reading() as work:
        return work.assessments.of_scan(scan)


def test_leaving_out_who_was_asked_before_needs_a_reason(parliament: Parliament, world: World) -> None:
    submitted(world, "13", "uwv", "cak")
    newer = world.submitted(dossier_number=DOSSIER, paper_number="21", replaces="13", vote=vote(world))
    site = parliament.site("C. de Planner")
    site.get(f"/coordinatie/scans/{newer}")
    answer = site.send(f"/coordinatie/scans/{newer}/routering", {"organisatie": ["uwv"]})
    assert answer.status_code == 400
    assert "U wijkt af van het voorstel" in answer.text


def test_the_old_publication_leads_to_the_new_one_and_back(parliament: Parliament, world: World) -> None:
    older = published(world, "13")
    site = parliament.site()
    first = words(site, f"/publicaties/{older}-v1")
    assert "Vervangen" not in first
    assert "Wat is er veranderd?" not in first
    newer = submitted(world, "21", "uwv", replaces="13", text=TEXT.replace("zes", "vijf"))
    at = "Over het nieuwe amendement (nr. 21) is nog niets gepubliceerd."
    text = words(site, f"/publicaties/{older}-v1?later")  # another address: the page is kept for a second
    assert re.search(r"Vervangen op \d+ \w+ \d{4}; deze tekst gold tot \w+ \d+ \w+ \d{4}, \d\d\.\d\d uur\.", text)
    assert at in text
    values = dict(world.file(newer, "uwv").answers.values)
    changed = {
        **values,
        "oordeel": "uitvoerbaar-mits",
        "voorwaarden": "De wet gaat een jaar later in.",
        "it-aanpassing": "nieuw-systeem",
    }
    answering.save_answers(world.desk, respondent("uwv"), file_of(newer, "uwv"), None, changed, {})
    answering.hand_in(world.desk, respondent("uwv"), file_of(newer, "uwv"), None)
    answering.approve(world.desk, approver("uwv"), file_of(newer, "uwv"), None)
    world.publish(newer)
    page = site.get(f"/publicaties/{older}-v1?nog-later")
    assert f'href="/publicaties/{newer}-v1"' in page.text
    assert at not in shown(page.text)
    page = site.get(f"/publicaties/{newer}-v1")
    assert f'href="/publicaties/{newer}-v1/verschil"' in page.text
    difference = words(site, f"/publicaties/{newer}-v1/verschil")
    for sentence in (
        "Van nr. 13, versie 1",
        "Oordeel uitvoerbaar uitvoerbaar, mits UWV",
        "IT-systemen middelgroot ingrijpend UWV",
        "Voorwaarde – De wet gaat een jaar later in. UWV",
        "Van de wijzigingen: 1 gewijzigd.",
    ):
        assert sentence in difference
    assert site.get(f"/publicaties/{older}-v1/verschil").status_code == 404


def test_a_subamendment_says_that_it_comes_first(parliament: Parliament, world: World) -> None:
    published(world, "9")
    published(world, "40", kind="subamendement")
    published(world, "10")
    text = words(parliament.site(), f"/dossiers/{DOSSIER}")
    places = [text.index(f"{DOSSIER}, nr. {number} ") for number in ("40", "9", "10")]
    assert places == sorted(places)
    assert text.count("subamendement: hierover wordt eerst gestemd") == 1
    assert "nog 5 dagen" in text or "nog 6 dagen" in text
    assert "Wat vragen deze amendementen samen?" in text


def test_silence_has_a_name_in_the_overview(parliament: Parliament, world: World) -> None:
    scan = submitted(world, "9", "uwv", "cak")
    settled(world, scan, "uwv", TIGHT)
    coordinating.close_round(world.desk, COORDINATOR, scan, None, "De stemming is morgen.")
    world.publish(scan)
    day = vote(world).date().isoformat()
    for path in (f"/dossiers/{DOSSIER}", f"/stemmingen/{day}", "/organisaties/uwv"):
        assert "onvolledig: geen reactie van CAK" in words(parliament.site(), path), path


# --- stacking ---------------------------------------------------------------------------------------------------------


def test_a_reader_ticks_what_passes(parliament: Parliament, world: World) -> None:
    scans = {
        number: published(world, number, release)
        for number, release in (("12", "2027-2"), ("15", "2027.2"), ("9", "2028-1"))
    }
    waiting = submitted(world, "30", "uwv")
    site = parliament.site()
    page = site.get(f"/dossiers/{DOSSIER}/stapeling")
    text = shown(page.text)
    assert "Dit is de som als alle 3 amendementen worden aangenomen." in text
    assert "Nr. 12 past alleen als nr. 15 niet ook wordt aangenomen." in text
    assert "Nr. 15 past alleen als nr. 12 niet ook wordt aangenomen." in text
    assert "Nog niet gepubliceerd, dus in geen enkele som: nr. 30." in text
    assert waiting not in page.text
    assert "€ 300.000 tot 900.000" in text
    assert page.text.count('type="checkbox"') == page.text.count(" checked") == 3
    assert page.headers["cache-control"].startswith("public")

    one = site.get(f"/dossiers/{DOSSIER}/stapeling?keuze=1&a={scans['12']}&a={scans['9']}")
    text = shown(one.text)
    assert "Dit is de som als 2 van de 3 amendementen worden aangenomen." in text
    assert "Voor deze keuze spreken de antwoorden elkaar niet tegen." in text
    assert "€ 200.000 tot 600.000 alles samen: € 300.000 tot 900.000" in text
    assert one.text.count(" checked") == 2

    none = site.get(f"/dossiers/{DOSSIER}/stapeling?keuze=1")
    assert none.text.count(" checked") == 0
    assert "als 0 van de 3 amendementen worden aangenomen" in shown(none.text)
    gone = words(site, f"/dossiers/{DOSSIER}/stapeling?a=2026-0000&a={scans['12']}&a=<script>")
    assert "1 gekozen amendement telt niet mee" in gone


def test_a_voting_day_names_the_bill(parliament: Parliament, world: World) -> None:
    published(world, "12", "2027-2")
    published(world, "15", "2027-2", dossier_number="99051")
    day = vote(world).date().isoformat()
    text = words(parliament.site(), f"/stemmingen/{day}/stapeling")
    assert "99050, nr. 12 past alleen als 99051, nr. 15 niet ook wordt aangenomen." in text
    assert parliament.site().get("/stemmingen/gisteren/stapeling").status_code == 404
    assert "Er valt nog niets op te tellen." in words(parliament.site(), "/stemmingen/2031-01-01/stapeling")
    assert parliament.site().get("/dossiers/00000/stapeling").status_code == 404


def test_what_is_confidential_is_nowhere(parliament: Parliament, world: World) -> None:
    hidden = submitted(world, "77", "uwv", confidential=True)
    published(world, "12")
    day = vote(world).date().isoformat()
    for path in (
        f"/dossiers/{DOSSIER}/stapeling",
        f"/stemmingen/{day}/stapeling",
        "/organisaties/uwv",
        f"/dossiers/{DOSSIER}",
    ):
        page = parliament.site().get(path)
        assert hidden not in page.text, path
        assert "nr. 77" not in page.text, path


# --- one agency -------------------------------------------------------------------------------------------------------


def test_everything_that_was_asked_of_one_agency(parliament: Parliament, world: World) -> None:
    published(world, "12")
    submitted(world, "13", "uwv")
    submitted(world, "14", "cak")
    text = words(parliament.site(), "/organisaties/uwv")
    assert "99050, nr. 12 " in text
    assert "Uitvoerbaar scan volledig IT: middelgroot" in text
    assert re.search(r"99050, nr\. 13 .*? nog niets gepubliceerd", text)
    assert "99050, nr. 14 " not in text
    assert parliament.site().get("/organisaties/bestaat-niet").status_code == 404
