"""A mail before it has words: to whom, about what. The words are `presentation.mail_view`'s, the sending an adapter's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from uitvoeringsscan.identifiers import PersonId, ScanId
from uitvoeringsscan.notices.kinds import Kind


class MailState(StrEnum):
    WAITING = "wacht"
    SENT = "verstuurd"
    REFUSED = "geweigerd"
    """The receiving side said that this address does not take it, now or later: at once, or in a report afterwards."""
    FAILED = "mislukt"
    """It could not be handed over for a day, or came back for a reason that is not the address."""
    DROPPED = "vervallen"
    """The person is not active any more, or their address was refused before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail on its way. `id` is stable and becomes its Message-ID; `answer` is what the other side said last."""

    id: str
    person: PersonId
    state: MailState
    attempts: int
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """What one person chose, and whether their address takes mail.

    muted    kinds they turned off
    refused  what the receiving side said when it refused the address; None: nothing was refused
    """

    person: PersonId
    muted: frozenset[Kind] = frozenset()
    refused: str | None = None
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a mail. `turn_off` is the path to get no more of this kind; None where it is duty."""

    kind: Kind
    scan: ScanId | None
    place: str
    moment: datetime | None
    turn_off: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """
    turn_off  the path that ends what can be ended of all that is in it; None when all of it is duty
    mark      what stands in the header by which a report that comes back is known (`notices.bounce`)
    """

    id: str
    name: str
    email: str
    items: Sequence[Item]
    turn_off: str | None
    mark: str = ""
