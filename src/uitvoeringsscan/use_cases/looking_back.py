"""Was the estimate right? A year after the House accepted an amendment each agency that answered is asked for the real figures.

sweep -> asked -> handed in -> approved (by a second person) -> an addendum beside the publication, for everybody
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from uitvoeringsscan.assessments import look_back as looks
from uitvoeringsscan.assessments.assessment import Signature
from uitvoeringsscan.assessments.look_back import Came, LookBack
from uitvoeringsscan.errors import Forbidden, NotFound
from uitvoeringsscan.events import LookBackApproved, LookBackAsked, LookBackHandedIn, LookBackSentBack
from uitvoeringsscan.identifiers import AgencyCode, PublicationNumber, ScanId, split_assessment_id
from uitvoeringsscan.people.people import AGENCY_ROLES, SERVICE, Actor
from uitvoeringsscan.people.permissions import Action, may, require
from uitvoeringsscan.publication.addendum import Addendum, AddendumKind
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.publication.summary import AgencyPart, SealedSummary, read_sealed
from uitvoeringsscan.scans.outcome import ACCEPTED
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.access import Seen, check_seen, find_scan, known, relations
from uitvoeringsscan.use_cases.journal import looking_at_scan
from uitvoeringsscan.use_cases.ports import Desk, Work
from uitvoeringsscan.use_cases.reacting import add

_ANSWERED = ("vastgesteld", "geen-gevolgen")


def sweep(desk: Desk, now: datetime) -> None:
    """Ask whoever is due. An agency is asked once about a scan, however often this runs."""
    until = _year_before(now)
    with desk.reading() as work:
        due = work.look_backs.due(until)
    for scan, agency in due:
        with desk.writing() as work:
            _ask(work, scan, agency, until, now)


def _year_before(now: datetime) -> datetime:
    """The same day a year ago; 28 February for the 29th."""
    return now.replace(year=now.year - 1, day=28 if (now.month, now.day) == (2, 29) else now.day)


def _ask(work: Work, identifier: ScanId, agency: AgencyCode, until: datetime, now: datetime) -> None:
    scan = work.scans.lock(identifier)
    if scan is None or scan.confidential or scan.outcome is None or work.look_backs.get(identifier, agency) is not None:
        return
    if scan.outcome.kind not in ACCEPTED or scan.outcome.at > until:
        return
    estimate = _estimate(work.publications.of_scan(identifier), scan.outcome.at)
    if part_of(read_sealed(estimate.document), agency) is None:
        return
    work.look_backs.add(LookBack(scan=identifier, agency=agency, publication=estimate.number, asked_at=now))
    work.journal.add(SERVICE, LookBackAsked(scan=identifier, agency=agency), now)


def _estimate(publications: Sequence[Publication], decided: datetime) -> Publication:
    """What the House could read when it decided: the last version before that, or else the first one after."""
    before = [publication for publication in publications if publication.published_at <= decided]
    return before[-1] if before else publications[0]


def part_of(summary: SealedSummary, agency: str) -> AgencyPart | None:
    """What this agency estimated; None when it gave no answer of its own."""
    return next((part for part in summary.agencies if part.code == agency and part.status in _ANSWERED), None)


# --- at the agency ---


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLookBack:
    """A look-back with the estimate it is about."""

    look: LookBack
    summary: SealedSummary
    estimate: AgencyPart


def own(desk: Desk, actor: Actor) -> Sequence[OpenLookBack]:
    """What the actor's agency is asked to look back on, the last asked first."""
    known(actor)
    if actor.agency is None or not actor.roles & AGENCY_ROLES:
        raise Forbidden("Alleen mensen van een organisatie hebben terugblikken.")
    with desk.reading() as work:
        return [_opened(work, one) for one in work.look_backs.of_agency(actor.agency)]


def get(desk: Desk, actor: Actor, identifier: str) -> OpenLookBack:
    scan_id, agency = _split(identifier)
    with looking_at_scan(desk, actor, scan_id) as (work, scan, _):
        return _opened(work, _look(work, actor, scan, agency))


def hand_in(desk: Desk, actor: Actor, identifier: str, seen: Seen, came: Came) -> LookBack:
    with desk.writing() as work:
        scan, one = _locked(work, actor, identifier)
        require(actor, Action.HAND_IN, relations(actor, scan, [one.agency]))
        check_seen(seen, one.version)
        now = desk.now()
        one = work.look_backs.save(looks.hand_in(one, came, _signature(actor, now)))
        work.journal.add(actor, LookBackHandedIn(scan=one.scan, agency=one.agency), now)
    return one


def approve(desk: Desk, actor: Actor, identifier: str, seen: Seen) -> LookBack:
    """From now on it is public, and for good."""
    with desk.writing() as work:
        scan, one = _locked(work, actor, identifier)
        require(actor, Action.APPROVE, relations(actor, scan, [one.agency]))
        check_seen(seen, one.version)
        now = desk.now()
        one = work.look_backs.save(looks.approve(one, _signature(actor, now)))
        publication = work.publications.get(one.publication)
        assert publication is not None
        made = add(desk, work, publication, AddendumKind.LOOK_BACK, wire(one.came), at=now, agency=one.agency)
        event = LookBackApproved(scan=one.scan, agency=one.agency, publication=one.publication, sha256=made.sha256)
        work.journal.add(actor, event, now)
    return one


def send_back(desk: Desk, actor: Actor, identifier: str, seen: Seen, remarks: str | None) -> LookBack:
    with desk.writing() as work:
        scan, one = _locked(work, actor, identifier)
        require(actor, Action.SEND_BACK, relations(actor, scan, [one.agency]))
        check_seen(seen, one.version)
        one = work.look_backs.save(looks.send_back(one, remarks))
        work.journal.add(actor, LookBackSentBack(scan=one.scan, agency=one.agency), desk.now())
    return one


def _signature(actor: Actor, at: datetime) -> Signature:
    return Signature(principal=actor.principal, name=actor.name, at=at)


def _split(identifier: str) -> tuple[ScanId, AgencyCode]:
    parts = split_assessment_id(identifier)
    if parts is None:
        raise NotFound
    return parts


def _locked(work: Work, actor: Actor, identifier: str) -> tuple[Scan, LookBack]:
    scan_id, agency = _split(identifier)
    scan, _ = find_scan(work, actor, scan_id, lock=True)
    return scan, _look(work, actor, scan, agency)


def _look(work: Work, actor: Actor, scan: Scan, agency: AgencyCode) -> LookBack:
    one = work.look_backs.get(scan.id, agency)
    if one is None or not may(actor, Action.READ_ASSESSMENT, relations(actor, scan, [agency])):
        raise NotFound
    return one


def _opened(work: Work, one: LookBack) -> OpenLookBack:
    publication = work.publications.get(one.publication)
    assert publication is not None
    summary = read_sealed(publication.document)
    estimate = part_of(summary, one.agency)
    assert estimate is not None
    return OpenLookBack(look=one, summary=summary, estimate=estimate)


def wire(came: Came) -> dict[str, Any]:
    """As JSON, under the names that the publication has for the same things."""

    def number(value: Any) -> float | None:
        return None if value is None else float(value)

    return {
        "kosten": {"incidenteel": came.costs_once, "structureel": came.costs_yearly},
        "personeel": {"incidenteel": number(came.fte_once), "structureel": number(came.fte_yearly)},
        "ingevoerdOp": came.live.isoformat() if came.live else None,
        "niveaus": [{"dimensie": dimension, "niveau": came.levels.get(dimension)} for dimension in looks.DIMENSIONS],
        "toelichting": came.explanation,
    }


# --- for everybody ---


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedBack:
    """An estimate and what came of it: both as they were signed."""

    summary: SealedSummary
    estimate: AgencyPart
    sequence: int
    came: dict[str, Any]


def of_publication(desk: Desk, number: str) -> Sequence[LookedBack]:
    """Every look-back on this scan, whichever version of it held the estimate; by name of the agency."""
    with desk.reading() as work:
        publication = work.publications.get(PublicationNumber(number)) if number.isprintable() else None
        if publication is None:
            raise NotFound("Een publicatie met dit nummer is er niet.")
        versions = [one.number for one in work.publications.of_scan(publication.scan)]
        found = _looked_back(work, work.addenda.of_publications(versions))
    return sorted(found, key=lambda one: (one.estimate.name.casefold(), one.estimate.code))


def of_agency(desk: Desk, agency: str) -> Sequence[LookedBack]:
    """The newest first."""
    with desk.reading() as work:
        return _looked_back(work, work.addenda.of_agency(AgencyCode(agency)))[::-1]


def _looked_back(work: Work, addenda: Sequence[Addendum]) -> list[LookedBack]:
    found = []
    for addendum in addenda:
        publication = work.publications.get(addendum.publication)
        if addendum.kind is not AddendumKind.LOOK_BACK or addendum.agency is None or publication is None:
            continue
        summary = read_sealed(publication.document)
        estimate = part_of(summary, addendum.agency)
        if estimate is not None:
            came = json.loads(addendum.document)
            found.append(LookedBack(summary=summary, estimate=estimate, sequence=addendum.sequence, came=came))
    return found
