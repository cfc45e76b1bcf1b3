"""A questionnaire as its author tries it out: all sections on one page, what shows and what does not, and the score.

The rows are those of a case worker's page; only the rest is of this page alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from uitvoeringsscan.assessments.answers import read_answers
from uitvoeringsscan.assessments.assessment import RawAnswers
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.dutch import listed
from uitvoeringsscan.presentation.questionnaire_check import LevelLine, Link, WarningLine, level_lines, warning_lines
from uitvoeringsscan.presentation.questionnaire_sheet import (
    Dropped,
    Merged,
    Sheet,
    mark,
    merge,
    read_sheet,
    stored_values,
)
from uitvoeringsscan.presentation.questionnaire_view import QuestionRow, question_rows
from uitvoeringsscan.rubrics.conditions import visible
from uitvoeringsscan.rubrics.model import (
    UNKNOWN_CODE,
    AllOf,
    AnyOf,
    Condition,
    Is,
    LevelFrom,
    Question,
    Rubric,
    Section,
)
from uitvoeringsscan.scoring.rules import score
from uitvoeringsscan.scoring.score import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A question that does not show, and what would make it show."""

    label: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewSection:
    title: str
    help: str | None
    rows: tuple[QuestionRow, ...]
    hidden: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """
    begun     something was answered, so there is an outcome to show
    not_ours  the answers say that this is for somebody else: no levels
    missing   what must still be answered before handing in
    dropped   what was typed and whose question does not show any more
    """

    sections: tuple[PreviewSection, ...]
    begun: bool
    not_ours: bool
    levels: tuple[LevelLine, ...]
    verdict: Verdict | None
    conditions: tuple[str, ...]
    warnings: tuple[WarningLine, ...]
    missing: tuple[Link, ...]
    dropped: tuple[Dropped, ...]
    shown: int
    asked: int


def empty(rubric: Rubric, answers: RawAnswers | None = None) -> Preview:
    """Before anything is sent: without answers, or with those of an example."""
    return _preview(rubric, answers or RawAnswers(), None, None)


def filled(rubric: Rubric, pairs: Iterable[tuple[str, str]]) -> Preview:
    """What a form came back with."""
    whole = Section(code="alles", titel=rubric.title, vragen=rubric.questions)
    # Nothing is stored, so nobody can have answered in the meantime: every mark is that of no answer at all.
    nothing = [(f"{question.code}.was", mark(question, None, None)) for question in rubric.questions]
    typed = [(name, text) for name, text in pairs if not name.endswith((".was", ".kies")) and name != ".botsing"]
    sheet = read_sheet(whole, [*typed, *nothing])
    merged = merge(rubric, whole, sheet, RawAnswers())
    return _preview(rubric, merged.draft, sheet, merged)


def _preview(rubric: Rubric, draft: RawAnswers, sheet: Sheet | None, merged: Merged | None) -> Preview:
    values = stored_values(rubric, draft)
    shown = visible(rubric, values)
    found = score(rubric, read_answers(rubric, draft.values, draft.explanations, complete=False))
    return Preview(
        sections=tuple(
            PreviewSection(
                title=section.title,
                help=section.help,
                rows=tuple(question_rows(rubric, section, draft, sheet, merged)),
                hidden=tuple(
                    Hidden(label=question.text, when=condition_words(question.condition, rubric.by_code))
                    for question in section.questions
                    if question.code not in shown and question.condition is not None
                ),
            )
            for section in rubric.sections
        ),
        begun=bool(values),
        not_ours=found.not_ours,
        levels=tuple(level_lines(found)),
        verdict=found.verdict,
        conditions=found.conditions,
        warnings=tuple(_on_this_page(line) for line in warning_lines(rubric, found)),
        missing=tuple(
            Link(message=question.text, href=f"#veld-{question.code}")
            for question in rubric.questions
            if question.required and question.code in shown and question.code not in values
        ),
        dropped=merged.dropped if merged else (),
        shown=len(shown),
        asked=len(rubric.questions),
    )


def _on_this_page(line: WarningLine) -> WarningLine:
    links = (Link(message=one.message, href=(one.href or "").replace("#rij-", "#veld-")) for one in line.questions)
    return WarningLine(message=line.message, questions=tuple(links))


def condition_words(condition: Condition, questions: Mapping[str, Question], *, inside: bool = False) -> str:
    """ "het antwoord op “Raakt dit uw werk?” is “Ja”" """
    match condition:
        case Is(question=code, one_of=wanted):
            given = listed((_answer(questions[code], one) for one in wanted), last="of")
            return f"het antwoord op “{questions[code].text}” is {given}"
        case LevelFrom(question=code, level=level):
            word = labels.LEVELS[level].label.casefold()
            heavier = "" if level == max(labels.LEVELS) else " of zwaarder"
            return f"het antwoord op “{questions[code].text}” telt als {word}{heavier}"
        case AllOf(parts=parts) | AnyOf(parts=parts):
            said = [condition_words(part, questions, inside=True) for part in parts]
            words = (" en " if isinstance(condition, AllOf) else ", of ").join(said)
            return f"({words})" if inside and len(said) > 1 else words


def _answer(question: Question, code: str | bool) -> str:
    if isinstance(code, bool):
        return "“Ja”" if code else "“Nee”"
    option = question.option(code)
    return f"“{option.text if option else 'Onbekend' if code == UNKNOWN_CODE else code}”"
