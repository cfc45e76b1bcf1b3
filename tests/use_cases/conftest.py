"""A world per test: on SQLite and PostgreSQL (`world`), or on SQLite alone where only our own rules are tried (`small`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.desk import World, opened


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with opened(database_url) as opened_world:
        yield opened_world


@pytest.fixture
def small(sqlite_url: str) -> Iterator[World]:
    with opened(sqlite_url) as opened_world:
        yield opened_world
