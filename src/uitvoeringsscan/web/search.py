"""/zoeken: any amendment that is public, by its words."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from uitvoeringsscan.presentation.overview import overview
from uitvoeringsscan.use_cases import reading
from uitvoeringsscan.web.public import public_page
from uitvoeringsscan.web.visit import AnyVisit

router = APIRouter()
PAGE = 25


@router.get("/zoeken")
def search(
    visit: AnyVisit,
    question: Annotated[str, Query(alias="q", max_length=200)] = "",
    after: Annotated[str, Query(alias="na", max_length=20)] = "",
) -> Response:
    found = reading.search(visit.desk, question, after, PAGE)
    newest = reading.newest_publications(visit.desk, [line.id for line in found.results])
    following = urlencode({"q": question, "na": found.results[-1].id}) if found.next else None
    page = visit.render(
        "public/search.html",
        page_title="Zoeken",
        question=question,
        lines=overview(found.results, newest, visit.desk.now()),
        next=f"/zoeken?{following}" if following else None,
    )
    return public_page(visit, page)
