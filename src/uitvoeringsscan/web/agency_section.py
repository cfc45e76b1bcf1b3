"""The questions of one section: every press of a button keeps what is right, and shows what is not beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Response
from starlette.datastructures import FormData

from uitvoeringsscan.assessments.assessment import AssessmentState
from uitvoeringsscan.errors import InvalidInput, NotFound, Stale, WrongState
from uitvoeringsscan.presentation import questionnaire_view as view
from uitvoeringsscan.presentation.difference_view import text_view
from uitvoeringsscan.presentation.intended_words import intended_words
from uitvoeringsscan.presentation.questionnaire_beside import beside
from uitvoeringsscan.presentation.questionnaire_reading import reading
from uitvoeringsscan.presentation.questionnaire_sheet import Merged, Sheet, merge, read_sheet, words
from uitvoeringsscan.rubrics.model import Section
from uitvoeringsscan.scoring.score import Dimension
from uitvoeringsscan.use_cases import (
    answering,
    bill_tests,
    bills,
    collaborating,
    intending,
    reusing,
    unit_costs,
    versions,
)
from uitvoeringsscan.web.agency_case import Case, Sent, kept, open_case, pairs, trusted
from uitvoeringsscan.web.visit import AnyVisit, FieldError, Visit, go_to

router = APIRouter()

AGAIN = "U bent weer ingelogd. Alles wat u typte, staat hieronder. Kijk het na en druk op een van de knoppen om het te bewaren."
COPIED = "Overgenomen en bewaard. Pas het antwoord aan waar nodig, of bevestig dat het ook voor dit amendement klopt."
TRIES = 4
"""So often a save is laid over what a colleague stored in the same moment, before we ask to try again."""


@router.get("/uitvragen/{identifier}/onderdeel/{code}")
def section(visit: AnyVisit, identifier: str, code: str, nieuw: str = "", overgenomen: str = "") -> Response:
    case = open_case(visit, identifier)
    part = section_of(case, code)
    _must_be_open(case)
    return _page(visit, case, part, fresh=bool(nieuw), notice=COPIED if overgenomen else None)


@router.post("/uitvragen/{identifier}/onderdeel/{code}")
def save(visit: AnyVisit, identifier: str, code: str, form: Sent) -> Response:
    if visit.person is None:
        return kept(visit, form, f"/uitvragen/{identifier}/onderdeel/{code}")
    case = open_case(visit, identifier)
    part = section_of(case, code)
    sheet = read_sheet(part, pairs(form))
    if not trusted(visit, form):
        _must_be_open(case)
        return _page(visit, case, part, sheet=sheet, notice=AGAIN)
    try:
        case, merged = lay_over(visit, identifier, case, part, sheet)
    except WrongState as error:
        return _too_late(visit, case, part, sheet, error)
    comment = _comment(visit, identifier, sheet)
    case, copied, notice = _take_over(visit, identifier, case, sheet)
    if not merged.clean or comment:
        kept_sheet = None if merged.clean else sheet
        return _page(visit, case, part, sheet=kept_sheet, merged=merged, comment=comment, notice=notice)
    if merged.dropped or notice:
        return _page(visit, case, part, merged=merged, notice=notice)
    if copied:
        return go_to(f"{case.base}/onderdeel/{part.code}?overgenomen=ja#veld-{copied[0]}")
    return go_to(_onward(case, part, merged, form))


@dataclass(frozen=True, slots=True)
class Typed:
    """A comment for colleagues as it was typed on the page, and why it could not be placed."""

    question: str
    words: str
    problem: str | None = None


def _typed_comment(sheet: Sheet) -> Typed:
    question = "".join(sheet.fields.get(".opmerking-bij", ())[:1])
    return Typed(question=question, words="\n".join(sheet.fields.get(".opmerking", ())))


def _comment(visit: Visit, identifier: str, sheet: Sheet) -> Typed | None:
    """Place the comment that was typed, if any; gives it back when it cannot be placed."""
    typed = _typed_comment(sheet)
    if not typed.words.strip():
        return None
    try:
        collaborating.comment(visit.desk, visit.actor, identifier, typed.question, typed.words)
    except InvalidInput as error:
        return replace(typed, problem=error.problems[0].message)
    return None


GONE = "Een eerder antwoord was er niet meer om over te nemen. Kijk na wat er nu staat."


def _take_over(visit: Visit, identifier: str, case: Case, sheet: Sheet) -> tuple[Case, list[str], str | None]:
    """Copy the earlier answers that were ticked, and note which copies were confirmed."""
    ticked = (value.partition(":") for value in sheet.fields.get(".overnemen", ()))
    wanted = {code: scan for code, _, scan in ticked if code in sheet.asked}
    for _ in range(TRIES):
        held = [code for code in dict.fromkeys(sheet.fields.get(".bevestig", ())) if code in case.file.copied]
        try:
            if held or wanted:
                reusing.take_over(visit.desk, visit.actor, identifier, case.file.version, wanted, held)
                case = open_case(visit, identifier)
        except Stale:
            case = open_case(visit, identifier)
        except InvalidInput:
            return case, [], GONE
        else:
            return case, list(wanted), None
    raise Stale


def lay_over(visit: Visit, identifier: str, case: Case, part: Section, sheet: Sheet) -> tuple[Case, Merged]:
    """Lay the form over what is stored now, and store it; again when somebody was in between."""
    for _ in range(TRIES):
        merged = merge(case.rubric, part, sheet, case.file.answers)
        if merged.draft == case.file.answers and case.may_answer:
            return case, merged
        try:
            draft = merged.draft
            answering.save_answers(
                visit.desk, visit.actor, identifier, case.file.version, draft.values, draft.explanations
            )
            return open_case(visit, identifier), merged
        except Stale:
            case = open_case(visit, identifier)
    raise Stale


def _onward(case: Case, part: Section, merged: Merged, form: FormData) -> str:
    if form.get(".naar") == "overzicht":
        return case.base
    if merged.fresh:
        return f"{case.base}/onderdeel/{part.code}?nieuw=ja#veld-{merged.fresh[0]}"
    following = view.next_section(view.section_lines(case.rubric, case.file.answers, case.base), part.code)
    return following.href if following and following.href else f"{case.base}/nakijken"


def _page(
    visit: Visit,
    case: Case,
    part: Section,
    *,
    sheet: Sheet | None = None,
    merged: Merged | None = None,
    comment: Typed | None = None,
    notice: str | None = None,
    fresh: bool = False,
) -> Response:
    rows = view.question_rows(case.rubric, part, case.file.answers, sheet, merged)
    lines = view.section_lines(case.rubric, case.file.answers, case.base, part.code)
    current = next((line for line in lines if line.code == part.code), None)
    if current is None or current.href is None:
        raise NotFound("Dit onderdeel geldt niet bij uw antwoorden. Ga naar het overzicht van de uitvraag.")
    if sheet is not None and merged is None:  # nothing was stored yet
        comment = _typed_comment(sheet)
    earlier = reusing.earlier_answers(visit.desk, visit.actor, case.file.id)
    before = versions.earlier_version(visit.desk, visit.actor, case.file.id)
    clashing = merged is not None and bool(merged.clashes)
    return visit.render(
        "agency/section.html",
        page_title=part.title,
        status=409
        if clashing
        else 400
        if (comment and comment.problem) or (merged is not None and not merged.clean)
        else 200,
        errors=_errors(rows, comment),
        beside=beside(
            case.rubric,
            case.file,
            comments=collaborating.around_if_ours(visit.desk, visit.actor, case.file.id).comments,
            offers=earlier.offers,
            taken=earlier.taken,
            costs=unit_costs.standing(visit.desk, visit.actor),
        ),
        comment=comment or Typed("", ""),
        comment_choices=[{"value": row.code, "label": row.label} for row in rows],
        test=bill_tests.of_file(visit.desk, visit.actor, case.file.id),
        reading=reading(case.scan, case.marks, bills.read_bill_of(visit.desk, case.scan)),
        before=before,
        difference=text_view(before.difference) if before else None,
        intended=intended_words(intending.of_scan(visit.desk, case.scan)),
        about_time=any(question.dimension is Dimension.TIMELINE for question in part.questions),
        case=case,
        section=part,
        rows=rows,
        sections=lines,
        number=current.number,
        progress=view.progress(lines),
        grows=view.grows(case.rubric, part),
        last=view.next_section(lines, part.code) is None,
        dropped=merged.dropped if merged is not None else (),
        fresh=fresh or bool(merged and merged.fresh),
        notice=notice,
    )


def _errors(rows: Sequence[view.QuestionRow], comment: Typed | None) -> list[FieldError]:
    """The error summary, in the order of the page."""
    found = []
    for row in rows:
        if row.clash:
            message = f"Een collega gaf intussen een ander antwoord. Kies welk antwoord blijft: {row.label}"
            found.append(FieldError(message=message, anchor=f"veld-{row.code}-kies"))
        if row.error:
            found.append(FieldError(message=f"{row.label} {row.error}", anchor=f"veld-{row.code}"))
        if row.explanation_error:
            message = f"Toelichting bij: {row.label} {row.explanation_error}"
            found.append(FieldError(message=message, anchor=f"veld-{row.code}-toelichting"))
    if comment and comment.problem:
        found.append(FieldError(message=f"Opmerking voor collega’s: {comment.problem}", anchor="veld-opmerking"))
    return found


def _too_late(visit: Visit, case: Case, part: Section, sheet: Sheet, error: WrongState) -> Response:
    """The file was handed in or closed meanwhile: it cannot be stored any more, but nobody's words are thrown away."""
    return visit.render(
        "agency/too_late.html",
        page_title="Uw antwoorden zijn niet bewaard",
        status=409,
        case=case,
        message=error.message,
        typed=words(part, sheet),
    )


def section_of(case: Case, code: str) -> Section:
    part = next((section for section in case.rubric.sections if section.code == code), None)
    if part is None:
        raise NotFound("Dit onderdeel staat niet in de vragenlijst.")
    return part


def _must_be_open(case: Case) -> None:
    if not case.may_answer:
        raise WrongState(
            "Deze uitvraag is niet open om te beantwoorden. U kunt de antwoorden nog lezen."
            if case.file.state is not AssessmentState.OPEN
            else "U kunt deze uitvraag lezen, maar niet beantwoorden."
        )
