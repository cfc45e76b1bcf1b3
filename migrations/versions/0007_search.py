"""What scans can be found by: terms per scan, and an index over them in the database's own way."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from uitvoeringsscan.scans.search import terms

revision = "0007"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("scan", sa.String(length=20), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["scan"], ["scans.id"], name=op.f("fk_search_scan_scans")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search")),
        sa.UniqueConstraint("scan", name=op.f("uq_search_scan")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5(terms, content='search', content_rowid='number', "
            "detail='none', tokenize='unicode61 remove_diacritics 0')"
        )
        remove = "INSERT INTO search_index(search_index, rowid, terms) VALUES ('delete', old.number, old.terms)"
        insert = "INSERT INTO search_index(rowid, terms) VALUES (new.number, new.terms)"
        op.execute(f"CREATE TRIGGER search_added AFTER INSERT ON search BEGIN {insert}; END")
        op.execute(f"CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN {remove}; END")
        op.execute(f"CREATE TRIGGER search_changed AFTER UPDATE ON search BEGIN {remove}; {insert}; END")
    else:
        op.execute(
            "ALTER TABLE search ADD COLUMN vector tsvector NOT NULL "
            "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED"
        )
        op.execute("CREATE INDEX ix_search_vector ON search USING gin (vector)")
    _fill()


def _fill() -> None:
    """What is stored already, by its amendment; what is read from it follows when the scan is next saved."""
    connection = op.get_bind()
    insert = sa.text("INSERT INTO search (scan, terms) VALUES (:scan, :terms)")
    for scan, title, dossier, text in connection.execute(
        sa.text("SELECT id, title, dossier_number, amendment FROM scans")
    ):
        connection.execute(
            insert, {"scan": scan, "terms": terms([scan, title, dossier or "", *_strings(json.loads(text))])}
        )


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search")
