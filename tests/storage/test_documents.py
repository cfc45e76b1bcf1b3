"""Stored JSON says its schema; an older one is brought up to date on reading, one from the future is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from uitvoeringsscan.storage import documents
from uitvoeringsscan.storage.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    """A third version: first one text, then street and place, then with a country."""

    street: str
    place: str
    country: str


def _split(old: str) -> dict[str, str]:
    street, _, place = old.partition(", ")
    return {"street": street, "place": place}


ADDRESS: Document[_Address] = Document(_Address, upgrades={1: _split, 2: lambda old: {**old, "country": "Nederland"}})
HOME = _Address(street="Voorbeeldstraat 1", place="Den Haag", country="Nederland")


def test_the_schema_counts_the_upgrades() -> None:
    assert ADDRESS.schema == 3
    assert json.loads(ADDRESS.dump(HOME))["schema"] == 3


@pytest.mark.parametrize(
    "stored",
    [
        '{"schema": 1, "value": "Voorbeeldstraat 1, Den Haag"}',
        '{"schema": 2, "value": {"street": "Voorbeeldstraat 1", "place": "Den Haag"}}',
        '{"schema": 3, "value": {"street": "Voorbeeldstraat 1", "place": "Den Haag", "country": "Nederland"}}',
    ],
)
def test_each_earlier_schema_is_read(stored: str) -> None:
    assert ADDRESS.load(stored) == HOME


@pytest.mark.parametrize("schema", [0, -1, 4, 99])
def test_a_schema_that_is_not_known_is_refused(schema: int) -> None:
    with pytest.raises(ValueError, match=f"schema {schema}; this version knows 1 to 3"):
        ADDRESS.load(json.dumps({"schema": schema, "value": {}}))


def test_a_schema_is_never_guessed() -> None:
    with pytest.raises(KeyError):
        ADDRESS.load('{"value": "Voorbeeldstraat 1, Den Haag"}')


def test_what_does_not_fit_the_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="country"):
        ADDRESS.load('{"schema": 3, "value": {"street": "x", "place": "y"}}')


def test_nothing_stays_nothing() -> None:
    assert ADDRESS.dump_optional(None) is None
    assert ADDRESS.load_optional(None) is None
    assert ADDRESS.load_optional(ADDRESS.dump_optional(HOME)) == HOME


@pytest.mark.parametrize("name", ["AMENDMENT", "PARSED", "ROUTING", "DECISION", "ANSWERS", "SIGNATURE", "SCORE"])
def test_every_kind_refuses_the_future(name: str) -> None:
    document = getattr(documents, name)
    with pytest.raises(ValueError, match="this version knows"):
        document.load(json.dumps({"schema": document.schema + 1, "value": {}}))
