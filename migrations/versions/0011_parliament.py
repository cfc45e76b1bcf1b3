"""The House's own data: how far its feed was read, amendments as proposals, what is to be read anew, and what is odd."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "house_places",
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("fault_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("category", name=op.f("pk_house_places")),
    )
    op.create_table(
        "house_cases",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("dossier", sa.String(length=41), nullable=True),
        sa.Column("paper", sa.String(length=20), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("document", sa.String(length=80), nullable=True),
        sa.Column("agencies", sa.Text(), nullable=False),
        sa.Column("vote", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.Column("scan", sa.String(length=20), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled", sa.Text(), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["scan"], ["scans.id"], name=op.f("fk_house_cases_scan_scans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_cases")),
    )
    op.create_index("ix_house_cases_state_seen_at_id", "house_cases", ["state", "seen_at", "id"])
    op.create_index("ix_house_cases_decided_read_at_id", "house_cases", ["decided", "read_at", "id"])
    op.create_index("ix_house_cases_dossier_paper", "house_cases", ["dossier", "paper"])
    op.create_index("ix_house_cases_scan", "house_cases", ["scan"])
    op.create_table(
        "house_links",
        sa.Column("entity", sa.String(length=36), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["house_cases.id"], name=op.f("fk_house_links_case_house_cases")),
        sa.PrimaryKeyConstraint("entity", "case", name=op.f("pk_house_links")),
    )
    op.create_index("ix_house_links_case", "house_links", ["case"])
    op.create_table(
        "house_queue",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_house_queue")),
    )
    op.create_index("ix_house_queue_due_at_kind_id", "house_queue", ["due_at", "kind", "id"])
    op.create_table(
        "house_dossiers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("suffix", sa.String(length=20), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("read", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_dossiers")),
    )
    op.create_table(
        "house_anomalies",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_anomalies")),
    )
    op.create_index("ix_house_anomalies_settled_at_at", "house_anomalies", ["settled_at", "at"])
    op.create_index("ix_house_anomalies_subject_kind", "house_anomalies", ["subject", "kind"])


def downgrade() -> None:
    for table in ("house_anomalies", "house_dossiers", "house_queue", "house_links", "house_cases", "house_places"):
        op.drop_table(table)
