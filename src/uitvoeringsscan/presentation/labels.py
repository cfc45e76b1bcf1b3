"""Every Dutch word for a code, in one place. A table per kind of code: code -> Label; the codes are those on the wire.

`label` stands alone ("Geen reactie ontvangen"), `short` fits in a table cell or within a sentence ("geen reactie"), and
`explanation` is one sentence at level B1. A code that is missing here is a fault that the tests find, never a raw code on
a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from uitvoeringsscan.amendments.amendment import Source
from uitvoeringsscan.assessments.assessment import AssessmentState, Outcome
from uitvoeringsscan.people.people import Role
from uitvoeringsscan.routing.routing import Advice
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scoring.score import Dimension, Level, Verdict


@dataclass(frozen=True, slots=True)
class Label:
    label: str
    short: str
    explanation: str


def _table(entries: Mapping[str, Label]) -> Mapping[str, Label]:
    """Keys as plain text, so that a template may ask with the enum or with the code of a published document."""
    return MappingProxyType({str(code): words for code, words in entries.items()})


SCAN_STATES = _table({
    ScanState.DRAFT: Label(
        "Concept", "concept",
        "De indiener werkt nog aan de tekst. Er is nog niets gevraagd."),
    ScanState.SUBMITTED: Label(
        "Ingediend", "ingediend",
        "De tekst is binnen. De coördinator bekijkt welke organisaties gevolgen hebben."),
    ScanState.IN_ASSESSMENT: Label(
        "In behandeling", "in behandeling",
        "De organisaties beantwoorden de vragen over de gevolgen voor hun werk."),
    ScanState.ASSESSED: Label(
        "Beoordeeld", "beoordeeld",
        "De vragenronde is klaar. De coördinator kan de scan publiceren."),
    ScanState.PUBLISHED: Label(
        "Gepubliceerd", "gepubliceerd",
        "Iedereen kan de samenvatting lezen."),
    ScanState.WITHDRAWN: Label(
        "Ingetrokken", "ingetrokken",
        "De scan is gestopt, omdat het amendement of de vraag is ingetrokken."),
    ScanState.REPLACED: Label(
        "Vervangen", "vervangen",
        "Er is een nieuwere versie van dit amendement, met een eigen scan."),
})  # fmt: skip

ASSESSMENT_STATUSES = _table({
    AssessmentState.OPEN: Label(
        "Nog niet geantwoord", "nog niet geantwoord",
        "De vragen staan uit. De organisatie heeft nog niet geantwoord."),
    AssessmentState.SUBMITTED: Label(
        "Wacht op vaststelling", "wacht op vaststelling",
        "De antwoorden zijn ingediend. Een tweede persoon van de organisatie moet ze nog vaststellen."),
    AssessmentState.APPROVED: Label(
        "Vastgesteld", "vastgesteld",
        "Twee personen van de organisatie staan voor deze antwoorden."),
    Outcome.NO_IMPACT: Label(
        "Geen gevolgen", "geen gevolgen",
        "De organisatie zegt zelf dat het amendement geen gevolgen heeft voor haar werk."),
    Outcome.NOT_OURS: Label(
        "Niet van toepassing", "niet van toepassing",
        "De organisatie zegt dat dit niet haar taak is."),
    AssessmentState.LAPSED: Label(
        "Geen reactie ontvangen", "geen reactie",
        "De organisatie heeft niet op tijd geantwoord. Dat betekent niet dat er geen gevolgen zijn."),
})  # fmt: skip

DIMENSIONS = _table({
    Dimension.IT_SYSTEMS: Label(
        "IT-systemen", "IT",
        "Wat er moet veranderen aan systemen, regels in systemen en brieven."),
    Dimension.DATA_EXCHANGE: Label(
        "Gegevensuitwisseling", "Gegevens",
        "Welke gegevens organisaties anders of extra met elkaar moeten delen."),
    Dimension.STAFF: Label(
        "Personeel", "Personeel",
        "Of er meer of andere mensen nodig zijn, en of die er zijn."),
    Dimension.TIMELINE: Label(
        "Tijdlijn", "Tijdlijn",
        "Of het kan op de datum die in het amendement staat."),
})  # fmt: skip

LEVELS: Mapping[int, Label] = MappingProxyType({
    Level.NONE: Label("Geen", "geen", "Er verandert niets in het werk."),
    Level.LIMITED: Label("Beperkt", "beperkt", "De aanpassing past in het gewone werk."),
    Level.MEDIUM: Label("Middelgroot", "middelgroot", "De aanpassing kost extra tijd, mensen of geld."),
    Level.MAJOR: Label("Ingrijpend", "ingrijpend", "De aanpassing vraagt een groot project, of het kan zo niet."),
})  # fmt: skip

LEVEL_UNKNOWN = Label(
    "Onbekend", "onbekend",
    "De organisatie kan de zwaarte nog niet zeggen. Onbekend is niet hetzelfde als geen.",
)  # fmt: skip

VERDICTS = _table({
    Verdict.FEASIBLE: Label(
        "Uitvoerbaar", "uitvoerbaar",
        "De organisatie kan dit uitvoeren zoals het er staat."),
    Verdict.FEASIBLE_IF: Label(
        "Uitvoerbaar, mits", "uitvoerbaar, mits",
        "De organisatie kan dit uitvoeren, maar alleen onder voorwaarden."),
    Verdict.NOT_YET_ASSESSABLE: Label(
        "Nog niet te beoordelen", "nog niet te beoordelen",
        "De organisatie weet nog niet genoeg om te zeggen of het kan."),
    Verdict.NOT_FEASIBLE: Label(
        "Niet uitvoerbaar", "niet uitvoerbaar",
        "De organisatie kan dit niet uitvoeren zoals het er staat."),
})  # fmt: skip

VERDICT_UNKNOWN = Label("Geen oordeel", "geen oordeel", "Geen enkele organisatie heeft een oordeel gegeven.")

ROLES = _table({
    Role.SUBMITTER: Label(
        "Indiener", "indiener",
        "Dient een amendement in en volgt de eigen scans."),
    Role.RESPONDENT: Label(
        "Behandelaar", "behandelaar",
        "Beantwoordt de vragen namens een organisatie."),
    Role.APPROVER: Label(
        "Vaststeller", "vaststeller",
        "Kijkt de antwoorden van een collega na en stelt ze vast."),
    Role.COORDINATOR: Label(
        "Coördinator", "coördinator",
        "Zet vragen uit, bewaakt de tijd en publiceert."),
    Role.READER: Label(
        "Lezer", "lezer",
        "Leest mee met alles wat niet vertrouwelijk is."),
    Role.ADMIN: Label(
        "Beheerder", "beheerder",
        "Beheert mensen en sleutels, en ziet geen inhoud."),
})  # fmt: skip

SOURCES = _table({
    Source.TITLE: Label("Titel", "titel", "Dit staat in de titel van het amendement."),
    Source.INSTRUCTION: Label("Wijziging", "wijziging", "Dit staat in de wijzigingen die het amendement voorstelt."),
    Source.NOTE: Label("Toelichting", "toelichting", "Dit staat in de toelichting op het amendement."),
    Source.BILL: Label("Wetsvoorstel", "wetsvoorstel", "Dit volgt uit het wetsvoorstel dat het amendement wijzigt."),
})  # fmt: skip

ADVICES = _table({
    Advice.ASK: Label("Uitvragen", "uitvragen", "De tekst geeft genoeg reden om deze organisatie te vragen."),
    Advice.CONSIDER: Label("Overwegen", "overwegen", "De tekst geeft een aanwijzing. De coördinator beslist."),
})  # fmt: skip


def level_label(level: int | None, *, at_least: bool = False) -> str:
    """The word of a level within a sentence: "ingrijpend", "ten minste beperkt", "onbekend"."""
    if level is None:
        return LEVEL_UNKNOWN.short
    word = LEVELS[level].short
    return f"ten minste {word}" if at_least and level < Level.MAJOR else word


PROBLEMS = _table({
    "ongeldige-invoer": Label(
        "Ongeldige invoer", "ongeldig",
        "Er klopt iets niet in wat u stuurde. In `fouten` staat per plek wat er mis is."),
    "niet-aangemeld": Label(
        "Niet aangemeld", "niet aangemeld",
        "Stuur een geldige sleutel mee in de header Authorization (Bearer)."),
    "aanmelding-geweigerd": Label(
        "Aanmelding geweigerd", "geweigerd", "Het aanmelden is niet gelukt. Probeer het opnieuw, of vraag uw beheerder."),
    "niet-toegestaan": Label("Niet toegestaan", "niet toegestaan", "U mag dit zien, maar uw rol mag deze handeling niet doen."),
    "vier-ogen": Label("Vier ogen", "vier ogen", "Wie een uitvraag indient, mag haar niet zelf vaststellen."),
    "niet-gevonden": Label(
        "Niet gevonden", "niet gevonden",
        "Het bestaat niet, of u mag het niet inzien. Dat verschil maken we niet."),
    "verkeerde-status": Label(
        "Verkeerde status", "verkeerde status",
        "Deze stap past niet bij waar de scan of de uitvraag nu staat."),
    "vertrouwelijk": Label(
        "Vertrouwelijk", "vertrouwelijk",
        "De scan is nog vertrouwelijk. De indiener moet het amendement eerst openbaar maken."),
    "intussen-gewijzigd": Label(
        "Intussen gewijzigd", "gewijzigd",
        "Iemand anders was eerder. Haal de nieuwe versie op en stuur die ETag mee in If-Match."),
    "versie-ontbreekt": Label(
        "Versie ontbreekt", "versie ontbreekt",
        "Zeg in If-Match welke versie u hebt gezien: de ETag van het antwoord, of een sterretje."),
    "sleutel-hergebruikt": Label(
        "Sleutel al gebruikt", "sleutel",
        "Deze Idempotency-Key hoort bij een ander verzoek. Kies een nieuwe."),
    "te-groot": Label("Te groot", "te groot", "Het verzoek is groter dan we aannemen."),
    "geen-json": Label("Geen JSON", "geen JSON", "Stuur JSON, met de header Content-Type: application/json."),
})  # fmt: skip
"""What the API answers when something is wrong; the page /uitleg/fouten is made from this table."""

EVENTS = _table({
    "ScanDrafted": Label("Concept bewaard", "concept", "De indiener bewaarde de tekst en kijkt die nog na."),
    "ScanSubmitted": Label("Ingediend", "ingediend", "Het amendement kwam binnen en is gelezen."),
    "ScanRouted": Label("Organisaties gevraagd", "gevraagd", "De coördinator bevestigde wie er gevraagd is."),
    "ScanRerouted": Label(
        "Voorstel opnieuw gemaakt", "voorstel",
        "Er kwam een nieuwe tekst van het wetsvoorstel. Daarmee is opnieuw bekeken wie er gevraagd wordt."),
    "BillAdded": Label("Wetsvoorstel toegevoegd", "wetsvoorstel", "Iemand bewaarde een tekst van het wetsvoorstel."),
    "AnswersSaved": Label("Antwoorden bewaard", "bewaard", "Een organisatie bewaarde antwoorden."),
    "HandedIn": Label("Antwoord ingediend", "ingediend", "Een organisatie diende haar antwoord in."),
    "Approved": Label("Antwoord vastgesteld", "vastgesteld", "Een tweede persoon stelde het antwoord vast."),
    "SentBack": Label("Teruggestuurd", "teruggestuurd", "Het antwoord ging terug naar de organisatie."),
    "Lapsed": Label("Geen reactie", "geen reactie", "De ronde sloot zonder vastgesteld antwoord."),
    "DeadlineMoved": Label("Termijn verzet", "termijn", "Een organisatie kreeg een andere uiterste datum."),
    "Reopened": Label("Heropend", "heropend", "De coördinator opende het antwoord van een organisatie opnieuw."),
    "Commented": Label("Opmerking geplaatst", "opmerking", "Een collega schreef iets bij een antwoord."),
    "CommentClosed": Label("Opmerking opgelost", "opgelost", "Een opmerking bij een antwoord is klaar."),
    "CommentReopened": Label("Opmerking weer open", "opmerking", "Een opmerking bij een antwoord is toch niet klaar."),
    "TaskGiven": Label("Toegewezen", "toegewezen", "Een onderdeel kwam bij een collega te liggen, of ging daar weg."),
    "AnswersCopied": Label("Antwoorden overgenomen", "overgenomen", "Iemand nam antwoorden over uit een eerdere scan."),
    "CopiesConfirmed": Label("Overgenomen antwoorden bevestigd", "bevestigd", "Iemand keek overgenomen antwoorden na."),
    "UnitCostSet": Label("Kengetal veranderd", "kengetal", "Een organisatie veranderde een standaardprijs."),
    "BillTestAdded": Label(
        "Uitvoeringstoets toegevoegd", "toets", "Bij het wetsvoorstel is een uitvoeringstoets van een organisatie bewaard."),
    "ScanAssessed": Label("Ronde klaar", "klaar", "Op niemand wordt meer gewacht."),
    "ScanPublished": Label("Gepubliceerd", "gepubliceerd", "De samenvatting is openbaar."),
    "CorrectionStarted": Label("Correctie begonnen", "correctie", "Er komt een nieuwe versie van de publicatie."),
    "ScanWithdrawn": Label("Ingetrokken", "ingetrokken", "De scan is gestopt."),
    "ScanReplaced": Label("Vervangen", "vervangen", "Er kwam een nieuwere versie van het amendement."),
    "ScanDisclosed": Label("Openbaar gemaakt", "openbaar", "De indiener maakte het amendement openbaar."),
    "VoteMoved": Label("Stemming verzet", "stemming", "Het moment van de stemming veranderde."),
    "PersonAdded": Label("Persoon toegevoegd", "persoon", "Iemand werd bekend gemaakt."),
    "PersonChanged": Label("Persoon gewijzigd", "persoon", "Iemand kreeg een andere rol of organisatie, of ging weg."),
    "ScansHandedOver": Label("Scans overgedragen", "overgedragen", "De scans van iemand gingen naar een collega."),
    "PersonErased": Label("Persoon gewist", "persoon", "De gegevens van iemand zijn gewist."),
    "ClientRotated": Label("Sleutel vervangen", "client", "Een machine kreeg een nieuwe sleutel; de oude werkt niet meer."),
    "SessionsEnded": Label("Sessie beëindigd", "uitgelogd", "Iemand logde op afstand uit."),
    "ScanSeen": Label("Vertrouwelijke scan bekeken", "bekeken", "Iemand bekeek een scan die nog niet openbaar is."),
    "ClientAdded": Label("Client toegevoegd", "client", "Een machine kreeg een sleutel."),
    "ClientRevoked": Label("Client ingetrokken", "client", "De sleutel van een machine is ingetrokken."),
    "SigningKeyMade": Label("Sleutel gemaakt", "sleutel", "Nieuwe publicaties worden met een nieuwe sleutel ondertekend."),
    "SignedIn": Label("Ingelogd", "ingelogd", "Iemand logde in."),
    "SignedOut": Label("Uitgelogd", "uitgelogd", "Iemand logde uit."),
})  # fmt: skip
"""What happened, by the name of the event's class."""
