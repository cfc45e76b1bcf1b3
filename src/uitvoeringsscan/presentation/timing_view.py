"""Deadlines, promises and absences in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.presentation import dutch
from uitvoeringsscan.scans.deadlines import choices, promised_by
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.reminders import Waiting, closing_moment
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.absences import Away

URGENT = timedelta(hours=24)
"""So long before the vote the coordinator is offered to publish what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingView:
    """
    deadline      until when answers are awaited; empty when nothing is
    promise       what the submitter was promised
    urgent        that the vote is near and answers are missing; empty when not
    silent_words  who has not answered
    notes         per agency: set by hand, after the vote, too late
    day, clock    the deadline we would propose now, to begin a form with
    choices       other moments that would do
    when_empty    what happens when the coordinator gives no deadline
    closes        when the round closes itself
    vote_day      the day of the vote, for an address
    """

    deadline: str
    promise: str
    urgent: str
    silent_words: str
    notes: Mapping[AgencyCode, str]
    day: str
    clock: str
    choices: str
    when_empty: str
    closes: str
    vote_day: str


def timing_view(scan: Scan, files: Sequence[Assessment], now: datetime) -> TimingView:
    running = scan.state is ScanState.IN_ASSESSMENT
    silent = [file for file in files if not file.settled]
    offered = choices(now, scan.vote, concept=scan.confidential)
    awaited = [file.respond_by for file in silent if file.respond_by is not None]
    first = offered[0] if offered else None
    closes = closing_moment([_waiting(scan, file) for file in silent]) if running else None
    return TimingView(
        deadline=f"Eerste termijn: {dutch.left_until(now, min(awaited))}." if running and awaited else "",
        promise=promise_words(scan, files, now, to_submitter=False),
        urgent=_urgent(scan, now) if running and silent else "",
        silent_words=f"{dutch.count(len(silent), 'organisatie heeft', 'organisaties hebben')} nog niet geantwoord.",
        notes={file.agency: note for file in silent if (note := _note(scan, file, now))},
        day=dutch.day(first) if first else "",
        clock=dutch.clock(first).removesuffix(" uur") if first else "",
        choices="Bijvoorbeeld " + dutch.listed((dutch.long_moment(one) for one in offered), "of")
        if offered
        else "Bijvoorbeeld 8 december 2026",
        when_empty=f"Laat leeg: dan wordt het {dutch.long_moment(first)}."
        if first
        else "Laat leeg: dan vragen we zo snel mogelijk te antwoorden.",
        closes=dutch.long_moment(closes) if closes else "",
        vote_day=dutch.as_day(scan.vote).isoformat() if scan.vote else "",
    )


def promise_words(scan: Scan, files: Sequence[Assessment], now: datetime, *, to_submitter: bool = True) -> str:
    """When there is something to read, and honestly so where that was not kept; empty when nothing is promised."""
    if scan.state not in (ScanState.IN_ASSESSMENT, ScanState.ASSESSED) or scan.correction:
        return ""
    promised = promised_by((file.respond_by for file in files), scan.vote)
    if promised is None:
        return ""
    when = dutch.long_moment(promised)
    if promised < now:
        return (
            f"De samenvatting zou er zijn op {when}. Dat is niet gelukt."
            if to_submitter
            else f"Beloofd aan de indiener: {when}. Dat is niet gelukt."
        )
    return f"U kunt de samenvatting verwachten voor {when}." if to_submitter else f"Beloofd aan de indiener: {when}."


def _urgent(scan: Scan, now: datetime) -> str:
    if scan.vote is None or scan.vote - now > URGENT or scan.confidential:
        return ""
    if scan.vote <= now:
        return f"De stemming was {dutch.near_day(now, scan.vote)} om {dutch.clock(scan.vote)}"
    return f"De stemming is {dutch.near_day(now, scan.vote)} om {dutch.clock(scan.vote)}"


def _note(scan: Scan, file: Assessment, now: datetime) -> str:
    said = []
    if file.overdue(now) and file.respond_by is not None:
        said.append(dutch.time_left(now, file.respond_by))
    if file.respond_by is not None and scan.vote is not None and file.respond_by > scan.vote:
        said.append("na de stemming")
    if file.by_hand:
        said.append("door u gekozen")
    return ", ".join(said)


def _waiting(scan: Scan, file: Assessment) -> Waiting:
    return Waiting(
        scan=scan.id,
        agency=file.agency,
        respond_by=file.respond_by,
        vote=scan.vote,
        timed_at=file.timed_at or file.asked_at,
        closes_itself=scan.closes_itself,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayLine:
    name: str
    office: str
    first: date
    last: date
    now: bool
    deputy: str
    contact: str


def away_line(one: Away, names: Mapping[str, str], today: date) -> AwayLine:
    agency = one.person.agency
    return AwayLine(
        name=one.person.name,
        office=names.get(agency, agency) if agency else "",
        first=one.absence.first,
        last=one.absence.last,
        now=one.absence.covers(today),
        deputy=one.deputy.name if one.deputy else "",
        contact=one.contact.name if one.contact else "",
    )
