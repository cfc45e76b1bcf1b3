"""Every door of the service, tried by every role and by nobody. The list of doors comes from the routers themselves.

A new route fails here until it has a rule below:

    OPEN         for anybody, also for who has not signed in
    SIGNED_IN    for anybody who has signed in
    PROVIDER     for anybody, where an identity provider is configured (tests/web/test_oidc.py); here there is none: not there
    an Action    for whom the table of permissions allows it, on a scan as the caller stands to it
    roles        for these roles, where no action of the table is behind it (a list of the caller's own things)

Nothing is changed by trying: every write says that it saw a version that is not there, and permission is judged first.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum, auto
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.support.desk import COORDINATOR, SUBMITTER, TEXT, TITLE, World, opened, respondent
from uitvoeringsscan.bootstrap import make_app
from uitvoeringsscan.parliament.anomalies import Anomaly, AnomalyKind
from uitvoeringsscan.parliament.proposals import Proposal, ProposalState
from uitvoeringsscan.parliament.records import Case
from uitvoeringsscan.people.people import (
    AGENCY_ROLES,
    OF_AN_AGENCY,
    SERVICE,
    Actor,
    Role,
    Scope,
    actor_of_client,
    actor_of_person,
)
from uitvoeringsscan.people.permissions import PERMISSIONS, Action, Relation
from uitvoeringsscan.scans.outcome import OutcomeKind
from uitvoeringsscan.settings import Environment, Settings
from uitvoeringsscan.use_cases import (
    accounts,
    collaborating,
    coordinating,
    looking_back,
    mailing,
    outcomes,
    reacting,
    webhooks,
)

API = "/api/v1"


class Who(Enum):
    OPEN = auto()
    SIGNED_IN = auto()
    PROVIDER = auto()


OPEN, SIGNED_IN, PROVIDER = Who.OPEN, Who.SIGNED_IN, Who.PROVIDER
SEES_SCAN = frozenset({Action.READ_SCAN, Action.READ_OPEN_SCAN})
Rule = Who | Action | frozenset[Action] | frozenset[Role]

A = Action
SUBMITTERS = frozenset({Role.SUBMITTER, Role.COORDINATOR})
COORDINATORS = frozenset({Role.COORDINATOR})
ADMINS = frozenset({Role.ADMIN})
APPROVERS = frozenset({Role.APPROVER})
BILL_TEST = frozenset({Action.ANSWER, Action.ROUTE_SCAN})
"""A bill's test by an agency: from its own people, or from the coordinator."""

WEB: dict[str, Rule] = {
    # public pages and open data
    "GET /": OPEN,
    "GET /publicaties": OPEN,
    "GET /publicaties.atom": OPEN,
    "GET /publicaties.csv": OPEN,
    "GET /publicaties/{number}": OPEN,
    "GET /publicaties/{number}.json": OPEN,
    "GET /publicaties/{number}.jws": OPEN,
    "GET /publicaties/{number}.pdf": OPEN,
    "GET /publicaties/{number}.png": OPEN,
    "GET /publicaties/{number}/fragment": OPEN,
    "GET /publicaties/{number}/verschil": OPEN,
    "GET /publicaties/{number}/terugblik": OPEN,
    "GET /aanvullingen/{sequence}.json": OPEN,
    "GET /aanvullingen/{sequence}.jws": OPEN,
    "GET /punctualiteit": OPEN,
    "GET /punctualiteit.json": OPEN,
    "GET /organisaties/{code}": OPEN,
    "GET /organisaties/{code}/terugblik": OPEN,
    "GET /dossiers/{number}/stapeling": OPEN,
    "GET /stemmingen/{day}/stapeling": OPEN,
    "GET /kamerstukken/{dossier}/{paper}": OPEN,
    "GET /dossiers/{number}": OPEN,
    "GET /stemmingen": OPEN,
    "GET /stemmingen/{day}": OPEN,
    "GET /uitleg": OPEN,
    "GET /uitleg/api": OPEN,
    "GET /uitleg/fouten": OPEN,
    "GET /uitleg/fouten/{soort}": OPEN,
    "GET /controleren": OPEN,
    "GET /dataset.jsonld": OPEN,
    "GET /sitemap.xml": OPEN,
    "GET /robots.txt": OPEN,
    "GET /oembed": OPEN,
    "GET /zoeken": OPEN,
    "GET /.well-known/jwks.json": OPEN,
    "GET /.well-known/security.txt": OPEN,
    "GET /health/live": OPEN,
    "GET /health/ready": OPEN,
    "GET /beheer/stijlgids": OPEN,
    # signing in and out
    "GET /inloggen": OPEN,
    "POST /inloggen": OPEN,
    "POST /uitloggen": OPEN,
    "GET /inloggen/begin": PROVIDER,
    "GET /inloggen/terug": PROVIDER,
    "GET /uitgelogd": OPEN,
    # machines
    "POST /oauth/token": OPEN,
    "GET /.well-known/oauth-authorization-server": OPEN,
    # one's own account
    "GET /mijn-account": SIGNED_IN,
    "POST /mijn-account/sessies/{name}": SIGNED_IN,
    "POST /mijn-account/overal-uitloggen": SIGNED_IN,
    "GET /mijn-account/berichten": SIGNED_IN,
    "POST /mijn-account/berichten": SIGNED_IN,
    "POST /mijn-account/berichten/opnieuw": SIGNED_IN,
    "GET /mijn-account/afwezig": SIGNED_IN,
    "POST /mijn-account/afwezig": SIGNED_IN,
    "POST /mijn-account/terug": SIGNED_IN,
    "POST /mijn-account/contactpersoon": APPROVERS,
    "GET /afmelden/{person}/{which}/{signature}": OPEN,
    "POST /afmelden/{person}/{which}/{signature}": OPEN,
    # other systems that get public events
    "GET /ontvangers": A.MANAGE_RECEIVERS,
    "POST /ontvangers": A.MANAGE_RECEIVERS,
    "GET /ontvangers/{receiver}": A.MANAGE_RECEIVERS,
    "POST /ontvangers/{receiver}/proef": A.MANAGE_RECEIVERS,
    "POST /ontvangers/{receiver}/pauzeren": A.MANAGE_RECEIVERS,
    "POST /ontvangers/{receiver}/hervatten": A.MANAGE_RECEIVERS,
    "POST /ontvangers/{receiver}/geheim": A.MANAGE_RECEIVERS,
    "POST /ontvangers/{receiver}/verwijderen": A.MANAGE_RECEIVERS,
    "POST /ontvangers/{receiver}/opnieuw": A.MANAGE_RECEIVERS,
    # administrator
    "GET /beheer": ADMINS,
    "POST /beheer/mensen": ADMINS,
    "GET /beheer/mensen/{identifier}": ADMINS,
    "POST /beheer/mensen/{identifier}": ADMINS,
    "POST /beheer/mensen/{identifier}/adres": ADMINS,
    "GET /beheer/vragenlijsten": A.TRY_RUBRIC,
    "POST /beheer/vragenlijsten": A.TRY_RUBRIC,
    "GET /beheer/vragenlijsten/{code}/{versie}": A.TRY_RUBRIC,
    "POST /beheer/vragenlijsten/{code}/{versie}": A.TRY_RUBRIC,
    "GET /beheer/werk": A.MANAGE_WORK,
    "POST /beheer/werk/opnieuw": A.MANAGE_WORK,
    "POST /beheer/werk/laten-vallen": A.MANAGE_WORK,
    "GET /beheer/sleutels": ADMINS,
    "POST /beheer/sleutels": ADMINS,
    "POST /beheer/sleutels/vervangen": ADMINS,
    "POST /beheer/sleutels/intrekken": ADMINS,
    # submitter
    "GET /indienen": A.SUBMIT_SCAN,
    "POST /indienen/gelezen": A.SUBMIT_SCAN,
    "POST /indienen": A.SUBMIT_SCAN,
    "GET /mijn-scans": SUBMITTERS,
    "GET /mijn-scans/{identifier}": SEES_SCAN,
    "POST /mijn-scans/{identifier}/intrekken": A.WITHDRAW_SCAN,
    "POST /mijn-scans/{identifier}/openbaar": A.DISCLOSE_SCAN,
    "POST /mijn-scans/{identifier}/reactie": A.REACT,
    "POST /mijn-scans/{identifier}/invoering": A.SET_INTENDED,
    # agency
    "GET /uitvragen": AGENCY_ROLES,
    "GET /uitvragen/{identifier}": A.READ_ASSESSMENT,
    "GET /uitvragen/{identifier}/onderdeel/{code}": A.READ_ASSESSMENT,
    "POST /uitvragen/{identifier}/onderdeel/{code}": A.ANSWER,
    "POST /uitvragen/{identifier}/onderdeel/{code}/vanzelf": A.ANSWER,
    "GET /uitvragen/{identifier}/geen-gevolgen": A.READ_ASSESSMENT,
    "POST /uitvragen/{identifier}/geen-gevolgen": A.HAND_IN,
    "GET /uitvragen/{identifier}/niet-voor-ons": A.READ_ASSESSMENT,
    "POST /uitvragen/{identifier}/niet-voor-ons": A.HAND_IN,
    "GET /uitvragen/{identifier}/nakijken": A.READ_ASSESSMENT,
    "POST /uitvragen/{identifier}/indienen": A.HAND_IN,
    "POST /uitvragen/{identifier}/ongewijzigd": A.HAND_IN,
    "POST /uitvragen/{identifier}/vaststellen": A.APPROVE,
    "POST /uitvragen/{identifier}/terugzenden": A.SEND_BACK,
    "GET /uitvragen/{identifier}/opmerkingen": A.READ_ASSESSMENT,
    "POST /uitvragen/{identifier}/opmerkingen": A.ANSWER,
    "POST /uitvragen/{identifier}/opmerkingen/sluiten": A.ANSWER,
    "GET /uitvragen/{identifier}/toewijzen": A.READ_ASSESSMENT,
    "POST /uitvragen/{identifier}/toewijzen": A.ANSWER,
    "GET /uitvragen/{identifier}/uitvoeringstoets": A.READ_ASSESSMENT,
    "POST /uitvragen/{identifier}/uitvoeringstoets": BILL_TEST,
    "GET /uitvragen/kengetallen": AGENCY_ROLES,
    "POST /uitvragen/kengetallen": frozenset({Role.APPROVER}),
    "POST /uitvragen/kengetallen/weg": frozenset({Role.APPROVER}),
    # looking back
    "GET /terugblikken": AGENCY_ROLES,
    "GET /terugblikken/{identifier}": A.READ_ASSESSMENT,
    "POST /terugblikken/{identifier}/indienen": A.HAND_IN,
    "POST /terugblikken/{identifier}/vaststellen": A.APPROVE,
    "POST /terugblikken/{identifier}/terugzenden": A.SEND_BACK,
    # an agency's own administrator
    "GET /collegas": A.MANAGE_COLLEAGUES,
    "POST /collegas": A.MANAGE_COLLEAGUES,
    "GET /collegas/{identifier}": A.MANAGE_COLLEAGUES,
    "POST /collegas/{identifier}": A.MANAGE_COLLEAGUES,
    "POST /collegas/{identifier}/uitloggen": A.MANAGE_COLLEAGUES,
    "POST /collegas/{identifier}/overdragen": A.MANAGE_COLLEAGUES,
    # coordinator
    "GET /coordinatie": COORDINATORS,
    "POST /coordinatie/filters": COORDINATORS,
    "POST /coordinatie/tegelijk": COORDINATORS,
    "GET /coordinatie/overdracht": COORDINATORS,
    "POST /coordinatie/overdracht": COORDINATORS,
    "POST /coordinatie/overdracht/overgenomen": COORDINATORS,
    "GET /coordinatie/scans/{identifier}": COORDINATORS,
    "POST /coordinatie/scans/{identifier}/routering": A.ROUTE_SCAN,
    "POST /coordinatie/scans/{identifier}/stemming": A.MOVE_VOTE,
    "GET /coordinatie/stemmingen/{day}": A.MOVE_VOTE,
    "POST /coordinatie/stemmingen/{day}": A.MOVE_VOTE,
    "POST /coordinatie/scans/{identifier}/sluiten": A.CLOSE_ROUND,
    "POST /coordinatie/scans/{identifier}/nu-publiceren": A.CLOSE_ROUND,
    "POST /coordinatie/scans/{identifier}/afronden": A.CLOSE_ROUND,
    "POST /coordinatie/scans/{identifier}/uitslag": COORDINATORS,
    "POST /coordinatie/scans/{identifier}/invoering": COORDINATORS,
    "POST /coordinatie/scans/{identifier}/publiceren": A.PUBLISH_SCAN,
    "POST /coordinatie/scans/{identifier}/rectificeren": A.CORRECT_SCAN,
    "POST /coordinatie/scans/{identifier}/terugzenden/{agency}": COORDINATORS,
    "POST /coordinatie/scans/{identifier}/wetsvoorstel": COORDINATORS,
    "POST /coordinatie/scans/{identifier}/termijn/{agency}": A.ROUTE_SCAN,
    "POST /coordinatie/scans/{identifier}/heropenen/{agency}": A.ROUTE_SCAN,
    "POST /coordinatie/scans/{identifier}/uitvoeringstoets": COORDINATORS,
    "GET /coordinatie/kamer": A.ROUTE_SCAN,
    "GET /coordinatie/kamer/{case}": A.ROUTE_SCAN,
    "POST /coordinatie/kamer/{case}/starten": A.ROUTE_SCAN,
    "POST /coordinatie/kamer/{case}/afwijzen": A.ROUTE_SCAN,
    "POST /coordinatie/kamer/{case}/openen": A.ROUTE_SCAN,
    "POST /coordinatie/kamer/{case}/opnieuw-lezen": A.ROUTE_SCAN,
    "POST /coordinatie/kamer-bijzonderheden/{anomaly}": A.ROUTE_SCAN,
    "GET /coordinatie/journaal": A.READ_JOURNAL,
    "GET /coordinatie/correcties": COORDINATORS,
    "GET /coordinatie/correcties.csv": COORDINATORS,
    "GET /coordinatie/correcties.json": COORDINATORS,
}

OF_API: dict[str, Rule] = {
    "GET /openapi.json": OPEN,
    "GET /gebeurtenissen": OPEN,
    "POST /routeringen": OPEN,
    "GET /publicaties": OPEN,
    "GET /publicaties/{nummer}": OPEN,
    "GET /publicaties/{nummer}/verschil": OPEN,
    "GET /dossiers/{dossiernummer}": OPEN,
    "GET /dossiers/{dossiernummer}/stapeling": OPEN,
    "GET /stemmingen/{datum}/stapeling": OPEN,
    "GET /stemmingen/{datum}": OPEN,
    "GET /organisaties": OPEN,
    "GET /vragenlijsten": OPEN,
    "GET /vragenlijsten/{code}/{versie}": OPEN,
    "POST /scans": A.SUBMIT_SCAN,
    "POST /scans/reeks": A.SUBMIT_SCAN,
    "GET /scans": SIGNED_IN,
    "GET /scans/{scan}": SEES_SCAN,
    "GET /scans/{scan}/uitvragen": SEES_SCAN,
    "GET /scans/{scan}/eerdere-versie": A.ROUTE_SCAN,
    "PUT /scans/{scan}/routering": A.ROUTE_SCAN,
    "PUT /scans/{scan}/stemming": A.MOVE_VOTE,
    "PUT /scans/{scan}/uitslag": A.RECORD_OUTCOME,
    "GET /scans/{scan}/invoering": SEES_SCAN,
    "PUT /scans/{scan}/invoering": A.SET_INTENDED,
    "PUT /scans/{scan}/reactie": A.REACT,
    "GET /publicaties/{nummer}/aanvullingen": OPEN,
    "GET /terugblikken": AGENCY_ROLES,
    "GET /terugblikken/{terugblik}": A.READ_ASSESSMENT,
    "POST /terugblikken/{terugblik}/indiening": A.HAND_IN,
    "POST /terugblikken/{terugblik}/vaststelling": A.APPROVE,
    "POST /terugblikken/{terugblik}/terugzending": A.SEND_BACK,
    "GET /scanvoorstellen": A.ROUTE_SCAN,
    "GET /scanvoorstellen/{scanvoorstel}": A.ROUTE_SCAN,
    "POST /scanvoorstellen/{scanvoorstel}/aanvaarding": A.ROUTE_SCAN,
    "POST /scanvoorstellen/{scanvoorstel}/afwijzing": A.ROUTE_SCAN,
    "POST /scanvoorstellen/{scanvoorstel}/heropening": A.ROUTE_SCAN,
    "POST /scans/{scan}/openbaarmaking": A.DISCLOSE_SCAN,
    "POST /scans/{scan}/afronding": A.CLOSE_ROUND,
    "POST /scans/{scan}/intrekking": A.WITHDRAW_SCAN,
    "POST /scans/{scan}/rectificatie": A.CORRECT_SCAN,
    "POST /scans/{scan}/publicaties": A.PUBLISH_SCAN,
    "GET /uitvragen": AGENCY_ROLES,
    "GET /uitvragen/{uitvraag}": A.READ_ASSESSMENT,
    "GET /uitvragen/{uitvraag}/eerdere-versie": A.READ_ASSESSMENT,
    "PUT /uitvragen/{uitvraag}/antwoorden": A.ANSWER,
    "POST /uitvragen/{uitvraag}/bevestiging": A.HAND_IN,
    "POST /uitvragen/{uitvraag}/indiening": A.HAND_IN,
    "POST /uitvragen/{uitvraag}/geen-gevolgen": A.HAND_IN,
    "POST /uitvragen/{uitvraag}/niet-van-toepassing": A.HAND_IN,
    "POST /uitvragen/{uitvraag}/vaststelling": A.APPROVE,
    "POST /uitvragen/{uitvraag}/terugzending": A.SEND_BACK,
    "PUT /uitvragen/{uitvraag}/reactietermijn": A.ROUTE_SCAN,
    "POST /uitvragen/{uitvraag}/heropening": A.ROUTE_SCAN,
    "GET /uitvragen/{uitvraag}/gebeurtenissen": A.READ_ASSESSMENT,
    "GET /scans/{scan}/gebeurtenissen": SEES_SCAN,
    "GET /uitvragen/{uitvraag}/samenwerking": A.ANSWER,
    "POST /uitvragen/{uitvraag}/opmerkingen": A.ANSWER,
    "PUT /uitvragen/{uitvraag}/opmerkingen": A.ANSWER,
    "PUT /uitvragen/{uitvraag}/toewijzing": A.ANSWER,
    "GET /uitvragen/{uitvraag}/eerdere-antwoorden": A.READ_ASSESSMENT,
    "POST /uitvragen/{uitvraag}/overname": A.ANSWER,
    "GET /kengetallen": AGENCY_ROLES,
    "PUT /kengetallen": frozenset({Role.APPROVER}),
    "GET /dossiers/{dossiernummer}/uitvoeringstoetsen": SIGNED_IN,
    "POST /dossiers/{dossiernummer}/uitvoeringstoetsen": BILL_TEST,
    "GET /routeringen/correcties": COORDINATORS,
    "POST /dossiers/{dossiernummer}/wetsvoorstel": A.ADD_BILL,
    "GET /dossiers/{dossiernummer}/wetsvoorstel": SIGNED_IN,
}

# Bodies that pass the border's own check, by the last part of the path; without one the body is {"toelichting": ...}.
BODIES: dict[str, Any] = {
    "scans": {"amendement": {"tekst": TEXT, "titel": TITLE, "dossiernummer": "99001", "ondernummer": "77"}},
    "routering": {"organisaties": ["uwv"]},
    "stemming": {"stemming": None},
    "uitslag": {"uitslag": "aangenomen", "op": "2026-11-17T16:00:00Z", "bron": "Om dit te proberen."},
    "invoering": {"soort": None},
    "reactie": {"tekst": "Om dit te proberen."},
    "openbaarmaking": {"ondernummer": "14"},
    "antwoorden": {"antwoorden": {}},
    "bevestiging": None,
    "vaststelling": None,
    "publicaties": None,
    "routeringen": {"tekst": TEXT},
    "reactietermijn": {"reactieVoor": "2026-12-04T12:00:00Z"},
    "POST opmerkingen": {"vraag": "raakt", "tekst": "Om dit te proberen."},
    "PUT opmerkingen": {"nummer": 1, "opgelost": True},
    "toewijzing": {"onderdeel": None, "aan": None},
    "overname": {},
    "kengetallen": {"jaar": 2026, "naam": "fte", "bedrag": 90_000, "bron": "Om dit te proberen."},
    "uitvoeringstoetsen": {"organisatie": "uwv", "titel": "Toets", "datum": "2026-11-01", "tekst": "De toets."},
    "wetsvoorstel": {"tekst": "ARTIKEL I\n\nDe Werkloosheidswet wordt als volgt gewijzigd."},
}


# These take lines of JSON.
LINES = {"reeks"}

# What an address needs to be understood at all.
QUERIES = {"/oembed": "?url=http://testserver/publicaties/{number}"}


def doors(app: Any) -> set[str]:
    """ "GET /path" of everything the application answers to, as deep as routers are put into each other."""
    found = set()
    for route in getattr(app, "routes", []):
        inner = getattr(route, "original_router", None)
        if inner is not None:
            assert not getattr(route.include_context, "prefix", ""), "a prefix: this walk does not know it"
            found |= doors(inner)
        elif getattr(route, "methods", None):
            found |= {f"{method} {route.path}" for method in route.methods - {"HEAD", "OPTIONS"}}
    return found


def api_of(app: FastAPI) -> Any:
    mounted = next(route for route in app.routes if getattr(route, "path", None) == API)
    inner: Any = mounted.app  # type: ignore[attr-defined]
    while not isinstance(inner, FastAPI):
        inner = inner._app
    return inner


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Somebody at both doors: as a person with a session, and as their machine. `ties` is how they stand to the scan."""

    actor: Actor | None
    ties: frozenset[Relation]
    cookie: str
    csrf: str
    headers: Mapping[str, str]
    reading: Mapping[str, str] = field(default_factory=dict)
    """The headers of a machine of the same role that is held to reading."""


@dataclass(frozen=True, kw_only=True)
class House:
    app: FastAPI
    world: World
    http: TestClient
    callers: Mapping[str, Caller]
    places: Mapping[str, str]

    def elsewhere(self, **places: str) -> House:
        return replace(self, places={**self.places, **places})

    def path(self, template: str) -> str:
        return re.sub(r"\{([a-z]+)[^}]*\}", lambda match: self.places[match[1]], template)

    def web(self, caller: Caller, door: str) -> Any:
        method, template = door.split(" ")
        # A machine's form: it names a version that never was, and the session it belongs to.
        data = {
            "csrf": caller.csrf,
            "versie": "999999",
            "toelichting": "Om dit te proberen.",
            "persoon": self.places["person"],
            "naam": template,
            "opmerking": "Om dit te proberen.",
        }
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": caller.cookie}
        return self.http.request(
            method,
            self.path(template + QUERIES.get(template, "")),
            headers=headers,
            data=data if method != "GET" else None,
        )

    def api(self, caller: Caller, door: str) -> Any:
        method, template = door.split(" ")
        headers = {**caller.headers, "If-Match": '"999999"'}
        last = template.rsplit("/", 1)[1]
        if last in LINES:
            headers["Content-Type"] = "application/x-ndjson"
            return self.http.request(method, API + self.path(template), headers=headers, content=b"\n")
        given = (
            BODIES.get(f"{method} {last}", BODIES.get(last, {"toelichting": "Om dit te proberen."}))
            if method != "GET"
            else None
        )
        return self.http.request(method, API + self.path(template), headers=headers, json=given)


@pytest.fixture(scope="module")
def house(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    path = tmp_path_factory.mktemp("doors") / "doors.sqlite3"
    shutil.copyfile(_sqlite_template, path)
    url = f"sqlite:///{path}"
    # Every role knocks at every door: more often than anybody may in a minute.
    settings = Settings(
        environment=Environment.DEMO,
        database_url=url,
        public_url="http://testserver",
        rate_limits="off",
        webhook_hosts=["127.0.0.1"],
    )
    app = make_app(settings)
    site = app.state.site
    with opened(url) as world:
        callers = {
            "niemand": Caller(actor=None, ties=frozenset(), cookie="", csrf="", headers={}),
        }
        known = [(role.value, role, "uwv" if role in OF_AN_AGENCY else None) for role in Role]
        strange = [
            ("andere-indiener", Role.SUBMITTER, None),
            ("andere-behandelaar", Role.RESPONDENT, "cak"),
            ("andere-vaststeller", Role.APPROVER, "cak"),
        ]
        for name, role, agency in known + strange:
            person = accounts.add_person(
                site.desk, SERVICE, name=name, email=f"{name}@voorbeeld.example", roles=frozenset({role}), agency=agency
            )
            client, secret = accounts.add_client(
                site.desk, SERVICE, name=name, role=role, agency=agency, owner=person.email
            )
            _, reads = accounts.add_client(
                site.desk, SERVICE, name=f"{name}-leest", role=role, agency=agency, owner=person.email,
                scopes=frozenset({Scope.READ}),
            )  # fmt: skip
            assert actor_of_client(client).principal == actor_of_person(person).principal
            token = accounts.demo_sign_in(site.desk, person.id)
            ties = {Relation.OWN} if name == Role.SUBMITTER.value else {Relation.AGENCY} if agency == "uwv" else set()
            callers[name] = Caller(
                actor=actor_of_person(person),
                ties=frozenset(ties),
                cookie=f"{site.cookie}={token}",
                csrf=site.desk.seal(f"form:{token}"),
                headers={"Authorization": f"Bearer {secret}"},
                reading={"Authorization": f"Bearer {reads}"},
            )
        colleague = accounts.add_person(
            site.desk, SERVICE, name="collega", email="collega@voorbeeld.example",
            roles=frozenset({Role.RESPONDENT}), agency="uwv",
        )  # fmt: skip
        for template in ("/beheer/sleutels/vervangen", "/beheer/sleutels/intrekken"):
            accounts.add_client(site.desk, SERVICE, name=template, role=Role.READER, agency=None)
        published = world.published(paper_number="15")
        coordinating.start_correction(world.desk, COORDINATOR, published, None, "Er stond een verkeerd getal.")
        world.publish(published)
        reacting.react(world.desk, SUBMITTER, published, None, "Om dit te proberen.")
        outcomes.record_outcome(
            world.desk, COORDINATOR, published, None, OutcomeKind.ADOPTED, world.clock.now(), "Om dit te proberen."
        )
        looking_back.sweep(world.desk, world.clock.now() + timedelta(days=400))
        world.assessed("uwv", paper_number="16")
        scan = world.routed(
            "uwv", replaces="16", kind="gewijzigd amendement"
        )  # by "indiener", who is one of the callers
        collaborating.comment(world.desk, respondent("uwv"), f"{scan}-uwv", "raakt", "Om dit te proberen.")
        world.handed_in(scan, "uwv")
        rubric = next(iter(app.state.site.desk.library))
        code = rubric.to_wire()["onderdelen"][0]["code"]
        gets, _ = webhooks.add(site.desk, COORDINATOR, name="Griffie", url="http://127.0.0.1:9/", types=())
        turn_off = mailing.turn_off_path(site.desk, person.id, "opmerking").split("/")
        case = "11111111-2222-3333-4444-555555555555"
        with world.desk.writing() as work:
            record = Case(id=case, kind="Amendement", number="2026Z00001")
            work.house.add([Proposal(case=record, state=ProposalState.SEEN, seen_at=world.clock.now())])
            odd = Anomaly(kind=AnomalyKind.NO_DOCUMENT, subject=case)
            work.house.note(case, [odd], (), world.clock.now())
            (noted,) = work.house.anomalies_of(case)
            work.house.settle(noted.id, "niemand", world.clock.now())  # a second time changes nothing
        places = {
            "case": case, "scanvoorstel": case, "anomaly": noted.id,
            "receiver": gets.id, "which": turn_off[3], "signature": turn_off[4],
            "sequence": "1", "terugblik": f"{published}-uwv",
            "person": person.id, "colleague": colleague.id, "name": "onbekend", "identifier": scan, "scan": scan,
            "uitvraag": f"{scan}-uwv", "agency": "uwv", "code": code,
            "number": f"{published}-v2", "nummer": f"{published}-v2", "dossier": "99001", "paper": "15",
            "soort": "niet-gevonden", "dossiernummer": "99001",
            "day": "2026-12-08", "datum": "2026-12-08", "versie": rubric.ref.version,
        }  # fmt: skip
        http = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
        yield House(app=app, world=world, http=http, callers=callers, places=places)


def _placed(house: House, door: str) -> House:
    """The same house with the names that this door means by `identifier`, `number` and `code`."""
    template = door.split(" ")[1]
    more: dict[str, str] = {}
    if template.startswith("/terugblikken"):
        more["identifier"] = house.places["terugblik"]
    if template.startswith("/uitvragen"):
        more["identifier"] = house.places["uitvraag"]
    if template.startswith("/beheer"):
        more["identifier"] = house.places["person"]
    if template.startswith("/collegas"):
        more["identifier"] = house.places["colleague"]
    if template.startswith("/dossiers"):
        more["number"] = "99001"
    if template.startswith("/organisaties"):
        more["code"] = "uwv"
    if template.startswith(("/vragenlijsten", "/beheer/vragenlijsten/")):
        more["code"] = next(iter(house.app.state.site.desk.library)).ref.code
    return house.elsewhere(**more)


def _allowed(rule: Rule, caller: Caller) -> bool:
    if rule is OPEN:
        return True
    if rule is PROVIDER:
        return False
    if caller.actor is None:
        return False
    if rule is SIGNED_IN:
        return True
    actions = {rule} if isinstance(rule, Action) else {one for one in rule if isinstance(one, Action)}
    if actions:
        granted = [PERMISSIONS[role].get(action) for role in caller.actor.roles for action in actions]
        return any(relation is Relation.ANY or relation in caller.ties for relation in granted if relation is not None)
    assert isinstance(rule, frozenset)
    return bool(caller.actor.roles & rule)


def _asks_who(answer: Any) -> bool:
    """Sent to the sign-in page; or, where somebody's session ended while they typed, asked to sign in beside their words."""
    if answer.status_code == 303:
        return str(answer.headers["location"]).startswith("/inloggen")
    return answer.status_code == 401


def test_every_door_of_the_web_has_a_rule(house: House) -> None:
    assert doors(house.app) == set(WEB)


def test_every_door_of_the_api_has_a_rule(house: House) -> None:
    assert doors(api_of(house.app)) == set(OF_API)


# These end sessions, also those that the tests after them need: here they are tried by nobody only (tests/web has the rest).
ENDS = {
    "POST /uitloggen",
    "POST /mijn-account/sessies/{name}",
    "POST /mijn-account/overal-uitloggen",
    "POST /ontvangers/{receiver}/verwijderen",
}
# These cannot be tried with a version that is not there: they change something when they open.
CHANGES = {
    "POST /inloggen",
    "POST /beheer/sleutels/vervangen",
    "POST /beheer/sleutels/intrekken",
    "POST /uitvragen/{identifier}/opmerkingen",
    "POST /mijn-account/berichten",
    "POST /coordinatie/filters",
    "POST /mijn-account/berichten/opnieuw",
    "POST /afmelden/{person}/{which}/{signature}",
    "POST /beheer/mensen/{identifier}/adres",
    "POST /collegas/{identifier}/uitloggen",
    *(f"POST /ontvangers/{{receiver}}/{step}" for step in ("proef", "pauzeren", "hervatten", "geheim")),
}


@pytest.mark.parametrize("door", WEB)
def test_the_web_opens_for_whom_it_should(house: House, door: str) -> None:
    house = _placed(house, door)
    before = house.world.contents() if door.startswith("POST") and door not in CHANGES else None
    for name, caller in house.callers.items():
        if door in ENDS and caller.actor is not None:
            continue
        answer = house.web(caller, door)
        said = f"{door} by {name}: {answer.status_code} {answer.headers.get('location', '')}"
        assert answer.status_code < 500, said
        if _allowed(WEB[door], caller):
            assert not _asks_who(answer), said
            assert answer.status_code not in (403, 404, 405), said
        elif caller.actor is None and WEB[door] is not PROVIDER:
            assert _asks_who(answer), said
        else:
            assert answer.status_code in (403, 404), said
    if before is not None:
        assert house.world.contents() == before


@pytest.mark.parametrize("door", OF_API)
def test_the_api_opens_for_whom_it_should(house: House, door: str) -> None:
    house = _placed(house, door)
    for name, caller in house.callers.items():
        answer = house.api(caller, door)
        said = f"{door} by {name}: {answer.status_code} {answer.text[:200]}"
        assert answer.status_code < 500, said
        if _allowed(OF_API[door], caller):
            assert answer.status_code not in (401, 403, 404, 405, 415), said
        elif caller.actor is None:
            assert answer.status_code == 401, said
        else:
            assert answer.status_code in (403, 404), said


WRITES = [door for door in OF_API if not door.startswith("GET") and OF_API[door] is not OPEN]


@pytest.mark.parametrize("door", WRITES)
def test_a_machine_that_may_only_read_changes_nothing(house: House, door: str) -> None:
    """Whatever its role may do otherwise."""
    house = _placed(house, door)
    before = house.world.contents()
    for caller in house.callers.values():
        if caller.actor is None or not _allowed(OF_API[door], caller):
            continue
        answer = house.api(replace(caller, headers=caller.reading), door)
        said = f"{door}: {answer.status_code} {answer.text[:200]}"
        line = [json.loads(one) for one in answer.text.splitlines()] if door.rsplit("/", 1)[1] in LINES else []
        assert answer.status_code in (403, 404) or (line and all(one["status"] == 403 for one in line)), said
    after = house.world.contents()
    assert {name: rows for name, rows in after.items() if name != "clients"} == {
        name: rows for name, rows in before.items() if name != "clients"
    }  # a machine's last use is noted


OF_A_SCAN = [
    *((door, "web") for door in WEB if re.search(r" /(?!beheer|collegas).*\{identifier\}", door)),
    *((door, "api") for door in OF_API if re.search(r"\{(scan|uitvraag|terugblik)\}", door)),
]


@pytest.mark.parametrize(("door", "side"), OF_A_SCAN)
def test_what_is_not_yours_is_as_if_it_were_not_there(house: House, door: str, side: str) -> None:
    """A stranger with the right role gets the answer that a name which does not exist gets, to the letter."""
    house = _placed(house, door)
    absent = {"identifier": "2020-9999", "scan": "2020-9999", "uitvraag": "2020-9999-uwv"}
    absent["terugblik"] = absent["uitvraag"]
    if door.split(" ")[1].startswith(("/uitvragen", "/terugblikken")):
        absent["identifier"] = "2020-9999-uwv"
    elsewhere = house.elsewhere(**absent)
    strangers = ("andere-indiener", "andere-behandelaar", "andere-vaststeller")
    for name in strangers:
        caller = house.callers[name]
        ask = (House.web, House.api)[side == "api"]
        theirs, nothing = ask(house, caller, door), ask(elsewhere, caller, door)
        assert theirs.status_code == nothing.status_code, f"{door} by {name}"
        assert theirs.status_code in (403, 404), f"{door} by {name}: {theirs.status_code}"
        assert theirs.text == nothing.text, f"{door} by {name}"


# Nobody is asked to look back on what is confidential, so there is no look at it to note.
LOOKS = [(door, side) for door, side in OF_A_SCAN if door.startswith("GET") and "/terugblikken/" not in door]


@pytest.mark.parametrize(("door", "side"), LOOKS)
def test_no_door_shows_a_confidential_scan_unseen(house: House, door: str, side: str) -> None:
    """Whoever looks through whichever door, the journal says so."""
    rule = (WEB, OF_API)[side == "api"][door]
    number = str(1000 + LOOKS.index((door, side)))
    house.world.assessed("uwv", paper_number=number)
    scan = house.world.routed("uwv", paper_number=None, replaces=number, confidential=True)
    there = _placed(house, door)
    there = there.elsewhere(identifier=there.places["identifier"].replace(house.places["scan"], scan),
                            scan=scan, uitvraag=f"{scan}-uwv")  # fmt: skip
    name, caller = next((name, one) for name, one in house.callers.items() if _allowed(rule, one))
    answer = (House.web, House.api)[side == "api"](there, caller, door)
    assert answer.status_code == 200, f"{door} by {name}: {answer.status_code}"
    with house.world.desk.reading() as work:
        seen = [line.principal for line in work.journal.of_scan(scan) if line.event == "ScanSeen"]
    assert caller.actor is not None
    assert seen == [caller.actor.principal], f"{door} by {name}"
