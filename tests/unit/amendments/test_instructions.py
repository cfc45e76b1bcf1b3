"""The parts, what they change, and what they quote."""

from __future__ import annotations

import pytest

from tests.unit.amendments.papers import paper
from uitvoeringsscan.amendments.parsing import parse


def parts(body: str, **others: str) -> list[tuple[str | None, str | None]]:
    return [(part.number, part.target) for part in parse(paper(body, **others)).instructions]


def quoted(body: str) -> list[str]:
    text = paper(body)
    return [quote.quote(text) for part in parse(text).instructions for quote in part.quoted]


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        (
            "In artikel I, onderdeel V, artikel 673, tweede lid, vervalt «ten minste».",
            "artikel I, onderdeel V, artikel 673, tweede lid",
        ),
        (
            "In artikel I, onderdeel V, wordt artikel 673 als volgt gewijzigd:\n\n1. In het eerste lid vervalt «x».",
            "artikel I, onderdeel V, artikel 673, eerste lid",
        ),
        ("Artikel 7 vervalt.", "artikel 7"),
        ("In artikel 7.3 vervalt het zesde lid.", "artikel 7.3, zesde lid"),
        ("Aan het derde lid van artikel 7 wordt een zin toegevoegd, luidende: Zo is het.", "artikel 7, derde lid"),
        ("Na artikel 1.1 wordt een artikel ingevoegd, luidende:\n\nArtikel 1.1a\n\nIeder telt.", "na artikel 1.1"),
        (
            "In artikel I wordt na onderdeel G.3 een onderdeel ingevoegd, luidende:\n\nGa\n\nArtikel 4 vervalt.",
            "artikel I, na onderdeel G.3",
        ),
        (
            "In artikel II, onderdeel IJ, wordt in het voorgestelde artikel 8:8, vierde lid, «a» vervangen door «b».",
            "artikel II, onderdeel IJ, artikel 8:8, vierde lid",
        ),
        ("In artikel 1a:1 wordt «a» vervangen door «b».", "artikel 1a:1"),
        ("In artikel 7:668a vervalt «a».", "artikel 7:668a"),
        (
            "In artikel II, onderdeel G, worden aan artikel 126nba, negende lid, twee volzinnen toegevoegd, "
            "luidende: A. B.",
            "artikel II, onderdeel G, artikel 126nba, negende lid",
        ),
        ("In artikel 33Ab, eerste lid, vervalt «a».", "artikel 33Ab, eerste lid"),
        ("In artikel 10a2 vervalt «a».", "artikel 10a2"),
        (
            "In artikel I, onderdeel L, artikel J 8, worden aan het derde lid drie volzinnen toegevoegd, luidende: A.",
            "artikel I, onderdeel L, artikel J 8, derde lid",
        ),
        ("In artikel XXXIX, onderdeel A, onder 4, vervalt «a».", "artikel XXXIX, onderdeel A, onder 4"),
        ("In hoofdstuk 1, onderdeel E, vervalt «a».", "hoofdstuk 1, onderdeel E"),
        ("Het enig artikel wordt als volgt gewijzigd:\n\n1. Het tweede lid vervalt.", "enig artikel, tweede lid"),
        (
            "In artikel 12, eenentwintigste lid, onderdeel nn, vervalt «a».",
            "artikel 12, eenentwintigste lid, onderdeel nn",
        ),
        ("In artikel 12, lid 3, wordt «artikel 99» vervangen door «artikel 98».", "artikel 12, lid 3"),
        ("De artikelen 22 tot en met 26 vervallen.", "artikelen 22 tot en met 26"),
        ("In het opschrift vervalt: verantwoorde.", "opschrift"),
        ("In de beweegreden vervalt «a».", "beweegreden"),
        ("In artikel 3, eerste lid, aanhef, vervalt «a».", "artikel 3, eerste lid, aanhef"),
        ("In additioneel artikel IX vervalt «a».", "artikel IX"),
        ("Nu dit.", None),
    ],
)
def test_targets(sentence: str, target: str | None) -> None:
    assert parts(sentence) == [(None, target)]


def test_parts_go_by_roman_numerals_on_lines_of_their_own() -> None:
    body = (
        "I\n\nArtikel 1 vervalt.\n\nII\n\nArtikel 2 vervalt.\n\nIIa\n\nArtikel 3 vervalt.\n\nIII\n\nArtikel 4 vervalt."
    )
    assert parts(body) == [("I", "artikel 1"), ("II", "artikel 2"), ("IIa", "artikel 3"), ("III", "artikel 4")]


def test_the_first_number_may_be_missing() -> None:
    assert parts("Artikel 1 vervalt.\n\nII\n\nArtikel 2 vervalt.") == [(None, "artikel 1"), ("II", "artikel 2")]


def test_a_number_may_share_its_line_or_be_put_in_front() -> None:
    assert parts("I In artikel 1 vervalt «a».\nII Artikel 2 vervalt.") == [("I", "artikel 1"), ("II", "artikel 2")]
    assert parts("I. In artikel 1 vervalt «a».\nII. Artikel 2 vervalt.") == [("I", "artikel 1"), ("II", "artikel 2")]
    assert parts("0I\n\nArtikel 9 vervalt.\n\nI\n\nArtikel 1 vervalt.") == [("0I", "artikel 9"), ("I", "artikel 1")]
    assert parts("01.\n\nArtikel 9 vervalt.\n\nI\n\nArtikel 1 vervalt.") == [("01", "artikel 9"), ("I", "artikel 1")]


def test_letters_and_digits_at_the_outer_level() -> None:
    assert parts("A\n\nArtikel 1 vervalt.\n\nB\n\nArtikel 2 vervalt.") == [("A", "artikel 1"), ("B", "artikel 2")]
    assert parts("1. Artikel 1 vervalt.\n2. Artikel 2 vervalt.") == [("1", "artikel 1"), ("2", "artikel 2")]


def test_a_roman_out_of_turn_is_no_part() -> None:
    table = "I\n\nDe tarieftabel in artikel 1 wordt vervangen door:\n\nI |\nII |\n\nV\n\nIV\n\nII\n\nArtikel 2 vervalt."
    assert [number for number, _ in parts(table)] == ["I", "II"]
    letters = (
        "Artikel I wordt als volgt gewijzigd:\n\nH\n\nArtikel 1 vervalt.\n\nI\n\nArtikel 2 "
        "vervalt.\n\nJ\n\nArtikel 3 vervalt."
    )
    assert [number for number, _ in parts(letters)] == [None]


def test_the_columns_of_a_table_are_no_parts() -> None:
    body = "I\n\nDe tabel in artikel 1 wordt vervangen door:\n\nI\nII\nIII\nIV\n8%\n\nII\n\nArtikel 2 vervalt."
    assert parts(body) == [("I", "tabel, artikel 1"), ("II", "artikel 2")]


def test_a_lost_number_does_not_lose_the_parts_behind_it() -> None:
    assert parts("I\n\nArtikel 1 vervalt.\n\nIII\n\nArtikel 3 vervalt.") == [("I", "artikel 1"), ("III", "artikel 3")]


def test_wrapped_lines_do_not_make_parts() -> None:
    body = "In artikel\nI, onderdeel B, wordt «de burgemeester» vervangen\ndoor: het college."
    assert parts(body) == [(None, "artikel I, onderdeel B")]


def test_a_text_that_lost_its_line_ends() -> None:
    text = (
        "Vergaderjaar 2030Œ2031 39 812Regels over regen (Regenwet) Nr. 63 GEWIJZIGD AMENDEMENT VAN HET LID JANSEN "
        "TER VERVANGING VAN "
        "DAT GEDRUKT ONDER NR. 61 Ontvangen 17 november 2030 De ondergetekende stelt het volgende amendement voor: "
        "IIn artikel 1 vervalt "
        "«a». IIArtikel 2, tweede lid, vervalt. Toelichting Dit amendement regelt iets. Jansen"
    )
    parsed = parse(text)
    assert [(p.number, p.target) for p in parsed.instructions] == [("I", "artikel 1"), ("II", "artikel 2, tweede lid")]
    assert parsed.note is not None
    assert parsed.note.quote(text) == "Dit amendement regelt iets."
    assert [person.value for person in parsed.submitters] == ["Jansen"]


def test_quoted_words_are_kept_apart_with_commas_points_and_numbers() -> None:
    assert quoted("In artikel 3 wordt «artikel 4, derde lid, van de Wet X.» vervangen door “artikel 5.”.") == [
        "artikel 4, derde lid, van de Wet X.",
        "artikel 5.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "komt te luiden:",
        "wordt vervangen door:",
        "wordt vervangen\ndoor:",
        "wordt een lid toegevoegd, luidende:",
        "wordt een lid toegevoegd, dat luidt:",
    ],
)
def test_new_wording_starts_after_these_words(words: str) -> None:
    new = "3. Het college meet elke dag.\n4. In artikel 9 bedoelde metingen tellen mee."
    assert quoted(f"In artikel 3, derde lid, {words}\n\n{new}") == [new]


def test_new_wording_ends_where_the_list_goes_on() -> None:
    body = (
        "Artikel 3 wordt als volgt gewijzigd:\n\n1. Het eerste lid komt te luiden:\n\n1. Wie meet, meldt dat.\n2. "
        "De melding is gratis.\n\n"
        "2. In het tweede lid vervalt «snel».\n\n3. Er worden twee leden toegevoegd, luidende:\n\n3. De raad ziet "
        "toe.\n4. Hij meldt dat."
    )
    assert quoted(body) == [
        "1. Wie meet, meldt dat.\n2. De melding is gratis.",
        "snel",
        "3. De raad ziet toe.\n4. Hij meldt dat.",
    ]


def test_instructions_inside_new_wording_belong_to_it() -> None:
    inner = (
        "Ba\n\nArtikel 7 wordt als volgt gewijzigd:\n\n1. In het eerste lid vervalt «a».\n\n2. Het tweede lid vervalt."
    )
    assert quoted(f"In artikel I wordt na onderdeel B een onderdeel ingevoegd, luidende:\n\n{inner}") == [inner]
    body = (
        f"Artikel I wordt als volgt gewijzigd:\n\n1. Na onderdeel B wordt een onderdeel ingevoegd, "
        f"luidende:\n\n{inner}\n\n2. Onderdeel C vervalt."
    )
    assert quoted(body) == [inner]


def test_a_mark_in_front_of_the_text_and_other_wording() -> None:
    assert quoted(
        "Artikel 3 wordt als volgt gewijzigd:\n1. Voor de tekst wordt «1.» geplaatst.\n2. Voorts wordt «a» "
        "vervangen door «b».\n3. Verder vervalt «c»."
    ) == ["1.", "a", "b", "c"]


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        (
            "In artikel 10 Tegemoetkoming regen worden het verplichtingenbedrag en het uitgavenbedrag verhoogd met "
            "€ 301.000 (x € 1.000).",
            "artikel 10 Tegemoetkoming regen",
        ),
        (
            "In artikel 99 Nominaal en onvoorzien wordt het verplichtingenbedrag verlaagd met € 5 (x € 1.000).",
            "artikel 99 Nominaal en onvoorzien",
        ),
        (
            "In artikel 31 Regenwacht van de departementale begrotingsstaat worden het uitgavenbedrag en het "
            "verplichtingenbedrag verhoogd met € 5.",
            "artikel 31 Regenwacht",
        ),
        ("In artikel 2 wordt het ontvangstenbedrag verhoogd met EUR 5 (x EUR 1 000).", "artikel 2"),
    ],
)
def test_budget_articles_carry_their_name(sentence: str, target: str) -> None:
    text = paper(f"De departementale begrotingsstaat wordt als volgt gewijzigd:\n\n{sentence}")
    parsed = parse(text)
    assert parsed.budget
    assert [part.target for part in parsed.instructions] == [target]


def test_one_article_up_and_one_down() -> None:
    body = (
        "De departementale begrotingsstaat wordt als volgt gewijzigd:\n\nI\n\nIn artikel 4 Regen wordt het "
        "uitgavenbedrag verhoogd met € 5.\n\n"
        "II\n\nIn artikel 99 Overig wordt het uitgavenbedrag verlaagd met € 5."
    )
    assert parts(body) == [("I", "artikel 4 Regen"), ("II", "artikel 99 Overig")]


def test_a_law_about_budgets_is_no_budget() -> None:
    parsed = parse(paper("In artikel 3 wordt «de begrotingsstaat» vervangen door «de uitgaven worden verhoogd»."))
    assert not parsed.budget


def test_a_title_of_a_budget_is_enough() -> None:
    assert parse(
        "Artikel 2 vervalt.", title="Vaststelling van de begrotingsstaten van het Ministerie van Regen (XX) voor 2031"
    ).budget


def test_without_opening_sentence_and_heading() -> None:
    text = (
        "Artikel 3, tweede lid, vervalt.\n\nDit amendement schrapt een lid dat niemand gebruikt, zo denkt de "
        "indiener.\n\nJansen"
    )
    parsed = parse(text)
    assert [part.span.quote(text) for part in parsed.instructions] == ["Artikel 3, tweede lid, vervalt."]
    assert parsed.note is not None
    assert parsed.note.quote(text).startswith("Dit amendement")
    assert [person.value for person in parsed.submitters] == ["Jansen"]


def test_prose_behind_a_complete_change_is_the_note_also_without_a_word_about_the_amendment() -> None:
    text = paper(note="Het meten van regen is nodig omdat boeren er baat bij hebben.")
    parsed = parse(text)
    assert parsed.note is not None
    assert parsed.note.quote(text) == "Het meten van regen is nodig omdat boeren er baat bij hebben."


def test_members_of_new_wording_are_no_instructions() -> None:
    body = (
        "Artikel I wordt als volgt gewijzigd:\n\n1. Het voorgestelde artikel 58 komt te luiden:\n\nArtikel "
        "58\n\n1. Er is een meting.\n\n"
        "2. De uitkomst wordt gemeld.\n\n2. In artikel 59 vervalt «a»."
    )
    assert quoted(body) == ["Artikel 58\n\n1. Er is een meting.\n\n2. De uitkomst wordt gemeld.", "a"]


def test_conditional_changes() -> None:
    body = (
        "I\n\nIndien het bij koninklijke boodschap van 1 mei 2030 ingediende voorstel van wet (39 123) tot wet is "
        "verheven, wordt in "
        "artikel 5 «a» vervangen door «b».\n\nII\n\nIndien het amendement van het lid Smit (39 812, nr. 7) wordt "
        "aangenomen, "
        "vervalt onderdeel I."
    )
    assert parts(body) == [("I", "artikel 5"), ("II", "onderdeel I")]


def test_conditional_amendments_keep_their_condition_in_the_note() -> None:
    condition = (
        "Dit amendement komt uitsluitend in stemming indien het amendement van het lid Smit (nr. 9) is verworpen."
    )
    text = paper(note=condition)
    parsed = parse(text)
    assert parsed.note is not None
    assert parsed.note.quote(text) == condition
    assert len(parsed.instructions) == 1


def test_a_subamendment_changes_an_amendment() -> None:
    parsed = parse(
        paper(
            "Het amendement van het lid Smit (nr. 9) wordt als volgt gewijzigd:\n\nIn onderdeel I wordt «a» "
            "vervangen door «b».",
            heading="SUBAMENDEMENT VAN HET LID JANSEN",
        )
    )
    assert len(parsed.instructions) == 1
    assert parsed.instructions[0].target == "onderdeel I"
