"""People are told once, in one mail, at a decent hour; and nothing is lost when the mail server is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.support.desk import (
    COORDINATOR,
    START,
    SUBMITTER,
    VOTE,
    World,
    approver,
    file_of,
    of_role,
    respondent,
    together,
)
from tests.support.outside import Outside, with_outside
from uitvoeringsscan.errors import Forbidden, NotFound
from uitvoeringsscan.notices.kinds import EVERYTHING, OPTIONAL, Kind
from uitvoeringsscan.notices.letter import MailState
from uitvoeringsscan.notices.retrying import LEASE, WAITS
from uitvoeringsscan.people.people import Role
from uitvoeringsscan.use_cases import (
    accounts,
    answering,
    collaborating,
    coordinating,
    mailing,
    retention,
    rounds,
    submitting,
    telling,
    vote_moves,
)
from uitvoeringsscan.use_cases.ports_outside import MailDelayed, MailRefused


@pytest.fixture
def outside(world: World) -> Outside:
    return with_outside(world)


@pytest.fixture
def small_outside(small: World) -> Outside:
    return with_outside(small)


def kinds(outside: Outside, name: str) -> list[list[Kind]]:
    return [[item.kind for item in letter.items] for letter in outside.mail.to(name)]


def test_everything_within_the_window_is_one_mail(outside: Outside) -> None:
    first = outside.world.routed("uwv", "svb", paper_number="14")
    outside.world.clock.forward(minutes=4)
    second = outside.world.routed("uwv", paper_number="15")
    outside.look()
    assert outside.mail.letters == [], "the window is still open"
    outside.pass_time(minutes=10)
    (letter,) = outside.mail.to("behandelaar-uwv")
    assert [(item.kind, item.scan) for item in letter.items] == [(Kind.ASKED, first), (Kind.ASKED, second)]
    assert kinds(outside, "behandelaar-svb") == [[Kind.ASKED]]
    assert kinds(outside, "indiener") == [[Kind.CONFIRMED, Kind.CONFIRMED]]
    assert outside.mail.to("behandelaar-cak") == []
    outside.pass_time(hours=1)
    outside.pass_time(hours=1)
    assert len(outside.mail.to("behandelaar-uwv")) == 1


def test_announcing_twice_and_at_the_same_moment_tells_once(outside: Outside) -> None:
    outside.world.routed("uwv")
    jobs = outside.world.enqueued("announce")
    outside.world.work_off()
    before = outside.world.contents()
    desk = outside.world.desk
    results = together(*(lambda j=job: telling.announce(desk, j[1], j[2]) for job in jobs for _ in range(2)))
    assert [result for result in results if result is not None] == []
    assert outside.world.contents() == before


def test_two_sweeps_at_the_same_moment_make_one_mail(outside: Outside) -> None:
    outside.world.routed("uwv")
    outside.world.work_off()
    outside.world.clock.forward(minutes=11)
    desk, now = outside.world.desk, outside.world.clock.at
    results = together(*(lambda: telling.sweep(desk, now) for _ in range(4)))
    assert [result for result in results if result is not None] == []
    outside.world.work_off()
    assert kinds(outside, "behandelaar-uwv") == [[Kind.ASKED]]
    ids = [letter.id for letter in outside.mail.letters]
    assert len(ids) == len(set(ids))


def test_in_the_evening_it_waits_for_the_office_and_before_a_vote_it_does_not(small_outside: Outside) -> None:
    world = small_outside.world
    world.clock.at = START + timedelta(hours=12)  # Monday, 21.00 in The Hague
    world.routed("uwv", vote=VOTE)
    small_outside.pass_time(hours=1)
    assert small_outside.mail.letters == []
    small_outside.pass_time(hours=11)  # Tuesday, 9.00
    assert len(small_outside.mail.to("behandelaar-uwv")) == 1
    world.clock.at = VOTE.replace(hour=2)  # 3.00 at night, the vote is at 16.00: thirteen hours
    world.routed("svb", paper_number="20", vote=VOTE)
    small_outside.pass_time(minutes=11)
    assert len(small_outside.mail.to("behandelaar-svb")) == 1, "the office opens too late for this"
    world.routed("cak", paper_number="21", vote=world.clock.at + timedelta(hours=5))
    small_outside.look()
    assert len(small_outside.mail.to("behandelaar-cak")) == 1, "hours before the vote nothing waits"


def test_each_step_of_the_road_reaches_whom_it_concerns(small_outside: Outside) -> None:
    """One story; after each step, everybody who got a mail and what of."""
    outside, world = small_outside, small_outside.world

    def told() -> dict[str, set[Kind]]:
        outside.pass_time(minutes=11)
        found = {letter.name: {item.kind for item in letter.items} for letter in outside.mail.letters}
        outside.mail.letters.clear()
        return found

    uwv = {"behandelaar-uwv", "vaststeller-uwv"}
    coordinators = {"coordinator", "tweede-coordinator"}
    scan = world.submitted()
    assert told() == {key: {Kind.SUBMITTED} for key in coordinators}
    world.route(scan, "uwv", "svb")
    assert told().keys() == uwv | {"behandelaar-svb", "vaststeller-svb", "indiener"}
    collaborating.comment(world.desk, respondent("uwv"), file_of(scan, "uwv"), "raakt", "Zeker?")
    assert told() == {"vaststeller-uwv": {Kind.COMMENT}}
    to = outside.people["vaststeller-uwv"].id
    collaborating.give_task(world.desk, respondent("uwv"), file_of(scan, "uwv"), None, to, "Kijk jij?")
    assert told() == {"vaststeller-uwv": {Kind.TASK}}
    world.handed_in(scan, "uwv")
    assert told() == {"vaststeller-uwv": {Kind.TO_APPROVE}}
    answering.send_back(world.desk, approver("uwv"), file_of(scan, "uwv"), None, None, {"raakt": "Leg uit."})
    outside.pass_time(minutes=11)
    (letter,) = outside.mail.letters
    assert (letter.name, letter.items[0].kind) == ("behandelaar-uwv", Kind.SENT_BACK)
    assert re.fullmatch(rf"/uitvragen/{scan}-uwv/onderdeel/[a-z-]+#veld-raakt", letter.items[0].place)
    outside.mail.letters.clear()
    answering.hand_in_not_ours(world.desk, respondent("svb"), file_of(scan, "svb"), None, "Niet van ons.", "cak")
    assert told() == {"vaststeller-svb": {Kind.TO_APPROVE}, **{key: {Kind.NOT_OURS} for key in coordinators}}
    later = world.clock.at + timedelta(days=2)
    rounds.move_deadline(world.desk, COORDINATOR, file_of(scan, "uwv"), None, later)
    assert told() == {key: {Kind.DEADLINE_MOVED} for key in uwv}
    vote_moves.move_vote(world.desk, COORDINATOR, scan, None, VOTE + timedelta(days=1))
    moved = told()
    assert moved.keys() >= uwv | {"indiener", "tweede-coordinator"}
    assert all(Kind.VOTE_MOVED in found for found in moved.values())
    answering.approve(world.desk, approver("svb"), file_of(scan, "svb"), None)
    world.settle(scan, "uwv")
    assert told()["coordinator"] == {Kind.ALL_IN}
    world.publish(scan)
    published = told()
    assert published.keys() == uwv | {"behandelaar-svb", "vaststeller-svb", "indiener"}
    coordinating.start_correction(world.desk, COORDINATOR, scan, None, "Er stond een fout.")
    assert told().keys() == published.keys()
    rounds.reopen(world.desk, COORDINATOR, file_of(scan, "uwv"), None, "Kijk nog eens.")
    assert told() == {key: {Kind.REOPENED} for key in uwv}
    submitting.withdraw_scan(world.desk, COORDINATOR, scan, None, "Ingetrokken.")
    assert told().keys() == published.keys() | {"tweede-coordinator"}


def test_of_a_draft_and_its_withdrawal_nobody_hears(small_outside: Outside) -> None:
    scan = small_outside.world.submitted(draft=True)
    submitting.withdraw_scan(small_outside.world.desk, SUBMITTER, scan, None, "Toch niet.")
    small_outside.pass_time(hours=1)
    assert small_outside.mail.letters == []


def test_a_mail_that_is_delayed_goes_out_later_with_the_same_name(outside: Outside) -> None:
    outside.mail.faults = [MailDelayed("451 later"), MailDelayed("geen verbinding")]
    outside.world.handed_in(outside.world.routed("uwv"), "uwv")
    outside.mail.faults *= 3
    outside.pass_time(minutes=11)
    for wait in WAITS[:7]:
        outside.pass_time(seconds=wait.total_seconds())
    ids = [letter.id for letter in outside.mail.to("vaststeller-uwv")]
    assert len(ids) == 1
    with outside.world.desk.reading() as work:
        mail = work.mails.get(ids[0])
    assert mail is not None
    assert (mail.state, mail.answer) == (MailState.SENT, None)


def test_after_a_day_of_failures_a_mail_stands_as_failed(small_outside: Outside) -> None:
    small_outside.world.submitted()
    small_outside.mail.faults = [MailDelayed("451 later") for _ in range(100)]
    small_outside.pass_time(minutes=11)
    for wait in (*WAITS, timedelta(days=2)):
        small_outside.pass_time(seconds=wait.total_seconds())
    left = len(small_outside.mail.faults)
    assert left == 100 - 2 * (len(WAITS) + 1), "two coordinators, each tried so often and no more"
    found = mailing.mails_of(small_outside.world.desk, of_role(Role.ADMIN), small_outside.people["coordinator"].id)
    assert [(mail.state, mail.answer) for mail in found.mails] == [(MailState.FAILED, "451 later")]


def test_an_attempt_of_which_nothing_was_heard_is_made_again(small_outside: Outside) -> None:
    """A worker died: its work was taken off the queue and never written down."""
    small_outside.world.submitted()
    small_outside.world.work_off()
    small_outside.world.clock.forward(minutes=11)
    telling.sweep(small_outside.world.desk, small_outside.world.clock.at)
    assert len(small_outside.world.enqueued("mail")) == 2
    small_outside.world.clock.forward(seconds=LEASE.total_seconds() + 1)
    mailing.sweep(small_outside.world.desk, small_outside.world.clock.at)
    mailing.sweep(small_outside.world.desk, small_outside.world.clock.at)
    assert len(small_outside.world.enqueued("mail")) == 4
    small_outside.world.work_off()
    assert kinds(small_outside, "coordinator") == [[Kind.SUBMITTED]], "done once, the second attempt found it done"


def test_a_refused_address_gets_no_more_mail_until_somebody_says_it_is_right(outside: Outside) -> None:
    admin, desk = of_role(Role.ADMIN), outside.world.desk
    person = outside.people["coordinator"].id
    outside.mail.faults = [MailRefused("550 5.1.1 no such mailbox"), MailRefused("550 5.1.1 no such mailbox")]
    outside.world.submitted(paper_number="14")
    outside.pass_time(minutes=11)
    assert mailing.refused_addresses(desk, admin).keys() == {
        person,
        outside.people["tweede-coordinator"].id,
    }
    outside.world.submitted(paper_number="15")
    outside.pass_time(minutes=11)
    assert outside.mail.letters == []
    seen = mailing.correspondence(desk, person)
    assert seen.mailbox.refused == "550 5.1.1 no such mailbox"
    assert [mail.state for mail in seen.mails] == [MailState.DROPPED, MailState.REFUSED]
    assert len(seen.notices) == 2, "on their own page nothing is lost"
    mailing.accept_again(desk, admin, person)
    outside.world.submitted(paper_number="16")
    outside.pass_time(minutes=11)
    assert kinds(outside, "coordinator") == [[Kind.SUBMITTED]]
    with pytest.raises(Forbidden):
        mailing.refused_addresses(desk, COORDINATOR)


def test_what_is_turned_off_does_not_come_and_duty_always_does(outside: Outside) -> None:
    desk, person = outside.world.desk, outside.people["vaststeller-uwv"]
    mailing.choose(desk, person.id, [])
    scan = outside.world.routed("uwv")
    collaborating.comment(desk, respondent("uwv"), file_of(scan, "uwv"), "raakt", "Zeker?")
    outside.pass_time(minutes=11)
    assert kinds(outside, "vaststeller-uwv") == [[Kind.ASKED]]
    mailing.choose(desk, person.id, [Kind.COMMENT.value])
    collaborating.comment(desk, respondent("uwv"), file_of(scan, "uwv"), "raakt", "En nu?")
    outside.pass_time(minutes=11)
    assert kinds(outside, "vaststeller-uwv") == [[Kind.ASKED], [Kind.COMMENT]]


def test_turning_off_between_the_event_and_the_mail_still_counts(small_outside: Outside) -> None:
    desk, person = small_outside.world.desk, small_outside.people["vaststeller-uwv"]
    scan = small_outside.world.routed("uwv")
    small_outside.pass_time(minutes=11)
    collaborating.comment(desk, respondent("uwv"), file_of(scan, "uwv"), "raakt", "Zeker?")
    small_outside.world.work_off()
    mailing.choose(desk, person.id, [])
    small_outside.pass_time(minutes=11)
    assert kinds(small_outside, "vaststeller-uwv") == [[Kind.ASKED]]
    small_outside.pass_time(hours=1)
    assert kinds(small_outside, "vaststeller-uwv") == [[Kind.ASKED]]


def test_a_link_in_a_mail_turns_off_what_it_says_for_whom_it_was_made(outside: Outside) -> None:
    desk, person = outside.world.desk, outside.people["vaststeller-uwv"].id
    other = outside.people["behandelaar-uwv"].id
    path = mailing.turn_off_path(desk, person, Kind.COMMENT.value)
    _, _, given, which, signature = path.split("/")
    assert (given, which) == (person, Kind.COMMENT.value)
    for faulty in (
        (other, which, signature), (person, EVERYTHING, signature), (person, which, signature[:-1]),
        (person, which, "é" * 64), (person, "gevraagd", mailing.turn_off_path(desk, person, "gevraagd").split("/")[-1]),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            mailing.turn_off(desk, *faulty)
    mailing.turn_off(desk, given, which, signature)
    assert mailing.correspondence(desk, person).mailbox.muted == {Kind.COMMENT}
    everything = mailing.turn_off_path(desk, person, EVERYTHING).split("/")[-1]
    mailing.turn_off(desk, person, EVERYTHING, everything)
    assert mailing.correspondence(desk, person).mailbox.muted == set(OPTIONAL)
    assert mailing.correspondence(desk, other).mailbox.muted == set()


def test_somebody_who_left_gets_nothing_any_more(outside: Outside) -> None:
    admin, person = of_role(Role.ADMIN), outside.people["tweede-coordinator"]
    outside.world.submitted()
    outside.world.work_off()
    accounts.change_person(outside.world.desk, admin, person.id, roles=person.roles, agency=None, active=False)
    outside.pass_time(minutes=11)
    assert kinds(outside, "tweede-coordinator") == []
    assert kinds(outside, "coordinator") == [[Kind.SUBMITTED]]


def test_what_is_over_is_forgotten_after_a_while(outside: Outside) -> None:
    outside.world.submitted()
    outside.pass_time(minutes=11)
    outside.world.submitted(paper_number="15")
    outside.world.work_off()
    retention.sweep(outside.world.desk, outside.world.clock.at + telling.KEEP - timedelta(hours=1))
    assert outside.world.counts()["notices"] == 4
    retention.sweep(outside.world.desk, outside.world.clock.at + telling.KEEP + timedelta(hours=1))
    assert outside.world.counts()["notices"] == 2, "what did not leave yet stays"
    assert outside.world.counts()["mails"] == 0
