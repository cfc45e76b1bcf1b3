"""What changed since an agency last signed, in words: each changed answer as it was and as it is, the rest by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from uitvoeringsscan.amendments.diff import Piece, word_diff
from uitvoeringsscan.assessments.assessment import Outcome
from uitvoeringsscan.assessments.changes import Changed, Changes, Given, Said, changes
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.questionnaire_check import AnswerGroup
from uitvoeringsscan.presentation.questionnaire_view import shown_answer
from uitvoeringsscan.rubrics.model import Kind, Question, Rubric
from uitvoeringsscan.use_cases.history import Happening
from uitvoeringsscan.use_cases.versions import SaidBefore


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """One side of a change. `answer` says so in words when there was none; level as in AnswerRow."""

    answer: str
    blank: bool
    level: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """
    words        the answer word by word, where it is a text on both sides; None where the two sides are shown whole
    explanation  the explanation word by word; empty where it did not change
    kept_words   the explanation that stayed as it was, if any
    asked        what was to be changed here, when the file went back
    """

    code: str
    question: str
    public: bool
    same_answer: bool
    was: SideView
    now: SideView
    words: tuple[Piece, ...] | None
    explanation: tuple[Piece, ...]
    kept_words: str | None
    who: str | None
    at: datetime | None
    asked: str | None
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """
    outcome   (was, now) in words where it is another one; reason: its reason word by word where that changed
    rows      the changed answers; fallen: they only went, because there are no answers to sign any more
    unmet     (question, remark) where a change was asked for and nothing changed
    same      the answers that stayed as they were, by section
    count     how many answers those are
    """

    before: SaidBefore
    outcome: tuple[str, str] | None
    reason: tuple[Piece, ...]
    rows: tuple[ChangeRow, ...]
    fallen: bool
    unmet: tuple[tuple[str, str], ...]
    same: tuple[AnswerGroup, ...]
    count: int

    @property
    def none(self) -> bool:
        """Nothing at all changed."""
        return not (self.outcome or self.reason or self.rows)


def changes_view(
    before: SaidBefore, now: Said, groups: Collection[AnswerGroup], changed_by: Mapping[str, Happening]
) -> ChangesView:
    """`groups`: all answers of the page as it is now; those that stayed are taken out of it."""
    found = changes(before.said, now)
    shown = {row.code: row.href for group in groups for row in group.rows}
    return ChangesView(
        before=before,
        outcome=_outcomes(before.said, now) if found.outcome else None,
        reason=word_diff(before.said.reason or "", now.reason or "") if found.reason else (),
        rows=tuple(_row(one, before, now.rubric, changed_by, shown.get(one.question)) for one in found.changed),
        fallen=not (now.answers.values or now.answers.explanations),
        unmet=tuple(
            (now.rubric.question(code).text, remark)
            for code, remark in before.asked_by_question.items()
            if code not in {one.question for one in found.changed}
        ),
        same=_same(found, groups),
        count=sum(code in shown for code in found.unchanged),
    )


def _outcomes(old: Said, new: Said) -> tuple[str, str]:
    return _outcome(old.outcome), _outcome(new.outcome)


def _outcome(outcome: Outcome) -> str:
    # Answers have no status of their own: theirs is whether they were approved.
    return "Antwoorden" if outcome is Outcome.ANSWERED else labels.ASSESSMENT_STATUSES[outcome].label


def _same(found: Changes, groups: Collection[AnswerGroup]) -> tuple[AnswerGroup, ...]:
    changed = {one.question for one in found.changed}
    left = (replace(group, rows=tuple(row for row in group.rows if row.code not in changed)) for group in groups)
    return tuple(group for group in left if group.rows)


def _row(
    one: Changed, before: SaidBefore, rubric: Rubric, changed_by: Mapping[str, Happening], href: str | None
) -> ChangeRow:
    old, new = before.said.rubric.by_code.get(one.question), rubric.by_code.get(one.question)
    question = new or old
    was, now = _side(old, one.was), _side(new, one.now)
    texts = question is not None and question.kind is Kind.TEXT and not was.blank and not now.blank
    same_answer = was.answer == now.answer
    same_words = one.was.explanation == one.now.explanation
    by = changed_by.get(one.question)
    return ChangeRow(
        code=one.question,
        question=question.text if question else one.question,
        public=question.public if question else False,
        same_answer=same_answer,
        was=was,
        now=now,
        words=word_diff(was.answer, now.answer) if texts and not same_answer else None,
        explanation=() if same_words else word_diff(one.was.explanation or "", one.now.explanation or ""),
        kept_words=one.now.explanation if same_words else None,
        who=by.who if by else None,
        at=by.at if by else None,
        asked=before.asked_by_question.get(one.question),
        href=href,
    )


def _side(question: Question | None, given: Given) -> SideView:
    answer = shown_answer(question, given.value) if question else None
    level = question.level_of(given.value) if question and isinstance(given.value, str) else None
    if answer is None:
        return SideView(answer="niet ingevuld" if given.asked else "niet gevraagd", blank=True, level=None)
    return SideView(answer=answer, blank=False, level=level)
