"""Our own words are easy to read, and one thing has one name: measured over every sentence that somebody reads."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from tests.support.plain_dutch import Sentence, of_template, reading_ease, sentences, split, syllables

LONGEST = 18
"""Words in a sentence. Half of ours have seven or fewer."""
EASE_OF_ALL = 72
EASE_OF_A_PLACE = 60
ENOUGH = 150
"""Words from which a place is judged by itself: below that one legal term decides the figure."""

LONG = {
    "sha256 5f1c 09ab": "a digest, no sentence",
    "SVB stelt een kleine wijziging van de tekst voor": "quotes two dates of a bill",
    "Tel de gemeenten waarvoor u de gevolgen hebt nagegaan": "stands in a released questionnaire, which never changes",
}
"""Sentences that may be longer, by how they begin, and why."""

PLAIN = {
    "aangaande": "over", "abusievelijk": "per ongeluk", "additioneel": "extra", "alsmede": "en", "alsook": "en",
    "alvorens": "voordat", "ambtshalve": "zelf, zonder aanvraag", "behelst": "is", "behoudens": "behalve",
    "bewerkstelligen": "zorgen voor", "conform": "volgens", "contacteren": "bellen of schrijven", "dan wel": "of",
    "danwel": "of", "derhalve": "daarom", "desbetreffende": "deze", "desgewenst": "als u wilt", "dient te": "moet",
    "dienen te": "moeten", "dientengevolge": "daardoor", "doch": "maar", "doorgang vinden": "doorgaan",
    "echter": "maar", "eenieder": "iedereen", "effectueren": "uitvoeren", "evenwel": "maar", "faciliteren": "helpen",
    "feedback": "opmerkingen", "fiatteren": "goedvinden", "gaarne": "graag", "gelieve": "wilt u", "geschieden": "gebeuren",
    "geschiedt": "gebeurt", "hetgeen": "wat", "hieromtrent": "hierover", "implementatie": "invoering",
    "implementeren": "invoeren", "impact": "gevolgen", "indien": "als", "ingevolge": "volgens", "inzake": "over",
    "issue": "probleem", "jegens": "tegenover", "krachtens": "volgens", "met betrekking tot": "over",
    "met inachtneming van": "volgens", "middels": "met", "monitoren": "volgen", "mutatie": "wijziging",
    "naar aanleiding van": "door", "nochtans": "toch", "omtrent": "over", "onderhavige": "deze", "onverwijld": "meteen",
    "op grond van": "volgens", "opdat": "zodat", "overeenkomstig": "volgens", "prioriteren": "kiezen wat eerst moet",
    "proactief": "uit zichzelf", "reeds": "al", "respectievelijk": "en", "stakeholders": "wie erbij betrokken zijn",
    "te allen tijde": "altijd", "ten aanzien van": "over", "ten behoeve van": "voor", "ten gevolge van": "door",
    "teneinde": "om", "ter zake": "daarover", "terzake": "daarover", "tevens": "ook", "thans": "nu",
    "uit hoofde van": "door", "verstrekken": "geven", "verzoeken": "vragen", "vigerende": "geldende",
    "voornemens": "van plan", "voorts": "ook", "vooralsnog": "voorlopig", "woonachtig": "woont", "zodoende": "zo",
    "zorgdragen": "zorgen", "zulks": "dat",
}  # fmt: skip
"""Words of an office, and what people say."""

QUOTED = {"stijlgids.html": {"ambtshalve"}}
"""Where such a word stands in the text of an invented law."""

OTHER_NAMES = {
    "organisatie": ("instantie", "instanties", "uitvoerder", "uitvoerders", "uitvoeringsinstantie"),
    "vragenlijst": ("enquête", "vragenformulier", "rubriek"),
    "termijn": ("deadline", "reactietermijn", "antwoordtermijn", "uiterste datum", "sluitingsdatum"),
    "inloggen": ("aanmelden", "meld u aan", "aanmelding", "aangemeld", "inschrijven", "afmelden"),
    "bewaren": ("opslaan", "opgeslagen", "wegschrijven"),
    "mail": ("e-mail", "email", "mailtje", "e-mailbericht"),
    "indiener": ("aanvrager", "opsteller"),
    "vaststellen": ("accorderen", "goedkeuren", "goedgekeurd", "akkoord", "fiatteren"),
    "behandelaar": ("beoordelaar", "dossierhouder"),
    "samenvatting": ("rapport", "rapportage", "impactsamenvatting"),
    "scan": ("uitvoeringstoets van het amendement", "quickscan"),
    "gemeenten": ("gemeentes",),
    "niveau": ("impactniveau", "score"),
    "druk op": ("klik", "tik op"),
    "wissen": ("deleten",),
}
"""One name for one thing: the name we use, and those we do not."""

MEANT_OTHERWISE = {
    ("rubrics/fiscaal-1.0.yaml", "uiterste datum"),  # the last day for this year's tax changes, no answer's
    ("stijlgids.html", "e-mail"),
    ("presentation/labels.py", "aangemeld"),  # a machine's key, by the code `niet-aangemeld` of the API
    ("people/people.py", "aangemeld"),
}

UNDUTCH = {
    "a time with a colon": r"\b[0-2]?\d:[0-5]\d\b",
    "euros as a code": r"\bEUR\b",
    "a sign against its amount": r"€\d",
    "thousands with a comma": r"\b\d{1,3},\d{3}\b",
    "a decimal point": r"\b\d+\.\d{1,2} (?:mln|mld|fte|procent)\b",
    "a month with a capital": r"\b\d{1,2} (?:Jan|Febr|Maart|April|Mei|Jun|Jul|Aug|Sept|Okt|Nov|Dec)",
    "a day turned around": r"\b\d{4}-\d\d-\d\d\b",
}
"""How a Dutch reader does not write dates, times and amounts."""

FOR_ADDRESSES = {"web/public.py", "web/stacking.py", "presentation/labels.py", "rubrics/kinds.py"}
"""Days in an address or in the API, where they are ISO 8601."""


def test_no_sentence_is_too_long() -> None:
    found = [one for one in sentences() if len(one.words) > LONGEST and not one.text.startswith(tuple(LONG))]
    assert [f"{one.place}: {len(one.words)} woorden: {one.text}" for one in found] == []


def test_every_exception_is_still_needed() -> None:
    for begin in LONG:
        assert any(one.text.startswith(begin) and len(one.words) > LONGEST for one in sentences()), begin
    for place, words in QUOTED.items():
        assert all(_with(word, place) for word in words), place
    for place, word in MEANT_OTHERWISE:
        assert _with(word, place), (place, word)
    for place in FOR_ADDRESSES:
        assert any(one.place == place and re.search(UNDUTCH["a day turned around"], one.text) for one in sentences()), (
            place
        )


def test_our_texts_read_easily() -> None:
    places: dict[str, list[Sentence]] = defaultdict(list)
    for one in sentences():
        places[one.place].append(one)
    assert len(sentences()) > 1500
    assert reading_ease(sentences()) >= EASE_OF_ALL
    hard = {
        place: round(reading_ease(found))
        for place, found in places.items()
        if sum(len(one.words) for one in found) >= ENOUGH and reading_ease(found) < EASE_OF_A_PLACE
    }
    assert hard == {}


@pytest.mark.parametrize(("word", "plain"), PLAIN.items())
def test_no_word_of_an_office(word: str, plain: str) -> None:
    found = [one for one in _with(word) if word not in QUOTED.get(one.place, ())]
    assert [f"{one.place}: “{word}” is “{plain}”: {one.text}" for one in found] == []


@pytest.mark.parametrize(("name", "others"), OTHER_NAMES.items())
def test_one_thing_has_one_name(name: str, others: tuple[str, ...]) -> None:
    found = [(one, other) for other in others for one in _with(other) if (one.place, other) not in MEANT_OTHERWISE]
    assert [f"{one.place}: “{other}” heet “{name}”: {one.text}" for one, other in found] == []


@pytest.mark.parametrize("way", UNDUTCH)
def test_dates_and_amounts_are_written_as_people_write_them(way: str) -> None:
    wrong = [one for one in sentences() if re.search(UNDUTCH[way], one.text) and one.place not in FOR_ADDRESSES]
    assert [f"{one.place}: {one.text}" for one in wrong] == []


def test_the_measure_itself() -> None:
    assert [syllables(word) for word in ("uitvoering", "geïnd", "ja", "ministerie", "nr", "eeuw", "reactie")] == [
        3,
        2,
        1,
        4,
        1,
        1,
        3,
    ]
    easy = list(split("hier", "De kat zit op de mat. Het is warm."))
    hard = list(split("hier", "De desbetreffende uitvoeringsinstantie effectueert onverwijld de verordeningen."))
    assert [len(one.words) for one in easy] == [6, 3]
    assert reading_ease(easy) > 100 > 20 > reading_ease(hard)
    with pytest.raises(ValueError, match="no words"):
        reading_ease([])


def test_the_words_of_a_template_are_found() -> None:
    source = (
        '{# niet dit #}<h2>Kop hier</h2>\n<p>Een <a href="/x">zin</a> van {{ wie }}.</p>{{ knop("Bewaar de zin") }}'
    )
    assert [one.text for one in split("x", of_template(source))] == [
        "Kop hier", "Een zin van iets.", "Bewaar de zin",
    ]  # fmt: skip


def _with(word: str, place: str | None = None) -> list[Sentence]:
    pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])", re.IGNORECASE)
    return [one for one in sentences() if pattern.search(one.text) and place in (None, one.place)]
