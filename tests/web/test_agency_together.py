"""Colleagues around one file, in the pages: comments, who has what, earlier answers, unit costs, the test of the bill."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.web.agency_world import COMPLETE, World, make_world
from uitvoeringsscan.use_cases import answering, bill_tests, collaborating, reading, unit_costs

EVIL = "<img src=x onerror=alert(1)>\"'&"


@pytest.fixture
def world(sqlite_url: str) -> World:
    return make_world(sqlite_url)


def base(world: World, path: str = "") -> str:
    return f"/uitvragen/{world.file}{path}"


def approved(world: World) -> str:
    """Answered, handed in and approved; then the same law is asked about once more. Gives the scan that was answered."""
    world.save("bakker", COMPLETE, {"gevolgen": "Zoals in 2025."})
    answering.hand_in(world.desk, world.actor("bakker"), world.file, None)
    answering.approve(world.desk, world.actor("goed"), world.file, None)
    earlier, world.clock.at = world.scan, world.clock.at + timedelta(hours=2)
    world.scan = world.add_scan(paper="23")
    return earlier


def copied(world: World) -> dict[str, str]:
    return dict(reading.get_assessment(world.desk, world.actor("bakker"), world.file).assessment.copied)


def test_a_comment_beside_a_question_is_kept_with_the_answers_and_closed_on_its_own_page(world: World) -> None:
    browser = world.visitor("bakker")
    page = browser.get(base(world, "/onderdeel/algemeen"))
    after = browser.fill(
        page,
        base(world, "/onderdeel/algemeen"),
        {"raakt": "ja", ".opmerking-bij": "raakt", ".opmerking": f"Zeker? {EVIL}", ".naar": "overzicht"},
    )
    assert after.path == base(world)
    assert "1 opmerking, 1 open" in after.words
    colleague = world.visitor("goed")
    seen = colleague.get(base(world, "/onderdeel/algemeen"))
    assert f"S. Bakker: Zeker? {EVIL}" in seen.words
    assert EVIL not in seen.source
    check = colleague.get(base(world, "/nakijken"))
    assert "1 opmerking staat nog open" in check.words
    page = colleague.get(base(world, "/opmerkingen?vraag=raakt"))
    assert f"Zeker? {EVIL}" in page.words
    after = colleague.fill(page, base(world, "/opmerkingen/sluiten"), {"nummer": "1", "vraag": "raakt"})
    assert after.path == base(world, "/opmerkingen?vraag=raakt")
    assert "opgelost door G. Goedkeurder" in after.words
    assert "staat nog open" not in colleague.get(base(world, "/nakijken")).words
    again = colleague.fill(after, base(world, "/opmerkingen/sluiten"), {"nummer": "1", "vraag": "raakt", "open": "ja"})
    assert "opgelost door" not in again.words


def test_a_comment_that_is_too_long_stands_there_again_and_the_answer_is_kept(world: World) -> None:
    browser = world.visitor("bakker")
    page = browser.get(base(world, "/onderdeel/algemeen"))
    words = "lang " * 500
    after = browser.fill(
        page, base(world, "/onderdeel/algemeen"), {"raakt": "ja", ".opmerking-bij": "raakt", ".opmerking": words}
    )
    assert after.status == 400
    assert words.strip() in after.words
    assert "veld-opmerking" in after.anchors()
    found = reading.get_assessment(world.desk, world.actor("bakker"), world.file).assessment
    assert found.answers.values == {"raakt": "ja"}
    page = browser.get(base(world, "/opmerkingen?vraag=raakt"))
    after = browser.fill(page, base(world, "/opmerkingen"), {"vraag": "raakt", "opmerking": ""})
    assert after.status == 400
    assert "Schrijf eerst uw opmerking op." in after.words
    assert browser.fill(page, base(world, "/opmerkingen/sluiten"), {"nummer": "zeven"}).status == 400
    after = browser.fill(page, base(world, "/opmerkingen"), {"vraag": "raakt", "opmerking": "Kort."})
    assert "Kort." in after.words


def test_words_survive_a_session_that_ended(world: World) -> None:
    browser = world.visitor("bakker")
    page = browser.get(base(world, "/opmerkingen?vraag=raakt"))
    task = browser.get(base(world, "/toewijzen"))
    browser.client.cookies.clear()
    kept = browser.fill(page, base(world, "/opmerkingen"), {"vraag": "raakt", "opmerking": "Een lange opmerking."})
    assert kept.status == 401
    assert "Een lange opmerking." in kept.words
    assert browser.fill(task, base(world, "/toewijzen"), {"vraag": "kijk naar dit"}).status == 401
    browser.sign_in(world, "bakker")
    again = browser.fill(page, base(world, "/opmerkingen"), {"vraag": "raakt", "opmerking": "Een lange opmerking."})
    assert again.status == 200
    assert "hoorde bij een eerdere sessie" in again.words
    assert "Een lange opmerking." in again.words
    assert "eerdere sessie" in browser.fill(task, base(world, "/toewijzen"), {"vraag": "kijk"}).words
    assert collaborating.around(world.desk, world.actor("bakker"), world.file).comments == []


def test_nobody_from_elsewhere_sees_these_pages(world: World) -> None:
    collaborating.comment(world.desk, world.actor("bakker"), world.file, "raakt", "Van ons alleen.")
    for path in ("/opmerkingen", "/toewijzen", "/uitvoeringstoets"):
        assert world.visitor("ander").get(base(world, path)).status == 404
        assert "inloggen" in world.visitor().get(base(world, path)).path
    coordinator = world.visitor("coordinator")
    assert coordinator.get(base(world, "/toewijzen")).status == 409
    for path in ("", "/nakijken", "/opmerkingen"):
        page = coordinator.get(base(world, path))
        assert page.status == 200
        assert "Van ons alleen." not in page.words


def test_who_has_a_section_shows_in_the_task_list_and_in_the_work(world: World) -> None:
    browser = world.visitor("bakker")
    page = browser.get(base(world, "/toewijzen?onderdeel=algemeen"))
    assert "A. Ander" not in page.words  # of another agency
    fields = {"onderdeel": "algemeen", "aan": world.people["visser"].id, "vraag": "Kijk jij naar de aannames?"}
    after = browser.fill(page, base(world, "/toewijzen"), fields)
    assert after.path == base(world)
    assert "bij M. Visser: Kijk jij naar de aannames?" in after.words
    assert "bij M. Visser: Kijk jij naar de aannames?" in browser.get("/uitvragen").words
    wrong = browser.fill(page, base(world, "/toewijzen"), {"aan": world.people["ander"].id, "vraag": EVIL})
    assert wrong.status == 400
    assert "Kies een collega van uw eigen organisatie." in wrong.words
    assert EVIL not in wrong.source
    browser.fill(page, base(world, "/toewijzen"), {"aan": world.people["goed"].id, "vraag": ""})
    assert "De hele uitvraag ligt bij G. Goedkeurder" in browser.get(base(world)).words
    browser.fill(page, base(world, "/toewijzen"), {"onderdeel": "algemeen", "aan": ""})
    assert "bij M. Visser" not in browser.get("/uitvragen").words


def test_remarks_per_question_come_back_to_the_question(world: World) -> None:
    world.save("bakker", COMPLETE)
    answering.hand_in(world.desk, world.actor("bakker"), world.file, None)
    browser = world.visitor("goed")
    page = browser.get(base(world, "/nakijken"))
    assert "veld-opmerkingen-gevolgen" in page.anchors()
    empty = browser.fill(page, base(world, "/terugzenden"), {"toelichting": "", "opmerkingen.gevolgen": " "})
    assert empty.status == 400
    fields = {"toelichting": "", "opmerkingen.gevolgen": f"Noem aantallen. {EVIL}", "opmerkingen.raakt": "x" * 4001}
    long = browser.fill(page, base(world, "/terugzenden"), fields)
    assert long.status == 400
    assert "Noem aantallen." in long.words  # nothing typed is lost
    assert 'href="#veld-opmerkingen-raakt"' in long.source
    after = browser.fill(page, base(world, "/terugzenden"), {**fields, "opmerkingen.raakt": ""})
    assert after.path == base(world)
    assert f"Noem aantallen. {EVIL}" in after.words
    writer = world.visitor("bakker")
    assert f"Noem aantallen. {EVIL}" in writer.get(base(world, "/onderdeel/algemeen")).words
    assert "Teruggestuurd" in writer.get("/uitvragen").words
    answering.hand_in(world.desk, world.actor("bakker"), world.file, None)
    again = writer.get(base(world, "/nakijken")).words
    assert "Teruggestuurd" not in again  # it is no task any more, but who signs sees what was asked and not done
    assert f"en gelijk gebleven: Wat verandert er in uw werk? Noem aantallen. {EVIL}" in again


def test_an_earlier_answer_is_offered_taken_over_marked_and_confirmed(world: World) -> None:
    earlier = approved(world)
    browser = world.visitor("visser")
    page = browser.get(base(world, "/onderdeel/algemeen"))
    assert f"In scan {earlier}, over dezelfde wet, was uw antwoord: Ja" in page.words
    assert "2 december 2026" in page.words
    assert 'value="ja" checked' not in page.source
    after = browser.fill(page, base(world, "/onderdeel/algemeen"), {".overnemen": f"raakt:{earlier}"})
    assert after.path == base(world, "/onderdeel/algemeen?overgenomen=ja#veld-raakt")
    assert f"Overgenomen uit scan {earlier}" in after.words
    assert copied(world) == {"raakt": earlier}
    assert "1 antwoord komt uit een eerdere scan" in browser.get(base(world, "/nakijken")).words
    browser.fill(after, base(world, "/onderdeel/algemeen"), {"raakt": "ja", ".overnemen": f"gevolgen:{earlier}"})
    assert set(copied(world)) == {"raakt", "gevolgen"}
    page = browser.get(base(world, "/onderdeel/algemeen"))
    changed = {"raakt": "ja", ".bevestig": "raakt", "gevolgen": "Nu toch anders.", "gevolgen.toelichting": ""}
    browser.fill(page, base(world, "/onderdeel/algemeen"), changed)
    assert copied(world) == {}
    page = browser.get(base(world, "/onderdeel/algemeen"))
    gone = browser.fill(page, base(world, "/onderdeel/algemeen"), {**changed, ".overnemen": "raakt:2020-1111"})
    assert "niet meer om over te nemen" in gone.words
    assert copied(world) == {}


def test_unit_costs_are_kept_and_stand_beside_costs_with_their_arithmetic(world: World) -> None:
    browser = world.visitor("goed")
    page = browser.get("/uitvragen/kengetallen")
    wrong = browser.fill(page, "/uitvragen/kengetallen", {"naam": EVIL, "jaar": "twee", "bedrag": "1,5", "bron": ""})
    assert wrong.status == 400
    assert EVIL in wrong.source.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace(
        "&#39;", "'"
    ).replace("&amp;", "&")
    assert EVIL not in wrong.source
    fields = {"naam": "FTE", "jaar": "2026", "bedrag": "€ 98.000", "bron": "Tarieven 2026"}
    after = browser.fill(page, "/uitvragen/kengetallen", fields)
    assert "€ 98.000" in after.words
    browser.fill(page, "/uitvragen/kengetallen", {**fields, "naam": "release", "bedrag": "250000"})
    world.save("bakker", {**COMPLETE, "fte-jaarlijks": 12})
    writer = world.visitor("bakker")
    rubric = reading.get_assessment(world.desk, world.actor("bakker"), world.file).rubric
    place = {q.code: s.code for s in rubric.sections for q in s.questions}
    words = writer.get(base(world, f"/onderdeel/{place['kosten-jaarlijks']}")).words
    assert "12 fte × € 98.000 = € 1.176.000 (2026, Tarieven 2026)." in words
    assert "1 release = € 250.000 (2026, Tarieven 2026)." in words
    words = writer.get(base(world, f"/onderdeel/{place['fte-jaarlijks']}")).words
    assert "12 fte × € 98.000 = € 1.176.000" in words
    page = writer.get("/uitvragen/kengetallen")
    assert "Bewaar het kengetal" not in page.words
    assert writer.fill(page, "/uitvragen/kengetallen", fields).status == 403
    assert world.visitor("indiener").get("/uitvragen/kengetallen").status == 403
    browser.fill(after, "/uitvragen/kengetallen/weg", {"naam": "fte", "jaar": "2026"})
    assert [cost.name for cost in unit_costs.own_unit_costs(world.desk, world.actor("goed"))] == ["release"]
    assert "Er zijn nog geen kengetallen." in world.visitor("ander").get("/uitvragen/kengetallen").words


def test_the_test_of_the_bill_is_kept_by_the_agency_and_stands_beside_the_questions(world: World) -> None:
    browser = world.visitor("bakker")
    page = browser.get(base(world, "/uitvoeringstoets"))
    wrong = browser.fill(
        page, base(world, "/uitvoeringstoets"), {"toetstitel": EVIL, "toetsdatum": "ooit", "toetslink": "x"}
    )
    assert wrong.status == 400
    assert {"veld-toetsdatum", "veld-toetslink"} <= wrong.anchors()
    assert EVIL not in wrong.source
    fields = {"toetstitel": "Toets 2026", "toetsdatum": "2 maart 2026", "toetslink": "https://toets.example/1"}
    after = browser.fill(page, base(world, "/uitvoeringstoets"), fields)
    assert after.path == base(world)
    assert "Toets 2026 (2 maart 2026)" in after.words
    assert 'href="https://toets.example/1"' in browser.get(base(world, "/onderdeel/algemeen")).source
    files = {"toetsbestand": ("toets.txt", b"De hele toets staat hier.", "text/plain")}
    sent = {**page.carried, "toetstitel": "Met bestand", "toetsdatum": "3-3-2026", "toetslink": ""}
    browser.client.post(
        base(world, "/uitvoeringstoets"), data=sent, files=files, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert "De hele toets staat hier." in browser.get(base(world)).words


def test_the_coordinator_adds_a_test_moves_a_deadline_and_reopens(world: World) -> None:
    browser = world.visitor("coordinator")
    scan = f"/coordinatie/scans/{world.scan}"
    page = browser.get(scan)
    versie = {"versie": "1"}
    fields = {"toetstitel": "Toets SVB", "toetsdatum": "2 maart 2026", "toetslink": "https://toets.example/1"}
    assert browser.fill(page, f"{scan}/uitvoeringstoets", fields).status == 400  # of whom?
    after = browser.fill(page, f"{scan}/uitvoeringstoets", {**fields, "toetsorganisatie": "svb"})
    assert "Toets SVB (2 maart 2026)" in after.words
    assert bill_tests.list_bill_tests(world.desk, world.actor("bakker"), "99001")[0].dated == date(2026, 3, 2)
    wrong = browser.fill(page, f"{scan}/termijn/uwv", {**versie, "dag": "morgen", "tijd": ""})
    assert wrong.status == 400
    assert "veld-dag-uwv" in wrong.anchors()
    assert browser.fill(page, f"{scan}/termijn/uwv", {**versie, "dag": "", "tijd": ""}).status == 400
    past = browser.fill(page, f"{scan}/termijn/uwv", {**versie, "dag": "1 december 2026", "tijd": "9.00"})
    assert "Dit moment is al voorbij." in past.words
    after = browser.fill(page, f"{scan}/termijn/uwv", {**versie, "dag": "4 december 2026", "tijd": "9.00"})
    assert "Termijn verzet (UWV): vrijdag 4 december 2026, 09.00 uur" in after.words
    assert "Termijn verzet (UWV)" in world.visitor("bakker").get(base(world)).words
    answering.hand_in_no_impact(world.desk, world.actor("bakker"), world.file, None, "Reden.")
    answering.approve(world.desk, world.actor("goed"), world.file, None)
    version = reading.get_assessment(world.desk, world.actor("goed"), world.file).assessment.version
    page = browser.get(scan)
    assert browser.fill(page, f"{scan}/heropenen/uwv", {"versie": str(version), "reden": ""}).status == 400
    browser.fill(page, f"{scan}/heropenen/uwv", {"versie": str(version), "reden": "De tekst klopte niet."})
    agency = world.visitor("bakker").get(base(world))
    assert "De tekst klopte niet." in agency.words
    assert "Heropend (UWV), door de coördinator" in agency.words
    submitter = world.visitor("indiener").get(f"/mijn-scans/{world.scan}")
    assert "door UWV" in submitter.words
    assert "S. Bakker" not in submitter.words
    page = browser.get(scan)
    standing = str(reading.get_scan(world.desk, world.actor("coordinator"), world.scan).version)
    closing = {"versie": standing, "afronding": "De tijd is om.", "afronding-uwv": "x" * 4001, "afronding-svb": ""}
    long = browser.fill(page, f"{scan}/afronden", closing)
    assert long.status == 400
    assert "veld-afronding-uwv" in long.anchors()
    after = browser.fill(page, f"{scan}/afronden", {**closing, "afronding-uwv": "Storing bij UWV."})
    assert "Storing bij UWV." in after.words
