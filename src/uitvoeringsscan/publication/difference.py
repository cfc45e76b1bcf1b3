"""What changed between two publications: the text, the verdict, levels, dates, conditions, money, and whose it is.

From two sealed documents alone, so it never says more than what was published. A line is one thing that was, what it is
now, and who says so; what stayed the same gives no line. Words for people are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from uitvoeringsscan.amendments.diff import TextDiff, text_diff
from uitvoeringsscan.amendments.parsing import parse
from uitvoeringsscan.publication.summary import (
    AgencyPart,
    AmendmentPart,
    DimensionLine,
    Euros,
    Fte,
    ImpactLine,
    SealedSummary,
)


class About(StrEnum):
    """What a line is about; the codes are those on the wire."""

    VERDICT = "oordeel"
    LEVEL = "niveau"
    COMPLETE = "volledig"
    VOTE = "stemming"
    ASKED = "gevraagd"
    STATUS = "status"
    FEASIBLE_FROM = "haalbaarVanaf"
    INTENDED = "beoogd"
    REACTION = "reactie"
    CONDITION = "voorwaarde"
    ALTERNATIVE = "alternatief"
    COSTS_ONCE = "kostenIncidenteel"
    COSTS_YEARLY = "kostenStructureel"
    STAFF_ONCE = "personeelIncidenteel"
    STAFF_YEARLY = "personeelStructureel"


@dataclass(frozen=True, slots=True)
class LevelSaid:
    """A level as it stands in the document: None is not known, `at_least` means that it can be heavier."""

    level: int | None
    at_least: bool


Value = str | bool | date | datetime | LevelSaid | Euros | Fte | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceLine:
    """
    agency     code of whose answer it is; None where it is about all together
    who        names of the agencies concerned; for a line over all together those that decide it, now or before
    dimension  for levels
    was, now   None where nothing was said
    """

    about: About
    was: Value
    now: Value
    agency: str | None = None
    who: tuple[str, ...] = ()
    dimension: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """whole: over all agencies together; agencies: per agency, in the order of their names."""

    text: TextDiff
    whole: tuple[DifferenceLine, ...]
    agencies: tuple[DifferenceLine, ...]


def difference(older: SealedSummary, newer: SealedSummary) -> Difference:
    return Difference(
        text=_text(older.amendment, newer.amendment),
        whole=tuple(line for line in _whole(older, newer) if line.was != line.now),
        agencies=tuple(line for line in _per_agency(older, newer) if line.was != line.now),
    )


def _text(older: AmendmentPart, newer: AmendmentPart) -> TextDiff:
    return text_diff(older.text, parse(older.text, title=older.title), newer.text, parse(newer.text, title=newer.title))


def _whole(older: SealedSummary, newer: SealedSummary) -> Iterator[DifferenceLine]:
    names = {part.code: part.short_name for part in (*older.agencies, *newer.agencies)}

    def named(codes: Sequence[str]) -> tuple[str, ...]:
        return tuple(names.get(code, code) for code in codes)

    strictest = [part.code for part in newer.agencies if part.verdict is not None and part.verdict == newer.verdict]
    yield DifferenceLine(about=About.VERDICT, was=older.verdict, now=newer.verdict, who=named(strictest))
    before = {line.dimension: line for line in older.impact}
    for line in newer.impact:
        was = before.get(line.dimension)
        yield DifferenceLine(
            about=About.LEVEL,
            dimension=line.dimension,
            was=_level(was) if was else None,
            now=_level(line),
            who=named(line.decided_by),
        )
    yield DifferenceLine(
        about=About.FEASIBLE_FROM,
        was=older.introduction.feasible_from,
        now=newer.introduction.feasible_from,
        who=named(newer.introduction.decided_by),
    )
    yield DifferenceLine(about=About.INTENDED, was=older.introduction.intended, now=newer.introduction.intended)
    for about, part, field in _TOTALS:
        yield DifferenceLine(
            about=about, was=getattr(getattr(older, part), field), now=getattr(getattr(newer, part), field)
        )
    yield DifferenceLine(about=About.COMPLETE, was=older.complete, now=newer.complete)
    yield DifferenceLine(about=About.VOTE, was=older.vote, now=newer.vote)
    yield DifferenceLine(about=About.REACTION, was=_reaction(older), now=_reaction(newer))


def _reaction(summary: SealedSummary) -> str | None:
    return summary.reaction.text if summary.reaction else None


_TOTALS = (
    (About.COSTS_ONCE, "costs", "once"),
    (About.COSTS_YEARLY, "costs", "yearly"),
    (About.STAFF_ONCE, "staff", "once"),
    (About.STAFF_YEARLY, "staff", "yearly"),
)

_FIRST: tuple[tuple[About, Callable[[AgencyPart], Value]], ...] = (
    (About.STATUS, lambda part: part.status),
    (About.VERDICT, lambda part: part.verdict),
)
_LAST: tuple[tuple[About, Callable[[AgencyPart], Value]], ...] = (
    (About.FEASIBLE_FROM, lambda part: part.feasible_from),
    (About.ALTERNATIVE, lambda part: part.alternative),
    (About.COSTS_ONCE, lambda part: part.costs.once),
    (About.COSTS_YEARLY, lambda part: part.costs.yearly),
    (About.STAFF_ONCE, lambda part: part.staff.once),
    (About.STAFF_YEARLY, lambda part: part.staff.yearly),
)


def _level(line: ImpactLine | DimensionLine) -> LevelSaid:
    """Above the heaviest level, and above what is not known, "ten minste" says nothing more."""
    return LevelSaid(line.level, line.at_least and line.level in (0, 1, 2))


def _per_agency(older: SealedSummary, newer: SealedSummary) -> Iterator[DifferenceLine]:
    before = {part.code: part for part in older.agencies}
    after = {part.code: part for part in newer.agencies}
    parts = {**before, **after}
    for code in sorted(parts, key=lambda code: (parts[code].name.casefold(), code)):
        who = (parts[code].short_name,)
        was, now = before.get(code), after.get(code)
        if was is None or now is None:
            yield DifferenceLine(about=About.ASKED, was=was is not None, now=now is not None, agency=code, who=who)
            continue
        for about, read in _FIRST:
            yield DifferenceLine(about=about, was=read(was), now=read(now), agency=code, who=who)
        levels = {d.dimension: _level(d) for d in was.dimensions}
        now_levels = {d.dimension: _level(d) for d in now.dimensions}
        for dimension in dict.fromkeys((*levels, *now_levels)):
            yield DifferenceLine(
                about=About.LEVEL,
                dimension=dimension,
                was=levels.get(dimension),
                now=now_levels.get(dimension),
                agency=code,
                who=who,
            )
        for condition in was.conditions:
            if condition not in now.conditions:
                yield DifferenceLine(about=About.CONDITION, was=condition, now=None, agency=code, who=who)
        for condition in now.conditions:
            if condition not in was.conditions:
                yield DifferenceLine(about=About.CONDITION, was=None, now=condition, agency=code, who=who)
        for about, read in _LAST:
            yield DifferenceLine(about=about, was=read(was), now=read(now), agency=code, who=who)
