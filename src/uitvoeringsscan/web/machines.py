"""Where a machine trades its secret for a token that ends soon: OAuth 2 client credentials (RFC 6749, section 4.4).

The errors are those of section 5.2, in English ASCII as it asks; RFC 8414 says where everything is.
"""

from __future__ import annotations

import base64
import binascii
import logging
from typing import Annotated
from urllib.parse import unquote_plus

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData

from uitvoeringsscan.people.people import Scope
from uitvoeringsscan.use_cases import client_tokens
from uitvoeringsscan.use_cases.client_tokens import Refused
from uitvoeringsscan.web.visit import Site

router = APIRouter()
log = logging.getLogger(__name__)

PLACE = "/oauth/token"
_KIND = "application/x-www-form-urlencoded"
_ONCE = ("grant_type", "client_id", "client_secret", "scope")
_WORDS = {
    "invalid_request": "The request cannot be read. Send a form with every field at most once.",
    "invalid_client": "This client is not known, has ended, or its secret is wrong.",
    "invalid_scope": "This client may not have this scope.",
    "unsupported_grant_type": "The only grant_type here is client_credentials.",
}


async def _fields(request: Request) -> FormData | None:
    """The form; None when it is none."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _KIND:
        return None
    async with request.form(max_files=0, max_fields=20) as form:
        return form


@router.post(PLACE)
def token(request: Request, form: Annotated[FormData | None, Depends(_fields)]) -> Response:
    if form is None or any(len(form.getlist(name)) > 1 for name in _ONCE):
        return _refusal("invalid_request")
    given = {name: str(form.get(name) or "") for name in _ONCE}
    if not given["grant_type"]:
        return _refusal("invalid_request")
    if given["grant_type"] != "client_credentials":
        return _refusal("unsupported_grant_type")
    header = request.headers.get("authorization")
    if header is not None and given["client_secret"]:  # one way at a time
        return _refusal("invalid_request")
    client, secret = (given["client_id"], given["client_secret"]) if header is None else _basic(header)
    if header is not None and given["client_id"] not in ("", client):
        return _refusal("invalid_request")
    site: Site = request.app.state.site
    answer = client_tokens.issue(site.desk, client=client, secret=secret, scope=given["scope"] or None)
    if isinstance(answer, Refused):
        return _refusal(answer.error)
    return JSONResponse(
        {
            "access_token": answer.token,
            "token_type": "Bearer",
            "expires_in": int(answer.lasts.total_seconds()),
            "scope": " ".join(sorted(answer.scopes)),
        },
        headers=_NOT_KEPT,
    )


@router.get("/.well-known/oauth-authorization-server")
def metadata(request: Request) -> Response:
    site: Site = request.app.state.site
    return JSONResponse(
        {
            "issuer": site.public_url,
            "token_endpoint": f"{site.public_url}{PLACE}",
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "grant_types_supported": ["client_credentials"],
            "response_types_supported": [],
            "scopes_supported": [scope.value for scope in Scope],
            "service_documentation": f"{site.public_url}/uitleg/api",
        },
        headers={"Cache-Control": "public, max-age=3600"},
    )


_NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}


def _basic(header: str) -> tuple[str, str]:
    """Name and secret of `Basic ...`, each form-encoded inside (section 2.3.1); empty when they cannot be read."""
    scheme, _, packed = header.partition(" ")
    try:
        text = base64.b64decode(packed.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return "", ""
    client, _, secret = text.partition(":")
    return (unquote_plus(client), unquote_plus(secret)) if scheme.casefold() == "basic" else ("", "")


def _refusal(error: str) -> Response:
    status = 401 if error == "invalid_client" else 400
    headers = {**_NOT_KEPT, "WWW-Authenticate": 'Basic realm="uitvoeringsscan"'} if status == 401 else _NOT_KEPT
    log.info("no token: %s", error)
    return JSONResponse({"error": error, "error_description": _WORDS[error]}, status, headers)
