"""The journal, searched by the coordinator."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from uitvoeringsscan.errors import Problem
from uitvoeringsscan.identifiers import is_code, is_scan_id
from uitvoeringsscan.people.people import address
from uitvoeringsscan.presentation.labels import EVENTS
from uitvoeringsscan.scans.deadlines import plausible
from uitvoeringsscan.use_cases import journal
from uitvoeringsscan.use_cases.ports import JournalFilter
from uitvoeringsscan.use_cases.reading import PARLIAMENT
from uitvoeringsscan.web.typed import read_day
from uitvoeringsscan.web.visit import AnyVisit, errors_by_field, field_errors

router = APIRouter()

PAGE = "/coordinatie/journaal"
Word = Annotated[str, Query(max_length=300)]


@router.get(PAGE)
def search(
    visit: AnyVisit,
    scan: Word = "",
    agency: Annotated[str, Query(alias="organisatie", max_length=64)] = "",
    who: Annotated[str, Query(alias="wie", max_length=300)] = "",
    event: Annotated[str, Query(alias="gebeurtenis", max_length=64)] = "",
    day: Annotated[str, Query(alias="dag", max_length=40)] = "",
    before: Annotated[int | None, Query(alias="voor", ge=1, le=2**31 - 1)] = None,
) -> Response:
    scan, who, day = scan.strip(), who.strip(), day.strip()
    typed = {"scan": scan, "organisatie": agency, "wie": who, "gebeurtenis": event, "dag": day}
    problems = []
    if scan and not is_scan_id(scan):
        problems.append(
            Problem(code="verkeerde-vorm", field="scan", message="Een scan heeft een nummer als 2026-4821.")
        )
    start = _start(day) if day else None
    if day and start is None:
        problems.append(Problem(code="ongeldige-datum", field="dag", message="Schrijf de dag zoals 8 december 2026."))
    wanted = JournalFilter(
        scan=scan if is_scan_id(scan) else None,
        agency=agency if is_code(agency) else None,
        principal=address(who.replace("\0", "")) or None,
        event=event if event in EVENTS else None,
        start=start,
        end=_start(day, 1) if start else None,
    )
    found, following = journal.search(visit.desk, visit.actor, wanted, before, limit=50)
    given = {name: value for name, value in typed.items() if value}
    lines = [
        {
            "sequence": line.sequence,
            "at": line.at,
            "name": line.name,
            "agency": line.agency,
            "words": EVENTS[line.event].label,
            "scan": line.scan,
            "request": line.request,
        }
        for line in found
    ]
    return visit.render(
        "coordinator/journal.html",
        page_title="Journaal",
        status=400 if problems else 200,
        errors=field_errors(problems),
        wrong={"scan": None, "dag": None, **errors_by_field(problems)},
        typed=typed,
        lines=lines,
        next=f"{PAGE}?{urlencode({**given, 'voor': following})}" if following else None,
        agency_options=[{"value": one.code, "label": one.name} for one in visit.desk.register.agencies],
        event_options=[{"value": name, "label": label.label} for name, label in EVENTS.items()],
    )


def _start(day: str, later: int = 0) -> datetime | None:
    """The first moment of a day in The Hague; None when it is none."""
    try:
        read = read_day(day)
    except ValueError:
        return None
    return datetime.combine(read + timedelta(days=later), time(), PARLIAMENT) if read and plausible(read) else None
