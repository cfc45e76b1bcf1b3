"""Making keys and signatures: Ed25519, and the private key kept under the installation's own secret.

What is stored of a private key is AES-256-GCM under a key derived (HKDF-SHA256) from SECRET_KEY: a copy of the database
signs nothing. Checking a signature is `adapters.signature_check` and `publication.signatures`, which share no code with this.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from uitvoeringsscan.errors import WrongState
from uitvoeringsscan.publication.keys import SigningKey

_PURPOSE = b"uitvoeringsscan: private signing keys, 1"
_NONCE = 12  # bytes, before the ciphertext


def key_maker(secret: str, some: Callable[[int], bytes]) -> Callable[[datetime], SigningKey]:
    """Makes a fresh key of this moment. `some(n)` gives n bytes of chance."""

    def make(at: datetime) -> SigningKey:
        seed = some(32)
        public = _encode(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())
        kid = _encode(hashlib.sha256(_json({"crv": "Ed25519", "kty": "OKP", "x": public})).digest())
        nonce = some(_NONCE)
        return SigningKey(
            kid=kid, public=public, made_at=at, sealed=nonce + _box(secret).encrypt(nonce, seed, kid.encode())
        )

    return make


def signer(secret: str) -> Callable[[SigningKey, bytes], str]:
    """Signs bytes with a key: a detached JWS. WrongState when the key cannot be opened with this secret."""

    def sign(key: SigningKey, content: bytes) -> str:
        head = _encode(_json({"alg": "EdDSA", "kid": key.kid}))
        signature = _open(secret, key).sign(f"{head}.{_encode(content)}".encode())
        return f"{head}..{_encode(signature)}"

    return sign


def _open(secret: str, key: SigningKey) -> Ed25519PrivateKey:
    sealed = key.sealed or b""
    try:
        seed = _box(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], key.kid.encode())
    except (InvalidTag, ValueError):
        raise WrongState(
            "Er kan niet worden ondertekend: de sleutel hoort bij een andere SECRET_KEY. "
            "Zet die terug, of maak een nieuwe sleutel met: uitvoeringsscan keys rotate."
        ) from None
    return Ed25519PrivateKey.from_private_bytes(seed)


def _box(secret: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode()))


def _json(value: dict[str, str]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
