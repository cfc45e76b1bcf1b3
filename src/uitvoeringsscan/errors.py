"""What can go wrong, by kind; the shells decide how a kind looks (HTTP status, exit code), never this room.

DomainError
├── InvalidInput      what was sent is not right; carries every problem at once, each with its place
├── NotFound          it is not there, or it is not yours to see: from outside the two are the same
├── Forbidden         you may see it, but not do this
│   └── SignInRefused what the identity provider sent back is not what may let somebody in
├── WrongState        it exists, but this step does not fit where it stands now
├── Stale             somebody changed it since you read it
├── VersionMissing    a write to something shared without saying which version was seen
├── KeyReused         an idempotency key that was used before for something else
└── Unauthenticated   nobody known is asking
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong in an input. Exactly one of `question` and `field` names the place.

    code     stable, kebab-case, for machines ("verplicht", "te-lang", "onbekende-optie")
    message  one Dutch sentence for the person who typed it: what is wrong and how to go on
    question the code of the question, where the input is an answer
    field    the path in what was sent ("amendement.tekst"), otherwise
    """

    code: str
    message: str
    question: str | None = None
    field: str | None = None


class DomainError(Exception):
    """The root. `message` is Dutch and meant for the user; `code` is stable and meant for machines."""

    code = "fout"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class InvalidInput(DomainError):
    code = "ongeldige-invoer"

    def __init__(
        self, problems: Iterable[Problem], message: str = "Er klopt iets niet in wat u hebt gestuurd."
    ) -> None:
        super().__init__(message)
        self.problems: tuple[Problem, ...] = tuple(problems)


class NotFound(DomainError):
    code = "niet-gevonden"

    def __init__(self, message: str = "Dit bestaat niet, of u mag het niet inzien.") -> None:
        super().__init__(message)


class Forbidden(DomainError):
    code = "niet-toegestaan"


class SignInRefused(Forbidden):
    code = "aanmelding-geweigerd"


class WrongState(DomainError):
    code = "verkeerde-status"


class Stale(DomainError):
    code = "intussen-gewijzigd"

    def __init__(
        self, message: str = "Intussen gewijzigd door iemand anders. Haal de nieuwe versie op en probeer het opnieuw."
    ) -> None:
        super().__init__(message)


class VersionMissing(DomainError):
    code = "versie-ontbreekt"

    def __init__(
        self, message: str = "Zeg met If-Match welke versie u hebt gezien (of * voor de versie van nu)."
    ) -> None:
        super().__init__(message)


class KeyReused(DomainError):
    code = "sleutel-hergebruikt"


class Unauthenticated(DomainError):
    code = "niet-aangemeld"
