"""A signature over another document, by another key, of another kind or in another form is found and named."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.publication_samples import chain
from uitvoeringsscan.adapters import chance
from uitvoeringsscan.adapters.signature_check import ed25519
from uitvoeringsscan.adapters.signing import key_maker, signer
from uitvoeringsscan.publication.keys import key_set
from uitvoeringsscan.publication.signatures import read_keys, verify_signatures
from uitvoeringsscan.publication.verification import Kind

AT = datetime(2026, 12, 4, 9, 5, tzinfo=UTC)
FIRST, SECOND = (key_maker("geheim", chance.some)(AT) for _ in range(2))
PUBLICATIONS = chain(3)
sign = signer("geheim")
SIGNED = [
    (p.number, p.document, sign(key, p.document)) for p, key in zip(PUBLICATIONS, (FIRST, SECOND, SECOND), strict=True)
]
KEYS = read_keys(json.dumps(key_set([FIRST, SECOND])).encode())
NAME, DOCUMENT, SIGNATURE = SIGNED[0]
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(32))


def findings(*signed, keys=KEYS):
    return [(f.kind, f.name, f.serious) for f in verify_signatures(signed, keys, ed25519)]


def encode(value: object) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def test_what_was_signed_with_either_key_gives_no_finding():
    assert findings(*SIGNED) == []


def test_a_key_that_is_not_listed_any_more_is_missed():
    only_second = read_keys(json.dumps(key_set([SECOND])).encode())
    assert findings(*SIGNED, keys=only_second) == [(Kind.FORGED, NAME, True)]


def test_a_publication_without_signature_is_found():
    assert findings((NAME, DOCUMENT, None), *SIGNED[1:]) == [(Kind.UNSIGNED, NAME, True)]


def test_signatures_that_changed_places_are_found():
    assert findings((NAME, DOCUMENT, SIGNED[1][2]), *SIGNED[1:]) == [(Kind.FORGED, NAME, True)]


@given(st.data())
def test_any_changed_byte_of_the_document_is_found(data):
    at = data.draw(st.integers(0, len(DOCUMENT) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != DOCUMENT[at]))
    assert findings((NAME, DOCUMENT[:at] + bytes([other]) + DOCUMENT[at + 1 :], SIGNATURE))


@given(st.data())
def test_any_changed_character_of_the_signature_is_found(data):
    at = data.draw(st.integers(0, len(SIGNATURE) - 1))
    other = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda character: character != SIGNATURE[at]))
    changed = SIGNATURE[:at] + other + SIGNATURE[at + 1 :]
    if changed.strip() != SIGNATURE:
        assert findings((NAME, DOCUMENT, changed))


@given(st.text(max_size=60) | st.text("ey.-_= \n", max_size=20))
def test_what_is_no_signature_is_a_finding_and_never_an_exception(text):
    assert findings((NAME, DOCUMENT, text)) == [(Kind.FORGED, NAME, True)]


@pytest.mark.parametrize(
    "head",
    [
        {"alg": "none", "kid": FIRST.kid},
        {"alg": "HS256", "kid": FIRST.kid},
        {"alg": "EdDSA", "kid": FIRST.kid, "crit": ["b64"], "b64": False},
        {"alg": "EdDSA", "kid": FIRST.kid, "jwk": key_set([FIRST])["keys"][0]},
        {"alg": "EdDSA", "kid": [FIRST.kid]},
        {"alg": "EdDSA"},
        [],
        "EdDSA",
    ],
)
def test_a_head_of_another_kind_is_refused_whatever_it_says(head):
    """Also with a signature that is right for that head: the one who signs chooses no rules for the one who checks."""
    begin = encode(head)
    made = PRIVATE.sign(f"{begin}.{encode(DOCUMENT)}".encode())
    signed = (NAME, DOCUMENT, f"{begin}..{encode(made)}")
    assert findings(signed, keys={FIRST.kid: PRIVATE.public_key().public_bytes_raw()}) == [(Kind.FORGED, NAME, True)]


def test_the_same_way_of_signing_with_the_right_head_is_accepted():
    """Or the test above would prove nothing."""
    begin = encode({"alg": "EdDSA", "kid": FIRST.kid, "typ": "JOSE"})
    made = PRIVATE.sign(f"{begin}.{encode(DOCUMENT)}".encode())
    signed = (NAME, DOCUMENT, f"{begin}..{encode(made)}")
    assert findings(signed, keys={FIRST.kid: PRIVATE.public_key().public_bytes_raw()}) == []


def test_a_payload_in_the_middle_is_refused():
    """It could say something else than the document beside it."""
    head, _, made = SIGNATURE.split(".")
    assert findings((NAME, DOCUMENT, f"{head}.{encode(DOCUMENT)}.{made}")) == [(Kind.FORGED, NAME, True)]


def test_a_key_under_the_name_of_another_is_refused():
    swapped = key_set([FIRST, SECOND])
    swapped["keys"][0]["x"] = swapped["keys"][1]["x"]
    with pytest.raises(ValueError, match=FIRST.kid):
        read_keys(json.dumps(swapped).encode())


@pytest.mark.parametrize(
    "jwks", [b"", b"null", b"[]", b"{}", b'{"keys":[{}]}', b'{"keys":3}', b'{"keys":[3]}', b"\xff", b"[" * 100_000]
)
def test_what_is_no_key_set_is_said_in_words(jwks):
    with pytest.raises(ValueError, match="lijst van openbare sleutels"):
        read_keys(jwks)


def test_keys_of_another_kind_are_left_aside():
    mixed = {"keys": [{"kty": "RSA", "crv": "", "kid": "anders", "x": "AQAB"}, *key_set([FIRST])["keys"]]}
    assert set(read_keys(json.dumps(mixed).encode())) == {FIRST.kid}


def test_the_signature_is_64_bytes_under_a_head_that_names_the_key():
    head, payload, made = SIGNATURE.split(".")
    assert json.loads(urlsafe_b64decode(head + "==")) == {"alg": "EdDSA", "kid": FIRST.kid}
    assert payload == ""
    assert len(urlsafe_b64decode(made + "==")) == 64
