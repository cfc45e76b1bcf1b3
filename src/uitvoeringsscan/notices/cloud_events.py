"""What machines are told: CloudEvents 1.0 in the NL GOV profile, of what is public, with numbers and codes only.

Which events are public is decided once, in the transaction in which they happen (`storage.journal`): the event is in this
table, its scan was submitted, and the scan is not confidential at that moment. They are numbered from 1 without gaps, by
themselves, so that nobody can count from them what is not public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from uitvoeringsscan.identifiers import ScanId

PREFIX = "nl.uitvoeringsscan."
MEDIA_TYPE = "application/cloudevents+json; charset=utf-8"
TEST = f"{PREFIX}proef"
"""What a test delivery says it is; it is in no feed."""

TYPES: Mapping[str, str] = MappingProxyType(
    {
        "ScanSubmitted": f"{PREFIX}scan-ingediend",
        "ScanRouted": f"{PREFIX}scan-uitgevraagd",
        "VoteMoved": f"{PREFIX}stemming-verzet",
        "ScanAssessed": f"{PREFIX}scan-beoordeeld",
        "ScanPublished": f"{PREFIX}publicatie-verschenen",
        "ReactionPublished": f"{PREFIX}reactie-verschenen",
        "CorrectionStarted": f"{PREFIX}rectificatie-begonnen",
        "ScanDisclosed": f"{PREFIX}scan-openbaar-gemaakt",
        "ScanReplaced": f"{PREFIX}scan-vervangen",
        "ScanWithdrawn": f"{PREFIX}scan-ingetrokken",
        "OutcomeRecorded": f"{PREFIX}uitslag-vastgelegd",
    }
)
"""The name of an event's class -> the type on the wire. What does not stand here is nobody's business outside."""

_DETAILS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "VoteMoved": ("stemming", "vote"),
        "ScanPublished": ("publicatie", "publication"),
        "ReactionPublished": ("publicatie", "publication"),
        "ScanReplaced": ("vervangenDoor", "by"),
        "OutcomeRecorded": ("uitslag", "result"),
    }
)
"""The one detail that goes along: name on the wire, name in the event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEvent:
    """`number` counts public events from 1, in the order in which they happened."""

    number: int
    event: str
    at: datetime
    scan: ScanId
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return TYPES[self.event]


def event_id(number: int) -> str:
    """Stable: a receiver that sees it twice may drop the second."""
    return f"gebeurtenis-{number}"


def to_wire(event: PublicEvent, source: str, address: str) -> dict[str, object]:
    """An event as it goes out, by webhook and in the feed alike.

    source   who says so: a URN of this installation
    address  where the service is reached, without a slash at the end
    """
    data: dict[str, object] = {"scan": event.scan}
    reference = f"{address}/api/v1/scans/{event.scan}"
    if event.event in _DETAILS:
        name, key = _DETAILS[event.event]
        data[name] = event.details.get(key)
    if event.event in ("ScanPublished", "ReactionPublished"):
        reference = f"{address}/api/v1/publicaties/{event.details.get('publication')}"
    return {
        "specversion": "1.0",
        "id": event_id(event.number),
        "source": source,
        "type": event.type,
        "subject": event.scan,
        "time": event.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "dataref": reference,
        "sequence": str(event.number),
        "sequencetype": "Integer",
        "data": data,
    }


def test_to_wire(name: str, at: datetime, source: str) -> dict[str, object]:
    """What a test delivery carries: it looks like an event and says nothing."""
    return {
        "specversion": "1.0",
        "id": name,
        "source": source,
        "type": TEST,
        "time": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": {"proef": True},
    }


def source_of(public_url: str) -> str:
    """A URN that is this installation's own, when none is configured: the name of its host and of this service."""
    host = public_url.partition("://")[2].partition("/")[0].replace(":", "-") or "lokaal"
    return f"urn:nld:{host}.uitvoeringsscan"
