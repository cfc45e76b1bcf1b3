"""Corrections and the review of the register in words: JSON, CSV, and sentences that suggest what to change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from uitvoeringsscan.presentation.dutch import listed
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.scans.corrections import UNKNOWN_LAW, Correction, Group, Review, Tally

COLUMNS = (
    "scan",
    "dossier",
    "toegevoegd",
    "weggelaten",
    "reden",
    "wetten",
    "signalen",
    "register",
    "wetsvoorstel",
    "op",
)
_NAMED = 5
"""Scans that a suggestion names; the rest is counted."""


def correction_to_wire(value: Correction) -> dict[str, Any]:
    return {
        "scan": value.scan,
        "dossier": value.dossier,
        "toegevoegd": [{"code": code, "overwogen": code in value.considered} for code in value.added],
        "weggelaten": list(value.removed),
        "reden": value.reason,
        "wetten": list(value.laws),
        "signalen": {code: list(signals) for code, signals in value.signals.items()},
        "registerSha256": value.register_sha256,
        "wetsvoorstelSha256": value.bill_sha256,
        "op": value.at.isoformat(timespec="seconds"),
    }


def corrections_to_csv(values: Iterable[Correction]) -> str:
    """One line per scan; lists within a cell are parted by semicolons. Made for a spreadsheet: no cell is a formula."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    for value in values:
        row = (
            value.scan,
            value.dossier or "",
            "; ".join(value.added),
            "; ".join(value.removed),
            value.reason or "",
            "; ".join(value.laws),
            "; ".join(f"{code}: {signal}" for code, signals in value.signals.items() for signal in signals),
            value.register_sha256,
            value.bill_sha256 or "",
            value.at.isoformat(timespec="seconds"),
        )
        writer.writerow([_harmless(cell) for cell in row])
    return target.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


# --- the review -------------------------------------------------------------------------------------------------------


def suggestion(group: Group, register: Register) -> str:
    """One group of corrections as advice for whoever keeps the register."""
    agency = register.agency(group.agency)
    name = agency.short_name if agency else group.agency
    times = "1 keer" if group.count == 1 else f"{group.count} keer"
    if group.added:
        place = "Zonder herkende wet" if group.place == UNKNOWN_LAW else f"Bij {group.place}"
        law = register.law_named(group.place) if group.place else None
        executes = law is not None and any(m.agency == group.agency for m in law.mandates)
        advice = (
            "overweeg woorden die naar deze organisatie wijzen"
            if group.place == UNKNOWN_LAW
            else "overweeg deze wet in het register op te nemen"
            if law is None
            else f"kijk of het advies voor {group.agency} «uitvragen» moet zijn"
            if executes
            else f"overweeg {group.agency} voortaan te vragen"
        )
        return f"{place} is {times} {name} toegevoegd: {advice} {_scans(group)}."
    return f"Op het signaal {group.place} is {times} {name} weggelaten: kijk of dat te ruim is {_scans(group)}."


def _scans(group: Group) -> str:
    named = [str(scan) for scan in group.scans[:_NAMED]]
    if more := len(group.scans) - len(named):
        named.append(f"nog {more} {'scan' if more == 1 else 'scans'}")
    if group.confidential:
        named.append(
            f"{group.confidential} {'vertrouwelijke scan' if group.confidential == 1 else 'vertrouwelijke scans'}"
        )
    return f"({listed(named)})"


def review_lines(value: Review, register: Register, least: int = 1) -> Iterator[str]:
    """The whole review for the command line; `least`: how often a correction must have been made to be told."""
    yield f"{value.scans} bevestigde scans, {value.changed} anders dan voorgesteld ({value.confidential} vertrouwelijk)."
    yield f"Alle voorstellen: {_figures(value.whole)}."
    for code, tally in value.agencies.items():
        yield f"  {code}: {_figures(tally)}"
    for group in value.groups:
        if group.count >= least:
            yield suggestion(group, register)


def _figures(tally: Tally) -> str:
    return (
        f"precisie {_part(tally.precision)}, dekking {_part(tally.recall)} "
        f"({tally.right} goed, {tally.removed} weggelaten, {tally.added} toegevoegd)"
    )


def _part(value: float | None) -> str:
    return "onbekend" if value is None else f"{value:.2f}".replace(".", ",")


def review_to_wire(value: Review, register: Register) -> dict[str, Any]:
    def figures(tally: Tally) -> dict[str, Any]:
        return {
            "goed": tally.right,
            "weggelaten": tally.removed,
            "toegevoegd": tally.added,
            "precisie": tally.precision,
            "dekking": tally.recall,
        }

    return {
        "scans": value.scans,
        "gewijzigd": value.changed,
        "vertrouwelijk": value.confidential,
        **figures(value.whole),
        "organisaties": {code: figures(tally) for code, tally in value.agencies.items()},
        "suggesties": [
            {
                "organisatie": group.agency,
                "soort": "toegevoegd" if group.added else "weggelaten",
                "bij": group.place or None,
                "aantal": group.count,
                "overwogen": group.considered,
                "scans": list(group.scans),
                "vertrouwelijk": group.confidential,
                "suggestie": suggestion(group, register),
            }
            for group in value.groups
        ],
    }
