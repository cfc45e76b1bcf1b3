"""What has been kept long enough goes by itself, in small steps, and what was published never does."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.desk import COORDINATOR, START, SUBMITTER, World, approver, of_role, opened, respondent
from tests.support.need import ROOT
from uitvoeringsscan.identifiers import PersonId, Principal
from uitvoeringsscan.people.people import SERVICE, Person, Role
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.storage.tables import metadata
from uitvoeringsscan.use_cases import (
    accounts,
    answering,
    client_tokens,
    collaborating,
    leaving,
    reading,
    retention,
    submitting,
)
from uitvoeringsscan.use_cases.ports import Reply
from uitvoeringsscan.use_cases.retention import GONE, TERMS

SECRET_TEXT = "Nog geheim"
DAY = timedelta(days=1)


def person(world: World, name: str = "lezer") -> Person:
    return accounts.add_person(
        world.desk, SERVICE, name=name, email=f"{name}@voorbeeld.example", roles=frozenset({Role.READER}), agency=None
    )


def swept(world: World, **after: float) -> None:
    retention.sweep(world.desk, world.clock.now() + timedelta(**after))


# --- one kind after another -------------------------------------------------------------------------------------------


def test_sessions_and_tokens_go_when_they_ended(world: World) -> None:
    somebody = person(world)
    accounts.demo_sign_in(world.desk, somebody.id)
    client, secret = accounts.add_client(world.desk, SERVICE, name="m", role=Role.READER, agency=None)
    client_tokens.issue(world.desk, client=client.id, secret=secret, scope=None)
    swept(world, minutes=14)
    assert (world.counts()["sessions"], world.counts()["access_tokens"]) == (1, 1)
    swept(world, minutes=16)
    assert (world.counts()["sessions"], world.counts()["access_tokens"]) == (1, 0)
    swept(world, hours=2, minutes=1)
    assert world.counts()["sessions"] == 0


def test_a_repeated_request_is_known_for_thirty_days(world: World) -> None:
    with world.desk.writing() as work:
        work.replies.claim(Principal("m@voorbeeld.example"), "sleutel", "vinger", world.clock.now())
        reply = Reply(fingerprint="vinger", status=201, headers={}, body=b"")
        work.replies.keep(Principal("m@voorbeeld.example"), "sleutel", reply)
    swept(world, days=30)
    assert world.counts()["replies"] == 1
    swept(world, days=30, seconds=1)
    assert world.counts()["replies"] == 0


def test_a_draft_that_nobody_finished_is_emptied(world: World) -> None:
    scan = world.submitted(draft=True, title=SECRET_TEXT)
    swept(world, days=90)
    assert world.scan(scan).amendment.title == SECRET_TEXT
    swept(world, days=90, seconds=1)
    left = world.scan(scan)
    assert (left.amendment.title, left.amendment.text, left.amendment.submitters) == (GONE, GONE, ())
    assert left.state is ScanState.DRAFT
    assert left.owner != SUBMITTER.principal
    assert SECRET_TEXT not in repr(world.contents())
    assert world.events(scan) == ["ScanDrafted", "ScanEmptied"]


def test_a_withdrawn_concept_is_emptied_with_all_that_was_said_about_it(world: World) -> None:
    scan = world.routed("uwv", "svb", confidential=True, paper_number=None, title=SECRET_TEXT)
    collaborating.comment(world.desk, respondent("uwv"), f"{scan}-uwv", "raakt", SECRET_TEXT)
    world.handed_in(scan, "uwv", {})
    # What stood there when it went back is kept beside it, and goes with it.
    answering.send_back(world.desk, approver("uwv"), f"{scan}-uwv", None, SECRET_TEXT)
    assert world.file(scan, "uwv").signed_before is not None
    world.settle(scan, "uwv", wanted={})
    submitting.withdraw_scan(world.desk, SUBMITTER, scan, None, SECRET_TEXT)
    swept(world, days=365)
    assert world.scan(scan).amendment.title == SECRET_TEXT
    swept(world, days=366)
    left, file = world.scan(scan), world.file(scan, "uwv")
    assert (left.amendment.title, left.state, left.confidential) == (GONE, ScanState.WITHDRAWN, True)
    assert (file.answers.values, file.answers.explanations, file.signed_before) == ({}, {}, None)
    assert file.approved is not None  # who decided stays
    assert SECRET_TEXT not in repr(world.contents())
    assert reading.get_scan(world.desk, COORDINATOR, scan).owner_name == GONE


@pytest.mark.parametrize("state", [state for state in ScanState if state is not ScanState.DRAFT])
def test_no_other_scan_is_emptied(small: World, state: ScanState) -> None:
    scan = small.in_state(state)
    before = small.scan(scan)
    swept(small, days=40_000)
    assert small.scan(scan) == before


def test_what_colleagues_put_around_an_ended_scan_goes_after_two_years(world: World) -> None:
    ended, going = world.routed("uwv", paper_number="21"), world.routed("uwv", paper_number="22")
    for scan in (ended, going):
        collaborating.comment(world.desk, respondent("uwv"), f"{scan}-uwv", "raakt", "Zeker?")
    world.settle(ended, "uwv")
    world.publish(ended)
    swept(world, days=730)
    assert world.counts()["comments"] == 2
    swept(world, days=731)
    with world.desk.reading() as work:
        assert not work.comments.of_file(ended, respondent("uwv").agency)  # type: ignore[arg-type]
        assert work.comments.of_file(going, respondent("uwv").agency)  # type: ignore[arg-type]


def test_a_closed_account_is_erased_after_two_years(world: World) -> None:
    admin = of_role(Role.ADMIN)
    leaver, owner, present = person(world, "vertrekker"), person(world, "eigenaar"), person(world, "blijver")
    accounts.add_client(world.desk, SERVICE, name="m", role=Role.READER, agency=None, owner=owner.email)
    for one in (leaver, owner):
        accounts.change_person(world.desk, admin, one.id, roles=one.roles, agency=None, active=False)
    swept(world, days=730)
    assert _people(world)[leaver.id].name == "vertrekker"
    swept(world, days=731)
    people = _people(world)
    assert people[leaver.id].name == leaving.ERASED
    assert people[owner.id].name == "eigenaar"  # until somebody saw to their machine
    assert people[present.id] == present


def test_who_came_back_begins_anew(world: World) -> None:
    admin, one = of_role(Role.ADMIN), person(world)
    for active in (False, True, False):
        world.clock.at += 400 * DAY
        accounts.change_person(world.desk, admin, one.id, roles=one.roles, agency=None, active=active)
    swept(world, days=700)
    assert _people(world)[one.id].name == "lezer"


def _people(world: World) -> dict[PersonId, Person]:
    with world.desk.reading() as work:
        return {one.id: one for one in work.people.every()}


# --- a person who is erased -------------------------------------------------------------------------------------------


def test_export_and_erasure_reach_comments_and_tasks(world: World) -> None:
    uwv = frozenset({Role.RESPONDENT})
    one, other = (
        accounts.add_person(world.desk, SERVICE, name=name, email=f"{name}@voorbeeld.example", roles=uwv, agency="uwv")
        for name in ("naam-een", "naam-twee")
    )
    from uitvoeringsscan.people.people import actor_of_person

    scan = world.routed("uwv")
    file = f"{scan}-uwv"
    collaborating.comment(world.desk, actor_of_person(one), file, "raakt", "Wat ik schreef.")
    collaborating.comment(world.desk, actor_of_person(other), file, "raakt", "Een ander.")
    collaborating.close_comment(world.desk, actor_of_person(one), file, 2)
    collaborating.give_task(world.desk, actor_of_person(one), file, None, one.id, "Voor mij.")
    kept = leaving.export_person(world.desk, SERVICE, one.email)
    assert [line["tekst"] for line in kept["opmerkingen"]] == ["Wat ik schreef."]
    assert [line["vraag"] for line in kept["taken"]] == ["Voor mij."]
    accounts.change_person(world.desk, SERVICE, one.id, roles=uwv, agency="uwv", active=False)
    leaving.erase_person(world.desk, SERVICE, one.email)
    rows = {name: rows for name, rows in world.contents().items() if name not in ("journal", "notices")}
    assert "naam-een" not in repr(rows)
    assert "naam-twee" in repr(rows["comments"])
    with world.desk.reading() as work:
        comments = work.comments.of_file(scan, one.agency)  # type: ignore[arg-type]
    assert [comment.text for comment in comments] == ["Wat ik schreef.", "Een ander."]
    assert comments[1].resolved is not None
    assert comments[1].resolved.name == leaving.ERASED


# --- as a whole -------------------------------------------------------------------------------------------------------


def test_what_would_go_is_what_goes_and_twice_is_once(world: World) -> None:
    world.submitted(draft=True)
    world.routed("uwv", confidential=True, paper_number=None)
    accounts.demo_sign_in(world.desk, person(world).id)
    at = world.clock.now() + 4000 * DAY
    told = retention.due(world.desk, at)
    assert told == {"sessies": 1, "concepten die nooit zijn ingediend": 1}
    assert retention.due(world.desk, at) == told  # telling changes nothing
    retention.sweep(world.desk, at)
    assert retention.due(world.desk, at) == {}
    after = world.contents()
    retention.sweep(world.desk, at)
    assert world.contents() == after


def test_many_go_in_small_steps(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)
    somebody = person(world)
    for _ in range(10):
        accounts.demo_sign_in(world.desk, somebody.id)
    swept(world, days=1)
    assert world.counts()["sessions"] == 0


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.integers(0, 40_000))
def test_whatever_the_day_what_was_published_stays(small_url: str, days: int) -> None:
    with opened(small_url) as world:
        before = _public(world)
        assert before["publications"]
        retention.sweep(world.desk, START + days * DAY)
        assert _public(world) == before


def _public(world: World) -> dict[str, Any]:
    everything = world.contents()
    names = ("publications", "addenda", "scores", "signing_keys", "bills", "texts", "assessments", "scans")
    return {name: everything[name] for name in names}


@pytest.fixture(scope="module")
def small_url(_sqlite_template: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    import shutil

    path = tmp_path_factory.mktemp("retention") / "kept.sqlite3"
    shutil.copyfile(_sqlite_template, path)
    url = f"sqlite:///{path}"
    with opened(url) as world:
        world.published("uwv", paper_number="31")
        world.routed("svb", paper_number="32")
    return url


# --- the document -----------------------------------------------------------------------------------------------------


def test_the_document_prints_this_table() -> None:
    assert retention.table() in (ROOT / "docs" / "privacy.md").read_text("utf-8"), (
        "docs/privacy.md: put the output of uitvoeringsscan.use_cases.retention.table() under Bewaartermijnen"
    )


def test_every_table_of_a_term_is_there() -> None:
    assert {name for term in TERMS for name in term.tables} <= set(metadata.tables)
    assert {field.name for field in fields(TERMS[0])} >= {"keep", "words"}


def test_every_table_with_people_in_it_has_a_term() -> None:
    personal = {"principal", "owner", "email", "person", "by", "submitted", "approved"}
    found = {table.name for table in metadata.sorted_tables if personal & {column.name for column in table.columns}}
    without = {
        "clients",
        "second_contacts",
        "receivers",
    }  # as long as the machine, the agency's choice: no term of their own
    assert found - without <= {name for term in TERMS for name in term.tables}
