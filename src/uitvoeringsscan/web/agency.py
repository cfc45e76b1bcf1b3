"""The agency's pages: our work, and one file with what it asks.

Next door: `agency_section` (answering), `agency_signing` (the quick ways out, checking, handing in, approving, sending
back), `agency_together` (comments, who has what, the test of the bill), `unit_costs`, `agency_case` (what a page knows of
a file).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from uitvoeringsscan.assessments.assessment import AssessmentState
from uitvoeringsscan.identifiers import Principal
from uitvoeringsscan.people.people import Role
from uitvoeringsscan.presentation.happenings import happening_lines
from uitvoeringsscan.presentation.overview import paper
from uitvoeringsscan.presentation.questionnaire_beside import task_words, with_tasks
from uitvoeringsscan.presentation.questionnaire_check import missing
from uitvoeringsscan.presentation.questionnaire_view import progress, section_lines
from uitvoeringsscan.use_cases import bill_tests, collaborating, history, reading, versions
from uitvoeringsscan.use_cases.reading import WorkItem
from uitvoeringsscan.web import agency_section, agency_signing, agency_together, unit_costs
from uitvoeringsscan.web.agency_case import open_case, short_names
from uitvoeringsscan.web.visit import AnyVisit, Visit

router = APIRouter()
router.include_router(unit_costs.router)  # before the files: its address would be the name of one
router.include_router(agency_section.router)
router.include_router(agency_together.router)
router.include_router(agency_signing.router)


# Our work


RECENT = 20
"""So many finished files stand on the page; older ones are one link away."""


@router.get("/uitvragen")
def work(visit: AnyVisit, finished: Annotated[str, Query(alias="klaar")] = "") -> Response:
    """What needs this person first: to approve, to answer, waiting for a colleague, done.

    `klaar` is the scan whose finished file ended the page before.
    """
    mine, approver = visit.actor.principal, visit.actor.has(Role.APPROVER)
    running = sorted(reading.running_work(visit.desk, visit.actor), key=_urgency)
    handed_in = [item for item in running if item.assessment.state is AssessmentState.SUBMITTED]
    to_approve = [item for item in handed_in if approver and _signed_by(item) != mine]
    closed = reading.closed_work(visit.desk, visit.actor, finished, RECENT)
    return visit.render(
        "agency/work.html",
        page_title="Onze uitvragen",
        approver=approver,
        to_approve=_lines(visit, to_approve),
        to_answer=_lines(visit, [item for item in running if item.assessment.state is AssessmentState.OPEN]),
        waiting=_lines(visit, [item for item in handed_in if not approver or _signed_by(item) == mine]),
        closed=_lines(visit, closed.results),
        older=f"/uitvragen?klaar={closed.next.id}#klaar" if closed.next else None,
        open_closed=bool(finished),
        now=visit.desk.now(),
    )


def _signed_by(item: WorkItem) -> Principal | None:
    return item.assessment.submitted.principal if item.assessment.submitted else None


_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def _urgency(item: WorkItem) -> tuple[datetime, datetime, str]:
    return (item.scan.vote or _NEVER, item.assessment.respond_by or _NEVER, item.scan.id)


def _lines(visit: Visit, items: Sequence[WorkItem]) -> list[dict[str, Any]]:
    now = visit.desk.now()
    tasks = collaborating.own_tasks(visit.desk, visit.actor, [item.scan.id for item in items])
    return [
        {
            "href": f"/uitvragen/{item.assessment.id}",
            "title": item.scan.title,
            "paper": paper(item.scan),
            "confidential": item.scan.confidential,
            "vote": item.scan.vote,
            "respond_by": item.assessment.respond_by,
            "late": item.assessment.overdue(now),
            "status": item.assessment.status,
            "scan_state": item.scan.state.value,
            "returned": item.assessment.returned,
            "tasks": [task_words(task) for task in tasks if task.scan == item.scan.id],
            "begun": item.assessment.begun,
            "submitted": item.assessment.submitted,
        }
        for item in items
    ]


# One file


@router.get("/uitvragen/{identifier}")
def file(visit: AnyVisit, identifier: str) -> Response:
    case = open_case(visit, identifier)
    around = collaborating.around_if_ours(visit.desk, visit.actor, identifier)
    lines = with_tasks(section_lines(case.rubric, case.file.answers, case.base), around.tasks)
    happened = history.of_file(visit.desk, visit.actor, identifier)
    questions = {code: question.text for code, question in case.rubric.by_code.items()}
    return visit.render(
        "agency/file.html",
        page_title=case.title,
        case=case,
        sections=lines,
        progress=progress(lines),
        unfinished=len(missing(case.rubric, case.file.answers, case.base)),
        begun=bool(case.file.answers.values),
        earlier=versions.earlier_version(visit.desk, visit.actor, identifier) if case.open else None,
        tasks=around.tasks,
        ours=bool(around.colleagues),
        comment_count=len(around.comments),
        open_comments=len(around.open_comments),
        test=bill_tests.of_file(visit.desk, visit.actor, identifier),
        happened=happening_lines(happened, short_names(visit), questions=questions),
        onward=next((line for line in lines if line.href and line.status != "klaar"), None),
    )
