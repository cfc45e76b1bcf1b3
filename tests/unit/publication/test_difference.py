"""What changed between two publications: everything that did, nothing that did not, and whose it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests import publication_samples as samples
from uitvoeringsscan.presentation.difference_view import difference_view
from uitvoeringsscan.publication.difference import About, Difference, LevelSaid, difference
from uitvoeringsscan.publication.record import seal
from uitvoeringsscan.publication.summary import AgencyPart, Costs, Euros, ReactionPart, SealedSummary, read_sealed
from uitvoeringsscan.use_cases.versions import Compared


def sealed(*agencies: AgencyPart, **changed: Any) -> SealedSummary:
    return read_sealed(seal(samples.summary(agencies=agencies or samples.FOUR, **changed)).document)


def svb(**changed: Any) -> AgencyPart:
    return samples.agency("svb", "Sociale Verzekeringsbank", "SVB", **changed)


def told(found: Difference, about: About) -> list[tuple[Any, Any, Any]]:
    return [(line.was, line.now, line.who) for line in found.agencies if line.about is about]


def test_a_publication_does_not_differ_from_itself() -> None:
    found = difference(sealed(), sealed())
    assert (found.whole, found.agencies) == ((), ())
    assert not found.text.changed


def test_levels_dates_conditions_and_money_per_agency() -> None:
    old = svb(conditions=("Eerst dit.", "En dit."), feasible_from=date(2028, 7, 1))
    new = svb(
        levels=(1, 2, 2, 2),
        conditions=("En dit.", "Dan dat."),
        feasible_from=None,
        costs=Costs(once=Euros(low=5, high=5), yearly=None),
        verdict="uitvoerbaar",
        alternative=None,
    )
    found = difference(sealed(old), sealed(new))
    assert told(found, About.LEVEL) == [(LevelSaid(3, False), LevelSaid(1, False), ("SVB",))]
    assert told(found, About.CONDITION) == [("Eerst dit.", None, ("SVB",)), (None, "Dan dat.", ("SVB",))]
    assert told(found, About.FEASIBLE_FROM) == [(date(2028, 7, 1), None, ("SVB",))]
    assert told(found, About.COSTS_ONCE)[0][1] == Euros(low=5, high=5)
    assert told(found, About.COSTS_YEARLY)[0][1] is None
    assert told(found, About.VERDICT) == [("uitvoerbaar-mits", "uitvoerbaar", ("SVB",))]
    assert [line.about for line in found.whole] == [About.LEVEL]


def test_who_was_asked_and_who_fell_silent() -> None:
    uwv = samples.agency("uwv", "UWV", "UWV")
    cak = samples.agency("cak", "CAK", "CAK")
    found = difference(sealed(svb(), uwv), sealed(samples.silent("svb", "SVB", "SVB"), cak))
    assert told(found, About.ASKED) == [(False, True, ("CAK",)), (True, False, ("UWV",))]
    assert told(found, About.STATUS) == [("vastgesteld", "geen-reactie", ("SVB",))]
    assert About.COMPLETE in {line.about for line in found.whole}


def test_the_text_is_compared_by_instruction() -> None:
    text = samples.TEXT.replace("ambtshalve", "op aanvraag")
    found = difference(sealed(), sealed(amendment=samples.amendment(text=text)))
    assert found.text.changed
    view = difference_view(Compared(older=sealed(), newer=sealed(), difference=found))
    assert [part.status for part in view.text.parts] == ["gewijzigd"]
    assert view.text.unchanged == ("Toelichting",)


def test_every_kind_of_line_has_words() -> None:
    nobody = read_sealed(seal(samples.nobody()).document)
    for older, newer in (
        (nobody, sealed()),
        (sealed(), nobody),
        (sealed(svb()), sealed(vote=datetime.fromisoformat("2026-12-09T10:00Z"))),
    ):
        view = difference_view(Compared(older=older, newer=newer, difference=difference(older, newer)))
        assert view.whole or view.agencies
        for line in (*view.whole, *view.agencies):
            assert line.what
            assert line.who
            assert line.was != line.now


levels = st.tuples(*[st.sampled_from([None, 0, 1, 2, 3])] * 4)
parts = st.builds(
    svb,
    levels=levels,
    verdict=st.sampled_from(["uitvoerbaar", "niet-uitvoerbaar"]),
    conditions=st.lists(st.sampled_from("abc"), unique=True).map(tuple),
)


@given(parts, parts)
def test_there_and_back_is_the_same_with_was_and_is_turned_round(one: AgencyPart, two: AgencyPart) -> None:
    there, back = difference(sealed(one), sealed(two)), difference(sealed(two), sealed(one))
    assert {(line.about, line.dimension, str(line.was), str(line.now)) for line in there.agencies} == {
        (line.about, line.dimension, str(line.now), str(line.was)) for line in back.agencies
    }


def test_another_intended_date_and_another_reaction_are_told_as_what_they_are() -> None:
    older = sealed(reaction=ReactionPart(text="Eerst dit.", placed_at=samples.PUBLISHED))
    later = older.introduction.model_copy(update={"intended": date(2029, 1, 1)})
    newer = sealed(introduction=later, reaction=None)
    found = difference(older, newer)
    assert [(line.about, line.was, line.now) for line in found.whole] == [
        (About.INTENDED, date(2027, 1, 1), date(2029, 1, 1)),
        (About.REACTION, "Eerst dit.", None),
    ]
    view = difference_view(Compared(older=older, newer=newer, difference=found))
    assert [line.who for line in view.whole] == ["het amendement", "de indiener"]
