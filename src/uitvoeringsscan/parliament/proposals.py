"""A proposal: an amendment that the House has, and where it stands here. A scan is started by a person, never by a feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from uitvoeringsscan.errors import WrongState
from uitvoeringsscan.identifiers import AgencyCode, ScanId
from uitvoeringsscan.parliament.records import Case


class ProposalState(StrEnum):
    """
    SEEN        the feed named it; it is still to be read
    NEW         it waits for the coordinator
    STARTED     the coordinator started a scan for it
    LINKED      there was a scan of this paper already
    DISMISSED   the coordinator wants no scan
    SUPERSEDED  another amendment came in its place before anybody started it
    OVER        the House had decided about it before anybody started it
    GONE        the House took it out of its data
    """

    SEEN = "gezien"
    NEW = "nieuw"
    STARTED = "gestart"
    LINKED = "gekoppeld"
    DISMISSED = "afgewezen"
    SUPERSEDED = "vervangen"
    OVER = "voorbij"
    GONE = "verdwenen"


FOLLOWED = frozenset({ProposalState.STARTED, ProposalState.LINKED})
"""There is a scan: votes and outcomes are passed on to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """
    case       the House's record, as read last
    text       of the amendment; None while it could not be read
    document   which version of which document that text is of
    agencies   whom the routing proposes, for the list; the page of one proposal makes it anew
    scan       the scan that was started for it, or that there was
    handled    who started or dismissed it (their principal)
    reason     why it was dismissed
    version    grows with every save
    """

    case: Case
    state: ProposalState
    seen_at: datetime
    read_at: datetime | None = None
    text: str | None = None
    document: str | None = None
    agencies: tuple[AgencyCode, ...] = ()
    scan: ScanId | None = None
    handled: str | None = None
    handled_at: datetime | None = None
    reason: str | None = None
    version: int = 1

    @property
    def open(self) -> bool:
        return self.state in (ProposalState.SEEN, ProposalState.NEW)


def require_open(proposal: Proposal) -> None:
    """WrongState, with where it stands, when the coordinator cannot decide about it any more."""
    if proposal.state is ProposalState.SEEN or (proposal.state is ProposalState.NEW and proposal.text is None):
        raise WrongState("Van dit amendement hebben we de tekst nog niet. Lees het opnieuw, of dien het zelf in.")
    if proposal.state is not ProposalState.NEW:
        raise WrongState(f"Over dit voorstel is al besloten: het is {proposal.state.value}.")
