"""Being away: who says so, who stands in, what the coordinator sees, and what is left when somebody is erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.desk import ADMIN, COORDINATOR, START, SUBMITTER, World, approver, respondent
from tests.support.outside import with_outside
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.use_cases import absences, accounts, leaving

FIRST, LAST = date(2026, 12, 7), date(2026, 12, 18)


def test_somebody_says_so_and_the_coordinator_sees_it(world: World) -> None:
    people = with_outside(world).people
    away, deputy = people["behandelaar-uwv"], people["vaststeller-uwv"]
    assert [one.id for one in absences.own(world.desk, away).colleagues] == [deputy.id]
    absences.set_absence(world.desk, away, FIRST, LAST, deputy.id)
    seen = absences.own(world.desk, away)
    assert seen.absence is not None
    assert (seen.absence.first, seen.absence.last) == (FIRST, LAST)
    assert seen.deputy == deputy
    (line,) = absences.away(world.desk, COORDINATOR)
    assert (line.person, line.deputy, line.contact) == (away, deputy, None)
    absences.set_second_contact(world.desk, approver("uwv"), "uwv", deputy.id)
    assert absences.away(world.desk, COORDINATOR)[0].contact == deputy
    absences.set_absence(world.desk, away, FIRST, FIRST, None)  # in the place of what was said before
    assert absences.own(world.desk, away).deputy is None
    world.clock.forward(days=8)
    assert absences.away(world.desk, COORDINATOR) == []  # it is over
    assert absences.own(world.desk, away).absence is None
    absences.end_absence(world.desk, away)
    absences.end_absence(world.desk, away)
    with world.desk.reading() as work:
        assert [one.event for one in work.journal.every()].count("AbsenceSet") == 3
        assert work.absences.every() == {}


def test_a_month_after_it_nobody_knows_any_more(world: World) -> None:
    away = with_outside(world).people["behandelaar-uwv"]
    absences.set_absence(world.desk, away, FIRST, FIRST, None)
    for days, left in ((31, 1), (38, 0)):
        absences.forget(world.desk, START + timedelta(days=days))
        with world.desk.reading() as work:
            assert len(work.absences.every()) == left


def test_far_ahead_is_not_shown_yet(small: World) -> None:
    away = with_outside(small).people["behandelaar-uwv"]
    absences.set_absence(small.desk, away, FIRST + timedelta(days=40), LAST + timedelta(days=40), None)
    assert absences.away(small.desk, COORDINATOR) == []


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, LAST, [("van", "verplicht")]),
        (FIRST, None, [("tot", "verplicht")]),
        (None, None, [("van", "verplicht"), ("tot", "verplicht")]),
        (LAST, FIRST, [("tot", "verkeerde-volgorde")]),
        (date(2026, 11, 1), date(2026, 11, 2), [("tot", "in-het-verleden")]),
        (FIRST, FIRST + timedelta(days=367), [("tot", "te-lang")]),
    ],
)
def test_days_that_cannot_be(
    small: World, first: date | None, last: date | None, expected: list[tuple[str, str]]
) -> None:
    away = with_outside(small).people["behandelaar-uwv"]
    before = small.contents()
    with pytest.raises(InvalidInput) as refused:
        absences.set_absence(small.desk, away, first, last, None)
    assert [(p.field, p.code) for p in refused.value.problems] == expected
    assert small.contents() == before


def test_only_a_colleague_stands_in(small: World) -> None:
    people = with_outside(small).people
    for deputy in (people["behandelaar-svb"].id, people["behandelaar-uwv"].id, people["coordinator"].id, "x"):
        with pytest.raises(InvalidInput) as refused:
            absences.set_absence(small.desk, people["behandelaar-uwv"], FIRST, LAST, deputy)
        assert [p.field for p in refused.value.problems] == ["vervanger"]
    second = people["tweede-coordinator"]
    absences.set_absence(small.desk, people["coordinator"], FIRST, LAST, second.id)
    assert absences.own(small.desk, people["coordinator"]).deputy == second


def test_who_chooses_the_second_contact(small: World) -> None:
    people = with_outside(small).people
    chosen = people["behandelaar-uwv"].id
    with pytest.raises(Forbidden):
        absences.set_second_contact(small.desk, respondent("uwv"), "uwv", chosen)
    for stranger in (approver("svb"), SUBMITTER, ADMIN):
        with pytest.raises(NotFound):
            absences.set_second_contact(small.desk, stranger, "uwv", chosen)
    with pytest.raises(InvalidInput):
        absences.set_second_contact(small.desk, approver("uwv"), "uwv", people["behandelaar-svb"].id)
    absences.set_second_contact(small.desk, COORDINATOR, "uwv", chosen)
    before = small.contents()
    absences.set_second_contact(small.desk, approver("uwv"), "uwv", chosen)
    assert small.contents() == before
    absences.set_second_contact(small.desk, approver("uwv"), "uwv", None)
    assert absences.own(small.desk, people["vaststeller-uwv"]).contact is None


def test_of_who_is_erased_nothing_stays(world: World) -> None:
    people = with_outside(world).people
    gone, other = people["behandelaar-uwv"], people["vaststeller-uwv"]
    absences.set_absence(world.desk, gone, FIRST, LAST, other.id)
    absences.set_absence(world.desk, other, FIRST, LAST, gone.id)
    absences.set_second_contact(world.desk, approver("uwv"), "uwv", gone.id)
    assert leaving.export_person(world.desk, ADMIN, gone.email)["afwezig"] == {"van": "2026-12-07", "tot": "2026-12-18"}
    accounts.change_person(world.desk, SERVICE, gone.id, roles=gone.roles, agency=gone.agency, active=False)
    leaving.erase_person(world.desk, ADMIN, gone.email)
    with world.desk.reading() as work:
        assert set(work.absences.every()) == {other.id}
        assert work.absences.every()[other.id].deputy is None
        assert work.absences.second_contacts() == {}
