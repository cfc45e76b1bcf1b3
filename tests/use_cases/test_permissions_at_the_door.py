"""Each use case asks for permission itself: tried with every role that the table does not allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.support.desk import (
    OTHER_SUBMITTER,
    SUBMITTER,
    World,
    actor,
    amendment,
    file_of,
    of_role,
)
from uitvoeringsscan.errors import DomainError, Forbidden, NotFound, Unauthenticated
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import AGENCY_ROLES, NOBODY, SERVICE, Actor, Role
from uitvoeringsscan.people.permissions import PERMISSIONS, Action
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases import accounts, answering, coordinating, publishing, reading, submitting, vote_moves

S = ScanState
Act = Callable[[World, Actor, ScanId], object]

# each action on a scan: a state in which it can be done, and how
ON_A_SCAN: dict[Action, tuple[ScanState, Act]] = {
    Action.DISCLOSE_SCAN: (
        S.SUBMITTED,
        lambda w, a, s: submitting.disclose_scan(w.desk, a, s, None, "14"),
    ),
    Action.WITHDRAW_SCAN: (S.SUBMITTED, lambda w, a, s: submitting.withdraw_scan(w.desk, a, s, None, "Reden.")),
    Action.ROUTE_SCAN: (S.SUBMITTED, lambda w, a, s: coordinating.confirm_routing(w.desk, a, s, None, ["uwv"])),
    Action.CLOSE_ROUND: (S.IN_ASSESSMENT, lambda w, a, s: coordinating.close_round(w.desk, a, s, None, "Reden.")),
    Action.PUBLISH_SCAN: (S.ASSESSED, lambda w, a, s: publishing.publish(w.desk, a, s, None)),
    Action.CORRECT_SCAN: (S.PUBLISHED, lambda w, a, s: coordinating.start_correction(w.desk, a, s, None, "Reden.")),
    Action.MOVE_VOTE: (S.SUBMITTED, lambda w, a, s: vote_moves.move_vote(w.desk, a, s, None, None)),
    Action.READ_ASSESSMENT: (S.IN_ASSESSMENT, lambda w, a, s: reading.get_assessment(w.desk, a, file_of(s, "uwv"))),
    Action.ANSWER: (
        S.IN_ASSESSMENT,
        lambda w, a, s: answering.save_answers(w.desk, a, file_of(s, "uwv"), None, {"raakt": "ja"}, {}),
    ),
    Action.HAND_IN: (
        S.IN_ASSESSMENT,
        lambda w, a, s: answering.hand_in_no_impact(w.desk, a, file_of(s, "uwv"), None, "Reden."),
    ),
    Action.APPROVE: (S.IN_ASSESSMENT, lambda w, a, s: answering.approve(w.desk, a, file_of(s, "uwv"), None)),
    Action.SEND_BACK: (
        S.IN_ASSESSMENT,
        lambda w, a, s: answering.send_back(w.desk, a, file_of(s, "uwv"), None, "Kijk nog eens."),
    ),
}


def _prepared(world: World, action: Action, *, owner: Actor = SUBMITTER) -> ScanId:
    state, _ = ON_A_SCAN[action]
    if action is Action.DISCLOSE_SCAN:
        return world.submitted(by=owner, confidential=True)
    if owner is not SUBMITTER:
        return world.submitted(by=owner)
    scan = world.in_state(state)
    if action in (Action.APPROVE, Action.SEND_BACK):
        world.handed_in(scan, "uwv")
    return scan


def _granted(role: Role, action: Action) -> bool:
    return action in PERMISSIONS[role]


@pytest.mark.parametrize("action", ON_A_SCAN)
@pytest.mark.parametrize("role", Role)
def test_the_table_decides(small: World, role: Role, action: Action) -> None:
    owner = of_role(role) if action is Action.DISCLOSE_SCAN and _granted(role, action) else SUBMITTER
    scan = _prepared(small, action, owner=owner)
    before = small.contents()
    act = ON_A_SCAN[action][1]
    who = of_role(role)
    if _granted(role, action):
        act(small, who, scan)
        return
    with pytest.raises(DomainError) as refused:
        act(small, who, scan)
    assert isinstance(refused.value, Forbidden | NotFound)
    assert small.contents() == before


@pytest.mark.parametrize("action", ON_A_SCAN)
def test_a_visitor_is_asked_who_they_are(small: World, action: Action) -> None:
    scan = _prepared(small, action)
    for identifier in (scan, ScanId("2026-9999")):
        with pytest.raises(Unauthenticated):
            ON_A_SCAN[action][1](small, NOBODY, identifier)


@pytest.mark.parametrize("action", ON_A_SCAN)
def test_what_is_not_theirs_is_not_there(small: World, action: Action) -> None:
    """Another submitter, and another agency, with the right role: as if the scan did not exist."""
    scan = _prepared(small, action)
    for stranger in (OTHER_SUBMITTER, actor(Role.RESPONDENT, "cak"), actor(Role.APPROVER, "cak")):
        with pytest.raises(NotFound) as hidden:
            ON_A_SCAN[action][1](small, stranger, scan)
        with pytest.raises(NotFound) as absent:
            ON_A_SCAN[action][1](small, stranger, ScanId("2026-9999"))
        assert hidden.value.message == absent.value.message


@pytest.mark.parametrize("action", ON_A_SCAN)
def test_names_that_cannot_be_are_not_there(small: World, action: Action) -> None:
    for identifier in (
        "",
        "x",
        "2026-",
        "2026-12345678901",
        "2026-0001'--",
        "20२६-0001",
        "2026-0001\0",
        "../2026-0001",
    ):
        with pytest.raises(NotFound):
            ON_A_SCAN[action][1](small, of_role(Role.COORDINATOR), ScanId(identifier))


@pytest.mark.parametrize("role", Role)
def test_who_may_submit(small: World, role: Role) -> None:
    command = submitting.SubmitScan(amendment=amendment())
    if _granted(role, Action.SUBMIT_SCAN):
        assert submitting.submit_scan(small.desk, of_role(role), command).owner == of_role(role).principal
        return
    with pytest.raises(Forbidden):
        submitting.submit_scan(small.desk, of_role(role), command)
    assert small.counts()["scans"] == 0


def test_a_visitor_submits_nothing(small: World) -> None:
    with pytest.raises(Unauthenticated):
        submitting.submit_scan(small.desk, NOBODY, submitting.SubmitScan(amendment=amendment()))


@pytest.mark.parametrize("role", Role)
def test_who_may_manage_people(small: World, role: Role) -> None:
    who = of_role(role)

    def add_person() -> object:
        return accounts.add_person(
            small.desk, who, name="N. Nieuw", email="n@voorbeeld.example", roles=frozenset({Role.READER}), agency=None
        )

    def add_client() -> object:
        return accounts.add_client(small.desk, who, name="nieuw", role=Role.READER, agency=None)

    accounts.add_client(small.desk, SERVICE, name="oud", role=Role.READER, agency=None)
    before = small.contents()
    for step in (add_person, add_client, lambda: accounts.revoke_client(small.desk, who, "oud")):
        if role is Role.ADMIN:
            step()
            continue
        with pytest.raises(Forbidden):
            step()
    assert (small.contents() == before) is (role is not Role.ADMIN)


def test_a_visitor_manages_nobody(small: World) -> None:
    with pytest.raises(Unauthenticated):
        accounts.add_client(small.desk, NOBODY, name="nieuw", role=Role.ADMIN, agency=None)
    with pytest.raises(Unauthenticated):
        accounts.revoke_client(small.desk, NOBODY, "nieuw")


def test_own_work_is_for_agencies(small: World) -> None:
    scan = small.routed("uwv")
    for role in Role:
        if role in AGENCY_ROLES:
            assert [item.assessment.scan for item in reading.own_work(small.desk, of_role(role)).results] == [scan]
            assert reading.own_work(small.desk, of_role(role, "svb")).results == []
        else:
            with pytest.raises(Forbidden):
                reading.own_work(small.desk, of_role(role))
    with pytest.raises(Unauthenticated):
        reading.own_work(small.desk, NOBODY)


def test_an_agency_without_an_agency_role_has_no_work(small: World) -> None:
    with pytest.raises(Forbidden):
        reading.own_work(small.desk, replace(of_role(Role.READER), agency=of_role(Role.RESPONDENT).agency))


def test_files_of_a_scan_are_shown_to_whom_they_concern(small: World) -> None:
    scan = small.routed("uwv", "svb")

    def seen(who: Actor) -> list[str]:
        return [file.agency for file in reading.list_assessments(small.desk, who, scan)]

    assert seen(SUBMITTER) == seen(of_role(Role.COORDINATOR)) == ["svb", "uwv"]
    assert seen(of_role(Role.RESPONDENT, "svb")) == ["svb"]
    assert seen(of_role(Role.READER)) == []
    with pytest.raises(NotFound):
        reading.get_assessment(small.desk, of_role(Role.RESPONDENT, "svb"), file_of(scan, "uwv"))
