"""How ranges of euros, fte and other figures are written in a publication, and the table of costs and staffing."""

from __future__ import annotations

from collections.abc import Callable

from uitvoeringsscan.presentation import dutch
from uitvoeringsscan.presentation.summary_values import MoneyRow, MoneyTable
from uitvoeringsscan.publication.summary import Costs, Euros, Figures, Fte, SealedSummary, Staff

NOTHING_GIVEN = "niet opgegeven"


def euros(amount: Euros) -> str:
    return dutch.amount_range(amount.low, amount.high)


def fte(amount: Fte) -> str:
    return dutch.fte_range(amount.low, amount.high)


def figures(amount: Figures) -> str:
    low, high = (f"{end:,.15g}".translate(_DUTCH_MARKS) for end in (amount.low, amount.high))
    return low if low == high else f"{low} tot {high}"


_DUTCH_MARKS = str.maketrans(",.", ".,")

RANGES: dict[str, Callable[[Figures], str]] = {
    "bedrag": lambda amount: dutch.amount_range(amount.low, amount.high),
    "fte": lambda amount: dutch.fte_range(amount.low, amount.high),
}


def money(summary: SealedSummary, names: dict[str, str]) -> MoneyTable | None:
    """None when no agency that takes part was asked at all."""
    taking_part = [a for a in summary.agencies if a.status != "niet-van-toepassing"]
    if not taking_part:
        return None
    missing = [names.get(code, code) for code in dict.fromkeys((*summary.costs.incomplete, *summary.staff.incomplete))]
    return MoneyTable(
        caption="Kosten en personeel per organisatie: bedragen en fte (voltijdbanen) van laag tot hoog.",
        headers=("Organisatie", "Kosten eenmalig", "Kosten per jaar", "Fte eenmalig", "Fte per jaar"),
        rows=tuple(
            MoneyRow(
                name=agency.short_name,
                cells=_cells(
                    agency.costs, agency.staff, "onbekend" if agency.status == "geen-reactie" else NOTHING_GIVEN
                ),
            )
            for agency in taking_part
        ),
        total=MoneyRow(
            name="Samen, minimaal" if missing else "Samen", cells=_cells(summary.costs, summary.staff, NOTHING_GIVEN)
        ),
        note=f"Niet of niet helemaal in deze optelling: {dutch.listed(missing)}." if missing else "",
    )


def _cells(costs: Costs, staff: Staff, absent: str) -> tuple[str, ...]:
    return (
        *(euros(amount) if amount else absent for amount in (costs.once, costs.yearly)),
        *(fte(amount) if amount else absent for amount in (staff.once, staff.yearly)),
    )
