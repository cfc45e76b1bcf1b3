"""The unit of work: one connection, one transaction, every repository. Fits `use_cases.ports.Work`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from uitvoeringsscan.errors import Stale
from uitvoeringsscan.storage.accounts import (
    StoredAccessTokens,
    StoredClients,
    StoredPeople,
    StoredReplies,
    StoredSessions,
)
from uitvoeringsscan.storage.afterwards import StoredAddenda, StoredLookBacks
from uitvoeringsscan.storage.assessments import StoredAssessments, StoredScores
from uitvoeringsscan.storage.collaboration import StoredBillTests, StoredComments, StoredTasks, StoredUnitCosts
from uitvoeringsscan.storage.engine import writing
from uitvoeringsscan.storage.journal import StoredJournal
from uitvoeringsscan.storage.outbox import StoredOutbox
from uitvoeringsscan.storage.outside import StoredMailboxes, StoredMails, StoredNotices
from uitvoeringsscan.storage.parliament import StoredHouse
from uitvoeringsscan.storage.records import StoredBills, StoredKeys, StoredPublications, StoredTexts
from uitvoeringsscan.storage.reminding import StoredAbsences, StoredReminders
from uitvoeringsscan.storage.retention import StoredOld
from uitvoeringsscan.storage.scans import StoredScans
from uitvoeringsscan.storage.shifts import StoredShifts
from uitvoeringsscan.storage.webhooks import StoredDeliveries, StoredPublicEvents, StoredReceivers

_DEADLOCK = "40P01"  # PostgreSQL's code for it; on SQLite there is one lock, taken first


class StoredWork:
    """Every repository over one connection."""

    def __init__(self, connection: Connection, *, writes: bool, told: Collection[str] = ()) -> None:
        self.outbox = StoredOutbox(connection)
        self.scans = StoredScans(connection)
        self.assessments = StoredAssessments(connection)
        self.scores = StoredScores(connection)
        self.publications = StoredPublications(connection, writes=writes)
        self.addenda = StoredAddenda(connection, writes=writes)
        self.look_backs = StoredLookBacks(connection)
        self.keys = StoredKeys(connection)
        self.texts = StoredTexts(connection)
        self.bills = StoredBills(connection, writes=writes)
        self.bill_tests = StoredBillTests(connection)
        self.comments = StoredComments(connection)
        self.tasks = StoredTasks(connection)
        self.unit_costs = StoredUnitCosts(connection)
        self.journal = StoredJournal(connection, self.outbox, told)
        self.people = StoredPeople(connection)
        self.clients = StoredClients(connection)
        self.access_tokens = StoredAccessTokens(connection)
        self.sessions = StoredSessions(connection)
        self.old = StoredOld(connection)
        self.replies = StoredReplies(connection)
        self.notices = StoredNotices(connection)
        self.mails = StoredMails(connection)
        self.mailboxes = StoredMailboxes(connection)
        self.receivers = StoredReceivers(connection)
        self.deliveries = StoredDeliveries(connection)
        self.public_events = StoredPublicEvents(connection)
        self.house = StoredHouse(connection)
        self.reminders = StoredReminders(connection)
        self.absences = StoredAbsences(connection)
        self.shifts = StoredShifts(connection)


@contextmanager
def write_transaction(engine: Engine, told: Collection[str] = ()) -> Iterator[StoredWork]:
    """Commits at the end of the block, rolls back on any exception. Each event named in `told` leaves the work to announce it.

    Stale when the database broke it off because it and another writer waited for each other: the other one went on.
    """
    try:
        with writing(engine) as connection, connection.begin():
            work = StoredWork(connection, writes=True, told=told)
            yield work
            work.journal.flush()
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == _DEADLOCK:
            raise Stale from error
        raise


@contextmanager
def read_transaction(engine: Engine) -> Iterator[StoredWork]:
    """One consistent view, however many queries; never waits for a writer."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":  # by default it looks anew at each statement; SQLite never does
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield StoredWork(connection, writes=False)
