"""OAuth 2 client credentials (RFC 6749, section 4.4): a secret traded for a token that ends soon, and held to a scope."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

import pytest
from starlette.testclient import TestClient

from uitvoeringsscan.people.people import SERVICE, Client, Role, Scope
from uitvoeringsscan.use_cases import accounts

if TYPE_CHECKING:
    from conftest import Parliament

GRANT = {"grant_type": "client_credentials"}


def machine(desk: Any, **more: Any) -> tuple[Client, str]:
    given = {"name": "machine", "role": Role.SUBMITTER, "agency": None, "owner": None, **more}
    return accounts.add_client(desk, SERVICE, **given)


def basic(client: str, secret: str) -> dict[str, str]:
    return {
        "Authorization": "Basic " + base64.b64encode(f"{quote_plus(client)}:{quote_plus(secret)}".encode()).decode()
    }


@pytest.fixture
def http(parliament: Parliament) -> TestClient:
    return TestClient(parliament.app, base_url="http://testserver", follow_redirects=False)


@pytest.mark.parametrize("way", ["basic", "post"])
def test_both_ways_of_showing_the_secret(parliament: Parliament, http: TestClient, way: str) -> None:
    client, secret = machine(parliament.desk)
    if way == "basic":
        answer = http.post("/oauth/token", data={**GRANT, "scope": "lezen"}, headers=basic(client.id, secret))
    else:
        sent = {**GRANT, "scope": "lezen", "client_id": client.id, "client_secret": secret}
        answer = http.post("/oauth/token", data=sent)
    assert answer.status_code == 200
    said = answer.json()
    assert (said["token_type"], said["expires_in"], said["scope"]) == ("Bearer", 900, "lezen")
    assert answer.headers["cache-control"] == "no-store"
    bearer = {"Authorization": f"Bearer {said['access_token']}"}
    assert http.get("/api/v1/scans", headers=bearer).status_code == 200
    body = {"amendement": {"tekst": "I\n\nIn artikel 1 vervalt «een».", "titel": "Wijziging", "dossiernummer": "99001"}}
    assert http.post("/api/v1/scans", json=body, headers=bearer).status_code == 403
    assert http.post("/api/v1/scans", json=body, headers={"Authorization": f"Bearer {secret}"}).status_code == 201
    accounts.revoke_client(parliament.desk, SERVICE, "machine")
    assert http.get("/api/v1/scans", headers=bearer).status_code == 401


def test_every_refusal_is_one_of_the_standards(parliament: Parliament, http: TestClient) -> None:
    client, secret = machine(parliament.desk, scopes=frozenset({Scope.READ}))
    good = {**GRANT, "client_id": client.id, "client_secret": secret}
    refusals: list[tuple[int, str, dict[str, Any]]] = [
        (400, "invalid_request", {"json": good}),
        (400, "invalid_request", {"data": {}}),
        (400, "invalid_request", {"data": {**good, "scope": ["lezen", "lezen"]}}),
        (400, "invalid_request", {"data": good, "headers": basic(client.id, secret)}),
        (400, "invalid_request", {"data": {**GRANT, "client_id": "ander"}, "headers": basic(client.id, secret)}),
        (400, "unsupported_grant_type", {"data": {**good, "grant_type": "password"}}),
        (400, "invalid_scope", {"data": {**good, "scope": "indienen"}}),
        (401, "invalid_client", {"data": {**good, "client_secret": "us_verkeerd"}}),
        (401, "invalid_client", {"data": GRANT}),
        (401, "invalid_client", {"data": GRANT, "headers": {"Authorization": "Basic %%%"}}),
        (401, "invalid_client", {"data": GRANT, "headers": {"Authorization": f"Bearer {secret}"}}),
        (401, "invalid_client", {"data": {**good, "client_id": "é\x00"}}),
    ]
    for status, error, sent in refusals:
        answer = http.post("/oauth/token", **sent)
        said = answer.json()
        assert (answer.status_code, said["error"]) == (status, error), sent
        assert re.fullmatch(r"[\x20\x21\x23-\x5b\x5d-\x7e]+", said["error_description"])
        assert answer.headers["cache-control"] == "no-store"
        assert ("www-authenticate" in answer.headers) is (status == 401)
        assert secret not in answer.text


def test_the_metadata_lead_there(http: TestClient) -> None:
    said = http.get("/.well-known/oauth-authorization-server").json()
    assert said["token_endpoint"] == f"{said['issuer']}/oauth/token"
    assert said["scopes_supported"] == [scope.value for scope in Scope]
    document = http.get("/api/v1/openapi.json").json()
    flow = document["components"]["securitySchemes"]["oauth"]["flows"]["clientCredentials"]
    assert flow["tokenUrl"] == said["token_endpoint"]
    assert list(flow["scopes"]) == said["scopes_supported"]


def test_an_administrator_holds_a_machine_to_a_part(parliament: Parliament) -> None:
    site = parliament.site("B. Beheerder")
    site.get("/beheer/sleutels")
    page = site.send("/beheer/sleutels", {"naam": "deel", "rol": "indiener", "bereik": ["lezen", "indienen"]})
    assert "alleen lezen, indienen" in page.text
    (client,) = [one for one in accounts.list_clients(parliament.desk, SERVICE) if one.name == "deel"]
    assert client.scopes == {Scope.READ, Scope.SUBMIT}
    assert client.id in page.text
