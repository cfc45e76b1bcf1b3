"""The shapes of what `wire_versions` shows: versions beside each other, and what several amendments ask together."""

from __future__ import annotations

from uitvoeringsscan.amendments.diff import Change, Mark
from uitvoeringsscan.api.schemas import (
    CODES,
    DAY,
    FLAG,
    MOMENT,
    TEXT,
    WHOLE,
    Schema,
    codes,
    many,
    maybe,
    ref,
    thing,
)
from uitvoeringsscan.publication.difference import About
from uitvoeringsscan.publication.stacking import Fit

_LEVEL: Schema = {"type": "integer", "minimum": 0, "maximum": 3}
_NUMBER: Schema = {"type": "number"}
_STACK: dict[str, Schema] = {
    "amendementen": many(ref("StapelAmendement")),
    "nietGepubliceerd": CODES,
    "genegeerd": WHOLE,
    "organisaties": many(ref("StapelOrganisatie")),
    "samen": ref("StapelCijfers"),
    "allesSamen": ref("StapelCijfers"),
}
_SAID: Schema = {
    "description": "Een code, een tekst, een datum, ja of nee, een bedrag of een niveau: dat volgt uit `wat`. "
    "`null` als er niets over is gezegd.",
    "anyOf": [
        {"type": ["string", "boolean", "null"]},
        ref("Bedrag"),
        ref("Fte"),
        ref("NiveauGezegd"),
    ],
}

OWN: dict[str, Schema] = {
    "Tekststuk": thing("Een stuk tekst, en wat ermee gebeurde.", soort=codes(Mark), tekst=TEXT),
    "Deelverschil": thing(
        "Wat er met een wijziging of met de toelichting gebeurde.",
        nummer=maybe(TEXT),
        doel=maybe(TEXT),
        verschil=codes(Change),
        stukken=many(ref("Tekststuk")),
    ),
    "Tekstverschil": thing(
        "Het verschil tussen twee teksten.",
        wijzigingen=many(ref("Deelverschil")),
        toelichting=maybe(ref("Deelverschil")),
    ),
    "EerderGevraagd": thing(
        "Een organisatie die bij de eerdere versie is gevraagd.",
        organisatie=ref("OrganisatieKort"),
        status=TEXT,
        ongewijzigd=FLAG,
    ),
    "EerdereVersie": thing(
        "Een scan naast de eerdere versie van het amendement.",
        scan=TEXT,
        ondernummer=maybe(TEXT),
        tekst=ref("Tekstverschil"),
        gevraagd=many(ref("EerderGevraagd")),
        voorstel=CODES,
    ),
    "Overgenomen": thing(
        "Waar de antwoorden vandaan komen.", uitvraag=TEXT, vastgesteldOp=maybe(MOMENT), ongewijzigd=FLAG
    ),
    "EerdereUitvraag": thing(
        "Een uitvraag naast de eerdere versie van het amendement.",
        ondernummer=maybe(TEXT),
        tekst=ref("Tekstverschil"),
        overgenomen=maybe(ref("Overgenomen")),
    ),
    "NiveauGezegd": thing("Een niveau zoals het in de publicatie staat.", niveau=maybe(_LEVEL), tenMinste=FLAG),
    "Verschilregel": thing(
        "Een ding dat veranderde.",
        wat=codes(About),
        dimensie=maybe(TEXT),
        organisatie=maybe(TEXT),
        was=_SAID,
        **{"is": {**_SAID}},
        wie=CODES,
    ),
    "Publicatieverschil": thing(
        "Wat er veranderde tussen twee publicaties.",
        van=TEXT,
        naar=TEXT,
        tekst=ref("Tekstverschil"),
        samen=many(ref("Verschilregel")),
        organisaties=many(ref("Verschilregel")),
    ),
    "StapelAmendement": thing(
        "Een amendement dat meetelt.",
        scan=TEXT,
        publicatie=TEXT,
        ondernummer=maybe(TEXT),
        soort=TEXT,
        titel=TEXT,
        gekozen=FLAG,
        volledig=FLAG,
    ),
    "StapelSom": thing("Een som, van laag tot hoog.", laag=maybe(_NUMBER), hoog=maybe(_NUMBER), onvolledig=CODES),
    "StapelSommen": thing("Eenmalig en per jaar.", incidenteel=ref("StapelSom"), structureel=ref("StapelSom")),
    "StapelCijfers": thing("Kosten en mensen samen.", kosten=ref("StapelSommen"), personeel=ref("StapelSommen")),
    "StapelVraag": thing(
        "Wat een amendement van een release vraagt.", scan=TEXT, niveau=maybe(_LEVEL), antwoord=maybe(TEXT), krap=FLAG
    ),
    "StapelRelease": thing(
        "Een release, en wie daarin wil.",
        naam=TEXT,
        jaar=maybe(WHOLE),
        samen=codes(Fit),
        vragen=many(ref("StapelVraag")),
    ),
    "StapelOrganisatie": thing(
        "Wat de amendementen samen van een organisatie vragen.",
        code=TEXT,
        naam=TEXT,
        amendementen=CODES,
        alleAmendementen=CODES,
        geenReactie=CODES,
        zwaarsteNiveau=maybe(_LEVEL),
        gekozen=ref("StapelCijfers"),
        alles=ref("StapelCijfers"),
        releases=many(ref("StapelRelease")),
        zonderRelease=many(ref("StapelVraag")),
    ),
    "StapelingOpDag": thing("Wat de amendementen van een stemmingsdag samen vragen.", datum=DAY, **_STACK),
    "StapelingInDossier": thing("Wat de amendementen op een wetsvoorstel samen vragen.", dossiernummer=TEXT, **_STACK),
}
