"""All answers once more: what is missing, what it comes to, and why."""

from __future__ import annotations

from tests.unit.presentation.questionnaire_samples import RUBRIC, rubric_of, stored
from uitvoeringsscan.assessments.answers import read_answers
from uitvoeringsscan.assessments.assessment import RawAnswers
from uitvoeringsscan.presentation.questionnaire_check import (
    answer_groups,
    level_lines,
    missing,
    question_href,
    warning_lines,
)
from uitvoeringsscan.scoring.rules import score
from uitvoeringsscan.scoring.score import AgencyScore

WEIGHED = rubric_of("""
- code: een
  titel: Een
  vragen:
    - code: it
      vraag: Wat moet er veranderen?
      soort: keuze
      dimensie: it-systemen
      verplicht: true
      openbaar: true
      opties:
        - {code: niets, tekst: Niets, niveau: 0}
        - {code: veel, tekst: Heel veel, niveau: 3}
    - code: planning
      vraag: Past het?
      soort: keuze
      dimensie: it-systemen
      verplicht: true
      openbaar: true
      opties:
        - {code: ja, tekst: "Ja", niveau: 0}
        - {code: nee, tekst: "Nee", niveau: 2}
    - code: oordeel
      vraag: Kan het?
      soort: keuze
      levert: oordeel
      verplicht: true
      openbaar: true
      opties:
        - {code: uitvoerbaar, tekst: Kan}
        - {code: uitvoerbaar-mits, tekst: Mits}
        - {code: niet-uitvoerbaar, tekst: Niet}
        - {code: nog-niet-te-beoordelen, tekst: Later}
""")


def weigh(**values: str) -> AgencyScore:
    return score(WEIGHED, read_answers(WEIGHED, values, {}, complete=False))


def test_rows_are_grouped_and_only_what_applies_is_shown() -> None:
    groups = answer_groups(RUBRIC, stored(raakt=False, waarom="Daarom."), "/u/1")
    assert [(group.title, [row.code for row in group.rows]) for group in groups] == [
        ("Een", ["raakt"]),
        ("Twee", ["waarom"]),
    ]


def test_a_row_says_what_was_answered_and_leads_to_its_field() -> None:
    draft = RawAnswers(values={"raakt": True, "hoeveel": {"laag": 1, "hoog": 2}}, explanations={"hoeveel": "Ongeveer."})
    row = answer_groups(RUBRIC, draft, "/u/1")[0].rows[1]
    assert (row.answer, row.explanation, row.href) == ("€ 1 tot € 2", "Ongeveer.", "/u/1/onderdeel/een#veld-hoeveel")
    assert answer_groups(RUBRIC, draft, None)[0].rows[1].href is None
    assert answer_groups(RUBRIC, draft, "/u/1")[0].rows[2].answer is None


def test_an_answer_shows_what_it_counts_as() -> None:
    rows = answer_groups(WEIGHED, stored(it="veel", planning="onbekend"), None)[0].rows
    assert [row.level for row in rows] == [3, None, None]
    assert rows[1].answer == "Onbekend"


def test_missing_are_the_required_questions_that_apply() -> None:
    assert [link.href for link in missing(RUBRIC, stored(), "/u/1")] == ["/u/1/onderdeel/een#veld-raakt"]
    assert [link.message for link in missing(RUBRIC, stored(raakt=True), "/u/1")] == ["Hoeveel kost het?", "Wanneer?"]
    assert missing(RUBRIC, stored(raakt=True, hoeveel="onbekend", wanneer="2027-01-01"), "/u/1") == []


def test_a_level_says_which_answer_made_it_and_what_is_unknown() -> None:
    line = level_lines(weigh(it="veel", planning="onbekend"))[0]
    assert (line.dimension, line.level, line.at_least) == ("IT-systemen", 3, True)
    assert line.because == "Door het antwoord “Heel veel” bij “Wat moet er veranderen?”. Onbekend bij “Past het?”."


def test_answers_of_the_same_weight_are_both_named() -> None:
    assert level_lines(weigh(it="niets", planning="ja"))[0].because == (
        "Door het antwoord “Niets” bij “Wat moet er veranderen?” en “Ja” bij “Past het?”."
    )


def test_a_draft_says_what_was_not_answered() -> None:
    line = level_lines(weigh(it="veel"))[0]
    assert line.because.endswith("Nog niet beantwoord: “Past het?”.")
    assert level_lines(weigh(it="veel"))[1].because.startswith("Geen van de vragen")


def test_no_levels_while_nothing_weighs() -> None:
    assert level_lines(score(RUBRIC, read_answers(RUBRIC, {"raakt": True}, {}, complete=False))) == []


def test_warnings_lead_to_their_answers() -> None:
    found = warning_lines(WEIGHED, weigh(it="veel", planning="ja", oordeel="uitvoerbaar"))
    hrefs = {link.href for line in found for link in line.questions}
    assert {"#rij-it", "#rij-oordeel"} <= hrefs


def test_the_way_to_a_question() -> None:
    assert question_href(RUBRIC, "waarom", "/u/1") == "/u/1/onderdeel/twee#veld-waarom"
    assert question_href(RUBRIC, "bestaat-niet", "/u/1") is None
