"""Whether an amendment changes a budget: its articles are then budget articles, not articles of a law."""

from __future__ import annotations

import re

_BUDGET_TITLE = re.compile(
    r"(?:vaststelling|wijziging)\s+van\s+de\s+(?:departementale\s+)?begrotingssta", re.IGNORECASE
)
_STATE = re.compile(r"(?:de|In de)\s+(?:departementale\s+)?begrotingssta(?:at|ten)(?![\w-])", re.IGNORECASE)
_AMOUNTS = re.compile(
    r"(?:verplichtingen|uitgaven|ontvangsten)(?:bedrag|bedragen)?(?![\w-])[^.;:]{0,200}?(?<![\w-])(?:verhoogd|"
    r"verlaagd|gewijzigd|vervangen)"
)
_READ = 20_000


def changes_budget(title: str | None, masked_body: str) -> bool:
    """By the title of the bill, else by what the instructions change (quoted text masked)."""
    if title is not None and _BUDGET_TITLE.search(title[:2000]):
        return True
    body = masked_body[:_READ]
    return _STATE.search(body) is not None or ("bedrag" in body and _AMOUNTS.search(body) is not None)
