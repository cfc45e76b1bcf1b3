"""The shapes of what `routes_afterwards` answers; see `schemas`."""

from __future__ import annotations

from uitvoeringsscan.amendments.intended import Origin, When
from uitvoeringsscan.api.schemas import (
    DAY,
    FLAG,
    MOMENT,
    SHA256,
    TEXT,
    WHOLE,
    Schema,
    codes,
    many,
    maybe,
    page,
    ref,
    thing,
)
from uitvoeringsscan.assessments.look_back import LookBackState
from uitvoeringsscan.publication.addendum import AddendumKind

NUMBER: Schema = {"type": "number"}
_CAME: dict[str, Schema] = {
    "kosten": ref("KostenGeworden"),
    "personeel": ref("PersoneelGeworden"),
    "ingevoerdOp": maybe(DAY),
    "niveaus": many(ref("NiveauAchteraf")),
    "toelichting": TEXT,
}

OWN: dict[str, Schema] = {
    "Invoeringsdatum": thing(
        "Wanneer een amendement moet ingaan, en waar dat staat. Alles is `null` als de tekst het niet zegt.",
        soort=maybe(codes(When)),
        beoogd=maybe(DAY),
        citaat=maybe(TEXT),
        bron=maybe(codes(Origin)),
        meerData=FLAG,
    ),
    "KostenGeworden": thing("Wat het kostte, in hele euro's.", incidenteel=maybe(WHOLE), structureel=maybe(WHOLE)),
    "PersoneelGeworden": thing("Hoeveel fte het vroeg.", incidenteel=maybe(NUMBER), structureel=maybe(NUMBER)),
    "NiveauAchteraf": thing("Hoe zwaar een dimensie achteraf was.", dimensie=TEXT, niveau=maybe(WHOLE)),
    "Geworden": thing("Wat er van een schatting kwam.", **_CAME),
    "Terugblik": thing(
        "Wat een organisatie een jaar na de stemming is gevraagd.",
        id=TEXT,
        scan=TEXT,
        organisatie=ref("OrganisatieKort"),
        publicatie=TEXT,
        status=codes(LookBackState),
        versie=WHOLE,
        gevraagdOp=MOMENT,
        ingediendOp=maybe(MOMENT),
        vastgesteldOp=maybe(MOMENT),
        opmerkingen=maybe(TEXT),
        geworden=maybe(ref("Geworden")),
    ),
    "Terugblikken": page(ref("Terugblik"), "De terugblikken van uw organisatie."),
    "Aanvulling": thing(
        "Wat er later bij een publicatie kwam: een reactie van de indiener, of een terugblik van een organisatie. Vast, met "
        "een sha256 en een plaats in de keten.",
        ("tekst", *_CAME),
        schema=WHOLE,
        soort=codes(AddendumKind),
        publicatie=TEXT,
        publicatieSha256=SHA256,
        organisatie=maybe(TEXT),
        op=MOMENT,
        tekst=TEXT,
        **_CAME,
        volgnummer=WHOLE,
        vorigeSha256=maybe(SHA256),
        sha256=SHA256,
    ),
    "Aanvullingen": page(ref("Aanvulling"), "Wat er later bij een publicatie kwam, het oudste eerst."),
}
