"""The values that routing gives: who is proposed, and the words in the text that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from uitvoeringsscan.amendments.amendment import Source, Span
from uitvoeringsscan.identifiers import AgencyCode


class Advice(StrEnum):
    """ASK is proposed for the questionnaire; CONSIDER is offered to the coordinator unticked."""

    ASK = "uitvragen"
    CONSIDER = "overwegen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason. `quote` stands to the letter at `span` in the text (in the title where source is TITLE).

    signal       stable code for machines: "wet:wajong", "formulering:college-van-burgemeester-en-wethouders"
    explanation  one Dutch sentence
    decisive     this reason alone carries the advice; otherwise it only supports it
    """

    signal: str
    explanation: str
    quote: str
    source: Source
    span: Span
    decisive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    agency: AgencyCode
    advice: Advice
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """What was proposed, with which register, and with which text of the bill (None: without).

    `nobody` explains why no agency has to carry this out; then nothing is ASK.
    `nobody` is None while at least one agency is ASK. Nothing ASK and nobody None cannot be: silence is explained too.
    """

    proposals: tuple[Proposal, ...]
    nobody: str | None
    register_sha256: str
    bill_sha256: str | None = None

    @property
    def asked(self) -> tuple[AgencyCode, ...]:
        return tuple(p.agency for p in self.proposals if p.advice is Advice.ASK)
