"""Stacking: sums that forget nobody, the rule for releases, and what it may never do."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import publication_samples as samples
from uitvoeringsscan.adapters.rubric_files import read_library
from uitvoeringsscan.publication.record import seal
from uitvoeringsscan.publication.stacking import PLANNING, RELEASE, AgencyLoad, Figures, Fit, Stack, Sum, stack
from uitvoeringsscan.publication.summary import (
    AgencyPart,
    AnswerLine,
    Costs,
    Euros,
    Fte,
    SealedSummary,
    Staff,
    TraceLinePart,
    read_sealed,
)
from uitvoeringsscan.resources import rubrics_dir
from uitvoeringsscan.rubrics.model import Meaning
from uitvoeringsscan.rubrics.scales import Dimension

WORDS = ("Ja, het past", "Ja, als ander werk opschuift", "Nee, pas in een later jaar", "Nee, geen ruimte")


def answered(
    code: str = "svb", *, release: str | None = None, room: int | None = None, once: int | None = 100, **more: Any
) -> AgencyPart:
    answers = (
        (AnswerLine(question=RELEASE, question_text="Welke?", kind="tekst", value=release, option_texts=()),)
        if release
        else ()
    )
    trace = ()
    if room is not None:
        trace = (
            TraceLinePart(
                dimension="it-systemen",
                question=PLANNING,
                question_text="Past dit?",
                option="x",
                option_text=WORDS[room],
                level=room,
            ),
        )  # type: ignore[arg-type]
    given = {
        "answers": answers,
        "trace": trace,
        "costs": Costs(once=None if once is None else Euros(low=once, high=2 * once), yearly=None),
        "staff": Staff(once=None, yearly=Fte(low=0.1, high=0.2)),
    }
    return samples.agency(code, code.upper(), code.upper(), **{**given, **more})


def published(paper: str, *parts: AgencyPart, kind: str = "amendement") -> SealedSummary:
    scan = f"2026-{int(paper):04d}"
    amendment = samples.amendment(paper_number=paper, kind=kind, replaces=None)
    return read_sealed(
        seal(samples.summary(number=f"{scan}-v1", scan=scan, amendment=amendment, agencies=parts)).document
    )


def only(found: Stack) -> AgencyLoad:
    (load,) = found.agencies
    return load


def test_what_is_asked_of_one_agency_is_added_up() -> None:
    documents = [published("12", answered()), published("9", answered(once=50)), published("30", answered("uwv"))]
    found = stack(documents)
    assert [one.paper for one in found.amendments] == ["9", "12", "30"]
    svb, uwv = found.agencies
    assert (svb.code, svb.asking) == ("svb", ("2026-0009", "2026-0012"))
    assert svb.figures.costs_once.total is not None
    assert (svb.figures.costs_once.total.low, svb.figures.costs_once.total.high) == (150, 300)
    assert svb.figures.fte_yearly.total is not None
    assert svb.figures.fte_yearly.total.high == Decimal("0.4")
    assert uwv.asking == ("2026-0030",)
    assert found.figures.costs_once.total is not None
    assert found.figures.costs_once.total.low == 250


def test_who_is_not_in_the_sum_is_named() -> None:
    documents = [
        published("1", answered(once=None)),
        published("2", samples.silent("svb", "SVB", "SVB")),
        published("3", samples.no_impact("svb", "SVB", "SVB")),
        published("4", samples.not_ours("svb", "SVB", "SVB")),
        published("5", answered()),
    ]
    load = only(stack(documents))
    assert load.figures.costs_once.missing == ("2026-0001", "2026-0002")
    assert load.silent == ("2026-0002",)
    assert load.asking == ("2026-0001", "2026-0005")
    assert stack(documents[:1]).figures.costs_once == Sum(total=None, missing=("2026-0001",))


def test_a_subamendment_comes_first() -> None:
    found = stack([published("3", answered()), published("40", answered(), kind="gewijzigd subamendement")])
    assert [(one.paper, one.first) for one in found.amendments] == [("40", True), ("3", False)]


@pytest.mark.parametrize(
    ("claims", "fit"),
    [
        ([("2027-2", 1)], Fit.ALONE),
        ([("2027-2", 0), ("2027-2", 0)], Fit.OPEN),
        ([("2027-2", 1), ("2027-2", 0)], Fit.OPEN),
        ([("2027-2", 1), ("2027-2", None)], Fit.OPEN),
        ([("2027-2", 1), ("2027-2", 1)], Fit.CONTRADICTION),
        ([("Release 2027.2", 1), ("release  2027 2", 2), ("release 2027-2", 0)], Fit.CONTRADICTION),
    ],
)
def test_the_rule_for_one_release(claims: list[tuple[str, int | None]], fit: Fit) -> None:
    documents = [published(str(n + 1), answered(release=name, room=room)) for n, (name, room) in enumerate(claims)]
    (release,) = only(stack(documents)).releases
    assert release.fit is fit
    assert len(release.claims) == len(claims)
    assert release.year == 2027


def test_other_releases_and_other_agencies_do_not_meet() -> None:
    documents = [
        published("1", answered(release="2027-1", room=1), answered("uwv", release="2027-2", room=1)),
        published("2", answered(release="2027-2", room=1), answered("uwv", release="Nog onbekend", room=2)),
    ]
    assert {r.fit for load in stack(documents).agencies for r in load.releases} == {Fit.ALONE}
    svb, uwv = stack(documents).agencies
    assert [release.name for release in svb.releases] == ["2027-1", "2027-2"]
    assert [release.year for release in uwv.releases] == [2027, None]


def test_room_without_a_release() -> None:
    parts = [
        answered(room=3),
        answered(release="onbekend", room=2),
        answered(release=" - ", room=1),
        answered(room=0),
        answered(),
    ]
    load = only(stack([published(str(n + 1), part) for n, part in enumerate(parts)]))
    assert load.releases == ()
    assert [(claim.scan, claim.room) for claim in load.unplaced] == [
        ("2026-0001", 3),
        ("2026-0002", 2),
        ("2026-0003", 1),
    ]


def test_unticking_one_ends_the_contradiction() -> None:
    documents = [published(str(n), answered(release="2027-2", room=1)) for n in (12, 15, 18)]
    assert only(stack(documents)).releases[0].fit is Fit.CONTRADICTION
    assert only(stack(documents, ["2026-0012"])).releases[0].fit is Fit.ALONE
    nothing = stack(documents, [])
    assert only(nothing).releases == ()
    assert only(nothing).figures.costs_once.total is None
    assert only(nothing).all_figures.costs_once.total is not None
    assert [one.chosen for one in nothing.amendments] == [False] * 3


def test_every_questionnaire_asks_for_releases_under_these_codes() -> None:
    for rubric in read_library(rubrics_dir()):
        release = rubric.giving(Meaning.RELEASE)
        if release is not None:
            assert release.code == RELEASE, rubric.ref
            assert rubric.question(PLANNING).dimension is Dimension.IT_SYSTEMS


amounts = st.none() | st.integers(0, 10**9)
parts = st.one_of(
    st.builds(
        answered,
        st.sampled_from(["svb", "uwv", "duo"]),
        release=st.sampled_from([None, "2027-1", "2027.1", "2028", "onbekend"]),
        room=st.sampled_from([None, 0, 1, 2, 3]),
        once=amounts,
    ),
    st.sampled_from(["svb", "uwv"]).map(lambda code: samples.silent(code, code, code)),
    st.sampled_from(["svb", "uwv"]).map(lambda code: samples.no_impact(code, code, code)),
    st.sampled_from(["svb", "uwv"]).map(lambda code: samples.not_ours(code, code, code)),
)
asked = st.lists(parts, max_size=3, unique_by=lambda part: part.code)
documents = st.lists(asked, max_size=5).map(lambda all: [published(str(n + 1), *found) for n, found in enumerate(all)])


@given(documents, st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(given_documents: list[SealedSummary], chance: Any) -> None:
    shuffled = list(given_documents)
    chance.shuffle(shuffled)
    assert stack(shuffled) == stack(given_documents)


SUMS: list[Callable[[Figures], Sum]] = [
    lambda f: f.costs_once,
    lambda f: f.costs_yearly,
    lambda f: f.fte_once,
    lambda f: f.fte_yearly,
]
FITS = list(Fit)


@given(documents, st.data())
def test_unticking_never_asks_for_more(given_documents: list[SealedSummary], data: st.DataObject) -> None:
    scans = [document.scan for document in given_documents]
    more = data.draw(st.lists(st.sampled_from(scans), unique=True)) if scans else []
    fewer = more[: data.draw(st.integers(0, len(more)))]
    before, after = stack(given_documents, more), stack(given_documents, fewer)
    pairs = [
        (before.figures, after.figures),
        *((b.figures, a.figures) for b, a in zip(before.agencies, after.agencies, strict=True)),
    ]
    for was, now in pairs:
        for of in SUMS:
            assert set(of(now).missing) <= set(of(was).missing)
            now_total, total = of(now).total, of(was).total
            if now_total is not None:
                assert total is not None
                assert now_total.low <= total.low
                assert now_total.high <= total.high
    for was_load, now_load in zip(before.agencies, after.agencies, strict=True):
        assert set(now_load.asking) <= set(was_load.asking)
        assert (now_load.heaviest or 0) <= (was_load.heaviest or 0)
        fits = {release.claims[0].release: release.fit for release in was_load.releases}
        worst = max((FITS.index(fit) for fit in fits.values()), default=0)
        assert max((FITS.index(r.fit) for r in now_load.releases), default=0) <= worst


@given(documents)
def test_choosing_everything_is_choosing_nothing_in_particular(given_documents: list[SealedSummary]) -> None:
    assert stack(given_documents, [document.scan for document in given_documents]) == stack(given_documents)
    assert stack(given_documents).figures == stack(given_documents, []).all_figures
