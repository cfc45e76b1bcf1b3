"""Reading what is on the list: one case of the House with its paper, or the text of a bill. Always anew, always whole.

Network and documents come first, without a transaction. Then one transaction compares what stood with what stands, passes on
to the scan what changed (the vote, the outcome), keeps what is odd, and takes the case off the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from uitvoeringsscan.amendments.bill import split_dossier
from uitvoeringsscan.amendments.intake import MAX_NAME
from uitvoeringsscan.amendments.parsing import parse
from uitvoeringsscan.errors import InvalidInput, WrongState
from uitvoeringsscan.events import ProposalCame
from uitvoeringsscan.identifiers import AgencyCode, ScanId
from uitvoeringsscan.parliament import judging
from uitvoeringsscan.parliament.anomalies import Anomaly, AnomalyKind
from uitvoeringsscan.parliament.answers import is_deleted, read_case, read_papers
from uitvoeringsscan.parliament.proposals import FOLLOWED, Proposal, ProposalState
from uitvoeringsscan.parliament.records import AMENDMENT, Case, Paper
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.outcome import VoteOutcome
from uitvoeringsscan.use_cases.bills import add_bill, bill_of, routed
from uitvoeringsscan.use_cases.outcomes import record_outcome
from uitvoeringsscan.use_cases.ports import Desk, Work
from uitvoeringsscan.use_cases.ports_parliament import BILL, FollowedDossier, Parliament, Todo, Unreachable
from uitvoeringsscan.use_cases.vote_moves import note_vote

SOURCE = "Open data van de Tweede Kamer"
"""How an outcome that came from here says so; one that somebody noted by hand is not written over."""

LARGEST = 5_000_000
"""Bytes of a paper; real ones weigh a hundredth of that."""

_AGAIN, _AGAIN_AT_MOST = timedelta(minutes=5), timedelta(hours=12)

_ENDED = (ScanState.WITHDRAWN, ScanState.REPLACED)
_OF_CASE = frozenset(AnomalyKind) - {AnomalyKind.BILL_UNREADABLE, AnomalyKind.ENTRY_UNREADABLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """The text of the paper, and what is odd about it.

    document  names the version that was looked at
    again     it could not be had, and is asked for again later
    """

    text: str | None
    document: str | None
    agencies: tuple[AgencyCode, ...] = ()
    odd: tuple[Anomaly, ...] = ()
    again: bool = False


def read_one(desk: Desk, parliament: Parliament, todo: Todo) -> None:
    """Read the case, and let what changed have its effect."""
    with desk.reading() as work:
        before = work.house.get(todo.id)
    if before is None:
        with desk.writing() as work:
            work.house.done(todo)
        return
    answer = parliament.case(todo.id)
    if answer is None or is_deleted(answer):
        _gone(desk, todo, "")
        return
    case = read_case(answer)
    if case.kind != AMENDMENT:
        _gone(desk, todo, case.kind)
        return
    found = _text(desk, parliament, before, case)
    odd_outcome = _pass_on_outcome(desk, before, case)
    _keep(desk, todo, case, found, odd_outcome)


# --- the paper --------------------------------------------------------------------------------------------------------


def _text(desk: Desk, parliament: Parliament, before: Proposal, case: Case) -> _Text:
    """The text, fetched only when its version is another one than was read before."""
    paper = judging.amendment_paper(case)
    if paper is None:
        return _Text(text=None, document=None)
    name = f"{paper.id}:{paper.version or ''}"
    text, odd = before.text, None
    if text is None or before.document != name:
        text, odd = _fetched(desk, parliament, case.id, paper)
    if text is None:
        again = odd is not None and odd.kind is AnomalyKind.DOCUMENT_UNAVAILABLE
        return _Text(text=None, document=None, odd=(odd,) if odd else (), again=again)
    amendment = judging.amendment_of(case, text)
    parsed = parse(text, desk.register.law_index(), amendment.title or None)
    with desk.reading() as work:
        bill = bill_of(work, amendment)
    parsed, routing = routed(desk, text, amendment.title or None, parsed, bill)
    found = tuple(judging.text_anomalies(case, parsed))
    return _Text(text=text, document=name, agencies=tuple(routing.asked), odd=found)


def _fetched(desk: Desk, parliament: Parliament, subject: str, paper: Paper) -> tuple[str | None, Anomaly | None]:
    """The text, or why there is none. That files cannot be had must not keep a vote from being moved."""
    name = paper.number or paper.id

    def without(fact: str, kind: AnomalyKind = AnomalyKind.DOCUMENT_UNAVAILABLE) -> tuple[None, Anomaly]:
        return None, _odd(kind, subject, f"{name}: {fact}")

    if paper.size is not None and paper.size > LARGEST:
        return without(f"{paper.size} bytes")
    try:
        file = parliament.file(paper.id, paper.size)
    except Unreachable as error:
        if error.everyone:
            raise
        return without(str(error))
    if file is None:
        return without("er is geen bestand")
    if paper.size is not None and len(file.body) != paper.size:
        return without(f"{len(file.body)} van {paper.size} bytes")
    try:
        return desk.read_document(file.body, None, file.content_type), None
    except InvalidInput as error:
        return without(error.problems[0].message, AnomalyKind.UNREADABLE_TEXT)


def _odd(kind: AnomalyKind, subject: str, fact: str = "") -> Anomaly:
    return Anomaly(kind=kind, subject=subject, fact=fact[:200])


# --- the outcome ------------------------------------------------------------------------------------------------------


def _pass_on_outcome(desk: Desk, before: Proposal, case: Case) -> tuple[Anomaly, ...]:
    """Note what the House decided with the scan. Its own transaction: noting the same again changes nothing.

    What somebody noted by hand stays: where it differs, the coordinator sees it.
    """
    outcome = judging.outcome_of(case)
    if before.scan is None or before.state not in FOLLOWED or outcome is None or outcome.at > desk.now():
        return ()
    with desk.reading() as work:
        scan = work.scans.get(before.scan)
    if scan is None or scan.state is ScanState.DRAFT:
        return ()
    noted = scan.outcome
    if noted is not None and not noted.source.startswith(SOURCE):
        differs = noted.kind is not outcome.kind
        fact = f"hier staat {noted.kind.value}, de Kamer meldt {outcome.kind.value}"
        return (_odd(AnomalyKind.OUTCOME_CHANGED, case.id, fact),) if differs else ()
    source = f"{SOURCE}, zaak {case.number or case.id}"
    wanted = VoteOutcome(kind=outcome.kind, at=outcome.at, source=source)
    if noted != wanted:
        record_outcome(desk, SERVICE, scan.id, None, outcome.kind, outcome.at, source)
    return ()


# --- keeping it -------------------------------------------------------------------------------------------------------


def _keep(desk: Desk, todo: Todo, case: Case, found: _Text, odd: Sequence[Anomaly]) -> None:
    now = desk.now()
    vote = judging.vote_of(case, now)
    with desk.writing() as work:
        before = work.house.lock(case.id)
        if before is None:
            return
        others = _others(work, case)
        after = _moved(replace(before, case=case, read_at=now), others, work)
        if found.text is not None:
            after = replace(after, text=found.text, document=found.document, agencies=found.agencies)
        _pass_on_vote(work, before, after, vote, now)
        if after.state is ProposalState.NEW and before.read_at is None:  # not when it is read again
            work.journal.add(SERVICE, ProposalCame(case=case.number or case.id), now)
        work.house.save(after, vote)
        work.house.link(case.id, case.entities)
        _follow_bill(work, case, now)
        every = [*judging.anomalies_of(case, now), *found.odd, *odd, *_beside(work, before, after, others)]
        work.house.note(case.id, every, _OF_CASE, now)
        if found.again:
            wait = min(_AGAIN * 2**todo.attempts, _AGAIN_AT_MOST)
            work.house.postpone(replace(todo, due_at=now + wait, attempts=todo.attempts + 1, why=found.odd[0].fact))
        else:
            work.house.done(todo)


def _others(work: Work, case: Case) -> list[str]:
    """Other cases with the same paper."""
    dossier, paper = judging.dossier_of(case), judging.amendment_paper(case)
    if dossier is None or paper is None or paper.paper_number is None:
        return []
    return [one for one in work.house.with_paper(dossier, paper.paper_number) if one != case.id]


def _moved(proposal: Proposal, others: Sequence[str], work: Work) -> Proposal:
    """Where the proposal stands now. What a person decided about it stays decided."""
    if proposal.state is ProposalState.GONE:  # it is back
        proposal = replace(proposal, state=ProposalState.SEEN)
    if not proposal.open:
        return proposal
    case = proposal.case
    if (scan := _scan_of(work, case)) is not None and not others:
        return replace(proposal, state=ProposalState.LINKED, scan=scan)
    if case.replaced_by:
        return replace(proposal, state=ProposalState.SUPERSEDED)
    if judging.is_decided(case):
        return replace(proposal, state=ProposalState.OVER)
    return replace(proposal, state=ProposalState.NEW)


def _scan_of(work: Work, case: Case) -> ScanId | None:
    """The one scan of this paper that anybody may know of; None where there is none, or more than one."""
    dossier, paper = judging.dossier_of(case), judging.amendment_paper(case)
    named = split_dossier(dossier) if dossier else None
    if named is None or paper is None or paper.paper_number is None:
        return None
    lines = work.scans.of_paper(*named, paper.paper_number)
    alive = [one.id for one in lines if not one.confidential and one.state not in (ScanState.DRAFT, *_ENDED)]
    return alive[0] if len(alive) == 1 else None


def _pass_on_vote(work: Work, before: Proposal, after: Proposal, vote: datetime | None, now: datetime) -> None:
    """Move the scan's vote when the House's plan changed: what a coordinator set by hand stays until then."""
    if after.scan is None or after.state not in FOLLOWED:
        return
    planned_before = judging.vote_of(before.case, now) if before.state in FOLLOWED else None
    if vote == planned_before:
        return
    scan = work.scans.lock(after.scan)
    if scan is None or scan.state in (ScanState.DRAFT, *_ENDED):
        return
    try:
        note_vote(work, SERVICE, scan, vote, now)
    except WrongState:
        return  # it ended meanwhile


def _follow_bill(work: Work, case: Case, now: datetime) -> None:
    """From the first amendment on a bill, its text is kept too."""
    if case.dossier is None or split_dossier(case.dossier.name) is None:
        return
    known = work.house.dossier(case.dossier.id)
    if known is None:
        work.house.queue(BILL, [case.dossier.id], now)
    if known is None or known.dossier != case.dossier:
        work.house.follow(FollowedDossier(dossier=case.dossier, read=known.read if known else None))


def _beside(work: Work, before: Proposal, after: Proposal, others: Sequence[str]) -> Iterator[Anomaly]:
    """What is odd about the case beside others, and beside its scan."""
    case = after.case
    if others:
        numbers = [one.case.number or one.case.id for other in others if (one := work.house.get(other)) is not None]
        yield _odd(AnomalyKind.DUPLICATE_NUMBER, case.id, ", ".join(sorted(numbers)))
        for other in others:  # who was read first did not know it yet
            odd = _odd(AnomalyKind.DUPLICATE_NUMBER, other, case.number or case.id)
            work.house.note(other, [odd], (), after.read_at or after.seen_at)
    if after.state is ProposalState.STARTED and after.scan is not None and after.text is not None:
        scan = work.scans.get(after.scan)
        if scan is not None and scan.state not in _ENDED and scan.amendment.text != after.text:
            yield _odd(AnomalyKind.TEXT_CHANGED, case.id, scan.id)


def _gone(desk: Desk, todo: Todo, kind: str) -> None:
    """The House has no such amendment any more. A scan that was started goes on until somebody decides."""
    now = desk.now()
    with desk.writing() as work:
        before = work.house.lock(todo.id)
        if before is not None:
            state = ProposalState.GONE if before.open else before.state
            work.house.save(replace(before, state=state, read_at=now), judging.vote_of(before.case, now))
            fact = kind or (before.scan or "")
            work.house.note(todo.id, [_odd(AnomalyKind.VANISHED, todo.id, fact)], (AnomalyKind.VANISHED,), now)
        work.house.done(todo)


# --- bills ------------------------------------------------------------------------------------------------------------


def read_bill_of(desk: Desk, parliament: Parliament, todo: Todo) -> None:
    """Keep the newest whole text of a bill, so that "artikel I" is read as the law it changes."""
    with desk.reading() as work:
        followed = work.house.dossier(todo.id)
    odd: list[Anomaly] = []
    if followed is not None:
        papers = read_papers(parliament.documents_of(todo.id, judging.BILL_PAPERS))
        newest = max(papers, key=lambda paper: (str(paper.dated or ""), paper.id), default=None)
        name = f"{newest.id}:{newest.version or ''}" if newest else None
        if newest is not None and name != followed.read:
            text, fault = _fetched(desk, parliament, todo.id, newest)
            odd = [replace(fault, kind=AnomalyKind.BILL_UNREADABLE)] if fault else []
            if text is not None:
                odd = _add_bill(desk, followed, newest, text)
            if fault is None or fault.kind is AnomalyKind.UNREADABLE_TEXT:  # or else it may be had another time
                followed = replace(followed, read=name)
        elif newest is not None:
            odd = _standing(desk, todo.id)
    with desk.writing() as work:
        if followed is not None:
            work.house.follow(followed)
        work.house.note(todo.id, odd, (AnomalyKind.BILL_UNREADABLE, AnomalyKind.CASE_UNREADABLE), desk.now())
        work.house.done(todo)


def _add_bill(desk: Desk, followed: FollowedDossier, paper: Paper, text: str) -> list[Anomaly]:
    label = f"{paper.kind} ({paper.number})" if paper.number else paper.kind
    try:
        add_bill(desk, SERVICE, followed.dossier.name, text, label=label[:MAX_NAME], dated=paper.dated)
    except InvalidInput as error:
        if all(problem.code == "geen-artikelen" for problem in error.problems):
            return []  # a budget, or a new act: its articles change no other law
        return [_odd(AnomalyKind.BILL_UNREADABLE, followed.dossier.id, error.problems[0].message)]
    return []


def _standing(desk: Desk, subject: str) -> list[Anomaly]:
    """Nothing new to read: what stood, stands."""
    with desk.reading() as work:
        return [
            one.anomaly for one in work.house.anomalies_of(subject) if one.anomaly.kind is AnomalyKind.BILL_UNREADABLE
        ]
