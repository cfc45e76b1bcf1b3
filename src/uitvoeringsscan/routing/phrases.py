"""Finding many phrases in a text in one pass.

A phrase is a row of words. Punctuation and line breaks between words do not matter, so a phrase is found in a text that
breaks its lines in the middle of a sentence. A word that ends in `*` stands for every word that begins with it. A phrase
that is written entirely in capitals, or is one short word with capitals in it (OM, Aw, NZa), must stand so in the text;
otherwise capitals do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from uitvoeringsscan.amendments.amendment import Span

K = TypeVar("K", bound=Hashable)

_WORD = re.compile(r"[^\W_]+(?:[&.'’/-][^\W_]+)*")
_PREFIX = 3
"""Letters by which words with a `*` are looked up; such a word has at least this many."""


class Word(NamedTuple):
    text: str
    folded: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit(Generic[K]):
    """A phrase that stands at `span` of the text that was searched, with what it stands for."""

    meaning: K
    span: Span


def words_of(text: str, begin: int = 0, end: int | None = None) -> list[Word]:
    """The words of text[begin:end]; `Belastingdienst/Toeslagen`, `auto's` and `NV.A` are one word each."""
    return [
        Word(m.group(), m.group().casefold(), m.start(), m.end())
        for m in _WORD.finditer(text, begin, len(text) if end is None else end)
    ]


def _exact(phrase: str) -> bool:
    letters = [c for c in phrase if c.isalpha()]
    return all(c.isupper() for c in letters) or (len(phrase) <= 4 and any(c.isupper() for c in letters))


@dataclass(frozen=True, slots=True)
class _Entry(Generic[K]):
    """`stem` is what the first word begins with; `second` the second word in small letters, None when there is none or
    it ends in `*`. They cost nothing to compare, and turn away almost every entry before the whole phrase is read."""

    words: tuple[str, ...]
    exact: bool
    meaning: K
    stem: str
    second: str | None

    def length_at(self, words: list[Word], at: int) -> int:
        """How many words match from `at` on: all of the phrase, or 0."""
        if at + len(self.words) > len(words):
            return 0
        for wanted, word in zip(self.words, words[at : at + len(self.words)], strict=True):
            have = word.text if self.exact else word.folded
            if not (have.startswith(wanted[:-1]) if wanted[-1] == "*" else have == wanted):
                return 0
        return len(self.words)


class PhraseIndex(Generic[K]):
    """Phrases by their first word. Immutable after building; `ValueError` for a phrase without words or a `*` too soon."""

    __slots__ = ("_by_prefix", "_by_word")

    def __init__(self, phrases: Iterable[tuple[str, K]]) -> None:
        self._by_word: dict[str, list[_Entry[K]]] = {}
        self._by_prefix: dict[str, list[_Entry[K]]] = {}
        for phrase, meaning in phrases:
            exact = _exact(phrase)
            parts = tuple(
                m.group() for m in re.finditer(_WORD.pattern + r"\*?", phrase if exact else phrase.casefold())
            )
            if not parts:
                raise ValueError(f"geen woorden in {phrase!r}")
            first = parts[0]
            second = parts[1].casefold() if len(parts) > 1 and parts[1][-1] != "*" else None
            entry = _Entry(parts, exact, meaning, first.removesuffix("*").casefold(), second)
            if first[-1] == "*":
                if len(first) <= _PREFIX:
                    raise ValueError(f"te weinig letters voor het sterretje in {phrase!r}")
                self._by_prefix.setdefault(first[:_PREFIX].casefold(), []).append(entry)
            else:
                self._by_word.setdefault(first.casefold(), []).append(entry)

    def find(self, words: list[Word]) -> Iterator[Hit[K]]:
        """Every hit, in order of place. Phrases may overlap; each is reported."""
        by_word, by_prefix, last = self._by_word, self._by_prefix, len(words) - 1
        for at, word in enumerate(words):
            folded = word.folded
            following = words[at + 1].folded if at < last else ""
            for entry in by_word.get(folded, ()):
                if (entry.second is None or entry.second == following) and (length := entry.length_at(words, at)):
                    yield Hit(entry.meaning, Span(word.begin, words[at + length - 1].end))
            for entry in by_prefix.get(folded[:_PREFIX], ()):
                if (
                    folded.startswith(entry.stem)
                    and (entry.second is None or entry.second == following)
                    and (length := entry.length_at(words, at))
                ):
                    yield Hit(entry.meaning, Span(word.begin, words[at + length - 1].end))
