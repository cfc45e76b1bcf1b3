"""All answers once more, before a signature: by section, what is missing, what they come to and why.

The same rows serve who hands in and who approves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uitvoeringsscan.assessments.assessment import RawAnswers
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.dutch import listed
from uitvoeringsscan.presentation.questionnaire_sheet import stored_values
from uitvoeringsscan.presentation.questionnaire_view import shown_answer
from uitvoeringsscan.rubrics.conditions import visible
from uitvoeringsscan.rubrics.model import UNKNOWN_CODE, Question, Rubric, Section
from uitvoeringsscan.scoring.score import NOT_ANSWERED, AgencyScore, DimensionScore


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """`answer` None: not answered. `level` is what the answer counts as; `href` leads to the field itself."""

    code: str
    question: str
    answer: str | None
    explanation: str | None
    level: int | None
    public: bool
    required: bool
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGroup:
    title: str
    rows: tuple[AnswerRow, ...]


def answer_groups(rubric: Rubric, draft: RawAnswers, base: str | None) -> list[AnswerGroup]:
    """The questions that apply with their answers, by section. `base` None: nothing can be changed here."""
    values = stored_values(rubric, draft)
    shown = visible(rubric, values)
    groups = []
    for section in rubric.sections:
        rows = tuple(
            _answer_row(question, draft, field_href(base, section, question) if base else None)
            for question in section.questions
            if question.code in shown
        )
        if rows:
            groups.append(AnswerGroup(title=section.title, rows=rows))
    return groups


def field_href(base: str, section: Section, question: Question) -> str:
    return f"{base}/onderdeel/{section.code}#veld-{question.code}"


def _answer_row(question: Question, draft: RawAnswers, href: str | None) -> AnswerRow:
    raw = draft.values.get(question.code)
    return AnswerRow(
        code=question.code,
        question=question.text,
        answer=shown_answer(question, raw),
        explanation=draft.explanations.get(question.code) or None,
        level=question.level_of(raw) if isinstance(raw, str) else None,
        public=question.public,
        required=question.required,
        href=href,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One line of an error summary whose field may stand on another page."""

    message: str
    href: str | None


def missing(rubric: Rubric, draft: RawAnswers, base: str) -> list[Link]:
    """Every question that must be answered before handing in and is not, with the way to its field."""
    values = stored_values(rubric, draft)
    shown = visible(rubric, values)
    return [
        Link(message=question.text, href=field_href(base, section, question))
        for section, question in _questions(rubric)
        if question.required and question.code in shown and question.code not in values
    ]


def question_href(rubric: Rubric, code: str | None, base: str) -> str | None:
    """The way to the field of a question; None when the rubric has no such question."""
    return next(
        (field_href(base, section, question) for section, question in _questions(rubric) if question.code == code), None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningLine:
    """A contradiction, and the way to every answer it is about: links within the page of answers."""

    message: str
    questions: tuple[Link, ...]


def warning_lines(rubric: Rubric, score: AgencyScore) -> list[WarningLine]:
    return [
        WarningLine(
            message=warning.message,
            questions=tuple(
                Link(message=rubric.question(code).text, href=f"#rij-{code}")
                for code in dict.fromkeys(warning.questions)
                if code in rubric.by_code
            ),
        )
        for warning in score.warnings
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    """One dimension of the outcome, and why, in words."""

    dimension: str
    level: int | None
    at_least: bool
    because: str


def level_lines(score: AgencyScore) -> list[LevelLine]:
    """The four dimensions; empty while no answer weighs on any of them, or when the agency takes no part."""
    if score.not_ours or not any(line.trace for line in score.dimensions):
        return []
    return [
        LevelLine(
            dimension=labels.DIMENSIONS[line.dimension].label,
            level=line.level,
            at_least=line.at_least,
            because=_because(line),
        )
        for line in score.dimensions
    ]


def _because(line: DimensionScore) -> str:
    """One sentence or two: which answers made the level, and which are still out."""
    if not line.trace:
        return "Geen van de vragen die voor u gelden, telt mee voor dit onderwerp."
    decisive = [
        f"“{p.option_text}” bij “{p.question_text}”"
        for p in line.trace
        if p.level is not None and p.level == line.level
    ]
    unknown = [f"“{p.question_text}”" for p in line.trace if p.option == UNKNOWN_CODE]
    unanswered = [f"“{p.question_text}”" for p in line.trace if p.option == NOT_ANSWERED]
    sentences = (
        f"Door het antwoord {listed(decisive)}." if decisive else "",
        f"Onbekend bij {listed(unknown)}." if unknown else "",
        f"Nog niet beantwoord: {listed(unanswered)}." if unanswered else "",
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _questions(rubric: Rubric) -> Iterator[tuple[Section, Question]]:
    for section in rubric.sections:
        for question in section.questions:
            yield section, question
