"""The agency's pages to look back: what is asked, answering it, and the second pair of eyes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from fastapi import APIRouter, Response

from uitvoeringsscan.assessments.look_back import DIMENSIONS, Came, LookBackState
from uitvoeringsscan.errors import Forbidden, InvalidInput, Problem, Stale, WrongState
from uitvoeringsscan.people.permissions import Action, Relation, may
from uitvoeringsscan.presentation import dutch, labels
from uitvoeringsscan.presentation.look_back_view import HEADERS, compared
from uitvoeringsscan.use_cases import looking_back
from uitvoeringsscan.web.typed import read_day
from uitvoeringsscan.web.visit import AnyVisit, Posted, Visit, errors_by_field, field_errors, go_to, seen, text

router = APIRouter()

_EUROS = ("kosten.incidenteel", "kosten.structureel")
_FTE = ("personeel.incidenteel", "personeel.structureel")
FIELDS = (*_EUROS, *_FTE, "ingevoerdOp", *(f"niveaus.{dimension}" for dimension in DIMENSIONS), "toelichting")


@router.get("/terugblikken")
def work(visit: AnyVisit) -> Response:
    found = looking_back.own(visit.desk, visit.actor)
    return visit.render(
        "agency/look_backs.html",
        page_title="Terugblikken",
        asked=[one for one in found if one.look.state is not LookBackState.APPROVED],
        done=[one for one in found if one.look.state is LookBackState.APPROVED],
    )


@router.get("/terugblikken/{identifier}")
def one(visit: AnyVisit, identifier: str) -> Response:
    return _page(visit, identifier, {}, ())


@router.post("/terugblikken/{identifier}/indienen")
def hand_in(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    typed = {name: text(form, name) for name in FIELDS}
    problems: list[Problem] = []
    came = _came(typed, problems)
    if problems:
        return _page(visit, identifier, typed, problems)
    return _try(
        visit, identifier, typed, lambda: looking_back.hand_in(visit.desk, visit.actor, identifier, seen(form), came)
    )


@router.post("/terugblikken/{identifier}/vaststellen")
def approve(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    return _try(visit, identifier, {}, lambda: looking_back.approve(visit.desk, visit.actor, identifier, seen(form)))


@router.post("/terugblikken/{identifier}/terugzenden")
def send_back(visit: AnyVisit, form: Posted, identifier: str) -> Response:
    typed = {"opmerking": text(form, "opmerking")}

    def do() -> object:
        return looking_back.send_back(visit.desk, visit.actor, identifier, seen(form), typed["opmerking"])

    return _try(visit, identifier, typed, do, field="opmerking")


def _try(
    visit: Visit, identifier: str, typed: dict[str, str], do: Callable[[], object], *, field: str = "toelichting"
) -> Response:
    try:
        do()
    except InvalidInput as error:
        problems = [
            Problem(code=p.code, message=p.message, field=field if p.field == "toelichting" else p.field)
            for p in error.problems
        ]
        return _page(visit, identifier, typed, problems)
    except (Stale, WrongState) as error:
        return _page(visit, identifier, typed, (Problem(code=error.code, message=error.message),))
    except Forbidden as error:
        if error.code != "vier-ogen":
            raise
        return _page(visit, identifier, typed, (Problem(code=error.code, message=error.message),))
    return go_to(f"/terugblikken/{identifier}")


# --- what was typed ---


def _came(typed: dict[str, str], problems: list[Problem]) -> Came:
    numbers = {name: _number(typed[name], name, problems) for name in (*_EUROS, *_FTE)}
    live = None
    try:
        live = read_day(typed["ingevoerdOp"])
    except ValueError:
        message = "Schrijf de datum zoals 1 juli 2028."
        problems.append(Problem(code="ongeldige-datum", field="ingevoerdOp", message=message))
    levels = {d: int(typed[f"niveaus.{d}"]) for d in DIMENSIONS if typed[f"niveaus.{d}"] in ("0", "1", "2", "3")}
    once, yearly = (numbers[name] for name in _EUROS)
    return Came(
        costs_once=None if once is None else int(once),
        costs_yearly=None if yearly is None else int(yearly),
        fte_once=numbers[_FTE[0]],
        fte_yearly=numbers[_FTE[1]],
        live=live,
        levels=levels,
        explanation=typed["toelichting"],
    )


def _number(words: str, field: str, problems: list[Problem]) -> Decimal | None:
    """ "1.200.000", "3,5", "-2"; None when empty. Euros are whole."""
    bare = words.replace(" ", "").replace("€", "")
    if not bare:
        return None
    bare = bare.replace("\N{MINUS SIGN}", "-").replace(".", "").replace(",", ".")
    try:
        value = Decimal(bare)
    except InvalidOperation:
        value = Decimal("NaN")
    whole = field in _EUROS
    if not value.is_finite() or len(bare) > 20 or (whole and value != value.to_integral_value()):
        example = "een bedrag in hele euro's, zoals 1.200.000" if whole else "een aantal fte, zoals 3,5"
        problems.append(Problem(code="verkeerde-soort", field=field, message=f"Schrijf {example}."))
        return None
    return value


def _typed(came: Came) -> dict[str, str]:
    def written(value: Any) -> str:
        return "" if value is None else f"{value:,}".translate(str.maketrans(",.", ".,"))

    return {
        "kosten.incidenteel": written(came.costs_once),
        "kosten.structureel": written(came.costs_yearly),
        "personeel.incidenteel": written(came.fte_once),
        "personeel.structureel": written(came.fte_yearly),
        "ingevoerdOp": dutch.day(came.live) if came.live else "",
        **{f"niveaus.{d}": str(came.levels[d]) if d in came.levels else "" for d in DIMENSIONS},
        "toelichting": came.explanation,
    }


def _page(visit: Visit, identifier: str, typed: dict[str, str], problems: Sequence[Problem]) -> Response:
    found = looking_back.get(visit.desk, visit.actor, identifier)
    look = found.look
    ours = frozenset({Relation.AGENCY}) if look.agency == visit.actor.agency else frozenset()
    mine = look.submitted is not None and look.submitted.principal == visit.actor.principal
    submitted = look.state is LookBackState.SUBMITTED
    given = look.state is not LookBackState.OPEN
    return visit.render(
        "agency/look_back.html",
        page_title=f"Terugblik: {found.summary.amendment.title}",
        status=400 if problems else 200,
        errors=field_errors(problems),
        beside=errors_by_field(problems),
        typed={**_typed(look.came), **typed},
        look=look,
        title=found.summary.amendment.title,
        rows=compared(found.estimate, looking_back.wire(look.came) if given else None),
        headers=HEADERS if given else HEADERS[:2],
        came=look.came if given else None,
        dimensions=[(code, labels.DIMENSIONS[code].label) for code in DIMENSIONS],
        levels=[{"value": str(level), "label": labels.level_label(level)} for level in range(4)],
        may_answer=look.state is LookBackState.OPEN and may(visit.actor, Action.HAND_IN, ours),
        may_approve=submitted and not mine and may(visit.actor, Action.APPROVE, ours),
        may_return=submitted and may(visit.actor, Action.SEND_BACK, ours),
        waits=submitted and mine,
    )
