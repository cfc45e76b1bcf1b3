"""The coordinator's pages on the House's data, and what the public sees of it beside a scan."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from re import findall

import pytest
from httpx2 import Response

from tests.support.desk import TEXT
from tests.support.house import HouseThere, Trouble, house
from tests.support.site import Site
from tests.web.conftest import Parliament
from uitvoeringsscan.adapters.parliament import OpenData
from uitvoeringsscan.use_cases import importing
from uitvoeringsscan.use_cases.importing import Progress
from uitvoeringsscan.web.visit import Site as WebSite

BASE, COORDINATOR = "/coordinatie/kamer", "C. de Planner"


@dataclass(slots=True)
class Following:
    parliament: Parliament
    there: HouseThere
    site: Site
    now: datetime

    def follow(self) -> Progress:
        return importing.follow(self.parliament.app.state.site.desk)

    def act(self, case: str, what: str, **typed: str) -> Response:
        """The form on the page of this case, sent; what comes after it."""
        self.site.get(f"{BASE}/{case}")
        return self.site.send(f"{BASE}/{case}/{what}", typed)


@pytest.fixture
def following(parliament: Parliament) -> Iterator[Following]:
    with house() as there:
        web: WebSite = parliament.app.state.site
        there.now = web.desk.now()
        feed = OpenData(there.url, steady=time.monotonic, rate=100_000, sleep=lambda _: None)
        parliament.app.state.site = replace(web, desk=replace(web.desk, parliament=feed))
        yield Following(parliament, there, parliament.site(COORDINATOR), there.now)


def test_from_the_list_to_a_started_scan(following: Following) -> None:
    bill = following.there.dossier(99123)
    case = following.there.amendment(bill, 14)
    following.there.votes(following.now + timedelta(days=9), case)
    following.follow()
    page = following.site.get(BASE).text
    assert f'href="{BASE}/{case}">99123, nr. 14</a>' in page
    assert "UWV" in page
    assert "Alles wat de Kamer meldde tot" in page
    one = following.site.get(f"{BASE}/{case}").text
    assert "V. Voorbeeld (Fractie Aurora)" in one
    assert "acht weken" in one
    answer = following.act(case, "starten")
    assert answer.status_code == 200
    place = answer.url.path
    assert place.startswith("/coordinatie/scans/")
    assert "Wie vraagt u?" in answer.text or "Bevestig" in answer.text
    handled = following.site.get(BASE).text
    assert "Er wacht geen amendement op u." in handled
    assert f'href="{place}">Scan gestart</a>' in handled
    assert "Start de scan" not in following.site.get(f"{BASE}/{case}").text


def test_a_page_that_is_overtaken_starts_nothing_twice(following: Following) -> None:
    case = following.there.amendment(following.there.dossier(99123), 14)
    following.follow()
    other = following.parliament.site(COORDINATOR)
    for site in (following.site, other):
        site.get(f"{BASE}/{case}")
    assert following.site.send(f"{BASE}/{case}/starten").url.path.startswith("/coordinatie/scans/")
    late = other.send(f"{BASE}/{case}/starten")
    assert late.status_code == 400
    assert "Intussen gewijzigd" in late.text


def test_dismissing_asks_why_and_can_be_undone(following: Following) -> None:
    case = following.there.amendment(following.there.dossier(99123), 14)
    following.follow()
    assert following.act(case, "afwijzen", toelichting=" ").status_code == 400
    done = following.act(case, "afwijzen", toelichting="Alleen redactioneel.")
    assert "Alleen redactioneel." in done.text
    assert "wordt gelezen" in following.act(case, "openen").text.lower()
    assert following.act(case, "opnieuw-lezen").status_code == 200
    following.follow()
    assert "Start de scan" in following.site.get(f"{BASE}/{case}").text


def test_what_is_odd_stands_with_how_to_go_on_until_it_is_settled(following: Following) -> None:
    case = following.there.amendment(following.there.dossier(99123), None, None)
    following.follow()
    page = following.site.get(BASE).text
    assert "Nog geen kamerstuk" in page
    assert "dien het dan zelf in" in page
    (anomaly,) = findall(r'action="/coordinatie/kamer-bijzonderheden/(\w+)"', page)
    assert f"{BASE}/{case}" in page
    assert "Er is niets bijzonders." in following.site.send(f"/coordinatie/kamer-bijzonderheden/{anomaly}").text


def test_a_fault_of_the_house_is_said_and_so_is_what_is_missing(following: Following) -> None:
    following.there.amendment(following.there.dossier(99123), 14)
    following.there.troubles = [Trouble("/SyncFeed/2.0/Feed?category=Besluit", times=9, status=500)]
    following.follow()
    page = following.site.get(BASE).text
    assert "Niet alles is op te halen bij de Kamer" in page
    assert "Besluiten: 1 keer achter elkaar niet gelukt" in page
    assert "We zijn nog niet helemaal bij." in page


def test_where_it_is_off_the_page_says_so(parliament: Parliament) -> None:
    page = parliament.site(COORDINATOR).get(BASE)
    assert page.status_code == 200
    assert "wordt hier niet gevolgd" in page.text


def test_the_cabinets_word_stands_beside_what_was_published_and_not_in_it(following: Following) -> None:
    desk = following.parliament.app.state.site.desk
    with desk.reading() as work:
        publication = next(
            one
            for one in work.publications.every()
            if (line := work.scans.lines([one.scan])[0]).outcome is None and line.state.value == "gepubliceerd"
        )
        line = work.scans.lines([publication.scan])[0]
    suffix = line.dossier_suffix
    bill = following.there.dossier(int(line.dossier_number or 0), suffix, line.title)
    case = following.there.amendment(bill, int(line.paper_number or 0), TEXT, Kabinetsappreciatie="Ontraden")
    at = following.now - timedelta(hours=2)
    following.there.votes(at, case, status="Uitgevoerd")
    seats = {"Fractie Aurora": ("Voor", 80), "Fractie Boreas": ("Tegen", 70)}
    following.there.decide(case, "Stemmen - aangenomen", "Aangenomen.", seats)
    following.follow()
    following.there.touch("Zaak", case)
    following.follow()
    visitor = following.parliament.site()
    page = visitor.get(f"/publicaties/{publication.number}").text
    assert "Oordeel van het kabinet: ontraden." in page
    assert "Dit zegt het kabinet, niet de organisaties." in page
    assert "De Kamer stemde: 80 zetels voor, 70 tegen." in page
    assert "Aangenomen" in page
    assert "kabinet: ontraden" in visitor.get(f"/dossiers/{line.dossier_number}{'-' + suffix if suffix else ''}").text
    assert b"ntraden" not in visitor.get(f"/publicaties/{publication.number}.json").content


def test_while_the_import_runs_its_page_says_how_far_it_is(following: Following) -> None:
    """Asked between the steps of the real import: bars with words that move, and nothing once all was read."""
    following.there.page = 5
    bill = following.there.dossier(99123)
    for number in range(1, 13):
        following.there.now = following.now - timedelta(days=13 - number)
        following.there.amendment(bill, number, TEXT)
    following.there.now = following.now
    pages: list[str] = []

    def say(_words: str) -> None:
        pages.append(following.site.get(BASE).text)

    following.site.get(BASE)
    importing.follow(following.parliament.app.state.site.desk, say=say)
    assert "nog niet gelezen" in pages.pop(0), "it looks for where to begin"
    bars = [findall(r'<progress id="berichten".*? value="([\d.]+)" max="7"', page) for page in pages]
    assert [len(bar) for bar in bars] == [1] * len(pages)
    values = [float(bar[0]) for bar in bars]
    assert values == sorted(values)
    assert len(set(values)) > 7
    assert "5 berichten gelezen. Helemaal bij: 0 van de 7 soorten. Gelezen tot" in pages[0]
    assert "Onbekend is hoeveel er nog komen: dat zegt de Kamer niet." in pages[0]
    assert "0 van de 12 zaken gelezen." in pages[-1]
    assert f'<a class="nl-link" href="{BASE}">Ververs de voortgang</a>' in pages[0]
    assert "Alles wat de Kamer meldde" not in "".join(pages)
    done = following.site.get(BASE).text
    assert "<progress" not in done
    assert "Alles wat de Kamer meldde tot" in done


def test_an_import_that_waits_or_stands_still_says_why_and_what_to_do(following: Following) -> None:
    following.there.amendment(following.there.dossier(99123), 14)
    following.there.troubles = [Trouble("/SyncFeed/2.0/Feed?category=Besluit", times=9, status=500)]
    following.follow()
    page = following.site.get(BASE).text
    assert "Het inlezen wacht op de Kamer" in page
    assert "1 van de 1 zaak gelezen." in page
    web: WebSite = following.parliament.app.state.site
    later = replace(web.desk, now=lambda: following.now + timedelta(hours=3))
    following.parliament.app.state.site = replace(web, desk=later)
    page = following.parliament.site(COORDINATOR).get(BASE).text
    assert "Het inlezen staat stil" in page
    assert 'href="/beheer/werk"' in page
    assert "Daarna gaat het verder waar het was." in page
