"""The submitter's reaction to what the agencies say: one, in their own words, always marked as theirs.

Before a publication it stands on the scan, and becomes part of the document that is published next. After it, it is a
signed record of its own beside that publication (`publication.addendum`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from uitvoeringsscan.amendments.intake import text_problems
from uitvoeringsscan.errors import InvalidInput

MAX_REACTION = 2000
"""Characters: a reaction stands beside a summary of one page, and is not longer than it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    text: str
    at: datetime


def checked(text: str) -> str:
    """Plain text without white space around it; empty is no reaction. Raises InvalidInput with every problem."""
    bare = text.replace("\r\n", "\n").strip()
    if problems := list(text_problems("tekst", bare, MAX_REACTION)):
        raise InvalidInput(problems)
    return bare
