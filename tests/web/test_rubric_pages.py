"""For authors of questionnaires: every released one and a file of one's own, tried out with answers and nothing stored."""

from __future__ import annotations

import pytest

from tests.rubric_samples import ADDITION, RUBRICS, SMALL
from tests.support.site import forms
from tests.web.conftest import Parliament

HERE = "/beheer/vragenlijsten"
BASIS = f"{HERE}/basis/1.0"
# A file of one's own may not take the place of a released one: the sample is the questionnaire of nobody.
OWN = SMALL.replace("kort: true\n", "")


def asked(page):
    (form,) = [form for form in forms(page) if any(name == ".vraag" for name, _ in form["fields"])]
    return [value for name, value in form["fields"] if name == ".vraag"]


@pytest.mark.parametrize("name", ["C. de Planner", "B. Beheerder"])
def test_every_questionnaire_is_there_with_its_examples(parliament: Parliament, name: str) -> None:
    site = parliament.site(name)
    page = site.get(HERE)
    for rubric in parliament.desk.library:
        address = f"{HERE}/{rubric.ref.code}/{rubric.ref.version}"
        assert f'href="{address}"' in page.text
        assert rubric.title in site.get(address).text
        assert len(parliament.desk.examples[rubric.ref]) >= 1


def test_an_author_sees_what_shows_and_what_would_make_the_rest_show(parliament: Parliament) -> None:
    page = parliament.site("C. de Planner").get(BASIS)
    assert asked(page) == ["raakt"]
    assert "1 van 29 vragen verschijnen" in page.text
    assert "Verschijnt als het antwoord op “Raakt dit amendement het werk van uw organisatie?” is “Ja”." in page.text
    assert "Hier staat dan wat ze betekenen" in page.text


def test_answers_are_kept_from_page_to_page_and_score(parliament: Parliament) -> None:
    site = parliament.site("C. de Planner")
    site.get(BASIS)
    page = site.send(BASIS, {"raakt": "ja"})
    assert "it-aanpassing" in asked(page)
    page = site.send(BASIS, {"it-aanpassing": "nieuw-systeem", "fte-jaarlijks": "2 - 4,5"})
    assert page.status_code == 200
    assert "it-planning" in asked(page)
    assert "Door het antwoord “Een nieuw systeem" in page.text
    assert "Nog niet beantwoord: “" in page.text
    page = site.send(BASIS, {"oordeel": "uitvoerbaar"})
    assert "U noemt het uitvoerbaar, maar een van de gevolgen is ingrijpend." in page.text
    assert 'value="2 - 4,5"' in page.text
    page = site.send(BASIS, {"fte-jaarlijks": "veel"})
    assert page.status_code == 400
    assert 'href="#veld-fte-jaarlijks"' in page.text
    assert 'value="veel"' in page.text
    page = site.send(BASIS, {"fte-jaarlijks": "3", "raakt": "niet-onze-taak"})
    assert "Deze antwoorden tellen niet meer mee" in page.text
    assert "Niet voor deze organisatie." in page.text


def test_an_example_of_the_author_is_filled_in(parliament: Parliament) -> None:
    site = parliament.site("B. Beheerder")
    page = site.get(f"{BASIS}?voorbeeld=1")
    assert "(staat nu ingevuld)" in page.text
    assert "Alles wat verplicht is, is beantwoord" in page.text
    assert "De datum wordt 1 juli 2028, door de Kamer" in page.text
    again = site.send(BASIS)
    assert "Alles wat verplicht is, is beantwoord" in again.text
    for wrong in ("0", "99", "een", "²"):
        assert site.get(f"{BASIS}?voorbeeld={wrong}").status_code == 404


def test_a_file_of_ones_own_is_checked_and_tried_out(parliament: Parliament) -> None:
    site = parliament.site("C. de Planner")
    site.get(HERE)
    page = site.send(HERE, files={"bestand": ("klein.yaml", OWN.encode())})
    assert "Nagekeken: dit bestand heeft geen fouten." in page.text
    page = site.send(HERE, {"raakt": "ja"})
    page = site.send(HERE, {"it": "flink"})
    assert "Door het antwoord “Flink” bij “IT?”." in page.text
    # The text can be changed in place; the answers stay.
    page = site.send(HERE, {"bron": OWN.replace("tekst: Flink", "tekst: Fors")})
    assert "Door het antwoord “Fors” bij “IT?”." in page.text
    page = site.send(HERE, {"bron": OWN.replace("soort: ja-nee", "soort: jaofnee")})
    assert page.status_code == 400
    line = OWN.count("\n", 0, OWN.index("soort: ja-nee")) + 1
    assert f"Regel {line}, vraag overwerk: &#39;soort&#39; moet een van deze zijn" in page.text
    assert "soort: jaofnee" in page.text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "moet een blok met sleutels zijn"),
        (b"\xff", "geen UTF-8"),
        (ADDITION.encode(), "Vragenlijst klein 1.0 bestaat niet"),
        (ADDITION.replace("code: klein", "code: basis").encode(), "geen onderdeel &#39;begin&#39;"),
        (
            (RUBRICS / "spoed-1.0.yaml").read_bytes().replace(b"code: spoed", b"code: snel", 1),
            "de korte vragenlijst is al",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_told(parliament: Parliament, body: bytes, words: str) -> None:
    site = parliament.site("C. de Planner")
    site.get(HERE)
    page = site.send(HERE, files={"bestand": ("eigen.yaml", body)})
    assert page.status_code == 400
    assert words in page.text


def test_an_addition_is_tried_out_with_what_it_extends(parliament: Parliament) -> None:
    site = parliament.site("C. de Planner")
    site.get(HERE)
    body = (RUBRICS / "gemeenten-1.0.yaml").read_bytes().replace(b'versie: "1.0"', b'versie: "1.1"', 1)
    page = site.send(HERE, files={"bestand": ("gemeenten-1.1.yaml", body)})
    assert "Nagekeken: dit bestand heeft geen fouten." in page.text
    assert "gemeenten 1.1" in page.text
    assert "verordening" in asked(site.send(HERE, {"raakt": "ja"}))


def test_nothing_of_what_was_typed_is_there_the_next_time(parliament: Parliament) -> None:
    site = parliament.site("C. de Planner")
    site.get(BASIS)
    assert len(asked(site.send(BASIS, {"raakt": "ja", "gevolgen": "Dit blijft nergens."}))) > 1
    for address in (BASIS, HERE):
        page = site.get(address)
        assert "Dit blijft nergens." not in page.text
    assert asked(site.get(BASIS)) == ["raakt"]
