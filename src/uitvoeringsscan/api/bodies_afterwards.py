"""What may be sent about what comes after: outcomes, the intended date, a reaction, a look-back; see `bodies`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, Strict

from uitvoeringsscan.amendments.intended import When
from uitvoeringsscan.api.bodies import Body, Day, Moment, ReasonBody, Text
from uitvoeringsscan.assessments.look_back import Came
from uitvoeringsscan.scans.outcome import OutcomeKind

Euros = Annotated[int, Strict()]
Level = Literal[0, 1, 2, 3]


class OutcomeBody(Body):
    kind: OutcomeKind = Field(alias="uitslag")
    at: Moment = Field(alias="op", description="Wanneer de Kamer dit besloot.")
    source: Text = Field(alias="bron", description="Waar dit is gelezen. Openbaar.", examples=["Handelingen nr. 32"])


class IntendedBody(ReasonBody):
    when: When | None = Field(alias="soort", description="`null`: zoals het in de tekst staat.")
    day: Day | None = Field(default=None, alias="beoogd")


class ReactionBody(Body):
    text: Text = Field(alias="tekst", description="Hooguit 2.000 tekens. Leeg: geen reactie. Wordt openbaar.")


class CameCosts(Body):
    once: Euros | None = Field(default=None, alias="incidenteel")
    yearly: Euros | None = Field(default=None, alias="structureel")


class CameStaff(Body):
    once: float | None = Field(default=None, alias="incidenteel", allow_inf_nan=False)
    yearly: float | None = Field(default=None, alias="structureel", allow_inf_nan=False)


class LookBackBody(Body):
    costs: CameCosts = Field(default_factory=CameCosts, alias="kosten")
    staff: CameStaff = Field(default_factory=CameStaff, alias="personeel")
    live: Day | None = Field(default=None, alias="ingevoerdOp", description="Sinds wanneer het wordt uitgevoerd.")
    levels: dict[str, Level] = Field(
        default_factory=dict, alias="niveausAchteraf", max_length=4, description="Per dimensie hoe zwaar het bleek."
    )
    explanation: Text = Field(alias="toelichting")

    def value(self) -> Came:
        def number(value: float | None) -> Decimal | None:
            return None if value is None else Decimal(repr(value))

        return Came(
            costs_once=self.costs.once,
            costs_yearly=self.costs.yearly,
            fte_once=number(self.staff.once),
            fte_yearly=number(self.staff.yearly),
            live=self.live,
            levels=dict(self.levels),
            explanation=self.explanation,
        )
