"""Reasons from the words of a field of work, and from who supplies whom."""

from __future__ import annotations

from collections.abc import Iterator

from uitvoeringsscan.amendments.amendment import Source
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.routing.seen import Seen
from uitvoeringsscan.routing.signs import Reason, Sign


def from_topics(seen: Seen, register: Register, busy: tuple[int, ...], *, alone: bool) -> Iterator[Reason]:
    """Topics weigh most where no act decides: in the title or the changes, or when the note keeps to one topic."""
    counts: dict[str, int] = {}
    for hit in seen.topics:
        counts[hit.meaning] = counts.get(hit.meaning, 0) + 1
    most = max(counts.values(), default=0)
    asking = {c for c in counts if any(a.advice == "uitvragen" for a in register.topics[c].agencies)}
    for hit, place in [
        *((h, Source.TITLE) for h in seen.title_topics),
        *((h, seen.source(h.span)) for h in seen.topics),
    ]:
        if place is Source.INSTRUCTION and seen.instruction_of(hit.span) not in busy:
            continue
        topic = register.topics[hit.meaning]
        in_law = seen.in_law(hit.span, place)
        if in_law and not alone:
            continue
        often = (counts.get(hit.meaning, 0) >= 2 or len(asking) == 1) and counts.get(hit.meaning, 0) * 3 >= most
        strong = alone and (place is Source.TITLE or not in_law) and (place is not Source.NOTE or often)
        for wanted in topic.agencies:
            passing = place is Source.NOTE and counts[hit.meaning] == 1 and not seen.in_aim(hit.span)
            if wanted.advice == "overwegen" or (passing and not strong):
                sign = Sign.TOPIC_CONSIDERED
            else:
                sign = Sign.TOPIC_ALONE if strong else Sign.TOPIC
            yield Reason(
                agency=AgencyCode(wanted.agency),
                sign=sign,
                signal=f"onderwerp:{topic.code}",
                explanation=topic.explanation,
                source=place,
                span=hit.span,
            )


def from_chains(register: Register, reasons: list[Reason], laws: frozenset[str]) -> Iterator[Reason]:
    """Suppliers of those for whom an act or topic was found; the words are those that brought in the receiver."""
    for chain in register.chains:
        signals = {f"onderwerp:{code}" for code in chain.topics} | {
            f"wet:{code}" for code in chain.laws if code in laws
        }
        cause = next((r for r in reasons if r.agency == chain.receiver and r.signal in signals), None)
        if cause is not None:
            yield Reason(
                agency=AgencyCode(chain.supplier),
                sign=Sign.SUPPLIES,
                signal=f"keten:{chain.receiver}",
                explanation=chain.explanation,
                source=cause.source,
                span=cause.span,
            )
