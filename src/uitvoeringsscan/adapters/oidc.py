"""Sign-in by an identity provider: OpenID Connect, authorization code flow with PKCE. Fits `use_cases.ports.IdentityProvider`.

Loaded only when a provider is configured. What it asks of the network: the discovery document and the keys (kept a while),
one call per sign-in to trade the code, and one for the address of somebody when the token does not name it.

Every fault in what came back is a SignInRefused with one sentence for the person; the log says more to the operator, but
never a token, a code or a secret.
"""

from __future__ import annotations

import base64
import json
import logging
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Any, NoReturn
from urllib.parse import quote_plus, urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from uitvoeringsscan.errors import SignInRefused
from uitvoeringsscan.people.claims import AmbiguousClaims, ClaimMap, Identity, identity_of

log = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512", "EdDSA", "Ed25519"]
"""Signatures with a public key. Never `none`, and never one that is made with the client's secret."""

TIMEOUT = 10
"""Seconds for one call to the provider."""
MAX_ANSWER = 1_000_000
KEPT = 3600
"""Seconds that the discovery document and the keys are used before they are fetched again."""
FRESH = 30
"""Seconds between two fetches of the keys because a token names one that we do not know."""
LEEWAY = 60
"""Seconds that the provider's clock may differ from ours."""
MAX_AGE = 600
"""Seconds that a token may be old when it comes in: it was made for this sign-in, a moment ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSettings:
    """issuer as the provider itself writes it; client_id and client_secret as it knows us; where people come back to."""

    issuer: str
    client_id: str
    client_secret: str
    scope: str
    redirect_uri: str
    signed_out_uri: str
    claims: ClaimMap


class OidcProvider:
    """One provider. Safe to share between threads."""

    def __init__(self, settings: ProviderSettings, steady: Callable[[], float]) -> None:
        self._settings = settings
        self._steady = steady
        self._lock = threading.Lock()
        self._found: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def sign_in_address(self, *, state: str, nonce: str, challenge: str) -> str:
        asked = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": self._settings.redirect_uri,
            "scope": self._settings.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return _with_query(self._discovered("authorization_endpoint"), asked)

    def sign_out_address(self) -> str | None:
        endpoint = self._discovery().get("end_session_endpoint")
        if not isinstance(endpoint, str):
            return None
        asked = {"client_id": self._settings.client_id, "post_logout_redirect_uri": self._settings.signed_out_uri}
        return _with_query(endpoint, asked)

    def identity(self, *, code: str, issuer: str | None, nonce: str, verifier: str, now: datetime) -> Identity:
        discovery = self._discovery()
        if issuer != self._settings.issuer and (
            issuer is not None or discovery.get("authorization_response_iss_parameter_supported")
        ):
            _refuse("the answer comes from another issuer", "Het antwoord komt van een andere inlogdienst.")
        answer = self._trade(code, verifier)
        token = answer.get("id_token")
        if not isinstance(token, str):
            _refuse("the provider sent no ID token", "De inlogdienst zei niet wie u bent.")
        claims = self._verified(token, nonce, now)
        if "email" not in claims:
            claims = self._with_user_info(claims, answer.get("access_token"))
        try:
            identity = identity_of(claims, self._settings.claims)
        except AmbiguousClaims as error:
            _refuse(f"two agencies: {error}", "De inlogdienst noemt meer dan één organisatie bij u.")
        if identity is None:
            _refuse("no verified e-mail address", "De inlogdienst noemt geen gecontroleerd e-mailadres van u.")
        return identity

    def _verified(self, token: str, nonce: str, now: datetime) -> dict[str, Any]:
        """The claims of an ID token in which everything is as OpenID Connect Core 3.1.3.7 asks."""
        claims = self._signed(token)
        if claims.get("iss") != self._settings.issuer:
            _refuse("wrong issuer in the token", "Het inlogbewijs komt van een andere inlogdienst.")
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if self._settings.client_id not in audiences or claims.get("azp", self._settings.client_id) != (
            self._settings.client_id
        ):
            _refuse("the token is for another client", "Het inlogbewijs is voor een andere dienst bedoeld.")
        if len(audiences) > 1 and "azp" not in claims:
            _refuse("several audiences and no authorized party", "Het inlogbewijs is voor een andere dienst bedoeld.")
        moment = now.timestamp()
        expires, issued = _number(claims, "exp"), _number(claims, "iat")
        if expires is None or issued is None or moment >= expires + LEEWAY or moment > issued + MAX_AGE + LEEWAY:
            _refuse("the token is expired or too old", "Het inlogbewijs is verlopen.")
        if issued > moment + LEEWAY:
            _refuse("the token is from the future", "Het inlogbewijs is nog niet geldig.")
        given = claims.get("nonce")
        if not isinstance(given, str) or not compare_digest(given.encode(), nonce.encode()):
            _refuse(
                "wrong nonce: a token of another sign-in",
                "Het inlogbewijs hoort bij een andere poging om in te loggen.",
            )
        return claims

    def _signed(self, token: str) -> dict[str, Any]:
        for fresh in (False, True):
            try:
                return dict(jwt.decode(token, self._key_set(fresh=fresh), algorithms=ALGORITHMS).claims)
            except (JoseError, ValueError) as error:  # a key that we do not know may be a new one: look once more
                reason = f"{type(error).__name__}: {error}"
        _refuse(f"signature: {reason}", "De handtekening onder het inlogbewijs klopt niet.")

    def _with_user_info(self, claims: dict[str, Any], access_token: object) -> dict[str, Any]:
        """The claims with what the provider adds when asked about this person; the token's own words go first."""
        endpoint = self._discovery().get("userinfo_endpoint")
        if not isinstance(endpoint, str) or not isinstance(access_token, str):
            return claims
        more = _asked(endpoint, headers={"Authorization": f"Bearer {access_token}"})
        if more.get("sub") != claims.get("sub"):
            _refuse("user info about somebody else", "De inlogdienst noemt twee verschillende mensen.")
        return {**more, **claims}

    def _trade(self, code: str, verifier: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._settings.redirect_uri,
            "code_verifier": verifier,
        }
        headers = {}
        methods = self._discovery().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" in methods:
            pair = f"{quote_plus(self._settings.client_id)}:{quote_plus(self._settings.client_secret)}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        else:
            form |= {"client_id": self._settings.client_id, "client_secret": self._settings.client_secret}
        return _asked(self._discovered("token_endpoint"), form, headers)

    # --- what the provider says of itself ---

    def _discovered(self, name: str) -> str:
        address = self._discovery().get(name)
        if not isinstance(address, str):
            _refuse(f"the provider names no {name}", UNREACHABLE)
        return address

    def _discovery(self) -> dict[str, Any]:
        with self._lock:
            if self._found is None or self._steady() - self._found[0] > KEPT:
                address = self._settings.issuer.rstrip("/") + "/.well-known/openid-configuration"
                document = _asked(address)
                if document.get("issuer") != self._settings.issuer:
                    _refuse(f"the provider calls itself {document.get('issuer')!r}", UNREACHABLE)
                self._found = (self._steady(), document)
            return self._found[1]

    def _key_set(self, *, fresh: bool) -> KeySet:
        address = self._discovered("jwks_uri")
        with self._lock:
            age = self._steady() - self._keys[0] if self._keys else KEPT + 1
            if self._keys is None or age > KEPT or (fresh and age > FRESH):
                keys = KeySet.import_key_set(_asked(address))  # type: ignore[arg-type]  # checked while it is imported
                self._keys = (self._steady(), keys)
            return self._keys[1]


UNREACHABLE = "De inlogdienst geeft geen antwoord. Probeer het over een paar minuten opnieuw."


def _refuse(reason: str, message: str) -> NoReturn:
    log.warning("sign-in refused: %s", reason)
    raise SignInRefused(message)


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """The provider's own addresses answer themselves; a secret is never carried on to another one."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoDetours)


def _asked(
    address: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object with which the provider answers. Only http and https: the addresses come from its own document."""
    if not address.startswith(("https://", "http://")):
        _refuse("an address of the provider that is not http(s)", UNREACHABLE)
    body = urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(address, body, {"Accept": "application/json", **(headers or {})})  # noqa: S310
    try:
        with _opener.open(request, timeout=TIMEOUT) as answer:
            document = json.loads(answer.read(MAX_ANSWER))
    except urllib.error.HTTPError as error:
        with error:
            said = _error_code(error.read(MAX_ANSWER))
        if error.code in (400, 401, 403) and said == "invalid_grant":
            _refuse("the code is used, expired or not ours", "Deze poging om in te loggen is al gebruikt of verlopen.")
        _refuse(f"{request.host} answered {error.code} {said}", UNREACHABLE)
    except (OSError, ValueError) as error:
        _refuse(f"{request.host}: {type(error).__name__}", UNREACHABLE)
    if not isinstance(document, dict):
        _refuse(f"{request.host} answered no JSON object", UNREACHABLE)
    return document


def _error_code(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"])[:40]
    except (ValueError, KeyError, TypeError):
        return ""


def _number(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _with_query(address: str, query: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"
