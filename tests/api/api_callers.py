"""The API as it is mounted in the service, and callers with a key for every role. Fixtures: `api`, `small_api`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.support.desk import TEXT, TITLE, Role, World, completed
from uitvoeringsscan.api.app import mount
from uitvoeringsscan.parliament.proposals import Proposal, ProposalState
from uitvoeringsscan.parliament.records import Case, Dossier, Paper, Signatory
from uitvoeringsscan.people.people import AGENCY_ROLES, SERVICE
from uitvoeringsscan.use_cases.accounts import add_client, client_actor

BASE = "/api/v1"
ANY = {"If-Match": "*"}


def body(**more: Any) -> dict[str, Any]:
    """What a submitter sends. `stemming` and `vertrouwelijk` are the scan's; all else is the amendment's."""
    scan = {name: more.pop(name) for name in ("stemming", "vertrouwelijk") if name in more}
    given = {
        "tekst": TEXT,
        "titel": TITLE,
        "dossiernummer": "99001",
        "ondernummer": "14",
        "indieners": [{"naam": "Voorbeeld", "fractie": "Fractie Aurora"}],
    }
    return {"amendement": {**given, **more}, "stemming": "2026-12-08T16:00:00+01:00", "vertrouwelijk": False, **scan}


@dataclass(slots=True)
class Api:
    """Calls by somebody: `api("indiener", "POST", "/scans", body())`; nobody is `None`."""

    world: World
    http: TestClient
    secrets: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, role: Role, agency: str | None = None, owner: str | None = None) -> None:
        _, self.secrets[name] = add_client(self.world.desk, SERVICE, name=name, role=role, agency=agency, owner=owner)
        client_actor(
            self.world.desk, self.secrets[name]
        )  # its first use is noted now, so that a refusal stores nothing

    def key(self, who: str | None) -> dict[str, str]:
        return {} if who is None else {"Authorization": f"Bearer {self.secrets[who]}"}

    def __call__(
        self, who: str | None, method: str, path: str, json: Any = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        return self.http.request(method, BASE + path, json=json, headers={**self.key(who), **(headers or {})})

    def raw(self, who: str | None, method: str, path: str, content: bytes, **headers: str) -> Any:
        """Bytes as they are, called JSON unless said otherwise."""
        given = {"Content-Type": "application/json", **{name.replace("_", "-"): v for name, v in headers.items()}}
        return self.http.request(method, BASE + path, content=content, headers={**self.key(who), **given})

    def ok(self, *call: Any, **more: Any) -> Any:
        """The same, and it has to succeed; gives what was answered."""
        answer = self(*call, **more)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    # --- the road ---

    def submitted(self, **more: Any) -> str:
        return str(self.ok("indiener", "POST", "/scans", body(**more))["id"])

    def routed(self, *agencies: str, **more: Any) -> str:
        scan = self.submitted(**more)
        asked = {"organisaties": list(agencies or ("uwv",)), "toelichting": "Zo gevraagd."}
        self.ok("coordinator", "PUT", f"/scans/{scan}/routering", asked, headers=ANY)
        return scan

    def answer(self, scan: str, agency: str, wanted: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Fill and hand in by what the questionnaire and the problems say, as any machine could; gives the answers."""
        file, who = f"/uitvragen/{scan}-{agency}", f"behandelaar-{agency}"
        questionnaire = self.ok(who, "GET", file)["vragenlijst"]

        def attempt(values: Mapping[str, Any]) -> list[str]:
            self.ok(who, "PUT", f"{file}/antwoorden", {"antwoorden": values, "toelichtingen": {}}, headers=ANY)
            answer = self(who, "POST", f"{file}/indiening", headers=ANY)
            if answer.status_code == 200:
                return []
            assert answer.status_code == 400, answer.text
            faults = answer.json()["fouten"]
            assert {fault["code"] for fault in faults} == {"verplicht"}, faults
            return [fault["vraag"] for fault in faults]

        return completed(questionnaire, attempt, wanted or {})

    def settle(self, scan: str, *agencies: str, wanted: Mapping[str, Any] | None = None) -> None:
        for agency in agencies:
            self.answer(scan, agency, wanted)
            self.ok(f"vaststeller-{agency}", "POST", f"/uitvragen/{scan}-{agency}/vaststelling", headers=ANY)

    def assessed(self, *agencies: str, **more: Any) -> str:
        asked = agencies or ("uwv",)
        scan = self.routed(*asked, **more)
        self.settle(scan, *asked)
        return scan

    def published(self, *agencies: str, **more: Any) -> dict[str, Any]:
        scan = self.assessed(*agencies, **more)
        return dict(self.ok("coordinator", "POST", f"/scans/{scan}/publicaties", headers=ANY))

    def proposed(
        self, paper: str | None = None, state: ProposalState = ProposalState.NEW, text: str | None = TEXT
    ) -> str:
        """An amendment from the House's data, with its case's id; each has a paper of its own."""
        with self.world.desk.writing() as work:
            number = sum(work.house.counts().values()) + 1
            dossier = Dossier(id=f"{9:08d}-0000-0000-0000-000000000000", number="99001", title=TITLE)
            case = Case(
                id=f"{number:08d}-1111-1111-1111-111111111111",
                kind="Amendement",
                number=f"2026Z{number:05d}",
                subject="Amendement van het lid Voorbeeld",
                dossier=dossier,
                papers=(Paper(id=f"p{number}", kind="Amendement", paper_number=paper or str(100 + number)),),
                signatories=(Signatory(name="Voorbeeld", party="Fractie Aurora", first=True),),
            )
            known = Proposal(case=case, state=state, seen_at=self.world.clock.now(), text=text)
            work.house.add([known])
            return case.id

    def agency(self, code: str) -> None:
        """Make the two people of one more agency known."""
        for role in AGENCY_ROLES:
            if f"{role.value}-{code}" not in self.secrets:
                self.add(f"{role.value}-{code}", role, code)


def make_api(world: World) -> Api:
    """The API as the service mounts it, with a key for everybody."""
    outer = FastAPI()
    mount(outer, world.desk, "http://testserver")
    api = Api(world, TestClient(outer, raise_server_exceptions=False, follow_redirects=False))
    for role in (Role.SUBMITTER, Role.COORDINATOR, Role.READER, Role.ADMIN):
        api.add(role.value, role)
    api.add("andere-indiener", Role.SUBMITTER)
    for code in ("uwv", "svb"):
        api.agency(code)
    return api


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The answer is a problem of this status, as each one must be; gives it."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:500]}"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == "1.0.0"
    assert answer.headers["cache-control"] == "no-store"
    found = json.loads(answer.content)
    assert found["status"] == status
    assert found["title"]
    assert found["detail"]
    assert found["type"] == "about:blank" or found["type"].startswith("/uitleg/fouten/")
    for fault in found.get("fouten", []):
        assert ("vraag" in fault) != ("veld" in fault)
        assert fault["code"]
        assert fault["melding"][0].isupper()
    return dict(found)
