"""Checking, handing in, approving, sending back, and the quick ways out: four eyes, and no words lost."""

from __future__ import annotations

import pytest

from tests.web.agency_world import COMPLETE, World, make_world
from uitvoeringsscan.use_cases import accounts, answering, reading

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def world(sqlite_url: str) -> World:
    return make_world(sqlite_url)


def at(world: World, page: str = "") -> str:
    return f"/uitvragen/{world.file}{page}"


def status(world: World) -> str:
    return reading.get_assessment(world.desk, world.actor("bakker"), world.file).assessment.status


def handed_in(world: World, by: str = "bakker") -> None:
    world.save(by, COMPLETE)
    answering.hand_in(world.desk, world.actor(by), world.file, None)


# Checking and handing in


def test_what_is_missing_leads_to_the_very_field(world: World) -> None:
    world.save("bakker", {"raakt": "ja", "gevolgen": "Veel.", "aannames": "Geen."})
    browser = world.visitor("bakker")
    page = browser.get(at(world, "/nakijken"))
    assert "Nog niet alles is ingevuld" in page.words
    href = at(world, "/onderdeel/it-systemen#veld-it-aanpassing")
    assert f'<li><a href="{href}">Wat moet er in uw systemen veranderen?</a></li>' in page.source
    assert "veld-it-aanpassing" in browser.get(href).anchors()
    assert "niet ingevuld, moet nog" in page.words
    assert ">Dien in<" not in page.source


def test_handing_in_too_early_shows_what_is_missing(world: World) -> None:
    world.save("bakker", {"raakt": "ja"})
    browser = world.visitor("bakker")
    page = browser.fill(browser.get(at(world, "/nakijken")), at(world, "/indienen"), {"versie": "2"})
    assert page.status == 400
    assert page.title.startswith("Fout: ")
    assert "Nog niet alles is ingevuld" in page.words
    assert status(world) == "open"


def test_the_check_page_says_what_the_answers_come_to_and_why(world: World) -> None:
    world.save("bakker", COMPLETE)
    page = world.visitor("bakker").get(at(world, "/nakijken"))
    assert page.title.startswith("Kijk uw antwoorden na en dien ze in")
    for words in (
        "IT-systemen ingrijpend Door het antwoord “Een nieuw systeem, of het kan niet in de systemen van nu” bij "
        "“Wat moet er in uw systemen veranderen?”. Onbekend bij “Past dit werk in uw planning?”.",
        "Personeel beperkt",
        "Oordeel Uitvoerbaar, mits",
        "Hoeveel fte kost dit per jaar, als het eenmaal loopt? 2 tot 4,5 fte",
        "Wat kost de invoering, eenmalig? € 2.500.000",
        "Vanaf welke datum kunt u dit uitvoeren? 1 juli 2028",
        "Om welke systemen gaat het? niet openbaar niet ingevuld",
    ):
        assert words in page.words
    assert f'href="{at(world, "/onderdeel/tijdlijn#veld-haalbaar-vanaf")}">Wijzig' in page.source


def test_nobody_is_warned_about_what_they_have_not_come_to_yet(world: World) -> None:
    world.save("bakker", {"raakt": "ja", "it-aanpassing": "nieuw-systeem"})
    words = world.visitor("bakker").get(at(world, "/nakijken")).words
    assert "Wat deze antwoorden tot nu toe betekenen" in words
    assert "Kijk hier nog eens naar" not in words


def test_contradictions_warn_and_lead_to_the_answers(world: World) -> None:
    answers = {code: value for code, value in COMPLETE.items() if code != "voorwaarden"} | {"oordeel": "uitvoerbaar"}
    world.save("bakker", answers)
    page = world.visitor("bakker").get(at(world, "/nakijken"))
    assert "Kijk hier nog eens naar" in page.words
    assert '<a class="nl-link" href="#rij-oordeel">' in page.source
    assert "rij-oordeel" in page.anchors()
    assert ">Dien in<" in page.source


def test_handing_in_says_what_happens_next(world: World) -> None:
    world.save("bakker", COMPLETE)
    browser = world.visitor("bakker")
    page = browser.fill(browser.get(at(world, "/nakijken")), at(world, "/indienen"), {})
    assert page.path == at(world)
    assert "Ingediend: antwoorden" in page.words
    assert "Een collega die mag vaststellen, kijkt het na." in page.words
    assert status(world) == "ingediend"


def test_handing_in_over_a_colleagues_newer_answers_asks_to_look_again(world: World) -> None:
    world.save("bakker", COMPLETE)
    browser = world.visitor("bakker")
    page = browser.get(at(world, "/nakijken"))
    world.save("visser", {**COMPLETE, "gevolgen": "Nieuwere zin."})
    again = browser.fill(page, at(world, "/indienen"), {})
    assert again.status == 409
    assert "Intussen heeft iemand anders in deze uitvraag gewerkt." in again.words
    assert "Nieuwere zin." in again.words
    assert status(world) == "open"
    assert browser.fill(again, at(world, "/indienen"), {}).path == at(world)


# Approving and sending back


def test_a_second_person_approves_on_the_same_page(world: World) -> None:
    handed_in(world)
    browser = world.visitor("goed")
    page = browser.get(at(world, "/nakijken"))
    assert page.title.startswith("Kijk de antwoorden na en stel ze vast")
    assert "Ingediend door S. Bakker op woensdag 2 december 2026, 21.05 uur." in page.words
    assert "Wijzig" not in page.words
    after = browser.fill(page, at(world, "/vaststellen"), {})
    assert "Vastgesteld: antwoorden" in after.words
    assert "S. Bakker diende dit in, G. Goedkeurder stelde het vast" in after.words
    assert status(world) == "vastgesteld"


def test_who_handed_in_is_told_that_a_colleague_must_approve(world: World) -> None:
    handed_in(world, "beide")
    browser = world.visitor("beide")
    page = browser.get(at(world, "/nakijken"))
    assert "U hebt zelf ingediend. Daarom kunt u niet ook vaststellen" in page.words
    assert "/vaststellen" not in page.source
    refused = browser.fill(page, at(world, "/vaststellen"), {})
    assert refused.status == 403
    assert status(world) == "ingediend"


def test_a_respondent_can_neither_approve_nor_send_back(world: World) -> None:
    handed_in(world)
    browser = world.visitor("visser")
    page = browser.get(at(world, "/nakijken"))
    assert "Stel vast" not in page.words
    assert "Stuur terug" not in page.words
    fields = {"csrf": page.hidden("csrf")[0], "versie": "3", "toelichting": "Anders."}
    assert browser.post(at(world, "/vaststellen"), fields).status == 403
    assert browser.post(at(world, "/terugzenden"), fields).status == 403
    assert status(world) == "ingediend"


def test_sending_back_needs_remarks_and_shows_them_to_the_respondent(world: World) -> None:
    handed_in(world)
    browser = world.visitor("goed")
    page = browser.get(at(world, "/nakijken"))
    empty = browser.fill(page, at(world, "/terugzenden"), {"toelichting": "  "})
    assert empty.status == 400
    assert '<a href="#veld-toelichting">' in empty.source
    assert 'id="veld-toelichting-fout"' in empty.source
    long = browser.fill(empty, at(world, "/terugzenden"), {"toelichting": "x" * 4001})
    assert long.status == 400
    assert "x" * 4001 in long.source
    after = browser.fill(long, at(world, "/terugzenden"), {"toelichting": f"Noem de kosten. {EVIL}"})
    assert after.path == at(world)
    shown = world.visitor("bakker").get(at(world))
    assert "Noem de kosten." in shown.words
    assert EVIL not in shown.source
    assert status(world) == "open"


def test_the_coordinator_can_send_back_and_reads_the_file(world: World) -> None:
    handed_in(world)
    browser = world.visitor("coordinator")
    page = browser.get(at(world, "/nakijken"))
    assert "Stel vast" not in page.words
    after = browser.fill(page, at(world, "/terugzenden"), {"toelichting": "Graag ook de kosten."})
    assert after.status == 200
    assert "Graag ook de kosten." in after.words


def test_approving_a_file_that_was_sent_back_meanwhile_asks_to_look_again(world: World) -> None:
    handed_in(world)
    browser = world.visitor("goed")
    page = browser.get(at(world, "/nakijken"))
    answering.send_back(world.desk, world.actor("beide"), world.file, None, "Nog niet.")
    again = browser.fill(page, at(world, "/vaststellen"), {})
    assert again.status == 409
    assert "Teruggestuurd: pas dit nog aan Nog niet." in again.words
    assert status(world) == "open"


def test_approving_twice_is_an_error_page(world: World) -> None:
    handed_in(world)
    browser = world.visitor("goed")
    browser.fill(browser.get(at(world, "/nakijken")), at(world, "/vaststellen"), {})
    page = browser.get(at(world, "/nakijken"))
    twice = browser.post(at(world, "/vaststellen"), {"csrf": page.hidden("csrf")[0], "versie": "4"})
    assert twice.status == 409
    assert "Dit kan nu niet" in twice.words


@pytest.mark.parametrize("action", ["indienen", "vaststellen", "terugzenden"])
def test_a_signature_on_a_form_of_another_session_is_asked_again(world: World, action: str) -> None:
    world.save("bakker", COMPLETE)
    if action != "indienen":
        answering.hand_in(world.desk, world.actor("bakker"), world.file, None)
    before = status(world)
    browser = world.visitor("beide")
    fields = {**browser.get(at(world, "/nakijken")).carried, "csrf": "iets", "toelichting": "Mijn opmerking."}
    page = browser.post(at(world, f"/{action}"), fields)
    assert "Dit formulier hoorde bij een eerdere sessie." in page.words
    assert action == "indienen" or "Mijn opmerking." in page.words
    assert status(world) == before
    browser.fill(page, at(world, f"/{action}"), {"toelichting": "Mijn opmerking."})
    assert status(world) != before


def test_remarks_survive_a_session_that_ended(world: World) -> None:
    handed_in(world)
    browser = world.visitor("goed")
    page = browser.get(at(world, "/nakijken"))
    accounts.sign_out(world.desk, browser.client.cookies["uitvoeringsscan"])
    held = browser.fill(page, at(world, "/terugzenden"), {"toelichting": "Noem de kosten per jaar."})
    assert held.status == 401
    browser.sign_in(world, "goed")
    again = browser.post(at(world, "/terugzenden"), held.carried)
    assert "Noem de kosten per jaar." in again.words
    assert status(world) == "ingediend"
    browser.fill(again, at(world, "/terugzenden"), {"toelichting": "Noem de kosten per jaar."})
    assert status(world) == "open"


# The quick ways out


def test_no_impact_goes_to_a_second_person_with_its_reason(world: World) -> None:
    browser = world.visitor("bakker")
    page = browser.get(at(world, "/geen-gevolgen"))
    after = browser.fill(page, at(world, "/geen-gevolgen"), {"toelichting": f"Wij merken er niets van. {EVIL}"})
    assert after.path == at(world)
    assert "Ingediend: geen gevolgen" in after.words
    approver = world.visitor("goed")
    check = approver.get(at(world, "/nakijken"))
    assert "Wij merken er niets van." in check.words
    assert EVIL not in check.source
    approver.fill(check, at(world, "/vaststellen"), {})
    assert status(world) == "geen-gevolgen"
    assert "Vastgesteld: geen gevolgen" in browser.get(at(world)).words


def test_no_impact_by_the_first_question_is_signed_with_its_answers(world: World) -> None:
    world.save("bakker", {"raakt": "geen-gevolgen", "reden": "Onze systemen kunnen dit al."})
    browser = world.visitor("bakker")
    page = browser.get(at(world, "/nakijken"))
    assert "De organisatie zegt zelf dat het amendement geen gevolgen heeft voor haar werk." in page.words
    assert "Ingediend: geen gevolgen" in browser.fill(page, at(world, "/indienen"), {}).words
    check = world.visitor("goed").get(at(world, "/nakijken"))
    assert "Waarom is dat zo? Onze systemen kunnen dit al." in check.words


def test_answers_left_behind_by_a_way_out_are_not_signed(world: World) -> None:
    world.save("bakker", {"raakt": "ja", "gevolgen": "Toch heel veel werk."})
    answering.hand_in_no_impact(world.desk, world.actor("bakker"), world.file, None, "Bij nader inzien niets.")
    check = world.visitor("goed").get(at(world, "/nakijken"))
    assert "Bij nader inzien niets." in check.words
    assert "Toch heel veel werk." not in check.words


def test_not_ours_names_whom_to_ask(world: World) -> None:
    browser = world.visitor("bakker")
    page = browser.get(at(world, "/niet-voor-ons"))
    assert '<option value="uwv"' not in page.source
    after = browser.fill(page, at(world, "/niet-voor-ons"), {"toelichting": "Dit doet de SVB.", "vraagAan": "svb"})
    assert "Ingediend: niet voor onze organisatie" in after.words
    assert "Vraag het liever aan: SVB" in world.visitor("goed").get(at(world, "/nakijken")).words


def test_not_ours_without_a_suggestion_is_fine(world: World) -> None:
    browser = world.visitor("bakker")
    page = browser.get(at(world, "/niet-voor-ons"))
    browser.fill(page, at(world, "/niet-voor-ons"), {"toelichting": "Dit doet een ander.", "vraagAan": ""})
    assert status(world) == "ingediend"


@pytest.mark.parametrize("which", ["geen-gevolgen", "niet-voor-ons"])
def test_a_way_out_needs_a_reason(world: World, which: str) -> None:
    browser = world.visitor("bakker")
    page = browser.fill(
        browser.get(at(world, f"/{which}")), at(world, f"/{which}"), {"toelichting": " ", "vraagAan": ""}
    )
    assert page.status == 400
    assert page.title.startswith("Fout: ")
    assert 'href="#veld-toelichting"' in page.source
    assert "veld-toelichting" in page.anchors()
    assert status(world) == "open"


def test_an_unknown_organisation_is_an_error_at_its_field(world: World) -> None:
    browser = world.visitor("bakker")
    fields = {"toelichting": "Dit doet een ander.", "vraagAan": "bestaat-niet"}
    page = browser.fill(browser.get(at(world, "/niet-voor-ons")), at(world, "/niet-voor-ons"), fields)
    assert page.status == 400
    assert 'href="#veld-vraagAan"' in page.source
    assert "Dit doet een ander." in page.source


@pytest.mark.parametrize("which", ["geen-gevolgen", "niet-voor-ons"])
def test_a_stale_way_out_keeps_the_reason(world: World, which: str) -> None:
    browser = world.visitor("bakker")
    page = browser.get(at(world, f"/{which}"))
    world.save("visser", {"raakt": "ja"})
    again = browser.fill(page, at(world, f"/{which}"), {"toelichting": "Mijn reden.", "vraagAan": "svb"})
    assert again.status == 409
    assert "Mijn reden." in again.source
    assert which == "geen-gevolgen" or '<option value="svb" selected>' in again.source
    assert "De antwoorden die u al bewaarde, tellen dan niet mee." in again.words
    browser.fill(again, at(world, f"/{which}"), {"toelichting": "Mijn reden."})
    assert status(world) == "ingediend"


@pytest.mark.parametrize("which", ["geen-gevolgen", "niet-voor-ons"])
def test_a_way_out_survives_a_session_that_ended(world: World, which: str) -> None:
    browser = world.visitor("bakker")
    page = browser.get(at(world, f"/{which}"))
    accounts.sign_out(world.desk, browser.client.cookies["uitvoeringsscan"])
    held = browser.fill(page, at(world, f"/{which}"), {"toelichting": "Mijn lange reden.", "vraagAan": "svb"})
    assert held.status == 401
    browser.sign_in(world, "bakker")
    again = browser.post(at(world, f"/{which}"), held.carried)
    assert "Mijn lange reden." in again.source
    assert status(world) == "open"


def test_a_way_out_of_a_closed_file_is_an_error_page(world: World) -> None:
    handed_in(world)
    browser = world.visitor("bakker")
    assert browser.get(at(world, "/geen-gevolgen")).status == 409
    fields = {"csrf": browser.get(at(world)).hidden("csrf")[0], "versie": "3", "toelichting": "Toch niet."}
    assert browser.post(at(world, "/geen-gevolgen"), fields).status == 409
    assert status(world) == "ingediend"
