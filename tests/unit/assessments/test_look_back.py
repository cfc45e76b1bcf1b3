"""Looking back has the same four eyes as the estimate, and refuses figures that cannot be right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from uitvoeringsscan.assessments import look_back
from uitvoeringsscan.assessments.assessment import Signature
from uitvoeringsscan.assessments.look_back import MAX_EUROS, MAX_FTE, Came, LookBack, LookBackState
from uitvoeringsscan.errors import Forbidden, InvalidInput, WrongState
from uitvoeringsscan.identifiers import AgencyCode, Principal, PublicationNumber, ScanId

AT = datetime(2027, 12, 8, 16, tzinfo=UTC)
ONE = LookBack(
    scan=ScanId("2026-0012"),
    agency=AgencyCode("uwv"),
    publication=PublicationNumber("2026-0012-v1"),
    asked_at=AT,
)
CAME = Came(costs_once=1_200_000, fte_yearly=Decimal("12.5"), live=date(2027, 7, 1), explanation=" Het viel mee. ")


def by(name: str) -> Signature:
    return Signature(principal=Principal(f"{name}@voorbeeld.example"), name=name, at=AT)


def test_from_open_to_approved() -> None:
    assert ONE.id == "2026-0012-uwv"
    handed_in = look_back.hand_in(ONE, CAME, by("a"))
    assert (handed_in.state, handed_in.came.explanation) == (LookBackState.SUBMITTED, "Het viel mee.")
    approved = look_back.approve(handed_in, by("b"))
    assert (approved.state, approved.submitted, approved.approved) == (LookBackState.APPROVED, by("a"), by("b"))


def test_who_hands_in_does_not_approve() -> None:
    with pytest.raises(Forbidden) as refused:
        look_back.approve(look_back.hand_in(ONE, CAME, by("a")), by("a"))
    assert refused.value.code == "vier-ogen"


def test_sent_back_it_is_open_again_with_the_remarks() -> None:
    handed_in = look_back.hand_in(ONE, CAME, by("a"))
    back = look_back.send_back(handed_in, "Noem het jaar.")
    assert (back.state, back.remarks, back.submitted) == (LookBackState.OPEN, "Noem het jaar.", None)
    assert back.came == handed_in.came, "what was written stays"
    assert look_back.hand_in(back, CAME, by("a")).remarks is None
    with pytest.raises(InvalidInput):
        look_back.send_back(handed_in, " ")


def test_no_step_out_of_turn() -> None:
    handed_in = look_back.hand_in(ONE, CAME, by("a"))
    approved = look_back.approve(handed_in, by("b"))
    for one in (handed_in, approved):
        with pytest.raises(WrongState):
            look_back.hand_in(one, CAME, by("a"))
    for one in (ONE, approved):
        with pytest.raises(WrongState):
            look_back.approve(one, by("b"))
        with pytest.raises(WrongState):
            look_back.send_back(one, "Nee.")


def test_only_the_explanation_is_required() -> None:
    assert look_back.checked(Came(explanation="Nog niets te zeggen.")).costs_once is None
    with pytest.raises(InvalidInput) as refused:
        look_back.checked(replace(CAME, explanation=" \n"))
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [("toelichting", "verplicht")]


@pytest.mark.parametrize(("wrong", "field", "code"), [
    ({"costs_once": MAX_EUROS + 1}, "kosten.incidenteel", "te-groot"),
    ({"costs_yearly": -MAX_EUROS - 1}, "kosten.structureel", "te-groot"),
    ({"fte_once": MAX_FTE + 1}, "personeel.incidenteel", "te-groot"),
    ({"fte_yearly": Decimal("1.25")}, "personeel.structureel", "te-veel-decimalen"),
    ({"live": date(1999, 12, 31)}, "ingevoerdOp", "ongeldige-datum"),
    ({"levels": {"it-systemen": 4}}, "niveaus.it-systemen", "onbekende-optie"),
    ({"levels": {"iets-anders": 1}}, "niveaus.iets-anders", "onbekende-optie"),
])  # fmt: skip
def test_what_cannot_be_right_is_refused_at_its_field(wrong: dict[str, object], field: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        look_back.checked(replace(CAME, **wrong))  # type: ignore[arg-type]  # fields by name, from a table
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [(field, code)]


@pytest.mark.parametrize("edge", [
    {"costs_once": MAX_EUROS, "costs_yearly": -MAX_EUROS},
    {"fte_once": MAX_FTE, "fte_yearly": Decimal("-0.1")},
    {"live": date(2000, 1, 1)},
    {"levels": {"tijdlijn": 0, "personeel": 3}},
])  # fmt: skip
def test_what_just_can_be_right_is_taken(edge: dict[str, object]) -> None:
    given = replace(CAME, **edge)  # type: ignore[arg-type]  # fields by name, from a table
    assert look_back.checked(given) == replace(given, explanation="Het viel mee.")
