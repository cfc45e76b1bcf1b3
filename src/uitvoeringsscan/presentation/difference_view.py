"""What changed between two publications, in words: three columns, was, is, who."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from uitvoeringsscan.amendments.diff import Change, PartDiff, Piece, TextDiff
from uitvoeringsscan.presentation import dutch, labels
from uitvoeringsscan.presentation.summary_figures import euros, fte
from uitvoeringsscan.publication.difference import About, DifferenceLine, LevelSaid, Value
from uitvoeringsscan.publication.summary import Euros, Fte, SealedSummary
from uitvoeringsscan.use_cases.versions import Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """One instruction, or the note: its heading, what became of it in a word, and the marked words where it changed."""

    heading: str
    status: str
    changed: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    summary: str
    parts: tuple[PartView, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    what: str
    was: str
    now: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    title: str
    older: str
    newer: str
    older_number: str
    newer_number: str
    correction: str | None
    text: TextView
    whole: tuple[LineView, ...]
    agencies: tuple[LineView, ...]


def difference_view(compared: Compared) -> DifferenceView:
    older, newer, found = compared.older, compared.newer, compared.difference
    return DifferenceView(
        title=newer.amendment.title,
        older=_named(older),
        newer=_named(newer),
        older_number=older.number,
        newer_number=newer.number,
        correction=newer.correction if older.scan == newer.scan else None,
        text=text_view(found.text),
        whole=tuple(_line(line) for line in found.whole),
        agencies=tuple(_line(line) for line in found.agencies),
    )


def _named(summary: SealedSummary) -> str:
    number = f"nr. {summary.amendment.paper_number}" if summary.amendment.paper_number else "concept"
    return f"{number}, versie {summary.version} van {dutch.day(summary.published_at)}"


# --- the text ---------------------------------------------------------------------------------------------------------

_STATUS: Mapping[Change, str] = {
    Change.UNCHANGED: "ongewijzigd",
    Change.CHANGED: "gewijzigd",
    Change.NEW: "nieuw",
    Change.GONE: "vervallen",
}


def text_view(diff: TextDiff) -> TextView:
    """Changed instructions with their words; what stayed the same is only named."""
    note = (_part(diff.note, "Toelichting"),) if diff.note else ()
    parts = [_part(part, _heading(part)) for part in diff.parts]
    return TextView(
        summary=_summary(diff),
        parts=tuple(part for part in (*parts, *note) if part.changed),
        unchanged=tuple(part.heading for part in (*parts, *note) if not part.changed),
    )


def _part(part: PartDiff, heading: str) -> PartView:
    return PartView(
        heading=heading,
        status=_STATUS[part.change],
        changed=part.change is not Change.UNCHANGED,
        pieces=part.pieces,
    )


def _heading(part: PartDiff) -> str:
    name = f"Wijziging {part.number}" if part.number else "De wijziging"
    return f"{name}: {part.target}" if part.target else name


def _summary(diff: TextDiff) -> str:
    counts = {change: sum(part.change is change for part in diff.parts) for change in Change}
    said = [
        f"{number} {_STATUS[change]}" for change, number in counts.items() if number and change is not Change.UNCHANGED
    ]
    if said:
        rest = counts[Change.UNCHANGED]
        return f"Van de wijzigingen: {dutch.listed([*said, *([f'{rest} ongewijzigd'] if rest else [])])}."
    if diff.note is not None and diff.note.change is not Change.UNCHANGED:
        return "De wijzigingen zelf zijn niet veranderd, de toelichting wel."
    return "De tekst is niet veranderd."


# --- the answers ------------------------------------------------------------------------------------------------------

_WHAT: Mapping[About, str] = {
    About.VERDICT: "Oordeel",
    About.LEVEL: "Niveau",
    About.COMPLETE: "Volledig",
    About.VOTE: "Stemming",
    About.ASKED: "Gevraagd",
    About.STATUS: "Reactie",
    About.FEASIBLE_FROM: "Haalbaar vanaf",
    About.INTENDED: "Beoogde invoering",
    About.REACTION: "Reactie van de indiener",
    About.CONDITION: "Voorwaarde",
    About.ALTERNATIVE: "Alternatief",
    About.COSTS_ONCE: "Kosten eenmalig",
    About.COSTS_YEARLY: "Kosten per jaar",
    About.STAFF_ONCE: "Fte eenmalig",
    About.STAFF_YEARLY: "Fte per jaar",
}
_NOTHING = "–"
_OF_NONE: Mapping[About, str] = {About.INTENDED: "het amendement", About.REACTION: "de indiener"}


def _line(line: DifferenceLine) -> LineView:
    what = labels.DIMENSIONS[line.dimension].label if line.dimension else _WHAT[line.about]
    return LineView(what=what, was=_said(line.about, line.was), now=_said(line.about, line.now), who=_who(line))


def _who(line: DifferenceLine) -> str:
    return dutch.listed(line.who) if line.who else _OF_NONE.get(line.about, "alle organisaties samen")


def _said(about: About, value: Value) -> str:
    if value is None:
        return labels.VERDICT_UNKNOWN.short if about is About.VERDICT else _NOTHING
    if isinstance(value, str):
        words = _CODES.get(about)
        return words[value].short if words else value
    return next(write(value) for kind, write in _WRITERS if isinstance(value, kind))


_CODES: Mapping[About, Mapping[str, labels.Label]] = {
    About.VERDICT: labels.VERDICTS,
    About.STATUS: labels.ASSESSMENT_STATUSES,
}
_WRITERS: Sequence[tuple[type, Callable[..., str]]] = (
    (bool, lambda value: "ja" if value else "nee"),
    (LevelSaid, lambda value: labels.level_label(value.level, at_least=value.at_least)),
    (datetime, dutch.long_moment),  # before date: a moment is a date as well
    (date, dutch.day),
    (Euros, euros),
    (Fte, fte),
)
