"""Reasons in a budget amendment. Money changes no task by itself, so only three things count: budget articles that pay an
executor, what people get, and agencies that get or lose means."""

from __future__ import annotations

from collections.abc import Iterator

from uitvoeringsscan.amendments.amendment import ParsedAmendment, Source, Span
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.routing.actors import is_source, named, slug
from uitvoeringsscan.routing.lexicon import Cue
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.routing.seen import Seen
from uitvoeringsscan.routing.signs import Reason, Sign


def from_budget(seen: Seen, parsed: ParsedAmendment, register: Register) -> Iterator[Reason]:
    """Reasons from the budget articles that change, and from what the note says of topics and agencies."""
    chapter = parsed.dossier_suffix.value if parsed.dossier_suffix else None
    for part in seen.instructions:
        words = part.span.quote(seen.text)
        for entry in register.budgets:
            at = words.find(f" {entry.name} ")
            if at < 0 or not _fits(entry.chapter, chapter, seen.title):
                continue
            begin = part.span.begin + at + 1
            for wanted in entry.agencies:
                yield Reason(
                    agency=AgencyCode(wanted.agency),
                    sign=Sign.BUDGET_ARTICLE,
                    signal=f"begroting:{entry.chapter.lower()}-{slug(entry.name)}",
                    explanation=entry.explanation,
                    source=Source.INSTRUCTION,
                    span=Span(begin, begin + len(entry.name)),
                )
    for hit in seen.topics:
        topic = register.topics[hit.meaning]
        sentence = seen.sentence(hit.span.begin)
        if not topic.in_budgets or sentence is None or not seen.in_note(hit.span):
            continue
        cover = seen.has_cue(Cue.COVER, sentence.begin, sentence.end)
        changed = seen.has_cue(Cue.CHANGE, sentence.begin, sentence.end)
        for wanted in topic.agencies:
            yield Reason(
                agency=AgencyCode(wanted.agency),
                sign=Sign.BUDGET_TOPIC_CHANGED if changed and not cover else Sign.TOPIC_CONSIDERED,
                signal=f"onderwerp:{topic.code}",
                explanation=topic.explanation,
                source=Source.NOTE,
                span=hit.span,
            )
    for name in seen.names:
        sentence = seen.sentence(name.span.begin)
        if name.meaning.as_executor or name.meaning.only_in or sentence is None or not seen.in_note(name.span):
            continue
        if is_source(seen, name, sentence.begin, sentence.end):
            continue
        cover = seen.has_cue(Cue.COVER, sentence.begin, sentence.end)
        if cover or not seen.has_cue(Cue.MONEY, sentence.begin, sentence.end):
            sign = Sign.NAMED_IN_NOTE
        else:
            sign = Sign.BUDGET_MEANS_PERHAPS if name.meaning.weak else Sign.BUDGET_MEANS
        yield named(name, sign, Source.NOTE)


def _fits(chapter: str, suffix: str | None, title: str) -> bool:
    """Whether an entry belongs to this budget: by the addition to the dossier number, else by the title's "(XV)"."""
    return suffix == chapter or (suffix is None and f"({chapter})" in title)
