"""Publishing: compose, seal, sign, render, and only then write, if nothing moved meanwhile.

Rendering is slow, so it stays outside the transaction: read at version v and chain head h, render, write expecting v and h.
"""

from __future__ import annotations

from uitvoeringsscan.amendments.bill_test import BillTest
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, Outcome
from uitvoeringsscan.errors import Stale
from uitvoeringsscan.events import ScanPublished
from uitvoeringsscan.identifiers import AgencyCode, PublicationNumber, publication_number
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.publication.composing import AgencyFile, compose
from uitvoeringsscan.publication.keys import SigningKey
from uitvoeringsscan.publication.record import Publication, seal, with_pdf, with_signature
from uitvoeringsscan.publication.summary import SigningPart
from uitvoeringsscan.routing.register import Agency
from uitvoeringsscan.scans import scan as scans
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scoring.score import AgencyScore
from uitvoeringsscan.use_cases import bill_tests
from uitvoeringsscan.use_cases.access import Seen, check_seen, find_scan
from uitvoeringsscan.use_cases.answering import read_stored
from uitvoeringsscan.use_cases.intending import intended_of
from uitvoeringsscan.use_cases.knowledge import rubric_of
from uitvoeringsscan.use_cases.ports import Desk, Work
from uitvoeringsscan.use_cases.signing_keys import in_use

_TRIES = 10  # another publisher may add a link to the chain while we render; then we render again


def publish(desk: Desk, actor: Actor, identifier: str, seen: Seen) -> Publication:
    """Publish what was assessed, as the next version of this scan and the next link of the chain."""
    for _ in range(_TRIES):
        now = desk.now()
        with desk.reading() as work:
            scan, ties = find_scan(work, actor, identifier)
            require(actor, Action.PUBLISH_SCAN, ties)
            check_seen(seen, scan.version)
            published = scans.publish(scan)
            files = agency_files(desk, work, scan)
            head = work.publications.head()
            key = in_use(work.keys.newest())
            intended = intended_of(work, scan)
        publication = seal(
            compose(
                scan,
                files,
                version=published.publications,
                published_at=now,
                previous=head,
                not_asked=_not_asked(desk, scan),
                intended=intended,
                signing=_signing(desk, key, publication_number(scan.id, published.publications)),
            )
        )
        publication = with_signature(publication, desk.sign(key, publication.document))
        publication = with_pdf(publication, desk.render_pdf(publication.document))
        with desk.writing() as work:
            current, _ = find_scan(work, actor, identifier, lock=True)
            if current.version != scan.version:
                raise Stale
            newest = work.publications.head()
            if (newest.sequence if newest else 0) != (head.sequence if head else 0):
                continue
            work.scans.save(published)
            work.publications.add(publication)
            event = ScanPublished(scan=scan.id, publication=publication.number, sha256=publication.sha256)
            work.journal.add(actor, event, now)
        return publication
    raise Stale("Er wordt nu veel tegelijk gepubliceerd. Probeer het over een minuut opnieuw.")


def _signing(desk: Desk, key: SigningKey, number: PublicationNumber) -> SigningPart:
    return SigningPart(
        key=key.kid,
        keys_at=f"{desk.address}/.well-known/jwks.json",
        signature_at=f"{desk.address}/publicaties/{number}.jws",
    )


def _not_asked(desk: Desk, scan: Scan) -> list[Agency]:
    """Agencies that were proposed and that the coordinator did not ask: the summary names them."""
    asked = scan.decision.agencies if scan.decision else ()
    return [a for a in map(desk.register.agency, scan.routing.asked) if a is not None and a.code not in asked]


def agency_files(desk: Desk, work: Work, scan: Scan) -> list[AgencyFile]:
    """Every agency that was asked, with what it answered as far as that was approved."""
    scores = work.scores.of_scan(scan.id)
    tests = {test.agency: test for test in bill_tests.of_amendment(work, scan.amendment)}
    files = work.assessments.of_scan(scan.id)
    return [_file(desk, work, file, scores, tests.get(file.agency)) for file in files]


def _file(
    desk: Desk,
    work: Work,
    assessment: Assessment,
    scores: dict[AgencyCode, AgencyScore],
    bill_test: BillTest | None,
) -> AgencyFile:
    agency = desk.register.agency(assessment.agency)
    if agency is None:
        raise LookupError(f"agency {assessment.agency} was asked, but is not in the register any more")
    rubric = rubric_of(desk, work, assessment.rubric)
    approved = assessment.state is AssessmentState.APPROVED
    answered = approved and assessment.outcome is Outcome.ANSWERED
    return AgencyFile(
        assessment=assessment,
        agency=agency,
        rubric=rubric,
        answers=read_stored(rubric, assessment) if answered else None,
        score=scores.get(assessment.agency) if approved and assessment.outcome is not Outcome.NOT_OURS else None,
        bill_test=bill_test,
    )
