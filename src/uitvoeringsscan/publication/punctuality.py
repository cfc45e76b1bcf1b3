"""How punctual each agency is, counted from published documents alone: anybody can count it again, and nothing that is
confidential can be in it.

The rules, the same for everybody:

  1. One request counts once: the first publication of each scan, with the deadline and the answer as they stand in it.
  2. In time: approved at or before the deadline that was given, or no deadline was given. Late: approved after it.
     Silent: the round was closed without an approved answer. "Geen gevolgen" and "niet van toepassing" are answers.
  3. How long: from the question to the approval, in hours by the clock; the median, from FEWEST answers on. Below that a
     middle says nothing, and only the counts are given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

FEWEST = 5
"""From this many answers on there is a median."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One agency that was asked about one amendment. `approved_at` is None when it was silent."""

    agency: str
    name: str
    short_name: str
    asked_at: datetime
    respond_by: datetime | None
    approved_at: datetime | None

    @property
    def late(self) -> bool:
        return self.approved_at is not None and self.respond_by is not None and self.approved_at > self.respond_by

    @property
    def hours(self) -> float | None:
        return None if self.approved_at is None else (self.approved_at - self.asked_at).total_seconds() / 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Punctuality:
    """first, last: when the first and the last of these requests were sent."""

    agency: str
    name: str
    short_name: str
    asked: int
    in_time: int
    late: int
    silent: int
    median_hours: float | None
    first: datetime
    last: datetime


def requests(documents: Iterable[bytes]) -> list[Request]:
    """Every request in sealed documents of first publications, in the order given; other versions are left out."""
    found: list[Request] = []
    for document in documents:
        content: dict[str, Any] = json.loads(document)
        if content["versie"] != 1:
            continue
        found.extend(
            Request(
                agency=part["code"],
                name=part["naam"],
                short_name=part["korteNaam"],
                asked_at=_moment(part["gevraagdOp"]),
                respond_by=_moment(part["reactieVoor"]) if part["reactieVoor"] else None,
                approved_at=_moment(part["vastgesteldOp"]) if part["vastgesteldOp"] else None,
            )
            for part in content["organisaties"]
        )
    return found


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def years(every: Iterable[Request]) -> tuple[int, ...]:
    """The calendar years (UTC) in which something was asked, the last first."""
    return tuple(sorted({request.asked_at.year for request in every}, reverse=True))


def punctuality(every: Iterable[Request], year: int | None = None) -> tuple[Punctuality, ...]:
    """By name of the agency; `year` counts only what was asked in it."""
    grouped: dict[str, list[Request]] = {}
    for request in every:
        if year is None or request.asked_at.year == year:
            grouped.setdefault(request.agency, []).append(request)
    found = [_of(group) for group in grouped.values()]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.agency)))


def _of(group: list[Request]) -> Punctuality:
    newest = max(group, key=lambda request: request.asked_at)
    hours = [request.hours for request in group if request.hours is not None]
    late = sum(request.late for request in group)
    silent = len(group) - len(hours)
    return Punctuality(
        agency=newest.agency,
        name=newest.name,
        short_name=newest.short_name,
        asked=len(group),
        in_time=len(hours) - late,
        late=late,
        silent=silent,
        median_hours=round(median(hours), 1) if len(hours) >= FEWEST else None,
        first=min(request.asked_at for request in group),
        last=newest.asked_at,
    )
