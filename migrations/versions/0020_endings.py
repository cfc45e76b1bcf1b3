"""What was withdrawn or replaced in some days is found without reading all that ever was: for the feed."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_journal_event_at", "journal", ["event", "at"])


def downgrade() -> None:
    op.drop_index("ix_journal_event_at", "journal")
