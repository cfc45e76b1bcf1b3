""" "Wat is er gebeurd?": the journal of a scan, for those it concerns, without what is not theirs to know.

Who did something is named to their own agency and to the coordinator; everybody else sees the office. What an agency does
within its own walls (saving, remarks, who has which part) shows to that agency alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from uitvoeringsscan import events
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.people.people import SERVICE, Actor, Role
from uitvoeringsscan.people.permissions import Action, may
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.journal import looking_at_file, looking_at_scan
from uitvoeringsscan.use_cases.ports import Desk, JournalLine, Work

WITHIN = frozenset(
    kind.__name__
    for kind in (
        events.AnswersSaved,
        events.Commented,
        events.CommentClosed,
        events.CommentReopened,
        events.TaskGiven,
        events.AnswersCopied,
        events.CopiesConfirmed,
        events.Reminded,
        events.Escalated,
    )
)
"""Events that stay within the agency they are about."""

OFFICES: Mapping[str, str] = MappingProxyType(
    {
        Role.COORDINATOR.value: "de coördinator",
        Role.SUBMITTER.value: "de indiener",
        Role.ADMIN.value: "de beheerder",
        Role.AGENCY_ADMIN.value: "de organisatiebeheerder",
    }
)

_QUIET = frozenset({"ScanSeen"})
"""Reading is noted in the journal, but is not something that happened to a scan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """
    event   the name of the event's class
    agency  whom it is about; None when it is about the whole scan
    who     a person, or an office
    times   how often in a row the same person did the same (saving goes on all day); `at` is the last time
    details what the event says, as the journal has it
    """

    at: datetime
    event: str
    agency: AgencyCode | None
    who: str
    times: int
    details: Mapping[str, object]


def of_scan(desk: Desk, actor: Actor, identifier: str) -> Sequence[Happening]:
    """For the submitter and the coordinator, the oldest first; an agency sees what is its own and what is everybody's."""
    with looking_at_scan(desk, actor, identifier) as (work, scan, _):
        return _told(desk, work, actor, scan, actor.agency)


def of_file(desk: Desk, actor: Actor, identifier: str) -> Sequence[Happening]:
    """What concerns one agency's file: its own steps, and those of the scan as a whole."""
    with looking_at_file(desk, actor, identifier) as (work, scan, file, _):
        told = _told(desk, work, actor, scan, file.agency)
    return [one for one in told if one.agency in (None, file.agency)]


def changers(desk: Desk, actor: Actor, identifier: str) -> Mapping[str, Happening]:
    """Question -> who changed its answer last, and when, as far as the journal says it. Names as in `of_file`."""
    with looking_at_file(desk, actor, identifier) as (work, scan, file, _):
        told = _told(desk, work, actor, scan, file.agency)
    found: dict[str, Happening] = {}
    for one in told:
        questions = one.details.get("questions")
        if one.agency == file.agency and one.event in _CHANGING and isinstance(questions, list | tuple):
            found |= dict.fromkeys(map(str, questions), one)
    return found


_CHANGING = frozenset({events.AnswersSaved.__name__, events.AnswersCopied.__name__})


def _told(desk: Desk, work: Work, actor: Actor, scan: Scan, own: AgencyCode | None) -> list[Happening]:
    everything = may(actor, Action.READ_SCAN)
    whole = everything or scan.owner == actor.principal
    found: list[Happening] = []
    for line in work.journal.of_scan(scan.id):
        about = _about(line)
        if line.event in _QUIET:
            continue
        if line.event in WITHIN and not (everything or (about is not None and about == actor.agency)):
            continue
        if not whole and about not in (None, own):
            continue
        one = Happening(
            at=line.at,
            event=line.event,
            agency=about,
            who=_who(desk, actor, line, everything=everything),
            times=1,
            details=line.details,
        )
        last = found[-1] if found else None
        if last and line.event == events.AnswersSaved.__name__ and _same(last, one):
            found[-1] = Happening(
                at=one.at, event=one.event, agency=one.agency, who=one.who, times=last.times + 1, details=one.details
            )
        else:
            found.append(one)
    return found


def _same(one: Happening, other: Happening) -> bool:
    return (one.event, one.agency, one.who) == (other.event, other.agency, other.who)


def _about(line: JournalLine) -> AgencyCode | None:
    agency = line.details.get("agency")
    return AgencyCode(agency) if isinstance(agency, str) else None


def _who(desk: Desk, actor: Actor, line: JournalLine, *, everything: bool) -> str:
    if line.principal == actor.principal or everything or (line.agency is not None and line.agency == actor.agency):
        return line.name
    if line.agency is not None:
        agency = desk.register.agency(line.agency)
        return agency.short_name if agency else line.agency
    if line.principal == SERVICE.principal:
        return SERVICE.name
    return next((OFFICES[role] for role in OFFICES if role in line.roles), "iemand anders")
