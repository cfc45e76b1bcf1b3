"""Publications to test with: an invented amendment, and answers of agencies that say everything a summary can hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from uitvoeringsscan.publication.record import Publication, seal
from uitvoeringsscan.publication.summary import (
    AgencyPart,
    AmendmentPart,
    AnswerLine,
    Costs,
    DimensionLine,
    Euros,
    EvidenceLine,
    ExplanationLine,
    Figures,
    Fte,
    ImpactLine,
    ImpactSummary,
    Introduction,
    NoAgency,
    NotAsked,
    RoutingPart,
    RubricPart,
    Staff,
    SubmitterLine,
    TotalCosts,
    TotalStaff,
    TraceLinePart,
    WarningLine,
)

DIMENSIONS = ("it-systemen", "gegevensuitwisseling", "personeel", "tijdlijn")
PUBLISHED = datetime(2026, 12, 4, 9, 5, tzinfo=UTC)
VOTE = datetime(2026, 12, 8, 15, 0, tzinfo=UTC)

TEXT = """De ondergetekende stelt het volgende amendement voor:

I

In artikel II, onderdeel C, wordt in artikel 14 na het tweede lid een lid ingevoegd, luidende:
3. Onze Minister kent de toeslag ambtshalve toe aan degene die mantelzorg verleent.

Toelichting

Dit amendement regelt dat de mantelzorgtoeslag zonder aanvraag wordt toegekend."""


def amendment(**changed: Any) -> AmendmentPart:
    return AmendmentPart(
        **{
            "dossier_number": "99001",
            "dossier_suffix": None,
            "paper_number": "14",
            "kind": "gewijzigd amendement",
            "replaces": "9",
            "title": "Mantelzorgtoeslag automatisch toekennen",
            "submitters": (
                SubmitterLine(name="Ter Voorbeeld", party="Fractie Aurora"),
                SubmitterLine(name="Waterman", party=None),
            ),
            "received": date(2026, 11, 26),
            "case_number": "2026Z00014",
            "text": TEXT,
            **changed,
        }
    )


def agency(
    code: str, name: str, short_name: str, *, levels: tuple[int | None, ...] = (3, 2, 2, 2), **changed: Any
) -> AgencyPart:
    """An approved, full answer, unless changed."""
    return AgencyPart(
        **{
            "code": code,
            "name": name,
            "short_name": short_name,
            "status": "vastgesteld",
            "verdict": "uitvoerbaar-mits",
            "dimensions": tuple(
                DimensionLine(
                    dimension=dimension,
                    level=level,
                    at_least=False,
                    explanation=f"Bij {short_name} raakt dit {dimension}." if level else None,
                )
                for dimension, level in zip(DIMENSIONS, levels, strict=True)
            ),
            "changes": f"De toekenning loopt bij {short_name} nu op aanvraag. Straks komt er een beschikking zonder aanvraag.",
            "size": Figures(low=12000, high=15500),
            "conditions": ("De grondslag voor het delen van inkomensgegevens staat in de wet.",),
            "alternative": f"{short_name}: laat het lid ingaan op 1 juli 2028.",
            "price_of_date": f"Op 1 januari 2027 kan {short_name} het alleen met de hand.",
            "costs": Costs(once=Euros(low=1_200_000, high=3_000_000), yearly=Euros(low=400_000, high=400_000)),
            "staff": Staff(once=None, yearly=Fte(low=2.0, high=4.5)),
            "feasible_from": date(2028, 7, 1),
            "assumptions": "Uitgegaan van de aantallen van vorig jaar.",
            "explanations": (
                ExplanationLine(
                    question="handhaving", question_text="Is het te controleren?", text="Steekproeven volstaan."
                ),
            ),
            "answers": (
                AnswerLine(
                    question="lasten",
                    question_text="Wat vraagt het van mensen?",
                    kind="tekst",
                    value="Zij hoeven niets meer aan te vragen.",
                    option_texts=(),
                ),
                AnswerLine(
                    question="beslissen-voor",
                    question_text="Wanneer moet het besluit er zijn?",
                    kind="datum",
                    value="2027-03-01",
                    option_texts=(),
                ),
            ),
            "trace": (
                TraceLinePart(
                    dimension="it-systemen",
                    question="it-aanpassing",
                    question_text="Wat moet er veranderen aan uw systemen?",
                    option="nieuw",
                    option_text="Een nieuw systeem, of het kan niet",
                    level=3,
                ),
            ),
            "warnings": (WarningLine(code="it-zonder-kosten", questions=("it-aanpassing",)),),
            "reason": None,
            "ask_instead": None,
            "closed_because": None,
            "why_asked": (
                EvidenceLine(
                    signal="wet:voorbeeldwet",
                    why=f"{short_name} voert deze regeling uit.",
                    quote="kent de toeslag ambtshalve toe",
                    source="wijziging",
                    begin=170,
                    end=200,
                ),
            ),
            "rubric": RubricPart(code="basis", version="1.0", sha256="ab" * 32),
            "asked_at": datetime(2026, 11, 27, 9, 0, tzinfo=UTC),
            "respond_by": datetime(2026, 12, 3, 16, 0, tzinfo=UTC),
            "approved_at": datetime(2026, 12, 3, 15, 48, tzinfo=UTC),
            **changed,
        }
    )


_EMPTY: dict[str, Any] = {
    "verdict": None,
    "dimensions": (),
    "changes": None,
    "size": None,
    "conditions": (),
    "alternative": None,
    "price_of_date": None,
    "costs": Costs(once=None, yearly=None),
    "staff": Staff(once=None, yearly=None),
    "feasible_from": None,
    "assumptions": None,
    "explanations": (),
    "answers": (),
    "trace": (),
    "warnings": (),
}


def silent(code: str, name: str, short_name: str, **changed: Any) -> AgencyPart:
    return agency(
        code,
        name,
        short_name,
        **{
            **_EMPTY,
            "status": "geen-reactie",
            "closed_because": "De stemming is morgen.",
            "approved_at": None,
            **changed,
        },
    )


def no_impact(code: str, name: str, short_name: str, **changed: Any) -> AgencyPart:
    nothing = Euros(low=0, high=0)
    return agency(
        code,
        name,
        short_name,
        **{
            **_EMPTY,
            "status": "geen-gevolgen",
            "dimensions": tuple(
                DimensionLine(dimension=d, level=0, at_least=False, explanation=None) for d in DIMENSIONS
            ),
            "costs": Costs(once=nothing, yearly=nothing),
            "staff": Staff(once=Fte(low=0, high=0), yearly=Fte(low=0, high=0)),
            "reason": "De uitkering verandert niet.",
            **changed,
        },
    )


def not_ours(code: str, name: str, short_name: str, **changed: Any) -> AgencyPart:
    return agency(
        code,
        name,
        short_name,
        **{
            **_EMPTY,
            "status": "niet-van-toepassing",
            "reason": "Een ander doet dit.",
            "ask_instead": "De SVB",
            **changed,
        },
    )


FOUR = (
    agency("gemeenten", "Gemeenten (via de VNG)", "Gemeenten", levels=(1, 2, 3, 2), feasible_from=date(2027, 7, 1)),
    no_impact("cak", "Centraal Administratie Kantoor", "CAK"),
    silent("dienst-toeslagen", "Dienst Toeslagen", "Toeslagen"),
    agency(
        "svb",
        "Sociale Verzekeringsbank",
        "SVB",
        conditions=(
            "De grondslag voor het delen van inkomensgegevens staat in de wet.",
            "De eerste toekenning mag na afloop van het jaar worden verrekend.",
        ),
    ),
    not_ours("uwv", "Uitvoeringsinstituut Werknemersverzekeringen", "UWV"),
)


def summary(**changed: Any) -> ImpactSummary:
    """Version 1 of an incomplete, "uitvoerbaar mits" summary with five agencies in every state, unless changed."""
    agencies = changed.get("agencies", FOUR)
    known = {a.code for a in agencies if a.status in ("vastgesteld", "geen-gevolgen")}
    return ImpactSummary(
        **{
            "number": "2026-4821-v1",
            "scan": "2026-4821",
            "version": 1,
            "correction": None,
            "published_at": PUBLISHED,
            "before_vote": True,
            "vote": VOTE,
            "amendment": amendment(),
            "complete": all(a.status != "geen-reactie" for a in agencies),
            "verdict": "uitvoerbaar-mits",
            "impact": tuple(
                ImpactLine(
                    dimension=dimension,
                    level=max((a.dimensions[at].level or 0 for a in agencies if a.code in known), default=None),
                    at_least=any(a.status == "geen-reactie" for a in agencies),
                    decided_by=tuple(a.code for a in agencies if a.code in known and (a.dimensions[at].level or 0) > 1),
                    count=len(known),
                    of=sum(a.status != "niet-van-toepassing" for a in agencies),
                )
                for at, dimension in enumerate(DIMENSIONS)
            ),
            "costs": TotalCosts(
                once=Euros(low=2_400_000, high=6_000_000),
                yearly=Euros(low=800_000, high=800_000),
                incomplete=("dienst-toeslagen",),
            ),
            "staff": TotalStaff(once=None, yearly=Fte(low=4.0, high=9.0), incomplete=("dienst-toeslagen",)),
            "introduction": Introduction(
                intended=date(2027, 1, 1), feasible_from=date(2028, 7, 1), decided_by=("svb",)
            ),
            "agencies": agencies,
            "routing": RoutingPart(
                proposed=("svb", "gemeenten", "dienst-toeslagen", "uwv", "duo"),
                asked=tuple(a.code for a in agencies),
                not_asked=(NotAsked(code="duo", name="Dienst Uitvoering Onderwijs"),),
                explanation="DUO levert alleen gegevens, die verandering doet de SVB.",
                no_agency=None,
                register_sha256="cd" * 32,
            ),
            "sequence": 1,
            "previous": None,
            "previous_sha256": None,
            **changed,
        }
    )


def nobody() -> ImpactSummary:
    return summary(
        agencies=(),
        complete=True,
        verdict=None,
        impact=tuple(
            ImpactLine(dimension=d, level=None, at_least=False, decided_by=(), count=0, of=0) for d in DIMENSIONS
        ),
        costs=TotalCosts(once=None, yearly=None, incomplete=()),
        staff=TotalStaff(once=None, yearly=None, incomplete=()),
        introduction=Introduction(intended=None, feasible_from=None, decided_by=()),
        routing=RoutingPart(
            proposed=(),
            asked=(),
            not_asked=(),
            explanation=None,
            no_agency=NoAgency(why="Het amendement wijzigt alleen de citeertitel."),
            register_sha256="cd" * 32,
        ),
    )


def chain(length: int) -> list[Publication]:
    """`length` sealed publications, each after the one before it, of different scans."""
    made: list[Publication] = []
    for at in range(1, length + 1):
        before = made[-1] if made else None
        made.append(
            seal(
                summary(
                    number=f"2026-{4800 + at}-v1",
                    scan=f"2026-{4800 + at}",
                    sequence=at,
                    published_at=PUBLISHED.replace(minute=at),
                    previous=before.number if before else None,
                    previous_sha256=before.sha256 if before else None,
                )
            )
        )
    return made
