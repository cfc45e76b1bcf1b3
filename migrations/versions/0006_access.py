"""Who is let in: sign-in by a provider, keys that end; the journal's lines are chained by their digests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("subject", sa.String(length=255), nullable=True))
    op.create_index("uq_people_subject", "people", ["subject"], unique=True)
    op.add_column("clients", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("clients", sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    # Lines from before stay as they were written, without a digest: the chain begins with the first line after them.
    op.add_column("journal", sa.Column("previous_sha256", sa.String(length=64), nullable=True))
    op.add_column("journal", sa.Column("sha256", sa.String(length=64), nullable=True))
    op.create_index("ix_journal_event_sequence", "journal", ["event", "sequence"])
    op.create_index("ix_journal_principal_sequence", "journal", ["principal", "sequence"])


def downgrade() -> None:
    op.drop_index("ix_journal_principal_sequence", "journal")
    op.drop_index("ix_journal_event_sequence", "journal")
    op.drop_column("journal", "sha256")
    op.drop_column("journal", "previous_sha256")
    op.drop_column("clients", "used_at")
    op.drop_column("clients", "expires_at")
    op.drop_index("uq_people_subject", "people")
    op.drop_column("people", "subject")
