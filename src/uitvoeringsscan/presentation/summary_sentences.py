"""The sentences of a publication, composed from values: never an agency's own words, never an opinion.

Each function answers one question a reader has, in one or two sentences. They say what is incomplete in the same breath.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from uitvoeringsscan.presentation import dutch, labels
from uitvoeringsscan.publication.summary import AgencyPart, ImpactSummary

SILENCE = "Dat betekent niet dat er geen gevolgen zijn."

_NUMBERS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")

_VERDICTS = {
    # verdict: (everybody answered, somebody did not)
    "uitvoerbaar": ("Uitvoerbaar.", "Voor zover nu bekend uitvoerbaar."),
    "uitvoerbaar-mits": (
        "Uitvoerbaar, mits aan voorwaarden is voldaan.",
        "Voor zover nu bekend uitvoerbaar, mits aan voorwaarden is voldaan.",
    ),
    # The strictest verdict stays the strictest, whoever may still answer.
    "niet-uitvoerbaar": ("Niet uitvoerbaar.", "Niet uitvoerbaar."),
    "nog-niet-te-beoordelen": ("Nog niet te beoordelen.", "Voor zover nu bekend nog niet te beoordelen."),
}

_DATED = frozenset({"uitvoerbaar", "uitvoerbaar-mits"})
"""Verdicts beside which a date says something: it cannot be "from July" when it cannot be done."""


def verdict_sentence(summary: ImpactSummary) -> str:
    """The answer in one line: the strictest verdict, and from when."""
    if summary.verdict is None:
        return _without_verdict(summary)
    said = _VERDICTS[summary.verdict][0 if summary.complete else 1]
    when = _when(summary) if summary.verdict in _DATED else ""
    return f"{said} {when}".strip()


def _when(summary: ImpactSummary) -> str:
    feasible, intended = summary.introduction.feasible_from, summary.introduction.intended
    date_in_text = dutch.day(intended) if intended else "de datum in de tekst"
    if feasible is None:
        if not all_on_the_date(summary.agencies):
            return ""
        end = "haalbaar" if summary.complete else "haalbaar voor wie reageerde"
        return f"{date_in_text[0].upper()}{date_in_text[1:]} is {end}."
    firm = summary.complete and not any(without_a_date(agency) for agency in summary.agencies)
    if feasible > intended if intended else _someone_later(summary.agencies):
        return f"Niet op {date_in_text}, {'wel' if firm else 'op zijn vroegst'} vanaf {dutch.day(feasible)}."
    if intended:
        return f"Haalbaar op {date_in_text}, de datum die het amendement vraagt."
    return f"Haalbaar {'' if firm else 'op zijn vroegst '}vanaf {dutch.day(feasible)}."


# What an agency's level on the timeline says about the date in the text (0 and 1: it is met; 2: later; 3: no date at all).


def _timeline(agency: AgencyPart) -> int | None:
    if agency.status != "vastgesteld":
        return None
    return next((d.level for d in agency.dimensions if d.dimension == "tijdlijn" and not d.at_least), None)


def all_on_the_date(agencies: Sequence[AgencyPart]) -> bool:
    """Every agency that gave answers can do it on the date in the text."""
    answered = [agency for agency in agencies if agency.status == "vastgesteld"]
    return bool(answered) and all(agency.feasible_from is None and _timeline(agency) in (0, 1) for agency in answered)


def without_a_date(agency: AgencyPart) -> bool:
    """It answered, and a date is still to come: the whole can only get later."""
    return agency.status == "vastgesteld" and agency.feasible_from is None and _timeline(agency) not in (0, 1)


def _someone_later(agencies: Sequence[AgencyPart]) -> bool:
    return any((_timeline(agency) or 0) >= 2 for agency in agencies)


_WITHOUT_DATE = {
    0: "op de datum in de tekst",
    1: "op de datum in de tekst, met concessies",
    3: "nog geen datum te geven",
}


def date_words(agency: AgencyPart) -> str:
    """From when this agency can do it, or why there is no date."""
    if agency.feasible_from is not None:
        return dutch.day(agency.feasible_from)
    if agency.status == "geen-reactie":
        return "geen reactie ontvangen"
    if agency.status == "geen-gevolgen":
        return "geen gevolgen"
    level = _timeline(agency)
    return _WITHOUT_DATE.get(level, "geen datum opgegeven") if level is not None else "geen datum opgegeven"


def _without_verdict(summary: ImpactSummary) -> str:
    statuses = {agency.status for agency in summary.agencies}
    if not statuses:
        return "Geen organisatie hoeft dit uit te voeren. Daarom is niemand om een beoordeling gevraagd."
    if statuses == {"geen-reactie"}:
        return "Geen oordeel: er is geen reactie ontvangen."
    if statuses == {"niet-van-toepassing"}:
        return "Geen oordeel: het is niet de taak van de gevraagde organisaties."
    if statuses <= {"geen-gevolgen", "niet-van-toepassing"}:
        return "Geen gevolgen voor de uitvoering, zeggen de gevraagde organisaties."
    if statuses <= {"geen-gevolgen", "niet-van-toepassing", "geen-reactie"}:
        if "geen-gevolgen" in statuses:
            return "Voor zover nu bekend geen gevolgen voor de uitvoering."
        return "Voor zover nu bekend geen oordeel."
    return "Geen oordeel gegeven." if summary.complete else "Voor zover nu bekend geen oordeel."


STRICTEST_FIRST = ("niet-uitvoerbaar", "nog-niet-te-beoordelen", "uitvoerbaar-mits", "uitvoerbaar")


def verdicts_sentence(agencies: Sequence[AgencyPart]) -> str:
    """Who said what, where agencies differ: the strictest stands above, and nobody may think that all said it."""
    given = {
        verdict: [agency.short_name for agency in agencies if agency.verdict == verdict] for verdict in STRICTEST_FIRST
    }
    said = [f"{labels.VERDICTS[verdict].label}: {dutch.listed(names)}." for verdict, names in given.items() if names]
    return f"Het strengste oordeel staat hierboven. {' '.join(said)}" if len(said) > 1 else ""


def completeness_sentence(agencies: Sequence[AgencyPart]) -> str:
    """Who answered, and that it is incomplete when somebody did not; empty where nobody was asked."""
    silent = [agency.short_name for agency in agencies if agency.status == "geen-reactie"]
    asked, answered = len(agencies), len(agencies) - len(silent)
    if not asked:
        return ""
    if not silent:
        if asked == 1:
            return f"De gevraagde organisatie, {agencies[0].short_name}, heeft gereageerd. Het overzicht is volledig."
        return f"Alle {_number(asked)} gevraagde organisaties hebben gereageerd. Het overzicht is volledig."
    if asked == 1:
        return f"De gevraagde organisatie, {silent[0]}, heeft niet gereageerd. Het overzicht is onvolledig."
    if not answered:
        return f"Geen van de {_number(asked)} gevraagde organisaties heeft gereageerd. Het overzicht is onvolledig."
    have = "heeft" if answered == 1 else "hebben"
    return (
        f"{_number(answered).capitalize()} van de {_number(asked)} gevraagde organisaties {have} gereageerd. "
        f"Niet gereageerd: {dutch.listed(silent)}. Het overzicht is onvolledig."
    )


def in_time_sentence(summary: ImpactSummary) -> str:
    """Whether Parliament could read it before the vote."""
    published = f"Gepubliceerd op {dutch.long_moment(summary.published_at)}"
    if summary.vote is None:
        return f"{published}. Er is nog geen moment van stemming bekend."
    before = "vóór" if summary.before_vote else "na"
    return f"{published}, {before} de stemming van {dutch.long_moment(summary.vote)}."


def silence_sentence(agency: AgencyPart) -> str:
    closed = f" Reden om de ronde af te ronden: {_ended(agency.closed_because)}" if agency.closed_because else ""
    return f"Geen reactie ontvangen van {agency.short_name}. {SILENCE}{closed}"


CONTRADICTIONS = {
    "uitvoerbaar-met-ingrijpend-gevolg": "De organisatie noemt het uitvoerbaar, maar ten minste één gevolg is ingrijpend.",
    "uitvoerbaar-maar-later": "De organisatie noemt het uitvoerbaar, maar niet op de datum in de tekst.",
    "later-zonder-datum": "De organisatie zegt dat het pas later kan, maar noemt geen datum.",
    "it-zonder-kosten": "De organisatie verwacht veel werk aan systemen, maar noemt geen kosten.",
    "personeel-zonder-fte": "De organisatie heeft extra mensen nodig, maar noemt geen aantal.",
    "niet-uitvoerbaar-zonder-zwaar-gevolg": (
        "De organisatie noemt het niet uitvoerbaar, maar noemt geen middelgroot of ingrijpend gevolg."
    ),
    "niet-uitvoerbaar-zonder-alternatief": "De organisatie noemt geen aanpassing waarmee het wel kan.",
    "zwaar-zonder-toelichting": "Een middelgroot of ingrijpend gevolg is niet toegelicht.",
}
"""A warning to those who signed, as a reader should know it: code -> sentence."""


def contradiction_sentence(code: str) -> str:
    """A publication can be older than this table: then it says no more than that there is something."""
    return CONTRADICTIONS.get(code, "Sommige antwoorden van de organisatie passen niet goed bij elkaar.")


def against_intended(intended: date | None, feasible: date) -> str:
    """How a date stands to the date asked for; empty where no date was asked for."""
    return dutch.months_later(intended, feasible) if intended is not None else ""


def intended_sentence(summary: ImpactSummary) -> str:
    """When it is to be in force; empty for documents from before this was read."""
    asked, read = summary.introduction.intended, summary.introduction.intended_by
    if asked is not None or read is not None:
        return asked_day(read.kind if read else "datum", asked)
    return "De tekst zegt niet wanneer het moet ingaan." if summary.signing is not None else ""


def asked_day(kind: str, day: date | None) -> str:
    return f"Het amendement vraagt invoering op {dutch.day(day)}." if day is not None else _WITHOUT_A_DAY[kind]


_WITHOUT_A_DAY = {
    "datum": "",
    "koninklijk-besluit": "Er staat nog geen datum vast: die wordt bij koninklijk besluit bepaald.",
    "na-publicatie": "Er staat nog geen datum vast: het gaat in na publicatie in het Staatsblad.",
}


def intended_source(summary: ImpactSummary) -> str:
    """Where that was read, with the words."""
    read = summary.introduction.intended_by
    if read is None:
        return ""
    return asked_source(read.source, read.quote, several=read.several)


def asked_source(source: str, quote: str, *, several: bool) -> str:
    more = " Op die plek staan ook andere data." if several else ""
    return f"{labels.INTENDED_SOURCES[source].label}: “{quote}”.{more}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
