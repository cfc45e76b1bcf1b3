"""A section, or the whole file, on the desk of one colleague. It is a note, not a lock: everybody can still answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.assessments.assessment import Signature
from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.identifiers import AgencyCode, PersonId, ScanId
from uitvoeringsscan.people.people import AGENCY_ROLES, Person
from uitvoeringsscan.rubrics.model import Rubric

MAX_LINE = 300
"""Characters of the one line that goes with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """`section` is None for the whole file; `line` is what is asked of the colleague, empty when nothing was said."""

    scan: ScanId
    agency: AgencyCode
    section: str | None
    person: PersonId
    name: str
    line: str
    by: Signature


def colleagues(people: Sequence[Person], agency: AgencyCode) -> list[Person]:
    """Whom something can be given to, by name."""
    return [one for one in people if one.active and one.agency == agency and one.roles & AGENCY_ROLES]


def check_task(rubric: Rubric, section: str | None, line: str) -> str:
    """The line as it is kept: one line. Raises InvalidInput."""
    words = " ".join(line.split())
    problems = list(text_problems("vraag", words, MAX_LINE))
    if section is not None and all(part.code != section for part in rubric.sections):
        message = "Dit onderdeel staat niet in de vragenlijst."
        problems.append(Problem(code="onbekend-onderdeel", field="onderdeel", message=message))
    if problems:
        raise InvalidInput(problems)
    return words
