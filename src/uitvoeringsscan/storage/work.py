"""The unit of work: one connection, one transaction, every repository. Fits `use_cases.ports.Work`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, exists, false, func, insert, or_, select, text, tuple_, update
from sqlalchemy import delete as sql_delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from uitvoeringsscan.amendments.bill import Bill
from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.errors import Stale
from uitvoeringsscan.events import Event
from uitvoeringsscan.identifiers import AgencyCode, ClientId, PersonId, Principal, PublicationNumber, ScanId
from uitvoeringsscan.people.people import Actor, Client, Person
from uitvoeringsscan.publication.keys import SigningKey
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scans.search import asked, terms_of
from uitvoeringsscan.scoring.score import AgencyScore
from uitvoeringsscan.storage import documents, rows, tables
from uitvoeringsscan.storage.collaboration import StoredBillTests, StoredComments, StoredTasks, StoredUnitCosts
from uitvoeringsscan.storage.engine import writing
from uitvoeringsscan.use_cases import journal_chain
from uitvoeringsscan.use_cases.ports import (
    Cursor,
    JournalFilter,
    JournalLine,
    Reply,
    ScanFilter,
    ScanLine,
    Session,
    Sight,
)

_CHAIN_LOCK = 7_304_002  # PostgreSQL: one publisher at a time
_BILL_LOCK = 7_304_003  # PostgreSQL: with the dossier's own number, one writer to a bill at a time
_JOURNAL_LOCK = 7_304_004  # PostgreSQL: one writer at the end of the journal, always the last lock that is taken
_DEADLOCK = "40P01"  # PostgreSQL's code for it; on SQLite there is one lock, taken first


class StoredWork:
    """Every repository over one connection."""

    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self.scans = StoredScans(connection)
        self.assessments = StoredAssessments(connection)
        self.scores = StoredScores(connection)
        self.publications = StoredPublications(connection, writes=writes)
        self.keys = StoredKeys(connection)
        self.texts = StoredTexts(connection)
        self.bills = StoredBills(connection, writes=writes)
        self.bill_tests = StoredBillTests(connection)
        self.comments = StoredComments(connection)
        self.tasks = StoredTasks(connection)
        self.unit_costs = StoredUnitCosts(connection)
        self.journal = StoredJournal(connection)
        self.people = StoredPeople(connection)
        self.clients = StoredClients(connection)
        self.sessions = StoredSessions(connection)
        self.replies = StoredReplies(connection)


@contextmanager
def write_transaction(engine: Engine) -> Iterator[StoredWork]:
    """Commits at the end of the block, rolls back on any exception.

    Stale when the database broke it off because it and another writer waited for each other: the other one went on.
    """
    try:
        with writing(engine) as connection, connection.begin():
            work = StoredWork(connection, writes=True)
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


class StoredScans:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, scan: ScanId) -> Scan | None:
        return self._one(select(tables.scans).where(tables.scans.c.id == scan))

    def lock(self, scan: ScanId) -> Scan | None:
        # SQLite ignores FOR UPDATE: there the whole transaction holds the write lock already (BEGIN IMMEDIATE).
        return self._one(select(tables.scans).where(tables.scans.c.id == scan).with_for_update())

    def _one(self, query: Select[Any]) -> Scan | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return rows.scan_from_row(row) if row else None

    def exists(self, scan: ScanId) -> bool:
        return bool(self._connection.scalar(select(exists().where(tables.scans.c.id == scan))))

    def add(self, scan: Scan) -> None:
        self._connection.execute(insert(tables.scans).values(rows.scan_to_row(scan)))
        self._connection.execute(insert(tables.search).values(scan=scan.id, terms=terms_of(scan)))

    def save(self, scan: Scan) -> Scan:
        newer = dataclasses.replace(scan, version=scan.version + 1)
        table = tables.scans
        done = self._connection.execute(
            update(table).where(table.c.id == scan.id, table.c.version == scan.version).values(rows.scan_to_row(newer))
        )
        if done.rowcount != 1:
            raise Stale
        found = terms_of(newer)
        self._connection.execute(
            update(tables.search)
            .where(tables.search.c.scan == scan.id, tables.search.c.terms != found)
            .values(terms=found)
        )
        return newer

    def page(self, wanted: ScanFilter, sight: Sight, after: Cursor | None, limit: int) -> Sequence[ScanLine]:
        table, files = tables.scans, tables.assessments
        at, identifier = table.c.created_at, table.c.id
        query = _lines()
        # With one agency asked for, its own index leads: how many scans others have makes no difference then.
        agency = wanted.agency or (sight.agency if sight == Sight(agency=sight.agency) else None)
        if agency is not None:
            at, identifier = files.c.scan_created_at, files.c.scan
            query = query.join(files, files.c.scan == table.c.id).where(files.c.agency == agency)
        query = query.where(*_narrow(wanted), *_seen(sight))
        if wanted.search is not None:
            query = query.where(_found(wanted.search, self._connection.dialect.name))
        if after is not None:
            query = query.where(tuple_(at, identifier) < tuple_(after.at, after.id))
        return self._lines(query.order_by(at.desc(), identifier.desc()).limit(limit))

    def on_vote_day(self, start: datetime, end: datetime, sight: Sight) -> Sequence[ScanLine]:
        table = tables.scans
        query = _lines().where(table.c.vote >= start, table.c.vote < end, *_seen(sight))
        return self._lines(query.order_by(table.c.vote, table.c.id))

    def voted_from(self, moment: datetime, sight: Sight, limit: int) -> Sequence[ScanLine]:
        table = tables.scans
        over = [ScanState.WITHDRAWN.value, ScanState.REPLACED.value]
        query = _lines().where(table.c.vote >= moment, table.c.state.not_in(over), *_seen(sight))
        return self._lines(query.order_by(table.c.vote, table.c.id).limit(limit))

    def lines(self, scans: Sequence[ScanId]) -> Sequence[ScanLine]:
        return self._lines(_lines().where(tables.scans.c.id.in_(scans)))

    def waiting(self, dossier: str, suffix: str | None) -> Sequence[ScanLine]:
        table = tables.scans
        query = _lines().where(
            table.c.dossier_number == dossier,
            table.c.dossier_suffix == suffix if suffix else table.c.dossier_suffix.is_(None),
            table.c.state == ScanState.SUBMITTED.value,
        )
        return self._lines(query.order_by(table.c.id))

    def decided(self, after: Cursor | None, limit: int) -> Sequence[Scan]:
        table = tables.scans
        query = select(table).where(table.c.decision.is_not(None))
        if after is not None:
            query = query.where(tuple_(table.c.created_at, table.c.id) < tuple_(after.at, after.id))
        query = query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit)
        return [rows.scan_from_row(row) for row in self._connection.execute(query).mappings()]

    def of_owner(self, owner: Principal) -> Sequence[ScanId]:
        table = tables.scans
        query = select(table.c.id).where(table.c.owner == owner).order_by(table.c.created_at, table.c.id)
        return [ScanId(identifier) for identifier in self._connection.scalars(query)]

    def give(self, owner: Principal, to: Principal, *, owner_name: str) -> int:
        table = tables.scans
        change = update(table).where(table.c.owner == owner)
        return self._connection.execute(
            change.values(owner=to, owner_name=owner_name, version=table.c.version + 1)
        ).rowcount

    def of_paper(self, dossier: str, suffix: str | None, paper: str) -> Sequence[ScanLine]:
        table = tables.scans
        query = _lines().where(
            table.c.dossier_number == dossier,
            table.c.paper_number == paper,
            table.c.dossier_suffix == suffix if suffix else table.c.dossier_suffix.is_(None),
        )
        return self._lines(query.order_by(table.c.created_at.desc(), table.c.id.desc()))

    def _lines(self, query: Select[Any]) -> Sequence[ScanLine]:
        return [rows.line_from_row(row) for row in self._connection.execute(query).mappings()]


def _lines() -> Select[Any]:
    return select(*(tables.scans.c[name] for name in rows.LINE_COLUMNS))


def _asked(agency: AgencyCode) -> Any:
    files = tables.assessments
    asked = exists().where(files.c.scan == tables.scans.c.id, files.c.agency == agency)
    return asked.correlate(tables.scans)  # also where the query around it joins the files itself


def _narrow(wanted: ScanFilter) -> list[Any]:
    table = tables.scans
    parts: list[Any] = []
    if wanted.dossier is not None:
        parts.append(table.c.dossier_number == wanted.dossier)
    if wanted.suffix is not None:
        parts.append(table.c.dossier_suffix == wanted.suffix)
    if wanted.paper is not None:
        parts.append(table.c.paper_number == wanted.paper)
    if wanted.states:
        parts.append(table.c.state.in_([state.value for state in wanted.states]))
    if wanted.vote_from is not None:
        parts.append(table.c.vote >= wanted.vote_from)
    if wanted.vote_until is not None:
        parts.append(table.c.vote < wanted.vote_until)
    if wanted.published:
        parts.append(table.c.publications > 0)
    return parts


def _found(question: str, dialect: str) -> Any:
    """Scans that have every word of the question. The terms are letters and digits, so none can be read as an operator."""
    words = asked(question)
    if not words:
        return false()
    if dialect == "sqlite":
        match = " AND ".join(f"({' OR '.join(_fts5_term(one) for one in beginnings)})" for beginnings in words)
        index = text("SELECT rowid FROM search_index WHERE search_index MATCH :match").bindparams(match=match)
        hit: Any = tables.search.c.number.in_(index)
    else:
        match = " & ".join(f"({' | '.join(_tsquery_term(one) for one in beginnings)})" for beginnings in words)
        hit = text("search.vector @@ CAST(:match AS tsquery)").bindparams(match=match)
    return tables.scans.c.id.in_(select(tables.search.c.scan).where(hit))


def _fts5_term(beginning: str) -> str:
    return f'"{beginning[:-1]}"' if beginning.endswith(".") else f'"{beginning}"*'


def _tsquery_term(beginning: str) -> str:
    return f"'{beginning[:-1]}'" if beginning.endswith(".") else f"'{beginning}':*"


def _seen(sight: Sight) -> list[Any]:
    table = tables.scans
    ways: list[Any] = []
    if sight.everything:
        ways.append(table.c.state != ScanState.DRAFT.value)
    if sight.open_scans:
        ways.append(and_(table.c.confidential.is_(False), table.c.state != ScanState.DRAFT.value))
    if sight.owner is not None:
        ways.append(table.c.owner == sight.owner)
    if sight.agency is not None:
        ways.append(_asked(sight.agency))
    return [or_(*ways)] if ways else [table.c.id.is_(None)]


class StoredAssessments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, scan: ScanId, agency: AgencyCode) -> Assessment | None:
        table = tables.assessments
        query = select(table).where(table.c.scan == scan, table.c.agency == agency)
        row = self._connection.execute(query).mappings().one_or_none()
        return rows.assessment_from_row(row) if row else None

    def of_scan(self, scan: ScanId) -> Sequence[Assessment]:
        return self.of_scans([scan])

    def of_scans(self, scans: Sequence[ScanId]) -> Sequence[Assessment]:
        table = tables.assessments
        return self._many(select(table).where(table.c.scan.in_(scans)).order_by(table.c.scan, table.c.agency))

    def of_agency(self, agency: AgencyCode, after: Cursor | None, limit: int) -> Sequence[Assessment]:
        table = tables.assessments
        query = select(table).where(table.c.agency == agency)
        if after is not None:
            query = query.where(tuple_(table.c.asked_at, table.c.scan) < tuple_(after.at, after.id))
        return self._many(query.order_by(table.c.asked_at.desc(), table.c.scan.desc()).limit(limit))

    def _many(self, query: Select[Any]) -> Sequence[Assessment]:
        return [rows.assessment_from_row(row) for row in self._connection.execute(query).mappings()]

    def add(self, assessment: Assessment) -> None:
        created = select(tables.scans.c.created_at).where(tables.scans.c.id == assessment.scan).scalar_subquery()
        row = {**rows.assessment_to_row(assessment), "scan_created_at": created}
        self._connection.execute(insert(tables.assessments).values(row))

    def save(self, assessment: Assessment) -> Assessment:
        newer = dataclasses.replace(assessment, version=assessment.version + 1)
        table = tables.assessments
        done = self._connection.execute(
            update(table)
            .where(
                table.c.scan == assessment.scan,
                table.c.agency == assessment.agency,
                table.c.version == assessment.version,
            )
            .values(rows.assessment_to_row(newer))
        )
        if done.rowcount != 1:
            raise Stale
        return newer


class StoredScores:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, assessment: Assessment, score: AgencyScore, at: datetime) -> None:
        self._connection.execute(
            insert(tables.scores).values(
                scan=assessment.scan,
                agency=assessment.agency,
                version=assessment.version,
                scored_at=at,
                score=documents.SCORE.dump(score),
            )
        )

    def of_scan(self, scan: ScanId) -> dict[AgencyCode, AgencyScore]:
        table = tables.scores
        query = select(table.c.agency, table.c.score).where(table.c.scan == scan).order_by(table.c.version)
        return {AgencyCode(agency): documents.SCORE.load(score) for agency, score in self._connection.execute(query)}


class StoredPublications:
    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection = connection
        self._writes = writes

    def head(self) -> Publication | None:
        if self._writes and self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_CHAIN_LOCK)))
        table = tables.publications
        return self._first(select(table).order_by(table.c.sequence.desc()).limit(1))

    def get(self, number: PublicationNumber) -> Publication | None:
        return self._first(select(tables.publications).where(tables.publications.c.number == number))

    def _first(self, query: Select[Any]) -> Publication | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return rows.publication_from_row(row) if row else None

    def of_scan(self, scan: ScanId) -> Sequence[Publication]:
        table = tables.publications
        return self._many(select(table).where(table.c.scan == scan).order_by(table.c.version))

    def page(self, before: int | None, limit: int) -> Sequence[Publication]:
        table = tables.publications
        query = select(table).order_by(table.c.sequence.desc()).limit(limit)
        return self._many(query if before is None else query.where(table.c.sequence < before))

    def newest_of(self, scans: Sequence[ScanId]) -> Sequence[Publication]:
        table = tables.publications
        newest = select(table.c.scan, func.max(table.c.version).label("version")).where(table.c.scan.in_(scans))
        found = newest.group_by(table.c.scan).subquery()
        return self._many(
            select(table).join(found, and_(table.c.scan == found.c.scan, table.c.version == found.c.version))
        )

    def every(self) -> Sequence[Publication]:
        return self._many(select(tables.publications).order_by(tables.publications.c.sequence))

    def documents(self) -> Sequence[bytes]:
        table = tables.publications
        return list(self._connection.scalars(select(table.c.document).order_by(table.c.sequence.desc())))

    def listed(self, limit: int) -> Sequence[tuple[PublicationNumber, datetime]]:
        table = tables.publications
        query = select(table.c.number, table.c.published_at).order_by(table.c.sequence.desc()).limit(limit)
        return [(PublicationNumber(number), at) for number, at in self._connection.execute(query)]

    def _many(self, query: Select[Any]) -> Sequence[Publication]:
        return [rows.publication_from_row(row) for row in self._connection.execute(query).mappings()]

    def add(self, publication: Publication) -> None:
        self._connection.execute(insert(tables.publications).values(rows.publication_to_row(publication)))


class StoredKeys:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def every(self) -> Sequence[SigningKey]:
        return [SigningKey(**row) for row in self._connection.execute(_keys().order_by("sequence")).mappings()]

    def newest(self) -> SigningKey | None:
        query = _keys().order_by(tables.signing_keys.c.sequence.desc()).limit(1)
        row = self._connection.execute(query).mappings().one_or_none()
        return SigningKey(**row) if row else None

    def add(self, key: SigningKey) -> None:
        run = self._connection.execute
        run(insert(tables.signing_keys).values(kid=key.kid, made_at=key.made_at, public=key.public))
        run(sql_delete(tables.signing_secrets))
        run(insert(tables.signing_secrets).values(kid=key.kid, sealed=key.sealed))


def _keys() -> Select[Any]:
    keys, secrets = tables.signing_keys, tables.signing_secrets
    return select(keys.c.kid, keys.c.made_at, keys.c.public, secrets.c.sealed).join_from(
        keys, secrets, keys.c.kid == secrets.c.kid, isouter=True
    )


def _insert_once(connection: Connection, table: Any) -> Any:
    """INSERT that leaves an existing row alone, in the words of the database at hand."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()


class StoredTexts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, sha256: str, body: bytes, at: datetime) -> None:
        self._connection.execute(
            _insert_once(self._connection, tables.texts).values(sha256=sha256, kept_at=at, body=body)
        )

    def get(self, sha256: str) -> bytes | None:
        body = self._connection.scalar(select(tables.texts.c.body).where(tables.texts.c.sha256 == sha256))
        return None if body is None else bytes(body)


class StoredBills:
    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection = connection
        self._locks = writes and connection.dialect.name == "postgresql"  # on SQLite there is one lock, taken first

    def lock(self, dossier: str) -> None:
        if self._locks:
            self._connection.execute(select(func.pg_advisory_xact_lock(_BILL_LOCK, func.hashtext(dossier))))

    def newest(self, dossier: str) -> Bill | None:
        if self._locks:
            self._connection.execute(select(func.pg_advisory_xact_lock_shared(_BILL_LOCK, func.hashtext(dossier))))
        found = self._many(self._of(dossier).limit(1))
        return found[0] if found else None

    def every(self, dossier: str) -> Sequence[Bill]:
        return self._many(self._of(dossier))

    def _of(self, dossier: str) -> Select[Any]:
        table = tables.bills
        return select(table).where(table.c.dossier == dossier).order_by(table.c.sequence.desc())

    def _many(self, query: Select[Any]) -> Sequence[Bill]:
        return [rows.bill_from_row(row) for row in self._connection.execute(query).mappings()]

    def add(self, bill: Bill) -> None:
        self._connection.execute(insert(tables.bills).values(rows.bill_to_row(bill)))


class StoredJournal:
    """Lines wait until the transaction ends, and are chained then: so one writer holds the end of the chain for a moment
    only, and never while it waits for anything else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: list[tuple[Actor, Event, datetime]] = []

    def add(self, actor: Actor, event: Event, at: datetime) -> None:
        self._waiting.append((actor, event, at))

    def flush(self) -> None:
        """Write what waits, behind the last line. From here on until the commit nobody else writes to the journal."""
        if not self._waiting:
            return
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_JOURNAL_LOCK)))
        table = tables.journal
        query = select(table.c.sequence, table.c.sha256).order_by(table.c.sequence.desc()).limit(1)
        last = self._connection.execute(query).one_or_none()
        sequence, previous = (last.sequence, last.sha256) if last else (0, None)
        found = []
        for actor, event, at in self._waiting:
            sequence += 1
            line = rows.line_of_event(sequence, actor, event, at, previous)
            line = dataclasses.replace(line, sha256=journal_chain.digest(line))
            previous = line.sha256
            found.append(rows.journal_to_row(line))
        self._waiting.clear()
        self._connection.execute(insert(table), found)

    def of_scan(self, scan: ScanId) -> Sequence[JournalLine]:
        return self._many(select(tables.journal).where(tables.journal.c.scan == scan).order_by("sequence"))

    def newest(self, event: str) -> JournalLine | None:
        found = self.page(JournalFilter(event=event), None, 1)
        return found[0] if found else None

    def page(self, wanted: JournalFilter, before: int | None, limit: int) -> Sequence[JournalLine]:
        table = tables.journal
        query = select(table).order_by(table.c.sequence.desc()).limit(limit)
        for name in ("scan", "agency", "principal", "event"):
            if (value := getattr(wanted, name)) is not None:
                query = query.where(table.c[name] == value)
        if wanted.start is not None:
            query = query.where(table.c.at >= wanted.start)
        if wanted.end is not None:
            query = query.where(table.c.at < wanted.end)
        return self._many(query if before is None else query.where(table.c.sequence < before))

    def every(self) -> Iterator[JournalLine]:
        table, after = tables.journal, 0
        while found := self._many(select(table).where(table.c.sequence > after).order_by("sequence").limit(1000)):
            yield from found
            after = found[-1].sequence

    def last_seen(self, principal: Principal, scan: ScanId, event: str) -> datetime | None:
        found = self.page(JournalFilter(principal=principal, scan=scan, event=event), None, 1)
        return found[0].at if found else None

    def _many(self, query: Select[Any]) -> Sequence[JournalLine]:
        self.flush()  # a transaction sees what it wrote itself
        return [rows.journal_from_row(row) for row in self._connection.execute(query).mappings()]


class StoredPeople:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, person: PersonId) -> Person | None:
        return self._one(select(tables.people).where(tables.people.c.id == person))

    def by_email(self, email: str) -> Person | None:
        return self._one(select(tables.people).where(tables.people.c.email == email.casefold()))

    def by_subject(self, subject: str) -> Person | None:
        return self._one(select(tables.people).where(tables.people.c.subject == subject))

    def _one(self, query: Select[Any]) -> Person | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return rows.person_from_row(row) if row else None

    def every(self) -> Sequence[Person]:
        query = select(tables.people).order_by(tables.people.c.name, tables.people.c.id)
        return [rows.person_from_row(row) for row in self._connection.execute(query).mappings()]

    def add(self, person: Person) -> None:
        self._connection.execute(insert(tables.people).values(rows.person_to_row(person)))

    def save(self, person: Person) -> None:
        table = tables.people
        self._connection.execute(update(table).where(table.c.id == person.id).values(rows.person_to_row(person)))


class StoredClients:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_hash(self, secret_hash: str) -> Client | None:
        return self._one(select(tables.clients).where(tables.clients.c.secret_hash == secret_hash))

    def by_name(self, name: str) -> Client | None:
        return self._one(select(tables.clients).where(tables.clients.c.name == name))

    def _one(self, query: Select[Any]) -> Client | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return rows.client_from_row(row) if row else None

    def every(self) -> Sequence[Client]:
        query = select(tables.clients).order_by(tables.clients.c.name)
        return [rows.client_from_row(row) for row in self._connection.execute(query).mappings()]

    def add(self, client: Client) -> None:
        self._connection.execute(insert(tables.clients).values(rows.client_to_row(client)))

    def revoke(self, client: ClientId, at: datetime) -> None:
        table = tables.clients
        self._connection.execute(
            update(table).where(table.c.id == client, table.c.revoked_at.is_(None)).values(revoked_at=at)
        )

    def replace_secret(self, client: ClientId, secret_hash: str, expires_at: datetime | None) -> None:
        table = tables.clients
        self._connection.execute(
            update(table).where(table.c.id == client).values(secret_hash=secret_hash, expires_at=expires_at)
        )

    def touch(self, client: ClientId, at: datetime) -> None:
        self._connection.execute(update(tables.clients).where(tables.clients.c.id == client).values(used_at=at))

    def give(self, owner: str, to: str) -> None:
        self._connection.execute(update(tables.clients).where(tables.clients.c.owner == owner).values(owner=to))


class StoredSessions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, token_hash: str) -> Session | None:
        table = tables.sessions
        row = self._connection.execute(select(table).where(table.c.token_hash == token_hash)).mappings().one_or_none()
        return Session(**row) if row else None

    def add(self, session: Session) -> None:
        self._connection.execute(insert(tables.sessions).values(dataclasses.asdict(session)))

    def touch(self, token_hash: str, at: datetime) -> None:
        table = tables.sessions
        self._connection.execute(update(table).where(table.c.token_hash == token_hash).values(seen_at=at))

    def end(self, token_hash: str) -> None:
        self._connection.execute(sql_delete(tables.sessions).where(tables.sessions.c.token_hash == token_hash))

    def of_person(self, person: PersonId) -> Sequence[Session]:
        table = tables.sessions
        query = select(table).where(table.c.person == person).order_by(table.c.seen_at.desc(), table.c.token_hash)
        return [Session(**row) for row in self._connection.execute(query).mappings()]

    def end_all(self, person: PersonId) -> None:
        self._connection.execute(sql_delete(tables.sessions).where(tables.sessions.c.person == person))

    def forget(self, seen_before: datetime, created_before: datetime) -> None:
        table = tables.sessions
        self._connection.execute(
            sql_delete(table).where(or_(table.c.seen_at < seen_before, table.c.created_at < created_before))
        )


class StoredReplies:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, principal: Principal, key: str, fingerprint: str, at: datetime) -> Reply | None:
        # On PostgreSQL a second request with the same key waits here until the first has committed or failed.
        done = self._connection.execute(
            _insert_once(self._connection, tables.replies).values(
                principal=principal, key=key, fingerprint=fingerprint, at=at
            ),
            execution_options={"preserve_rowcount": True},  # an INSERT's count is otherwise not kept on PostgreSQL
        )
        if done.rowcount == 1:
            return None
        return self.get(principal, key)

    def get(self, principal: Principal, key: str) -> Reply | None:
        table = tables.replies
        query = select(table).where(table.c.principal == principal, table.c.key == key)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            return None
        return Reply(
            fingerprint=row["fingerprint"],
            status=row["status"],
            headers=json.loads(row["headers"] or "{}"),
            body=bytes(row["body"] or b""),
        )

    def keep(self, principal: Principal, key: str, reply: Reply) -> None:
        table = tables.replies
        self._connection.execute(
            update(table)
            .where(table.c.principal == principal, table.c.key == key)
            .values(status=reply.status, headers=json.dumps(reply.headers), body=reply.body)
        )

    def forget(self, principal: Principal) -> None:
        self._connection.execute(sql_delete(tables.replies).where(tables.replies.c.principal == principal))
