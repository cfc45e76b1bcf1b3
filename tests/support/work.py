"""The work that waits in a database, read and taken without anything that would do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dbos import DBOSClient
from sqlalchemy import Engine

from uitvoeringsscan.storage.outbox import open_client
from uitvoeringsscan.use_cases.ports_work import QUEUE


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftWork:
    id: str
    kind: str
    key: str
    payload: Mapping[str, Any]


def waiting_work(engine: Engine) -> Sequence[LeftWork]:
    """In the order in which it was left; within one transaction the database decides."""
    found = client(engine).list_workflows(queue_name=QUEUE, status=["ENQUEUED", "PENDING"])
    left = []
    for one in found:
        assert one.input is not None
        key, payload = one.input["args"]
        left.append(LeftWork(id=one.workflow_id, kind=one.name, key=key, payload=payload))
    return left


def take_work(engine: Engine, work: LeftWork) -> None:
    client(engine).delete_workflow(work.id)


@lru_cache(maxsize=2)
def client(engine: Engine) -> DBOSClient:
    return open_client(engine.execution_options(uitvoeringsscan_begin="IMMEDIATE"))
