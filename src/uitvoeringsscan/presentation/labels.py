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
from uitvoeringsscan.notices.cloud_events import TEST, TYPES
from uitvoeringsscan.notices.kinds import Kind
from uitvoeringsscan.notices.letter import MailState
from uitvoeringsscan.notices.receivers import DeliveryState, PausedBecause, ReceiverState
from uitvoeringsscan.parliament.anomalies import AnomalyKind
from uitvoeringsscan.parliament.feed import Category
from uitvoeringsscan.parliament.proposals import ProposalState
from uitvoeringsscan.people.people import Role, Scope
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

SCOPES = _table(
    {
        Scope.READ: Label("Lezen", "lezen", "Ziet wat de rol mag zien, en verandert niets."),
        Scope.SUBMIT: Label("Indienen", "indienen", "Dient amendementen in, trekt ze in en maakt ze openbaar."),
        Scope.ANSWER: Label("Beantwoorden", "beantwoorden", "Beantwoordt vragen, dient ze in en stelt ze vast."),
        Scope.COORDINATE: Label("Coördineren", "coördineren", "Zet vragen uit, rondt af en publiceert."),
        Scope.MANAGE: Label("Beheren", "beheren", "Beheert mensen, sleutels en ontvangers."),
    }
)

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
    Role.AGENCY_ADMIN: Label(
        "Organisatiebeheerder", "organisatiebeheerder",
        "Beheert wie er namens een organisatie meedoet, en geeft zelf geen antwoorden."),
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
        "Inloggen geweigerd", "geweigerd", "Het inloggen is niet gelukt. Probeer het opnieuw, of vraag uw beheerder."),
    "niet-toegestaan": Label(
        "Niet toegestaan", "niet toegestaan",
        "U mag dit zien, maar uw rol mag deze handeling niet doen."),
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
    "te-veel-verzoeken": Label(
        "Te veel verzoeken", "te veel",
        "Wacht zoveel seconden als er in de header Retry-After staat, en probeer het dan opnieuw."),
})  # fmt: skip
"""What the API answers when something is wrong; the pages under /uitleg/fouten are made from this table."""

WORK = _table({
    "announce": Label("Gebeurtenis melden", "melden", "Uitzoeken wie van een gebeurtenis moet horen."),
    "mail": Label("Mail versturen", "mail", "Eén mail aan één persoon."),
    "webhook": Label("Bericht aan ander systeem", "bericht", "Eén gebeurtenis naar één ontvanger."),
    "number-events": Label("Gebeurtenissen nummeren", "nummeren", "Gebeurtenissen van een oudere versie alsnog melden."),
    "gather-mail": Label("Mail klaarzetten", "mail", "Nieuws verzamelen tot één mail per persoon."),
    "mail-due": Label("Mail opnieuw versturen", "mail", "Mail die nog moet of opnieuw moet."),
    "webhooks-due": Label("Berichten opnieuw versturen", "bericht", "Berichten aan andere systemen die nog moeten."),
    "parliament": Label("Tweede Kamer volgen", "volgen", "Nieuwe amendementen en stemmingen ophalen bij de Tweede Kamer."),
    "forget-absences": Label("Oude afwezigheid opruimen", "opruimen", "Afwezigheid die voorbij is, gaat weg."),
    "look-back": Label("Terugkijken", "terugkijken", "Na de invoering vragen hoe het echt ging."),
    "remind": Label("Herinneren", "herinneren", "Wie nog moet antwoorden, op tijd herinneren."),
    "retention": Label("Opruimen", "opruimen", "Wat lang genoeg bewaard is, gaat weg."),
    "forget-work": Label("Gedaan werk opruimen", "opruimen", "Werk dat lang geleden gedaan is, gaat weg."),
})  # fmt: skip
"""Work on the background: the kinds of `jobs.kinds` and the sweeps of `jobs.sweeps`, by name."""


def work_kind(kind: str, key: str) -> str:
    """What a piece of work is, in words; a sweep is named by its key."""
    name = key if kind == "sweep" else kind
    return WORK[name].label if name in WORK else name


INPUT_FAULTS = _table({
    "verplicht": Label("Verplicht", "verplicht", "Hier ontbreekt iets. Vul het in."),
    "onbekend-veld": Label("Onbekend veld", "onbekend", "Dit veld kennen we niet. Kijk of de naam goed geschreven is."),
    "onbekende-code": Label("Onbekende code", "onbekend", "Deze code staat niet in de lijst van codes voor dit veld."),
    "onbekende-vraag": Label("Onbekende vraag", "onbekend", "Deze vraag staat niet in de vragenlijst van deze uitvraag."),
    "onbekende-optie": Label(
        "Onbekend antwoord", "onbekend",
        "Dit antwoord kan niet bij deze vraag. De melding noemt wat wel kan."),
    "onbekende-organisatie": Label(
        "Onbekende organisatie", "onbekend", "Deze code staat niet bij `/organisaties`, of hoort niet bij deze scan."),
    "onbekende-collega": Label("Onbekende collega", "onbekend", "Deze persoon werkt niet bij uw organisatie."),
    "onbekende-opmerking": Label("Onbekende opmerking", "onbekend", "Deze opmerking is er niet (meer)."),
    "onbekende-rol": Label("Onbekende rol", "onbekend", "Deze rol bestaat niet, of kan hier niet gegeven worden."),
    "past-niet-samen": Label("Past niet samen", "past niet", "Deze rollen kan één persoon niet tegelijk hebben."),
    "tegenstrijdig": Label("Tegenstrijdig", "tegenstrijdig", "Twee antwoorden spreken elkaar tegen. Kies er één."),
    "verkeerde-volgorde": Label("Verkeerde volgorde", "volgorde", "De laatste dag ligt voor de eerste."),
    "onbekend-onderdeel": Label("Onbekend onderdeel", "onbekend", "Dit onderdeel staat niet in de vragenlijst."),
    "onbekende-gebeurtenis": Label("Onbekende gebeurtenis", "onbekend", "Deze soort gebeurtenis bestaat niet."),
    "niet-gevraagd": Label(
        "Niet gevraagd", "niet gevraagd",
        "Dit hoort er niet bij. Een antwoord kan alleen als de vraag door uw andere antwoorden te zien is."),
    "niet-aangeboden": Label("Niet aangeboden", "niet aangeboden", "Dit eerdere antwoord kunt u hier niet overnemen."),
    "niet-overgenomen": Label(
        "Niet overgenomen", "niet overgenomen",
        "Er is bij deze vraag geen overgenomen antwoord om te bevestigen."),
    "niet-stil": Label("Wel gereageerd", "wel gereageerd", "Een reden hoort alleen bij een organisatie die niet reageerde."),
    "bestaat-al": Label("Bestaat al", "bestaat al", "Dit is er al. Kies iets anders, of gebruik wat er is."),
    "buiten-bereik": Label(
        "Buiten bereik", "buiten bereik",
        "Dit getal is te klein of te groot. De melding noemt de grenzen."),
    "te-klein": Label("Te klein", "te klein", "Dit getal is kleiner dan hier kan."),
    "te-groot": Label("Te groot", "te groot", "Dit getal is groter dan hier kan."),
    "te-kort": Label("Te kort", "te kort", "Deze tekst is te kort."),
    "te-lang": Label("Te lang", "te lang", "Deze tekst is te lang. De melding noemt hoeveel tekens er passen."),
    "te-veel": Label("Te veel", "te veel", "Dit zijn er te veel. De melding noemt hoeveel er kunnen."),
    "te-veel-decimalen": Label(
        "Te veel decimalen", "decimalen",
        "Schrijf fte met één cijfer achter de komma, bedragen in hele euro's."),
    "laag-boven-hoog": Label("Laag boven hoog", "omgedraaid", "De laagste waarde is hoger dan de hoogste. Draai ze om."),
    "verkeerde-soort": Label("Verkeerde soort", "soort", "Hier hoort een andere soort waarde, zoals een getal of een lijst."),
    "verkeerde-vorm": Label(
        "Verkeerde vorm", "vorm",
        "Dit heeft niet de vorm die we verwachten. De melding geeft een voorbeeld."),
    "verkeerde-rol": Label("Verkeerde rol", "rol", "Deze persoon heeft niet de rol die hiervoor nodig is."),
    "ongeldige-datum": Label("Ongeldige datum", "datum", "Schrijf een dag als 2026-12-08, een moment met de tijdzone erbij."),
    "zonder-tijdzone": Label("Zonder tijdzone", "tijdzone", "Zet de tijdzone bij het moment, zoals +01:00 of Z."),
    "in-het-verleden": Label("In het verleden", "voorbij", "Dit moment is al geweest. Kies een later moment."),
    "in-de-toekomst": Label("In de toekomst", "nog niet", "Dit moment moet nog komen. Kies een moment dat al geweest is."),
    "ongeldige-tekens": Label("Ongeldige tekens", "tekens", "Er staat een teken in dat niet kan. Haal het weg."),
    "ongeldig-bedrag": Label("Ongeldig bedrag", "bedrag", "Schrijf het bedrag in hele euro's."),
    "ongeldig-jaar": Label("Ongeldig jaar", "jaar", "Schrijf het jaar in vier cijfers."),
    "geen-json": Label("Geen JSON", "geen JSON", "Dit is geen geldige JSON. Kijk naar aanhalingstekens, komma's en haakjes."),
    "geen-tekst": Label("Geen tekst", "geen tekst", "In wat u stuurde staat geen tekst."),
    "geen-artikelen": Label(
        "Geen artikelen", "geen artikelen",
        "In deze tekst vonden we geen artikelen van een wetsvoorstel."),
})  # fmt: skip
"""The codes in `fouten`, one for each thing that is wrong. What is wrong in this very case stands in `melding`."""

NOTICES = _table({
    Kind.ASKED: Label(
        "Uw organisatie is gevraagd om te reageren.", "vragen voor uw organisatie",
        "Uw organisatie krijgt vragen over een amendement"),
    Kind.SENT_BACK: Label(
        "Uw antwoord is teruggestuurd, met opmerkingen.", "antwoord teruggestuurd", "Een antwoord is teruggestuurd"),
    Kind.REOPENED: Label(
        "De coördinator heeft uw antwoord weer opengezet.", "antwoord weer open", "Een antwoord staat weer open"),
    Kind.DEADLINE_MOVED: Label(
        "U hebt een andere termijn gekregen.", "andere termijn", "Een termijn verandert"),
    Kind.VOTE_MOVED: Label(
        "De stemming is verzet. Kijk wanneer u nu klaar moet zijn.", "stemming verzet", "Een stemming wordt verzet"),
    Kind.REMINDED: Label(
        "Er is nog geen antwoord van uw organisatie.", "nog geen antwoord", "Een antwoord is bijna nodig"),
    Kind.ESCALATED: Label(
        "De tijd is bijna om. Kunt u dit overnemen?", "dringend: nog geen antwoord", "Iets dringends moet worden overgenomen"),
    Kind.TO_APPROVE: Label(
        "Een collega heeft antwoorden ingediend. Kijk ze na en stel ze vast.", "antwoord vaststellen",
        "Er ligt een antwoord om vast te stellen"),
    Kind.TASK: Label(
        "Een collega vraagt u om een deel van de vragen te beantwoorden.", "een deel van de vragen voor u",
        "Een collega legt vragen bij mij"),
    Kind.COMMENT: Label(
        "Een collega schreef een opmerking bij een vraag.", "opmerking van een collega", "Een collega schrijft een opmerking"),
    Kind.LAPSED: Label(
        "De ronde is gesloten. Uw organisatie staat erbij als: geen reactie ontvangen.", "ronde gesloten",
        "De ronde is gesloten zonder antwoord van ons"),
    Kind.SUBMITTED: Label(
        "Er is een amendement ingediend. Bekijk wie u wilt vragen.", "nieuw ingediend", "Er is een amendement ingediend"),
    Kind.NOT_OURS: Label(
        "Een organisatie zegt dat dit niet haar taak is. Bekijk wie u in plaats daarvan wilt vragen.",
        "niet de juiste organisatie", "Een organisatie zegt dat iets niet haar taak is"),
    Kind.ALL_IN: Label(
        "Alle antwoorden zijn binnen. U kunt de samenvatting nakijken en publiceren.", "alle antwoorden binnen",
        "Alle antwoorden zijn binnen"),
    Kind.DISCLOSED: Label(
        "De scan is openbaar gemaakt. Publiceren kan nu.", "openbaar gemaakt", "Een vertrouwelijke scan wordt openbaar"),
    Kind.REROUTED: Label(
        "Er is een nieuwe tekst van het wetsvoorstel. Het voorstel wie er gevraagd wordt, is opnieuw gemaakt.",
        "nieuw voorstel wie er gevraagd wordt", "Er komt een nieuw voorstel wie er gevraagd wordt"),
    Kind.CONFIRMED: Label(
        "De organisaties zijn gevraagd. U kunt volgen wie er geantwoord heeft.", "organisaties gevraagd",
        "De organisaties voor mijn amendement zijn gevraagd"),
    Kind.PUBLISHED: Label("De samenvatting is openbaar.", "gepubliceerd", "Een samenvatting wordt gepubliceerd"),
    Kind.REACTION: Label(
        "De indiener reageerde op de samenvatting. De reactie is openbaar.", "reactie van de indiener",
        "De indiener reageert op een samenvatting"),
    Kind.CORRECTING: Label(
        "De publicatie wordt verbeterd. Er komt een nieuwe versie.", "publicatie wordt verbeterd",
        "Een publicatie wordt verbeterd"),
    Kind.WITHDRAWN: Label(
        "De scan is ingetrokken. U hoeft niets meer te doen.", "ingetrokken", "Een scan wordt ingetrokken"),
    Kind.REPLACED: Label(
        "Er is een nieuwere versie van het amendement. Deze scan stopt.", "vervangen door een nieuwere versie",
        "Een amendement wordt vervangen"),
    Kind.OUTCOME: Label(
        "Bekend is wat de Kamer met het amendement deed.", "uitslag bekend", "De uitslag van een stemming is bekend"),
    Kind.LOOK_BACK: Label(
        "Wij vragen of de schatting van uw organisatie klopte.", "klopte de schatting?",
        "Uw organisatie wordt om een terugblik gevraagd"),
    Kind.LOOK_BACK_TO_APPROVE: Label(
        "Een collega heeft een terugblik ingediend. Kijk die na en stel haar vast.", "terugblik vaststellen",
        "Er ligt een terugblik om vast te stellen"),
    Kind.LOOK_BACK_SENT_BACK: Label(
        "Uw terugblik is teruggestuurd, met opmerkingen.", "terugblik teruggestuurd", "Een terugblik is teruggestuurd"),
    Kind.PROPOSED: Label(
        "De Kamer heeft nieuwe amendementen. Bekijk of er een scan moet komen.", "nieuwe amendementen uit de Kamer",
        "Er zijn nieuwe amendementen uit de Kamer"),
    Kind.RECEIVER_PAUSED: Label(
        "Een systeem dat onze gebeurtenissen ontvangt, is gepauzeerd.", "ontvanger gepauzeerd",
        "Een ontvanger van gebeurtenissen is gepauzeerd"),
})  # fmt: skip
"""What somebody is told: the sentence in the mail, the end of its subject, and the line to turn it on or off by. These words
go out before anything is public, so they say nothing about what is in a scan."""

NOTICE_MOMENTS = _table({
    Kind.CONFIRMED: Label("De uitkomst is er uiterlijk", "uitkomst uiterlijk", "De belofte aan de indiener."),
    Kind.VOTE_MOVED: Label("De stemming is nu", "stemming", "Het nieuwe moment van de stemming."),
    Kind.SUBMITTED: Label("De stemming is", "stemming", "Het moment van de stemming."),
    Kind.ALL_IN: Label("De stemming is", "stemming", "Het moment van de stemming."),
})  # fmt: skip
"""What the moment that goes with a notice is; for all others: until when to answer."""

MAIL_STATES = _table({
    MailState.WAITING: Label("Onderweg", "onderweg", "De mail wordt zo verstuurd, of nog eens geprobeerd."),
    MailState.SENT: Label("Verstuurd", "verstuurd", "De mailserver heeft de mail aangenomen."),
    MailState.REFUSED: Label("Geweigerd", "geweigerd", "De ontvangende kant neemt voor dit adres geen mail aan."),
    MailState.FAILED: Label("Mislukt", "mislukt", "De mail kon een dag lang niet weg, of kwam terug."),
    MailState.DROPPED: Label(
        "Niet verstuurd", "niet verstuurd",
        "Het account is gesloten, of het adres werd eerder geweigerd."),
})  # fmt: skip

RECEIVER_STATES = _table({
    ReceiverState.ACTIVE: Label("Actief", "actief", "Gebeurtenissen gaan er meteen heen."),
    ReceiverState.PAUSED: Label(
        "Gepauzeerd", "gepauzeerd",
        "Er gaat niets heen. Wat er gebeurt, wordt bewaard tot u hervat."),
    ReceiverState.REMOVED: Label("Verwijderd", "verwijderd", "Er gaat niets meer heen."),
})  # fmt: skip

PAUSED_BECAUSE = _table({
    PausedBecause.BY_HAND: Label("Met de hand gepauzeerd", "met de hand", "Iemand heeft dit gepauzeerd."),
    PausedBecause.DOWN: Label(
        "Een dag lang onbereikbaar", "onbereikbaar", "Er kwam een dag lang geen goed antwoord."),
    PausedBecause.GONE: Label(
        "Opgezegd door de ontvanger", "opgezegd", "De ontvanger antwoordde dat dit adres niet meer bestaat."),
})  # fmt: skip

DELIVERY_STATES = _table({
    DeliveryState.WAITING: Label("Wacht", "wacht", "Nog niet bezorgd; we proberen het vanzelf opnieuw."),
    DeliveryState.DELIVERED: Label("Bezorgd", "bezorgd", "De ontvanger heeft het aangenomen."),
    DeliveryState.FAILED: Label("Mislukt", "mislukt", "We proberen dit niet meer vanzelf. U kunt het opnieuw versturen."),
})  # fmt: skip

FAULTS = _table({
    "geen-adres": Label("Geen geldig webadres", "geen adres", "Het adres klopt niet."),
    "niet-versleuteld": Label("Niet versleuteld", "geen https", "Gebeurtenissen gaan alleen over https."),
    "niet-toegestaan": Label(
        "Afgesloten netwerk", "afgesloten netwerk",
        "Het adres ligt in een eigen of afgesloten netwerk."),
    "onbekende-naam": Label("Naam niet gevonden", "naam niet gevonden", "De naam in het adres is niet te vinden."),
    "geen-verbinding": Label("Geen verbinding", "geen verbinding", "De ontvanger neemt geen verbinding aan."),
    "certificaat": Label("Certificaat klopt niet", "certificaat", "Het certificaat van de ontvanger is niet te vertrouwen."),
    "te-langzaam": Label("Te langzaam", "te langzaam", "De ontvanger antwoordde niet binnen 10 seconden."),
    "verbroken": Label("Verbinding verbroken", "verbroken", "De verbinding brak af voor er een antwoord was."),
})  # fmt: skip
"""Why a webhook got no answer at all."""

EVENT_TYPES = _table({
    TYPES["ScanSubmitted"]: Label("Scan ingediend", "ingediend", "Er is een scan begonnen."),
    TYPES["ScanRouted"]: Label("Organisaties gevraagd", "gevraagd", "De coördinator vroeg organisaties om te reageren."),
    TYPES["VoteMoved"]: Label("Stemming verzet", "stemming", "De stemming kreeg een ander moment, of staat nog niet vast."),
    TYPES["ScanAssessed"]: Label("Ronde klaar", "klaar", "Op niemand wordt meer gewacht."),
    TYPES["ScanPublished"]: Label("Publicatie verschenen", "gepubliceerd", "Een samenvatting is openbaar."),
    TYPES["ReactionPublished"]: Label("Reactie verschenen", "reactie", "De indiener reageerde op een publicatie."),
    TYPES["CorrectionStarted"]: Label(
        "Rectificatie begonnen", "rectificatie",
        "Er komt een nieuwe versie van een publicatie."),
    TYPES["ScanDisclosed"]: Label("Scan openbaar gemaakt", "openbaar", "Een vertrouwelijke scan is openbaar geworden."),
    TYPES["ScanReplaced"]: Label("Scan vervangen", "vervangen", "Er is een nieuwere versie van het amendement."),
    TYPES["ScanWithdrawn"]: Label("Scan ingetrokken", "ingetrokken", "De scan is gestopt."),
    TYPES["OutcomeRecorded"]: Label("Uitslag vastgelegd", "uitslag", "Bekend is wat de Kamer met het amendement deed."),
    TEST: Label("Proef", "proef", "Een proefbericht, door iemand verstuurd."),
})  # fmt: skip
"""Events as machines get them, by their type."""

INTENDED_SOURCES = _table({
    "wijziging": Label("Dit staat in het amendement", "amendement", "De wijziging zelf noemt het."),
    "toelichting": Label("Dit staat in de toelichting van het amendement", "toelichting", "De toelichting noemt het."),
    "wetsvoorstel": Label("Dit staat in het wetsvoorstel", "wetsvoorstel", "Het amendement noemt het niet zelf."),
    "opgave": Label("Dit is opgegeven door de indiener of de coördinator", "opgave", "Het staat niet in de tekst."),
})  # fmt: skip
"""Where the intended date was read."""

OUTCOMES = _table({
    "overgenomen": Label("Overgenomen", "overgenomen", "Niemand had bezwaar: er is niet over gestemd."),
    "aangenomen": Label("Aangenomen", "aangenomen", "De Kamer nam het amendement aan."),
    "verworpen": Label("Verworpen", "verworpen", "De Kamer verwierp het amendement."),
    "ingetrokken": Label("Ingetrokken", "ingetrokken", "De indiener trok het amendement in."),
    "aangehouden": Label("Aangehouden", "aangehouden", "De stemming is uitgesteld."),
})  # fmt: skip
"""What the House did with an amendment."""

PROPOSALS = _table({
    ProposalState.SEEN: Label("Wordt gelezen", "wordt gelezen", "De Kamer meldt dit amendement. De gegevens komen nog."),
    ProposalState.NEW: Label("Nieuw", "nieuw", "U kunt een scan starten, of laten weten dat er geen scan komt."),
    ProposalState.STARTED: Label("Scan gestart", "gestart", "De coördinator startte een scan."),
    ProposalState.LINKED: Label("Scan was er al", "gekoppeld", "Over dit kamerstuk was al een scan. Die volgt nu de Kamer."),
    ProposalState.DISMISSED: Label("Geen scan", "geen scan", "De coördinator besloot dat er geen scan komt."),
    ProposalState.SUPERSEDED: Label("Vervangen", "vervangen", "Er kwam een ander amendement voor in de plaats."),
    ProposalState.OVER: Label("Al besloten", "al besloten", "De Kamer had al besloten voordat er een scan was."),
    ProposalState.GONE: Label("Verdwenen", "verdwenen", "De Kamer heeft dit amendement uit haar gegevens gehaald."),
})  # fmt: skip
"""Amendments from the House's data, and where they stand here."""

APPRAISALS = _table({
    "oordeel-kamer": Label("Oordeel Kamer", "oordeel Kamer", "Het kabinet laat het oordeel aan de Kamer."),
    "ontraden": Label("Ontraden", "ontraden", "Het kabinet raadt het amendement af."),
    "ontraden-tenzij-gewijzigd": Label(
        "Ontraden, tenzij gewijzigd", "ontraden, tenzij gewijzigd", "Het kabinet raadt het af zolang het niet verandert."),
    "overgenomen": Label("Overgenomen", "overgenomen", "Het kabinet neemt het amendement over."),
    "geen": Label("Geen uitgesproken oordeel", "geen uitgesproken oordeel", "Het kabinet sprak geen oordeel uit."),
})  # fmt: skip
"""What the cabinet said about an amendment. Its word, and of no agency."""

ANOMALIES = _table({
    AnomalyKind.UNKNOWN_PAPER: Label("Onbekende soort document", "onbekende soort document",
        "Bij deze zaak hoort een document van een soort die we niet kennen. Kijk op de site van de Kamer of het de tekst is."),
    AnomalyKind.UNKNOWN_STATUS: Label("Onbekende status van de stemming", "onbekende status",
        "We weten niet wat dit voor de stemming betekent. Kijk in de agenda van de Kamer en verzet de stemming zo nodig zelf."),
    AnomalyKind.UNKNOWN_DECISION: Label("Onbekend besluit", "onbekend besluit",
        "We weten niet wat dit besluit betekent. Kijk in de stemmingsuitslagen en leg de uitslag zelf vast bij de scan."),
    AnomalyKind.UNKNOWN_APPRAISAL: Label("Onbekend oordeel van het kabinet", "onbekend oordeel kabinet",
        "Dit oordeel kennen we niet. We laten het niet zien. U hoeft niets te doen."),
    AnomalyKind.NO_DOCUMENT: Label("Nog geen kamerstuk", "nog geen kamerstuk",
        "De Kamer meldt een amendement zonder tekst. Vaak komt die later. Duurt het te lang, dien het dan zelf in."),
    AnomalyKind.DOCUMENT_UNAVAILABLE: Label("Kamerstuk niet op te halen", "niet op te halen",
        "Het bestand is er niet, is te groot of komt niet heel over. We proberen het opnieuw. Bij haast: dien het zelf in."),
    AnomalyKind.UNREADABLE_TEXT: Label("Tekst niet te lezen", "tekst niet te lezen",
        "We kunnen de tekst niet uit het bestand halen. Open het kamerstuk op de site van de Kamer en dien de tekst zelf in."),
    AnomalyKind.NO_DOSSIER: Label("Geen dossiernummer", "geen dossiernummer",
        "We weten niet bij welk wetsvoorstel dit hoort. Zoek het op en dien het amendement zelf in."),
    AnomalyKind.NO_NUMBER: Label("Nog geen ondernummer", "nog geen ondernummer",
        "Het kamerstuk heeft nog geen nummer. Wacht daarop, of start de scan zonder nummer."),
    AnomalyKind.DOSSIER_MISMATCH: Label("Twee dossiernummers", "twee dossiernummers",
        "De gegevens en de tekst noemen een ander dossier. Kijk welk klopt voordat u de scan start."),
    AnomalyKind.DUPLICATE_NUMBER: Label("Nummer komt dubbel voor", "nummer dubbel",
        "Twee zaken van de Kamer hebben hetzelfde kamerstuknummer. Start er één, en wijs de andere af."),
    AnomalyKind.SEVERAL_REPLACED: Label("Vervangt meer dan één amendement", "vervangt er meer",
        "De scan volgt op één eerdere scan. Kijk bij de andere zelf of die moet stoppen."),
    AnomalyKind.REPLACES_DIFFERS: Label("Onduidelijk wat het vervangt", "onduidelijk wat het vervangt",
        "De gegevens noemen een ander nummer dan de tekst. We volgen de gegevens. Kijk of dat klopt."),
    AnomalyKind.VANISHED: Label("Verdwenen bij de Kamer", "verdwenen",
        "De Kamer heeft dit amendement uit haar gegevens gehaald. Loopt er een scan, kijk dan of u die moet intrekken."),
    AnomalyKind.VOTE_IN_PAST: Label("Stemming is voorbij, uitslag niet bekend", "stemming voorbij",
        "Volgens de agenda is er al gestemd, maar er staat geen besluit. Kijk of de stemming is uitgesteld."),
    AnomalyKind.VOTE_WITHOUT_TIME: Label("Stemming zonder tijd", "stemming zonder tijd",
        "De Kamer noemt nog geen tijd voor de stemming. Weet u die wel, zet haar dan zelf bij de scan."),
    AnomalyKind.TALLY_CONTRADICTS: Label("Besluit en stemmen spreken elkaar tegen", "besluit en stemmen verschillen",
        "Het besluit past niet bij de getelde stemmen. We volgen het besluit. Kijk in de stemmingsuitslagen."),
    AnomalyKind.OUTCOME_CHANGED: Label("Andere uitslag dan u vastlegde", "andere uitslag",
        "Bij de scan staat een uitslag die u zelf vastlegde. We hebben die niet veranderd. Kijk welke klopt."),
    AnomalyKind.TEXT_CHANGED: Label("Tekst veranderd na de start", "tekst veranderd",
        "De Kamer heeft een andere tekst van hetzelfde kamerstuk. De scan gaat over de oude. Kijk of dat uitmaakt."),
    AnomalyKind.BILL_UNREADABLE: Label("Wetsvoorstel niet te lezen", "wetsvoorstel niet te lezen",
        "De tekst van het wetsvoorstel is niet te lezen. Voeg die zelf toe bij een scan over dit wetsvoorstel."),
    AnomalyKind.ENTRY_UNREADABLE: Label("Bericht niet te lezen", "bericht niet te lezen",
        "Een bericht van de Kamer was niet te lezen. De rest is wel gelezen. Blijft dit komen, meld het dan aan de beheerder."),
    AnomalyKind.CASE_UNREADABLE: Label("Zaak niet te lezen", "zaak niet te lezen",
        "De gegevens van deze zaak komen niet goed binnen. We blijven het proberen. Is er haast, dien het dan zelf in."),
})  # fmt: skip
"""What was odd about the House's data; the explanation says how to go on."""

FEEDS = _table({
    Category.CASE: Label("Zaken", "zaken", "Nieuwe en veranderde amendementen."),
    Category.CASE_ACTOR: Label("Indieners", "indieners", "Wie een amendement indient."),
    Category.DOCUMENT: Label("Kamerstukken", "kamerstukken", "Teksten van amendementen en wetsvoorstellen."),
    Category.AGENDA_ITEM: Label("Agendapunten", "agendapunten", "Wat er op de agenda staat."),
    Category.ACTIVITY: Label("Activiteiten", "activiteiten", "Wanneer er gestemd wordt."),
    Category.DECISION: Label("Besluiten", "besluiten", "Wat de Kamer besloot."),
    Category.VOTE: Label("Stemmen", "stemmen", "Wie voor en wie tegen stemde."),
})  # fmt: skip
"""What is followed of the House's data."""

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
    "DeadlineMoved": Label("Termijn verzet", "termijn", "Een organisatie kreeg een andere termijn."),
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
    "Reminded": Label("Herinnerd", "herinnerd", "Wie nog moet antwoorden, kreeg een herinnering."),
    "Escalated": Label(
        "Anderen erbij gehaald", "anderen erbij",
        "Na een herinnering gebeurde er niets. Anderen zijn gevraagd."),
    "RoundLate": Label(
        "Nog niet alles binnen", "nog niet binnen",
        "De termijn of de stemming is er, en niet iedereen heeft geantwoord."),
    "ClosingChosen": Label("Afronden gekozen", "afronden", "De coördinator koos of de ronde vanzelf sluit."),
    "AbsenceSet": Label("Afwezigheid opgegeven", "afwezig", "Iemand gaf op wanneer hij of zij weg is."),
    "ShiftHandedOver": Label("Dienst overgedragen", "overgedragen", "Een coördinator schreef op wat er nog openstaat."),
    "ShiftTaken": Label("Dienst overgenomen", "overgenomen", "Een coördinator las wat er nog openstaat."),
    "SecondContactSet": Label(
        "Tweede contactpersoon gekozen", "contactpersoon",
        "Een organisatie wees iemand aan voor als er niets gebeurt."),
    "OutcomeRecorded": Label("Uitslag vastgelegd", "uitslag", "Bekend is wat de Kamer met het amendement deed."),
    "IntendedSet": Label("Beoogde invoering opgegeven", "invoering", "Iemand gaf op wanneer het moet ingaan."),
    "ReactionWritten": Label("Reactie van de indiener", "reactie", "De indiener schreef een reactie, of nam die terug."),
    "ReactionPublished": Label("Reactie geplaatst", "reactie", "De reactie van de indiener staat bij de publicatie."),
    "LookBackAsked": Label("Terugblik gevraagd", "terugblik", "Een organisatie is gevraagd of haar schatting klopte."),
    "LookBackHandedIn": Label("Terugblik ingediend", "terugblik", "Een organisatie diende haar terugblik in."),
    "LookBackSentBack": Label("Terugblik teruggestuurd", "terugblik", "De terugblik ging terug naar de organisatie."),
    "LookBackApproved": Label("Terugblik vastgesteld", "terugblik", "Een tweede persoon stelde de terugblik vast."),
    "PersonAdded": Label("Persoon toegevoegd", "persoon", "Iemand werd bekend gemaakt."),
    "ScanEmptied": Label("Geleegd", "geleegd", "De bewaartermijn was voorbij: de inhoud is weg, het nummer blijft."),
    "PersonChanged": Label("Persoon gewijzigd", "persoon", "Iemand kreeg een andere rol of organisatie, of ging weg."),
    "ScansHandedOver": Label("Scans overgedragen", "overgedragen", "De scans van iemand gingen naar een collega."),
    "PersonErased": Label("Persoon gewist", "persoon", "De gegevens van iemand zijn gewist."),
    "ClientRotated": Label("Sleutel vervangen", "client", "Een machine kreeg een nieuwe sleutel; de oude werkt niet meer."),
    "SessionsEnded": Label("Sessie beëindigd", "uitgelogd", "Iemand logde op afstand uit."),
    "ScanSeen": Label("Vertrouwelijke scan bekeken", "bekeken", "Iemand bekeek een scan die nog niet openbaar is."),
    "ClientAdded": Label("Client toegevoegd", "client", "Een machine kreeg een sleutel."),
    "ClientRevoked": Label("Client ingetrokken", "client", "De sleutel van een machine is ingetrokken."),
    "SigningKeyMade": Label("Sleutel gemaakt", "sleutel", "Nieuwe publicaties worden met een nieuwe sleutel ondertekend."),
    "ReceiverAdded": Label("Ontvanger toegevoegd", "ontvanger", "Een ander systeem krijgt voortaan openbare gebeurtenissen."),
    "ReceiverPaused": Label("Ontvanger gepauzeerd", "gepauzeerd", "Een ander systeem krijgt voorlopig geen gebeurtenissen."),
    "ReceiverResumed": Label("Ontvanger hervat", "hervat", "Een ander systeem krijgt weer gebeurtenissen."),
    "ReceiverRotated": Label(
        "Geheim van ontvanger vervangen", "geheim", "Berichten krijgen een handtekening met een nieuw geheim."),
    "ProposalCame": Label("Amendement uit de Kamer", "nieuw", "Een amendement uit de Kamer wacht op een besluit."),
    "ProposalStarted": Label(
        "Scan gestart uit de Kamer", "gestart",
        "De coördinator startte een scan uit gegevens van de Kamer."),
    "ProposalDismissed": Label("Geen scan voor een amendement", "geen scan", "De coördinator besloot dat er geen scan komt."),
    "ProposalReopened": Label("Voorstel weer open", "weer open", "De coördinator opende een afgewezen voorstel opnieuw."),
    "AnomalySettled": Label(
        "Bijzonderheid afgehandeld", "afgehandeld",
        "Iemand bekeek iets vreemds in de gegevens van de Kamer."),
    "ReceiverRemoved": Label("Ontvanger verwijderd", "verwijderd", "Een ander systeem krijgt geen gebeurtenissen meer."),
    "WorkRetried": Label("Werk opnieuw geprobeerd", "werk", "Werk op de achtergrond dat mislukte, wordt opnieuw geprobeerd."),
    "WorkDropped": Label("Werk opgegeven", "werk", "Werk op de achtergrond dat mislukte, gebeurt niet meer."),
    "SignedIn": Label("Ingelogd", "ingelogd", "Iemand logde in."),
    "SignedOut": Label("Uitgelogd", "uitgelogd", "Iemand logde uit."),
})  # fmt: skip
"""What happened, by the name of the event's class."""
