"""The vote moves: everything that was reckoned from it is reckoned anew, in the same transaction, and told once.

A deadline that a coordinator set by hand stays where it is. Reminders and the promise to the submitter are reckoned from
what stands whenever they are asked for, so they move by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from uitvoeringsscan.amendments.bill import dossier_name
from uitvoeringsscan.assessments.assessment import retime
from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.events import DeadlineMoved, VoteMoved
from uitvoeringsscan.identifiers import AgencyCode, ScanId
from uitvoeringsscan.people.people import SERVICE, Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.scans import scan as scans
from uitvoeringsscan.scans.deadlines import after_move, plausible
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scans.working_time import ZONE
from uitvoeringsscan.use_cases.access import Seen, check_seen, find_scan, known, sight
from uitvoeringsscan.use_cases.ports import Desk, ScanLine, Work

ENDED = (ScanState.WITHDRAWN, ScanState.REPLACED)


def move_vote(desk: Desk, actor: Actor, identifier: str, seen: Seen, vote: datetime | None) -> Scan:
    """The vote moves, until the bell: note its new moment, or that it is not known any more."""
    _check(vote)
    with desk.writing() as work:
        scan, ties = find_scan(work, actor, identifier, lock=True)
        require(actor, Action.MOVE_VOTE, ties)
        check_seen(seen, scan.version)
        return note_vote(work, actor, scan, vote, desk.now())


def note_vote(work: Work, actor: Actor, scan: Scan, vote: datetime | None, now: datetime) -> Scan:
    """Within the caller's transaction; the scan is locked. A vote that stays where it is changes nothing and is told nobody."""
    changed = scans.move_vote(scan, vote)
    if vote == scan.vote:
        return scan
    moved, kept = _retime_files(work, scan, vote, now) if scan.state is ScanState.IN_ASSESSMENT else ({}, [])
    if scan.state is ScanState.IN_ASSESSMENT and scan.decision is not None and not scan.by_hand:
        asked_at = scan.decision.by.at
        reckoned = after_move(asked_at, scan.respond_by, vote, now, concept=scan.confidential)
        changed = replace(changed, respond_by=reckoned)
    changed = work.scans.save(changed)
    event = VoteMoved(
        scan=scan.id,
        vote=vote.isoformat() if vote else None,
        before=scan.vote.isoformat() if scan.vote else None,
        moved=tuple(moved),
        kept=tuple(kept),
    )
    work.journal.add(actor, event, now)
    for agency, deadline in moved.items():
        if deadline is not None:
            moment = deadline.astimezone(UTC).isoformat(timespec="seconds")
            work.journal.add(SERVICE, DeadlineMoved(scan=scan.id, agency=agency, respond_by=moment), now)
    return changed


def _retime_files(
    work: Work, scan: Scan, vote: datetime | None, now: datetime
) -> tuple[dict[AgencyCode, datetime | None], list[AgencyCode]]:
    moved, kept = {}, []
    for file in work.assessments.of_scan(scan.id):
        if file.settled:
            continue
        reckoned = after_move(file.asked_at, file.respond_by, vote, now, concept=scan.confidential)
        newer = retime(file, reckoned, now)
        work.assessments.save(newer)
        if newer.respond_by != file.respond_by:
            moved[file.agency] = newer.respond_by
        elif file.by_hand:
            kept.append(file.agency)
    return moved, kept


# --- all at once ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteDay:
    """The scans on which is voted on one day, of one bill or of all; ended ones left out."""

    day: date
    bill: str | None
    lines: tuple[ScanLine, ...]

    @property
    def bills(self) -> tuple[str, ...]:
        return tuple(sorted({name for line in self.lines if (name := _bill(line)) is not None}))


def vote_day(desk: Desk, actor: Actor, day: date, bill: str | None = None) -> VoteDay:
    """What would move with `move_day`."""
    known(actor)
    require(actor, Action.MOVE_VOTE)
    with desk.reading() as work:
        return _vote_day(work, actor, day, bill)


def move_day(desk: Desk, actor: Actor, day: date, vote: datetime | None, bill: str | None = None) -> tuple[ScanId, ...]:
    """Move every vote of a day (of one bill: "36410-XV") to one moment; gives the scans of which it moved.

    Each scan is its own short transaction, so nobody waits long; broken off halfway, doing it again does the rest.
    """
    _check(vote)
    found = vote_day(desk, actor, day, bill)
    start, end = _bounds(day)
    moved = []
    for line in found.lines:
        with desk.writing() as work:
            scan = work.scans.lock(line.id)
            if scan is None or scan.state in ENDED or scan.vote is None or not start <= scan.vote < end:
                continue
            if note_vote(work, actor, scan, vote, desk.now()) is not scan:
                moved.append(scan.id)
    return tuple(moved)


def _vote_day(work: Work, actor: Actor, day: date, bill: str | None) -> VoteDay:
    start, end = _bounds(day)
    lines = work.scans.on_vote_day(start, end, sight(actor))
    chosen = sorted(
        (one for one in lines if one.state not in ENDED and (bill is None or _bill(one) == bill)),
        key=lambda one: one.id,
    )
    return VoteDay(day=day, bill=bill, lines=tuple(chosen))


def _bill(line: ScanLine) -> str | None:
    return dossier_name(line.dossier_number, line.dossier_suffix) if line.dossier_number else None


def _bounds(day: date) -> tuple[datetime, datetime]:
    """The day in the Netherlands; one with a change of the clock is an hour shorter or longer."""
    return (
        datetime.combine(day, time(), ZONE).astimezone(UTC),
        datetime.combine(day + timedelta(days=1), time(), ZONE).astimezone(UTC),
    )


def _check(vote: datetime | None) -> None:
    if vote is not None and not plausible(vote):
        raise InvalidInput([Problem(code="ongeldige-datum", field="stemming", message="Dit moment kan niet kloppen.")])
