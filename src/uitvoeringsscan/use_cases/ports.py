"""What use cases need from outside, as Protocols, and the Desk that carries it all. Storage and adapters fit these.

A Desk is a value: clock, chance, knowledge and a way to open a transaction. `writing()` is one use case's transaction:
its commit is the end of the `with` block, before any answer is built. `reading()` never blocks a writer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from uitvoeringsscan.amendments.bill import Bill
from uitvoeringsscan.amendments.bill_test import BillTest
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentLine
from uitvoeringsscan.assessments.comments import Comment
from uitvoeringsscan.assessments.tasks import Task
from uitvoeringsscan.assessments.unit_costs import UnitCost
from uitvoeringsscan.events import Event
from uitvoeringsscan.identifiers import AgencyCode, ClientId, PersonId, Principal, PublicationNumber, RubricRef, ScanId
from uitvoeringsscan.people.absence import Absence
from uitvoeringsscan.people.claims import Identity
from uitvoeringsscan.people.people import Actor, Client, Person, Scope
from uitvoeringsscan.publication.keys import SigningKey
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.rubrics.library import Library
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.outcome import VoteOutcome
from uitvoeringsscan.scans.reminders import Due, Waiting, Window
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scoring.examples import Example
from uitvoeringsscan.scoring.score import AgencyScore
from uitvoeringsscan.use_cases.ports_afterwards import Addenda, LookBacks
from uitvoeringsscan.use_cases.ports_outside import (
    Deliveries,
    Mailboxes,
    Mailer,
    Mails,
    NoMailer,
    NoPost,
    Notices,
    Post,
    PublicEvents,
    Receivers,
)
from uitvoeringsscan.use_cases.ports_parliament import House, Parliament
from uitvoeringsscan.use_cases.ports_retention import Old
from uitvoeringsscan.use_cases.ports_shifts import Shifts
from uitvoeringsscan.use_cases.ports_work import Backlog, NoBacklog, Outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanLine:
    """A scan as a line in a list: no texts, so that a list costs the same whatever the amendments weigh."""

    id: ScanId
    state: ScanState
    version: int
    title: str
    kind: str
    dossier_number: str | None
    dossier_suffix: str | None
    paper_number: str | None
    confidential: bool
    owner: Principal
    vote: datetime | None
    respond_by: datetime | None
    created_at: datetime
    correction: str | None
    replaced_by: ScanId | None
    publications: int
    outcome: VoteOutcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What an actor may see in a list; the ways add up. A draft is seen by its owner only."""

    everything: bool = False
    open_scans: bool = False
    owner: Principal | None = None
    agency: AgencyCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFilter:
    """Every part narrows. `vote_from` and `vote_until` are moments, the first included, the second not."""

    dossier: str | None = None
    suffix: str | None = None
    paper: str | None = None
    states: tuple[ScanState, ...] = ()
    vote_from: datetime | None = None
    vote_until: datetime | None = None
    agency: AgencyCode | None = None
    search: str | None = None
    published: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """Where a page ended: newest first, by moment and then by name."""

    at: datetime
    id: str


class Scans(Protocol):
    """The scans, whole or as lines; only `lock` keeps others away."""

    def get(self, scan: ScanId) -> Scan | None: ...
    def lock(self, scan: ScanId) -> Scan | None:
        """Read the scan and keep every other writer away from it until the transaction ends."""

    def exists(self, scan: ScanId) -> bool: ...
    def add(self, scan: Scan) -> None: ...
    def save(self, scan: Scan) -> Scan:
        """Write over the version that was read; Stale when somebody was first. Returns it with its new version."""

    def page(self, wanted: ScanFilter, sight: Sight, after: Cursor | None, limit: int) -> Sequence[ScanLine]: ...
    def on_vote_day(self, start: datetime, end: datetime, sight: Sight) -> Sequence[ScanLine]: ...
    def voted_from(self, moment: datetime, sight: Sight, limit: int) -> Sequence[ScanLine]:
        """Scans whose vote is at or after `moment`, the first vote first; ended ones left out."""

    def lines(self, scans: Sequence[ScanId]) -> Sequence[ScanLine]:
        """These scans as lines, whoever asks: the caller has seen to access."""

    def waiting(self, dossier: str, suffix: str | None) -> Sequence[ScanLine]:
        """Scans on this bill, confidential ones too, that wait for the coordinator's confirmation; in order of id."""

    def decided(self, after: Cursor | None, limit: int) -> Sequence[Scan]:
        """Scans of which the coordinator confirmed whom to ask, newest first."""

    def of_owner(self, owner: Principal) -> Sequence[ScanId]: ...
    def give(self, owner: Principal, to: Principal, *, owner_name: str) -> int:
        """Make every scan of one principal another's; how many there were. Who had read one of them is stale."""

    def of_paper(self, dossier: str, suffix: str | None, paper: str) -> Sequence[ScanLine]: ...


class Assessments(Protocol):
    def get(self, scan: ScanId, agency: AgencyCode) -> Assessment | None: ...
    def of_scan(self, scan: ScanId) -> Sequence[Assessment]: ...
    def of_scans(self, scans: Sequence[ScanId]) -> Sequence[Assessment]: ...
    def of_agency(self, agency: AgencyCode, after: Cursor | None, limit: int) -> Sequence[AssessmentLine]: ...
    def running(self, agency: AgencyCode) -> Sequence[AssessmentLine]:
        """What is awaited from this agency: not settled, in a round that runs."""

    def closed(self, agency: AgencyCode, after: Cursor | None, limit: int) -> Sequence[AssessmentLine]:
        """All its other files, last asked first."""

    def answered_before(self, agency: AgencyCode, rubric: str, before: Cursor, limit: int) -> Sequence[Assessment]:
        """What an agency answered and approved with any version of a questionnaire, last asked first."""

    def add(self, assessment: Assessment) -> None: ...
    def save(self, assessment: Assessment) -> Assessment: ...


class Scores(Protocol):
    def add(self, assessment: Assessment, score: AgencyScore, at: datetime) -> None: ...
    def of_scan(self, scan: ScanId) -> dict[AgencyCode, AgencyScore]:
        """The newest score of each agency in this scan."""


class Publications(Protocol):
    def head(self) -> Publication | None:
        """The last link of the chain, locked against a second publisher when writing."""

    def get(self, number: PublicationNumber) -> Publication | None: ...
    def of_scan(self, scan: ScanId) -> Sequence[Publication]: ...
    def page(self, before: int | None, limit: int) -> Sequence[Publication]: ...
    def newest_of(self, scans: Sequence[ScanId]) -> Sequence[Publication]:
        """The newest version of each of these scans that has one."""

    def every(self) -> Sequence[Publication]: ...
    def documents(self, before: int | None, limit: int) -> Sequence[tuple[int, bytes]]:
        """Sequence and document alone, newest first, from below `before`."""

    def listed(self, limit: int) -> Sequence[tuple[PublicationNumber, datetime]]:
        """Numbers and moments alone, newest first."""

    def add(self, publication: Publication) -> None: ...


class Keys(Protocol):
    def every(self) -> Sequence[SigningKey]:
        """The oldest first."""

    def newest(self) -> SigningKey | None: ...
    def add(self, key: SigningKey) -> None:
        """In use from now on. The private halves of the keys before it are thrown away."""


class Bills(Protocol):
    def lock(self, dossier: str) -> None:
        """Until the transaction ends nobody else adds a text to this bill, and nobody who reads it for a scan goes on."""

    def newest(self, dossier: str) -> Bill | None:
        """The newest text of this bill. When writing, no newer one comes in until the transaction ends."""

    def every(self, dossier: str) -> Sequence[Bill]:
        """Every text of this bill, the newest first."""

    def add(self, bill: Bill) -> None: ...


class BillTests(Protocol):
    def of_bill(self, dossier: str) -> Sequence[BillTest]:
        """Every test on this bill, by agency, the newest first."""

    def add(self, test: BillTest) -> None: ...


class Comments(Protocol):
    def of_file(self, scan: ScanId, agency: AgencyCode) -> Sequence[Comment]:
        """In the order in which they were written."""

    def add(self, comment: Comment) -> None: ...
    def save(self, comment: Comment) -> None: ...
    def of_principal(self, principal: Principal) -> Sequence[Comment]:
        """What they wrote or closed, anywhere."""


class Tasks(Protocol):
    def of_file(self, scan: ScanId, agency: AgencyCode) -> Sequence[Task]: ...
    def of_agency(self, agency: AgencyCode, scans: Sequence[ScanId]) -> Sequence[Task]: ...
    def of_scans(self, scans: Sequence[ScanId]) -> Sequence[Task]: ...
    def of_person(self, person: PersonId) -> Sequence[Task]:
        """Whatever ever lay with them and was given to nobody else, by scan and section."""

    def given_by(self, principal: Principal) -> Sequence[Task]: ...

    def put(self, task: Task) -> None:
        """In the place of what was given out of the same section before."""

    def remove(self, scan: ScanId, agency: AgencyCode, section: str | None) -> bool:
        """Whether there was one."""


class UnitCosts(Protocol):
    def of_agency(self, agency: AgencyCode) -> Sequence[UnitCost]:
        """By year, the last first, and by name."""

    def put(self, cost: UnitCost) -> None:
        """In the place of what stood for the same year and name."""

    def remove(self, agency: AgencyCode, year: int, name: str) -> bool: ...


class Texts(Protocol):
    def keep(self, sha256: str, body: bytes, at: datetime) -> None: ...
    def get(self, sha256: str) -> bytes | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """Who did what, and when. The digests are None on lines from before the journal was a chain.

    principal, name, roles, agency   who it was, as they stood then
    request                          the id of the request it happened in; None at the command line and for the clock
    """

    sequence: int
    at: datetime
    principal: Principal
    name: str
    roles: tuple[str, ...]
    agency: AgencyCode | None
    request: str | None
    event: str
    scan: ScanId | None
    details: dict[str, object]
    previous_sha256: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalFilter:
    """Every part narrows. `start` and `end` are moments, the first included, the second not."""

    scan: str | None = None
    agency: str | None = None
    principal: str | None = None
    event: str | None = None
    start: datetime | None = None
    end: datetime | None = None


class Journal(Protocol):
    """Everything that happened, in order and never changed."""

    def add(self, actor: Actor, event: Event, at: datetime) -> None: ...
    def of_scan(self, scan: ScanId) -> Sequence[JournalLine]: ...
    def line(self, sequence: int) -> JournalLine | None: ...
    def newest(self, event: str) -> JournalLine | None:
        """The last line of this kind of event."""

    def during(
        self, events: Sequence[str], start: datetime | None, end: datetime | None, limit: int
    ) -> Sequence[JournalLine]:
        """What happened from `start` until `end`, the newest first."""

    def page(self, wanted: JournalFilter, before: int | None, limit: int) -> Sequence[JournalLine]:
        """Newest first, from below the sequence `before` on."""

    def every(self) -> Iterator[JournalLine]:
        """The whole journal in order, without ever holding all of it."""

    def last_seen(self, principal: Principal, scan: ScanId, event: str) -> datetime | None:
        """When this actor last did this to this scan."""

    def since(self, scans: Sequence[ScanId], moment: datetime, limit: int) -> Sequence[JournalLine]:
        """What happened to any of these scans after `moment`, in order; the newest `limit` lines of it."""

    def number_missed(self, limit: int) -> bool:
        """Give public events that were written without a number theirs, behind the last, and leave their announcement; among
        the next `limit` lines that were not looked at yet. Whether there may be more."""


class People(Protocol):
    def get(self, person: PersonId) -> Person | None: ...
    def by_email(self, email: str) -> Person | None: ...
    def by_subject(self, subject: str) -> Person | None: ...
    def every(self) -> Sequence[Person]: ...
    def of_agency(self, agency: AgencyCode) -> Sequence[Person]:
        """By name. Pages that hundreds of people open at once read their colleagues, not everybody."""

    def add(self, person: Person) -> None: ...
    def save(self, person: Person) -> None: ...


class Clients(Protocol):
    def get(self, client: ClientId) -> Client | None: ...
    def by_hash(self, secret_hash: str) -> Client | None: ...
    def by_name(self, name: str) -> Client | None: ...
    def every(self) -> Sequence[Client]: ...
    def add(self, client: Client) -> None: ...
    def revoke(self, client: ClientId, at: datetime) -> None: ...
    def replace_secret(self, client: ClientId, secret_hash: str, expires_at: datetime | None) -> None: ...
    def touch(self, client: ClientId, at: datetime) -> None: ...
    def give(self, owner: str, to: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """What a client's secret was traded for. `scopes` is None for all that the client may."""

    token_hash: str
    client: ClientId
    scopes: frozenset[Scope] | None
    created_at: datetime
    expires_at: datetime


class AccessTokens(Protocol):
    def get(self, token_hash: str) -> AccessToken | None: ...
    def add(self, token: AccessToken) -> None: ...
    def end_all(self, client: ClientId) -> None: ...
    def forget(self, before: datetime, limit: int) -> int:
        """Throw away some that ended before; how many there were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    token_hash: str
    person: PersonId
    created_at: datetime
    seen_at: datetime


class Sessions(Protocol):
    def get(self, token_hash: str) -> Session | None: ...
    def add(self, session: Session) -> None: ...
    def of_person(self, person: PersonId) -> Sequence[Session]:
        """The newest use first, ended by time or not."""

    def touch(self, token_hash: str, at: datetime) -> None: ...
    def end(self, token_hash: str) -> None: ...
    def end_all(self, person: PersonId) -> None: ...
    def forget(self, seen_before: datetime, created_before: datetime) -> None:
        """Throw away sessions that ended by time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was answered under an idempotency key. `status` is None while the first request still runs."""

    fingerprint: str
    status: int | None
    headers: dict[str, str]
    body: bytes


class Replies(Protocol):
    def claim(self, principal: Principal, key: str, fingerprint: str, at: datetime) -> Reply | None:
        """None: the key is now ours. A Reply: it was used before."""

    def get(self, principal: Principal, key: str) -> Reply | None: ...

    def keep(self, principal: Principal, key: str, reply: Reply) -> None: ...
    def forget(self, principal: Principal) -> None: ...


class Reminders(Protocol):
    def waiting(self, within: Window) -> Sequence[Waiting]:
        """Who still has to answer, of every round of which a deadline or the vote lies within; by scan and agency."""

    def of_scans(self, names: Sequence[ScanId]) -> Sequence[Waiting]:
        """The same of these scans."""

    def taken(self, scans: Collection[ScanId]) -> frozenset[Due]: ...
    def last_version(self, scan: ScanId, agency: AgencyCode) -> int | None:
        """The version of the file when its last reminder was taken; None when there was none."""

    def take(self, due: Due, at: datetime, version: int) -> None: ...


class Absences(Protocol):
    def every(self) -> Mapping[PersonId, Absence]:
        """One for each person who ever said so, past ones too."""

    def get(self, person: PersonId) -> Absence | None: ...
    def put(self, absence: Absence) -> None:
        """In the place of what this person said before."""

    def end(self, person: PersonId) -> bool:
        """Whether there was one."""

    def forget_before(self, day: date) -> int:
        """Throw away those of which the last day is earlier."""

    def second_contacts(self) -> Mapping[AgencyCode, PersonId]: ...
    def set_second_contact(self, agency: AgencyCode, person: PersonId | None) -> None: ...
    def forget(self, person: PersonId) -> None:
        """Their absence, and wherever they stand in for somebody."""


class Work(Protocol):
    """One transaction's view of everything stored."""

    @property
    def scans(self) -> Scans: ...
    @property
    def assessments(self) -> Assessments: ...
    @property
    def scores(self) -> Scores: ...
    @property
    def publications(self) -> Publications: ...
    @property
    def addenda(self) -> Addenda: ...
    @property
    def look_backs(self) -> LookBacks: ...
    @property
    def keys(self) -> Keys: ...
    @property
    def texts(self) -> Texts: ...
    @property
    def bills(self) -> Bills: ...
    @property
    def bill_tests(self) -> BillTests: ...
    @property
    def comments(self) -> Comments: ...
    @property
    def tasks(self) -> Tasks: ...
    @property
    def unit_costs(self) -> UnitCosts: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def people(self) -> People: ...
    @property
    def clients(self) -> Clients: ...
    @property
    def access_tokens(self) -> AccessTokens: ...
    @property
    def old(self) -> Old: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def replies(self) -> Replies: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def mails(self) -> Mails: ...
    @property
    def mailboxes(self) -> Mailboxes: ...
    @property
    def receivers(self) -> Receivers: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def public_events(self) -> PublicEvents: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def absences(self) -> Absences: ...
    @property
    def shifts(self) -> Shifts: ...
    @property
    def house(self) -> House: ...
    @property
    def outbox(self) -> Outbox: ...


class IdentityProvider(Protocol):
    """Who answers for people outside the demonstration (OpenID Connect, code flow). It asks the network: never call it
    inside a transaction."""

    def sign_in_address(self, *, state: str, nonce: str, challenge: str) -> str: ...
    def identity(self, *, code: str, issuer: str | None, nonce: str, verifier: str, now: datetime) -> Identity:
        """Trade the code for who it is. SignInRefused when anything about the answer is not as it must be."""

    def sign_out_address(self) -> str | None:
        """Where somebody ends their session there too; None when the provider knows no such place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything a use case may reach for.

    now         the clock (aware, UTC)
    steady      seconds from anywhere, only ever forward (for how long something is kept)
    below       a number by chance, 0 <= n < the argument
    token       a fresh secret of 256 bits, URL-safe
    hash        one-way digest under which a client's secret is stored
    seal        the same, keyed with the installation's own secret: for sessions and the forms in them
    render_pdf  the public JSON of a publication -> PDF/UA bytes
    render_card the same -> a PNG for where it is shared
    make_key    a fresh key to sign publications with, of this moment
    sign        (key, bytes) -> a detached JWS; WrongState when the key does not open with this installation's secret
    read_document  (bytes, file name, media type) -> the text in it; InvalidInput when it is none that we read
    examples    answers that the authors of questionnaires give as examples
    demo        whether demonstration sign-in is allowed
    provider    who answers for people; None when none is configured
    mailer, post   the ways out for mail and webhooks; without them nothing leaves, and nothing is lost
    backlog     the work that was left behind: what waits, and what failed
    parliament  the House's open data; None when it is not followed
    source, address   what events say they come from, and where the service is reached (no slash at the end)
    """

    writing: Callable[[], AbstractContextManager[Work]]
    reading: Callable[[], AbstractContextManager[Work]]
    now: Callable[[], datetime]
    today: Callable[[], date]
    steady: Callable[[], float]
    below: Callable[[int], int]
    token: Callable[[], str]
    hash: Callable[[str], str]
    seal: Callable[[str], str]
    register: Register
    library: Library
    render_pdf: Callable[[bytes], bytes]
    render_card: Callable[[bytes], bytes]
    make_key: Callable[[datetime], SigningKey]
    sign: Callable[[SigningKey, bytes], str]
    read_document: Callable[[bytes, str | None, str | None], str]
    demo: bool
    provider: IdentityProvider | None = None
    mailer: Mailer = field(default_factory=NoMailer)
    post: Post = field(default_factory=NoPost)
    backlog: Backlog = field(default_factory=NoBacklog)
    parliament: Parliament | None = None
    source: str = "urn:nld:uitvoeringsscan"
    address: str = ""
    examples: Mapping[RubricRef, Sequence[Example]] = field(default_factory=dict)
