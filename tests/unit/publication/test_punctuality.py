"""Punctuality is counted from sealed documents, once for each request, in the same way for every agency."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.publication_samples import FOUR, agency, not_ours, summary
from uitvoeringsscan.publication.punctuality import FEWEST, Punctuality, punctuality, requests, years
from uitvoeringsscan.publication.record import seal

ASKED = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
SVB = ("svb", "Sociale Verzekeringsbank", "SVB")


def document(*agencies: object, version: int = 1) -> bytes:
    return seal(summary(agencies=agencies, version=version, number=f"2026-4821-v{version}")).document


def of(code: str, found: tuple[Punctuality, ...]) -> Punctuality:
    return next(one for one in found if one.agency == code)


def test_in_time_late_and_silent() -> None:
    found = punctuality(requests([document(*FOUR)]))
    assert [one.name for one in found] == sorted((one.name for one in found), key=str.casefold)
    counts = {one.agency: (one.asked, one.in_time, one.late, one.silent) for one in found}
    assert counts["dienst-toeslagen"] == (1, 0, 0, 1)
    assert counts["uwv"] == counts["cak"] == counts["svb"] == (1, 1, 0, 0)


def test_at_the_deadline_is_in_time_and_a_second_later_is_not() -> None:
    due = ASKED + timedelta(days=2)
    exact = document(agency(*SVB, asked_at=ASKED, respond_by=due, approved_at=due))
    late = document(agency(*SVB, asked_at=ASKED, respond_by=due, approved_at=due + timedelta(seconds=1)))
    free = document(not_ours(*SVB, asked_at=ASKED, respond_by=None, approved_at=due + timedelta(days=99)))
    one = of("svb", punctuality(requests([exact, late, free])))
    assert (one.asked, one.in_time, one.late, one.silent) == (3, 2, 1, 0)


def test_a_median_comes_with_enough_answers_and_ignores_who_was_silent() -> None:
    def answered(hours: int) -> bytes:
        return document(agency(*SVB, asked_at=ASKED, respond_by=None, approved_at=ASKED + timedelta(hours=hours)))

    few = [answered(hours) for hours in range(1, FEWEST)]
    assert of("svb", punctuality(requests(few))).median_hours is None
    enough = [*few, answered(1000)]
    assert of("svb", punctuality(requests(enough))).median_hours == 3.0


def test_a_correction_does_not_count_again() -> None:
    first, second = document(agency(*SVB)), document(agency(*SVB), version=2)
    assert of("svb", punctuality(requests([second, first]))).asked == 1


def test_one_year_counts_what_was_asked_in_it() -> None:
    old = document(agency(*SVB, asked_at=datetime(2025, 12, 31, 23, 59, tzinfo=UTC)))
    every = requests([document(agency(*SVB)), old])
    assert years(every) == (2026, 2025)
    assert of("svb", punctuality(every)).asked == 2
    (one,) = punctuality(every, 2025)
    assert (one.first, one.last) == (every[1].asked_at, every[1].asked_at)
    assert punctuality(every, 2024) == ()
