"""A file remembers from which scan its draft was taken over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessments", sa.Column("origin", sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column("assessments", "origin")
