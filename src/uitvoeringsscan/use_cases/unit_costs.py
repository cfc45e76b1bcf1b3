"""An agency's own standard prices: kept by who approves, seen by everybody of that agency, and by nobody else."""

from __future__ import annotations

from collections.abc import Sequence

from uitvoeringsscan.assessments import unit_costs as prices
from uitvoeringsscan.assessments.unit_costs import UnitCost
from uitvoeringsscan.errors import Forbidden
from uitvoeringsscan.events import UnitCostSet
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.people.people import AGENCY_ROLES, Actor
from uitvoeringsscan.people.permissions import Action, Relation, require
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.ports import Desk


def own_unit_costs(desk: Desk, actor: Actor) -> Sequence[UnitCost]:
    """All of the actor's agency, by year, the last first."""
    agency = _agency(actor)
    with desk.reading() as work:
        return work.unit_costs.of_agency(agency)


def standing(desk: Desk, actor: Actor) -> Sequence[UnitCost]:
    """Those that count this year; none for somebody without an agency."""
    if actor.agency is None or not actor.roles & AGENCY_ROLES:
        return ()
    with desk.reading() as work:
        return prices.newest(work.unit_costs.of_agency(actor.agency), desk.today().year)


def set_unit_cost(desk: Desk, actor: Actor, *, year: int, name: str, amount: int, source: str) -> UnitCost:
    """Keep this price, in the place of what stood for the same year and name."""
    agency = _keeper(actor)
    cost = prices.checked(UnitCost(agency=agency, year=year, name=name, amount=amount, source=source))
    with desk.writing() as work:
        work.unit_costs.put(cost)
        work.journal.add(actor, UnitCostSet(agency=agency, year=year, name=cost.name, amount=amount), desk.now())
    return cost


def remove_unit_cost(desk: Desk, actor: Actor, *, year: int, name: str) -> None:
    """Take it away. One that is not there (any more) is no fault: it is gone."""
    agency = _keeper(actor)
    name = " ".join(name.split()).casefold()
    if not name.isprintable() or not prices.FIRST_YEAR <= year <= prices.LAST_YEAR:
        return
    with desk.writing() as work:
        if work.unit_costs.remove(agency, year, name):
            work.journal.add(actor, UnitCostSet(agency=agency, year=year, name=name, amount=None), desk.now())


def _agency(actor: Actor) -> AgencyCode:
    known(actor)
    if actor.agency is None or not actor.roles & AGENCY_ROLES:
        raise Forbidden("Alleen mensen van een organisatie hebben kengetallen.")
    return actor.agency


def _keeper(actor: Actor) -> AgencyCode:
    agency = _agency(actor)
    require(actor, Action.APPROVE, {Relation.AGENCY})
    return agency
