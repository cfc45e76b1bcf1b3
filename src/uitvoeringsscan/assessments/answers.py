"""What an agency answers: what came in -> Answers, or every problem at once, each naming its question.

One reader serves both doors. The API gives JSON values; a web form is first turned into the same JSON values by
`read_form`. Answers are kept only for questions that apply: an `Answers` never holds what its rubric did not ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from uitvoeringsscan.assessments.assessment import Outcome
from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.identifiers import is_code
from uitvoeringsscan.rubrics import kinds
from uitvoeringsscan.rubrics.conditions import depends_on, visible
from uitvoeringsscan.rubrics.kinds import clean_text
from uitvoeringsscan.rubrics.model import Meaning, Question, Rubric
from uitvoeringsscan.rubrics.scales import Touched
from uitvoeringsscan.rubrics.typed import Misread
from uitvoeringsscan.rubrics.values import UNKNOWN, Range, Unknown, Value

__all__ = [
    "UNKNOWN",
    "Answers",
    "FormReading",
    "Range",
    "Unknown",
    "Value",
    "diff",
    "from_text",
    "implied_outcome",
    "only_visible",
    "read_answers",
    "read_form",
    "to_wire",
]

MAX_EXPLANATION = 4000
"""Characters of an explanation beside an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Read and checked against one rubric. Both mappings are in the order of its questions and cannot be changed."""

    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    explanations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def read_answers(
    rubric: Rubric, values: Mapping[str, object], explanations: Mapping[str, object], *, complete: bool
) -> Answers:
    """Answers as they came in (JSON values by question code) -> Answers.

    complete  False for a draft: what is required may still be missing; all else is checked the same

    Raises InvalidInput with every problem: in the order of the questionnaire, then what it does not know. A problem with
    an answer names its question; one with an explanation names the field `toelichtingen.<code>`. Codes: verplicht,
    onbekende-vraag, onbekende-optie, verkeerde-soort, te-klein, te-groot, te-veel-decimalen, laag-boven-hoog,
    ongeldige-datum, te-lang, ongeldige-tekens, niet-gevraagd.
    """
    read, misread = _read_values(rubric, values)
    shown = visible(rubric, read)
    # While an answer cannot be read, nobody can say whether the questions that hang on it apply. Those that do apply
    # without it are certain: conditions have no "not", so one more answer never hides a question.
    undecided = depends_on(rubric, frozenset(misread))
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for code, question in rubric.by_code.items():
        asked = code in shown or code in undecided
        if code in misread:
            problems.append(misread[code])
        elif code in read and not asked:
            problems.append(_problem(code, "niet-gevraagd", _NOT_ASKED))
        elif complete and question.required and code in shown and code not in read:
            problems.append(_problem(code, "verplicht", _REQUIRED))
        try:
            text = _explanation(explanations.get(code))
            if text and not asked:
                raise Misread("niet-gevraagd", _NOT_ASKED)
            if text:
                texts[code] = text
        except Misread as wrong:
            problems.append(Problem(code=wrong.code, message=wrong.message, field=f"toelichtingen.{code}"))
    problems.extend(_problem(_shown(code), "onbekende-vraag", _NO_SUCH) for code in _strange(rubric, values))
    problems.extend(
        Problem(code="onbekende-vraag", message=_NO_SUCH, field=f"toelichtingen.{_shown(code)}")
        for code in _strange(rubric, explanations)
    )
    if problems:
        raise InvalidInput(problems, "Niet alle antwoorden kloppen.")
    return Answers(values=MappingProxyType(read), explanations=MappingProxyType(texts))


_REQUIRED = "Beantwoord deze vraag. Weet u het niet? Antwoord dan 'onbekend'."
_NOT_ASKED = "Deze vraag geldt niet bij uw andere antwoorden. Laat haar leeg, of pas het eerdere antwoord aan."
_NO_SUCH = "Deze vraag staat niet in de vragenlijst. Kijk of de code goed is."


def to_wire(rubric: Rubric, answers: Answers) -> tuple[dict[str, Any], dict[str, str]]:
    """(antwoorden, toelichtingen) as JSON values; `read_answers` gives the same Answers back."""
    values = {code: kinds.write(rubric.question(code), value) for code, value in answers.values.items()}
    return values, dict(answers.explanations)


def diff(old: Answers, new: Answers) -> tuple[str, ...]:
    """The codes of the questions whose answer or explanation differs, in the order of the old answers, new ones last."""
    codes = dict.fromkeys([*old.values, *old.explanations, *new.values, *new.explanations])
    return tuple(
        code
        for code in codes
        if old.values.get(code) != new.values.get(code) or old.explanations.get(code) != new.explanations.get(code)
    )


def only_visible(
    rubric: Rubric, values: Mapping[str, Any], explanations: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Drop what belongs to questions that no longer apply: for a form in which somebody changed an earlier answer, and for
    answers that come along from an earlier scan or another rubric. What cannot be read stays, for the reader to report."""
    read, misread = _read_values(rubric, values)
    kept = visible(rubric, read) | depends_on(rubric, frozenset(misread))
    return (
        {code: value for code, value in values.items() if code in kept},
        {code: text for code, text in explanations.items() if code in kept},
    )


_OUTCOMES: Mapping[Value | None, Outcome] = {Touched.NO_IMPACT: Outcome.NO_IMPACT, Touched.NOT_OURS: Outcome.NOT_OURS}


def implied_outcome(rubric: Rubric, answers: Answers) -> Outcome:
    """What handing in these answers comes to: the first question can say that there is nothing more to answer."""
    question = rubric.giving(Meaning.TOUCHED)
    value = answers.values.get(question.code) if question else None
    return _OUTCOMES.get(value, Outcome.ANSWERED)


# Web forms


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReading:
    """A form as JSON values. What could not be understood is in `problems` and not in `values`."""

    values: Mapping[str, Any]
    explanations: Mapping[str, str]
    problems: tuple[Problem, ...]


def from_text(question: Question, text: str) -> Any | Problem:
    """What a person typed in one field -> the JSON value it means (None when empty), or what is unclear about it."""
    try:
        return kinds.from_text(question, text)
    except Misread as unclear:
        return _problem(question.code, unclear.code, unclear.message)


def read_form(rubric: Rubric, fields: Mapping[str, Sequence[str]]) -> FormReading:
    """The fields of a web form, each with every value it was sent with.

    <code>                       the answer; several values for meerkeuze
    <code>.laag, <code>.hoog     the two ends of a range; one of them alone is a single figure
    <code>.onbekend              present when "onbekend" is ticked; it wins over what stands in the fields
    <code>.toelichting           the explanation

    Other fields are not looked at. Conditions are not judged here; `only_visible` and `read_answers` do.
    """
    values: dict[str, Any] = {}
    explanations: dict[str, str] = {}
    problems: list[Problem] = []
    for code, question in rubric.by_code.items():
        answer = _typed(question, fields)
        if isinstance(answer, Problem):
            problems.append(answer)
        elif answer is not None:
            values[code] = answer
        text = "\n".join(fields.get(f"{code}.toelichting", ())).strip()
        if text:
            explanations[code] = text
    return FormReading(values=values, explanations=explanations, problems=tuple(problems))


def _typed(question: Question, fields: Mapping[str, Sequence[str]]) -> Any | Problem:
    code = question.code
    if fields.get(f"{code}.onbekend"):
        return UNKNOWN.value
    entered = [text for text in fields.get(code, ()) if text.strip()]
    if kinds.KINDS[question.kind].several:
        return UNKNOWN.value if UNKNOWN.value in entered else entered or None
    ends = [from_text(question, _first(fields.get(f"{code}.{end}"))) for end in ("laag", "hoog")]
    if entered or ends == [None, None]:
        return from_text(question, _first(entered))
    known = [end for end in ends if end is not None]
    wrong = next((end for end in known if isinstance(end, Problem)), None)
    if wrong is not None:
        return wrong
    if all(isinstance(end, int | float) for end in known):
        return {"laag": known[0], "hoog": known[1]} if len(known) == 2 else known[0]
    return _problem(code, "verkeerde-soort", "Schrijf in elk van de twee velden één getal, of kies 'onbekend'.")


def _first(texts: Sequence[str] | None) -> str:
    return texts[0] if texts else ""


# Helpers


def _read_values(rubric: Rubric, values: Mapping[str, object]) -> tuple[dict[str, Value], dict[str, Problem]]:
    """Each answer by itself: what it says, or why it cannot be read."""
    read: dict[str, Value] = {}
    misread: dict[str, Problem] = {}
    for code, question in rubric.by_code.items():
        try:
            value = kinds.read(question, values.get(code))
        except Misread as wrong:
            misread[code] = _problem(code, wrong.code, wrong.message)
        else:
            if value is not None:
                read[code] = value
    return read, misread


def _explanation(raw: object) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise Misread("verkeerde-soort", "Een toelichting is een tekst.")
    return clean_text(raw, MAX_EXPLANATION)


def _strange(rubric: Rubric, given: Iterable[str]) -> list[str]:
    return [code for code in given if code not in rubric.by_code]


def _shown(code: str) -> str:
    """A code from outside, in a shape that can be sent back and printed."""
    return code if is_code(code) else ascii(code[:64])


def _problem(code: str, kind: str, message: str) -> Problem:
    return Problem(question=code, code=kind, message=message)
