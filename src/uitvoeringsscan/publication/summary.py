"""The impact summary: the public JSON contract. What stands here is what the world may rely on; it only grows.

Names are English here and Dutch on the wire; `WIRE_NAMES` is the one place where they meet. Rules of the border:

  - money is whole euros, staffing is fte with one decimal, a range says low and high (equal ends: one figure);
  - dates are ISO 8601, moments RFC 3339 in UTC ("Z");
  - codes (status, level, verdict, dimension) are those of the contract, never words for people;
  - what an agency marked as internal is not in here, nor is the name of anyone who answered or approved.

An `ImpactSummary` is composed, sealed once into a `SealedSummary` (the same with its digest), and never changes again.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, PlainSerializer

STATEMENT: Literal["beoordeling van de organisaties, geen standpunt van het kabinet"] = (
    "beoordeling van de organisaties, geen standpunt van het kabinet"
)

WIRE_NAMES = {
    "agencies": "organisaties",
    "alternative": "alternatief",
    "amendment": "amendement",
    "answers": "antwoorden",
    "asked": "gevraagd",
    "asked_at": "gevraagdOp",
    "approved_at": "vastgesteldOp",
    "ask_instead": "vraagInPlaatsDaarvan",
    "assumptions": "aannames",
    "at_least": "tenMinste",
    "before_vote": "voorStemming",
    "bill_test": "uitvoeringstoets",
    "begin": "begin",
    "case_number": "zaaknummer",
    "changes": "gevolgen",
    "closed_because": "redenAfronding",
    "code": "code",
    "complete": "volledig",
    "conditions": "voorwaarden",
    "correction": "correctie",
    "costs": "kosten",
    "count": "aantal",
    "dated": "datum",
    "decided_by": "bepaaldDoor",
    "dimension": "dimensie",
    "dimensions": "dimensies",
    "dossier_number": "dossiernummer",
    "dossier_suffix": "toevoeging",
    "end": "einde",
    "explanation": "toelichting",
    "explanations": "toelichting",
    "feasible_from": "haalbaarVanaf",
    "high": "hoog",
    "impact": "impactbeeld",
    "incomplete": "onvolledig",
    "intended": "beoogd",
    "intended_by": "beoogdVolgens",
    "introduction": "invoering",
    "key": "sleutel",
    "keys_at": "sleutels",
    "kind": "soort",
    "level": "niveau",
    "link": "link",
    "low": "laag",
    "name": "naam",
    "no_agency": "geenUitvoerder",
    "not_asked": "nietGevraagd",
    "number": "nummer",
    "of": "van",
    "once": "incidenteel",
    "option": "optie",
    "option_text": "optieTekst",
    "option_texts": "optieTeksten",
    "paper_number": "ondernummer",
    "placed_at": "geplaatstOp",
    "party": "fractie",
    "previous": "vorige",
    "previous_sha256": "vorigeSha256",
    "price_of_date": "prijsVanDeTermijn",
    "proposed": "voorgesteld",
    "published_at": "gepubliceerdOp",
    "question": "vraag",
    "question_text": "vraagTekst",
    "questions": "vragen",
    "reaction": "reactie",
    "quote": "citaat",
    "reason": "reden",
    "received": "ontvangen",
    "register_sha256": "registerSha256",
    "replaces": "vervangt",
    "respond_by": "reactieVoor",
    "routing": "routering",
    "rubric": "vragenlijst",
    "scan": "scan",
    "schema_version": "schema",
    "sequence": "volgnummer",
    "sha256": "sha256",
    "short_name": "korteNaam",
    "several": "meerData",
    "signal": "signaal",
    "signature_at": "handtekening",
    "signing": "ondertekening",
    "size": "omvang",
    "source": "bron",
    "staff": "personeel",
    "statement": "verklaring",
    "status": "status",
    "submitters": "indieners",
    "text": "tekst",
    "title": "titel",
    "trace": "onderbouwing",
    "value": "waarde",
    "verdict": "oordeel",
    "version": "versie",
    "vote": "stemming",
    "warnings": "waarschuwingen",
    "why": "uitleg",
    "why_asked": "waaromGevraagd",
    "yearly": "structureel",
}
"""Our name -> the name on the wire. A field without a Dutch name stops the import."""

DimensionCode = Literal["it-systemen", "gegevensuitwisseling", "personeel", "tijdlijn"]
LevelCode = Literal[0, 1, 2, 3]
VerdictCode = Literal["uitvoerbaar", "uitvoerbaar-mits", "niet-uitvoerbaar", "nog-niet-te-beoordelen"]
StatusCode = Literal["vastgesteld", "geen-gevolgen", "niet-van-toepassing", "geen-reactie"]


def _to_second(value: datetime) -> datetime:
    """In UTC and to the second: the same moment is always the same text."""
    return value.astimezone(UTC).replace(microsecond=0)


def _rfc3339(value: datetime) -> str:
    return value.replace(tzinfo=None).isoformat() + "Z"


Moment = Annotated[AwareDatetime, AfterValidator(_to_second), PlainSerializer(_rfc3339, return_type=str)]


class Document(BaseModel):
    """A part of the contract: frozen, and nothing in it that the contract does not name."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=WIRE_NAMES.__getitem__,
        validate_by_name=True,
        validate_by_alias=True,
    )

    def wire(self) -> dict[str, Any]:
        """JSON values under their names on the wire; every field is there, `null` where nothing is known."""
        return self.model_dump(mode="json", by_alias=True)


class Euros(Document):
    """A range of whole euros; negative is a saving."""

    low: int
    high: int


class Fte(Document):
    """A range of full-time equivalents, one decimal; negative is less work."""

    low: float
    high: float


class Figures(Document):
    """A range of plain numbers: people, cases, municipalities."""

    low: float
    high: float


class Costs(Document):
    """What one agency says it costs; None where it gave no public figure."""

    once: Euros | None
    yearly: Euros | None


class Staff(Document):
    once: Fte | None
    yearly: Fte | None


class TotalCosts(Costs):
    """Sums over the agencies that gave a figure. `incomplete` names whoever misses in one of the two sums."""

    incomplete: tuple[str, ...]


class TotalStaff(Staff):
    incomplete: tuple[str, ...]


class SubmitterLine(Document):
    name: str
    party: str | None


class AmendmentPart(Document):
    """The amendment as it was assessed: `text` to the letter."""

    dossier_number: str | None
    dossier_suffix: str | None
    paper_number: str | None
    kind: str
    replaces: str | None
    title: str
    submitters: tuple[SubmitterLine, ...]
    received: date | None
    case_number: str | None
    text: str


class ImpactLine(Document):
    """One dimension over all agencies: the worst level, by whom, `count` answers of `of` asked.

    at_least  it can still be heavier: somebody did not answer, or did not know
    """

    dimension: DimensionCode
    level: LevelCode | None
    at_least: bool
    decided_by: tuple[str, ...]
    count: int
    of: int


class IntendedPart(Document):
    """Where the date the amendment asks for was read, or why there is none yet.

    kind     datum; koninklijk-besluit or na-publicatie: the text leaves it open
    quote    the words; where `source` is "opgave", the explanation of who said it instead
    source   wijziging, toelichting, wetsvoorstel or opgave
    several  the same place names other days as well
    """

    kind: Literal["datum", "koninklijk-besluit", "na-publicatie"]
    quote: str
    source: Literal["wijziging", "toelichting", "wetsvoorstel", "opgave"]
    several: bool


class Introduction(Document):
    """intended: the date the amendment asks for. feasible_from: the latest of the agencies' dates, and whose it is.

    intended_by  where `intended` comes from; absent in documents from before this was read
    """

    intended: date | None
    intended_by: IntendedPart | None = None
    feasible_from: date | None
    decided_by: tuple[str, ...]


class ReactionPart(Document):
    """The submitter's own words, to the letter; they are no part of what the agencies say."""

    text: str
    placed_at: Moment


class SigningPart(Document):
    """With which key this was signed, and where the keys and the signature are read; addresses as they were then."""

    key: str
    keys_at: str
    signature_at: str


class DimensionLine(Document):
    dimension: DimensionCode
    level: LevelCode | None
    at_least: bool
    explanation: str | None


class TraceLinePart(Document):
    """Why a level is what it is: the public question, the option chosen, the level that option stands for."""

    dimension: DimensionCode
    question: str
    question_text: str
    option: str
    option_text: str
    level: LevelCode | None


class ExplanationLine(Document):
    question: str
    question_text: str
    text: str


class AnswerLine(Document):
    """A public answer that has no place of its own in `AgencyPart`.

    kind          the type of question: what `value` is follows from it (a date is its ISO text, a number a range)
    value         "onbekend" where the agency says that it does not know, whatever the kind
    option_texts  the words of the chosen options; empty for other kinds
    """

    question: str
    question_text: str
    kind: str
    value: bool | str | tuple[str, ...] | Figures
    option_texts: tuple[str, ...]


class WarningLine(Document):
    """Answers that do not go well together: a stable code, and the public questions concerned."""

    code: str
    questions: tuple[str, ...]


class EvidenceLine(Document):
    """Why this agency was proposed. `quote` is text[begin:end] (code points; of the title where `source` says so)."""

    signal: str
    why: str
    quote: str
    source: str
    begin: int
    end: int


class RubricPart(Document):
    code: str
    version: str
    sha256: str


class BillTestPart(Document):
    """The agency's own test of the bill before this amendment, which its answers build on. `link` where it can be read."""

    title: str
    dated: date
    link: str | None


class AgencyPart(Document):
    """What one agency that was asked says. Who within the agency says so stays with the agency.

    changes         what changes in its work
    size            how many people, businesses or cases a year
    price_of_date   what it costs to keep the date, in one line
    explanations    to public questions without a dimension; those with one stand at their dimension
    reason          why this verdict, or why "geen gevolgen" or "niet van toepassing"
    closed_because  why the round was closed, where this agency had not answered
    bill_test       its test of the bill itself; absent in documents from before these were kept
    """

    code: str
    name: str
    short_name: str
    status: StatusCode
    verdict: VerdictCode | None
    dimensions: tuple[DimensionLine, ...]
    changes: str | None
    size: Figures | None
    conditions: tuple[str, ...]
    alternative: str | None
    price_of_date: str | None
    costs: Costs
    staff: Staff
    feasible_from: date | None
    assumptions: str | None
    explanations: tuple[ExplanationLine, ...]
    answers: tuple[AnswerLine, ...]
    trace: tuple[TraceLinePart, ...]
    warnings: tuple[WarningLine, ...]
    reason: str | None
    ask_instead: str | None
    closed_because: str | None
    why_asked: tuple[EvidenceLine, ...]
    rubric: RubricPart
    asked_at: Moment
    respond_by: Moment | None
    approved_at: Moment | None
    bill_test: BillTestPart | None = None


class NotAsked(Document):
    code: str
    name: str


class NoAgency(Document):
    why: str


class RoutingPart(Document):
    """Whom the service proposed, whom the coordinator asked, and why these differ (`explanation`)."""

    proposed: tuple[str, ...]
    asked: tuple[str, ...]
    not_asked: tuple[NotAsked, ...]
    explanation: str | None
    no_agency: NoAgency | None
    register_sha256: str


class ImpactSummary(Document):
    """Everything Parliament reads about one amendment, before it is sealed.

    version      grows with each correction of the same scan; `correction` says why there is a version after the first
    sequence     place in the chain over all publications, from 1; `previous` and `previous_sha256` name the one before
    before_vote  whether it came before the vote; None while no vote is known
    complete     every agency that was asked gave an approved answer
    verdict      the strictest verdict given; None when nobody gave one
    reaction     the submitter's, if there was one; signing: absent in documents from before these were kept
    """

    schema_version: Literal[1] = 1
    number: str
    scan: str
    version: int
    correction: str | None
    published_at: Moment
    before_vote: bool | None
    vote: Moment | None
    statement: Literal["beoordeling van de organisaties, geen standpunt van het kabinet"] = STATEMENT
    amendment: AmendmentPart
    complete: bool
    verdict: VerdictCode | None
    impact: tuple[ImpactLine, ...]
    costs: TotalCosts
    staff: TotalStaff
    introduction: Introduction
    agencies: tuple[AgencyPart, ...]
    routing: RoutingPart
    reaction: ReactionPart | None = None
    signing: SigningPart | None = None
    sequence: int
    previous: str | None
    previous_sha256: str | None


class SealedSummary(ImpactSummary):
    """The public document: the summary and the sha256 of its canonical JSON (RFC 8785) without `sha256`."""

    sha256: str


def read_sealed(document: bytes) -> SealedSummary:
    """The public document as values. Raises pydantic's ValidationError when it is not one (it checks no digest)."""
    return SealedSummary.model_validate_json(document, by_alias=True, by_name=False)
