"""A real SMTP server that keeps what it gets, and answers as it is told.

with smtp_server() as server:
    server.url                 smtp://127.0.0.1:PORT
    server.answers             what to say to the next receivers, one by one; after that "250 OK"
    server.messages            what came in; `server.senders` from whom, on the envelope
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


@dataclass(slots=True)
class SmtpServer:
    url: str = ""
    answers: list[str] = field(default_factory=list)
    data_answers: list[str] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    goodbye: str = "221 Bye"

    # --- what aiosmtpd calls ---

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.data_answers.pop(0) if self.data_answers else "250 OK"
        if answer.startswith("250"):
            found = message_from_bytes(envelope.content, policy=default)
            assert isinstance(found, EmailMessage)
            self.messages.append(found)
            self.encrypted.append(session.ssl is not None)
            self.senders.append(envelope.mail_from)
        return answer

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:
        return self.goodbye

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.users.append(f"{data.login.decode()}:{data.password.decode()}")
        return AuthResult(success=data.password == b"geheim", handled=False)


@contextmanager
def smtp_server(*, tls: ssl.SSLContext | None = None, auth: bool = False, port: int = 0) -> Iterator[SmtpServer]:
    """A server on a free port, until the block ends. With `tls` it offers STARTTLS."""
    kept = SmtpServer()
    controller = Controller(
        kept, hostname="127.0.0.1", port=port or _free(), tls_context=tls,
        authenticator=kept.authenticate if auth else None, auth_require_tls=False,
    )  # fmt: skip
    controller.start()
    try:
        kept.url = f"smtp://127.0.0.1:{controller.port}"
        yield kept
    finally:
        controller.stop()


def _free() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
