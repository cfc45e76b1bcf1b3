"""Every phrase of the register, made ready to be found in a text in one pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.routing.documents import (
    AgencyDocument,
    LawDocument,
    NobodyDocument,
    TopicDocument,
    WordingDocument,
)
from uitvoeringsscan.routing.faults import Fault
from uitvoeringsscan.routing.phrases import PhraseIndex
from uitvoeringsscan.routing.reading import fault_at


class Cue(Enum):
    """What a small word near a name tells (see WordingDocument)."""

    CITING = auto()
    NO_TASK = auto()
    SOURCE_OF = auto()
    CONSULTED = auto()
    ACTING = auto()
    TASK = auto()
    MONEY = auto()
    COVER = auto()
    CHANGE = auto()


@dataclass(frozen=True, slots=True)
class NameOf:
    """Words that mean an agency: always (`only_in` empty, not `as_executor`), or only within certain acts."""

    agency: AgencyCode
    text: str
    only_in: frozenset[str]
    as_executor: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every phrase of the register, ready to be found in a text in one pass."""

    names: PhraseIndex[NameOf]
    topics: PhraseIndex[str]
    cues: PhraseIndex[Cue]
    nobody_changes: PhraseIndex[str]
    nobody_also: PhraseIndex[str]
    nobody_notes: PhraseIndex[str]
    conditions: PhraseIndex[str]
    """The alsTekst and behalveAlsTekst words of mandates; the meaning is the phrase itself."""


def names_of(agencies: Iterable[AgencyDocument], content: bytes) -> tuple[list[NameOf], list[Fault]]:
    """The words that mean an agency. One alias for two agencies is a fault: bind it to acts instead."""
    names: list[NameOf] = []
    owner: dict[str, str] = {}
    faults = []
    for at, agency in enumerate(agencies):
        old = [p.name for p in agency.predecessors if not p.not_alone]
        for text in (*agency.aliases, *old):
            if owner.setdefault(text, agency.code) != agency.code:
                faults.append(
                    fault_at("agencies.yaml", content, (at, "aliassen"), f"«{text}» is ook een alias van {owner[text]}")
                )
            names.append(NameOf(AgencyCode(agency.code), text, frozenset(), False, False))
        code = AgencyCode(agency.code)
        names += [NameOf(code, w.text, frozenset(w.only_in), w.as_executor, w.weak) for w in agency.wordings]
    return names, faults


def lexicon_of(
    names: list[NameOf],
    topics: tuple[TopicDocument, ...],
    wording: WordingDocument,
    nobody: tuple[NobodyDocument, ...],
    laws: list[LawDocument],
) -> Lexicon:
    """The indexes over every phrase of a register whose documents have been checked."""
    cues = {
        Cue.CITING: wording.citing,
        Cue.NO_TASK: wording.no_task,
        Cue.SOURCE_OF: wording.source_of,
        Cue.CONSULTED: wording.consulted,
        Cue.ACTING: wording.acting,
        Cue.TASK: wording.task,
        Cue.MONEY: wording.money,
        Cue.COVER: wording.cover,
        Cue.CHANGE: wording.change,
    }
    conditions = {text for law in laws for m in law.mandates for text in (*m.if_text, *m.unless_text)}
    return Lexicon(
        names=PhraseIndex((n.text, n) for n in names),
        topics=PhraseIndex((word, t.code) for t in topics for word in t.words),
        cues=PhraseIndex((word, cue) for cue, words in cues.items() for word in words),
        nobody_changes=PhraseIndex((word, n.code) for n in nobody for word in n.in_change),
        nobody_also=PhraseIndex((word, n.code) for n in nobody for word in n.and_also),
        nobody_notes=PhraseIndex((word, n.code) for n in nobody for word in n.in_note),
        conditions=PhraseIndex((text, text) for text in sorted(conditions)),
    )
