"""Signing in through a real identity provider, and every way in which what comes back may be wrong.

The provider runs as a process of its own. `Between` stands where somebody would who can change its answers on their way.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.testclient import TestClient

from tests.support.desk import World, opened
from tests.support.provider import provider, walk
from uitvoeringsscan.adapters import chance
from uitvoeringsscan.adapters.oidc import OidcProvider, ProviderSettings
from uitvoeringsscan.errors import SignInRefused
from uitvoeringsscan.people.claims import ClaimMap
from uitvoeringsscan.people.people import SERVICE, Person, Role
from uitvoeringsscan.use_cases import accounts
from uitvoeringsscan.web.app import create_web

SITE = "http://testserver"
BACK = f"{SITE}/inloggen/terug"
SECRET = "een-geheim-van-de-dienst-bij-de-inlogdienst"
ROLE_MAP = {"kamer": "indiener", "uwv-antwoord": "behandelaar@uwv", "svb-vast": "vaststeller@svb", "los": "behandelaar"}
WHO: dict[str, dict[str, Any]] = {
    "anna": {"email": "Anna@voorbeeld.example", "email_verified": True, "name": "Anna Voorbeeld", "groups": ["kamer"]},
    "bob": {"email": "bob@voorbeeld.example", "name": "Bob Voorbeeld", "groups": ["uwv-antwoord", "iets-anders"]},
    "carl": {"email": "carl@voorbeeld.example", "email_verified": False, "name": "Carl", "groups": ["kamer"]},
    "dora": {"name": "Dora zonder adres", "groups": ["kamer"]},
    "emma": {"email": "emma@voorbeeld.example", "name": "Emma", "groups": ["uwv-antwoord", "svb-vast"]},
    "finn": {"email": "finn@voorbeeld.example", "name": "Finn", "groups": ["onbekend"]},
    "gert": {"email": "gert@voorbeeld.example", "name": "Gert", "groups": ["los"], "agency": "bestaat-niet"},
    "hans": {"email": "hans@voorbeeld.example", "name": "Hans", "groups": ["los"], "agency": "svb"},
    "anna-2": {"email": "anna@voorbeeld.example", "email_verified": True, "name": "Een ander", "groups": ["kamer"]},
}


def _client(name: str) -> dict[str, Any]:
    return {
        "client_id": name,
        "client_secret": SECRET,
        "redirect_uris": [BACK],
        "post_logout_redirect_uris": [f"{SITE}/"],
    }


@pytest.fixture(scope="module", params=[True, False], ids=["claims-in-the-token", "claims-on-request"])
def issuer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = {"clients": [_client("scan"), _client("andere")], "accounts": WHO, "claimsInToken": request.param}
    with provider(settings, tmp_path_factory.mktemp("oidc") / "provider.log") as started:
        yield started


class Between(OidcProvider):
    """The provider, with somebody between it and us who may change what it answers."""

    change: Callable[[dict[str, Any]], dict[str, Any]] = staticmethod(dict)  # type: ignore[assignment]
    seen: list[dict[str, Any]]

    def _trade(self, code: str, verifier: str) -> dict[str, Any]:
        answer = super()._trade(code, verifier)
        self.seen = [*getattr(self, "seen", []), answer]
        return self.change(answer)


@dataclass
class Visitor:
    """A browser at our site, and the way to the provider and back."""

    world: World
    between: Between
    http: TestClient
    left: dict[str, str] = field(default_factory=dict)

    def set_out(self, onward: str = "/mijn-scans") -> str:
        answer = self.http.get("/inloggen/begin", params={"verder": onward})
        assert answer.status_code == 303
        return str(answer.headers["location"])

    def back(self, login: str, onward: str = "/mijn-scans") -> str:
        """The address that the provider sends the browser back to."""
        return walk(self.set_out(onward), login, BACK)

    def sign_in(self, login: str) -> Any:
        return self.http.get(self.back(login))

    def signed_in(self) -> bool:
        return self.http.get("/mijn-account").status_code == 200


def _claim_map(**more: Any) -> ClaimMap:
    return ClaimMap(**{"role_claim": "groups", "agency_claim": "agency", "roles": ROLE_MAP, **more})


def _between(issuer: str, *, client: str = "scan", claims: ClaimMap | None = None) -> Between:
    given = ProviderSettings(
        issuer=issuer, client_id=client, client_secret=SECRET, scope="openid profile email",
        redirect_uri=BACK, signed_out_uri=f"{SITE}/", claims=claims or _claim_map(),
    )  # fmt: skip
    return Between(given, chance.steady)


@pytest.fixture
def arrive(issuer: str, sqlite_url: str) -> Iterator[Callable[..., Visitor]]:
    with opened(sqlite_url) as world:
        world.clock.at = chance.now()
        yield lambda **more: _visitor(world, _between(issuer, **more))


@pytest.fixture
def visitor(arrive: Callable[..., Visitor]) -> Visitor:
    return arrive()


@pytest.fixture
def stored(issuer: str, database_url: str) -> Iterator[Visitor]:
    """The same on both databases."""
    with opened(database_url) as world:
        world.clock.at = chance.now()
        yield _visitor(world, _between(issuer))


def _visitor(world: World, between: Between) -> Visitor:
    @asynccontextmanager
    async def nothing(_app: Any) -> Any:
        yield

    desk = replace(world.desk, provider=between, demo=False)
    app = create_web(desk, demonstration=False, public_url=SITE, lifespan=nothing)
    http = TestClient(app, base_url=SITE, follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"})
    return Visitor(world, between, http)


def _people(world: World) -> list[Person]:
    with world.desk.reading() as work:
        return list(work.people.every())


def _refused(answer: Any, words: str) -> None:
    assert answer.status_code == 403
    assert "Inloggen is niet gelukt" in answer.text
    assert words in answer.text
    assert "uitvoeringsscan=" not in answer.headers.get("set-cookie", "").replace("__Host-", "")


# --- as it should go --------------------------------------------------------------------------------------------------


def test_somebody_signs_in_and_is_who_the_provider_says(stored: Visitor) -> None:
    answer = stored.sign_in("anna")
    assert (answer.status_code, answer.headers["location"]) == (303, "/mijn-scans")
    (person,) = _people(stored.world)
    assert (person.name, person.email) == ("Anna Voorbeeld", "anna@voorbeeld.example")
    assert (person.roles, person.agency, person.subject) == ({Role.SUBMITTER}, None, "anna")
    assert "Anna Voorbeeld" in stored.http.get("/mijn-scans").text
    stored.sign_in("anna")
    assert _people(stored.world) == [person]
    with stored.world.desk.reading() as work:
        assert len(work.sessions.of_person(person.id)) == 1  # the session before this one ended


def test_roles_and_agency_follow_the_claims(visitor: Visitor) -> None:
    visitor.sign_in("bob")
    visitor.sign_in("hans")
    found = {person.name: (set(person.roles), person.agency) for person in _people(visitor.world)}
    assert found == {"Bob Voorbeeld": ({Role.RESPONDENT}, "uwv"), "Hans": ({Role.RESPONDENT}, "svb")}


def test_a_session_is_one_of_ours_and_carries_nothing_of_the_provider(visitor: Visitor) -> None:
    answer = visitor.sign_in("anna")
    cookies = answer.headers.get_list("set-cookie")
    assert any(c.startswith("uitvoeringsscan=") and "HttpOnly" in c and "samesite=lax" in c.casefold() for c in cookies)
    assert any(c.startswith('aanmelden="";') for c in cookies), "the secret of the attempt goes"
    kept = repr(visitor.world.contents()) + repr(visitor.http.cookies)
    for secret in (visitor.between.seen[-1]["id_token"], visitor.between.seen[-1]["access_token"]):
        assert secret not in kept


def test_the_way_to_the_provider_is_guarded(visitor: Visitor) -> None:
    asked = parse_qs(urlsplit(visitor.set_out()).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert {"state", "nonce"} <= set(asked)
    again = parse_qs(urlsplit(visitor.set_out()).query)
    assert not {asked[name][0] for name in ("state", "nonce", "code_challenge")} & {
        again[name][0] for name in ("state", "nonce", "code_challenge")
    }


@pytest.mark.parametrize("onward", ["https://elders.example/", "//elders.example", "/\\elders.example", "/a\r\nb: c"])
def test_nobody_is_sent_on_to_elsewhere(visitor: Visitor, onward: str) -> None:
    answer = visitor.http.get(visitor.back("anna", onward))
    assert answer.headers["location"] == "/"


def test_signing_out_ends_it_here_and_leads_to_the_provider(visitor: Visitor, issuer: str) -> None:
    visitor.sign_in("anna")
    page = visitor.http.get("/mijn-scans").text
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    answer = visitor.http.post("/uitloggen", data={"csrf": csrf})
    assert answer.headers["location"] == "/uitgelogd"
    assert not visitor.signed_in()
    on = visitor.http.get("/uitgelogd")
    assert on.headers["refresh"].startswith(f"0; url={issuer}/session/end?")
    assert "post_logout_redirect_uri=http%3A%2F%2Ftestserver%2F" in on.headers["refresh"]


# --- who is let in ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("login", "words"),
    [
        ("carl", "geen gecontroleerd e-mailadres"),
        ("dora", "geen gecontroleerd e-mailadres"),
        ("emma", "meer dan één organisatie"),
        ("finn", "geen rol"),
        ("gert", "Deze organisatie kennen we niet"),
    ],
)
def test_who_has_no_place_here_is_told_why(visitor: Visitor, login: str, words: str) -> None:
    before = visitor.world.contents()
    _refused(visitor.sign_in(login), words)
    assert not visitor.signed_in()
    assert visitor.world.contents() == before


def test_without_a_map_people_are_known_beforehand(arrive: Callable[..., Visitor]) -> None:
    visitor = arrive(claims=_claim_map(roles={}))
    _refused(visitor.sign_in("anna"), "Wij kennen u nog niet")
    known = accounts.add_person(
        visitor.world.desk, SERVICE, name="A. Voorbeeld", email="ANNA@voorbeeld.example",
        roles=frozenset({Role.READER}), agency=None,
    )  # fmt: skip
    assert visitor.sign_in("anna").status_code == 303
    assert _people(visitor.world) == [replace(known, subject="anna")]


def test_somebody_elses_old_address_does_not_make_you_them(visitor: Visitor) -> None:
    visitor.sign_in("anna")
    before = visitor.world.contents()
    _refused(visitor.sign_in("anna-2"), "bij een ander account")
    assert visitor.world.contents() == before


def test_who_was_closed_off_does_not_come_back_by_the_provider(visitor: Visitor) -> None:
    visitor.sign_in("anna")
    (anna,) = _people(visitor.world)
    accounts.change_person(visitor.world.desk, SERVICE, anna.id, roles=anna.roles, agency=None, active=False)
    assert not visitor.signed_in()
    _refused(visitor.sign_in("anna"), "Uw account is afgesloten")


def test_a_role_that_was_taken_away_at_the_provider_is_gone_here(visitor: Visitor) -> None:
    accounts.add_person(
        visitor.world.desk, SERVICE, name="Bob", email="bob@voorbeeld.example",
        roles=frozenset({Role.ADMIN, Role.COORDINATOR}), agency=None,
    )  # fmt: skip
    visitor.sign_in("bob")
    (bob,) = _people(visitor.world)
    assert (bob.roles, bob.agency) == ({Role.RESPONDENT}, "uwv")
    with visitor.world.desk.reading() as work:
        line = work.journal.newest("PersonChanged")
    assert line is not None
    assert line.details["roles"] == ["behandelaar"]


# --- what comes back wrong --------------------------------------------------------------------------------------------


def _with(address: str, **changed: str | None) -> str:
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    return f"{BACK}?{urlencode({k: v for k, v in {**query, **changed}.items() if v is not None})}"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"state": "verzonnen"}, "hoort niet bij een poging"),
        ({"state": None}, "hoort niet bij een poging"),
        ({"code": "verzonnen"}, "al gebruikt of verlopen"),
        ({"code": None, "error": "access_denied"}, "niet ingelogd"),
        ({"iss": "https://elders.example"}, "andere inlogdienst"),
        ({"iss": None}, "andere inlogdienst"),
    ],
)
def test_a_forged_answer_opens_nothing(visitor: Visitor, changed: Mapping[str, str | None], words: str) -> None:
    before = visitor.world.contents()
    _refused(visitor.http.get(_with(visitor.back("anna"), **changed)), words)
    assert not visitor.signed_in()
    assert visitor.world.contents() == before


def test_an_answer_is_good_for_one_browser_and_one_time(visitor: Visitor, arrive: Callable[..., Visitor]) -> None:
    address = visitor.back("anna")
    other = _visitor(visitor.world, visitor.between)
    _refused(other.http.get(address), "duurde te lang")  # it never set out
    other.set_out()
    _refused(other.http.get(address), "hoort niet bij een poging")  # it set out for something else
    kept = dict(visitor.http.cookies)
    assert visitor.http.get(address).status_code == 303
    for name, value in kept.items():  # the same cookie and the same answer once more
        visitor.http.cookies.set(name, value)
    _refused(visitor.http.get(address), "al gebruikt of verlopen")


def test_another_verifier_is_refused_by_the_provider(visitor: Visitor) -> None:
    address = visitor.back("anna")
    trade = OidcProvider._trade
    with pytest.raises(SignInRefused, match="al gebruikt"):
        trade(visitor.between, parse_qs(urlsplit(address).query)["code"][0], "x" * 64)


def test_who_takes_too_long_starts_again(visitor: Visitor) -> None:
    address = visitor.back("anna")
    visitor.world.clock.forward(minutes=10, seconds=1)
    _refused(visitor.http.get(address), "duurde te lang")


def _parts(token: str) -> list[dict[str, Any]]:
    return [json.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2]]


def _plain(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _forged_payload(token: str) -> str:
    """Somebody else's name under the provider's own signature."""
    _, claims = _parts(token)
    head, _, signature = token.split(".")
    return f"{head}.{_plain({**claims, 'sub': 'bob', 'email': 'bob@voorbeeld.example'})}.{signature}"


def _other_key(token: str) -> str:
    head, claims = _parts(token)
    return jwt.encode({"alg": "RS256", "kid": head["kid"]}, claims, RSAKey.generate_key(2048))


def _unsigned(token: str) -> str:
    _, claims = _parts(token)
    return f"{_plain({'alg': 'none'})}.{_plain(claims)}."


def _by_shared_secret(token: str) -> str:
    """Signed with what both sides know: whoever learns the client's secret could make one."""
    _, claims = _parts(token)
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))


@pytest.mark.parametrize(
    "forge",
    [_forged_payload, _other_key, _unsigned, _by_shared_secret, lambda _: "geen.token", lambda _: "", lambda t: t[:-9]],
    ids=["payload", "other-key", "unsigned", "shared-secret", "no-token", "empty", "cut-off"],
)
def test_a_token_that_the_provider_did_not_sign_is_refused(visitor: Visitor, forge: Callable[[str], str]) -> None:
    visitor.between.change = lambda answer: {**answer, "id_token": forge(answer["id_token"])}
    before = visitor.world.contents()
    _refused(visitor.sign_in("anna"), "De handtekening onder het inlogbewijs klopt niet")
    assert visitor.world.contents() == before


def test_a_token_from_an_earlier_sign_in_is_refused(visitor: Visitor) -> None:
    visitor.sign_in("anna")
    earlier = visitor.between.seen[-1]
    visitor.between.change = lambda answer: {**answer, **earlier}
    other = _visitor(visitor.world, visitor.between)
    _refused(other.sign_in("bob"), "een andere poging om in te loggen")
    assert not other.signed_in()


def test_a_token_for_another_client_is_refused(visitor: Visitor, issuer: str) -> None:
    """A real token of the same provider, made for another service at the same moment with the nonce of this one."""
    elsewhere = _between(issuer, client="andere")

    def change(answer: dict[str, Any]) -> dict[str, Any]:
        _, claims = _parts(answer["id_token"])
        verifier = "v" * 64
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
        there = elsewhere.sign_in_address(state="s", nonce=claims["nonce"], challenge=challenge.decode())
        code = parse_qs(urlsplit(walk(there, "anna", BACK)).query)["code"][0]
        return OidcProvider._trade(elsewhere, code, verifier)

    visitor.between.change = change
    _refused(visitor.sign_in("anna"), "voor een andere dienst bedoeld")


@pytest.mark.parametrize(("forward", "words"), [({"minutes": 12}, "verlopen"), ({"minutes": -5}, "nog niet geldig")])
def test_a_token_of_another_time_is_refused(visitor: Visitor, forward: dict[str, float], words: str) -> None:
    visitor.sign_in("anna")
    token = visitor.between.seen[-1]["id_token"]
    nonce, verified = _parts(token)[1]["nonce"], visitor.between._verified
    assert verified(token, nonce, visitor.world.clock.at)["sub"] == "anna"
    visitor.world.clock.forward(**forward)
    with pytest.raises(SignInRefused, match=words):
        verified(token, nonce, visitor.world.clock.at)


def test_a_provider_that_is_gone_or_calls_itself_otherwise_is_said_so(
    arrive: Callable[..., Visitor], issuer: str
) -> None:
    visitor = arrive()
    other_name = _visitor(visitor.world, _between(issuer.replace("127.0.0.1", "localhost")))
    _refused(other_name.http.get("/inloggen/begin"), "geeft geen antwoord")
    gone = _visitor(visitor.world, _between("http://127.0.0.1:9"))
    _refused(gone.http.get("/inloggen/begin"), "geeft geen antwoord")
    file = _visitor(visitor.world, _between(Path(__file__).as_uri()))
    _refused(file.http.get("/inloggen/begin"), "geeft geen antwoord")


def test_the_sign_in_page_leads_to_the_provider_and_offers_nobody_to_be(visitor: Visitor) -> None:
    page = visitor.http.get("/inloggen", params={"verder": "/mijn-scans"})
    assert 'href="/inloggen/begin?verder=/mijn-scans"' in page.text
    assert 'name="persoon"' not in page.text
    assert visitor.http.post("/inloggen", data={"persoon": "x"}).status_code == 403


def test_without_a_provider_nothing_of_it_is_loaded(sqlite_url: str) -> None:
    program = (
        "import sys\n"
        "from uitvoeringsscan.bootstrap import make_app\n"
        "from uitvoeringsscan.settings import Settings\n"
        f"make_app(Settings(database_url={sqlite_url!r}))\n"
        "print([name for name in sys.modules if 'joserfc' in name or name.endswith('.oidc')])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
