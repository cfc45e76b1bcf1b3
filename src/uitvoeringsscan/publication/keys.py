"""The keys that publications are signed with: one in use, the ones before it known for as long as there are publications.

A key is named by its own thumbprint (RFC 7638), so a name can never come to mean another key. A signature is a detached
JWS (RFC 7515, appendix F) with Ed25519 over the bytes of the document: `head..signature`, both base64url.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """
    kid      RFC 7638 thumbprint of the public key: base64url, 43 characters
    public   the public key, base64url (the `x` of a JWK)
    sealed   the private key under the installation's own secret; None once another key took its place
    """

    kid: str
    public: str
    made_at: datetime
    sealed: bytes | None = field(repr=False)


def key_set(keys: Iterable[SigningKey]) -> dict[str, Any]:
    """Every public key as a JWK Set (RFC 7517): what anybody needs to check a signature of any year."""
    return {
        "keys": [
            {"kty": "OKP", "crv": "Ed25519", "x": key.public, "kid": key.kid, "use": "sig", "alg": "EdDSA"}
            for key in keys
        ]
    }
