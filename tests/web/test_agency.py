"""Our work and one file: who sees what, in which order, and what it says to do."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from tests.web.agency_world import COMPLETE, DUE, START, VOTE, World, make_world
from uitvoeringsscan.assessments.assessment import AssessmentState
from uitvoeringsscan.identifiers import AgencyCode, ScanId
from uitvoeringsscan.use_cases import answering, coordinating, reading, submitting

PAGES = ("", "/onderdeel/algemeen", "/nakijken", "/geen-gevolgen", "/niet-voor-ons")
POSTS = ("/onderdeel/algemeen", "/indienen", "/vaststellen", "/terugzenden", "/geen-gevolgen", "/niet-voor-ons")


@pytest.fixture
def world(sqlite_url: str) -> World:
    return make_world(sqlite_url)


# Who may see it


def test_a_visitor_is_asked_to_sign_in_and_comes_back(world: World) -> None:
    for path in ("/uitvragen", f"/uitvragen/{world.file}", f"/uitvragen/{world.file}/nakijken"):
        assert world.visitor().get(path).path == f"/inloggen?verder={path}"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["ander", "indiener"])
def test_a_file_of_another_agency_is_not_there(world: World, who: str, page: str) -> None:
    assert world.visitor(who).get(f"/uitvragen/{world.file}{page}").status == 404


@pytest.mark.parametrize("action", POSTS)
@pytest.mark.parametrize("who", ["ander", "indiener"])
def test_nor_can_it_be_changed(world: World, who: str, action: str) -> None:
    browser = world.visitor(who)
    page = browser.get("/uitleg")
    answer = browser.fill(page, f"/uitvragen/{world.file}{action}", {"versie": "1", "toelichting": "x"})
    assert answer.status == 404


@pytest.mark.parametrize("identifier", ["onzin", "2026-0000-uwv", "../x", "2026-1234"])
def test_what_is_no_file_is_not_there(world: World, identifier: str) -> None:
    assert world.visitor("bakker").get(f"/uitvragen/{identifier}").status == 404


def test_who_is_no_agency_has_no_work(world: World) -> None:
    assert world.visitor("indiener").get("/uitvragen").status == 403


def test_the_coordinator_reads_a_file_without_buttons_to_answer(world: World) -> None:
    world.save("bakker", COMPLETE)
    browser = world.visitor("coordinator")
    page = browser.get(f"/uitvragen/{world.file}")
    assert page.status == 200
    assert "Geen gevolgen voor ons werk" not in page.words
    check = browser.get(f"/uitvragen/{world.file}/nakijken")
    assert "Wij stellen de uitkering zelf vast." in check.words
    assert "Dien in" not in check.words
    for refused in ("/geen-gevolgen", "/niet-voor-ons", "/onderdeel/algemeen"):
        assert browser.get(f"/uitvragen/{world.file}{refused}").status == 409


# Our work


def test_work_is_in_the_order_of_the_vote_and_then_of_the_deadline(world: World) -> None:
    world.add_scan("Zonder stemming", None, paper="20")
    world.add_scan("Later in de week", VOTE + timedelta(days=1), paper="21")
    world.add_scan("Zelfde stemming, eerder nodig", VOTE, paper="22", due=DUE - timedelta(hours=2))
    words = world.visitor("bakker").get("/uitvragen").words
    titles = ["Zelfde stemming, eerder nodig", "Wajong ambtshalve toekennen", "Later in de week", "Zonder stemming"]
    assert sorted(titles, key=words.index) == titles


def test_the_deadline_is_in_words_and_late_is_said(world: World) -> None:
    world.clock.at = START
    page = world.visitor("bakker").get("/uitvragen")
    assert "nog 20 uur, tot morgen 17.00 uur di 8 dec 16.00 Nog niet begonnen" in page.words
    world.clock.at = DUE + timedelta(hours=3)
    page = world.visitor("bakker").get("/uitvragen")
    assert "3 uur te laat" in page.words
    assert "Nog niet begonnen, te laat" in page.words


def test_an_empty_list_says_what_that_means(world: World) -> None:
    answering.hand_in_no_impact(world.desk, world.actor("ander"), f"{world.scan}-svb", None, "Wij merken er niets van.")
    words = world.visitor("ander").get("/uitvragen").words
    assert "Er staat niets voor u open." in words
    assert "U hoeft nu niets te doen." in words


def test_an_approver_first_sees_what_a_colleague_handed_in(world: World) -> None:
    world.save("bakker", COMPLETE)
    answering.hand_in(world.desk, world.actor("bakker"), world.file, None)
    words = world.visitor("goed").get("/uitvragen").words
    assert words.index("Vast te stellen door u") < words.index("Te beantwoorden")
    assert "ingediend door S. Bakker" in words
    assert "Vast te stellen door u" not in world.visitor("bakker").get("/uitvragen").words


def test_who_handed_in_waits_for_a_colleague(world: World) -> None:
    world.save("beide", COMPLETE)
    answering.hand_in(world.desk, world.actor("beide"), world.file, None)
    words = world.visitor("beide").get("/uitvragen").words
    assert "Vast te stellen door u" not in words
    assert "U diende deze antwoorden zelf in. Een collega stelt ze vast." in words


def test_settled_and_stopped_work_is_folded_away(world: World) -> None:
    answering.hand_in_no_impact(world.desk, world.actor("bakker"), world.file, None, "Wij merken er niets van.")
    answering.approve(world.desk, world.actor("goed"), world.file, None)
    stopped = world.add_scan("Ingetrokken voorstel", paper="15")
    submitting.withdraw_scan(world.desk, world.actor("indiener"), stopped, None, "Niet meer nodig.")
    words = world.visitor("bakker").get("/uitvragen").words
    assert "Uitvragen waar u niets meer aan hoeft te doen" in words
    assert words.index("Te beantwoorden") < words.index("Wajong ambtshalve toekennen")
    assert "Ingetrokken" in words


def copies(world: World, many: int, **changes: Any) -> None:
    """More files of the same agency, each in a scan of its own, asked ever longer ago."""
    with world.desk.writing() as work:
        scan = work.scans.get(ScanId(world.scan))
        file = work.assessments.get(ScanId(world.scan), AgencyCode("uwv"))
        assert scan is not None
        assert file is not None
        for number in range(many):
            copy, moment = ScanId(f"2025-{number:04d}"), START - timedelta(days=number)
            work.scans.add(dataclasses.replace(scan, id=copy, created_at=moment))
            work.assessments.add(dataclasses.replace(file, scan=copy, asked_at=moment, **changes))


def test_of_finished_work_the_last_is_shown_and_the_rest_is_one_link_away(world: World) -> None:
    copies(world, 25, state=AssessmentState.LAPSED)
    browser = world.visitor("bakker")
    page = browser.get("/uitvragen")
    assert "Uitvragen waar u niets meer aan hoeft te doen" in page.words
    assert page.source.count('href="/uitvragen/2025-') == 20
    assert 'href="/uitvragen/2025-0024-uwv"' not in page.source
    assert 'href="/uitvragen?klaar=2025-0019#klaar">Toon oudere uitvragen' in page.source
    older = browser.get("/uitvragen?klaar=2025-0019")
    assert older.source.count('href="/uitvragen/2025-') == 5
    assert 'href="/uitvragen/2025-0024-uwv"' in older.source
    assert "Toon oudere uitvragen" not in older.words
    assert 'href="/uitvragen#klaar">Naar de nieuwste' in older.source


def test_a_page_of_finished_work_that_begins_nowhere_is_the_first(world: World) -> None:
    copies(world, 25, state=AssessmentState.LAPSED)
    browser = world.visitor("bakker")
    assert browser.get("/uitvragen?klaar=2099-0001").source.count('href="/uitvragen/2025-') == 20
    assert browser.get("/uitvragen?klaar=%00").source.count('href="/uitvragen/2025-') == 20


def test_more_work_than_fits_on_one_read_is_all_there(world: World) -> None:
    copies(world, 205)
    page = world.visitor("bakker").get("/uitvragen")
    assert page.source.count('href="/uitvragen/') == 206


# One file


def test_a_new_file_says_why_until_when_and_where_to_begin(world: World) -> None:
    world.clock.at = START
    page = world.visitor("bakker").get(f"/uitvragen/{world.file}")
    assert page.title == "Wajong ambtshalve toekennen – Uitvoeringsscan"
    for words in (
        "Kamerstuk 99001, nr. 14 · UWV",
        "Antwoord nodig voor donderdag 3 december 2026, 17.00 uur (nog 20 uur).",
        "Stemming: dinsdag 8 december 2026, 16.00 uur.",
        "0 van 7 onderdelen klaar. Er is nog niets bewaard.",
        "IT-systemen kan nog niet",
        "Begin met: Wat verandert er?",
        "Deze woorden in het amendement wijzen naar UWV.",
    ):
        assert words in page.words
    routing = reading.get_scan(world.desk, world.actor("bakker"), world.scan).routing
    for evidence in next(proposal.evidence for proposal in routing.proposals if proposal.agency == "uwv"):
        assert evidence.explanation in page.words
        assert f"<mark>{evidence.quote}</mark>" in page.source
    for path in ("geen-gevolgen", "niet-voor-ons"):
        assert f'href="/uitvragen/{world.file}/{path}"' in page.source


def test_the_task_list_follows_the_answers(world: World) -> None:
    world.save("visser", {"raakt": "ja", "gevolgen": "Veel.", "aannames": "Geen.", "it-aanpassing": "opbouw"})
    words = world.visitor("bakker").get(f"/uitvragen/{world.file}").words
    assert "1 van 7 onderdelen klaar. Uw antwoorden zijn bewaard om 21.05 uur, het laatst door M. Visser." in words
    assert "Wat verandert er? klaar IT-systemen nog 1 vraag bezig Gegevensuitwisseling nog niet begonnen" in words
    assert "Verder met: IT-systemen" in words


def test_saved_on_another_day_says_which(world: World) -> None:
    world.save("visser", {"raakt": "onbekend"})
    world.clock.at += timedelta(days=1)
    words = world.visitor("bakker").get(f"/uitvragen/{world.file}").words
    assert "bewaard op woensdag 2 december 2026, 21.05 uur" in words


def test_when_all_is_answered_there_is_one_thing_to_do(world: World) -> None:
    world.save("bakker", COMPLETE)
    page = world.visitor("bakker").get(f"/uitvragen/{world.file}")
    assert "7 van 7 onderdelen klaar" in page.words
    assert f'class="nl-button nl-button--primary" href="/uitvragen/{world.file}/nakijken"' in page.source


def test_what_was_sent_back_says_why_on_top(world: World) -> None:
    world.save("bakker", COMPLETE)
    answering.hand_in(world.desk, world.actor("bakker"), world.file, None)
    answering.send_back(world.desk, world.actor("goed"), world.file, None, "Noem de kosten.\nKlopt de datum?")
    page = world.visitor("bakker").get(f"/uitvragen/{world.file}")
    assert "Teruggestuurd: pas dit nog aan Noem de kosten. Klopt de datum?" in page.words
    assert "Noem de kosten.<br>Klopt de datum?" in page.source
    assert "Teruggestuurd" in world.visitor("bakker").get("/uitvragen").words


def test_a_late_file_can_still_be_answered_and_says_so(world: World) -> None:
    world.clock.at = DUE + timedelta(hours=2)
    words = world.visitor("bakker").get(f"/uitvragen/{world.file}").words
    assert "Het antwoord is te laat" in words
    assert "(2 uur te laat)" in words
    assert "Antwoorden kan nog steeds" in words


def test_an_agency_that_was_added_reads_what_the_coordinator_said(world: World) -> None:
    scan = world.add_scan(
        "Straatnamen", text="In artikel 1 wordt «straat» vervangen door «weg».", paper="16", agencies=["uwv"],
        explanation="Het gaat ook over uw adressen.",
    )  # fmt: skip
    words = world.visitor("bakker").get(f"/uitvragen/{scan}-uwv").words
    assert "De coördinator heeft UWV zelf toegevoegd. De reden: Het gaat ook over uw adressen." in words


def test_a_file_without_a_vote_or_number_says_so(world: World) -> None:
    scan = world.add_scan("Nog een concept", None, paper=None, confidential=True)
    words = world.visitor("bakker").get(f"/uitvragen/{scan}-uwv").words
    assert "vertrouwelijk" in words
    assert "De dag van de stemming is nog niet bekend." in words


def test_each_state_says_what_is_next(world: World) -> None:
    path = f"/uitvragen/{world.file}"
    world.save("beide", COMPLETE)
    answering.hand_in(world.desk, world.actor("beide"), world.file, None)
    assert "Een collega die mag vaststellen, kijkt het na." in world.visitor("bakker").get(path).words
    assert "U hebt zelf ingediend." in world.visitor("beide").get(path).words
    assert "Nakijken en vaststellen" in world.visitor("goed").get(path).words
    answering.approve(world.desk, world.actor("goed"), world.file, None)
    words = world.visitor("bakker").get(path).words
    assert "Vastgesteld: antwoorden" in words
    assert "De coördinator publiceert de samenvatting als alle organisaties klaar zijn." in words
    coordinating.close_round(world.desk, world.actor("coordinator"), world.scan, None, "De stemming is morgen.")
    assert (
        "In de samenvatting staat daarom: geen reactie ontvangen."
        in world.visitor("ander").get(f"/uitvragen/{world.scan}-svb").words
    )


def test_a_scan_that_was_withdrawn_asks_nothing_more(world: World) -> None:
    submitting.withdraw_scan(world.desk, world.actor("indiener"), world.scan, None, "Niet meer nodig.")
    browser = world.visitor("bakker")
    assert "U hoeft niets meer te doen." in browser.get(f"/uitvragen/{world.file}").words
    assert browser.get(f"/uitvragen/{world.file}/onderdeel/algemeen").status == 409


def test_markup_in_an_amendment_is_shown_and_never_run(world: World) -> None:
    evil = "<script>alert('x')</script> & \"quote\""
    scan = world.add_scan(f"Wajong {evil}", text=f"Het UWV stelt vast {evil}.", paper="17", explanation=evil)
    browser = world.visitor("bakker")
    paths = ["/uitvragen", *(f"/uitvragen/{scan}-uwv{page}" for page in PAGES)]
    for path in paths:
        page = browser.get(path)
        assert "<script>alert" not in page.source
        assert "<script>alert('x')</script>" in page.words, path
