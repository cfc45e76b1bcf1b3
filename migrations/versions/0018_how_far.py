"""How far a catch-up with the House's feed is: since when, from where, up to where, and when it last moved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENTS = ("since", "start", "reached", "moved_at")


def upgrade() -> None:
    for name in MOMENTS:
        op.add_column("house_places", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("house_places", sa.Column("before", sa.BigInteger(), nullable=True))
    op.create_index("ix_house_cases_seen_at", "house_cases", ["seen_at"])
    op.create_index("ix_house_cases_read_at", "house_cases", ["read_at"])


def downgrade() -> None:
    op.drop_index("ix_house_cases_read_at", "house_cases")
    op.drop_index("ix_house_cases_seen_at", "house_cases")
    for name in ("before", *reversed(MOMENTS)):
        op.drop_column("house_places", name)
