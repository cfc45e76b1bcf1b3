"""`api` is the API over SQLite and PostgreSQL; `small_api` over SQLite alone, where the database makes no difference."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from api_callers import Api, make_api

from tests.support.desk import opened


@pytest.fixture
def api(database_url: str) -> Iterator[Api]:
    with opened(database_url) as world:
        yield make_api(world)


@pytest.fixture
def small_api(sqlite_url: str) -> Iterator[Api]:
    with opened(sqlite_url) as world:
        yield make_api(world)
