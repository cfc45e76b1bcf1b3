"""Reports of undelivered mail in the shapes in which servers write them, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.reports import POSTFIX, SHAPES, report
from uitvoeringsscan.notices.bounce import HEADER, MOST, NoBounce, Verdict, header, is_ours, read_bounce


def seal(text: str) -> str:
    return f"{abs(hash(text)):032x}"[:32]


MARK = header("mail-7-p1", seal)
TO = "piet@example.org"


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_says_who_and_why(shape: str) -> None:
    found = read_bounce(report(SHAPES[shape], to="Piet@Example.ORG", mark=MARK))
    assert (found.mail, is_ours(found, seal)) == ("mail-7-p1", True)
    said = found.of(TO)
    assert said is not None
    assert said.verdict is Verdict.REFUSED
    assert found.of("jan@example.org") is None


@pytest.mark.parametrize(
    ("action", "status", "diagnostic", "verdict"),
    [
        ("failed", "5.1.1", "smtp; 550 5.1.1 unknown", Verdict.REFUSED),
        ("Failed", "5.2.2", "smtp; 552 mailbox full", Verdict.REFUSED),
        ("failed", "5.0.0", "smtp; 550-5.1.1 no such user", Verdict.REFUSED),
        ("failed", "5.0.0", "smtp; 550 5.7.1 we do not trust you", Verdict.UNDELIVERED),
        ("failed", "5.0.0", "", Verdict.REFUSED),
        ("failed", "5.4.4", "X-Postfix; Host or domain name not found", Verdict.REFUSED),
        ("failed", "5.4.310", "smtp; 550 5.4.310 DNS domain does not exist", Verdict.REFUSED),
        ("failed", "5.7.1", "smtp; 550 5.7.1 blocked", Verdict.UNDELIVERED),
        ("failed", "5.1.8", "smtp; 501 bad sender", Verdict.UNDELIVERED),
        ("failed", "4.4.1", "X-Postfix; connect to 192.0.2.5.1.1: timed out", Verdict.UNDELIVERED),
        ("failed", "", "smtp; 550 nobody here", Verdict.REFUSED),
        ("failed", "", "", Verdict.UNDELIVERED),
        ("delayed", "4.4.1", "smtp; 451 later", Verdict.UNDER_WAY),
        ("delayed", "5.1.1", "", Verdict.UNDER_WAY),
        ("delivered", "2.0.0", "", Verdict.UNDER_WAY),
        ("relayed", "2.0.0", "", Verdict.UNDER_WAY),
        ("", "5.1.1", "", Verdict.UNDER_WAY),
    ],
)
def test_what_is_said_decides(action: str, status: str, diagnostic: str, verdict: Verdict) -> None:
    said = report(POSTFIX, to=TO, mark=MARK, action=action, status=status, diagnostic=diagnostic)
    found = read_bounce(said).of(TO)
    assert found is not None
    assert found.verdict is verdict


def test_an_address_that_mail_was_passed_on_to_is_not_blamed_and_the_one_we_wrote_to_is() -> None:
    found = read_bounce(report(POSTFIX, to="elders@example.net", mark=MARK))
    assert found.of(TO) is None
    passed_on = POSTFIX.replace("Original-Recipient: rfc822;{to}", f"Original-Recipient: rfc822;{TO}")
    found = read_bounce(report(passed_on, to="elders@example.net", mark=MARK))
    assert found.of(TO) is not None


def test_of_several_addresses_each_has_its_own_word() -> None:
    more = "Final-Recipient: rfc822; jan@example.org\r\nAction: delayed\r\nStatus: 4.2.2\r\n\r\nFinal-Recipient: rfc822;{to}"
    found = read_bounce(report(POSTFIX.replace("Final-Recipient: rfc822; {to}", more), to=TO, mark=MARK))
    assert [one.verdict for one in found.reported] == [Verdict.UNDER_WAY, Verdict.REFUSED]


def test_the_answer_is_one_short_line_without_tricks() -> None:
    nasty = "smtp; 550 5.1.1 <script>\r\n \x1b[31m" + "lang " * 400
    said = read_bounce(report(POSTFIX, to=TO, mark=MARK, diagnostic=nasty)).of(TO)
    assert said is not None
    assert said.answer.isprintable()
    assert len(said.answer) <= 300
    assert said.answer.startswith("550 5.1.1 <script> [31mlang")


GOOD = report(POSTFIX, to=TO, mark=MARK)
NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(5000))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 1000,
        b"Subject: Hallo\r\n\r\nIk ben met vakantie.\r\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\nniets",
        NESTED,
        NESTED.replace(b"mixed", b"report"),
        GOOD + b"x" * MOST,
        GOOD.replace(b"message/delivery-status", b"text/plain"),
        GOOD.replace(HEADER.encode(), b"X-Iets-Anders"),
        GOOD.replace(b"text/rfc822-headers", b"text/plain"),
        GOOD.replace(b"multipart/report", b"multipart/mixed"),
    ],
    ids=range(11),
)
def test_anything_else_is_no_report_about_our_mail(raw: bytes) -> None:
    with pytest.raises(NoBounce):
        read_bounce(raw)


def test_a_seal_that_was_not_made_here_is_not_ours() -> None:
    for mark in ("mail-8-p1 " + MARK.split()[1], "mail-7-p1 0123", "mail-7-p1 \u00e9\udcff"):
        assert not is_ours(read_bounce(report(POSTFIX, to=TO, mark=mark)), seal)


@settings(max_examples=50)
@given(st.data())
def test_a_damaged_report_is_read_or_refused_and_never_more(data: st.DataObject) -> None:
    raw = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 20))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    try:
        found = read_bounce(bytes(raw))
    except NoBounce:
        return
    assert all(one.answer.isprintable() for one in found.reported)
