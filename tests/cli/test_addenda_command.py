"""`publications verify` and `export` take along what stands beside publications."""

from __future__ import annotations

import re
from pathlib import Path

from commands import Command
from sqlalchemy import text

from tests.support.desk import SUBMITTER, opened
from uitvoeringsscan.use_cases import reacting


def test_addenda_are_exported_and_verified_and_one_taken_away_is_missed(sqlite_url: str, tmp_path: Path) -> None:
    command = Command(sqlite_url)
    with opened(sqlite_url) as world:
        for paper in ("21", "22"):
            scan = world.published(paper_number=paper)
            reacting.react(world.desk, SUBMITTER, scan, None, "Wij kiezen hier zelf voor.")
        told = command("publications", "verify")
        assert (told.status, told.error) == (0, "")
        assert "2 aanvullingen bij publicaties nagerekend." in told.out
        assert "4 van 4 handtekeningen gecontroleerd." in told.out
        assert command("publications", "export", tmp_path).status == 0
        files = sorted(path for path in tmp_path.iterdir() if path.suffix == ".json")
        assert command("publications", "verify", *files).status == 0
        changed = tmp_path / "aanvulling-1.json"
        changed.write_bytes(re.sub(b"zelf", b"niet", changed.read_bytes()))
        broken = command("publications", "verify", *files)
        assert broken.status == 1
        assert "aanvulling 1: gewijzigd" in broken.error
        with world.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER addenda_no_delete"))
            connection.execute(text("DELETE FROM addenda WHERE sequence = 2"))
    missed = command("publications", "verify")
    assert missed.status == 1
    assert "aanvullingen: ontbreekt" in missed.error
