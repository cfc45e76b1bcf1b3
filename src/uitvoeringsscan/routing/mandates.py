"""How far an agency's work under an act reaches the articles that are changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum, auto
from functools import lru_cache

from uitvoeringsscan.routing.articles import ArticleRange
from uitvoeringsscan.routing.changes import Touched
from uitvoeringsscan.routing.documents import Mandate


class Reach(Enum):
    """FULL: this is the agency's work. NEAR: the same act, but the articles do not show that it is."""

    FULL = auto()
    NEAR = auto()


@lru_cache(maxsize=4096)
def _range(text: str) -> ArticleRange:
    return ArticleRange.of(text)


def reach_of(act: Touched, conditions: frozenset[str], received: date | None) -> Iterator[tuple[Mandate, Reach]]:
    """The mandates under an act that the change may concern.

    conditions  the alsTekst words that stand in the changes
    received    when the amendment came in; without it, what has ended does not hold
    """
    open_now = [m for m in act.law.mandates if _applies(m, conditions, received)]
    full = [m for m in open_now if _covers(m, act)]
    for mandate in open_now:
        if mandate in full:
            yield mandate, Reach.FULL
        elif not act.articles or not full:
            yield mandate, Reach.NEAR


def _applies(mandate: Mandate, conditions: frozenset[str], received: date | None) -> bool:
    if mandate.until and (received is None or received >= mandate.until):
        return False
    if mandate.since and received is not None and received < mandate.since:
        return False
    if mandate.if_text and not any(words in conditions for words in mandate.if_text):
        return False
    return not any(words in conditions for words in mandate.unless_text)


def _covers(mandate: Mandate, act: Touched) -> bool:
    """Whether the mandate holds for the whole act, or for an article or chapter that is changed."""
    if not mandate.articles and not mandate.chapters:
        return True
    if any(_range(wanted).holds(key) for wanted in mandate.articles for key in act.articles):
        return True
    return any(
        chapter in act.chapters or any(key and key[0] == (1, int(chapter), "") for key in act.articles)
        if chapter.isdigit()
        else chapter in act.chapters
        for chapter in mandate.chapters
    )
