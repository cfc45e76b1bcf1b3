"""Throwing away a part of what is old: little enough at once that nobody waits for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, delete, func, select


def forget_some(connection: Connection, key: Any, wanted: ColumnElement[bool], limit: int) -> int:
    """Delete at most `limit` rows of the table that `key`, a column that names a row, belongs to; how many there were."""
    table = key.table
    some = select(key).where(wanted).order_by(key).limit(limit)
    return connection.execute(delete(table).where(key.in_(some))).rowcount


def count_of(connection: Connection, table: FromClause, wanted: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(wanted)) or 0
