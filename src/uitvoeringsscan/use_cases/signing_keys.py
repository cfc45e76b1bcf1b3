"""Signing keys: which there are, whether the one in use can sign, and putting a new one in its place.

A new key changes nothing that was published: the old public keys stay, the old private key is thrown away.
"""

from __future__ import annotations

from collections.abc import Sequence

from uitvoeringsscan.errors import WrongState
from uitvoeringsscan.events import SigningKeyMade
from uitvoeringsscan.people.people import SERVICE, Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.publication.keys import SigningKey
from uitvoeringsscan.use_cases.ports import Desk


def rotate(desk: Desk, actor: Actor) -> SigningKey:
    """A new key, in use from now on."""
    if actor != SERVICE:
        require(actor, Action.MANAGE_PEOPLE)
    now = desk.now()
    key = desk.make_key(now)
    with desk.writing() as work:
        work.keys.add(key)
        work.journal.add(actor, SigningKeyMade(kid=key.kid), now)
    return key


def every(desk: Desk) -> Sequence[SigningKey]:
    """All keys ever used, the oldest first; the last one is in use. Their public halves are for everybody."""
    with desk.reading() as work:
        return work.keys.every()


def fault(desk: Desk) -> str | None:
    """Why nothing can be signed now, in one Dutch sentence; None when it can."""
    try:
        with desk.reading() as work:
            key = in_use(work.keys.newest())
        desk.sign(key, b"")
    except WrongState as error:
        return error.message
    return None


def ensure(desk: Desk) -> None:
    """Make a key when none can sign: for a demonstration or a developer. In production that is somebody's decision."""
    if fault(desk) is not None:
        rotate(desk, SERVICE)


def in_use(newest: SigningKey | None) -> SigningKey:
    """The key to sign with. WrongState when there is none yet."""
    if newest is None:
        raise WrongState(
            "Er is nog geen sleutel om publicaties mee te ondertekenen. Maak er een met: uitvoeringsscan keys rotate."
        )
    return newest
