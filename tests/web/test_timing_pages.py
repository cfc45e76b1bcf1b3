"""Time on the web: what the coordinator sees and moves, what the submitter is promised, and being away."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from fastapi import FastAPI

from tests.support.desk import COORDINATOR, START, VOTE, World, file_of, opened
from tests.support.outside import with_outside
from tests.support.site import Site
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.presentation import dutch
from uitvoeringsscan.presentation.timing_view import promise_words, timing_view
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases import absences, coordinating, rounds
from uitvoeringsscan.web.app import create_web

NOON = datetime(2026, 12, 2, 12, tzinfo=dutch.ZONE)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (datetime(2026, 12, 2, 17, tzinfo=dutch.ZONE), "nog 5 uur, tot vandaag 17.00 uur"),
        (datetime(2026, 12, 3, 9, 30, tzinfo=dutch.ZONE), "nog 21 uur en 30 minuten, tot morgen 09.30 uur"),
        (datetime(2026, 12, 4, 16, tzinfo=dutch.ZONE), "nog 2 dagen en 4 uur, tot vrijdag 16.00 uur"),
        (datetime(2026, 12, 14, 16, tzinfo=dutch.ZONE), "nog 12 dagen en 4 uur, tot ma 14 dec 16.00 uur"),
        (datetime(2026, 12, 2, 9, tzinfo=dutch.ZONE), "3 uur te laat, sinds vandaag 09.00 uur"),
        (datetime(2026, 12, 1, 16, tzinfo=UTC), "19 uur te laat, sinds gisteren 17.00 uur"),
    ],
)
def test_a_countdown_in_words(until: datetime, words: str) -> None:
    assert dutch.left_until(NOON, until) == words


@asynccontextmanager
async def _nothing(_app: FastAPI) -> AsyncIterator[None]:
    yield


class Web:
    """The application over a world with people in it, and a browser for each of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = with_outside(world).people
        self.world.desk = replace(self.world.desk, demo=True)
        self.app = create_web(self.world.desk, demonstration=True, public_url="http://testserver", lifespan=_nothing)

    def site(self, name: str) -> Site:
        return Site(self.app).as_person(self.people[name].id)


@pytest.fixture
def web(sqlite_url: str) -> Iterator[Web]:
    with opened(sqlite_url) as world:
        yield Web(world)


def words(site: Site) -> str:
    assert site.page is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", site.page.text)).split())


def test_a_vote_moves_and_the_page_says_what_followed(web: Web) -> None:
    scan = web.world.routed("uwv", "svb")
    rounds.move_deadline(web.world.desk, COORDINATOR, file_of(scan, "svb"), None, VOTE - timedelta(hours=1))
    site = web.site("coordinator")
    site.get(f"/coordinatie/scans/{scan}")
    assert "Eerste termijn: nog 4 dagen en 7 uur, tot vrijdag 16.00 uur." in words(site)
    assert "door u gekozen" in words(site)
    page = site.send(
        f"/coordinatie/scans/{scan}/stemming", {"stemmingsdag": "3 december 2026", "stemmingstijd": "16.00"}
    )
    assert page.status_code == 200
    said = words(site)
    assert "na de stemming, door u gekozen" in said
    assert "Stemming: donderdag 3 december 2026, 16.00 uur" in said
    assert web.world.file(scan, "uwv").respond_by == datetime(2026, 12, 2, 10, 30, tzinfo=UTC)


def test_the_whole_day_moves_at_once(web: Web) -> None:
    first, second = web.world.routed("uwv", paper_number="1"), web.world.routed("svb", paper_number="2")
    other = web.world.routed("cak", paper_number="3", dossier_number="99002")
    site = web.site("coordinator")
    site.get("/coordinatie")
    assert "/coordinatie/stemmingen/2026-12-08" in site.page.text  # type: ignore[union-attr]
    site.get("/coordinatie/stemmingen/2026-12-08?wetsvoorstel=99001")
    assert "2 scans gaan mee van wetsvoorstel 99001" in words(site)
    action = "/coordinatie/stemmingen/2026-12-08"
    wrong = site.send(action, {"stemmingsdag": "", "stemmingstijd": ""})
    assert wrong.status_code == 400
    assert 'href="#veld-stemmingsdag"' in wrong.text
    assert "2 scans gaan mee van wetsvoorstel 99001" in words(site)  # and still of that bill
    both = site.send(action, {"stemmingsdag": "10-12-2026", "stemmingstijd": "16.00", "onbekend": "ja"})
    assert both.status_code == 400
    done = site.send(action, {"stemmingsdag": "10-12-2026", "stemmingstijd": "16.00", "onbekend": ""})
    assert done.status_code == 200
    assert "2 stemmingen verzet De stemming is nu donderdag 10 december 2026, 16.00 uur." in words(site)
    moved = VOTE + timedelta(days=2)
    assert [web.world.scan(scan).vote for scan in (first, second, other)] == [moved, moved, VOTE]
    site.get(action)
    site.send(action, {"onbekend": "ja"})
    assert web.world.scan(other).vote is None
    assert site.get("/coordinatie/stemmingen/morgen").status_code == 404
    assert site.get("/coordinatie/stemmingen/2027-01-05").status_code == 200


def test_at_the_last_minute_what_there_is_can_be_published(web: Web) -> None:
    scan = web.world.routed("uwv", "svb")
    web.world.settle(scan, "uwv")
    web.world.clock.at = VOTE - timedelta(hours=2)
    site = web.site("coordinator")
    site.get(f"/coordinatie/scans/{scan}")
    assert "De stemming is vandaag om 16.00 uur 1 organisatie heeft nog niet geantwoord." in words(site)
    assert "16.00 uur ( nog 2 uur )." in words(site)  # by the same clock
    action = f"/coordinatie/scans/{scan}/nu-publiceren"
    assert site.send(action, {"nu": " "}).status_code == 400
    assert web.world.scan(scan).state is ScanState.IN_ASSESSMENT
    done = site.send(action, {"nu": "Er was geen tijd meer."})
    assert done.url.path == f"/publicaties/{scan}-v1"
    assert "Er was geen tijd meer." in done.text


def test_a_round_is_left_to_the_clock_and_taken_back(web: Web) -> None:
    scan = web.world.routed("uwv")
    site = web.site("coordinator")
    site.get(f"/coordinatie/scans/{scan}")
    action = f"/coordinatie/scans/{scan}/sluiten"
    site.send(action)
    assert web.world.scan(scan).closes_itself
    assert "Deze ronde sluit vanzelf: vrijdag 4 december 2026, 16.00 uur." in words(site)
    site.send(action)
    assert not web.world.scan(scan).closes_itself


def test_a_deadline_is_proposed_in_working_time(web: Web) -> None:
    scan = web.world.submitted()
    site = web.site("coordinator")
    site.get(f"/coordinatie/scans/{scan}")
    assert "Laat leeg: dan wordt het vrijdag 4 december 2026, 16.00 uur." in words(site)
    web.world.route(scan, "uwv")
    site.get(f"/coordinatie/scans/{scan}")
    site.send(f"/coordinatie/scans/{scan}/termijn/uwv")  # as it is filled in
    assert web.world.file(scan, "uwv").respond_by == VOTE - timedelta(days=4)
    assert web.world.file(scan, "uwv").by_hand


def test_what_the_submitter_is_promised(web: Web) -> None:
    scan = web.world.routed("uwv")
    site = web.site("indiener")
    site.get(f"/mijn-scans/{scan}")
    assert "U kunt de samenvatting verwachten voor maandag 7 december 2026, 16.00 uur." in words(site)
    web.world.clock.at = VOTE
    site = web.site("indiener")
    site.get(f"/mijn-scans/{scan}")
    assert "De samenvatting zou er zijn op maandag 7 december 2026, 16.00 uur. Dat is niet gelukt." in words(site)
    web.world.settle(scan, "uwv")
    web.world.publish(scan)
    site.get(f"/mijn-scans/{scan}")
    assert "zou er zijn" not in words(site)


def test_being_away(web: Web) -> None:
    site = web.site("behandelaar-uwv")
    site.get("/mijn-account/afwezig")
    wrong = site.send("/mijn-account/afwezig", {"van": "ooit", "tot": "18 december 2026"})
    assert wrong.status_code == 400
    assert "ooit" in wrong.text
    assert 'href="#veld-van"' in wrong.text
    late = site.send("/mijn-account/afwezig", {"van": "20 december 2026"})
    assert "Deze dag is voor de eerste dag." in words(site)
    assert late.status_code == 400
    deputy = web.people["vaststeller-uwv"]
    site.send("/mijn-account/afwezig", {"van": "7 december 2026", "vervanger": deputy.id})
    assert "U bent weg van maandag 7 december 2026 tot en met vrijdag 18 december 2026" in words(site)
    assert "Herinneringen gaan dan naar vaststeller-uwv." in words(site)
    board = web.site("coordinator")
    web.world.routed("uwv")
    board.get("/coordinatie")
    assert "behandelaar-uwv UWV ma 7 dec tot en met vr 18 dec vaststeller-uwv" in words(board)
    site.send("/mijn-account/terug")
    assert "U bent weg" not in words(site)


def test_the_second_contact_is_chosen_by_who_approves(web: Web) -> None:
    site = web.site("vaststeller-uwv")
    site.get("/mijn-account/afwezig")
    chosen = web.people["behandelaar-uwv"]
    site.send("/mijn-account/contactpersoon", {"contactpersoon": chosen.id})
    other = web.site("behandelaar-uwv")
    other.get("/mijn-account/afwezig")
    assert "Dat is nu behandelaar-uwv." in words(other)
    assert "/mijn-account/contactpersoon" not in other.page.text  # type: ignore[union-attr]
    refused = site.send("/mijn-account/contactpersoon", {"contactpersoon": web.people["behandelaar-svb"].id})
    assert refused.status_code == 400
    submitter = web.site("indiener")
    submitter.get("/mijn-account/afwezig")
    assert "Tweede contactpersoon" not in words(submitter)
    assert Site(web.app).get("/mijn-account/afwezig").url.path == "/inloggen"


# --- the words alone ---


def test_a_promise_is_only_for_a_round_under_way_or_just_over(web: Web) -> None:
    for state in ScanState:
        scan = web.world.scan(web.world.in_state(state))
        with web.world.desk.reading() as work:
            files = work.assessments.of_scan(ScanId(scan.id))
        said = promise_words(scan, files, START)
        assert bool(said) == (state in (ScanState.IN_ASSESSMENT, ScanState.ASSESSED))


def test_without_time_the_view_says_so(web: Web) -> None:
    scan = web.world.routed("uwv", vote=START + timedelta(hours=1))
    view = timing_view(web.world.scan(scan), [web.world.file(scan, "uwv")], START)
    assert (view.deadline, view.day, view.clock) == ("", "", "")
    assert view.when_empty == "Laat leeg: dan vragen we zo snel mogelijk te antwoorden."
    assert view.urgent == "De stemming is vandaag om 10.00 uur"
    coordinating.choose_closing(web.world.desk, COORDINATOR, scan, None, itself=True)
    view = timing_view(web.world.scan(scan), [web.world.file(scan, "uwv")], START + timedelta(hours=2))
    assert view.urgent == "De stemming was vandaag om 10.00 uur"
    assert view.closes == "maandag 30 november 2026, 10.00 uur"


def test_absences_that_are_over_are_gone_from_the_page(web: Web) -> None:
    person = web.people["behandelaar-uwv"]
    absences.set_absence(web.world.desk, person, date(2026, 11, 30), date(2026, 12, 1), None)
    site = web.site("behandelaar-uwv")
    site.get("/mijn-account/afwezig")
    assert "U hebt geen vervanger gekozen." in words(site)
    web.world.clock.forward(days=3)
    site = web.site("behandelaar-uwv")
    site.get("/mijn-account/afwezig")
    assert "U bent weg" not in words(site)
