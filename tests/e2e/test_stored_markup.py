"""Markup in every field that takes text, looked at by everybody on every page they can reach, in a real browser: it stays text.

Every field holds a marker that would set `window.ran`, load a picture or be a link if any page took it for more than words.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import httpx2 as httpx
import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.desk import COORDINATOR, SUBMITTER, World, approver, opened, respondent
from tests.support.service import LiveServer, Service
from uitvoeringsscan.adapters.webhooks import Webhooks
from uitvoeringsscan.amendments.amendment import Submitter
from uitvoeringsscan.errors import DomainError
from uitvoeringsscan.people.people import OF_AN_AGENCY, SERVICE, Actor, Role
from uitvoeringsscan.scans.outcome import OutcomeKind
from uitvoeringsscan.use_cases import (
    accounts,
    answering,
    bill_tests,
    bills,
    collaborating,
    coordinating,
    outcomes,
    reacting,
    rounds,
    shifts,
    submitting,
    unit_costs,
    webhooks,
)

pytestmark = pytest.mark.browser

MARK = (
    '=1+1"\'><img src=x onerror=ran=1><script>ran=1</script><a href="javascript:ran=1">m</a><svg onload=ran=1>{{7*7}}'
)
SHORT = "=<b onclick=ran=1>\"'><script>ran=1</script>{{7*7}}"
"""For fields that hold little."""
PAGES = 70
"""For each visitor; pages of one shape count once or twice, so this is more than there are."""

TEXT = (
    f"De ondergetekende stelt het volgende amendement voor:\n\nI\n\nIn artikel I, onderdeel A, wordt in artikel 16 van de "
    f"Werkloosheidswet «acht {MARK} weken» vervangen door «zes weken {MARK}».\n\nToelichting\n\nMensen weten dan eerder of "
    f"zij een uitkering van het UWV krijgen. {MARK}\n\nVoorbeeld\n"
)
BILL = (
    f"ARTIKEL I\n\nDe Werkloosheidswet wordt als volgt gewijzigd:\n\nA\n\nIn artikel 16 wordt «een {MARK}» vervangen."
)


def marked(who: Actor) -> Actor:
    return replace(who, name=MARK)


def people(world: World) -> dict[str, str]:
    """Somebody of each role, all with the marker for a name; role -> id."""
    found = {}
    for role in Role:
        agency = "uwv" if role in OF_AN_AGENCY else None
        name = "-".join(filter(None, (role.value, agency)))
        made = accounts.add_person(
            world.desk, SERVICE, name=MARK, email=f"{name}@voorbeeld.example", roles=frozenset({role}), agency=agency
        )
        found[role.value] = made.id
    return found


def answers(world: World, scan: Any) -> None:
    """Complete answers, with the marker in every text and every explanation."""
    file = world.filled(scan, "uwv")
    wire = next(rubric for rubric in world.desk.library if rubric.ref == file.rubric).to_wire()
    asked = {question["code"]: question for part in wire["onderdelen"] for question in part["vragen"]}
    values = {
        code: MARK[: asked[code].get("maximumlengte") or len(MARK)] if asked[code]["soort"] == "tekst" else value
        for code, value in file.answers.values.items()
    }
    who = marked(respondent("uwv"))
    answering.save_answers(world.desk, who, file.id, None, values, dict.fromkeys(values, MARK))


def plant(world: World) -> dict[str, str]:
    """The marker in every field that takes text; gives the people to look with."""
    desk, found = world.desk, people(world)
    coordinator, submitter = marked(COORDINATOR), marked(SUBMITTER)
    approving, responding = marked(approver("uwv")), marked(respondent("uwv"))
    bills.add_bill(desk, coordinator, "99001", BILL, label=SHORT)
    with suppress(DomainError):  # an address that is none is refused; then without
        bill_tests.add_bill_test(
            desk, responding, "99001", "uwv", title=SHORT, dated=date(2026, 11, 1), link="javascript:ran=1", text=MARK
        )
    bill_tests.add_bill_test(
        desk, responding, "99001", "uwv", title=SHORT, dated=date(2026, 11, 1), link=None, text=MARK
    )
    unit_costs.set_unit_cost(desk, approving, year=2026, name=SHORT[:60], amount=90_000, source=MARK)
    accounts.add_client(desk, SERVICE, name=MARK, role=Role.READER, agency=None)
    near = replace(desk, post=Webhooks(["127.0.0.1"]))
    receiver, _ = webhooks.add(near, coordinator, name=MARK, url="http://127.0.0.1:9/", types=())
    webhooks.pause(desk, coordinator, receiver.id)
    shifts.keep_filter(desk, coordinator, SHORT[:60], "status=ingediend")
    shifts.hand_over(desk, coordinator, MARK)

    def scan(paper: str | None, **more: Any) -> Any:
        given = {"text": TEXT, "title": f"{MARK} Wijziging van de Werkloosheidswet", "paper_number": paper, **more}
        return world.submitted(by=submitter, submitters=(Submitter(name=SHORT, party=SHORT),), **given)

    def route(name: Any) -> None:
        coordinating.confirm_routing(desk, coordinator, name, None, ["uwv", "svb"], explanation=MARK)

    # one that is published, corrected, reacted to and decided on
    done = scan("14")
    route(done)
    answers(world, done)
    file = f"{done}-uwv"
    answering.hand_in(desk, responding, file, None)
    question = next(iter(world.file(done, "uwv").answers.values))
    answering.send_back(desk, approving, file, None, MARK, {question: MARK})
    collaborating.comment(desk, responding, file, question, MARK)
    answering.hand_in(desk, responding, file, None)
    answering.approve(desk, approving, file, None)
    coordinating.close_round(desk, coordinator, done, None, MARK, {"svb": MARK})
    world.publish(done)
    coordinating.start_correction(desk, coordinator, done, None, MARK)
    world.publish(done)
    reacting.react(desk, submitter, done, None, MARK)
    outcomes.record_outcome(desk, coordinator, done, None, OutcomeKind.ADOPTED, world.clock.now(), MARK)
    # one that is being answered, sent back and shared out; one in the place of another; drafts and withdrawn ones
    going = scan("15")
    route(going)
    answers(world, going)
    file = f"{going}-uwv"
    collaborating.comment(desk, responding, file, question, MARK)
    with desk.reading() as work:
        person = work.people.by_email(responding.principal)
    assert person is not None
    collaborating.give_task(desk, responding, file, None, person.id, MARK)
    answering.hand_in_no_impact(desk, responding, file, None, MARK)
    answering.send_back(desk, approving, file, None, MARK, {question: MARK})
    other = marked(respondent("svb"))
    answering.hand_in_not_ours(desk, other, f"{going}-svb", None, MARK, "uwv")
    route(scan("16", replaces="14", kind="gewijzigd amendement"))
    scan(None, draft=True)
    secret = scan(None, confidential=True)
    route(secret)
    submitting.withdraw_scan(desk, submitter, secret, None, MARK)
    late = scan("17")
    route(late)
    answering.hand_in_no_impact(desk, responding, f"{late}-uwv", None, MARK)
    answering.approve(desk, approving, f"{late}-uwv", None)
    rounds.reopen(desk, coordinator, f"{late}-uwv", None, MARK)
    scan("18")
    return found


@dataclass(frozen=True)
class Planted:
    service: Service
    people: dict[str, str]


@pytest.fixture(scope="module")
def planted(live_server: LiveServer, _sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    path = tmp_path_factory.mktemp("markup") / "markup.sqlite3"
    shutil.copyfile(_sqlite_template, path)
    url = f"sqlite:///{path}"
    with opened(url, pdf=True) as world:
        world.clock.at = datetime.now(world.clock.at.tzinfo)
        found = plant(world)
    return Planted(
        live_server(
            {
                "UITVOERINGSSCAN_ENVIRONMENT": "demo",
                "UITVOERINGSSCAN_DATABASE_URL": url,
                "UITVOERINGSSCAN_RATE_LIMITS": "off",
            }
        ),
        found,
    )


WATCH = """
window.broken = [];
document.addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective + ' ' + e.blockedURI));
"""
LOOK = """() => ({
    ran: window.ran, broken: window.broken,
    made: [...document.querySelectorAll('img[src="x"], svg[onload], [onerror], [onclick], a[href^="javascript:" i]')].length,
    text: document.documentElement.textContent,
    links: [...document.querySelectorAll('a[href]')].map(a => a.href),
})"""


def shape(address: str) -> str:
    """Pages that differ only in which scan or person they are about have one shape."""
    found = urlsplit(address)
    return re.sub(r"[0-9]+|(?<=/)[A-Za-z0-9_-]{20,}", "#", found.path) + ("?" if found.query else "")


def walk(context: BrowserContext, planted: Planted, person: str | None) -> tuple[dict[str, int], list[str]]:
    """Every shape of page that can be reached by links, how often the marker stood there as text, and what went wrong."""
    page = context.new_page()
    page.add_init_script(WATCH)
    page.on("dialog", lambda dialog: dialog.dismiss())
    base = planted.service.url
    waiting = [f"{base}/"]
    if person is not None:
        page.goto(f"{base}/inloggen")
        page.locator(f'button[value="{person}"]').click()
        starts = (
            "uitvragen",
            "coordinatie",
            "mijn-scans",
            "beheer",
            "collegas",
            "coordinatie/journaal",
            "mijn-account",
        )
        waiting += [f"{base}/{start}" for start in starts]
    seen: dict[str, int] = {}
    marks: dict[str, int] = {}
    faults: list[str] = []
    while waiting and len(marks) < PAGES:
        address = waiting.pop(0)
        known = shape(address)
        if seen.get(known, 0) >= 2:
            continue
        seen[known] = seen.get(known, 0) + 1
        answer = _open(page, address)
        if answer is None:
            continue
        found = page.evaluate(LOOK)
        marks[address] = found["text"].count("onerror=ran") + found["text"].count("onclick=ran")
        if found["ran"] is not None or found["broken"] or found["made"]:
            faults.append(f"{address}: {found['ran']} {found['broken']} {found['made']}")
        for link in found["links"]:
            if link.startswith(base + "/") and not re.search(
                r"\.(pdf|json|jws|atom|csv|jsonld|xml)$", urlsplit(link).path
            ):
                waiting.append(urljoin(address, link).partition("#")[0])
    page.close()
    return marks, faults


def _open(page: Page, address: str) -> Any:
    """The page, when it is HTML that opened."""
    answer = page.request.get(address, max_redirects=0)
    if answer.status >= 500:
        raise AssertionError(f"{address}: {answer.status}")
    if "text/html" not in answer.headers.get("content-type", "") and answer.status != 303:
        return None
    return page.goto(address)


LEAST = {None: 3, "indiener": 4, "behandelaar": 5, "vaststeller": 5, "coordinator": 6, "beheerder": 3,
         "organisatiebeheerder": 2, "lezer": 2}  # fmt: skip
"""On at least so many pages each of them meets the marker: the walk really came by it."""


@pytest.mark.parametrize("who", LEAST, ids=str)
def test_nothing_that_somebody_wrote_runs(chromium: Browser, planted: Planted, who: str | None) -> None:
    context = chromium.new_context(locale="nl-NL")
    try:
        marks, faults = walk(context, planted, planted.people[who] if who else None)
    finally:
        context.close()
    assert faults == []
    assert sum(many > 0 for many in marks.values()) >= LEAST[who], marks


# --- and outside the pages --------------------------------------------------------------------------------------------


def get(planted: Planted, path: str) -> httpx.Response:
    answer = httpx.get(f"{planted.service.url}{path}")
    assert answer.status_code == 200
    return answer


def test_no_cell_of_a_table_is_a_formula(planted: Planted) -> None:
    text = get(planted, "/publicaties.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert "onerror=ran" in text
    assert [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r]", cell) and not _number(cell)] == []


def _number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", cell) is not None


def test_the_feed_carries_words(planted: Planted) -> None:
    feed = get(planted, "/publicaties.atom").content
    names = {element.tag.partition("}")[2] for element in ElementTree.fromstring(feed).iter()}
    assert b"onerror=ran" in feed
    assert not names & {"script", "img", "svg", "a"}


def test_the_pdf_and_the_fragment_print_it(planted: Planted) -> None:
    number = re.findall(r'/publicaties/([0-9]{4}-[0-9]+-v[0-9]+)"', get(planted, "/publicaties").text)[0]
    document = pypdfium2.PdfDocument(get(planted, f"/publicaties/{number}.pdf").content)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    assert "onerror=ran" in re.sub(r"\s", "", words)
    fragment = get(planted, f"/publicaties/{number}/fragment").text
    assert "<script>ran" not in fragment
    assert "<img src=x" not in fragment
