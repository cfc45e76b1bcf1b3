"""What had been handed in when a file was opened again, so that who signs it next can read only what changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessments", sa.Column("signed_before", sa.Text()))


def downgrade() -> None:
    op.drop_column("assessments", "signed_before")
