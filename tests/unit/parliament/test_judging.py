"""What a case means here: the vote, the outcome, the amendment, and the House's words that are not ours to guess at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from uitvoeringsscan.parliament import judging
from uitvoeringsscan.parliament.anomalies import AnomalyKind
from uitvoeringsscan.parliament.feed import HANGS_ON, Category, Entry
from uitvoeringsscan.parliament.records import Case, Decision, Dossier, Earlier, Paper, Tally, VoteMoment
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.scans.outcome import OutcomeKind

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
BILL = Dossier(id="d", number="99001", suffix="XV", title="Een wet")
PAPER = Paper(id="p", kind="Amendement", paper_number="14", version="v")
CASE = Case(id="c", kind="Amendement", dossier=BILL, papers=(PAPER,))


def vote(days: float, status: str = "Gepland", kind: str = "Stemmingen") -> VoteMoment:
    return VoteMoment(activity=f"{days}{status}", kind=kind, status=status, at=NOW + timedelta(days=days))


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ((), None),
        ((vote(7), vote(3)), 3),
        ((vote(-3, "Uitgevoerd"), vote(4)), 4),
        ((vote(-9, "Uitgevoerd"), vote(-3, "Uitgevoerd")), -3),
        ((vote(3, "Geannuleerd"),), None),
        ((vote(3, "Verplaatst"), vote(10)), 10),
        ((vote(3, kind="Plenair debat (wetgeving)"),), None),
        ((VoteMoment(activity="x", kind="Stemmingen", status="Gepland"),), None),
        ((replace(vote(1), at=datetime(9000, 1, 1, tzinfo=UTC)),), None),
    ],
)
def test_the_vote(moments: tuple[VoteMoment, ...], expected: float | None) -> None:
    found = judging.vote_of(replace(CASE, moments=moments), NOW)
    assert found == (None if expected is None else NOW + timedelta(days=expected))


def decided(
    kind: str, days: float = 0, status: str = "Besluit", tally: Tally | None = None, text: str = ""
) -> Decision:
    return Decision(id=f"{kind}{days}", kind=kind, text=text, status=status, at=NOW + timedelta(days=days), tally=tally)


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ((), None),
        ((decided("Ingediend"),), None),
        ((decided("Stemmen - aangenomen", status="Voorstel"),), None),
        ((decided("Stemmen - uitstellen"),), None),
        ((decided("Stemmen - aangehouden"), decided("Stemmen - verworpen", 7)), OutcomeKind.REJECTED),
        ((decided("Stemmen - verworpen", 7), decided("Stemmen - aangehouden")), OutcomeKind.REJECTED),
        ((decided("Stemmen - aangenomen", text="Overgenomen."),), OutcomeKind.TAKEN_OVER),
        ((decided("Stemmen - aangenomen", tally=Tally(in_favour=80), text="Overgenomen."),), OutcomeKind.ADOPTED),
    ],
)
def test_the_outcome(decisions: tuple[Decision, ...], expected: OutcomeKind | None) -> None:
    found = judging.outcome_of(replace(CASE, decisions=decisions))
    assert (found.kind if found else None) is expected


def test_what_is_held_over_is_not_decided() -> None:
    assert not judging.is_decided(replace(CASE, decisions=(decided("Stemmen - aangehouden"),)))
    assert judging.is_decided(replace(CASE, decisions=(decided("Stemmen - ingetrokken"),)))


def test_the_amendment_is_what_the_house_registered() -> None:
    earlier = (Earlier(id="e", paper="9", dossier="99001-XV"), Earlier(id="f", paper="11", dossier="99777"))
    found = judging.amendment_of(replace(CASE, replaces=earlier, number="2026Z01234"), "De tekst.")
    assert (found.title, found.dossier_number, found.dossier_suffix, found.paper_number) == (
        "Een wet",
        "99001",
        "XV",
        "14",
    )
    assert (found.replaces, found.case_number, found.kind) == ("9", "2026Z01234", "")


def test_the_newest_paper_is_the_text() -> None:
    newer = replace(PAPER, id="q", kind="Amendement (gewijzigd/nader/vervangend)", paper_number="20")
    other = replace(PAPER, id="z", kind="Bijlage", paper_number="99")
    assert judging.amendment_paper(replace(CASE, papers=(newer, PAPER, other))) == newer


def test_a_case_in_order_has_nothing_odd() -> None:
    assert list(judging.anomalies_of(replace(CASE, moments=(vote(3),)), NOW)) == []


def test_a_word_that_is_not_ours_is_odd_and_shown() -> None:
    strange = replace(
        CASE,
        appraisal="Enthousiast",
        moments=(vote(3, "Opgeschort"),),
        decisions=(decided("Stemmen - vervallen"), decided("Stemmen - verworpen", tally=Tally(in_favour=9))),
    )
    odd = {one.kind: one.fact for one in judging.anomalies_of(strange, NOW)}
    assert odd[AnomalyKind.UNKNOWN_APPRAISAL] == "Enthousiast"
    assert odd[AnomalyKind.UNKNOWN_STATUS] == "Opgeschort"
    assert odd[AnomalyKind.UNKNOWN_DECISION] == "Stemmen - vervallen"
    assert "voor 9, tegen 0" in odd[AnomalyKind.TALLY_CONTRADICTS]


def test_every_word_of_ours_can_be_shown() -> None:
    assert set(judging.APPRAISALS.values()) == set(labels.APPRAISALS)
    assert {kind.value for kind in AnomalyKind} == set(labels.ANOMALIES)
    assert {category.value for category in Category} == set(labels.FEEDS)


def test_an_entry_concerns_itself_and_what_it_hangs_on_alone() -> None:
    entry = Entry(id="b", token=1, refs={"zaak": ("c",), "agendapunt": ("a",)})
    assert entry.concerns(Category.DECISION) == {"b", "c"}
    assert entry.concerns(Category.ACTIVITY) == {"b"}
    assert set(HANGS_ON) == set(Category)
