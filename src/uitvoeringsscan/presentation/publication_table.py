"""Every publication as a line of a CSV file (RFC 4180), for who works in a spreadsheet.

UTF-8 with a byte order mark, because spreadsheets read "ë" wrong without it; commas, because RFC 4180 says so. A text that
a spreadsheet would run as a formula gets an apostrophe in front; numbers, dates and codes are our own and stay as they are.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from uitvoeringsscan.identifiers import PublicationNumber
from uitvoeringsscan.publication.addendum import Addendum

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell may not begin with (the last four are the full-width forms, which some spreadsheets take as well)."""

Value = str | int | float | bool | None


def _end(of: str, when: str, side: str) -> Callable[[dict[str, Any]], Value]:
    return lambda document: (document[of][when] or {}).get(side)


def _level(dimension: str) -> Callable[[dict[str, Any]], Value]:
    return lambda document: next(
        (line["niveau"] for line in document["impactbeeld"] if line["dimensie"] == dimension), None
    )


def _of_amendment(field: str) -> Callable[[dict[str, Any]], Value]:
    return lambda document: text(document["amendement"][field])


def _agencies(*statuses: str) -> Callable[[dict[str, Any]], Value]:
    return lambda document: " ".join(
        part["code"] for part in document["organisaties"] if not statuses or part["status"] in statuses
    )


COLUMNS: dict[str, Callable[[dict[str, Any]], Value]] = {
    "nummer": lambda document: document["nummer"],
    "scan": lambda document: document["scan"],
    "versie": lambda document: document["versie"],
    "gepubliceerdOp": lambda document: document["gepubliceerdOp"],
    "dossiernummer": _of_amendment("dossiernummer"),
    "toevoeging": _of_amendment("toevoeging"),
    "ondernummer": _of_amendment("ondernummer"),
    "soort": _of_amendment("soort"),
    "titel": _of_amendment("titel"),
    "stemming": lambda document: document["stemming"],
    "voorStemming": lambda document: document["voorStemming"],
    "volledig": lambda document: document["volledig"],
    "oordeel": lambda document: document["oordeel"],
    "it-systemen": _level("it-systemen"),
    "gegevensuitwisseling": _level("gegevensuitwisseling"),
    "personeel": _level("personeel"),
    "tijdlijn": _level("tijdlijn"),
    "kostenIncidenteelLaag": _end("kosten", "incidenteel", "laag"),
    "kostenIncidenteelHoog": _end("kosten", "incidenteel", "hoog"),
    "kostenStructureelLaag": _end("kosten", "structureel", "laag"),
    "kostenStructureelHoog": _end("kosten", "structureel", "hoog"),
    "fteIncidenteelLaag": _end("personeel", "incidenteel", "laag"),
    "fteIncidenteelHoog": _end("personeel", "incidenteel", "hoog"),
    "fteStructureelLaag": _end("personeel", "structureel", "laag"),
    "fteStructureelHoog": _end("personeel", "structureel", "hoog"),
    "haalbaarVanaf": lambda document: document["invoering"]["haalbaarVanaf"],
    "gevraagd": _agencies(),
    "geenReactie": _agencies("geen-reactie"),
    "sha256": lambda document: document["sha256"],
}
"""Column -> its value in the public document. Columns are added at the end and never change place."""


HEADER = (*COLUMNS, "adres", "aanvullingen", "nieuwsteAanvulling")

_PIECE = 500


def table(
    documents: Iterable[bytes],
    addenda: Mapping[PublicationNumber, Sequence[Addendum]] = MappingProxyType({}),
    *,
    site: str,
) -> Iterator[bytes]:
    """Sealed documents as CSV, one line each, in the order given; in pieces of some hundreds of lines.

    The last columns are not in the document: its address, how many addenda stand beside it, and the newest's address.
    """
    written = io.StringIO(BOM)
    written.seek(len(BOM))
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEADER)
    for line, document in enumerate(map(json.loads, documents), start=1):
        cells = [cell(value(document)) for value in COLUMNS.values()]
        number = document["nummer"]
        beside = addenda.get(number, ())
        newest = f"{site}/aanvullingen/{beside[-1].sequence}.json" if beside else ""
        writer.writerow([*cells, f"{site}/publicaties/{number}", len(beside), newest])
        if line % _PIECE == 0:
            yield written.getvalue().encode("utf-8")
            written.seek(0)
            written.truncate()
    yield written.getvalue().encode("utf-8")


def cell(value: Value) -> str:
    """How a value is written: empty where nothing is known, "ja" and "nee", a point before decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value)


def text(value: str | None) -> str | None:
    """Somebody's words, so that no spreadsheet runs them."""
    return f"'{value}" if value is not None and value.lstrip(" ").startswith(_FORMULA) else value
