"""Up to which line the journal was looked through for public events that an older process wrote without a number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("looked_through", sa.Column("journal", sa.Integer(), nullable=False))
    # Lines are written in order, so what a process that knows of no numbers wrote while the numbers were given stands behind
    # the last of these.
    op.execute("INSERT INTO looked_through (journal) SELECT coalesce(max(journal), 0) FROM public_events")


def downgrade() -> None:
    op.drop_table("looked_through")
