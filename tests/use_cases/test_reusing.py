"""Earlier answers about the same law: offered with their source, copied on request, marked until changed or confirmed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.desk import COORDINATOR, TEXT, World, file_of, respondent
from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, WrongState
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.use_cases import answering, reusing

OTHER_LAW = {
    "text": TEXT.replace("Werkloosheidswet", "Wet op de zorgtoeslag"),
    "title": "Wijziging van de Wet op de zorgtoeslag (Wet voorbeeld zorg)",
    "dossier_number": "99005",
}


def before_and_now(world: World, **more: str) -> tuple[ScanId, ScanId]:
    """An approved file of uwv, and a fresh one in another scan a day later."""
    earlier = world.routed("uwv")
    world.settle(earlier, "uwv", wanted={"raakt": "ja"})
    world.clock.forward(days=1)
    return earlier, world.routed("uwv", **{"paper_number": "21", **more})


def file(world: World, scan: ScanId) -> Assessment:
    return world.file(scan, "uwv")


def test_answers_about_the_same_law_are_offered_and_never_filled_in(world: World) -> None:
    earlier, now = before_and_now(world)
    found = reusing.earlier_answers(world.desk, respondent("uwv"), file_of(now, "uwv"))
    assert file(world, now).answers.values == {}
    assert set(found.offers) == {"raakt"}  # the others do not apply yet
    offer = found.offers["raakt"]
    assert (offer.answer, offer.scan) == ("ja", earlier)
    approved = file(world, earlier).approved
    assert approved is not None
    assert offer.at == approved.at
    taken = reusing.copy_answers(world.desk, respondent("uwv"), file_of(now, "uwv"), None, {"raakt": earlier})
    assert taken == file(world, now)
    assert taken.answers.values == {"raakt": "ja"}
    assert dict(taken.copied) == {"raakt": earlier}
    found = reusing.earlier_answers(world.desk, respondent("uwv"), file_of(now, "uwv"))
    assert dict(found.taken) == {"raakt": approved.at}
    assert "raakt" not in found.offers
    assert len(found.offers) > 1
    everything = {code: offer.scan for code, offer in found.offers.items()}
    whole = reusing.copy_answers(world.desk, respondent("uwv"), file_of(now, "uwv"), None, everything)
    assert set(whole.copied) == {"raakt", *everything}
    assert world.events(now)[-1] == "AnswersCopied"


def test_the_mark_goes_where_somebody_changed_or_confirmed(world: World) -> None:
    earlier, now = before_and_now(world)
    who, name = respondent("uwv"), file_of(now, "uwv")
    reusing.copy_answers(world.desk, who, name, None, {"raakt": earlier})
    offers = reusing.earlier_answers(world.desk, who, name).offers
    first, second = [code for code in offers if isinstance(offers[code].answer, str)][:2]
    whole = reusing.copy_answers(world.desk, who, name, None, {code: o.scan for code, o in offers.items()})
    same = answering.save_answers(world.desk, who, name, None, whole.answers.values, whole.answers.explanations)
    assert same.copied == whole.copied  # saving what stands changes nothing
    explained = answering.save_answers(world.desk, who, name, None, whole.answers.values, {first: "Nog steeds zo."})
    assert first not in explained.copied
    confirmed = reusing.confirm_copies(world.desk, who, name, None, [second])
    assert second not in confirmed.copied
    assert confirmed.answers == explained.answers
    assert world.events(now)[-1] == "CopiesConfirmed"
    with pytest.raises(InvalidInput):
        reusing.confirm_copies(world.desk, who, name, None, [second])
    handed_in = answering.hand_in(world.desk, who, name, None)
    assert handed_in.copied == confirmed.copied  # who approves sees what nobody confirmed


def test_only_the_own_agency_the_same_law_and_what_was_approved(small: World) -> None:
    earlier, now = before_and_now(small, **OTHER_LAW)
    assert reusing.earlier_answers(small.desk, respondent("uwv"), file_of(now, "uwv")).offers == {}
    small.clock.forward(hours=1)
    both = small.routed("uwv", "svb", paper_number="31")
    assert reusing.earlier_answers(small.desk, respondent("svb"), file_of(both, "svb")).offers == {}
    assert reusing.earlier_answers(small.desk, respondent("uwv"), file_of(both, "uwv")).offers
    assert file(small, both).answers.values == {}
    small.clock.forward(hours=1)
    small.filled(both, "uwv", {"raakt": "ja"})  # a draft is nothing to build on
    latest = small.routed("uwv", paper_number="32")
    offers = reusing.earlier_answers(small.desk, respondent("uwv"), file_of(latest, "uwv")).offers
    assert {offer.scan for offer in offers.values()} == {earlier}


def test_the_newest_of_several_is_offered(small: World) -> None:
    _, now = before_and_now(small)
    small.settle(now, "uwv", wanted={"raakt": "ja"})
    small.clock.forward(days=1)
    latest = small.routed("uwv", paper_number="33")
    offers = reusing.earlier_answers(small.desk, respondent("uwv"), file_of(latest, "uwv")).offers
    assert {code: offer.scan for code, offer in offers.items()} == {"raakt": now}


def test_what_is_not_offered_is_not_copied(small: World) -> None:
    earlier, now = before_and_now(small)
    who, name = respondent("uwv"), file_of(now, "uwv")
    before = small.contents()
    for wanted in ({"raakt": "2020-1111"}, {"oordeel": earlier}, {"bestaat-niet": earlier}, {"Ü": earlier}):
        with pytest.raises(InvalidInput):
            reusing.copy_answers(small.desk, who, name, None, wanted)
    with pytest.raises(InvalidInput):
        reusing.confirm_copies(small.desk, who, name, None, ["Ü"])
    assert small.contents() == before


def test_copying_is_for_the_agency_while_the_file_is_open(small: World) -> None:
    earlier, now = before_and_now(small)
    name = file_of(now, "uwv")
    with pytest.raises(Forbidden):
        reusing.copy_answers(small.desk, COORDINATOR, name, None, {"raakt": earlier})
    with pytest.raises(NotFound):
        reusing.copy_answers(small.desk, respondent("svb"), name, None, {"raakt": earlier})
    assert reusing.earlier_answers(small.desk, COORDINATOR, name).offers == {}
    answering.hand_in_no_impact(small.desk, respondent("uwv"), name, None, "Reden.")
    assert reusing.earlier_answers(small.desk, respondent("uwv"), name).offers == {}
    with pytest.raises(WrongState):
        reusing.copy_answers(small.desk, respondent("uwv"), name, None, {"raakt": earlier})
    with pytest.raises(WrongState):
        reusing.confirm_copies(
            small.desk, respondent("uwv"), file_of(small.published(paper_number="40"), "uwv"), None, []
        )


def test_what_came_along_from_a_replaced_version_carries_the_same_mark(small: World) -> None:
    earlier = small.routed("uwv", paper_number="51")
    small.settle(earlier, "uwv")
    small.clock.at += timedelta(hours=3)
    newer = small.routed("uwv", paper_number="52", replaces="51")
    carried = file(small, newer)
    assert set(carried.copied) == set(carried.answers.values)
    assert set(carried.copied.values()) == {earlier}
    confirmed = answering.confirm_unchanged(small.desk, respondent("uwv"), carried.id, None)
    assert confirmed.copied == {}
