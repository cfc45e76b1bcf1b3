"""The coordinators' desk: when each last looked at a scan, filters that were kept, and shifts that were handed over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scan_looks",
        sa.Column("principal", sa.String(320), primary_key=True),
        sa.Column("scan", sa.String(20), sa.ForeignKey("scans.id"), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "board_filters",
        sa.Column("principal", sa.String(320), primary_key=True),
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("query", sa.Text, nullable=False),
    )
    op.create_table(
        "handovers",
        sa.Column("id", sa.String(26), primary_key=True),
        sa.Column("principal", sa.String(320), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("taken_by", sa.String(320)),
        sa.Column("taken_name", sa.Text),
        sa.Column("taken_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_handovers_at", "handovers", ["at"])


def downgrade() -> None:
    op.drop_table("handovers")
    op.drop_table("board_filters")
    op.drop_table("scan_looks")
