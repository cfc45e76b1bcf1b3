"""The scales that every rubric measures with: four dimensions, four levels, four verdicts, four ways to be touched.

They are fixed: a rubric chooses its questions and its options, never its own scale.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Dimension(StrEnum):
    """The four dimensions of an uitvoeringsscan, in the order in which they are always shown."""

    IT_SYSTEMS = "it-systemen"
    DATA_EXCHANGE = "gegevensuitwisseling"
    STAFF = "personeel"
    TIMELINE = "tijdlijn"


class Level(IntEnum):
    """How heavy: 0 geen, 1 beperkt, 2 middelgroot, 3 ingrijpend (the words of the Belastingdienst's uitvoeringstoets)."""

    NONE = 0
    LIMITED = 1
    MEDIUM = 2
    MAJOR = 3


class Verdict(StrEnum):
    """What an agency concludes; listed from the mildest to the strictest. Never computed from levels."""

    FEASIBLE = "uitvoerbaar"
    FEASIBLE_IF = "uitvoerbaar-mits"
    NOT_YET_ASSESSABLE = "nog-niet-te-beoordelen"
    NOT_FEASIBLE = "niet-uitvoerbaar"


class Touched(StrEnum):
    """The first answer of every questionnaire: does this amendment touch the agency's work?"""

    YES = "ja"
    NO_IMPACT = "geen-gevolgen"
    NOT_OURS = "niet-onze-taak"
    NOT_ASSESSABLE = "niet-te-beoordelen"
