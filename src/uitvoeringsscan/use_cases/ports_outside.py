"""What use cases need to tell people and machines outside: the repositories, and the two ways out. Part of `ports`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from uitvoeringsscan.identifiers import PersonId
from uitvoeringsscan.notices.cloud_events import PublicEvent
from uitvoeringsscan.notices.kinds import Notice
from uitvoeringsscan.notices.letter import Letter, Mail, Mailbox
from uitvoeringsscan.notices.receivers import Answer, Delivery, Receiver


class Notices(Protocol):
    def add(self, notice: Notice) -> None:
        """Once: a notice that is there stays as it is."""

    def due(self, now: datetime, limit: int) -> Sequence[PersonId]:
        """People for whom something may leave by now."""

    def waiting(self, person: PersonId) -> Sequence[Notice]:
        """What did not leave yet, the oldest first; also what may not leave yet."""

    def put(self, notices: Collection[str], mail: str) -> None:
        """These went in that mail; empty: in none, and they never will."""

    def of_mail(self, mail: str) -> Sequence[Notice]: ...
    def of_person(self, person: PersonId, limit: int) -> Sequence[Notice]:
        """The newest first."""

    def forget(self, person: PersonId) -> None: ...


class Mails(Protocol):
    def get(self, mail: str) -> Mail | None: ...
    def lock(self, mail: str) -> Mail | None:
        """Read it and keep other writers away from it until the transaction ends."""

    def add(self, mail: Mail) -> bool:
        """False when it was there already."""

    def save(self, mail: Mail) -> None: ...
    def due(self, now: datetime, limit: int) -> Sequence[Mail]: ...
    def of_person(self, person: PersonId, limit: int) -> Sequence[Mail]:
        """The newest first."""


class Mailboxes(Protocol):
    def get(self, person: PersonId) -> Mailbox:
        """What they chose; nothing chosen when they never did."""

    def put(self, mailbox: Mailbox) -> None: ...
    def refused(self) -> Mapping[PersonId, Mailbox]:
        """Everybody whose address was refused."""

    def forget(self, person: PersonId) -> None: ...


class Receivers(Protocol):
    def every(self) -> Sequence[Receiver]:
        """By name, without the removed ones."""

    def get(self, receiver: str) -> Receiver | None: ...
    def lock(self, receiver: str) -> Receiver | None:
        """Read it and keep other writers away from it until the transaction ends."""

    def add(self, receiver: Receiver) -> None: ...
    def save(self, receiver: Receiver) -> None: ...


class Deliveries(Protocol):
    def get(self, delivery: str) -> Delivery | None: ...
    def add(self, delivery: Delivery) -> bool:
        """False when it was there already."""

    def save(self, delivery: Delivery) -> None: ...
    def due(self, receiver: str, now: datetime, limit: int) -> Sequence[Delivery]:
        """In the order in which they happened; no tests."""

    def page(self, receiver: str, before: tuple[datetime, str] | None, limit: int) -> Sequence[Delivery]:
        """The newest first."""

    def unfinished(self, receiver: str) -> Sequence[Delivery]:
        """What waits or failed, in the order in which it happened; no tests."""

    def hurry(self, receiver: str, now: datetime) -> None:
        """Whatever of this receiver waits for a later attempt is due now."""

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Receiver -> state -> how many."""


class PublicEvents(Protocol):
    def of_line(self, sequence: int) -> PublicEvent | None:
        """The public event that this line of the journal is; None when it is not public."""

    def get(self, number: int) -> PublicEvent | None: ...
    def after(self, number: int, limit: int) -> Sequence[PublicEvent]: ...
    def since(self, moment: datetime, limit: int) -> Sequence[PublicEvent]: ...


class MailDelayed(Exception):
    """It could not be handed over now; it may be later. The text is the other side's answer, or what went wrong."""


class MailRefused(Exception):
    """The receiving side will not take mail for this address. The text is its answer."""


class Mailer(Protocol):
    def send(self, letter: Letter, at: datetime) -> None:
        """Hand it over; MailDelayed or MailRefused when that is not so. It asks the network: never in a transaction.

        The same letter always carries the same Message-ID, so a mail that is handed over twice can be known as one.
        """


class Post(Protocol):
    def check(self, url: str) -> str | None:
        """Why nothing may be sent to this address, as a code; None when it may, as far as can be said beforehand."""

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send it, to an address that is looked at again at this moment. It asks the network: never in a transaction."""


class NoMailer:
    """Where no way out was given: nothing leaves, and nothing is lost."""

    def send(self, letter: Letter, at: datetime) -> None:
        raise MailDelayed("no way to send mail was given")


class NoPost:
    def check(self, url: str) -> str | None:
        return None

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        return Answer(fault="geen-verbinding")
