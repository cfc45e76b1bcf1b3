"""Answers that come along to the file of a changed amendment: as a draft for people to judge, never as an answer given."""

from __future__ import annotations

from dataclasses import replace

from uitvoeringsscan.assessments.answers import Answers, implied_outcome, only_visible, read_answers
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, Outcome, RawAnswers, Signature
from uitvoeringsscan.assessments.assessment import hand_in_without_answers as quick_way_out
from uitvoeringsscan.errors import InvalidInput, WrongState
from uitvoeringsscan.rubrics.model import Rubric


def carried(older: Assessment, older_rubric: Rubric, rubric: Rubric) -> RawAnswers | None:
    """The draft that `older` gives a new file with `rubric`; None when nothing can come along.

    Only what stands approved comes along, and only into the same questionnaire or another version of it. In another
    version what is no longer asked, or can no longer be read, is left out. A quick way out comes along as an empty
    draft: `confirmed` repeats it.
    """
    if older.state is not AssessmentState.APPROVED or older.rubric.code != rubric.ref.code:
        return None
    if not _by_answers(older, older_rubric):
        return RawAnswers()
    return older.answers if older.rubric == rubric.ref else _readable(rubric, older.answers)


def take_over(file: Assessment, older: Assessment, draft: RawAnswers) -> Assessment:
    """A fresh file with the draft in it, and where it came from, as a whole and answer by answer."""
    return replace(file, answers=draft, origin=older.scan, copied=dict.fromkeys(draft.values, older.scan))


def confirmed(
    file: Assessment, older: Assessment, older_rubric: Rubric, rubric: Rubric, by: Signature
) -> Assessment | None:
    """Hand in "unchanged" where the earlier one was a quick way out; None where the draft itself is to be handed in.

    Raises WrongState when nothing was taken over, or when it is no longer what was taken over.
    """
    if file.origin is None:
        raise WrongState("Bevestigen kan alleen als er antwoorden zijn overgenomen van een eerdere versie.")
    if file.answers != carried(older, older_rubric, rubric):
        raise WrongState("Er is intussen iets veranderd aan de overgenomen antwoorden. Dien ze in zoals gewoonlijk.")
    if _by_answers(older, older_rubric) or older.outcome is None:
        return None
    return quick_way_out(file, older.outcome, older.reason, by, ask_instead=older.ask_instead)


def _by_answers(older: Assessment, rubric: Rubric) -> bool:
    """Whether the outcome follows from the answers; otherwise they are a draft that a quick way out left behind."""
    if older.outcome is Outcome.ANSWERED:
        return True
    return implied_outcome(rubric, Answers(values=older.answers.values)) is older.outcome


def _readable(rubric: Rubric, answers: RawAnswers) -> RawAnswers:
    values = {code: value for code, value in answers.values.items() if code in rubric.by_code}
    explanations = {code: text for code, text in answers.explanations.items() if code in rubric.by_code}
    while True:
        values, explanations = only_visible(rubric, values, explanations)
        try:
            read_answers(rubric, values, explanations, complete=False)
        except InvalidInput as error:
            for problem in error.problems:
                values.pop(problem.question or "", None)
                explanations.pop((problem.field or "").removeprefix("toelichtingen."), None)
        else:
            return RawAnswers(values=values, explanations=explanations)
