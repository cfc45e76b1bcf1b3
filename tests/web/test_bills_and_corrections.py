"""The coordinator brings in the text of a bill, sees every quote marked, and looks back at what was changed."""

from __future__ import annotations

import csv
import html
import io
import re

from tests.web.conftest import Parliament
from uitvoeringsscan.amendments.amendment import Amendment, Source
from uitvoeringsscan.identifiers import Principal
from uitvoeringsscan.people.people import Actor, Role
from uitvoeringsscan.use_cases import reading, submitting

COORDINATOR = "C. de Planner"
OWNER = Actor(
    principal=Principal("i@voorbeeld.example"), name="Indiener", roles=frozenset({Role.SUBMITTER}), agency=None
)
TEXT = "In artikel II, onderdeel V, wordt «acht weken» vervangen door «zes weken».\n\nToelichting\n\nDit is <korter>.\n"
BILL = (
    "ARTIKEL I\n\nDe Zorgverzekeringswet wordt gewijzigd:\n\nA\n\n"
    "ARTIKEL II\n\nDe Werkloosheidswet wordt als volgt gewijzigd:\n\nV\n"
)


def submitted(parliament: Parliament, title: str, text: str = TEXT) -> str:
    command = submitting.SubmitScan(
        amendment=Amendment(text=text, title=title, dossier_number="99050", paper_number="8")
    )
    return submitting.submit_scan(parliament.desk, OWNER, command).id


def marked(page: str) -> list[str]:
    """What stands in a mark, over the whole page."""
    return [html.unescape(part.partition(">")[2].partition("</mark>")[0]) for part in page.split("<mark")[1:]]


def test_a_pasted_bill_changes_the_proposal_that_waits(parliament: Parliament) -> None:
    scan = submitted(parliament, "Wijziging van enkele wetten (Verzamelwet voorbeeld)")
    path = f"/coordinatie/scans/{scan}"
    site = parliament.site(COORDINATOR)
    assert "Die tekst hebben we nog niet." in site.get(path).text
    typed = {"wetsvoorstel": "Geen artikel.", "wetsvoorstelversie": "nota <7>", "wetsvoorsteldatum": "25 november 2026"}
    page = site.send(f"{path}/wetsvoorstel", typed)
    assert page.status_code == 400
    assert "geen artikelen die een wet wijzigen" in page.text
    assert "nota &lt;7&gt;" in page.text
    assert "Geen artikel." in page.text
    assert site.send(f"{path}/wetsvoorstel", {"wetsvoorstel": BILL, "wetsvoorsteldatum": "ooit"}).status_code == 400
    page = site.send(f"{path}/wetsvoorstel", {**typed, "wetsvoorstel": BILL})
    assert page.status_code == 200
    assert "nota &lt;7&gt;" in page.text
    assert "Artikel II: Werkloosheidswet" in page.text
    assert "Artikel II van het wetsvoorstel wijzigt de Werkloosheidswet." in page.text
    assert "Voorstel opnieuw gemaakt" in page.text
    assert marked(page.text).count("artikel II, onderdeel V") >= 2  # with the reason, and in the text


def test_a_bill_as_a_file(parliament: Parliament) -> None:
    scan = submitted(parliament, "Wijziging van enkele wetten")
    path = f"/coordinatie/scans/{scan}"
    site = parliament.site(COORDINATOR)
    site.get(path)
    page = site.send(
        f"{path}/wetsvoorstel", {"wetsvoorstelversie": "zoals gestuurd"},
        files={"wetsvoorstelbestand": ("wet.docx", b"gewone tekst", "text/plain")},
    )  # fmt: skip
    assert page.status_code == 400
    assert "De inhoud van het bestand past niet bij de naam." in page.text
    assert "zoals gestuurd" in page.text
    page = site.send(f"{path}/wetsvoorstel", files={"wetsvoorstelbestand": ("wet.txt", BILL.encode(), "text/plain")})
    assert page.status_code == 200
    assert "Artikel II: Werkloosheidswet" in page.text


def test_every_quote_is_marked_in_text_and_title(parliament: Parliament) -> None:
    site = parliament.site(COORDINATOR)
    titled = submitted(parliament, "Wijziging van de Werkloosheidswet en van de Algemene Ouderdomswet")
    shown = 0
    scans = [titled, *(parliament.scan(dossier, paper) for dossier, paper in (("99004", "22"), ("99001", "17")))]
    for identifier in scans:
        scan = reading.get_scan(parliament.desk, _coordinator(parliament), identifier)
        page = site.get(f"/coordinatie/scans/{identifier}").text
        reading_part = page[page.index("<h2>De tekst</h2>") :]
        for proposal in scan.routing.proposals:
            for reason in proposal.evidence:
                assert any(reason.quote in mark for mark in marked(reading_part)), reason
                shown += 1
    assert shown
    proposals = reading.get_scan(parliament.desk, OWNER, titled).routing.proposals
    assert Source.TITLE in {reason.source for proposal in proposals for reason in proposal.evidence}


def _coordinator(parliament: Parliament) -> Actor:
    return Actor(principal=Principal("c"), name="C", roles=frozenset({Role.COORDINATOR}), agency=None)


def test_corrections_are_shown_and_exported_to_the_coordinator_alone(parliament: Parliament) -> None:
    scan = submitted(parliament, "Wijziging van de Werkloosheidswet")
    site = parliament.site(COORDINATOR)
    site.get(f"/coordinatie/scans/{scan}")
    sent = {"organisatie": ["uwv", "svb"], "toelichting": "SVB <betaalt> uit.", "dag": "", "tijd": ""}
    assert site.send(f"/coordinatie/scans/{scan}/routering", sent).status_code == 200
    page = site.get("/coordinatie/correcties")
    assert page.status_code == 200
    assert re.search(r"Bij Werkloosheidswet is \d+ keer SVB toegevoegd: overweeg svb voortaan te vragen", page.text)
    assert "SVB &lt;betaalt&gt; uit." in page.text
    lines = list(csv.DictReader(io.StringIO(site.get("/coordinatie/correcties.csv").content.decode("utf-8-sig"))))
    assert (lines[0]["scan"], lines[0]["toegevoegd"]) == (scan, "svb")
    exported = site.get("/coordinatie/correcties.json").json()
    assert exported["resultaten"][0]["scan"] == scan
    secret = exported["overzicht"]["gewijzigd"] - len(exported["resultaten"])
    assert 0 < secret <= exported["overzicht"]["vertrouwelijk"]  # counted, and not in the list
    assert '/coordinatie/correcties"' in site.get("/coordinatie").text
    for name in ("M. ter Voorbeeld", "S. Bakker", "L. Lezer", "B. Beheerder"):
        other = parliament.site(name)
        for path in ("", ".csv", ".json"):
            assert other.get(f"/coordinatie/correcties{path}").status_code == 403
