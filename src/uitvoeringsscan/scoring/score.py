"""The values that scoring gives: per agency, and for all agencies together. Functions live in `scoring.rules`.

Amounts are whole euros, staffing is fte with one decimal. A range says low and high; one figure is a range of equal ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.rubrics.scales import Dimension, Level, Verdict
from uitvoeringsscan.rubrics.values import Range

__all__ = [
    "NOT_ANSWERED",
    "AgencyScore",
    "Contribution",
    "Dimension",
    "DimensionScore",
    "ImpactProfile",
    "Level",
    "ProfileLine",
    "Range",
    "Total",
    "TraceLine",
    "Verdict",
    "Warning",
]

NOT_ANSWERED = "niet-beantwoord"
"""In a trace: the question applied, but there is no answer. It weighs as "onbekend"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceLine:
    """One question that counted: question -> chosen option -> level.

    Without an answer to weigh, `level` is None and `option` is "onbekend" or, while nothing was answered, NOT_ANSWERED.
    With several options chosen it is the one with the worst level.
    """

    question: str
    question_text: str
    option: str
    option_text: str
    level: Level | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionScore:
    """One dimension of one agency. `level` is the worst known answer; None when nothing is known.

    at_least  some question on this dimension was answered "onbekend" or not at all: the level is "ten minste" this one,
              and it is true as well when nothing is known
    trace     every question that counted, in their order
    """

    dimension: Dimension
    level: Level | None
    at_least: bool
    trace: tuple[TraceLine, ...]

    @property
    def deciding(self) -> tuple[TraceLine, ...]:
        """The answers that made the level what it is; none when it is not known."""
        return tuple(line for line in self.trace if self.level is not None and line.level == self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:
    """A contradiction between answers. It warns the people who sign; it never blocks."""

    code: str
    message: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyScore:
    """What one agency's answers come to; frozen at approval and never recalculated.

    dimensions   all four, in order
    verdict      None when the agency gave none
    conditions   one line each: what, who, when (only with FEASIBLE_IF)
    alternative  the smallest change of wording or date that would make it feasible
    costs_*      euros; fte_* fte; None when not answered or "onbekend"
    feasible_from  the date from which it can be carried out
    not_ours     the agency answered that this is not its task: it takes no part in the whole
    """

    dimensions: tuple[DimensionScore, ...]
    verdict: Verdict | None
    conditions: tuple[str, ...]
    alternative: str | None
    costs_once: Range | None
    costs_yearly: Range | None
    fte_once: Range | None
    fte_yearly: Range | None
    feasible_from: date | None
    warnings: tuple[Warning, ...]
    not_ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one agency that was asked brings to the whole: its score, or None while (or because) it gave no answer.

    An approved "geen gevolgen" is a score of level NONE on all four; "niet van toepassing" does not take part at all.
    """

    agency: AgencyCode
    score: AgencyScore | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLine:
    """One dimension over all agencies: the worst level, who gave it, how many of how many, who is still missing.

    answered  how many of those asked have answered, "onbekend" included
    at_least  someone has not answered, or answered "onbekend": it can still get worse
    unknown   who answered without a level on this dimension
    """

    dimension: Dimension
    level: Level | None
    decided_by: tuple[AgencyCode, ...]
    answered: int
    asked: int
    at_least: bool
    unknown: tuple[AgencyCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum of ranges over the agencies that gave a figure; `missing` names those that are not in it."""

    total: Range | None
    missing: tuple[AgencyCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactProfile:
    """What all agencies together say (impactbeeld). Agencies stand in the order of their codes.

    complete       every agency that was asked has answered
    missing        who has not
    verdict        the strictest verdict given; None when nobody gave one
    feasible_from  the latest of the agencies' dates, and whose it is
    """

    complete: bool
    lines: tuple[ProfileLine, ...]
    verdict: Verdict | None
    verdict_by: tuple[AgencyCode, ...]
    costs_once: Total
    costs_yearly: Total
    fte_once: Total
    fte_yearly: Total
    feasible_from: date | None
    feasible_by: tuple[AgencyCode, ...]
    missing: tuple[AgencyCode, ...] = ()
