"""What stands beside a question: a remark from whoever sent it back, colleagues' comments, an earlier answer, a price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.assessments.comments import Comment
from uitvoeringsscan.assessments.copying import Offer
from uitvoeringsscan.assessments.tasks import Task
from uitvoeringsscan.assessments.unit_costs import UnitCost, hints
from uitvoeringsscan.presentation.questionnaire_sheet import stored_values
from uitvoeringsscan.presentation.questionnaire_view import SectionLine, shown_answer
from uitvoeringsscan.rubrics.model import Rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """An earlier answer in words, and what to send to take it over."""

    answer: str
    explanation: str | None
    scan: str
    at: datetime
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """
    comments  those that are open
    closed    how many are not
    copied    the scan that the answer was taken from; `copied_at` when it was approved there
    hints     lines of arithmetic
    """

    remark: str | None
    comments: tuple[Comment, ...]
    closed: int
    offer: OfferView | None
    copied: str | None
    copied_at: datetime | None
    hints: tuple[str, ...]


def beside(
    rubric: Rubric,
    file: Assessment,
    *,
    comments: Sequence[Comment] = (),
    offers: Mapping[str, Offer] | None = None,
    taken: Mapping[str, datetime] | None = None,
    costs: Sequence[UnitCost] = (),
) -> dict[str, Beside]:
    """For every question of the rubric."""
    values = stored_values(rubric, file.answers)
    found = {}
    for code in rubric.by_code:
        own = [comment for comment in comments if comment.question == code]
        offer = (offers or {}).get(code)
        found[code] = Beside(
            remark=file.question_remarks.get(code),
            comments=tuple(comment for comment in own if comment.open),
            closed=sum(not comment.open for comment in own),
            offer=_offer(rubric, offer) if offer else None,
            copied=file.copied.get(code),
            copied_at=(taken or {}).get(code),
            hints=tuple(hints(rubric, code, values, costs)),
        )
    return found


def _offer(rubric: Rubric, offer: Offer) -> OfferView:
    return OfferView(
        answer=shown_answer(rubric.question(offer.question), offer.answer) or "",
        explanation=offer.explanation,
        scan=offer.scan,
        at=offer.at,
        value=f"{offer.question}:{offer.scan}",
    )


def with_tasks(lines: Sequence[SectionLine], tasks: Sequence[Task]) -> list[SectionLine]:
    """The task list, with who has which section."""
    words = {task.section: task_words(task) for task in tasks}
    return [replace(line, note=" · ".join(filter(None, (line.note, words.get(line.code)))) or None) for line in lines]


def task_words(task: Task) -> str:
    """ "bij U. Werker: kijk naar de kosten" """
    return f"bij {task.name}: {task.line}" if task.line else f"bij {task.name}"
