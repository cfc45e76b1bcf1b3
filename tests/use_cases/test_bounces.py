"""A mail that comes back later is noted once, for whom it was, where a refusal at once is noted; and nothing else ever is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cli.commands import Command
from tests.support.desk import World, of_role, together
from tests.support.outside import Outside, with_outside
from tests.support.reports import POSTFIX, report
from tests.support.smtp import SmtpServer, smtp_server
from uitvoeringsscan.adapters.mail import SmtpMailer, read_server
from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.identifiers import PersonId
from uitvoeringsscan.notices.bounce import HEADER, Verdict
from uitvoeringsscan.notices.letter import Mail, MailState
from uitvoeringsscan.people.people import SERVICE, Role
from uitvoeringsscan.use_cases import accounts, mailing

TO = "coordinator@voorbeeld.example"


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as found:
        yield found


@pytest.fixture
def outside(world: World, server: SmtpServer) -> Outside:
    """People, and a mail server that takes everything; one coordinator, to whom one mail went."""
    found = with_outside(world)
    left = found.people["tweede-coordinator"]
    accounts.change_person(world.desk, SERVICE, left.id, roles=left.roles, agency=None, active=False)
    way_out = SmtpMailer(
        read_server(server.url), sender="scan@dienst.example", bounces="retour@dienst.example",
        public_url="https://scan.example",
    )  # fmt: skip
    world.desk = replace(world.desk, mailer=way_out)
    world.submitted()
    found.pass_time(minutes=11)
    assert server.senders == ["retour@dienst.example"]
    return found


def mark(message: EmailMessage) -> str:
    return str(message[HEADER])


def mails(outside: Outside) -> list[Mail]:
    return list(mailing.correspondence(outside.world.desk, outside.people["coordinator"].id).mails)


def refused(outside: Outside) -> dict[PersonId, str | None]:
    found = mailing.refused_addresses(outside.world.desk, of_role(Role.ADMIN))
    return {person: mailbox.refused for person, mailbox in found.items()}


def test_an_address_that_does_not_exist_is_noted_once_whoever_reports_it_how_often(
    outside: Outside, server: SmtpServer
) -> None:
    desk, raw = outside.world.desk, report(POSTFIX, to=TO, mark=mark(server.messages[0]))
    coordinator = outside.people["coordinator"].id
    results = together(*(lambda: mailing.came_back(desk, raw) for _ in range(4)))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert [mail.state for mail in mails(outside)] == [MailState.REFUSED]
    assert refused(outside) == {coordinator: f"550 5.1.1 <{TO}>: Recipient address rejected"}
    before = outside.world.contents()
    outside.world.clock.forward(hours=1)
    assert mailing.came_back(desk, raw) is Verdict.REFUSED
    assert outside.world.contents() == before
    outside.world.submitted(paper_number="15")
    outside.pass_time(minutes=11)
    assert len(server.messages) == 1, "no more mail to an address that does not take it"
    mailing.try_again(desk, coordinator)
    assert mailing.came_back(desk, raw) is Verdict.REFUSED
    assert refused(outside) == {}, "what was known already says nothing new"
    outside.world.submitted(paper_number="16")
    outside.pass_time(minutes=11)
    assert len(server.messages) == 2


def test_what_did_not_arrive_for_another_reason_says_nothing_about_the_address(
    outside: Outside, server: SmtpServer
) -> None:
    raw = report(POSTFIX, to=TO, mark=mark(server.messages[0]), status="5.7.1", diagnostic="smtp; 550 5.7.1 spam")
    assert mailing.came_back(outside.world.desk, raw) is Verdict.UNDELIVERED
    assert [(mail.state, mail.answer) for mail in mails(outside)] == [(MailState.FAILED, "550 5.7.1 spam")]
    assert refused(outside) == {}


def test_nothing_else_changes_anything(outside: Outside, server: SmtpServer) -> None:
    desk, own = outside.world.desk, mark(server.messages[0])
    name, seal = own.split()
    before = outside.world.contents()
    delayed = report(POSTFIX, to=TO, mark=own, action="delayed", status="4.4.1")
    assert mailing.came_back(desk, delayed) is Verdict.UNDER_WAY
    for raw in (
        report(POSTFIX, to="iemand-anders@voorbeeld.example", mark=own),
        report(POSTFIX, to=TO, mark=f"{name} {'0' * len(seal)}"),
        report(POSTFIX, to=TO, mark=f"{name}x {seal}"),
        report(POSTFIX, to=TO, mark="mail-1-van-een-ander zegel"),
        report(POSTFIX, to=TO, mark=""),
        b"Subject: Afwezig\r\n\r\nIk ben er niet.\r\n",
        b"",
    ):
        with pytest.raises(NotFound):
            mailing.came_back(desk, raw)
    outside.world.engine.dispose()
    assert outside.world.contents() == before


def test_as_a_mail_server_calls_it(outside: Outside, server: SmtpServer, tmp_path: Path) -> None:
    own = mark(server.messages[0])
    command = Command(outside.world.url)
    assert command("mail", "bounce", given=b"Subject: Hallo\r\n\r\nDag.\r\n").status == 1
    gone = Command("sqlite:////dev/null/no.sqlite3")("mail", "bounce", given=b"x")
    assert (gone.status, gone.error.count("\n")) == (75, 1)
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1.a").write_bytes(report(POSTFIX, to=TO, mark=own, action="delayed", status="4.4.1"))
    (tmp_path / "new" / "2.b").write_bytes(b"Subject: Hallo\r\n\r\nDag.\r\n")
    done = command("mail", "bounce", "--maildir", tmp_path)
    assert (done.status, done.out[:4], done.error[:4]) == (0, "1.a:", "2.b:")
    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["1.a:2,S", "2.b:2,S"]
    assert refused(outside) == {}
    done = command("mail", "bounce", given=report(POSTFIX, to=TO, mark=own))
    assert (done.status, done.out) == (0, "Genoteerd: dit adres neemt geen mail aan.\n")
    assert refused(outside).keys() == {outside.people["coordinator"].id}
