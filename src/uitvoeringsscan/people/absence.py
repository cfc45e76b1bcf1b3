"""Who is away, and who is asked instead. Days are calendar days in the Netherlands, the first and the last included."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from uitvoeringsscan.identifiers import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """`deputy` is a colleague who is reminded instead; None where nobody was named."""

    person: PersonId
    first: date
    last: date
    deputy: PersonId | None

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def instead(people: Collection[PersonId], absences: Mapping[PersonId, Absence], day: date) -> tuple[PersonId, ...]:
    """These people, with a deputy in the place of whoever is away; away without anybody to ask: left out.

    A deputy who is away too is followed on to theirs, and never round in a circle.
    """
    found: dict[PersonId, None] = {}
    for person in people:
        seen: set[PersonId] = set()
        at: PersonId | None = person
        while at is not None and at not in seen and (away := absences.get(at)) is not None and away.covers(day):
            seen.add(at)
            at = away.deputy
        if at is not None and at not in seen:
            found[at] = None
    return tuple(found)
