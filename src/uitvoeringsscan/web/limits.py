"""How often one caller may ask for what is dear or worth guessing at: signing in, submitting, trying a routing.

A token bucket per caller and per kind of request, in this process's memory: with more worker processes the limit is that
many times as high. A machine is counted by its key and by its address, so that trying other keys does not help; one
address may do four times what one key may. Asked before a body is read.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """`burst` requests at once, and after that `per_minute`. `where` is matched against method and path."""

    name: str
    where: re.Pattern[str]
    burst: int
    per_minute: float


LIMITS = (
    Limit(
        name="inloggen",
        where=re.compile(r"POST (/inloggen|/oauth/token)|GET /inloggen/(begin|terug)"),
        burst=20,
        per_minute=20,
    ),
    Limit(
        name="indienen",
        where=re.compile(r"POST (/api/v1/scans|/api/v1/scans/reeks|/indienen|/indienen/gelezen)"),
        burst=60,
        per_minute=30,
    ),
    Limit(name="proberen", where=re.compile(r"POST /api/v1/routeringen"), burst=60, per_minute=60),
)
PER_ADDRESS = 4
MOST = 20_000
"""Callers remembered at once; beyond it those who have asked least lately are forgotten first."""


class Limits:
    """An ASGI layer.

    steady         seconds from anywhere, only ever forward
    proxy          the address of a proxy before this service, whose X-Forwarded-For is believed; empty: none
    api_headers    what every answer of the API carries
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        steady: Callable[[], float],
        proxy: str = "",
        api_headers: Mapping[str, str] | None = None,
        limits: Sequence[Limit] = LIMITS,
    ) -> None:
        self._app = app
        self._steady = steady
        self._proxy = proxy
        self._api_headers = dict(api_headers or {})
        self._limits = limits
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}  # what is left, and when that was counted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = f"{scope['method']} {scope['path']}"
            for limit in self._limits:
                if limit.where.fullmatch(request):
                    wait = self._wait(limit, scope)
                    if wait > 0:
                        await self._refusal(scope["path"], wait)(scope, receive, send)
                        return
        await self._app(scope, receive, send)

    def _wait(self, limit: Limit, scope: Scope) -> float:
        """Seconds until this caller may ask again; 0: now, and it is counted."""
        headers = dict(scope["headers"])
        callers = [(f"adres:{self._address(scope, headers)}", PER_ADDRESS if b"authorization" in headers else 1)]
        if b"authorization" in headers:
            callers.append((f"sleutel:{hashlib.sha256(headers[b'authorization']).hexdigest()}", 1))
        now = self._steady()
        found = []
        for caller, times in callers:
            rate, most = limit.per_minute * times / 60, limit.burst * times
            left, at = self._buckets.pop((limit.name, caller), (float(most), now))
            left = min(float(most), left + (now - at) * rate)
            found.append(((limit.name, caller), left, rate))
        wait = max((1 - left) / rate for _, left, rate in found)
        for key, left, _ in found:
            self._buckets[key] = (left if wait > 0 else left - 1, now)
        while len(self._buckets) > MOST:
            del self._buckets[next(iter(self._buckets))]
        return wait

    def _address(self, scope: Scope, headers: Mapping[bytes, bytes]) -> str:
        peer: str = scope["client"][0] if scope.get("client") else ""
        if self._proxy and peer == self._proxy:
            # The last one is what the proxy itself saw; whatever stands before it, the caller may have written.
            return headers.get(b"x-forwarded-for", b"").decode("latin-1").rpartition(",")[2].strip() or peer
        return peer

    def _refusal(self, path: str, wait: float) -> Response:
        seconds = math.ceil(wait)
        message = (
            f"U vraagt dit te vaak. Wacht {seconds} {'seconde' if seconds == 1 else 'seconden'} en probeer het opnieuw."
        )
        headers = {"Retry-After": str(seconds)}
        if not path.startswith("/api/"):
            return PlainTextResponse(message, status_code=429, headers=headers)
        problem = {
            "type": "/uitleg/fouten/te-veel-verzoeken",
            "title": "Te veel verzoeken",
            "status": 429,
            "detail": message,
        }
        return Response(
            json.dumps(problem), 429, {**headers, **self._api_headers}, media_type="application/problem+json"
        )
