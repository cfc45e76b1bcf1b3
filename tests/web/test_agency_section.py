"""Answering a section: what is right is kept, what is wrong is shown beside its field, nothing typed is ever lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.agency_world import COMPLETE, World, make_world
from uitvoeringsscan.use_cases import accounts, answering, reading

BASIC = {"raakt": "ja", "gevolgen": "Veel werk.", "aannames": "Eigen cijfers."}
EVIL = "<img src=x onerror=alert(1)>\"'&"


@pytest.fixture
def world(sqlite_url: str) -> World:
    return make_world(sqlite_url)


def section(world: World, code: str) -> str:
    return f"/uitvragen/{world.file}/onderdeel/{code}"


def stored(world: World) -> tuple[dict[str, Any], dict[str, str]]:
    answers = reading.get_assessment(world.desk, world.actor("bakker"), world.file).assessment.answers
    return dict(answers.values), dict(answers.explanations)


def test_the_first_answer_brings_the_other_questions(world: World) -> None:
    browser = world.visitor("bakker")
    page = browser.get(section(world, "algemeen"))
    assert "veld-gevolgen" not in page.anchors()
    assert "Na het bewaren komen er soms vragen bij" in page.words
    after = browser.fill(page, section(world, "algemeen"), {"raakt": "ja", ".naar": "verder"})
    assert after.path == section(world, "algemeen") + "?nieuw=ja#veld-wijzigingen"
    assert "Door uw antwoord zijn er vragen bij gekomen." in after.words
    assert {"veld-wijzigingen", "veld-gevolgen", "veld-omvang", "veld-aannames"} <= after.anchors()
    assert stored(world)[0] == {"raakt": "ja"}


def test_going_on_leads_to_the_next_section_and_at_last_to_the_check(world: World) -> None:
    browser = world.visitor("bakker")
    world.save("bakker", BASIC)
    after = browser.fill(
        browser.get(section(world, "algemeen")), section(world, "algemeen"), {**BASIC, ".naar": "verder"}
    )
    assert after.path == section(world, "it-systemen")
    world.save("bakker", COMPLETE)
    last = browser.get(section(world, "oordeel"))
    answers = {code: COMPLETE[code] for code in ("oordeel", "voorwaarden")}
    after = browser.fill(last, section(world, "oordeel"), {**answers, ".naar": "verder"})
    assert after.path == f"/uitvragen/{world.file}/nakijken"


def test_the_other_button_leads_to_the_overview(world: World) -> None:
    browser = world.visitor("bakker")
    page = browser.get(section(world, "algemeen"))
    after = browser.fill(page, section(world, "algemeen"), {"raakt": "ja", ".naar": "overzicht"})
    assert after.path == f"/uitvragen/{world.file}"
    assert "bewaard om 21.05 uur" in after.words


def test_what_people_type_is_read_back_in_the_field(world: World) -> None:
    world.save("bakker", BASIC)
    browser = world.visitor("bakker")
    typed = {"kosten-eenmalig": "1,5 mln - 2 mln", "kosten-jaarlijks": "geen idee", "handhaafbaar": "onbekend"}
    page = browser.fill(browser.get(section(world, "kosten-en-effecten")), section(world, "kosten-en-effecten"), typed)
    assert page.status == 400
    again = browser.get(section(world, "kosten-en-effecten"))
    assert 'value="€ 1.500.000 tot € 2.000.000"' in again.source
    assert stored(world)[0]["handhaafbaar"] == "onbekend"


def test_a_fault_keeps_the_rest_and_leads_to_its_field(world: World) -> None:
    world.save("bakker", BASIC)
    browser = world.visitor("bakker")
    typed = {
        "extra-werk": "past",
        "fte-jaarlijks": "ongeveer drie",
        "fte-eenmalig": "0",
        "extra-werk.toelichting": "Past.",
    }
    page = browser.fill(browser.get(section(world, "personeel")), section(world, "personeel"), typed)
    assert page.status == 400
    assert page.title.startswith("Fout: Personeel")
    assert 'href="#veld-fte-jaarlijks"' in page.source
    assert "veld-fte-jaarlijks" in page.anchors()
    assert 'value="ongeveer drie"' in page.source
    assert "Wat goed is ingevuld, is al bewaard." in page.words
    values, explanations = stored(world)
    assert values["extra-werk"] == "past"
    assert values["fte-eenmalig"] == 0
    assert "fte-jaarlijks" not in values
    assert explanations == {"extra-werk": "Past."}


def test_mending_the_fault_goes_on(world: World) -> None:
    world.save("bakker", BASIC)
    browser = world.visitor("bakker")
    path = section(world, "personeel")
    page = browser.fill(browser.get(path), path, {"extra-werk": "past", "fte-jaarlijks": "3.5", "fte-eenmalig": "0"})
    assert page.status == 400
    after = browser.fill(page, path, {"extra-werk": "past", "fte-jaarlijks": "3,5", "fte-eenmalig": "0"})
    assert after.path == section(world, "tijdlijn")
    assert stored(world)[0]["fte-jaarlijks"] == 3.5


def test_a_text_that_is_too_long_stays_in_its_field(world: World) -> None:
    world.save("bakker", BASIC)
    browser = world.visitor("bakker")
    page = browser.fill(
        browser.get(section(world, "algemeen")), section(world, "algemeen"), {**BASIC, "gevolgen": "lang " * 400}
    )
    assert page.status == 400
    assert "lang lang lang" in page.source
    assert stored(world)[0]["gevolgen"] == "Veel werk."


def test_answers_that_no_longer_apply_are_named_with_their_words(world: World) -> None:
    world.save("bakker", COMPLETE, {"it-aanpassing": "Een nieuwe koppeling."})
    browser = world.visitor("bakker")
    page = browser.fill(
        browser.get(section(world, "algemeen")), section(world, "algemeen"), {**BASIC, "raakt": "niet-onze-taak"}
    )
    assert page.status == 200
    assert "Bewaard. Deze antwoorden gelden niet meer" in page.words
    assert "Een nieuw systeem, of het kan niet in de systemen van nu. Een nieuwe koppeling." in page.words
    assert "veld-reden" in page.anchors()
    assert stored(world) == ({"raakt": "niet-onze-taak"}, {})


def test_a_colleague_on_another_question_does_not_disturb(world: World) -> None:
    world.save("bakker", BASIC)
    browser = world.visitor("bakker")
    page = browser.get(section(world, "algemeen"))
    world.save("visser", {**BASIC, "omvang": 12000})
    after = browser.fill(page, section(world, "algemeen"), {**BASIC, "gevolgen": "Minder werk."})
    assert after.path == section(world, "it-systemen")
    assert stored(world)[0] == {**BASIC, "gevolgen": "Minder werk.", "omvang": 12000}


def test_two_answers_to_one_question_are_both_shown_and_one_is_chosen(world: World) -> None:
    world.save("bakker", BASIC)
    browser = world.visitor("bakker")
    path = section(world, "algemeen")
    page = browser.get(path)
    world.save("visser", {**BASIC, "gevolgen": "Wat de collega schreef."})
    mine = {**BASIC, "gevolgen": "Wat ik schreef."}
    both = browser.fill(page, path, {**mine, "omvang": "100"})
    assert both.status == 409
    assert "Wat de collega schreef." in both.words
    assert "Wat ik schreef." in both.words
    assert "veld-gevolgen-kies" in both.anchors()
    assert stored(world)[0] == {**BASIC, "gevolgen": "Wat de collega schreef.", "omvang": 100}
    undecided = browser.fill(both, path, {**mine, "omvang": "100"})
    assert undecided.status == 409
    after = browser.fill(undecided, path, {**mine, "omvang": "100", "gevolgen.kies": "mijn"})
    assert after.path == section(world, "it-systemen")
    assert stored(world)[0]["gevolgen"] == "Wat ik schreef."


def test_the_colleagues_answer_can_be_chosen(world: World) -> None:
    world.save("bakker", BASIC)
    browser = world.visitor("bakker")
    path = section(world, "algemeen")
    page = browser.get(path)
    world.save("visser", {**BASIC, "gevolgen": "Wat de collega schreef."})
    both = browser.fill(page, path, {**BASIC, "gevolgen": "Wat ik schreef."})
    after = browser.fill(both, path, {**BASIC, "gevolgen": "Wat ik schreef.", "gevolgen.kies": "ander"})
    assert after.path == section(world, "it-systemen")
    assert stored(world)[0]["gevolgen"] == "Wat de collega schreef."


def test_saving_what_did_not_change_is_not_noted(world: World) -> None:
    world.save("bakker", BASIC)
    browser = world.visitor("visser")
    browser.fill(browser.get(section(world, "algemeen")), section(world, "algemeen"), BASIC)
    lines = reading.journal_of(world.desk, world.actor("bakker"), world.scan)
    assert [line.name for line in lines if line.event == "AnswersSaved"] == ["S. Bakker"]


def test_a_session_that_ended_keeps_everything_and_goes_on_after_signing_in(world: World) -> None:
    world.save("bakker", BASIC)
    browser = world.visitor("bakker")
    path = section(world, "algemeen")
    page = browser.get(path)
    accounts.sign_out(world.desk, browser.client.cookies["uitvoeringsscan"])
    typed = {**BASIC, "gevolgen": f"Een lange zin. {EVIL}", "omvang": "100"}
    held = browser.fill(page, path, typed)
    assert held.status == 401
    assert held.hidden("gevolgen") == [f"Een lange zin. {EVIL}"]
    assert EVIL not in held.source
    assert f'href="/inloggen?verder={path}" target="_blank"' in held.source
    assert "csrf" not in held.carried
    assert stored(world)[0]["gevolgen"] == "Veel werk."
    browser.sign_in(world, "bakker")  # in another tab
    again = browser.post(path, held.carried)
    assert again.status == 200
    assert "U bent weer ingelogd." in again.words
    assert "Een lange zin." in again.words
    assert stored(world)[0]["gevolgen"] == "Veel werk."
    after = browser.fill(again, path, typed)
    assert after.path == section(world, "it-systemen")
    assert stored(world)[0]["gevolgen"] == f"Een lange zin. {EVIL}"


@pytest.mark.parametrize("token", [None, "", "iets"])
def test_a_form_of_another_session_changes_nothing(world: World, token: str | None) -> None:
    browser = world.visitor("bakker")
    fields = {**browser.get(section(world, "algemeen")).carried, "raakt": "ja"}
    del fields["csrf"]
    page = browser.post(section(world, "algemeen"), fields if token is None else {**fields, "csrf": token})
    assert 'value="ja" checked' in page.source
    assert stored(world) == ({}, {})


def test_a_file_that_was_handed_in_meanwhile_gives_the_words_back(world: World) -> None:
    world.save("bakker", COMPLETE)
    browser = world.visitor("bakker")
    page = browser.get(section(world, "algemeen"))
    answering.hand_in(world.desk, world.actor("visser"), world.file, None)
    late = browser.fill(page, section(world, "algemeen"), {**BASIC, "gevolgen": "Mijn late zin."})
    assert late.status == 409
    assert "Uw antwoorden zijn niet bewaard" in late.words
    assert "Wat verandert er in uw werk? Mijn late zin." in late.words
    assert stored(world)[0]["gevolgen"] == COMPLETE["gevolgen"]


def test_a_section_that_does_not_apply_or_exist_is_not_there(world: World) -> None:
    browser = world.visitor("bakker")
    assert browser.get(section(world, "oordeel")).status == 404
    assert browser.get(section(world, "bestaat-niet")).status == 404
    page = browser.get(section(world, "algemeen"))
    assert browser.fill(page, section(world, "bestaat-niet"), {"raakt": "ja"}).status == 404


def test_a_closed_file_has_no_form(world: World) -> None:
    world.save("bakker", COMPLETE)
    answering.hand_in(world.desk, world.actor("bakker"), world.file, None)
    assert world.visitor("bakker").get(section(world, "algemeen")).status == 409


def test_levels_and_visibility_are_said_at_the_question(world: World) -> None:
    world.save("bakker", {**BASIC, "it-aanpassing": "opbouw"})
    page = world.visitor("bakker").get(section(world, "it-systemen"))
    assert "De opbouw van een systeem: nieuwe regels, velden of stappen telt als middelgroot" in page.words
    assert "Niet openbaar, dit komt niet in de publicatie" in page.words
    assert "Onderdeel 2 van 7" in page.words
    assert 'aria-current="step"' in page.source


def test_stored_markup_is_escaped_in_every_field(world: World) -> None:
    texts = ("wijzigingen", "gevolgen", "aannames", "it-namen", "prijs-van-de-datum", "voorwaarden", "alternatief")
    world.save(
        "bakker", {**COMPLETE, **dict.fromkeys(texts, EVIL)}, dict.fromkeys(("it-aanpassing", "fte-jaarlijks"), EVIL)
    )
    browser = world.visitor("bakker")
    for code in ("algemeen", "it-systemen", "personeel", "tijdlijn", "oordeel"):
        page = browser.get(section(world, code))
        assert "<img" not in page.source
        assert "&lt;img" in page.source
    check = browser.get(f"/uitvragen/{world.file}/nakijken")
    assert "<img" not in check.source
    assert check.source.count("&lt;img") == 9
