"""What one of something costs an agency in a year (an fte, a release, a letter): a help when estimating, never an answer.

The arithmetic is shown with its parts, so that anybody can do it again; nothing is filled in by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.rubrics.model import Meaning, Rubric
from uitvoeringsscan.rubrics.typed import number_text
from uitvoeringsscan.rubrics.values import Range, Value

FTE = "fte"
"""The unit by which answers in fte can be turned into euros; every other name is shown as it is."""

MAX_NAME, MAX_SOURCE = 60, 300
FIRST_YEAR, LAST_YEAR = 2000, 2100
MAX_AMOUNT = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCost:
    """The standard price of one `name` in `year`, in whole euros, and where that figure comes from."""

    agency: AgencyCode
    year: int
    name: str
    amount: int
    source: str


def checked(cost: UnitCost) -> UnitCost:
    """The same with its texts in one line. Raises InvalidInput with every problem."""
    name, source = " ".join(cost.name.split()).casefold(), " ".join(cost.source.split())
    problems = [*text_problems("naam", name, MAX_NAME), *text_problems("bron", source, MAX_SOURCE)]
    if not name:
        problems.append(Problem(code="verplicht", field="naam", message="Waar is dit de prijs van? Bijvoorbeeld: fte."))
    if not source:
        problems.append(Problem(code="verplicht", field="bron", message="Schrijf waar dit bedrag vandaan komt."))
    if not FIRST_YEAR <= cost.year <= LAST_YEAR:
        message = f"Schrijf een jaar tussen {FIRST_YEAR} en {LAST_YEAR}."
        problems.append(Problem(code="ongeldig-jaar", field="jaar", message=message))
    if not 1 <= cost.amount <= MAX_AMOUNT:
        message = f"Schrijf een bedrag in hele euro's, van 1 tot {number_text(Decimal(MAX_AMOUNT))}."
        problems.append(Problem(code="ongeldig-bedrag", field="bedrag", message=message))
    if problems:
        raise InvalidInput(problems)
    return UnitCost(agency=cost.agency, year=cost.year, name=name, amount=cost.amount, source=source)


def newest(costs: Iterable[UnitCost], year: int) -> list[UnitCost]:
    """Of each name the price of the last year that has one and is not after `year`; by name, fte first."""
    found: dict[str, UnitCost] = {}
    for cost in costs:
        if cost.year <= year and (cost.name not in found or cost.year > found[cost.name].year):
            found[cost.name] = cost
    return sorted(found.values(), key=lambda cost: (cost.name != FTE, cost.name))


_FTE_OF: dict[Meaning, Meaning] = {
    Meaning.FTE_YEARLY: Meaning.FTE_YEARLY,
    Meaning.FTE_ONCE: Meaning.FTE_ONCE,
    Meaning.COSTS_YEARLY: Meaning.FTE_YEARLY,
    Meaning.COSTS_ONCE: Meaning.FTE_ONCE,
}
"""By which answer in fte a question about fte or costs is reckoned."""

_COSTS = (Meaning.COSTS_YEARLY, Meaning.COSTS_ONCE)


def hints(rubric: Rubric, code: str, values: dict[str, Value], costs: Iterable[UnitCost]) -> list[str]:
    """The lines to show at a question about costs or fte, given the answers so far; none at any other question.

    costs  as `newest` gives them
    """
    gives = rubric.question(code).gives
    if gives not in _FTE_OF:
        return []
    counted = rubric.giving(_FTE_OF[gives])
    number = values.get(counted.code) if counted else None
    lines = []
    for cost in costs:
        if cost.name == FTE and isinstance(number, Range):
            lines.append(f"{arithmetic(number, cost)} ({cost.year}, {cost.source}).")
        elif cost.name == FTE or gives in _COSTS:
            lines.append(f"1 {cost.name} = € {number_text(Decimal(cost.amount))} ({cost.year}, {cost.source}).")
    return lines


def arithmetic(number: Range, cost: UnitCost) -> str:
    """ "12 fte × € 98.000 = € 1.176.000"; of a range both ends."""
    ends = list(dict.fromkeys((number.low, number.high)))
    price = f"€ {number_text(Decimal(cost.amount))}"
    counted = " tot ".join(number_text(end) for end in ends)
    total = " tot ".join(f"€ {number_text(end * cost.amount)}" for end in ends)
    return f"{counted} {cost.name} × {price} = {total}"
