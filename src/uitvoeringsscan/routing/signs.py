"""What routing can see for an agency, and how much each sign weighs: one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from uitvoeringsscan.amendments.amendment import Source, Span
from uitvoeringsscan.identifiers import AgencyCode

ASK_FROM = 4
"""From this weight on, an agency is proposed for the questionnaire."""


class Kind(Enum):
    """Reasons of one kind say the same thing: only the strongest counts."""

    ACT = auto()
    CITED_ACT = auto()
    ACTOR = auto()
    NOTE_ACTOR = auto()
    TOPIC = auto()
    BUDGET = auto()
    CHAIN = auto()


class Sign(Enum):
    """What was seen. The table below says how much it weighs, and of which kind it is."""

    SURE_ACT_ASKED = auto()
    SURE_ACT_CONSIDERED = auto()
    LIKELY_ACT_ASKED = auto()
    LIKELY_ACT_CONSIDERED = auto()
    CITED_ACT = auto()
    SPOKEN_ACT = auto()
    SPOKEN_ACT_BESIDE = auto()
    ACTS_IN_WORDING = auto()
    NAMED_IN_WORDING = auto()
    MEANT_IN_WORDING = auto()
    ACTS_IN_NOTE = auto()
    NAMED_IN_NOTE = auto()
    TOPIC_ALONE = auto()
    TOPIC = auto()
    TOPIC_CONSIDERED = auto()
    BUDGET_ARTICLE = auto()
    BUDGET_TOPIC_CHANGED = auto()
    BUDGET_MEANS = auto()
    BUDGET_MEANS_PERHAPS = auto()
    SUPPLIES = auto()


WEIGHTS: dict[Sign, tuple[Kind, int]] = {
    Sign.SURE_ACT_ASKED: (Kind.ACT, 4),
    Sign.SURE_ACT_CONSIDERED: (Kind.ACT, 2),
    Sign.LIKELY_ACT_ASKED: (Kind.ACT, 2),
    Sign.LIKELY_ACT_CONSIDERED: (Kind.ACT, 1),
    Sign.CITED_ACT: (Kind.CITED_ACT, 2),
    Sign.SPOKEN_ACT: (Kind.CITED_ACT, 2),
    Sign.SPOKEN_ACT_BESIDE: (Kind.NOTE_ACTOR, 1),
    Sign.ACTS_IN_WORDING: (Kind.ACTOR, 4),
    Sign.NAMED_IN_WORDING: (Kind.ACTOR, 2),
    Sign.MEANT_IN_WORDING: (Kind.ACTOR, 1),
    Sign.ACTS_IN_NOTE: (Kind.NOTE_ACTOR, 2),
    Sign.NAMED_IN_NOTE: (Kind.NOTE_ACTOR, 1),
    Sign.TOPIC_ALONE: (Kind.TOPIC, 4),
    Sign.TOPIC: (Kind.TOPIC, 2),
    Sign.TOPIC_CONSIDERED: (Kind.TOPIC, 1),
    Sign.BUDGET_ARTICLE: (Kind.BUDGET, 2),
    Sign.BUDGET_TOPIC_CHANGED: (Kind.TOPIC, 4),
    Sign.BUDGET_MEANS: (Kind.ACTOR, 4),
    Sign.BUDGET_MEANS_PERHAPS: (Kind.ACTOR, 2),
    Sign.SUPPLIES: (Kind.CHAIN, 1),
}


SURE = (Sign.SURE_ACT_ASKED, Sign.SURE_ACT_CONSIDERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One sign for one agency, with the words that show it."""

    agency: AgencyCode
    sign: Sign
    signal: str
    explanation: str
    source: Source
    span: Span

    @property
    def weight(self) -> int:
        return WEIGHTS[self.sign][1]
