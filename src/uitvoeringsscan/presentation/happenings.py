""" "Wat is er gebeurd?" as lines of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from uitvoeringsscan.presentation import dutch, labels
from uitvoeringsscan.use_cases.history import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class HappeningLine:
    at: datetime
    words: str
    who: str


def happening_lines(
    happenings: Sequence[Happening], names: Mapping[str, str], *, questions: Mapping[str, str] | None = None
) -> list[HappeningLine]:
    """The newest first. `names` are agencies by code; `questions` the words of questions, where a page has them."""
    return [
        HappeningLine(at=one.at, words=_words(one, names, questions or {}), who=one.who) for one in reversed(happenings)
    ]


def _words(one: Happening, names: Mapping[str, str], questions: Mapping[str, str]) -> str:
    label = labels.EVENTS[one.event].label
    about = f" ({names.get(one.agency, one.agency)})" if one.agency else ""
    often = f", {one.times} keer" if one.times > 1 else ""
    more = _more(one.details, names, questions)
    return f"{label}{about}{often}{': ' + more if more else ''}"


def _more(details: Mapping[str, object], names: Mapping[str, str], questions: Mapping[str, str]) -> str:
    """What the event says beyond its name, as far as people want to read it."""
    moment = details.get("respond_by") or details.get("vote")
    if isinstance(moment, str):
        return dutch.long_moment(datetime.fromisoformat(moment))
    asked = details.get("newly_asked")
    if isinstance(asked, list) and asked:
        return dutch.listed(names.get(code, code) for code in asked)
    if isinstance(details.get("question"), str):
        return questions.get(str(details["question"]), "")
    if isinstance(details.get("to"), str):
        return f"aan {details['to']}"
    if isinstance(details.get("publication"), str):
        return str(details["publication"])
    if isinstance(details.get("result"), str):
        return labels.OUTCOMES[str(details["result"])].label.lower()
    outcome = details.get("outcome")
    if isinstance(outcome, str) and outcome in labels.ASSESSMENT_STATUSES:
        return labels.ASSESSMENT_STATUSES[outcome].label.lower()
    return ""
