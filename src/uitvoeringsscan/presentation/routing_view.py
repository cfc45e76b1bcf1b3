"""A routing as people read it: each organisation with the reasons, and the text with the words that led there marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from uitvoeringsscan.amendments.amendment import Source, Span
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.routing.routing import Advice, Evidence, Routing

AROUND = 70
"""Code points of text shown on either side of a quote."""
_CUT_AT_BEGIN = re.compile(r"^\S*\s+")
_CUT_AT_END = re.compile(r"\s+\S*$")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    quote: str
    explanation: str
    source: str
    before: str
    after: str
    decisive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    code: str
    name: str
    advice: str
    asked: bool
    reasons: tuple[ReasonView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """One stretch of the text to mark, with what it tells."""

    begin: int
    end: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingView:
    proposals: tuple[ProposalView, ...]
    nobody: str | None
    marks: tuple[MarkView, ...]
    title_marks: tuple[MarkView, ...]
    """The same, in the title of the bill."""


def routing_view(routing: Routing, text: str, title: str, register: Register) -> RoutingView:
    proposals = []
    in_text: dict[Span, list[str]] = {}
    in_title: dict[Span, list[str]] = {}
    for proposal in routing.proposals:
        agency = register.agency(proposal.agency)
        name = agency.name if agency else proposal.agency
        reasons = tuple(_reason(evidence, text, title) for evidence in proposal.evidence)
        proposals.append(
            ProposalView(
                code=proposal.agency,
                name=name,
                advice=proposal.advice.value,
                asked=proposal.advice is Advice.ASK,
                reasons=reasons,
            )
        )
        for evidence in proposal.evidence:
            if _stands(evidence, text, title):
                marks = in_title if evidence.source is Source.TITLE else in_text
                marks.setdefault(evidence.span, []).append(evidence.explanation)
    return RoutingView(
        proposals=tuple(proposals), nobody=routing.nobody, marks=_marks(in_text), title_marks=_marks(in_title)
    )


def _marks(notes: dict[Span, list[str]]) -> tuple[MarkView, ...]:
    """One mark per stretch: quotes that overlap become one, with the notes of all."""
    found: list[tuple[int, int, list[str]]] = []
    for span in sorted(notes):
        if found and span.begin < found[-1][1]:
            begin, end, said = found.pop()
            found.append((begin, max(end, span.end), said + notes[span]))
        else:
            found.append((span.begin, span.end, list(notes[span])))
    return tuple(MarkView(begin=begin, end=end, note=" ".join(dict.fromkeys(said))) for begin, end, said in found)


def _stands(evidence: Evidence, text: str, title: str) -> bool:
    """Whether the quote stands at its place: a draft's text may have been changed since."""
    return evidence.span.quote(title if evidence.source is Source.TITLE else text) == evidence.quote


def _reason(evidence: Evidence, text: str, title: str) -> ReasonView:
    whole = title if evidence.source is Source.TITLE else text
    fits = _stands(evidence, text, title)
    before, after = _around(whole, evidence.span) if fits else ("", "")
    return ReasonView(
        quote=evidence.quote,
        explanation=evidence.explanation,
        source=evidence.source.value,
        before=before,
        after=after,
        decisive=evidence.decisive,
    )


def _around(whole: str, span: Span) -> tuple[str, str]:
    """What stands before and after, in whole words; dots where the text goes on."""
    low, high = max(0, span.begin - AROUND), min(len(whole), span.end + AROUND)
    before, after = whole[low : span.begin], whole[span.end : high]
    if low > 0:
        before = "… " + _CUT_AT_BEGIN.sub("", before)
    if high < len(whole):
        after = _CUT_AT_END.sub("", after) + " …"
    return _SPACE.sub(" ", before).lstrip(), _SPACE.sub(" ", after).rstrip()
