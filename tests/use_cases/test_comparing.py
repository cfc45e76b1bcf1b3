"""Earlier amendments on the same law: only what was published, only by law, and those on the same bill first."""

from __future__ import annotations

from tests.support.desk import World
from uitvoeringsscan.scans.corrections import laws_of
from uitvoeringsscan.use_cases.comparing import on_the_same_law

OTHER = (
    "De ondergetekende stelt het volgende amendement voor:\n\nIn artikel 9 van de Algemene Ouderdomswet wordt «jaarlijks» "
    "vervangen door «maandelijks».\n\nToelichting\n\nDe SVB betaalt eerder.\n\nVoorbeeld\n"
)


def test_what_was_published_on_the_same_law(world: World) -> None:
    here = world.published(paper_number="21")
    world.clock.forward(minutes=1)
    elsewhere = world.published(paper_number="22", dossier_number="99002")
    world.published("svb", paper_number="23", text=OTHER, title="Wijziging van de Algemene Ouderdomswet")
    world.assessed(paper_number="24")  # answered, but not published
    mine = world.submitted(paper_number="25")
    found = on_the_same_law(world.desk, laws_of(world.scan(mine)), "99001", but=mine)
    assert [one.line.id for one in found] == [here, elsewhere]
    assert [one.same_bill for one in found] == [True, False]
    assert all("Werkloosheidswet" in one.laws for one in found)
    assert found[0].publication.scan == here


def test_nothing_of_itself_and_nothing_without_a_law(small: World) -> None:
    scan = small.published()
    assert on_the_same_law(small.desk, laws_of(small.scan(scan)), "99001", but=scan) == []
    assert on_the_same_law(small.desk, (), "99001") == []
