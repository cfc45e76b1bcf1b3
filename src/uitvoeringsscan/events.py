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
    """`questions`: those of which the answer or its explanation changed; older lines do not say it."""

    agency: AgencyCode
    questions: tuple[str, ...] = ()


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
    """The vote got another moment, or is not known any more. What followed from it was reckoned anew in the same breath.

    vote      the new moment, ISO 8601
    before    the one it had
    moved     agencies whose deadline moved with it
    kept      agencies that still have to answer and whose deadline was set by hand, and stays
    """

    vote: str | None
    before: str | None = None
    moved: tuple[AgencyCode, ...] = ()
    kept: tuple[AgencyCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded(Event):
    """An agency that still has to answer was reminded. `persons` are those who are told; colleagues of whom is away among them.

    step    how far on it is (`scans.reminders.STEPS`)
    moment  the deadline or the vote, ISO 8601
    """

    agency: AgencyCode
    step: str
    moment: str
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(Event):
    """Nothing moved since the reminder before this one, so others are called in; `persons` empty: the coordinator alone."""

    agency: AgencyCode
    step: str
    moment: str
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLate(Event):
    """The deadline or the vote is there, or almost, and these agencies have not answered."""

    step: str
    moment: str
    silent: tuple[AgencyCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingChosen(Event):
    """Whether the round closes itself at its deadline."""

    itself: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceSet(Event):
    """`first` and `last` as ISO dates; None when somebody is back."""

    person: str
    first: str | None
    last: str | None
    deputy: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondContactSet(Event):
    """`person` None: the agency has none any more."""

    agency: AgencyCode
    person: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecorded(Event):
    """What the House did with the amendment; an earlier record may have been wrong."""

    result: str
    at: str
    """The moment, ISO 8601."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntendedSet(Event):
    """Somebody said when it is to be in force. `day` is ISO 8601; None when there is no day yet."""

    when: str | None
    day: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionWritten(Event):
    """The submitter's reaction, for the next publication; `present` is False when they took it back."""

    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionPublished(Event):
    """The submitter's reaction, beside a publication that is there already. The digest is that of the addendum."""

    publication: PublicationNumber
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackAsked(Event):
    agency: AgencyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackHandedIn(Event):
    agency: AgencyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackSentBack(Event):
    agency: AgencyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackApproved(Event):
    """It stands beside the publication from now on. The digest is that of the addendum."""

    agency: AgencyCode
    publication: PublicationNumber
    sha256: str


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
class ScanEmptied(Event):
    """It was kept long enough: what it said is gone, and that it was there stays."""


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
class WorkRetried(Event):
    """Work that stood as failed is tried again."""

    work: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDropped(Event):
    """Work that stood as failed is given up."""

    work: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Event):
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverAdded(Event):
    """Another system gets public events from now on."""

    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverPaused(Event):
    receiver: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverResumed(Event):
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverRotated(Event):
    """Its old secret signs for one more day beside the new one."""

    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverRemoved(Event):
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalCame(Event):
    """The House has an amendment that nobody here knew, and it waits for the coordinator. `case` is its number there."""

    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalStarted(Event):
    """A scan was started for an amendment that the House's data named. `case` is its number there."""

    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDismissed(Event):
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalReopened(Event):
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftHandedOver(Event):
    """A coordinator wrote down what is open for the next one. `handover` is its id; the words stand there."""

    handover: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftTaken(Event):
    handover: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomalySettled(Event):
    """Something odd in the House's data was looked at, and needs nothing more. `subject` is the House's id."""

    kind: str
    subject: str
