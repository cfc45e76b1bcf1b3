"""Stacking: each amendment alone may fit, while together they do not. What they ask of each agency, added up.

It works on sealed public documents alone, so what is confidential or internal cannot be in it.

The rule for a release (an agency's moment to bring changes into its systems):

  1. A claim is an approved, public answer in which an agency names the release an amendment would come in. Two claims are
     on the same release when the names are the same but for capitals, blanks and punctuation.
  2. A claim is tight when the agency said of that amendment by itself that it does not simply fit: its answer about the
     planning counts as level 1 (other work has to move) or more.
  3. Two or more tight claims on one release contradict each other: each counts on room that the other one asks for as
     well. Two or more claims that do not contradict are open: nobody was asked whether they fit together.

The rule reads answers; it judges no amendment, and it computes no verdict. Sums are sums of ranges. Who is not in a sum is
named. "Geen gevolgen" counts as nothing extra, "niet van toepassing" takes no part.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from uitvoeringsscan.amendments.papers import is_subamendment, paper_key
from uitvoeringsscan.publication.summary import AgencyPart, Euros, Fte, SealedSummary
from uitvoeringsscan.rubrics.values import Range

RELEASE = "it-release"
PLANNING = "it-planning"
"""The questions about the release and about the planning. Codes of questions are the same in every questionnaire."""

TIGHT = 1
"""The level of an answer about the planning from which a claim is tight."""


class Fit(StrEnum):
    """How the claims on one release stand to each other, from the mildest to the strictest."""

    ALONE = "alleen"
    OPEN = "samen-niet-beoordeeld"
    CONTRADICTION = "tegenspraak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacked:
    """One amendment that takes part. `chosen`: it is counted as if it passes."""

    scan: str
    publication: str
    paper: str | None
    kind: str
    title: str
    chosen: bool
    complete: bool

    @property
    def first(self) -> bool:
        return is_subamendment(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """room: the level of the answer about the planning, None when it is not known; `said` are the words of that answer."""

    scan: str
    release: str | None
    room: int | None
    said: str | None

    @property
    def tight(self) -> bool:
        return self.room is not None and self.room >= TIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """year: the year in the name of the release, None when there is none in it."""

    name: str
    year: int | None
    claims: tuple[Claim, ...]
    fit: Fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """total: None while no figure is in it. missing: scans that take part without a public figure."""

    total: Range | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    costs_once: Sum
    costs_yearly: Sum
    fte_once: Sum
    fte_yearly: Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLoad:
    """What the chosen amendments ask of one agency.

    asking      scans that change its work; all_asking the same as if every amendment passes
    silent      chosen scans about which it did not answer
    heaviest    the worst level it gave to a chosen amendment, over the four dimensions; None when it gave none
    figures     over the chosen amendments; all_figures over all of them
    releases    by year, then by name; unplaced are claims on room without the name of a release
    """

    code: str
    name: str
    short_name: str
    asking: tuple[str, ...]
    all_asking: tuple[str, ...]
    silent: tuple[str, ...]
    heaviest: int | None
    figures: Figures
    all_figures: Figures
    releases: tuple[Release, ...]
    unplaced: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """amendments: in the order of voting, chosen or not. agencies: by name; every one that was asked about any of them."""

    amendments: tuple[Stacked, ...]
    agencies: tuple[AgencyLoad, ...]
    figures: Figures
    all_figures: Figures


def stack(documents: Iterable[SealedSummary], chosen: Collection[str] | None = None) -> Stack:
    """Add up. `chosen` names the scans that are counted as if they pass; None is all of them.

    The order in which documents are given makes no difference.
    """
    ordered = sorted(documents, key=_order)
    picked = [d for d in ordered if chosen is None or d.scan in chosen]
    codes = {part.code: part for document in ordered for part in document.agencies}
    loads = [
        _load(codes[code], _parts(code, ordered), _parts(code, picked))
        for code in sorted(codes, key=lambda code: (codes[code].name.casefold(), code))
    ]
    return Stack(
        amendments=tuple(
            Stacked(
                scan=document.scan,
                publication=document.number,
                paper=document.amendment.paper_number,
                kind=document.amendment.kind,
                title=document.amendment.title,
                chosen=chosen is None or document.scan in chosen,
                complete=document.complete,
            )
            for document in ordered
        ),
        agencies=tuple(loads),
        figures=_figures([pair for code in codes for pair in _parts(code, picked)]),
        all_figures=_figures([pair for code in codes for pair in _parts(code, ordered)]),
    )


def _order(document: SealedSummary) -> tuple[bool, tuple[int, str], str]:
    amendment = document.amendment
    return not is_subamendment(amendment.kind), paper_key(amendment.paper_number), document.scan


_Part = tuple[str, AgencyPart]


def _parts(code: str, documents: Sequence[SealedSummary]) -> list[_Part]:
    return [(d.scan, part) for d in documents for part in d.agencies if part.code == code]


def _load(agency: AgencyPart, every: Sequence[_Part], picked: Sequence[_Part]) -> AgencyLoad:
    claims = [claim for scan, part in picked if (claim := _claim(scan, part)) is not None]
    levels = [line.level for _, part in picked for line in part.dimensions if line.level is not None]
    return AgencyLoad(
        code=agency.code,
        name=agency.name,
        short_name=agency.short_name,
        asking=_asking(picked),
        all_asking=_asking(every),
        silent=tuple(scan for scan, part in picked if part.status == "geen-reactie"),
        heaviest=max(levels, default=None),
        figures=_figures(picked),
        all_figures=_figures(every),
        releases=_releases(claims),
        unplaced=tuple(claim for claim in claims if claim.release is None),
    )


def _asking(parts: Sequence[_Part]) -> tuple[str, ...]:
    return tuple(scan for scan, part in parts if part.status == "vastgesteld")


# --- releases ---------------------------------------------------------------------------------------------------------


def _claim(scan: str, part: AgencyPart) -> Claim | None:
    """None where the agency asks for no room: nothing changes in its systems, or it did not say."""
    named = next((a.value for a in part.answers if a.question == RELEASE and isinstance(a.value, str)), None)
    planning = next((line for line in part.trace if line.question == PLANNING), None)
    release = named.strip() if named and named != "onbekend" and _same(named) else None
    if release is None and (planning is None or planning.level == 0):
        return None
    return Claim(
        scan=scan,
        release=release,
        room=planning.level if planning else None,
        said=planning.option_text if planning else None,
    )


def _same(name: str) -> str:
    """What two names of one release have in common."""
    return "".join(character for character in name.casefold() if character.isalnum())


_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")


def _releases(claims: Sequence[Claim]) -> tuple[Release, ...]:
    grouped: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.release is not None:
            grouped.setdefault(_same(claim.release), []).append(claim)
    found = [_release(same) for same in grouped.values()]
    return tuple(sorted(found, key=lambda release: (release.year or 9999, release.name.casefold(), release.name)))


def _release(claims: Sequence[Claim]) -> Release:
    name = min(claim.release or "" for claim in claims)
    year = _YEAR.search(name)
    tight = sum(claim.tight for claim in claims)
    fit = Fit.CONTRADICTION if tight > 1 else Fit.OPEN if len(claims) > 1 else Fit.ALONE
    return Release(name=name, year=int(year.group()) if year else None, claims=tuple(claims), fit=fit)


# --- sums -------------------------------------------------------------------------------------------------------------


def _figures(parts: Sequence[_Part]) -> Figures:
    return Figures(
        costs_once=_sum([(scan, part, part.costs.once) for scan, part in parts]),
        costs_yearly=_sum([(scan, part, part.costs.yearly) for scan, part in parts]),
        fte_once=_sum([(scan, part, part.staff.once) for scan, part in parts]),
        fte_yearly=_sum([(scan, part, part.staff.yearly) for scan, part in parts]),
    )


def _sum(figures: Sequence[tuple[str, AgencyPart, Euros | Fte | None]]) -> Sum:
    total: Range | None = None
    missing: dict[str, None] = {}
    for scan, part, figure in figures:
        if figure is not None:
            amount = Range(Decimal(str(figure.low)), Decimal(str(figure.high)))
            total = amount if total is None else total + amount
        elif part.status in ("vastgesteld", "geen-reactie"):
            missing[scan] = None
    return Sum(total=total, missing=tuple(missing))
