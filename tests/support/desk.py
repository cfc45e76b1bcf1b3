"""A Desk over a real database, with a clock that stands still, an actor for every role, and scans at any point of the road.

    with opened(url) as world:
        scan = world.routed("uwv", "svb")
        world.settle(scan, "uwv")

Nothing here is faked but the clock and, unless asked for, the PDF: its rendering is slow and has tests of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, create_engine, func, select

from tests.support.work import take_work, waiting_work
from uitvoeringsscan.amendments.amendment import Amendment, Submitter
from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.bootstrap import make_desk
from uitvoeringsscan.errors import InvalidInput
from uitvoeringsscan.identifiers import AgencyCode, AssessmentId, Principal, ScanId, assessment_id
from uitvoeringsscan.people.people import OF_AN_AGENCY, Actor, Role
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.rubrics.library import Library
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.settings import Settings
from uitvoeringsscan.storage import tables
from uitvoeringsscan.storage.backlog import StoredBacklog
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.storage.work import read_transaction, write_transaction
from uitvoeringsscan.use_cases import answering, coordinating, publishing, signing_keys, submitting
from uitvoeringsscan.use_cases.ports import Desk
from uitvoeringsscan.use_cases.reading import PARLIAMENT
from uitvoeringsscan.use_cases.telling import ANNOUNCED

START = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
"""A Monday morning, eight days before the vote."""
VOTE = datetime(2026, 12, 8, 15, 0, tzinfo=UTC)

TEXT = (
    "De ondergetekende stelt het volgende amendement voor:\n\nI\n\nIn artikel I, onderdeel A, wordt in artikel 16 van de "
    "Werkloosheidswet «acht weken» vervangen door «zes weken».\n\nToelichting\n\nMensen weten dan eerder of zij een "
    "uitkering van het UWV krijgen.\n\nVoorbeeld\n"
)
TITLE = "Wijziging van de Werkloosheidswet (Wet voorbeeld kortere termijn)"


@dataclass(slots=True)
class Clock:
    """Stands still until it is moved."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


def actor(role: Role, agency: str | None = None, *, name: str = "") -> Actor:
    """Somebody with one role; the same words give the same person."""
    who = name or "-".join(filter(None, (role.value, agency)))
    return Actor(
        principal=Principal(f"{who}@voorbeeld.example"),
        name=who,
        roles=frozenset({role}),
        agency=AgencyCode(agency) if agency else None,
    )


SUBMITTER = actor(Role.SUBMITTER)
OTHER_SUBMITTER = actor(Role.SUBMITTER, name="andere-indiener")
COORDINATOR = actor(Role.COORDINATOR)
READER = actor(Role.READER)
ADMIN = actor(Role.ADMIN)


def respondent(agency: str) -> Actor:
    return actor(Role.RESPONDENT, agency)


def approver(agency: str) -> Actor:
    return actor(Role.APPROVER, agency)


def of_role(role: Role, agency: str = "uwv") -> Actor:
    """An actor with this role, of `agency` when the role belongs to one."""
    return actor(role, agency if role in OF_AN_AGENCY else None)


def amendment(**more: Any) -> Amendment:
    """An invented amendment; any part of it can be another."""
    given: dict[str, Any] = {
        "text": TEXT,
        "title": TITLE,
        "dossier_number": "99001",
        "paper_number": "14",
        "submitters": (Submitter(name="Voorbeeld", party="Fractie Aurora"),),
    }
    return Amendment(**{**given, **more})


@cache
def _knowing() -> Desk:
    """The composition root's own desk; its knowledge is read once. Its database is never opened."""
    settings = Settings(database_url="sqlite:///never-opened.sqlite3")
    return make_desk(settings, create_engine(settings.database_url))


def library() -> Library:
    return _knowing().library


@dataclass(slots=True)
class World:
    """A desk, the engine under it, and short ways to every point of the road."""

    url: str
    engine: Engine
    desk: Desk
    clock: Clock = field(default_factory=Clock)

    # --- the road ---

    def submitted(self, by: Actor = SUBMITTER, **more: Any) -> ScanId:
        """A submitted scan. `vote`, `confidential` and `draft` are the scan's, all else is the amendment's."""
        command = submitting.SubmitScan(
            vote=more.pop("vote", VOTE),
            confidential=more.pop("confidential", False),
            draft=more.pop("draft", False),
            amendment=amendment(**more),
        )
        return submitting.submit_scan(self.desk, by, command).id

    def routed(self, *agencies: str, **more: Any) -> ScanId:
        scan = self.submitted(**more)
        self.route(scan, *(agencies or ("uwv",)))
        return scan

    def route(self, scan: ScanId, *agencies: str) -> Scan:
        return coordinating.confirm_routing(self.desk, COORDINATOR, scan, None, agencies)

    def filled(self, scan: ScanId, agency: str, wanted: Mapping[str, Any] | None = None) -> Assessment:
        """Complete answers, saved and not yet handed in."""
        with self.desk.reading() as work:
            file = work.assessments.get(scan, AgencyCode(agency))
        assert file is not None
        rubric = next(r for r in library() if r.ref == file.rubric)

        def attempt(values: Mapping[str, Any]) -> Sequence[str]:
            answering.save_answers(self.desk, respondent(agency), file.id, None, values, {})
            try:
                with self.desk.reading() as work:
                    saved = work.assessments.get(scan, AgencyCode(agency))
                assert saved is not None
                answering.read_stored(rubric, saved)
            except InvalidInput as error:
                return [p.question for p in error.problems if p.code == "verplicht" and p.question]
            return []

        completed(rubric.to_wire(), attempt, wanted or {})
        return self.file(scan, agency)

    def handed_in(self, scan: ScanId, agency: str, wanted: Mapping[str, Any] | None = None) -> Assessment:
        self.filled(scan, agency, wanted)
        return answering.hand_in(self.desk, respondent(agency), assessment_id(scan, AgencyCode(agency)), None)

    def settle(self, scan: ScanId, *agencies: str, wanted: Mapping[str, Any] | None = None) -> None:
        for agency in agencies:
            self.handed_in(scan, agency, wanted)
            answering.approve(self.desk, approver(agency), file_of(scan, agency), None)

    def assessed(self, *agencies: str, **more: Any) -> ScanId:
        asked = agencies or ("uwv",)
        scan = self.routed(*asked, **more)
        self.settle(scan, *asked)
        return scan

    def published(self, *agencies: str, **more: Any) -> ScanId:
        scan = self.assessed(*agencies, **more)
        self.publish(scan)
        return scan

    def publish(self, scan: ScanId) -> Publication:
        return publishing.publish(self.desk, COORDINATOR, scan, None)

    def in_state(self, state: ScanState) -> ScanId:
        """A fresh scan of SUBMITTER's in this state, with uwv asked wherever anybody is."""
        ways: dict[ScanState, Callable[[], ScanId]] = {
            ScanState.DRAFT: lambda: self.submitted(draft=True),
            ScanState.SUBMITTED: self.submitted,
            ScanState.IN_ASSESSMENT: self.routed,
            ScanState.ASSESSED: self.assessed,
            ScanState.PUBLISHED: self.published,
            ScanState.WITHDRAWN: self._withdrawn,
            ScanState.REPLACED: self._replaced,
        }
        return ways[state]()

    def _withdrawn(self) -> ScanId:
        scan = self.routed()
        submitting.withdraw_scan(self.desk, SUBMITTER, scan, None, "Er komt een andere tekst.")
        return scan

    def _replaced(self) -> ScanId:
        scan = self.routed(paper_number="71")
        self.routed(paper_number="72", replaces="71")
        return scan

    # --- what stands ---

    def scan(self, scan: str) -> Scan:
        with self.desk.reading() as work:
            found = work.scans.get(ScanId(scan))
        assert found is not None
        return found

    def file(self, scan: ScanId, agency: str) -> Assessment:
        with self.desk.reading() as work:
            found = work.assessments.get(scan, AgencyCode(agency))
        assert found is not None
        return found

    def events(self, scan: ScanId) -> list[str]:
        with self.desk.reading() as work:
            return [line.event for line in work.journal.of_scan(scan)]

    def chain(self) -> list[tuple[str, bytes]]:
        """Every publication as (number, document), the way the verifier takes them."""
        with self.desk.reading() as work:
            return [(p.number, p.document) for p in work.publications.every()]

    # --- the work that was left behind ---

    def enqueued(self, kind: str | None = None) -> list[tuple[str, str, dict[str, Any]]]:
        """Work that waits, of one kind or of all, as (kind, key, payload) in the order in which it was left."""
        return [(one.kind, one.key, dict(one.payload)) for one in waiting_work(self.engine) if kind in (None, one.kind)]

    def work_off(self, limit: int = 1000) -> list[tuple[str, str]]:
        """Do all work that waits, and what that leaves in its turn, once each and in order; (kind, key) of what was done.

        An exception in the work comes through, and the work that raised it waits no more.
        """
        from uitvoeringsscan.jobs.kinds import KINDS

        done = []
        while waiting := waiting_work(self.engine):
            for one in waiting:
                take_work(self.engine, one)
                KINDS[one.kind].run(self.desk, one.key, one.payload)
                done.append((one.kind, one.key))
                assert len(done) <= limit, "work leaves work without an end"
        return done

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table: equal before and after means that nothing was stored."""
        with self.engine.connect() as connection:
            return {
                table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
                for table in tables.metadata.sorted_tables
            }

    def counts(self) -> dict[str, int]:
        with self.engine.connect() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in tables.metadata.sorted_tables
            }


@contextmanager
def opened(url: str, *, pdf: bool = False, engine: Engine | None = None) -> Iterator[World]:
    """A world over the migrated database at `url`; every connection is closed at the end."""
    own = engine or open_engine(url)
    clock = Clock()
    desk = replace(
        _knowing(),
        writing=lambda: write_transaction(own, ANNOUNCED),
        reading=lambda: read_transaction(own),
        backlog=StoredBacklog(own),
        now=clock.now,
        today=lambda: clock.now().astimezone(PARLIAMENT).date(),
    )
    if not pdf:
        desk = replace(desk, render_pdf=lambda document: b"%PDF-1.7\n" + sha256(document).hexdigest().encode())
    signing_keys.ensure(desk)
    try:
        yield World(url=url, engine=own, desk=desk, clock=clock)
    finally:
        own.dispose()


def file_of(scan: str, agency: str) -> AssessmentId:
    return assessment_id(ScanId(scan), AgencyCode(agency))


# --- answering any questionnaire by reading it ------------------------------------------------------------------------


def questions(questionnaire: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Of a questionnaire as it stands on the wire: every question by its code."""
    return {question["code"]: question for part in questionnaire["onderdelen"] for question in part["vragen"]}


def plain_answer(question: Mapping[str, Any]) -> Any:
    """Some right answer to a question on the wire; the first option where there are options."""
    by_kind: dict[str, Callable[[], Any]] = {
        "keuze": lambda: question["opties"][0]["code"],
        "meerkeuze": lambda: [question["opties"][0]["code"]],
        "ja-nee": lambda: True,
        "getal": lambda: question.get("minimum", 12),
        "bedrag": lambda: 250_000,
        "fte": lambda: 2.5,
        "datum": lambda: "2027-07-01",
        "tekst": lambda: "Dit is een antwoord in één zin.",
    }
    return by_kind[question["soort"]]()


def completed(
    questionnaire: Mapping[str, Any],
    attempt: Callable[[Mapping[str, Any]], Sequence[str]],
    wanted: Mapping[str, Any],
) -> dict[str, Any]:
    """Answers that are complete, found as a machine would: `attempt` gives the codes that are still required.

    wanted  answers to give where these questions are asked
    """
    by_code = questions(questionnaire)
    values: dict[str, Any] = {}
    for _ in range(len(by_code) + 1):
        missing = attempt(values)
        if not missing:
            return values
        values |= {code: wanted.get(code, plain_answer(by_code[code])) for code in missing}
    raise AssertionError(f"still incomplete after answering everything that was asked: {missing}")


# --- at the same moment -----------------------------------------------------------------------------------------------

PATIENCE = 60
"""Seconds after which threads that should have met, or ended, are given up as stuck."""


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run these at the same moment, each in a thread; what each returned, or the exception it raised."""
    barrier = threading.Barrier(len(calls), timeout=PATIENCE)
    results: list[Any] = [None] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            results[index] = call()
        except Exception as error:  # noqa: BLE001  whatever it is, the test must see it
            results[index] = error

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "a thread is stuck"
    return results


def meeting(parties: int, *, forced: bool = True) -> Callable[[], None]:
    """A point where this many threads wait for each other, once; whoever comes later walks on.

    forced  they have to meet. Otherwise they meet if nothing keeps them apart: where a lock does, the first one waits for
            a moment and goes on alone. So a race that the lock prevents is certain to happen without it.
    """
    barrier = threading.Barrier(parties, timeout=PATIENCE if forced else 1)
    passed = threading.Event()

    def meet() -> None:
        if passed.is_set():
            return
        with suppress(*([] if forced else [threading.BrokenBarrierError])):
            barrier.wait()
        passed.set()

    return meet
