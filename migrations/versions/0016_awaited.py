"""What is awaited from one agency is found without reading all it ever answered."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_assessments_agency_state", "assessments", ["agency", "state"])


def downgrade() -> None:
    op.drop_index("ix_assessments_agency_state", "assessments")
