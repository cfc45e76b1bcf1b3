"""Sending webhooks: over https, to public addresses only, and to exactly the address that was looked at.

A name is resolved once per attempt; if any address behind it is private, loopback, link-local or otherwise not public, nothing
is sent. The request goes to that very address (the name stays in `Host`, and in TLS where the certificate is checked), so
that a name cannot point elsewhere between looking and connecting. Redirects are answers, not ways; a body that comes back is
not read. A setting names hosts that may be private, and may be spoken to without TLS.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property

import httpx2

from uitvoeringsscan.notices.receivers import Answer

TIMEOUT = httpx2.Timeout(10.0, connect=5.0)
"""Seconds. Who needs longer than this to say "received" counts as not reached, and is asked again later."""

_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")
"""A name as DNS has it (IDNA already written out), or an address."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> Sequence[str]:
    """Every address behind a name, as the system says. OSError when there is none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(text: str) -> bool:
    """Whether this is an address of the internet at large; one inside another (mapped, 6to4, Teredo, NAT64) counts too."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in (address, *_inside(address)))


def _inside(address: Address) -> list[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[Address] = [one for one in (address.ipv4_mapped, address.sixtofour) if one is not None]
    if address.teredo is not None:
        found += address.teredo
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found


class Webhooks:
    """Fits `use_cases.ports_outside.Post`.

    allowed    hosts that may be private, and may be reached by plain http
    verify     what certificates are trusted; None: those that the system trusts
    """

    def __init__(
        self, allowed: Collection[str] = (), *, resolve: Resolve = resolve, verify: ssl.SSLContext | None = None
    ) -> None:
        self._allowed = frozenset(host.casefold() for host in allowed)
        self._resolve = resolve
        self._verify = verify

    @cached_property
    def _client(self) -> httpx2.Client:
        """Made at the first use: most processes send nothing."""
        return httpx2.Client(
            verify=self._verify or ssl.create_default_context(),
            trust_env=False,  # a proxy of this machine would connect for us, unseen
            follow_redirects=False,
            timeout=TIMEOUT,
            limits=httpx2.Limits(max_keepalive_connections=0),  # or a later attempt would skip the look at the address
        )

    def check(self, url: str) -> str | None:
        parts = self._parts(url)
        if isinstance(parts, str):
            return parts
        found = self._address(parts)
        return found.fault if isinstance(found, Answer) else None

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        parts = self._parts(url)
        if isinstance(parts, str):
            return Answer(fault=parts)
        found = self._address(parts)
        if isinstance(found, Answer):
            return found
        # `copy_with` keeps path and query; the name goes along where it belongs.
        pinned = parts.copy_with(host=found)
        host = parts.netloc.decode("ascii")
        given = {**headers, "host": host, "user-agent": "uitvoeringsscan", "content-length": str(len(body))}
        try:
            with self._client.stream(
                "POST", pinned, headers=given, content=body, extensions={"sni_hostname": parts.raw_host.decode("ascii")}
            ) as answer:
                return Answer(status=answer.status_code)
        except httpx2.TimeoutException:
            return Answer(fault="te-langzaam")
        except httpx2.ConnectError as error:
            return Answer(fault="certificaat" if _is_certificate(error) else "geen-verbinding")
        except httpx2.HTTPError:
            return Answer(fault="verbroken")

    def _parts(self, url: str) -> httpx2.URL | str:
        try:
            parts = httpx2.URL(url)
            host = parts.raw_host.decode("ascii")
        except (httpx2.InvalidURL, ValueError, TypeError):
            return "geen-adres"
        if parts.scheme not in ("http", "https") or parts.userinfo or parts.fragment or not (parts.port or 1) < 65536:
            return "geen-adres"
        if _HOST.fullmatch(host) is None:
            return "geen-adres"
        if parts.scheme == "http" and host.casefold() not in self._allowed:
            return "niet-versleuteld"
        return parts

    def _address(self, parts: httpx2.URL) -> str | Answer:
        """The one address to connect to; or why there is none."""
        host = parts.raw_host.decode("ascii")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError):
            return Answer(fault="onbekende-naam")
        if not found:
            return Answer(fault="onbekende-naam")
        if host.casefold() not in self._allowed and not all(map(is_public, found)):
            return Answer(fault="niet-toegestaan")
        return found[0]


def _is_certificate(error: BaseException) -> bool:
    """Whether TLS was refused because of the certificate, however deep that lies."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
