"""Reasons from who is named: as the one who acts, or only in passing."""

from __future__ import annotations

from collections.abc import Iterator

from uitvoeringsscan.amendments.amendment import Source
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.routing.lexicon import Cue, NameOf
from uitvoeringsscan.routing.phrases import Hit
from uitvoeringsscan.routing.seen import Seen
from uitvoeringsscan.routing.signs import Reason, Sign


def from_actors(seen: Seen, busy: tuple[int, ...], executors: set[str], laws: frozenset[str]) -> Iterator[Reason]:
    """Reasons from every name in the changed parts and in the note, and from names in the title.

    executors and laws are those of the acts that are changed: some wording means somebody only there.
    """
    acting: dict[AgencyCode, set[int]] = {}
    for hit in seen.names:
        strength = _strength(hit.meaning, executors, laws)
        if strength == 0:
            continue
        sentence = seen.sentence(hit.span.begin)
        low, high = (sentence.begin, sentence.end) if sentence else (hit.span.begin, hit.span.end)
        if seen.has_cue(Cue.NO_TASK, low, high) or is_source(seen, hit, low, high):
            continue
        if seen.in_note(hit.span):
            if hit.meaning.as_executor and hit.meaning.weak:
                continue
            acts = seen.has_cue(Cue.ACTING, low, high)
            if acts:
                acting.setdefault(hit.meaning.agency, set()).add(low)
            told = acts and (seen.in_aim(hit.span) or len(acting[hit.meaning.agency]) > 1)
            told = told or (hit.meaning.agency in executors and seen.has_cue(Cue.TASK, low, high))
            yield named(hit, Sign.ACTS_IN_NOTE if told else Sign.NAMED_IN_NOTE, Source.NOTE)
        elif (index := seen.instruction_of(hit.span)) is not None and index in busy:
            heard = seen.has_cue(Cue.CONSULTED, max(low, hit.span.begin - 60), hit.span.begin)
            if hit.meaning.as_executor and hit.meaning.weak:
                sign = Sign.MEANT_IN_WORDING
            else:
                sign = Sign.ACTS_IN_WORDING if strength == 2 and not heard else Sign.NAMED_IN_WORDING
            yield named(hit, sign, Source.INSTRUCTION)
    for hit in seen.title_names:
        if not hit.meaning.as_executor and not hit.meaning.only_in:
            yield named(hit, Sign.NAMED_IN_NOTE, Source.TITLE)


def _strength(name: NameOf, executors: set[str], laws: frozenset[str]) -> int:
    """2: the words mean this agency and name it as the one who acts; 1: they may; 0: here they mean somebody else."""
    if name.only_in and not name.only_in & laws:
        return 0
    if name.as_executor:
        if not laws:
            return 0 if name.weak else 1
        if name.agency not in executors:
            return 0
    return 1 if name.weak else 2


def is_source(seen: Seen, hit: Hit[NameOf], low: int, high: int) -> bool:
    """Whether the agency is only named for its figures or opinion."""
    before = max(low, hit.span.begin - 45)
    behind = min(high, hit.span.end + 25)
    return seen.in_note(hit.span) and (
        seen.has_cue(Cue.SOURCE_OF, before, hit.span.begin) or seen.has_cue(Cue.SOURCE_OF, hit.span.end, behind)
    )


_SAID: dict[Sign, str] = {
    Sign.ACTS_IN_WORDING: "De nieuwe wettekst geeft deze organisatie iets te doen.",
    Sign.NAMED_IN_WORDING: "De wijziging noemt deze organisatie.",
    Sign.MEANT_IN_WORDING: "Deze woorden kunnen in deze wet deze organisatie betekenen.",
    Sign.ACTS_IN_NOTE: "De toelichting zegt dat deze organisatie iets doet of moet doen.",
    Sign.NAMED_IN_NOTE: "Deze organisatie wordt genoemd.",
    Sign.BUDGET_MEANS_PERHAPS: "Het amendement noemt deze organisatie bij geld.",
    Sign.BUDGET_MEANS: "Het amendement geeft of neemt deze organisatie middelen.",
}


def named(hit: Hit[NameOf], sign: Sign, source: Source) -> Reason:
    """The reason that a name at this place gives, with the sentence that goes with the sign."""
    return Reason(
        agency=hit.meaning.agency,
        sign=sign,
        signal=f"formulering:{slug(hit.meaning.text)}",
        explanation=_SAID[sign],
        source=source,
        span=hit.span,
    )


def slug(words: str) -> str:
    """A stable code from words: "het College" -> "het-college"."""
    return "-".join("".join(c if c.isalnum() else " " for c in words.casefold()).split())
