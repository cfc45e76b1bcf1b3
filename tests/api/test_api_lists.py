"""Lists: who sees what in them, filters, and pages that neither skip nor repeat while new scans come in."""

from __future__ import annotations

from typing import Any

import pytest
from api_callers import ANY, Api, problem


def _ids(answer: dict[str, Any]) -> list[str]:
    return [line["id"] for line in answer["resultaten"]]


def _walk(api: Api, who: str | None, path: str, between: Any = None) -> list[dict[str, Any]]:
    """Follow `volgende` to the end; `between` is called before each next page."""
    found: list[dict[str, Any]] = []
    for _ in range(50):
        page = api.ok(who, "GET", path)
        found += page["resultaten"]
        if page["volgende"] is None:
            return found
        assert page["resultaten"]
        path = page["volgende"].removeprefix("/api/v1")
        if between is not None:
            between()
    raise AssertionError("the pages never end")


def test_pages_of_scans_neither_skip_nor_repeat(api: Api) -> None:
    scans = []
    for number in range(7):
        scans.append(api.submitted(ondernummer=str(number + 1)))
        if number % 3:  # some at the very same moment: then the number decides
            api.world.clock.forward(seconds=1)
    newest_first = sorted(scans, key=lambda s: (api.world.scan(s).created_at, s), reverse=True)

    def another() -> None:
        api.world.clock.forward(seconds=1)
        api.submitted()

    for size in (1, 2, 3, 7):
        known = _ids(api.ok("coordinator", "GET", "/scans?aantal=200"))
        walked = [line["id"] for line in _walk(api, "coordinator", f"/scans?aantal={size}", another)]
        assert walked == known
        assert known[-7:] == newest_first


def test_pages_keep_their_filter(api: Api) -> None:
    for number in range(5):
        api.submitted(ondernummer=str(number + 1), dossiernummer="99001" if number % 2 else "99002")
        api.world.clock.forward(seconds=1)
    lines = _walk(api, "coordinator", "/scans?dossiernummer=99002&status=ingediend&aantal=1")
    assert [line["amendement"]["dossiernummer"] for line in lines] == ["99002"] * 3


def test_pages_of_work_and_of_publications(api: Api) -> None:
    for number in range(4):
        api.published("uwv", ondernummer=str(number + 1))
        api.world.clock.forward(hours=1)
    everything = api.ok(None, "GET", "/publicaties")["resultaten"]
    assert [publication["volgnummer"] for publication in everything] == [4, 3, 2, 1]
    assert _walk(api, None, "/publicaties?aantal=1", lambda: None) == everything
    work = api.ok("behandelaar-uwv", "GET", "/uitvragen")["resultaten"]
    assert len(work) == 4
    api.world.clock.forward(seconds=1)
    assert _walk(api, "behandelaar-uwv", "/uitvragen?aantal=3", lambda: api.routed("uwv", ondernummer="9")) == work
    assert _walk(api, "behandelaar-svb", "/uitvragen?aantal=1") == []


def test_filters(api: Api) -> None:
    plain = api.submitted(ondernummer="1")
    asked = api.routed("svb", ondernummer="2", titel="Wijziging van de Wet op Ändere_50% zaken", dossiernummer="99002")
    later = api.submitted(ondernummer="3", stemming="2026-12-15T15:00:00Z")
    never = api.submitted(ondernummer="4", stemming=None)

    def found(query: str, who: str = "coordinator") -> set[str]:
        return set(_ids(api.ok(who, "GET", f"/scans?{query}")))

    assert found("") == {plain, asked, later, never}
    assert found("dossiernummer=99002") == {asked}
    assert found("status=ingediend") == {plain, later, never}
    assert found("status=in-behandeling") == {asked}
    assert found("organisatie=svb") == {asked}
    assert found("organisatie=bestaat-niet") == set()
    assert found("stemmingVanaf=2026-12-08T15:00:00Z") == {plain, asked, later}
    assert found("stemmingVanaf=2026-12-08T16:00:01%2B01:00") == {later}
    assert found("zoek=ÄNDERE") == found("zoek=50%25") == found("zoek=zaken%20wijziging") == {asked}
    assert found("zoek=ändere_50%25") == {asked}
    assert found("zoek=e_e") == found("zoek=%25") - {asked} == set()


def test_who_sees_what(api: Api) -> None:
    mine = api.submitted(ondernummer="1")
    other = str(api.ok("andere-indiener", "POST", "/scans", _body("2"))["id"])
    secret = api.routed("uwv", vertrouwelijk=True, ondernummer=None)
    expected: dict[str, set[str]] = {
        "indiener": {mine, secret},
        "andere-indiener": {other},
        "coordinator": {mine, other, secret},
        "behandelaar-uwv": {secret},
        "vaststeller-uwv": {secret},
        "behandelaar-svb": set(),
        "lezer": {mine, other},
        "beheerder": set(),
    }
    for who, seen in expected.items():
        assert set(_ids(api.ok(who, "GET", "/scans"))) == seen, who
        for scan in (mine, other, secret):
            answer = api(who, "GET", f"/scans/{scan}")
            assert answer.status_code == (200 if scan in seen else 404), (who, scan)
            if scan not in seen:
                problem(answer, 404)
    problem(api(None, "GET", "/scans"), 401)


def _body(paper: str) -> dict[str, Any]:
    from api_callers import body

    return body(ondernummer=paper)


def test_what_is_confidential_is_nowhere_public(api: Api) -> None:
    secret = api.routed("uwv", vertrouwelijk=True, ondernummer=None, titel="Geheim voornemen", dossiernummer="99009")
    api.submitted(ondernummer="1")
    api.settle(secret, "uwv")
    places = ("/publicaties", "/dossiers/99001", "/stemmingen/2026-12-08")
    for path in places:
        text = api(None, "GET", path).text
        assert secret not in text
        assert "Geheim" not in text
    problem(api(None, "GET", "/dossiers/99009"), 404)
    for query in ("zoek=geheim", "dossiernummer=99009", "organisatie=uwv", "status=beoordeeld"):
        for who in ("lezer", "andere-indiener", "behandelaar-svb", "beheerder"):
            assert _ids(api.ok(who, "GET", f"/scans?{query}")) == []
    problem(api("coordinator", "POST", f"/scans/{secret}/publicaties", headers=ANY), 409)
    api.ok("indiener", "POST", f"/scans/{secret}/openbaarmaking", {"ondernummer": "21"}, headers=ANY)
    assert _ids(api.ok(None, "GET", "/dossiers/99009")) == [secret]
    api.ok("coordinator", "POST", f"/scans/{secret}/publicaties", headers=ANY)


@pytest.mark.parametrize("path", ["/scans?aantal=1", "/uitvragen?aantal=1"])
def test_a_cursor_is_no_secret_door(api: Api, path: str) -> None:
    """A cursor made by one caller shows another one only what is theirs."""
    for number in range(3):
        api.routed("uwv", ondernummer=str(number + 1), vertrouwelijk=True)
        api.world.clock.forward(seconds=1)
    who = "coordinator" if path.startswith("/scans") else "behandelaar-uwv"
    following = api.ok(who, "GET", path)["volgende"].removeprefix("/api/v1")
    assert api.ok(who, "GET", following)["resultaten"]
    assert api.ok("behandelaar-svb", "GET", following)["resultaten"] == []
