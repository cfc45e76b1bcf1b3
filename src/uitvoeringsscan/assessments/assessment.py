"""One agency's file in one scan, and every step it can take. Four eyes: who hands in is never who approves.

    OPEN --hand in--> SUBMITTED --approve--> APPROVED
      ^-----send back------'  (also from APPROVED, while the scan is being corrected)
    OPEN, SUBMITTED --close the round--> LAPSED
    APPROVED, LAPSED --reopen--> OPEN  (the coordinator alone)

What is handed in has an outcome: answers, "geen gevolgen", or "niet van toepassing" (not ours, with whom to ask
instead). The quick ways out need a reason and the same second pair of eyes. Overdue is a question asked of the clock,
not a state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.errors import Forbidden, InvalidInput, Problem, WrongState
from uitvoeringsscan.identifiers import AgencyCode, AssessmentId, Principal, RubricRef, ScanId, assessment_id


class AssessmentState(StrEnum):
    OPEN = "open"
    SUBMITTED = "ingediend"
    APPROVED = "vastgesteld"
    LAPSED = "geen-reactie"


SETTLED = frozenset({AssessmentState.APPROVED, AssessmentState.LAPSED})
"""Nothing more is awaited from the agency in this round."""


class Outcome(StrEnum):
    """What was handed in."""

    ANSWERED = "beantwoord"
    NO_IMPACT = "geen-gevolgen"
    NOT_OURS = "niet-van-toepassing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who put their name to a step, and when. The principal is for four eyes and stays inside; the name is shown."""

    principal: Principal
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAnswers:
    """Answers as they stand on the wire and in the draft: question code -> JSON value, and question code -> text.

    A draft keeps what was typed; `read_answers` turns it into values, or into every problem at once.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBefore:
    """What had been handed in when the file was opened again, to the letter: so that whoever signs it next can see what
    changed since.

    approved          who had put the agency's name to it; None when it was only handed in
    remarks, question_remarks  what was asked when it was opened again
    """

    outcome: Outcome
    reason: str | None
    ask_instead: str | None
    answers: RawAnswers
    submitted: Signature
    approved: Signature | None
    remarks: str | None
    question_remarks: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentHead:
    """What a file and its line in a list share.

    remarks   what the one who sent it back wants changed; gone at the next hand-in
    question_remarks  the same beside single questions, by their codes
    origin    the scan of the replaced amendment whose answers came along as this file's draft; None where none did
    lapsed_because  why nothing came from this agency, where the coordinator said so when the round was closed; public
    version   grows with every save; a writer says which version was seen
    """

    scan: ScanId
    agency: AgencyCode
    rubric: RubricRef
    state: AssessmentState = AssessmentState.OPEN
    outcome: Outcome | None = None
    remarks: str | None = None
    question_remarks: Mapping[str, str] = field(default_factory=dict)
    respond_by: datetime | None = None
    asked_at: datetime
    submitted: Signature | None = None
    approved: Signature | None = None
    origin: ScanId | None = None
    lapsed_because: str | None = None
    version: int = 1

    @property
    def id(self) -> AssessmentId:
        return assessment_id(self.scan, self.agency)

    @property
    def status(self) -> str:
        """The word on the wire: the state, or the outcome once an outcome without answers has been approved."""
        if self.state is AssessmentState.APPROVED and self.outcome is not Outcome.ANSWERED and self.outcome:
            return self.outcome.value
        return self.state.value

    @property
    def settled(self) -> bool:
        """Nothing more is awaited from this agency in this round."""
        return self.state in SETTLED

    def overdue(self, now: datetime) -> bool:
        return not self.settled and self.respond_by is not None and now > self.respond_by

    @property
    def returned(self) -> bool:
        """It was sent back, and not handed in again yet."""
        return self.remarks is not None or bool(self.question_remarks)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentLine(AssessmentHead):
    """A file as a line in a list: without its answers, so that a list costs the same whatever was written.

    begun  something was answered or explained
    """

    begun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(AssessmentHead):
    """`reason` belongs to the outcome (why no impact, why not ours); `ask_instead` names whom to ask for NOT_OURS.

    copied    questions whose answer was taken from another scan, and which scan; until somebody changed or confirmed it
    by_hand   the coordinator set `respond_by` for this agency; otherwise it was reckoned, and moves with the vote
    timed_at  when the agency was last told its deadline or that the vote moved; None: not since it was asked
    signed_before  what had been handed in when this file was last opened again; None while it never was
    """

    reason: str | None = None
    ask_instead: str | None = None
    answers: RawAnswers = RawAnswers()
    copied: Mapping[str, ScanId] = field(default_factory=dict)
    by_hand: bool = False
    timed_at: datetime | None = None
    signed_before: SignedBefore | None = None


def save_draft(assessment: Assessment, answers: RawAnswers) -> Assessment:
    """Keep answers that may still be incomplete. Only while the file is open."""
    require_open(assessment)
    old = assessment.answers
    same = {
        code: scan
        for code, scan in assessment.copied.items()
        if code in answers.values
        and old.values.get(code) == answers.values[code]
        and old.explanations.get(code) == answers.explanations.get(code)
    }
    return replace(assessment, answers=answers, copied=same)


def hand_in(assessment: Assessment, by: Signature, outcome: Outcome, reason: str | None) -> Assessment:
    """Hand in the answers as they stand; the caller has checked that they are complete, and what they come to."""
    require_open(assessment)
    return replace(
        assessment,
        state=AssessmentState.SUBMITTED,
        outcome=outcome,
        reason=reason,
        ask_instead=None,
        submitted=by,
        remarks=None,
        question_remarks={},
    )


def hand_in_without_answers(
    assessment: Assessment, outcome: Outcome, reason: str | None, by: Signature, *, ask_instead: str | None = None
) -> Assessment:
    """The quick ways out: "geen gevolgen" or "niet van toepassing", each with a reason."""
    require_open(assessment)
    return replace(
        assessment,
        state=AssessmentState.SUBMITTED,
        outcome=outcome,
        reason=required_reason(reason),
        ask_instead=ask_instead,
        submitted=by,
        remarks=None,
        question_remarks={},
    )


def approve(assessment: Assessment, by: Signature) -> Assessment:
    """Put the agency's name to it. The one who handed in may not do this, whatever account they use."""
    if assessment.state is not AssessmentState.SUBMITTED or assessment.submitted is None:
        raise WrongState(f"Vaststellen kan alleen als de uitvraag is ingediend; de status is nu '{assessment.status}'.")
    if assessment.submitted.principal == by.principal:
        raise Forbidden(
            "Wie indient, mag niet zelf vaststellen. Vraag een collega die mag vaststellen.", code="vier-ogen"
        )
    return replace(assessment, state=AssessmentState.APPROVED, approved=by)


def send_back(
    assessment: Assessment, remarks: str | None, questions: Mapping[str, str] | None = None, *, correcting: bool
) -> Assessment:
    """Return the file to its respondents, with remarks on the whole, on single questions, or both.

    An approved file goes back only while the scan is being corrected. The caller has checked the codes in `questions`.
    """
    allowed = {AssessmentState.SUBMITTED} | (
        {AssessmentState.APPROVED, AssessmentState.LAPSED} if correcting else set()
    )
    if assessment.state not in allowed:
        raise WrongState(f"Terugzenden kan nu niet; de status is '{assessment.status}'.")
    beside = {code: required_reason(text) for code, text in (questions or {}).items()}
    whole = None if beside and not (remarks or "").strip() else required_reason(remarks)
    return _opened(assessment, whole, beside)


def reopen(assessment: Assessment, reason: str | None) -> Assessment:
    """Open a file again that was settled; `reason` stands above it as a remark until it is handed in."""
    if not assessment.settled:
        raise WrongState(f"Heropenen kan alleen wat is afgerond; de status is nu '{assessment.status}'.")
    return _opened(assessment, required_reason(reason), {})


def _opened(assessment: Assessment, remarks: str | None, beside: Mapping[str, str]) -> Assessment:
    return replace(
        assessment,
        state=AssessmentState.OPEN,
        outcome=None,
        reason=None,
        ask_instead=None,
        submitted=None,
        approved=None,
        remarks=remarks,
        question_remarks=beside,
        lapsed_because=None,
        signed_before=_signed(assessment, remarks, beside),
    )


def _signed(assessment: Assessment, remarks: str | None, beside: Mapping[str, str]) -> SignedBefore | None:
    """What stands handed in now; where nothing does (the round closed over it), what stood there the time before."""
    if assessment.submitted is None or assessment.outcome is None:
        return assessment.signed_before
    return SignedBefore(
        outcome=assessment.outcome,
        reason=assessment.reason,
        ask_instead=assessment.ask_instead,
        answers=assessment.answers,
        submitted=assessment.submitted,
        approved=assessment.approved,
        remarks=remarks,
        question_remarks=beside,
    )


def move_deadline(assessment: Assessment, respond_by: datetime, now: datetime) -> Assessment:
    """The coordinator gives this agency until another moment; only while something is awaited from it."""
    if assessment.settled:
        raise WrongState(f"De termijn verzetten kan niet meer; de status is '{assessment.status}'.")
    return replace(assessment, respond_by=respond_by, by_hand=True, timed_at=now)


def retime(assessment: Assessment, respond_by: datetime | None, now: datetime) -> Assessment:
    """The deadline as it was reckoned anew. One that was set by hand stays; either way the agency was told just now."""
    if assessment.settled:
        return assessment
    kept = assessment.respond_by if assessment.by_hand else respond_by
    return replace(assessment, respond_by=kept, timed_at=now)


def lapse(assessment: Assessment, because: str | None = None) -> Assessment:
    """The round closes: whoever is not settled has not answered. `because` says why, where that is known."""
    if assessment.settled:
        return assessment
    return replace(assessment, state=AssessmentState.LAPSED, lapsed_because=(because or "").strip() or None)


def required_reason(reason: str | None) -> str:
    """A reason that is due: stripped, not empty, at most 4,000 characters, each of them one that can be stored."""
    text = (reason or "").strip()
    if not text:
        raise InvalidInput(
            [Problem(code="verplicht", field="toelichting", message="Schrijf in een of twee zinnen waarom.")]
        )
    problems = list(text_problems("toelichting", text, MAX_REASON))
    if problems:
        raise InvalidInput(problems)
    return text


MAX_REASON = 4000


def require_open(assessment: Assessment) -> None:
    if assessment.state is not AssessmentState.OPEN:
        raise WrongState(f"Deze uitvraag is niet meer open; de status is '{assessment.status}'.")
