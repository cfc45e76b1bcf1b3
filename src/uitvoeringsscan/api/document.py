"""openapi.json: FastAPI's document made true, and put into Dutch. Everything it says stands in `operations`, `schemas`
and `words`; this module only lays it in place. A field that has no words yet stands there without; the tests name it.
"""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from uitvoeringsscan.api import (
    problems,
    schemas,
    schemas_afterwards,
    schemas_collaboration,
    schemas_proposals,
    schemas_versions,
    words,
)
from uitvoeringsscan.api.calls import STREAM
from uitvoeringsscan.api.operations import OPERATIONS, PARAMETERS, Operation
from uitvoeringsscan.presentation import labels

_VERSION = {
    "API-Version": {"description": "Versie van deze API.", "schema": {"type": "string"}, "example": "1.0.0"},
}
_MORE_HEADERS: dict[int, dict[str, Any]] = {
    201: {
        "Location": {
            "description": "Adres van wat is gemaakt.",
            "schema": {"type": "string", "format": "uri-reference"},
        }
    },
    303: {"Location": {"description": "Adres van de pagina.", "schema": {"type": "string", "format": "uri-reference"}}},
    429: {
        "Retry-After": {
            "description": "Over hoeveel seconden u weer mag vragen.",
            "schema": {"type": "integer"},
            "example": 2,
        }
    },
    401: {"WWW-Authenticate": {"description": "Hoe u zich aanmeldt.", "schema": {"type": "string"}}},
}
_ETAG = {"ETag": {"description": "De versie die u nu hebt.", "schema": {"type": "string"}}}
_INTRODUCTION = """\
Wat een amendement betekent voor wie het moet uitvoeren, bekend voor de stemming.

**Aanmelden.** Wat openbaar is, leest iedereen. Voor de rest stuurt u uw sleutel mee: `Authorization: Bearer <sleutel>`. \
U kunt uw sleutel ook ruilen voor een die maar 15 minuten geldt (OAuth 2, client credentials): stuur `client_id`, uw sleutel als \
`client_secret` en `grant_type=client_credentials` als formulier naar `/oauth/token`, met een `scope` als u minder wilt mogen.

**Wijzigen.** Iets wat u met anderen deelt, wijzigt u met `If-Match` en de ETag die u zag. Zo gaat niets verloren.

**Herhalen.** Een POST met een `Idempotency-Key` wordt één keer gedaan, hoe vaak u hem ook stuurt.

**Fouten.** Elke fout is `application/problem+json`, met alles wat er mis is in een keer. Wat een soort fout betekent, staat \
op [/uitleg/fouten](/uitleg/fouten).

**Lijsten.** De nieuwste eerst. `volgende` is het adres van de volgende pagina; volg het tot het `null` is.
"""


def build(api: FastAPI) -> dict[str, Any]:
    """The whole document, made once."""
    if api.openapi_schema:
        return api.openapi_schema
    document = get_openapi(
        title=api.title,
        version=api.version,
        summary=api.description,
        description=_INTRODUCTION,
        routes=api.routes,
        contact=api.contact,
        license_info=api.license_info,
        servers=api.servers,
        tags=[{"name": name, "description": text} for name, text in words.TAGS.items()],
        external_docs={"description": "Uitleg voor mensen", "url": f"{_site(api)}/uitleg"},
    )
    document["components"] = {
        "schemas": _schemas(document["components"]["schemas"]),
        "responses": {f"Fout{status}": _refusal(status) for status in sorted(_refusals())},
        "securitySchemes": {
            "sleutel": {
                "type": "http",
                "scheme": "bearer",
                "description": "De sleutel van uw systeem. U krijgt hem een keer te zien als de beheerder hem maakt.",
            },
            "oauth": {
                "type": "oauth2",
                "description": "Ruil uw sleutel voor een sleutel van 15 minuten. Lezen mag elk bereik.",
                "flows": {
                    "clientCredentials": {
                        "tokenUrl": f"{_site(api)}/oauth/token",
                        "scopes": {code: label.explanation for code, label in labels.SCOPES.items()},
                    }
                },
            },
        },
    }
    for path, item in document["paths"].items():
        for method, operation in item.items():
            _complete(operation, OPERATIONS[method, path], method)
    api.openapi_schema = _renamed(document)
    return api.openapi_schema


def statuses(known: Operation, method: str) -> list[int]:
    """Every status of an operation: its own, and those that a key, a body or a fault of ours give everywhere."""
    everywhere = {known.status, 400, 401, 500}
    return sorted(everywhere | set(known.also) | ({413, 415} if method in ("post", "put") else set()))


def _refusals() -> set[int]:
    return {status for (method, _), known in OPERATIONS.items() for status in statuses(known, method) if status >= 400}


def _complete(operation: dict[str, Any], known: Operation, method: str) -> None:
    operation["operationId"] = known.id
    operation["description"] = known.text
    if not known.public:
        operation["security"] = [{"sleutel": []}, {"oauth": []}]
    parameters = operation.setdefault("parameters", [])
    for parameter in parameters:
        parameter["schema"] = schemas.plain(parameter["schema"])
        parameter.setdefault("description", words.FIELDS.get(parameter["name"], ""))
    for name, required in _headers(known, method):
        text, example, schema = PARAMETERS[name]
        parameters.append(
            {
                "name": name,
                "in": "header",
                "required": required,
                "description": text,
                "example": example,
                "schema": schema,
            }
        )
    if not parameters:
        del operation["parameters"]
    if "requestBody" in operation and known.stream is None:
        content = operation["requestBody"]["content"]["application/json"]
        operation["requestBody"]["description"] = words.SCHEMAS[content["schema"]["$ref"].rsplit("/", 1)[-1]][1]
        if known.sends is not None:
            content["examples"] = {"voorbeeld": {"summary": "Een voorbeeld dat werkt", "value": known.sends}}
    if known.stream is not None:
        lines = {"type": "string", "description": f"Per regel een JSON-object van de vorm `{known.stream}`."}
        example = json.dumps({"referentie": "a-1", **(OPERATIONS["post", "/scans"].sends or {})}, ensure_ascii=False)
        operation["requestBody"] = {
            "required": True,
            "description": "Een JSON-object per regel.",
            "content": {
                STREAM: {"schema": lines, "examples": {"voorbeeld": {"summary": "Een regel", "value": example}}}
            },
        }
    operation["responses"] = {str(status): _answer(known, status) for status in statuses(known, method)}


def _headers(known: Operation, method: str) -> list[tuple[str, bool]]:
    found = []
    if 428 in known.also:
        found.append(("If-Match", True))
    if 304 in known.also:
        found.append(("If-None-Match", False))
    if 422 in known.also:
        found.append(("Idempotency-Key", False))
    return found


def _answer(known: Operation, status: int) -> dict[str, Any]:
    if status >= 400:
        return {"$ref": f"#/components/responses/Fout{status}"}
    etag = _ETAG if status != 303 and (304 in known.also or 428 in known.also) else {}
    answer: dict[str, Any] = {
        "description": words.ANSWERS[status],
        "headers": {**_VERSION, **_MORE_HEADERS.get(status, {}), **etag},
    }
    if known.id == "bewaarWetsvoorstel":  # a text of a bill has no address of its own
        answer["headers"].pop("Location", None)
    if known.stream is not None:
        lines = {"type": "string", "description": f"Per regel een JSON-object van de vorm `{known.answer}`."}
        answer["content"] = {STREAM: {"schema": lines}}
    elif status < 300:
        answer["content"] = {"application/json": {"schema": schemas.ref(known.answer)}}
        answer["content"] |= {kind: {"schema": {"type": "string"}} for kind in known.other}
    return answer


def _refusal(status: int) -> dict[str, Any]:
    title = problems.TITLES[status]
    code = {413: "te-groot", 415: "geen-json", 429: "te-veel-verzoeken"}.get(status) or problems.code_of(status)
    example: dict[str, Any] = {
        "type": f"{problems.TYPES}/{code}" if code else "about:blank",
        "title": title,
        "status": status,
        "detail": "Wat er in dit geval mis is, en hoe u verder kunt.",
    }
    if status == 400:
        example["fouten"] = [{"veld": "amendement.tekst", "code": "verplicht", "melding": "Dit veld is verplicht."}]
    return {
        "description": f"{title}.",
        "headers": {**_VERSION, **_MORE_HEADERS.get(status, {})},
        "content": {problems.MEDIA_TYPE: {"schema": schemas.ref("Probleem"), "example": example}},
    }


def _schemas(sent: dict[str, Any]) -> dict[str, Any]:
    """What is sent, what the models say, and our own: with Dutch words for every field."""
    found = {**schemas.of_models(), **sent}
    named = {}
    for name, schema in found.items():
        if name not in ("HTTPValidationError", "ValidationError"):  # FastAPI's own, which we never answer
            dutch, text = words.SCHEMAS.get(name, (name, ""))
            named[dutch] = {**schemas.plain(schema), "description": text}
    own = (schemas, schemas_versions, schemas_collaboration, schemas_afterwards, schemas_proposals)
    everything = dict(named)
    for module in own:
        everything.update(module.OWN)
    return {name: _described(name, everything[name]) for name in sorted(everything)}


def _described(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    properties = {
        field: {**part, "description": part.get("description") or _words(name, field)}
        for field, part in schema.get("properties", {}).items()
    }
    return {**schema, "properties": properties} if properties else schema


def _words(schema: str, field: str) -> str:
    return words.FIELDS.get(f"{schema}.{field}") or words.FIELDS.get(field, "")


def _renamed(value: Any) -> Any:
    """References by our classes' names -> by the Dutch ones."""
    if isinstance(value, list):
        return [_renamed(part) for part in value]
    if not isinstance(value, dict):
        return value
    found = {key: _renamed(part) for key, part in value.items()}
    reference = found.get("$ref")
    if isinstance(reference, str):
        folder, _, name = reference.rpartition("/")
        found["$ref"] = f"{folder}/{words.SCHEMAS[name][0] if name in words.SCHEMAS else name}"
    return found


def _site(api: FastAPI) -> str:
    return str(api.servers[0]["url"]).removesuffix("/api/v1")
