"""Examples of an author: answers to a questionnaire, with the score they must give. The test of a rubric, written beside it.

One YAML file per questionnaire, in the same strict YAML, `examples/<code>-<version>.yaml`:

    voorbeelden:
      - naam: Een nieuw systeem, pas in 2029
        antwoorden: {raakt: ja, it-aanpassing: nieuw-systeem, ...}
        toelichtingen: {it-aanpassing: "..."}
        verwacht:
          niveaus: {it-systemen: 3, gegevensuitwisseling: 0, personeel: 2, tijdlijn: 2}
          oordeel: uitvoerbaar-mits
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, StrictInt, StrictStr

from uitvoeringsscan.assessments.answers import read_answers
from uitvoeringsscan.assessments.assessment import RawAnswers
from uitvoeringsscan.errors import InvalidInput
from uitvoeringsscan.rubrics.document import shaped
from uitvoeringsscan.rubrics.model import Document, Rubric, Text
from uitvoeringsscan.rubrics.source import Fault, RubricFaults, Source, read_source
from uitvoeringsscan.scoring.rules import score
from uitvoeringsscan.scoring.score import AgencyScore, Dimension, Verdict


class ExpectedDocument(Document):
    """`levels`: all four dimensions; null where nothing is known."""

    levels: dict[Dimension, Annotated[StrictInt, Field(ge=0, le=3)] | None] = Field(alias="niveaus")
    verdict: Verdict | None = Field(alias="oordeel")


class ExampleDocument(Document):
    name: Text = Field(alias="naam")
    answers: dict[StrictStr, Any] = Field(alias="antwoorden")
    explanations: dict[StrictStr, Any] = Field(default_factory=dict, alias="toelichtingen")
    expected: ExpectedDocument = Field(alias="verwacht")


class ExamplesDocument(Document):
    examples: tuple[ExampleDocument, ...] = Field(alias="voorbeelden", min_length=1, max_length=50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Answers that can be handed in, with what they are called."""

    name: str
    answers: RawAnswers


def read_examples(rubric: Rubric, file: str, body: bytes) -> tuple[Example, ...]:
    """The examples in a file. Raises RubricFaults: what cannot be handed in, and every score that is not as expected."""
    source = read_source(file, body)
    found = shaped(source, ExamplesDocument).examples
    faults = [fault for place, one in enumerate(found) for fault in _faults(rubric, source, place, one)]
    if faults:
        raise RubricFaults(faults)
    return tuple(
        Example(name=one.name, answers=RawAnswers(values=one.answers, explanations=one.explanations)) for one in found
    )


def _faults(rubric: Rubric, source: Source, place: int, one: ExampleDocument) -> Iterator[Fault]:
    try:
        answers = read_answers(rubric, one.answers, one.explanations, complete=True)
    except InvalidInput as error:
        for problem in error.problems:
            beside = (problem.field or "").removeprefix("toelichtingen.")
            part = ("antwoorden", problem.question) if problem.question else ("toelichtingen", beside)
            line = source.line(("voorbeelden", place, *part))
            yield Fault(source.file, line, problem.question or beside, problem.message)
        return
    for inside, message in _differences(one.expected, score(rubric, answers)):
        yield Fault(source.file, source.line(("voorbeelden", place, "verwacht", *inside)), "", f"{one.name}: {message}")


def _differences(expected: ExpectedDocument, found: AgencyScore) -> Iterator[tuple[tuple[str, ...], str]]:
    for part in found.dimensions:
        wanted = expected.levels.get(part.dimension)
        if part.dimension not in expected.levels:
            yield ("niveaus",), f"'{part.dimension}' ontbreekt"
        elif part.level != wanted:
            yield ("niveaus", part.dimension.value), f"{part.dimension} wordt {_word(part.level)}, niet {_word(wanted)}"
    if found.verdict != expected.verdict:
        yield ("oordeel",), f"het oordeel wordt {found.verdict or 'geen'}, niet {expected.verdict or 'geen'}"


def _word(level: int | None) -> str:
    return "niet bekend" if level is None else str(int(level))
