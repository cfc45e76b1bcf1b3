"""What may be sent around an answer and during a round; see `bodies`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, Strict

from uitvoeringsscan.api.bodies import Body, Day, Flag, Moment, ReasonBody, Text

Whole = Annotated[int, Strict(), Field(ge=0, le=2_000_000_000)]


class CloseBody(ReasonBody):
    per_agency: dict[str, Text] = Field(
        default_factory=dict,
        alias="perOrganisatie",
        max_length=200,
        description="Per code waarom die organisatie niet antwoordde, als dat een andere reden is. Openbaar.",
    )


class SendBackBody(ReasonBody):
    remarks: dict[str, Text] = Field(
        default_factory=dict, alias="opmerkingen", max_length=500, description="Per vraagcode wat er anders moet."
    )


class DeadlineBody(Body):
    respond_by: Moment = Field(alias="reactieVoor")


class CommentBody(Body):
    question: Text = Field(alias="vraag")
    text: Text = Field(alias="tekst", description="Voor collega's; wordt nooit gepubliceerd.")


class CommentStateBody(Body):
    number: Whole = Field(alias="nummer", description="Volgnummer van de opmerking in deze uitvraag.")
    resolved: Flag = Field(alias="opgelost", description="Of de opmerking klaar is.")


class TaskBody(Body):
    section: Text | None = Field(alias="onderdeel", description="Code van het onderdeel; `null` is de hele uitvraag.")
    person: Text | None = Field(alias="aan", description="Kenmerk van de collega; `null` haalt de toewijzing weg.")
    line: Text = Field(default="", alias="vraag", description="Wat u de collega vraagt, in een regel.")


class TakeOverBody(Body):
    answers: dict[str, Text] = Field(
        default_factory=dict,
        alias="antwoorden",
        max_length=500,
        description="Vraagcode -> nummer van de eerdere scan waar het antwoord uit komt.",
    )
    confirmed: list[Text] = Field(
        default_factory=list,
        alias="bevestigd",
        max_length=500,
        description="Codes van vragen waarvan het overgenomen antwoord ook hier klopt.",
    )


class UnitCostBody(Body):
    year: Whole = Field(alias="jaar", description="Het jaar waarvoor de prijs geldt.")
    name: Text = Field(alias="naam", description="Waarvan het de prijs is, zoals fte, release of brief.")
    amount: Whole | None = Field(alias="bedrag", description="Hele euro's; `null` haalt het kengetal weg.")
    source: Text = Field(default="", alias="bron", description="Waar het bedrag vandaan komt.")


class BillTestBody(Body):
    agency: Text = Field(alias="organisatie")
    title: Text = Field(alias="titel")
    dated: Day = Field(alias="datum", description="De dag van de toets")
    link: Text | None = Field(default=None, alias="link", description="Adres met https waar de toets te lezen is.")
    text: Text | None = Field(default=None, alias="tekst", description="De tekst van de toets, als er geen link is.")
