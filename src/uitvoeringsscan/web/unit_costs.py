"""The agency's standard prices: seen by all of its people, kept by who approves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Response

from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.people.people import Role
from uitvoeringsscan.use_cases import unit_costs
from uitvoeringsscan.web.visit import AnyVisit, Posted, Visit, errors_by_field, field_errors, go_to, text

router = APIRouter()
FIELDS = ("jaar", "naam", "bedrag", "bron")


@router.get("/uitvragen/kengetallen")
def page(visit: AnyVisit) -> Response:
    return _page(visit, {}, ())


@router.post("/uitvragen/kengetallen")
def keep(visit: AnyVisit, form: Posted) -> Response:
    typed = {name: text(form, name) for name in FIELDS}
    try:
        unit_costs.set_unit_cost(
            visit.desk,
            visit.actor,
            year=_whole(typed["jaar"]),
            name=typed["naam"],
            amount=_whole(typed["bedrag"]),
            source=typed["bron"],
        )
    except InvalidInput as error:
        return _page(visit, typed, error.problems)
    return go_to("/uitvragen/kengetallen")


@router.post("/uitvragen/kengetallen/weg")
def remove(visit: AnyVisit, form: Posted) -> Response:
    unit_costs.remove_unit_cost(visit.desk, visit.actor, year=_whole(text(form, "jaar")), name=text(form, "naam"))
    return go_to("/uitvragen/kengetallen")


_WHOLE = re.compile(r"(?:€ ?)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,12})(?:,--?|,00)?")


def _whole(words: str) -> int:
    """A whole number as people write it ("€ 98.000"); -1, which no rule allows, when it is none."""
    found = _WHOLE.fullmatch(" ".join(words.split()))
    return int(found[1].replace(".", "")) if found else -1


def _page(visit: Visit, typed: Mapping[str, str], problems: Sequence[Problem]) -> Response:
    costs = unit_costs.own_unit_costs(visit.desk, visit.actor)
    return visit.render(
        "agency/unit_costs.html",
        page_title="Kengetallen",
        status=400 if problems else 200,
        errors=field_errors(problems),
        wrong=errors_by_field(problems),
        costs=costs,
        keeper=visit.actor.has(Role.APPROVER),
        typed={"jaar": str(visit.desk.today().year), **typed},
    )
