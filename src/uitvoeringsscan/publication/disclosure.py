"""What of an agency's file may be seen. Everything a publication says of an agency is read through this module.

Two things pass: what stands approved with the agency's name to it, and of that only what its questionnaire calls public.
An internal question is taken out of the score before anything is added up, so that no sum can betray it. A level is always
public; the internal answer behind it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from uitvoeringsscan.amendments.bill_test import BillTest
from uitvoeringsscan.assessments.answers import Answers, implied_outcome
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, Outcome
from uitvoeringsscan.publication.summary import (
    AnswerLine,
    ExplanationLine,
    Figures,
)
from uitvoeringsscan.routing.register import Agency
from uitvoeringsscan.rubrics.model import Meaning, Question, Rubric
from uitvoeringsscan.rubrics.values import UNKNOWN, Range, Value
from uitvoeringsscan.scoring.rules import no_impact_score
from uitvoeringsscan.scoring.score import AgencyScore, Dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFile:
    """One agency that was asked: its file, and what it came to.

    rubric          the questionnaire it was sent, as pinned on the file
    answers, score  None unless it handed in answers
    bill_test       what it said about the bill itself, where that is kept
    """

    assessment: Assessment
    agency: Agency
    rubric: Rubric
    answers: Answers | None
    score: AgencyScore | None
    bill_test: BillTest | None = None

    @property
    def outcome(self) -> Outcome | None:
        """What stands with the agency's name to it, None where nothing does. Answers can say by themselves that there are
        no consequences, or that it is not this agency's task."""
        if self.assessment.state is not AssessmentState.APPROVED:
            return None
        if self.assessment.outcome is Outcome.ANSWERED and self.answers is not None:
            return implied_outcome(self.rubric, self.answers)
        return self.assessment.outcome


_SCORED = {
    # the part of a score -> the question it comes from
    Meaning.VERDICT: ("verdict", None),
    Meaning.CONDITIONS: ("conditions", ()),
    Meaning.ALTERNATIVE: ("alternative", None),
    Meaning.COSTS_ONCE: ("costs_once", None),
    Meaning.COSTS_YEARLY: ("costs_yearly", None),
    Meaning.FTE_ONCE: ("fte_once", None),
    Meaning.FTE_YEARLY: ("fte_yearly", None),
    Meaning.FEASIBLE_FROM: ("feasible_from", None),
}


def public_score(file: AgencyFile) -> AgencyScore | None:
    """The score without what follows from internal questions; None where no approved answer stands."""
    if file.outcome is Outcome.NO_IMPACT:
        return no_impact_score()
    if file.outcome is not Outcome.ANSWERED or file.score is None:
        return None
    hidden: dict[str, Any] = {
        name: nothing for meaning, (name, nothing) in _SCORED.items() if not _is_public(file.rubric.giving(meaning))
    }
    return replace(
        file.score,
        dimensions=tuple(
            replace(d, trace=tuple(t for t in d.trace if _is_public(file.rubric.by_code.get(t.question))))
            for d in file.score.dimensions
        ),
        warnings=tuple(
            w for w in file.score.warnings if all(_is_public(file.rubric.by_code.get(q)) for q in w.questions)
        ),
        **hidden,
    )


def _is_public(question: Question | None) -> bool:
    """What the questionnaire does not know is not shown."""
    return question is not None and question.public


_PLACED = frozenset(
    {
        *_SCORED,
        Meaning.TOUCHED,
        Meaning.REASON,
        Meaning.VERDICT_REASON,
        Meaning.ASK_INSTEAD,
        Meaning.CONSEQUENCES,
        Meaning.EXTENT,
        Meaning.ASSUMPTIONS,
        Meaning.PRICE_OF_DATE,
    }
)
"""Meanings with a field of their own; every other public answer is listed with its question."""


class Said:
    """What one agency said in public: every read goes through here, so that nothing internal can slip by."""

    def __init__(self, file: AgencyFile) -> None:
        self._outcome = file.outcome
        answers = file.answers
        if answers is None or file.outcome is None or implied_outcome(file.rubric, answers) is not file.outcome:
            # Not handed in, or a draft that was left behind when the agency took a quick way out.
            answers = Answers()
        self._rubric = file.rubric
        self._public = tuple(question for question in file.rubric.questions if question.public)
        self._values = answers.values
        self._explanations = answers.explanations

    def value(self, meaning: Meaning) -> Value | None:
        question = self._rubric.giving(meaning)
        return self._values.get(question.code) if question is not None and question.public else None

    def text(self, meaning: Meaning) -> str | None:
        value = self.value(meaning)
        return value.strip() or None if isinstance(value, str) else None

    def aside(self, meaning: Meaning, given: str | None) -> str | None:
        """What was given beside the answers (the quick ways out), under the same rule as the question that asks it."""
        question = self._rubric.giving(meaning)
        if question is not None and not question.public:
            return None
        return (given if self._outcome is not None else None) or self.text(meaning)

    def about(self, dimension: Dimension) -> str | None:
        """The explanations to the questions of one dimension, one a line."""
        lines = (self._explained(question) for question in self._public if question.dimension is dimension)
        return "\n".join(line for line in lines if line) or None

    def explanations(self) -> Iterator[ExplanationLine]:
        for question in self._public:
            text = self._explained(question)
            if text and question.dimension is None:
                yield ExplanationLine(question=question.code, question_text=question.text, text=text)

    def answers(self) -> Iterator[AnswerLine]:
        for question in self._public:
            value = self._values.get(question.code)
            if value is None or question.dimension is not None or question.gives in _PLACED:
                continue
            chosen = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
            options = (question.option(code) for code in chosen)
            yield AnswerLine(
                question=question.code,
                question_text=question.text,
                kind=question.kind.value,
                value=_wire(value),
                option_texts=tuple(option.text for option in options if option is not None),
            )

    def _explained(self, question: Question) -> str:
        return self._explanations.get(question.code, "").strip()


def _wire(value: Value) -> bool | str | tuple[str, ...] | Figures:
    if value is UNKNOWN:
        return "onbekend"
    if isinstance(value, Range):
        return Figures(low=float(value.low), high=float(value.high))
    return value.isoformat() if isinstance(value, date) else value


def figures(value: Value | None) -> Figures | None:
    return Figures(low=float(value.low), high=float(value.high)) if isinstance(value, Range) else None
