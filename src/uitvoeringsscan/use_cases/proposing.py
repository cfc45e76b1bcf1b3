"""What the coordinator does with amendments from the House's data: look, start a scan, want none, settle what is odd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from uitvoeringsscan.amendments.amendment import Amendment, ParsedAmendment
from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.assessments.assessment import MAX_REASON, required_reason
from uitvoeringsscan.errors import InvalidInput, NotFound, WrongState
from uitvoeringsscan.events import AnomalySettled, ProposalDismissed, ProposalReopened, ProposalStarted
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.parliament import judging
from uitvoeringsscan.parliament.answers import GUID
from uitvoeringsscan.parliament.feed import Category
from uitvoeringsscan.parliament.judging import Outcome
from uitvoeringsscan.parliament.proposals import Proposal, ProposalState, require_open
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.routing.routing import Routing
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.access import Seen, check_seen, known
from uitvoeringsscan.use_cases.ports import Cursor, Desk, ScanLine, Work
from uitvoeringsscan.use_cases.ports_parliament import CASE, Noted, Place, ProposalLine
from uitvoeringsscan.use_cases.submitting import SubmitScan, dry_run, submit_scan

OPEN = frozenset({ProposalState.SEEN, ProposalState.NEW})
HANDLED = frozenset(ProposalState) - OPEN
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """
    on         whether the House's data is followed at all
    places     how far each feed was read; empty before the first time
    waiting    how much is on the list to be read
    """

    on: bool
    proposals: Sequence[ProposalLine]
    handled: Sequence[ProposalLine]
    anomalies: Sequence[Noted]
    places: Mapping[Category, Place]
    waiting: int
    counts: Mapping[ProposalState, int]
    names: Mapping[str, str]
    """Who handled them: principal -> name."""

    @property
    def fresh(self) -> datetime | None:
        """The moment of which everything is known: that of the feed that lags most. None while one was never read."""
        moments = [place.read_at for place in self.places.values()]
        known_ones = [at for at in moments if at is not None]
        return min(known_ones) if known_ones and len(known_ones) == len(Category) else None


def overview(desk: Desk, actor: Actor, limit: int = 100) -> Overview:
    """All that waits, the last that was handled, what is odd, and how far everything was read."""
    _allowed(actor)
    with desk.reading() as work:
        house = work.house
        handled = house.page(HANDLED, 25)
        people = [work.people.by_email(who) for who in sorted({line.handled for line in handled if line.handled})]
        return Overview(
            on=desk.parliament is not None,
            proposals=sorted(house.page(OPEN, limit), key=_by_vote),
            handled=handled,
            anomalies=house.anomalies(settled=False, limit=limit),
            places=house.places(),
            waiting=house.waiting(),
            counts=house.counts(),
            names={person.email: person.name for person in people if person is not None},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    results: Sequence[ProposalLine]
    next: Cursor | None


def list_proposals(
    desk: Desk, actor: Actor, state: ProposalState | None = None, after: Cursor | None = None, limit: int = PAGE
) -> ProposalPage:
    """All that the House's data named, or what stands in one state; the last seen first."""
    _allowed(actor)
    states = frozenset(ProposalState) if state is None else frozenset({state})
    with desk.reading() as work:
        lines = work.house.page(states, limit + 1, (after.at, after.id) if after else None)
    here = lines[:limit]
    return ProposalPage(results=here, next=Cursor(here[-1].seen_at, here[-1].case) if len(lines) > limit else None)


def _by_vote(line: ProposalLine) -> tuple[bool, float]:
    """The first vote on top; those without a known vote after them, the last seen first."""
    return line.vote is None, line.vote.timestamp() if line.vote else -line.seen_at.timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A proposal with what was read from its text now, with the knowledge of now. None without a text."""

    proposal: Proposal
    amendment: Amendment | None
    parsed: ParsedAmendment | None
    routing: Routing | None
    vote: datetime | None
    anomalies: Sequence[Noted]
    replaces: Sequence[ScanLine]
    """Scans of the paper that this one replaces."""


def get_proposal(desk: Desk, actor: Actor, case: str) -> Reading:
    """One proposal, read and routed anew. NotFound when the House's data never named it."""
    _allowed(actor)
    with desk.reading() as work:
        proposal = _found(work.house.get(case) if GUID.fullmatch(case) else None)
        anomalies = work.house.anomalies_of(case)
        amendment = judging.amendment_of(proposal.case, proposal.text) if proposal.text else None
        older: Sequence[ScanLine] = ()
        if amendment and amendment.dossier_number and amendment.replaces:
            older = work.scans.of_paper(amendment.dossier_number, amendment.dossier_suffix, amendment.replaces)
    parsed, routing = None, None
    if amendment is not None:
        parsed, routing = dry_run(desk, amendment.text, amendment.title, judging.dossier_of(proposal.case))
    return Reading(
        proposal=proposal,
        amendment=amendment,
        parsed=parsed,
        routing=routing,
        vote=judging.vote_of(proposal.case, desk.now()),
        anomalies=anomalies,
        replaces=older,
    )


def start(desk: Desk, actor: Actor, case: str, seen: Seen) -> Scan:
    """Start a scan, with what the House registered. Pressed twice it starts one: the second time it is decided already."""
    _allowed(actor)
    proposal = get_proposal(desk, actor, case).proposal
    check_seen(seen, proposal.version)
    require_open(proposal)
    command = SubmitScan(
        amendment=judging.amendment_of(proposal.case, proposal.text or ""),
        vote=judging.vote_of(proposal.case, desk.now()),
    )

    def decide(work: Work, scan: Scan) -> None:
        now = desk.now()
        standing = _found(work.house.lock(case))
        check_seen(proposal.version, standing.version)
        require_open(standing)
        started = replace(standing, state=ProposalState.STARTED, scan=scan.id, handled=actor.principal, handled_at=now)
        work.house.save(started, command.vote)
        work.journal.add(actor, ProposalStarted(scan=scan.id, case=standing.case.number or case), now)

    return submit_scan(desk, actor, command, within=decide)


def dismiss(desk: Desk, actor: Actor, case: str, seen: Seen, reason: str | None) -> Proposal:
    """No scan, with the reason. It can be opened again."""
    _allowed(actor)
    problems = list(text_problems("toelichting", reason or "", MAX_REASON))
    if problems:
        raise InvalidInput(problems)
    why = required_reason(reason)
    now = desk.now()
    with desk.writing() as work:
        proposal = _locked(work, case, seen)
        if not proposal.open:
            raise WrongState(f"Over dit voorstel is al besloten: het is {proposal.state.value}.")
        changed = replace(proposal, state=ProposalState.DISMISSED, handled=actor.principal, handled_at=now, reason=why)
        work.journal.add(actor, ProposalDismissed(case=proposal.case.number or case), now)
        return work.house.save(changed, judging.vote_of(proposal.case, now))


def reopen(desk: Desk, actor: Actor, case: str, seen: Seen) -> Proposal:
    """What was dismissed waits again."""
    _allowed(actor)
    now = desk.now()
    with desk.writing() as work:
        proposal = _locked(work, case, seen)
        if proposal.state is not ProposalState.DISMISSED:
            raise WrongState("Alleen een afgewezen voorstel kunt u opnieuw openen.")
        changed = replace(proposal, state=ProposalState.SEEN, handled=None, handled_at=None, reason=None)
        work.house.queue(CASE, [case], now)
        work.journal.add(actor, ProposalReopened(case=proposal.case.number or case), now)
        return work.house.save(changed, judging.vote_of(proposal.case, now))


def read_again(desk: Desk, actor: Actor, case: str, seen: Seen) -> None:
    """Have it read at the next turn, whatever went wrong before."""
    _allowed(actor)
    with desk.writing() as work:
        _locked(work, case, seen)
        work.house.queue(CASE, [case], desk.now())


def settle(desk: Desk, actor: Actor, anomaly: str) -> None:
    """It was looked at, and needs nothing more. Settling it twice changes nothing."""
    _allowed(actor)
    now = desk.now()
    with desk.writing() as work:
        found = work.house.anomaly(anomaly) if anomaly.isalnum() and anomaly.isascii() else None
        if found is None:
            raise NotFound
        if found.settled_at is None:
            work.house.settle(anomaly, actor.principal, now)
            event = AnomalySettled(kind=found.anomaly.kind.value, subject=found.anomaly.subject)
            work.journal.add(actor, event, now)


# --- in public --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FromTheHouse:
    """What the House's data says beside a scan. The appraisal is the cabinet's, and no part of any summary."""

    appraisal: str | None
    outcome: Outcome | None
    number: str | None


def beside(desk: Desk, scans: Sequence[ScanId]) -> Mapping[ScanId, FromTheHouse]:
    """For scans that the caller has been shown; only those about which the House says something."""
    if not scans:
        return {}
    with desk.reading() as work:
        found = work.house.of_scans(scans)
    said = {
        scan: FromTheHouse(appraisal=judging.appraisal_of(case), outcome=judging.outcome_of(case), number=case.number)
        for scan, case in found.items()
    }
    return {scan: one for scan, one in said.items() if one.appraisal or one.outcome}


# --- shared -----------------------------------------------------------------------------------------------------------


def _allowed(actor: Actor) -> None:
    known(actor)
    require(actor, Action.ROUTE_SCAN)


def _found(proposal: Proposal | None) -> Proposal:
    if proposal is None:
        raise NotFound
    return proposal


def _locked(work: Work, case: str, seen: Seen) -> Proposal:
    proposal = _found(work.house.lock(case) if GUID.fullmatch(case) else None)
    check_seen(seen, proposal.version)
    return proposal
