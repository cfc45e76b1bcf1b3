"""Who may do what: one table of role x action x relation. Everything else in the house asks this table.

A relation says how the actor stands to the thing: ANY is everyone's, OWN is what the actor submitted, AGENCY is the
file of the actor's own agency. Reading what is published needs no permission and does not stand here.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum, StrEnum, auto

from uitvoeringsscan.errors import Forbidden
from uitvoeringsscan.people.people import Actor, Role, Scope


class Action(StrEnum):
    """Whatever somebody may be allowed to do; the words are those of docs/permissions.md."""

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
    RECORD_OUTCOME = "uitslag vastleggen"
    SET_INTENDED = "beoogde invoering opgeven"
    REACT = "reactie van de indiener geven"
    READ_ASSESSMENT = "uitvraag lezen"
    ANSWER = "vragen beantwoorden"
    HAND_IN = "uitvraag indienen"
    APPROVE = "uitvraag vaststellen"
    SEND_BACK = "uitvraag terugzenden"
    ADD_BILL = "wetsvoorstel toevoegen"
    READ_JOURNAL = "journaal inzien"
    TRY_RUBRIC = "vragenlijst uitproberen"
    MANAGE_PEOPLE = "mensen en sleutels beheren"
    MANAGE_COLLEAGUES = "collega's van de organisatie beheren"
    MANAGE_RECEIVERS = "ontvangers van gebeurtenissen beheren"
    MANAGE_WORK = "werk op de achtergrond beheren"


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
        Action.SET_INTENDED: _OWN,
        Action.REACT: _OWN,
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
        Action.RECORD_OUTCOME: _ANY,
        Action.SET_INTENDED: _ANY,
        Action.READ_ASSESSMENT: _ANY,
        Action.SEND_BACK: _ANY,
        Action.ADD_BILL: _ANY,
        Action.READ_JOURNAL: _ANY,
        Action.TRY_RUBRIC: _ANY,
        Action.MANAGE_RECEIVERS: _ANY,
        Action.MANAGE_WORK: _ANY,
    },
    Role.READER: {Action.READ_OPEN_SCAN: _ANY},
    Role.AGENCY_ADMIN: {Action.MANAGE_COLLEAGUES: _AGENCY},
    Role.ADMIN: {
        Action.MANAGE_PEOPLE: _ANY,
        Action.TRY_RUBRIC: _ANY,
        Action.MANAGE_RECEIVERS: _ANY,
        Action.MANAGE_WORK: _ANY,
    },
}


_READ, _SUBMIT, _ANSWER, _COORDINATE, _MANAGE = Scope.READ, Scope.SUBMIT, Scope.ANSWER, Scope.COORDINATE, Scope.MANAGE

SCOPES: dict[Action, Scope] = {
    Action.SUBMIT_SCAN: _SUBMIT,
    Action.READ_SCAN: _READ,
    Action.READ_OPEN_SCAN: _READ,
    Action.DISCLOSE_SCAN: _SUBMIT,
    Action.WITHDRAW_SCAN: _SUBMIT,
    Action.ROUTE_SCAN: _COORDINATE,
    Action.CLOSE_ROUND: _COORDINATE,
    Action.PUBLISH_SCAN: _COORDINATE,
    Action.CORRECT_SCAN: _COORDINATE,
    Action.MOVE_VOTE: _COORDINATE,
    Action.RECORD_OUTCOME: _COORDINATE,
    Action.SET_INTENDED: _SUBMIT,
    Action.REACT: _SUBMIT,
    Action.READ_ASSESSMENT: _READ,
    Action.ANSWER: _ANSWER,
    Action.HAND_IN: _ANSWER,
    Action.APPROVE: _ANSWER,
    Action.SEND_BACK: _ANSWER,
    Action.ADD_BILL: _SUBMIT,
    Action.READ_JOURNAL: _READ,
    Action.TRY_RUBRIC: _MANAGE,
    Action.MANAGE_PEOPLE: _MANAGE,
    Action.MANAGE_COLLEAGUES: _MANAGE,
    Action.MANAGE_RECEIVERS: _MANAGE,
    Action.MANAGE_WORK: _MANAGE,
}
"""Which part of a role an action belongs to. A machine that is held to some parts may always read what its role may read."""


def may(actor: Actor, action: Action, relations: Collection[Relation] = ()) -> bool:
    """Whether one of the actor's roles allows `action` on a thing to which the actor stands in `relations`."""
    if actor.scopes is not None and SCOPES[action] not in actor.scopes | {Scope.READ}:
        return False
    return any(
        (granted := PERMISSIONS[role].get(action)) is not None and (granted is Relation.ANY or granted in relations)
        for role in actor.roles
    )


def require(actor: Actor, action: Action, relations: Collection[Relation] = ()) -> None:
    """Raise Forbidden when `may` says no. For things the actor can see; what they cannot see is NotFound."""
    if not may(actor, action, relations):
        raise Forbidden(f"Uw rol staat dit niet toe: {action.value}.")
