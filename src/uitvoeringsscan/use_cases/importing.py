"""Following the House's open data: what changed is taken from its feed, and what it concerns is put on a list to be read.

How far a feed was read is written in the transaction that keeps what was read, and only if nobody else was there first. So
a process can die at any moment, two may run at once, and nothing is lost or done twice. What is on the list is read in
`import_cases`; nothing here or there starts a scan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from uitvoeringsscan.parliament.anomalies import Anomaly, AnomalyKind
from uitvoeringsscan.parliament.answers import read_moment
from uitvoeringsscan.parliament.feed import Category, Entry, FeedPage
from uitvoeringsscan.parliament.judging import BILL_PAPERS
from uitvoeringsscan.parliament.proposals import Proposal, ProposalState
from uitvoeringsscan.parliament.records import AMENDMENT, Case
from uitvoeringsscan.use_cases.import_cases import read_bill_of, read_one
from uitvoeringsscan.use_cases.ports import Desk, Work
from uitvoeringsscan.use_cases.ports_parliament import BILL, CASE, Parliament, Place, Todo, Unreachable

WORK = "parliament"
"""The kind of work that a sweep leaves."""

_SECONDS = 45.0
"""How long one turn may take; the next one goes on where it stopped."""

OLD = timedelta(days=730)
"""A case that began longer ago and was not known is a correction in old data, not news."""
_REREAD, _REREAD_SINCE, _REREAD_MANY = timedelta(hours=12), timedelta(days=180), 25
"""What is alive is read anew now and then, though no change was seen: not every relation shows in the feed."""

_AFTER_FAULT, _LONGEST = timedelta(minutes=1), timedelta(hours=1)
_GIVEN_UP_ON = 5
"""Attempts after which the coordinator is told. It goes on being tried."""
_FINE, _HIGHEST = 2_000, 2**40

Say = Callable[[str], None]


@dataclass(slots=True)
class Progress:
    """What one turn did. `complete`: every feed was read to its end, and nothing is left on the list that is due."""

    entries: int = 0
    read: int = 0
    faults: int = 0
    complete: bool = True


class _Overtaken(Exception):
    """Another process reads the same feed, and was first."""


def sweep(desk: Desk, now: datetime) -> None:
    """Leave the work of one turn, once in every interval. It asks the network, so it is not done here."""
    if desk.parliament is None:
        return
    slot = int(now.timestamp() // desk.parliament.every.total_seconds())
    with desk.writing() as work:
        work.outbox.enqueue(WORK, f"turn-{slot}", {})


def run(desk: Desk, _key: str, _payload: Mapping[str, object]) -> None:
    follow(desk)


def follow(desk: Desk, *, say: Say = lambda _: None, seconds: float = _SECONDS) -> Progress:
    """One turn: read every feed to its end, then everything on the list that is due; as far as time allows."""
    progress = Progress()
    parliament = desk.parliament
    if parliament is None:
        return progress
    until = desk.steady() + seconds
    try:
        begin(desk, parliament, say)
        for category in Category:
            _feed(desk, parliament, category, until, progress, say)
        _put_back(desk)
        _list(desk, parliament, until, progress, say)
        if progress.complete:
            _caught_up(desk)
    except Unreachable as error:
        say(f"niet bereikbaar: {error}")
        progress.complete = False
    except _Overtaken:
        say("een ander proces leest al")
        progress.complete = False
    finally:
        parliament.rest()
    return progress


# --- where to begin ---------------------------------------------------------------------------------------------------


def begin(desk: Desk, parliament: Parliament, say: Say) -> None:
    """The first time: find the place in the feed from which on changes are as young as is asked. One number for all."""
    with desk.reading() as work:
        places = work.house.places()
    missing = [category for category in Category if category not in places]
    if not missing:
        return
    token = min((place.token for place in places.values()), default=-1)
    if token < 0:
        token = _find(parliament, desk.now() - parliament.since)
        say(f"we beginnen bij {token}")
    now = desk.now()
    with desk.writing() as work:
        work.house.begin([Place(category=one, token=token, since=now, before=0) for one in missing])


def _find(parliament: Parliament, moment: datetime) -> int:
    """A place shortly before the first change at or after `moment`. The feed is in the order in which changes came in."""

    def late(token: int) -> bool:
        page = parliament.changes(Category.CASE, token, None)
        first = next((entry.at for entry in page.entries if entry.at is not None), None) if page else None
        return first is None or first >= moment

    low, high = 0, 65_536
    while not late(high) and high < _HIGHEST:
        low, high = high, high * 4
    while high - low > _FINE:
        middle = (low + high) // 2
        low, high = (low, middle) if late(middle) else (middle, high)
    return low


# --- the feed ---------------------------------------------------------------------------------------------------------


def _feed(desk: Desk, parliament: Parliament, category: Category, until: float, progress: Progress, say: Say) -> None:
    """Read one feed to its end. A fault is kept with it, and keeps nobody from reading the others."""
    with desk.reading() as work:
        place = work.house.places()[category]
    if place.not_before is not None and place.not_before > desk.now():
        progress.complete = False
        return
    try:
        while desk.steady() < until:
            page = parliament.changes(category, place.token, place.tag)
            if page is not None and page.entries and (page.token is None or page.token <= place.token):
                raise Unreachable(f"the feed of {category.value} stands still at {place.token}")
            place = _keep(desk, category, place, page)
            progress.entries += len(page.entries) if page else 0
            if page is None or page.caught_up:
                say(f"{category.value}: bij tot {place.token}, {place.entries} berichten in totaal")
                return
            say(f"{category.value}: {len(page.entries)} berichten gelezen tot {place.token}")
        progress.complete = False
    except Unreachable as error:
        progress.faults += 1
        progress.complete = False
        _keep_fault(desk, place, error)
        say(f"{category.value}: {error}")
        if error.everyone:
            raise


def _keep(desk: Desk, category: Category, place: Place, page: FeedPage | None) -> Place:
    """What was read and how far, in one transaction."""
    now = desk.now()
    found = page or FeedPage(caught_up=True, tag=place.tag)
    token = place.token if found.token is None else max(found.token, place.token)
    newer = replace(
        place,
        token=token,
        tag=found.tag if token == place.token else None,  # it belongs to the page at this very place
        read_at=now if found.caught_up else place.read_at,
        entries=place.entries + len(found.entries),
        faults=0,
        fault=None,
        fault_at=None,
        not_before=None,
    )
    newer = _moving(place, newer, found.entries, now)
    with desk.writing() as work:
        if not work.house.advance(place, newer):
            raise _Overtaken
        _take_in(work, category, found, now)
    return newer


def _moving(place: Place, newer: Place, entries: Sequence[Entry], now: datetime) -> Place:
    """What there is to tell about how far a catch-up is. It begins with the first entry that comes when all had been read."""
    if not entries:
        return newer
    moments = [entry.at for entry in entries if entry.at is not None]
    return replace(
        newer,
        since=place.since or now,
        before=place.before if place.since else place.entries,
        start=(place.start if place.since else None) or (moments[0] if moments else None),
        reached=moments[-1] if moments else place.reached,
        moved_at=now,
    )


def _caught_up(desk: Desk) -> None:
    """All that there was has been read: the catch-up is over. Where another process reads on, it is not."""
    with desk.reading() as work:
        under_way = [place for place in work.house.places().values() if place.since is not None]
    if under_way:
        with desk.writing() as work:
            for place in under_way:
                work.house.advance(place, replace(place, since=None, start=None, before=None))


def _keep_fault(desk: Desk, place: Place, error: Unreachable) -> None:
    now = desk.now()
    wait = max(min(_AFTER_FAULT * 2**place.faults, _LONGEST), timedelta(seconds=min(error.wait or 0, 86_400)))
    changed = {"faults": place.faults + 1, "fault": str(error)[:500], "fault_at": now, "not_before": now + wait}
    with desk.writing() as work:
        work.house.advance(place, replace(place, **changed))


def _take_in(work: Work, category: Category, page: FeedPage, now: datetime) -> None:
    """Put on the list whatever these entries concern; a new amendment is known from here on."""
    house = work.house
    involved = house.involved({one for entry in page.entries for one in entry.concerns(category)})
    wanted = {case for cases in involved.values() for case in cases}
    if category is Category.CASE:
        fresh = [_seen(entry, now) for entry in page.entries if entry.id not in involved and _is_news(entry, now)]
        house.add(fresh)
        wanted |= {proposal.case.id for proposal in fresh}
    house.queue(CASE, wanted, now)
    if category is Category.DOCUMENT:
        house.queue(BILL, _bills(work, page.entries), now)
    if page.unreadable:
        odd = [
            Anomaly(kind=AnomalyKind.ENTRY_UNREADABLE, subject=category.value, fact=line[:200])
            for line in page.unreadable
        ]
        house.note(category.value, odd, (), now)


def _is_news(entry: Entry, now: datetime) -> bool:
    if entry.deleted or entry.fields.get("soort") != AMENDMENT:
        return False
    started = read_moment(entry.fields.get("gestartOp"))
    return started is None or started > now - OLD


def _seen(entry: Entry, now: datetime) -> Proposal:
    fields = entry.fields
    case = Case(
        id=entry.id,
        kind=AMENDMENT,
        number=fields.get("nummer", "")[:40] or None,
        title=fields.get("titel"),
        subject=fields.get("onderwerp"),
    )
    return Proposal(case=case, state=ProposalState.SEEN, seen_at=now)


def _bills(work: Work, entries: Iterable[Entry]) -> set[str]:
    """The bills that are followed and got a text."""
    named = {
        dossier
        for entry in entries
        if entry.fields.get("soort") in BILL_PAPERS
        for dossier in entry.refs.get("kamerstukdossier", ())
    }
    return {followed.dossier.id for followed in work.house.dossiers(named)} if named else set()


# --- the list ---------------------------------------------------------------------------------------------------------


def _put_back(desk: Desk) -> None:
    now = desk.now()
    with desk.reading() as work:
        found = work.house.undecided(now - _REREAD, now - _REREAD_SINCE, _REREAD_MANY)
    if found:
        with desk.writing() as work:
            work.house.queue(CASE, found, now)


_READERS: dict[str, Callable[[Desk, Parliament, Todo], None]] = {CASE: read_one, BILL: read_bill_of}


def _list(desk: Desk, parliament: Parliament, until: float, progress: Progress, say: Say) -> None:
    """Read what is due, one by one. Whatever is wrong with one of them, the others are read."""
    while True:
        with desk.reading() as work:
            due = work.house.due(desk.now(), 20)
        if not due:
            return
        for todo in due:
            if desk.steady() >= until:
                progress.complete = False
                return
            try:
                _READERS[todo.kind](desk, parliament, todo)
                progress.read += 1
            except Unreachable as error:
                progress.faults += 1
                progress.complete = False
                _postpone(desk, todo, str(error))
                say(f"{todo.kind} {todo.id}: {error}")
                if error.everyone:
                    raise
            except Exception as error:  # noqa: BLE001  one that cannot be read must not keep the others from being read
                progress.faults += 1
                what = f"{type(error).__name__}: {error}"
                _postpone(desk, todo, what, told=True)
                say(f"{todo.kind} {todo.id}: {what}")


def _postpone(desk: Desk, todo: Todo, why: str, *, told: bool = False) -> None:
    """Try again later, each time twice as late; after some attempts the coordinator sees it too."""
    now, attempts = desk.now(), todo.attempts + 1
    wait = min(_AFTER_FAULT * 2**todo.attempts, 12 * _LONGEST)
    with desk.writing() as work:
        work.house.postpone(replace(todo, due_at=now + wait, attempts=attempts, why=why[:500]))
        if told or attempts >= _GIVEN_UP_ON:
            odd = Anomaly(kind=AnomalyKind.CASE_UNREADABLE, subject=todo.id, fact=why[:200])
            work.house.note(todo.id, [odd], (AnomalyKind.CASE_UNREADABLE,), now)
