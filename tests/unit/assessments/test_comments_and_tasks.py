"""What colleagues say to each other beside an answer, and whose desk a section lies on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rubric_samples import small
from uitvoeringsscan.assessments.assessment import Signature
from uitvoeringsscan.assessments.comments import MAX_COMMENT, Comment, checked_comment, open_again, resolve
from uitvoeringsscan.assessments.tasks import MAX_LINE, check_task, colleagues
from uitvoeringsscan.errors import InvalidInput
from uitvoeringsscan.identifiers import AgencyCode, PersonId, Principal, ScanId
from uitvoeringsscan.people.people import Person, Role

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
ONE, TWO = (Signature(principal=Principal(f"{name}@voorbeeld.example"), name=name, at=AT) for name in ("een", "twee"))
COMMENT = Comment(
    scan=ScanId("2026-0001"), agency=AgencyCode("uwv"), number=1, question="it", text="Klopt dit?", by=ONE
)


def problems(check, *given_):
    with pytest.raises(InvalidInput) as caught:
        check(*given_)
    return [(problem.code, problem.field) for problem in caught.value.problems]


def test_a_comment_is_open_until_somebody_closes_it():
    closed = resolve(COMMENT, TWO)
    assert (COMMENT.open, closed.open, closed.resolved) == (True, False, TWO)
    assert open_again(closed) == COMMENT
    assert open_again(COMMENT) == COMMENT


def test_who_closed_it_first_stays_on_it():
    assert resolve(resolve(COMMENT, TWO), ONE).resolved == TWO


def test_a_comment_is_kept_without_white_space_around_it():
    assert checked_comment(" \n Klopt dit?\nOf niet? \t") == "Klopt dit?\nOf niet?"
    assert checked_comment("x" * MAX_COMMENT) == "x" * MAX_COMMENT
    assert checked_comment(f"  {'x' * MAX_COMMENT}  ") == "x" * MAX_COMMENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("verplicht", "opmerking")]),
        (" \n\t ", [("verplicht", "opmerking")]),
        ("x" * (MAX_COMMENT + 1), [("te-lang", "opmerking")]),
        ("a\x07", [("ongeldige-tekens", "opmerking")]),
        ("\x07" * (MAX_COMMENT + 1), [("te-lang", "opmerking"), ("ongeldige-tekens", "opmerking")]),
    ],
)
def test_a_comment_that_cannot_be_kept(text, expected):
    assert problems(checked_comment, text) == expected


def test_an_empty_comment_asks_for_words():
    with pytest.raises(InvalidInput) as caught:
        checked_comment("")
    assert caught.value.problems[0].message == "Schrijf eerst uw opmerking op."


@given(st.text())
def test_what_is_kept_can_be_kept_again(text):
    try:
        kept = checked_comment(text)
    except InvalidInput:
        return
    assert checked_comment(kept) == kept
    assert kept == text.strip() != ""


def person(name, *roles, agency: str | None = "uwv", active=True):
    return Person(id=PersonId(name), name=name, email=f"{name}@voorbeeld.example", roles=frozenset(roles),
                  agency=AgencyCode(agency) if agency else None, active=active)  # fmt: skip


def test_a_task_can_be_given_to_who_works_there():
    respondent, approver = person("b", Role.RESPONDENT), person("a", Role.APPROVER)
    both = person("c", Role.APPROVER, Role.RESPONDENT)
    others = [
        person("weg", Role.RESPONDENT, active=False),
        person("elders", Role.RESPONDENT, agency="svb"),
        person("nergens", Role.RESPONDENT, agency=None),
        person("lezer", Role.READER),
        person("niets"),
    ]
    assert colleagues([respondent, *others, approver, both], AgencyCode("uwv")) == [respondent, approver, both]
    assert colleagues(others, AgencyCode("uwv")) == []


def test_the_line_of_a_task_is_one_line():
    assert check_task(small(), None, "") == ""
    assert check_task(small(), "eind", " Kijk jij\n naar   de kosten? ") == "Kijk jij naar de kosten?"
    assert check_task(small(), "begin", "x" * MAX_LINE) == "x" * MAX_LINE


@pytest.mark.parametrize(
    ("section", "line", "expected"),
    [
        ("midden", "", [("onbekend-onderdeel", "onderdeel")]),
        ("", "", [("onbekend-onderdeel", "onderdeel")]),
        (None, "x" * (MAX_LINE + 1), [("te-lang", "vraag")]),
        ("it", "\x07", [("ongeldige-tekens", "vraag"), ("onbekend-onderdeel", "onderdeel")]),
    ],
)
def test_a_task_that_cannot_be_given(section, line, expected):
    assert problems(check_task, small(), section, line) == expected


def test_a_strange_section_is_told_in_words():
    with pytest.raises(InvalidInput) as caught:
        check_task(small(), "midden", "")
    assert caught.value.problems[0].message == "Dit onderdeel staat niet in de vragenlijst."


@given(st.text(max_size=MAX_LINE))
def test_the_line_that_is_kept_stays_the_same(line):
    try:
        kept = check_task(small(), None, line)
    except InvalidInput:
        return
    assert "\n" not in kept
    assert check_task(small(), None, kept) == kept
