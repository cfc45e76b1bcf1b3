"""Values stored as JSON text. Each says `"schema": n`; an older one is upgraded on reading, one function per step."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from uitvoeringsscan.amendments.amendment import Amendment, ParsedAmendment
from uitvoeringsscan.amendments.intended import Intended
from uitvoeringsscan.assessments.assessment import RawAnswers, Signature, SignedBefore
from uitvoeringsscan.assessments.look_back import Came
from uitvoeringsscan.parliament.records import Case
from uitvoeringsscan.routing.routing import Routing
from uitvoeringsscan.scans.reaction import Reaction
from uitvoeringsscan.scans.scan import RoutingDecision
from uitvoeringsscan.scoring.score import AgencyScore

T = TypeVar("T")
Upgrade = Callable[[Any], Any]


class Document(Generic[T]):
    """How one kind of value is written and read back. `upgrades[n]` makes schema n+1 of schema n."""

    def __init__(self, kind: Any, *, upgrades: Mapping[int, Upgrade] | None = None) -> None:
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)
        self._upgrades = dict(upgrades or {})
        self.schema = len(self._upgrades) + 1

    def dump(self, value: T) -> str:
        body = self._adapter.dump_json(value).decode()
        return f'{{"schema":{self.schema},"value":{body}}}'

    def load(self, text: str) -> T:
        stored = json.loads(text)
        schema, value = stored["schema"], stored["value"]
        if not 1 <= schema <= self.schema:
            raise ValueError(f"stored with schema {schema}; this version knows 1 to {self.schema}")
        for step in range(schema, self.schema):
            value = self._upgrades[step](value)
        return self._adapter.validate_python(value)

    def dump_optional(self, value: T | None) -> str | None:
        return None if value is None else self.dump(value)

    def load_optional(self, text: str | None) -> T | None:
        return None if text is None else self.load(text)


AMENDMENT: Document[Amendment] = Document(Amendment)
PARSED: Document[ParsedAmendment] = Document(ParsedAmendment)
ROUTING: Document[Routing] = Document(Routing)
DECISION: Document[RoutingDecision] = Document(RoutingDecision)
ANSWERS: Document[RawAnswers] = Document(RawAnswers)
INTENDED: Document[Intended] = Document(Intended)
REACTION: Document[Reaction] = Document(Reaction)
CAME: Document[Came] = Document(Came)
CASE: Document[Case] = Document(Case)
SIGNATURE: Document[Signature] = Document(Signature)
SIGNED_BEFORE: Document[SignedBefore] = Document(SignedBefore)
BY_QUESTION: Document[Mapping[str, str]] = Document(dict[str, str])
SCORE: Document[AgencyScore] = Document(AgencyScore)
