"""What a reader sees is composed from values, says what is missing, and hides nothing of what was sealed."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date
from html import unescape
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.publication_samples import FOUR, VOTE, agency, amendment, no_impact, nobody, not_ours, silent, summary
from uitvoeringsscan.presentation.linked_data import in_script, report
from uitvoeringsscan.presentation.summary_sentences import CONTRADICTIONS
from uitvoeringsscan.presentation.summary_view import SummaryView, grouped, summary_view
from uitvoeringsscan.presentation.templating import environment
from uitvoeringsscan.publication.record import seal
from uitvoeringsscan.publication.summary import AnswerLine, Figures, ImpactSummary, Introduction, TotalCosts, TotalStaff
from uitvoeringsscan.scoring import contradictions

SVB = ("svb", "Sociale Verzekeringsbank", "SVB")
UWV = ("uwv", "Uitvoeringsinstituut Werknemersverzekeringen", "UWV")
CAK = ("cak", "Centraal Administratie Kantoor", "CAK")
SITE = "https://scan.example"


def view_of(value: ImpactSummary) -> SummaryView:
    return summary_view(seal(value).document)


def page_of(value: ImpactSummary, mark: str | None = None) -> str:
    template = environment().get_template("public/publication.html")
    linked_data = in_script(report(seal(value).document, site=SITE))
    return template.render(
        page_title="Publicatie", demo=False, view=view_of(value), mark=mark, site_url=SITE, linked_data=linked_data,
        newer=None, follows_on=None, outcome=None, cabinet=None, tally=None,
        reaction=view_of(value).reaction, reaction_place=None, looked_back=[],
    )  # fmt: skip


def texts(value: object, name: str = "") -> set[str]:
    """Every text for people in a view; codes, ISO dates and file words say in their name that they are not."""
    if isinstance(value, dict):
        return {text for key, part in value.items() for text in texts(part, key)}
    if isinstance(value, list | tuple):
        return {text for part in value for text in texts(part, name)}
    return {value} if isinstance(value, str) and value and not name.endswith(("_code", "_iso")) else set()


def visible(html: str) -> str:
    without = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without)).split())


# --- the verdict ---------------------------------------------------------------------------------------------------

VERDICTS = ("uitvoerbaar", "uitvoerbaar-mits", "niet-uitvoerbaar", "nog-niet-te-beoordelen")
JULY, JANUARY = date(2028, 7, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("verdict", "complete", "intended", "feasible", "sentence"),
    [
        ("uitvoerbaar", True, None, None, "Uitvoerbaar."),
        ("uitvoerbaar", True, None, JULY, "Uitvoerbaar. Niet op de datum in de tekst, wel vanaf 1 juli 2028."),
        ("uitvoerbaar", True, JANUARY, JULY, "Uitvoerbaar. Niet op 1 januari 2027, wel vanaf 1 juli 2028."),
        ("uitvoerbaar", True, JULY, JANUARY, "Uitvoerbaar. Haalbaar op 1 juli 2028, de datum die het amendement vraagt."),
        ("uitvoerbaar", False, None, None, "Voor zover nu bekend uitvoerbaar."),
        ("uitvoerbaar", False, None, JULY, 
         "Voor zover nu bekend uitvoerbaar. Niet op de datum in de tekst, op zijn vroegst vanaf 1 juli 2028."),
        ("uitvoerbaar", False, JANUARY, JULY,
         "Voor zover nu bekend uitvoerbaar. Niet op 1 januari 2027, op zijn vroegst vanaf 1 juli 2028."),
        ("uitvoerbaar-mits", True, None, None, "Uitvoerbaar, mits aan voorwaarden is voldaan."),
        ("uitvoerbaar-mits", True, JANUARY, JULY,
         "Uitvoerbaar, mits aan voorwaarden is voldaan. Niet op 1 januari 2027, wel vanaf 1 juli 2028."),
        ("uitvoerbaar-mits", False, None, None, "Voor zover nu bekend uitvoerbaar, mits aan voorwaarden is voldaan."),
        ("niet-uitvoerbaar", True, JANUARY, JULY, "Niet uitvoerbaar."),
        ("niet-uitvoerbaar", False, None, None, "Niet uitvoerbaar."),
        ("nog-niet-te-beoordelen", True, JANUARY, JULY, "Nog niet te beoordelen."),
        ("nog-niet-te-beoordelen", False, None, None, "Voor zover nu bekend nog niet te beoordelen."),
    ],
)  # fmt: skip
def test_the_verdict_sentence(verdict, complete, intended, feasible, sentence):
    introduction = Introduction(intended=intended, feasible_from=feasible, decided_by=("svb",) if feasible else ())
    assert view_of(summary(verdict=verdict, complete=complete, introduction=introduction)).verdict == sentence


ON_TIME = agency(*CAK, levels=(1, 1, 0, 0), feasible_from=None, verdict="uitvoerbaar")
WITH_CONCESSIONS = agency(*UWV, levels=(1, 1, 0, 1), feasible_from=None, verdict="uitvoerbaar")
NO_DATE = agency(*CAK, levels=(1, 1, 0, 3), feasible_from=None)
LATER = agency(*SVB)


@pytest.mark.parametrize(
    ("agencies", "feasible", "end"),
    [
        ((ON_TIME, WITH_CONCESSIONS), None, "De datum in de tekst is haalbaar."),
        ((ON_TIME, silent(*UWV)), None, "De datum in de tekst is haalbaar voor wie reageerde."),
        ((ON_TIME, LATER), JULY, "Niet op de datum in de tekst, wel vanaf 1 juli 2028."),
        ((NO_DATE, LATER), JULY, "Niet op de datum in de tekst, op zijn vroegst vanaf 1 juli 2028."),
        ((NO_DATE,), None, "Uitvoerbaar."),
    ],
)
def test_a_date_that_is_met_is_told_apart_from_a_date_nobody_gave(agencies, feasible, end):
    introduction = Introduction(intended=None, feasible_from=feasible, decided_by=("svb",) if feasible else ())
    view = view_of(summary(agencies=agencies, verdict="uitvoerbaar", introduction=introduction))
    assert view.verdict.endswith(end)
    on_time = agencies[0] is ON_TIME
    assert view.heat.rows[0].feasible == ("datum in de tekst" if on_time else "onbekend")
    assert view.dates[0].when == ("op de datum in de tekst" if on_time else "nog geen datum te geven")


@pytest.mark.parametrize(
    ("agencies", "sentence"),
    [
        ((silent(*SVB), silent(*UWV)), "Geen oordeel: er is geen reactie ontvangen."),
        ((not_ours(*UWV),), "Geen oordeel: het is niet de taak van de gevraagde organisaties."),
        ((no_impact(*CAK), not_ours(*UWV)), "Geen gevolgen voor de uitvoering, zeggen de gevraagde organisaties."),
        ((no_impact(*CAK), silent(*SVB)), "Voor zover nu bekend geen gevolgen voor de uitvoering."),
        ((not_ours(*UWV), silent(*SVB)), "Voor zover nu bekend geen oordeel."),
        ((agency(*SVB, verdict=None),), "Geen oordeel gegeven."),
        ((agency(*SVB, verdict=None), silent(*UWV)), "Voor zover nu bekend geen oordeel."),
    ],
)
def test_without_a_verdict_the_sentence_says_why(agencies, sentence):
    assert view_of(summary(agencies=agencies, verdict=None)).verdict == sentence


def test_who_says_what_is_told_where_agencies_differ_and_only_there():
    veto = agency(*UWV, verdict="niet-uitvoerbaar")
    apart = view_of(summary(agencies=(agency(*SVB), veto, agency(*CAK)), verdict="niet-uitvoerbaar"))
    assert apart.verdict == "Niet uitvoerbaar."
    assert apart.verdicts == (
        "Het strengste oordeel staat hierboven. Niet uitvoerbaar: UWV. Uitvoerbaar, mits: SVB en CAK."
    )
    assert view_of(summary(agencies=(agency(*SVB), agency(*CAK), silent(*UWV)))).verdicts == ""


def test_nobody_asked_is_explained_and_shows_no_empty_figures():
    view = view_of(nobody())
    assert view.verdict.startswith("Geen organisatie hoeft dit uit te voeren")
    assert view.nobody == "Het amendement wijzigt alleen de citeertitel."
    assert (view.facts, view.heat, view.money) == ((), None, None)
    assert "Het amendement wijzigt alleen de citeertitel." in visible(page_of(nobody()))


def test_verdict_sentences_differ_whenever_their_values_do():
    """Fourteen situations that may not look alike; "niet uitvoerbaar" alone does not change with completeness or date."""
    seen = {}
    for verdict, complete, late in product(VERDICTS[:2], (True, False), (None, False, True)):
        feasible = {None: None, False: JANUARY, True: JULY}[late]
        introduction = Introduction(intended=JANUARY, feasible_from=feasible, decided_by=())
        sentence = view_of(summary(verdict=verdict, complete=complete, introduction=introduction)).verdict
        seen.setdefault(sentence, []).append((verdict, complete, late))
    assert all(len(cases) == 1 for cases in seen.values()), seen


# --- complete, in time, silent ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agencies", "sentence"),
    [
        ((agency(*SVB),), "De gevraagde organisatie, SVB, heeft gereageerd. Het overzicht is volledig."),
        ((silent(*SVB),), "De gevraagde organisatie, SVB, heeft niet gereageerd. Het overzicht is onvolledig."),
        (
            (agency(*SVB), no_impact(*CAK)),
            "Alle twee gevraagde organisaties hebben gereageerd. Het overzicht is volledig.",
        ),
        (
            (silent(*SVB), silent(*UWV)),
            "Geen van de twee gevraagde organisaties heeft gereageerd. Het overzicht is onvolledig.",
        ),
        (
            (agency(*SVB), silent(*CAK), silent(*UWV)),
            "Een van de drie gevraagde organisaties heeft gereageerd. Niet gereageerd: CAK en UWV. Het overzicht is onvolledig.",
        ),
    ],
)
def test_the_completeness_sentence(agencies, sentence):
    assert view_of(summary(agencies=agencies)).completeness == sentence


@pytest.mark.parametrize(
    ("before", "vote", "end"),
    [
        (True, VOTE, "vóór de stemming van dinsdag 8 december 2026, 16.00 uur."),
        (False, VOTE.replace(day=1), "na de stemming van dinsdag 1 december 2026, 16.00 uur."),
        (None, None, "Er is nog geen moment van stemming bekend."),
    ],
)
def test_the_in_time_sentence_is_in_the_time_of_the_hague(before, vote, end):
    said = view_of(summary(before_vote=before, vote=vote)).in_time
    assert said.startswith("Gepubliceerd op vrijdag 4 december 2026, 10.05 uur")
    assert said.endswith(end)


def test_silence_never_looks_like_no_impact():
    view = view_of(summary())
    rows = {row.anchor_code: row for row in view.heat.rows}
    assert rows["dienst-toeslagen"].merged == "geen reactie ontvangen"
    assert rows["cak"].merged == "geen gevolgen"
    assert rows["dienst-toeslagen"].cells == ()
    assert (rows["dienst-toeslagen"].feasible, rows["dienst-toeslagen"].verdict) == ("onbekend", "onbekend")
    assert view.silence == (
        "Geen reactie ontvangen van Toeslagen. Dat betekent niet dat er geen gevolgen zijn. "
        "Reden om de ronde af te ronden: De stemming is morgen.",
    )


# --- figures ---------------------------------------------------------------------------------------------------------


def test_figures_say_minimal_and_who_is_missing():
    heaviest, feasible, costs, staff = view_of(summary()).facts
    assert (heaviest.value, heaviest.level) == ("ingrijpend", 3)
    assert "IT-systemen (SVB)" in heaviest.note
    assert (feasible.label, feasible.value) == ("Haalbaar op zijn vroegst vanaf", "1 juli 2028")
    assert feasible.note == "18 maanden later (gevraagd: 1 januari 2027); volgens SVB"
    assert (costs.label, costs.value, costs.note) == (
        "Kosten (minimaal)", "€ 2,4 tot 6 mln eenmalig", "€ 800.000 per jaar; 1 opgave ontbreekt",
    )  # fmt: skip
    assert (staff.label, staff.value, staff.note) == (
        "Personeel (minimaal)",
        "4,0 tot 9,0 fte per jaar",
        "1 opgave ontbreekt",
    )


def test_figures_nobody_gave_are_not_zero():
    bare = summary(
        agencies=(silent(*SVB),),
        verdict=None,
        costs=TotalCosts(once=None, yearly=None, incomplete=("svb",)),
        staff=TotalStaff(once=None, yearly=None, incomplete=("svb",)),
        introduction=Introduction(intended=None, feasible_from=None, decided_by=()),
    )
    values = [fact.value for fact in view_of(bare).facts]
    assert values == ["onbekend", "niet opgegeven", "niet opgegeven", "niet opgegeven"]
    assert not any("0" in value for value in values)


def test_a_single_veto_stays_visible_beside_the_worst_level():
    assert (
        view_of(summary()).heat.worst_lines[0]
        == "IT-systemen: ingrijpend bij 1 van 4 (SVB); 1 organisatie geeft geen antwoord."
    )


def test_the_same_condition_of_two_agencies_stands_once_with_both():
    shared = view_of(summary()).conditions[0]
    assert (shared.text, shared.who) == (
        "De grondslag voor het delen van inkomensgegevens staat in de wet.",
        "Gemeenten en SVB",
    )


@pytest.mark.parametrize(
    ("kind", "value", "options", "shown"),
    [
        ("tekst", "In de zomer", (), "In de zomer"),
        ("datum", "2027-03-01", (), "1 maart 2027"),
        ("datum", "onbekend", (), "onbekend"),
        ("getal", Figures(low=12000, high=15500.5), (), "12.000 tot 15.500,5"),
        ("getal", Figures(low=9_999_999_999_999, high=9_999_999_999_999), (), "9.999.999.999.999"),
        ("bedrag", Figures(low=5000, high=5000), (), "€ 5.000"),
        ("fte", Figures(low=1, high=2.5), (), "1,0 tot 2,5 fte"),
        ("ja-nee", True, (), "Ja"),
        ("ja-nee", False, (), "Nee"),
        ("keuze", "steekproef", ("Ja, met steekproeven",), "Ja, met steekproeven"),
        ("meerkeuze", ("a", "b"), ("Het ene", "Het andere"), "Het ene en Het andere"),
    ],
)
def test_each_kind_of_answer_is_written_for_a_dutch_reader(kind, value, options, shown):
    line = AnswerLine(question="v", question_text="Vraag?", kind=kind, value=value, option_texts=options)
    [detail] = view_of(summary(agencies=(agency(*SVB, answers=(line,)),))).agencies
    assert {part.label: part.lines for part in detail.parts}["Andere antwoorden"] == (f"Vraag? {shown}",)


def test_why_each_agency_was_asked_rests_on_quoted_words():
    asked = {row.name: row for row in view_of(summary()).asked}
    assert asked["Sociale Verzekeringsbank"].reasons[0].quote == "kent de toeslag ambtshalve toe"
    added = view_of(summary(agencies=(agency("rdw", "RDW", "RDW", why_asked=()),))).asked[0]
    assert added.none == "Toegevoegd door de coördinator."


def test_every_contradiction_has_a_sentence_for_readers_who_did_not_write_it():
    assert set(CONTRADICTIONS) == set(contradictions.CONTRADICTIONS)
    assert not any(sentence.startswith(("U ", "Is er")) for sentence in CONTRADICTIONS.values())


def test_more_agencies_than_a_sentence_can_hold_are_counted():
    many = tuple(agency(f"o{at}", f"Organisatie {at}", f"O{at}") for at in range(9))
    heaviest = view_of(summary(agencies=many)).facts[0]
    assert heaviest.note == "IT-systemen (9 organisaties)"


def test_who_was_proposed_and_not_asked_is_named():
    assert "Wel voorgesteld, niet gevraagd: Dienst Uitvoering Onderwijs." in view_of(summary()).asked_notes


def test_a_correction_says_so_and_why():
    second = summary(version=2, number="2026-4821-v2", correction="Een bedrag was te laag.")
    assert view_of(second).correction == "Dit is een rectificatie. Reden: Een bedrag was te laag."
    assert view_of(summary()).correction is None


def test_the_digest_can_be_followed_by_eye():
    sealed = seal(summary())
    view = summary_view(sealed.document)
    assert view.provenance.digest_groups.replace(" ", "") == sealed.sha256
    assert grouped("0123456789") == "0123 4567 89"


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [summary(), nobody(), summary(version=2, correction="Hersteld.", vote=None, before_vote=None)]
)
def test_every_text_of_the_view_is_on_the_page(value):
    """The dates of the timeline are drawn there, in its own short words; all else stands there to the letter."""
    shown, view = visible(page_of(value)), view_of(value)
    drawn = {text for row in view.dates for text in (row.when, row.against) if row.date_iso}
    assert {text for text in texts(asdict(view)) if " ".join(text.split()) not in shown} <= drawn


def test_the_page_has_no_script_and_no_style_attribute():
    page = page_of(summary())
    assert re.findall(r"<script[^>]*>", page) == ['<script type="application/ld+json">']  # data, which no browser runs
    assert " style=" not in page


def test_what_agencies_type_is_never_markup():
    evil = '<script>alert(1)</script> {{ 7*7 }} "onmouseover="x'
    page = page_of(
        summary(amendment=amendment(title=evil, text=evil), agencies=(agency(*SVB, changes=evil, conditions=(evil,)),))
    )
    assert "<script>" not in page
    assert " ".join(evil.split()) in visible(page)


def test_the_mark_is_on_top_and_only_when_there_is_one():
    mark = "Dit amendement is ingetrokken."
    page = page_of(summary(), mark)
    assert page.index(mark) < page.index("<h1>")
    assert mark not in page_of(summary())


def test_the_page_leads_to_pdf_json_and_checking():
    page = page_of(summary())
    for href in ("/publicaties/2026-4821-v1.pdf", "/publicaties/2026-4821-v1.json", "/controleren"):
        assert f'href="{href}"' in page


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(FOUR), unique_by=lambda a: a.code, max_size=5), st.booleans())
def test_any_mix_of_agencies_can_be_shown(agencies, with_dates):
    changed = {} if with_dates else {"introduction": Introduction(intended=None, feasible_from=None, decided_by=())}
    value = summary(agencies=tuple(agencies), **changed)
    view = view_of(value)
    assert (len(view.heat.rows) if view.heat else 0) == len(view.agencies) == len(agencies)
    assert all(a.name in visible(page_of(value)) for a in agencies)
