"""What the measurements under load say about lost writes: they see one that is lost, and none that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import load, migration
from tests.support.desk import SUBMITTER, file_of, opened, respondent
from uitvoeringsscan.use_cases import answering, collaborating


def test_reading_back_finds_what_is_lost_and_nothing_else(database_url: str) -> None:
    with opened(database_url) as world:
        scan = world.routed("uwv", "svb")
        file, other = file_of(scan, "uwv"), file_of(scan, "svb")
        who = respondent("uwv")
        draft = world.filled(scan, "uwv").answers
        question = next(iter(draft.values))
        told = {**draft.explanations, question: "Deze uitleg staat er."}
        answering.save_answers(world.desk, who, file, None, draft.values, told)
        collaborating.comment(world.desk, who, file, question, "Deze opmerking staat er.")
        world.settle(scan, "svb")
        title = world.scan(scan).amendment.title

        kept = load.Kept()
        kept.answers[file, question] = "Deze uitleg staat er."
        kept.saves[who.principal] += 1
        kept.comments.add("Deze opmerking staat er.")
        kept.handed_in.add(other)
        kept.approved.add(other)
        kept.scans[scan] = title
        assert load.lost(world, kept) == []

        kept.answers[other, question] = "Deze uitleg staat er niet."
        kept.saves[SUBMITTER.principal] += 1
        kept.comments.add("Deze opmerking staat er niet.")
        kept.handed_in.add(file)
        kept.approved.add(file)
        kept.scans["2026-0000"] = title
        assert len(load.lost(world, kept)) == 6


@pytest.mark.slow
def test_an_older_service_goes_on_writing_while_the_schema_is_renewed(tmp_path: Path) -> None:
    assert migration.measure(f"sqlite:///{tmp_path}/migration.sqlite3", "SQLite", 200, around=0.3)
