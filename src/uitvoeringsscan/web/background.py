"""The work on the background, for the coordinator and the administrator: what waits, what failed, and what to do about it."""

from __future__ import annotations

from fastapi import APIRouter, Response

from uitvoeringsscan.presentation import labels
from uitvoeringsscan.use_cases import background
from uitvoeringsscan.web.visit import AnyVisit, Posted, go_to, text

router = APIRouter()

PAGE = "/beheer/werk"


@router.get(PAGE)
def work(visit: AnyVisit) -> Response:
    found = background.look(visit.desk, visit.actor)
    return visit.render(
        "admin/work.html",
        page_title="Werk op de achtergrond",
        waiting=[{"label": labels.work_kind(one.kind, ""), "one": one} for one in found.waiting],
        failed=[{"label": labels.work_kind(one.kind, one.key), "one": one} for one in found.failed],
        more=len(found.failed) == background.MANY,
    )


@router.post(PAGE + "/opnieuw")
def again(visit: AnyVisit, form: Posted) -> Response:
    background.again(visit.desk, visit.actor, text(form, "werk"))
    return go_to(PAGE)


@router.post(PAGE + "/laten-vallen")
def drop(visit: AnyVisit, form: Posted) -> Response:
    background.drop(visit.desk, visit.actor, text(form, "werk"))
    return go_to(PAGE)
