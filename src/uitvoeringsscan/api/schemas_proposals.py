"""The shapes of what `routes_proposals` answers; see `schemas`."""

from __future__ import annotations

from uitvoeringsscan.api.schemas import (
    CODES,
    FLAG,
    MOMENT,
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
from uitvoeringsscan.parliament.anomalies import AnomalyKind
from uitvoeringsscan.parliament.judging import APPRAISALS
from uitvoeringsscan.parliament.proposals import ProposalState

_LINE: dict[str, Schema] = {
    "id": TEXT,
    "status": codes(ProposalState),
    "zaaknummer": maybe(TEXT),
    "dossier": maybe(TEXT),
    "ondernummer": maybe(TEXT),
    "titel": TEXT,
    "onderwerp": TEXT,
    "leesbaar": FLAG,
    "organisaties": CODES,
    "stemming": maybe(MOMENT),
    "scan": maybe(TEXT),
    "gezienOp": MOMENT,
    "behandeldOp": maybe(MOMENT),
    "reden": maybe(TEXT),
    "bijzonderheden": many(ref("Bijzonderheid")),
}

OWN: dict[str, Schema] = {
    "Bijzonderheid": thing("Iets vreemds in de gegevens van de Kamer.", soort=codes(AnomalyKind), feit=TEXT),
    "Scanvoorstelregel": thing("Een amendement uit de gegevens van de Kamer, in een lijst.", **_LINE),
    "Scanvoorstellen": page(ref("Scanvoorstelregel"), "Een pagina met amendementen uit de gegevens van de Kamer."),
    "Scanvoorstel": thing(
        "Een amendement uit de gegevens van de Kamer, met wat een scan zou zijn.",
        **_LINE,
        versie=WHOLE,
        gelezenOp=maybe(MOMENT),
        amendement=maybe(ref("Amendement")),
        routering=maybe(ref("Routering")),
        eerdereScans=CODES,
        appreciatie=maybe({"type": "string", "enum": sorted(set(APPRAISALS.values()))}),
    ),
}
