"""Machines trade their secret for a token that ends soon, and can be held to a part.

What may be forgotten is found by its age."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clients", sa.Column("scopes", sa.Text(), nullable=True))
    op.add_column("people", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "access_tokens",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("client", sa.String(length=36), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name="fk_access_tokens_client_clients"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_access_tokens"),
    )
    op.create_index("ix_access_tokens_client", "access_tokens", ["client"])
    op.create_index("ix_access_tokens_expires_at", "access_tokens", ["expires_at"])
    op.create_index("ix_replies_at", "replies", ["at"])


def downgrade() -> None:
    op.drop_index("ix_replies_at", table_name="replies")
    op.drop_index("ix_access_tokens_expires_at", table_name="access_tokens")
    op.drop_index("ix_access_tokens_client", table_name="access_tokens")
    op.drop_table("access_tokens")
    op.drop_column("people", "closed_at")
    op.drop_column("clients", "scopes")
