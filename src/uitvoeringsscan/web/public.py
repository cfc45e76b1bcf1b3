"""What anybody reads: the front page, publications, bills, voting days, explanations, health."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.card_view import card_view
from uitvoeringsscan.presentation.house_words import cabinet_sentence, tally_sentence, with_cabinet
from uitvoeringsscan.presentation.linked_data import in_script, report
from uitvoeringsscan.presentation.overview import (
    OverviewLine,
    in_voting_order,
    next_vote,
    outcome_words,
    overview,
    standing,
)
from uitvoeringsscan.presentation.summary_view import reaction_beside, summary_view
from uitvoeringsscan.publication.addendum import AddendumKind
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.use_cases import health, looking_back, proposing, reacting, reading, signing_keys, versions
from uitvoeringsscan.use_cases.ports import ScanLine
from uitvoeringsscan.web.visit import AnyVisit, Visit

router = APIRouter()

IMMUTABLE = "public, max-age=31536000, immutable"
SHORT = "public, max-age=60"


@router.get("/")
def front(visit: AnyVisit) -> Response:
    """What is voted on soon, and what that means for those who execute it."""
    now = visit.desk.now()
    lines = in_voting_order(reading.votes_ahead(visit.desk, limit=30), now)
    published, _ = reading.list_publications(visit.desk, limit=8)
    ahead = _lines(visit, lines, reading.newest_publications(visit.desk, [line.id for line in lines]))
    page = visit.render(
        "public/front.html",
        page_title="Wat wordt binnenkort gestemd, en wat betekent dat voor de uitvoering?",
        ahead=ahead,
        next=next_vote(ahead, now),
        published=[summary_view(publication.document) for publication in published],
        now=now,
    )
    return public_page(visit, page)


@router.get("/publicaties")
def publications(
    visit: AnyVisit, before: Annotated[int | None, Query(alias="voor", ge=1, le=2**31 - 1)] = None
) -> Response:
    found, following = reading.list_publications(visit.desk, before, limit=25)
    page = visit.render(
        "public/publications.html",
        page_title="Gepubliceerde scans",
        published=[summary_view(publication.document) for publication in found],
        next=f"/publicaties?voor={following}" if following else None,
    )
    return public_page(visit, page)


@router.get("/publicaties/{number}.json")
def publication_json(visit: AnyVisit, request: Request, number: str) -> Response:
    publication = reading.get_publication(visit.desk, number).publication
    answer = _immutable(request, publication.document, "application/json", publication.sha256)
    answer.headers["Link"] = f'</publicaties/{publication.number}.jws>; rel="describedby"; type="application/jose"'
    return answer


@router.get("/publicaties/{number}.pdf")
def publication_pdf(visit: AnyVisit, request: Request, number: str) -> Response:
    publication = reading.get_publication(visit.desk, number).publication
    answer = _immutable(request, publication.pdf, "application/pdf", f"{publication.sha256}-pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="uitvoeringsscan-{publication.number}.pdf"'
    return answer


@router.get("/publicaties/{number}.png")
def publication_card(visit: AnyVisit, request: Request, number: str) -> Response:
    """The picture for where it is shared: made from the sealed document, so it never changes either."""
    publication = reading.get_publication(visit.desk, number).publication
    picture = visit.desk.render_card(publication.document)
    return _immutable(request, picture, "image/png", f"{publication.sha256}-png")


@router.get("/publicaties/{number}")
def publication(visit: AnyVisit, number: str) -> Response:
    found = reading.get_publication(visit.desk, number)
    view = summary_view(found.publication.document)
    replaced = versions.replacement(visit.desk, found.scan)
    said = proposing.beside(visit.desk, [found.scan.id]).get(found.scan.id)
    beside = reacting.addenda_of(visit.desk, number)
    later = next((one for one in beside if one.kind is AddendumKind.REACTION), None)
    page = visit.render(
        "public/publication.html",
        page_title=f"{view.title} ({found.publication.number})",
        view=view,
        mark=standing(found.scan, found.publication.number, found.newest, replaced.at if replaced else None),
        newer=replaced,
        follows_on=versions.follows_on(visit.desk, number),
        outcome=outcome_words(found.scan.outcome),
        cabinet=cabinet_sentence(said),
        tally=tally_sentence(said),
        reaction=view.reaction or (reaction_beside(later.document) if later else None),
        reaction_place=f"/aanvullingen/{later.sequence}" if later and not view.reaction else None,
        looked_back=[one.estimate.short_name for one in looking_back.of_publication(visit.desk, number)],
        card=card_view(view, demonstration=visit.site.demonstration),
        linked_data=in_script(report(found.publication.document, beside, site=visit.site.public_url)),
    )
    return public_page(visit, page)


@router.get("/dossiers/{number}")
def dossier(visit: AnyVisit, number: str) -> Response:
    lines = in_voting_order(reading.dossier(visit.desk, number), visit.desk.now())
    newest = reading.newest_publications(visit.desk, [line.id for line in lines])
    page = visit.render(
        "public/overview.html",
        page_title=f"Dossier {number}",
        lead=lines[0].title,
        lines=_lines(visit, lines, newest),
        stacking=f"/dossiers/{number}/stapeling",
        empty="",
    )
    return public_page(visit, page)


@router.get("/stemmingen")
def votes(visit: AnyVisit) -> Response:
    lines = in_voting_order(reading.votes_ahead(visit.desk), visit.desk.now())
    newest = reading.newest_publications(visit.desk, [line.id for line in lines])
    page = visit.render(
        "public/overview.html",
        page_title="Wat komt er in stemming?",
        lead="Amendementen met een uitvoeringsscan, de eerste stemming eerst.",
        lines=_lines(visit, lines, newest),
        stacking=None,
        empty="Op dit moment is er geen stemming bekend over een amendement met een scan.",
    )
    return public_page(visit, page)


@router.get("/stemmingen/{day}")
def vote_day(visit: AnyVisit, day: str) -> Response:
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise NotFound("Schrijf de dag als jaar-maand-dag, zoals 2026-12-08.") from None
    lines = in_voting_order(reading.vote_day(visit.desk, on), visit.desk.now())
    newest = reading.newest_publications(visit.desk, [line.id for line in lines])
    shown = _lines(visit, lines, newest)
    page = visit.render("public/vote_day.html", page_title="Stemmingen", day=on, lines=shown)
    return public_page(visit, page)


@router.get("/uitleg")
def explanation(visit: AnyVisit) -> Response:
    return public_page(visit, visit.render("public/explanation.html", page_title="Hoe leest u een uitvoeringsscan?"))


@router.get("/uitleg/fouten")
def problem_types(visit: AnyVisit) -> Response:
    return public_page(visit, visit.render("public/problems.html", page_title="Foutmeldingen van de API"))


@router.get("/uitleg/fouten/{soort}")
def problem_type(visit: AnyVisit, soort: str) -> Response:
    words = labels.PROBLEMS.get(soort)
    if words is None:
        raise NotFound("Deze foutmelding bestaat niet.")
    page = visit.render("public/problem.html", page_title=words.label, code=soort, words=words)
    return public_page(visit, page)


@router.get("/uitleg/api")
def api_page(visit: AnyVisit) -> Response:
    return public_page(visit, visit.render("public/api.html", page_title="De API bekijken en proberen"))


@router.get("/controleren")
def checking(visit: AnyVisit) -> Response:
    found, _ = reading.list_publications(visit.desk, limit=1)
    keys = signing_keys.every(visit.desk)
    page = visit.render(
        "public/checking.html",
        page_title="Zo controleert u dit",
        newest=found[0] if found else None,
        key=keys[-1].kid if keys else None,
    )
    return public_page(visit, page)


@router.get("/beheer/stijlgids")
def style_guide(visit: AnyVisit) -> Response:
    return visit.render("stijlgids.html", page_title="Stijlgids")


@router.get("/health/live")
def live() -> Response:
    return PlainTextResponse("ok")


@router.get("/health/ready")
def ready(visit: AnyVisit) -> Response:
    """Whether visitors may be sent here, and what is wrong when they may not (503) or when something else asks for a look."""
    checks = health.readiness(visit.desk)
    well = all(check.well for check in checks if check.needed)
    shown = [
        {"naam": check.name, "goed": check.well, **({"uitleg": check.why} if check.why else {})} for check in checks
    ]
    return JSONResponse({"status": "ok" if well else "niet-gereed", "controles": shown}, 200 if well else 503)


@router.get("/.well-known/security.txt")
def security_txt(visit: AnyVisit) -> Response:
    expires = visit.desk.now().replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    until = expires.replace(year=expires.year + 1).isoformat(timespec="seconds").replace("+00:00", "Z")
    body = f"Contact: mailto:security@example.org\nExpires: {until}\nPreferred-Languages: nl, en\n"
    return PlainTextResponse(body)


def _lines(visit: Visit, lines: Sequence[ScanLine], newest: Mapping[ScanId, Publication]) -> list[OverviewLine]:
    said = proposing.beside(visit.desk, [line.id for line in lines])
    return with_cabinet(overview(lines, newest, visit.desk.now()), said)


def public_page(visit: Visit, page: Response) -> Response:
    """A page for nobody in particular may be kept for a minute; one with a name on it may not be kept at all."""
    if visit.person is None:
        page.headers["Cache-Control"] = SHORT
    page.headers["Vary"] = "Cookie"
    return page


def _immutable(request: Request, body: bytes, kind: str, tag: str) -> Response:
    headers = {"Cache-Control": IMMUTABLE, "ETag": f'"{tag}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)
