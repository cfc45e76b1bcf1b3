"""A machine trades its secret for a token that ends soon (OAuth 2, client credentials: RFC 6749, section 4.4).

The token is a secret by chance, kept as a digest. Whether its client may still come in is asked anew at every call, so
revoking a client ends its tokens at once, in every process.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Literal

from uitvoeringsscan.identifiers import ClientId
from uitvoeringsscan.people.people import Client, Scope
from uitvoeringsscan.use_cases.ports import AccessToken, Desk, Work

LASTS = timedelta(minutes=15)
PREFIX = "ut_"
"""What tells a token from a client's own secret."""

_KEEP = 20
"""Old tokens that are thrown away for each new one: nothing piles up where no sweep runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """`lasts` is how long the token opens, counted from now."""

    token: str
    scopes: frozenset[Scope]
    lasts: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """`error` is a code of RFC 6749, section 5.2."""

    error: Literal["invalid_client", "invalid_scope"]


def issue(desk: Desk, *, client: str, secret: str, scope: str | None) -> Issued | Refused:
    """A token for the client of this name and secret, held to `scope` (words with a space between), or to all it may.

    Whoever knows the name and not the secret learns nothing: not even whether there is such a client.
    """
    now, given = desk.now(), desk.hash(secret)
    with desk.reading() as work:  # who guesses holds no writer up
        found = _known(desk, work, client, given, now)
    if found is None:
        return Refused(error="invalid_client")
    scopes = _wanted(found, scope)
    if scopes is None:
        return Refused(error="invalid_scope")
    token = f"{PREFIX}{desk.token()}"
    with desk.writing() as work:
        found = _known(desk, work, client, given, now)  # its secret may have been replaced meanwhile
        if found is None:
            return Refused(error="invalid_client")
        ends = min(now + LASTS, found.expires_at or now + LASTS)
        work.access_tokens.forget(now, _KEEP)
        work.access_tokens.add(
            AccessToken(
                token_hash=desk.hash(token),
                client=found.id,
                scopes=scopes,
                created_at=now,
                expires_at=ends,
            )
        )
    return Issued(token=token, scopes=scopes, lasts=ends - now)


def _known(desk: Desk, work: Work, client: str, given: str, now: datetime) -> Client | None:
    found = work.clients.get(ClientId(client))
    # Compared also when there is no such client, so that the time it takes is the same.
    right = compare_digest(found.secret_hash if found else desk.hash(""), given)
    return found if found is not None and right and found.opens(now) else None


def _wanted(client: Client, scope: str | None) -> frozenset[Scope] | None:
    most = client.scopes if client.scopes is not None else frozenset(Scope)
    words = (scope or "").split(" ") if scope else []
    known = {one.value for one in Scope}
    if not set(words) <= known:
        return None
    wanted = frozenset(Scope(word) for word in words) or most
    return wanted if wanted <= most | {Scope.READ} else None


def client_of(work: Work, digest: str, now: datetime) -> Client | None:
    """Whose token this is the digest of, held to what the token was given for; None when it is unknown or ended."""
    token = work.access_tokens.get(digest)
    if token is None or not compare_digest(token.token_hash, digest) or now >= token.expires_at:
        return None
    client = work.clients.get(token.client)
    return client.held_to(token.scopes) if client is not None else None
