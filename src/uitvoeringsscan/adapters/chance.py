"""Clock and chance: the only place that asks the machine for either."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime


def now() -> datetime:
    """This moment, aware, in UTC, to the millisecond (what every part of the service can carry without loss)."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def steady() -> float:
    """Seconds from anywhere, only ever forward."""
    return time.monotonic()


def token() -> str:
    """256 bits of chance, URL-safe."""
    return secrets.token_urlsafe(32)


def some(count: int) -> bytes:
    """`count` bytes of chance."""
    return secrets.token_bytes(count)


def below(limit: int) -> int:
    return secrets.randbelow(limit)


def sealer(key: str) -> Callable[[str], str]:
    """A digest that only this installation can make: a copy of the database is not enough to be somebody."""
    return lambda text: hmac.new(key.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def digest(secret: str) -> str:
    """The digest under which a secret is stored. The secrets are 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
