"""From one agency's answers to its score. The worst answer wins per dimension, and every step leaves a trace.

Amounts, fte and dates never make a level: ten fte is nothing for one agency and everything for another. A question that
applies and has no answer weighs as "onbekend": silence never makes a score look better.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from uitvoeringsscan.assessments.answers import Answers
from uitvoeringsscan.rubrics.conditions import visible, worst_level
from uitvoeringsscan.rubrics.model import UNKNOWN_CODE, Meaning, Question, Rubric
from uitvoeringsscan.rubrics.scales import Touched
from uitvoeringsscan.rubrics.values import UNKNOWN, Value
from uitvoeringsscan.scoring.contradictions import warnings_for
from uitvoeringsscan.scoring.score import (
    NOT_ANSWERED,
    AgencyScore,
    Dimension,
    DimensionScore,
    Level,
    Range,
    TraceLine,
    Verdict,
)


def score(rubric: Rubric, answers: Answers) -> AgencyScore:
    """What these answers come to, by the rules of the rubric they answer. Works on a draft as well.

    The first question can settle it: "geen gevolgen" is level NONE everywhere, "niet onze taak" takes no part, and
    "niet te beoordelen" is a verdict with every level unknown.
    """
    shown = visible(rubric, answers.values)
    given = {code: value for code, value in answers.values.items() if code in shown}

    def value(meaning: Meaning) -> Value | None:
        question = rubric.giving(meaning)
        return given.get(question.code) if question else None

    def figure(meaning: Meaning) -> Range | None:
        found = value(meaning)
        return found if isinstance(found, Range) else None

    def text(meaning: Meaning) -> str | None:
        found = value(meaning)
        return found if isinstance(found, str) else None

    touched = value(Meaning.TOUCHED)
    if touched == Touched.NO_IMPACT:
        return no_impact_score(_touched_trace(rubric, Touched.NO_IMPACT))
    feasible_from = value(Meaning.FEASIBLE_FROM)
    verdict = _verdict(touched, value(Meaning.VERDICT))
    dimensions = tuple(_dimension(rubric, dimension, shown, given) for dimension in Dimension)
    plain = AgencyScore(
        dimensions=dimensions,
        verdict=verdict,
        conditions=_lines(text(Meaning.CONDITIONS)) if verdict is Verdict.FEASIBLE_IF else (),
        alternative=text(Meaning.ALTERNATIVE),
        costs_once=figure(Meaning.COSTS_ONCE),
        costs_yearly=figure(Meaning.COSTS_YEARLY),
        fte_once=figure(Meaning.FTE_ONCE),
        fte_yearly=figure(Meaning.FTE_YEARLY),
        feasible_from=feasible_from if isinstance(feasible_from, date) else None,
        warnings=(),
        not_ours=touched == Touched.NOT_OURS,
    )
    return warnings_for(rubric, answers, shown, plain)


def no_impact_score(trace: TraceLine | None = None) -> AgencyScore:
    """The score of "geen gevolgen": level NONE on all four, nothing to pay, and no verdict, for none was asked.

    trace  the answer that said so; None when it was said by the quick way out
    """
    zero = Range(Decimal(0), Decimal(0))
    lines = (trace,) if trace else ()
    return AgencyScore(
        dimensions=tuple(
            DimensionScore(dimension=dimension, level=Level.NONE, at_least=False, trace=lines)
            for dimension in Dimension
        ),
        verdict=None,
        conditions=(),
        alternative=None,
        costs_once=zero,
        costs_yearly=zero,
        fte_once=zero,
        fte_yearly=zero,
        feasible_from=None,
        warnings=(),
    )


def _verdict(touched: Value | None, given: Value | None) -> Verdict | None:
    """ "onbekend" as a verdict, or on whether it touches the work at all, is "nog niet te beoordelen"."""
    if touched is UNKNOWN or touched == Touched.NOT_ASSESSABLE or given is UNKNOWN:
        return Verdict.NOT_YET_ASSESSABLE
    return Verdict(given) if isinstance(given, str) else None


def _dimension(rubric: Rubric, dimension: Dimension, shown: frozenset[str], given: dict[str, Value]) -> DimensionScore:
    trace = tuple(
        _trace(question, given.get(question.code))
        for question in rubric.questions
        if question.dimension is dimension and question.code in shown
    )
    levels = [line.level for line in trace if line.level is not None]
    return DimensionScore(
        dimension=dimension,
        level=max(levels, default=None),
        at_least=len(levels) < len(trace) or not levels,
        trace=trace,
    )


def _trace(question: Question, value: Value | None) -> TraceLine:
    level = worst_level(question, value)
    if level is None:
        option, text = (UNKNOWN_CODE, "Onbekend") if value is UNKNOWN else (NOT_ANSWERED, "Niet beantwoord")
    else:
        chosen = value if isinstance(value, tuple) else (value,)
        worst = next(item for item in question.options if item.code in chosen and item.level == level)
        option, text = worst.code, worst.text
    return TraceLine(question=question.code, question_text=question.text, option=option, option_text=text, level=level)


def _touched_trace(rubric: Rubric, answer: Touched) -> TraceLine:
    question = next(question for question in rubric.questions if question.gives is Meaning.TOUCHED)
    option = next(option for option in question.options if option.code == answer)
    return TraceLine(
        question=question.code,
        question_text=question.text,
        option=option.code,
        option_text=option.text,
        level=Level.NONE,
    )


def _lines(text: str | None) -> tuple[str, ...]:
    """Each condition is a line; the dashes and dots with which people begin one are not part of it."""
    stripped = (line.strip().lstrip("-–•*·").strip() for line in (text or "").splitlines())
    return tuple(line for line in stripped if line)
