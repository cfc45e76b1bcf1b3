"""Comments, tasks and unit costs: within one agency, kept on both databases, and never on the road to publication."""

from __future__ import annotations

import json

import pytest

from tests.support.desk import (
    ADMIN,
    COORDINATOR,
    READER,
    SUBMITTER,
    World,
    actor,
    approver,
    file_of,
    respondent,
)
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Unauthenticated, WrongState
from uitvoeringsscan.people.people import NOBODY, SERVICE, Person, Role
from uitvoeringsscan.use_cases import accounts, answering, collaborating, history, reading, unit_costs

SECRET = "Dit is van ons alleen: 12 mensen erbij."


def person(world: World, name: str, agency: str, role: Role = Role.RESPONDENT) -> Person:
    return accounts.add_person(
        world.desk, SERVICE, name=name, email=f"{name}@voorbeeld.example", roles=frozenset({role}), agency=agency
    )


def test_comments_are_written_closed_and_opened_again(world: World) -> None:
    scan = world.routed("uwv", "svb")
    file = file_of(scan, "uwv")
    first = collaborating.comment(world.desk, respondent("uwv"), file, "raakt", f"  {SECRET}\n")
    second = collaborating.comment(world.desk, approver("uwv"), file, "oordeel", "Is dit zeker?")
    assert (first.number, second.number, first.text) == (1, 2, SECRET)
    assert list(collaborating.around(world.desk, respondent("uwv"), file).comments) == [first, second]
    assert collaborating.around(world.desk, respondent("svb"), file_of(scan, "svb")).comments == []
    closed = collaborating.close_comment(world.desk, approver("uwv"), file, 1)
    assert closed.resolved is not None
    assert closed.resolved.name == "vaststeller-uwv"
    found = collaborating.around(world.desk, respondent("uwv"), file)
    assert list(found.comments) == [closed, second]
    assert found.open_comments == [second]
    events = len(world.events(scan))
    assert collaborating.close_comment(world.desk, respondent("uwv"), file, 1) == closed  # who closed it first, did
    assert len(world.events(scan)) == events
    assert collaborating.close_comment(world.desk, respondent("uwv"), file, 1, closed=False) == first
    assert world.events(scan)[-1] == "CommentReopened"


@pytest.mark.parametrize("who", [COORDINATOR, SUBMITTER, READER, ADMIN, respondent("svb"), NOBODY])
def test_nobody_from_elsewhere_reads_or_writes_around_a_file(small: World, who: object) -> None:
    scan = small.routed("uwv", "svb")
    file = file_of(scan, "uwv")
    collaborating.comment(small.desk, respondent("uwv"), file, "raakt", SECRET)
    before = small.contents()
    for call in (
        lambda: collaborating.around(small.desk, who, file),  # type: ignore[arg-type]
        lambda: collaborating.comment(small.desk, who, file, "raakt", "Wij ook."),  # type: ignore[arg-type]
        lambda: collaborating.close_comment(small.desk, who, file, 1),  # type: ignore[arg-type]
        lambda: collaborating.give_task(small.desk, who, file, None, None, ""),  # type: ignore[arg-type]
    ):
        with pytest.raises((Forbidden, NotFound, Unauthenticated)):
            call()
    assert small.contents() == before


def test_the_coordinator_sees_the_file_and_nothing_around_it(small: World) -> None:
    scan = small.routed("uwv")
    collaborating.comment(small.desk, respondent("uwv"), file_of(scan, "uwv"), "raakt", SECRET)
    assert collaborating.around_if_ours(small.desk, COORDINATOR, file_of(scan, "uwv")) == collaborating.NOTHING


def test_comments_never_reach_what_others_read(world: World) -> None:
    scan = world.routed("uwv")
    file = world.filled(scan, "uwv")
    for code in file.answers.values:
        collaborating.comment(world.desk, respondent("uwv"), file.id, code, SECRET)
    world.settle(scan, "uwv")
    publication = world.publish(scan)
    assert SECRET.encode() not in publication.document
    told = [*history.of_scan(world.desk, SUBMITTER, scan), *history.of_scan(world.desk, COORDINATOR, scan)]
    assert SECRET not in json.dumps([dict(one.details) for one in told])
    assert "Commented" not in {one.event for one in history.of_scan(world.desk, SUBMITTER, scan)}


def test_wrong_comments_are_refused(small: World) -> None:
    scan = small.routed("uwv")
    file, who = file_of(scan, "uwv"), respondent("uwv")
    for question, text, field in (
        ("raakt", "  ", "opmerking"),
        ("raakt", "x" * 2001, "opmerking"),
        ("raakt", "nul\0", "opmerking"),
        ("bestaat-niet", "Goed.", "vraag"),
    ):
        with pytest.raises(InvalidInput) as refused:
            collaborating.comment(small.desk, who, file, question, text)
        assert [p.field for p in refused.value.problems] == [field]
    with pytest.raises(InvalidInput):
        collaborating.close_comment(small.desk, who, file, 7)
    published = small.published(paper_number="15")
    with pytest.raises(WrongState):
        collaborating.comment(small.desk, who, file_of(published, "uwv"), "raakt", "Te laat.")


def test_a_section_or_the_file_lies_with_a_colleague_and_locks_nobody_out(world: World) -> None:
    scan = world.routed("uwv", "svb")
    file = file_of(scan, "uwv")
    anna, bea = person(world, "anna", "uwv"), person(world, "bea", "uwv", Role.APPROVER)
    person(world, "cor", "svb")
    section = reading.get_assessment(world.desk, respondent("uwv"), file).rubric.sections[0].code
    assert [one.name for one in collaborating.around(world.desk, respondent("uwv"), file).colleagues] == ["anna", "bea"]
    task = collaborating.give_task(world.desk, respondent("uwv"), file, section, anna.id, " Kijk jij\nnaar de kosten? ")
    assert task is not None
    assert (task.name, task.section, task.line) == ("anna", section, "Kijk jij naar de kosten?")
    whole = collaborating.give_task(world.desk, respondent("uwv"), file, None, bea.id, "")
    assert list(collaborating.around(world.desk, respondent("uwv"), file).tasks) == [whole, task]
    assert list(collaborating.own_tasks(world.desk, respondent("uwv"), [scan])) == [whole, task]
    assert list(collaborating.own_tasks(world.desk, respondent("svb"), [scan])) == []
    assert collaborating.own_tasks(world.desk, COORDINATOR, [scan]) == ()
    answering.save_answers(world.desk, respondent("uwv"), file, None, {"raakt": "ja"}, {})  # somebody else still may
    moved = collaborating.give_task(world.desk, respondent("uwv"), file, section, bea.id, "")
    assert list(collaborating.around(world.desk, respondent("uwv"), file).tasks) == [whole, moved]
    assert collaborating.give_task(world.desk, respondent("uwv"), file, section, None, "") is None
    events = len(world.events(scan))
    assert collaborating.give_task(world.desk, respondent("uwv"), file, section, None, "") is None
    assert len(world.events(scan)) == events
    assert list(collaborating.around(world.desk, respondent("uwv"), file).tasks) == [whole]


def test_a_task_goes_to_a_colleague_and_to_a_section_that_is_there(small: World) -> None:
    scan = small.routed("uwv", "svb")
    strange, own = person(small, "cor", "svb"), person(small, "anna", "uwv")
    before = small.contents()
    for section, to, line, field in (
        (None, strange.id, "", "aan"),
        (None, "bestaat-niet", "", "aan"),
        ("bestaat-niet", own.id, "", "onderdeel"),
        (None, own.id, "x" * 301, "vraag"),
    ):
        with pytest.raises(InvalidInput) as refused:
            collaborating.give_task(small.desk, respondent("uwv"), file_of(scan, "uwv"), section, to, line)
        assert [p.field for p in refused.value.problems] == [field]
    assert small.contents() == before


def test_unit_costs_are_kept_by_who_approves_and_seen_by_the_own_agency(world: World) -> None:
    kept = unit_costs.set_unit_cost(
        world.desk, approver("uwv"), year=2026, name=" FTE ", amount=98_000, source="Tarieven 2026"
    )
    assert (kept.name, kept.amount) == ("fte", 98_000)
    unit_costs.set_unit_cost(world.desk, approver("uwv"), year=2025, name="brief", amount=2, source="Post")
    changed = unit_costs.set_unit_cost(
        world.desk, approver("uwv"), year=2026, name="fte", amount=99_000, source="Nieuw"
    )
    own = unit_costs.own_unit_costs(world.desk, respondent("uwv"))
    assert [(cost.year, cost.name, cost.amount) for cost in own] == [(2026, "fte", 99_000), (2025, "brief", 2)]
    assert unit_costs.standing(world.desk, respondent("uwv")) == [changed, own[1]]
    assert list(unit_costs.own_unit_costs(world.desk, respondent("svb"))) == []
    assert unit_costs.standing(world.desk, COORDINATOR) == ()
    unit_costs.remove_unit_cost(world.desk, approver("uwv"), year=2026, name="fte")
    unit_costs.remove_unit_cost(world.desk, approver("uwv"), year=2026, name="fte")  # it is gone already
    unit_costs.remove_unit_cost(world.desk, approver("uwv"), year=-1, name="fte")
    assert [cost.name for cost in unit_costs.own_unit_costs(world.desk, approver("uwv"))] == ["brief"]


def test_who_does_not_approve_keeps_no_unit_costs(small: World) -> None:
    for who in (respondent("uwv"), COORDINATOR, SUBMITTER, actor(Role.ADMIN)):
        with pytest.raises(Forbidden):
            unit_costs.set_unit_cost(small.desk, who, year=2026, name="fte", amount=1, source="x")
        with pytest.raises(Forbidden):
            unit_costs.remove_unit_cost(small.desk, who, year=2026, name="fte")
    for who in (COORDINATOR, SUBMITTER):
        with pytest.raises(Forbidden):
            unit_costs.own_unit_costs(small.desk, who)


def test_wrong_unit_costs_are_refused_all_at_once(small: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        unit_costs.set_unit_cost(small.desk, approver("uwv"), year=1999, name=" ", amount=0, source="")
    assert [p.field for p in refused.value.problems] == ["naam", "bron", "jaar", "bedrag"]
    assert small.counts()["unit_costs"] == 0
