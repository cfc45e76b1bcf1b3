"""Keeping a section's answers while somebody types: the same form, laid over what is stored in the same way, told in JSON.

Only a convenience for `presentation/static/extra.js`; the buttons under the form do the same and more. Nothing that would
take an answer away is done here: that needs a page that says so.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from uitvoeringsscan.errors import DomainError
from uitvoeringsscan.presentation import dutch
from uitvoeringsscan.presentation.questionnaire_sheet import mark, merge, read_sheet
from uitvoeringsscan.web.agency_case import Sent, open_case, pairs, trusted
from uitvoeringsscan.web.agency_section import lay_over, section_of
from uitvoeringsscan.web.visit import AnyVisit

router = APIRouter()

SIGNED_OUT = "U bent niet meer ingelogd. Druk op een van de knoppen hieronder: wat u typte, gaat niet verloren."
WOULD_DROP = (
    "Nog niet bewaard: met dit antwoord gelden andere antwoorden niet meer. Druk op een van de knoppen hieronder."
)


@router.post("/uitvragen/{identifier}/onderdeel/{code}/vanzelf")
def save(visit: AnyVisit, identifier: str, code: str, form: Sent) -> Response:
    """`melding` is for the person; `merken` are the marks of what is stored now, for the fields that carry them."""
    if visit.person is None or not trusted(visit, form):
        return _said(401, SIGNED_OUT)
    try:
        case = open_case(visit, identifier)
        part = section_of(case, code)
        sheet = read_sheet(part, pairs(form))
        if merge(case.rubric, part, sheet, case.file.answers).dropped:
            return _said(409, WOULD_DROP)
        case, merged = lay_over(visit, identifier, case, part, sheet)
    except DomainError as error:
        status = {"niet-gevonden": 404, "niet-toegestaan": 403}.get(error.code, 409)
        return _said(status, f"Niet bewaard. {error.message}")
    at = dutch.clock(visit.desk.now()).removesuffix(" uur")
    answers = case.file.answers
    marks = {
        question.code: mark(question, answers.values.get(question.code), answers.explanations.get(question.code))
        for question in part.questions
        if question.code in sheet.asked and question.code not in merged.clashes
    }
    more = ""
    if merged.clashes:
        labels = dutch.listed(f"“{case.rubric.question(one).text}”" for one in merged.clashes)
        more = f" Een collega gaf intussen een ander antwoord op {labels}. Druk op een van de knoppen om te kiezen."
    elif merged.problems or merged.explanation_problems:
        more = " Wat nog niet klopt, is niet bewaard."
    elif merged.fresh:
        more = " Door uw antwoord zijn er vragen bij gekomen. U ziet ze als u op een van de knoppen drukt."
    return _said(200, f"Bewaard om {at}.{more}", versie=case.file.version, merken=marks)


def _said(status: int, words: str, **more: Any) -> Response:
    return JSONResponse({"melding": words, **more}, status_code=status)
