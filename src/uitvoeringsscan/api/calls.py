"""One call to the API, unpacked: who asks, which version they saw, and whether the same call was made before.

Everything a handler needs is a `Call`; a handler makes a command of it, calls one use case and shows the result.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.responses import JSONResponse

from uitvoeringsscan.errors import DomainError, InvalidInput, KeyReused, Problem, Stale, VersionMissing
from uitvoeringsscan.people.people import NOBODY, Actor
from uitvoeringsscan.use_cases.access import Seen, known
from uitvoeringsscan.use_cases.accounts import client_actor
from uitvoeringsscan.use_cases.ports import Desk, Reply, Work

STREAM = "application/x-ndjson"
_ETAG = re.compile(r'"([0-9]{1,9})"')
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True, slots=True)
class Call:
    """`seen` is read from If-Match only when asked for: a handler that forgets to ask cannot write."""

    desk: Desk
    actor: Actor
    if_match: str | None
    if_none_match: str | None
    key: str | None
    fingerprint: str

    @property
    def seen(self) -> Seen:
        """The version the writer saw: 428 when it is not said, 412 when it cannot be one of ours."""
        if self.if_match is None:
            raise VersionMissing
        if self.if_match.strip() == "*":
            return None
        versions = _ETAG.findall(self.if_match.replace('W/"', '"-'))
        if len(versions) != 1:
            raise Stale
        return int(versions[0])

    def once(self, make: Callable[[Desk], Response]) -> Response:
        """Do this once per Idempotency-Key: the answer is stored in the same transaction as the change it tells of.

        The transaction begins when the use case first writes (so not while it renders), and ends after its answer was
        kept. A call that fails leaves no trace, so it can be tried again.
        """
        if self.key is None:
            return make(self.desk)
        try:
            return self._earlier(self.key) or self._first(self.key, make)
        except _Taken as taken:
            return self._again(taken.reply)
        except DomainError:
            # The same call may have been answered while this one was under way: then that is the answer.
            earlier = self._earlier(self.key)
            if earlier is None:
                raise
            return earlier

    def _first(self, key: str, make: Callable[[Desk], Response]) -> Response:
        held: list[Work] = []
        with ExitStack() as until_kept:

            def writing() -> AbstractContextManager[Work]:
                if not held:
                    work = until_kept.enter_context(self.desk.writing())
                    earlier = work.replies.claim(self.actor.principal, key, self.fingerprint, self.desk.now())
                    if earlier is not None:
                        raise _Taken(earlier)
                    held.append(work)
                return nullcontext(held[0])

            def reading() -> AbstractContextManager[Work]:
                return nullcontext(held[0]) if held else self.desk.reading()

            answer = make(replace(self.desk, writing=writing, reading=reading))
            headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
            reply = Reply(
                fingerprint=self.fingerprint, status=answer.status_code, headers=headers, body=bytes(answer.body)
            )
            with writing() as work:
                work.replies.keep(self.actor.principal, key, reply)
        return answer

    def _earlier(self, key: str) -> Response | None:
        with self.desk.reading() as work:
            reply = work.replies.get(self.actor.principal, key)
        return None if reply is None else self._again(reply)

    def _again(self, reply: Reply) -> Response:
        if reply.fingerprint != self.fingerprint:
            raise KeyReused("Deze Idempotency-Key is eerder gebruikt voor een ander verzoek.")
        return Response(reply.body, status_code=reply.status or 500, headers=reply.headers)


class _Taken(Exception):
    """Another request with this key was first."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply


async def call(request: Request) -> Call:
    """Unpack a request. The secret is looked up anew each time, so that revoking works at once."""
    desk: Desk = request.app.state.desk
    key = request.headers.get("idempotency-key")
    if key is not None and _KEY.fullmatch(key) is None:
        message = "Een Idempotency-Key is 1 tot 255 zichtbare tekens."
        raise InvalidInput([Problem(code="verkeerde-vorm", field="Idempotency-Key", message=message)])
    # A stream is not read here: it may be longer than memory, and each of its lines has a key of its own.
    stream = request.headers.get("content-type", "").startswith(STREAM)
    body = await request.body() if key is not None and not stream else b""
    fingerprint = hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + body).hexdigest()
    return Call(
        desk=desk,
        actor=NOBODY,
        if_match=request.headers.get("if-match"),
        if_none_match=request.headers.get("if-none-match"),
        key=key,
        fingerprint=fingerprint,
    )


def identified(request: Request, call: Annotated[Call, Depends(call)]) -> Call:
    """The call with who makes it (a plain function: reading the database belongs in the thread pool)."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not secret:
        return call
    actor = client_actor(call.desk, secret.strip())
    return replace(call, actor=replace(actor, request=request.scope.get("state", {}).get("request_id")))


AnyCall = Annotated[Call, Depends(identified)]
"""A call by anybody, also by a visitor."""


def signed_in(call: AnyCall) -> Call:
    """Before anything else about the request is judged: a visitor gets 401 here, whatever they send."""
    known(call.actor)
    return call


KnownCall = Annotated[Call, Depends(signed_in)]


def show(
    content: Any,
    *,
    version: int | None = None,
    status: int = 200,
    location: str | None = None,
    call: Call | None = None,
) -> Response:
    """JSON, with the version as ETag; 304 when the caller has it already. What is not public is not kept anywhere."""
    headers = {"Cache-Control": "private, no-cache"}
    if version is not None:
        headers["ETag"] = f'"{version}"'
        if call is not None and call.if_none_match is not None and headers["ETag"] in call.if_none_match:
            return Response(status_code=304, headers=headers)
    if location is not None:
        headers["Location"] = location
    return JSONResponse(content, status_code=status, headers=headers)
