"""From all agencies' scores to the whole (impactbeeld).

The worst level wins per dimension and the strictest verdict overall; never an average, and a verdict is never computed
from levels. Sums say who is not in them. Who has not answered can only make it "ten minste", never lighter. The order of
the contributions makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import add

from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.scoring.score import (
    AgencyScore,
    Contribution,
    Dimension,
    DimensionScore,
    ImpactProfile,
    ProfileLine,
    Range,
    Total,
    Verdict,
)

STRICTNESS = {verdict: place for place, verdict in enumerate(Verdict)}

Scores = dict[AgencyCode, AgencyScore]


def aggregate(contributions: Sequence[Contribution]) -> ImpactProfile:
    """What the agencies that were asked say together.

    Pass one contribution for each agency that was asked, but none for "niet van toepassing"; one whose score says
    `not_ours` is left out here. Raises ValueError when an agency is there twice.
    """
    asked = sorted((one for one in contributions if not (one.score and one.score.not_ours)), key=lambda one: one.agency)
    if len({one.agency for one in contributions}) < len(contributions):
        raise ValueError("an agency contributes twice")
    scores: Scores = {one.agency: one.score for one in asked if one.score is not None}
    missing = tuple(one.agency for one in asked if one.score is None)
    strictest = max(
        (score.verdict for score in scores.values() if score.verdict is not None),
        key=STRICTNESS.__getitem__,
        default=None,
    )
    latest = max((score.feasible_from for score in scores.values() if score.feasible_from is not None), default=None)
    return ImpactProfile(
        complete=not missing,
        missing=missing,
        lines=tuple(_line(dimension, scores, missing) for dimension in Dimension),
        verdict=strictest,
        verdict_by=_who(scores, lambda score: strictest is not None and score.verdict is strictest),
        costs_once=_total(scores, missing, lambda score: score.costs_once),
        costs_yearly=_total(scores, missing, lambda score: score.costs_yearly),
        fte_once=_total(scores, missing, lambda score: score.fte_once),
        fte_yearly=_total(scores, missing, lambda score: score.fte_yearly),
        feasible_from=latest,
        feasible_by=_who(scores, lambda score: latest is not None and score.feasible_from == latest),
    )


def _line(dimension: Dimension, scores: Scores, missing: tuple[AgencyCode, ...]) -> ProfileLine:
    def part(score: AgencyScore) -> DimensionScore:
        return next(part for part in score.dimensions if part.dimension is dimension)

    parts = [part(score) for score in scores.values()]
    worst = max((one.level for one in parts if one.level is not None), default=None)
    return ProfileLine(
        dimension=dimension,
        level=worst,
        decided_by=_who(scores, lambda score: worst is not None and part(score).level == worst),
        answered=len(scores),
        asked=len(scores) + len(missing),
        at_least=bool(missing) or any(one.at_least or one.level is None for one in parts),
        unknown=_who(scores, lambda score: part(score).level is None),
    )


def _total(scores: Scores, missing: tuple[AgencyCode, ...], figure: Callable[[AgencyScore], Range | None]) -> Total:
    given = [found for score in scores.values() if (found := figure(score)) is not None]
    silent = {*missing, *_who(scores, lambda score: figure(score) is None)}
    return Total(total=reduce(add, given) if given else None, missing=tuple(sorted(silent)))


def _who(scores: Scores, holds: Callable[[AgencyScore], bool]) -> tuple[AgencyCode, ...]:
    return tuple(agency for agency, score in scores.items() if holds(score))
