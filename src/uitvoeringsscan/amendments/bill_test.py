"""What an agency said about the bill itself, before anybody wanted to change it: its uitvoeringstoets on the bill.

An amendment is asked about against this: what changes in what the agency said then? It is kept by dossier and agency, and
only grows: the newest stands, and what was cited can be found again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from uitvoeringsscan.amendments.intake import MAX_NAME, MAX_TEXT, text_problems
from uitvoeringsscan.errors import InvalidInput, Problem
from uitvoeringsscan.identifiers import AgencyCode

MAX_LINK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BillTest:
    """`link` or `text` is there, or both. `dossier` is 36410, or 36410-XV.

    sequence  from 1, over all tests of this agency on this bill
    """

    dossier: str
    agency: AgencyCode
    sequence: int
    title: str
    dated: date
    link: str | None
    text: str | None
    received_at: datetime


def check_bill_test(title: str, dated: date | None, link: str | None, text: str | None) -> None:
    """Raises InvalidInput with every problem."""
    problems = [*text_problems("titel", title, MAX_NAME), *text_problems("tekst", text or "", MAX_TEXT)]
    if not title:
        problems.append(Problem(code="verplicht", field="titel", message="Schrijf hoe deze uitvoeringstoets heet."))
    if dated is None or not 1990 <= dated.year <= 2200:
        message = "Schrijf de datum van de uitvoeringstoets, bijvoorbeeld 25 november 2025."
        problems.append(Problem(code="ongeldige-datum", field="datum", message=message))
    if link is not None and not _is_address(link):
        message = "Schrijf een adres dat met https:// begint."
        problems.append(Problem(code="verkeerde-vorm", field="link", message=message))
    if link is None and not (text or "").strip():
        problems.append(Problem(code="verplicht", field="link", message="Geef een link of een bestand."))
    if problems:
        raise InvalidInput(problems)


_ADDRESS = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?([/?#][!-~]*)?", re.IGNORECASE)


def _is_address(link: str) -> bool:
    """An https address that a page can link to: of visible ASCII, with the name of a host and nobody's user name."""
    return len(link) <= MAX_LINK and _ADDRESS.fullmatch(link) is not None
