"""Reports of undelivered mail (RFC 3464), written in the shapes of the servers that send them; invented addresses.

SHAPES[name]   a shape, with the address, our header and what is said to be filled in by `report`
"""

from __future__ import annotations

from uitvoeringsscan.notices.bounce import HEADER

_REPORT = """\
From: {from_}
To: scan@dienst.example
Subject: {subject}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="=_grens/1.mx"

This is a MIME-encapsulated message.

--=_grens/1.mx
Content-Type: text/plain; charset=utf-8

{words}

--=_grens/1.mx
{status}
--=_grens/1.mx
{returned}
--=_grens/1.mx--
"""

_HEADERS = f"""\
Return-Path: <scan@dienst.example>
From: Uitvoeringsscan <scan@dienst.example>
To: Piet <{{to}}>
Subject: Scan 2026-4821: uw reactie gevraagd
Message-ID: <mail-7-p1@dienst.example>
{HEADER}: {{mark}}
Auto-Submitted: auto-generated
"""

POSTFIX = _REPORT.format(
    from_="MAILER-DAEMON@mx.example.nl (Mail Delivery System)",
    subject="Undelivered Mail Returned to Sender",
    words="<{to}>: host mail.example.org said: 550 5.1.1 unknown (in reply to RCPT TO command)",
    status="""\
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.nl
X-Postfix-Queue-ID: 4T0000000z
X-Postfix-Sender: rfc822; scan@dienst.example
Arrival-Date: Tue, 24 Nov 2026 09:00:00 +0100 (CET)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: {diagnostic}
""",
    returned=f"Content-Description: Undelivered Message Headers\nContent-Type: text/rfc822-headers\n\n{_HEADERS}",
)

EXIM = _REPORT.format(
    from_="Mail Delivery System <Mailer-Daemon@exim.example.nl>",
    subject="Mail delivery failed: returning message to sender",
    words="A message that you sent could not be delivered.\n\n  {to}\n    550 no such user",
    status="""\
Content-type: message/delivery-status

Reporting-MTA: dns; exim.example.nl

Action: failed
Final-Recipient: rfc822;{to}
Status: 5.0.0
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 no such user
""",
    returned=f"Content-type: message/rfc822\n\n{_HEADERS}Content-Type: text/plain\n\nGoedemorgen,\n",
)

EXCHANGE = _REPORT.format(
    from_="Microsoft Outlook <postmaster@example.org>",
    subject="Undeliverable: Scan 2026-4821: uw reactie gevraagd",
    words="Your message to {to} couldn't be delivered.",
    status="""\
Content-Type: message/delivery-status

Reporting-MTA: dns;EX01.example.org
Received-From-MTA: dns;mx.example.nl
Arrival-Date: Tue, 24 Nov 2026 08:00:00 +0000

Final-Recipient: rfc822;{to}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient
\tnot found by SMTP address lookup
X-Display-Name: Piet
""",
    returned=f"Content-Type: message/rfc822\n\nReceived: from mx.example.nl by EX01.example.org\n{_HEADERS}\nGoedemorgen,\n",
)

SHAPES = {"postfix": POSTFIX, "exim": EXIM, "exchange": EXCHANGE}


def report(
    shape: str,
    *,
    to: str,
    mark: str,
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "smtp; 550 5.1.1 <{to}>: Recipient address rejected",
) -> bytes:
    """One report, as it comes in: with the line ends of mail."""
    said = diagnostic.replace("{to}", to)
    filled = shape.format(to=to, mark=mark, action=action, status=status, diagnostic=said)
    return filled.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "surrogateescape")
