"""What a coordinator does: confirm who is asked, close the round, start a correction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.assessments.assessment import MAX_REASON, Assessment, Signature, lapse
from uitvoeringsscan.errors import InvalidInput, Problem, WrongState
from uitvoeringsscan.events import ClosingChosen, CorrectionStarted, Lapsed, ScanAssessed, ScanReplaced, ScanRouted
from uitvoeringsscan.identifiers import AgencyCode, is_code
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.scans import scan as scans
from uitvoeringsscan.scans.deadlines import last_minute, plausible
from uitvoeringsscan.scans.deadlines import respond_by as default_deadline
from uitvoeringsscan.scans.lifecycle import ALLOWED, ScanState, Step
from uitvoeringsscan.scans.scan import RoutingDecision, Scan
from uitvoeringsscan.use_cases.access import Seen, check_seen, find_scan
from uitvoeringsscan.use_cases.ports import Desk, Work
from uitvoeringsscan.use_cases.versions import files_before, rubric_to_ask, why_asked_again, with_draft


def confirm_routing(
    desk: Desk,
    actor: Actor,
    identifier: str,
    seen: Seen,
    agencies: Sequence[str],
    *,
    explanation: str | None = None,
    respond_by: datetime | None = None,
) -> Scan:
    """Ask these agencies. During the round it can be called again to ask more; who was asked stays asked."""
    now = desk.now()
    with desk.writing() as work:
        scan, ties = find_scan(work, actor, identifier, lock=True)
        require(actor, Action.ROUTE_SCAN, ties)
        check_seen(seen, scan.version)
        codes = _known_agencies(desk, agencies)
        _check_round(explanation, respond_by, now)
        present = work.assessments.of_scan(scan.id)
        if left_out := [a.agency for a in present if a.agency not in codes]:
            raise WrongState(f"Al gevraagd, en niet terug te nemen: {', '.join(left_out)}. Rond de ronde anders af.")
        first = scan.state is ScanState.SUBMITTED
        deadline, by_hand = _deadline(scan, respond_by, now)
        before = files_before(work, scan)
        decision = RoutingDecision(
            agencies=codes,
            explanation=(explanation or "").strip() or _said_before(scan) or why_asked_again(desk, scan, codes, before),
            by=Signature(principal=actor.principal, name=actor.name, at=now),
        )
        scan = work.scans.save(scans.route(scan, decision, deadline, by_hand=by_hand))
        fresh = scans.newly_asked(scan, codes, present)
        short = last_minute(now, scan.vote)
        for code in fresh:
            rubric = rubric_to_ask(desk, code, before.get(code), short=short)
            work.texts.keep(rubric.ref.sha256, rubric.source, now)
            file = Assessment(
                scan=scan.id, agency=code, rubric=rubric.ref, respond_by=deadline, by_hand=by_hand, asked_at=now
            )
            work.assessments.add(with_draft(desk, work, file, before.get(code), rubric))
        work.journal.add(actor, ScanRouted(scan=scan.id, asked=codes, newly_asked=fresh), now)
        if scan.state is ScanState.ASSESSED:
            work.journal.add(actor, ScanAssessed(scan=scan.id), now)
        if first:
            mark_replaced(work, actor, scan, now)
    return scan


def _deadline(scan: Scan, given: datetime | None, now: datetime) -> tuple[datetime | None, bool]:
    """Until when whoever is asked now may answer, and whether a person said so: as the others, while that lies ahead."""
    if given is not None:
        return given, True
    if scan.respond_by is not None and scan.respond_by > now:
        return scan.respond_by, scan.by_hand
    return default_deadline(now, scan.vote, concept=scan.confidential), False


def _said_before(scan: Scan) -> str | None:
    """Why the first routing differed stays said when an agency is added later without a word."""
    return scan.decision.explanation if scan.decision else None


def _known_agencies(desk: Desk, agencies: Sequence[str]) -> tuple[AgencyCode, ...]:
    problems = [
        Problem(
            code="onbekende-organisatie",
            field=f"organisaties[{index}]",
            message="Deze organisatie kennen we niet. De codes staan in /api/v1/organisaties.",
        )
        for index, code in enumerate(agencies)
        if desk.register.agency(AgencyCode(code)) is None
    ]
    if problems:
        raise InvalidInput(problems)
    return tuple(dict.fromkeys(AgencyCode(code) for code in agencies))


def _check_round(explanation: str | None, respond_by: datetime | None, now: datetime) -> None:
    problems = list(text_problems("toelichting", explanation or "", MAX_REASON))
    if respond_by is not None and not plausible(respond_by):
        problems.append(Problem(code="ongeldige-datum", field="reactieVoor", message="Dit moment kan niet kloppen."))
    elif respond_by is not None and respond_by <= now:
        problems.append(
            Problem(
                code="in-het-verleden", field="reactieVoor", message="Dit moment is al voorbij. Kies een later moment."
            )
        )
    if problems:
        raise InvalidInput(problems)


def mark_replaced(work: Work, actor: Actor, scan: Scan, now: datetime) -> None:
    """The coordinator's confirmation is what marks the earlier amendment as replaced, not a claim in a text.

    A confidential scan marks nothing, or it would show that it is there; it does so when it is disclosed.
    """
    amendment = scan.amendment
    if not (amendment.dossier_number and amendment.replaces) or scan.confidential:
        return
    for line in work.scans.of_paper(amendment.dossier_number, amendment.dossier_suffix, amendment.replaces):
        if line.id != scan.id and (line.state, Step.REPLACE) in ALLOWED:
            older = work.scans.lock(line.id)
            if older is not None and not older.confidential:
                work.scans.save(scans.replace_by(older, scan.id))
                work.journal.add(actor, ScanReplaced(scan=older.id, by=scan.id), now)


def close_round(
    desk: Desk,
    actor: Actor,
    identifier: str,
    seen: Seen,
    explanation: str | None,
    reasons: Mapping[str, str] | None = None,
) -> Scan:
    """Stop waiting: whoever has not been approved by now counts as silent, and is shown as silent.

    reasons  why nothing came from single agencies, by code, where that differs from `explanation`; public as well
    """
    now = desk.now()
    with desk.writing() as work:
        scan, ties = find_scan(work, actor, identifier, lock=True)
        require(actor, Action.CLOSE_ROUND, ties)
        check_seen(seen, scan.version)
        _check_round(explanation, None, now)
        return end_round(work, actor, scan, explanation, reasons or {}, now)


def end_round(
    work: Work, actor: Actor, scan: Scan, explanation: str | None, reasons: Mapping[str, str], now: datetime
) -> Scan:
    """Within the caller's transaction; the scan is locked, and the caller has seen to permission."""
    silent = [file for file in work.assessments.of_scan(scan.id) if not file.settled]
    _check_reasons(reasons, {file.agency for file in silent})
    scan = work.scans.save(scans.close_round(scan, explanation))
    for file in silent:
        work.assessments.save(lapse(file, reasons.get(file.agency)))
        work.journal.add(actor, Lapsed(scan=scan.id, agency=file.agency), now)
    work.journal.add(actor, ScanAssessed(scan=scan.id), now)
    return scan


def choose_closing(desk: Desk, actor: Actor, identifier: str, seen: Seen, *, itself: bool) -> Scan:
    """Whether the round closes itself when its last deadline, or the vote, is there. Nothing is published by it."""
    with desk.writing() as work:
        scan, ties = find_scan(work, actor, identifier, lock=True)
        require(actor, Action.CLOSE_ROUND, ties)
        check_seen(seen, scan.version)
        if itself == scan.closes_itself:
            return scan
        scan = work.scans.save(scans.choose_closing(scan, itself=itself))
        work.journal.add(actor, ClosingChosen(scan=scan.id, itself=itself), desk.now())
    return scan


def _check_reasons(reasons: Mapping[str, str], silent: Collection[str]) -> None:
    problems: list[Problem] = []
    for code, reason in reasons.items():
        place = f"perOrganisatie.{code}" if is_code(code) else "perOrganisatie"
        problems.extend(text_problems(place, reason, MAX_REASON))
        if code not in silent:
            message = "Deze organisatie is niet gevraagd, of heeft al geantwoord."
            problems.append(Problem(code="niet-stil", field=place, message=message))
    if problems:
        raise InvalidInput(problems)


def start_correction(desk: Desk, actor: Actor, identifier: str, seen: Seen, reason: str | None) -> Scan:
    """Open what was published for version n+1. Files that must change are then sent back one by one."""
    now = desk.now()
    with desk.writing() as work:
        scan, ties = find_scan(work, actor, identifier, lock=True)
        require(actor, Action.CORRECT_SCAN, ties)
        check_seen(seen, scan.version)
        _check_round(reason, None, now)
        scan = work.scans.save(scans.correct(scan, reason))
        work.journal.add(actor, CorrectionStarted(scan=scan.id), now)
    return scan
