"""Everything that is read and not changed. What is public needs no actor; everything else is seen through `access`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from uitvoeringsscan.assessments.assessment import Assessment, AssessmentLine
from uitvoeringsscan.errors import Forbidden, NotFound
from uitvoeringsscan.events import ScanReplaced, ScanWithdrawn
from uitvoeringsscan.identifiers import AgencyCode, PublicationNumber, ScanId
from uitvoeringsscan.people.people import AGENCY_ROLES, Actor
from uitvoeringsscan.people.permissions import Action, may
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.rubrics.model import Rubric
from uitvoeringsscan.scans.deadlines import plausible
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.access import known, sight
from uitvoeringsscan.use_cases.journal import looking_at_file, looking_at_scan
from uitvoeringsscan.use_cases.knowledge import rubric_of
from uitvoeringsscan.use_cases.ports import Cursor, Desk, JournalLine, ScanFilter, ScanLine, Sight, Work

T = TypeVar("T")

PAGE = 50
PARLIAMENT = ZoneInfo("Europe/Amsterdam")
"""A voting day begins and ends at midnight in The Hague."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some results, and where the next page starts; None at the end."""

    results: Sequence[T]
    next: Cursor | None


def get_scan(desk: Desk, actor: Actor, identifier: str) -> Scan:
    with looking_at_scan(desk, actor, identifier) as (_, scan, _):
        return scan


def list_scans(desk: Desk, actor: Actor, wanted: ScanFilter, after: Cursor | None, limit: int = PAGE) -> Page[ScanLine]:
    """The scans this actor may see, newest first. Pages neither skip nor repeat when new scans come in meanwhile."""
    seen = sight(actor)
    with desk.reading() as work:
        lines = work.scans.page(wanted, seen, after, limit + 1)
    return _paged(lines, limit, lambda line: Cursor(line.created_at, line.id))


def list_assessments(desk: Desk, actor: Actor, identifier: str) -> Sequence[Assessment]:
    """The files of one scan: all for the coordinator and the submitter, the own agency's for an agency."""
    with looking_at_scan(desk, actor, identifier) as (work, scan, _):
        files = work.assessments.of_scan(scan.id)
    if may(actor, Action.READ_ASSESSMENT) or scan.owner == actor.principal:
        return files
    return [file for file in files if file.agency == actor.agency]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """One agency's file with all that belongs on the desk beside it."""

    scan: Scan
    assessment: Assessment
    rubric: Rubric


def get_assessment(desk: Desk, actor: Actor, identifier: str) -> OpenFile:
    with looking_at_file(desk, actor, identifier) as (work, scan, assessment, _):
        rubric = rubric_of(desk, work, assessment.rubric)
    return OpenFile(scan=scan, assessment=assessment, rubric=rubric)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    scan: ScanLine
    assessment: AssessmentLine


def own_work(desk: Desk, actor: Actor, after: Cursor | None = None, limit: int = PAGE) -> Page[WorkItem]:
    """What was asked of the actor's agency, last asked first."""
    agency = _agency_of(actor)
    with desk.reading() as work:
        items = _items(work, work.assessments.of_agency(agency, after, limit + 1))
    return _paged(items, limit, _asked)


def running_work(desk: Desk, actor: Actor) -> Sequence[WorkItem]:
    """All that the actor's agency still has to do: to answer, or to approve. In no order."""
    agency = _agency_of(actor)
    with desk.reading() as work:
        return _items(work, work.assessments.running(agency))


def closed_work(desk: Desk, actor: Actor, after: str | None = None, limit: int = PAGE) -> Page[WorkItem]:
    """What the actor's agency need do nothing for any more, last asked first; `after` is the scan where a page ended."""
    agency = _agency_of(actor)
    with desk.reading() as work:
        last = work.assessments.get(ScanId(after), agency) if after and after.isprintable() else None
        start = Cursor(last.asked_at, last.scan) if last else None
        items = _items(work, work.assessments.closed(agency, start, limit + 1))
    return _paged(items, limit, _asked)


def _agency_of(actor: Actor) -> AgencyCode:
    known(actor)
    if actor.agency is None or not actor.roles & AGENCY_ROLES:
        raise Forbidden("Alleen mensen van een organisatie hebben uitvragen.")
    return actor.agency


def _items(work: Work, files: Sequence[AssessmentLine]) -> list[WorkItem]:
    lines = {line.id: line for line in work.scans.lines([file.scan for file in files])}
    return [WorkItem(scan=lines[file.scan], assessment=file) for file in files]


def _asked(item: WorkItem) -> Cursor:
    return Cursor(item.assessment.asked_at, item.assessment.scan)


def scan_files(desk: Desk, scans: Sequence[ScanId]) -> dict[ScanId, list[Assessment]]:
    """The files of several scans at once, for overviews of scans the caller has already been shown."""
    grouped: dict[ScanId, list[Assessment]] = {scan: [] for scan in scans}
    with desk.reading() as work:
        for file in work.assessments.of_scans(scans) if scans else ():
            grouped[file.scan].append(file)
    return grouped


def journal_of(desk: Desk, actor: Actor, identifier: str) -> Sequence[JournalLine]:
    with looking_at_scan(desk, actor, identifier) as (work, scan, _):
        return work.journal.of_scan(scan.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedScan:
    """A publication and what has become of its scan since: the document never changes, its standing does."""

    publication: Publication
    scan: ScanLine
    newest: PublicationNumber


def get_publication(desk: Desk, number: str) -> PublishedScan:
    with desk.reading() as work:
        publication = work.publications.get(PublicationNumber(number)) if number.isprintable() else None
        if publication is None:
            raise NotFound("Een publicatie met dit nummer is er niet.")
        (line,) = work.scans.lines([publication.scan])
    return PublishedScan(
        publication=publication, scan=line, newest=PublicationNumber(f"{publication.scan}-v{line.publications}")
    )


def list_publications(
    desk: Desk, before: int | None = None, limit: int = PAGE
) -> tuple[Sequence[Publication], int | None]:
    """Newest first; the number is where the next page starts."""
    with desk.reading() as work:
        found = work.publications.page(before, limit + 1)
    more = len(found) > limit
    found = found[:limit]
    return found, found[-1].sequence if more else None


AT_ONCE = 500
"""So many documents are read in one go where all of them are wanted: the memory this takes does not grow with the record."""


def every_document(desk: Desk) -> Iterator[bytes]:
    """The sealed document of every publication there was when this began, newest first."""
    before: int | None = None
    while True:
        with desk.reading() as work:
            found = work.publications.documents(before, AT_ONCE)
        yield from (document for _, document in found)
        if len(found) < AT_ONCE:
            return
        before = found[-1][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A published amendment that was withdrawn or replaced, and its newest publication."""

    publication: Publication
    withdrawn: bool
    at: datetime


def endings(desk: Desk, found: Sequence[Publication], before: int | None, *, last: bool) -> Sequence[Ending]:
    """What ended in the time of this page of publications, the newest first.

    before  the sequence that the page starts below; None for the first page
    last    there are no older publications than these
    """
    with desk.reading() as work:
        above = work.publications.page(before + 1, 1) if before is not None else ()
        end = above[0].published_at if above else None
        start = None if last or not found else found[-1].published_at
        happened = work.journal.during((ScanWithdrawn.__name__, ScanReplaced.__name__), start, end, _MANY)
        lines = {line.id: line for line in work.scans.lines([line.scan for line in happened if line.scan])}
        public = [code for code, line in lines.items() if not line.confidential and line.publications]
        newest = {publication.scan: publication for publication in work.publications.newest_of(public)}
    return [
        Ending(publication=newest[line.scan], withdrawn=line.event == ScanWithdrawn.__name__, at=line.at)
        for line in happened
        if line.scan in newest
    ]


_MANY = 500
"""More endings than this in the time of one page of the feed are cut off."""


def newest_first(desk: Desk, limit: int) -> Sequence[tuple[PublicationNumber, datetime]]:
    """Number and moment of the newest publications."""
    with desk.reading() as work:
        return work.publications.listed(limit)


def publication_of_paper(desk: Desk, dossier: str, paper: str) -> Publication:
    """The newest publication about an amendment by its paper: 36410 or 36410-XV, and 25. NotFound while there is none."""
    base, _, suffix = dossier.partition("-")
    with desk.reading() as work:
        lines = work.scans.of_paper(base, suffix or None, paper) if (dossier + paper).isprintable() else []
        found = work.publications.newest_of([line.id for line in lines if not line.confidential]) if lines else []
    if not found:
        raise NotFound("Over dit kamerstuk is geen uitvoeringsscan gepubliceerd.")
    return max(found, key=lambda publication: publication.sequence)


def newest_publications(desk: Desk, scans: Sequence[ScanId]) -> dict[ScanId, Publication]:
    with desk.reading() as work:
        return {p.scan: p for p in work.publications.newest_of(scans)} if scans else {}


PUBLIC = Sight(open_scans=True)
"""What anybody may see in overviews: that an amendment has a scan, once the amendment itself is public."""


def dossier(desk: Desk, number: str) -> Sequence[ScanLine]:
    """Every public amendment on a bill, newest first. `number` is 36410, or 36410-XV for a budget."""
    base, _, suffix = number.partition("-")
    with desk.reading() as work:
        wanted = ScanFilter(dossier=base, suffix=suffix or None)
        lines = work.scans.page(wanted, PUBLIC, None, 500) if number.isprintable() else []
    if not lines:
        raise NotFound("Bij dit dossier is geen openbare uitvoeringsscan bekend.")
    return lines


def asked_of(desk: Desk, agency: AgencyCode, limit: int = 200) -> Page[ScanLine]:
    """Every public amendment that this agency was asked about, the newest submitted first."""
    with desk.reading() as work:
        lines = work.scans.page(ScanFilter(agency=agency), PUBLIC, None, limit + 1)
    return _paged(lines, limit, lambda line: Cursor(line.created_at, line.id))


def search(desk: Desk, question: str, after: str, limit: int = PAGE) -> Page[ScanLine]:
    """Public amendments with these words, newest first; `after` is the number of the last one that was shown."""
    if not question.strip() or not (question + after).isprintable():
        return Page(results=[], next=None)
    with desk.reading() as work:
        last = work.scans.lines([ScanId(after)]) if after else []
        # Only what was shown can be a place to go on from: no question may be asked about a confidential scan.
        shown = [line for line in last if not line.confidential and line.state is not ScanState.DRAFT]
        cursor = Cursor(shown[0].created_at, shown[0].id) if shown else None
        lines = work.scans.page(ScanFilter(search=question), PUBLIC, cursor, limit + 1)
    return _paged(lines, limit, lambda line: Cursor(line.created_at, line.id))


def vote_day(desk: Desk, day: date) -> Sequence[ScanLine]:
    """Every public amendment whose vote is on this day, as known now."""
    if not plausible(day):
        return []
    start = datetime.combine(day, time(), PARLIAMENT)
    end = datetime.combine(day + timedelta(days=1), time(), PARLIAMENT)
    with desk.reading() as work:
        return work.scans.on_vote_day(start, end, PUBLIC)


def votes_ahead(desk: Desk, limit: int = PAGE) -> Sequence[ScanLine]:
    """Public amendments that will be voted on, the first vote first."""
    with desk.reading() as work:
        return work.scans.voted_from(desk.now(), PUBLIC, limit)


def votes_ahead_for(desk: Desk, actor: Actor, limit: int = 200) -> Sequence[ScanLine]:
    """The same for somebody who is signed in, with all that they may see; votes of today stay until midnight."""
    start = datetime.combine(desk.now().astimezone(PARLIAMENT).date(), time(), PARLIAMENT)
    with desk.reading() as work:
        return work.scans.voted_from(start, sight(actor), limit)


def _paged(found: Sequence[T], limit: int, cursor: Callable[[T], Cursor]) -> Page[T]:
    more = len(found) > limit
    found = found[:limit]
    return Page(results=found, next=cursor(found[-1]) if more else None)
