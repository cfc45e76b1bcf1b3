"""What goes out: notices and mails for people, public events, and who receives them by webhook."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("scan", sa.String(length=20), nullable=True),
        sa.Column("agency", sa.String(length=64), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_notices_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_mail_send_at", "notices", ["mail", "send_at"])
    op.create_index("ix_notices_person_created_at", "notices", ["person", "created_at"])
    op.create_table(
        "mails",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_mails_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    op.create_index("ix_mails_state_due_at", "mails", ["state", "due_at"])
    op.create_index("ix_mails_person_created_at", "mails", ["person", "created_at"])
    op.create_table(
        "mailboxes",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("muted", sa.Text(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_mailboxes_person_people")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_mailboxes")),
    )
    op.create_table(
        "receivers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("types", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_because", sa.String(length=20), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receivers")),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("receiver", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["receiver"], ["receivers.id"], name=op.f("fk_deliveries_receiver_receivers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index("ix_deliveries_receiver_state_due_at", "deliveries", ["receiver", "state", "due_at"])
    op.create_index("ix_deliveries_receiver_created_at", "deliveries", ["receiver", "created_at"])
    op.create_table(
        "public_events",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("journal", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_public_events")),
        sa.UniqueConstraint("journal", name=op.f("uq_public_events_journal")),
    )
    # What happened before: public when its scan is now, and was not made so afterwards. From here on the service does it.
    op.execute(
        "INSERT INTO public_events (number, journal) "
        "SELECT row_number() OVER (ORDER BY journal.sequence), journal.sequence FROM journal "
        "JOIN scans ON scans.id = journal.scan AND NOT scans.confidential "
        "JOIN (SELECT scan, min(sequence) AS sequence FROM journal WHERE event = 'ScanSubmitted' GROUP BY scan) AS first "
        "ON first.scan = journal.scan AND first.sequence <= journal.sequence "
        "LEFT JOIN (SELECT scan, max(sequence) AS sequence FROM journal WHERE event = 'ScanDisclosed' GROUP BY scan) "
        "AS disclosed ON disclosed.scan = journal.scan "
        "WHERE journal.event IN ('ScanSubmitted', 'ScanRouted', 'VoteMoved', 'ScanAssessed', 'ScanPublished', "
        "'CorrectionStarted', 'ScanDisclosed', 'ScanReplaced', 'ScanWithdrawn') "
        "AND (disclosed.sequence IS NULL OR disclosed.sequence <= journal.sequence)"
    )
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER public_events_no_{action.lower()} BEFORE {action} ON public_events "
                f"BEGIN SELECT RAISE(ABORT, 'public_events is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION public_events_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'public_events is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER public_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION public_events_append_only()"
    )


def downgrade() -> None:
    for table in ("public_events", "deliveries", "receivers", "mailboxes", "mails", "notices"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION public_events_append_only()")
