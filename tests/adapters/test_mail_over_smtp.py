"""Mail over a real SMTP server: what comes in, how it is handed over, and what each answer means."""

from __future__ import annotations

import re
import socket
import ssl
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.support.certificates import certificate
from tests.support.smtp import smtp_server
from uitvoeringsscan.adapters.mail import ConsoleMailer, FaultyAddress, SmtpMailer, read_server
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.notices.bounce import HEADER
from uitvoeringsscan.notices.kinds import Kind
from uitvoeringsscan.notices.letter import Item, Letter
from uitvoeringsscan.use_cases.ports_outside import MailDelayed, MailRefused

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
FROM = "Uitvoeringsscan <scan@dienst.example>"
SITE = "https://scan.example"


def item(kind: Kind = Kind.ASKED, scan: str | None = "2026-4821", **more: Any) -> Item:
    given: dict[str, Any] = {"place": f"/uitvragen/{scan}-uwv", "moment": None, "turn_off": None}
    return Item(kind=kind, scan=ScanId(scan) if scan else None, **{**given, **more})


def letter(*items: Item, turn_off: str | None = None, **more: Any) -> Letter:
    given: dict[str, Any] = {"id": "mail-12-abc", "name": "U. Werker", "email": "u.werker@uwv.example"}
    return Letter(**{**given, **more}, items=items or (item(),), turn_off=turn_off)


def mailer(url: str, **more: Any) -> SmtpMailer:
    return SmtpMailer(read_server(url), sender=FROM, public_url=SITE, **more)


class Page(HTMLParser):
    """The outline of a mail: headings, links with their words, and every tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.links: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open = ""
        self._href = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        self._href = dict(attrs).get("href") or ""

    def handle_data(self, data: str) -> None:
        if self._open in ("h1", "h2") and data.strip():
            self.headings.append(data.strip())
        if self._open == "a" and data.strip():
            self.links[self._href] = data.strip()
        self._open = self._open if data.strip() == "" else ""


def test_what_comes_in_is_whole_in_text_and_html() -> None:
    one = item(moment=datetime(2026, 12, 4, 11, tzinfo=UTC), place="/uitvragen/2026-4821-uwv/onderdeel/geld#veld-x")
    other = item(Kind.COMMENT, turn_off="/afmelden/p/opmerking/abc")
    third = item(Kind.PUBLISHED, "2026-0007", place="/publicaties/2026-0007-v1", turn_off="/afmelden/p/gepubliceerd/x")
    with smtp_server() as server:
        mailer(server.url).send(letter(one, other, third, turn_off="/afmelden/p/alles/def"), AT)
        (message,) = server.messages
    assert message["Subject"] == "Uitvoeringsscan: 3 berichten"
    assert message["From"] == FROM
    assert message["To"] == '"U. Werker" <u.werker@uwv.example>'
    assert message["Message-ID"] == "<mail-12-abc@dienst.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == f"<{SITE}/afmelden/p/alles/def>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.get_content_type() == "multipart/alternative"
    parts = {part.get_content_type(): part.get_content() for part in message.iter_parts()}
    text, html = parts["text/plain"], parts["text/html"]
    page = Page(html)
    assert page.headings == ["Uitvoeringsscan: 3 berichten", "Scan 2026-4821", "Scan 2026-0007"]
    assert ("html", {"lang": "nl"}) in page.tags
    assert page.links[f"{SITE}/uitvragen/2026-4821-uwv/onderdeel/geld#veld-x"] == "Ga naar scan 2026-4821"
    for address in page.links:
        assert address in text, "what one can click in the one, one finds in the other"
    assert "vrijdag 4 december 2026, 12.00 uur" in text
    assert "vrijdag 4 december 2026, 12.00 uur" in html
    loads = {"img", "link", "script", "iframe", "style"}
    assert not loads & {tag for tag, _ in page.tags}, "a mail asks nothing of another server"
    assert not re.search(r"url\(", html)


def test_a_mail_that_is_all_duty_cannot_be_turned_off() -> None:
    with smtp_server() as server:
        mailer(server.url).send(letter(item(), item(Kind.TO_APPROVE)), AT)
        (message,) = server.messages
    assert message["Subject"] == "Scan 2026-4821: 2 berichten"
    assert message["List-Unsubscribe"] is None
    assert "/afmelden/" not in message.as_string()


def test_names_are_words_and_cannot_make_a_header_or_markup() -> None:
    name = 'J. "<b>" de\r\nBcc: iedereen@elders.example\N{LATIN SMALL LETTER E WITH DIAERESIS}'
    with smtp_server() as server:
        mailer(server.url).send(letter(name=name), AT)
        (message,) = server.messages
    assert message["Bcc"] is None
    html = message.get_body(("html",))
    assert html is not None
    assert "&lt;b&gt;" in html.get_content()
    assert message["To"].addresses[0].addr_spec == "u.werker@uwv.example"


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        ("550 5.1.1 no such mailbox", True),
        ("552 5.2.2 mailbox full", True),
        ("550 onbekend", True),
        ("550 5.7.1 relaying denied", False),  # about us: it would mark everybody's address
        ("451 4.7.1 greylisted, later please", False),
        ("421 4.3.2 shutting down", False),
    ],
)
def test_what_an_answer_about_the_receiver_means(answer: str, refused: bool) -> None:
    with smtp_server() as server:
        server.answers = [answer]
        with pytest.raises(MailRefused if refused else MailDelayed, match=re.escape(answer)):
            mailer(server.url).send(letter(), AT)
        assert server.messages == []
        mailer(server.url).send(letter(), AT)  # later it is taken, as the same message
        assert [one["Message-ID"] for one in server.messages] == ["<mail-12-abc@dienst.example>"]


def test_the_same_letter_is_the_same_message() -> None:
    with smtp_server() as server:
        for _ in range(2):
            mailer(server.url).send(letter(), AT)
        first, second = (
            {name: value for name, value in one.items() if name != "Content-Type"} for one in server.messages
        )
    assert first == second


def test_an_answer_to_the_content_counts_too() -> None:
    with smtp_server() as server:
        server.data_answers = ["554 5.7.1 looks like spam", "550 5.1.1 nobody here", "451 try again"]
        for kind in (MailDelayed, MailRefused, MailDelayed):
            with pytest.raises(kind):
                mailer(server.url).send(letter(), AT)


def test_what_was_taken_is_sent_however_the_goodbye_goes() -> None:
    with smtp_server() as server:
        server.goodbye = "421 4.3.0 gone"
        mailer(server.url).send(letter(), AT)
        assert len(server.messages) == 1


def test_a_mail_that_cannot_be_written_out_is_given_up_in_the_end_like_any_other() -> None:
    with smtp_server() as server, pytest.raises(MailDelayed):
        mailer(server.url).send(letter(email="piet\n@example.org"), AT)


def test_reports_come_back_to_the_address_that_was_given_and_know_the_mail() -> None:
    with smtp_server() as server:
        mailer(server.url).send(letter(), AT)
        mailer(server.url, bounces="retour@dienst.example").send(letter(mark="mail-1-p zegel"), AT)
    assert server.senders == [str(server.messages[0]["From"].addresses[0].addr_spec), "retour@dienst.example"]
    assert [message[HEADER] for message in server.messages] == [None, "mail-1-p zegel"]


def test_a_server_that_is_down_delays() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(MailDelayed, match="ConnectionRefusedError"):
        mailer(f"smtp://127.0.0.1:{port}").send(letter(), AT)


def test_a_server_that_hangs_up_delays() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        import threading

        def hang_up() -> None:
            connection, _ = listening.accept()
            connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        with pytest.raises(MailDelayed):
            mailer(f"smtp://127.0.0.1:{port}").send(letter(), AT)
        thread.join()


def test_starttls_is_used_when_offered_and_can_be_required(tmp_path: Path) -> None:
    theirs, ours = certificate(tmp_path, "localhost")
    with smtp_server(tls=theirs) as server:
        address = server.url.replace("127.0.0.1", "localhost")
        mailer(address, tls=ours).send(letter(), AT)
        assert server.encrypted == [True]
        with pytest.raises(MailDelayed, match="CERTIFICATE_VERIFY_FAILED"):
            mailer(address, tls=ssl.create_default_context()).send(letter(), AT)
    with smtp_server() as server:
        with pytest.raises(MailDelayed, match="STARTTLS"):
            mailer(f"{server.url}?starttls=required").send(letter(), AT)
        mailer(server.url).send(letter(), AT)
        assert server.encrypted == [False]


def test_signing_in_to_the_server() -> None:
    with smtp_server(auth=True) as server:
        mailer(server.url.replace("//", "//dienst%40x:geheim@")).send(letter(), AT)
        assert server.users == ["dienst@x:geheim"]
        with pytest.raises(MailDelayed, match="Authentication"):  # our fault, not the receiver's
            mailer(server.url.replace("//", "//dienst:fout@")).send(letter(), AT)


@pytest.mark.parametrize(
    "url", ["", "mail.example", "http://mail.example", "smtp://", "smtp://h:x", "smtp://h?starttls=ja"]
)
def test_a_server_that_cannot_be_read_is_refused(url: str) -> None:
    with pytest.raises(FaultyAddress):
        read_server(url)


def test_ports_by_default() -> None:
    assert read_server("smtp://h").port == 587
    assert read_server("smtps://h").port == 465
    assert read_server("smtps://h").implicit_tls


def test_the_console_says_what_would_have_gone() -> None:
    said: list[str] = []
    ConsoleMailer(sender=FROM, public_url=SITE, tell=said.append).send(letter(), AT)
    assert "u.werker@uwv.example" in said[0]
    assert f"{SITE}/uitvragen/2026-4821-uwv" in said[0]
