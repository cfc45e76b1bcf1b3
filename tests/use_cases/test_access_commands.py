"""The commands about the journal, machines and people, as an operator runs them."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from tests.support.desk import World
from uitvoeringsscan.__main__ import main
from uitvoeringsscan.errors import Unauthenticated
from uitvoeringsscan.use_cases.accounts import client_actor, demo_sign_in, session_person


@pytest.fixture
def here(small: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The commands find this database."""
    monkeypatch.setenv("UITVOERINGSSCAN_DATABASE_URL", small.url)
    return small


def test_the_journal_is_verified_and_exported(here: World, capsys: pytest.CaptureFixture[str]) -> None:
    here.published("uwv")
    assert main(["journal", "export"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["volgnummer"] for line in lines] == list(range(1, len(lines) + 1))
    assert main(["journal", "verify", "--head", lines[2]["sha256"]]) == 0
    assert lines[-1]["sha256"] in capsys.readouterr().out
    assert main(["journal", "verify", "--head", "0" * 64]) == 1
    assert "controlegetal" in capsys.readouterr().err


def test_who_owns_the_database_cannot_change_a_line_unseen(here: World, capsys: pytest.CaptureFixture[str]) -> None:
    here.published("uwv")
    with here.engine.begin() as connection:
        triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'")
        for name in connection.scalars(triggers).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE journal SET name = 'Een ander' WHERE sequence = 4"))
    assert main(["journal", "verify"]) == 1
    assert capsys.readouterr().err.startswith("regel 4: ")


def test_a_machine_gets_a_key_that_ends_and_another(here: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clients", "add", "kamer", "--role", "indiener", "--expires-days", "30"]) == 0
    old = capsys.readouterr().out.strip()
    assert main(["clients", "rotate", "kamer", "--expires-days", "60"]) == 0
    new = capsys.readouterr().out.strip()
    assert client_actor(here.desk, new).name == "kamer"
    with pytest.raises(Unauthenticated):
        client_actor(here.desk, old)
    assert main(["clients", "list"]) == 0
    line = capsys.readouterr().out.strip().split("\t")
    assert line[:4] == ["kamer", "indiener", "-", "actief"]
    assert line[4].startswith(here.clock.at.isoformat()[:10])
    assert main(["clients", "add", "fout", "--role", "indiener", "--expires-days", "0"]) == 1
    assert main(["clients", "rotate", "onbekend"]) == 1


def test_somebody_leaves(here: World, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("indiener", "opvolger"):
        assert main(["people", "add", name, "--email", f"{name}@voorbeeld.example", "--role", "indiener"]) == 0
    scan = here.submitted()
    with here.desk.reading() as work:
        person = work.people.by_email("indiener@voorbeeld.example")
    assert person is not None
    token = demo_sign_in(here.desk, person.id)
    email = "Indiener@voorbeeld.example"
    assert main(["people", "export", email]) == 0
    assert json.loads(capsys.readouterr().out)["scans"] == [scan]
    assert main(["people", "erase", email]) == 1  # still open
    assert main(["people", "hand-over", email, "--to", "opvolger@voorbeeld.example"]) == 0
    assert capsys.readouterr().out.startswith("1 scan")
    assert main(["people", "close", email]) == 0
    assert session_person(here.desk, token) is None
    assert main(["people", "erase", email]) == 0
    assert main(["people", "export", email]) == 1
    assert here.scan(scan).owner == "opvolger@voorbeeld.example"
    assert main(["people", "close", "onbekend@voorbeeld.example"]) == 1
