"""The tables, once, for SQLite and PostgreSQL alike. Alembic's history in `migrations/` builds exactly these.

Moments are stored in UTC. JSON documents are text with a `schema` number inside (see `storage.documents`). Journal,
publications, scores and signing keys are append-only: triggers in the database refuse update and delete.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC on both databases and always read back aware. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _text(name: str, **more: Any) -> Column[str]:
    return Column(name, Text, nullable=False, **more)


scans = Table(
    "scans",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("dossier_number", String(20)),
    Column("dossier_suffix", String(20)),
    Column("paper_number", String(20)),
    _text("title"),
    _text("kind"),
    Column("confidential", Boolean, nullable=False),
    Column("owner", Text, nullable=False),
    _text("owner_name"),
    Column("vote", Moment),
    Column("respond_by", Moment),
    Column("created_at", Moment, nullable=False),
    Column("round_closed", Text),
    Column("withdrawn", Text),
    Column("correction", Text),
    Column("replaced_by", String(20)),
    Column("publications", Integer, nullable=False),
    _text("amendment"),
    _text("parsed"),
    _text("routing"),
    Column("decision", Text),
    Column("outcome", String(20)),
    Column("outcome_at", Moment),
    Column("outcome_source", Text),
    Column("intended", Text),
    Column("reaction", Text),
    Column("by_hand", Boolean),
    Column("closes_itself", Boolean),
    Index(None, "created_at", "id"),
    Index(None, "state", "created_at", "id"),
    Index(None, "owner", "created_at", "id"),
    Index(None, "dossier_number", "created_at", "id"),
    Index(None, "vote", "id"),
    Index(None, "outcome_at", "id"),
)

assessments = Table(
    "assessments",
    metadata,
    Column("scan", String(20), ForeignKey("scans.id"), primary_key=True),
    Column("agency", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("outcome", String(20)),
    Column("reason", Text),
    Column("ask_instead", String(64)),
    Column("remarks", Text),
    Column("respond_by", Moment),
    Column("asked_at", Moment, nullable=False),
    Column("scan_created_at", Moment, nullable=False),  # the scan's own, so that one agency's list is one index
    Column("rubric_code", String(64), nullable=False),
    Column("rubric_version", String(20), nullable=False),
    Column("rubric_sha256", String(64), nullable=False),
    _text("answers"),
    Column("submitted", Text),
    Column("approved", Text),
    Column("origin", String(20)),
    Column("question_remarks", Text),
    Column("copied", Text),
    Column("lapsed_because", Text),
    Column("by_hand", Boolean),
    Column("timed_at", Moment),
    Column("signed_before", Text),
    Index(None, "agency", "asked_at", "scan"),
    Index(None, "agency", "state"),
    Index(None, "agency", "scan_created_at", "scan"),
    Index("ix_assessments_answered", "agency", "rubric_code", "outcome", "state", "asked_at", "scan"),
    Index(None, "state", "respond_by"),
)

reminders = Table(
    "reminders",
    metadata,
    Column("scan", String(20), primary_key=True),
    Column("agency", String(64), primary_key=True),  # empty: about the whole round
    Column("step", String(40), primary_key=True),
    Column("due", Moment, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)
"""Every step of reminding that was taken. `version` is the file's at that moment: whether it moved since."""

absences = Table(
    "absences",
    metadata,
    Column("person", String(36), ForeignKey("people.id"), primary_key=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("deputy", String(36), ForeignKey("people.id")),
)

second_contacts = Table(
    "second_contacts",
    metadata,
    Column("agency", String(64), primary_key=True),
    Column("person", String(36), ForeignKey("people.id"), nullable=False),
)
"""Whom an agency wants to be called in when nothing moves."""

search = Table(
    "search",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("scan", String(20), ForeignKey("scans.id"), nullable=False),
    _text("terms"),
    UniqueConstraint("scan"),
)
"""What a scan can be found by. SQLite has an FTS5 table over it, PostgreSQL a tsvector with a GIN index (migration 0007)."""

scores = Table(
    "scores",
    metadata,
    Column("scan", String(20), primary_key=True),
    Column("agency", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),  # of the assessment, when it was approved
    Column("scored_at", Moment, nullable=False),
    _text("score"),
)

publications = Table(
    "publications",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("number", String(30), nullable=False),
    Column("scan", String(20), ForeignKey("scans.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("previous", String(30)),
    Column("previous_sha256", String(64)),
    Column("document", LargeBinary, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
    Column("signature", Text),
    UniqueConstraint("number"),
    UniqueConstraint("scan", "version"),
)

addenda = Table(
    "addenda",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("publication", String(30), ForeignKey("publications.number"), nullable=False),
    Column("agency", String(64), nullable=False),  # empty: of nobody in particular
    Column("at", Moment, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("previous_sha256", String(64)),
    Column("signature", Text),
    UniqueConstraint("publication", "kind", "agency"),
)
"""What was said about a publication after it, each a signed record of its own."""

look_backs = Table(
    "look_backs",
    metadata,
    Column("scan", String(20), ForeignKey("scans.id"), primary_key=True),
    Column("agency", String(64), primary_key=True),
    Column("publication", String(30), ForeignKey("publications.number"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    _text("came"),
    Column("remarks", Text),
    Column("submitted", Text),
    Column("approved", Text),
    Column("version", Integer, nullable=False),
    Index(None, "agency", "asked_at"),
)

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("kid", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    _text("public"),
    UniqueConstraint("kid"),
)

signing_secrets = Table(
    "signing_secrets",
    metadata,
    Column("kid", String(64), ForeignKey("signing_keys.kid"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
"""The private half of the key in use, under the installation's own secret. Apart from the keys, so that it can go."""

texts = Table(
    "texts",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("kept_at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""What was sent, to the byte (questionnaires), each stored once under its digest."""

journal = Table(
    "journal",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("principal", Text, nullable=False),
    _text("name"),
    Column("roles", Text, nullable=False),
    Column("agency", String(64)),
    Column("request", String(64)),
    Column("event", String(40), nullable=False),
    Column("scan", String(20)),
    _text("details"),
    Column("previous_sha256", String(64)),
    Column("sha256", String(64)),
    Index(None, "scan", "sequence"),
    Index(None, "event", "sequence"),
    Index(None, "event", "at"),
    Index(None, "principal", "sequence"),
)
"""No foreign keys on purpose: a line outlives the person and the thing it speaks of."""

bills = Table(
    "bills",
    metadata,
    Column("dossier", String(41), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("received_at", Moment, nullable=False),
    Column("label", Text),
    Column("dated", Date),
    Column("sha256", String(64), nullable=False),
    _text("text"),
    _text("articles"),
)
"""Every text of a bill that came in, and which of its articles changes which law."""

bill_tests = Table(
    "bill_tests",
    metadata,
    Column("dossier", String(41), primary_key=True),
    Column("agency", String(64), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    _text("title"),
    Column("dated", Date, nullable=False),
    Column("link", Text),
    Column("text", Text),
    Column("received_at", Moment, nullable=False),
)
"""What agencies said about bills themselves: every version, so that what a publication cites stays."""

comments = Table(
    "comments",
    metadata,
    Column("scan", String(20), primary_key=True),
    Column("agency", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("question", String(64), nullable=False),
    _text("text"),
    _text("by"),
    Column("resolved", Text),
    ForeignKeyConstraint(["scan", "agency"], ["assessments.scan", "assessments.agency"]),
)

tasks = Table(
    "tasks",
    metadata,
    Column("scan", String(20), primary_key=True),
    Column("agency", String(64), primary_key=True),
    Column("section", String(64), primary_key=True),  # empty: the whole file
    Column("person", String(36), nullable=False),
    _text("name"),
    _text("line"),
    _text("by"),
    ForeignKeyConstraint(["scan", "agency"], ["assessments.scan", "assessments.agency"]),
)

unit_costs = Table(
    "unit_costs",
    metadata,
    Column("agency", String(64), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("name", String(60), primary_key=True),
    Column("amount", Integer, nullable=False),
    _text("source"),
)

people = Table(
    "people",
    metadata,
    Column("id", String(36), primary_key=True),
    _text("name"),
    Column("email", String(254), nullable=False),
    Column("roles", Text, nullable=False),
    Column("agency", String(64)),
    Column("active", Boolean, nullable=False),
    Column("subject", String(255)),
    Column("closed_at", Moment),
    UniqueConstraint("email"),
    Index("uq_people_subject", "subject", unique=True),
)

clients = Table(
    "clients",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("agency", String(64)),
    Column("owner", String(254)),
    Column("secret_hash", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("expires_at", Moment),
    Column("used_at", Moment),
    Column("scopes", Text),
    UniqueConstraint("name"),
    UniqueConstraint("secret_hash"),
)

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("client", String(36), ForeignKey("clients.id"), nullable=False),
    Column("scopes", Text),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index(None, "client"),
    Index(None, "expires_at"),
)
"""What a machine's secret was traded for: a digest, and until when it opens."""

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person", String(36), ForeignKey("people.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Index(None, "person"),
)

replies = Table(
    "replies",
    metadata,
    Column("principal", String(300), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", Integer),
    Column("headers", Text),
    Column("body", LargeBinary),
    Index(None, "at"),
)
"""Answers given under an Idempotency-Key, written in the same transaction as the change they tell of."""

notices = Table(
    "notices",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("person", String(36), ForeignKey("people.id"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("scan", String(20)),
    Column("agency", String(64)),
    _text("place"),
    Column("moment", Moment),
    Column("created_at", Moment, nullable=False),
    Column("send_at", Moment, nullable=False),
    Column("mail", String(100)),
    Index(None, "mail", "send_at"),
    Index(None, "person", "created_at"),
)
"""One thing one person is told, and the mail it went in."""

mails = Table(
    "mails",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("person", String(36), ForeignKey("people.id"), nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("answer", Text),
    Index(None, "state", "due_at"),
    Index(None, "person", "created_at"),
)

mailboxes = Table(
    "mailboxes",
    metadata,
    Column("person", String(36), ForeignKey("people.id"), primary_key=True),
    _text("muted"),
    Column("refused", Text),
    Column("refused_at", Moment),
)
"""What somebody turned off, and whether their address takes mail."""

receivers = Table(
    "receivers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(200), nullable=False),
    _text("url"),
    _text("types"),
    Column("state", String(20), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("rotated_at", Moment),
    Column("paused_because", String(20)),
    Column("failing_since", Moment),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("receiver", String(36), ForeignKey("receivers.id"), nullable=False),
    Column("number", Integer),
    Column("type", String(80), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_at", Moment),
    Column("status", Integer),
    Column("fault", String(40)),
    Index(None, "receiver", "state", "due_at"),
    Index(None, "receiver", "created_at"),
)

public_events = Table(
    "public_events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("journal", Integer, nullable=False),
    UniqueConstraint("journal"),
)
"""Which lines of the journal anybody may know of, numbered by themselves without gaps."""

looked_through = Table("looked_through", metadata, Column("journal", Integer, nullable=False))
"""One row: up to which line the journal was looked through for lines that should have such a number and have none."""

house_places = Table(
    "house_places",
    metadata,
    Column("category", String(40), primary_key=True),
    Column("token", BigInteger, nullable=False),
    Column("tag", Text),
    Column("read_at", Moment),
    Column("entries", BigInteger, nullable=False),
    Column("faults", Integer, nullable=False),
    Column("fault", Text),
    Column("fault_at", Moment),
    Column("not_before", Moment),
    Column("since", Moment),
    Column("start", Moment),
    Column("reached", Moment),
    Column("moved_at", Moment),
    Column("before", BigInteger),
)
"""How far the House's feed was read, per kind of entity: written in the transaction that keeps what was read."""

house_cases = Table(
    "house_cases",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("number", String(40)),
    Column("dossier", String(41)),
    Column("paper", String(20)),
    _text("title"),
    _text("subject"),
    _text("record"),
    Column("text", Text),
    Column("document", String(80)),
    _text("agencies"),
    Column("vote", Moment),
    Column("decided", Boolean, nullable=False),
    Column("scan", String(20), ForeignKey("scans.id")),
    Column("seen_at", Moment, nullable=False),
    Column("read_at", Moment),
    Column("handled", Text),
    Column("handled_at", Moment),
    Column("reason", Text),
    Index(None, "state", "seen_at", "id"),
    Index(None, "decided", "read_at", "id"),
    Index(None, "seen_at"),
    Index(None, "read_at"),
    Index(None, "dossier", "paper"),
    Index(None, "scan"),
)
"""Amendments that the House has: proposals for a scan, and what was decided about them."""

house_links = Table(
    "house_links",
    metadata,
    Column("entity", String(36), primary_key=True),
    Column("case", String(36), ForeignKey("house_cases.id"), primary_key=True),
    Index(None, "case"),
)
"""What hangs together with a case of the House: when one of these changes, the case is read anew."""

house_queue = Table(
    "house_queue",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("due_at", Moment, nullable=False),
    Column("since", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("why", Text),
    Index(None, "due_at", "kind", "id"),
)

house_dossiers = Table(
    "house_dossiers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("number", String(20), nullable=False),
    Column("suffix", String(20)),
    Column("title", Text),
    Column("read", String(80)),
)
"""Bills on which amendments are followed, and which text of them was read last."""

house_anomalies = Table(
    "house_anomalies",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
    _text("fact"),
    Column("at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", Text),
    Index(None, "settled_at", "at"),
    Index(None, "subject", "kind"),
)
"""What was odd about the House's data. `settled_by` is empty where newer data settled it."""

scan_looks = Table(
    "scan_looks",
    metadata,
    Column("principal", String(320), primary_key=True),
    Column("scan", String(20), ForeignKey("scans.id"), primary_key=True),
    Column("at", Moment, nullable=False),
)
"""When a coordinator last opened a scan."""

board_filters = Table(
    "board_filters",
    metadata,
    Column("principal", String(320), primary_key=True),
    Column("name", String(60), primary_key=True),
    _text("query"),
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("principal", String(320), nullable=False),
    _text("name"),
    Column("at", Moment, nullable=False),
    _text("note"),
    Column("taken_by", String(320)),
    Column("taken_name", Text),
    Column("taken_at", Moment),
    Index(None, "at"),
)
"""What one coordinator wrote for the next."""

APPEND_ONLY = ("publications", "addenda", "journal", "scores", "signing_keys", "bills", "bill_tests", "public_events")
