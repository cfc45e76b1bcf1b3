"""What one agency says, in full; who was asked and why. The part of the `SummaryView` for who takes ten minutes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from uitvoeringsscan.presentation import dutch, labels
from uitvoeringsscan.presentation import summary_sentences as sentences
from uitvoeringsscan.presentation.summary_figures import RANGES, euros, figures, fte
from uitvoeringsscan.presentation.summary_values import AgencyDetail, AskedRow, Labelled, Reason, TraceRow, TraceTable
from uitvoeringsscan.publication.summary import AgencyPart, AnswerLine, EvidenceLine, Figures, SealedSummary


def asked_row(agency: AgencyPart, proposed: set[str]) -> AskedRow:
    none = (
        "Toegevoegd door de coördinator."
        if agency.code not in proposed
        else "Voorgesteld zonder aanhaling uit de tekst."
    )
    return AskedRow(
        name=agency.name,
        first=agency.why_asked[0].why if agency.why_asked else none,
        reasons=tuple(_reason(line) for line in agency.why_asked),
        none="" if agency.why_asked else none,
    )


def _reason(line: EvidenceLine) -> Reason:
    return Reason(text=line.why, quote=line.quote, where=labels.SOURCES[line.source].short)


def asked_notes(summary: SealedSummary) -> tuple[str, ...]:
    routing = summary.routing
    notes = []
    if routing.not_asked:
        notes.append(f"Wel voorgesteld, niet gevraagd: {dutch.listed(n.name for n in routing.not_asked)}.")
    if routing.explanation:
        notes.append(f"Toelichting van de coördinator: {routing.explanation}")
    return tuple(notes)


def detail(agency: AgencyPart) -> AgencyDetail:
    return AgencyDetail(
        anchor_code=agency.code,
        name=agency.name,
        summary=_detail_summary(agency),
        parts=tuple(Labelled(label=label, lines=tuple(lines)) for label, lines in _detail_parts(agency) if lines),
        trace=_trace(agency),
        provenance=_detail_provenance(agency),
    )


def _trace(agency: AgencyPart) -> TraceTable | None:
    if not agency.trace:
        return None
    return TraceTable(
        caption=f"Hoe komt elk niveau van {agency.short_name} tot stand? Het zwaarste antwoord telt.",
        headers=("Onderwerp", "Vraag", "Antwoord", "Niveau"),
        rows=tuple(
            TraceRow(
                dimension=labels.DIMENSIONS[line.dimension].label,
                question=line.question_text,
                answer=line.option_text,
                level=labels.level_label(line.level),
            )
            for line in agency.trace
        ),
    )


def _detail_summary(agency: AgencyPart) -> str:
    if agency.status != "vastgesteld":
        return labels.ASSESSMENT_STATUSES[agency.status].label
    levels = [d.level for d in agency.dimensions if d.level is not None]
    at_least = any(d.at_least for d in agency.dimensions)
    level = labels.level_label(max(levels, default=None), at_least=at_least)
    verdict = labels.VERDICTS[agency.verdict].label if agency.verdict else "Geen oordeel"
    return f"{verdict}; zwaarste gevolg: {level}"


def _detail_parts(agency: AgencyPart) -> Iterable[tuple[str, list[str]]]:
    def one(text: str | None) -> list[str]:
        return [text] if text else []

    yield "Geen reactie", [sentences.silence_sentence(agency)] if agency.status == "geen-reactie" else []
    yield "Reden", one(agency.reason)
    yield "Vraag het liever aan", one(agency.ask_instead)
    yield "Wat verandert er in het werk?", one(agency.changes)
    yield "Hoeveel mensen, bedrijven of zaken per jaar?", one(figures(agency.size) if agency.size else None)
    yield "Voorwaarden", list(agency.conditions)
    yield "Wat zou het uitvoerbaar maken?", one(agency.alternative)
    yield "De prijs van de datum", one(agency.price_of_date)
    if agency.status == "vastgesteld":  # "geen gevolgen" has said so already; three zeros add nothing
        yield "Kosten", _pair(agency.costs.once, agency.costs.yearly, euros)
        yield "Personeel", _pair(agency.staff.once, agency.staff.yearly, fte)
    yield (
        "Toelichting per onderwerp",
        [f"{labels.DIMENSIONS[d.dimension].label}: {d.explanation}" for d in agency.dimensions if d.explanation],
    )
    yield "Aannames en bronnen", one(agency.assumptions)
    yield "Uitvoeringstoets op het wetsvoorstel", one(_bill_test(agency))
    yield "Andere antwoorden", [f"{a.question_text} {_answer(a)}" for a in agency.answers]
    yield "Toelichting bij de antwoorden", [f"{e.question_text} {e.text}" for e in agency.explanations]
    yield "Let op", [sentences.contradiction_sentence(w.code) for w in agency.warnings]


def _bill_test(agency: AgencyPart) -> str | None:
    if agency.bill_test is None:
        return None
    link = f" {agency.bill_test.link}" if agency.bill_test.link else ""
    return f"{agency.bill_test.title}, {dutch.day(agency.bill_test.dated.isoformat())}.{link}"


def _pair(once: Any, yearly: Any, write: Any) -> list[str]:
    return [
        f"{write(amount)} {word}" for amount, word in ((once, "eenmalig"), (yearly, "per jaar")) if amount is not None
    ]


def _answer(answer: AnswerLine) -> str:
    if answer.option_texts:
        return dutch.listed(answer.option_texts)
    value = answer.value
    if isinstance(value, bool):
        return "Ja" if value else "Nee"
    if isinstance(value, tuple):
        return dutch.listed(value)
    if isinstance(value, Figures):
        return RANGES.get(answer.kind, figures)(value)
    return dutch.day(value) if answer.kind == "datum" and value != "onbekend" else value


def _detail_provenance(agency: AgencyPart) -> str:
    asked = f"Gevraagd op {dutch.long_moment(agency.asked_at)}."
    due = f" Reactie gevraagd vóór {dutch.long_moment(agency.respond_by)}." if agency.respond_by else ""
    approved = (
        f" Vastgesteld op {dutch.long_moment(agency.approved_at)}, door twee personen van de organisatie."
        if agency.approved_at
        else ""
    )
    return f"{asked}{due}{approved} Vragenlijst {agency.rubric.code} {agency.rubric.version}."
