"""The House's own records about one amendment, as it gave them: its words are kept, and judged elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

AMENDMENT = "Amendement"
"""The kind of case that is followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A bill's file (Kamerstukdossier). `suffix` is XV in 36410-XV, or R2136 in 36410-(R2136)."""

    id: str
    number: str
    suffix: str | None = None
    title: str | None = None

    @property
    def name(self) -> str:
        return f"{self.number}-{self.suffix}" if self.suffix else self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document. `paper_number` is the ondernummer, `version` the id of its current version: another one is another text.

    size  bytes, as the House says
    """

    id: str
    kind: str
    number: str | None = None
    paper_number: str | None = None
    title: str | None = None
    dated: date | None = None
    version: str | None = None
    content_type: str | None = None
    size: int | None = None
    dossier: Dossier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """`first` is the one who may change or withdraw it; the others signed as well."""

    name: str
    party: str | None = None
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteMoment:
    """An activity of the House at which this case is on the agenda.

    at        its beginning, where the House gives a time
    day       the day, where it gives one
    """

    activity: str
    kind: str
    status: str
    at: datetime | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Seats per choice: of whole groups, or of members one by one at a roll call."""

    in_favour: int = 0
    against: int = 0
    absent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A Besluit. `at` is when the House met about it."""

    id: str
    kind: str
    text: str
    status: str
    at: datetime | None = None
    order: int = 0
    tally: Tally | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A case that this one replaces. `paper` is the ondernummer of its paper, where it has one."""

    id: str
    paper: str | None = None
    dossier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """
    number       2026Z01234
    subject      what it is called in lists of the House ("Amendement van het lid ... over ...")
    appraisal    the cabinet's word about it, as the House noted it
    replaced_by  ids of the cases that came in its place
    entities     ids of everything it hangs together with: a change of one of these is a change of the case
    """

    id: str
    kind: str
    number: str | None = None
    title: str | None = None
    subject: str | None = None
    started: date | None = None
    dossier: Dossier | None = None
    papers: tuple[Paper, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    moments: tuple[VoteMoment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    appraisal: str | None = None
    replaces: tuple[Earlier, ...] = ()
    replaced_by: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
