"""The values a publication is drawn from: `SummaryView` and its parts. The web page and the PDF read these and nothing else.

Every text is ready to be read by people; a field that is not (codes, levels, ISO dates) says so in its name or its type.
The order of the fields is the order of reading: the answer in ten seconds, the picture in one minute, everything in ten.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One of the four key figures. `level` (0 to 3) and `at_least` only where the figure is a level."""

    label: str
    value: str
    note: str
    level: int | None = None
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One level in the heat table: the word, and the steps (0 to 3; None is unknown) that are drawn beside it."""

    text: str
    level: int | None
    at_least: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """One agency. `merged` stands over the four cells where there are no levels to show: silent, no impact, not its task."""

    anchor_code: str
    name: str
    status_code: str
    cells: tuple[Cell, ...]
    merged: str | None
    feasible: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatTable:
    """Levels per agency and dimension, and below it the worst of each: never an average.

    worst_lines  the same last row in words, with who and how many: a single veto stays visible
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    worst: HeatRow
    worst_lines: tuple[str, ...]

    @property
    def lines(self) -> tuple[HeatRow, ...]:
        """All rows, the worst last."""
        return (*self.rows, self.worst)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stop on the road to the vote. `at_iso` is a date or a moment."""

    label: str
    when: str
    at_iso: str
    done: bool

    @property
    def picture(self) -> tuple[str, str, bool]:
        return self.label, self.at_iso, self.done


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """One agency in the timeline; `date_iso` is None where `when` says why there is no date.

    against  how that stands to the date asked for; price: what keeping that date costs, in the agency's words
    """

    name: str
    when: str
    against: str
    date_iso: str | None
    price: str = ""

    @property
    def cells(self) -> tuple[str, str, str]:
        """As the table has them, behind the name."""
        return self.when, self.against or "–", self.price or "–"

    @property
    def picture(self) -> tuple[str, str | None, str]:
        return self.name, self.date_iso, self.when


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """An agency's own words, and whose they are."""

    who: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """The submitter's own words, and the sentences that say whose they are and when they came."""

    title: str
    text: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyTable:
    """Costs and staffing per agency, and the sums; `note` says who is not in them."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[MoneyRow, ...]
    total: MoneyRow
    note: str

    @property
    def lines(self) -> tuple[MoneyRow, ...]:
        """All rows, the total last."""
        return (*self.rows, self.total)

    @property
    def header_cells(self) -> list[str | tuple[str, str]]:
        """As the table macro takes them: all but the first stand above figures."""
        return [self.headers[0], *((header, "number") for header in self.headers[1:])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an agency was asked: a sentence, and the words in the text it rests on, with where they stand."""

    text: str
    quote: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """`first` is the reason in short; `none` says why there are no `reasons` from the text."""

    name: str
    first: str
    reasons: tuple[Reason, ...]
    none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A short heading and one or more lines under it."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    dimension: str
    question: str
    answer: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceTable:
    """How each level of one agency came about."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[TraceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyDetail:
    """Everything one agency says. `summary` fits on the line that opens it; `anchor_code` makes links."""

    anchor_code: str
    name: str
    summary: str
    parts: tuple[Labelled, ...]
    trace: TraceTable | None
    provenance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where this comes from and how to check it. `digest_groups` is the sha256 in groups of four, for the eye."""

    lines: tuple[str, ...]
    digest_label: str
    digest_groups: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryView:
    number_code: str
    published_iso: str
    intended_iso: str | None
    title: str
    kicker: str
    correction: str | None
    verdict_label: str
    verdict: str
    verdict_code: str | None
    complete: bool
    verdicts: str
    completeness: str
    in_time: str
    statement: str
    facts: tuple[Fact, ...]
    nobody: str | None
    heat: HeatTable | None
    silence: tuple[str, ...]
    road: tuple[Stop, ...]
    road_sentence: str
    alternatives: tuple[Attributed, ...]
    conditions: tuple[Attributed, ...]
    dates: tuple[DateRow, ...]
    dates_intro: str
    dates_source: str
    dates_caption: str
    dates_headers: tuple[str, ...]
    reaction: Reaction | None
    money: MoneyTable | None
    asked: tuple[AskedRow, ...]
    asked_notes: tuple[str, ...]
    agencies: tuple[AgencyDetail, ...]
    amendment_text: str
    provenance: Provenance

    @property
    def dates_differ(self) -> bool:
        """There is something to draw: two moments at least, the date asked for included."""
        return len({self.intended_iso, *(row.date_iso for row in self.dates)} - {None}) > 1
