"""Which questions apply, given the answers so far.

A condition looks back only (`rubrics.checks` sees to that), so one pass in the order of the questionnaire is enough. The
answer to a question that does not apply counts as not given: what was typed before somebody changed their mind can
neither open a question nor weigh.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uitvoeringsscan.rubrics.model import UNKNOWN_CODE, AllOf, AnyOf, Condition, Is, LevelFrom, Question, Rubric
from uitvoeringsscan.rubrics.scales import Level
from uitvoeringsscan.rubrics.values import UNKNOWN, Value


def visible(rubric: Rubric, values: Mapping[str, Value]) -> frozenset[str]:
    """The codes of the questions that apply. Values of unknown codes are ignored."""
    given: dict[str, Value] = {}
    shown: set[str] = set()
    for question in rubric.questions:
        if question.condition is None or holds(question.condition, given, rubric.by_code):
            shown.add(question.code)
            if question.code in values:
                given[question.code] = values[question.code]
    return frozenset(shown)


def holds(condition: Condition, given: Mapping[str, Value], questions: Mapping[str, Question]) -> bool:
    """Whether a condition holds for these answers; a question without an answer satisfies nothing."""
    match condition:
        case AllOf(parts=parts):
            return all(holds(part, given, questions) for part in parts)
        case AnyOf(parts=parts):
            return any(holds(part, given, questions) for part in parts)
        case LevelFrom(question=code, level=level):
            reached = worst_level(questions[code], given.get(code))
            return reached is not None and reached >= level
        case _:
            return any(atom in condition.one_of for atom in _atoms(given.get(condition.question)))


def worst_level(question: Question, value: Value | None) -> Level | None:
    """The highest level among the options that were chosen; None for "onbekend" or without levels."""
    levels = [
        level for atom in _atoms(value) if isinstance(atom, str) and (level := question.level_of(atom)) is not None
    ]
    return max(levels, default=None)


def questions_in(condition: Condition | None) -> Iterator[str]:
    """The codes of the questions that a condition looks at."""
    for leaf in leaves(condition):
        yield leaf.question


def leaves(condition: Condition | None) -> Iterator[Is | LevelFrom]:
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from leaves(part)
    elif condition is not None:
        yield condition


def depends_on(rubric: Rubric, roots: frozenset[str]) -> frozenset[str]:
    """The questions of which we cannot say whether they apply while the answers to `roots` are not known."""
    undecided: set[str] = set()
    for question in rubric.questions:
        if any(code in roots or code in undecided for code in questions_in(question.condition)):
            undecided.add(question.code)
    return frozenset(undecided)


def _atoms(value: Value | None) -> tuple[str | bool, ...]:
    """What a condition can compare with: codes and booleans. Figures, dates and texts only as known or not known."""
    if value is UNKNOWN:
        return (UNKNOWN_CODE,)
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str | bool) else ()
