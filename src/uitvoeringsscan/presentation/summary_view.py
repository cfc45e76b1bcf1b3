"""What a reader sees of a publication, as one value: the web page and the PDF are two drawings of the same `SummaryView`.

It is made from the public JSON document alone, so that what is shown is what was sealed.

    summary_values     the view and its parts
    summary_view       this: the answer and the picture, and where everything comes together
    summary_sentences  sentences composed from values
    summary_figures    figures, and the table of costs
    summary_details    each agency in full
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from uitvoeringsscan.presentation import dutch, labels
from uitvoeringsscan.presentation import summary_sentences as sentences
from uitvoeringsscan.presentation.summary_details import asked_notes, asked_row, detail
from uitvoeringsscan.presentation.summary_figures import NOTHING_GIVEN, euros, fte, money
from uitvoeringsscan.presentation.summary_values import (
    Attributed,
    Cell,
    DateRow,
    Fact,
    HeatRow,
    HeatTable,
    Provenance,
    Reaction,
    Stop,
    SummaryView,
)
from uitvoeringsscan.publication.summary import AgencyPart, ImpactLine, SealedSummary, SigningPart, read_sealed

__all__ = ["SummaryView", "reaction_beside", "reaction_view", "said_first", "summary_view"]

_DATES_CAPTION = "Vanaf wanneer elke organisatie het kan uitvoeren, en wat het kost om de gevraagde datum te halen."
_DATES_HEADERS = ("Organisatie", "Haalbaar vanaf", "Tegen de gevraagde datum", "De prijs van de datum")

NAMED = 4
"""As many agencies are named within a sentence; more are counted."""


def summary_view(document: bytes) -> SummaryView:
    """The view of a sealed public document. Raises pydantic's ValidationError when it is none."""
    summary = read_sealed(document)
    names = {agency.code: agency.short_name for agency in summary.agencies}
    intended = summary.introduction.intended
    road = _road(summary)
    dates = tuple(_date_row(agency, intended) for agency in summary.agencies if agency.status != "niet-van-toepassing")
    return SummaryView(
        number_code=summary.number,
        published_iso=dutch.iso(summary.published_at),
        intended_iso=intended.isoformat() if intended else None,
        title=summary.amendment.title,
        kicker=_kicker(summary),
        correction=_correction(summary),
        verdict_label="Oordeel van de organisaties",
        verdict=sentences.verdict_sentence(summary),
        verdict_code=summary.verdict,
        complete=summary.complete,
        verdicts=sentences.verdicts_sentence(summary.agencies),
        completeness=sentences.completeness_sentence(summary.agencies),
        in_time=sentences.in_time_sentence(summary),
        statement=_statement(summary),
        facts=_facts(summary, names),
        nobody=_nobody(summary),
        heat=_heat(summary, names),
        silence=tuple(sentences.silence_sentence(a) for a in summary.agencies if a.status == "geen-reactie"),
        road=road,
        road_sentence=" → ".join(f"{stop.label} {stop.when}" for stop in road),
        alternatives=_attributed((a.short_name, a.alternative) for a in summary.agencies if a.alternative),
        conditions=_attributed((a.short_name, text) for a in summary.agencies for text in a.conditions),
        dates=dates,
        dates_intro=sentences.intended_sentence(summary) if dates else "",
        dates_source=sentences.intended_source(summary) if dates else "",
        dates_caption=_DATES_CAPTION if dates else "",
        dates_headers=_DATES_HEADERS if dates else (),
        reaction=reaction_view(summary.reaction.text, summary.reaction.placed_at) if summary.reaction else None,
        money=money(summary, names),
        asked=tuple(asked_row(agency, set(summary.routing.proposed)) for agency in summary.agencies),
        asked_notes=asked_notes(summary),
        agencies=tuple(detail(agency) for agency in summary.agencies),
        amendment_text=summary.amendment.text,
        provenance=_provenance(summary),
    )


def said_first(summary: SealedSummary) -> tuple[str, ...]:
    """The sentences at the head of the view, without the rest of it: for lists of many publications."""
    said = (
        _kicker(summary),
        _correction(summary),
        sentences.verdict_sentence(summary),
        sentences.completeness_sentence(summary.agencies),
        _nobody(summary),
        sentences.in_time_sentence(summary),
        _statement(summary),
    )
    return tuple(sentence for sentence in said if sentence)


# --- the answer --------------------------------------------------------------------------------------------------


def _correction(summary: SealedSummary) -> str | None:
    return f"Dit is een rectificatie. Reden: {summary.correction}" if summary.correction else None


def _statement(summary: SealedSummary) -> str:
    return f"{summary.statement[0].upper()}{summary.statement[1:]}."


def _kicker(summary: SealedSummary) -> str:
    amendment = summary.amendment
    dossier = "-".join(part for part in (amendment.dossier_number, amendment.dossier_suffix) if part)
    paper = ", ".join(
        part for part in (dossier, f"nr. {amendment.paper_number}" if amendment.paper_number else "") if part
    )
    kind = amendment.kind + (f", ter vervanging van nr. {amendment.replaces}" if amendment.replaces else "")
    who = dutch.listed(f"{s.name} ({s.party})" if s.party else s.name for s in amendment.submitters)
    return " · ".join(part for part in (f"Kamerstuk {paper}" if paper else "", kind, who) if part)


def _facts(summary: SealedSummary, names: dict[str, str]) -> tuple[Fact, ...]:
    """The four key figures; none where nobody was asked."""
    if not summary.agencies:
        return ()
    return (
        _heaviest(summary.impact, names),
        _feasible_fact(summary, names),
        _sum_fact(
            "Kosten", summary.costs.once, summary.costs.yearly, summary.costs.incomplete, euros, yearly_first=False
        ),
        _sum_fact(
            "Personeel", summary.staff.once, summary.staff.yearly, summary.staff.incomplete, fte, yearly_first=True
        ),
    )


def _heaviest(impact: Sequence[ImpactLine], names: dict[str, str]) -> Fact:
    known = [line for line in impact if line.level is not None]
    level = max((line.level for line in known if line.level is not None), default=None)
    at_least = any(line.at_least for line in impact)
    if level is None:
        return Fact(label="Zwaarste gevolg", value="onbekend" if at_least else "geen opgave", note="")
    where = [
        f"{labels.DIMENSIONS[line.dimension].label} ({_names(line.decided_by, names)})"
        for line in known
        if line.level == level
    ]
    return Fact(
        label="Zwaarste gevolg",
        value=labels.level_label(level, at_least=at_least),
        note="; ".join(where) if level else "",
        level=level,
        at_least=at_least,
    )


def _feasible_fact(summary: SealedSummary, names: dict[str, str]) -> Fact:
    feasible, intended = summary.introduction.feasible_from, summary.introduction.intended
    if feasible is None:
        on_time = sentences.all_on_the_date(summary.agencies)
        return Fact(label="Haalbaar vanaf", value="de datum in de tekst" if on_time else NOTHING_GIVEN, note="")
    against = sentences.against_intended(intended, feasible)
    stands = f"{against} (gevraagd: {dutch.day(intended)})" if intended else ""
    by = f"volgens {_names(summary.introduction.decided_by, names)}"
    firm = summary.complete and not any(sentences.without_a_date(agency) for agency in summary.agencies)
    label = "Haalbaar vanaf" if firm else "Haalbaar op zijn vroegst vanaf"
    return Fact(label=label, value=dutch.day(feasible), note="; ".join(part for part in (stands, by) if part))


def _sum_fact(label: str, once: Any, yearly: Any, missing: Sequence[str], write: Any, *, yearly_first: bool) -> Fact:
    texts = [f"{write(yearly)} per jaar" if yearly else "", f"{write(once)} eenmalig" if once else ""]
    given = [text for text in (texts if yearly_first else texts[::-1]) if text]
    absent = dutch.count(len(missing), "opgave ontbreekt", "opgaven ontbreken") if missing else ""
    return Fact(
        label=f"{label} (minimaal)" if missing and given else label,
        value=given[0] if given else NOTHING_GIVEN,
        note="; ".join(part for part in (*given[1:], absent) if part),
    )


def _nobody(summary: SealedSummary) -> str | None:
    if summary.agencies:
        return None
    return summary.routing.no_agency.why if summary.routing.no_agency else summary.routing.explanation


# --- the picture -------------------------------------------------------------------------------------------------


def _heat(summary: SealedSummary, names: dict[str, str]) -> HeatTable | None:
    if not summary.agencies:
        return None
    feasible = summary.introduction.feasible_from
    worst = HeatRow(
        anchor_code="",
        name="Zwaarste",
        status_code="",
        cells=tuple(_cell(line.level, line.at_least) for line in summary.impact),
        merged=None,
        feasible=_small_day(feasible, on_time=sentences.all_on_the_date(summary.agencies)),
        verdict=_verdict_word(summary.verdict),
    )
    return HeatTable(
        caption="Zwaarte van de gevolgen, zoals vastgesteld door elke organisatie. De onderste regel neemt per onderwerp "
        "het zwaarste antwoord over; er wordt niet gemiddeld.",
        headers=(
            "Organisatie",
            *(labels.DIMENSIONS[line.dimension].short for line in summary.impact),
            "Haalbaar vanaf",
            "Oordeel",
        ),
        rows=tuple(_heat_row(agency) for agency in summary.agencies),
        worst=worst,
        worst_lines=tuple(_worst_line(line, names) for line in summary.impact),
    )


def _heat_row(agency: AgencyPart) -> HeatRow:
    merged = labels.ASSESSMENT_STATUSES[agency.status].label.lower() if agency.status != "vastgesteld" else None
    absent = {"geen-reactie": "onbekend", "geen-gevolgen": "–", "niet-van-toepassing": "–"}.get(agency.status)
    return HeatRow(
        anchor_code=agency.code,
        name=agency.short_name,
        status_code=agency.status,
        cells=() if merged else tuple(_cell(d.level, d.at_least) for d in agency.dimensions),
        merged=merged,
        feasible=absent or _small_day(agency.feasible_from, on_time=sentences.all_on_the_date([agency])),
        verdict=absent or _verdict_word(agency.verdict),
    )


def _cell(level: int | None, at_least: bool) -> Cell:
    return Cell(text=labels.level_label(level, at_least=at_least), level=level, at_least=at_least)


def _worst_line(line: ImpactLine, names: dict[str, str]) -> str:
    said = labels.level_label(line.level, at_least=line.at_least)
    who = f" ({_names(line.decided_by, names)})" if len(line.decided_by) <= NAMED else ""
    by = f" bij {len(line.decided_by)} van {line.of}{who}" if line.level else ""
    absent = line.of - line.count
    silent = f"; {dutch.count(absent, 'organisatie geeft', 'organisaties geven')} geen antwoord" if absent else ""
    return f"{labels.DIMENSIONS[line.dimension].label}: {said}{by}{silent}."


def _verdict_word(verdict: str | None) -> str:
    return labels.VERDICTS[verdict].label if verdict else labels.VERDICT_UNKNOWN.label


def _small_day(on: date | None, *, on_time: bool) -> str:
    if on is not None:
        return dutch.small_day(on)
    return "datum in de tekst" if on_time else "onbekend"


def _road(summary: SealedSummary) -> tuple[Stop, ...]:
    silent = sum(agency.status == "geen-reactie" for agency in summary.agencies)
    answered = len(summary.agencies) - silent
    last = max((a.approved_at for a in summary.agencies if a.approved_at), default=None)
    stops: list[tuple[str, date | datetime | None, bool]] = [
        ("ingediend", summary.amendment.received, True),
        ("uitgevraagd", _day(min((a.asked_at for a in summary.agencies), default=None)), True),
        (_reactions(answered, len(summary.agencies)), _day(last), True),
        ("gepubliceerd", _day(summary.published_at), True),
        ("stemming", summary.vote, not summary.before_vote),
    ]
    dated = [(label, at, done) for label, at, done in stops if at is not None]
    dated.sort(key=lambda stop: dutch.as_day(stop[1]))
    return tuple(
        Stop(
            label=label,
            when=dutch.short_moment(at) if isinstance(at, datetime) else dutch.short_day(at),
            at_iso=dutch.iso(at),
            done=done,
        )
        for label, at, done in dated
    )


def _reactions(answered: int, asked: int) -> str:
    return "reactie" if asked == 1 else f"{answered} van {asked} reacties"


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else dutch.as_day(moment)


# --- one minute --------------------------------------------------------------------------------------------------


def _attributed(said: Iterable[tuple[str, str]]) -> tuple[Attributed, ...]:
    """Each text once, with everyone who says it. `said` is (who, text)."""
    who: dict[str, list[str]] = {}
    for name, text in said:
        who.setdefault(text, []).append(name)
    return tuple(Attributed(who=dutch.listed(names), text=text) for text, names in who.items())


def _date_row(agency: AgencyPart, intended: date | None) -> DateRow:
    feasible = agency.feasible_from
    return DateRow(
        name=agency.short_name,
        when=sentences.date_words(agency),
        against=sentences.against_intended(intended, feasible) if feasible else "",
        date_iso=feasible.isoformat() if feasible else None,
        price=agency.price_of_date or "",
    )


def _names(codes: Sequence[str], names: dict[str, str]) -> str:
    """Who: by name while that can be read, else how many (the table names them)."""
    if len(codes) > NAMED:
        return f"{len(codes)} organisaties"
    return dutch.listed(names.get(code, code) for code in codes)


def _provenance(summary: SealedSummary) -> Provenance:
    published = dutch.long_moment(summary.published_at)
    version = "Eerste versie." if summary.version == 1 else f"Versie {summary.version}, een rectificatie."
    before = (
        f"De publicatie ervoor in de ketting is {summary.previous}."
        if summary.previous
        else "Dit is de eerste publicatie in de ketting."
    )
    return Provenance(
        lines=(
            f"Publicatie {summary.number}, {published}. {version}",
            f"Plaats {summary.sequence} in de ketting van alle publicaties. {before}",
            "Deze publicatie verandert niet meer. Een rectificatie krijgt een nieuw nummer.",
            *_signed(summary.signing),
        ),
        digest_label="Controlegetal (sha256)",
        digest_groups=grouped(summary.sha256),
    )


def _signed(signing: SigningPart | None) -> tuple[str, ...]:
    if signing is None:
        return ()
    return (
        f"Ondertekend met sleutel {signing.key}.",
        f"De openbare sleutels staan op {signing.keys_at}, de handtekening op {signing.signature_at}.",
    )


def reaction_view(text: str, placed_at: datetime, *, after: bool = False) -> Reaction:
    """The submitter's words, marked as theirs. `after`: they came after the publication, and are no part of it."""
    when = f"Geplaatst op {dutch.long_moment(placed_at)}"
    return Reaction(
        title="Reactie van de indiener",
        text=text,
        note=f"Dit zijn woorden van de indiener, niet van de organisaties. {when}{', na de publicatie' if after else ''}.",
    )


def reaction_beside(document: bytes) -> Reaction:
    """The same from an addendum: it came after the publication."""
    content = json.loads(document)
    return reaction_view(content["tekst"], datetime.fromisoformat(content["op"]), after=True)


def grouped(digest: str) -> str:
    """A digest in groups of four, so that an eye can follow it."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
