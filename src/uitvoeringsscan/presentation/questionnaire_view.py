"""A questionnaire and its answers as rows for pages: the task list, and the questions of a section.

Pure shaping: which words, which order, which field. What was typed and how it meets what is stored is for
`questionnaire_sheet`; the answers once more before a signature are in `questionnaire_check`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uitvoeringsscan.assessments.assessment import RawAnswers
from uitvoeringsscan.presentation.questionnaire_sheet import Merged, Sheet, mark, stored_values
from uitvoeringsscan.rubrics import kinds
from uitvoeringsscan.rubrics.conditions import depends_on, questions_in, visible
from uitvoeringsscan.rubrics.model import UNKNOWN_CODE, Kind, Question, Rubric, Section
from uitvoeringsscan.rubrics.typed import Misread
from uitvoeringsscan.rubrics.values import UNKNOWN, Value

# The task list


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    """
    status  klaar | bezig | nog-niet-begonnen | kan-nog-niet (no question of it is asked until something else is answered)
    href    where its questions are; None while it cannot be answered yet
    number  its place, from 1
    """

    code: str
    label: str
    status: str
    href: str | None
    note: str | None
    current: bool
    number: int


def section_lines(rubric: Rubric, draft: RawAnswers, base: str, current: str | None = None) -> list[SectionLine]:
    """The sections that apply, and those that still may. `base` is the path of the file."""
    values = stored_values(rubric, draft)
    shown = visible(rubric, values)
    may_come = depends_on(rubric, frozenset(code for code in shown if code not in values))
    lines: list[SectionLine] = []
    for section in rubric.sections:
        asked = [question for question in section.questions if question.code in shown]
        if not asked and not any(question.code in may_come for question in section.questions):
            continue
        lines.append(
            SectionLine(
                code=section.code,
                label=section.title,
                status=_status(asked, values),
                href=f"{base}/onderdeel/{section.code}" if asked else None,
                note=_section_note(asked, values),
                current=section.code == current,
                number=len(lines) + 1,
            )
        )
    return lines


def _status(asked: Sequence[Question], values: Mapping[str, Value]) -> str:
    if not asked:
        return "kan-nog-niet"
    if not any(question.code in values for question in asked):
        return "nog-niet-begonnen"
    return "bezig" if any(question.required and question.code not in values for question in asked) else "klaar"


def _section_note(asked: Sequence[Question], values: Mapping[str, Value]) -> str | None:
    if asked and not any(question.required for question in asked):
        return "mag u overslaan"
    left = sum(1 for question in asked if question.required and question.code not in values)
    begun = any(question.code in values for question in asked)
    return f"nog {left} {'vraag' if left == 1 else 'vragen'}" if begun and left else None


def progress(lines: Sequence[SectionLine]) -> str:
    """3 van 6 onderdelen klaar"""
    done = sum(1 for line in lines if line.status == "klaar")
    return f"{done} van {len(lines)} {'onderdeel' if len(lines) == 1 else 'onderdelen'} klaar"


def next_section(lines: Sequence[SectionLine], code: str) -> SectionLine | None:
    """The first section after this one that can be answered; None after the last."""
    codes = [line.code for line in lines]
    after = lines[codes.index(code) + 1 :] if code in codes else ()
    return next((line for line in after if line.href), None)


# The questions of one section


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """What somebody else stored meanwhile."""

    answer: str
    explanation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """
    field        radios | checkboxes | text | textarea
    texts        what the field holds: one text, or the codes that are ticked
    mark         see `questionnaire_sheet`
    explanation_open  the field stands open; otherwise it is folded away until somebody wants it
    explanation_hint  None leaves the explanation out: a text explains itself
    """

    code: str
    label: str
    field: str
    hint: str | None
    required: bool
    choices: tuple[Choice, ...]
    texts: tuple[str, ...]
    rows: int
    short: bool
    error: str | None
    explanation: str
    explanation_hint: str | None
    explanation_open: bool
    explanation_error: str | None
    mark: str
    clash: Clash | None

    @property
    def text(self) -> str:
        return self.texts[0] if self.texts else ""


def question_rows(
    rubric: Rubric, section: Section, draft: RawAnswers, sheet: Sheet | None = None, merged: Merged | None = None
) -> list[QuestionRow]:
    """The questions that apply. With a sheet, its words stand in the fields, whatever is stored."""
    shown = visible(rubric, stored_values(rubric, draft))
    questions = [question for question in section.questions if question.code in shown]
    return [_question_row(question, draft, sheet, merged) for question in questions]


def grows(rubric: Rubric, section: Section) -> bool:
    """Whether an answer in this section can bring other questions in it."""
    own = {question.code for question in section.questions}
    return any(own & set(questions_in(question.condition)) for question in section.questions)


_SHORT_TEXT = 200


def _question_row(question: Question, draft: RawAnswers, sheet: Sheet | None, merged: Merged | None) -> QuestionRow:
    code = question.code
    raw, stored_explanation = draft.values.get(code), draft.explanations.get(code, "")
    typed = sheet is not None and code in sheet.asked
    texts = sheet.texts(code) if sheet is not None and typed else field_texts(question, raw)
    explanation = sheet.explanation(code) if sheet is not None and typed else stored_explanation
    explanation_error = merged.explanation_problems.get(code) if merged else None
    clash = Clash(answer=shown_answer(question, raw) or "geen antwoord", explanation=stored_explanation or None)
    field = kinds.KINDS[question.kind].field
    short_text = field == "textarea" and question.length_limit <= _SHORT_TEXT
    return QuestionRow(
        code=code,
        label=question.text,
        field="text" if short_text else field,
        hint=_hint(question),
        required=question.required,
        choices=_choices(question, answered=raw is not None),
        texts=texts,
        rows=3 if question.length_limit <= 1000 else 5,
        short=field == "text",
        error=merged.problems.get(code) if merged else None,
        explanation=explanation,
        explanation_hint=_explanation_hint(question, explanation),
        explanation_open=bool(explanation or explanation_error or question.dimension),
        explanation_error=explanation_error,
        mark=mark(question, raw, stored_explanation),
        clash=clash if merged and code in merged.clashes else None,
    )


def field_texts(question: Question, raw: Any) -> tuple[str, ...]:
    """What the field of a question holds when this is its answer: words that read back as the same answer."""
    value = _read(question, raw)
    if value is None:
        return ()
    if value is UNKNOWN:
        return (UNKNOWN_CODE,)
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool):
        return ("ja" if value else "nee",)
    return (value if isinstance(value, str) else kinds.show(question, value),)


_UNKNOWN_CHOICE = Choice(value=UNKNOWN_CODE, label="Onbekend: dat weten wij nu niet")
_NO_CHOICE = Choice(value="", label="Toch geen antwoord")


def _choices(question: Question, *, answered: bool) -> tuple[Choice, ...]:
    if question.kind is Kind.YES_NO:
        own: tuple[Choice, ...] = (Choice(value="ja", label="Ja"), Choice(value="nee", label="Nee"))
    else:
        own = tuple(Choice(value=option.code, label=option.text, level=option.level) for option in question.options)
    if not own:
        return ()
    # A radio cannot be put out again; who need not answer must be able to take an answer back.
    undo = (_NO_CHOICE,) if answered and not question.required and not kinds.KINDS[question.kind].several else ()
    return (*own, _UNKNOWN_CHOICE, *undo)


_VISIBILITY = {True: "Dit wordt openbaar", False: "Niet openbaar, dit komt niet in de publicatie"}


def _hint(question: Question) -> str | None:
    rules = kinds.KINDS[question.kind]
    parts = [question.help]
    if rules.several:
        parts.append("U kunt er meer dan een kiezen.")
    if rules.example:
        parts.append(f"Bijvoorbeeld {rules.example}.")
    if rules.field == "text":
        parts.append("Weet u het niet? Typ dan: onbekend.")
    if rules.length:
        limit = f"{question.length_limit:,}".replace(",", ".")
        parts.append(f"{_VISIBILITY[question.public]}; hooguit {limit} tekens.")
    elif not question.public:
        parts.append(f"{_VISIBILITY[False]}.")
    return " ".join(part for part in parts if part) or None


def _explanation_hint(question: Question, explanation: str) -> str | None:
    if kinds.KINDS[question.kind].length and not explanation:
        return None
    return f"{_VISIBILITY[question.public]}."


def shown_answer(question: Question, raw: Any) -> str | None:
    """An answer in words; None when there is none."""
    value = _read(question, raw)
    return None if value is None else kinds.show(question, value)


def _read(question: Question, raw: Any) -> Value | None:
    try:
        return kinds.read(question, raw)
    except Misread:
        return None
