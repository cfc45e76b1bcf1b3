"""Changed amendments: the scan that is replaced, what comes along from it, and the chain of versions in public."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from uitvoeringsscan.amendments.diff import TextDiff
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, Signature
from uitvoeringsscan.assessments.carrying import carried, take_over
from uitvoeringsscan.assessments.changes import Said, said
from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.events import ScanReplaced
from uitvoeringsscan.identifiers import AgencyCode, PublicationNumber, ScanId
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.publication.difference import Difference, difference
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.publication.summary import SealedSummary, read_sealed
from uitvoeringsscan.rubrics.model import Rubric
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scans.succession import Succession, succession, text_difference
from uitvoeringsscan.use_cases.journal import looking_at_file, looking_at_scan
from uitvoeringsscan.use_cases.knowledge import rubric_of
from uitvoeringsscan.use_cases.ports import Desk, ScanLine, Work

_LONGEST_CHAIN = 50
"""Versions of one amendment that are followed; real chains have four or five."""


def earlier_scan(work: Work, scan: Scan) -> Scan | None:
    """The scan of the paper that this amendment says it replaces: the newest that was not withdrawn.

    A confidential one is found by its own submitter alone: that there is one, must not show to anybody else.
    """
    line = _earlier(work, scan)
    return work.scans.get(line.id) if line else None


def _earlier(work: Work, scan: Scan) -> ScanLine | None:
    amendment = scan.amendment
    if not (amendment.dossier_number and amendment.replaces):
        return None
    for line in work.scans.of_paper(amendment.dossier_number, amendment.dossier_suffix, amendment.replaces):
        over = line.state in (ScanState.DRAFT, ScanState.WITHDRAWN)
        hidden = line.confidential and line.owner != scan.owner
        if not over and not hidden and line.id != scan.id and line.created_at <= scan.created_at:
            return line
    return None


def succession_of(work: Work, scan: Scan) -> Succession | None:
    earlier = earlier_scan(work, scan)
    return succession(earlier, scan, work.assessments.of_scan(earlier.id)) if earlier else None


def get_succession(desk: Desk, actor: Actor, identifier: str) -> Succession | None:
    """What the coordinator sees beside the proposal for a changed amendment; None when it replaces no known scan."""
    with looking_at_scan(desk, actor, identifier) as (work, scan, ties):
        require(actor, Action.ROUTE_SCAN, ties)
        return succession_of(work, scan)


# --- at the confirmation ----------------------------------------------------------------------------------------------


def files_before(work: Work, scan: Scan) -> dict[AgencyCode, Assessment]:
    """The files of the earlier version, read under its lock: what is approved there from now on stays behind."""
    earlier = _earlier(work, scan)
    if earlier is None:
        return {}
    work.scans.lock(earlier.id)
    return {file.agency: file for file in work.assessments.of_scan(earlier.id)}


def rubric_to_ask(desk: Desk, code: AgencyCode, older: Assessment | None, *, short: bool) -> Rubric:
    """The agency's questionnaire. Where the short one is due but it answered the long one about the earlier version, the
    long one again: confirming what stands there is less work than starting anew."""
    full = desk.library.for_agency(code)
    answered = older is not None and older.state is AssessmentState.APPROVED and older.rubric.code == full.ref.code
    return full if answered else desk.library.for_agency(code, short=short)


def with_draft(desk: Desk, work: Work, file: Assessment, older: Assessment | None, rubric: Rubric) -> Assessment:
    """A fresh file, with what can come along from the earlier one as its draft."""
    draft = carried(older, rubric_of(desk, work, older.rubric), rubric) if older else None
    return take_over(file, older, draft) if older and draft is not None else file


def why_asked_again(
    desk: Desk, scan: Scan, codes: Collection[AgencyCode], before: Collection[AgencyCode]
) -> str | None:
    """The reason, for the public, to ask agencies to whom the new text does not point; None where there are none."""
    again = [code for code in before if code in codes and code not in scan.routing.asked]
    names = [agency.short_name if (agency := desk.register.agency(code)) else code for code in again]
    return f"Ook gevraagd bij nr. {scan.amendment.replaces}: {', '.join(names)}." if names else None


# --- for the agency ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierVersion:
    """What an agency sees of the version before.

    paper        the number of the paper that is replaced
    taken_over   its own earlier file, where its answers came along as a draft; None where nothing did
    untouched    the draft is still exactly what came along
    """

    paper: str
    difference: TextDiff
    taken_over: Assessment | None
    untouched: bool


def earlier_version(desk: Desk, actor: Actor, identifier: str) -> EarlierVersion | None:
    """For one agency's file: how the text changed, and what of its own came along.

    None when the amendment replaces no known scan, or one that was confidential and in which this agency had no part.
    """
    with looking_at_file(desk, actor, identifier) as (work, scan, file, _):
        earlier = work.scans.get(file.origin) if file.origin else earlier_scan(work, scan)
        if earlier is None:
            return None
        own = work.assessments.get(earlier.id, file.agency)
        if earlier.confidential and own is None:
            return None
        older = own if file.origin else None
        draft = None
        if older is not None:
            draft = carried(older, rubric_of(desk, work, older.rubric), rubric_of(desk, work, file.rubric))
    return EarlierVersion(
        paper=earlier.amendment.paper_number or scan.amendment.replaces or "",
        difference=text_difference(earlier, scan),
        taken_over=older,
        untouched=older is not None and file.answers == draft,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidBefore:
    """What an approver can lay an agency's file beside.

    paper       the number of the replaced paper to which it was said; None: it was said in this same file
    submitted, approved  whose it was; `approved` None: it was handed in and went back
    asked       what was to be changed, when it went back: on the whole, and by question
    """

    said: Said
    paper: str | None
    submitted: Signature
    approved: Signature | None
    asked: str | None
    asked_by_question: Mapping[str, str]


def said_before(desk: Desk, actor: Actor, identifier: str) -> SaidBefore | None:
    """What was signed before in this file, or else the approved answers to the version that this amendment replaces.

    None where there is nothing to compare with.
    """
    with looking_at_file(desk, actor, identifier) as (work, _, file, _):
        signed = file.signed_before
        if signed is not None:
            rubric = rubric_of(desk, work, file.rubric)
            return SaidBefore(
                said=said(rubric, signed.outcome, signed.answers, reason=signed.reason, instead=signed.ask_instead),
                paper=None,
                submitted=signed.submitted,
                approved=signed.approved,
                asked=signed.remarks,
                asked_by_question=signed.question_remarks,
            )
        older = work.assessments.get(file.origin, file.agency) if file.origin else None
        earlier = work.scans.get(older.scan) if older else None
        if older is None or earlier is None or older.outcome is None or older.submitted is None:
            return None
        rubric = rubric_of(desk, work, older.rubric)
        return SaidBefore(
            said=said(rubric, older.outcome, older.answers, reason=older.reason, instead=older.ask_instead),
            paper=earlier.amendment.paper_number or "",
            submitted=older.submitted,
            approved=older.approved,
            asked=None,
            asked_by_question={},
        )


# --- in public --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What came in the place of a replaced amendment.

    at           when it was replaced: until then its text stood
    line         the scan that came in its place (of a chain, the last one that was published, else the last one)
    publication  what was published about it; None when nothing was yet
    """

    at: datetime | None
    line: ScanLine
    publication: Publication | None


def replacement(desk: Desk, line: ScanLine) -> Replacement | None:
    """For a scan that was replaced: by what, and since when. Of later versions that are confidential nothing is told."""
    if line.replaced_by is None:
        return None
    with desk.reading() as work:
        moments = [entry.at for entry in work.journal.of_scan(line.id) if entry.event == ScanReplaced.__name__]
        found: ScanLine | None = None
        published: Publication | None = None
        following: ScanId | None = line.replaced_by
        for _ in range(_LONGEST_CHAIN):
            lines = work.scans.lines([following]) if following else []
            if not lines or lines[0].confidential:
                break
            found = lines[0]
            published = next(iter(work.publications.newest_of([found.id])), published)
            following = found.replaced_by
        if published is not None:
            (found,) = work.scans.lines([published.scan])
    return Replacement(at=moments[-1] if moments else None, line=found, publication=published) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    older: SealedSummary
    newer: SealedSummary
    difference: Difference


def publication_before(work: Work, publication: Publication) -> Publication | None:
    """The publication that this one follows on: the version before of the same scan, or else the newest about the
    amendment that it replaces (of a chain, the nearest that was published)."""
    versions = {p.version: p for p in work.publications.of_scan(publication.scan)}
    if publication.version - 1 in versions:
        return versions[publication.version - 1]
    scan = work.scans.get(publication.scan)
    for _ in range(_LONGEST_CHAIN):
        scan = earlier_scan(work, scan) if scan else None
        if scan is None:
            return None
        found = list(work.publications.newest_of([scan.id]))
        if found:
            return found[0]
    return None


def compared(desk: Desk, number: str) -> Compared:
    """What changed since the publication before. NotFound when there is none before it."""
    with desk.reading() as work:
        newer = _publication(work, number)
        older = publication_before(work, newer)
    if older is None:
        raise NotFound("Dit is de eerste publicatie over dit amendement: er is niets om mee te vergelijken.")
    pair = read_sealed(older.document), read_sealed(newer.document)
    return Compared(older=pair[0], newer=pair[1], difference=difference(*pair))


def follows_on(desk: Desk, number: str) -> str | None:
    """The number of the publication that this one follows on, for the link to what changed."""
    with desk.reading() as work:
        before = publication_before(work, _publication(work, number))
    return before.number if before else None


def _publication(work: Work, number: str) -> Publication:
    found = work.publications.get(PublicationNumber(number)) if number.isprintable() else None
    if found is None:
        raise NotFound("Een publicatie met dit nummer is er niet.")
    return found
