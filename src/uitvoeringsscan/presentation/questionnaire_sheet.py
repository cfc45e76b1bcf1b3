"""One section's form as it came back: what was typed, what it means, and how it meets what is stored by now.

Answers are kept one by one: what is right is kept even when the field beside it is wrong. An answer and its explanation
are one thing. The page carries a mark of what was stored when it was made (`<question>.was`), so that two people at
work on different questions never see each other, and two on the same question both keep their words until one of them
chooses.

    <question>, <question>.toelichting   as `assessments.answers.read_form` reads them
    <question>.was    the mark
    .vraag            a question that stood on the page (a radio that nobody touched sends nothing)
    .botsing          a question that was shown with two answers; <question>.kies says which one is kept: mijn, ander
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from uitvoeringsscan.assessments.answers import MAX_EXPLANATION, FormReading, read_form
from uitvoeringsscan.assessments.assessment import RawAnswers
from uitvoeringsscan.rubrics import kinds
from uitvoeringsscan.rubrics.conditions import visible
from uitvoeringsscan.rubrics.model import UNKNOWN_CODE, Question, Rubric, Section
from uitvoeringsscan.rubrics.typed import Misread
from uitvoeringsscan.rubrics.values import Value

MINE, OTHER, CLASH = "mijn", "ander", "botsing"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one form said. `fields` is every field with all values it was sent with; the rest is looked up in it.

    asked    the questions that stood on the page: of this section only, in its order, whatever was sent
    clashed  those that were shown with two answers
    """

    fields: Mapping[str, Sequence[str]]
    asked: tuple[str, ...]
    clashed: frozenset[str]

    def texts(self, code: str) -> tuple[str, ...]:
        return tuple(self.fields.get(code, ()))

    def explanation(self, code: str) -> str:
        return _first(self.fields.get(f"{code}.toelichting", ()))

    def mark(self, code: str) -> str:
        return _first(self.fields.get(f"{code}.was", ()))

    def choice(self, code: str) -> str:
        return _first(self.fields.get(f"{code}.kies", ()))


def read_sheet(section: Section, pairs: Iterable[tuple[str, str]]) -> Sheet:
    """Gather the fields of a form, line ends as one character."""
    fields: dict[str, list[str]] = {}
    for name, text in pairs:
        fields.setdefault(name, []).append(text.replace("\r\n", "\n"))
    asked = fields.get(".vraag", [])
    return Sheet(
        fields=fields,
        asked=tuple(question.code for question in section.questions if question.code in asked),
        clashed=frozenset(fields.get(".botsing", ())),
    )


def mark(question: Question, answer: Any, explanation: str | None) -> str:
    """Sixteen characters that change when an answer or its explanation does."""
    whole = json.dumps([_settled(question, answer), (explanation or "").strip()], sort_keys=True, ensure_ascii=False)
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def stored_values(rubric: Rubric, draft: RawAnswers) -> dict[str, Value]:
    """The answers in a draft as values. What cannot be read counts as not answered."""
    found: dict[str, Value] = {}
    for question in rubric.questions:
        value = _value(question, draft.values.get(question.code))
        if value is not None:
            found[question.code] = value
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What was said on a question and is not kept. `text` is the answer with its explanation."""

    question: Question
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a form comes to, laid over what is stored now.

    draft     everything that can be saved: answers of questions that apply, and only those
    problems  question -> what is wrong with the answer that was typed; explanation_problems the same for explanations
    clashes   questions of which somebody else stored another answer meanwhile; theirs is in `draft`
    dropped   answers that were stored or typed and whose question does not apply any more
    fresh     questions of this section that apply now and were not on the page
    """

    draft: RawAnswers
    problems: Mapping[str, str]
    explanation_problems: Mapping[str, str]
    clashes: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    fresh: tuple[str, ...]

    @property
    def clean(self) -> bool:
        return not (self.problems or self.explanation_problems or self.clashes)


def merge(rubric: Rubric, section: Section, sheet: Sheet, stored: RawAnswers) -> Merged:
    values = dict(stored.values)
    explanations = dict(stored.explanations)
    problems: dict[str, str] = {}
    explanation_problems: dict[str, str] = {}
    clashes: list[str] = []
    reading = read_form(rubric, sheet.fields)
    for code in sheet.asked:
        question = rubric.question(code)
        typed = _typed(question, sheet, reading)
        theirs = mark(question, stored.values.get(code), stored.explanations.get(code))
        whose = _whose(sheet, code, mark(question, typed.answer, typed.explanation) if typed.right else None, theirs)
        if whose == CLASH:
            clashes.append(code)
        if whose != OTHER:
            _put(problems, code, typed.answer_problem)
            _put(explanation_problems, code, typed.explanation_problem)
        if whose == MINE:
            # Each half is kept when it is right, also when the other half is not.
            if typed.answer_problem is None:
                _put(values, code, typed.answer)
            if typed.explanation_problem is None:
                _put(explanations, code, typed.explanation or None)
    shown = visible(rubric, stored_values(rubric, RawAnswers(values=values, explanations=explanations)))
    hidden = [question for question in rubric.questions if question.code not in shown]
    gone = ((question, _gone(question, sheet, values, explanations)) for question in hidden)
    return Merged(
        draft=RawAnswers(
            values={code: answer for code, answer in values.items() if code in shown},
            explanations={code: text for code, text in explanations.items() if code in shown},
        ),
        problems={code: message for code, message in problems.items() if code in shown},
        explanation_problems={code: message for code, message in explanation_problems.items() if code in shown},
        clashes=tuple(code for code in clashes if code in shown),
        dropped=tuple(Dropped(question=question, text=text) for question, text in gone if text),
        fresh=tuple(q.code for q in section.questions if q.code in shown and q.code not in sheet.asked),
    )


def words(section: Section, sheet: Sheet) -> list[Dropped]:
    """Everything that was filled in, question by question, for a form that cannot be stored any more."""
    questions = [question for question in section.questions if question.code in sheet.asked]
    said = ((question, _gone(question, sheet, {}, {})) for question in questions)
    return [Dropped(question=question, text=text) for question, text in said if text]


@dataclass(frozen=True, slots=True)
class _Typed:
    """What one question's fields mean: the answer as a JSON value, the explanation, and what is wrong with either."""

    answer: Any
    explanation: str
    answer_problem: str | None
    explanation_problem: str | None

    @property
    def right(self) -> bool:
        return self.answer_problem is None and self.explanation_problem is None


def _typed(question: Question, sheet: Sheet, reading: FormReading) -> _Typed:
    code = question.code
    answer, explanation = None, ""
    unclear = next((problem.message for problem in reading.problems if problem.question == code), None)
    if kinds.KINDS[question.kind].several and UNKNOWN_CODE in sheet.texts(code) and len(sheet.texts(code)) > 1:
        unclear = "U koos 'onbekend' én een antwoord. Laat een van de twee staan."
    elif unclear is None:
        try:
            value = kinds.read(question, reading.values.get(code))
            answer = None if value is None else kinds.write(question, value)
        except Misread as error:
            unclear = error.message
    wrong = None
    try:
        explanation = kinds.clean_text(reading.explanations.get(code, ""), MAX_EXPLANATION)
    except Misread as error:
        wrong = error.message
    return _Typed(answer, explanation, unclear, wrong)


def _whose(sheet: Sheet, code: str, mine: str | None, theirs: str) -> str:
    """Whose answer stands: "mijn", "ander", or a clash while a person must choose."""
    if mine == theirs:
        return MINE
    if sheet.mark(code) == theirs:
        choice = sheet.choice(code) if code in sheet.clashed else MINE
        return choice if choice in (MINE, OTHER) else CLASH
    # Stored anew since the page was made. Whoever left the field as it was, did not mean to undo that.
    untouched = mine is not None and mine == sheet.mark(code) and code not in sheet.clashed
    return OTHER if untouched else CLASH


def _gone(question: Question, sheet: Sheet, values: Mapping[str, Any], explanations: Mapping[str, str]) -> str:
    """All that was said on this question, for who wants to keep it; empty when nothing was."""
    value = _value(question, values.get(question.code))
    said = kinds.show(question, value) if value is not None else _said(question, sheet)
    explained = explanations.get(question.code) or sheet.explanation(question.code)
    return ". ".join(part.strip() for part in (said, explained) if part.strip())


def _value(question: Question, raw: Any) -> Value | None:
    try:
        return kinds.read(question, raw)
    except Misread:
        return None


def _settled(question: Question, raw: Any) -> Any:
    """The one way to write an answer, so that 1000 and 1000.0 are the same; what cannot be read stays as it is."""
    try:
        value = kinds.read(question, raw)
    except Misread:
        return raw
    return None if value is None else kinds.write(question, value)


def _put(into: dict[str, Any], code: str, what: Any) -> None:
    if what is None:
        into.pop(code, None)
    else:
        into[code] = what


def _said(question: Question, sheet: Sheet) -> str:
    options = {option.code: option.text for option in question.options}
    return ", ".join(options.get(text, text) for text in sheet.texts(question.code))


def _first(texts: Sequence[str]) -> str:
    return texts[0] if texts else ""
