"""Small questionnaires for the rows that pages are made of, and drafts of answers to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from uitvoeringsscan.assessments.assessment import RawAnswers
from uitvoeringsscan.identifiers import RubricRef
from uitvoeringsscan.rubrics.model import Rubric, Section


def rubric_of(text: str) -> Rubric:
    """A rubric of these sections. It need not be one that may be sent: shaping asks less than sending."""
    sections = tuple(Section.model_validate(section) for section in yaml.safe_load(text))
    ref = RubricRef(code="proef", version="1.0", sha256="0" * 64)
    return Rubric(ref=ref, title="Proef", agencies=(), short=False, sections=sections, source=b"")


RUBRIC = rubric_of("""
- code: een
  titel: Een
  vragen:
    - code: raakt
      vraag: Raakt het u?
      soort: ja-nee
      verplicht: true
      openbaar: true
    - code: hoeveel
      vraag: Hoeveel kost het?
      soort: bedrag
      verplicht: true
      openbaar: true
      toonAls: {vraag: raakt, is: [true]}
    - code: met-wie
      vraag: Met wie?
      soort: meerkeuze
      verplicht: false
      openbaar: true
      toonAls: {vraag: raakt, is: [true]}
      opties:
        - {code: a, tekst: Aa}
        - {code: b, tekst: Bee}
- code: twee
  titel: Twee
  vragen:
    - code: wanneer
      vraag: Wanneer?
      soort: datum
      verplicht: true
      openbaar: false
      toonAls: {vraag: raakt, is: [true]}
    - code: waarom
      vraag: Waarom?
      soort: tekst
      verplicht: false
      openbaar: true
""")
ONE, TWO = RUBRIC.sections


def stored(explanations: Mapping[str, str] | None = None, **values: Any) -> RawAnswers:
    return RawAnswers(
        values={code.replace("_", "-"): value for code, value in values.items()}, explanations=explanations or {}
    )
