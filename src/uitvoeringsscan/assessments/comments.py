"""What colleagues write to each other beside an answer. It stays within the agency: nothing of it is ever published."""

from __future__ import annotations

from dataclasses import dataclass, replace

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.assessments.assessment import Signature
from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.identifiers import AgencyCode, ScanId

MAX_COMMENT = 2000
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """`number` counts from 1 within the file; `resolved` is who closed it, None while it is open."""

    scan: ScanId
    agency: AgencyCode
    number: int
    question: str
    text: str
    by: Signature
    resolved: Signature | None = None

    @property
    def open(self) -> bool:
        return self.resolved is None


def checked_comment(text: str) -> str:
    """The words to keep: stripped, not empty, not too long. Raises InvalidInput at the field `opmerking`."""
    words = text.strip()
    problems = list(text_problems("opmerking", words, MAX_COMMENT))
    if not words:
        problems.append(Problem(code="verplicht", field="opmerking", message="Schrijf eerst uw opmerking op."))
    if problems:
        raise InvalidInput(problems)
    return words


def resolve(comment: Comment, by: Signature) -> Comment:
    """Close it; who closed it first, stays on it."""
    return comment if comment.resolved else replace(comment, resolved=by)


def open_again(comment: Comment) -> Comment:
    return replace(comment, resolved=None)
