"""Answers from an agency's earlier files about the same law: offered with their source, copied on request, confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from uitvoeringsscan.assessments import copying
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, require_open
from uitvoeringsscan.assessments.copying import Offer
from uitvoeringsscan.errors import InvalidInput, Problem, WrongState
from uitvoeringsscan.events import AnswersCopied, CopiesConfirmed
from uitvoeringsscan.identifiers import ScanId, is_code
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, may, require
from uitvoeringsscan.scans.corrections import laws_of
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.access import Seen, check_seen, find_assessment
from uitvoeringsscan.use_cases.journal import looking_at_file
from uitvoeringsscan.use_cases.knowledge import rubric_of
from uitvoeringsscan.use_cases.ports import Cursor, Desk, Work

LOOKED_AT = 200
"""So many of an agency's newest answered files are looked through."""
MAX_SOURCES = 10
"""Of so many earlier files about the law the answers are offered: older ones are seldom still right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """
    offers  question -> the newest earlier answer to it about the same law; nothing for who may not answer here
    taken   question -> when the answer that was copied from elsewhere was approved there; see `Assessment.copied`
    """

    offers: Mapping[str, Offer]
    taken: Mapping[str, datetime]


def earlier_answers(desk: Desk, actor: Actor, identifier: str) -> Earlier:
    with looking_at_file(desk, actor, identifier) as (work, scan, file, ties):
        approved = {origin: _approved_at(work, origin, file) for origin in set(file.copied.values())}
        taken = {code: at for code, origin in file.copied.items() if (at := approved[origin]) is not None}
        if file.state is not AssessmentState.OPEN or not may(actor, Action.ANSWER, ties):
            return Earlier(offers={}, taken=taken)
        return Earlier(offers=_offers(desk, work, scan, file), taken=taken)


def _approved_at(work: Work, origin: ScanId, file: Assessment) -> datetime | None:
    older = work.assessments.get(origin, file.agency)
    return older.approved.at if older and older.approved else None


def copy_answers(desk: Desk, actor: Actor, identifier: str, seen: Seen, wanted: Mapping[str, str]) -> Assessment:
    """Put offered answers in the draft, marked with their source. `wanted` says which scan, by question."""
    return take_over(desk, actor, identifier, seen, wanted, ())


def confirm_copies(desk: Desk, actor: Actor, identifier: str, seen: Seen, questions: Sequence[str]) -> Assessment:
    """Say of copied answers that they hold for this amendment too."""
    return take_over(desk, actor, identifier, seen, {}, questions)


def take_over(
    desk: Desk, actor: Actor, identifier: str, seen: Seen, wanted: Mapping[str, str], confirmed: Sequence[str]
) -> Assessment:
    """First confirm what was copied before, then copy what is wanted; one save for both, none for neither."""
    with desk.writing() as work:
        scan, file = _open(work, actor, identifier, seen)
        rubric = rubric_of(desk, work, file.rubric)
        changed = copying.confirm(file, confirmed)
        at_hand = _offers(desk, work, scan, changed) if wanted else {}
        problems = [
            Problem(
                code="niet-aangeboden",
                question=code if is_code(code) else ascii(code[:64]),
                message="Dit antwoord is er niet (meer) om over te nemen.",
            )
            for code, origin in wanted.items()
            if code not in at_hand or at_hand[code].scan != origin
        ]
        if problems:
            raise InvalidInput(problems)
        taken = [at_hand[code] for code in wanted]
        if not taken and not confirmed:
            return file
        file = work.assessments.save(copying.copy(rubric, changed, taken))
        now = desk.now()
        if confirmed:
            event = CopiesConfirmed(scan=scan.id, agency=file.agency, questions=tuple(confirmed))
            work.journal.add(actor, event, now)
        if taken:
            origins = tuple(dict.fromkeys(offer.scan for offer in taken))
            copied = AnswersCopied(scan=scan.id, agency=file.agency, questions=tuple(wanted), origins=origins)
            work.journal.add(actor, copied, now)
    return file


def _open(work: Work, actor: Actor, identifier: str, seen: Seen) -> tuple[Scan, Assessment]:
    scan, file, ties = find_assessment(work, actor, identifier, lock=True)
    require(actor, Action.ANSWER, ties)
    check_seen(seen, file.version)
    if scan.state is not ScanState.IN_ASSESSMENT:
        raise WrongState(f"Dit kan nu niet: de status van deze scan is '{scan.state.value}'.")
    require_open(file)
    return scan, file


def _offers(desk: Desk, work: Work, scan: Scan, file: Assessment) -> dict[str, Offer]:
    return copying.offers(rubric_of(desk, work, file.rubric), file, _about_same_law(work, scan, file))


def _about_same_law(work: Work, scan: Scan, file: Assessment) -> list[Assessment]:
    """Earlier approved files of this agency with answers to the same questionnaire, about a law of this amendment."""
    laws = set(laws_of(scan))
    found: list[Assessment] = []
    if not laws:
        return found
    before = Cursor(file.asked_at, file.scan)
    for older in work.assessments.answered_before(file.agency, file.rubric.code, before, LOOKED_AT):
        about = work.scans.get(older.scan)
        if about is not None and about.state is not ScanState.WITHDRAWN and laws & set(laws_of(about)):
            found.append(older)
            if len(found) == MAX_SOURCES:
                break
    return found
