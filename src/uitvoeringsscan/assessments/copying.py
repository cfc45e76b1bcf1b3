"""Answers from an agency's earlier files about the same law, offered question by question; never filled in by themselves.

What was copied is marked on the file with the scan it came from (`Assessment.copied`), until somebody changed or confirmed
it. Answers that come along from the version that an amendment replaces carry the same mark (`assessments.carrying`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from uitvoeringsscan.assessments.answers import only_visible, read_answers
from uitvoeringsscan.assessments.assessment import Assessment, RawAnswers, require_open
from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.identifiers import ScanId, is_code
from uitvoeringsscan.rubrics import kinds
from uitvoeringsscan.rubrics.conditions import visible
from uitvoeringsscan.rubrics.model import Question, Rubric
from uitvoeringsscan.rubrics.typed import Misread


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An earlier answer of the same agency to one question. `at` is when it was approved."""

    question: str
    answer: Any
    explanation: str | None
    scan: ScanId
    at: datetime


def offers(rubric: Rubric, file: Assessment, earlier: Iterable[Assessment]) -> dict[str, Offer]:
    """The newest earlier answer to each question that applies now, can still be read, and differs from what stands.

    earlier  approved files of the same agency with a questionnaire of the same code
    """
    current = read_answers(rubric, file.answers.values, file.answers.explanations, complete=False)
    shown = visible(rubric, current.values)
    found: dict[str, Offer] = {}
    for older in sorted(earlier, key=_approved_at, reverse=True):
        for code, raw in older.answers.values.items():
            if code not in shown or code in found or code in file.copied or not _readable(rubric.by_code[code], raw):
                continue
            said = older.answers.explanations.get(code)
            if (raw, said) != (file.answers.values.get(code), file.answers.explanations.get(code)):
                found[code] = Offer(
                    question=code, answer=raw, explanation=said, scan=older.scan, at=_approved_at(older)
                )
    return found


def copy(rubric: Rubric, file: Assessment, wanted: Iterable[Offer]) -> Assessment:
    """Put these answers in the draft, each marked with its source. What no longer applies by them, goes from the draft."""
    require_open(file)
    values, explanations = dict(file.answers.values), dict(file.answers.explanations)
    marks = dict(file.copied)
    for offer in wanted:
        values[offer.question] = offer.answer
        marks[offer.question] = offer.scan
        explanations.pop(offer.question, None)
        if offer.explanation:
            explanations[offer.question] = offer.explanation
    values, explanations = only_visible(rubric, values, explanations)
    read_answers(rubric, values, explanations, complete=False)
    kept = {code: scan for code, scan in marks.items() if code in values}
    return replace(file, answers=RawAnswers(values=values, explanations=explanations), copied=kept)


def confirm(file: Assessment, codes: Iterable[str]) -> Assessment:
    """Somebody looked at these copied answers and says they hold here too."""
    require_open(file)
    given = set(codes)
    strange = sorted(given - set(file.copied))
    if strange:
        message = "Dit antwoord is niet overgenomen, of het is al gewijzigd of bevestigd."
        raise InvalidInput(
            [Problem(code="niet-overgenomen", question=_shown(code), message=message) for code in strange]
        )
    return replace(file, copied={code: scan for code, scan in file.copied.items() if code not in given})


def _shown(code: str) -> str:
    return code if is_code(code) else ascii(code[:64])


def _readable(question: Question, raw: Any) -> bool:
    try:
        return kinds.read(question, raw) is not None
    except Misread:
        return False


def _approved_at(file: Assessment) -> datetime:
    if file.approved is None:
        raise ValueError(f"file {file.id} is not approved")
    return file.approved.at
