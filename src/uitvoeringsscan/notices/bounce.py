"""What comes back when a mail could not be delivered after all: a delivery status notification (RFC 3464) in a report (RFC 3462,
RFC 6522), read into what it says of which of our mails.

Every mail of ours carries `HEADER` with its name and a seal that only this installation can make; a report returns the headers
of what it is about. So a report can be believed as far as this: whoever made it had that mail. Only what is looked for here is
read; nothing in a report is shown but the other side's own answer, in one short line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from enum import StrEnum
from hmac import compare_digest

HEADER = "X-Uitvoeringsscan-Mail"
"""`<name of the mail> <seal>`, in every mail that goes out."""

MOST = 1024 * 1024
"""Bytes of a message that are read: a mail of ours and a report about it are a fraction of this."""

_GROUPS = 50  # addresses that are looked at
_ANSWER = 300


class Verdict(StrEnum):
    """What a report says of one address."""

    REFUSED = "geweigerd"
    """The address does not take it, now or later."""
    UNDELIVERED = "niet-bezorgd"
    """It did not arrive, for a reason that says nothing about the address: our side, the network, or too long a wait."""
    UNDER_WAY = "onderweg"
    """It is delayed, delivered or passed on: there is nothing to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What is said of one address. `addresses` are the names it goes by: as we wrote it, and where it ended up."""

    addresses: frozenset[str]
    verdict: Verdict
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A report about one mail: its name and seal as they came back, and what is said of each address."""

    mail: str
    seal: str
    reported: Sequence[Reported]

    def of(self, address: str) -> Reported | None:
        """What is said of this address, the worst first; None: it is about somebody else."""
        found = [one for one in self.reported if address.casefold() in one.addresses]
        return min(found, key=lambda one: list(Verdict).index(one.verdict), default=None)


class NoBounce(ValueError):
    """This message is no report about a mail of ours; the text is Dutch and says why."""


def header(mail: str, seal: Callable[[str], str]) -> str:
    """What stands in `HEADER`."""
    return f"{mail} {_seal(mail, seal)}"


def is_ours(bounce: Bounce, seal: Callable[[str], str]) -> bool:
    return compare_digest(bounce.seal.encode(), _seal(bounce.mail, seal).encode())


def _seal(mail: str, seal: Callable[[str], str]) -> str:
    return seal(f"mail:{mail}")[:32]


def read_bounce(raw: bytes) -> Bounce:
    """NoBounce when it is not a report, or one about something else."""
    if len(raw) > MOST:
        raise NoBounce("Dit bericht is te groot om een bezorgmelding over mail van ons te zijn.")
    try:
        message = message_from_bytes(raw)
        parts = _parts(message) if message.get_content_type() == "multipart/report" else []
    except (RecursionError, ValueError, LookupError):  # deep nesting; a charset or a boundary that cannot be
        raise NoBounce("Dit bericht is niet te lezen.") from None
    if not parts:
        raise NoBounce("Dit is geen bezorgmelding (multipart/report).")
    status = next((one for one in parts if one.get_content_type() == "message/delivery-status"), None)
    if status is None:
        raise NoBounce("In deze melding staat niet wat er met de mail gebeurde (message/delivery-status).")
    name, _, seal = next((one for part in parts if (one := _mark(part))), "").partition(" ")
    if not name or not seal:
        raise NoBounce("Deze melding gaat niet over mail van deze dienst.")
    return Bounce(mail=name, seal=seal, reported=tuple(_reported(status)))


def _parts(message: Message) -> list[Message]:
    content = message.get_payload()
    return [one for one in content if isinstance(one, Message)] if isinstance(content, list) else []


def _mark(part: Message) -> str:
    """What our header says, in what came back of the mail: the whole of it, or its headers alone."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return next((_field(one, HEADER) for one in _parts(part)), "")
    given = part.get_payload(decode=True) if kind == "text/rfc822-headers" else None
    return _field(BytesHeaderParser().parsebytes(given), HEADER) if isinstance(given, bytes) else ""


def _reported(status: Message) -> Iterator[Reported]:
    """A group of fields for each address; the first group is about the message as a whole."""
    for group in _parts(status)[:_GROUPS]:
        addresses = {_address(_field(group, name)) for name in ("Original-Recipient", "Final-Recipient")} - {""}
        if addresses:
            action, code = _field(group, "Action").casefold(), _field(group, "Status")
            said = _field(group, "Diagnostic-Code").partition(";")[2].strip()
            answer = (said or code or action)[:_ANSWER]
            yield Reported(addresses=frozenset(addresses), verdict=_verdict(action, code, said), answer=answer)


def _field(message: Message, name: str) -> str:
    """In one line, without signs that could do something where it is shown."""
    value = message.get(name)
    words = "".join(sign if sign.isprintable() else " " for sign in str(value or "")[:2000])
    return " ".join(words.split())


def _address(field: str) -> str:
    """`rfc822; Name@example.org` -> `name@example.org`; empty for another kind of address."""
    kind, _, address = field.partition(";")
    return address.strip().strip("<>").casefold() if kind.strip().casefold() in ("rfc822", "utf-8") else ""


_CODE = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
_BARE = re.compile(r"5\d\d\b")

_ADDRESS = re.compile(r"5\.0\.|5\.1\.(?![78]$)|5\.2\.|5\.4\.(1|4|310)$")
"""Codes (RFC 3463, and those that are used beside it) about the address, its domain or its mailbox: no such host and "no
answer from it" are a domain that is wrong. Not 5.1.7 and 5.1.8, about the sender; 5.3 to 5.7 are about the way or about us.
5.0 says nothing, and is what some servers always write: then the words of the answer count, and without any the address does.
"""


def _verdict(action: str, code: str, said: str) -> Verdict:
    if action != "failed":
        return Verdict.UNDER_WAY
    codes = [found.group() for found in (_CODE.search(code), _CODE.search(said)) if found]
    telling = [one for one in codes if ".0." not in one] or codes
    if not telling:
        return Verdict.REFUSED if _BARE.match(said) else Verdict.UNDELIVERED
    return Verdict.REFUSED if _ADDRESS.match(telling[0]) else Verdict.UNDELIVERED
