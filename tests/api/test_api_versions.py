"""Versions and stacking through the API: a chain of four, confirmed by one call each, and what they ask together."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from api_callers import ANY, Api, problem

from tests.support.desk import TEXT
from uitvoeringsscan.publication.stacking import PLANNING, RELEASE

TIGHT = {"raakt": "ja", "it-aanpassing": "opbouw", PLANNING: "ander-werk-opschuiven"}


def confirmed(api: Api, scan: str, agency: str = "uwv") -> None:
    file = f"/uitvragen/{scan}-{agency}"
    answer = api(f"behandelaar-{agency}", "POST", f"{file}/bevestiging", headers=ANY)
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "ingediend"
    api.ok(f"vaststeller-{agency}", "POST", f"{file}/vaststelling", headers=ANY)


def test_a_chain_of_four_versions(api: Api) -> None:
    scans = {"13": api.published("uwv", ondernummer="13")["scan"]}
    words = {"21": "vijf", "30": "vier", "41": "drie"}
    for before, number in pairwise(["13", *words]):
        scan = scans[number] = api.submitted(
            ondernummer=number, vervangt=before, soort="gewijzigd amendement", tekst=TEXT.replace("zes", words[number])
        )
        earlier = api.ok("coordinator", "GET", f"/scans/{scan}/eerdere-versie")
        assert (earlier["scan"], earlier["ondernummer"]) == (scans[before], before)
        assert [asked["organisatie"]["code"] for asked in earlier["gevraagd"]] == ["uwv"]
        assert "uwv" in earlier["voorstel"]
        (part,) = earlier["tekst"]["wijzigingen"]
        assert part["verschil"] == "gewijzigd"
        assert [piece["tekst"] for piece in part["stukken"] if piece["soort"] == "erbij"] == [words[number]]
        api.ok("coordinator", "PUT", f"/scans/{scan}/routering", {"organisaties": ["uwv"]}, headers=ANY)
        file = api.ok("behandelaar-uwv", "GET", f"/uitvragen/{scan}-uwv")
        assert file["overgenomenVan"] == scans[before]
        assert file["antwoorden"]["raakt"] == "ja"
        assert file["status"] == "open"
        seen = api.ok("behandelaar-uwv", "GET", f"/uitvragen/{scan}-uwv/eerdere-versie")
        assert seen["overgenomen"]["uitvraag"] == f"{scans[before]}-uwv"
        assert seen["overgenomen"]["ongewijzigd"] is True
        confirmed(api, scan)
        assert api.ok("coordinator", "GET", f"/scans/{scans[before]}")["status"] == "vervangen"
    api.ok("coordinator", "POST", f"/scans/{scans['41']}/publicaties", headers=ANY)
    changed = api.ok(None, "GET", f"/publicaties/{scans['41']}-v1/verschil")
    assert (changed["van"], changed["naar"]) == (f"{scans['13']}-v1", f"{scans['41']}-v1")
    assert changed["samen"] == changed["organisaties"] == []
    problem(api(None, "GET", f"/publicaties/{scans['13']}-v1/verschil"), 404)
    problem(api(None, "GET", "/publicaties/2026-0000-v1/verschil"), 404)
    lines = api.ok(None, "GET", "/dossiers/99001")["resultaten"]
    assert {line["id"]: line["vervangenDoor"] for line in lines}[scans["13"]] == scans["21"]


def test_confirming_asks_for_a_version_and_a_draft(api: Api) -> None:
    api.assessed("uwv", ondernummer="13")
    scan = api.routed("uwv", "svb", ondernummer="21", vervangt="13")
    file = f"/uitvragen/{scan}-uwv/bevestiging"
    problem(api("behandelaar-uwv", "POST", file), 428)
    problem(api("behandelaar-uwv", "POST", file, headers={"If-Match": '"77"'}), 412)
    problem(api("behandelaar-svb", "POST", file, headers=ANY), 404)
    problem(api("indiener", "POST", file, headers=ANY), 404)
    problem(api("coordinator", "POST", file, headers=ANY), 403)
    problem(api("behandelaar-svb", "POST", f"/uitvragen/{scan}-svb/bevestiging", headers=ANY), 409)
    key = {**ANY, "Idempotency-Key": "een-keer"}
    first = api("vaststeller-uwv", "POST", file, headers=key)
    assert api("vaststeller-uwv", "POST", file, headers=key).json() == first.json()
    refused = problem(api("vaststeller-uwv", "POST", f"/uitvragen/{scan}-uwv/vaststelling", headers=ANY), 403)
    assert refused["type"].endswith("/vier-ogen")


def test_there_is_not_always_an_earlier_version(api: Api) -> None:
    scan = api.routed("uwv")
    problem(api("coordinator", "GET", f"/scans/{scan}/eerdere-versie"), 404)
    problem(api("indiener", "GET", f"/scans/{scan}/eerdere-versie"), 403)
    problem(api("behandelaar-uwv", "GET", f"/uitvragen/{scan}-uwv/eerdere-versie"), 404)


def published(api: Api, number: str, wanted: dict[str, Any], **more: Any) -> str:
    scan = api.routed("uwv", ondernummer=number, **more)
    file = f"/uitvragen/{scan}-uwv"
    answers = api.answer(scan, "uwv", wanted)
    if RELEASE in wanted:  # not required, so it has to be added to what was handed in
        api.ok("vaststeller-uwv", "POST", f"{file}/terugzending", {"toelichting": "Noem de release."}, headers=ANY)
        body = {"antwoorden": {**answers, RELEASE: wanted[RELEASE]}, "toelichtingen": {}}
        api.ok("behandelaar-uwv", "PUT", f"{file}/antwoorden", body, headers=ANY)
        api.ok("behandelaar-uwv", "POST", f"{file}/indiening", headers=ANY)
    api.ok("vaststeller-uwv", "POST", f"{file}/vaststelling", headers=ANY)
    api.ok("coordinator", "POST", f"/scans/{scan}/publicaties", headers=ANY)
    return scan


@pytest.mark.parametrize("path", ["/stemmingen/2026-12-08/stapeling", "/dossiers/99001/stapeling"])
def test_stacking(small_api: Api, path: str) -> None:
    api = small_api
    scans = [published(api, number, {**TIGHT, RELEASE: name}) for number, name in (("12", "2027-2"), ("9", "2027.2"))]
    unpublished = api.routed("uwv", ondernummer="30")
    hidden = api.submitted(ondernummer="31", vertrouwelijk=True)
    found = api.ok(None, "GET", path)
    assert [one["ondernummer"] for one in found["amendementen"]] == ["9", "12"]
    assert all(one["gekozen"] for one in found["amendementen"])
    assert found["nietGepubliceerd"] == [unpublished]
    assert hidden not in str(found)
    (uwv,) = found["organisaties"]
    (release,) = uwv["releases"]
    assert (release["jaar"], release["samen"]) == (2027, "tegenspraak")
    assert all(claim["krap"] for claim in release["vragen"])
    assert uwv["gekozen"]["kosten"]["incidenteel"] == {"laag": 500_000, "hoog": 500_000, "onvolledig": []}
    one = api.ok(None, "GET", f"{path}?amendement={scans[0]}&amendement=2026-0000")
    (uwv,) = one["organisaties"]
    assert [release["samen"] for release in uwv["releases"]] == ["alleen"]
    assert uwv["gekozen"]["kosten"]["incidenteel"]["laag"] == 250_000
    assert uwv["alles"]["kosten"]["incidenteel"]["laag"] == 500_000
    assert one["genegeerd"] == 1
    # what was replaced or withdrawn is in no sum
    api.ok("indiener", "POST", f"/scans/{scans[0]}/intrekking", {"toelichting": "Er komt een motie."}, headers=ANY)
    api.routed("uwv", ondernummer="40", vervangt="9")
    rest = api.ok(None, "GET", path)
    assert rest["amendementen"] == []
    assert rest["samen"]["kosten"]["incidenteel"]["laag"] is None


def test_stacking_of_nothing_and_of_nonsense(small_api: Api) -> None:
    assert small_api.ok(None, "GET", "/stemmingen/2026-12-09/stapeling")["amendementen"] == []
    problem(small_api(None, "GET", "/dossiers/00000/stapeling"), 404)
    problem(small_api(None, "GET", "/stemmingen/gisteren/stapeling"), 400)
    problem(small_api(None, "GET", "/stemmingen/2026-12-09/stapeling?anders=1"), 400)
