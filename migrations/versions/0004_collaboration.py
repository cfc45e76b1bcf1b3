"""Working on a file together: remarks per question, copied answers, comments, tasks, unit costs, and tests on bills."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessments", sa.Column("question_remarks", sa.Text(), nullable=True))
    op.add_column("assessments", sa.Column("copied", sa.Text(), nullable=True))
    op.add_column("assessments", sa.Column("lapsed_because", sa.Text(), nullable=True))
    op.create_table(
        "bill_tests",
        sa.Column("dossier", sa.String(length=41), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("dossier", "agency", "sequence", name=op.f("pk_bill_tests")),
    )
    op.create_table(
        "comments",
        sa.Column("scan", sa.String(length=20), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("resolved", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["scan", "agency"], ["assessments.scan", "assessments.agency"], name=op.f("fk_comments_scan_assessments")
        ),
        sa.PrimaryKeyConstraint("scan", "agency", "number", name=op.f("pk_comments")),
    )
    op.create_table(
        "tasks",
        sa.Column("scan", sa.String(length=20), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan", "agency"], ["assessments.scan", "assessments.agency"], name=op.f("fk_tasks_scan_assessments")
        ),
        sa.PrimaryKeyConstraint("scan", "agency", "section", name=op.f("pk_tasks")),
    )
    op.create_table(
        "unit_costs",
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("agency", "year", "name", name=op.f("pk_unit_costs")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER bill_tests_no_{action.lower()} BEFORE {action} ON bill_tests "
                f"BEGIN SELECT RAISE(ABORT, 'bill_tests is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION bill_tests_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'bill_tests is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER bill_tests_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bill_tests "
        "FOR EACH STATEMENT EXECUTE FUNCTION bill_tests_append_only()"
    )


def downgrade() -> None:
    op.drop_table("unit_costs")
    op.drop_table("tasks")
    op.drop_table("comments")
    op.drop_table("bill_tests")
    op.drop_column("assessments", "lapsed_because")
    op.drop_column("assessments", "copied")
    op.drop_column("assessments", "question_remarks")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION bill_tests_append_only()")
