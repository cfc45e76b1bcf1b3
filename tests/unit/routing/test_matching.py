"""The mechanism, with a register of five agencies and three acts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.routing.conftest import Route
from uitvoeringsscan.amendments.amendment import Source
from uitvoeringsscan.amendments.bill import BillTable, read_bill
from uitvoeringsscan.amendments.parsing import parse
from uitvoeringsscan.routing.matching import NOTHING_FOUND, propose
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.routing.routing import Advice, Routing

EARLY = "Ontvangen 3 maart 2015\n"
OPENING = "De ondergetekende stelt het volgende amendement voor:\n"


def amendment(change: str, note: str = "De indiener vindt dit beter.", received: str = "") -> str:
    return f"{received}{OPENING}{change}\nToelichting\n{note}\n"


def considered(routing: Routing) -> set[str]:
    return {p.agency for p in routing.proposals if p.advice is Advice.CONSIDER}


def signals(routing: Routing, agency: str) -> set[str]:
    return {e.signal for p in routing.proposals if p.agency == agency for e in p.evidence}


# -- which act, by which road


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ("Artikel 5 van de Steunwet wordt als volgt gewijzigd: het eerste lid vervalt.", None),
        (
            "Na artikel II wordt een artikel ingevoegd, luidende:\nARTIKEL IIA\n"
            "De Steunwet wordt als volgt gewijzigd:\nArtikel 5 vervalt.",
            "Wijziging van de Viswet 2004",
        ),
        (
            "In artikel I, onderdeel B, wordt «5» vervangen door «6».",
            "Wijziging van de Steunwet in verband met hogere steun",
        ),
        (
            "In artikel II, onderdeel B, wordt «5» vervangen door «6».",
            "Wijziging van de Opschriftwet en de Steunwet (hogere steun)",
        ),
        (
            "In artikel II, onderdeel B, wordt «5» vervangen door «6».",
            "Wijziging van de Wet inzake kaaskeuring en de Steunwet in verband met de Viswet 2004",
        ),
        ("In artikel 5 wordt «5» vervangen door «6».", "Regels over steun (Steunwet)"),
        ("In artikel 5 wordt «5» vervangen door «6».", "Steunwet"),
        ("In artikel I, onderdeel C, wordt «5» vervangen door «6».", "Invoeringswet Steunwet"),
    ],
)
def test_the_act_is_found(route: Route, change: str, title: str | None) -> None:
    assert set(route(amendment(change), title).asked) == {"bank"}


def test_the_note_names_the_act_with_the_changed_article(route: Route) -> None:
    text = amendment(
        "In artikel 5, eerste lid, wordt «5» vervangen door «6».", "Dit wijzigt artikel 5 van de Steunwet."
    )
    assert route(text).asked == ("bank",)


def test_an_act_that_the_note_only_mentions_does_not_decide(route: Route) -> None:
    text = amendment("In artikel 5, eerste lid, wordt «5» vervangen door «6».", "De Steunwet kent dit ook.")
    routing = route(text)
    assert routing.asked == ()
    assert considered(routing) == {"bank"}


def test_a_cited_act_is_not_a_changed_act(route: Route) -> None:
    change = "Aan artikel I, onderdeel A, wordt toegevoegd: of een kaart als bedoeld in artikel 5 van de Steunwet."
    routing = route(amendment(change, received=EARLY), "Wijziging van de Viswet 2004")
    assert "keuring" in routing.asked
    assert "bank" in considered(routing)


def test_the_bill_tells_which_act_an_article_changes(route: Route, small: Register) -> None:
    bill = read_bill(
        "ARTIKEL I\nDe Opschriftwet wordt als volgt gewijzigd:\nA\nX.\nARTIKEL IV\nDe Steunwet wordt als volgt gewijzigd:\nA\nX.",
        small.law_index(),
    )
    text = amendment("In artikel IV, onderdeel B, wordt «5» vervangen door «6».")
    title = "Wijziging van enkele wetten (Verzamelwet 2030)"
    assert route(text, title, BillTable()).asked == ()
    assert route(text, title, bill).asked == ("bank",)


def test_two_possible_acts_of_one_executor_are_as_good_as_one(route: Route) -> None:
    text = amendment("In artikel VIII wordt «5» vervangen door «6».", received=EARLY)
    routing = route(text, "Wijziging van de Viswet 2004, de Opschriftwet en de Steunwet")
    assert routing.asked == ()
    assert considered(routing) >= {"bank", "keuring"}


# -- who, within the act


def test_articles_decide_between_executors(route: Route) -> None:
    title = "Regels over steun (Steunwet)"
    assert set(route(amendment("In artikel 12 wordt «5» vervangen door «6»."), title).asked) == {"bank", "dorpen"}
    assert set(route(amendment("In artikel 20 wordt «5» vervangen door «6»."), title).asked) == {"bank"}


def test_words_in_the_change_bring_in_an_executor(route: Route) -> None:
    title = "Regels over steun (Steunwet)"
    text = amendment("In artikel 20 wordt «waarschuwing» vervangen door: boete.")
    assert set(route(text, title).asked) == {"bank", "hof"}


@pytest.mark.parametrize(
    ("change", "note", "asked"),
    [
        ("In artikel 5 wordt «5» vervangen door: een tekening.", "Beter.", {"kaart"}),
        ("In artikel 5 wordt «5» vervangen door: 6.", "Dit amendement gaat over tekeningen.", {"kaart"}),
        ("In artikel 41 wordt «5» vervangen door: 6.", "Beter. Velen willen dit. Ook tekeningen zijn leuk.", {"hof"}),
        ("In artikel 5 wordt «5» vervangen door: 6.", "Beter. Velen willen dit. Ook tekeningen zijn leuk.", {"kaart"}),
        ("In artikel 5 wordt «5» vervangen door: 6.", "Beter. Velen willen dit. Ook ruiten zijn leuk.", set()),
    ],
)
def test_the_rest_of_the_note_counts_only_where_nothing_else_decides(
    route: Route, change: str, note: str, asked: set[str]
) -> None:
    assert set(route(amendment(change, note), "Regels over ambacht (Ambachtswet)").asked) == asked


def test_who_takes_no_part_is_offered_and_that_is_said(route: Route) -> None:
    routing = route(amendment("In artikel 9 wordt «Onze Minister» vervangen door «de gildemeester»."))
    assert routing.asked == ()
    assert considered(routing) == {"gilde"}
    assert routing.nobody == "Dit raakt alleen organisaties die nog geen uitvragen krijgen: Gilde."


def test_without_a_date_the_number_of_the_dossier_dates_it(route: Route) -> None:
    text = "{} Wijziging van de Viswet 2004\nNr. 7 AMENDEMENT VAN HET LID VOORBEELD\n" + amendment(
        "In artikel I wordt «5» vervangen door «6»."
    )
    assert "keuring" in route(text.format("31 500")).asked
    assert "keuring" not in route(text.format("36 500")).asked


def test_a_mandate_ends(route: Route) -> None:
    text = "In artikel I wordt «5» vervangen door «6»."
    title = "Wijziging van de Viswet 2004"
    assert "keuring" in route(amendment(text, received=EARLY), title).asked
    assert "keuring" not in route(amendment(text, received="Ontvangen 3 maart 2021\n"), title).asked


def test_an_act_without_executor_says_why(route: Route) -> None:
    routing = route(amendment("In artikel I wordt «5» vervangen door «6»."), "Wijziging van de Opschriftwet")
    assert routing.asked == ()
    assert routing.nobody == "Deze wet bindt alleen ministers."


# -- who is named


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ("Aan artikel 9 wordt een zin toegevoegd, luidende: De Uitkeringsbank zendt een bericht.", {"bank"}),
        ("Aan artikel 9 wordt een zin toegevoegd, luidende: De Oude Bank zendt een bericht.", {"bank"}),
        ("In artikel 9 wordt «Onze Minister» vervangen door «het dorpsbestuur».", {"dorpen"}),
        ("In artikel 9 wordt «de Uitkeringsbank» vervangen door «het dorpsbestuur».", {"bank", "dorpen"}),
        ("Aan artikel 9 wordt een zin toegevoegd, luidende: Onze Minister besluit, gehoord de Uitkeringsbank.", set()),
        ("In artikel 9 wordt na «stad» ingevoegd: of dorp.", set()),
        ("In artikel 9 wordt na «stad» ingevoegd: of ub.", set()),
    ],
)
def test_who_acts_in_the_new_wording(route: Route, change: str, asked: set[str]) -> None:
    assert set(route(amendment(change)).asked) == asked


def test_wording_means_somebody_only_within_an_act_that_he_executes(route: Route) -> None:
    change = "Aan artikel 9 wordt een zin toegevoegd, luidende: De keurmeester en de inspecteur tekenen samen."
    fish = route(amendment(change), "Regels over vis (Viswet 2004)")
    assert {"formulering:de-keurmeester", "formulering:de-inspecteur"} <= signals(fish, "keuring")
    assert "keuring" not in {p.agency for p in route(amendment(change), "Regels over steun (Steunwet)").proposals}


@pytest.mark.parametrize(
    ("note", "mentioned"),
    [
        ("Uit cijfers van de Uitkeringsbank komt iets naar voren.", False),
        ("De Uitkeringsbank heeft geen rol en moet niets doen.", False),
        ("De Uitkeringsbank beoordeelt dit.", True),
    ],
)
def test_being_named_in_the_note_is_not_executing(route: Route, note: str, mentioned: bool) -> None:
    routing = route(amendment("In artikel 9 wordt «5» vervangen door «6».", note))
    assert routing.asked == ()
    assert considered(routing) == ({"bank"} if mentioned else set())


def test_a_name_inside_the_name_of_an_act_is_no_agency(route: Route) -> None:
    change = "In artikel 9 wordt «5» vervangen door «artikel 3 van de Wet op de Uitkeringsbank»."
    assert route(amendment(change)).asked == ()


# -- topics


def test_a_topic_decides_only_where_no_act_does(route: Route) -> None:
    note = "De visserij en de visserijsector hebben hier baat bij."
    assert route(amendment("In artikel III wordt «5» vervangen door «6».", note)).asked == ("keuring",)
    with_act = route(amendment("In artikel I wordt «5» vervangen door «6».", note), "Wijziging van de Steunwet")
    assert with_act.asked == ("bank",)
    assert "keuring" in considered(with_act)


def test_a_topic_may_only_suggest(route: Route) -> None:
    routing = route(amendment("In artikel III wordt «kaart» vervangen door «zeekaart».", "Zeekaarten zijn beter."))
    assert routing.asked == ()
    assert considered(routing) == {"kaart"}


def test_a_supplier_is_offered(route: Route) -> None:
    routing = route(amendment("In artikel I wordt «5» vervangen door «6»."), "Wijziging van de Steunwet")
    assert "keten:bank" in signals(routing, "kaart")
    assert "kaart" in considered(routing)


# -- nobody


@pytest.mark.parametrize(
    ("change", "note", "explanation"),
    [
        ("In het opschrift wordt «steun» vervangen door «hulp».", "Beter.", "Alleen het opschrift verandert."),
        (
            "Na artikel 9 wordt een artikel ingevoegd, luidende:\nArtikel 9a\n"
            "Onze Minister zendt binnen drie jaar een verslag over de doeltreffendheid van deze wet.",
            "Beter.",
            "Alleen een evaluatie.",
        ),
        (
            "In artikel 30 wordt «vijf jaar» vervangen door «drie jaar».",
            "De evaluatie komt eerder.",
            "Alleen een evaluatie.",
        ),
        (
            "In artikel 30 wordt «artikel 4» vervangen door: artikel 5.",
            "Dit is louter redactioneel.",
            "Alleen een fout hersteld.",
        ),
    ],
)
def test_changes_that_ask_nothing(route: Route, change: str, note: str, explanation: str) -> None:
    routing = route(amendment(change, note), "Regels over steun (Steunwet)")
    assert routing.asked == ()
    assert routing.nobody == explanation
    assert considered(routing) == {"bank"} or "bank" in considered(routing)


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ("I\nIn het opschrift wordt «steun» vervangen door «hulp».\nII\nArtikel 5 vervalt.", "Beter."),
        ("In artikel 30 wordt «vijf euro» vervangen door «drie euro».", "De evaluatie liet dit zien."),
        (
            "Aan artikel 9 wordt een lid toegevoegd, luidende: "
            "3. De Uitkeringsbank schrijft een verslag over de doeltreffendheid.",
            "Beter.",
        ),
    ],
)
def test_one_real_change_keeps_its_weight(route: Route, change: str, note: str) -> None:
    assert "bank" in route(amendment(change, note), "Regels over steun (Steunwet)").asked


def test_nothing_found_is_said(route: Route) -> None:
    routing = route(amendment("In artikel 3 wordt «rood» vervangen door «blauw»."))
    assert routing.proposals == ()
    assert routing.nobody == NOTHING_FOUND


# -- budgets

BUDGET = "Vaststelling van de begrotingsstaten van het Ministerie van Hulp (XV) voor het jaar 2030"
MORE = (
    "De departementale begrotingsstaat wordt als volgt gewijzigd:\nIn artikel {} worden het verplichtingenbedrag en het "
    "uitgavenbedrag verhoogd met € 10 (x € 1.000)."
)


@pytest.mark.parametrize(
    ("article", "note", "asked"),
    [
        ("4 Steun en hulp", "Meer geld is nodig.", set()),
        ("4 Steun en hulp", "De steunuitkering wordt verhoogd.", {"bank"}),
        ("9 Overig", "De dekking is gevonden in de steunuitkering, die niet wordt verhoogd.", set()),
        ("9 Overig", "Er komt een miljoen extra voor de Keuringsdienst Vis.", {"keuring"}),
        ("9 Overig", "De Keuringsdienst Vis is tevreden.", set()),
        ("9 Overig", "Er komt een miljoen extra voor dorpen.", set()),
    ],
)
def test_money_changes_a_task_only_where_it_shows(route: Route, article: str, note: str, asked: set[str]) -> None:
    routing = route(amendment(MORE.format(article), note), BUDGET)
    assert set(routing.asked) == asked
    assert (routing.nobody is None) == bool(asked)


# -- what always holds


def check(text: str, title: str | None, routing: Routing) -> None:
    assert (routing.nobody is None) == bool(routing.asked)
    for proposal in routing.proposals:
        assert proposal.evidence
        for evidence in proposal.evidence:
            where = title if evidence.source is Source.TITLE and title is not None else text
            if title is not None or evidence.source is not Source.TITLE:
                assert evidence.quote == evidence.span.quote(where) != ""
            assert evidence.explanation.strip() == evidence.explanation
            assert proposal.advice is Advice.ASK or not evidence.decisive


WORDS = st.sampled_from(
    "artikel 5 I II « » . : \n wordt vervangen door luidende de het Steunwet Viswet 2004 Uitkeringsbank dorp college vis "
    "visserij boete In Toelichting dekking miljoen kan bedoeld in opschrift evaluatie jaar drie verslag".split(" ")
)


@given(st.lists(WORDS, max_size=60).map(" ".join), st.none() | st.lists(WORDS, max_size=12).map(" ".join))
def test_any_text_is_answered_with_quotes_to_the_letter(small: Register, text: str, title: str | None) -> None:
    whole = amendment(text)
    parsed = parse(whole, small.law_index(), title)
    routing = propose(whole, title, parsed, small)
    check(whole, title, routing)
    assert routing == propose(whole, title, parsed, small)


@given(st.text(max_size=400), st.none() | st.text(max_size=80))
def test_no_text_is_too_strange(small: Register, text: str, title: str | None) -> None:
    check(text, title, propose(text, title, parse(text, small.law_index(), title), small))
