"""Working on a file together: comments beside answers, who has which part, and the agency's test of the bill itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.datastructures import FormData

from uitvoeringsscan.amendments.amendment import Amendment
from uitvoeringsscan.amendments.bill import dossier_name
from uitvoeringsscan.errors import InvalidInput, Problem, WrongState
from uitvoeringsscan.presentation.questionnaire_view import shown_answer
from uitvoeringsscan.use_cases import bill_tests, collaborating
from uitvoeringsscan.web.agency_case import Case, Sent, kept, open_case, trusted
from uitvoeringsscan.web.typed import read_day
from uitvoeringsscan.web.visit import (
    AnyVisit,
    Posted,
    Visit,
    errors_by_field,
    field_errors,
    go_to,
    text,
    text_or_file,
)

router = APIRouter()

EXPIRED = "Dit formulier hoorde bij een eerdere sessie. Wat u typte, staat er nog. Kijk het na en druk nog een keer op de knop."
ELSEWHERE = "Dit kunnen alleen mensen van de organisatie zelf."

# Comments


@router.get("/uitvragen/{identifier}/opmerkingen")
def comments(visit: AnyVisit, identifier: str, question: Annotated[str, Query(alias="vraag")] = "") -> Response:
    return _comments(visit, open_case(visit, identifier), question)


@router.post("/uitvragen/{identifier}/opmerkingen")
def comment(visit: AnyVisit, identifier: str, form: Sent) -> Response:
    question = text(form, "vraag")

    def act() -> object:
        return collaborating.comment(visit.desk, visit.actor, identifier, question, text(form, "opmerking"))

    return _comment_step(visit, identifier, form, act)


@router.post("/uitvragen/{identifier}/opmerkingen/sluiten")
def close_comment(visit: AnyVisit, identifier: str, form: Sent) -> Response:
    """Mark a comment as done with, or as open again."""
    number = text(form, "nummer")
    found = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    closed = text(form, "open") != "ja"

    def act() -> object:
        return collaborating.close_comment(visit.desk, visit.actor, identifier, found, closed=closed)

    return _comment_step(visit, identifier, form, act)


def _comment_step(visit: Visit, identifier: str, form: FormData, act: Callable[[], object]) -> Response:
    question, words = text(form, "vraag"), text(form, "opmerking")
    if visit.person is None:
        return kept(visit, form, f"/uitvragen/{identifier}/opmerkingen")
    if not trusted(visit, form):
        return _comments(visit, open_case(visit, identifier), question, words=words, notice=EXPIRED)
    try:
        act()
    except InvalidInput as error:
        return _comments(visit, open_case(visit, identifier), question, words=words, problems=error.problems)
    tail = f"?vraag={question}" if question in open_case(visit, identifier).rubric.by_code else ""
    return go_to(f"/uitvragen/{identifier}/opmerkingen{tail}")


def _comments(
    visit: Visit,
    case: Case,
    question: str,
    *,
    words: str = "",
    problems: Sequence[Problem] = (),
    notice: str | None = None,
) -> Response:
    """Of one question, or of all of them."""
    found = collaborating.around_if_ours(visit.desk, visit.actor, case.file.id)
    asked = case.rubric.by_code.get(question)
    return visit.render(
        "agency/comments.html",
        page_title="Opmerkingen",
        status=400 if problems else 200,
        errors=field_errors(problems),
        wrong=errors_by_field(problems),
        case=case,
        question=asked,
        answer=shown_answer(asked, case.file.answers.values.get(question)) if asked else None,
        comments=[one for one in found.comments if asked is None or one.question == question],
        ours=bool(found.colleagues),
        words=words,
        notice=notice,
    )


# Who has which part


@router.get("/uitvragen/{identifier}/toewijzen")
def task_form(visit: AnyVisit, identifier: str, part: Annotated[str, Query(alias="onderdeel")] = "") -> Response:
    return _task(visit, open_case(visit, identifier), part)


@router.post("/uitvragen/{identifier}/toewijzen")
def give_task(visit: AnyVisit, identifier: str, form: Sent) -> Response:
    part, person, line = text(form, "onderdeel"), text(form, "aan"), text(form, "vraag")
    if visit.person is None:
        return kept(visit, form, f"/uitvragen/{identifier}/toewijzen")
    if not trusted(visit, form):
        return _task(visit, open_case(visit, identifier), part, person=person, line=line, notice=EXPIRED)
    try:
        collaborating.give_task(visit.desk, visit.actor, identifier, part or None, person or None, line)
    except InvalidInput as error:
        case = open_case(visit, identifier)
        return _task(visit, case, part, person=person, line=line, problems=error.problems)
    return go_to(f"/uitvragen/{identifier}")


def _task(
    visit: Visit,
    case: Case,
    part: str,
    *,
    person: str | None = None,
    line: str | None = None,
    problems: Sequence[Problem] = (),
    notice: str | None = None,
) -> Response:
    found = collaborating.around_if_ours(visit.desk, visit.actor, case.file.id)
    if not found.colleagues:
        raise WrongState(ELSEWHERE)
    standing = next((task for task in found.tasks if (task.section or "") == part), None)
    return visit.render(
        "agency/task.html",
        page_title="Wie doet dit?",
        status=400 if problems else 200,
        errors=field_errors(problems),
        wrong=errors_by_field(problems),
        case=case,
        parts=[{"value": section.code, "label": section.title} for section in case.rubric.sections],
        part=part,
        colleagues=[{"value": one.id, "label": one.name} for one in found.colleagues],
        chosen=person if person is not None else standing.person if standing else "",
        line=line if line is not None else standing.line if standing else "",
        notice=notice,
    )


# What the agency said about the bill itself

TEST_FIELDS = {"titel": "toetstitel", "datum": "toetsdatum", "link": "toetslink", "bestand": "toetsbestand"}
"""The fields of a test, as they are called on every page where one is added."""


@router.get("/uitvragen/{identifier}/uitvoeringstoets")
def bill_test_form(visit: AnyVisit, identifier: str) -> Response:
    return _bill_test(visit, open_case(visit, identifier), {}, ())


@router.post("/uitvragen/{identifier}/uitvoeringstoets")
def add_bill_test(visit: AnyVisit, identifier: str, form: Posted) -> Response:
    case = open_case(visit, identifier)
    typed = {name: text(form, name) for name in TEST_FIELDS.values()}
    problems = keep_bill_test(visit, form, dossier_of(case.scan.amendment), case.file.agency)
    return _bill_test(visit, case, typed, problems) if problems else go_to(case.base)


def keep_bill_test(visit: Visit, form: FormData, dossier: str, agency: str) -> list[Problem]:
    """Keep what a form says; the problems, each at its field, when that cannot be done."""
    try:
        dated = read_day(text(form, "toetsdatum"))
    except ValueError:
        dated = None
    try:
        words = text_or_file(visit, form, "toetstekst", "toetsbestand")
        bill_tests.add_bill_test(
            visit.desk,
            visit.actor,
            dossier,
            agency,
            title=text(form, "toetstitel"),
            dated=dated,
            link=text(form, "toetslink"),
            text=words,
        )
    except InvalidInput as error:
        return [
            Problem(code=p.code, message=p.message, field=TEST_FIELDS.get(p.field or "", "toetsbestand"))
            if p.field != "organisatie"
            else Problem(code=p.code, message=p.message, field="toetsorganisatie")
            for p in error.problems
        ]
    return []


def dossier_of(amendment: Amendment) -> str:
    """The bill's name; WrongState while the amendment has none."""
    if amendment.dossier_number is None:
        raise WrongState("Dit amendement hoort nog niet bij een wetsvoorstel met een nummer.")
    return dossier_name(amendment.dossier_number, amendment.dossier_suffix)


def _bill_test(visit: Visit, case: Case, typed: dict[str, str], problems: Sequence[Problem]) -> Response:
    return visit.render(
        "agency/bill_test.html",
        page_title="Uitvoeringstoets op het wetsvoorstel",
        status=400 if problems else 200,
        errors=field_errors(problems),
        wrong=errors_by_field(problems),
        case=case,
        typed=typed,
        test=bill_tests.of_file(visit.desk, visit.actor, case.file.id),
    )
