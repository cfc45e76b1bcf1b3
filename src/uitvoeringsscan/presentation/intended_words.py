"""When an amendment is to be in force, in words: what was read or given, and where."""

from __future__ import annotations

from uitvoeringsscan.amendments.intended import Intended
from uitvoeringsscan.presentation.summary_sentences import asked_day, asked_source


def intended_words(read: Intended | None) -> tuple[str, str]:
    """What is asked for, and where that comes from; the second is empty where nothing was found."""
    if read is None:
        return "De tekst zegt niet wanneer het moet ingaan.", ""
    return asked_day(read.when.value, read.day), asked_source(read.origin.value, read.quote, several=read.several)
