"""The board of the coordinator: filters in the address, many scans at once, and the next shift."""

from __future__ import annotations

import re

from tests.web.conftest import Parliament
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases.ports import ScanFilter, Sight

PLANNER = "C. de Planner"


def waiting(parliament: Parliament) -> list[tuple[str, int]]:
    with parliament.desk.reading() as work:
        lines = work.scans.page(ScanFilter(states=(ScanState.SUBMITTED,)), Sight(everything=True), None, 50)
    return [(line.id, line.version) for line in lines]


def test_a_filter_narrows_and_is_kept(parliament: Parliament) -> None:
    site = parliament.site(PLANNER)
    every = site.get("/coordinatie").text.count("data-row")
    page = site.get("/coordinatie?organisatie=cak")
    assert 0 < page.text.count("data-row") < every
    assert "niet in beeld" in page.text
    site.send("/coordinatie/filters", {"naam": "Alleen CAK"})
    assert site.page is not None
    assert str(site.page.url).endswith("/coordinatie?organisatie=cak")
    assert re.search(r'href="/coordinatie\?organisatie=cak" aria-current="page">Alleen CAK<', site.page.text)
    assert "Alleen CAK" not in parliament.site("L. Lezer").get("/").text
    assert "Er zijn wel scans" in site.get("/coordinatie?organisatie=bestaat-niet").text


def test_ticked_scans_are_asked_as_proposed(parliament: Parliament) -> None:
    site = parliament.site(PLANNER)
    site.get("/coordinatie")
    ticked = [f"{scan}:{version}" for scan, version in waiting(parliament)]
    assert ticked
    page = site.send("/coordinatie/tegelijk", {"actie": "bevestigen", "scan": ticked})
    assert page.status_code == 200
    assert f"van {len(ticked)} scan" in page.text
    site.get("/coordinatie")
    again = site.send("/coordinatie/tegelijk", {"actie": "bevestigen", "scan": ticked})
    assert "Bij 0 van" in again.text


def test_what_is_lacking_is_said_and_the_ticks_stay(parliament: Parliament) -> None:
    site = parliament.site(PLANNER)
    site.get("/coordinatie")
    assert "Zet een vinkje" in site.send("/coordinatie/tegelijk", {"actie": "herinneren"}).text
    scan, version = waiting(parliament)[0]
    site.get("/coordinatie")
    page = site.send("/coordinatie/tegelijk", {"actie": "termijn", "scan": [f"{scan}:{version}"], "dag": "ooit"})
    assert page.status_code == 400
    assert re.search(rf'value="{scan}:{version}"[^>]* checked', page.text)


def test_what_is_new_is_marked_until_it_is_opened(parliament: Parliament) -> None:
    site = parliament.site(PLANNER)
    page = site.get("/coordinatie").text
    scan = re.findall(r'href="/coordinatie/scans/([\d-]+)" data-row', page)[0]
    news = page.count("Nieuw voor u")
    site.get(f"/coordinatie/scans/{scan}")
    assert site.get("/coordinatie").text.count("Nieuw voor u") == news - 1


def test_the_next_shift_reads_the_note(parliament: Parliament) -> None:
    site = parliament.site(PLANNER)
    site.get("/coordinatie/overdracht")
    assert site.send("/coordinatie/overdracht", {"notitie": " "}).status_code == 400
    site.get("/coordinatie/overdracht")
    site.send("/coordinatie/overdracht", {"notitie": "UWV belt om 10.00 uur."})
    board = site.get("/coordinatie")
    assert "UWV belt om 10.00 uur." in board.text
    site.send("/coordinatie/overdracht/overgenomen")
    assert "UWV belt om 10.00 uur." not in site.get("/coordinatie").text
    assert "Overgenomen door C. de Planner" in site.get("/coordinatie/overdracht").text
