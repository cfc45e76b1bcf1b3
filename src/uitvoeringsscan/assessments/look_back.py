"""Looking back: a year after the vote an agency says what really came of its estimate. Four eyes, as with the estimate.

    OPEN --hand in--> SUBMITTED --approve--> APPROVED
      ^-----send back------'

What is approved is published beside the estimate and does not change any more. An agency that does not know yet says so in
words: every figure may be left open, the explanation may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.assessments.assessment import MAX_REASON, Signature, required_reason
from uitvoeringsscan.errors import Forbidden, InvalidInput, Problem, WrongState
from uitvoeringsscan.identifiers import AgencyCode, PublicationNumber, ScanId

DIMENSIONS = ("it-systemen", "gegevensuitwisseling", "personeel", "tijdlijn")
LEVELS = (0, 1, 2, 3)
MAX_EUROS = 1_000_000_000_000
MAX_FTE = Decimal(1_000_000)


class LookBackState(StrEnum):
    OPEN = "open"
    SUBMITTED = "ingediend"
    APPROVED = "vastgesteld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of it. Euros are whole, fte has one decimal; negative is a saving. None is not known.

    live    since when the agency executes it
    levels  dimension -> level, with what is known now
    """

    costs_once: int | None = None
    costs_yearly: int | None = None
    fte_once: Decimal | None = None
    fte_yearly: Decimal | None = None
    live: date | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """One agency looks back on one scan. `publication` holds the estimate that it looks back on."""

    scan: ScanId
    agency: AgencyCode
    publication: PublicationNumber
    asked_at: datetime
    state: LookBackState = LookBackState.OPEN
    came: Came = Came()
    remarks: str | None = None
    submitted: Signature | None = None
    approved: Signature | None = None
    version: int = 1

    @property
    def id(self) -> str:
        return f"{self.scan}-{self.agency}"


def hand_in(one: LookBack, came: Came, by: Signature) -> LookBack:
    if one.state is not LookBackState.OPEN:
        raise WrongState(f"Deze terugblik is niet meer open; de status is '{one.state.value}'.")
    return replace(one, state=LookBackState.SUBMITTED, came=checked(came), submitted=by, remarks=None)


def approve(one: LookBack, by: Signature) -> LookBack:
    """Put the agency's name to it. The one who handed in may not do this, whatever account they use."""
    if one.state is not LookBackState.SUBMITTED or one.submitted is None:
        raise WrongState(f"Vaststellen kan alleen als de terugblik is ingediend; de status is '{one.state.value}'.")
    if one.submitted.principal == by.principal:
        raise Forbidden(
            "Wie indient, mag niet zelf vaststellen. Vraag een collega die mag vaststellen.", code="vier-ogen"
        )
    return replace(one, state=LookBackState.APPROVED, approved=by)


def send_back(one: LookBack, remarks: str | None) -> LookBack:
    if one.state is not LookBackState.SUBMITTED:
        raise WrongState(f"Terugzenden kan nu niet; de status is '{one.state.value}'.")
    return replace(one, state=LookBackState.OPEN, remarks=required_reason(remarks), submitted=None)


def checked(came: Came) -> Came:
    """The same with its text trimmed. Raises InvalidInput with every problem, each at its field."""
    explanation = came.explanation.strip()
    problems = [*_problems(came), *text_problems("toelichting", explanation, MAX_REASON)]
    if not explanation:
        message = "Schrijf in een paar zinnen wat er van de schatting is gekomen, en wat u nog niet weet."
        problems.append(Problem(code="verplicht", field="toelichting", message=message))
    if problems:
        raise InvalidInput(problems)
    return replace(came, explanation=explanation)


def _problems(came: Came) -> Iterator[Problem]:
    for place, euros in (("kosten.incidenteel", came.costs_once), ("kosten.structureel", came.costs_yearly)):
        if euros is not None and abs(euros) > MAX_EUROS:
            yield Problem(code="te-groot", field=place, message="Dit bedrag kan niet kloppen. Schrijf hele euro's.")
    for place, fte in (("personeel.incidenteel", came.fte_once), ("personeel.structureel", came.fte_yearly)):
        if fte is not None and abs(fte) > MAX_FTE:
            yield Problem(code="te-groot", field=place, message="Dit aantal fte kan niet kloppen.")
        elif fte is not None and fte != fte.quantize(Decimal("0.1")):
            yield Problem(
                code="te-veel-decimalen", field=place, message="Schrijf fte met hooguit één cijfer achter de komma."
            )
    if came.live is not None and not 2000 <= came.live.year <= 2200:
        yield Problem(code="ongeldige-datum", field="ingevoerdOp", message="Deze datum kan niet kloppen.")
    for dimension, level in came.levels.items():
        if dimension not in DIMENSIONS or level not in LEVELS:
            yield Problem(
                code="onbekende-optie", field=f"niveaus.{dimension}", message="Kies een niveau van 0 tot en met 3."
            )
