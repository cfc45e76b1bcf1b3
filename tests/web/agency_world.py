"""A small parliament for the agency's pages: one amendment, two agencies that were asked, and the people who answer."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from uitvoeringsscan.amendments.amendment import Amendment, Submitter
from uitvoeringsscan.bootstrap import Knowledge, make_desk, read_knowledge
from uitvoeringsscan.people.people import SERVICE, Actor, Person, Role, actor_of_person
from uitvoeringsscan.resources import rubrics_dir
from uitvoeringsscan.settings import Settings
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.use_cases import accounts, answering, coordinating, submitting
from uitvoeringsscan.use_cases.ports import Desk
from uitvoeringsscan.web.app import create_web

START = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)
"""Wednesday 2 December 2026, 21.00 in The Hague: the evening before the answer is due."""
VOTE = datetime(2026, 12, 8, 15, 0, tzinfo=UTC)
DUE = datetime(2026, 12, 3, 16, 0, tzinfo=UTC)

TEXT = """De ondergetekende stelt het volgende amendement voor:

I

In artikel I, onderdeel B, wordt in artikel 3:2, eerste lid, van de Wet arbeidsongeschiktheidsvoorziening
jonggehandicapten «op aanvraag» vervangen door «ambtshalve».

II

In artikel IV wordt «1 juli 2027» vervangen door «1 januari 2027».

Toelichting

Met dit amendement stelt het UWV de uitkering ambtshalve vast. Jongeren hoeven geen aanvraag meer te doen.

Voorbeeld
"""


@dataclass(slots=True)
class Clock:
    at: datetime = START

    def now(self) -> datetime:
        return self.at


@dataclass(slots=True)
class World:
    """A desk over a real database, a clock that stands still, people by name, and the web over it all."""

    desk: Desk
    clock: Clock
    web: FastAPI
    people: dict[str, Person] = field(default_factory=dict)
    scan: str = ""

    @property
    def file(self) -> str:
        return f"{self.scan}-uwv"

    def actor(self, name: str) -> Actor:
        return actor_of_person(self.people[name])

    def visitor(self, name: str | None = None) -> Browser:
        """A browser of its own; signed in as somebody, or as nobody."""
        browser = Browser(TestClient(self.web, base_url="http://testserver"))
        if name is not None:
            browser.sign_in(self, name)
        return browser

    def add_scan(self, title: str = "Wajong ambtshalve toekennen", vote: datetime | None = VOTE, **more: Any) -> str:
        """Submitted and sent out; returns the number of the scan."""
        amendment = Amendment(
            text=more.get("text", TEXT),
            title=title,
            dossier_number="99001",
            paper_number=more.get("paper", "14"),
            replaces=more.get("replaces"),
            submitters=(Submitter(name="Voorbeeld", party=None),),
        )
        command = submitting.SubmitScan(amendment=amendment, vote=vote, confidential=more.get("confidential", False))
        scan = submitting.submit_scan(self.desk, self.actor("indiener"), command)
        agencies = more.get("agencies", ["uwv", "svb"])
        coordinating.confirm_routing(
            self.desk, self.actor("coordinator"), scan.id, None, agencies, respond_by=more.get("due", DUE),
            explanation=more.get("explanation"),
        )  # fmt: skip
        return scan.id

    def save(self, name: str, values: Mapping[str, Any], explanations: Mapping[str, str] | None = None) -> None:
        answering.save_answers(self.desk, self.actor(name), self.file, None, values, explanations or {})


PEOPLE: Sequence[tuple[str, str, Sequence[Role], str | None]] = (
    ("indiener", "I. Indiener", [Role.SUBMITTER], None),
    ("coordinator", "C. Coördinator", [Role.COORDINATOR], None),
    ("bakker", "S. Bakker", [Role.RESPONDENT], "uwv"),
    ("visser", "M. Visser", [Role.RESPONDENT], "uwv"),
    ("goed", "G. Goedkeurder", [Role.APPROVER], "uwv"),
    ("beide", "B. Beide", [Role.RESPONDENT, Role.APPROVER], "uwv"),
    ("ander", "A. Ander", [Role.RESPONDENT, Role.APPROVER], "svb"),
)


@cache
def _knowledge() -> Knowledge:
    """The register and the questionnaires are the same in every world, and slow to read."""
    return read_knowledge(rubrics_dir())


def make_world(url: str) -> World:
    clock = Clock()
    desk = replace(make_desk(Settings(database_url=url), open_engine(url), _knowledge()), now=clock.now)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> Any:
        yield

    web = create_web(desk, demonstration=True, public_url="http://testserver", lifespan=lifespan)
    world = World(desk, clock, web)
    for key, name, roles, agency in PEOPLE:
        world.people[key] = accounts.add_person(
            desk, SERVICE, name=name, email=f"{key}@voorbeeld.example", roles=frozenset(roles), agency=agency
        )
    world.scan = world.add_scan()
    clock.at += timedelta(minutes=5)
    return world


COMPLETE: dict[str, Any] = {
    "raakt": "ja",
    "gevolgen": "Wij stellen de uitkering zelf vast.",
    "aannames": "Cijfers van het eigen jaarverslag.",
    "it-aanpassing": "nieuw-systeem",
    "it-planning": "onbekend",
    "gegevens-nodig": "nee",
    "extra-werk": "past",
    "fte-jaarlijks": {"laag": 2, "hoog": 4.5},
    "fte-eenmalig": 0,
    "datum-haalbaar": "later",
    "haalbaar-vanaf": "2028-07-01",
    "prijs-van-de-datum": "Een half jaar met de hand beslissen.",
    "kosten-eenmalig": 2500000,
    "kosten-jaarlijks": 0,
    "handhaafbaar": "ja",
    "oordeel": "uitvoerbaar-mits",
    "voorwaarden": "De datum wordt 1 juli 2028.",
}


class Page:
    """An answer, read the way a person does: words without tags, and the fields of its forms."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.source: str = response.text
        self.path: str = str(response.url).removeprefix("http://testserver")

    @property
    def words(self) -> str:
        body = re.sub(r"(?s)<head>.*?</head>|<svg.*?</svg>", "", self.source)
        body = re.sub(r"<span data-until[^>]*>(.*?)</span>", r"\1", body)  # no space where a browser shows none
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.source)
        assert found
        return html.unescape(found[1])

    def hidden(self, name: str) -> list[str]:
        """The values of the hidden fields with this name."""
        found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', self.source)
        return [html.unescape(value) for field_name, value in found if field_name == name]

    @property
    def carried(self) -> dict[str, list[str]]:
        """Everything hidden, as a browser sends it along."""
        found: dict[str, list[str]] = {}
        for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', self.source):
            found.setdefault(html.unescape(name), []).append(html.unescape(value))
        # The button to sign out is a form of its own with the same token.
        return {name: values[:1] if name in ("csrf", "versie") else values for name, values in found.items()}

    def anchors(self) -> set[str]:
        return set(re.findall(r'\bid="([^"]+)"', self.source))


class Browser:
    def __init__(self, client: TestClient) -> None:
        self.client = client

    def sign_in(self, world: World, name: str) -> None:
        token = accounts.demo_sign_in(world.desk, world.people[name].id)
        self.client.cookies.set("uitvoeringsscan", token)

    def get(self, path: str) -> Page:
        return Page(self.client.get(path))

    def post(self, path: str, fields: Mapping[str, Any]) -> Page:
        """From one of our own pages; follows to where it leads."""
        return Page(self.client.post(path, data=dict(fields), headers={"Sec-Fetch-Site": "same-origin"}))

    def fill(self, page: Page, path: str, fields: Mapping[str, Any]) -> Page:
        """The form on `page`, with these fields filled in."""
        return self.post(path, {**page.carried, **fields})
