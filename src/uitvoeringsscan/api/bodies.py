"""What may be sent: one model per body, Dutch names on the wire, unknown fields refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from uitvoeringsscan.amendments.amendment import Amendment, Submitter
from uitvoeringsscan.use_cases.submitting import SubmitScan

Text = Annotated[str, Strict()]
Flag = Annotated[bool, Strict()]


def _text_only(value: Any) -> Any:
    """A date or moment is written as text: 0 is no date, however much it can be read as one."""
    if value is not None and not isinstance(value, str):
        raise ValueError("not text")
    return value


Day = Annotated[date, BeforeValidator(_text_only)]
Moment = Annotated[AwareDatetime, BeforeValidator(_text_only)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


class SubmitterBody(Body):
    name: Text = Field(alias="naam", description="Naam van het Kamerlid")
    party: Text | None = Field(default=None, alias="fractie", description="Fractie zoals die in de Kamer heet")


class AmendmentBody(Body):
    text: Text = Field(alias="tekst", description="De hele tekst van het amendement, met toelichting")
    title: Text = Field(alias="titel", description="Titel van het wetsvoorstel")
    dossier_number: Text = Field(alias="dossiernummer", description="Nummer van het wetsvoorstel", examples=["36410"])
    dossier_suffix: Text | None = Field(
        default=None, alias="toevoeging", description="Bij begrotingen", examples=["XV"]
    )
    paper_number: Text | None = Field(default=None, alias="ondernummer", description="Leeg bij een concept")
    kind: Text | None = Field(default=None, alias="soort", examples=["gewijzigd amendement"])
    replaces: Text | None = Field(default=None, alias="vervangt", description="Ondernummer dat hiermee vervalt")
    submitters: list[SubmitterBody] = Field(default_factory=list, alias="indieners", max_length=150)
    received: Day | None = Field(default=None, alias="ontvangen")
    case_number: Text | None = Field(default=None, alias="zaaknummer", examples=["2026Z01234"])

    def value(self) -> Amendment:
        return Amendment(
            text=self.text,
            title=self.title,
            dossier_number=self.dossier_number,
            dossier_suffix=self.dossier_suffix,
            paper_number=self.paper_number,
            kind=self.kind or "",
            replaces=self.replaces,
            submitters=tuple(Submitter(name=s.name, party=s.party) for s in self.submitters),
            received=self.received,
            case_number=self.case_number,
        )


class ScanBody(Body):
    amendment: AmendmentBody = Field(alias="amendement")
    vote: Moment | None = Field(default=None, alias="stemming", description="Moment van de stemming, als dat bekend is")
    confidential: Flag = Field(
        default=False, alias="vertrouwelijk", description="Een concept dat niemand anders mag zien"
    )

    def command(self) -> SubmitScan:
        return SubmitScan(amendment=self.amendment.value(), vote=self.vote, confidential=self.confidential)


class LineBody(ScanBody):
    """One line of a stream: a scan under the sender's own reference, by which the line can be sent again."""

    reference: Annotated[str, Strict(), StringConstraints(pattern=r"^[!-~]{1,200}$")] = Field(alias="referentie")


class DryRunBody(Body):
    title: Text = Field(default="", alias="titel")
    text: Text = Field(alias="tekst")
    dossier_number: Text | None = Field(default=None, alias="dossiernummer")


class BillBody(Body):
    text: Text = Field(alias="tekst", description="De hele tekst van het wetsvoorstel, zoals die nu luidt")
    label: Text | None = Field(default=None, alias="versie", examples=["nota van wijziging 7"])
    dated: Day | None = Field(default=None, alias="datum", description="De dag van deze versie")


class RoutingBody(Body):
    agencies: list[Text] = Field(alias="organisaties", max_length=200, description="Codes van wie wordt gevraagd")
    explanation: Text | None = Field(default=None, alias="toelichting")
    respond_by: Moment | None = Field(default=None, alias="reactieVoor")


class AnswersBody(Body):
    values: dict[str, Any] = Field(alias="antwoorden", description="Vraagcode -> waarde")
    explanations: dict[str, Any] = Field(default_factory=dict, alias="toelichtingen", description="Vraagcode -> tekst")


class ReasonBody(Body):
    explanation: Text | None = Field(default=None, alias="toelichting")


class NotOursBody(ReasonBody):
    ask_instead: Text | None = Field(
        default=None, alias="vraagAan", description="Code van wie u in plaats daarvan zou vragen"
    )


class VoteBody(Body):
    vote: Moment | None = Field(alias="stemming")


class DisclosureBody(Body):
    paper_number: Text | None = Field(default=None, alias="ondernummer")
