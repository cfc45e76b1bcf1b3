"""An earlier amendment on the same law, in a few words: the verdict, what each agency said, and what would make it feasible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uitvoeringsscan.presentation.overview import paper
from uitvoeringsscan.presentation.summary_view import SummaryView, summary_view
from uitvoeringsscan.use_cases.comparing import Earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierLine:
    """
    said   one line per agency: its name and its own answer in a few words
    fate   what the House did with it; empty while that is not known
    """

    paper: str
    title: str
    href: str
    laws: tuple[str, ...]
    same_bill: bool
    fate: str
    said: tuple[tuple[str, str], ...]
    view: SummaryView


def earlier_lines(earlier: Sequence[Earlier], outcomes: dict[str, str]) -> list[EarlierLine]:
    """`outcomes`: what the House did, in a word, by the code of it."""
    return [_line(one, outcomes) for one in earlier]


def _line(one: Earlier, outcomes: dict[str, str]) -> EarlierLine:
    view = summary_view(one.publication.document)
    outcome = one.line.outcome
    return EarlierLine(
        paper=paper(one.line),
        title=one.line.title,
        href=f"/publicaties/{one.publication.number}",
        laws=one.laws,
        same_bill=one.same_bill,
        fate=outcomes.get(outcome.kind.value, "") if outcome else "",
        said=tuple((agency.name, agency.summary) for agency in view.agencies),
        view=view,
    )
