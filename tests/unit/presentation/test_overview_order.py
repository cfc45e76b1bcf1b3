"""The order of an overview: by vote, a subamendment first, papers by number, what has ended last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.amendments.papers import is_subamendment, paper_key
from uitvoeringsscan.identifiers import Principal, ScanId
from uitvoeringsscan.presentation.overview import in_voting_order, overview, standing
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases.ports import ScanLine

NOW = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def line(number: str | None, vote: datetime | None = NOW + DAY, **more: Any) -> ScanLine:
    given_parts: dict[str, Any] = {
        "id": ScanId(f"2026-{number or 0:>04}"), "state": ScanState.PUBLISHED, "version": 1, "title": "Een wet",
        "kind": "amendement", "dossier_number": "99001", "dossier_suffix": None, "paper_number": number,
        "confidential": False, "owner": Principal("een@voorbeeld.example"), "vote": vote, "respond_by": None,
        "created_at": NOW, "correction": None, "replaced_by": None, "publications": 1,
    }  # fmt: skip
    return ScanLine(**{**given_parts, **more})


def numbers(*lines: ScanLine) -> list[str | None]:
    return [one.paper_number for one in in_voting_order(lines, NOW)]


def test_by_vote_then_by_number() -> None:
    assert numbers(line("14"), line("9"), line("100"), line("14A")) == ["9", "14", "14A", "100"]
    assert numbers(line("1", NOW + 3 * DAY), line("2", NOW + DAY), line(None), line("3", None)) == ["2", None, "1", "3"]


def test_what_is_behind_us_comes_last() -> None:
    past, long_past = line("1", NOW - DAY), line("2", NOW - 9 * DAY)
    replaced, withdrawn = line("3", state=ScanState.REPLACED), line("4", state=ScanState.WITHDRAWN)
    assert numbers(withdrawn, long_past, past, line("5"), replaced) == ["5", "1", "2", "3", "4"]


def test_a_subamendment_before_the_others_of_that_moment() -> None:
    sub = line("40", kind="gewijzigd subamendement")
    assert numbers(line("3"), sub, line("2", NOW + DAY / 2)) == ["2", "40", "3"]
    assert [one.first for one in overview([sub, line("3")], {})] == [True, False]


@given(st.lists(st.sampled_from([None, "1", "9", "14", "14A", "100"]), max_size=6), st.randoms(use_true_random=False))
def test_it_does_not_matter_how_they_came_in(papers: list[str | None], chance: Any) -> None:
    lines = [line(paper, id=ScanId(f"2026-{at:04}")) for at, paper in enumerate(papers)]
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert in_voting_order(shuffled, NOW) == in_voting_order(lines, NOW)


def test_days_left_only_while_there_is_something_to_wait_for() -> None:
    lines = [line("1"), line("2", None), line("3", NOW - DAY), line("4", state=ScanState.REPLACED)]
    assert [one.days_left for one in overview(lines, {}, NOW)] == ["nog 1 dag", None, None, None]
    assert [one.days_left for one in overview(lines, {})] == [None] * 4


def test_what_became_of_a_replaced_publication() -> None:
    replaced = line("1", state=ScanState.REPLACED)
    at = datetime(2026, 12, 4, 9, 5, tzinfo=UTC)
    said = standing(replaced, "2026-0001-v1", "2026-0001-v1", at)
    assert said == "Vervangen op 4 december 2026; deze tekst gold tot vrijdag 4 december 2026, 10.05 uur."
    assert "vervangen door een nieuwere versie" in (standing(replaced, "2026-0001-v1", "2026-0001-v1") or "")


@pytest.mark.parametrize(
    ("number", "key"), [("9", (9, "9")), ("14A", (14, "14A")), (None, (10**9, "")), ("x", (10**9, "x"))]
)
def test_paper_key(number: str | None, key: tuple[int, str]) -> None:
    assert paper_key(number) == key


def test_which_kinds_are_subamendments() -> None:
    kinds = ("subamendement", "Gewijzigd subamendement", "amendement", "nader gewijzigd amendement")
    assert [is_subamendment(kind) for kind in kinds] == [True, True, False, False]
