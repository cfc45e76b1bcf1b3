"""Who is asked instead of somebody who is away."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.identifiers import PersonId
from uitvoeringsscan.people.absence import Absence, instead

DAY = date(2026, 12, 8)
A, B, C = PersonId("a"), PersonId("b"), PersonId("c")


def away(person: PersonId, deputy: PersonId | None, first: int = 0, last: int = 0) -> tuple[PersonId, Absence]:
    return person, Absence(
        person=person, first=DAY + timedelta(days=first), last=DAY + timedelta(days=last), deputy=deputy
    )


def test_a_deputy_comes_in_the_place_of_who_is_away() -> None:
    assert instead([A, B], {}, DAY) == (A, B)
    assert instead([A, C], dict([away(A, B)]), DAY) == (B, C)
    assert instead([A], dict([away(A, None)]), DAY) == ()
    assert instead([A, B], dict([away(A, B)]), DAY) == (B,)


def test_only_on_the_days_themselves() -> None:
    period = dict([away(A, B, first=0, last=2)])
    assert [instead([A], period, DAY + timedelta(days=n)) for n in (-1, 0, 2, 3)] == [(A,), (B,), (B,), (A,)]


def test_a_deputy_who_is_away_passes_it_on_and_never_in_a_circle() -> None:
    assert instead([A], dict([away(A, B), away(B, C)]), DAY) == (C,)
    assert instead([A], dict([away(A, B), away(B, A)]), DAY) == ()
    assert instead([A], dict([away(A, A)]), DAY) == ()


PEOPLE = st.sampled_from([A, B, C, PersonId("d")])


@given(st.lists(PEOPLE, unique=True), st.dictionaries(PEOPLE, PEOPLE | st.none()))
def test_nobody_who_is_away_is_asked(people: list[PersonId], deputies: dict[PersonId, PersonId | None]) -> None:
    absences = dict(away(person, deputy) for person, deputy in deputies.items())
    found = instead(people, absences, DAY)
    assert not set(found) & set(absences)
    assert len(set(found)) == len(found)
    assert {person for person in people if person not in absences} <= set(found)
