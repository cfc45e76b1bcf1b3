"""Invented papers for the tests of this room: a head, changes and a note, each to be replaced."""

from __future__ import annotations

TITLE = "Wijziging van de Wet op de proefvelden 1998 en de Dijkwet in verband met het meten van regen (Regenmeterwet)"


def paper(
    body: str = "In artikel 3, eerste lid, wordt «twee» vervangen door «drie».",
    *,
    dossier: str = "39 812",
    number: str = "Nr. 12 ",
    heading: str = "AMENDEMENT VAN HET LID JANSEN",
    received: str = "Ontvangen 5 februari 2024",
    opening: str = "De ondergetekende stelt het volgende amendement voor:",
    note: str = "Toelichting\n\nDit amendement regelt dat vaker wordt gemeten.",
    signed: str = "Jansen",
) -> str:
    head = f"{dossier} {TITLE}\n\n{number}{heading}"
    return "\n\n".join(part for part in (head, received, opening, body, note, signed) if part)
