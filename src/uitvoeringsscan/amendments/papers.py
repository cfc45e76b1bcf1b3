"""The order of parliamentary papers: 9 comes before 14, 14 before 14A, and what has no number yet comes last."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]{1,9}")
_LAST = 10**9


def paper_key(number: str | None) -> tuple[int, str]:
    """To sort paper numbers by."""
    found = _NUMBER.match(number or "")
    return (int(found.group()), number or "") if found else (_LAST, number or "")


def is_subamendment(kind: str) -> bool:
    """A subamendment changes another amendment, so it is voted on before that one."""
    return "subamendement" in kind.casefold()
