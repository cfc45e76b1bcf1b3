"""OData answers -> records: the shapes that were seen, and whatever else may come."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.parliament import judging
from uitvoeringsscan.parliament.answers import NotACase, read_case, read_moment, read_papers
from uitvoeringsscan.parliament.records import Tally

ID = "0f0e0d0c-0b0a-4908-8706-050403020100"


def name(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def answer(**more: Any) -> dict[str, Any]:
    return {"Id": ID, "Soort": "Amendement", "Nummer": "2026Z01234", **more}


def test_nothing_but_the_least_is_a_case() -> None:
    case = read_case(answer())
    assert (case.id, case.number, case.papers, case.dossier) == (ID, "2026Z01234", (), None)
    assert case.entities == (ID,)


@pytest.mark.parametrize("given_", [{}, {"Id": ID}, {"Id": "x", "Soort": "Amendement"}, {"Id": ID, "Soort": None}])
def test_what_is_no_case_is_refused(given_: dict[str, Any]) -> None:
    with pytest.raises(NotACase):
        read_case(given_)


@pytest.mark.parametrize("many", [True, False])
def test_a_relation_reads_the_same_as_one_and_as_many(many: bool) -> None:
    dossier = {"Id": name(1), "Nummer": 36410, "Toevoeging": " VIII ", "Titel": "Een titel"}
    case = read_case(answer(Kamerstukdossier=[dossier] if many else dossier))
    assert case.dossier is not None
    assert case.dossier.name == "36410-VIII"
    assert case.entities == tuple(sorted((ID, name(1))))


def test_what_is_deleted_is_not_there() -> None:
    gone = {"Id": name(1), "Soort": "Amendement", "Volgnummer": 3, "Verwijderd": True}
    assert read_case(answer(Document=[gone])).papers == ()
    assert read_papers([gone, {**gone, "Verwijderd": False}])[0].paper_number == "3"


def test_the_number_of_the_paper_is_the_documents_and_not_the_cases() -> None:
    paper = {"Id": name(1), "Soort": "Amendement", "Volgnummer": 25, "HuidigeDocumentVersie": {"Id": name(2)}}
    (read,) = read_case(answer(Volgnummer=3, Document=[paper])).papers
    assert (read.paper_number, read.version) == ("25", name(2))
    for nothing in (-1, 0, None, "x"):
        assert read_case(answer(Document=[{**paper, "Volgnummer": nothing}])).papers[0].paper_number is None


def test_the_first_signatory_comes_first_and_committees_sign_nothing() -> None:
    actors = [
        {"Id": name(1), "ActorNaam": "B. Tweede", "Relatie": "Medeindiener"},
        {"Id": name(2), "ActorNaam": "commissie", "Relatie": "Voortouwcommissie"},
        {"Id": name(3), "ActorNaam": "A. Eerste", "ActorFractie": "Fractie Aurora", "Relatie": "Indiener"},
    ]
    read = read_case(answer(ZaakActor=actors)).signatories
    assert [(one.name, one.party, one.first) for one in read] == [
        ("A. Eerste", "Fractie Aurora", True), ("B. Tweede", None, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-08T15:00:00+01:00", datetime(2026, 12, 8, 14, tzinfo=UTC)),
        ("2026-12-08T14:00:00.1234567Z", datetime(2026, 12, 8, 14, 0, 0, 123456, tzinfo=UTC)),
        ("2026-07-08T15:00:00.0000000", datetime(2026, 7, 8, 13, tzinfo=UTC)),  # no zone: The Hague, in summer
        ("2026-12-08", datetime(2026, 12, 7, 23, tzinfo=UTC)),
        ("morgen", None),
        (None, None),
        (20261208, None),
    ],
)
def test_moments(text: object, moment: datetime | None) -> None:
    assert read_moment(text) == moment


def test_a_day_is_a_day_in_the_hague() -> None:
    assert read_case(answer(GestartOp="2026-12-07T23:30:00Z")).started == date(2026, 12, 8)


def test_each_voter_counts_once_and_members_count_as_one() -> None:
    group = {"Id": name(1), "Soort": "Voor", "FractieGrootte": 30, "Fractie_Id": name(9), "Persoon_Id": None}
    votes = [
        group,
        {**group, "Id": name(2)},
        {"Id": name(3), "Soort": "Tegen", "FractieGrootte": 30, "Fractie_Id": name(9), "Persoon_Id": name(8)},
        {"Id": name(4), "Soort": "Niet deelgenomen", "FractieGrootte": 2, "ActorFractie": "Fractie Cirrus"},
    ]
    (decision,) = read_case(answer(Besluit=[{"Id": name(5), "Stemming": votes}])).decisions
    assert decision.tally == Tally(in_favour=30, against=1, absent=2)


def test_an_activity_that_was_moved_brings_the_one_in_its_place() -> None:
    newer = {"Id": name(2), "Soort": "Stemmingen", "Status": "Gepland", "Aanvangstijd": "2026-12-15T15:00:00+01:00"}
    older = {
        "Id": name(1), "Soort": "Stemmingen", "Status": "Verplaatst",
        "Aanvangstijd": "2026-12-08T15:00:00+01:00", "VervangenDoor": [newer],
    }  # fmt: skip
    case = read_case(answer(Agendapunt=[{"Id": name(3), "Activiteit": older}]))
    now = datetime(2026, 12, 1, tzinfo=UTC)
    assert judging.vote_of(case, now) == datetime(2026, 12, 15, 14, tzinfo=UTC)
    assert {name(1), name(2), name(3)} <= set(case.entities)


def test_without_a_known_day_there_is_no_moment() -> None:
    weekly = {
        "Id": name(1), "Soort": "Stemmingen", "Status": "Gepland", "DatumSoort": "Weeknummer",
        "Aanvangstijd": "2026-12-08T15:00:00+01:00", "Datum": "2026-12-08T00:00:00+01:00",
    }  # fmt: skip
    (moment,) = read_case(answer(Agendapunt=[{"Id": name(3), "Activiteit": weekly}])).moments
    assert (moment.at, moment.day) == (None, None)


KEYS = st.sampled_from(
    ["Id", "Soort", "Nummer", "Toevoeging", "Kamerstukdossier", "ZaakActor", "Document", "Agendapunt", "Besluit", "Activiteit",
     "Stemming", "VervangenVanuit", "VervangenDoor", "HuidigeDocumentVersie", "Aanvangstijd", "Datum", "Volgnummer", "Relatie",
     "ActorNaam", "Verwijderd", "BesluitSoort", "Status", "FractieGrootte", "ContentLength", "GestartOp"]
)  # fmt: skip
PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(-10, 2**40), st.floats(allow_nan=False), st.text(max_size=12),
    st.integers(0, 9).map(name), st.sampled_from(
        ["Amendement", "Stemmingen", "Gepland", "Besluit", "Stemmen - aangenomen", "9999-12-31T23:59:59", "0001-01-01",
         "2026-12-08T15:00:00+01:00", "Voor", "Indiener"]
    ),
)  # fmt: skip
ANYTHING = st.recursive(
    PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=8)), max_leaves=40
)


@given(st.dictionaries(KEYS, ANYTHING, max_size=16))
def test_whatever_comes_is_read_and_judged_without_a_fault(found: dict[str, Any]) -> None:
    case = read_case({**found, "Id": ID, "Soort": "Amendement"})
    now = datetime(2026, 12, 1, tzinfo=UTC)
    assert ID in case.entities
    judging.vote_of(case, now)
    judging.outcome_of(case)
    for odd in judging.anomalies_of(case, now):
        assert odd.subject == ID
        assert len(odd.fact) <= 200
    assert judging.amendment_of(case, "tekst").text == "tekst"
