"""For authors of questionnaires: see one as a case worker does, answer it as an example, read the score. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Response
from starlette.datastructures import FormData, UploadFile

from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.presentation import rubric_preview
from uitvoeringsscan.presentation.rubric_preview import Preview
from uitvoeringsscan.rubrics.model import Rubric
from uitvoeringsscan.rubrics.source import Fault, RubricFaults
from uitvoeringsscan.scoring.examples import Example
from uitvoeringsscan.use_cases import trying_rubrics
from uitvoeringsscan.web.agency_case import pairs, short_names
from uitvoeringsscan.web.visit import AnyVisit, FieldError, Posted, Visit, text

router = APIRouter()

HERE = "/beheer/vragenlijsten"


@router.get(HERE)
def questionnaires(visit: AnyVisit) -> Response:
    return _list(visit, "", None)


@router.post(HERE)
def own_file(visit: AnyVisit, form: Posted) -> Response:
    """A file that was sent, or its text from the page before; the answers come along with it."""
    body = _sent(form)
    try:
        rubric = trying_rubrics.own_file(visit.desk, visit.actor, body)
    except RubricFaults as error:
        return _list(visit, body.decode("utf-8", "replace"), error)
    source = body.decode("utf-8")
    if not any(name == ".vraag" for name in form):
        return _preview(visit, rubric, rubric_preview.empty(rubric), HERE, source=source)
    return _preview(visit, rubric, rubric_preview.filled(rubric, pairs(form)), HERE, source=source)


@router.get(HERE + "/{code}/{versie}")
def questionnaire(visit: AnyVisit, code: str, versie: str, voorbeeld: str = "") -> Response:
    rubric, examples = trying_rubrics.one_rubric(visit.desk, visit.actor, code, versie)
    chosen = _example(examples, voorbeeld) if voorbeeld else None
    shown = rubric_preview.empty(rubric, chosen.answers if chosen else None)
    return _preview(visit, rubric, shown, _address(rubric), examples=examples, chosen=voorbeeld)


@router.post(HERE + "/{code}/{versie}")
def answered(visit: AnyVisit, form: Posted, code: str, versie: str) -> Response:
    rubric, examples = trying_rubrics.one_rubric(visit.desk, visit.actor, code, versie)
    return _preview(
        visit, rubric, rubric_preview.filled(rubric, pairs(form)), _address(rubric), examples=examples, chosen=""
    )


def _address(rubric: Rubric) -> str:
    return f"{HERE}/{rubric.ref.code}/{rubric.ref.version}"


def _example(examples: Sequence[Example], number: str) -> Example:
    found = dict(enumerate(examples, start=1)).get(int(number)) if number.isascii() and number.isdigit() else None
    if found is None:
        raise NotFound("Dit voorbeeld is er niet.")
    return found


def _sent(form: FormData) -> bytes:
    file = form.get("bestand")
    if isinstance(file, UploadFile) and file.filename:
        return file.file.read()
    return text(form, "bron").encode("utf-8", "replace")


def _words(fault: Fault) -> str:
    """Where in the author's own text it stands; a fault in what it extends, or in the whole, says so itself."""
    if fault.file != trying_rubrics.OWN_FILE:
        return str(fault)
    question = f", vraag {fault.question}" if fault.question else ""
    return f"Regel {fault.line}{question}: {fault.message}"


def _list(visit: Visit, source: str, faults: RubricFaults | None) -> Response:
    names = short_names(visit)
    lines = [
        {
            "href": _address(rubric),
            "title": rubric.title,
            "name": f"{rubric.ref.code} {rubric.ref.version}",
            "agencies": [names.get(agency, agency) for agency in rubric.agencies],
            "short": rubric.short,
            "questions": len(rubric.questions),
            "examples": len(examples),
        }
        for rubric, examples in trying_rubrics.every_rubric(visit.desk, visit.actor)
    ]
    found = [FieldError(message=_words(fault), anchor="veld-bron") for fault in (faults.faults if faults else ())]
    return visit.render(
        "admin/rubrics.html",
        page_title="Vragenlijsten",
        status=400 if faults else 200,
        errors=found,
        lines=lines,
        source=source,
        wrong=faults is not None,
    )


def _preview(visit: Visit, rubric: Rubric, shown: Preview, action: str, **more: Any) -> Response:
    problems = [
        FieldError(message=f"{row.label} {wrong}", anchor=f"veld-{row.code}{where}")
        for section in shown.sections
        for row in section.rows
        for wrong, where in ((row.error, ""), (row.explanation_error, "-toelichting"))
        if wrong
    ]
    context = {"source": None, "examples": (), "chosen": ""} | more
    return visit.render(
        "admin/rubric.html",
        page_title=f"Vragenlijst {rubric.ref.code} {rubric.ref.version}",
        status=400 if problems else 200,
        errors=problems,
        rubric=rubric,
        preview=shown,
        action=action,
        **context,
    )
