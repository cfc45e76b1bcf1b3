"""Which deadlines a coordinator set by hand, rounds that close themselves, reminders, absences and second contacts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("scans", sa.Column("by_hand", sa.Boolean(), nullable=True))
    op.add_column("scans", sa.Column("closes_itself", sa.Boolean(), nullable=True))
    op.add_column("assessments", sa.Column("by_hand", sa.Boolean(), nullable=True))
    op.add_column("assessments", sa.Column("timed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_assessments_state_respond_by", "assessments", ["state", "respond_by"])
    # A deadline that was moved for one agency was moved by a person: until now nothing else did that.
    op.execute(
        "UPDATE assessments SET by_hand = true "
        "WHERE scan IN (SELECT scan FROM journal WHERE event = 'DeadlineMoved') "
        # `|| ''`: SQLite would otherwise look through every moved deadline for each file, and not through the scan's lines.
        "AND EXISTS (SELECT 1 FROM journal WHERE journal.event || '' = 'DeadlineMoved' "
        "AND journal.scan = assessments.scan AND journal.details LIKE '%\"agency\": \"' || assessments.agency || '\"%')"
    )
    op.create_table(
        "reminders",
        sa.Column("scan", sa.String(length=20), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scan", "agency", "step", "due", name=op.f("pk_reminders")),
    )
    op.create_table(
        "absences",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("deputy", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_absences_person_people")),
        sa.ForeignKeyConstraint(["deputy"], ["people.id"], name=op.f("fk_absences_deputy_people")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_absences")),
    )
    op.create_table(
        "second_contacts",
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_second_contacts_person_people")),
        sa.PrimaryKeyConstraint("agency", name=op.f("pk_second_contacts")),
    )


def downgrade() -> None:
    op.drop_table("second_contacts")
    op.drop_table("absences")
    op.drop_table("reminders")
    op.drop_index("ix_assessments_state_respond_by", "assessments")
    op.drop_column("assessments", "timed_at")
    op.drop_column("assessments", "by_hand")
    op.drop_column("scans", "closes_itself")
    op.drop_column("scans", "by_hand")
