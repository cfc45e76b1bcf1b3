"""Publications are signed: the keys, the private half of the one in use, and the signature beside each publication."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signing_keys",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_signing_keys")),
        sa.UniqueConstraint("kid", name=op.f("uq_signing_keys_kid")),
    )
    op.create_table(
        "signing_secrets",
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["kid"], ["signing_keys.kid"], name=op.f("fk_signing_secrets_kid_signing_keys")),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_signing_secrets")),
    )
    op.add_column("publications", sa.Column("signature", sa.Text(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER signing_keys_no_{action.lower()} BEFORE {action} ON signing_keys "
                "BEGIN SELECT RAISE(ABORT, 'signing_keys is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION signing_keys_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'signing_keys is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER signing_keys_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON signing_keys "
        "FOR EACH STATEMENT EXECUTE FUNCTION signing_keys_append_only()"
    )


def downgrade() -> None:
    op.drop_column("publications", "signature")
    op.drop_table("signing_secrets")
    op.drop_table("signing_keys")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION signing_keys_append_only()")
