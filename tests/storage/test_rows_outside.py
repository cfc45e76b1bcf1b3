"""What goes out is stored and read back the same, through the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.support.desk import World, opened
from tests.support.outside import with_outside
from uitvoeringsscan.identifiers import AgencyCode, PersonId, ScanId
from uitvoeringsscan.notices.kinds import OPTIONAL, Kind, Notice
from uitvoeringsscan.notices.letter import Mail, Mailbox, MailState
from uitvoeringsscan.notices.receivers import Delivery, DeliveryState, PausedBecause, Receiver, ReceiverState
from uitvoeringsscan.use_cases.ports import Work

modest = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
MOMENTS = st.integers(0, 2**34).map(
    lambda tenths: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(milliseconds=100 * tenths)
)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
NAMES = st.text("abcdefghijklmnop0123456789-_", min_size=1, max_size=30)


@pytest.fixture
def peopled(database_url: str) -> Iterator[tuple[World, PersonId]]:
    with opened(database_url) as world:
        yield world, with_outside(world).people["coordinator"].id


@contextmanager
def undone(world: World) -> Iterator[Work]:
    """A transaction of which nothing stays."""
    with suppress(_Undone), world.desk.writing() as work:
        yield work
        raise _Undone


class _Undone(Exception):
    pass


@modest
@given(data=st.data())
def test_notices_mails_and_mailboxes(peopled: tuple[World, PersonId], data: st.DataObject) -> None:
    world, person = peopled
    notice = data.draw(
        st.builds(
            Notice, id=NAMES, person=st.just(person), kind=st.sampled_from(Kind),
            scan=st.none() | st.just(ScanId("2026-1234")), agency=st.none() | st.just(AgencyCode("uwv")), place=WORDS,
            moment=st.none() | MOMENTS, created_at=MOMENTS, send_at=MOMENTS, mail=st.none(),
        )
    )  # fmt: skip
    mail = data.draw(
        st.builds(
            Mail, id=NAMES, person=st.just(person), state=st.sampled_from(MailState), attempts=st.integers(0, 99),
            created_at=MOMENTS, due_at=MOMENTS, sent_at=st.none() | MOMENTS, answer=st.none() | WORDS,
        )
    )  # fmt: skip
    mailbox = data.draw(
        st.builds(
            Mailbox, person=st.just(person), muted=st.frozensets(st.sampled_from(OPTIONAL)), refused=st.none() | WORDS,
            refused_at=st.none() | MOMENTS,
        )
    )  # fmt: skip
    with undone(world) as work:
        work.notices.add(notice)
        assert list(work.notices.waiting(person)) == [notice]
        work.notices.add(notice)  # once
        assert work.mails.add(mail)
        assert not work.mails.add(mail)
        assert work.mails.get(mail.id) == work.mails.lock(mail.id) == mail
        for _ in range(2):
            work.mailboxes.put(mailbox)
            assert work.mailboxes.get(person) == mailbox


@modest
@given(data=st.data())
def test_receivers_and_deliveries(peopled: tuple[World, PersonId], data: st.DataObject) -> None:
    world, _ = peopled
    receiver = data.draw(
        st.builds(
            Receiver, id=NAMES, name=WORDS, url=WORDS, types=st.lists(NAMES, max_size=3).map(tuple),
            state=st.sampled_from(ReceiverState), created_at=MOMENTS, generation=st.integers(1, 99),
            rotated_at=st.none() | MOMENTS, paused_because=st.none() | st.sampled_from(PausedBecause),
            failing_since=st.none() | MOMENTS,
        )
    )  # fmt: skip
    delivery = data.draw(
        st.builds(
            Delivery, id=NAMES, receiver=st.just(receiver.id), number=st.none() | st.integers(1, 2**31 - 1), type=NAMES,
            state=st.sampled_from(DeliveryState), created_at=MOMENTS, due_at=MOMENTS, attempts=st.integers(0, 99),
            last_at=st.none() | MOMENTS, status=st.none() | st.integers(100, 599), fault=st.none() | NAMES,
        )
    )  # fmt: skip
    with undone(world) as work:
        work.receivers.add(receiver)
        assert work.receivers.get(receiver.id) == work.receivers.lock(receiver.id) == receiver
        assert work.deliveries.add(delivery)
        assert not work.deliveries.add(delivery)
        assert work.deliveries.get(delivery.id) == delivery
        assert list(work.deliveries.page(receiver.id, None, 5)) == [delivery]


def test_what_waits_is_found_by_an_index(peopled: tuple[World, PersonId]) -> None:
    """The sweeps look every minute: they must not read everything that ever was."""
    world, _ = peopled
    queries = {
        "notices": "SELECT person FROM notices WHERE mail IS NULL AND send_at <= '2026-01-01'",
        "mails": "SELECT * FROM mails WHERE state = 'wacht' AND due_at <= '2026-01-01'",
        "deliveries": "SELECT * FROM deliveries WHERE receiver = 'r' AND state = 'wacht' AND due_at <= '2026-01-01'",
    }
    with world.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        for table, query in queries.items():
            explain = "EXPLAIN " if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
            plan = " ".join(str(row) for row in connection.execute(text(explain + query)))
            assert f"ix_{table}_" in plan, plan
