"""Small questionnaires for tests, the released ones, and Hypothesis strategies for answers to any of them."""

from __future__ import annotations

import string
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from uitvoeringsscan.adapters.rubric_files import read_library
from uitvoeringsscan.rubrics.library import Library
from uitvoeringsscan.rubrics.loading import load_rubric
from uitvoeringsscan.rubrics.model import UNKNOWN_CODE, Kind, Question, Rubric

RUBRICS = Path(__file__).resolve().parent.parent / "rubrics"

# One question of every type, all four dimensions, and conditions of every shape.
SMALL = """\
code: klein
versie: "1.0"
titel: Kleine vragenlijst
onderdelen:
  - code: begin
    titel: Begin
    vragen:
      - code: raakt
        vraag: Raakt het u?
        soort: keuze
        levert: geraakt
        verplicht: true
        openbaar: true
        opties:
          - {code: ja, tekst: Ja}
          - {code: geen-gevolgen, tekst: Geen gevolgen}
          - {code: niet-onze-taak, tekst: Niet onze taak}
          - {code: niet-te-beoordelen, tekst: Niet te beoordelen}
      - {code: waarom, vraag: Waarom, soort: tekst, levert: gevolgen, verplicht: true, openbaar: true, maximumlengte: 60,
         toonAls: {vraag: raakt, is: [ja]}}
      - code: it
        vraag: IT?
        soort: keuze
        dimensie: it-systemen
        verplicht: true
        openbaar: true
        toonAls: {vraag: raakt, is: [ja]}
        opties:
          - {code: niets, tekst: Niets, niveau: 0}
          - {code: klein, tekst: Klein, niveau: 1}
          - {code: flink, tekst: Flink, niveau: 2}
          - {code: zwaar, tekst: Zwaar, niveau: 3}
      - code: koppelingen
        vraag: Welke koppelingen?
        soort: meerkeuze
        dimensie: gegevensuitwisseling
        verplicht: false
        openbaar: false
        toonAls: {vraag: raakt, is: [ja]}
        opties:
          - {code: geen, tekst: Geen, niveau: 0}
          - {code: oud, tekst: Een oude, niveau: 1}
          - {code: nieuw, tekst: Een nieuwe, niveau: 3}
      - {code: overwerk, vraag: Overwerk, soort: ja-nee, verplicht: true, openbaar: true, toonAls: {vraag: raakt, is: [ja]}}
      - code: mensen
        vraag: Mensen?
        soort: keuze
        dimensie: personeel
        verplicht: true
        openbaar: true
        toonAls: {vraag: raakt, is: [ja]}
        opties: [{code: nee, tekst: Nee, niveau: 0}, {code: meer, tekst: Meer, niveau: 2}]
  - code: eind
    titel: Eind
    uitleg: Bijna klaar.
    vragen:
      - {code: fte, vraag: Hoeveel fte, soort: fte, levert: fte-jaarlijks, verplicht: true, openbaar: true,
         minimum: -100, maximum: 100, toonAls: {een: [{vraag: mensen, niveauVanaf: 1}, {vraag: overwerk, is: [true]}]}}
      - {code: kosten, vraag: Kosten, soort: bedrag, levert: kosten-eenmalig, verplicht: false, openbaar: true,
         toonAls: {vraag: raakt, is: [ja]}}
      - {code: aantal, vraag: Aantal, soort: getal, levert: omvang, verplicht: false, openbaar: true, minimum: 0,
         toonAls: {alle: [{vraag: raakt, is: [ja]}, {vraag: koppelingen, is: [oud, nieuw, onbekend]}]}}
      - code: datum
        vraag: Op tijd?
        soort: keuze
        dimensie: tijdlijn
        verplicht: true
        openbaar: true
        toonAls: {vraag: raakt, is: [ja]}
        opties: [{code: ja, tekst: Ja, niveau: 0}, {code: later, tekst: Later, niveau: 2}]
      - {code: wanneer, vraag: Wanneer, soort: datum, levert: haalbaar-vanaf, verplicht: true, openbaar: true,
         toonAls: {vraag: datum, is: [later]}}
      - code: oordeel
        vraag: Uitvoerbaar?
        soort: keuze
        levert: oordeel
        verplicht: true
        openbaar: true
        toonAls: {vraag: raakt, is: [ja]}
        opties:
          - {code: uitvoerbaar, tekst: Ja}
          - {code: uitvoerbaar-mits, tekst: Mits}
          - {code: niet-uitvoerbaar, tekst: Nee}
          - {code: nog-niet-te-beoordelen, tekst: Weten we niet}
      - {code: mits, vraag: Mits wat, soort: tekst, levert: voorwaarden, verplicht: true, openbaar: true,
         toonAls: {vraag: oordeel, is: [uitvoerbaar-mits]}}
      - {code: anders, vraag: Hoe wel, soort: tekst, levert: alternatief, verplicht: false, openbaar: true,
         toonAls: {vraag: oordeel, is: [uitvoerbaar-mits, niet-uitvoerbaar]}}
"""

# What extends it: a section in two places, and a question at the end of one that is there.
ADDITION = """\
code: meer
versie: "2.1"
titel: Meer
breidtUit: {code: klein, versie: "1.0"}
voor: [cak]
onderdelen:
  - code: eerst
    titel: Eerst
    na: begin
    vragen:
      - {code: extra-een, vraag: Een, soort: ja-nee, verplicht: true, openbaar: false}
  - bij: begin
    vragen:
      - {code: extra-twee, vraag: Twee, soort: tekst, verplicht: false, openbaar: false, toonAls: {vraag: it, is: [zwaar]}}
  - code: dan
    titel: Dan
    na: begin
    vragen:
      - {code: extra-drie, vraag: Drie, soort: getal, verplicht: false, openbaar: true, toonAls: {vraag: extra-een, is: [true]}}
  - code: slot
    titel: Slot
    vragen:
      - {code: extra-vier, vraag: Vier, soort: datum, verplicht: false, openbaar: true}
"""

FULL_SMALL: dict[str, Any] = {
    "raakt": "ja",
    "waarom": "Er komt een stap bij.",
    "it": "flink",
    "koppelingen": ["oud"],
    "overwerk": False,
    "mensen": "meer",
    "fte": {"laag": 2, "hoog": 3.5},
    "kosten": 250000,
    "aantal": 1200,
    "datum": "later",
    "wanneer": "2028-07-01",
    "oordeel": "uitvoerbaar-mits",
    "mits": "- De wet is er voor 1 juli, door de Kamer\n- Geld, door het ministerie",
    "anders": "Vervang 2027 door 2028.",
}


@cache
def small() -> Rubric:
    return load_rubric(SMALL.encode(), ["klein-1.0.yaml"])


@cache
def library() -> Library:
    return read_library(RUBRICS)


def rubrics() -> st.SearchStrategy[Rubric]:
    return st.sampled_from([small(), *library()])


_TEXTS = st.text(alphabet=string.ascii_letters + " ëü,.\n", min_size=1, max_size=50).map(str.strip).filter(bool)


@cache
def wire_values(question: Question) -> st.SearchStrategy[Any]:
    """JSON values that are good answers to this question, "onbekend" among them."""
    codes = [option.code for option in question.options]
    low = 0 if question.minimum is None else int(question.minimum)
    high = low + 500 if question.maximum is None else int(question.maximum)
    whole = st.integers(low, min(high, low + 500))
    numbers = whole if question.kind is not Kind.FTE else st.integers(low * 10, low * 10 + 900).map(lambda n: n / 10)
    ranges = st.tuples(numbers, numbers).map(lambda ends: {"laag": min(ends), "hoog": max(ends)})
    dates = st.dates(date(1950, 1, 1), date(2150, 1, 1)).map(date.isoformat)
    by_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.CHOICE: st.sampled_from(codes or [""]),
        Kind.CHOICES: st.lists(st.sampled_from(codes or [""]), min_size=1, unique=True),
        Kind.YES_NO: st.booleans(),
        Kind.DATE: dates,
        Kind.TEXT: _TEXTS.map(lambda text: text[: question.length_limit].strip()),
    }
    return st.one_of(by_kind.get(question.kind, numbers | ranges), st.just(UNKNOWN_CODE))


def wire_answers(rubric: Rubric, *, every: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Well-formed answers to some questions (or every one), whether or not they apply."""
    return _fixed(rubric.ref.sha256, every)


@cache
def _fixed(sha256: str, every: bool) -> st.SearchStrategy[dict[str, Any]]:
    rubric = next(rubric for rubric in (small(), *library()) if rubric.ref.sha256 == sha256)
    strategies = {question.code: wire_values(question) for question in rubric.questions}
    return st.fixed_dictionaries(strategies) if every else st.fixed_dictionaries({}, optional=strategies)
