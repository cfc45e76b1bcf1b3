"""All agencies together: the worst wins, sums name who is not in them, and nobody becomes lighter by silence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.scoring.aggregation import STRICTNESS, aggregate
from uitvoeringsscan.scoring.rules import no_impact_score
from uitvoeringsscan.scoring.score import AgencyScore, Contribution, Dimension, DimensionScore, Level, Range, Verdict

IT = Dimension.IT_SYSTEMS


def agency_score(level=Level.NONE, *, at_least=False, **fields):
    plain = replace(no_impact_score(), costs_once=None, costs_yearly=None, fte_once=None, fte_yearly=None)
    parts = tuple(DimensionScore(dimension=one, level=level, at_least=at_least, trace=()) for one in Dimension)
    return replace(plain, dimensions=parts, **fields)


def whole(**scores):
    return aggregate([Contribution(agency=AgencyCode(code), score=score) for code, score in scores.items()])


def rng(low, high):
    return Range(Decimal(low), Decimal(high))


def test_the_worst_level_with_whose_it_is():
    profile = whole(uwv=agency_score(Level.MAJOR), svb=agency_score(Level.LIMITED), cak=agency_score(Level.MAJOR))
    line = profile.lines[0]
    assert (line.dimension, line.level, line.decided_by) == (IT, Level.MAJOR, ("cak", "uwv"))
    assert (line.answered, line.asked, line.at_least, line.unknown) == (3, 3, False, ())
    assert profile.complete
    assert [one.dimension for one in profile.lines] == list(Dimension)


def test_somebody_missing_makes_it_at_least():
    profile = whole(uwv=agency_score(Level.MEDIUM), svb=None)
    line = profile.lines[0]
    assert (line.level, line.answered, line.asked, line.at_least) == (Level.MEDIUM, 1, 2, True)
    assert (profile.complete, profile.missing) == (False, ("svb",))


def test_onbekend_makes_it_at_least_and_is_an_answer():
    profile = whole(uwv=agency_score(Level.LIMITED), svb=agency_score(None, at_least=True))
    line = profile.lines[0]
    assert (line.level, line.answered, line.asked, line.at_least, line.unknown) == (Level.LIMITED, 2, 2, True, ("svb",))
    assert profile.complete


def test_onbekend_alone_is_no_level():
    line = whole(uwv=agency_score(None, at_least=True)).lines[0]
    assert (line.level, line.decided_by) == (None, ())


def test_at_least_of_one_agency_is_at_least_of_the_whole():
    line = whole(uwv=agency_score(Level.MEDIUM, at_least=True), svb=agency_score(Level.LIMITED)).lines[0]
    assert (line.level, line.at_least, line.unknown) == (Level.MEDIUM, True, ())


def test_each_sum_is_of_its_own_figures():
    names = ("costs_once", "costs_yearly", "fte_once", "fte_yearly")
    profile = whole(
        uwv=agency_score(**{name: rng(place, place) for place, name in enumerate(names, start=1)}),
        svb=agency_score(**{name: rng(10 * place, 20 * place) for place, name in enumerate(names, start=1)}),
    )
    assert [getattr(profile, name).total for name in names] == [rng(11 * n, 21 * n) for n in (1, 2, 3, 4)]
    assert [getattr(profile, name).missing for name in names] == [()] * 4


def test_nobody_answered():
    profile = whole(uwv=None)
    assert (profile.verdict, profile.verdict_by, profile.feasible_from, profile.feasible_by) == (None, (), None, ())
    assert (profile.costs_once.total, profile.costs_once.missing) == (None, ("uwv",))
    assert profile.lines[0].level is None


def test_nobody_was_asked():
    profile = whole()
    assert profile.complete
    assert [(line.level, line.at_least, line.asked) for line in profile.lines] == [(None, False, 0)] * 4


@pytest.mark.parametrize(
    ("verdicts", "strictest", "whose"),
    [
        ({"a": Verdict.FEASIBLE, "b": Verdict.FEASIBLE_IF}, Verdict.FEASIBLE_IF, ("b",)),
        ({"a": Verdict.NOT_YET_ASSESSABLE, "b": Verdict.FEASIBLE_IF}, Verdict.NOT_YET_ASSESSABLE, ("a",)),
        ({"a": Verdict.NOT_YET_ASSESSABLE, "b": Verdict.NOT_FEASIBLE}, Verdict.NOT_FEASIBLE, ("b",)),
        ({"b": Verdict.FEASIBLE, "a": Verdict.FEASIBLE}, Verdict.FEASIBLE, ("a", "b")),
        ({"a": Verdict.FEASIBLE, "b": None}, Verdict.FEASIBLE, ("a",)),
        ({"a": None}, None, ()),
    ],
)
def test_the_strictest_verdict_given(verdicts, strictest, whose):
    profile = whole(**{code: agency_score(verdict=verdict) for code, verdict in verdicts.items()})
    assert (profile.verdict, profile.verdict_by) == (strictest, whose)


def test_a_verdict_is_never_computed_from_levels():
    assert whole(uwv=agency_score(Level.MAJOR, verdict=Verdict.FEASIBLE)).verdict is Verdict.FEASIBLE


def test_sums_say_who_is_not_in_them():
    profile = whole(
        uwv=agency_score(costs_once=rng(10, 20)), svb=agency_score(costs_once=rng(-5, 5)), cak=agency_score(), duo=None
    )
    assert profile.costs_once.total == rng(5, 25)
    assert profile.costs_once.missing == ("cak", "duo")
    assert profile.fte_yearly.total is None


def test_no_impact_is_nothing_to_add_and_nobody_missing():
    profile = whole(uwv=no_impact_score(), svb=agency_score(fte_once=rng(1, 2)))
    assert (profile.fte_once.total, profile.fte_once.missing) == (rng(1, 2), ())


def test_the_latest_date_with_whose_it_is():
    late, early = date(2028, 7, 1), date(2027, 1, 1)
    profile = whole(
        b=agency_score(feasible_from=late),
        a=agency_score(feasible_from=early),
        c=agency_score(),
        d=agency_score(feasible_from=late),
    )
    assert (profile.feasible_from, profile.feasible_by) == (late, ("b", "d"))


def test_not_ours_takes_no_part():
    heavy = agency_score(Level.MAJOR, verdict=Verdict.NOT_FEASIBLE, not_ours=True)
    assert whole(uwv=agency_score(Level.LIMITED), svb=heavy) == whole(uwv=agency_score(Level.LIMITED))


def test_an_agency_cannot_count_twice():
    one = Contribution(agency=AgencyCode("uwv"), score=None)
    with pytest.raises(ValueError, match=r"^an agency contributes twice$"):
        aggregate([one, one])


ranges = st.none() | st.tuples(st.integers(-50, 50), st.integers(0, 50)).map(
    lambda ends: rng(ends[0], ends[0] + ends[1])
)


@st.composite
def scores(draw):
    levels = [draw(st.none() | st.sampled_from(Level)) for _ in Dimension]
    parts = tuple(
        DimensionScore(dimension=one, level=level, at_least=level is None or draw(st.booleans()), trace=())
        for one, level in zip(Dimension, levels, strict=True)
    )
    return AgencyScore(
        dimensions=parts,
        verdict=draw(st.none() | st.sampled_from(Verdict)),
        conditions=(),
        alternative=None,
        costs_once=draw(ranges),
        costs_yearly=draw(ranges),
        fte_once=draw(ranges),
        fte_yearly=draw(ranges),
        feasible_from=draw(st.none() | st.dates()),
        warnings=(),
        not_ours=draw(st.booleans()),
    )


contributions = st.dictionaries(st.sampled_from("abcdef"), st.none() | scores(), max_size=5).map(
    lambda given: [Contribution(agency=AgencyCode(code), score=score) for code, score in given.items()]
)


@given(contributions, st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(given_, chance):
    shuffled = list(given_)
    chance.shuffle(shuffled)
    assert aggregate(shuffled) == aggregate(given_)


def heaviness(profile):
    return [-1 if line.level is None else int(line.level) for line in profile.lines]


def strictness(profile):
    return -1 if profile.verdict is None else STRICTNESS[profile.verdict]


@given(contributions, st.none() | scores())
def test_one_more_agency_never_makes_it_lighter(given_, score):
    before = aggregate(given_)
    after = aggregate([*given_, Contribution(agency=AgencyCode("z"), score=score)])
    assert all(new >= old for new, old in zip(heaviness(after), heaviness(before), strict=True))
    assert strictness(after) >= strictness(before)
    assert after.complete <= before.complete
    assert all(new.at_least >= old.at_least for new, old in zip(after.lines, before.lines, strict=True))
    assert (after.feasible_from or date.min) >= (before.feasible_from or date.min)


@given(contributions)
def test_one_silent_agency_more_changes_nothing_but_the_certainty(given_):
    before = aggregate(given_)
    after = aggregate([*given_, Contribution(agency=AgencyCode("z"), score=None)])
    assert not after.complete
    assert heaviness(after) == heaviness(before)
    assert after.verdict == before.verdict
    assert all(line.at_least for line in after.lines)
    for name in ("costs_once", "costs_yearly", "fte_once", "fte_yearly"):
        assert getattr(after, name).total == getattr(before, name).total
        assert "z" in getattr(after, name).missing


@given(contributions)
def test_each_line_names_exactly_who_decides_it(given_):
    profile = aggregate(given_)
    taking_part = {one.agency: one.score for one in given_ if one.score and not one.score.not_ours}
    for place, line in enumerate(profile.lines):
        levels = {agency: score.dimensions[place].level for agency, score in taking_part.items()}
        assert line.level == max((level for level in levels.values() if level is not None), default=None)
        assert set(line.decided_by) == {
            agency for agency, level in levels.items() if level is not None and level == line.level
        }
        assert line.answered == len(taking_part)
