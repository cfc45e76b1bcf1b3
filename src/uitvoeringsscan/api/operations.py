"""What openapi.json says about each operation: its name, what it does, what it answers, and which refusals it knows.

One line per operation. A test compares the statuses with those that really come, one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`answer` is the name of a schema; `also` the statuses beside those that everybody gets (see `document`).

    public   no key is needed; with a key it has to be a good one
    sends    an example of a body that really works, against the demonstration's invented bills
    other    further media types of the answer, beside JSON
    """

    id: str
    text: str
    answer: str
    status: int = 200
    also: tuple[int, ...] = ()
    public: bool = False
    sends: dict[str, Any] | None = None
    other: tuple[str, ...] = ()
    stream: str | None = None
    """A stream of JSON lines in and out instead: the schema of a line that is sent; `answer` is that of a line back."""


STEP = (403, 404, 409, 412, 422, 428)
"""A step on the road of something shared, repeatable under an Idempotency-Key."""
SET = (403, 404, 409, 412, 428)
"""The same with PUT, which can be repeated as it is."""

_TEXT = (
    "De ondergetekende stelt het volgende amendement voor:\n\nI\n\nIn artikel I, onderdeel A, wordt in artikel 16 van de "
    "Werkloosheidswet «acht weken» vervangen door «zes weken».\n\nToelichting\n\nMensen weten dan eerder of zij een "
    "uitkering van het UWV krijgen.\n\nVoorbeeld\n"
)
_TITLE = "Wijziging van de Werkloosheidswet (Wet voorbeeld kortere termijn)"
_BILL = (
    "Artikel I\n\nDe Werkloosheidswet wordt als volgt gewijzigd:\n\nA\n\nIn artikel 16 wordt «tien weken» vervangen door "
    "«acht weken».\n\nArtikel II\n\nDeze wet treedt in werking op 1 januari 2028.\n"
)
_AMENDMENT = {
    "tekst": _TEXT,
    "titel": _TITLE,
    "dossiernummer": "99001",
    "ondernummer": "31",
    "indieners": [{"naam": "Voorbeeld", "fractie": "Fractie Aurora"}],
}
_REASON = {"toelichting": "Het amendement is door de indiener aangehouden."}

OPERATIONS: dict[tuple[str, str], Operation] = {
    ("post", "/routeringen"): Operation(
        id="probeerRoutering",
        text="Leest een tekst en zegt welke organisaties gevraagd zouden worden, en waarom. Er wordt niets bewaard.",
        answer="Routering",
        also=(429,),
        public=True,
        sends={"titel": _TITLE, "tekst": _TEXT, "dossiernummer": "99001"},
    ),
    ("get", "/routeringen/correcties"): Operation(
        id="geefCorrecties",
        text="Wat de coördinator toevoegde of wegliet, om het register mee te verbeteren. Alleen voor de coördinator. "
        "Met `Accept: text/csv` krijgt u alles in een keer.",
        answer="Correcties",
        also=(403, 406),
        other=("text/csv",),
    ),
    ("post", "/scans"): Operation(
        id="dienScanIn",
        text="Het amendement wordt gelezen en krijgt een voorstel voor de routering. De scan is daarna ingediend. "
        "Met een Idempotency-Key kunt u het verzoek veilig herhalen.",
        answer="Scan",
        status=201,
        also=(403, 422, 429),
        sends={"amendement": _AMENDMENT, "stemming": "2099-12-08T16:00:00+01:00", "vertrouwelijk": False},
    ),
    ("post", "/scans/reeks"): Operation(
        id="dienReeksIn",
        text="Voor veel amendementen tegelijk: een scan per regel, zoals bij `POST /scans`, met uw eigen `referentie` erbij. "
        "U krijgt per regel een antwoord, in dezelfde volgorde, terwijl u nog stuurt. Een foute regel houdt de rest niet "
        "tegen. Is de verbinding verbroken, stuur dan alles opnieuw: wat al bewaard is, wordt niet nog eens bewaard. Een "
        "regel is hooguit 1000 kB.",
        answer="Reeksantwoord",
        also=(403, 429),
        stream="ReeksRegel",
    ),
    ("get", "/scans"): Operation(
        id="geefScans",
        text="Filters versmallen samen. Met `zoek` vindt u ook vervoegingen en delen van samengestelde woorden. "
        "Pagina's slaan niets over en herhalen niets, ook niet als er intussen scans bij komen.",
        answer="Scans",
    ),
    ("get", "/scans/{scan}"): Operation(
        id="geefScan",
        text="De ETag van het antwoord is de versie. Stuur die mee in If-Match als u iets wijzigt.",
        answer="Scan",
        also=(304, 404),
    ),
    ("put", "/scans/{scan}/routering"): Operation(
        id="bevestigRoutering",
        text="De coördinator bevestigt wie er gevraagd wordt. De uitvragen gaan meteen uit. Wie afwijkt van het "
        "voorstel, zegt waarom.",
        answer="Scan",
        also=SET,
        sends={"organisaties": ["uwv", "svb"], "toelichting": "De SVB betaalt ook uit."},
    ),
    ("get", "/scans/{scan}/eerdere-versie"): Operation(
        id="geefEerdereVersie",
        text="Voor de coördinator: wat er in de tekst veranderde, en wie toen is gevraagd. 404 als er geen eerdere versie is.",
        answer="EerdereVersie",
        also=(403, 404),
    ),
    ("get", "/scans/{scan}/uitvragen"): Operation(
        id="geefUitvragenVanScan",
        text="Een organisatie ziet alleen haar eigen uitvraag; de indiener en de coördinator zien ze alle.",
        answer="Uitvragen",
        also=(404,),
    ),
    ("put", "/scans/{scan}/stemming"): Operation(
        id="zetStemming",
        text="Zet of verzet het moment van de stemming. `null` betekent: niet bekend.",
        answer="Scan",
        also=SET,
        sends={"stemming": "2099-12-09T16:00:00+01:00"},
    ),
    ("post", "/scans/{scan}/openbaarmaking"): Operation(
        id="maakScanOpenbaar",
        text="De indiener maakt een vertrouwelijke scan openbaar, als het amendement bij de Kamer ligt.",
        answer="Scan",
        also=STEP,
        sends={"ondernummer": "32"},
    ),
    ("post", "/scans/{scan}/afronding"): Operation(
        id="rondScanAf",
        text="Sluit de ronde. Wie niet antwoordde, staat daarna als `geen-reactie` in de samenvatting.",
        answer="Scan",
        also=STEP,
        sends={"toelichting": "De stemming is vandaag."},
    ),
    ("post", "/scans/{scan}/intrekking"): Operation(
        id="trekScanIn",
        text="Stopt de scan. Wat al gepubliceerd is, blijft staan, met een melding erbij.",
        answer="Scan",
        also=STEP,
        sends=_REASON,
    ),
    ("post", "/scans/{scan}/rectificatie"): Operation(
        id="openRectificatie",
        text="Opent een gepubliceerde scan voor een nieuwe versie. De oude versie blijft openbaar en zegt dat ze wordt "
        "gecorrigeerd.",
        answer="Scan",
        also=STEP,
        sends={"toelichting": "Het bedrag van één organisatie klopte niet."},
    ),
    ("post", "/scans/{scan}/publicaties"): Operation(
        id="publiceer",
        text="Legt de samenvatting vast en maakt haar openbaar. Dit verandert daarna nooit meer.",
        answer="Publicatie",
        status=201,
        also=STEP,
    ),
    ("get", "/uitvragen"): Operation(
        id="geefEigenUitvragen",
        text="De werklijst van uw organisatie, wat het laatst is gevraagd eerst.",
        answer="EigenUitvragen",
        also=(403,),
    ),
    ("get", "/uitvragen/{uitvraag}"): Operation(
        id="geefUitvraag",
        text="Met de vragenlijst zoals die is verstuurd. De ETag van het antwoord is de versie.",
        answer="OpenUitvraag",
        also=(304, 404),
    ),
    ("put", "/uitvragen/{uitvraag}/antwoorden"): Operation(
        id="bewaarAntwoorden",
        text="Vervangt de bewaarde antwoorden. Ze mogen onvolledig zijn; bij het indienen niet meer.",
        answer="UitvraagMetAntwoorden",
        also=SET,
        sends={"antwoorden": {}, "toelichtingen": {}},
    ),
    ("post", "/uitvragen/{uitvraag}/indiening"): Operation(
        id="dienUitvraagIn",
        text="Dient de bewaarde antwoorden in. Ontbreekt er iets, dan krijgt u alles in een keer te horen.",
        answer="UitvraagMetAntwoorden",
        also=STEP,
    ),
    ("post", "/uitvragen/{uitvraag}/bevestiging"): Operation(
        id="bevestigUitvraag",
        text="Dient in wat van de eerdere versie van het amendement is overgenomen, zonder wijziging. Een tweede persoon "
        "stelt het nog vast.",
        answer="UitvraagMetAntwoorden",
        also=STEP,
    ),
    ("get", "/uitvragen/{uitvraag}/eerdere-versie"): Operation(
        id="geefEerdereUitvraag",
        text="Wat er in de tekst veranderde, en welke antwoorden zijn overgenomen. 404 als er geen eerdere versie is.",
        answer="EerdereUitvraag",
        also=(404,),
    ),
    ("post", "/uitvragen/{uitvraag}/geen-gevolgen"): Operation(
        id="meldGeenGevolgen",
        text="De organisatie zegt dat het amendement haar werk niet verandert. Een tweede persoon stelt dat vast.",
        answer="UitvraagMetAntwoorden",
        also=STEP,
        sends={"toelichting": "Onze processen veranderen niet."},
    ),
    ("post", "/uitvragen/{uitvraag}/niet-van-toepassing"): Operation(
        id="meldNietVanToepassing",
        text="De organisatie zegt dat dit niet haar taak is, en wie wel gevraagd kan worden. Een tweede persoon stelt "
        "dat vast.",
        answer="UitvraagMetAntwoorden",
        also=STEP,
        sends={"toelichting": "Dit is niet onze taak.", "vraagAan": "svb"},
    ),
    ("post", "/uitvragen/{uitvraag}/vaststelling"): Operation(
        id="stelUitvraagVast",
        text="Een tweede persoon stelt vast wat is ingediend. Wie indiende, kan dat niet zelf.",
        answer="UitvraagMetAntwoorden",
        also=STEP,
    ),
    ("post", "/uitvragen/{uitvraag}/terugzending"): Operation(
        id="zendUitvraagTerug",
        text="De uitvraag gaat weer open, met opmerkingen voor wie haar indiende.",
        answer="UitvraagMetAntwoorden",
        also=STEP,
        sends={"toelichting": "Leg uit waar de kosten vandaan komen."},
    ),
    ("post", "/dossiers/{dossiernummer}/wetsvoorstel"): Operation(
        id="bewaarWetsvoorstel",
        text="Met de tekst van het wetsvoorstel weten we welke wet «artikel I» in een amendement is. Staat dezelfde "
        "tekst er al, dan is het antwoord 200.",
        answer="Wetsvoorstel",
        status=201,
        also=(200, 403, 404, 422),
        sends={"tekst": _BILL, "versie": "voorstel van wet", "datum": "2026-09-01"},
    ),
    ("get", "/dossiers/{dossiernummer}/wetsvoorstel"): Operation(
        id="geefWetsvoorstellen",
        text="Welk artikel van het wetsvoorstel welke wet wijzigt, per versie van de tekst.",
        answer="Wetsvoorstellen",
        also=(404,),
    ),
    ("get", "/publicaties"): Operation(
        id="geefPublicaties",
        text="Alle publicaties in hun geheel, de nieuwste eerst.",
        answer="Publicaties",
        public=True,
    ),
    ("get", "/publicaties/{nummer}"): Operation(
        id="geefPublicatie",
        text="Vraag met Accept om `application/json`, `application/pdf` of `text/html` (een doorverwijzing naar de "
        "pagina). Een publicatie verandert nooit, dus u mag haar bewaren.",
        answer="Publicatie",
        also=(303, 304, 404, 406),
        public=True,
        other=("application/pdf",),
    ),
    ("get", "/dossiers/{dossiernummer}"): Operation(
        id="geefDossier",
        text="Elk openbaar amendement op een wetsvoorstel, met zijn scan en wat de nieuwste publicatie zegt.",
        answer="Dossier",
        also=(404,),
        public=True,
    ),
    ("get", "/stemmingen/{datum}"): Operation(
        id="geefStemmingsdag",
        text="Elk openbaar amendement dat op deze dag in stemming komt, voor zover nu bekend.",
        answer="Stemmingsdag",
        public=True,
    ),
    ("get", "/stemmingen/{datum}/stapeling"): Operation(
        id="geefStapelingVanDag",
        text="Wat de gepubliceerde amendementen van deze dag samen vragen. Met `amendement` kiest u welke meetellen.",
        answer="StapelingOpDag",
        public=True,
    ),
    ("get", "/dossiers/{dossiernummer}/stapeling"): Operation(
        id="geefStapelingVanDossier",
        text="Wat de gepubliceerde amendementen op dit wetsvoorstel samen vragen. Met `amendement` kiest u welke meetellen.",
        answer="StapelingInDossier",
        also=(404,),
        public=True,
    ),
    ("get", "/publicaties/{nummer}/verschil"): Operation(
        id="geefVerschil",
        text="Wat er veranderde sinds de publicatie die hiermee is vervangen.",
        answer="Publicatieverschil",
        also=(404,),
        public=True,
    ),
    ("get", "/gebeurtenissen"): Operation(
        id="geefOpenbareGebeurtenissen",
        text="CloudEvents volgens het NL GOV-profiel, dezelfde die een webhook brengt. Onthoud `cursor` en vraag daar later "
        "weer mee: u mist dan niets en leest niets dubbel. Over vertrouwelijke scans staat hier niets.",
        answer="OpenbareGebeurtenissen",
        public=True,
    ),
    ("get", "/organisaties"): Operation(
        id="geefOrganisaties",
        text="De uitvoeringsorganisaties uit het register.",
        answer="Organisaties",
        public=True,
    ),
    ("get", "/vragenlijsten"): Operation(
        id="geefVragenlijsten",
        text="Elke vragenlijst en elke versie. Een versie verandert nooit.",
        answer="Vragenlijsten",
        public=True,
    ),
    ("get", "/vragenlijsten/{code}/{versie}"): Operation(
        id="geefVragenlijst",
        text="Alle vragen, met hun soort, hun opties en wanneer ze worden gesteld.",
        answer="Vragenlijst",
        also=(404,),
        public=True,
    ),
    # around an answer, and during a round
    ("put", "/uitvragen/{uitvraag}/reactietermijn"): Operation(
        id="verzetTermijn",
        text="De coördinator geeft een organisatie tot een ander moment. Dat moment ligt in de toekomst.",
        answer="UitvraagMetAntwoorden",
        also=SET,
        sends={"reactieVoor": "2099-12-07T12:00:00+01:00"},
    ),
    ("post", "/uitvragen/{uitvraag}/heropening"): Operation(
        id="heropenUitvraag",
        text="De coördinator opent een uitvraag weer die al klaar was. De antwoorden van anderen blijven staan.",
        answer="UitvraagMetAntwoorden",
        also=STEP,
        sends={"toelichting": "De tekst bleek anders bedoeld."},
    ),
    ("get", "/uitvragen/{uitvraag}/gebeurtenissen"): Operation(
        id="geefGebeurtenissenVanUitvraag",
        text="Namen van mensen ziet u van uw eigen organisatie; van anderen ziet u de organisatie of de rol.",
        answer="Gebeurtenissen",
        also=(404,),
    ),
    ("get", "/scans/{scan}/gebeurtenissen"): Operation(
        id="geefGebeurtenissenVanScan",
        text="Wat een organisatie binnenskamers doet, zien alleen zijzelf en de coördinator.",
        answer="Gebeurtenissen",
        also=(404,),
    ),
    ("get", "/uitvragen/{uitvraag}/samenwerking"): Operation(
        id="geefSamenwerking",
        text="Alleen voor mensen van de organisatie zelf. Hiervan wordt nooit iets gepubliceerd.",
        answer="Samenwerking",
        also=(403, 404),
    ),
    ("post", "/uitvragen/{uitvraag}/opmerkingen"): Operation(
        id="plaatsOpmerking",
        text="Een opmerking is voor collega's. Zij houdt niemand tegen om in te dienen.",
        answer="Opmerking",
        also=(403, 404, 409, 422),
        sends={"vraag": "raakt", "tekst": "Is dit inclusief de herbeoordelingen?"},
    ),
    ("put", "/uitvragen/{uitvraag}/opmerkingen"): Operation(
        id="sluitOpmerking",
        text="Zet een opmerking op opgelost, of weer open.",
        answer="Opmerking",
        also=(403, 404, 409),
        sends={"nummer": 1, "opgelost": True},
    ),
    ("put", "/uitvragen/{uitvraag}/toewijzing"): Operation(
        id="wijsToe",
        text="Collega's zien zo bij wie iets ligt. Iedereen van de organisatie kan nog steeds antwoorden.",
        answer="Samenwerking",
        also=(403, 404, 409),
        sends={"onderdeel": None, "aan": None, "vraag": ""},
    ),
    ("get", "/uitvragen/{uitvraag}/eerdere-antwoorden"): Operation(
        id="geefEerdereAntwoorden",
        text="Vastgestelde antwoorden van uw organisatie op dezelfde vragen, over een wet die dit amendement ook raakt. "
        "Er wordt niets vanzelf ingevuld.",
        answer="EerdereAntwoorden",
        also=(404,),
    ),
    ("post", "/uitvragen/{uitvraag}/overname"): Operation(
        id="neemAntwoordenOver",
        text="Wat u overneemt, blijft gemarkeerd tot iemand het wijzigt of bevestigt.",
        answer="UitvraagMetAntwoorden",
        also=STEP,
        sends={"antwoorden": {}, "bevestigd": []},
    ),
    ("get", "/kengetallen"): Operation(
        id="geefKengetallen",
        text="Alleen uw eigen organisatie ziet deze bedragen. Zij staan als rekenhulp bij vragen over kosten en fte.",
        answer="Kengetallen",
        also=(403,),
    ),
    ("put", "/kengetallen"): Operation(
        id="bewaarKengetal",
        text="Voor wie mag vaststellen. Staat er al een bedrag voor hetzelfde jaar en dezelfde naam, dan vervangt dit het.",
        answer="Kengetallen",
        also=(403,),
        sends={"jaar": 2026, "naam": "fte", "bedrag": 98000, "bron": "Tarieven 2026"},
    ),
    ("get", "/dossiers/{dossiernummer}/uitvoeringstoetsen"): Operation(
        id="geefUitvoeringstoetsen",
        text="Van elke organisatie de nieuwste die is bewaard.",
        answer="Uitvoeringstoetsen",
        also=(404,),
    ),
    ("post", "/dossiers/{dossiernummer}/uitvoeringstoetsen"): Operation(
        id="bewaarUitvoeringstoets",
        text="Door de coördinator of de organisatie zelf. De toets staat daarna naast de vragen bij elk amendement op het "
        "wetsvoorstel, en de samenvatting verwijst ernaar.",
        answer="BewaardeUitvoeringstoets",
        also=(403, 404, 422),
        sends={
            "organisatie": "uwv",
            "titel": "Uitvoeringstoets Wet voorbeeld",
            "datum": "2026-03-02",
            "link": "https://toetsen.example/wet-voorbeeld.pdf",
        },
    ),
    ("put", "/scans/{scan}/uitslag"): Operation(
        id="legUitslagVast",
        text="Alleen voor de coördinator. Een uitslag kan later worden verbeterd; wat is gepubliceerd, verandert niet. "
        "`ingetrokken` trekt ook de scan in.",
        answer="Scan",
        also=(403, 404, 412, 428),
        sends={"uitslag": "aangehouden", "op": "2026-11-17T16:00:00+01:00", "bron": "Stemmingsuitslag van de Kamer"},
    ),
    # amendments from the House's own data, that wait for the coordinator
    ("get", "/scanvoorstellen"): Operation(
        id="geefScanvoorstellen",
        text="Amendementen uit de open data van de Tweede Kamer, wat het laatst is gezien eerst. Een scan begint nooit "
        "vanzelf. Met `status=nieuw` krijgt u wat op een besluit wacht. Alleen voor de coördinator.",
        answer="Scanvoorstellen",
        also=(403,),
    ),
    ("get", "/scanvoorstellen/{scanvoorstel}"): Operation(
        id="geefScanvoorstel",
        text="Met het amendement zoals het zou worden ingediend, en wie er dan gevraagd zou worden. De ETag van het "
        "antwoord is de versie.",
        answer="Scanvoorstel",
        also=(304, 403, 404),
    ),
    ("post", "/scanvoorstellen/{scanvoorstel}/aanvaarding"): Operation(
        id="aanvaardScanvoorstel",
        text="Start een scan met wat de Kamer vastlegde. De scan is daarna ingediend; u bevestigt nog wie er gevraagd wordt.",
        answer="Scan",
        status=201,
        also=STEP,
    ),
    ("post", "/scanvoorstellen/{scanvoorstel}/afwijzing"): Operation(
        id="wijsScanvoorstelAf",
        text="Er komt geen scan, en u zegt waarom. Alleen coördinatoren lezen de reden. U kunt het voorstel weer openen.",
        answer="Scanvoorstel",
        also=STEP,
        sends={"toelichting": "Dit amendement verandert alleen een verwijzing."},
    ),
    ("post", "/scanvoorstellen/{scanvoorstel}/heropening"): Operation(
        id="heropenScanvoorstel",
        text="Een afgewezen voorstel wacht weer op een besluit. Het wordt eerst opnieuw gelezen.",
        answer="Scanvoorstel",
        also=STEP,
    ),
    ("get", "/scans/{scan}/invoering"): Operation(
        id="geefInvoering",
        text="Gelezen uit het amendement, anders uit het wetsvoorstel; of opgegeven door een mens. Met het citaat.",
        answer="Invoeringsdatum",
        also=(304, 404),
    ),
    ("put", "/scans/{scan}/invoering"): Operation(
        id="geefInvoeringOp",
        text="Door de indiener of de coördinator, met de reden. Het telt voor de volgende publicatie. Met `soort` `null` telt "
        "de tekst weer.",
        answer="Invoeringsdatum",
        also=SET,
        sends={"soort": "datum", "beoogd": "2028-01-01", "toelichting": "Zo staat het in de nota van wijziging."},
    ),
    ("put", "/scans/{scan}/reactie"): Operation(
        id="geefReactie",
        text="Alleen voor de indiener zelf. Vóór publicatie wordt de reactie deel van de publicatie; daarna komt zij ernaast "
        "te staan, ondertekend. Per publicatie is er één. De coördinator kan haar niet wijzigen of weigeren.",
        answer="Scan",
        also=SET,
        sends={"tekst": "De indieners kiezen bewust voor deze datum."},
    ),
    ("get", "/publicaties/{nummer}/aanvullingen"): Operation(
        id="geefAanvullingen",
        text="Een reactie die na de publicatie kwam, en terugblikken van organisaties. Elk met een eigen sha256 en "
        "handtekening (`/aanvullingen/{volgnummer}.jws`).",
        answer="Aanvullingen",
        also=(404,),
        public=True,
    ),
    ("get", "/terugblikken"): Operation(
        id="geefTerugblikken",
        text="Een jaar nadat de Kamer een amendement aanneemt, vragen we wat er van uw schatting is gekomen.",
        answer="Terugblikken",
        also=(403,),
    ),
    ("get", "/terugblikken/{terugblik}"): Operation(
        id="geefTerugblik",
        text="De ETag van het antwoord is de versie. De schatting zelf staat in de publicatie.",
        answer="Terugblik",
        also=(304, 404),
    ),
    ("post", "/terugblikken/{terugblik}/indiening"): Operation(
        id="dienTerugblikIn",
        text="Laat weg wat nog niet bekend is. Wie indient, stelt niet vast.",
        answer="Terugblik",
        also=STEP,
        sends={
            "kosten": {"incidenteel": 2_100_000, "structureel": None},
            "personeel": {"incidenteel": None, "structureel": 3.5},
            "ingevoerdOp": "2028-01-01",
            "niveausAchteraf": {"it-systemen": 2},
            "toelichting": "Het duurde een half jaar langer dan gedacht.",
        },
    ),
    ("post", "/terugblikken/{terugblik}/vaststelling"): Operation(
        id="stelTerugblikVast",
        text="Daarna staat de terugblik naast de publicatie, voor iedereen, en verandert niet meer.",
        answer="Terugblik",
        also=STEP,
    ),
    ("post", "/terugblikken/{terugblik}/terugzending"): Operation(
        id="stuurTerugblikTerug",
        text="Met wat er anders moet.",
        answer="Terugblik",
        also=STEP,
        sends=_REASON,
    ),
}

PARAMETERS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "If-Match": ("De ETag van de versie die u hebt gezien, of `*` voor de versie van nu.", '"3"', {"type": "string"}),
    "If-None-Match": (
        "De ETag die u al hebt. Is er niets veranderd, dan is het antwoord 304.",
        '"3"',
        {"type": "string"},
    ),
    "Idempotency-Key": (
        "Een kenmerk dat u zelf kiest. Hetzelfde verzoek met hetzelfde kenmerk wordt één keer gedaan.",
        "scan-2026-12-01-0007",
        {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    ),
}
"""Headers that are read: what for, an example, and the schema."""
