"""Checking signatures, by someone who does not trust the one who made them; nothing here comes from the signer.

A signature is a detached JWS (RFC 7515, appendix F) over the bytes of the document. Only what we publish is accepted:
Ed25519 (`EdDSA`, RFC 8037), a key that is named, no extensions. Keys come as a JWK Set; a key whose name is not its own
thumbprint (RFC 7638) is refused, so nobody can hang another key under a name that people know.
"""

from __future__ import annotations

import binascii
import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from uitvoeringsscan.publication.verification import Finding, Kind

Check = Callable[[bytes, bytes, bytes], bool]
"""(public key, signature, message) -> whether they belong together: Ed25519, from outside the core."""


def read_keys(jwks: bytes) -> dict[str, bytes]:
    """Name -> public key (32 bytes) of a JWK Set. ValueError in Dutch when it is none, or when a name is not that key's own."""
    try:
        listed = json.loads(jwks)["keys"]
        found = {key["kid"]: _decode(key["x"]) for key in listed if (key["kty"], key["crv"]) == ("OKP", "Ed25519")}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("Dit is geen lijst van openbare sleutels (JWK Set).") from None
    for kid, public in found.items():
        named = f'{{"crv":"Ed25519","kty":"OKP","x":"{_encode(public)}"}}'
        if len(public) != 32 or kid != _encode(hashlib.sha256(named.encode()).digest()):
            raise ValueError(f"De naam van sleutel {kid} hoort niet bij die sleutel.")
    return found


def verify_signatures(
    signed: Iterable[tuple[str, bytes, str | None]], keys: Mapping[str, bytes], check: Check
) -> list[Finding]:
    """Every fault in the signatures of these documents (name, bytes, detached JWS); a missing one is a fault too."""
    findings = []
    for name, document, signature in signed:
        if signature is None:
            findings.append(Finding(kind=Kind.UNSIGNED, name=name, message="Deze publicatie heeft geen handtekening."))
            continue
        fault = _fault(document, signature, keys, check)
        if fault is not None:
            findings.append(Finding(kind=Kind.FORGED, name=name, message=fault))
    return findings


def _fault(document: bytes, signature: str, keys: Mapping[str, bytes], check: Check) -> str | None:
    """What is wrong, in one Dutch sentence; None when nothing is."""
    try:
        head, payload, value = signature.strip().split(".")
        said = json.loads(_decode(head))
        made = _decode(value)
        if payload or not isinstance(said, dict):
            raise ValueError
    except (ValueError, RecursionError):
        return "De handtekening is niet te lezen."
    if said.get("alg") != "EdDSA" or set(said) - {"alg", "kid", "typ"}:
        return "De handtekening is van een soort die hier niet wordt gebruikt."
    kid: Any = said.get("kid")
    public = keys.get(kid) if isinstance(kid, str) else None
    if public is None:
        return f"De handtekening is gezet met een onbekende sleutel: {kid}."
    if not check(public, made, f"{head}.{_encode(document)}".encode()):
        return "De handtekening hoort niet bij dit document."
    return None


def _decode(text: str) -> bytes:
    """base64url without padding, in its one right form (RFC 7515, section 2). ValueError for anything else."""
    try:
        data = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError, AttributeError):
        raise ValueError("geen base64url") from None
    if _encode(data) != text:
        raise ValueError("geen base64url")
    return data


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
