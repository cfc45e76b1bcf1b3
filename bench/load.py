"""The evening before a vote: 150 members and 400 people of agencies at work at once, on PostgreSQL: `make bench-load`.

The service runs as an operator starts it in its grown form: two server processes and one worker process, on a PostgreSQL
of this run's own. Everybody signs in through the page of the demonstration, keeps a session and a connection, and thinks
between two requests. Members read publications, the page of the day of the vote and how their own scan stands, and now and
then submit an amendment. People of agencies open their list, a file and its sections, save drafts of answers, comment, hand
in; others approve. Four parts, each with the same people and the same paces:

    tenth     one in ten of them
    all       everybody
    readers   everybody, while 500 readers that never signed in read the public pages
    again     everybody, without the readers: what drifted meanwhile (more answers, more journal) is in the ratio's other side

What was acknowledged is read back from the database at the end. The exit status is 1 when an answer was a 5xx, or when
something acknowledged is not there. Loopback only, bounded, and it ends what it starts.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

from sqlalchemy import func, select

from tests.support import postgres
from tests.support.desk import COORDINATOR, World, amendment, respondent
from tests.support.service import SERVE, running, stop
from tests.support.site import forms
from uitvoeringsscan.assessments.assessment import AssessmentState
from uitvoeringsscan.bootstrap import make_desk
from uitvoeringsscan.demo import fill
from uitvoeringsscan.identifiers import Principal, ScanId, assessment_id
from uitvoeringsscan.people.people import SERVICE, Person, Role, actor_of_person
from uitvoeringsscan.settings import Environment, Settings
from uitvoeringsscan.storage import schema, tables
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.use_cases import accounts, answering, coordinating, submitting

ROOT = Path(__file__).parent.parent
AGENCIES = ("uwv", "svb", "gemeenten", "dienst-toeslagen", "belastingdienst", "cak", "duo", "cjib")
SCANS = 48
APPROVERS = 0.28
"""Of an agency's people; the others answer."""
THINK, READER_THINK = 12.0, 5.0
"""Seconds between two requests of one person, on average."""
PATIENCE = 30.0
"""Seconds that somebody waits for an answer before it counts as none."""
WORDS = "Wij passen hiervoor een bestaand proces aan en leiden onze mensen daarvoor op."
GROUPS = ("leden", "organisaties, lezen", "organisaties, schrijven", "lezers")
PARTS = ("tenth", "all", "readers", "again")

Fields = list[tuple[str, str]]
Walk = AsyncGenerator[None, None]


@dataclass(slots=True)
class Kept:
    """What the service acknowledged, by what it is; the value is what must be found back."""

    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    saves: Counter[str] = field(default_factory=Counter)
    comments: set[str] = field(default_factory=set)
    handed_in: set[str] = field(default_factory=set)
    approved: set[str] = field(default_factory=set)
    scans: dict[str, str] = field(default_factory=dict)
    unknown: int = 0

    @property
    def count(self) -> int:
        return self.saves.total() + len(self.comments) + len(self.handed_in) + len(self.approved) + len(self.scans)


@dataclass(slots=True)
class Evening:
    """What everybody shares: where the service is, what part of the run this is, and what was measured and kept."""

    host: str
    port: int
    day: str
    publications: Sequence[str]
    part: str = "signing in"
    times: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    kept: Kept = field(default_factory=Kept)
    waiting: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    serial: int = 0

    def next(self) -> int:
        self.serial += 1
        return self.serial

    def asked(self, part: str) -> int:
        return sum(len(times) for (when, _), times in self.times.items() if when == part)


class Cut(Exception):
    """The connection ended, or nothing came in time, before the answer was whole: nobody knows what became of it."""


@dataclass(slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    @property
    def text(self) -> str:
        return (
            gzip.decompress(self.body) if b"\r\ncontent-encoding: gzip" in self.head.lower() else self.body
        ).decode()

    def header(self, name: str) -> str:
        found = re.search(rb"\r\n" + name.encode() + rb": ([^\r]*)", self.head, re.IGNORECASE)
        return found[1].decode() if found else ""


class Browser:
    """One connection that stays open as long as the service lets it, and the cookie of one session."""

    def __init__(self, evening: Evening, group: str) -> None:
        self.evening, self.group, self.cookie = evening, group, ""
        self._pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        return await self._ask(f"GET {path} HTTP/1.1\r\n", b"", "lezen")

    async def post(self, path: str, fields: Fields) -> Answer:
        body = urlencode(fields).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            f"Sec-Fetch-Site: same-origin\r\n"
        )
        return await self._ask(head, body, "schrijven")

    async def _ask(self, start: str, body: bytes, kind: str) -> Answer:
        evening = self.evening
        group = f"{self.group}, {kind}" if self.group == "organisaties" else self.group
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        head = f"{start}Host: {evening.host}:{evening.port}\r\nAccept-Encoding: gzip\r\n{cookie}\r\n".encode()
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._exchange(head + body)
        except (OSError, EOFError, TimeoutError) as error:
            await self.close()
            evening.statuses[evening.part, group, 0] += 1
            raise Cut(str(error)) from error
        evening.times[evening.part, group].append((time.perf_counter() - begun) * 1000)
        evening.statuses[evening.part, group, answer.status] += 1
        return answer

    async def _exchange(self, request: bytes) -> Answer:
        # The service closes what was idle for some seconds; whoever goes on then opens a new connection, as browsers do.
        if self._pipe is None or self._pipe[0].at_eof() or self._pipe[1].is_closing():
            await self.close()
            self._pipe = await asyncio.open_connection(self.evening.host, self.evening.port, limit=1 << 22)
        reader, writer = self._pipe
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: (\d+)", head, re.IGNORECASE)
        if length is None:
            raise OSError("an answer without a length")
        return Answer(int(head[9:12]), head, await reader.readexactly(int(length[1])))

    async def close(self) -> None:
        if self._pipe is not None:
            self._pipe[1].close()
            with suppress(OSError):
                await self._pipe[1].wait_closed()
        self._pipe = None


def filled(page: Answer, action: str) -> Fields | None:
    """The form that goes to `action`, as it stands on the page."""
    found = [form for form in forms(SimpleNamespace(text=page.text)) if form["action"] == action]  # type: ignore[arg-type]
    return list(found[0]["fields"]) if found else None


@dataclass(slots=True)
class Somebody:
    """A person with a browser. `walk` goes on from one request to the next; between two of them they think."""

    evening: Evening
    browser: Browser
    chance: random.Random
    think: float
    walk: Walk | None = None

    async def go(self, until: float) -> None:
        await asyncio.sleep(self.chance.uniform(0, self.think))
        assert self.walk is not None
        while time.perf_counter() < until:
            await anext(self.walk)
            await asyncio.sleep(min(self.chance.uniform(0.4, 1.6) * self.think, max(0.0, until - time.perf_counter())))

    def new_words(self, what: str) -> str:
        return f"{WORDS} {what} {self.evening.next()}."


async def reader(me: Somebody) -> Walk:
    """Somebody who never signed in."""
    paths = [
        "/",
        "/publicaties",
        f"/stemmingen/{me.evening.day}",
        *(f"/publicaties/{n}" for n in me.evening.publications),
    ]
    while True:
        with suppress(Cut):
            await me.browser.get(me.chance.choice(paths))
        yield


async def member(me: Somebody, own: str | None) -> Walk:
    evening, browser = me.evening, me.browser
    while True:
        with suppress(Cut):
            number = me.chance.choice(evening.publications)
            mine = f"/mijn-scans/{own}" if own else "/mijn-scans"
            paths = ("/publicaties", f"/publicaties/{number}", f"/stemmingen/{evening.day}", mine, mine)
            await browser.get(me.chance.choice(paths))
        yield
        if me.chance.random() < 0.1:
            with suppress(Cut):
                page = await browser.get("/indienen")
                yield
                own = await submitted(me, page) or own
            yield


async def submitted(me: Somebody, page: Answer) -> str | None:
    form = dict(filled(page, "/indienen/gelezen") or ())
    number = str(1000 + me.evening.next())
    title = f"Wijziging van de Werkloosheidswet (Wet voorbeeld kortere termijn), versie {number}"
    given = amendment(title=title, paper_number=number)
    sent = {
        "csrf": form.get("csrf", ""), "tekst": given.text, "titel": title, "dossiernummer": "99001", "toevoeging": "",
        "ondernummer": number, "soort": "amendement", "vervangt": "", "indieners": "Voorbeeld (Fractie Aurora)",
        "ontvangen": "", "stemmingsdag": me.evening.day, "stemmingstijd": "16.00", "vertrouwelijk": "", "actie": "indienen",
    }  # fmt: skip
    answer = await written(me, "/indienen", list(sent.items()))
    if answer is None:
        return None
    scan = urlsplit(answer.header("location")).path.rpartition("/")[2]
    me.evening.kept.scans[scan] = title
    return scan


async def written(me: Somebody, path: str, fields: Fields) -> Answer | None:
    """The answer when the service said that it was done: it leads on to another page."""
    try:
        answer = await me.browser.post(path, fields)
    except Cut:
        me.evening.kept.unknown += 1
        raise
    return answer if answer.status == 303 else None


async def answerer(me: Somebody, principal: str, agency: str, files: Sequence[str]) -> Walk:
    """Answers the agency's files one after the other; a colleague works on the same ones."""
    evening, browser, index = me.evening, me.browser, 0
    while True:
        file = files[index % len(files)]
        with suppress(Cut):
            await browser.get("/uitvragen")
            yield
            page = await browser.get(f"/uitvragen/{file}")
            yield
            parts = sorted(set(re.findall(rf'href="/uitvragen/{file}/onderdeel/([a-z0-9-]+)', page.text)))
            if file in evening.kept.handed_in or not parts:
                index += 1
                continue
            for part in me.chance.sample(parts, min(3, len(parts))):
                page = await browser.get(f"/uitvragen/{file}/onderdeel/{part}")
                yield
                await save(me, principal, file, part, page)
                yield
            if me.chance.random() < 0.33:
                await comment(me, file, page)
                yield
            if me.chance.random() < 0.6:
                page = await browser.get(f"/uitvragen/{file}/nakijken")
                yield
                if await sign(me, file, page, "indienen"):
                    evening.kept.handed_in.add(file)
                    evening.waiting[agency].append(file)
                    index += 1
        yield


async def save(me: Somebody, principal: str, file: str, part: str, page: Answer) -> None:
    path = f"/uitvragen/{file}/onderdeel/{part}"
    form = filled(page, path)
    asked = [name for name, _ in form or () if name.endswith(".toelichting")]
    if form is None or not asked:
        return
    name, words = me.chance.choice(asked), me.new_words("Antwoord")
    key = (file, name.removesuffix(".toelichting"))
    before = me.evening.kept.answers.pop(key, None)
    changed = [(each, words if each == name else value) for each, value in form]
    answer = await written(me, path, [*changed, (".naar", "overzicht")])
    if answer is not None:
        me.evening.kept.answers[key] = words
        me.evening.kept.saves[principal] += 1
    elif (
        before is not None and key not in me.evening.kept.answers
    ):  # said to be refused: then the earlier one must stand
        me.evening.kept.answers[key] = before


async def comment(me: Somebody, file: str, page: Answer) -> None:
    form = filled(page, f"/uitvragen/{file}/onderdeel/{question_part(page)}") or []
    questions = [value for name, value in form if name == ".vraag"]
    if not questions:
        return
    words = me.new_words("Opmerking")
    sent = [("csrf", dict(form)["csrf"]), ("vraag", me.chance.choice(questions)), ("opmerking", words)]
    if await written(me, f"/uitvragen/{file}/opmerkingen", sent) is not None:
        me.evening.kept.comments.add(words)


def question_part(page: Answer) -> str:
    found = re.search(r'action="/uitvragen/[^/"]+/onderdeel/([a-z0-9-]+)"', page.text)
    return found[1] if found else ""


async def sign(me: Somebody, file: str, page: Answer, what: str) -> bool:
    form = filled(page, f"/uitvragen/{file}/{what}")
    return form is not None and await written(me, f"/uitvragen/{file}/{what}", form) is not None


async def approver(me: Somebody, agency: str, files: Sequence[str]) -> Walk:
    evening, browser = me.evening, me.browser
    while True:
        with suppress(Cut):
            await browser.get("/uitvragen")
            yield
            waiting = evening.waiting[agency]
            file = waiting.pop(0) if waiting else me.chance.choice(files)
            page = await browser.get(f"/uitvragen/{file}/nakijken")
            yield
            if file in evening.kept.handed_in and await sign(me, file, page, "vaststellen"):
                evening.kept.approved.add(file)
        yield


# What is there before the evening begins -----------------------------------------------------------------------------


def prepared(url: str, members: int, workers: int) -> tuple[World, list[Person], dict[str, list[Person]], list[ScanId]]:
    """People, and a round of scans that every agency is asked about, each file filled in as far as it must be."""
    schema.upgrade(url)
    engine = open_engine(url)
    desk = make_desk(Settings(database_url=url, environment=Environment.DEMO), engine)
    fill(desk)
    world = World(url=url, engine=engine, desk=desk)

    def person(name: str, role: Role, agency: str | None) -> Person:
        email = f"{name.lower().replace(' ', '-')}@voorbeeld.example"
        return accounts.add_person(desk, SERVICE, name=name, email=email, roles=frozenset({role}), agency=agency)

    house = [person(f"Lid {number}", Role.SUBMITTER, None) for number in range(members)]
    people: dict[str, list[Person]] = {agency: [] for agency in AGENCIES}
    for number in range(workers):
        agency = AGENCIES[number % len(AGENCIES)]
        place = number // len(AGENCIES)
        # Spread over the places: among the first ones too there must be somebody to approve.
        approves = int((place + 1) * APPROVERS) > int(place * APPROVERS)
        role = Role.APPROVER if approves else Role.RESPONDENT
        people[agency].append(person(f"Medewerker {agency} {number}", role, agency))
    vote = (datetime.now(UTC) + timedelta(days=1)).replace(hour=15, minute=0, second=0, microsecond=0)
    scans, complete = [], {}
    for number in range(SCANS):
        command = submitting.SubmitScan(amendment=amendment(paper_number=str(100 + number)), vote=vote)
        scan = submitting.submit_scan(desk, actor_of_person(house[number % members]), command).id
        coordinating.confirm_routing(desk, COORDINATOR, scan, None, AGENCIES, explanation="Iedereen, om dit te meten.")
        for agency in AGENCIES:
            if agency not in complete:
                complete[agency] = world.filled(scan, agency).answers
                continue
            draft, name = complete[agency], assessment_id(scan, respondent(agency).agency)  # type: ignore[arg-type]
            answering.save_answers(desk, respondent(agency), name, None, draft.values, draft.explanations)
        scans.append(scan)
    return world, house, people, scans


# The run -------------------------------------------------------------------------------------------------------------


async def signed_in(evening: Evening, group: str, persons: Iterable[Person]) -> list[Browser]:
    gate = asyncio.Semaphore(8)

    async def one(person: Person) -> Browser:
        browser = Browser(evening, group)
        async with gate:
            answer = await browser.post("/inloggen", [("persoon", person.id), ("verder", "/")])
        if answer.status != 303:
            raise RuntimeError(f"signing in: {answer.status}")
        browser.cookie = answer.header("set-cookie").partition(";")[0]
        return browser

    return list(await asyncio.gather(*(one(person) for person in persons)))


async def run(
    evening: Evening,
    house: Sequence[Person],
    people: Mapping[str, Sequence[Person]],
    scans: Sequence[ScanId],
    readers: int,
    seconds: float,
) -> float:
    """All parts; the share of one core that this client took."""
    members, staff, public = [], [], []
    for index, browser in enumerate(await signed_in(evening, "leden", house)):
        me = Somebody(evening, browser, random.Random(index), THINK)
        me.walk = member(me, scans[index] if index < len(scans) else None)
        members.append(me)
    for agency, persons in people.items():
        files = [f"{scan}-{agency}" for scan in scans]
        answerers = [person for person in persons if Role.RESPONDENT in person.roles]
        pairs = (len(answerers) + 1) // 2
        browsers = await signed_in(evening, "organisaties", persons)
        for place, (person, browser) in enumerate(zip(persons, browsers, strict=True)):
            me = Somebody(evening, browser, random.Random(f"{agency}{place}"), THINK)
            if person in answerers:
                own = files[answerers.index(person) // 2 :: pairs] or files
                me.walk = answerer(me, Principal(person.email), agency, own)
            else:
                me.walk = approver(me, agency, files)
            staff.append((place, me))
    for index in range(readers):
        me = Somebody(evening, Browser(evening, "lezers"), random.Random(f"lezer {index}"), READER_THINK)
        me.walk = reader(me)
        public.append(me)
    everybody = [*members, *(me for _, me in staff)]
    places = max(place for place, _ in staff) + 1
    tenth = [*members[: len(members) // 10 or 1], *(me for place, me in staff if place < max(places // 10, 4))]
    used, begun = time.process_time(), time.perf_counter()
    for part, at_work in zip(PARTS, (tenth, everybody, [*everybody, *public], everybody), strict=True):
        evening.part = part
        until = time.perf_counter() + seconds
        await asyncio.gather(*(somebody.go(until) for somebody in at_work))
        print(f"{part}: {len(at_work)} people, {evening.asked(part)} requests", file=sys.stderr)
    share = (time.process_time() - used) / (time.perf_counter() - begun)
    for somebody in (*everybody, *public):
        await somebody.browser.close()
    return share


def lost(world: World, kept: Kept) -> list[str]:
    """What was acknowledged and is not in the database."""
    missing = []
    t = tables
    with world.engine.connect() as connection:
        files = {
            f"{scan}-{agency}": (state, json.loads(answers))
            for scan, agency, state, answers in connection.execute(
                select(t.assessments.c.scan, t.assessments.c.agency, t.assessments.c.state, t.assessments.c.answers)
            )
        }
        comments = set(connection.scalars(select(t.comments.c.text)))
        titles = {row.id: row.title for row in connection.execute(select(t.scans.c.id, t.scans.c.title))}
        lines = select(t.journal.c.principal, func.count().label("saves")).where(t.journal.c.event == "AnswersSaved")
        saves = {row.principal: row.saves for row in connection.execute(lines.group_by(t.journal.c.principal))}
    for (file, question), words in kept.answers.items():
        if words not in json.dumps(files[file][1], ensure_ascii=False):
            missing.append(f"answer to {question} in {file}: {words}")
    missing += [f"{count} saves by {who}, {saves.get(who, 0)} in the journal" for who, count in kept.saves.items()
                if saves.get(who, 0) < count]  # fmt: skip
    missing += [f"comment: {words}" for words in kept.comments - comments]
    missing += [
        f"handed in: {file} is {files[file][0]}" for file in kept.handed_in if files[file][0] == AssessmentState.OPEN
    ]
    missing += [
        f"approved: {file} is {files[file][0]}" for file in kept.approved if files[file][0] != AssessmentState.APPROVED
    ]
    missing += [f"scan {scan}: {title}" for scan, title in kept.scans.items() if titles.get(scan) != title]
    return missing


def percentile(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] if times else float("nan")


def told(evening: Evening, share: float, seconds: float) -> None:
    print(f"\nMilliseconds{'':20}{'requests':>10}{'p50':>8}{'p95':>8}{'p99':>8}")
    for part in PARTS:
        for group in GROUPS:
            times = evening.times.get((part, group), [])
            if times:
                figures = "".join(f"{percentile(times, p):8.0f}" for p in (0.5, 0.95, 0.99))
                print(f"{part:9}{group:23}{len(times):10}{figures}")
    p95 = {
        part: percentile([t for group in GROUPS[1:3] for t in evening.times.get((part, group), ())], 0.95)
        for part in PARTS
    }
    alone = statistics.mean((p95["all"], p95["again"]))
    print(f"\nagencies' p95, everybody to one tenth       {p95['all'] / p95['tenth']:6.2f}")
    print(f"agencies' p95, with readers to without      {p95['readers'] / alone:6.2f}")
    print(f"requests a second in `readers`              {evening.asked('readers') / seconds:6.0f}")
    print(f"the client's share of one core              {share:6.2f}")
    kept = evening.kept
    print(
        f"acknowledged: {kept.saves.total()} saves of answers, {len(kept.comments)} comments, {len(kept.handed_in)} handed in, "
        f"{len(kept.approved)} approved, {len(kept.scans)} scans; {kept.unknown} writes without an answer"
    )
    statuses: Counter[int] = Counter()
    for (_, _, status), count in evening.statuses.items():
        statuses[status] += count
    print(
        "answers by status: " + ", ".join(f"{status or 'none'}: {count}" for status, count in sorted(statuses.items()))
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--members", type=int, default=150)
    options.add_argument("--agencies", type=int, default=400, help="people of agencies, all together")
    options.add_argument("--readers", type=int, default=500)
    options.add_argument("--seconds", type=float, default=45.0, help="of each of the four parts")
    given = options.parse_args()
    binary = postgres.binaries()
    if binary is None:
        print("PostgreSQL is not installed: not measured", file=sys.stderr)
        return 0
    with postgres.server(binary) as url, tempfile.TemporaryDirectory() as folder:
        world, house, people, scans = prepared(url, given.members, given.agencies)
        with world.engine.connect() as connection:
            numbers = list(connection.scalars(select(tables.publications.c.number)))
            vote = connection.scalar(select(tables.scans.c.vote).where(tables.scans.c.id == scans[0]))
        assert vote is not None
        settings = {"DATABASE_URL": url, "ENVIRONMENT": "demo", "RATE_LIMITS": "off", "WORK": "apart"}
        environment = {f"UITVOERINGSSCAN_{name}": value for name, value in settings.items()}
        with running(Path(folder), environment, (*SERVE, "--workers", "2")) as service:
            log = (Path(folder) / "worker.log").open("wb")
            worker = subprocess.Popen(
                [sys.executable, "-m", "uitvoeringsscan", "worker"],
                cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
            try:
                place = urlsplit(service.url)
                evening = Evening(
                    host=place.hostname or "", port=place.port or 0, day=vote.date().isoformat(), publications=numbers
                )
                share = asyncio.run(run(evening, house, people, scans, given.readers, given.seconds))
                alive = worker.poll() is None
            finally:
                stop(worker)
                log.close()
            said = service.log.read_text(errors="replace")
        missing = lost(world, evening.kept)
        world.engine.dispose()
    told(evening, share, given.seconds)
    broken = sum(count for (_, _, status), count in evening.statuses.items() if status >= 500)
    if broken:
        print(said[-6000:], file=sys.stderr)
    print(f"5xx: {broken}; acknowledged and not in the database: {len(missing)} of {evening.kept.count}")
    for line in missing[:20]:
        print(f"  {line}")
    if not alive:
        print("the worker process ended by itself")
    return 1 if broken or missing or not alive else 0


if __name__ == "__main__":
    sys.exit(main())
