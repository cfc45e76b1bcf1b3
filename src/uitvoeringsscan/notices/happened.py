"""One event with everything around it that decides who is told: a value, so that the rules can be tried without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from uitvoeringsscan.assessments.assessment import Assessment
from uitvoeringsscan.assessments.comments import Comment
from uitvoeringsscan.assessments.tasks import Task
from uitvoeringsscan.identifiers import AgencyCode, Principal, ScanId
from uitvoeringsscan.people.people import Person
from uitvoeringsscan.scans.scan import Scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """
    event      the name of the event's class; `details` is what it says
    principal  who did it: they are not told
    submitted  whether the scan left its submitter's desk: of a draft nobody is told anything
    files      every agency's file in the scan; tasks and comments those of the file the event is about
    sections   question -> section, of the questionnaire of that file
    """

    event: str
    at: datetime
    principal: Principal
    details: Mapping[str, object] = field(default_factory=dict)
    scan: Scan | None = None
    submitted: bool = True
    files: Sequence[Assessment] = ()
    people: Sequence[Person] = ()
    tasks: Sequence[Task] = ()
    comments: Sequence[Comment] = ()
    sections: Mapping[str, str] = field(default_factory=dict)

    @property
    def scan_id(self) -> ScanId | None:
        return self.scan.id if self.scan else None

    @property
    def agency(self) -> AgencyCode | None:
        """Whom it is about."""
        code = self.details.get("agency")
        return AgencyCode(code) if isinstance(code, str) else None

    def file(self, agency: AgencyCode | None) -> Assessment | None:
        return next((file for file in self.files if file.agency == agency), None)
