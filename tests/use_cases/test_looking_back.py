"""A year after the House accepted an amendment: asked once, answered with four eyes, and public beside the estimate."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.support.desk import COORDINATOR, SUBMITTER, World, approver, respondent
from uitvoeringsscan.assessments.look_back import Came, LookBackState
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Stale, WrongState
from uitvoeringsscan.identifiers import AgencyCode, ScanId
from uitvoeringsscan.people.people import SERVICE, Actor
from uitvoeringsscan.publication.verification import verify_addenda
from uitvoeringsscan.scans.outcome import OutcomeKind
from uitvoeringsscan.use_cases import looking_back
from uitvoeringsscan.use_cases.outcomes import record_outcome

CAME = Came(
    costs_once=2_100_000,
    fte_yearly=Decimal("3.5"),
    live=date(2028, 1, 1),
    levels={"it-systemen": 2},
    explanation="Het duurde een half jaar langer.",
)


def _accepted(world: World, *agencies: str, kind: OutcomeKind = OutcomeKind.ADOPTED) -> ScanId:
    scan = world.published(*agencies)
    record_outcome(world.desk, SERVICE, scan, None, kind, world.clock.now(), "Stemmingsuitslag")
    return scan


def _asked(world: World, scan: ScanId, agency: str) -> bool:
    with world.desk.reading() as work:
        return work.look_backs.get(scan, AgencyCode(agency)) is not None


def test_an_agency_is_asked_once_and_after_a_year(world: World) -> None:
    scan = _accepted(world, "uwv", "svb")
    world.clock.forward(days=364, hours=23)
    looking_back.sweep(world.desk, world.clock.now())
    assert not _asked(world, scan, "uwv")
    world.clock.forward(hours=1)
    for _ in range(3):
        looking_back.sweep(world.desk, world.clock.now())
    assert world.events(scan).count("LookBackAsked") == 2
    (mine,) = looking_back.own(world.desk, respondent("uwv"))
    assert (mine.look.publication, mine.estimate.code) == (f"{scan}-v1", "uwv")


@pytest.mark.parametrize("kind", sorted(set(OutcomeKind) - {OutcomeKind.ADOPTED, OutcomeKind.TAKEN_OVER}))
def test_only_what_the_house_accepted_is_looked_back_on(small: World, kind: OutcomeKind) -> None:
    scan = _accepted(small, kind=kind)
    small.clock.forward(days=800)
    looking_back.sweep(small.desk, small.clock.now())
    assert not _asked(small, scan, "uwv")


def test_on_29_february_the_year_before_ends_on_the_28th(small: World) -> None:
    small.clock.forward(days=90)
    scan = _accepted(small)  # 28 February 2027
    looking_back.sweep(small.desk, small.clock.now().replace(year=2028, month=2, day=29))
    assert _asked(small, scan, "uwv")


def test_four_eyes_and_then_for_everybody(world: World) -> None:
    scan = _accepted(world)
    world.clock.forward(days=366)
    looking_back.sweep(world.desk, world.clock.now())
    name, both = f"{scan}-uwv", _both(respondent("uwv"))
    looking_back.hand_in(world.desk, both, name, 1, CAME)
    assert looking_back.of_publication(world.desk, f"{scan}-v1") == []
    with pytest.raises(Forbidden, match="niet zelf vaststellen"):
        looking_back.approve(world.desk, both, name, None)
    looking_back.send_back(world.desk, approver("uwv"), name, None, "Waar komt dit bedrag vandaan?")
    assert looking_back.get(world.desk, both, name).look.remarks == "Waar komt dit bedrag vandaan?"
    looking_back.hand_in(world.desk, both, name, None, CAME)
    done = looking_back.approve(world.desk, approver("uwv"), name, None)
    assert done.state is LookBackState.APPROVED
    (public,) = looking_back.of_publication(world.desk, f"{scan}-v1")
    assert public.estimate.code == "uwv"
    assert public.came["kosten"] == {"incidenteel": 2_100_000, "structureel": None}
    assert public.came["niveaus"][0] == {"dimensie": "it-systemen", "niveau": 2}
    assert respondent("uwv").name not in json.dumps(public.came)
    assert looking_back.of_agency(world.desk, "uwv") == [public]
    assert looking_back.of_agency(world.desk, "svb") == []
    with pytest.raises(WrongState):
        looking_back.hand_in(world.desk, both, name, None, CAME)
    with world.desk.reading() as work:
        documents = [one.document for one in work.addenda.every()]
        digests = {p.number: p.sha256 for p in work.publications.every()}
    assert verify_addenda(documents, digests) == []


def _both(actor: Actor) -> Actor:
    return Actor(
        principal=actor.principal,
        name=actor.name,
        roles=actor.roles | approver("uwv").roles,
        agency=actor.agency,
    )


def test_who_may_do_what(small: World) -> None:
    scan = _accepted(small)
    small.clock.forward(days=366)
    looking_back.sweep(small.desk, small.clock.now())
    name = f"{scan}-uwv"
    with pytest.raises(NotFound):
        looking_back.get(small.desk, SUBMITTER, name)
    with pytest.raises(NotFound):
        looking_back.hand_in(small.desk, respondent("svb"), name, None, CAME)
    with pytest.raises(NotFound):
        looking_back.get(small.desk, COORDINATOR, f"{scan}-svb")
    with pytest.raises(Forbidden):
        looking_back.hand_in(small.desk, COORDINATOR, name, None, CAME)
    with pytest.raises(Stale):
        looking_back.hand_in(small.desk, respondent("uwv"), name, 99, CAME)
    with pytest.raises(Forbidden):
        looking_back.own(small.desk, SUBMITTER)


def test_every_fault_in_the_figures_is_named(small: World) -> None:
    scan = _accepted(small)
    small.clock.forward(days=366)
    looking_back.sweep(small.desk, small.clock.now())
    wrong = Came(costs_yearly=10**15, fte_once=Decimal("0.25"), live=date(1815, 1, 1), levels={"weer": 1})
    with pytest.raises(InvalidInput) as refused:
        looking_back.hand_in(small.desk, respondent("uwv"), f"{scan}-uwv", None, wrong)
    assert {p.field for p in refused.value.problems} == {
        "kosten.structureel",
        "personeel.incidenteel",
        "ingevoerdOp",
        "niveaus.weer",
        "toelichting",
    }
