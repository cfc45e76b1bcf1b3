"""Alembic's entry: one transaction for the whole upgrade, under a lock, so that processes that start together take turns."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from uitvoeringsscan.storage.engine import open_engine, writing
from uitvoeringsscan.storage.tables import metadata

_LOCK = 7_304_001  # any number of our own: PostgreSQL's advisory lock for migrating


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    """Only our own tables: the background work keeps tables of its own in the same database.

    Searching has on PostgreSQL a column and an index that its migration makes, and that the tables do not know.
    """
    if kind == "table":
        return name in metadata.tables
    return name not in ("vector", "ix_search_vector")


def _run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=_ours,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


engine = open_engine(context.config.attributes["url"])
try:
    with writing(engine) as connection, connection.begin():
        _run(connection)
finally:
    engine.dispose()
