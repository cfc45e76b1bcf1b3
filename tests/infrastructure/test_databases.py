"""Each test gets a migrated database of its own, and what one test writes no other sees."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tests.support import postgres
from tests.support.need import lacking
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.storage.schema import is_current


@pytest.mark.parametrize("turn", [1, 2])
def test_a_database_is_migrated_and_nobody_was_here_before(database_url: str, turn: int) -> None:
    assert is_current(database_url)
    engine = open_engine(database_url)
    with engine.begin() as connection:
        assert "been_here" not in sa.inspect(connection).get_table_names()
        connection.execute(sa.text("CREATE TABLE been_here (turn INTEGER)"))
    engine.dispose()


@pytest.mark.postgres
def test_a_database_is_dropped_with_whoever_is_still_in_it(postgres_url: str) -> None:
    with postgres.copied(postgres_url, "template1", "left_open") as url:
        held = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
        held.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError):
        held.execute("SELECT 1")
    held.close()


@pytest.mark.postgres
def test_the_server_is_gone_after_its_session() -> None:
    binary = postgres.binaries()
    if binary is None:
        lacking("PostgreSQL")
    with postgres.server(binary) as url:
        postgres.execute(url, "CREATE DATABASE one")
        folder = Path(url.partition("host=")[2])
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        postgres.execute(url, "SELECT 1")
