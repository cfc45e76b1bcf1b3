"""Who is told what: the table, tried without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from uitvoeringsscan import events
from uitvoeringsscan.amendments.amendment import Amendment, Submitter
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, Signature
from uitvoeringsscan.assessments.comments import Comment
from uitvoeringsscan.assessments.tasks import Task
from uitvoeringsscan.identifiers import AgencyCode, PersonId, Principal, RubricRef, ScanId
from uitvoeringsscan.notices.happened import Happened
from uitvoeringsscan.notices.kinds import DUTY, OPTIONAL, Kind
from uitvoeringsscan.notices.rules import RULES, told
from uitvoeringsscan.people.people import SERVICE, Person, Role
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.telling import TOLD
from uitvoeringsscan.web.correspondence import _FOR

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
VOTE = datetime(2026, 12, 8, 15, 0, tzinfo=UTC)
SCAN = ScanId("2026-4821")


def person(name: str, role: Role, agency: str | None = None, *, active: bool = True) -> Person:
    return Person(
        id=PersonId(name),
        name=name,
        email=f"{name}@voorbeeld.example",
        roles=frozenset({role}),
        agency=AgencyCode(agency) if agency else None,
        active=active,
    )


PEOPLE = (
    person("indiener", Role.SUBMITTER),
    person("ander", Role.SUBMITTER),
    person("coordinator", Role.COORDINATOR),
    person("lezer", Role.READER),
    person("beheerder", Role.ADMIN),
    person("uwv-b", Role.RESPONDENT, "uwv"),
    person("uwv-b2", Role.RESPONDENT, "uwv"),
    person("uwv-v", Role.APPROVER, "uwv"),
    person("uwv-weg", Role.RESPONDENT, "uwv", active=False),
    person("svb-b", Role.RESPONDENT, "svb"),
    person("cak-b", Role.RESPONDENT, "cak"),
)


def principal(name: str) -> Principal:
    return Principal(f"{name}@voorbeeld.example")


def signature(name: str, at: datetime = AT) -> Signature:
    return Signature(principal=principal(name), name=name, at=at)


def file(agency: str, **more: Any) -> Assessment:
    return Assessment(
        scan=SCAN, agency=AgencyCode(agency), rubric=RubricRef("basis", "1.0", "0" * 64), asked_at=AT,
        respond_by=VOTE, **more,
    )  # fmt: skip


def scan(**more: Any) -> Scan:
    given: dict[str, Any] = {
        "id": SCAN, "state": None, "parsed": None, "routing": None, "vote": VOTE, "owner": principal("indiener"),
        "owner_name": "indiener", "created_at": AT, "respond_by": VOTE,
        "amendment": Amendment(text="t", title="t", submitters=(Submitter(name="V", party="P"),)),
    }  # fmt: skip
    return Scan(**{**given, **more})


def happened(event: str, by: str = "dienst", *, details: dict[str, object] | None = None, **more: Any) -> Happened:
    who = SERVICE.principal if by == "dienst" else principal(by)
    files = (file("uwv"), file("svb", state=AssessmentState.APPROVED))
    return Happened(
        event=event, at=AT, principal=who, details=details or {}, people=PEOPLE,
        **{"scan": scan(), "files": files, **more},
    )  # fmt: skip


def names(found: Happened) -> dict[str, Kind]:
    return {one.person.id: one.kind for one in told(found)}


def test_asked_agencies_and_the_submitter_hear_of_the_routing() -> None:
    details: dict[str, object] = {"asked": ["uwv", "svb"], "newly_asked": ["uwv", "svb"]}
    found = {one.person.id: one for one in told(happened("ScanRouted", "coordinator", details=details))}
    assert {name: one.kind for name, one in found.items()} == {
        "uwv-b": Kind.ASKED, "uwv-b2": Kind.ASKED, "uwv-v": Kind.ASKED, "svb-b": Kind.ASKED, "indiener": Kind.CONFIRMED,
    }  # fmt: skip
    assert found["uwv-b"].place == "/uitvragen/2026-4821-uwv"
    assert found["svb-b"].place == "/uitvragen/2026-4821-svb"
    assert found["indiener"].moment == datetime(2026, 12, 9, 15, tzinfo=UTC), "a working day after the last deadline"
    later: dict[str, object] = {"asked": ["uwv", "svb"], "newly_asked": ["svb"]}
    assert set(names(happened("ScanRouted", "coordinator", details=later))) == {"svb-b"}


def test_who_did_it_is_not_told() -> None:
    by_approver = names(happened("HandedIn", "uwv-v", details={"agency": "uwv", "outcome": "beantwoord"}))
    assert by_approver == {}
    assert names(happened("ScanWithdrawn", "indiener")).keys() == {"uwv-b", "uwv-b2", "uwv-v", "svb-b", "coordinator"}
    assert "indiener" in names(happened("ScanWithdrawn", "coordinator"))


def test_handing_in_tells_approvers_and_not_ours_tells_the_coordinator_too() -> None:
    answered = happened("HandedIn", "uwv-b", details={"agency": "uwv", "outcome": "beantwoord"})
    assert names(answered) == {"uwv-v": Kind.TO_APPROVE}
    not_ours = happened("HandedIn", "uwv-b", details={"agency": "uwv", "outcome": "niet-van-toepassing"})
    assert names(not_ours) == {"uwv-v": Kind.TO_APPROVE, "coordinator": Kind.NOT_OURS}


def test_a_returned_file_leads_to_the_first_question_with_a_remark() -> None:
    returned = file("uwv", question_remarks={"kosten-eenmalig": "Waarom?", "raakt": "Hoezo?"})
    found = happened(
        "SentBack", "uwv-v", details={"agency": "uwv"}, files=(returned,),
        sections={"raakt": "gevolgen", "kosten-eenmalig": "geld"},
    )  # fmt: skip
    assert {one.place for one in told(found)} == {"/uitvragen/2026-4821-uwv/onderdeel/geld#veld-kosten-eenmalig"}
    whole = replace(found, files=(file("uwv", remarks="Alles."),))
    assert {one.place for one in told(whole)} == {"/uitvragen/2026-4821-uwv"}


def test_a_moved_vote_tells_those_who_still_have_work_and_those_who_wait() -> None:
    found = names(happened("VoteMoved", "coordinator"))
    assert found.keys() == {"uwv-b", "uwv-b2", "uwv-v", "indiener"}  # svb is done; the coordinator did it


def test_a_deadline_that_the_service_moved_is_not_told_beside_the_vote() -> None:
    assert names(happened("DeadlineMoved", "dienst", details={"agency": "uwv"})) == {}
    assert names(happened("DeadlineMoved", "coordinator", details={"agency": "uwv"})).keys() == {
        "uwv-b", "uwv-b2", "uwv-v"}  # fmt: skip


def test_a_reaction_that_was_published_is_told_to_the_agencies_and_the_coordinator() -> None:
    found = told(happened("ReactionPublished", "indiener", details={"publication": "2026-4821-v1"}))
    assert {one.person.id for one in found} == {"uwv-b", "uwv-b2", "uwv-v", "svb-b", "coordinator"}
    assert {(one.kind, one.place) for one in found} == {(Kind.REACTION, "/publicaties/2026-4821-v1")}


def _comment(number: int, by: str, at: datetime, question: str = "raakt") -> Comment:
    return Comment(
        scan=SCAN, agency=AgencyCode("uwv"), number=number, question=question, text="x", by=signature(by, at)
    )


def test_a_comment_tells_whom_it_concerns_and_leads_to_itself() -> None:
    earlier = AT.replace(hour=8)
    details: dict[str, object] = {"agency": "uwv", "question": "raakt"}
    alone = happened("Commented", "uwv-b", details=details, comments=(_comment(1, "uwv-b", AT),))
    assert names(alone).keys() == {"uwv-b2", "uwv-v"}
    spoken = happened(
        "Commented", "uwv-b", details=details,
        comments=(_comment(1, "uwv-b2", earlier), _comment(2, "uwv-b", AT)),
    )  # fmt: skip
    assert names(spoken).keys() == {"uwv-b2"}
    assert told(spoken)[0].place == "/uitvragen/2026-4821-uwv/opmerkingen?vraag=raakt#opmerking-2"


def test_a_task_tells_the_colleague_who_still_has_it() -> None:
    task = Task(
        scan=SCAN, agency=AgencyCode("uwv"), section="geld", person=PersonId("uwv-b2"), name="uwv-b2", line="",
        by=signature("uwv-b"),
    )  # fmt: skip
    details: dict[str, object] = {"agency": "uwv", "section": "geld", "to": "uwv-b2"}
    found = happened("TaskGiven", "uwv-b", details=details, tasks=(task,), sections={"kosten": "geld"})
    assert [(one.person.id, one.place) for one in told(found)] == [
        ("uwv-b2", "/uitvragen/2026-4821-uwv/onderdeel/geld")
    ]
    given_on = replace(task, person=PersonId("uwv-v"), name="uwv-v")
    assert told(replace(found, tasks=(given_on,))) == []


def test_of_a_draft_nobody_is_told() -> None:
    for event in RULES:
        if event != "ReceiverPaused":
            assert told(replace(happened(event, "ander"), submitted=False)) == [], event


@pytest.mark.parametrize("event", sorted(RULES))
def test_readers_strangers_and_those_who_left_are_never_told(event: str) -> None:
    details: dict[str, object] = {
        "agency": "uwv", "newly_asked": ["uwv"], "asked": ["uwv"], "outcome": "niet-van-toepassing", "receiver": "r",
    }  # fmt: skip
    found = names(happened(event, "dienst", details=details))
    assert not found.keys() & {"lezer", "ander", "uwv-weg", "cak-b"}


def test_every_rule_is_about_an_event_that_exists_and_leads_to_an_announcement() -> None:
    for name in RULES:
        assert getattr(events, name) in TOLD


def test_every_kind_has_words_and_is_duty_or_can_be_turned_off() -> None:
    assert set(labels.NOTICES) == {kind.value for kind in Kind}
    assert set(OPTIONAL) | DUTY == set(Kind)
    assert set(_FOR) == set(OPTIONAL)
