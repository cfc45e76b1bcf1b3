"""The texts of bills, and which of their articles changes which law; they can only grow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bills",
        sa.Column("dossier", sa.String(length=41), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("articles", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dossier", "sequence", name=op.f("pk_bills")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER bills_no_{action.lower()} BEFORE {action} ON bills "
                f"BEGIN SELECT RAISE(ABORT, 'bills is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION bills_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'bills is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER bills_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bills "
        "FOR EACH STATEMENT EXECUTE FUNCTION bills_append_only()"
    )


def downgrade() -> None:
    op.drop_table("bills")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION bills_append_only()")
