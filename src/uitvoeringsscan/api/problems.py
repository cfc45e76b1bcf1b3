"""Errors on the wire: application/problem+json (RFC 9457), Dutch, every fault at once and each with its place.

One table gives each kind of error its status. Nothing of what was sent is ever echoed, and nothing of the inside shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse

from uitvoeringsscan.errors import (
    DomainError,
    Forbidden,
    InvalidInput,
    KeyReused,
    NotFound,
    Problem,
    Stale,
    Unauthenticated,
    VersionMissing,
    WrongState,
)

MEDIA_TYPE = "application/problem+json"
TYPES = "/uitleg/fouten"
"""Where people read what a kind of problem means: `type` is this address with the code of the kind below it."""

STATUS: dict[type[DomainError], HTTPStatus] = {
    InvalidInput: HTTPStatus.BAD_REQUEST,
    Unauthenticated: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    WrongState: HTTPStatus.CONFLICT,
    Stale: HTTPStatus.PRECONDITION_FAILED,
    KeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    VersionMissing: HTTPStatus.PRECONDITION_REQUIRED,
}

TITLES: dict[int, str] = {
    400: "De invoer klopt niet",
    401: "Niet aangemeld",
    403: "Niet toegestaan",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    406: "Deze vorm is er niet",
    409: "Kan nu niet",
    412: "Intussen gewijzigd",
    413: "Te groot",
    415: "Verkeerde soort inhoud",
    422: "Sleutel al gebruikt",
    428: "Versie ontbreekt",
    429: "Te veel verzoeken",
    500: "Er ging iets mis bij ons",
    503: "Nu niet beschikbaar",
}

_BY_PYDANTIC_TYPE: dict[str, tuple[str, str]] = {
    "missing": ("verplicht", "Dit veld is verplicht."),
    "extra_forbidden": ("onbekend-veld", "Dit veld kennen we niet."),
    "json_invalid": ("geen-json", "Dit is geen geldige JSON."),
    "string_type": ("verkeerde-soort", "Hier hoort tekst."),
    "string_unicode": ("ongeldige-tekens", "Er staan tekens in die geen tekst zijn."),
    "string_too_long": ("te-lang", "Deze tekst is te lang."),
    "string_too_short": ("te-kort", "Deze tekst is te kort."),
    "bool_type": ("verkeerde-soort", "Hier hoort true of false."),
    "bool_parsing": ("verkeerde-soort", "Hier hoort true of false."),
    "list_type": ("verkeerde-soort", "Hier hoort een lijst."),
    "dict_type": ("verkeerde-soort", "Hier hoort een object."),
    "model_type": ("verkeerde-soort", "Hier hoort een object."),
    "model_attributes_type": ("verkeerde-soort", "Hier hoort een object."),
    "int_parsing": ("verkeerde-soort", "Hier hoort een geheel getal."),
    "enum": ("onbekende-code", "Deze code kennen we niet."),
    "literal_error": ("onbekende-code", "Deze code kennen we niet."),
    "timezone_aware": ("zonder-tijdzone", "Zet de tijdzone erbij, zoals +01:00 of Z."),
}
_BY_PREFIX: tuple[tuple[str, tuple[str, str]], ...] = (
    ("date_", ("ongeldige-datum", "Hier hoort een datum, zoals 2026-12-08.")),
    ("datetime_", ("ongeldige-datum", "Hier hoort een moment met tijdzone, zoals 2026-12-08T16:00:00+01:00.")),
    ("too_long", ("te-veel", "Dit zijn er te veel.")),
    ("greater_than", ("te-klein", "Dit getal is te klein.")),
    ("less_than", ("te-groot", "Dit getal is te groot.")),
)
_OTHERWISE = ("verkeerde-vorm", "Dit heeft niet de vorm die we verwachten.")

MAX_PROBLEMS = 100


def respond(
    status: int,
    detail: str,
    *,
    code: str | None = None,
    problems: Iterable[Problem] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem document. `problems` become `fouten`, each with `vraag` or `veld`."""
    body: dict[str, Any] = {
        "type": f"{TYPES}/{code}" if code else "about:blank",
        "title": TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "detail": detail,
    }
    faults = [_fault(problem) for problem in problems]
    if faults:
        body["fouten"] = faults[:MAX_PROBLEMS]
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def code_of(status: int) -> str | None:
    """The code of the kind of error that has this status."""
    return next((kind.code for kind, found in STATUS.items() if found == status), None)


def of_domain(error: DomainError) -> JSONResponse:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    headers = {"WWW-Authenticate": 'Bearer realm="uitvoeringsscan"'} if isinstance(error, Unauthenticated) else None
    problems = error.problems if isinstance(error, InvalidInput) else ()
    return respond(status, error.message, code=error.code, problems=problems, headers=headers)


def unreadable(detail: str) -> JSONResponse:
    """A body that is no JSON at all; the fault is in the whole, so its place is empty."""
    code, message = _BY_PYDANTIC_TYPE["json_invalid"]
    return respond(400, detail, code=code, problems=[Problem(code=code, message=message, field="")])


def of_validation(errors: Sequence[Mapping[str, Any]]) -> JSONResponse:
    """FastAPI's own findings, in our words; what was sent is not repeated."""
    problems = [Problem(code=code, message=message, field=field) for field, code, message in map(_read, errors)]
    return respond(400, "Er klopt iets niet in wat u hebt gestuurd.", code="ongeldige-invoer", problems=problems)


def _read(error: Mapping[str, Any]) -> tuple[str, str, str]:
    kind = str(error["type"])
    by_prefix = (words for prefix, words in _BY_PREFIX if kind.startswith(prefix))
    code, message = _BY_PYDANTIC_TYPE.get(kind) or next(by_prefix, _OTHERWISE)
    if kind == "json_invalid":
        return "", code, message
    return field_path(error["loc"]), code, message


def field_path(location: Sequence[str | int]) -> str:
    """("body", "amendement", "indieners", 0, "naam") -> amendement.indieners[0].naam"""
    path = ""
    for part in location[1:]:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return _printable(path)


def _printable(path: str) -> str:
    return path[:200].encode("utf-8", "replace").decode()


def _fault(problem: Problem) -> dict[str, str]:
    place = {"vraag": problem.question} if problem.question is not None else {"veld": problem.field or ""}
    return {**place, "code": problem.code, "melding": problem.message}
