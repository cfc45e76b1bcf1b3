"""What an agency does with its file: save answers, hand in, say "geen gevolgen" or "niet van toepassing", approve, send back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.assessments import assessment as files
from uitvoeringsscan.assessments import carrying, changes
from uitvoeringsscan.assessments.answers import Answers, implied_outcome, read_answers
from uitvoeringsscan.assessments.assessment import Assessment, Outcome, RawAnswers, Signature
from uitvoeringsscan.errors import InvalidInput, Problem, WrongState
from uitvoeringsscan.events import AnswersSaved, Approved, Event, HandedIn, ScanAssessed, SentBack
from uitvoeringsscan.identifiers import AgencyCode, is_code
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.rubrics.model import Meaning, Rubric
from uitvoeringsscan.scans import scan as scans
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scoring.rules import no_impact_score, score
from uitvoeringsscan.scoring.score import AgencyScore
from uitvoeringsscan.use_cases.access import Seen, check_seen, find_assessment
from uitvoeringsscan.use_cases.knowledge import rubric_of
from uitvoeringsscan.use_cases.ports import Desk, Work


def save_answers(
    desk: Desk, actor: Actor, identifier: str, seen: Seen, values: Mapping[str, Any], explanations: Mapping[str, Any]
) -> Assessment:
    """Keep a draft. It may be incomplete; what is there must be right, or every problem comes back at once."""
    with desk.writing() as work:
        scan, assessment = _open(work, actor, identifier, seen, Action.ANSWER)
        rubric = rubric_of(desk, work, assessment.rubric)
        read_answers(rubric, values, explanations, complete=False)
        draft = RawAnswers(values=dict(values), explanations=dict(explanations))
        differ = changes.touched(assessment.answers, draft)
        assessment = work.assessments.save(files.save_draft(assessment, draft))
        work.journal.add(actor, AnswersSaved(scan=scan.id, agency=assessment.agency, questions=differ), desk.now())
    return assessment


def hand_in(desk: Desk, actor: Actor, identifier: str, seen: Seen) -> Assessment:
    """Hand in the answers that were saved; they must be complete."""
    with desk.writing() as work:
        scan, assessment = _open(work, actor, identifier, seen, Action.HAND_IN)
        files.require_open(assessment)
        rubric = rubric_of(desk, work, assessment.rubric)
        handed_in = _with_answers(rubric, assessment, _signature(desk, actor))
        return _save_handed_in(desk, work, actor, scan, handed_in)


def confirm_unchanged(desk: Desk, actor: Actor, identifier: str, seen: Seen) -> Assessment:
    """ "Ongewijzigd": hand in what came along from the earlier version as it is. A second person still approves it."""
    with desk.writing() as work:
        scan, assessment = _open(work, actor, identifier, seen, Action.HAND_IN)
        files.require_open(assessment)
        older = work.assessments.get(assessment.origin, assessment.agency) if assessment.origin else None
        if older is None:
            raise WrongState("Bevestigen kan alleen als er antwoorden zijn overgenomen van een eerdere versie.")
        assessment = replace(assessment, copied={})  # this is the confirmation of all that came along
        rubric, older_rubric = rubric_of(desk, work, assessment.rubric), rubric_of(desk, work, older.rubric)
        by = _signature(desk, actor)
        handed_in = carrying.confirmed(assessment, older, older_rubric, rubric, by) or _with_answers(
            rubric, assessment, by
        )
        return _save_handed_in(desk, work, actor, scan, handed_in)


def _with_answers(rubric: Rubric, assessment: Assessment, by: Signature) -> Assessment:
    answers = read_stored(rubric, assessment)
    outcome = implied_outcome(rubric, answers)
    reason = text_of(rubric, answers, Meaning.REASON) if outcome is not Outcome.ANSWERED else None
    return files.hand_in(assessment, by, outcome, reason)


def _save_handed_in(desk: Desk, work: Work, actor: Actor, scan: Scan, handed_in: Assessment) -> Assessment:
    outcome = handed_in.outcome.value if handed_in.outcome else ""
    return _save(desk, work, actor, handed_in, HandedIn(scan=scan.id, agency=handed_in.agency, outcome=outcome))


def hand_in_no_impact(desk: Desk, actor: Actor, identifier: str, seen: Seen, reason: str | None) -> Assessment:
    """ "Geen gevolgen": said so, with a reason, and still approved by a second person."""
    return _hand_in_without_answers(desk, actor, identifier, seen, Outcome.NO_IMPACT, reason, None)


def hand_in_not_ours(
    desk: Desk, actor: Actor, identifier: str, seen: Seen, reason: str | None, ask_instead: str | None = None
) -> Assessment:
    """ "Niet van toepassing": not our task; `ask_instead` reaches the coordinator as a proposal."""
    if ask_instead is not None and desk.register.agency(AgencyCode(ask_instead)) is None:
        raise InvalidInput(
            [Problem(code="onbekende-organisatie", field="vraagAan", message="Deze organisatie kennen we niet.")]
        )
    return _hand_in_without_answers(desk, actor, identifier, seen, Outcome.NOT_OURS, reason, ask_instead)


def _hand_in_without_answers(
    desk: Desk, actor: Actor, identifier: str, seen: Seen, outcome: Outcome, reason: str | None, ask_instead: str | None
) -> Assessment:
    check_text(reason)
    with desk.writing() as work:
        scan, assessment = _open(work, actor, identifier, seen, Action.HAND_IN)
        handed_in = files.hand_in_without_answers(
            assessment, outcome, reason, _signature(desk, actor), ask_instead=ask_instead
        )
        return _save_handed_in(desk, work, actor, scan, handed_in)


def approve(desk: Desk, actor: Actor, identifier: str, seen: Seen) -> Assessment:
    """The second pair of eyes. The score is frozen now; when this was the last file, the scan moves on."""
    now = desk.now()
    with desk.writing() as work:
        scan, assessment = _open(work, actor, identifier, seen, Action.APPROVE)
        approved = work.assessments.save(files.approve(assessment, _signature(desk, actor)))
        frozen = score_of(rubric_of(desk, work, assessment.rubric), approved)
        if frozen is not None:
            work.scores.add(approved, frozen, now)
        outcome = approved.outcome.value if approved.outcome else ""
        work.journal.add(actor, Approved(scan=scan.id, agency=approved.agency, outcome=outcome), now)
        settled = scans.settle(scan, work.assessments.of_scan(scan.id))
        if settled is not scan:
            work.scans.save(settled)
            work.journal.add(actor, ScanAssessed(scan=scan.id), now)
    return approved


def send_back(
    desk: Desk,
    actor: Actor,
    identifier: str,
    seen: Seen,
    remarks: str | None,
    questions: Mapping[str, str] | None = None,
) -> Assessment:
    """Return a file with remarks. An approved one goes back only while its scan is being corrected.

    questions  remarks on single questions, by code; with at least one of these, one on the whole is not needed
    """
    check_text(remarks)
    with desk.writing() as work:
        scan, assessment = _open(work, actor, identifier, seen, Action.SEND_BACK)
        correcting = scan.correction is not None or scan.state is ScanState.ASSESSED
        beside = _question_remarks(rubric_of(desk, work, assessment.rubric), questions or {})
        returned = files.send_back(assessment, remarks, beside, correcting=correcting)
        if scan.state is not ScanState.IN_ASSESSMENT:
            work.scans.save(scans.reopen(scan))
        return _save(desk, work, actor, returned, SentBack(scan=scan.id, agency=assessment.agency))


def _question_remarks(rubric: Rubric, questions: Mapping[str, str]) -> dict[str, str]:
    """Those that say something, in the order of the questionnaire."""
    problems: list[Problem] = []
    for code, text in questions.items():
        if code not in rubric.by_code:
            place = code if is_code(code) else ascii(code[:64])
            message = "Deze vraag staat niet in de vragenlijst."
            problems.append(Problem(code="onbekende-vraag", field=f"opmerkingen.{place}", message=message))
        else:
            problems.extend(text_problems(f"opmerkingen.{code}", text, files.MAX_REASON))
    if problems:
        raise InvalidInput(problems)
    return {code: questions[code] for code in rubric.by_code if questions.get(code, "").strip()}


def read_stored(rubric: Rubric, assessment: Assessment) -> Answers:
    """The complete answers of a file as values; InvalidInput with every problem when they are not complete."""
    return read_answers(rubric, assessment.answers.values, assessment.answers.explanations, complete=True)


def text_of(rubric: Rubric, answers: Answers, meaning: Meaning) -> str | None:
    """The text that answers the question with this meaning; None when it was not given."""
    question = rubric.giving(meaning)
    value = answers.values.get(question.code) if question else None
    return value if isinstance(value, str) else None


def score_of(rubric: Rubric, assessment: Assessment) -> AgencyScore | None:
    """What a file weighs: its answers, level 0 on everything for "geen gevolgen", nothing for "niet van toepassing"."""
    by_outcome: dict[Outcome | None, Callable[[], AgencyScore | None]] = {
        Outcome.ANSWERED: lambda: score(rubric, read_stored(rubric, assessment)),
        Outcome.NO_IMPACT: no_impact_score,
        Outcome.NOT_OURS: lambda: None,
        None: lambda: None,
    }
    return by_outcome[assessment.outcome]()


def check_text(text: str | None) -> None:
    problems = list(text_problems("toelichting", text or "", files.MAX_REASON))
    if problems:
        raise InvalidInput(problems)


_ALIVE = (ScanState.IN_ASSESSMENT,)
_ALIVE_FOR_RETURN = (ScanState.IN_ASSESSMENT, ScanState.ASSESSED)


def _open(work: Work, actor: Actor, identifier: str, seen: Seen, action: Action) -> tuple[Scan, Assessment]:
    scan, assessment, ties = find_assessment(work, actor, identifier, lock=True)
    require(actor, action, ties)
    check_seen(seen, assessment.version)
    if scan.state not in (_ALIVE_FOR_RETURN if action is Action.SEND_BACK else _ALIVE):
        raise WrongState(f"Dit kan nu niet: de status van deze scan is '{scan.state.value}'.")
    return scan, assessment


def _save(desk: Desk, work: Work, actor: Actor, assessment: Assessment, event: Event) -> Assessment:
    saved = work.assessments.save(assessment)
    work.journal.add(actor, event, desk.now())
    return saved


def _signature(desk: Desk, actor: Actor) -> Signature:
    return Signature(principal=actor.principal, name=actor.name, at=desk.now())
