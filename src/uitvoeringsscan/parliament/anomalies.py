"""What is odd about what the House gave: stored, and shown to the coordinator with how to go on. Never a reason to stop."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AnomalyKind(StrEnum):
    """What can be odd; how to go on with each stands in `presentation.labels`."""

    UNKNOWN_PAPER = "onbekende-documentsoort"
    UNKNOWN_STATUS = "onbekende-status"
    UNKNOWN_DECISION = "onbekend-besluit"
    UNKNOWN_APPRAISAL = "onbekende-appreciatie"
    NO_DOCUMENT = "geen-document"
    DOCUMENT_UNAVAILABLE = "document-niet-op-te-halen"
    UNREADABLE_TEXT = "tekst-onleesbaar"
    NO_DOSSIER = "geen-dossier"
    NO_NUMBER = "geen-ondernummer"
    DOSSIER_MISMATCH = "dossier-verschilt"
    DUPLICATE_NUMBER = "nummer-dubbel"
    SEVERAL_REPLACED = "vervangt-meer"
    REPLACES_DIFFERS = "vervangt-verschilt"
    VANISHED = "verdwenen"
    VOTE_IN_PAST = "stemming-voorbij"
    VOTE_WITHOUT_TIME = "stemming-zonder-tijd"
    TALLY_CONTRADICTS = "uitslag-tegenspraak"
    OUTCOME_CHANGED = "uitslag-gewijzigd"
    TEXT_CHANGED = "tekst-gewijzigd"
    BILL_UNREADABLE = "wetsvoorstel-onleesbaar"
    ENTRY_UNREADABLE = "bericht-onleesbaar"
    CASE_UNREADABLE = "zaak-onleesbaar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """`subject` is the id of the case, document or category it is about; `fact` the word or number that is odd, as given."""

    kind: AnomalyKind
    subject: str
    fact: str = ""
