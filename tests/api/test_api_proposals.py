"""Amendments from the House's data for other systems: pages, one of them, a scan started, and none wanted."""

from __future__ import annotations

from api_callers import ANY, Api, problem

from uitvoeringsscan.parliament.proposals import ProposalState

LIST = "/scanvoorstellen"


def test_pages_neither_skip_nor_repeat_and_keep_their_filter(api: Api) -> None:
    cases = []
    for number in range(6):
        state = ProposalState.OVER if number == 2 else ProposalState.SEEN if number == 4 else ProposalState.NEW
        cases.append(api.proposed(state=state))
        if number % 2:  # some at the very same moment: then the case decides
            api.world.clock.forward(seconds=1)
    waiting = [cases[n] for n in (0, 1, 3, 5)]
    for path, wanted in ((f"{LIST}?status=nieuw&aantal=2", waiting), (f"{LIST}?aantal=2", cases)):
        found, following, later = [], path, []
        while following:
            page = api.ok("coordinator", "GET", following.removeprefix("/api/v1"))
            assert len(page["resultaten"]) <= 2
            found += [one["id"] for one in page["resultaten"]]
            following = page["volgende"]
            later.append(api.proposed(state=ProposalState.OVER))  # what comes in meanwhile stands before the first page
        assert found == wanted[::-1]
        cases += later
    for wrong in ("cursor=2026", "status=weg", "cursor=MjAyNi0xMS0yNFQxMDowMDowMCswMDowMCAyMDI2LTAwMDE="):
        problem(api("coordinator", "GET", f"{LIST}?{wrong}"), 400)


def test_a_scan_is_started_with_what_the_house_registered_and_only_once(api: Api) -> None:
    place = f"{LIST}/{api.proposed('31')}"
    answer = api("coordinator", "GET", place)
    found = answer.json()
    assert found["status"] == "nieuw"
    assert found["leesbaar"]
    assert found["scan"] is None
    assert found["amendement"]["indieners"] == [{"naam": "Voorbeeld", "fractie": "Fractie Aurora"}]
    assert {"uwv"} <= {one["code"] for one in found["routering"]["organisaties"] if one["advies"] == "uitvragen"}

    seen = {"If-Match": answer.headers["etag"], "Idempotency-Key": "start-1"}
    made = api("coordinator", "POST", f"{place}/aanvaarding", headers=seen)
    scan = made.json()
    assert (made.status_code, made.headers["location"]) == (201, f"/api/v1/scans/{scan['id']}")
    assert scan["status"] == "ingediend"
    assert scan["amendement"]["ondernummer"] == "31"
    assert scan["amendement"] == {**found["amendement"], "soort": scan["amendement"]["soort"]}
    assert api("coordinator", "POST", f"{place}/aanvaarding", headers=seen).json() == scan

    again = api("coordinator", "POST", f"{place}/aanvaarding", headers=ANY)
    assert "gestart" in problem(again, 409)["detail"]
    now = api.ok("coordinator", "GET", place)
    assert (now["status"], now["scan"]) == ("gestart", scan["id"])
    assert now["behandeldOp"]
    assert len(api.ok("coordinator", "GET", "/scans")["resultaten"]) == 1


def test_what_the_house_has_wrong_is_said_without_a_field(api: Api) -> None:
    place = f"{LIST}/{api.proposed(text='Kort.')}"
    found = problem(api("coordinator", "POST", f"{place}/aanvaarding", headers=ANY), 400)
    assert found["fouten"]
    assert {one["veld"] for one in found["fouten"]} == {""}
    assert api.ok("coordinator", "GET", place)["status"] == "nieuw"


def test_no_scan_is_wanted_with_a_reason_and_can_be_wanted_after_all(api: Api) -> None:
    place = f"{LIST}/{api.proposed()}"
    missing = problem(api("coordinator", "POST", f"{place}/afwijzing", {"toelichting": " "}, headers=ANY), 400)
    assert [one["veld"] for one in missing["fouten"]] == ["toelichting"]
    reason = {"toelichting": "Alleen een verwijzing."}
    done = api("coordinator", "POST", f"{place}/afwijzing", reason, headers=ANY)
    assert (done.json()["status"], done.json()["reden"]) == ("afgewezen", "Alleen een verwijzing.")
    assert (
        api.ok("coordinator", "GET", f"{LIST}?status=afgewezen")["resultaten"][0]["reden"] == "Alleen een verwijzing."
    )
    stale = api("coordinator", "POST", f"{place}/heropening", headers={"If-Match": '"1"'})
    problem(stale, 412)
    opened = api("coordinator", "POST", f"{place}/heropening", headers={"If-Match": done.headers["etag"]})
    assert (opened.json()["status"], opened.json()["reden"], opened.json()["behandeldOp"]) == ("gezien", None, None)
