"""The text of a bill over the API, what it does to the proposals, and the coordinator's corrections."""

from __future__ import annotations

import csv
import io

import pytest
from api_callers import ANY, Api, body, problem

TEXT = (
    "In artikel II, onderdeel V, wordt «acht weken» vervangen door «zes weken».\n\nToelichting\n\nDit duurt korter.\n"
)
TITLE = "Wijziging van enkele wetten (Verzamelwet voorbeeld)"
BILL = (
    "ARTIKEL I\n\nDe Wet minimumloon en minimumvakantiebijslag wordt als volgt gewijzigd:\n\nA\n\nARTIKEL II\n\n"
    "De Werkloosheidswet wordt als volgt gewijzigd:\n\nV\n\nArtikel 16 vervalt.\n"
)
PATH = "/dossiers/99001/wetsvoorstel"


def test_a_bill_is_kept_listed_and_used(api: Api) -> None:
    waiting = api.submitted(tekst=TEXT, titel=TITLE)
    sent = {"tekst": BILL, "versie": "nota van wijziging 7", "datum": "2026-11-25"}
    created = api("indiener", "POST", PATH, sent)
    assert created.status_code == 201
    kept = created.json()
    assert {name: kept[name] for name in ("dossiernummer", "volgnummer", "versie", "datum", "ontvangenOp")} == {
        "dossiernummer": "99001", "volgnummer": 1, "versie": "nota van wijziging 7", "datum": "2026-11-25",
        "ontvangenOp": "2026-11-30T08:00:00Z",
    }  # fmt: skip
    second = kept["artikelen"][1]
    assert (second["artikel"], second["wet"]) == ("II", "Werkloosheidswet")
    assert BILL[second["begin"] : second["einde"]] == "Werkloosheidswet"
    assert "tekst" not in kept
    again = api("coordinator", "POST", PATH, {"tekst": BILL})
    assert (again.status_code, again.json()) == (200, kept)
    assert api.ok("lezer", "GET", PATH) == {"resultaten": [kept], "volgende": None}
    assert api.ok("lezer", "GET", "/dossiers/99002/wetsvoorstel")["resultaten"] == []

    tried = api.ok(None, "POST", "/routeringen", {"titel": TITLE, "tekst": TEXT, "dossiernummer": "99001"})
    routed = api.ok("coordinator", "GET", f"/scans/{waiting}")["routering"]
    assert tried["organisaties"] == routed["organisaties"]
    (agency,) = [o for o in tried["organisaties"] if o["advies"] == "uitvragen"]
    reason = agency["onderbouwing"][0]
    assert (agency["code"], reason["bron"], reason["citaat"]) == ("uwv", "wetsvoorstel", "artikel II, onderdeel V")
    assert TEXT[reason["begin"] : reason["einde"]] == reason["citaat"]
    assert "Artikel II van het wetsvoorstel wijzigt de Werkloosheidswet" in reason["uitleg"]
    without = api.ok(None, "POST", "/routeringen", {"titel": TITLE, "tekst": TEXT})
    assert [o for o in without["organisaties"] if o["advies"] == "uitvragen"] == []


def test_the_same_key_is_answered_the_same(small_api: Api) -> None:
    key = {"Idempotency-Key": "wetsvoorstel-1"}
    first = small_api("coordinator", "POST", PATH, {"tekst": BILL}, key)
    second = small_api("coordinator", "POST", PATH, {"tekst": BILL}, key)
    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, first.content)


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({}, "tekst"),
        ({"tekst": 3}, "tekst"),
        ({"tekst": ""}, "tekst"),
        ({"tekst": "Geen wet te zien."}, "tekst"),
        ({"tekst": BILL, "datum": "gisteren"}, "datum"),
        ({"tekst": BILL, "versie": "v" * 300}, "versie"),
        ({"tekst": BILL, "iets": "anders"}, "iets"),
    ],
)
def test_what_is_no_bill_is_refused(small_api: Api, sent: dict, place: str) -> None:
    before = small_api.world.contents()
    answer = problem(small_api("coordinator", "POST", PATH, sent), 400)
    assert [fault["veld"] for fault in answer["fouten"]] == [place]
    assert small_api.world.contents() == before


def test_who_may(small_api: Api) -> None:
    problem(small_api(None, "POST", PATH, {"tekst": BILL}), 401)
    problem(small_api(None, "GET", PATH), 401)
    for who in ("lezer", "beheerder", "behandelaar-uwv", "vaststeller-uwv"):
        problem(small_api(who, "POST", PATH, {"tekst": BILL}), 403)
    problem(small_api("coordinator", "POST", "/dossiers/abc/wetsvoorstel", {"tekst": BILL}), 404)


def test_corrections_page_by_page_and_as_csv(api: Api) -> None:
    scans = [api.routed("uwv", "svb", ondernummer=str(number)) for number in (15, 16, 17)]
    secret = api.routed("svb", vertrouwelijk=True, ondernummer=None)
    api.routed("uwv", ondernummer="18")
    seen, hidden, address = [], 0, "/routeringen/correcties?aantal=2"
    while address:
        page = api.ok("coordinator", "GET", address)
        seen += page["resultaten"]
        hidden += page["vertrouwelijk"]
        address = page["volgende"].removeprefix("/api/v1") if page["volgende"] else None
    assert {line["scan"] for line in seen} == set(scans)
    assert len(seen) == 3
    assert hidden == 1
    assert seen[0]["toegevoegd"] == [{"code": "svb", "overwogen": False}]
    assert seen[0]["weggelaten"] == []
    assert seen[0]["reden"] == "Zo gevraagd."
    assert seen[0]["wetten"][0] == "Werkloosheidswet"
    exported = api("coordinator", "GET", "/routeringen/correcties", headers={"Accept": "text/csv"})
    assert exported.headers["content-type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(exported.content.decode("utf-8-sig"))))
    assert {line["scan"] for line in lines} == set(scans)
    assert secret not in exported.text
    problem(api("coordinator", "GET", "/routeringen/correcties?cursor=zomaar"), 400)
    problem(api("coordinator", "GET", "/routeringen/correcties", headers={"Accept": "image/png"}), 406)
    problem(api(None, "GET", "/routeringen/correcties"), 401)
    for who in ("indiener", "lezer", "beheerder", "vaststeller-uwv"):
        problem(api(who, "GET", "/routeringen/correcties"), 403)


def test_both_are_described_as_not_public(small_api: Api) -> None:
    paths = small_api(None, "GET", "/openapi.json").json()["paths"]
    for path in ("/dossiers/{dossiernummer}/wetsvoorstel", "/routeringen/correcties"):
        assert all(operation["security"] == [{"sleutel": []}, {"oauth": []}] for operation in paths[path].values())
    assert "security" not in paths["/routeringen"]["post"]


def test_a_scan_that_was_proposed_again_has_a_new_version(small_api: Api) -> None:
    created = small_api("indiener", "POST", "/scans", body(tekst=TEXT, titel=TITLE))
    seen = {"If-Match": created.headers["etag"]}
    path = f"/scans/{created.json()['id']}/routering"
    small_api.ok("coordinator", "POST", PATH, {"tekst": BILL})
    problem(small_api("coordinator", "PUT", path, {"organisaties": []}, seen), 412)
    small_api.ok("coordinator", "PUT", path, {"organisaties": ["uwv"]}, headers=ANY)
