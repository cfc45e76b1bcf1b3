"""One agency's file as its pages show it: what is asked, until when, where it stands, and what this visitor may do.

Also what every form of these pages needs: a form whose session ended is never thrown away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.datastructures import FormData

from uitvoeringsscan.assessments.answers import Answers, implied_outcome, read_answers
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, Outcome, Signature
from uitvoeringsscan.assessments.changes import Said, said
from uitvoeringsscan.events import AnswersSaved
from uitvoeringsscan.people.permissions import Action, may
from uitvoeringsscan.presentation.routing_view import MarkView, ReasonView, routing_view
from uitvoeringsscan.rubrics.model import Meaning, Rubric
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases import answering, reading
from uitvoeringsscan.use_cases.access import relations
from uitvoeringsscan.use_cases.ports import JournalLine
from uitvoeringsscan.web.visit import Visit, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """
    base         the path of the file
    reasons      why this agency was asked: the words in the text; empty when the coordinator added it
    added        what the coordinator said about whom they asked, for an agency that was not proposed
    may_answer   answer and hand in, now
    may_approve  approve, now; `own_hand_in` says that only four eyes stand in the way
    saved        the last time somebody of the agency saved answers
    """

    base: str
    scan: Scan
    file: Assessment
    rubric: Rubric
    agency_name: str
    ask_instead: str | None
    now: datetime
    reasons: tuple[ReasonView, ...]
    marks: tuple[MarkView, ...]
    added: str | None
    may_answer: bool
    may_approve: bool
    own_hand_in: bool
    may_send_back: bool
    saved: JournalLine | None

    @property
    def title(self) -> str:
        return self.scan.amendment.title

    @property
    def paper(self) -> str:
        return f"Kamerstuk {self.scan.paper}" if self.scan.paper else "Concept-amendement, nog zonder nummer"

    @property
    def text(self) -> str:
        return self.scan.amendment.text

    @property
    def late(self) -> bool:
        return self.file.overdue(self.now)

    @property
    def open(self) -> bool:
        return self.file.state is AssessmentState.OPEN and self.alive

    @property
    def alive(self) -> bool:
        """The round runs: answers still count."""
        return self.scan.state is ScanState.IN_ASSESSMENT

    @property
    def answers(self) -> Answers:
        return read_answers(self.rubric, self.file.answers.values, self.file.answers.explanations, complete=False)

    @property
    def coming_to(self) -> Outcome:
        """What was handed in, or what the answers come to when they are handed in as they stand."""
        return self.file.outcome or implied_outcome(self.rubric, self.answers)

    @property
    def answers_count(self) -> bool:
        """The answers are part of what is signed; those left behind by a quick way out are not."""
        return self.coming_to in (Outcome.ANSWERED, implied_outcome(self.rubric, self.answers))

    @property
    def said(self) -> Said:
        """What was handed in, or what handing in would say now."""
        file, reason = self.file, self.file.reason
        if file.outcome is None and self.coming_to is not Outcome.ANSWERED:
            reason = answering.text_of(self.rubric, self.answers, Meaning.REASON)
        return said(self.rubric, self.coming_to, file.answers, reason=reason, instead=file.ask_instead)

    @property
    def submitted(self) -> Signature | None:
        return self.file.submitted


def open_case(visit: Visit, identifier: str) -> Case:
    """The file with what goes with it. Raises Unauthenticated, or NotFound when it is not theirs to see."""
    found = reading.get_assessment(visit.desk, visit.actor, identifier)
    scan, file = found.scan, found.assessment
    amendment, register, actor = scan.amendment, visit.desk.register, visit.actor
    own = replace(scan.routing, proposals=tuple(p for p in scan.routing.proposals if p.agency == file.agency))
    shown = routing_view(own, amendment.text, amendment.title, register)
    # Two signals can rest on the same words and say the same; a reader wants each reason once.
    found_reasons = (reason for proposal in shown.proposals for reason in proposal.reasons)
    reasons = tuple({(one.quote, one.before, one.explanation): one for one in found_reasons}.values())
    ties = relations(actor, scan, [file.agency])
    alive = scan.state is ScanState.IN_ASSESSMENT
    handed_in = alive and file.state is AssessmentState.SUBMITTED and file.submitted is not None
    approver = handed_in and may(actor, Action.APPROVE, ties)
    own_hand_in = file.submitted is not None and file.submitted.principal == actor.principal
    correcting = scan.state is ScanState.ASSESSED or (alive and scan.correction is not None)
    returnable = handed_in or (correcting and file.state in (AssessmentState.APPROVED, AssessmentState.LAPSED))
    saves = [
        line
        for line in reading.journal_of(visit.desk, actor, scan.id)
        if line.event == AnswersSaved.__name__ and line.details.get("agency") == file.agency
    ]
    return Case(
        base=f"/uitvragen/{file.id}",
        scan=scan,
        file=file,
        rubric=found.rubric,
        agency_name=agency_name(visit, file.agency),
        ask_instead=agency_name(visit, file.ask_instead) if file.ask_instead else None,
        now=visit.desk.now(),
        reasons=reasons,
        marks=shown.marks,
        added=None if reasons or scan.decision is None else scan.decision.explanation or "",
        may_answer=alive and file.state is AssessmentState.OPEN and may(actor, Action.ANSWER, ties),
        may_approve=approver and not own_hand_in,
        own_hand_in=approver and own_hand_in,
        may_send_back=returnable and may(actor, Action.SEND_BACK, ties),
        saved=saves[-1] if saves else None,
    )


def agency_name(visit: Visit, code: str) -> str:
    agency = visit.desk.register.agency(code)
    return agency.short_name if agency else code


def short_names(visit: Visit) -> dict[str, str]:
    return {agency.code: agency.short_name for agency in visit.desk.register.agencies}


# Forms that are never thrown away


async def _sent(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=1000, max_part_size=200_000)


Sent = Annotated[FormData, Depends(_sent)]
"""A form as it was sent. Unlike `visit.Posted` it is not refused when its session ended: ask `trusted` before you act."""


def trusted(visit: Visit, form: FormData) -> bool:
    """Whether this form was made for this session. If not, nothing may be changed on its word: show it again."""
    return visit.token is not None and text(form, "csrf") == visit.csrf


def pairs(form: FormData) -> list[tuple[str, str]]:
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


def kept(visit: Visit, form: FormData, back: str) -> Response:
    """For somebody who is signed out by now: all they typed, in a form that they can send again after signing in."""
    fields = [(name, value) for name, value in pairs(form) if name != "csrf"]
    # A single word is the code of an option, and can be chosen again; sentences are what hurts to lose.
    typed = [value for name, value in fields if " " in value.strip() and not name.startswith(".")]
    return visit.render(
        "agency/kept.html",
        page_title="U bent niet meer ingelogd",
        status=401,
        action=visit.path,
        fields=fields,
        typed=typed,
        back=back,
    )
