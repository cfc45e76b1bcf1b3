"""Who is told what: one table, event -> rules. Whoever did it is not told; one event tells one person one thing at most,
by the first rule that names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from uitvoeringsscan.assessments.assessment import Outcome
from uitvoeringsscan.identifiers import AgencyCode, Principal
from uitvoeringsscan.notices import places
from uitvoeringsscan.notices.happened import Happened
from uitvoeringsscan.notices.kinds import Kind
from uitvoeringsscan.people.people import AGENCY_ROLES, SERVICE, Person, Role, address
from uitvoeringsscan.scans.deadlines import promised_by

Told = tuple[Person, AgencyCode | None]
Whom = Callable[[Happened], Iterable[Told]]


# --- whom ---


def _with_role(happened: Happened, *roles: Role) -> list[Told]:
    return [(one, None) for one in happened.people if one.roles & frozenset(roles)]


def _of(happened: Happened, agencies: Iterable[object], roles: frozenset[Role] = AGENCY_ROLES) -> list[Told]:
    wanted = {code for code in agencies if code is not None}
    return [(one, one.agency) for one in happened.people if one.agency in wanted and one.roles & roles]


def coordinators(happened: Happened) -> list[Told]:
    return _with_role(happened, Role.COORDINATOR)


def keepers(happened: Happened) -> list[Told]:
    """Who looks after connections with other systems."""
    return _with_role(happened, Role.COORDINATOR, Role.ADMIN)


def owner(happened: Happened) -> list[Told]:
    if happened.scan is None:
        return []
    return [(one, None) for one in happened.people if _principal(one) == happened.scan.owner]


def asked(happened: Happened) -> list[Told]:
    """Everybody of the agencies that are asked with this event."""
    newly = happened.details.get("newly_asked")
    return _of(happened, newly if isinstance(newly, list) else ())


def agency(happened: Happened) -> list[Told]:
    return _of(happened, [happened.agency])


def named(happened: Happened) -> list[Told]:
    """Exactly those whom the event names: of the agency, with deputies in the place of who is away."""
    persons = happened.details.get("persons")
    wanted = set(persons) if isinstance(persons, list) else set()
    return [told for told in agency(happened) if told[0].id in wanted]


def approvers(happened: Happened) -> list[Told]:
    return _of(happened, [happened.agency], frozenset({Role.APPROVER}))


def awaited(happened: Happened) -> list[Told]:
    """Of every agency from which an answer is still awaited."""
    return _of(happened, [file.agency for file in happened.files if not file.settled])


def agencies(happened: Happened) -> list[Told]:
    return _of(happened, [file.agency for file in happened.files])


def assigned(happened: Happened) -> list[Told]:
    """The colleague who has the section now, if it is still the one this event named."""
    section, to = happened.details.get("section"), happened.details.get("to")
    holders = {task.person for task in happened.tasks if task.section == section and task.name == to}
    return [told for told in agency(happened) if told[0].id in holders]


def involved(happened: Happened) -> list[Told]:
    """Colleagues who have a part of this file, or said something about it; all of them where nobody does yet."""
    question = happened.details.get("question")
    holders = {task.person for task in happened.tasks}
    speakers = {one.by.principal for one in happened.comments if one.question == question}
    file = happened.file(happened.agency)
    if file is not None and file.submitted is not None:
        speakers.add(file.submitted.principal)
    everybody = agency(happened)
    some = [told for told in everybody if told[0].id in holders or _principal(told[0]) in speakers]
    return [told for told in some if _principal(told[0]) != happened.principal] or everybody


def _principal(person: Person) -> Principal:
    return Principal(address(person.email))


# --- when a rule holds, and which moment goes with it ---


def always(happened: Happened) -> bool:
    return True


def by_a_person(happened: Happened) -> bool:
    """Not where the service moved it itself: then the event that made it do so is told already."""
    return happened.principal != SERVICE.principal


def first_routing(happened: Happened) -> bool:
    return happened.details.get("asked") == happened.details.get("newly_asked")


def said_not_ours(happened: Happened) -> bool:
    return happened.details.get("outcome") == Outcome.NOT_OURS.value


def nobody_named(happened: Happened) -> bool:
    return not happened.details.get("persons")


def said(happened: Happened, agency: AgencyCode | None) -> datetime | None:
    """The moment that the event itself counts down to."""
    moment = happened.details.get("moment")
    return datetime.fromisoformat(moment) if isinstance(moment, str) else None


def no_moment(happened: Happened, agency: AgencyCode | None) -> datetime | None:
    return None


def deadline(happened: Happened, agency: AgencyCode | None) -> datetime | None:
    file = happened.file(agency)
    return file.respond_by if file else None


def promise(happened: Happened, agency: AgencyCode | None) -> datetime | None:
    """When there is something to read: the same promise as on the page that the submitter follows."""
    if happened.scan is None:
        return None
    return promised_by((file.respond_by for file in happened.files), happened.scan.vote)


def vote(happened: Happened, agency: AgencyCode | None) -> datetime | None:
    return happened.scan.vote if happened.scan else None


@dataclass(frozen=True, slots=True)
class Rule:
    kind: Kind
    whom: Whom
    place: Callable[[Happened, AgencyCode | None], str]
    moment: Callable[[Happened, AgencyCode | None], datetime | None] = no_moment
    when: Callable[[Happened], bool] = always


RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "ScanSubmitted": (Rule(Kind.SUBMITTED, coordinators, places.of_coordinator, vote),),
        "ScanRerouted": (Rule(Kind.REROUTED, coordinators, places.of_coordinator),),
        "ScanRouted": (
            Rule(Kind.ASKED, asked, places.of_file, deadline),
            Rule(Kind.CONFIRMED, owner, places.of_owner, promise, first_routing),
        ),
        "HandedIn": (
            Rule(Kind.TO_APPROVE, approvers, places.of_signing, deadline),
            Rule(Kind.NOT_OURS, coordinators, places.of_coordinator, when=said_not_ours),
        ),
        "SentBack": (Rule(Kind.SENT_BACK, agency, places.of_remarks, deadline),),
        "Reopened": (Rule(Kind.REOPENED, agency, places.of_file, deadline),),
        "DeadlineMoved": (Rule(Kind.DEADLINE_MOVED, agency, places.of_file, deadline, by_a_person),),
        "VoteMoved": (
            Rule(Kind.VOTE_MOVED, awaited, places.of_file, vote),
            Rule(Kind.VOTE_MOVED, owner, places.of_owner, vote),
            Rule(Kind.VOTE_MOVED, coordinators, places.of_coordinator, vote),
        ),
        "Reminded": (Rule(Kind.REMINDED, named, places.of_file, said),),
        "Escalated": (
            Rule(Kind.ESCALATED, named, places.of_file, said),
            Rule(Kind.ESCALATED, coordinators, places.of_coordinator, said, nobody_named),
        ),
        "RoundLate": (Rule(Kind.ESCALATED, coordinators, places.of_coordinator, said),),
        "Commented": (Rule(Kind.COMMENT, involved, places.of_comment),),
        "TaskGiven": (Rule(Kind.TASK, assigned, places.of_task, deadline),),
        "Lapsed": (Rule(Kind.LAPSED, agency, places.of_file),),
        "ScanAssessed": (Rule(Kind.ALL_IN, coordinators, places.of_coordinator, vote),),
        "ScanDisclosed": (Rule(Kind.DISCLOSED, coordinators, places.of_coordinator),),
        "ScanPublished": (
            Rule(Kind.PUBLISHED, owner, places.of_publication),
            Rule(Kind.PUBLISHED, agencies, places.of_publication),
        ),
        "ReactionPublished": (
            Rule(Kind.REACTION, agencies, places.of_publication),
            Rule(Kind.REACTION, coordinators, places.of_publication),
        ),
        "CorrectionStarted": (
            Rule(Kind.CORRECTING, owner, places.of_owner),
            Rule(Kind.CORRECTING, agencies, places.of_file),
        ),
        "ScanWithdrawn": (
            Rule(Kind.WITHDRAWN, owner, places.of_owner),
            Rule(Kind.WITHDRAWN, agencies, places.of_file),
            Rule(Kind.WITHDRAWN, coordinators, places.of_coordinator),
        ),
        "ScanReplaced": (
            Rule(Kind.REPLACED, owner, places.of_owner),
            Rule(Kind.REPLACED, agencies, places.of_file),
        ),
        "OutcomeRecorded": (
            Rule(Kind.OUTCOME, owner, places.of_owner),
            Rule(Kind.OUTCOME, agencies, places.of_file),
        ),
        "LookBackAsked": (Rule(Kind.LOOK_BACK, agency, places.of_look_back),),
        "LookBackHandedIn": (Rule(Kind.LOOK_BACK_TO_APPROVE, approvers, places.of_look_back),),
        "LookBackSentBack": (Rule(Kind.LOOK_BACK_SENT_BACK, agency, places.of_look_back),),
        "ProposalCame": (Rule(Kind.PROPOSED, coordinators, places.of_proposals),),
        "ReceiverPaused": (Rule(Kind.RECEIVER_PAUSED, keepers, places.of_receiver),),
    }
)


@dataclass(frozen=True, slots=True)
class ToTell:
    """What one person is told of one event."""

    person: Person
    kind: Kind
    agency: AgencyCode | None
    place: str
    moment: datetime | None


def told(happened: Happened) -> list[ToTell]:
    """Everybody who is told of it, in the order of the rules."""
    found: dict[str, ToTell] = {}
    if not happened.submitted:
        return []
    for rule in RULES.get(happened.event, ()):
        if not rule.when(happened):
            continue
        for person, code in rule.whom(happened):
            if person.active and person.id not in found and _principal(person) != happened.principal:
                found[person.id] = ToTell(
                    person, rule.kind, code, rule.place(happened, code), rule.moment(happened, code)
                )
    return list(found.values())
