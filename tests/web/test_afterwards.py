"""Around and after a publication, as people meet it: reaction, asked date, outcome, looking back, punctuality, the feed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from xml.etree.ElementTree import fromstring

import pytest

from tests.support.desk import COORDINATOR, START, SUBMITTER, World, opened
from tests.support.open_web import reader_of
from tests.web.conftest import Parliament
from uitvoeringsscan.adapters.signature_check import ed25519
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.presentation.dutch import as_moment
from uitvoeringsscan.publication.signatures import read_keys, verify_signatures
from uitvoeringsscan.scans.outcome import OutcomeKind
from uitvoeringsscan.use_cases import coordinating, outcomes, reacting, submitting

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    with opened(sqlite_url) as made:
        yield made


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- the submitter's reaction ---


def test_a_reaction_goes_into_the_publication_marked_as_the_submitters(parliament: Parliament) -> None:
    scan = parliament.scan("99004", "8")
    submitter = parliament.site("A. Denkbeeldig")
    page = submitter.get(f"/mijn-scans/{scan}")
    assert "wordt deel van de publicatie" in plain(page.text)
    page = submitter.send(f"/mijn-scans/{scan}/reactie", {"reactie": "Dit is <b>onze</b> keuze."})
    assert "Dit is &lt;b&gt;onze&lt;/b&gt; keuze." in page.text
    coordinator = parliament.site("C. de Planner")
    page = coordinator.get(f"/coordinatie/scans/{scan}")
    assert "niet wijzigen" in page.text
    page = coordinator.send(f"/coordinatie/scans/{scan}/publiceren")
    words = plain(page.text)
    assert "Reactie van de indiener Dit is &lt;b&gt;onze&lt;/b&gt; keuze." in words
    assert "woorden van de indiener, niet van de organisaties" in words
    published = parliament.site().get(f"/publicaties/{scan}-v1.json").json()
    assert published["reactie"]["tekst"] == "Dit is <b>onze</b> keuze."
    page = submitter.get(f"/mijn-scans/{scan}")
    assert "verandert niet meer" in plain(page.text)


def test_a_reaction_after_publication_stands_beside_it_with_its_own_signature(world: World) -> None:
    scan = world.published()
    reacting.react(world.desk, SUBMITTER, scan, None, "Wij zien dit anders.")
    reader = reader_of(world)
    words = plain(reader.get(f"/publicaties/{scan}-v1").text)
    assert "Wij zien dit anders." in words
    assert "na de publicatie" in words
    document = reader.get("/aanvullingen/1.json")
    signature = reader.get("/aanvullingen/1.jws").text
    keys = read_keys(reader.get("/.well-known/jwks.json").content)
    assert verify_signatures([("1", document.content, signature)], keys, ed25519) == []
    again = reader.get("/aanvullingen/1.json", headers={"If-None-Match": document.headers["etag"]})
    assert again.status_code == 304
    assert "immutable" in document.headers["cache-control"]
    assert '/aanvullingen/1.json"' in reader.get(f"/publicaties/{scan}-v1").text  # for search engines
    assert reader.get("/publicaties.csv").text.splitlines()[1].endswith("/aanvullingen/1.json")
    for missing in ("2", "0", "-1", "x", "99999999999", "١"):
        assert reader.get(f"/aanvullingen/{missing}.json").status_code == 404


def test_a_reaction_that_is_too_long_keeps_its_words(parliament: Parliament) -> None:
    scan = parliament.scan("99004", "8")
    submitter = parliament.site("A. Denkbeeldig")
    submitter.get(f"/mijn-scans/{scan}")
    page = submitter.send(f"/mijn-scans/{scan}/reactie", {"reactie": "woord " * 500})
    assert page.status_code == 400
    assert "hooguit 2.000 tekens" in page.text
    assert page.text.count("woord ") > 400
    assert 'href="#veld-reactie"' in page.text


# --- the day that is asked for ---


def test_the_asked_day_is_shown_corrected_and_printed(parliament: Parliament) -> None:
    scan = parliament.scan("99004", "8")
    submitter = parliament.site("A. Denkbeeldig")
    assert "zegt niet wanneer" in submitter.get(f"/mijn-scans/{scan}").text
    page = submitter.send(
        f"/mijn-scans/{scan}/invoering",
        {"invoeringssoort": "datum", "beoogd": "een keer", "invoeringstoelichting": "Zo is het afgesproken."},
    )
    assert (page.status_code, "een keer" in page.text) == (400, True)
    page = submitter.send(f"/mijn-scans/{scan}/invoering", {"invoeringssoort": "datum", "beoogd": "1 januari 2029"})
    assert "Het amendement vraagt invoering op 1 januari 2029." in plain(page.text)
    coordinator = parliament.site("C. de Planner")
    coordinator.get(f"/coordinatie/scans/{scan}")
    page = coordinator.send(
        f"/coordinatie/scans/{scan}/invoering", {"beoogd": "1 maart 2029", "invoeringstoelichting": " "}
    )
    assert page.status_code == 400
    assert 'href="#veld-invoeringstoelichting"' in page.text
    page = coordinator.send(
        f"/coordinatie/scans/{scan}/invoering", {"beoogd": "1 maart 2029", "invoeringstoelichting": "Besproken."}
    )
    assert page.status_code == 200
    page = coordinator.send(f"/coordinatie/scans/{scan}/publiceren")
    words = plain(page.text)
    assert "Het amendement vraagt invoering op 1 maart 2029." in words
    assert "opgegeven door de indiener of de coördinator: “Besproken.”" in words
    published = parliament.site().get(f"/publicaties/{scan}-v1.json").json()
    assert published["invoering"]["beoogd"] == "2029-03-01"


def test_an_agency_reads_the_asked_day_beside_the_questions_about_time(parliament: Parliament) -> None:
    scan = parliament.scan("99004", "22")
    submitter = parliament.site("M. ter Voorbeeld")
    submitter.get(f"/mijn-scans/{scan}")
    typed = {"invoeringssoort": "koninklijk-besluit", "invoeringstoelichting": "Zie artikel XII."}
    assert submitter.send(f"/mijn-scans/{scan}/invoering", typed).status_code == 200
    agency = parliament.site("U. Werker")
    about_time = plain(agency.get(f"/uitvragen/{scan}-uwv/onderdeel/tijdlijn").text)
    assert "Er staat nog geen datum vast: die wordt bij koninklijk besluit bepaald." in about_time
    assert "Zie artikel XII." in about_time
    assert "Zie artikel XII." not in agency.get(f"/uitvragen/{scan}-uwv/onderdeel/it-systemen").text


# --- the outcome ---


def test_the_coordinator_notes_the_outcome_and_lists_say_so(parliament: Parliament) -> None:
    scan = parliament.scan("99010", "12")
    coordinator = parliament.site("C. de Planner")
    coordinator.get(f"/coordinatie/scans/{scan}")
    action = f"/coordinatie/scans/{scan}/uitslag"
    page = coordinator.send(action, {"uitslag": "", "uitslagdag": "", "uitslagtijd": ""})
    assert (page.status_code, 'href="#veld-uitslag"' in page.text) == (400, True)
    page = coordinator.send(
        action, {"uitslag": "verworpen", "uitslagdag": "1 januari 2199", "uitslagtijd": "16.00", "uitslagbron": "Later"}
    )
    assert (page.status_code, 'href="#veld-uitslagdag"' in page.text) == (400, True)
    day = as_moment(parliament.desk.now() - timedelta(days=1))
    typed = {"uitslagdag": day.strftime("%d-%m-%Y"), "uitslagtijd": day.strftime("%H.%M")}
    page = coordinator.send(action, {"uitslag": "verworpen", "uitslagbron": "Stemmingsuitslag", **typed})
    assert page.status_code == 200
    reader = parliament.site()
    for path in ("/dossiers/99010", "/organisaties/uwv", f"/publicaties/{scan}-v1"):
        assert "Verworpen" in reader.get(path).text, path
    page = reader.get("/dossiers/99010/stapeling")
    assert "Verworpen op" in page.text
    assert re.search(rf'value="{scan}" checked', page.text) is None
    assert re.search(rf'value="{scan}"', page.text)
    again = reader.get(f"/dossiers/99010/stapeling?keuze=1&a={scan}")
    assert re.search(rf'value="{scan}" checked', again.text)
    assert reader.get("/api/v1/dossiers/99010").json()["resultaten"]


# --- looking back, and punctuality ---


def test_the_public_reads_estimate_and_outcome_side_by_side(parliament: Parliament) -> None:
    scan = parliament.scan("99012", "5")
    reader = parliament.site()
    assert "Klopte de schatting?" in reader.get(f"/publicaties/{scan}-v1").text
    for path in (f"/publicaties/{scan}-v1/terugblik", "/organisaties/uwv/terugblik"):
        words = plain(reader.get(path).text)
        assert "Kosten eenmalig € 400.000 tot 900.000 € 1,15 mln hoger dan geschat" in words, words
        assert "40 brieven in plaats van 25" in words
        assert "U. Werker" not in words
    assert "Er is nog geen terugblik." in reader.get("/organisaties/svb/terugblik").text
    assert reader.get("/organisaties/niemand/terugblik").status_code == 404
    assert reader.get("/publicaties/2020-0000-v1/terugblik").status_code == 404


def test_an_agency_looks_back_with_four_eyes(parliament: Parliament) -> None:
    scan = parliament.scan("99012", "5")
    respondent, here = parliament.site("S. Bakker"), f"/terugblikken/{scan}-svb"
    assert here in respondent.get("/terugblikken").text
    respondent.get(here)
    page = respondent.send(f"{here}/indienen", {"kosten.incidenteel": "veel", "toelichting": "Het viel mee."})
    assert (page.status_code, 'value="veel"' in page.text) == (400, True)
    assert 'href="#veld-kosten-incidenteel"' in page.text
    page = respondent.send(
        f"{here}/indienen",
        {"kosten.incidenteel": "55.000", "ingevoerdOp": "1 juli 2026", "personeel.incidenteel": "0,5"},
    )
    assert page.status_code == 200
    assert "Een collega stelt het vast." in page.text
    assert "Er is nog geen terugblik." in parliament.site().get("/organisaties/svb/terugblik").text
    approver = parliament.site("E. de Goedkeurder")
    page = approver.get(here)
    page = approver.send(f"{here}/terugzenden", {"opmerking": ""})
    assert page.status_code == 400
    page = approver.send(f"{here}/terugzenden", {"opmerking": "En per jaar?"})
    assert "En per jaar?" in respondent.get(here).text
    page = respondent.send(f"{here}/indienen", {"kosten.structureel": "0"})
    approver.get(here)
    page = approver.send(f"{here}/vaststellen")
    assert page.status_code == 200
    words = plain(parliament.site().get("/organisaties/svb/terugblik").text)
    assert "Kosten eenmalig € 60.000 € 55.000 lager dan geschat" in words
    assert "Fte eenmalig 0,5 fte 0,5 fte binnen de schatting" in words


def test_punctuality_counts_what_is_published_and_gives_no_median_of_a_few(world: World) -> None:
    for number in range(5):
        world.published("uwv", paper_number=str(20 + number))
    late = world.routed("uwv", "svb", paper_number="30")
    world.clock.forward(days=30)
    world.settle(late, "uwv")
    coordinating.close_round(world.desk, COORDINATOR, late, None, "Het duurde te lang.")
    world.publish(late)
    coordinating.start_correction(world.desk, COORDINATOR, late, None, "Een bedrag klopte niet.")
    world.publish(late)
    world.assessed("uwv", paper_number="31", confidential=True)
    reader = reader_of(world)
    found = {one["organisatie"]: one for one in reader.get("/punctualiteit.json").json()["resultaten"]}
    uwv, svb = found["uwv"], found["svb"]
    assert (uwv["gevraagd"], uwv["opTijd"], uwv["teLaat"], uwv["geenReactie"]) == (6, 5, 1, 0)
    assert (svb["gevraagd"], svb["opTijd"], svb["teLaat"], svb["geenReactie"]) == (1, 0, 0, 1)
    assert (uwv["mediaanUren"], svb["mediaanUren"]) == (0.0, None)
    words = plain(reader.get("/punctualiteit").text)
    assert "minder dan 5 antwoorden" in words
    assert reader.get("/punctualiteit.json?jaar=2025").json()["resultaten"] == []
    assert "<svg" in reader.get("/punctualiteit").text


# --- the feed ---


def test_the_feed_tells_of_what_was_withdrawn_or_replaced(world: World) -> None:
    first = world.published(paper_number="41")
    world.clock.forward(hours=1)
    second = world.published(paper_number="42")
    world.clock.forward(hours=1)
    submitting.withdraw_scan(world.desk, SUBMITTER, first, None, "Er komt iets anders.")
    world.clock.forward(hours=1)
    world.routed(paper_number="43", replaces="42")
    submitting.withdraw_scan(world.desk, SUBMITTER, world.submitted(paper_number="44"), None, "Nooit gepubliceerd.")
    secret = world.submitted(paper_number="45", confidential=True)
    submitting.withdraw_scan(world.desk, SUBMITTER, secret, None, "Geheim.")
    feed = fromstring(reader_of(world).get("/publicaties.atom").content)
    entries = [
        (entry.findtext(f"{ATOM}id", ""), entry.findtext(f"{ATOM}title", "")) for entry in feed.iter(f"{ATOM}entry")
    ]
    assert [title.split(":")[0] for _, title in entries[:2]] == ["Vervangen", "Ingetrokken"]
    assert [name.rsplit(":", 1)[1] for name, _ in entries] == [second, first, f"{second}-v1", f"{first}-v1"]
    assert len({name for name, _ in entries}) == len(entries)
    assert feed.findtext(f"{ATOM}updated") == "2026-11-30T12:00:00+01:00"


def test_an_outcome_is_in_the_api(world: World) -> None:
    scan = world.published()
    outcomes.record_outcome(world.desk, SERVICE, scan, None, OutcomeKind.TAKEN_OVER, START, "Handelingen")
    (line,) = reader_of(world).get("/api/v1/dossiers/99001").json()["resultaten"]
    assert line["uitslag"] == {"uitslag": "overgenomen", "op": "2026-11-30T08:00:00Z", "bron": "Handelingen"}
    assert json.dumps(line)
