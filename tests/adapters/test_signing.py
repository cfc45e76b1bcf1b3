"""A signature is a JWS that any library checks, made with a key that only this installation's secret opens."""

from __future__ import annotations

import json
import warnings
from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.errors import SecurityWarning
from joserfc.jwk import KeySet, OKPKey

from uitvoeringsscan.adapters import chance
from uitvoeringsscan.adapters.signature_check import ed25519
from uitvoeringsscan.adapters.signing import key_maker, signer
from uitvoeringsscan.errors import WrongState
from uitvoeringsscan.publication.keys import SigningKey, key_set

SECRET = "k2J9s0-xQ7vLr4TnB8wYpE6zHc1uMf3aGd5i"
AT = datetime(2026, 12, 4, 9, 5, tzinfo=UTC)
KEY = key_maker(SECRET, chance.some)(AT)


@given(st.binary())
def test_another_library_checks_the_signature_with_the_published_keys(content: bytes) -> None:
    signature = signer(SECRET)(KEY, content)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", SecurityWarning
        )  # it prefers a newer name that fewer programs know (decision 0010)
        keys = KeySet.import_key_set(key_set([KEY]))
        checked = jws.deserialize_compact(signature, keys, payload=content, algorithms=["EdDSA"])
    assert checked.payload == content
    assert checked.protected == {"alg": "EdDSA", "kid": KEY.kid}


def test_the_name_of_a_key_is_its_thumbprint() -> None:
    (public,) = key_set([KEY])["keys"]
    assert KEY.kid == public["kid"] == OKPKey.import_key(public).thumbprint()
    assert set(public) == {"kty", "crv", "x", "kid", "use", "alg"}


def test_the_key_and_signature_of_rfc_8037() -> None:
    """The example of RFC 8037, appendix A: seed, public key, thumbprint and signature, to the letter."""
    seed = _decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
    handed = iter([seed, bytes(12)])
    key = key_maker(SECRET, lambda count: next(handed)[:count])(AT)
    assert key.public == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert key.kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    example = _decode("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
    message = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    assert ed25519(_decode(key.public), example, message)
    assert not ed25519(_decode(key.public), example, message + b"x")


def test_every_key_is_another_one() -> None:
    make = key_maker(SECRET, chance.some)
    keys = [make(AT) for _ in range(5)]
    assert len({key.kid for key in keys}) == len({key.public for key in keys}) == 5


@pytest.mark.parametrize("sealed", [None, b"", b"x" * 5, b"x" * 60])
def test_a_key_that_was_thrown_away_or_damaged_signs_nothing(sealed: bytes | None) -> None:
    with pytest.raises(WrongState, match="keys rotate"):
        signer(SECRET)(replace(KEY, sealed=sealed), b"inhoud")


def test_another_secret_opens_nothing() -> None:
    with pytest.raises(WrongState, match="SECRET_KEY"):
        signer(SECRET + "x")(KEY, b"inhoud")


def test_a_private_key_under_another_name_opens_nothing() -> None:
    """Who swaps two rows in the database does not get one key's signature under the other's name."""
    other = key_maker(SECRET, chance.some)(AT)
    with pytest.raises(WrongState):
        signer(SECRET)(replace(other, sealed=KEY.sealed), b"inhoud")


def test_the_private_key_shows_nowhere() -> None:
    seed = bytes(range(32))
    handed = iter([seed, bytes(12)])
    key = key_maker(SECRET, lambda count: next(handed)[:count])(AT)
    assert key.sealed is not None
    assert seed not in key.sealed
    assert "sealed" not in repr(key)
    assert "d" not in key_set([key])["keys"][0]


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33), b"\xff" * 32])
def test_a_key_or_signature_of_the_wrong_form_is_a_no(public: bytes) -> None:
    assert not ed25519(public, bytes(64), b"inhoud")
    assert not ed25519(_decode(KEY.public), public, b"inhoud")


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "==")


def test_a_key_set_of_nothing_is_empty() -> None:
    nothing: list[SigningKey] = []
    assert json.dumps(key_set(nothing)) == '{"keys": []}'
