"""Every page there is, as everybody who may open it sees it: axe in light, dark and at phone width; nothing sticks out.

The list of pages is the routers' own (as in tests/architecture/test_doors.py), so a new page is walked too, or fails here
until `places` says what its address is made of. One load of a page serves all the ways to look at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from playwright.sync_api import Error as PlaywrightError

from tests.architecture.test_doors import OPEN, PROVIDER, QUERIES, SIGNED_IN, WEB, Rule, Who
from tests.support.browser import AXE, violations
from tests.support.need import lacking
from tests.support.service import LiveServer
from uitvoeringsscan.bootstrap import make_desk
from uitvoeringsscan.parliament.anomalies import Anomaly, AnomalyKind
from uitvoeringsscan.parliament.proposals import Proposal, ProposalState
from uitvoeringsscan.parliament.records import Case
from uitvoeringsscan.people.people import OF_AN_AGENCY, SERVICE, Actor, Role, actor_of_person
from uitvoeringsscan.people.permissions import PERMISSIONS, Action
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.outcome import OutcomeKind
from uitvoeringsscan.settings import Environment, Settings
from uitvoeringsscan.use_cases import accounts, collaborating, looking_back, mailing, outcomes, reacting, webhooks
from uitvoeringsscan.use_cases.ports import Desk, ScanFilter, Sight

pytestmark = pytest.mark.browser

NOBODY = "niemand"
PHONE, DESKTOP = 390, 1280
NARROWEST = 320
"""What a screen of 1280 shows at 400 %; at 200 % it shows 640."""

AGENCY = {Role.APPROVER: "belastingdienst"}
"""Where an approver has something to approve; the others of an agency are of uwv."""


@dataclass(frozen=True, kw_only=True)
class Site:
    url: str
    people: Mapping[str, str]
    places: Mapping[str, Mapping[str, str]]


def may_open(rule: Rule) -> list[str]:
    """The roles a page is for; a public page is walked by who has not signed in."""
    if rule is OPEN:
        return [NOBODY]
    if rule is PROVIDER:
        return []
    if rule is SIGNED_IN:
        return [Role.SUBMITTER.value]
    assert not isinstance(rule, Who)
    given = {rule} if isinstance(rule, Action) else rule
    actions = {one for one in given if isinstance(one, Action)}
    return [role.value for role in Role if role in given or actions & set(PERMISSIONS[role])]


ELSEWHERE = {"/uitleg/api": "test_api_page.py"}
"""Walked by a test of its own: it shows the work of others, with what axe holds against that work named there."""

NOT_THEIRS = ("/terugblikken/{identifier}", Role.APPROVER)
"""The approver who has something to approve is of another agency than the one that looks back."""

PAGES = [(door.removeprefix("GET "), WEB[door]) for door in WEB if door.startswith("GET ")]
ROLES = [NOBODY, *(role.value for role in Role)]


@pytest.fixture(scope="module")
def site(live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    database = f"sqlite:///{tmp_path_factory.mktemp('pages') / 'demo.sqlite3'}"
    given = {"UITVOERINGSSCAN_ENVIRONMENT": "demo", "UITVOERINGSSCAN_DATABASE_URL": database}
    service = live_server(given)
    from uitvoeringsscan.storage.engine import open_engine

    engine = open_engine(database)
    desk = make_desk(Settings(environment=Environment.DEMO, database_url=database, webhook_hosts=["127.0.0.1"]), engine)
    actors = _people(desk)
    yield Site(
        url=service.url,
        people={role: actor.name for role, actor in actors.items()},
        places=_places(desk, actors),
    )
    engine.dispose()


def _people(desk: Desk) -> dict[str, Actor]:
    """Somebody of every role; who is not in the demonstration is made."""
    with desk.reading() as work:
        everybody = work.people.every()
    found = {}
    for role in Role:
        agency = AGENCY.get(role, "uwv") if role in OF_AN_AGENCY else None
        fitting = [one for one in everybody if one.roles == {role} and one.agency == agency]
        person = (
            fitting[0]
            if fitting
            else accounts.add_person(
                desk, SERVICE, name=f"Proef {role.value}", email=f"{role.value}@voorbeeld.example",
                roles=frozenset({role}), agency=agency,
            )
        )  # fmt: skip
        found[role.value] = actor_of_person(person)
    return found


def _scan(desk: Desk, dossier: str, paper: str | None) -> str:
    with desk.reading() as work:
        lines = work.scans.page(ScanFilter(dossier=dossier), Sight(everything=True), None, 50)
    return next(line.id for line in lines if line.paper_number == paper)


def _case_of_the_house(desk: Desk) -> str:
    """An amendment that the House has and that waits for the coordinator."""
    case = "0b7e4a52-5c1d-4f6e-9a3b-2f1d8c7e6a90"
    record = Case(id=case, kind="Amendement", number="2026Z00001")
    with desk.writing() as work:
        work.house.add([Proposal(case=record, state=ProposalState.SEEN, seen_at=desk.now())])
        work.house.note(case, [Anomaly(kind=AnomalyKind.NO_DOCUMENT, subject=case)], (), desk.now())
    return case


def _places(desk: Desk, actors: Mapping[str, Actor]) -> dict[str, dict[str, str]]:
    """What stands for `{identifier}` and the like, by the longest beginning of a page's address; more per role."""
    published, changed = _scan(desk, "99010", "6"), _scan(desk, "99010", "11")
    being_answered, handed_in = _scan(desk, "99004", "22"), _scan(desk, "99001", "17")
    collaborating.comment(desk, actors["behandelaar"], f"{being_answered}-uwv", "raakt", "Klopt dit nog?")
    outcomes.record_outcome(desk, SERVICE, published, None, OutcomeKind.ADOPTED, desk.now(), "Stemmingsuitslag")
    looking_back.sweep(desk, desk.now() + timedelta(days=400))
    receiver, _ = webhooks.add(desk, actors["beheerder"], name="Griffie", url="http://127.0.0.1:9/", types=())
    with desk.reading() as work:
        owned = work.scans.of_owner(actors["indiener"].principal)
        own = next(line for line in work.scans.lines(owned) if line.state is ScanState.PUBLISHED)
        person = next(one for one in work.people.every() if one.name == actors["behandelaar"].name)
        vote = work.scans.lines([being_answered])[0].vote  # type: ignore[list-item]
    assert vote is not None
    reacting.react(desk, actors["indiener"], own.id, None, "De bedragen kennen wij. De datum passen wij aan.")
    turn_off = mailing.turn_off_path(desk, person.id, "opmerking").split("/")
    rubric = desk.library.for_agency(actors["behandelaar"].agency)  # type: ignore[arg-type]
    section = rubric.to_wire()["onderdelen"][0]["code"]
    day = vote.astimezone().date().isoformat()
    return {
        "/publicaties/": {"number": f"{changed}-v1"},
        "/publicaties/{number}/terugblik": {"number": f"{published}-v1"},
        "/oembed": {"number": f"{changed}-v1"},
        "/organisaties/": {"code": "uwv"},
        "/dossiers/": {"number": "99010"},
        "/stemmingen/": {"day": day},
        "/kamerstukken/": {"dossier": "99010", "paper": "11"},
        "/uitleg/fouten/": {"soort": "verkeerde-status"},
        "/aanvullingen/": {"sequence": "1"},
        "/afmelden/": {"person": person.id, "which": turn_off[3], "signature": turn_off[4]},
        "/ontvangers/": {"receiver": receiver.id},
        "/beheer/mensen/": {"identifier": person.id},
        "/beheer/vragenlijsten/": {"code": rubric.ref.code, "versie": rubric.ref.version},
        "/collegas/": {"identifier": person.id},
        "/mijn-scans/": {"identifier": handed_in},
        "/mijn-scans/ indiener": {"identifier": own.id},
        "/mijn-scans/ behandelaar": {"identifier": being_answered},
        "/coordinatie/kamer/": {"case": _case_of_the_house(desk)},
        "/coordinatie/stemmingen/": {"day": day},
        "/uitvragen/": {"identifier": f"{being_answered}-uwv", "code": section},
        "/uitvragen/ vaststeller": {"identifier": f"{handed_in}-belastingdienst", "code": section},
        "/terugblikken/": {"identifier": f"{published}-uwv"},
        "/coordinatie/": {"identifier": handed_in},
    }


def address(site: Site, template: str, role: str) -> str:
    """The page's address with everything filled in. KeyError where nobody said what belongs there."""
    asked = template + QUERIES.get(template, "").replace("http://testserver", site.url)
    if "{" not in asked:
        return asked
    begins = [name for name in site.places if f"{template} {role}".startswith(name.split(" ")[0])]
    known = [name for name in begins if " " not in name or name.endswith(f" {role}")]
    place = site.places[max(known, key=len)]
    return re.sub(r"\{([a-z]+)[^}]*\}", lambda match: place[match[1]], asked)


def signed_in(chromium: Browser, site: Site, role: str) -> tuple[BrowserContext, Page]:
    context = chromium.new_context(
        base_url=site.url, viewport={"width": DESKTOP, "height": 900}, locale="nl-NL", timezone_id="Europe/Amsterdam"
    )
    page = context.new_page()
    if role != NOBODY:
        page.goto("/inloggen")
        page.get_by_role("button", name=site.people[role], exact=True).click()
    return context, page


OF_COLOUR = "['color-contrast', 'link-in-text-block']"
"""What axe judges by colour. The rest is about what a page is made of: in the dark that is the same page."""


def look(page: Page, axe: str, where: str) -> list[str]:
    """This page in every way people look at it."""
    found = []
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{where}, light, {width} px: {one}" for one in violations(page, axe)]
        page.emulate_media(color_scheme="dark")
        dark = page.evaluate(
            f"axe.run(document, {{runOnly: {OF_COLOUR}}}).then(r => r.violations.flatMap(v => v.nodes.map(n => n.html)))"
        )
        found += [f"{where}, dark, {width} px: colours of {one[:200]}" for one in dark]
        page.emulate_media(color_scheme="light")
    for width in (DESKTOP // 2, PHONE, NARROWEST):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{where}: {wide} px wide in a window of {width}"] if wide > width else []
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    return found


def of_ours(message: ConsoleMessage) -> bool:
    """An error of one of our pages; a browser that shows a bare document asks for an icon by itself."""
    return message.type == "error" and not message.location["url"].endswith("/favicon.ico")


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role(chromium: Browser, site: Site, role: str) -> None:
    if not AXE.exists():
        lacking("axe-core")
    axe = AXE.read_text("utf-8")
    context, page = signed_in(chromium, site, role)
    complaints: list[str] = []  # of the last page; those of pages before it are in `found`
    page.on("console", lambda message: complaints.append(message.text) if of_ours(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    found = []
    for template, rule in PAGES:
        if role not in may_open(rule) or template in ELSEWHERE or (template, role) == NOT_THEIRS:
            continue
        path = address(site, template, role)
        try:
            answer = page.goto(path)
        except PlaywrightError:  # it is saved, not shown
            assert page.request.get(path).status == 200, f"{path} as {role}"
            continue
        assert answer is not None
        # Who may read but not answer (any more) is told so, on the page for that.
        if role != Role.RESPONDENT and template.startswith("/uitvragen/{identifier}/") and answer.status == 409:
            complaints.clear()
            continue
        assert answer.status == 200, f"{path} as {role}: {answer.status}"
        if not answer.headers["content-type"].startswith("text/html") or template.endswith("/fragment"):
            complaints.clear()  # a document or a part of a page, which the browser wraps in a page of its own
            continue
        found += look(page, axe, f"{path} as {role}")
        found += [f"{path} as {role}: the browser says: {line}" for line in complaints]
        complaints.clear()
    context.close()
    assert found == []


def test_every_page_is_somebodys(site: Site) -> None:
    """Nothing in the walk is skipped in silence: whatever has an address has a role that opens it."""
    for path in ELSEWHERE.values():
        assert "axe(page)" in (Path(__file__).parent / path).read_text("utf-8")
    unwalked = [template for template, rule in PAGES if rule is not PROVIDER and not may_open(rule)]
    assert unwalked == []
    for template, rule in PAGES:
        for role in may_open(rule):
            assert "{" not in address(site, template, role)


def test_pages_with_errors_and_steps_between(chromium: Browser, site: Site) -> None:
    """What only a form leads to: what was read, and everything at once that is wrong."""
    if not AXE.exists():
        lacking("axe-core")
    axe = AXE.read_text("utf-8")
    found = []
    context, page = signed_in(chromium, site, NOBODY)
    page.goto("/bestaat-niet")
    found += look(page, axe, "a page that is not there")
    page.goto("/zoeken?zoek=uitkering")
    found += look(page, axe, "what was searched")
    context.close()
    context, page = signed_in(chromium, site, Role.SUBMITTER.value)
    page.goto("/indienen")
    page.get_by_role("button", name="Lezen en nakijken").click()
    found += look(page, axe, "nothing to read")
    page.get_by_label("Tekst van het amendement").fill(
        "In artikel 16 van de Werkloosheidswet wordt «acht weken» vervangen door «zes weken».\n\nToelichting\n\nHet UWV betaalt."
    )
    page.get_by_role("button", name="Lezen en nakijken").click()
    found += look(page, axe, "what was read")
    page.get_by_label("Dag van de stemming").fill("ooit")
    page.get_by_role("button", name="Dien in").click()
    found += look(page, axe, "what was read, with errors")
    context.close()
    context, page = signed_in(chromium, site, Role.COORDINATOR.value)
    page.goto("/coordinatie/journaal?dag=gisteren")
    found += look(page, axe, "the journal, with an error")
    context.close()
    context, page = signed_in(chromium, site, Role.RESPONDENT.value)
    place = site.places["/uitvragen/"]
    page.goto(f"/uitvragen/{place['identifier']}/geen-gevolgen")
    page.locator("main form button").first.click()
    found += look(page, axe, "no consequences, without a reason")
    context.close()
    assert found == []


def test_high_contrast_keeps_what_carries_meaning(chromium: Browser, site: Site) -> None:
    """With the colours of the visitor's own system: levels, the focus and buttons still have an outline that is drawn."""
    context, page = signed_in(chromium, site, NOBODY)
    page.emulate_media(forced_colors="active")
    page.goto(address(site, "/publicaties/{number}", NOBODY))
    unseen = page.evaluate(
        """() => {
          const ground = getComputedStyle(document.body).backgroundColor;
          return [...document.querySelectorAll('svg .us-step, svg .us-step--on, svg .us-way, svg .us-stop, svg .us-stroke')]
            .filter(e => e.getBoundingClientRect().width > 0)
            .map(e => [e.outerHTML.slice(0, 80), getComputedStyle(e)])
            .filter(([, s]) => (s.stroke === 'none' || s.stroke === ground) && (s.fill === 'none' || s.fill === ground))
            .map(([html]) => html);
        }"""
    )
    assert unseen == []
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.goto("/inloggen")
    bare = page.evaluate(
        """() => [...document.querySelectorAll('.nl-button')]
             .filter(e => getComputedStyle(e).borderTopStyle === 'none' || parseFloat(getComputedStyle(e).borderTopWidth) < 1)
             .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert bare == []
    context.close()
