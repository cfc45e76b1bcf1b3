"""What a questionnaire is made of: sections, questions, options and conditions, and the whole that is sent: `Rubric`.

These models say what shape a thing has; whether a rubric makes sense as a whole is for `rubrics.checks`. Field names in
files and on the wire are Dutch and live in the aliases. There is no expression language: a condition is one of four small
shapes, and anyone who can read the questionnaire can work out which questions apply.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    StrictBool,
    StrictInt,
    StrictStr,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticCustomError

from uitvoeringsscan.identifiers import AgencyCode, RubricRef
from uitvoeringsscan.rubrics.scales import Dimension, Level

UNKNOWN_CODE: Final = "onbekend"
"""Accepted as the answer to every question, so no option may be called this."""

DEFAULT_MAX_LENGTH: Final = 4000
"""Characters, for a text question that does not say otherwise."""


class Kind(StrEnum):
    """The types of question. What each can read, write and show stands in one table: `rubrics.kinds.KINDS`."""

    CHOICE = "keuze"
    CHOICES = "meerkeuze"
    YES_NO = "ja-nee"
    NUMBER = "getal"
    AMOUNT = "bedrag"
    FTE = "fte"
    DATE = "datum"
    TEXT = "tekst"


class Meaning(StrEnum):
    """What an answer means for the summary (`levert`). At most one question of a rubric has each meaning."""

    TOUCHED = "geraakt"
    REASON = "reden"
    ASK_INSTEAD = "vraag-liever"
    CHANGES = "wijzigingen"
    CONSEQUENCES = "gevolgen"
    EXTENT = "omvang"
    ASSUMPTIONS = "aannames"
    RELEASE = "release"
    PARTNERS = "partners"
    FTE_YEARLY = "fte-jaarlijks"
    FTE_ONCE = "fte-eenmalig"
    FEASIBLE_FROM = "haalbaar-vanaf"
    PRICE_OF_DATE = "prijs-van-de-datum"
    DECIDE_BY = "beslissen-voor"
    COSTS_ONCE = "kosten-eenmalig"
    COSTS_YEARLY = "kosten-jaarlijks"
    ENFORCEABLE = "handhaafbaar"
    BURDEN = "lasten"
    VERDICT = "oordeel"
    VERDICT_REASON = "oordeel-reden"
    CONDITIONS = "voorwaarden"
    ALTERNATIVE = "alternatief"
    COVERAGE = "dekking"


MEANING_KINDS: Mapping[Meaning, Kind] = MappingProxyType(
    {
        **dict.fromkeys(Meaning, Kind.TEXT),
        Meaning.TOUCHED: Kind.CHOICE,
        Meaning.EXTENT: Kind.NUMBER,
        Meaning.FTE_YEARLY: Kind.FTE,
        Meaning.FTE_ONCE: Kind.FTE,
        Meaning.FEASIBLE_FROM: Kind.DATE,
        Meaning.DECIDE_BY: Kind.DATE,
        Meaning.COSTS_ONCE: Kind.AMOUNT,
        Meaning.COSTS_YEARLY: Kind.AMOUNT,
        Meaning.ENFORCEABLE: Kind.CHOICE,
        Meaning.VERDICT: Kind.CHOICE,
        Meaning.COVERAGE: Kind.NUMBER,
    }
)
"""The type a question must have to carry a meaning."""


def _decimal(raw: Any) -> Any:
    return Decimal(str(raw)) if isinstance(raw, int | float) and not isinstance(raw, bool) else raw


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _plain(text: str) -> str:
    """What people read is plain text: no markup, no characters that cannot be seen."""
    if re.search(r"<[a-zA-Z/!]", text) or any(
        unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in text
    ):
        raise PydanticCustomError("not_plain", "no plain text")
    return text


Text = Annotated[
    StrictStr, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(_plain)
]
Code = Annotated[StrictStr, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
Bound = Annotated[
    Decimal,
    BeforeValidator(_decimal, json_schema_input_type=float),
    PlainSerializer(_json_number, return_type=int | float, when_used="json"),
]


class Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=False, validate_by_alias=True)


class Is(Document):
    """Holds when the answer to `question` is one of these (for `meerkeuze`: has one of these among it)."""

    question: Code = Field(alias="vraag")
    one_of: tuple[StrictBool | StrictStr, ...] = Field(alias="is", min_length=1)


class LevelFrom(Document):
    """Holds when the answer to `question` has at least this level."""

    question: Code = Field(alias="vraag")
    level: Annotated[StrictInt, Field(ge=1, le=3)] = Field(alias="niveauVanaf")


class AllOf(Document):
    parts: tuple[Condition, ...] = Field(alias="alle", min_length=1)


class AnyOf(Document):
    parts: tuple[Condition, ...] = Field(alias="een", min_length=1)


def _condition_shape(raw: Any) -> str:
    """Which of the four shapes this is; by its keys in a file, by its class once it is made."""
    if isinstance(raw, Mapping):
        return "#" + next((key for key in ("alle", "een", "niveauVanaf") if key in raw), "is")
    return _SHAPES.get(type(raw), "#is")


_SHAPES: dict[type, str] = {Is: "#is", LevelFrom: "#niveauVanaf", AllOf: "#alle", AnyOf: "#een"}

Condition: TypeAlias = Annotated[
    Annotated[Is, Tag("#is")]
    | Annotated[LevelFrom, Tag("#niveauVanaf")]
    | Annotated[AllOf, Tag("#alle")]
    | Annotated[AnyOf, Tag("#een")],
    Discriminator(_condition_shape),
]
AllOf.model_rebuild()
AnyOf.model_rebuild()


class Option(Document):
    code: Code
    text: Text = Field(alias="tekst")
    level: Annotated[StrictInt, Field(ge=0, le=3)] | None = Field(default=None, alias="niveau")


class Question(Document):
    """One question. `required` and `public` have no default: an author must have thought of both.

    required   must be answered before handing in, when its condition holds; "onbekend" is an answer
    public     the answer and its explanation are published; internal ones never leave the agency
    dimension  its options give levels on this dimension
    condition  None: always asked
    """

    code: Code
    text: Text = Field(alias="vraag")
    help: Text | None = Field(default=None, alias="uitleg")
    kind: Kind = Field(alias="soort")
    dimension: Dimension | None = Field(default=None, alias="dimensie")
    gives: Meaning | None = Field(default=None, alias="levert")
    required: StrictBool = Field(alias="verplicht")
    public: StrictBool = Field(alias="openbaar")
    minimum: Bound | None = None
    maximum: Bound | None = None
    max_length: Annotated[StrictInt, Field(ge=1, le=20_000)] | None = Field(default=None, alias="maximumlengte")
    options: tuple[Option, ...] = Field(default=(), alias="opties")
    condition: Condition | None = Field(default=None, alias="toonAls")

    @property
    def length_limit(self) -> int:
        return self.max_length or DEFAULT_MAX_LENGTH

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)

    def level_of(self, code: str) -> Level | None:
        """The level of an option; None for a question without a dimension, or a code that is not an option."""
        option = self.option(code)
        return None if option is None or option.level is None else Level(option.level)

    def to_wire(self) -> dict[str, Any]:
        wire = self.model_dump(by_alias=True, exclude_none=True, mode="json")
        if not self.options:
            del wire["opties"]
        if self.kind is Kind.TEXT:
            # The default is part of what a client must know to answer.
            wire["maximumlengte"] = self.length_limit
        return wire


class Section(Document):
    code: Code
    title: Text = Field(alias="titel")
    help: Text | None = Field(default=None, alias="uitleg")
    questions: tuple[Question, ...] = Field(alias="vragen", min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """One questionnaire as it is sent: checked, merged with what it extends, pinned by the sha256 of `source`.

    agencies  who gets this one by default (`voor`); empty for the basis
    short     the one for the last minute
    source    the bytes it was read from; `rubrics.loading.load_rubric(source)` gives this rubric again
    """

    ref: RubricRef
    title: str
    agencies: tuple[AgencyCode, ...]
    short: bool
    sections: tuple[Section, ...]
    source: bytes = field(repr=False)
    by_code: Mapping[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code = {question.code: question for section in self.sections for question in section.questions}
        object.__setattr__(self, "by_code", MappingProxyType(by_code))

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(self.by_code.values())

    def question(self, code: str) -> Question:
        """The question with this code. Raises KeyError when there is none."""
        return self.by_code[code]

    def giving(self, meaning: Meaning) -> Question | None:
        """The question whose answer means this for the summary, if the rubric asks it."""
        return next((question for question in self.by_code.values() if question.gives is meaning), None)

    def to_wire(self) -> dict[str, Any]:
        """The questionnaire as the API sends it (`contract.md`, Vragenlijst)."""
        return {
            "code": self.ref.code,
            "versie": self.ref.version,
            "sha256": self.ref.sha256,
            "titel": self.title,
            "onderdelen": [
                {
                    "code": section.code,
                    "titel": section.title,
                    **({"uitleg": section.help} if section.help else {}),
                    "vragen": [question.to_wire() for question in section.questions],
                }
                for section in self.sections
            ],
        }
