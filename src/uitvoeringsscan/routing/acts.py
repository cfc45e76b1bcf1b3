"""Reasons from the acts that are changed: who executes them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date

from uitvoeringsscan.amendments.amendment import ParsedAmendment
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.routing.changes import Certainty, Touched
from uitvoeringsscan.routing.documents import Mandate
from uitvoeringsscan.routing.mandates import Reach, reach_of
from uitvoeringsscan.routing.seen import Seen
from uitvoeringsscan.routing.signs import Reason, Sign


def from_acts(seen: Seen, parsed: ParsedAmendment, touched: Iterable[Touched]) -> Iterator[Reason]:
    """Reasons from every mandate under the acts that are touched, as far as it reaches what is changed."""
    received = parsed.received.value if parsed.received else _about(parsed)
    for act in touched:
        for mandate, reach in _reached(act, seen, received):
            asked = mandate.advice == "uitvragen" and reach is Reach.FULL
            match act.certainty:
                case Certainty.SURE:
                    sign = Sign.SURE_ACT_ASKED if asked else Sign.SURE_ACT_CONSIDERED
                case Certainty.LIKELY:
                    sign = Sign.LIKELY_ACT_ASKED if asked else Sign.LIKELY_ACT_CONSIDERED
                case Certainty.CITED if asked:
                    sign = Sign.CITED_ACT
                case Certainty.SPOKEN if asked:
                    sign = Sign.SPOKEN_ACT
                case _:
                    continue
            yield Reason(
                agency=AgencyCode(mandate.agency),
                sign=sign,
                signal=f"wet:{act.law.code}",
                explanation=_explained(act, mandate),
                source=act.source,
                span=act.span,
            )


def _explained(act: Touched, mandate: Mandate) -> str:
    """Why this agency; where the bill's table told which act it is, that step stands in front."""
    if act.bill_article is None:
        return mandate.explanation
    name = act.law.name
    article = "het" if name.startswith(_NEUTER) else "de"
    return f"Artikel {act.bill_article} van het wetsvoorstel wijzigt {article} {name}. {mandate.explanation}"


def _reached(act: Touched, seen: Seen, received: date | None) -> list[tuple[Mandate, Reach]]:
    """The mandates that the change concerns. Where neither article nor word decides, the rest of the note may."""
    near = list(reach_of(act, seen.conditions, received))
    if any(mandate.advice == "uitvragen" and reach is Reach.FULL for mandate, reach in near):
        return near
    return list(reach_of(act, seen.wider_conditions, received))


_NEUTER = ("Wetboek", "Burgerlijk Wetboek", "Besluit", "Verdrag", "Statuut", "Belastingplan")

# Dossiers are numbered through the years: the first number of which a paper was printed in that year, roughly.
_DOSSIER_YEARS = (
    (26000, 1998), (27000, 2000), (28000, 2002), (29000, 2004), (30000, 2005), (31000, 2007), (32000, 2009),
    (33000, 2011), (34000, 2014), (35000, 2018), (36000, 2022), (36600, 2024), (36900, 2026),
)  # fmt: skip


def _about(parsed: ParsedAmendment) -> date | None:
    """About when the amendment came in, by the number of its dossier, where the text gives no date."""
    digits = (parsed.dossier_number.value if parsed.dossier_number else "").replace(" ", "")
    if not digits.isdigit():
        return None
    at = bisect_right(_DOSSIER_YEARS, (int(digits), 9999)) - 1
    return date(_DOSSIER_YEARS[at][1], 7, 1) if at >= 0 else None
