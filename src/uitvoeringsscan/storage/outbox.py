"""Work left behind in the transaction that gives the reason for it, for the background work to find after the commit.

DBOS is loaded at the first use: half a second that reading an amendment never pays.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from uitvoeringsscan.correlation import request_id
from uitvoeringsscan.use_cases.ports_work import QUEUE, VERSION, work_id

if TYPE_CHECKING:
    from dbos import DBOSClient


class StoredOutbox:
    """Each piece of work has one name for ever, so that leaving it twice leaves it once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def enqueue(self, kind: str, key: str, payload: Mapping[str, object]) -> None:
        _client(self._connection.engine).enqueue_in_transaction(
            self._connection,
            {
                "workflow_name": kind,
                "queue_name": QUEUE,
                "workflow_id": work_id(kind, key),
                "app_version": VERSION,
            },
            key,
            dict(payload) if (request := request_id()) is None else {**payload, "request": request},
        )


def open_client(engine: Engine) -> DBOSClient:
    """Works over the engine's own connections, and so needs no closing. What it keeps is JSON that anybody can read."""
    from dbos import DBOSClient, DBOSPortableJSONSerializer

    return DBOSClient(system_database_engine=engine, serializer=DBOSPortableJSONSerializer(), lazy=True)


_client = lru_cache(maxsize=4)(open_client)


def upgrade(url: str) -> None:
    """Bring the tables of the background work to the version this one needs. Several processes may do it at once."""
    import logging

    from dbos import DBOS

    logging.getLogger("dbos").setLevel(logging.WARNING)
    DBOS.migrate(url)
