"""Who may do what: one table of role x action x relation. Everything else in the house asks this table.

A relation says how the actor stands to the thing: ANY is everyone's, OWN is what the actor submitted, AGENCY is the
file of the actor's own agency. Reading what is published needs no permission and does not stand here.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum, StrEnum, auto

from uitvoeringsscan.errors import Forbidden
from uitvoeringsscan.people.people import Actor, Role


class Action(StrEnum):
    SUBMIT_SCAN = "scan indienen"
    READ_SCAN = "scan lezen"
    READ_OPEN_SCAN = "scan lezen die niet vertrouwelijk is"
    DISCLOSE_SCAN = "scan openbaar maken"
    WITHDRAW_SCAN = "scan intrekken"
    ROUTE_SCAN = "routering bevestigen"
    CLOSE_ROUND = "ronde afronden"
    PUBLISH_SCAN = "publiceren"
    CORRECT_SCAN = "rectificeren"
    MOVE_VOTE = "stemming verzetten"
    READ_ASSESSMENT = "uitvraag lezen"
    ANSWER = "vragen beantwoorden"
    HAND_IN = "uitvraag indienen"
    APPROVE = "uitvraag vaststellen"
    SEND_BACK = "uitvraag terugzenden"
    ADD_BILL = "wetsvoorstel toevoegen"
    READ_JOURNAL = "journaal inzien"
    MANAGE_PEOPLE = "mensen en sleutels beheren"


class Relation(Enum):
    ANY = auto()
    OWN = auto()
    AGENCY = auto()


_ANY, _OWN, _AGENCY = Relation.ANY, Relation.OWN, Relation.AGENCY

PERMISSIONS: dict[Role, dict[Action, Relation]] = {
    Role.SUBMITTER: {
        Action.SUBMIT_SCAN: _ANY,
        Action.READ_SCAN: _OWN,
        Action.DISCLOSE_SCAN: _OWN,
        Action.WITHDRAW_SCAN: _OWN,
        Action.ADD_BILL: _ANY,
    },
    Role.RESPONDENT: {
        Action.READ_SCAN: _AGENCY,
        Action.READ_ASSESSMENT: _AGENCY,
        Action.ANSWER: _AGENCY,
        Action.HAND_IN: _AGENCY,
    },
    Role.APPROVER: {
        Action.READ_SCAN: _AGENCY,
        Action.READ_ASSESSMENT: _AGENCY,
        Action.ANSWER: _AGENCY,
        Action.HAND_IN: _AGENCY,
        Action.APPROVE: _AGENCY,
        Action.SEND_BACK: _AGENCY,
    },
    Role.COORDINATOR: {
        Action.SUBMIT_SCAN: _ANY,
        Action.READ_SCAN: _ANY,
        Action.DISCLOSE_SCAN: _OWN,
        Action.WITHDRAW_SCAN: _ANY,
        Action.ROUTE_SCAN: _ANY,
        Action.CLOSE_ROUND: _ANY,
        Action.PUBLISH_SCAN: _ANY,
        Action.CORRECT_SCAN: _ANY,
        Action.MOVE_VOTE: _ANY,
        Action.READ_ASSESSMENT: _ANY,
        Action.SEND_BACK: _ANY,
        Action.ADD_BILL: _ANY,
        Action.READ_JOURNAL: _ANY,
    },
    Role.READER: {Action.READ_OPEN_SCAN: _ANY},
    Role.ADMIN: {Action.MANAGE_PEOPLE: _ANY},
}


def may(actor: Actor, action: Action, relations: Collection[Relation] = ()) -> bool:
    """Whether one of the actor's roles allows `action` on a thing to which the actor stands in `relations`."""
    return any(
        (granted := PERMISSIONS[role].get(action)) is not None and (granted is Relation.ANY or granted in relations)
        for role in actor.roles
    )


def require(actor: Actor, action: Action, relations: Collection[Relation] = ()) -> None:
    """Raise Forbidden when `may` says no. For things the actor can see; what they cannot see is NotFound."""
    if not may(actor, action, relations):
        raise Forbidden(f"Uw rol staat dit niet toe: {action.value}.")
