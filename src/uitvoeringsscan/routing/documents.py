"""The register as it stands in its YAML files: one model per file, Dutch names on the wire, English names here.

agencies.yaml  who there is, under which names and in which wording the law speaks of them
laws/*.yaml    which act is executed by whom, by article where several share it
topics.yaml    words that point to an executor where no act is named
budgets.yaml   budget articles whose money is an executing task
wording.yaml   small words around a name that tell what is said of it
nobody.yaml    changes that no agency has to carry out
chains.yaml    who supplies data to whom
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from uitvoeringsscan.identifiers import is_code
from uitvoeringsscan.routing.articles import ArticleRange


def _code(text: str) -> str:
    if not is_code(text):
        raise ValueError("een code bestaat uit kleine letters, cijfers en streepjes")
    return text


def _article_range(text: str) -> str:
    ArticleRange.of(text)
    return text


def _source(text: str) -> str:
    if text != "algemeen bekend" and not text.startswith("https://"):
        raise ValueError("een bron is een adres (https://...) of «algemeen bekend»")
    return text


Code = Annotated[str, AfterValidator(_code)]
Text = Annotated[str, Field(min_length=1, max_length=600)]
Phrase = Annotated[str, Field(min_length=2, max_length=160)]
Where = Annotated[str, AfterValidator(_source)]
AdviceWord = Literal["uitvragen", "overwegen"]


class Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wording(Document):
    """Words in which an act speaks of an agency.

    only_in      laws (codes) in which the words mean this agency; empty: see as_executor
    as_executor  the words mean this agency only in an act that it executes ("de inspecteur", "het college")
    weak         the words often name a place or a group, not the one who acts ("gemeente"): they never decide alone
    """

    text: Phrase = Field(alias="tekst")
    only_in: tuple[Code, ...] = Field(default=(), alias="alleenIn")
    as_executor: bool = Field(default=False, alias="alsUitvoerder")
    weak: bool = Field(default=False, alias="zwak")


class Predecessor(Document):
    name: Phrase = Field(alias="naam")
    until: date | None = Field(default=None, alias="tot")
    not_alone: bool = Field(default=False, alias="nooitAlleen")
    """The old name is too general to look for ("Directie")."""


class Tooi(Document):
    """The government's own identifier of the organisation, only where a public source gives it."""

    code: Annotated[str, Field(pattern=r"^(oorg\d{5}|zb\d{6}|mnre\d{4})$")]
    source: Text = Field(alias="bron")


class AgencyDocument(Document):
    """One agency.

    collective   it stands for many (gemeenten, schools), and says for how many it answers
    participant  it takes part in the scans; one that does not is at most offered for consideration
    """

    code: Code
    name: Text = Field(alias="naam")
    short_name: Text = Field(alias="korteNaam")
    kind: Literal["zbo", "agentschap", "rijksdienst", "rechtspraak", "medeoverheid", "sector-collectief", "privaat"] = (
        Field(alias="soort")
    )
    ministry: Text = Field(alias="ministerie")
    aliases: tuple[Phrase, ...] = Field(default=(), alias="aliassen")
    wordings: tuple[Wording, ...] = Field(default=(), alias="formuleringen")
    predecessors: tuple[Predecessor, ...] = Field(default=(), alias="voorgangers")
    successors: tuple[Code, ...] = Field(default=(), alias="opvolgers")
    tooi: Tooi | None = None
    source: Where = Field(alias="bron")
    collective: bool = Field(default=False, alias="collectief")
    participant: bool = Field(default=True, alias="deelnemer")


class Mandate(Document):
    """One agency's work under one act.

    articles, chapters   where in the act the work stands; both empty: everywhere
    if_text, unless_text words (see `phrases`) of which one must stand, or none may stand, in the changes
    since, until         the dates (of receipt of the amendment) between which this was so; until is not included
    """

    agency: Code = Field(alias="organisatie")
    explanation: Text = Field(alias="uitleg")
    role: Literal["uitvoerder", "toezichthouder", "handhaver", "rechter", "gegevensleverancier"] = Field(alias="rol")
    advice: AdviceWord = Field(alias="advies")
    articles: tuple[Annotated[str, AfterValidator(_article_range)], ...] = Field(default=(), alias="artikelen")
    chapters: tuple[Annotated[str, Field(min_length=1, max_length=12)], ...] = Field(default=(), alias="hoofdstukken")
    if_text: tuple[Phrase, ...] = Field(default=(), alias="alsTekst")
    unless_text: tuple[Phrase, ...] = Field(default=(), alias="behalveAlsTekst")
    since: date | None = Field(default=None, alias="vanaf")
    until: date | None = Field(default=None, alias="tot")


class LawDocument(Document):
    """One act. `no_executor` says why nobody carries it out; then there are no mandates of advice "uitvragen".

    ambiguous  abbreviations that also mean another act (Wpg, Wht): known, but never looked for alone
    """

    code: Code
    name: Text = Field(alias="naam")
    abbreviations: tuple[Phrase, ...] = Field(default=(), alias="afkortingen")
    other_names: tuple[Phrase, ...] = Field(default=(), alias="anderenamen")
    ambiguous: tuple[Phrase, ...] = Field(default=(), alias="meerduidig")
    bwb: Annotated[str, Field(pattern=r"^BWB[RVW]\d{7}$")] | None = None
    source: Where = Field(alias="bron")
    mandates: tuple[Mandate, ...] = Field(default=(), alias="uitvoerders")
    no_executor: Text | None = Field(default=None, alias="geenUitvoerder")

    @model_validator(mode="after")
    def _says_something(self) -> LawDocument:
        asked = any(m.advice == "uitvragen" for m in self.mandates)
        if asked and self.no_executor:
            raise ValueError("geenUitvoerder naast een uitvoerder met advies «uitvragen»")
        if not self.mandates and not self.no_executor:
            raise ValueError("geef uitvoerders, of zeg in geenUitvoerder waarom die er niet zijn")
        return self


class TopicAgency(Document):
    agency: Code = Field(alias="organisatie")
    advice: AdviceWord = Field(default="uitvragen", alias="advies")


class TopicDocument(Document):
    """Words of one field of work. `in_budgets`: raising or cutting money for it changes the agency's task."""

    code: Code
    words: tuple[Phrase, ...] = Field(alias="woorden", min_length=1)
    agencies: tuple[TopicAgency, ...] = Field(alias="organisaties", min_length=1)
    explanation: Text = Field(alias="uitleg")
    in_budgets: bool = Field(default=False, alias="begroting")


class BudgetDocument(Document):
    """A budget article known by its name (numbers move between years)."""

    chapter: Annotated[str, Field(pattern=r"^[IVXLC]+[AB]?$|^[A-Z]$")] = Field(alias="hoofdstuk")
    name: Phrase = Field(alias="naam")
    agencies: tuple[TopicAgency, ...] = Field(alias="organisaties", min_length=1)
    explanation: Text = Field(alias="uitleg")


class WordingDocument(Document):
    """The small words around a name.

    citing        before a law: it is cited, not changed            ("bedoeld in")
    no_task       near an agency: it has, keeps or gets no task     ("geen rol")
    source_of     near an agency: it is named for its figures       ("monitor")
    consulted     before an agency: it is heard, no more            ("gehoord")
    acting        near an agency in the note: it does something     ("beoordeelt")
    task          the same, in words that only fit the work of an agency  ("houdt toezicht")
    money         near an agency in a budget's note: it gets means  ("capaciteit")
    cover         in a sentence of a budget's note: where the money comes from, not where it goes
    change        near a topic in a budget's note: what people get is changed ("verhogen")
    """

    citing: tuple[Phrase, ...] = Field(alias="aangehaald")
    no_task: tuple[Phrase, ...] = Field(alias="geenTaak")
    source_of: tuple[Phrase, ...] = Field(alias="alsBron")
    consulted: tuple[Phrase, ...] = Field(alias="geraadpleegd")
    acting: tuple[Phrase, ...] = Field(alias="handelend")
    task: tuple[Phrase, ...] = Field(alias="taakwoorden")
    money: tuple[Phrase, ...] = Field(alias="middelen")
    cover: tuple[Phrase, ...] = Field(alias="dekking")
    change: tuple[Phrase, ...] = Field(alias="wijziging")


class NobodyDocument(Document):
    """A kind of change without work for an agency.

    in_change  words that make one sentence of the changes of this kind ...
    and_also   ... if one of these stands in the sentence as well (empty: no more is asked)
    in_note    words in the note's first sentences that make the whole amendment of this kind ...
    only_terms ... but only where the changes replace nothing except a term or a date (else: whatever is changed)
    only_names a sentence that exchanges nothing but names of acts is of this kind as well
    """

    code: Code
    explanation: Text = Field(alias="uitleg")
    in_change: tuple[Phrase, ...] = Field(default=(), alias="inWijziging")
    and_also: tuple[Phrase, ...] = Field(default=(), alias="enOok")
    in_note: tuple[Phrase, ...] = Field(default=(), alias="inToelichting")
    only_terms: bool = Field(default=False, alias="alleenTermijn")
    only_names: bool = Field(default=False, alias="alleenWetsnamen")


class ChainDocument(Document):
    """`supplier` gives `receiver` what it needs for its work under these laws or topics: worth considering as well."""

    supplier: Code = Field(alias="leverancier")
    receiver: Code = Field(alias="ontvanger")
    laws: tuple[Code, ...] = Field(default=(), alias="wetten")
    topics: tuple[Code, ...] = Field(default=(), alias="onderwerpen")
    explanation: Text = Field(alias="uitleg")
