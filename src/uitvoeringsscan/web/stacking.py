"""Amendments beside each other: what they ask together, what changed between two publications, one agency's overview."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.identifiers import AgencyCode, is_scan_id
from uitvoeringsscan.presentation.difference_view import difference_view
from uitvoeringsscan.presentation.dutch import day as in_words
from uitvoeringsscan.presentation.overview import agency_overview, in_voting_order
from uitvoeringsscan.presentation.stacking_view import stacking_view
from uitvoeringsscan.use_cases import reading, stacking, versions
from uitvoeringsscan.use_cases.stacking import Stacking
from uitvoeringsscan.web.public import public_page
from uitvoeringsscan.web.visit import AnyVisit, Visit

router = APIRouter()

Ticked = Annotated[list[str], Query(alias="a", max_length=500)]
Asked = Annotated[str | None, Query(alias="keuze", max_length=10)]


def _chosen(ticked: list[str], asked: str | None) -> frozenset[str] | None:
    """None is everything: nobody chose yet. A form in which nothing was ticked says that it was sent."""
    return frozenset(filter(is_scan_id, ticked)) if ticked or asked else None


@router.get("/stemmingen/{day}/stapeling")
def of_vote_day(visit: AnyVisit, day: str, ticked: Ticked = [], asked: Asked = None) -> Response:  # noqa: B006
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise NotFound("Schrijf de dag als jaar-maand-dag, zoals 2026-12-08.") from None
    found = stacking.of_vote_day(visit.desk, on, _chosen(ticked, asked))
    back = {"href": f"/stemmingen/{on.isoformat()}", "label": f"Stemmingen op {in_words(on)}"}
    return _page(visit, found, back, with_dossier=True)


@router.get("/dossiers/{number}/stapeling")
def of_dossier(visit: AnyVisit, number: str, ticked: Ticked = [], asked: Asked = None) -> Response:  # noqa: B006
    found = stacking.of_dossier(visit.desk, number, _chosen(ticked, asked))
    return _page(visit, found, {"href": f"/dossiers/{number}", "label": f"Dossier {number}"}, with_dossier=False)


def _page(visit: Visit, found: Stacking, back: dict[str, str], *, with_dossier: bool) -> Response:
    heading = "Wat vragen deze amendementen samen?"
    page = visit.render(
        "public/stacking.html",
        page_title=f"{heading} {back['label']}",
        heading=heading,
        back=back,
        action=f"{back['href']}/stapeling",
        view=stacking_view(found, with_dossier=with_dossier),
    )
    return public_page(visit, page)


@router.get("/publicaties/{number}/verschil")
def difference(visit: AnyVisit, number: str) -> Response:
    view = difference_view(versions.compared(visit.desk, number))
    return public_page(
        visit, visit.render("public/difference.html", page_title=f"Wat is er veranderd? {view.title}", view=view)
    )


@router.get("/organisaties/{code}")
def agency(visit: AnyVisit, code: str) -> Response:
    found = visit.desk.register.agency(AgencyCode(code))
    if found is None:
        raise NotFound("Deze organisatie kennen we niet.")
    page = reading.asked_of(visit.desk, AgencyCode(code))
    now = visit.desk.now()
    lines = in_voting_order(page.results, now)
    newest = reading.newest_publications(visit.desk, [line.id for line in lines])
    return public_page(
        visit,
        visit.render(
            "public/agency.html",
            page_title=found.name,
            agency=found,
            lines=agency_overview(code, lines, newest, now),
            more=page.next is not None,
        ),
    )
