"""What waits and what failed of the work that was left behind. Fits `use_cases.ports_work.Backlog`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from uitvoeringsscan.storage.outbox import open_client
from uitvoeringsscan.use_cases.ports_work import QUEUE, SWEEPS, VERSION, FailedWork, WaitingWork

if TYPE_CHECKING:
    from dbos import DBOSClient

_FAILED = ["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_WAITING = ["ENQUEUED", "PENDING", "DELAYED"]
_MANY = 500


class StoredBacklog:
    """Asks the tables of the background work, in transactions of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._made: DBOSClient | None = None

    @property
    def _client(self) -> DBOSClient:
        if self._made is None:
            # What is read here is written next: on SQLite only a transaction that begins as a writer may do so.
            self._made = open_client(self._engine.execution_options(uitvoeringsscan_begin="IMMEDIATE"))
        return self._made

    def waiting(self) -> Sequence[WaitingWork]:
        counts: dict[str, tuple[int, datetime]] = {}
        for one in self._client.list_workflows(status=_WAITING, queue_name=QUEUE, load_input=False, load_output=False):
            many, oldest = counts.get(one.name, (0, _moment(one.created_at)))
            counts[one.name] = (many + 1, min(oldest, _moment(one.created_at)))
        return [WaitingWork(kind=kind, many=many, oldest=oldest) for kind, (many, oldest) in sorted(counts.items())]

    def failed(self, limit: int) -> Sequence[FailedWork]:
        found = self._client.list_workflows(status=_FAILED, sort_desc=True, limit=_MANY)
        seen: set[str] = set()
        answer = []
        for one in found:
            line = _failed(one)
            if line.kind == "sweep":
                if line.key in seen or self._went_well_since(line):
                    continue
                seen.add(line.key)
            answer.append(line)
        return sorted(answer, key=lambda line: line.failed, reverse=True)[:limit]

    def _went_well_since(self, sweep: FailedWork) -> bool:
        """A later sweep finds all that this one should have found."""
        since = sweep.since.isoformat()
        prefix = f"sweep:{sweep.key}:"
        return bool(
            self._client.list_workflows(
                status="SUCCESS",
                workflow_id_prefix=prefix,
                start_time=since,
                limit=1,
                load_input=False,
                load_output=False,
            )
        )

    def again(self, work: str) -> bool:
        if not self._stands_as_failed(work):
            return False
        self._client.update_workflow_attributes(work, {"deaths": 0})
        self._client.rewind_workflow(work, application_version=VERSION, queue_name=self._queue(work))
        return True

    def drop(self, work: str) -> bool:
        if not self._stands_as_failed(work):
            return False
        self._client.delete_workflow(work)
        return True

    def forget_before(self, moment: datetime) -> int:
        return self._forget(moment, status="SUCCESS") + self._forget(moment, status=_FAILED, name="sweep")

    def _forget(self, moment: datetime, **which: Any) -> int:
        gone, until = 0, moment.isoformat()
        while done := self._client.list_workflows(
            **which, completed_before=until, limit=_MANY, load_input=False, load_output=False
        ):
            self._client.delete_workflows([one.workflow_id for one in done])
            gone += len(done)
        return gone

    def _stands_as_failed(self, work: str) -> bool:
        return bool(
            self._client.list_workflows(workflow_ids=[work], status=_FAILED, load_input=False, load_output=False)
        )

    def _queue(self, work: str) -> str:
        return SWEEPS if work.startswith("sweep:") else QUEUE


def _moment(milliseconds: int | None) -> datetime:
    return datetime.fromtimestamp((milliseconds or 0) / 1000, UTC)


def _failed(one: Any) -> FailedWork:
    given = one.input["args"] if one.input else ()
    return FailedWork(
        id=one.workflow_id,
        kind=one.name,
        key=str(given[0]) if given else "",
        since=_moment(one.created_at),
        failed=_moment(one.completed_at or one.updated_at),
        fault=str(getattr(one.error, "name", type(one.error).__name__)) if one.error else "",
    )
