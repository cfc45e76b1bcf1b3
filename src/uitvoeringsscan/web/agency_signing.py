"""The agency's signatures: the quick ways out, checking all answers, handing in, approving, sending back.

Every form comes back with all that was typed when it cannot be carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Response
from starlette.datastructures import FormData

from uitvoeringsscan.errors import InvalidInput, Problem, Stale, WrongState
from uitvoeringsscan.presentation import questionnaire_check as view
from uitvoeringsscan.presentation.questionnaire_beside import beside
from uitvoeringsscan.presentation.questionnaire_changes import changes_view
from uitvoeringsscan.scoring.rules import score
from uitvoeringsscan.use_cases import answering, collaborating, history, reusing, versions
from uitvoeringsscan.web.agency_case import Case, Sent, kept, open_case, trusted
from uitvoeringsscan.web.visit import AnyVisit, Visit, errors_by_field, field_errors, go_to, seen, text

router = APIRouter()

EXPIRED = "Dit formulier hoorde bij een eerdere sessie. Wat u typte, staat er nog. Kijk het na en druk nog een keer op de knop."
CHANGED = "Intussen heeft iemand anders in deze uitvraag gewerkt. Kijk na wat er nu staat, en druk dan nog een keer op de knop."

# The quick ways out


@router.get("/uitvragen/{identifier}/geen-gevolgen")
def no_impact_form(visit: AnyVisit, identifier: str) -> Response:
    return _exit(visit, open_case(visit, identifier), "geen-gevolgen", None)


@router.post("/uitvragen/{identifier}/geen-gevolgen")
def no_impact(visit: AnyVisit, identifier: str, form: Sent) -> Response:
    def act(visit: Visit) -> object:
        return answering.hand_in_no_impact(visit.desk, visit.actor, identifier, seen(form), text(form, "toelichting"))

    return _posted_exit(visit, identifier, form, "geen-gevolgen", act)


@router.get("/uitvragen/{identifier}/niet-voor-ons")
def not_ours_form(visit: AnyVisit, identifier: str) -> Response:
    return _exit(visit, open_case(visit, identifier), "niet-voor-ons", None)


@router.post("/uitvragen/{identifier}/niet-voor-ons")
def not_ours(visit: AnyVisit, identifier: str, form: Sent) -> Response:
    def act(visit: Visit) -> object:
        reason, instead = text(form, "toelichting"), text(form, "vraagAan").strip() or None
        return answering.hand_in_not_ours(visit.desk, visit.actor, identifier, seen(form), reason, instead)

    return _posted_exit(visit, identifier, form, "niet-voor-ons", act)


def _posted_exit(visit: Visit, identifier: str, form: FormData, which: str, act: Callable[[Visit], object]) -> Response:
    if visit.person is None:
        return kept(visit, form, f"/uitvragen/{identifier}")
    if not trusted(visit, form):
        return _exit(visit, open_case(visit, identifier), which, form, notice=EXPIRED)
    try:
        act(visit)
    except InvalidInput as error:
        return _exit(visit, open_case(visit, identifier), which, form, problems=error.problems)
    except Stale:
        return _exit(visit, open_case(visit, identifier), which, form, notice=CHANGED, status=409)
    return go_to(f"/uitvragen/{identifier}")


_EXITS = {"geen-gevolgen": "Geen gevolgen voor ons werk", "niet-voor-ons": "Niet voor onze organisatie"}


def _exit(
    visit: Visit,
    case: Case,
    which: str,
    form: FormData | None,
    *,
    problems: Sequence[Problem] = (),
    notice: str | None = None,
    status: int = 200,
) -> Response:
    if not case.may_answer:
        raise WrongState("Indienen kan nu niet: deze uitvraag is niet open voor u.")
    agencies = sorted(
        (a for a in visit.desk.register.agencies if a.code != case.file.agency), key=lambda a: a.name.casefold()
    )
    return visit.render(
        "agency/exit.html",
        page_title=_EXITS[which],
        status=400 if problems else status,
        errors=field_errors(problems),
        wrong=errors_by_field(problems),
        case=case,
        which=which,
        notice=notice,
        reason=text(form, "toelichting") if form is not None else "",
        instead=text(form, "vraagAan") if form is not None else "",
        agencies=[{"value": agency.code, "label": agency.name} for agency in agencies],
        begun=bool(case.file.answers.values),
    )


# Checking and signing


@router.get("/uitvragen/{identifier}/nakijken")
def check(visit: AnyVisit, identifier: str) -> Response:
    return _check(visit, open_case(visit, identifier))


@router.post("/uitvragen/{identifier}/indienen")
def hand_in(visit: AnyVisit, identifier: str, form: Sent) -> Response:
    return _sign(visit, identifier, form, lambda v: answering.hand_in(v.desk, v.actor, identifier, seen(form)))


@router.post("/uitvragen/{identifier}/ongewijzigd")
def confirm_unchanged(visit: AnyVisit, identifier: str, form: Sent) -> Response:
    """Hand in what came along from the version that this amendment replaces, as it is."""
    return _sign(
        visit, identifier, form, lambda v: answering.confirm_unchanged(v.desk, v.actor, identifier, seen(form))
    )


@router.post("/uitvragen/{identifier}/vaststellen")
def approve(visit: AnyVisit, identifier: str, form: Sent) -> Response:
    return _sign(visit, identifier, form, lambda v: answering.approve(v.desk, v.actor, identifier, seen(form)))


@router.post("/uitvragen/{identifier}/terugzenden")
def send_back(visit: AnyVisit, identifier: str, form: Sent) -> Response:
    remarks, beside = text(form, "toelichting"), _question_remarks(form)
    return _sign(
        visit, identifier, form, lambda v: answering.send_back(v.desk, v.actor, identifier, seen(form), remarks, beside)
    )


def _sign(visit: Visit, identifier: str, form: FormData, act: Callable[[Visit], object]) -> Response:
    """Put a signature; when that fails, the same page again with what was typed and what is wrong."""
    typed: dict[str, Any] = {"remarks": text(form, "toelichting"), "question_remarks": _question_remarks(form)}
    if visit.person is None:
        return kept(visit, form, f"/uitvragen/{identifier}/nakijken")
    if not trusted(visit, form):
        return _check(visit, open_case(visit, identifier), **typed, notice=EXPIRED)
    try:
        act(visit)
    except InvalidInput as error:
        return _check(visit, open_case(visit, identifier), **typed, problems=error.problems)
    except Stale:
        return _check(visit, open_case(visit, identifier), **typed, notice=CHANGED, status=409)
    return go_to(f"/uitvragen/{identifier}")


def _question_remarks(form: FormData) -> dict[str, str]:
    """The remarks on single questions that say something."""
    named = {name.removeprefix("opmerkingen."): text(form, name) for name in form if name.startswith("opmerkingen.")}
    return {code: words for code, words in named.items() if words.strip()}


def _check(
    visit: Visit,
    case: Case,
    *,
    remarks: str = "",
    question_remarks: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
    notice: str | None = None,
    status: int = 200,
) -> Response:
    rubric, draft = case.rubric, case.file.answers
    counts = case.answers_count
    outcome = score(rubric, case.answers) if counts else None
    missing = view.missing(rubric, draft, case.base) if counts else []
    heading = _check_title(case)
    groups = view.answer_groups(rubric, draft, case.base if case.may_answer else None) if counts else []
    around = collaborating.around_if_ours(visit.desk, visit.actor, case.file.id)
    taken = reusing.earlier_answers(visit.desk, visit.actor, case.file.id).taken if case.file.copied else {}
    # Once it is settled, or the scan is over, there is nothing left to sign: then all answers are simply read.
    signing = case.alive and not case.file.settled
    before = versions.said_before(visit.desk, visit.actor, case.file.id) if signing else None
    return visit.render(
        "agency/check.html",
        page_title=f"Fout: {heading}" if problems else heading,
        status=400 if problems else status,
        heading=heading,
        case=case,
        groups=groups,
        changes=changes_view(before, case.said, groups, history.changers(visit.desk, visit.actor, case.file.id))
        if before
        else None,
        beside=beside(rubric, case.file, comments=around.comments, taken=taken),
        copies=[row for group in groups for row in group.rows if row.code in case.file.copied],
        open_comments=around.open_comments,
        ours=bool(around.colleagues),
        missing=missing,
        problems=_problem_links(case, problems),
        wrong=errors_by_field(problems),
        levels=view.level_lines(outcome) if outcome else [],
        verdict=outcome.verdict if outcome else None,
        # What contradicts a question that nobody has come to yet, is no contradiction.
        warnings=view.warning_lines(rubric, outcome) if outcome and not missing else [],
        remarks=remarks,
        question_remarks=question_remarks or {},
        notice=notice,
    )


def _check_title(case: Case) -> str:
    """What there is to do on this page, for this visitor."""
    if case.may_answer:
        return "Kijk uw antwoorden na en dien ze in"
    if case.may_approve:
        return "Kijk de antwoorden na en stel ze vast"
    return "Lees de antwoorden na"


def _problem_links(case: Case, problems: Sequence[Problem]) -> list[view.Link]:
    return [
        view.Link(
            message=problem.message,
            href=_field(problem.field)
            if problem.field
            else view.question_href(case.rubric, problem.question, case.base),
        )
        for problem in problems
        if problem.code != "verplicht" or problem.field
    ]


def _field(name: str) -> str:
    return f"#veld-{name.replace('.', '-')}"
