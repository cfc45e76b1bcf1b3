"""What programs follow: the Atom feed of publications (RFC 4287) and the sitemap, both as XML.

A publication never changes, so each version is an entry of its own, with an id that holds for good; a correction is a new
entry that points at the version before it. Ids are `tag:` URIs (RFC 4151) on the name of the host and a fixed year: they
name a thing and are no address, so they stay the same when paths change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from uitvoeringsscan.presentation.dutch import iso
from uitvoeringsscan.presentation.summary_view import said_first
from uitvoeringsscan.publication.summary import SealedSummary, read_sealed

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_ADDRESSES = 50_000
"""What one sitemap may hold."""

_PAGES = ("/", "/publicaties", "/stemmingen", "/punctualiteit", "/uitleg", "/controleren")
_BEGINNING = "2026-01-01T00:00:00Z"
"""When a feed without entries was last changed: it has to say something."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(
    documents: Sequence[bytes],
    endings: Sequence[tuple[bytes, bool, datetime]] = (),
    *,
    site: str,
    demonstration: bool,
    before: int | None,
    following: int | None,
) -> bytes:
    """Sealed documents, the newest first, as a page of the feed (RFC 5005).

    endings        amendments that ended in the same time: the document, withdrawn (else replaced), and when
    site           the public address, without a slash at the end
    demonstration  all of it is invented, and the feed says so
    before         the page that this is; None for the first
    following      the page after it; None at the end
    """
    address = f"{site}/publicaties.atom"
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "nl"})
    _add(feed, "id", _tag(site, "publicaties"))
    _add(feed, "title", "Uitvoeringsscans op amendementen")
    about = "Wat een amendement betekent voor de organisaties die het moeten uitvoeren."
    _add(feed, "subtitle", f"Demonstratie: alles hierin is verzonnen. {about}" if demonstration else about)
    summaries = map(read_sealed, documents)
    entries = [(summary.published_at, _entry(summary, site)) for summary in summaries]
    entries += [(at, _ending(document, site, withdrawn, at)) for document, withdrawn, at in endings]
    entries.sort(key=lambda one: one[0], reverse=True)
    _add(feed, "updated", iso(entries[0][0]) if entries else _BEGINNING)
    _add(SubElement(feed, "author"), "name", "Uitvoeringsscan")
    _link(feed, "self", address if before is None else f"{address}?voor={before}", "application/atom+xml")
    _link(feed, "alternate", f"{site}/publicaties", "text/html")
    if following is not None:
        _link(feed, "next", f"{address}?voor={following}", "application/atom+xml")
    feed.extend(entry for _, entry in entries)
    return _written(feed)


def _ending(document: bytes, site: str, withdrawn: bool, at: datetime) -> Element:
    """The publication stays as it was; what became of its amendment is an entry of its own."""
    summary = read_sealed(document)
    word = "ingetrokken" if withdrawn else "vervangen"
    entry = Element("entry")
    _add(entry, "id", _tag(site, f"einde:{summary.scan}"))
    _add(entry, "title", f"{word.capitalize()}: {summary.amendment.title}")
    _add(entry, "published", iso(at))
    _add(entry, "updated", iso(at))
    _link(entry, "alternate", f"{site}/publicaties/{summary.number}", "text/html")
    _add(entry, "summary", f"Dit amendement is {word}. Publicatie {summary.number} blijft staan zoals zij was.")
    return entry


def _entry(summary: SealedSummary, site: str) -> Element:
    address = f"{site}/publicaties/{summary.number}"
    entry = Element("entry")
    _add(entry, "id", _tag(site, f"publicatie:{summary.number}"))
    _add(entry, "title", f"Rectificatie: {summary.amendment.title}" if summary.correction else summary.amendment.title)
    _add(entry, "published", iso(summary.published_at))
    _add(entry, "updated", iso(summary.published_at))
    _link(entry, "alternate", address, "text/html")
    _link(entry, "alternate", f"{address}.json", "application/json")
    _link(entry, "alternate", f"{address}.pdf", "application/pdf")
    _link(entry, "describedby", f"{address}.jws", "application/jose")
    if summary.version > 1:
        _link(entry, "predecessor-version", f"{site}/publicaties/{summary.scan}-v{summary.version - 1}", "text/html")
    part = summary.amendment
    dossier = "-".join(filter(None, (part.dossier_number, part.dossier_suffix)))
    if dossier:
        SubElement(entry, "category", {"term": _clean(dossier), "label": _clean(f"Dossier {dossier}")})
    _add(entry, "summary", "\n".join(said_first(summary)))
    return entry


def sitemap(publications: Iterable[tuple[str, datetime]], *, site: str) -> bytes:
    """Every public page that stays: the fixed ones, and publications (number, moment) as far as they fit."""
    urlset = Element("urlset", {"xmlns": SITEMAP})
    for path in _PAGES:
        _add(SubElement(urlset, "url"), "loc", site + path)
    for number, published_at in list(publications)[: MOST_ADDRESSES - len(_PAGES)]:
        url = SubElement(urlset, "url")
        _add(url, "loc", f"{site}/publicaties/{number}")
        _add(url, "lastmod", iso(published_at))
    return _written(urlset)


def _tag(site: str, what: str) -> str:
    return f"tag:{urlsplit(site).hostname},2026:{what}"


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _clean(text)


def _link(parent: Element, relation: str, address: str, kind: str) -> None:
    SubElement(parent, "link", {"rel": relation, "type": kind, "href": address})


def _clean(text: str) -> str:
    """XML has no way to write some control characters, not even escaped."""
    return _NOT_XML.sub("\ufffd", text)


def _written(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
