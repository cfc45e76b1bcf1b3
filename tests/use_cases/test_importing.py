"""Following the House's data, from the feed to proposals and scans, against a House on loopback (tests/support/house.py)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from tests.support.desk import COORDINATOR, READER, START, SUBMITTER, TEXT, VOTE, World, together
from tests.support.house import HouseThere, Trouble, docx, house
from uitvoeringsscan.adapters.parliament import OpenData
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Stale, WrongState
from uitvoeringsscan.notices.kinds import Kind
from uitvoeringsscan.parliament.anomalies import Anomaly, AnomalyKind
from uitvoeringsscan.parliament.feed import Category
from uitvoeringsscan.parliament.proposals import Proposal, ProposalState
from uitvoeringsscan.people.people import SERVICE, Role
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.outcome import OutcomeKind
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases import (
    accounts,
    bills,
    importing,
    leaving,
    outcomes,
    proposing,
    reading,
    telling,
    vote_moves,
)
from uitvoeringsscan.use_cases.importing import Progress

BILL = (
    "ARTIKEL I\n\nDe Ziektewet wordt als volgt gewijzigd:\n\nA\n\nIn artikel 19 wordt «acht» vervangen door «negen».\n"
)


@dataclass(slots=True)
class Followed:
    """A world that follows a House. `waits` is how long the adapter would have slept."""

    world: World
    there: HouseThere
    waits: list[float]

    def follow(self, **by: float) -> Progress:
        """One turn, after some time."""
        self.world.clock.forward(**by or {"minutes": 5})
        self.there.now = self.world.clock.now()
        return importing.follow(self.world.desk)

    def proposal(self, case: str) -> Proposal:
        with self.world.desk.reading() as work:
            found = work.house.get(case)
        assert found is not None
        return found

    def odd(self, case: str, *, settled: bool = False) -> list[AnomalyKind]:
        with self.world.desk.reading() as work:
            found = work.house.anomalies_of(case)
        return sorted(one.anomaly.kind for one in found if (one.settled_at is not None) == settled)

    def start(self, case: str) -> Scan:
        return proposing.start(self.world.desk, COORDINATOR, case, None)

    def started(self, number: int = 14, vote: datetime | None = VOTE) -> tuple[str, Scan, str]:
        """An amendment with a scan, its case and the voting activity that it is on."""
        case = self.there.amendment(self.there.dossier(99001), number)
        activity = self.there.votes(vote, case)
        assert self.follow().complete
        return case, self.start(case), activity


def following(world: World, there: HouseThere) -> Followed:
    waits: list[float] = []
    feed = OpenData(there.url, steady=time.monotonic, rate=100_000, sleep=waits.append)
    world.desk = replace(world.desk, parliament=feed)
    return Followed(world, there, waits)


@pytest.fixture
def there() -> Iterator[HouseThere]:
    with house() as started:
        yield started


@pytest.fixture
def followed(world: World, there: HouseThere) -> Followed:
    return following(world, there)


@pytest.fixture
def light(small: World, there: HouseThere) -> Followed:
    return following(small, there)


# --- from the feed to a proposal --------------------------------------------------------------------------------------


def test_a_new_amendment_becomes_a_proposal_and_nothing_starts(followed: Followed) -> None:
    case = followed.there.amendment(followed.there.dossier(99001), 14)
    followed.there.votes(VOTE, case)
    done = followed.follow()
    assert done.complete
    assert done.faults == 0
    assert done.entries >= 5
    found = followed.proposal(case)
    assert found.state is ProposalState.NEW
    assert found.text is not None
    assert "acht weken" in found.text
    assert found.agencies == ("uwv",)
    read = proposing.get_proposal(followed.world.desk, COORDINATOR, case)
    assert read.amendment is not None
    assert read.vote == VOTE
    assert (read.amendment.dossier_number, read.amendment.paper_number) == ("99001", "14")
    assert [(one.name, one.party) for one in read.amendment.submitters] == [
        ("V. Voorbeeld", "Fractie Aurora"), ("A. Medestander", "Fractie Boreas"),
    ]  # fmt: skip
    assert followed.odd(case) == []
    assert followed.world.counts()["scans"] == 0


def test_one_click_starts_the_scan_with_what_the_house_registered(followed: Followed) -> None:
    case, scan, _ = followed.started()
    assert scan.state is ScanState.SUBMITTED
    assert scan.vote == VOTE
    assert not scan.confidential
    assert scan.amendment.case_number == followed.proposal(case).case.number
    assert scan.amendment.title == "Wijziging van de Werkloosheidswet"
    assert scan.routing.asked == ("uwv",)
    assert followed.proposal(case).state is ProposalState.STARTED
    assert followed.proposal(case).scan == scan.id
    assert "ProposalStarted" in followed.world.events(scan.id)


def test_two_clicks_at_once_start_one_scan(followed: Followed) -> None:
    case = followed.there.amendment(followed.there.dossier(99001), 14)
    followed.follow()
    results = together(*[lambda: followed.start(case)] * 3)
    assert sum(isinstance(one, Scan) for one in results) == 1
    assert all(isinstance(one, Scan | WrongState | Stale) for one in results), results
    assert followed.world.counts()["scans"] == 1


def test_reading_everything_again_changes_nothing(followed: Followed) -> None:
    case, _, activity = followed.started()
    followed.follow()
    before = followed.world.contents()
    for entity, name in [(change.entity, change.id) for change in followed.there.log]:
        followed.there.touch(entity, name)  # a correction in bulk: everything comes by again
    done = followed.follow()
    assert done.complete
    assert done.entries >= 7
    assert activity
    after = followed.world.contents()
    ours = ("scans", "journal", "house_links", "house_anomalies", "house_dossiers", "bills", "house_queue")
    assert {name: after[name] for name in ours} == {name: before[name] for name in ours}
    assert followed.proposal(case).state is ProposalState.STARTED


def test_many_pages_are_read_in_one_turn_and_the_place_is_kept(followed: Followed) -> None:
    followed.there.page = 3
    bill = followed.there.dossier(99001)
    cases = [followed.there.amendment(bill, number) for number in range(1, 12)]
    assert followed.follow().complete
    assert [followed.proposal(case).state for case in cases] == [ProposalState.NEW] * 11
    with followed.world.desk.reading() as work:
        places = work.house.places()
    assert set(places) == set(Category)
    assert all(place.read_at == followed.world.clock.now() for place in places.values())
    assert places[Category.CASE].token == max(c.token for c in followed.there.log if c.entity == "Zaak")


def test_other_kinds_and_old_cases_are_left_alone(light: Followed) -> None:
    bill = light.there.dossier(99001)
    motion = light.there.amendment(bill, 15)
    light.there.put("Zaak", motion, Soort="Motie")
    old = light.there.amendment(bill, 16, started=START - timedelta(days=900))
    light.follow()
    with light.world.desk.reading() as work:
        assert work.house.get(motion) is None
        assert work.house.get(old) is None


def test_the_first_time_begins_where_changes_are_young_enough(light: Followed) -> None:
    light.there.tokens = 20_000_000
    bill = light.there.dossier(99001)
    old = [light.there.amendment(bill, number) for number in range(1, 4)]
    for change in list(light.there.log):
        light.there.touch(change.entity, change.id, at=START - timedelta(days=90))
    light.there.tokens = 20_100_000
    motion = light.there.amendment(bill, 4, Soort="Motie")
    light.there.touch("Zaak", motion, at=START - timedelta(days=80))
    light.there.tokens = 26_000_000
    young = light.there.amendment(bill, 9)
    assert light.follow().complete
    assert light.proposal(young).state is ProposalState.NEW
    with light.world.desk.reading() as work:
        assert all(work.house.get(case) is None for case in old)
    assert sum("/SyncFeed/2.0/Feed" in line for line in light.there.asked) < 40


def test_a_name_space_by_another_prefix_reads_the_same(light: Followed) -> None:
    light.there.prefixes = {"Zaak": "ns1", "Document": "ns1", "Besluit": "tk"}
    case = light.there.amendment(light.there.dossier(99001), 14)
    light.follow()
    assert light.proposal(case).state is ProposalState.NEW


def test_a_scan_that_was_there_already_is_followed_without_a_proposal(followed: Followed) -> None:
    scan = followed.world.submitted(vote=None)
    case = followed.there.amendment(followed.there.dossier(99001), 14)
    followed.there.votes(VOTE, case)
    followed.follow()
    assert followed.proposal(case).state is ProposalState.LINKED
    assert followed.world.scan(scan).vote == VOTE


def test_a_confidential_scan_of_the_same_paper_stays_unseen(light: Followed) -> None:
    light.world.submitted(confidential=True)
    case = light.there.amendment(light.there.dossier(99001), 14)
    light.follow()
    assert light.proposal(case).state is ProposalState.NEW
    assert light.proposal(case).scan is None


# --- versions ---------------------------------------------------------------------------------------------------------


def test_an_amendment_replaced_three_times_is_one_chain(followed: Followed) -> None:
    bill = followed.there.dossier(99001)
    chain: list[str] = []
    scans: list[Scan] = []
    for number in (14, 18, 21, 30):
        text = TEXT.replace("zes weken", f"{number - 10} weken")
        chain.append(followed.there.amendment(bill, number, text, replaces=chain[-1:]))
        followed.follow()
        scans.append(followed.start(chain[-1]))
        followed.world.route(scans[-1].id, "uwv")
    assert [scan.amendment.replaces for scan in scans] == [None, "14", "18", "21"]
    standing = [followed.world.scan(scan.id) for scan in scans]
    assert [scan.state for scan in standing] == [ScanState.REPLACED] * 3 + [ScanState.IN_ASSESSMENT]
    assert [scan.replaced_by for scan in standing[:3]] == [scan.id for scan in scans[1:]]
    assert all(followed.odd(case) == [] for case in chain)


def test_what_was_replaced_before_anybody_started_it_waits_no_more(light: Followed) -> None:
    bill = light.there.dossier(99001)
    first = light.there.amendment(bill, 14)
    light.follow()
    second = light.there.amendment(bill, 18, replaces=[first])
    light.follow()
    assert light.proposal(first).state is ProposalState.SUPERSEDED
    assert light.proposal(second).state is ProposalState.NEW
    with pytest.raises(WrongState):
        light.start(first)


def test_another_text_after_the_start_is_shown_and_not_taken_over(light: Followed) -> None:
    case, scan, _ = light.started()
    light.there.reprint(light.there.paper_of(case), TEXT.replace("zes weken", "vijf weken"))
    light.follow()
    assert light.odd(case) == [AnomalyKind.TEXT_CHANGED]
    assert "zes weken" in light.world.scan(scan.id).amendment.text


def test_a_reprint_before_the_start_is_read(light: Followed) -> None:
    case = light.there.amendment(light.there.dossier(99001), 14)
    light.follow()
    light.there.reprint(light.there.paper_of(case), TEXT.replace("zes weken", "vijf weken"))
    light.follow()
    assert "vijf weken" in light.start(case).amendment.text


# --- the bill ---------------------------------------------------------------------------------------------------------


def test_the_newest_text_of_the_bill_tells_which_law_an_article_is(followed: Followed) -> None:
    there = followed.there
    bill = there.dossier(99001, title="Wet kortere termijnen")
    text = "I\n\nIn artikel I, onderdeel A, wordt «negen» vervangen door «zeven».\n\nToelichting\n\nDit is korter.\n"
    there.document("Geen artikelen hier.", Soort="Memorie van toelichting", Kamerstukdossier=[bill], Volgnummer=3)
    there.document(BILL, Soort="Voorstel van wet", Kamerstukdossier=[bill], Volgnummer=2)
    case = there.amendment(bill, 14, text)
    assert followed.follow().complete
    kept = bills.list_bills(followed.world.desk, COORDINATOR, "99001")
    assert [one.table.articles[0].law for one in kept] == ["Ziektewet"]
    assert kept[0].label is not None
    assert kept[0].label.startswith("Voorstel van wet")
    assert "uwv" in followed.start(case).routing.asked
    newer = BILL.replace("Ziektewet", "Wet langdurige zorg")
    there.document(
        newer, Soort="Gewijzigd voorstel van wet", Kamerstukdossier=[bill], Datum="2026-12-24T00:00:00+01:00"
    )
    followed.follow()
    kept = bills.list_bills(followed.world.desk, COORDINATOR, "99001")
    assert [one.table.articles[0].law for one in kept] == ["Wet langdurige zorg", "Ziektewet"]
    followed.follow()
    assert len(bills.list_bills(followed.world.desk, COORDINATOR, "99001")) == 2


def test_a_bill_that_cannot_be_read_is_shown_once(light: Followed) -> None:
    bill = light.there.dossier(99001)
    light.there.document(b"%PDF-1.7 kapot", "application/pdf", Soort="Voorstel van wet", Kamerstukdossier=[bill])
    light.there.amendment(bill, 14)
    light.follow()
    light.follow()
    assert light.odd(bill) == [AnomalyKind.BILL_UNREADABLE]


# --- votes ------------------------------------------------------------------------------------------------------------


def test_a_vote_that_moves_moves_the_scan_and_its_files(followed: Followed) -> None:
    case, scan, activity = followed.started()
    followed.world.route(scan.id, "uwv")
    later = VOTE + timedelta(days=7)
    there = followed.there
    there.put("Activiteit", activity, Status="Verplaatst")
    newer = there.votes(later, VervangenVanuit=[activity])
    followed.follow()
    assert followed.world.scan(scan.id).vote == later
    assert "VoteMoved" in followed.world.events(scan.id)
    there.put("Activiteit", newer, Aanvangstijd=(later + timedelta(hours=2)).isoformat())
    there.on_agenda(case, newer)
    followed.follow()
    assert followed.world.scan(scan.id).vote == later + timedelta(hours=2)
    assert followed.world.events(scan.id).count("VoteMoved") == 2


def test_a_cancelled_vote_is_not_known_any_more(followed: Followed) -> None:
    case, scan, activity = followed.started()
    followed.there.put("Activiteit", activity, Status="Geannuleerd")
    followed.follow()
    assert followed.world.scan(scan.id).vote is None
    followed.there.votes(VOTE + timedelta(days=1), case)
    followed.follow()
    assert followed.world.scan(scan.id).vote == VOTE + timedelta(days=1)


def test_what_the_coordinator_set_by_hand_stays_until_the_house_moves(light: Followed) -> None:
    case, scan, activity = light.started()
    by_hand = VOTE + timedelta(days=3)
    vote_moves.move_vote(light.world.desk, COORDINATOR, scan.id, None, by_hand)
    light.there.put("Zaak", case, Kabinetsappreciatie="Ontraden")
    light.follow()
    assert light.world.scan(scan.id).vote == by_hand
    light.there.put("Activiteit", activity, Aanvangstijd=(VOTE + timedelta(days=1)).isoformat())
    light.follow()
    assert light.world.scan(scan.id).vote == VOTE + timedelta(days=1)


def test_a_missed_change_is_found_when_the_case_is_read_anew(light: Followed) -> None:
    _, scan, activity = light.started()
    light.there.rows["Activiteit"][activity]["Aanvangstijd"] = (VOTE + timedelta(days=1)).isoformat()  # not in the feed
    light.follow()
    assert light.world.scan(scan.id).vote == VOTE
    light.follow(hours=13)
    assert light.world.scan(scan.id).vote == VOTE + timedelta(days=1)


def test_votes_that_are_odd_are_shown(light: Followed) -> None:
    bill = light.there.dossier(99001)
    without, past, strange = (light.there.amendment(bill, number) for number in (1, 2, 3))
    light.there.votes(None, without, DatumSoort="Weeknummer")
    light.there.votes(START - timedelta(days=2), past)
    light.there.votes(VOTE, strange, status="Opgeschort")
    light.follow()
    assert light.odd(without) == [AnomalyKind.VOTE_WITHOUT_TIME]
    assert light.odd(past) == [AnomalyKind.VOTE_IN_PAST]
    assert light.odd(strange) == [AnomalyKind.UNKNOWN_STATUS]


# --- outcome and appraisal --------------------------------------------------------------------------------------------

FOR = {"Fractie Aurora": ("Voor", 80), "Fractie Boreas": ("Tegen", 69), "Fractie Cirrus": ("Niet deelgenomen", 1)}


@pytest.mark.parametrize(
    ("kind", "text", "votes", "expected"),
    [
        ("Stemmen - aangenomen", "Aangenomen.", FOR, OutcomeKind.ADOPTED),
        ("Stemmen - verworpen", "Verworpen.", {"Fractie Boreas": ("Tegen", 150)}, OutcomeKind.REJECTED),
        ("Stemmen - ingetrokken", "Ingetrokken.", None, OutcomeKind.WITHDRAWN),
        ("Stemmen - aangehouden", "Aangehouden.", None, OutcomeKind.HELD_OVER),
        ("Stemmen - zonder stemming aannemen", "Overgenomen.", None, OutcomeKind.TAKEN_OVER),
    ],
)
def test_what_the_house_decided_stands_with_the_scan(
    light: Followed, kind: str, text: str, votes: dict[str, tuple[str, int]] | None, expected: OutcomeKind
) -> None:
    case, scan, activity = light.started(vote=START + timedelta(hours=4))
    light.world.clock.forward(hours=6)
    light.there.put("Activiteit", activity, Status="Uitgevoerd")
    light.there.decide(case, kind, text, votes)
    light.follow()
    found = light.world.scan(scan.id)
    assert found.outcome is not None
    assert found.outcome.kind is expected
    assert found.outcome.at == START + timedelta(hours=4)
    assert (found.state is ScanState.WITHDRAWN) == (expected is OutcomeKind.WITHDRAWN)
    assert light.odd(case) == []
    light.follow(hours=13)
    assert light.world.events(scan.id).count("OutcomeRecorded") == 1


def test_appraisal_and_tally_stand_beside_the_scan(followed: Followed) -> None:
    case, scan, _ = followed.started(vote=START + timedelta(hours=4))
    assert proposing.beside(followed.world.desk, [scan.id]) == {}
    followed.there.put("Zaak", case, Kabinetsappreciatie="Ontraden tenzij gewijzigd")
    followed.world.clock.forward(hours=6)
    decision = followed.there.decide(case, "Stemmen - aangenomen", "Aangenomen.", FOR)
    double = next(row for row in followed.there.rows["Stemming"].values() if row["ActorFractie"] == "Fractie Aurora")
    followed.there.put("Stemming", **{key: value for key, value in double.items() if key != "Id"})
    followed.follow()
    said = proposing.beside(followed.world.desk, [scan.id])[scan.id]
    assert said.appraisal == "ontraden-tenzij-gewijzigd"
    assert decision
    assert said.outcome is not None
    assert said.outcome.tally is not None
    assert (said.outcome.tally.in_favour, said.outcome.tally.against, said.outcome.tally.absent) == (80, 69, 1)


def test_held_over_and_voted_on_later(light: Followed) -> None:
    case, scan, _ = light.started(vote=START + timedelta(hours=4))
    light.world.clock.forward(hours=6)
    light.there.decide(case, "Stemmen - aangehouden", "Aangehouden.")
    light.follow()
    light.there.votes(START + timedelta(days=7), case)
    light.follow(minutes=5)
    light.world.clock.forward(days=8)
    light.there.decide(case, "Stemmen - verworpen", "Verworpen.", {"Fractie Boreas": ("Tegen", 150)})
    light.follow()
    outcome = light.world.scan(scan.id).outcome
    assert outcome is not None
    assert outcome.kind is OutcomeKind.REJECTED


def test_an_outcome_noted_by_hand_is_not_written_over(light: Followed) -> None:
    case, scan, _ = light.started(vote=START + timedelta(hours=4))
    light.world.clock.forward(hours=6)
    at = START + timedelta(hours=5)
    outcomes.record_outcome(light.world.desk, COORDINATOR, scan.id, None, OutcomeKind.ADOPTED, at, "Handelingen")
    light.there.decide(case, "Stemmen - verworpen", "Verworpen.", {"Fractie Boreas": ("Tegen", 150)})
    light.follow()
    outcome = light.world.scan(scan.id).outcome
    assert outcome is not None
    assert outcome.kind is OutcomeKind.ADOPTED
    assert light.odd(case) == [AnomalyKind.OUTCOME_CHANGED]


def test_decisions_that_are_odd_or_no_decision(light: Followed) -> None:
    bill = light.there.dossier(99001)
    cases = [light.there.amendment(bill, number) for number in (1, 2, 3)]
    light.there.votes(START - timedelta(hours=1), *cases)
    light.there.decide(cases[0], "Stemmen - vervallen", "Vervallen.")
    light.there.decide(cases[1], "Stemmen - aangenomen", "Aangenomen.", {"Fractie Boreas": ("Tegen", 150)})
    light.there.decide(cases[2], "Stemmen - aangenomen", "Aangenomen.", FOR, Status="Concept voorstel")
    light.follow()
    assert light.odd(cases[0]) == [AnomalyKind.UNKNOWN_DECISION, AnomalyKind.VOTE_IN_PAST]
    assert light.odd(cases[1]) == [AnomalyKind.TALLY_CONTRADICTS]
    assert light.proposal(cases[1]).state is ProposalState.OVER
    assert light.odd(cases[2]) == [AnomalyKind.VOTE_IN_PAST]


# --- what is odd ------------------------------------------------------------------------------------------------------


def _without_paper(there: HouseThere, bill: str) -> str:
    return there.amendment(bill, None, None)


def _unknown_kind(there: HouseThere, bill: str) -> str:
    case = there.amendment(bill, 14)
    there.put("Document", there.paper_of(case), Soort="Subamendement (nieuw)")
    return case


def _no_file(there: HouseThere, bill: str) -> str:
    case = there.amendment(bill, 14)
    del there.files[there.paper_of(case)]
    return case


def _no_text(there: HouseThere, bill: str) -> str:
    return there.amendment(bill, 14, docx(""))


def _other_dossier(there: HouseThere, bill: str) -> str:
    return there.amendment(bill, 14, f"99 777 Een ander voorstel\n\nNr. 14 AMENDEMENT VAN HET LID VOORBEELD\n\n{TEXT}")


def _no_number(there: HouseThere, bill: str) -> str:
    return there.amendment(bill, None)


def _unknown_appraisal(there: HouseThere, bill: str) -> str:
    case = there.amendment(bill, 14)
    there.put("Zaak", case, Kabinetsappreciatie="Met enthousiasme ontvangen")
    return case


def _replaces_two(there: HouseThere, bill: str) -> str:
    return there.amendment(bill, 14, replaces=[there.amendment(bill, 3), there.amendment(bill, 4)])


def _too_heavy(there: HouseThere, bill: str) -> str:
    case = there.amendment(bill, 14)
    there.put("Document", there.paper_of(case), ContentLength=900_000_000)
    return case


def _without_dossier(there: HouseThere, bill: str) -> str:
    case = there.amendment(bill, 14)
    there.put("Zaak", case, Kamerstukdossier=[])
    there.put("Document", there.paper_of(case), Kamerstukdossier=[])
    return case


ODD = {
    _without_paper: [AnomalyKind.NO_DOCUMENT],
    _unknown_kind: [AnomalyKind.NO_DOCUMENT, AnomalyKind.UNKNOWN_PAPER],
    _no_file: [AnomalyKind.DOCUMENT_UNAVAILABLE],
    _no_text: [AnomalyKind.UNREADABLE_TEXT],
    _other_dossier: [AnomalyKind.DOSSIER_MISMATCH],
    _no_number: [AnomalyKind.NO_NUMBER],
    _unknown_appraisal: [AnomalyKind.UNKNOWN_APPRAISAL],
    _replaces_two: [AnomalyKind.SEVERAL_REPLACED],
    _too_heavy: [AnomalyKind.DOCUMENT_UNAVAILABLE],
    _without_dossier: [AnomalyKind.NO_DOSSIER],
}


@pytest.mark.parametrize("make", ODD, ids=lambda make: make.__name__.strip("_"))
def test_every_oddity_is_kept_and_keeps_nothing_else_from_being_read(light: Followed, make: object) -> None:
    bill = light.there.dossier(99001)
    case = make(light.there, bill)  # type: ignore[operator]
    fine = light.there.amendment(bill, 40)
    light.follow()
    assert light.odd(case) == sorted(ODD[make])  # type: ignore[index]
    assert light.odd(fine) == []
    assert light.proposal(case).state is ProposalState.NEW
    assert light.proposal(fine).state is ProposalState.NEW


def test_an_oddity_that_is_mended_settles_itself_and_comes_back(light: Followed) -> None:
    case = _no_file(light.there, light.there.dossier(99001))
    light.follow()
    with pytest.raises(WrongState):
        light.start(case)
    paper = light.there.paper_of(case)
    light.there.files[paper] = (docx(TEXT), "application/octet-stream")
    light.follow(minutes=6)
    assert light.odd(case) == []
    assert light.odd(case, settled=True) == [AnomalyKind.DOCUMENT_UNAVAILABLE]
    assert light.start(case).routing.asked == ("uwv",)


def test_what_a_person_settled_stays_settled(light: Followed) -> None:
    case = _unknown_appraisal(light.there, light.there.dossier(99001))
    light.follow()
    with light.world.desk.reading() as work:
        (noted,) = work.house.anomalies_of(case)
    proposing.settle(light.world.desk, COORDINATOR, noted.id)
    light.there.touch("Zaak", case)
    light.follow()
    assert light.odd(case) == []
    assert light.odd(case, settled=True) == [AnomalyKind.UNKNOWN_APPRAISAL]


def test_a_number_that_is_given_twice_is_shown_at_both(light: Followed) -> None:
    bill = light.there.dossier(99001)
    first, second = light.there.amendment(bill, 14), light.there.amendment(bill, 14)
    light.follow()
    assert light.odd(first) == light.odd(second) == [AnomalyKind.DUPLICATE_NUMBER]


def test_what_vanishes_is_no_proposal_any_more_and_a_scan_goes_on(followed: Followed) -> None:
    case, scan, _ = followed.started()
    other = followed.there.amendment(followed.there.dossier(99002), 3)
    followed.follow()
    followed.there.delete("Zaak", case)
    followed.there.delete("Zaak", other)
    followed.follow()
    assert followed.proposal(other).state is ProposalState.GONE
    assert followed.proposal(case).state is ProposalState.STARTED
    assert followed.odd(case) == followed.odd(other) == [AnomalyKind.VANISHED]
    assert followed.world.scan(scan.id).state is ScanState.SUBMITTED
    followed.there.put("Zaak", other, Verwijderd=False)
    followed.follow()
    assert followed.proposal(other).state is ProposalState.NEW
    assert followed.odd(other) == []


# --- when the House is not itself -------------------------------------------------------------------------------------


def test_who_is_asked_to_wait_a_little_waits(light: Followed) -> None:
    case = light.there.amendment(light.there.dossier(99001), 14)
    light.there.troubles = [Trouble("/OData", status=429, headers={"Retry-After": "7"})]
    assert light.follow().complete
    assert 7.0 in light.waits
    assert light.proposal(case).state is ProposalState.NEW


def test_who_is_asked_to_stay_away_stays_away(followed: Followed) -> None:
    case = followed.there.amendment(followed.there.dossier(99001), 14)
    followed.there.troubles = [Trouble("/SyncFeed", times=99, status=429, headers={"Retry-After": "1800"})]
    importing.begin(followed.world.desk, _no_search(followed), lambda _: None)
    assert not followed.follow().complete
    asked = len(followed.there.asked)
    assert asked == 1  # the first category; nothing after it
    followed.there.troubles.clear()
    assert not followed.follow(minutes=10).complete
    assert not any("category=Zaak&" in line or line.endswith("category=Zaak") for line in followed.there.asked[asked:])
    assert followed.follow(minutes=25).complete
    assert followed.proposal(case).state is ProposalState.NEW


def _no_search(followed: Followed) -> OpenData:
    """For `begin` without asking: a feed that is begun at nothing."""
    with followed.world.desk.writing() as work:
        from uitvoeringsscan.use_cases.ports_parliament import Place

        work.house.begin([Place(category=category, token=0) for category in Category])
    found = followed.world.desk.parliament
    assert isinstance(found, OpenData)
    return found


def test_a_feed_that_fails_keeps_nobody_from_reading_the_others(followed: Followed) -> None:
    _no_search(followed)
    case = followed.there.amendment(followed.there.dossier(99001), 14)
    failing = Trouble("/SyncFeed/2.0/Feed?category=Besluit", times=99, status=500)
    followed.there.troubles = [failing]
    done = followed.follow()
    assert done.faults == 1
    assert not done.complete
    assert followed.proposal(case).state is ProposalState.NEW
    seen = proposing.overview(followed.world.desk, COORDINATOR)
    assert seen.places[Category.DECISION].faults == 1
    assert "500" in (seen.places[Category.DECISION].fault or "")
    assert seen.fresh is None
    followed.there.troubles.clear()
    assert followed.follow(minutes=3).complete
    seen = proposing.overview(followed.world.desk, COORDINATOR)
    assert seen.places[Category.DECISION].fault is None
    assert seen.fresh == followed.world.clock.now()


@pytest.mark.parametrize("trouble", [
    Trouble("/OData", cut=True), Trouble("/SyncFeed/2.0/Feed", cut=True), Trouble("/SyncFeed/2.0/Feed", garble=True),
    Trouble("/OData", garble=True), Trouble("/OData", status=503), Trouble("/SyncFeed/2.0/Resources", cut=True),
])  # fmt: skip
def test_one_bad_answer_is_asked_again(light: Followed, trouble: Trouble) -> None:
    case = light.there.amendment(light.there.dossier(99001), 14)
    light.there.troubles = [replace(trouble)]
    assert light.follow().complete
    assert light.proposal(case).state is ProposalState.NEW
    assert light.there.troubles == []


def test_a_case_that_cannot_be_had_waits_and_the_coordinator_sees_it_in_the_end(light: Followed) -> None:
    bill = light.there.dossier(99001)
    case, fine = light.there.amendment(bill, 14), light.there.amendment(bill, 15)
    light.there.troubles = [Trouble(f"/OData/v4/2.0/Zaak({case})", times=999, garble=True)]
    for _ in range(5):
        light.follow(hours=2)
    assert light.proposal(fine).state is ProposalState.NEW
    assert light.proposal(case).state is ProposalState.SEEN
    assert light.odd(case) == [AnomalyKind.CASE_UNREADABLE]
    light.there.troubles.clear()
    proposing.read_again(light.world.desk, COORDINATOR, case, None)
    light.follow()
    assert light.proposal(case).state is ProposalState.NEW
    assert light.odd(case) == []


def test_files_that_cannot_be_had_keep_no_vote_from_being_moved(light: Followed) -> None:
    case, scan, activity = light.started()
    light.there.reprint(light.there.paper_of(case), TEXT.replace("zes", "vijf"))
    light.there.troubles = [Trouble("/SyncFeed/2.0/Resources", times=99, status=500)]
    light.there.put("Activiteit", activity, Aanvangstijd=(VOTE + timedelta(days=1)).isoformat())
    light.follow()
    assert light.world.scan(scan.id).vote == VOTE + timedelta(days=1)
    assert light.odd(case) == [AnomalyKind.DOCUMENT_UNAVAILABLE]


def test_an_unchanged_page_is_only_asked_whether_it_changed(light: Followed) -> None:
    light.there.amendment(light.there.dossier(99001), 14)
    light.follow()
    light.follow()
    light.there.asked.clear()
    done = light.follow()
    assert done.entries == 0
    assert done.complete
    feeds = [line for line in light.there.asked if "/Feed?" in line]
    assert len(feeds) == len(Category)
    assert all(line.endswith('"') for line in feeds)


def test_an_entry_that_cannot_be_read_is_shown_and_passed(light: Followed) -> None:
    _no_search(light)
    case = light.there.amendment(light.there.dossier(99001), 14)
    stray = b'<entry><title>stuk</title><link rel="next" href="x?skiptoken=1"/></entry><entry>'
    light.there.mangle = lambda page: page.replace(b"<entry>", stray, 1)
    light.follow()
    assert light.proposal(case).state is ProposalState.NEW
    assert AnomalyKind.ENTRY_UNREADABLE in light.odd(Category.CASE.value)


def test_two_importers_at_once_do_everything_once(followed: Followed) -> None:
    followed.there.page = 2
    bill = followed.there.dossier(99001)
    cases = [followed.there.amendment(bill, number) for number in range(1, 9)]
    together(lambda: importing.follow(followed.world.desk), lambda: importing.follow(followed.world.desk))
    followed.follow()
    assert [followed.proposal(case).state for case in cases] == [ProposalState.NEW] * 8
    with followed.world.desk.reading() as work:
        assert work.house.places()[Category.CASE].entries == 8
    assert followed.world.counts()["house_cases"] == 8


def test_a_sweep_leaves_one_turn_per_interval(followed: Followed) -> None:
    case = followed.there.amendment(followed.there.dossier(99001), 14)
    for minutes in (0, 1, 2):
        importing.sweep(followed.world.desk, START + timedelta(minutes=minutes))
    assert [kind for kind, _, _ in followed.world.enqueued("parliament")] == ["parliament"]
    followed.world.work_off()
    assert followed.proposal(case).state is ProposalState.NEW
    importing.sweep(followed.world.desk, START + timedelta(minutes=6))
    assert len(followed.world.enqueued("parliament")) == 1


def test_where_the_house_is_not_followed_nothing_happens(small: World) -> None:
    importing.sweep(small.desk, START)
    assert small.enqueued() == []
    assert importing.follow(small.desk).entries == 0
    assert not proposing.overview(small.desk, COORDINATOR).on


# --- who may ----------------------------------------------------------------------------------------------------------


def test_only_the_coordinator_decides_and_looks(light: Followed) -> None:
    case = light.there.amendment(light.there.dossier(99001), 14)
    light.follow()
    desk = light.world.desk
    for who in (SUBMITTER, READER):
        for attempt in (
            lambda who=who: proposing.overview(desk, who),
            lambda who=who: proposing.get_proposal(desk, who, case),
            lambda who=who: proposing.start(desk, who, case, None),
            lambda who=who: proposing.dismiss(desk, who, case, None, "Nee."),
            lambda who=who: proposing.read_again(desk, who, case, None),
            lambda who=who: proposing.settle(desk, who, "0" * 32),
        ):
            with pytest.raises(Forbidden):
                attempt()
    for unknown in ("x", "11111111-1111-1111-1111-111111111111"):
        with pytest.raises(NotFound):
            proposing.get_proposal(desk, COORDINATOR, unknown)


def test_dismissing_needs_a_reason_and_can_be_taken_back(followed: Followed) -> None:
    case = followed.there.amendment(followed.there.dossier(99001), 14)
    followed.follow()
    desk = followed.world.desk
    with pytest.raises((InvalidInput, WrongState)):
        proposing.dismiss(desk, COORDINATOR, case, None, "  ")
    with pytest.raises(Stale):
        proposing.dismiss(desk, COORDINATOR, case, 99, "Alleen redactioneel.")
    gone = proposing.dismiss(desk, COORDINATOR, case, None, "Alleen redactioneel.")
    assert gone.state is ProposalState.DISMISSED
    followed.there.touch("Zaak", case)
    followed.follow()
    assert followed.proposal(case).state is ProposalState.DISMISSED
    with pytest.raises(WrongState):
        followed.start(case)
    proposing.reopen(desk, COORDINATOR, case, None)
    followed.follow()
    assert followed.start(case).state is ScanState.SUBMITTED


def test_a_turn_with_many_amendments_is_one_notice_and_reading_again_none(followed: Followed) -> None:
    desk = followed.world.desk
    person = accounts.add_person(
        desk, SERVICE, name="Coördinator", email="c@voorbeeld.example", roles=frozenset({Role.COORDINATOR}), agency=None
    )

    def told(*, sent: bool = False) -> list[tuple[Kind, str, bool]]:
        for _, key, payload in followed.world.enqueued("announce"):
            telling.announce(desk, key, payload)
        if sent:
            followed.world.clock.forward(days=3)
            telling.sweep(desk, desk.now())
        with desk.reading() as work:
            return [(one.kind, one.place, bool(one.mail)) for one in work.notices.of_person(person.id, 50)]

    cases = [followed.there.amendment(followed.there.dossier(99001), number) for number in (14, 15, 16)]
    followed.follow()
    assert told() == [(Kind.PROPOSED, "/coordinatie/kamer", False)]
    assert told(sent=True) == [(Kind.PROPOSED, "/coordinatie/kamer", True)]
    with desk.reading() as work:
        assert len(work.mails.of_person(person.id, 50)) == 1
    followed.there.touch("Zaak", cases[0])
    followed.follow()
    followed.there.amendment(followed.there.dossier(99001), 17)
    followed.follow()
    assert [sent for _, _, sent in told()] == [False, True]  # for the new one alone


def test_the_export_of_a_person_names_what_they_decided(light: Followed) -> None:
    case = light.there.amendment(light.there.dossier(99001), 14)
    light.follow()
    desk = light.world.desk
    decided = proposing.dismiss(desk, COORDINATOR, case, None, "Alleen redactioneel.")
    with desk.writing() as work:
        odd = Anomaly(kind=AnomalyKind.NO_DOCUMENT, subject=case)
        work.house.note(case, [odd], (), desk.now())
        noted = next(one for one in work.house.anomalies_of(case) if one.anomaly == odd)
    proposing.settle(desk, COORDINATOR, noted.id)
    accounts.add_person(
        desk, SERVICE, name="Coördinator", email=COORDINATOR.principal, roles=frozenset({Role.COORDINATOR}), agency=None
    )
    held = leaving.export_person(desk, SERVICE, COORDINATOR.principal)
    (line,) = held["voorstellen uit de Kamer"]
    assert (line["zaak"], line["stand"], line["reden"]) == (decided.case.number, "afgewezen", "Alleen redactioneel.")
    assert [(one["wat"], one["over"]) for one in held["afgehandelde bijzonderheden"]] == [("geen-document", case)]


def test_the_public_pages_show_nothing_of_proposals(light: Followed) -> None:
    light.there.amendment(light.there.dossier(99001), 14)
    light.follow()
    with pytest.raises(NotFound):
        reading.dossier(light.world.desk, "99001")


def test_a_slow_answer_is_given_up(small: World, there: HouseThere) -> None:
    import httpx2

    followed = following(small, there)
    case = there.amendment(there.dossier(99001), 14)
    followed.follow()
    impatient = OpenData(
        there.url, steady=time.monotonic, rate=100_000, sleep=lambda _: None, timeout=httpx2.Timeout(0.05)
    )
    small.desk = replace(small.desk, parliament=impatient)
    there.troubles = [Trouble("/SyncFeed/2.0/Feed?category=Zaak&", times=3, slow=0.3)]
    assert not followed.follow().complete
    seen = proposing.overview(small.desk, COORDINATOR).places[Category.CASE]
    assert "Timeout" in (seen.fault or "")
    assert followed.proposal(case).state is ProposalState.NEW
    assert threading.active_count() > 0
