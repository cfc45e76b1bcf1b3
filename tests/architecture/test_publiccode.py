"""publiccode.yml keeps to version 0.4 of its standard: the required keys, their kinds, the fixed words, the lengths."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tests.support.need import ROOT


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    text = (ROOT / "publiccode.yml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def test_required_keys(document: dict[str, Any]) -> None:
    kinds = {
        "publiccodeYmlVersion": str,
        "name": str,
        "url": str,
        "platforms": list,
        "developmentStatus": str,
        "softwareType": str,
        "description": dict,
        "legal": dict,
        "maintenance": dict,
        "localisation": dict,
    }
    assert {key: type(document.get(key)) for key in kinds} == kinds


def test_fixed_words(document: dict[str, Any]) -> None:
    assert re.fullmatch(r"0\.4(\.\d+)?", document["publiccodeYmlVersion"])
    assert document["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert document["softwareType"] in {
        "standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend",
        "standalone/other", "addon", "library", "configurationFiles",
    }  # fmt: skip
    assert set(document["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
    assert document["maintenance"]["type"] in {"internal", "contract", "community", "none"}


def test_the_address_is_an_address(document: dict[str, Any]) -> None:
    address = urlsplit(document["url"])
    assert address.scheme == "https"
    assert address.hostname


def test_description(document: dict[str, Any]) -> None:
    assert document["description"].keys() >= {"nl"}
    for text in document["description"].values():
        assert 0 < len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
        assert all(isinstance(feature, str) and len(feature) <= 100 for feature in text["features"])
        assert len(text.get("genericName", "")) <= 35


def test_somebody_answers_for_it(document: dict[str, Any]) -> None:
    if document["maintenance"]["type"] in {"internal", "community"}:
        assert all(contact["name"] for contact in document["maintenance"]["contacts"])
    if document["maintenance"]["type"] == "contract":
        assert all(contractor["name"] and contractor["until"] for contractor in document["maintenance"]["contractors"])


def test_localisation(document: dict[str, Any]) -> None:
    assert isinstance(document["localisation"]["localisationReady"], bool)
    assert all(re.fullmatch(r"[a-z]{2,3}", code) for code in document["localisation"]["availableLanguages"])
