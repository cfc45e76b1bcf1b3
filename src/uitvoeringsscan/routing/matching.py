"""Who is proposed for an amendment, and why: `propose`.

Every reason has a weight in `signs.WEIGHTS`; the reasons of one kind count once (the strongest), kinds add up, and an
agency whose sum reaches `ASK_FROM` is proposed for the questionnaire. All else that was found is offered unticked.

    acts     who executes what is changed                    (changes: which acts; mandates: who, by article)
    actors   who acts in the new wording, or in the note
    topics   words of a field of work, where no act says it
    budgets  another matter: money changes no task by itself
    nobody   changes that ask nothing of anyone
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from uitvoeringsscan.amendments.amendment import ParsedAmendment, Source
from uitvoeringsscan.amendments.bill import BillTable
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.routing.actors import from_actors
from uitvoeringsscan.routing.acts import from_acts
from uitvoeringsscan.routing.budgets import from_budget
from uitvoeringsscan.routing.changes import Certainty, touched_laws
from uitvoeringsscan.routing.nobody import judge
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.routing.routing import Advice, Evidence, Proposal, Routing
from uitvoeringsscan.routing.seen import Seen, look
from uitvoeringsscan.routing.signs import ASK_FROM, SURE, WEIGHTS, Kind, Reason, Sign
from uitvoeringsscan.routing.topics import from_chains, from_topics

NOTHING_FOUND = "We herkenden geen taak van een uitvoeringsorganisatie in deze tekst."
APART = "Dit raakt alleen organisaties die nog geen uitvragen krijgen: {}."
BUDGET_NOBODY = (
    "Het amendement verschuift geld op een begroting; we lezen niet dat daardoor een taak van een "
    "uitvoeringsorganisatie verandert."
)


def propose(
    text: str,
    title: str | None,
    parsed: ParsedAmendment,
    register: Register,
    bill: BillTable | None = None,
) -> Routing:
    """Proposals with evidence, or the reason why nobody has to carry this out. Pure: same input, same routing.

    `title` is the bill's title where it is known; otherwise the title that the parser read in the text is used, and
    offsets of evidence with Source.TITLE are offsets into that. `bill` is the table of the bill's text.
    """
    seen = look(text, title, parsed, register)
    if parsed.budget:
        reasons = list(from_budget(seen, parsed, register))
        return _routing(seen, register, reasons, BUDGET_NOBODY)
    idle = judge(seen, register)
    if idle.whole is not None:
        touched = touched_laws(seen, register, tuple(range(len(seen.instructions))), bill)
        reasons = list(from_acts(seen, parsed, touched))
        return _routing(seen, register, reasons, register.nobody[idle.whole].explanation, idle=True)
    busy = tuple(i for i, kind in enumerate(idle.kinds) if kind is None)
    touched = touched_laws(seen, register, busy, bill)
    reasons = list(from_acts(seen, parsed, touched))
    executors = {m.agency for t in touched if t.certainty >= Certainty.LIKELY for m in t.law.mandates}
    law_codes = frozenset(t.law.code for t in touched if t.certainty >= Certainty.LIKELY)
    reasons += from_actors(seen, busy, executors, law_codes)
    decided = any(r.sign is Sign.SURE_ACT_ASKED for r in reasons)
    if decided:
        reasons = [replace(r, sign=Sign.SPOKEN_ACT_BESIDE) if r.sign is Sign.SPOKEN_ACT else r for r in reasons]
    nobody_by_act = next(
        (t.law.no_executor for t in touched if t.certainty is Certainty.SURE and t.law.no_executor), None
    )
    reasons += from_topics(seen, register, busy, alone=not decided and nobody_by_act is None)
    reasons += from_chains(register, reasons, law_codes)
    return _routing(seen, register, reasons, nobody_by_act or NOTHING_FOUND, decided=decided)


def _routing(
    seen: Seen, register: Register, reasons: list[Reason], nobody: str, *, decided: bool = False, idle: bool = False
) -> Routing:
    """The proposals, weightiest first.

    idle     the changes ask nothing of anyone: nobody is asked, whatever speaks for it
    decided  the act itself points to an executor: what only the note says of another agency decides nothing
    """
    by_agency: dict[AgencyCode, list[Reason]] = {}
    for reason in reasons:
        by_agency.setdefault(reason.agency, []).append(reason)
    weighed: list[tuple[int, AgencyCode, list[Reason]]] = []
    apart: list[str] = []
    for agency, own in by_agency.items():
        weight = _sum(own)
        if idle or (decided and all(r.source is Source.NOTE and r.sign not in SURE for r in own)):
            weight = min(weight, ASK_FROM - 1)
        known = register.agency(agency)
        if weight >= ASK_FROM and known is not None and not known.participant:
            apart.append(known.short_name)
            weight = ASK_FROM - 1
        weighed.append((weight, agency, own))
    order = {a.code: at for at, a in enumerate(register.agencies)}
    weighed.sort(key=lambda entry: (-entry[0], order[entry[1]]))
    proposals = tuple(
        Proposal(
            agency=agency,
            advice=Advice.ASK if weight >= ASK_FROM else Advice.CONSIDER,
            evidence=_evidence(seen, own, asked=weight >= ASK_FROM),
        )
        for weight, agency, own in weighed
    )
    asked = any(p.advice is Advice.ASK for p in proposals)
    if apart:
        nobody = APART.format(", ".join(sorted(apart)))
    return Routing(proposals=proposals, nobody=None if asked else nobody, register_sha256=register.digest)


def _sum(reasons: Iterable[Reason]) -> int:
    """Per kind the strongest sign, then the sum; two likely acts that would ask the same agency weigh as one that is sure."""
    best: dict[Kind, int] = {}
    likely: set[str] = set()
    for reason in reasons:
        kind, weight = WEIGHTS[reason.sign]
        best[kind] = max(best.get(kind, 0), weight)
        if reason.sign is Sign.LIKELY_ACT_ASKED:
            likely.add(reason.signal)
    if len(likely) > 1:
        best[Kind.ACT] = ASK_FROM
    return sum(best.values())


def _evidence(seen: Seen, reasons: list[Reason], *, asked: bool) -> tuple[Evidence, ...]:
    """One line per signal, its strongest sign at the first place; the weightiest first."""
    lines: dict[tuple[str, Kind], Reason] = {}
    for reason in reasons:
        key = reason.signal, WEIGHTS[reason.sign][0]
        if key not in lines or reason.weight > lines[key].weight:
            lines[key] = reason
    ordered = sorted(lines.values(), key=lambda r: (-r.weight, r.source is Source.NOTE, r.span))
    return tuple(
        Evidence(
            signal=r.signal,
            explanation=r.explanation,
            quote=r.span.quote(seen.title if r.source is Source.TITLE else seen.text),
            source=r.source,
            span=r.span,
            decisive=asked and r.weight >= ASK_FROM,
        )
        for r in ordered
    )
