"""Having the work done, by DBOS. A `Runtime` is one process's part in it; its four rules, each with a test:

1. A process works under a name of its own, made at its start and never used again. DBOS takes work that is under way under
   its own name for work it left behind itself, and begins it anew: two processes under one name do everything twice.
2. The name is a lock that dies with the process. Whoever finds it free takes back what was under way under it. A newcomer
   cannot take the name of somebody who lost the lock for a moment, as it could if names were numbers. A living process
   looks after itself too: DBOS can lose what it took when the database breaks off at that moment.
3. The version is ours (`ports_work.VERSION`) and not a digest of the code, or work would wait for ever after an upgrade.
4. Work is done at least once: a step, tried again as its kind says, and known by a key that stays the same.

Deadlines are no timers of DBOS. A sweep per minute asks the database what is due by the clock of the Desk.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from dbos import DBOS, DBOSPortableJSONSerializer
from dbos import error as errors

from uitvoeringsscan.correlation import on_behalf_of
from uitvoeringsscan.jobs.kinds import KINDS, Kind
from uitvoeringsscan.jobs.sweeps import SWEEPS, Sweep
from uitvoeringsscan.use_cases.ports import Desk
from uitvoeringsscan.use_cases.ports_work import QUEUE, VERSION, Locks, work_id
from uitvoeringsscan.use_cases.ports_work import SWEEPS as SWEEP_QUEUE

log = logging.getLogger("uitvoeringsscan.jobs")

SEAT = "seat"
"""The lock of the one process that does the work where several serve and none was started for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How one process takes part.

    url      the database, which holds the work too
    alone    works only while no other process with this word does
    at_once  pieces of work at the same moment
    minute   seconds that count as a minute here; 60 but in tests. Sweeps, the look for dead processes and the heartbeat
             follow it
    poll     seconds between looks for work when there was none
    drain    seconds that work under way may go on when the process is asked to end
    deaths   work that was under way in this many processes when they died is not begun again: it may be what kills them
    """

    url: str
    alone: bool = False
    at_once: int = 4
    minute: float = 60.0
    poll: float = 0.2
    drain: int = 15
    deaths: int = 5
    version: str = VERSION
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    sweeps: tuple[Sweep, ...] = SWEEPS

    @property
    def beat(self) -> float:
        return min(1.0, self.minute / 60)

    @property
    def grace(self) -> float:
        """For how long a lock is seen free before its owner is taken for dead: a lost connection comes back sooner."""
        return 0.0 if self.url.startswith("sqlite") else self.minute / 6


Span = Callable[[str, str], AbstractContextManager[None]]
"""(kind, key) -> a context that the work is done in, for whoever traces it."""


def _no_span(_kind: str, _key: str) -> AbstractContextManager[None]:
    return nullcontext()


class Runtime:
    """Does the work, from `run` until `stop`, under a fresh name. One at a time in a process: DBOS is one per process."""

    def __init__(self, desk: Desk, locks: Locks, plan: Plan, span: Span = _no_span) -> None:
        self.name = f"w-{desk.hash(desk.token())[:16]}"
        self._desk, self._locks, self._plan, self._span = desk, locks, plan, span
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self.run, name="work", daemon=True)
        self._swept: dict[str, int] = {}
        self._suspected: dict[str, float] = {}
        self._under_way = _UnderWay()

    def start(self) -> None:
        """Work in the background of a process that does something else too."""
        self._thread.start()

    def stop(self) -> None:
        """The end of what `start` began."""
        self.ask_to_stop()
        self._thread.join()

    def ask_to_stop(self) -> None:
        """Take no new work, and finish what is under way."""
        self._stopping.set()

    def run(self) -> bool:
        """Until somebody asks to stop; whether all that was under way was finished by then.

        Whatever goes wrong is looked at again a moment later: the database may be restarted.
        """
        while not self._quietly(self._launch):
            if self._stopping.wait(self._plan.beat * 2):
                self._locks.close()
                return True
        log.info("working as %s", self.name)
        while not self._stopping.wait(self._plan.beat):
            self._quietly(self._locks.keep)
            self._quietly(self._sweep)
            self._quietly(self._take_back)
        self._quietly(lambda: DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=self._plan.drain))
        if self._under_way.any():
            return False  # the name stays taken until the process is gone, and with it what it was doing
        self._locks.close()
        return True

    def run_alone(self, close: Callable[[], None] = lambda: None) -> None:
        """The life of a process that does nothing else; `close` ends what it had open beside the work, within seconds.

        What is still under way after that would keep the process alive. Ended, its name is free, and another takes it back.
        """
        finished = self.run()
        close()
        if not finished:
            os._exit(0)

    def _quietly(self, call: Callable[[], object]) -> bool:
        try:
            return call() is not False
        except Exception:
            log.exception("the work's heartbeat missed a beat")
            return False

    # --- rule 1 and 3: a name of our own, a version of our own ---

    def _launch(self) -> bool:
        if self._plan.alone and not self._locks.take(SEAT):
            return False
        if not self._locks.take(self.name):
            return False
        speak_through_us()
        DBOS(
            config={
                "name": "uitvoeringsscan",
                "system_database_url": self._plan.url,
                "executor_id": self.name,
                "application_version": self._plan.version,
                "serializer": DBOSPortableJSONSerializer(),
                "scheduler_polling_interval_sec": 3600.0,  # its timers are not used
                "log_level": "WARNING",
            }
        )
        try:
            for name, kind in self._plan.kinds.items():
                self._register(name, kind)
            self._register_sweep()
            DBOS.launch()
            for queue in (QUEUE, SWEEP_QUEUE):
                DBOS.register_queue(
                    queue,
                    worker_concurrency=self._plan.at_once,
                    polling_interval_sec=self._plan.poll,
                    on_conflict="always_update",
                )
        except Exception:
            DBOS.destroy(destroy_registry=True)
            raise
        return True

    # --- rule 4: at least once, as often as its kind says ---

    def _register(self, name: str, kind: Kind) -> None:
        def work(key: str, payload: dict[str, Any]) -> None:
            with self._under_way.doing(DBOS.workflow_id):
                self._attempts(name, kind, key, payload)

        DBOS.workflow(name=name)(work)

    def _attempts(self, name: str, kind: Kind, key: str, payload: Mapping[str, object]) -> None:
        def attempt() -> None:
            try:
                with self._watched(name, key, payload):
                    kind.run(self._desk, key, payload)
            except Exception:
                log.warning("%s was not done, and is tried again or given up", work_id(name, key), exc_info=True)
                raise

        try:
            DBOS.run_step(
                {
                    "name": name,
                    "retries_allowed": kind.attempts > 1,
                    "max_attempts": kind.attempts,
                    "interval_seconds": kind.first_wait.total_seconds(),
                    "backoff_rate": kind.factor,
                },
                attempt,
            )
        except errors.DBOSMaxStepRetriesExceeded as error:
            raise error.errors[-1] from None  # what went wrong says more than that it went wrong too often

    @contextmanager
    def _watched(self, name: str, key: str, payload: Mapping[str, object]) -> Iterator[None]:
        """Done for the request that left it, however much later; in the log, and in a trace where there are traces."""
        request = payload.get("request")
        with on_behalf_of(request if isinstance(request, str) else None), self._span(name, key):
            yield
            log.info("done", extra={"work": work_id(name, key)})

    # --- sweeps ---

    def _sweep(self) -> None:
        """Leave each sweep as work once in its period, whichever process is first."""
        moment = self._desk.now().timestamp()
        for sweep in self._plan.sweeps:
            period = int(moment // (sweep.every.total_seconds() * self._plan.minute / 60))
            if self._swept.get(sweep.name) == period:
                continue
            DBOS.enqueue_workflow_with_options(
                {
                    "workflow_name": "sweep",
                    "queue_name": SWEEP_QUEUE,
                    "workflow_id": f"sweep:{sweep.name}:{period}",
                    "app_version": self._plan.version,
                },
                sweep.name,
            )
            self._swept[sweep.name] = period

    def _register_sweep(self) -> None:
        by_name = {sweep.name: sweep for sweep in self._plan.sweeps}

        @DBOS.workflow(name="sweep")
        def run_sweep(name: str) -> None:
            with self._under_way.doing(DBOS.workflow_id):
                DBOS.run_step(
                    {
                        "name": name,
                        "retries_allowed": True,
                        "max_attempts": 4,
                        "interval_seconds": 1.0,
                        "backoff_rate": 3.0,
                    },
                    lambda: by_name[name].run(self._desk, self._desk.now()),
                )

    # --- rule 2: what the dead left is taken back ---

    def _take_back(self) -> None:
        """Of others what died with them; of this process what a broken connection made it let go of."""
        now = self._desk.steady()
        found = _under_way_of(None)
        owners = {one.executor_id for one in found} - {self.name, None}
        lost = {one.workflow_id for one in found if one.executor_id == self.name} - self._under_way.names()
        suspects = {*(owner for owner in owners if owner and self._is_free(owner)), *lost}
        self._suspected = {one: self._suspected.get(one, now) for one in suspects}
        for one, since in self._suspected.items():
            if one in lost:
                if now - since >= self._plan.minute / 6:  # it may be between being taken and being begun
                    self._resume([work for work in found if work.workflow_id == one], "this process, which let it go")
            elif now - since >= self._plan.grace and self._locks.take(one):
                try:
                    self._begin_again(one)
                finally:
                    self._locks.give_back(one)

    def _is_free(self, owner: str) -> bool:
        taken = self._locks.take(owner)
        if taken:
            self._locks.give_back(owner)
        return taken

    def _begin_again(self, owner: str) -> None:
        left = []
        for one in _under_way_of(owner):
            deaths = int((one.attributes or {}).get("deaths", 0)) + 1
            DBOS.update_workflow_attributes(one.workflow_id, {"deaths": deaths})
            if deaths >= self._plan.deaths:
                log.error("%s was under way in %s processes when they died: given up", one.workflow_id, deaths)
                DBOS.cancel_workflow(one.workflow_id)
            else:
                left.append(one)
        self._resume(left, f"{owner}, which died")

    def _resume(self, left: list[Any], whose: str) -> None:
        for one in left:
            log.warning("%s is taken back from %s", one.workflow_id, whose)
            DBOS.resume_workflow(one.workflow_id, queue_name=one.queue_name)


def speak_through_us() -> None:
    """DBOS gives its log a way out of its own where it finds none."""
    dbos = logging.getLogger("dbos")
    if not dbos.handlers:
        dbos.addHandler(logging.NullHandler())
    dbos.setLevel(logging.WARNING)


def _under_way_of(owner: str | None) -> list[Any]:
    return DBOS.list_workflows(status="PENDING", executor_id=owner, load_input=False, load_output=False)


class _UnderWay:
    """What this process is doing, by name."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: Counter[str] = Counter()

    @contextmanager
    def doing(self, name: str | None) -> Iterator[None]:
        with self._lock:
            self._names[str(name)] += 1
        try:
            yield
        finally:
            with self._lock:
                self._names[str(name)] -= 1

    def names(self) -> set[str]:
        with self._lock:
            self._names = +self._names
            return set(self._names)

    def any(self) -> bool:
        return bool(self.names())
