"""The whole road through the API, as the contract tells it."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
import rfc8785
from api_callers import ANY, BASE, Api, body, make_api, problem
from starlette.testclient import TestClient

from tests.support.desk import opened
from uitvoeringsscan.adapters import chance
from uitvoeringsscan.bootstrap import make_app
from uitvoeringsscan.publication.verification import verify
from uitvoeringsscan.settings import Settings

SCAN_FIELDS = {
    "id", "nummer", "status", "versie", "amendement", "stemming", "vertrouwelijk", "aangemaaktOp", "reactieVoor", "routering",
    "redenAfronding", "redenIntrekking", "rectificatie", "vervangenDoor", "publicaties", "uitslag",
    "reactie",
}  # fmt: skip


def test_from_text_to_publication(api: Api) -> None:
    sent = body(
        toevoeging="XV", ontvangen="2026-11-20", zaaknummer="2026Z01234", soort="gewijzigd amendement", vervangt="8"
    )
    created = api("indiener", "POST", "/scans", sent)
    assert created.status_code == 201
    scan = created.json()
    assert set(scan) == SCAN_FIELDS
    assert created.headers["location"] == f"{BASE}/scans/{scan['id']}"
    assert scan["amendement"] == sent["amendement"]
    assert scan["stemming"] == "2026-12-08T15:00:00Z"
    assert scan["status"] == "ingediend"
    proposed = [o["code"] for o in scan["routering"]["organisaties"] if o["advies"] == "uitvragen"]
    assert "uwv" in proposed
    for organisation in scan["routering"]["organisaties"]:
        for reason in organisation["onderbouwing"]:
            source = sent["amendement"]["titel" if reason["bron"] == "titel" else "tekst"]
            assert source[reason["begin"] : reason["einde"]] == reason["citaat"]

    path = f"/scans/{scan['id']}"
    read = api("coordinator", "GET", path)
    assert read.json() == scan
    assert read.headers["etag"] == created.headers["etag"]
    routed = api(
        "coordinator", "PUT", f"{path}/routering", {"organisaties": ["uwv", "svb"]}, {"If-Match": read.headers["etag"]}
    )
    assert routed.status_code == 200
    assert routed.json()["status"] == "in-behandeling"
    assert routed.json()["routering"]["bevestigd"]["organisaties"] == ["uwv", "svb"]

    files = api.ok("coordinator", "GET", f"{path}/uitvragen")["resultaten"]
    assert [(file["organisatie"]["code"], file["status"]) for file in files] == [("svb", "open"), ("uwv", "open")]
    assert all(file["reactieVoor"] == "2026-12-04T15:00:00Z" for file in files)
    own = api.ok("behandelaar-uwv", "GET", "/uitvragen")["resultaten"]
    assert [file["id"] for file in own] == [f"{scan['id']}-uwv"]

    answers = api.answer(scan["id"], "uwv")
    opened_file = api("vaststeller-uwv", "GET", f"/uitvragen/{scan['id']}-uwv")
    assert opened_file.json()["antwoorden"] == answers
    assert opened_file.json()["status"] == "ingediend"
    approved = api(
        "vaststeller-uwv",
        "POST",
        f"/uitvragen/{scan['id']}-uwv/vaststelling",
        headers={"If-Match": opened_file.headers["etag"]},
    )
    assert approved.json()["status"] == "vastgesteld"
    api.ok(
        "behandelaar-svb",
        "POST",
        f"/uitvragen/{scan['id']}-svb/geen-gevolgen",
        {"toelichting": "Raakt ons niet."},
        headers=ANY,
    )
    api.ok("vaststeller-svb", "POST", f"/uitvragen/{scan['id']}-svb/vaststelling", headers=ANY)
    assert api.ok("indiener", "GET", path)["status"] == "beoordeeld"

    published = api("coordinator", "POST", f"{path}/publicaties", headers=ANY)
    assert published.status_code == 201
    publication = published.json()
    assert published.headers["location"] == f"{BASE}/publicaties/{publication['nummer']}"
    assert publication["nummer"] == f"{scan['id']}-v1"
    assert publication["volledig"] is True
    assert publication["voorStemming"] is True
    assert publication["amendement"]["tekst"] == sent["amendement"]["tekst"]
    assert {o["code"]: o["status"] for o in publication["organisaties"]} == {
        "uwv": "vastgesteld",
        "svb": "geen-gevolgen",
    }
    content = {name: value for name, value in publication.items() if name != "sha256"}
    assert hashlib.sha256(rfc8785.dumps(content)).hexdigest() == publication["sha256"]
    assert verify(api.world.chain()) == []

    public = api(None, "GET", f"/publicaties/{publication['nummer']}")
    assert public.content == published.content
    assert public.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert api.ok("indiener", "GET", path)["status"] == "gepubliceerd"


def test_a_publication_in_every_form(sqlite_url: str) -> None:
    """With the real PDF."""
    with opened(sqlite_url, pdf=True) as world:
        api = make_api(world)
        number = api.published("uwv")["nummer"]
        path = f"/publicaties/{number}"
        as_json = api(None, "GET", path, headers={"Accept": "application/json"})
        as_pdf = api(None, "GET", path, headers={"Accept": "application/pdf"})
        as_html = api(None, "GET", path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        assert api(None, "GET", path, headers={"Accept": "*/*"}).content == as_json.content
        assert as_pdf.headers["content-type"] == "application/pdf"
        assert as_pdf.content.startswith(b"%PDF-")
        assert as_pdf.content.rstrip().endswith(b"%%EOF")
        assert number in as_pdf.headers["content-disposition"]
        assert as_html.status_code == 303
        assert as_html.headers["location"] == f"/publicaties/{number}"
        for answer in (as_json, as_pdf):
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert answer.headers["vary"] == "Accept"
            again = api(
                None, "GET", path,
                headers={"Accept": answer.headers["content-type"], "If-None-Match": answer.headers["etag"]},
            )  # fmt: skip
            assert (again.status_code, again.content) == (304, b"")
        assert as_json.headers["etag"] != as_pdf.headers["etag"]
        problem(api(None, "GET", path, headers={"Accept": "image/png"}), 406)
        problem(api(None, "GET", path, headers={"Accept": "application/pdf;q=0"}), 406)


def test_what_an_agency_may_say_instead(api: Api) -> None:
    scan = api.routed("uwv", "svb")
    problem(api("behandelaar-uwv", "POST", f"/uitvragen/{scan}-uwv/niet-van-toepassing", {}, headers=ANY), 400)
    api.ok(
        "behandelaar-uwv", "POST", f"/uitvragen/{scan}-uwv/niet-van-toepassing",
        {"toelichting": "Dit is niet onze taak.", "vraagAan": "cak"}, headers=ANY,
    )  # fmt: skip
    file = api.ok("coordinator", "GET", f"/uitvragen/{scan}-uwv")
    assert (file["uitkomst"], file["vraagAan"], file["toelichting"]) == (
        "niet-van-toepassing",
        "cak",
        "Dit is niet onze taak.",
    )
    api.ok(
        "coordinator", "POST", f"/uitvragen/{scan}-uwv/terugzending", {"toelichting": "Kijk naar deel II."}, headers=ANY
    )
    file = api.ok("behandelaar-uwv", "GET", f"/uitvragen/{scan}-uwv")
    assert (file["status"], file["opmerkingen"], file["vraagAan"]) == ("open", "Kijk naar deel II.", None)


def test_closing_withdrawing_and_correcting(api: Api) -> None:
    scan = api.routed("uwv", "svb")
    api.settle(scan, "uwv")
    problem(api("coordinator", "POST", f"/scans/{scan}/afronding", {}, headers=ANY), 400)
    closed = api.ok(
        "coordinator", "POST", f"/scans/{scan}/afronding", {"toelichting": "Vandaag is de stemming."}, headers=ANY
    )
    assert closed["status"] == "beoordeeld"
    first = api.ok("coordinator", "POST", f"/scans/{scan}/publicaties", headers=ANY)
    assert first["volledig"] is False
    assert {o["code"]: o["status"] for o in first["organisaties"]} == {"uwv": "vastgesteld", "svb": "geen-reactie"}
    api.ok(
        "coordinator", "POST", f"/scans/{scan}/rectificatie", {"toelichting": "De SVB antwoordde toch."}, headers=ANY
    )
    api.ok("coordinator", "POST", f"/uitvragen/{scan}-svb/terugzending", {"toelichting": "Graag alsnog."}, headers=ANY)
    api.settle(scan, "svb")
    second = api.ok("coordinator", "POST", f"/scans/{scan}/publicaties", headers=ANY)
    assert (second["nummer"], second["versie"], second["volledig"]) == (f"{scan}-v2", 2, True)
    assert second["vorige"] == first["nummer"]
    assert second["vorigeSha256"] == first["sha256"]
    assert api(None, "GET", f"/publicaties/{first['nummer']}").json() == first
    withdrawn = api.ok(
        "indiener", "POST", f"/scans/{scan}/intrekking", {"toelichting": "Ingetrokken in de Kamer."}, headers=ANY
    )
    assert (withdrawn["status"], withdrawn["redenIntrekking"]) == ("ingetrokken", "Ingetrokken in de Kamer.")
    assert api(None, "GET", f"/publicaties/{second['nummer']}").status_code == 200


def test_overviews_show_what_is_public(api: Api) -> None:
    publication = api.published("uwv")
    api.submitted(vertrouwelijk=True, ondernummer=None)
    for path in ("/dossiers/99001", "/stemmingen/2026-12-08"):
        results = api.ok(None, "GET", path)["resultaten"]
        assert [line["id"] for line in results] == [publication["scan"]]
        assert results[0]["publicatie"] == {name: publication[name] for name in results[0]["publicatie"]}
    assert api.ok(None, "GET", "/stemmingen/2026-12-09")["resultaten"] == []
    problem(api(None, "GET", "/dossiers/99999"), 404)
    assert api.ok(None, "GET", "/publicaties")["resultaten"] == [publication]


def test_dry_run_stores_nothing_and_needs_nobody(api: Api) -> None:
    before = api.world.contents()
    sent = {
        "titel": "Wijziging van de Werkloosheidswet",
        "tekst": body()["amendement"]["tekst"],
        "dossiernummer": "99001",
    }
    tried = api.ok(None, "POST", "/routeringen", sent)
    assert "uwv" in [o["code"] for o in tried["organisaties"] if o["advies"] == "uitvragen"]
    nobody = api.ok(
        None, "POST", "/routeringen", {"titel": "", "tekst": "Deze wet treedt in werking met ingang van morgen."}
    )
    assert nobody["geenUitvoerder"]["uitleg"] or nobody["organisaties"]
    assert api.world.contents() == before


def test_knowledge_is_public(api: Api) -> None:
    agencies = api.ok(None, "GET", "/organisaties")["resultaten"]
    assert {"uwv", "svb"} <= {agency["code"] for agency in agencies}
    for line in api.ok(None, "GET", "/vragenlijsten")["resultaten"]:
        whole = api(None, "GET", f"/vragenlijsten/{line['code']}/{line['versie']}")
        assert whole.headers["cache-control"].endswith("immutable")
        assert whole.json()["sha256"] == line["sha256"]
    problem(api(None, "GET", "/vragenlijsten/basis/99.0"), 404)


def test_the_vote_moves_and_confidence_ends(api: Api) -> None:
    scan = api.submitted(vertrouwelijk=True, ondernummer=None)
    moved = api.ok(
        "coordinator", "PUT", f"/scans/{scan}/stemming", {"stemming": "2026-12-15T00:30:00+02:00"}, headers=ANY
    )
    assert moved["stemming"] == "2026-12-14T22:30:00Z"
    assert api.ok("coordinator", "PUT", f"/scans/{scan}/stemming", {"stemming": None}, headers=ANY)["stemming"] is None
    problem(api("coordinator", "POST", f"/scans/{scan}/openbaarmaking", {"ondernummer": "14"}, headers=ANY), 403)
    problem(api("indiener", "POST", f"/scans/{scan}/openbaarmaking", {"ondernummer": "veertien"}, headers=ANY), 400)
    public = api.ok("indiener", "POST", f"/scans/{scan}/openbaarmaking", {"ondernummer": "14"}, headers=ANY)
    assert (public["vertrouwelijk"], public["amendement"]["ondernummer"]) == (False, "14")


@pytest.mark.parametrize("wanted", [0, 1, 2, 3])
def test_levels_follow_the_chosen_options(small_api: Api, wanted: int) -> None:
    """Every question that weighs is answered with the option of one level: that is the level of each dimension."""
    api = small_api
    scan = api.routed("uwv")
    questionnaire = api.ok("behandelaar-uwv", "GET", f"/uitvragen/{scan}-uwv")["vragenlijst"]
    chosen: dict[str, Any] = {}
    for part in questionnaire["onderdelen"]:
        for question in part["vragen"]:
            for option in question.get("opties", []):
                if question.get("dimensie") and option.get("niveau") == wanted:
                    chosen[question["code"]] = option["code"]
    api.settle(scan, "uwv", wanted=chosen)
    publication = api.ok("coordinator", "POST", f"/scans/{scan}/publicaties", headers=ANY)
    assert [line["dimensie"] for line in publication["impactbeeld"]] == [
        "it-systemen", "gegevensuitwisseling", "personeel", "tijdlijn",
    ]  # fmt: skip
    assert {line["niveau"] for line in publication["impactbeeld"]} == {wanted}
    assert json.dumps(publication)


def test_the_api_inside_the_whole_service(database_url: str) -> None:
    """Mounted beside the web, over the composition root's own desk: the clock, the chance and the PDF are the real ones."""
    app = make_app(Settings(database_url=database_url))
    with opened(database_url) as world, TestClient(app, raise_server_exceptions=False, follow_redirects=False) as http:
        api = make_api(world)
        api.http = http
        vote = (chance.now() + timedelta(days=8)).isoformat()
        publication = api.published("uwv", "svb", stemming=vote)
        assert publication["voorStemming"] is True
        pdf = api(None, "GET", f"/publicaties/{publication['nummer']}", headers={"Accept": "application/pdf"})
        assert pdf.content.startswith(b"%PDF-")
        problem(api("coordinator", "GET", "/niets"), 404)
        problem(api(None, "GET", "/scans"), 401)
        assert verify(world.chain()) == []
