"""The kinds of notice, and which of them are duty: a person cannot turn those off, because others wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from uitvoeringsscan.identifiers import AgencyCode, PersonId, ScanId


class Kind(StrEnum):
    """What a notice is about: the words of a person's own choices, and of what is stored. `RULES` says what leads to it."""

    ASKED = "gevraagd"
    SENT_BACK = "teruggestuurd"
    REOPENED = "heropend"
    DEADLINE_MOVED = "termijn-verzet"
    VOTE_MOVED = "stemming-verzet"
    REMINDED = "herinnering"
    ESCALATED = "dringend"
    TO_APPROVE = "vast-te-stellen"
    TASK = "toegewezen"
    COMMENT = "opmerking"
    LAPSED = "ronde-gesloten"
    SUBMITTED = "ingediend"
    NOT_OURS = "niet-voor-ons"
    ALL_IN = "alles-binnen"
    DISCLOSED = "openbaar-gemaakt"
    REROUTED = "nieuw-voorstel"
    CONFIRMED = "bevestigd"
    PUBLISHED = "gepubliceerd"
    REACTION = "reactie"
    CORRECTING = "rectificatie"
    WITHDRAWN = "ingetrokken"
    REPLACED = "vervangen"
    OUTCOME = "uitslag"
    LOOK_BACK = "terugblik"
    LOOK_BACK_TO_APPROVE = "terugblik-vaststellen"
    LOOK_BACK_SENT_BACK = "terugblik-teruggestuurd"
    RECEIVER_PAUSED = "ontvanger-gepauzeerd"
    PROPOSED = "uit-de-kamer"


DUTY = frozenset(
    {
        Kind.ASKED,
        Kind.SENT_BACK,
        Kind.REOPENED,
        Kind.DEADLINE_MOVED,
        Kind.VOTE_MOVED,
        Kind.REMINDED,
        Kind.ESCALATED,
        Kind.TO_APPROVE,
        Kind.SUBMITTED,
        Kind.NOT_OURS,
        Kind.LOOK_BACK,
        Kind.LOOK_BACK_TO_APPROVE,
        Kind.LOOK_BACK_SENT_BACK,
        Kind.RECEIVER_PAUSED,
    }
)
"""Somebody waits for what the receiver of these does. All others can be turned off."""

OPTIONAL = tuple(kind for kind in Kind if kind not in DUTY)

EVERYTHING = "alles"
"""In an address to turn notices off: every kind that can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing one person is told. It goes out in a mail, together with what else there is for them.

    id       `<sequence of the journal>-<person>`: one event never makes two notices for the same person
    place    the path to go to, down to the very question
    moment   a deadline or a vote that belongs to it
    send_at  from when on it may leave
    mail     the mail it went in; empty: it was turned off before it left; None: it waits
    """

    id: str
    person: PersonId
    kind: Kind
    scan: ScanId | None
    agency: AgencyCode | None
    place: str
    moment: datetime | None
    created_at: datetime
    send_at: datetime
    mail: str | None = None
