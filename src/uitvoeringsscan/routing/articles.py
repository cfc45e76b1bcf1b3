"""Article numbers of Dutch acts: read, ordered, and held against ranges.

Numbers are wild (`3`, `7.45`, `1a:10`, `7:668a`, `126nba`, `33Ab`, `J 8`), so order is natural order of their digits
and letters: 9 < 9a < 10, 7.9 < 7.45, 6.12 < 6a.1. A number also stands for everything
numbered below it: `3.2` covers `3.2.1` and `3.2a`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ArticleKey = tuple[tuple[int, int, str], ...]

_PIECE = re.compile(r"\d+|[^\W\d_]+")
_NUMBER = r"(?:\d+[a-z]*(?:[.:]\d+[a-z]*)*[A-Za-z]{0,3}\d?|[A-Z]{1,2} \d+[a-z]?)"
_REFERENCE = re.compile(
    rf"\b[Aa]rtikel(?:en)?\s+({_NUMBER})((?:\s*(?:,|en|of|tot en met|t/m|onderscheidenlijk)\s+{_NUMBER}(?![\w%]))*)"
)
_EXACT = re.compile(_NUMBER)


@dataclass(frozen=True, slots=True)
class ArticleReference:
    """One article number that a text names, and where."""

    number: str
    begin: int
    end: int


def article_key(number: str) -> ArticleKey:
    """The sort key of one article number. Capitals and small letters are the same (33Ab = 33ab)."""
    return tuple(
        (1, int(piece), "") if piece.isdigit() else (2, 0, piece.casefold()) for piece in _PIECE.findall(number)
    )


def read_references(text: str, begin: int = 0, end: int | None = None) -> list[ArticleReference]:
    """Every article number in text[begin:end] that follows the word "artikel(en)", in order; romans are not meant."""
    found: list[ArticleReference] = []
    for match in _REFERENCE.finditer(text, begin, len(text) if end is None else end):
        found.append(ArticleReference(match.group(1), match.start(), match.end(1)))
        found += [
            ArticleReference(more.group(), more.start(), more.end())
            for more in _EXACT.finditer(text, match.start(2), match.end(2))
        ]
    return found


@dataclass(frozen=True, slots=True)
class ArticleRange:
    """`22-26` or a single number; both ends are included, with everything numbered below them."""

    low: ArticleKey
    high: ArticleKey

    @classmethod
    def of(cls, text: str) -> ArticleRange:
        """Reads `3`, `7.42-7.52`, `1a:1-1a:10`. ValueError when an end holds no digit or the ends are turned round."""
        low, _, high = text.partition("-")
        made = cls(article_key(low), article_key(high or low))
        if not any(piece[0] == 1 for piece in made.low) or not any(piece[0] == 1 for piece in made.high):
            raise ValueError(f"geen artikelnummer: {text!r}")
        if made.low > made.high:
            raise ValueError(f"het eerste artikel komt na het laatste: {text!r}")
        return made

    def holds(self, key: ArticleKey) -> bool:
        return self.low <= key and (key <= self.high or key[: len(self.high)] == self.high)
