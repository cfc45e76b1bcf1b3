"""Sending mail: over SMTP, or onto the console where no server was given. Fits `use_cases.ports_outside.Mailer`.

    smtp://user:password@host:587                      STARTTLS when the server offers it
    smtp://user:password@host:587?starttls=required    no mail without it
    smtps://user:password@host:465                     TLS from the first byte

What the server answers decides. A 5xx about the receiver's address stands; a 5xx about us (RFC 3463: policy, network, protocol)
and everything else may be better later.
"""

from __future__ import annotations

import logging
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from uitvoeringsscan.notices.bounce import HEADER
from uitvoeringsscan.notices.letter import Letter
from uitvoeringsscan.presentation.mail_view import written
from uitvoeringsscan.use_cases.ports_outside import MailDelayed, MailRefused

log = logging.getLogger(__name__)

TIMEOUT = 20
"""Seconds for each step of the conversation."""


class FaultyAddress(ValueError):
    """SMTP_URL or MAIL_FROM cannot be read; the message says what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    host: str
    port: int
    user: str
    password: str
    implicit_tls: bool
    starttls_required: bool


def read_server(url: str) -> Server:
    """What an SMTP_URL says. FaultyAddress when it says nothing we know."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FaultyAddress(str(error)) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise FaultyAddress("smtp://user:password@host:port, or smtps://")
    wanted = parse_qs(parts.query).get("starttls", ["offered"])[0]
    if wanted not in ("offered", "required"):
        raise FaultyAddress("?starttls=required, or nothing")
    return Server(
        host=parts.hostname,
        port=port or (465 if parts.scheme == "smtps" else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=parts.scheme == "smtps",
        starttls_required=wanted == "required",
    )


def composed(letter: Letter, at: datetime, sender: str, public_url: str) -> EmailMessage:
    """The whole message. The same letter makes the same message, Message-ID and date included.

    sender  an address, or `Name <address>`
    """
    words = written(letter, public_url)
    name, address = parseaddr(sender)
    user, _, domain = address.rpartition("@")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name or "Uitvoeringsscan", user, domain)
    user, _, host = letter.email.rpartition("@")
    message["To"] = Address(" ".join(letter.name.split()), user, host)
    message["Subject"] = words.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{letter.id}@{domain}>"
    if letter.mark:
        message[HEADER] = letter.mark
    message["Auto-Submitted"] = "auto-generated"  # no out-of-office back
    if letter.turn_off is not None:
        message["List-Unsubscribe"] = f"<{public_url}{letter.turn_off}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(words.text)
    message.add_alternative(words.html, subtype="html")
    return message


class SmtpMailer:
    """A conversation per mail: they are few, and a connection that was kept might be a dead one.

    bounces  the address that reports come back to (Return-Path); empty: that of the sender
    """

    def __init__(
        self, server: Server, *, sender: str, public_url: str, bounces: str = "", tls: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._sender = sender
        self._bounces = bounces or None
        self._public_url = public_url.rstrip("/")
        self._tls = tls or ssl.create_default_context()

    def send(self, letter: Letter, at: datetime) -> None:
        handed_over = False
        try:
            message = composed(letter, at, self._sender, self._public_url)
            with self._connected() as smtp:
                self._prepare(smtp)
                smtp.send_message(message, from_addr=self._bounces)
                handed_over = True
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _refusal(code, words, permanent=True) from None
        except smtplib.SMTPSenderRefused as error:  # our own side's fault: it says nothing about the receiver
            raise _refusal(error.smtp_code, error.smtp_error, permanent=False) from None
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error, permanent=True) from None
        except (
            smtplib.SMTPException,
            OSError,
            MessageError,
            ValueError,
        ) as error:  # the last two: it cannot be written out
            if handed_over:  # a goodbye that fails takes nothing back
                return
            raise MailDelayed(f"{type(error).__name__}: {error}") from None

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        if server.implicit_tls:
            return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=self._tls)
        return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)

    def _prepare(self, smtp: smtplib.SMTP) -> None:
        server = self._server
        smtp.ehlo()
        if not server.implicit_tls:
            if smtp.has_extn("starttls"):
                smtp.starttls(context=self._tls)
                smtp.ehlo()
            elif server.starttls_required:
                raise MailDelayed("the server does not offer STARTTLS, and it is required")
        if server.user:
            smtp.login(server.user, server.password)


_ABOUT_US = re.compile(r"5\.[034567]\.")
"""Enhanced status codes that are not about the address (5.1.x) or the mailbox (5.2.x)."""


def _refusal(code: int, words: bytes | str, *, permanent: bool) -> Exception:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    answer = f"{code} {' '.join(text.split())}"
    about_them = permanent and 500 <= code < 600 and not _ABOUT_US.match(text)
    return MailRefused(answer) if about_them else MailDelayed(answer)


class ConsoleMailer:
    """Development and demonstration: the mail is a line in the log, and nothing leaves this machine."""

    def __init__(self, *, sender: str, public_url: str, tell: Callable[[str], None] = log.info) -> None:
        self._sender = sender
        self._public_url = public_url.rstrip("/")
        self._tell = tell

    def send(self, letter: Letter, at: datetime) -> None:
        message = composed(letter, at, self._sender, self._public_url)
        body = message.get_body(("plain",))
        assert body is not None
        self._tell(f"mail to {message['To']}: {message['Subject']}\n{body.get_content()}")
