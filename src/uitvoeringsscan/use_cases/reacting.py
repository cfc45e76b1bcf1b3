"""The submitter's one reaction: into the next publication, or beside the one that is there.

Nobody else can change it or hold it back: the coordinator has no say in it, and publishing takes it along as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from uitvoeringsscan.errors import InvalidInput, Problem, WrongState
from uitvoeringsscan.events import LookBackApproved, ReactionPublished, ReactionWritten
from uitvoeringsscan.identifiers import AgencyCode, PublicationNumber
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.publication.addendum import Addendum, AddendumKind, seal, with_signature
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.publication.summary import read_sealed
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.reaction import Reaction, checked
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.access import Seen, check_seen, find_scan
from uitvoeringsscan.use_cases.ports import Desk, Work
from uitvoeringsscan.use_cases.signing_keys import in_use

_OVER = (ScanState.DRAFT, ScanState.WITHDRAWN, ScanState.REPLACED)


def react(desk: Desk, actor: Actor, identifier: str, seen: Seen, text: str) -> Scan:
    """Say it, say it otherwise, or take it back (empty), until it is published; after that it stands for good."""
    now = desk.now()
    with desk.writing() as work:
        scan, ties = find_scan(work, actor, identifier, lock=True)
        require(actor, Action.REACT, ties)
        check_seen(seen, scan.version)
        if scan.state in _OVER:
            raise WrongState(f"Een reactie kan nu niet: de status van deze scan is '{scan.state.value}'.")
        words = checked(text)
        changed = replace(scan, reaction=Reaction(text=words, at=now) if words else None)
        if scan.state is ScanState.PUBLISHED:
            publication = work.publications.of_scan(scan.id)[-1]
            made = _beside(desk, work, publication, words, now)
            event = ReactionPublished(scan=scan.id, publication=publication.number, sha256=made.sha256)
            work.journal.add(actor, event, now)
        else:
            work.journal.add(actor, ReactionWritten(scan=scan.id, present=bool(words)), now)
        return work.scans.save(changed)


def _beside(desk: Desk, work: Work, publication: Publication, words: str, now: datetime) -> Addendum:
    if not words:
        message = "Schrijf een reactie. Wat gepubliceerd is, kan niet meer weg."
        raise InvalidInput([Problem(code="verplicht", field="tekst", message=message)])
    if published_with(publication) or any(
        one.kind is AddendumKind.REACTION for one in work.addenda.of_publications([publication.number])
    ):
        raise WrongState("Bij deze publicatie staat al een reactie van de indiener. Die verandert niet meer.")
    return add(desk, work, publication, AddendumKind.REACTION, {"tekst": words}, at=now)


def add(
    desk: Desk,
    work: Work,
    publication: Publication,
    kind: AddendumKind,
    content: Mapping[str, Any],
    *,
    at: datetime,
    agency: AgencyCode | None = None,
) -> Addendum:
    """Seal and sign an addendum as the next link of its chain. Within the caller's transaction."""
    previous = work.addenda.head()
    made = seal(publication, kind, dict(content), at=at, previous=previous, agency=agency)
    made = with_signature(made, desk.sign(in_use(work.keys.newest()), made.document))
    work.addenda.add(made)
    return made


def published_with(publication: Publication) -> bool:
    """Whether the publication itself holds the submitter's reaction."""
    return read_sealed(publication.document).reaction is not None


def last_digest(work: Work) -> str | None:
    """The digest of the last addendum, as the journal tells it; None when there was none."""
    lines = [work.journal.newest(kind.__name__) for kind in (ReactionPublished, LookBackApproved)]
    last = max((line for line in lines if line is not None), key=lambda line: line.sequence, default=None)
    return str(last.details["sha256"]) if last else None


def stands(scan: Scan) -> bool:
    """Whether there is a reaction that cannot be said otherwise any more (while a new version is on its way, it can)."""
    return scan.state is ScanState.PUBLISHED and scan.reaction is not None


def addenda_of(desk: Desk, number: str) -> Sequence[Addendum]:
    """Everything that stands beside a publication, in order; for everybody."""
    with desk.reading() as work:
        return work.addenda.of_publications([PublicationNumber(number)]) if number.isprintable() else []


def every_addendum(desk: Desk) -> Mapping[PublicationNumber, Sequence[Addendum]]:
    """All that stands beside publications, in order; for everybody."""
    found: dict[PublicationNumber, list[Addendum]] = {}
    with desk.reading() as work:
        for one in work.addenda.every():
            found.setdefault(one.publication, []).append(one)
    return found


def addendum(desk: Desk, sequence: int) -> Addendum | None:
    with desk.reading() as work:
        return work.addenda.get(sequence)
