"""What became of amendments, what they intend, the submitter's reaction, addenda to publications, and looking back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0009"
branch_labels = None
depends_on = None

ON_SCANS = ("outcome", "outcome_at", "outcome_source", "intended", "reaction")


def upgrade() -> None:
    op.add_column("scans", sa.Column("outcome", sa.String(length=20), nullable=True))
    op.add_column("scans", sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("scans", sa.Column("outcome_source", sa.Text(), nullable=True))
    op.add_column("scans", sa.Column("intended", sa.Text(), nullable=True))
    op.add_column("scans", sa.Column("reaction", sa.Text(), nullable=True))
    op.create_index("ix_scans_outcome_at_id", "scans", ["outcome_at", "id"])
    op.create_table(
        "addenda",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("publication", sa.String(length=30), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("previous_sha256", sa.String(length=64), nullable=True),
        sa.Column("signature", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["publication"], ["publications.number"], name=op.f("fk_addenda_publication_publications")
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_addenda")),
        sa.UniqueConstraint("publication", "kind", "agency", name=op.f("uq_addenda_publication_kind_agency")),
    )
    op.create_table(
        "look_backs",
        sa.Column("scan", sa.String(length=20), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("publication", sa.String(length=30), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("came", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("submitted", sa.Text(), nullable=True),
        sa.Column("approved", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["scan"], ["scans.id"], name=op.f("fk_look_backs_scan_scans")),
        sa.ForeignKeyConstraint(
            ["publication"], ["publications.number"], name=op.f("fk_look_backs_publication_publications")
        ),
        sa.PrimaryKeyConstraint("scan", "agency", name=op.f("pk_look_backs")),
    )
    op.create_index("ix_look_backs_agency_asked_at", "look_backs", ["agency", "asked_at"])
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER addenda_no_{action.lower()} BEFORE {action} ON addenda "
                f"BEGIN SELECT RAISE(ABORT, 'addenda is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION addenda_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'addenda is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER addenda_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON addenda "
        "FOR EACH STATEMENT EXECUTE FUNCTION addenda_append_only()"
    )


def downgrade() -> None:
    op.drop_table("look_backs")
    op.drop_table("addenda")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION addenda_append_only()")
    op.drop_index("ix_scans_outcome_at_id", "scans")
    for name in reversed(ON_SCANS):
        op.drop_column("scans", name)
