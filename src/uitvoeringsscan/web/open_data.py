"""Open data for programs and other sites: signatures and keys, feed, table, sitemap, catalogue, cards to embed.

Everything here is public and the same for everybody. What never changes (a signature) says so; the rest may be kept for a
minute and is asked for again with its digest (ETag).
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from hashlib import sha256
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse, StreamingResponse

from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.presentation import feeds, linked_data, publication_table
from uitvoeringsscan.presentation.overview import standing
from uitvoeringsscan.presentation.summary_view import summary_view
from uitvoeringsscan.publication.keys import key_set
from uitvoeringsscan.use_cases import reacting, reading, signing_keys
from uitvoeringsscan.web.visit import AnyVisit

router = APIRouter()

IMMUTABLE = "public, max-age=31536000, immutable"
SHORT = "public, max-age=60"
FEED_PAGE = 50

# The one page that other sites may show inside theirs: no script, no forms, nothing to sign in with.
_EMBEDDABLE = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
_CARD_WIDTH, _CARD_HEIGHT = 600, 340

_PRIVATE = ("/inloggen", "/indienen", "/mijn-scans", "/uitvragen", "/terugblikken", "/coordinatie", "/beheer")


@router.get("/publicaties/{number}.jws")
def signature(visit: AnyVisit, request: Request, number: str) -> Response:
    publication = reading.get_publication(visit.desk, number).publication
    if publication.signature is None:
        raise NotFound("Deze publicatie is niet ondertekend: zij is van voor de handtekeningen.")
    return _kept(request, publication.signature.encode(), "application/jose", IMMUTABLE)


@router.get("/.well-known/jwks.json")
def keys(visit: AnyVisit, request: Request) -> Response:
    body = json.dumps(key_set(signing_keys.every(visit.desk)), separators=(",", ":")).encode()
    return _kept(request, body, "application/jwk-set+json")


@router.get("/publicaties.atom")
def feed(
    visit: AnyVisit, request: Request, before: Annotated[int | None, Query(alias="voor", ge=1, le=2**31 - 1)] = None
) -> Response:
    found, following = reading.list_publications(visit.desk, before, limit=FEED_PAGE)
    endings = reading.endings(visit.desk, found, before, last=following is None)
    body = feeds.atom(
        [publication.document for publication in found],
        [(one.publication.document, one.withdrawn, one.at) for one in endings],
        site=visit.site.public_url,
        demonstration=visit.site.demonstration,
        before=before,
        following=following,
    )
    return _kept(request, body, "application/atom+xml")


@router.get("/publicaties.csv")
def table(visit: AnyVisit, request: Request) -> Response:
    """As it is written: who asks for twenty years of it sees the first lines at once."""
    newest, addenda = reading.newest_first(visit.desk, 1), reacting.every_addendum(visit.desk)
    # The record only grows: what is in the table follows from its newest line and the number of addenda.
    last = newest[0][0] if newest else ""
    state = f"{','.join(publication_table.HEADER)} {last} {sum(map(len, addenda.values()))}"
    headers = {
        "Cache-Control": SHORT,
        "ETag": f'W/"{sha256(state.encode()).hexdigest()}"',
        "Content-Disposition": 'inline; filename="uitvoeringsscans.csv"',
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = publication_table.table(reading.every_document(visit.desk), addenda, site=visit.site.public_url)
    return StreamingResponse(body, media_type="text/csv; charset=utf-8; header=present", headers=headers)


@router.get("/sitemap.xml")
def sitemap(visit: AnyVisit, request: Request) -> Response:
    listed = reading.newest_first(visit.desk, feeds.MOST_ADDRESSES)
    return _kept(request, feeds.sitemap(listed, site=visit.site.public_url), "application/xml")


@router.get("/robots.txt")
def robots(visit: AnyVisit) -> Response:
    """A demonstration is invented and belongs in no search engine."""
    closed = ("/",) if visit.site.demonstration else _PRIVATE
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {visit.site.public_url}/sitemap.xml",
    ]
    return PlainTextResponse("\n".join(lines) + "\n", headers={"Cache-Control": SHORT})


@router.get("/dataset.jsonld")
def dataset(visit: AnyVisit, request: Request) -> Response:
    newest = reading.newest_first(visit.desk, 1)
    described = linked_data.dataset(site=visit.site.public_url, modified=newest[0][1] if newest else None)
    return _kept(request, json.dumps(described, ensure_ascii=False, indent=1).encode(), "application/ld+json")


@router.get("/publicaties/{number}/fragment")
def fragment(visit: AnyVisit, number: str) -> Response:
    """A card about one publication, for inside somebody else's page; the same whoever looks at it."""
    found = reading.get_publication(visit.desk, number)
    page = replace(visit, person=None, token=None).render(
        "public/fragment.html",
        page_title=f"Uitvoeringsscan {found.publication.number}",
        view=summary_view(found.publication.document),
        mark=standing(found.scan, found.publication.number, found.newest),
    )
    page.headers["Cache-Control"] = SHORT
    page.headers["Content-Security-Policy"] = _EMBEDDABLE
    return page


@router.get("/oembed")
def oembed(
    visit: AnyVisit,
    request: Request,
    url: str = "",
    form: Annotated[str, Query(alias="format")] = "json",
    maxwidth: Annotated[int, Query(ge=1)] = _CARD_WIDTH,
    maxheight: Annotated[int, Query(ge=1)] = _CARD_HEIGHT,
) -> Response:
    """The card as oEmbed 1.0 ("rich"): what another site needs to show it for an address of ours."""
    if form != "json":
        return PlainTextResponse("Alleen format=json.", status_code=501)
    publication = reading.get_publication(visit.desk, _number_in(url, visit.site.public_url)).publication
    width, height = min(_CARD_WIDTH, maxwidth), min(_CARD_HEIGHT, maxheight)
    address = f"{visit.site.public_url}/publicaties/{publication.number}"
    card = {
        "version": "1.0",
        "type": "rich",
        "title": summary_view(publication.document).title,
        "provider_name": "Uitvoeringsscan",
        "provider_url": f"{visit.site.public_url}/",
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": f'<iframe src="{address}/fragment" title="Uitvoeringsscan {publication.number}" width="{width}" '
        f'height="{height}" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>',
    }
    return _kept(request, json.dumps(card, ensure_ascii=False).encode(), "application/json")


@router.get("/kamerstukken/{dossier}/{paper}")
def parliamentary_paper(visit: AnyVisit, dossier: str, paper: str) -> Response:
    """36410-XV and 25 -> the newest publication about that amendment."""
    publication = reading.publication_of_paper(visit.desk, dossier, paper)
    headers = {"Cache-Control": SHORT}
    return RedirectResponse(f"/publicaties/{publication.number}", status_code=303, headers=headers)


def _number_in(url: str, public_url: str) -> str:
    """The number in the address of a publication of this site. NotFound for any other address."""
    try:
        given, own = urlsplit(url), urlsplit(public_url)
    except ValueError:
        given = own = urlsplit("")
    path = re.fullmatch(r"/publicaties/([0-9A-Za-z-]{1,40})", given.path)
    if path is None or (given.scheme, given.netloc.casefold()) != (own.scheme, own.netloc.casefold()):
        raise NotFound("Geef met url= het adres van een publicatie op deze site.")
    return path[1]


def _kept(request: Request, body: bytes, kind: str, cache: str = SHORT) -> Response:
    headers = {"Cache-Control": cache, "ETag": f'"{sha256(body).hexdigest()}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)
