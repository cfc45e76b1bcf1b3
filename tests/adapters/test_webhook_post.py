"""Webhooks against real servers: only to public addresses, to exactly the one that was looked at, and never further."""

from __future__ import annotations

import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.support.certificates import certificate
from tests.support.need import ROOT
from tests.support.receiver import receiver
from uitvoeringsscan.adapters.webhooks import Webhooks, is_public
from uitvoeringsscan.notices.receivers import Answer
from uitvoeringsscan.presentation.labels import FAULTS

HEADERS = {"content-type": "application/cloudevents+json; charset=utf-8", "webhook-id": "gebeurtenis-1"}


def test_what_is_sent_comes_in_as_it_is() -> None:
    with receiver() as there:
        answer = Webhooks(["127.0.0.1"]).send(f"{there.url}?x=1&y=%20", HEADERS, b'{"a": 1}')
        (got,) = there.got
    assert answer == Answer(status=204)
    assert (got.path, got.body) == ("/ontvang?x=1&y=%20", b'{"a": 1}')
    assert got.headers["content-type"] == HEADERS["content-type"]
    assert got.headers["webhook-id"] == "gebeurtenis-1"
    assert got.headers["host"] == there.url.split("/")[2]


@pytest.mark.parametrize("status", [200, 301, 307, 404, 410, 500, 503])
def test_every_answer_is_an_answer_and_redirects_are_not_followed(status: int) -> None:
    with receiver() as elsewhere, receiver() as there:
        there.answers, there.location = [status], elsewhere.url
        assert Webhooks(["127.0.0.1"]).send(there.url, HEADERS, b"{}") == Answer(status=status)
        assert elsewhere.got == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1", "2002:a9fe:a9fe::", "::127.0.0.1",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused(address: str) -> None:
    assert not is_public(address)
    post = Webhooks(resolve=lambda host, port: [address])
    assert post.check("https://naam.example/") == "niet-toegestaan"
    assert post.send("https://naam.example/", HEADERS, b"{}") == Answer(fault="niet-toegestaan")


@pytest.mark.parametrize("address", ["8.8.8.8", "185.199.108.153", "2001:4860:4860::8888", "2606:4700::1111"])
def test_addresses_outside_are_fine(address: str) -> None:
    assert is_public(address)
    assert Webhooks(resolve=lambda host, port: [address]).check("https://naam.example/") is None


def test_one_address_inside_among_those_outside_is_enough_to_refuse() -> None:
    post = Webhooks(resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"])
    assert post.check("https://naam.example/") == "niet-toegestaan"


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_every_way_to_write_loopback_is_refused(host: str) -> None:
    with receiver() as there:
        port = there.url.rsplit(":", 1)[1].split("/")[0]
        answer = Webhooks().send(f"https://{host}:{port}/", HEADERS, b"{}")
        assert there.got == []
    assert answer.fault in ("niet-toegestaan", "onbekende-naam", "geen-adres"), answer


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://naam.example/", "niet-versleuteld"), ("ftp://naam.example/", "geen-adres"), ("naam.example", "geen-adres"),
        ("https://", "geen-adres"), ("https://iemand:geheim@naam.example/", "geen-adres"), ("", "geen-adres"),
        ("https://naam.example/#hier", "geen-adres"), ("javascript:alert(1)", "geen-adres"), ("https://a b/", "geen-adres"),
        ("file:///etc/passwd", "geen-adres"), ("https://naam.example:99999/", "geen-adres"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str, code: str) -> None:
    post = Webhooks(resolve=lambda host, port: ["8.8.8.8"])
    assert post.check(url) == code
    assert post.send(url, HEADERS, b"{}") == Answer(fault=code)


def test_a_name_that_is_not_there() -> None:
    def nowhere(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror("no such name")

    assert Webhooks(resolve=nowhere).check("https://naam.example/") == "onbekende-naam"


def test_a_name_that_points_elsewhere_when_asked_again_is_not_asked_again(tmp_path: Path) -> None:
    """DNS rebinding: the first answer is what was looked at, so the connection goes there. The second would be the metadata
    service. The certificate is still checked against the name."""
    theirs, ours = certificate(tmp_path, "naam.example")
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    with receiver(tls=theirs) as there:
        port = there.url.rsplit(":", 1)[1].split("/")[0]
        post = Webhooks(["naam.example"], resolve=rebinding, verify=ours)
        assert post.send(f"https://naam.example:{port}/ontvang", HEADERS, b"{}") == Answer(status=204)
        (got,) = there.got
    assert asked == ["naam.example"]
    assert got.headers["host"] == f"naam.example:{port}"


def test_the_look_is_taken_anew_at_every_attempt(tmp_path: Path) -> None:
    theirs, ours = certificate(tmp_path, "naam.example")
    answers = ["127.0.0.1", "10.0.0.1"]
    with receiver(tls=theirs) as there:
        url = there.url.replace("127.0.0.1", "naam.example")
        allowed = Webhooks(["naam.example"], resolve=lambda host, port: [answers[0]], verify=ours)
        assert allowed.send(url, HEADERS, b"{}") == Answer(status=204)
        strict = Webhooks(resolve=lambda host, port: [answers[1]], verify=ours)
        assert strict.send(url, HEADERS, b"{}") == Answer(fault="niet-toegestaan")
        assert len(there.got) == 1


def test_a_certificate_of_somebody_else_is_refused(tmp_path: Path) -> None:
    theirs, ours = certificate(tmp_path, "ander.example")
    with receiver(tls=theirs) as there:
        url = there.url.replace("127.0.0.1", "naam.example")
        for trusted in (ours, ssl.create_default_context()):
            post = Webhooks(["naam.example"], resolve=lambda host, port: ["127.0.0.1"], verify=trusted)
            assert post.send(url, HEADERS, b"{}") == Answer(fault="certificaat")
        assert there.got == []


def test_nobody_home() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert Webhooks(["127.0.0.1"]).send(f"http://127.0.0.1:{port}/", HEADERS, b"{}") == Answer(fault="geen-verbinding")


def test_somebody_who_hangs_up() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def hang_up() -> None:
            connection, _ = listening.accept()
            connection.recv(10)
            connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        answer = Webhooks(["127.0.0.1"]).send(f"http://127.0.0.1:{listening.getsockname()[1]}/", HEADERS, b"{}")
        thread.join()
    assert answer == Answer(fault="verbroken")


HEAD = b"HTTP/1.1 204 No Content\r\nX-Lang: "


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (HEAD + b"x" * 10_000, "te-langzaam"),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 400, "te-langzaam"),
    ],
    ids=["a head without end", "a word beforehand, over and over"],
)
def test_an_answer_byte_by_byte_has_one_limit(said: bytes, fault: str) -> None:
    """Each byte comes well within any limit of one read; together they would take minutes."""
    with _saying(said, pause=0.02) as address:
        assert Webhooks(["127.0.0.1"], whole=0.5).send(address, HEADERS, b"{}") == Answer(fault=fault)


@pytest.mark.parametrize(
    "said", [HEAD + b"x" * 1_000_000, b"HTTP/1.1 103 Early Hints\r\n\r\n" * 40_000, b"geen HTTP\r\n\r\n"]
)
def test_an_answer_without_end_is_not_read_to_its_end(said: bytes) -> None:
    with _saying(said) as address:
        assert Webhooks(["127.0.0.1"]).send(address, HEADERS, b"{}") == Answer(fault="verbroken")


def test_of_an_answer_the_status_counts_and_not_what_comes_after_it() -> None:
    said = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 999999\r\n\r\n" + b"x" * 900_000
    with _saying(said) as address:
        assert Webhooks(["127.0.0.1"]).send(address, HEADERS, b"{}") == Answer(status=202)


def test_a_handshake_byte_by_byte_has_the_same_limit() -> None:
    with _saying(b"\x16\x03\x03\x40\x00" + b"\x02" * 16_000, pause=0.02) as address:
        slow = Webhooks(["127.0.0.1"], whole=0.5)
        assert slow.send(address.replace("http:", "https:"), HEADERS, b"{}") == Answer(fault="te-langzaam")


@contextmanager
def _saying(said: bytes, pause: float = 0.0) -> Iterator[str]:
    """A server that says this to whoever comes, byte by byte where it pauses, until nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def say() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.recv(4096)
                step = 1 if pause else len(said)
                for start in range(0, len(said), step):
                    connection.sendall(said[start : start + step])
                    time.sleep(pause)

        thread = threading.Thread(target=say)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join()


def test_a_proxy_of_this_machine_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver() as proxy, receiver() as there:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert Webhooks(["127.0.0.1"]).send(there.url, HEADERS, b"{}") == Answer(status=204)
        assert proxy.got == []
        assert len(there.got) == 1


def test_every_fault_has_words() -> None:
    source = ROOT / "src" / "uitvoeringsscan" / "adapters" / "webhooks.py"
    assert set(re.findall(r'fault="([a-z-]+)"', source.read_text("utf-8"))) <= set(FAULTS)
