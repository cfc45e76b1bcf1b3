"""What stands on the picture that is shown where somebody shares a publication, and the words for who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass

from uitvoeringsscan.presentation.summary_values import Cell, SummaryView

WIDTH, HEIGHT = 1200, 630
"""Pixels: the size that the sites which show such pictures agree on."""

LONGEST_TITLE = 150
LONGEST_VERDICT = 150

INVENTED = "Demonstratie: verzonnen"
"""What the picture of a demonstration says, for it travels without the page around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """`dimensions` are the four subjects with the heaviest level given; empty where nobody gave one.

    warning  what must be known before all else; empty outside a demonstration
    """

    kicker: str
    title: str
    verdict_label: str
    verdict: str
    dimensions: tuple[tuple[str, Cell], ...]
    completeness: str
    number: str
    warning: str

    @property
    def words(self) -> str:
        """The whole picture in one or two sentences."""
        levels = "; ".join(f"{name}: {cell.text}" for name, cell in self.dimensions)
        first = f"{self.warning}. " if self.warning else ""
        said = f"{first}{self.verdict_label}: {self.verdict.rstrip('.')}."
        return said + (f" Zwaarste gevolg. {levels}." if levels else "")


def card_view(view: SummaryView, *, demonstration: bool) -> CardView:
    heat = view.heat
    return CardView(
        kicker=view.kicker,
        title=_short(view.title, LONGEST_TITLE),
        verdict_label=view.verdict_label,
        verdict=_short(view.verdict, LONGEST_VERDICT),
        dimensions=tuple(zip(heat.headers[1:5], heat.worst.cells, strict=True)) if heat and heat.worst.cells else (),
        completeness=_short(view.completeness, 160),
        number=view.number_code,
        warning=INVENTED if demonstration else "",
    )


def _short(text: str, longest: int) -> str:
    """Broken off between words, with a sign that it goes on."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
