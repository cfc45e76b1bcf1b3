"""What a scan can be found by, as words: stemmed alike on every database, because the stemming is done here.

A text becomes terms: lower case, without accents, each word reduced to its stem ("toeslagen" -> "toeslag"). Dutch writes
compounds as one word, so a long word is also indexed by its endings: "kinderopvangtoeslag" gives "opvangtoeslag" and
"toeslag" among others. A query asks for terms that begin with the words of the question, so any part of a compound finds it.
Porter's algorithm for Dutch, and not its successor: the newer one makes different stems of "toeslag" and "toeslagen".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

from uitvoeringsscan.scans.scan import Scan

MAX_TERMS = 20_000
"""Terms kept of one scan: the longest text allowed can hold more, and a database has its limits."""
MAX_WORDS = 12
"""Words of a question that are looked for."""
_LONGEST = 40
_COMPOUND = 9
"""A word of this many letters or more is also found by its endings."""
_SHORTEST = 4
"""The shortest ending that is indexed, and the shortest stem that is looked for as a beginning."""

_WORD = re.compile(r"[^\W_]+")


def terms(texts: Iterable[str]) -> str:
    """Everything these texts can be found by: terms parted by spaces, each once."""
    found: dict[str, None] = {}
    for text in texts:
        for word in _words(text):
            for term in _terms(word):
                found[term] = None
                if len(found) == MAX_TERMS:
                    return " ".join(found)
    return " ".join(found)


def terms_of(scan: Scan) -> str:
    """By title, text, submitters, numbers, the laws that were read, and whom the proposal or the coordinator names."""
    amendment, decision = scan.amendment, scan.decision
    return terms(
        (
            scan.id,
            amendment.title,
            amendment.dossier_number or "",
            *(f"{submitter.name} {submitter.party or ''}" for submitter in amendment.submitters),
            *(law.name for law in scan.parsed.laws),
            *(proposal.agency for proposal in scan.routing.proposals),
            *(evidence.explanation for proposal in scan.routing.proposals for evidence in proposal.evidence),
            *(decision.agencies if decision is not None else ()),
            amendment.text,
        )
    )


def asked(question: str) -> list[tuple[str, ...]]:
    """What a question looks for: for each of its words the beginnings of which a term must have one.

    The stem, and the word as it stands: the first part of a compound is not stemmed ("werkloosheid" in
    "werkloosheidswet"). A short stem must be the whole term; it then ends in a full stop.
    """
    return [_beginnings(word) for word in dict.fromkeys(_words(question))][:MAX_WORDS]


def _beginnings(word: str) -> tuple[str, ...]:
    stem = _stem(word)
    if len(stem) < _SHORTEST:
        return (f"{stem}.",)
    return tuple(dict.fromkeys((stem, word)))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return [word[:_LONGEST] for word in _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))]


@lru_cache(maxsize=50_000)
def _terms(word: str) -> tuple[str, ...]:
    stem = _stem(word)
    if len(stem) < _COMPOUND or not stem.isalpha():
        return (stem,)
    return tuple(stem[start:] for start in range(len(stem) - _SHORTEST + 1))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    # A stemmer keeps the word at hand in itself, so threads may not share one; the cache makes this cheap.
    return str(snowballstemmer.stemmer("dutch_porter").stemWord(word))
