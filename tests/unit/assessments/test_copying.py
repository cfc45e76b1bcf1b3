"""Earlier answers about the same law: which are offered, what copying puts in the draft, and what confirming says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rubric_samples import FULL_SMALL, small, wire_answers
from uitvoeringsscan.assessments import assessment as files
from uitvoeringsscan.assessments.answers import only_visible
from uitvoeringsscan.assessments.assessment import Assessment, Outcome, RawAnswers, Signature
from uitvoeringsscan.assessments.copying import Offer, confirm, copy, offers
from uitvoeringsscan.errors import InvalidInput, WrongState
from uitvoeringsscan.identifiers import AgencyCode, Principal, ScanId

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
BY, SECOND = (Signature(principal=Principal(f"{name}@voorbeeld.example"), name=name, at=AT) for name in ("een", "twee"))


def file(values=None, explanations=None, scan="2026-0009", **more):
    return Assessment(scan=ScanId(scan), agency=AgencyCode("uwv"), rubric=small().ref, asked_at=AT,
                      answers=RawAnswers(values=values or {}, explanations=explanations or {}), **more)  # fmt: skip


def earlier(scan, values, explanations=None, days=0):
    handed_in = files.hand_in(file(values, explanations, scan), BY, Outcome.ANSWERED, None)
    return files.approve(handed_in, replace(SECOND, at=AT + timedelta(days=days)))


def offer(question, answer, scan="2026-0001", explanation=None, at=AT):
    return Offer(question=question, answer=answer, explanation=explanation, scan=ScanId(scan), at=at)


TOUCHED = {"raakt": "ja"}


def test_only_what_is_asked_now_is_offered():
    old = earlier("2026-0001", FULL_SMALL, {"it": "Veel werk."})
    assert set(offers(small(), file(), [old])) == {"raakt"}
    found = offers(small(), file(TOUCHED), [old])
    assert found["it"] == offer("it", "flink", explanation="Veel werk.")
    assert "raakt" not in found  # it says the same
    assert "wanneer" not in found  # its question hangs on an answer that is not there
    assert "wanneer" in offers(small(), file(TOUCHED | {"datum": "later"}), [old])


def test_the_newest_answer_to_each_question():
    first = earlier("2026-0001", TOUCHED | {"it": "klein", "waarom": "Toen."}, days=0)
    last = earlier("2026-0002", TOUCHED | {"it": "zwaar"}, days=2)
    between = earlier("2026-0003", TOUCHED | {"it": "niets"}, days=1)
    for order in ([first, last, between], [between, last, first], [last, first, between]):
        found = offers(small(), file(TOUCHED), order)
        assert (found["it"].answer, found["it"].scan, found["it"].at) == ("zwaar", "2026-0002", AT + timedelta(days=2))
        assert (found["waarom"].answer, found["waarom"].scan) == ("Toen.", "2026-0001")


def test_what_stands_already_is_not_offered_but_another_explanation_is():
    old = earlier("2026-0001", TOUCHED | {"it": "klein"}, {"it": "Eén scherm."})
    assert "it" not in offers(small(), file(TOUCHED | {"it": "klein"}, {"it": "Eén scherm."}), [old])
    assert offers(small(), file(TOUCHED | {"it": "klein"}), [old])["it"].explanation == "Eén scherm."


def test_what_was_copied_already_is_not_offered_again():
    old = earlier("2026-0001", TOUCHED | {"it": "klein", "mensen": "nee"})
    found = offers(small(), file(TOUCHED | {"it": "zwaar"}, copied={"it": ScanId("2026-0001")}), [old])
    assert set(found) == {"mensen"}


@pytest.mark.parametrize("answer", ["reusachtig", 3, [], None, "", {"laag": 1}])
def test_what_cannot_be_read_is_not_offered(answer):
    old = earlier("2026-0001", TOUCHED | {"it": answer, "mensen": "nee"})
    assert set(offers(small(), file(TOUCHED), [old])) == {"mensen"}


def test_an_older_answer_stands_in_for_one_that_cannot_be_read():
    broken = earlier("2026-0002", TOUCHED | {"it": "reusachtig"}, days=1)
    old = earlier("2026-0001", TOUCHED | {"it": "klein"})
    assert offers(small(), file(TOUCHED), [broken, old])["it"].scan == "2026-0001"


def test_a_question_that_is_gone_is_not_offered():
    old = earlier("2026-0001", TOUCHED | {"vroeger": "ja"})
    assert offers(small(), file(TOUCHED), [old]) == {}


def test_onbekend_is_an_answer_too():
    assert offers(small(), file(TOUCHED), [earlier("2026-0001", {"it": "onbekend"})])["it"].answer == "onbekend"


def test_only_what_stands_approved_has_a_moment():
    with pytest.raises(ValueError, match=r"file 2026-0001-uwv is not approved"):
        offers(small(), file(TOUCHED), [file(TOUCHED, scan="2026-0001")])


def test_copying_marks_where_it_came_from():
    old = file(
        TOUCHED | {"it": "klein"}, {"it": "Eén scherm.", "waarom": "Want."}, copied={"raakt": ScanId("2026-0005")}
    )
    done = copy(small(), old, [offer("it", "zwaar", explanation="Alles."), offer("mensen", "meer", "2026-0002")])
    assert done.answers.values == {"raakt": "ja", "it": "zwaar", "mensen": "meer"}
    assert done.answers.explanations == {"it": "Alles.", "waarom": "Want."}
    assert done.copied == {"raakt": "2026-0005", "it": "2026-0001", "mensen": "2026-0002"}
    assert old.answers.values == TOUCHED | {"it": "klein"}


@pytest.mark.parametrize("said", [None, ""])
def test_an_answer_takes_the_place_of_the_explanation_too(said):
    done = copy(
        small(), file(TOUCHED | {"it": "klein"}, {"it": "Eén scherm."}), [offer("it", "zwaar", explanation=said)]
    )
    assert done.answers.explanations == {}


def test_what_no_longer_applies_goes_with_its_mark():
    old = file(
        TOUCHED | {"it": "klein", "mensen": "meer"}, {"it": "Eén scherm."}, copied={"mensen": ScanId("2026-0005")}
    )
    done = copy(small(), old, [offer("raakt", "geen-gevolgen")])
    assert done.answers == RawAnswers(values={"raakt": "geen-gevolgen"})
    assert done.copied == {"raakt": "2026-0001"}


def test_nothing_wanted_changes_nothing():
    old = file(TOUCHED, {"raakt": "Want."}, copied={"raakt": ScanId("2026-0005")})
    assert copy(small(), old, []) == old


def test_an_answer_that_cannot_stand_is_refused():
    with pytest.raises(InvalidInput) as caught:
        copy(small(), file(TOUCHED), [offer("it", "reusachtig")])
    assert [(problem.question, problem.code) for problem in caught.value.problems] == [("it", "onbekende-optie")]


def test_confirming_takes_the_mark_away_and_nothing_else():
    old = file(TOUCHED | {"it": "klein"}, copied={"raakt": ScanId("2026-0001"), "it": ScanId("2026-0002")})
    done = confirm(old, ["it"])
    assert done == replace(old, copied={"raakt": ScanId("2026-0001")})
    assert confirm(old, []) == old
    assert confirm(old, ["raakt", "it", "it"]).copied == {}


def test_only_what_was_copied_can_be_confirmed():
    old = file(TOUCHED | {"it": "klein"}, copied={"raakt": ScanId("2026-0001")})
    with pytest.raises(InvalidInput) as caught:
        confirm(old, ["raakt", "it", "É\n" + "x" * 99])
    assert [problem.question for problem in caught.value.problems] == ["it", "'\\xc9\\n" + "x" * 62 + "'"]
    for problem in caught.value.problems:
        assert problem.code == "niet-overgenomen"
        assert problem.message == "Dit antwoord is niet overgenomen, of het is al gewijzigd of bevestigd."


def test_a_file_that_is_handed_in_is_left_alone():
    closed = files.hand_in(file(TOUCHED, copied={"raakt": ScanId("2026-0001")}), BY, Outcome.ANSWERED, None)
    with pytest.raises(WrongState):
        copy(small(), closed, [offer("it", "klein")])
    with pytest.raises(WrongState):
        confirm(closed, ["raakt"])


def sound(answers):
    return only_visible(small(), answers, {})[0]


@given(wire_answers(small()).map(sound), wire_answers(small(), every=True), st.data())
def test_whatever_is_offered_can_be_copied_and_then_confirmed(now, then, data):
    found = offers(small(), file(now), [earlier("2026-0001", then)])
    wanted = [
        found[code]
        for code in data.draw(st.lists(st.sampled_from(sorted(found)), unique=True) if found else st.just([]))
    ]
    done = copy(small(), file(now), wanted)
    for one in wanted:
        assert one.question not in done.copied or done.answers.values[one.question] == one.answer
    assert set(done.copied) <= {one.question for one in wanted}
    assert confirm(done, done.copied).copied == {}
    # What was copied is not offered a second time.
    assert not set(offers(small(), done, [earlier("2026-0001", then)])) & set(done.copied)
