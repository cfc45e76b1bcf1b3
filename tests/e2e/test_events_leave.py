"""A service that runs, with a mail server and a receiver of webhooks beside it: what happens leaves by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from tests.support.desk import TEXT, TITLE
from tests.support.receiver import receiver, signature_holds
from tests.support.service import LiveServer
from tests.support.smtp import smtp_server
from uitvoeringsscan.bootstrap import make_desk
from uitvoeringsscan.people.people import SERVICE, Role, actor_of_person
from uitvoeringsscan.settings import Environment, Settings
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.use_cases import accounts, webhooks

PATIENCE = 150
"""Seconds. Mail is looked for once a minute."""


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"this did not come: {what}"
        time.sleep(0.2)


@pytest.mark.slow
def test_a_scan_is_told_by_mail_and_webhook(live_server: LiveServer, sqlite_url: str) -> None:
    with smtp_server() as mail, receiver() as there:
        given = {
            "ENVIRONMENT": "development", "DATABASE_URL": sqlite_url, "SMTP_URL": mail.url,
            "MAIL_FROM": "Uitvoeringsscan <scan@dienst.example>", "WEBHOOK_HOSTS": '["127.0.0.1"]',
        }  # fmt: skip
        service = live_server({f"UITVOERINGSSCAN_{name}": value for name, value in given.items()})
        engine = open_engine(sqlite_url)
        settings = Settings(environment=Environment.DEVELOPMENT, database_url=sqlite_url, webhook_hosts=["127.0.0.1"])
        desk = make_desk(settings, engine)
        planner = accounts.add_person(
            desk, SERVICE, name="C. de Planner", email="planner@griffie.example", roles=frozenset({Role.COORDINATOR}),
            agency=None,
        )  # fmt: skip
        _, key = accounts.add_client(desk, SERVICE, name="indiener", role=Role.SUBMITTER, agency=None)
        _, secret = webhooks.add(desk, actor_of_person(planner), name="Griffie", url=there.url, types=())
        engine.dispose()
        amendment = {"tekst": TEXT, "titel": TITLE, "dossiernummer": "99001", "ondernummer": "14"}
        vote = (datetime.now(UTC) + timedelta(hours=4)).isoformat()  # hours before the vote nothing waits
        with httpx2.Client(base_url=f"{service.url}/api/v1", headers={"Authorization": f"Bearer {key}"}) as api:
            made = api.post("/scans", json={"amendement": amendment, "stemming": vote}).raise_for_status().json()
            number = made["nummer"]
            until(lambda: bool(there.got), "the webhook")
            until(lambda: bool(mail.messages), "the mail")
            feed = api.get("/gebeurtenissen").raise_for_status().json()
        (got,) = there.got
        assert signature_holds(got, secret)
        assert [got.event] == feed["resultaten"], "the same in the feed as by webhook"
        assert got.event["subject"] == number
        (message,) = mail.messages
        assert message["To"].addresses[0].addr_spec == "planner@griffie.example"
        assert message["Subject"] == f"Scan {number}: nieuw ingediend"
        text = message.get_body(("plain",))
        assert text is not None
        assert f"/coordinatie/scans/{number}" in text.get_content()
        assert "Werkloosheidswet" not in str(message)
