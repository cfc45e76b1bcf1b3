"""Looking back in words: each estimate beside what came of it, the same lines for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from uitvoeringsscan.presentation import dutch, labels
from uitvoeringsscan.presentation.summary_figures import euros, fte
from uitvoeringsscan.presentation.summary_sentences import date_words
from uitvoeringsscan.publication.summary import AgencyPart, Euros, Fte
from uitvoeringsscan.use_cases.looking_back import LookedBack

NOT_GIVEN, NOT_KNOWN = "niet geschat", "nog niet bekend"
HEADERS = ("Onderwerp", "Geschat", "Geworden", "Verschil")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One line. `against` is empty where one of the two is not known."""

    what: str
    estimate: str
    came: str
    against: str

    @property
    def cells(self) -> tuple[str, str, str]:
        return self.estimate, self.came, self.against or "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackView:
    agency: str
    agency_code: str
    publication: str
    title: str
    caption: str
    rows: tuple[Compared, ...]
    explanation: str
    approved: str
    place: str


def look_back_view(one: LookedBack) -> LookBackView:
    came, estimate = one.came, one.estimate
    return LookBackView(
        agency=estimate.name,
        agency_code=estimate.code,
        publication=one.summary.number,
        title=one.summary.amendment.title,
        caption=f"Wat {estimate.short_name} schatte, en wat ervan kwam",
        rows=tuple(compared(estimate, came)),
        explanation=came["toelichting"],
        approved=f"Vastgesteld op {dutch.long_moment(came['op'])}, door twee personen van de organisatie.",
        place=f"/aanvullingen/{one.sequence}",
    )


def compared(estimate: AgencyPart, came: dict[str, Any] | None) -> Sequence[Compared]:
    """All lines, also without an outcome yet (`came` None: what the agency itself sees when it is asked)."""
    costs, staff = (came or {}).get("kosten", {}), (came or {}).get("personeel", {})
    rows = [
        _amount("Kosten eenmalig", estimate.costs.once, costs.get("incidenteel"), euros, _whole),
        _amount("Kosten per jaar", estimate.costs.yearly, costs.get("structureel"), euros, _whole),
        _amount("Fte eenmalig", estimate.staff.once, staff.get("incidenteel"), fte, _one_decimal),
        _amount("Fte per jaar", estimate.staff.yearly, staff.get("structureel"), fte, _one_decimal),
        _live(estimate, (came or {}).get("ingevoerdOp")),
    ]
    levels = {line["dimensie"]: line["niveau"] for line in (came or {}).get("niveaus", ())}
    return [*rows, *(_level(line.dimension, line.level, levels.get(line.dimension)) for line in estimate.dimensions)]


def _whole(value: float) -> Euros:
    return Euros(low=int(value), high=int(value))


def _one_decimal(value: float) -> Fte:
    return Fte(low=value, high=value)


def _amount(what: str, estimate: Any, came: float | None, write: Any, exactly: Any) -> Compared:
    against = ""
    if estimate is not None and came is not None:
        against = (
            "lager dan geschat"
            if came < estimate.low
            else "hoger dan geschat"
            if came > estimate.high
            else "binnen de schatting"
        )
    return Compared(
        what=what,
        estimate=write(estimate) if estimate is not None else NOT_GIVEN,
        came=write(exactly(came)) if came is not None else NOT_KNOWN,
        against=against,
    )


def _live(estimate: AgencyPart, came: str | None) -> Compared:
    against = ""
    if estimate.feasible_from is not None and came is not None:
        on = date.fromisoformat(came)
        against = "op tijd" if on <= estimate.feasible_from else dutch.months_later(estimate.feasible_from, on)
    return Compared(
        what="Ingevoerd op", estimate=date_words(estimate), came=dutch.day(came) if came else NOT_KNOWN, against=against
    )


def _level(dimension: str, estimate: int | None, came: int | None) -> Compared:
    against = ""
    if estimate is not None and came is not None:
        against = "zoals geschat" if came == estimate else "zwaarder" if came > estimate else "minder zwaar"
    return Compared(
        what=labels.DIMENSIONS[dimension].label,
        estimate=labels.level_label(estimate),
        came=labels.level_label(came) if came is not None else NOT_KNOWN,
        against=against,
    )
