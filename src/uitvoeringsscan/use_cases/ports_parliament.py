"""What the import from the House needs from outside: the House's data itself, and what is kept of it. Part of `ports`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.parliament.anomalies import Anomaly, AnomalyKind
from uitvoeringsscan.parliament.feed import Category, FeedPage
from uitvoeringsscan.parliament.proposals import Proposal, ProposalState
from uitvoeringsscan.parliament.records import Case, Dossier


class Unreachable(Exception):
    """The House's data could not be had now; it may be later. The text says what happened, for who maintains the service.

    wait     seconds that the House asked us to stay away; None where it did not say
    everyone it concerns all of its data (no connection, too many requests), not this one question
    """

    def __init__(self, what: str, *, wait: float | None = None, everyone: bool = False) -> None:
        super().__init__(what)
        self.wait = wait
        self.everyone = everyone


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    body: bytes
    content_type: str | None


class Parliament(Protocol):
    """The House's open data. It asks the network: never in a transaction. Every method may raise Unreachable.

    every  how often it is polled
    since  how far back the first poll begins
    """

    @property
    def every(self) -> timedelta: ...
    @property
    def since(self) -> timedelta: ...
    def changes(self, category: Category, token: int | None, tag: str | None) -> FeedPage | None:
        """What changed after this place in the feed; None when nothing did since the page with this tag."""

    def case(self, case: str) -> Mapping[str, Any] | None:
        """One case with all that hangs on it; None when it is not there."""

    def documents_of(self, dossier: str, kinds: Collection[str]) -> Sequence[Mapping[str, Any]]:
        """The documents of these kinds in a dossier, the newest first, a few at most."""

    def file(self, document: str, size: int | None) -> File | None:
        """The bytes of a document; None when there are none. `size` is what the House says it weighs."""

    def rest(self) -> None:
        """The turn is over: keep nothing open until the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far one category has been read.

    token      where to go on
    tag        the validator of the last page, for asking only whether it changed
    read_at    when a poll last came to the end of the feed
    entries    how many entries were read in all
    faults     how many polls in a row failed; `fault` is why the last one did
    not_before until when nothing is asked, after a fault
    since      when the catch-up that is under way began; None when all was read. It outlives a process
    start      the moment of the first change that this catch-up read
    reached    the moment of the last change that was read
    moved_at   when something was last read
    before     how many entries had been read when this catch-up began
    """

    category: Category
    token: int
    tag: str | None = None
    read_at: datetime | None = None
    entries: int = 0
    faults: int = 0
    fault: str | None = None
    fault_at: datetime | None = None
    not_before: datetime | None = None
    since: datetime | None = None
    start: datetime | None = None
    reached: datetime | None = None
    moved_at: datetime | None = None
    before: int | None = None

    @property
    def at_end(self) -> bool:
        """Whether, in this catch-up, its feed was read to the end."""
        return self.read_at is not None and (self.since is None or self.read_at >= self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """Something to read anew: a case or the bill of a dossier. `attempts` is how often that failed in a row."""

    kind: str
    id: str
    due_at: datetime
    since: datetime
    attempts: int = 0
    why: str | None = None


CASE, BILL = "zaak", "wetsvoorstel"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTally:
    """Since some moment: how many amendments were found, how many cases were read, and when the last; and how many are left."""

    found: int
    read: int
    left: int
    last: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedDossier:
    """A bill on which an amendment is followed. `read` is the document (and its version) whose text was kept last."""

    dossier: Dossier
    read: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """An anomaly as it is kept. `settled_by` empty: by newer data."""

    id: str
    anomaly: Anomaly
    at: datetime
    settled_at: datetime | None = None
    settled_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """A proposal as a line in a list: no text, no record. `readable`: there is a text."""

    case: str
    state: ProposalState
    number: str | None
    dossier: str | None
    paper: str | None
    title: str
    subject: str
    readable: bool
    agencies: tuple[str, ...]
    vote: datetime | None
    scan: ScanId | None
    seen_at: datetime
    handled: str | None
    handled_at: datetime | None
    reason: str | None
    anomalies: Sequence[Anomaly] = field(default_factory=tuple)


class House(Protocol):
    """What is kept of the House's data."""

    def places(self) -> Mapping[Category, Place]: ...
    def begin(self, places: Iterable[Place]) -> None:
        """Where to begin; a category that was begun before stays where it is."""

    def advance(self, seen: Place, now: Place) -> bool:
        """Go on from the place that was seen; False when somebody else was there first."""

    def involved(self, entities: Collection[str]) -> Mapping[str, set[str]]:
        """Entity -> the cases that hang together with it; only those that do."""

    def get(self, case: str) -> Proposal | None: ...
    def lock(self, case: str) -> Proposal | None:
        """Read it and keep other writers away from it until the transaction ends."""

    def add(self, proposals: Sequence[Proposal]) -> None:
        """Cases that are there already stay as they are."""

    def save(self, proposal: Proposal, vote: datetime | None) -> Proposal:
        """Write over the version that was read; Stale when somebody was first. `vote` is for the list."""

    def link(self, case: str, entities: Collection[str]) -> None:
        """From now on the case hangs together with exactly these."""

    def with_paper(self, dossier: str, paper: str) -> Sequence[str]:
        """The cases that have this paper, first seen first."""

    def page(
        self, states: Collection[ProposalState], limit: int, after: tuple[datetime, str] | None = None
    ) -> Sequence[ProposalLine]:
        """The last seen first; those that come after this one (when it was seen, its case)."""

    def counts(self) -> Mapping[ProposalState, int]: ...
    def of_scans(self, scans: Sequence[ScanId]) -> Mapping[ScanId, Case]:
        """The House's records of these scans' amendments, as far as they are followed."""

    def undecided(self, read_before: datetime, seen_after: datetime, limit: int) -> Sequence[str]:
        """Cases that wait or are followed and about which the House has not decided, not read since; longest ago first."""

    def queue(self, kind: str, ids: Collection[str], at: datetime) -> None:
        """To be read from `at` on; what waited longer because it failed is due again."""

    def due(self, now: datetime, limit: int) -> Sequence[Todo]:
        """What is to be read, the oldest first."""

    def done(self, todo: Todo) -> None:
        """Take it off the list, unless it was put on it again since `todo` was read from it."""

    def postpone(self, todo: Todo) -> None:
        """Keep it for later, as this one says."""

    def waiting(self) -> int: ...
    def tally(self, since: datetime) -> CaseTally: ...
    def dossier(self, identifier: str) -> FollowedDossier | None: ...
    def dossiers(self, identifiers: Collection[str]) -> Sequence[FollowedDossier]: ...
    def follow(self, dossier: FollowedDossier) -> None:
        """In the place of what stood there."""

    def note(self, subject: str, found: Collection[Anomaly], kinds: Collection[AnomalyKind], at: datetime) -> None:
        """These stand now. An anomaly of these kinds that stood with the subject and is not among them has settled itself.

        What a person settled stays settled.
        """

    def anomalies(self, *, settled: bool, limit: int) -> Sequence[Noted]:
        """The newest first."""

    def anomalies_of(self, subject: str) -> Sequence[Noted]: ...
    def anomaly(self, identifier: str) -> Noted | None: ...
    def settle(self, identifier: str, by: str, at: datetime) -> None: ...
    def handled_by(self, principal: str) -> Sequence[Proposal]:
        """The proposals that this person decided about, the first seen first."""

    def settled_by(self, principal: str) -> Sequence[Noted]:
        """The anomalies that this person settled, the oldest first."""

    def forget(self, principal: str, erased: str) -> None:
        """Put this word in the place of somebody who handled or settled anything."""
