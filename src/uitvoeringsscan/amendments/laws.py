"""Names of laws in running text.

A `LawIndex` is built once from the names that are known and finds all of them in one pass: the words of the text walk
down a tree of the words of the names, and the longest name wins. An abbreviation stands to the letter; an official
name may differ in capitals after the first. One name that two laws share is in no index: it says nothing on its own.

Names that are not in the list are read by their form (law_forms), with `bwb` None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from uitvoeringsscan.amendments.amendment import Span
from uitvoeringsscan.amendments.law_forms import Mention, find_generic

__all__ = ["EMPTY", "LawIndex", "LawName", "Mention", "find_generic", "find_laws"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawName:
    """A law: its official name, its identifier in the national law database (None when not known), and other names."""

    name: str
    bwb: str | None = None
    aliases: tuple[str, ...] = ()


class _Node:
    """One word of the tree; `law` when a name ends here, `exact` when that name must stand to the letter.

    `next` goes by words in small letters, with in front whatever but space parts them from the word before.
    """

    __slots__ = ("exact", "law", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.law: LawName | None = None
        self.exact: str | None = None


_WORD = re.compile(r"[^\W_]+")
_CAPITAL_WORD = re.compile(r"(?<![^\W_])[^\W_a-z][^\W_]*")
_LONGEST_GAP = 6
_YEAR_BEHIND = re.compile(r"\s(?:(?:19|20)\d\d(?!\d)|20\.{1,2})")
_BELONGS_TO_OTHER = re.compile(
    r"(?:Invoerings|Aanpassings|Wijzigings|Uitvoerings|Overgangs|Intrekkings|Reparatie|Verzamel|Veeg|Evaluatie)wet\s$"
    r"|(?:[Uu]itvoerings|[Ii]nvoerings)?(?:[Bb]esluit|[Rr]egeling)\s(?:de\s)?$"
)
_ABBREVIATION = 7


def _key(text: str, before: int, match: re.Match[str]) -> str:
    """What a word is called in the tree; `before` is where the word before it ended, 0 for none."""
    gap = text[before : match.start()]
    if gap == " ":
        return match[0].lower()
    sign = gap.strip().replace("’", "'").replace("–", "-") if len(gap) <= _LONGEST_GAP and before else "\0"
    return ("_" if gap == "" and before else sign) + match[0].lower()


def _keys(name: str) -> tuple[str, ...]:
    keys, end = [], 0
    for match in _WORD.finditer(name):
        keys.append(_key(name, end, match) if end else match[0].lower())
        end = match.end()
    return tuple(keys)


@dataclass(frozen=True, slots=True)
class LawIndex:
    """Known law names, ready to be looked for. Make it with `LawIndex.of`."""

    _root: _Node = field(repr=False, compare=False)
    size: int = 0
    _small: bool = False
    """Whether a name begins with a small letter, so that any word can be the first of one."""

    @classmethod
    def of(cls, names: Iterable[LawName]) -> LawIndex:
        """Builds the index. A name that belongs to two laws is left out, unless it is the official name of one only."""
        official: dict[tuple[str, ...], set[LawName]] = {}
        alias: dict[tuple[str, ...], set[LawName]] = {}
        written: dict[tuple[str, ...], str] = {}
        for law in names:
            for place, words in ((official, (law.name,)), (alias, law.aliases)):
                for word in words:
                    if keys := _keys(word):
                        place.setdefault(keys, set()).add(law)
                        written.setdefault(keys, word)
        root, size, small = _Node(), 0, False
        for keys, word in written.items():
            laws = official.get(keys) or alias[keys]
            if len(laws) != 1:
                continue
            node = root
            for key in keys:
                node = node.next.setdefault(key, _Node())
            node.law = next(iter(laws))
            node.exact = word if len(keys) == 1 and len(word) < _ABBREVIATION else None
            small = small or (node.exact is not None and not word[0].isupper())
            size += 1
        return cls(root, size, small)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every known law in the text, in order, longest name first, without overlap."""
        if not self._root.next:
            return ()
        found: list[Mention] = []
        done = 0
        for first in (_WORD if self._small else _CAPITAL_WORD).finditer(text):
            node = self._root.next.get(first[0].lower()) if first.start() >= done else None
            law, end, here = None, 0, first.end()
            while node is not None:
                if node.law is not None and _written_as_name(text, first.start(), here, node):
                    law, end = node.law, here
                following = _WORD.search(text, here) if node.next else None
                node = node.next.get(_key(text, here, following)) if following else None
                here = following.end() if following else here
            if law is None:
                continue
            done = end
            if _YEAR_BEHIND.match(text, end) is None and not _BELONGS_TO_OTHER.search(
                text, max(0, first.start() - 40), first.start()
            ):
                found.append(Mention(law.name, law.bwb, Span(first.start(), end)))
        return tuple(found)


def _written_as_name(text: str, begin: int, end: int, node: _Node) -> bool:
    if node.exact is not None:
        return text[begin:end] == node.exact
    return text[begin].isupper() and not (begin and text[begin - 1] == "_")


EMPTY = LawIndex(_Node())


def find_laws(text: str, laws: LawIndex = EMPTY) -> tuple[Mention, ...]:
    """Known laws, and between them laws by form. A known name inside a longer one by form gives way to the longer."""
    known, formed = laws.find(text), find_generic(text)
    found: list[Mention] = []
    spare = iter(formed)
    other = next(spare, None)
    for mention in known:
        while other is not None and other.span.end <= mention.span.begin:
            found.append(other)
            other = next(spare, None)
        if other is not None and other.span.begin < mention.span.begin:
            # "Invoeringswet X": the longer name begins earlier and is another law, unless it only ran on into this one
            if _BELONGS_TO_OTHER.search(text, max(0, mention.span.begin - 40), mention.span.begin):
                continue
            other = next(spare, None)
        while other is not None and other.span.begin < mention.span.end:
            other = next(spare, None)
        found.append(mention)
    while other is not None:
        found.append(other)
        other = next(spare, None)
    return tuple(found)
