"""The tables, once, for SQLite and PostgreSQL alike. Alembic's history in `migrations/` builds exactly these.

Moments are stored in UTC. JSON documents are text with a `schema` number inside (see `storage.documents`). Journal,
publications, scores and signing keys are append-only: triggers in the database refuse update and delete.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
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
    Index(None, "created_at", "id"),
    Index(None, "state", "created_at", "id"),
    Index(None, "owner", "created_at", "id"),
    Index(None, "dossier_number", "created_at", "id"),
    Index(None, "vote", "id"),
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
    Index(None, "agency", "asked_at", "scan"),
    Index(None, "agency", "scan_created_at", "scan"),
)

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
    UniqueConstraint("name"),
    UniqueConstraint("secret_hash"),
)

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
)
"""Answers given under an Idempotency-Key, written in the same transaction as the change they tell of."""

APPEND_ONLY = ("publications", "journal", "scores", "signing_keys", "bills", "bill_tests")
