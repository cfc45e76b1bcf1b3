"""The page about the work on the background: what failed is seen there, and somebody chooses."""

from __future__ import annotations

from pathlib import Path

from tests.support.work import client, waiting_work
from tests.web.conftest import Parliament
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.use_cases.ports_work import work_id

PAGE = "/beheer/werk"


def test_what_failed_is_tried_again_or_dropped(parliament: Parliament, tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/parliament.sqlite3")
    try:
        names = [work_id("mail", key) for key in ("een", "twee")]
        with parliament.desk.writing() as work:
            for key in ("een", "twee"):
                work.outbox.enqueue("mail", key, {})
        for name in names:
            client(engine).cancel_workflow(name)
        site = parliament.site("C. de Planner")
        shown = site.get(PAGE).text
        assert all(name in shown for name in names)
        assert "Mail versturen" in shown
        site.send(PAGE + "/opnieuw", {"werk": names[0]})
        site.client.post(PAGE + "/laten-vallen", data={"werk": names[1], **site._hidden(site.get(PAGE))})
        after = site.get(PAGE).text
        assert not any(name in after for name in names)
        assert "Er is niets mislukt" in after
        assert [one.key for one in waiting_work(engine) if one.kind == "mail"] == ["een"]
        refused = site.client.post(PAGE + "/opnieuw", data={"werk": names[1], **site._hidden(site.get(PAGE))})
        assert refused.status_code == 409
        assert "niet meer als mislukt" in refused.text
    finally:
        engine.dispose()
