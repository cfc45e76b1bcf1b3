"""The shapes of what the API answers, as JSON Schema, under their Dutch names: the other side of `wire`.

A test holds every real answer against these. What is sent has its models in `bodies`; the publication has its own.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from uitvoeringsscan.amendments.amendment import Source
from uitvoeringsscan.assessments.assessment import AssessmentState, Outcome
from uitvoeringsscan.notices.cloud_events import TYPES
from uitvoeringsscan.publication.summary import SealedSummary
from uitvoeringsscan.routing.routing import Advice
from uitvoeringsscan.rubrics.model import Section
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.outcome import OutcomeKind

Schema = dict[str, Any]
REF = "#/components/schemas/{model}"

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
CODES: Schema = {"type": "array", "items": TEXT}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def ref(name: str) -> Schema:
    return {"$ref": REF.format(model=name)}


def maybe(schema: Schema) -> Schema:
    """The same, or null where nothing is known."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    if "enum" in schema:
        return {**schema, "type": [schema["type"], "null"], "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def codes(words: Any) -> Schema:
    return {"type": "string", "enum": [str(word.value) for word in words]}


def thing(description: str, optional: tuple[str, ...] = (), /, **fields: Schema) -> Schema:
    """An object with exactly these fields; all of them always there, but for `optional`."""
    return {
        "type": "object",
        "description": description,
        "properties": fields,
        "required": [name for name in fields if name not in optional],
        "additionalProperties": False,
    }


def page(of: Schema, description: str, **more: Schema) -> Schema:
    return thing(description, resultaten=many(of), **more, volgende=maybe({**TEXT, "format": "uri-reference"}))


_REF_LINE = ref("Vragenlijstverwijzing")
_LINE: dict[str, Schema] = {
    "id": TEXT,
    "nummer": TEXT,
    "status": codes(ScanState),
    "versie": WHOLE,
}
_SCAN_LINE: dict[str, Schema] = {
    **_LINE,
    "amendement": ref("AmendementKort"),
    "stemming": maybe(MOMENT),
    "vertrouwelijk": FLAG,
    "aangemaaktOp": MOMENT,
    "reactieVoor": maybe(MOMENT),
    "vervangenDoor": maybe(TEXT),
    "uitslag": maybe(ref("Uitslag")),
    "publicaties": CODES,
}
_FILE: dict[str, Schema] = {
    "id": TEXT,
    "scan": TEXT,
    "organisatie": ref("OrganisatieKort"),
    # While it is open or overdue this is the state; handed in and approved files say what was approved.
    "status": {"type": "string", "enum": sorted({*(s.value for s in AssessmentState), *(o.value for o in Outcome)})},
    "uitkomst": maybe(codes(Outcome)),
    "versie": WHOLE,
    "reactieVoor": maybe(MOMENT),
    "gevraagdOp": MOMENT,
    "ingediendOp": maybe(MOMENT),
    "vastgesteldOp": maybe(MOMENT),
    "overgenomenVan": maybe(TEXT),
    "redenGeenReactie": maybe(TEXT),
    "vragenlijstRef": _REF_LINE,
}
_ANSWERS: dict[str, Schema] = {
    "antwoorden": {"type": "object", "additionalProperties": {}},
    "toelichtingen": {"type": "object", "additionalProperties": {}},
}
_PROPOSED: dict[str, Schema] = {
    "organisaties": many(ref("Voorstel")),
    "geenUitvoerder": maybe(ref("OnderdeelUitvoerder")),
}
_SHORT: dict[str, Schema] = {
    "titel": TEXT,
    "dossiernummer": maybe(TEXT),
    "toevoeging": maybe(TEXT),
    "ondernummer": maybe(TEXT),
    "soort": TEXT,
}

OWN: dict[str, Schema] = {
    "Probleem": thing(
        "Een fout, volgens RFC 9457.",
        ("fouten",),
        type={"type": "string", "format": "uri-reference"},
        title=TEXT,
        status=WHOLE,
        detail=TEXT,
        fouten=many(ref("Fout")),
    ),
    "Fout": thing(
        "Een ding dat mis is, met de plaats: een vraag of een veld.",
        ("vraag", "veld"),
        vraag=TEXT,
        veld=TEXT,
        code=TEXT,
        melding=TEXT,
    ),
    "Bewijs": thing(
        "Waarom een organisatie wordt voorgesteld.",
        signaal=TEXT,
        uitleg=TEXT,
        citaat=TEXT,
        bron=codes(Source),
        begin=WHOLE,
        einde=WHOLE,
        beslissend=FLAG,
    ),
    "Voorstel": thing(
        "Een organisatie die gevraagd kan worden.",
        code=TEXT,
        naam=TEXT,
        advies=codes(Advice),
        onderbouwing=many(ref("Bewijs")),
    ),
    "Routering": thing("Wie er gevraagd zou worden.", **_PROPOSED),
    "Bevestiging": thing("Wie de coördinator heeft gevraagd.", organisaties=CODES, toelichting=maybe(TEXT), op=MOMENT),
    "Scanroutering": thing(
        "Het voorstel, en wat ervan is bevestigd.", **_PROPOSED, bevestigd=maybe(ref("Bevestiging"))
    ),
    "AmendementKort": thing("Een amendement in een lijst.", **_SHORT),
    "OrganisatieKort": thing("Een organisatie met haar naam.", code=TEXT, naam=TEXT),
    "Organisatie": thing("Een organisatie uit het register.", code=TEXT, naam=TEXT, korteNaam=TEXT, soort=TEXT),
    "Scan": thing(
        "Een uitvoeringsscan: het amendement, en hoe ver het is.",
        **_LINE,
        amendement=ref("Amendement"),
        stemming=maybe(MOMENT),
        vertrouwelijk=FLAG,
        aangemaaktOp=MOMENT,
        reactieVoor=maybe(MOMENT),
        routering=ref("Scanroutering"),
        redenAfronding=maybe(TEXT),
        redenIntrekking=maybe(TEXT),
        rectificatie=maybe(TEXT),
        vervangenDoor=maybe(TEXT),
        uitslag=maybe(ref("Uitslag")),
        reactie=maybe(ref("Reactie")),
        publicaties=CODES,
    ),
    "Uitslag": thing("Wat de Kamer met het amendement deed.", uitslag=codes(OutcomeKind), op=MOMENT, bron=TEXT),
    "ReeksRegel": thing(
        "Een regel van een reeks: een scan met uw eigen kenmerk.",
        ("stemming", "vertrouwelijk"),
        referentie={**TEXT, "pattern": "^[!-~]{1,200}$"},
        amendement=ref("AmendementInvoer"),
        stemming=maybe(MOMENT),
        vertrouwelijk=FLAG,
    ),
    "Reeksantwoord": thing(
        "Het antwoord op een regel: de scan, of wat er mis is.",
        regel=WHOLE,
        referentie=maybe(TEXT),
        status=WHOLE,
        scan=maybe(TEXT),
        fout=maybe(ref("Probleem")),
    ),
    "Scanregel": thing("Een scan in een lijst.", **_SCAN_LINE),
    "Scans": page(ref("Scanregel"), "Een pagina met scans."),
    "PublicatieKort": thing(
        "Wat de nieuwste publicatie zegt.",
        nummer=TEXT,
        gepubliceerdOp=MOMENT,
        voorStemming=maybe(FLAG),
        volledig=FLAG,
        oordeel=maybe(TEXT),
        impactbeeld=many(ref("Impactregel")),
    ),
    "Overzichtsregel": thing("Een scan in een overzicht.", **_SCAN_LINE, publicatie=maybe(ref("PublicatieKort"))),
    "Dossier": thing(
        "Alle openbare amendementen op een wetsvoorstel.", dossiernummer=TEXT, resultaten=many(ref("Overzichtsregel"))
    ),
    "Stemmingsdag": thing(
        "Alle openbare amendementen die op deze dag in stemming komen.",
        datum=DAY,
        resultaten=many(ref("Overzichtsregel")),
    ),
    "Uitvraag": thing("Wat één organisatie is gevraagd.", **_FILE),
    "Uitvragen": page(ref("Uitvraag"), "Uitvragen."),
    "EigenUitvraag": thing("Een uitvraag in uw werklijst.", **_FILE, amendement=ref("AmendementKort")),
    "EigenUitvragen": page(ref("EigenUitvraag"), "Een pagina van uw werklijst."),
    "UitvraagMetAntwoorden": thing("Een uitvraag met de antwoorden tot nu toe.", **_FILE, **_ANSWERS),
    "OpenUitvraag": thing(
        "Een uitvraag met alles wat u nodig hebt om te antwoorden.",
        **_FILE,
        toelichting=maybe(TEXT),
        vraagAan=maybe(TEXT),
        opmerkingen=maybe(TEXT),
        opmerkingenPerVraag={"type": "object", "additionalProperties": TEXT},
        overgenomenAntwoorden={"type": "object", "additionalProperties": TEXT},
        vragenlijst=ref("Vragenlijst"),
        **_ANSWERS,
        amendement=ref("Amendement"),
        stemming=maybe(MOMENT),
    ),
    "Vragenlijst": thing(
        "Een vragenlijst in zijn geheel.",
        code=TEXT,
        versie=TEXT,
        sha256=SHA256,
        titel=TEXT,
        onderdelen=many(ref("Onderdeel")),
    ),
    "Vragenlijstregel": thing("Een vragenlijst in de lijst.", code=TEXT, versie=TEXT, titel=TEXT, sha256=SHA256),
    "Vragenlijsten": page(ref("Vragenlijstregel"), "Alle vragenlijsten, met elke versie."),
    "Organisaties": page(ref("Organisatie"), "Alle organisaties die gevraagd kunnen worden."),
    "Publicaties": page(ref("Publicatie"), "Een pagina met publicaties, de nieuwste eerst."),
    "Wetsartikel": thing(
        "Welke wet een artikel van het wetsvoorstel wijzigt.",
        artikel=TEXT,
        wet=TEXT,
        bwb=maybe(TEXT),
        begin=WHOLE,
        einde=WHOLE,
    ),
    "Wetsvoorstel": thing(
        "Een tekst van een wetsvoorstel. De tekst zelf wordt niet herhaald.",
        dossiernummer=TEXT,
        volgnummer=WHOLE,
        versie=maybe(TEXT),
        datum=maybe(DAY),
        ontvangenOp=MOMENT,
        sha256=SHA256,
        artikelen=many(ref("Wetsartikel")),
    ),
    "OpenbareGebeurtenis": thing(
        "Een CloudEvent (1.0, NL GOV-profiel).",
        specversion={"type": "string", "const": "1.0"},
        id=TEXT,
        source={**TEXT, "format": "uri-reference"},
        type={"type": "string", "enum": list(TYPES.values())},
        subject=TEXT,
        time=MOMENT,
        datacontenttype={"type": "string", "const": "application/json"},
        dataref={**TEXT, "format": "uri"},
        sequence=TEXT,
        sequencetype={"type": "string", "const": "Integer"},
        data=ref("Gebeurtenisgegevens"),
    ),
    "Gebeurtenisgegevens": thing(
        "Waar de gebeurtenis over gaat. Meer leest u via `dataref`.",
        ("stemming", "publicatie", "vervangenDoor", "uitslag"),
        scan=TEXT,
        stemming=maybe(MOMENT),
        publicatie=TEXT,
        vervangenDoor=TEXT,
        uitslag=codes(OutcomeKind),
    ),
    "OpenbareGebeurtenissen": page(
        ref("OpenbareGebeurtenis"), "Een stuk van de reeks openbare gebeurtenissen, de oudste eerst.", cursor=TEXT
    ),
    "Wetsvoorstellen": page(ref("Wetsvoorstel"), "De teksten van een wetsvoorstel, de nieuwste eerst."),
    "Toevoeging": thing("Een organisatie die de coördinator toevoegde.", code=TEXT, overwogen=FLAG),
    "Correctie": thing(
        "Wat de coördinator veranderde aan een voorstel.",
        scan=TEXT,
        dossier=maybe(TEXT),
        toegevoegd=many(ref("Toevoeging")),
        weggelaten=CODES,
        reden=maybe(TEXT),
        wetten=CODES,
        signalen={"type": "object", "additionalProperties": CODES},
        registerSha256=TEXT,
        wetsvoorstelSha256=maybe(TEXT),
        op=MOMENT,
    ),
    "Correcties": page(ref("Correctie"), "Een pagina met correcties.", vertrouwelijk=WHOLE),
}


def of_models() -> dict[str, Schema]:
    """The publication and the questions, from the models themselves; still under our own names."""
    # By what may be read, because what is written loses the format of a moment.
    _, sealed = models_json_schema([(SealedSummary, "validation")], by_alias=True, ref_template=REF)
    _, asked = models_json_schema([(Section, "serialization")], by_alias=True, ref_template=REF)
    return {**sealed["$defs"], **asked["$defs"]}


def plain(schema: Schema) -> Schema:
    """pydantic's schema without its made-up titles; `X or null` of simple things as one type."""
    return dict(_plain(schema))


def _plain(value: Any, *, names: bool = False) -> Any:
    """`names`: the keys are names of fields, not words of JSON Schema."""
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if not isinstance(value, dict):
        return value
    found = {
        key: _plain(part, names=key == "properties" and not names)
        for key, part in value.items()
        if names or not (key == "title" and isinstance(part, str))
    }
    return found if names else _one_type(found)


def _one_type(schema: Schema) -> Schema:
    parts = schema.get("anyOf", [])
    if len(parts) == 2 and parts[1] == {"type": "null"} and "type" in parts[0] and isinstance(parts[0]["type"], str):
        return {**{key: part for key, part in schema.items() if key != "anyOf"}, **maybe(parts[0])}
    return schema
