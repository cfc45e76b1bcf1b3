"""An INSERT that may come twice, in the words of the database at hand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite


def insert_once(connection: Connection, table: Any) -> Any:
    """INSERT that leaves an existing row alone, in the words of the database at hand."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()
