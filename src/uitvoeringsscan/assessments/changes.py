"""What changed between two times that an agency said something: question by question, nothing left out.

The two may be answers to the same questionnaire (a file that was sent back and handed in again) or to two versions of
one (a replaced amendment). An answer is compared by what it means, not by how it was written down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from uitvoeringsscan.assessments.answers import Answers, implied_outcome
from uitvoeringsscan.assessments.assessment import Outcome, RawAnswers
from uitvoeringsscan.rubrics import kinds
from uitvoeringsscan.rubrics.conditions import visible
from uitvoeringsscan.rubrics.model import Question, Rubric
from uitvoeringsscan.rubrics.typed import Misread
from uitvoeringsscan.rubrics.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an agency says: its outcome, and the answers where those are part of it (empty for a quick way out)."""

    rubric: Rubric
    outcome: Outcome
    reason: str | None = None
    ask_instead: str | None = None
    answers: RawAnswers = field(default_factory=RawAnswers)


def said(rubric: Rubric, outcome: Outcome, answers: RawAnswers, *, reason: str | None, instead: str | None) -> Said:
    """What was handed in. Answers that a quick way out left behind are no part of it."""
    implied = implied_outcome(rubric, Answers(values=_values(rubric, answers)))
    counted = outcome in (Outcome.ANSWERED, implied)
    return Said(
        rubric=rubric,
        outcome=outcome,
        reason=reason,
        ask_instead=instead,
        answers=answers if counted else RawAnswers(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer as it is stored. Both None: the question was not answered. `asked`: it applied."""

    value: Any
    explanation: str | None
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    question: str
    was: Given
    now: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Every question that applied or was answered on either side is in one of the two, once.

    changed    in the order of the newer questionnaire; what only the older one asks comes last
    unchanged  codes, in the same order
    outcome    whether the outcome is another one; reason: whether the reason of it, or whom to ask instead, is
    """

    changed: tuple[Changed, ...]
    unchanged: tuple[str, ...]
    outcome: bool
    reason: bool

    @property
    def none(self) -> bool:
        return not (self.changed or self.outcome or self.reason)


def changes(old: Said, new: Said) -> Changes:
    """What differs between what was said and what is said now."""
    before, after = _given(old), _given(new)
    changed: list[Changed] = []
    unchanged: list[str] = []
    known = dict.fromkeys([*new.rubric.by_code, *old.rubric.by_code, *after, *before])
    for code in (code for code in known if code in after or code in before):
        was, now = before.get(code, _NOTHING), after.get(code, _NOTHING)
        if _means(old.rubric, code, was) == _means(new.rubric, code, now):
            unchanged.append(code)
        else:
            changed.append(Changed(question=code, was=was, now=now))
    return Changes(
        changed=tuple(changed),
        unchanged=tuple(unchanged),
        outcome=old.outcome is not new.outcome,
        reason=(_text(old.reason), old.ask_instead) != (_text(new.reason), new.ask_instead),
    )


def touched(old: RawAnswers, new: RawAnswers) -> tuple[str, ...]:
    """The questions of which something differs between two drafts, as they are stored; in alphabetical order."""
    codes = {*old.values, *old.explanations, *new.values, *new.explanations}
    return tuple(
        code
        for code in sorted(codes)
        if (old.values.get(code), old.explanations.get(code)) != (new.values.get(code), new.explanations.get(code))
    )


_NOTHING = Given(value=None, explanation=None, asked=False)


def _given(said: Said) -> dict[str, Given]:
    """What was asked or answered. What was stored for a question that does not exist is kept too: nothing is lost."""
    values, explanations = said.answers.values, said.answers.explanations
    asked = visible(said.rubric, _values(said.rubric, said.answers)) if values or explanations else frozenset()
    return {
        code: Given(value=values.get(code), explanation=_text(explanations.get(code)), asked=code in asked)
        for code in dict.fromkeys([*said.rubric.by_code, *values, *explanations])
        if code in asked or code in values or code in explanations
    }


def _values(rubric: Rubric, answers: RawAnswers) -> dict[str, Value]:
    read = ((code, _value(question, answers.values.get(code))) for code, question in rubric.by_code.items())
    return {code: value for code, value in read if value is not None}


def _value(question: Question, raw: Any) -> Value | None:
    try:
        return kinds.read(question, raw)
    except Misread:
        return None


def _means(rubric: Rubric, code: str, given: Given) -> tuple[Any, str | None]:
    question = rubric.by_code.get(code)
    value = _value(question, given.value) if question else None
    return (given.value if value is None else value), given.explanation


def _text(text: str | None) -> str | None:
    """A text without the blanks around it; None when nothing is left."""
    return (text or "").strip() or None
