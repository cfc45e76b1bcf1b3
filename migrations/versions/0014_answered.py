"""An index for an agency's earlier answers to the same questionnaire."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_assessments_answered",
        "assessments",
        ["agency", "rubric_code", "outcome", "state", "asked_at", "scan"],
    )


def downgrade() -> None:
    op.drop_index("ix_assessments_answered", table_name="assessments")
