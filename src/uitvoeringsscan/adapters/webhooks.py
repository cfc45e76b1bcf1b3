"""Sending webhooks: over https, to public addresses only, and to exactly the address that was looked at.

A name is resolved once per attempt; if any address behind it is private, loopback, link-local or otherwise not public, nothing
is sent. The request goes to that very address (the name stays in `Host`, and in TLS where the certificate is checked), so
that a name cannot point elsewhere between looking and connecting. Redirects are answers, not ways; a body that comes back is
not read. A setting names hosts that may be private, and may be spoken to without TLS.

The conversation is held here, by h11 over a socket of our own: a client library counts its limits anew for each byte that
arrives, so that a receiver which says "received" one byte at a time would keep a place in the queue for ever.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property

import h11
import httpx2

from uitvoeringsscan.adapters.chance import steady
from uitvoeringsscan.notices.receivers import Answer

WHOLE = 10.0
"""Seconds for one delivery: connecting, sending and reading together. Who needs longer than this to say "received" counts as
not reached, and is asked again later."""

CONNECT = 5.0
"""Seconds of those for connecting."""

MOST = 32 * 1024
"""Bytes that are read of an answer: its status stands in the first."""

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
    whole      seconds for one delivery
    """

    def __init__(
        self,
        allowed: Collection[str] = (),
        *,
        resolve: Resolve = resolve,
        verify: ssl.SSLContext | None = None,
        whole: float = WHOLE,
    ) -> None:
        self._allowed = frozenset(host.casefold() for host in allowed)
        self._resolve = resolve
        self._verify = verify
        self._whole = whole

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Made at the first use: most processes send nothing."""
        return self._verify or ssl.create_default_context()

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
        left = _limit(self._whole)
        with ExitStack() as held:
            try:
                line = self._line(held, parts, found, left)
            except TimeoutError:
                return Answer(fault="te-langzaam")
            except ssl.SSLCertVerificationError:
                return Answer(fault="certificaat")
            except (OSError, ValueError):  # the second: a name that TLS cannot have
                return Answer(fault="geen-verbinding")
            try:
                return Answer(status=_asked(line, _request(parts, headers, body), body, left))
            except TimeoutError:
                return Answer(fault="te-langzaam")
            except (OSError, h11.RemoteProtocolError):
                return Answer(fault="verbroken")

    def _line(self, held: ExitStack, parts: httpx2.URL, address: str, left: Callable[[], float]) -> socket.socket:
        """Connected to the address that was looked at, with TLS to the name; until `held` ends."""
        plain = socket.create_connection((address, _port(parts)), timeout=min(CONNECT, left()))
        held.callback(plain.close)
        if parts.scheme == "http":
            return plain
        plain.settimeout(left())  # a limit of the whole handshake
        line = self._tls.wrap_socket(plain, server_hostname=parts.raw_host.decode("ascii"))
        held.callback(line.close)
        return line

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
        try:
            found = self._resolve(host, _port(parts))
        except (OSError, UnicodeError):
            return Answer(fault="onbekende-naam")
        if not found:
            return Answer(fault="onbekende-naam")
        if host.casefold() not in self._allowed and not all(map(is_public, found)):
            return Answer(fault="niet-toegestaan")
        return found[0]


def _port(parts: httpx2.URL) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _limit(whole: float) -> Callable[[], float]:
    """How many seconds are left, from now on; TimeoutError when there are none."""
    end = steady() + whole

    def left() -> float:
        if (seconds := end - steady()) <= 0:
            raise TimeoutError
        return seconds

    return left


def _request(parts: httpx2.URL, headers: Mapping[str, str], body: bytes) -> h11.Request:
    given = {
        **headers,
        "host": parts.netloc.decode("ascii"),
        "user-agent": "uitvoeringsscan",
        "content-length": str(len(body)),
        "connection": "close",
    }
    return h11.Request(method="POST", target=parts.raw_path, headers=list(given.items()))


def _asked(line: socket.socket, request: h11.Request, body: bytes, left: Callable[[], float]) -> int:
    """The status that the other side answers with. TimeoutError, OSError or h11.RemoteProtocolError when it does not."""
    talk = h11.Connection(h11.CLIENT)
    sent = [talk.send(request), talk.send(h11.Data(data=body)), talk.send(h11.EndOfMessage())]
    line.settimeout(left())
    line.sendall(b"".join(one or b"" for one in sent))
    read = 0
    while read <= MOST:
        event = talk.next_event()
        if isinstance(event, h11.Response):
            return event.status_code
        if event is h11.NEED_DATA:
            line.settimeout(left())
            given = line.recv(4096)
            read += len(given)
            talk.receive_data(given)
        elif not isinstance(event, h11.InformationalResponse):
            break
    raise h11.RemoteProtocolError("no answer in what came")
