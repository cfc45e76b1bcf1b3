"""Many scans at once: a stream of JSON lines in, a line of answer for each, in the same order, in bounded memory.

Each line is a transaction of its own and is remembered by its sender's reference, so a stream that broke off is simply sent
again. A line that is wrong gets the problem it would have got alone, and the rest goes on.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from uitvoeringsscan.api import bodies, problems
from uitvoeringsscan.api.calls import STREAM, KnownCall, show
from uitvoeringsscan.errors import DomainError
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.use_cases import submitting
from uitvoeringsscan.use_cases.ports import Desk

router = APIRouter()
PATH = "/scans/reeks"
MAX_LINE = 1_000_000
"""Bytes: as much as one scan alone may weigh."""

log = logging.getLogger(__name__)


@router.post(PATH, tags=["Scans"], summary="Dien een reeks amendementen in, een per regel")
async def submit_many(call: KnownCall, request: Request) -> Response:
    require(call.actor, Action.SUBMIT_SCAN)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != STREAM:
        detail = f"Stuur een regel JSON per scan, met de header Content-Type: {STREAM}."
        return problems.respond(415, detail, code="geen-json")
    return _Lines(_answers(call, request))


class _Lines(Response):
    """Answers while the request is still coming in. The framework's own streaming answer would listen for the caller's
    leaving meanwhile, and so take the lines away from whoever reads them."""

    media_type = STREAM

    def __init__(self, lines: AsyncIterator[bytes]) -> None:
        super().__init__(headers={"Cache-Control": "private, no-cache"})
        del self.headers["content-length"]
        self._answers = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        try:
            async for line in self._answers:
                await send({"type": "http.response.body", "body": line, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except ClientDisconnect:
            log.info("a stream broke off; what was answered is stored")


async def _answers(call: KnownCall, request: Request) -> AsyncIterator[bytes]:
    number = 0
    async for line in _lines(request):
        number += 1
        answer = await run_in_threadpool(_one, call, line)
        yield json.dumps({"regel": number, **answer}, ensure_ascii=False).encode() + b"\n"


async def _lines(request: Request) -> AsyncIterator[bytes | None]:
    """The lines that are not empty; None for one that is too long, of which no more is kept than that."""
    held, skipping = b"", False
    async for chunk in request.stream():
        *whole, held = (held + chunk).split(b"\n")
        for line in whole:
            if skipping or len(line) > MAX_LINE:
                skipping = False
                yield None
            elif line.strip():
                yield line
        if len(held) > MAX_LINE:
            held, skipping = b"", True
    if skipping or held.strip():
        yield None if skipping else held


def _one(call: KnownCall, line: bytes | None) -> dict[str, Any]:
    reference = _reference(line)
    try:
        answer = _submit(call, line) if line is not None else problems.respond(
            413, "Deze regel is te groot: hooguit 1000 kB.", code="te-groot")  # fmt: skip
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        answer = problems.of_validation([{**fault, "loc": ("body", *fault["loc"])} for fault in faults])
    except DomainError as error:
        answer = problems.of_domain(error)
    except Exception as error:  # the other lines have nothing to do with it
        log.error("unexpected error in a line", exc_info=error)
        answer = problems.respond(500, "Er ging iets mis bij ons. Deze regel is niet bewaard; stuur hem later opnieuw.")
    content = json.loads(bytes(answer.body))
    good = answer.status_code == 201
    return {
        "referentie": reference,
        "status": answer.status_code,
        "scan": content["id"] if good else None,
        "fout": None if good else content,
    }


def _submit(call: KnownCall, line: bytes) -> Response:
    body = bodies.LineBody.model_validate_json(line)

    def make(desk: Desk) -> Response:
        scan = submitting.submit_scan(desk, call.actor, body.command())
        return show({"id": scan.id}, version=scan.version, status=201)

    # A space is in no Idempotency-Key, so references and keys never meet.
    fingerprint = hashlib.sha256(body.model_dump_json(by_alias=True).encode()).hexdigest()
    return replace(call, key=f"reeks {body.reference}", fingerprint=fingerprint).once(make)


def _reference(line: bytes | None) -> str | None:
    """The reference of a line, also of one that is otherwise wrong."""
    try:
        content = json.loads(line or b"")
    except (ValueError, RecursionError):
        return None
    found = content.get("referentie") if isinstance(content, dict) else None
    return found[:200] if isinstance(found, str) and found.isprintable() else None
