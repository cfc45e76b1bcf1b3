"""What search engines and data catalogues read: schema.org in each publication, DCAT for all of them together (JSON-LD)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from uitvoeringsscan.presentation.dutch import iso
from uitvoeringsscan.publication.addendum import Addendum, AddendumKind
from uitvoeringsscan.publication.summary import AmendmentPart, SealedSummary, read_sealed

_FORMS = ((".json", "application/json"), (".pdf", "application/pdf"), (".jws", "application/jose"))
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_DISTRIBUTIONS = (
    ("/api/v1/publicaties", "application/json", "Alle publicaties als JSON, per pagina"),
    ("/publicaties.csv", "text/csv", "Alle publicaties als tabel"),
    ("/publicaties.atom", "application/atom+xml", "Nieuwe publicaties als feed"),
)


_KINDS = {AddendumKind.REACTION: "Reactie van de indiener", AddendumKind.LOOK_BACK: "Terugblik"}


def report(document: bytes, addenda: Sequence[Addendum] = (), *, site: str) -> dict[str, Any]:
    """One publication as a schema.org Report about Legislation, with the addenda that stand beside it."""
    summary = read_sealed(document)
    address = f"{site}/publicaties/{summary.number}"
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": address,
        "url": address,
        "reportNumber": summary.number,
        "name": f"Uitvoeringsscan: {summary.amendment.title}",
        "inLanguage": "nl",
        "datePublished": iso(summary.published_at),
        "version": summary.version,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": "Uitvoeringsscan", "url": f"{site}/"},
        "contributor": [
            {"@type": "GovernmentOrganization", "name": agency.name, "identifier": agency.code}
            for agency in summary.agencies
            if agency.status in ("vastgesteld", "geen-gevolgen")
        ],
        "about": _legislation(summary.amendment),
        "encoding": [
            {"@type": "MediaObject", "contentUrl": address + suffix, "encodingFormat": kind} for suffix, kind in _FORMS
        ],
        **({"subjectOf": [_beside(one, summary, site) for one in addenda]} if addenda else {}),
    }


def _beside(addendum: Addendum, summary: SealedSummary, site: str) -> dict[str, Any]:
    """Said about the publication after it: no part of it, and sealed by itself."""
    names = {agency.code: agency.name for agency in summary.agencies}
    agency = addendum.agency
    address = f"{site}/aanvullingen/{addendum.sequence}"
    return {
        "@type": "CreativeWork",
        "@id": f"{address}.json",
        "url": f"{address}.json",
        "name": f"{_KINDS[addendum.kind]} bij {summary.number}",
        "inLanguage": "nl",
        "datePublished": iso(addendum.at),
        **(
            {"creator": {"@type": "GovernmentOrganization", "name": names.get(agency, agency), "identifier": agency}}
            if agency
            else {}
        ),
        "encoding": [
            {"@type": "MediaObject", "contentUrl": address + suffix, "encodingFormat": kind}
            for suffix, kind in _FORMS
            if suffix != ".pdf"
        ],
    }


LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
"""What is published may be used by anybody for anything (decision 0026)."""


def _legislation(amendment: AmendmentPart) -> dict[str, Any]:
    dossier = "-".join(filter(None, (amendment.dossier_number, amendment.dossier_suffix)))
    paper = ", ".join(filter(None, (dossier, f"nr. {amendment.paper_number}" if amendment.paper_number else "")))
    return {
        "@type": "Legislation",
        "name": amendment.title,
        "legislationType": amendment.kind,
        "inLanguage": "nl",
        **({"legislationIdentifier": paper} if paper else {}),
        **({"legislationDate": amendment.received.isoformat()} if amendment.received else {}),
    }


def dataset(*, site: str, modified: datetime | None) -> dict[str, Any]:
    """All publications together as a DCAT dataset. `modified` is the newest publication's moment."""
    return {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
                     "xsd": "http://www.w3.org/2001/XMLSchema#"},
        "@id": f"{site}/dataset.jsonld",
        "@type": "dcat:Dataset",
        "dct:title": {"@language": "nl", "@value": "Uitvoeringsscans op amendementen"},
        "dct:description": {
            "@language": "nl",
            "@value": "Wat amendementen betekenen voor de organisaties die ze moeten uitvoeren: oordeel, gevolgen per "
            "organisatie, kosten, personeel en datum. Elke publicatie is ondertekend en verandert niet meer. "
            "Een reactie van de indiener of een terugblik kan er later bij komen, als aanvulling. Die heeft een eigen "
            "handtekening.",
        },
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/NLD"},
        "dct:license": {"@id": LICENCE},
        "dct:accessRights": {"@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC"},
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": "Uitvoeringsscan", "foaf:homepage": {"@id": f"{site}/"}},
        "dcat:keyword": [{"@language": "nl", "@value": word} for word in ("amendement", "uitvoerbaarheid", "wetgeving")],
        "dcat:landingPage": {"@id": f"{site}/publicaties"},
        **({"dct:modified": {"@type": "xsd:dateTime", "@value": iso(modified)}} if modified else {}),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": {"@language": "nl", "@value": title},
                "dcat:accessURL": {"@id": site + path},
                "dcat:mediaType": {"@id": _MEDIA_TYPES + kind},
                "dct:license": {"@id": LICENCE},
            }
            for path, kind, title in _DISTRIBUTIONS
        ],
    }  # fmt: skip


def in_script(value: dict[str, Any]) -> Markup:
    """JSON that can stand in a <script>: nothing in it can end that element or begin a comment."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return Markup(written)  # noqa: S704  escaped for where it stands, just above
