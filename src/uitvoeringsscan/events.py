"""Everything that can happen, one frozen class each. The journal keeps them; whatever must go out follows from them.

An event carries codes and names, never the text of an amendment or an answer: the journal is read more widely than a
confidential scan.
"""

from __future__ import annotations

from dataclasses import dataclass

from uitvoeringsscan.identifiers import AgencyCode, PublicationNumber, ScanId


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`scan` is None only for events about people, clients and keys."""

    scan: ScanId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanDrafted(Event):
    """A text was brought in, and its submitter still looks at what was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSubmitted(Event):
    proposed: tuple[AgencyCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRouted(Event):
    asked: tuple[AgencyCode, ...]
    newly_asked: tuple[AgencyCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRerouted(Event):
    """A newer text of the bill came in while the scan waited for confirmation: the proposal was made again."""

    proposed: tuple[AgencyCode, ...]
    bill: str
    """The sha256 of that text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BillAdded(Event):
    dossier: str
    sequence: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersSaved(Event):
    agency: AgencyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn(Event):
    agency: AgencyCode
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved(Event):
    agency: AgencyCode
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack(Event):
    agency: AgencyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed(Event):
    agency: AgencyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMoved(Event):
    agency: AgencyCode
    respond_by: str
    """The new moment, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """A settled file is open again during the round."""

    agency: AgencyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Commented(Event):
    """A colleague wrote something beside an answer."""

    agency: AgencyCode
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentClosed(Event):
    agency: AgencyCode
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentReopened(Event):
    agency: AgencyCode
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGiven(Event):
    """`section` None: the whole file. `to` is a name; None when it was taken back."""

    agency: AgencyCode
    section: str | None
    to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersCopied(Event):
    agency: AgencyCode
    questions: tuple[str, ...]
    origins: tuple[ScanId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesConfirmed(Event):
    agency: AgencyCode
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCostSet(Event):
    """`amount` in euros; None when it was taken away."""

    agency: AgencyCode
    year: int
    name: str
    amount: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BillTestAdded(Event):
    agency: AgencyCode
    dossier: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanAssessed(Event):
    """The last awaited answer is in, or the round was closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPublished(Event):
    publication: PublicationNumber
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionStarted(Event):
    """A published scan is opened for a new version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanWithdrawn(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReplaced(Event):
    by: ScanId


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanDisclosed(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteMoved(Event):
    vote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Event):
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Event):
    """As they stand from now on."""

    person: str
    roles: tuple[str, ...]
    agency: AgencyCode | None
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScansHandedOver(Event):
    """All scans of one person became another's."""

    person: str
    to: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased(Event):
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAdded(Event):
    client: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRevoked(Event):
    client: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRotated(Event):
    """Its old secret opens nothing any more."""

    client: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded(Event):
    person: str
    everywhere: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSeen(Event):
    """Somebody looked at a confidential scan, or at an agency's file in one; noted at most once an hour for each actor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKeyMade(Event):
    kid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Event):
    person: str
