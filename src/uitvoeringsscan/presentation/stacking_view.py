"""Stacking in words: the choice, the load per agency, the releases that are asked for more than once, who is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from uitvoeringsscan.presentation import dutch, labels
from uitvoeringsscan.presentation.overview import paper
from uitvoeringsscan.publication.stacking import AgencyLoad, Claim, Figures, Fit, Release, Stack, Sum
from uitvoeringsscan.rubrics.values import Range
from uitvoeringsscan.use_cases.ports import ScanLine
from uitvoeringsscan.use_cases.stacking import Stacking

NOTHING = "niet opgegeven"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    value: str
    label: str
    hint: str
    checked: bool
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """chosen: over what was ticked. all: over everything, where that differs. missing: who is not in the sum."""

    label: str
    chosen: str
    all: str | None
    missing: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadView:
    """asked: about any chosen amendment. bar: (name, amendments that change the work, of which not ticked), for the picture."""

    code: str
    name: str
    amendments: str
    asked: bool
    heaviest: int | None
    silent: str | None
    figures: tuple[FigureView, ...]
    bar: tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """What the meeting of claims means, and each claim in the agency's own words. year: where the name does not say it."""

    agency: str
    release: str
    heading: str
    year: str | None
    contradiction: bool
    sentences: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackingView:
    lead: str
    choices: tuple[ChoiceView, ...]
    notes: tuple[str, ...]
    loads: tuple[LoadView, ...]
    total: tuple[FigureView, ...]
    headers: tuple[str, ...]
    contradictions: tuple[ReleaseView, ...]
    shared: tuple[ReleaseView, ...]
    single: tuple[ReleaseView, ...]
    unplaced: tuple[str, ...]

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        return [load.bar for load in self.loads if load.bar[1]]


HEADERS = ("Kosten eenmalig", "Kosten per jaar", "Fte eenmalig", "Fte per jaar")


def stacking_view(stacking: Stacking, *, with_dossier: bool) -> StackingView:
    """with_dossier: papers of several bills meet on this page, so their names carry the number of the bill."""
    stack = stacking.stack
    lines: dict[str, ScanLine] = {line.id: line for line in stacking.lines}
    names = {one.scan: _name(lines.get(one.scan), one.paper, with_dossier) for one in stack.amendments}
    releases = [_release(load, release, names) for load in stack.agencies for release in load.releases]
    fits = [release.fit for load in stack.agencies for release in load.releases]
    return StackingView(
        lead=_lead(stack),
        choices=tuple(_choices(stack, names, lines)),
        notes=tuple(_notes(stacking, with_dossier)),
        loads=tuple(_load(load, names) for load in stack.agencies if load.all_asking or load.silent),
        total=_figures(stack.figures, stack.all_figures, names),
        headers=HEADERS,
        contradictions=tuple(view for view, fit in zip(releases, fits, strict=True) if fit is Fit.CONTRADICTION),
        shared=tuple(view for view, fit in zip(releases, fits, strict=True) if fit is Fit.OPEN),
        single=tuple(view for view, fit in zip(releases, fits, strict=True) if fit is Fit.ALONE),
        unplaced=tuple(_unplaced(load, claim, names) for load in stack.agencies for claim in load.unplaced),
    )


def _name(line: ScanLine | None, number: str | None, with_dossier: bool) -> str:
    if with_dossier and line is not None:
        return paper(line)
    return f"nr. {number}" if number else "het amendement zonder nummer"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lead(stack: Stack) -> str:
    chosen = sum(one.chosen for one in stack.amendments)
    every = len(stack.amendments)
    if not every:
        return "Er is nog niets gepubliceerd om bij elkaar op te tellen."
    if chosen == every:
        which = "het amendement wordt" if every == 1 else f"alle {every} amendementen worden"
    else:
        which = f"{chosen} van de {every} amendementen {'wordt' if chosen == 1 else 'worden'}"
    return f"Dit is de som als {which} aangenomen."


def _choices(stack: Stack, names: Mapping[str, str], lines: Mapping[str, ScanLine]) -> list[ChoiceView]:
    found = []
    for one in stack.amendments:
        hints = [one.title]
        if one.first:
            hints.append("Subamendement: hierover wordt eerst gestemd.")
        if not one.complete:
            hints.append("Onvolledig: niet iedereen heeft geantwoord.")
        line = lines.get(one.scan)
        if line is not None and line.outcome is not None:
            hints.append(f"{labels.OUTCOMES[line.outcome.kind.value].label} op {dutch.day(line.outcome.at)}.")
        if line is not None and line.correction is not None:
            hints.append("De publicatie wordt gecorrigeerd.")
        found.append(
            ChoiceView(
                value=one.scan,
                label=_capital(names[one.scan]),
                hint=" ".join(hint if hint.endswith((".", ")")) else f"{hint}." for hint in hints),
                checked=one.chosen,
                href=f"/publicaties/{one.publication}",
            )
        )
    return found


def _notes(stacking: Stacking, with_dossier: bool) -> list[str]:
    notes = []
    if stacking.waiting:
        waiting = dutch.listed(_name(line, line.paper_number, with_dossier) for line in stacking.waiting)
        notes.append(f"Nog niet gepubliceerd, dus in geen enkele som: {waiting}.")
    if stacking.ignored:
        notes.append(
            f"{_capital(dutch.count(stacking.ignored, 'gekozen amendement telt', 'gekozen amendementen tellen'))} niet mee: "
            "ingetrokken, vervangen of nog niet gepubliceerd."
        )
    return notes


# --- figures ----------------------------------------------------------------------------------------------------------


def _load(load: AgencyLoad, names: Mapping[str, str]) -> LoadView:
    total, chosen = len(load.all_asking), len(load.asking)
    return LoadView(
        code=load.code,
        name=load.short_name,
        amendments=f"{chosen} van {total}" if chosen != total else f"{total}",
        asked=load.heaviest is not None or bool(load.asking or load.silent),
        heaviest=load.heaviest,
        silent=f"Geen reactie over {_listed(load.silent, names)}." if load.silent else None,
        figures=_figures(load.figures, load.all_figures, names),
        bar=(load.short_name, total, total - chosen),
    )


def _figures(chosen: Figures, every: Figures, names: Mapping[str, str]) -> tuple[FigureView, ...]:
    rows: tuple[tuple[Callable[[Range], str], Sum, Sum], ...] = (
        (_euros, chosen.costs_once, every.costs_once),
        (_euros, chosen.costs_yearly, every.costs_yearly),
        (_fte, chosen.fte_once, every.fte_once),
        (_fte, chosen.fte_yearly, every.fte_yearly),
    )
    return tuple(
        FigureView(
            label=label,
            chosen=write(now.total) if now.total else NOTHING if now.missing else "–",
            all=write(whole.total) if whole.total and whole.total != now.total else None,
            missing=_listed(now.missing, names) if now.missing else None,
        )
        for label, (write, now, whole) in zip(HEADERS, rows, strict=True)
    )


def _euros(amount: Range) -> str:
    return dutch.amount_range(amount.low, amount.high)


def _fte(amount: Range) -> str:
    return dutch.fte_range(amount.low, amount.high)


def _listed(scans: Sequence[str], names: Mapping[str, str]) -> str:
    return dutch.listed(names[scan] for scan in scans)


# --- releases ---------------------------------------------------------------------------------------------------------


def _release(load: AgencyLoad, release: Release, names: Mapping[str, str]) -> ReleaseView:
    return ReleaseView(
        agency=load.short_name,
        release=release.name,
        heading=release.name if "release" in release.name.casefold() else f"release {release.name}",
        year=str(release.year) if release.year and str(release.year) not in release.name else None,
        contradiction=release.fit is Fit.CONTRADICTION,
        sentences=tuple(_SENTENCES[release.fit](release, names)),
        claims=tuple(f"{_capital(names[claim.scan])}: {_said(claim)}" for claim in release.claims),
    )


def _said(claim: Claim) -> str:
    return f"“{claim.said}”" if claim.said else "er is niet gezegd of het past"


def _contradiction(release: Release, names: Mapping[str, str]) -> list[str]:
    tight = [claim.scan for claim in release.claims if claim.tight]
    others = [claim.scan for claim in release.claims if not claim.tight]
    found = []
    for scan in tight:
        rest = [other for other in tight if other != scan]
        passes = "wordt" if len(rest) == 1 else "worden"
        found.append(f"{_capital(names[scan])} past alleen als {_listed(rest, names)} niet ook {passes} aangenomen.")
    if others:
        asks = "vraagt" if len(others) == 1 else "vragen"
        found.append(f"{_capital(_listed(others, names))} {asks} om dezelfde release.")
    return found


def _open(release: Release, names: Mapping[str, str]) -> list[str]:
    scans = [claim.scan for claim in release.claims]
    return [f"{_capital(_listed(scans, names))} vragen om dezelfde release. Elk apart is beoordeeld, samen niet."]


def _alone(release: Release, names: Mapping[str, str]) -> list[str]:
    return [f"Alleen {names[release.claims[0].scan]} vraagt hierom."]


_SENTENCES: Mapping[Fit, Callable[[Release, Mapping[str, str]], list[str]]] = {
    Fit.CONTRADICTION: _contradiction,
    Fit.OPEN: _open,
    Fit.ALONE: _alone,
}


def _unplaced(load: AgencyLoad, claim: Claim, names: Mapping[str, str]) -> str:
    return f"{load.short_name}, {names[claim.scan]}: {_said(claim)}"
