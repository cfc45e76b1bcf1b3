"""A copy is taken while others write, and what is put back from it is the same and can be checked."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from tests.cli.commands import Command
from tests.support.desk import opened
from uitvoeringsscan.storage import copies
from uitvoeringsscan.storage.copies import CopyRefused, back_up, restore
from uitvoeringsscan.storage.engine import open_engine


def _beside(url: str, name: str) -> str:
    """An empty database of the same kind, that was never there before."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return f"sqlite:///{Path(str(parsed.database)).with_name(f'{name}.sqlite3')}"
    engine = open_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'CREATE DATABASE "{parsed.database}_{name}" TEMPLATE template0'))
    engine.dispose()
    return parsed.set(database=f"{parsed.database}_{name}").render_as_string(hide_password=False)


def test_what_is_put_back_is_what_was_there(database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.backup"
    with opened(database_url) as world:
        world.published("uwv", "svb")
        before = world.contents()
    size = back_up(database_url, copy)
    assert size == copy.stat().st_size > 10_000
    other = _beside(database_url, "other")
    restore(other, copy)
    with opened(other) as world:
        assert world.contents() == before
        with pytest.raises(CopyRefused):
            restore(other, copy)
        assert world.contents() == before, "what stands there is never overwritten"


def test_it_is_one_moment_while_others_write(database_url: str, tmp_path: Path) -> None:
    """Each writer leaves a scan and its line in the journal together; no copy has one without the other."""
    stop = threading.Event()
    with opened(database_url) as world:
        world.submitted()

        def write() -> None:
            while not stop.is_set():
                world.submitted()

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for number in range(3):
                back_up(database_url, tmp_path / f"{number}.backup")
        finally:
            stop.set()
            writer.join()
    seen = []
    for number in range(3):
        other = _beside(database_url, f"other{number}")
        restore(other, tmp_path / f"{number}.backup")
        engine = open_engine(other)
        with engine.connect() as connection:
            scans = connection.scalar(text("SELECT count(*) FROM scans"))
            lines = connection.scalar(text("SELECT count(*) FROM journal WHERE event = 'ScanSubmitted'"))
        engine.dispose()
        assert scans == lines
        seen.append(scans)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0], "others did write in the meantime"


def test_the_commands_check_what_they_put_back(database_url: str, tmp_path: Path) -> None:
    with opened(database_url) as world:
        world.published("uwv")
    copy = tmp_path / "copy.backup"
    made = Command(database_url)("backup", copy)
    assert (made.status, made.error) == (0, "")
    assert "copy.backup" in made.out
    other = Command(_beside(database_url, "other"))
    put_back = other("restore", copy)
    assert put_back.status == 0, put_back.error
    assert "1" in put_back.out
    again = other("restore", copy)
    assert again.status == 1
    assert "Traceback" not in again.error
    assert other("publications", "verify").status == 0


def test_a_copy_is_never_overwritten_and_a_broken_one_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.backup"
    copy.write_text("iets anders")
    with pytest.raises(CopyRefused, match="bestaat al"):
        back_up(sqlite_url, copy)
    assert copy.read_text() == "iets anders"
    with pytest.raises(CopyRefused, match="geen kopie"):
        restore(f"sqlite:///{tmp_path}/new.sqlite3", copy)
    with pytest.raises(CopyRefused, match="is er niet"):
        restore(f"sqlite:///{tmp_path}/new.sqlite3", tmp_path / "nothing")
    with pytest.raises(CopyRefused, match="geen database"):
        back_up(f"sqlite:///{tmp_path}/nothing.sqlite3", tmp_path / "copy2")
    with pytest.raises(CopyRefused, match="kan niet geschreven"):
        back_up(sqlite_url, tmp_path / "no" / "such" / "folder")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_password_is_no_argument_of_a_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "pg_dump"
    program.write_text(
        "#!/usr/bin/env python3\nimport json, os, sys\n"
        'said = {"arguments": sys.argv, "password": os.environ.get("PGPASSWORD"), "host": os.environ.get("PGHOST")}\n'
        f'open("{tmp_path}/said.json", "w").write(json.dumps(said))\nsys.exit("niet bereikbaar")\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(copies, "_binary", lambda name: str(program))
    with pytest.raises(CopyRefused, match="niet bereikbaar"):
        back_up("postgresql+psycopg://u:geheim@db.example/scan", tmp_path / "copy")
    said = json.loads((tmp_path / "said.json").read_text())
    assert (said["password"], said["host"]) == ("geheim", "db.example")
    assert "geheim" not in " ".join(said["arguments"])
