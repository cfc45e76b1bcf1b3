"""Rows <-> values, both ways in one place: `from_row(to_row(x)) == x` for every kind, shown by tests."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from uitvoeringsscan.amendments.bill import Bill, BillTable
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentLine, AssessmentState, Outcome, RawAnswers
from uitvoeringsscan.events import Event
from uitvoeringsscan.identifiers import AgencyCode, ClientId, PersonId, Principal, PublicationNumber, RubricRef, ScanId
from uitvoeringsscan.people.people import Actor, Client, Person, Role, Scope
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.outcome import OutcomeKind, VoteOutcome
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.storage import documents
from uitvoeringsscan.use_cases.ports import JournalLine, ScanLine

Row = RowMapping


def scan_to_row(scan: Scan) -> dict[str, Any]:
    amendment = scan.amendment
    return {
        "id": scan.id,
        "version": scan.version,
        "state": scan.state.value,
        "dossier_number": amendment.dossier_number,
        "dossier_suffix": amendment.dossier_suffix,
        "paper_number": amendment.paper_number,
        "title": amendment.title,
        "kind": amendment.kind,
        "confidential": scan.confidential,
        "owner": scan.owner,
        "owner_name": scan.owner_name,
        "vote": scan.vote,
        "respond_by": scan.respond_by,
        "created_at": scan.created_at,
        "round_closed": scan.round_closed,
        "withdrawn": scan.withdrawn,
        "correction": scan.correction,
        "replaced_by": scan.replaced_by,
        "publications": scan.publications,
        "amendment": documents.AMENDMENT.dump(amendment),
        "parsed": documents.PARSED.dump(scan.parsed),
        "routing": documents.ROUTING.dump(scan.routing),
        "decision": documents.DECISION.dump_optional(scan.decision),
        "outcome": scan.outcome.kind.value if scan.outcome else None,
        "outcome_at": scan.outcome.at if scan.outcome else None,
        "outcome_source": scan.outcome.source if scan.outcome else None,
        "intended": documents.INTENDED.dump_optional(scan.intended),
        "reaction": documents.REACTION.dump_optional(scan.reaction),
        "by_hand": scan.by_hand,
        "closes_itself": scan.closes_itself,
    }


def scan_from_row(row: Row) -> Scan:
    return Scan(
        id=ScanId(row["id"]),
        version=row["version"],
        state=ScanState(row["state"]),
        amendment=documents.AMENDMENT.load(row["amendment"]),
        parsed=documents.PARSED.load(row["parsed"]),
        routing=documents.ROUTING.load(row["routing"]),
        decision=documents.DECISION.load_optional(row["decision"]),
        outcome=_outcome(row),
        intended=documents.INTENDED.load_optional(row["intended"]),
        reaction=documents.REACTION.load_optional(row["reaction"]),
        vote=row["vote"],
        confidential=row["confidential"],
        owner=Principal(row["owner"]),
        owner_name=row["owner_name"],
        created_at=row["created_at"],
        respond_by=row["respond_by"],
        round_closed=row["round_closed"],
        withdrawn=row["withdrawn"],
        correction=row["correction"],
        replaced_by=row["replaced_by"],
        publications=row["publications"],
        by_hand=bool(row["by_hand"]),
        closes_itself=bool(row["closes_itself"]),
    )


def _outcome(row: Row) -> VoteOutcome | None:
    if row["outcome"] is None:
        return None
    return VoteOutcome(kind=OutcomeKind(row["outcome"]), at=row["outcome_at"], source=row["outcome_source"])


LINE_COLUMNS = (
    "id",
    "state",
    "version",
    "title",
    "kind",
    "dossier_number",
    "dossier_suffix",
    "paper_number",
    "confidential",
    "owner",
    "vote",
    "respond_by",
    "created_at",
    "correction",
    "replaced_by",
    "publications",
    "outcome",
    "outcome_at",
    "outcome_source",
)


def line_from_row(row: Row) -> ScanLine:
    kept = {name: value for name, value in row.items() if not name.startswith("outcome")}
    return ScanLine(**{**kept, "state": ScanState(row["state"]), "outcome": _outcome(row)})


def assessment_to_row(assessment: Assessment) -> dict[str, Any]:
    return {
        "scan": assessment.scan,
        "agency": assessment.agency,
        "version": assessment.version,
        "state": assessment.state.value,
        "outcome": assessment.outcome.value if assessment.outcome else None,
        "reason": assessment.reason,
        "ask_instead": assessment.ask_instead,
        "remarks": assessment.remarks,
        "respond_by": assessment.respond_by,
        "asked_at": assessment.asked_at,
        "rubric_code": assessment.rubric.code,
        "rubric_version": assessment.rubric.version,
        "rubric_sha256": assessment.rubric.sha256,
        "answers": documents.ANSWERS.dump(assessment.answers),
        "submitted": documents.SIGNATURE.dump_optional(assessment.submitted),
        "approved": documents.SIGNATURE.dump_optional(assessment.approved),
        "origin": assessment.origin,
        "question_remarks": documents.BY_QUESTION.dump(assessment.question_remarks)
        if assessment.question_remarks
        else None,
        "copied": documents.BY_QUESTION.dump(assessment.copied) if assessment.copied else None,
        "lapsed_because": assessment.lapsed_because,
        "by_hand": assessment.by_hand,
        "timed_at": assessment.timed_at,
        "signed_before": documents.SIGNED_BEFORE.dump_optional(assessment.signed_before),
    }


HEAD_COLUMNS = (
    "scan",
    "agency",
    "version",
    "state",
    "outcome",
    "remarks",
    "respond_by",
    "asked_at",
    "rubric_code",
    "rubric_version",
    "rubric_sha256",
    "submitted",
    "approved",
    "origin",
    "question_remarks",
    "lapsed_because",
)


def _head(row: Row) -> dict[str, Any]:
    """What a file and its line in a list share."""
    return {
        "scan": ScanId(row["scan"]),
        "agency": AgencyCode(row["agency"]),
        "version": row["version"],
        "state": AssessmentState(row["state"]),
        "outcome": Outcome(row["outcome"]) if row["outcome"] else None,
        "remarks": row["remarks"],
        "respond_by": row["respond_by"],
        "asked_at": row["asked_at"],
        "rubric": RubricRef(row["rubric_code"], row["rubric_version"], row["rubric_sha256"]),
        "submitted": documents.SIGNATURE.load_optional(row["submitted"]),
        "approved": documents.SIGNATURE.load_optional(row["approved"]),
        "origin": ScanId(row["origin"]) if row["origin"] else None,
        "question_remarks": documents.BY_QUESTION.load_optional(row["question_remarks"]) or {},
        "lapsed_because": row["lapsed_because"],
    }


def assessment_from_row(row: Row) -> Assessment:
    return Assessment(
        **_head(row),
        reason=row["reason"],
        ask_instead=row["ask_instead"],
        answers=documents.ANSWERS.load(row["answers"]),
        copied={
            code: ScanId(scan) for code, scan in (documents.BY_QUESTION.load_optional(row["copied"]) or {}).items()
        },
        by_hand=bool(row["by_hand"]),
        timed_at=row["timed_at"],
        signed_before=documents.SIGNED_BEFORE.load_optional(row["signed_before"]),
    )


NO_ANSWERS = documents.ANSWERS.dump(RawAnswers())
"""How a draft is stored in which nothing was written yet: the database can compare it without reading it."""


def assessment_line_from_row(row: Row) -> AssessmentLine:
    """The row holds HEAD_COLUMNS, and `begun`: whether the answers are not NO_ANSWERS."""
    return AssessmentLine(**_head(row), begun=bool(row["begun"]))


def publication_to_row(publication: Publication) -> dict[str, Any]:
    return {
        "sequence": publication.sequence,
        "number": publication.number,
        "scan": publication.scan,
        "version": publication.version,
        "published_at": publication.published_at,
        "sha256": publication.sha256,
        "previous": publication.previous,
        "previous_sha256": publication.previous_sha256,
        "document": publication.document,
        "pdf": publication.pdf,
        "signature": publication.signature,
    }


def publication_from_row(row: Row) -> Publication:
    return Publication(
        **{**row, "number": PublicationNumber(row["number"]), "scan": ScanId(row["scan"])},
    )


def bill_to_row(bill: Bill) -> dict[str, Any]:
    return {
        "dossier": bill.dossier,
        "sequence": bill.sequence,
        "received_at": bill.received_at,
        "label": bill.label,
        "dated": bill.dated,
        "sha256": bill.sha256,
        "text": bill.text,
        "articles": json.dumps(bill.table.to_dict(), ensure_ascii=False),
    }


def bill_from_row(row: Row) -> Bill:
    return Bill(
        dossier=row["dossier"],
        sequence=row["sequence"],
        received_at=row["received_at"],
        label=row["label"],
        dated=row["dated"],
        sha256=row["sha256"],
        text=row["text"],
        table=BillTable.from_dict(json.loads(row["articles"])),
    )


def person_to_row(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "roles": " ".join(sorted(role.value for role in person.roles)),
        "agency": person.agency,
        "active": person.active,
        "subject": person.subject,
        "closed_at": person.closed_at,
    }


def person_from_row(row: Row) -> Person:
    return Person(
        id=PersonId(row["id"]),
        name=row["name"],
        email=row["email"],
        roles=frozenset(Role(word) for word in row["roles"].split()),
        agency=row["agency"],
        active=row["active"],
        subject=row["subject"],
        closed_at=row["closed_at"],
    )


def client_to_row(client: Client) -> dict[str, Any]:
    return {
        "id": client.id,
        "name": client.name,
        "role": client.role.value,
        "agency": client.agency,
        "owner": client.owner,
        "secret_hash": client.secret_hash,
        "created_at": client.created_at,
        "revoked_at": client.revoked_at,
        "expires_at": client.expires_at,
        "used_at": client.used_at,
        "scopes": scopes_to_text(client.scopes),
    }


def client_from_row(row: Row) -> Client:
    scopes = scopes_from_text(row["scopes"])
    return Client(**{**row, "id": ClientId(row["id"]), "role": Role(row["role"]), "scopes": scopes})


def scopes_to_text(scopes: frozenset[Scope] | None) -> str | None:
    return None if scopes is None else " ".join(sorted(scopes))


def scopes_from_text(text: str | None) -> frozenset[Scope] | None:
    return None if text is None else frozenset(Scope(word) for word in text.split())


def journal_from_row(row: Row) -> JournalLine:
    return JournalLine(
        sequence=row["sequence"],
        at=row["at"],
        principal=Principal(row["principal"]),
        name=row["name"],
        roles=tuple(row["roles"].split()),
        agency=row["agency"],
        request=row["request"],
        event=row["event"],
        scan=row["scan"],
        details=json.loads(row["details"]),
        previous_sha256=row["previous_sha256"],
        sha256=row["sha256"],
    )


def line_of_event(sequence: int, actor: Actor, event: Event, at: datetime, previous: str | None) -> JournalLine:
    """An event as the journal's next line, still without its own digest."""
    details = json.loads(
        json.dumps(dataclasses.asdict(event))
    )  # lists for tuples: what is read back is what was written
    scan = details.pop("scan")
    return JournalLine(
        sequence=sequence,
        at=at,
        principal=actor.principal,
        name=actor.name,
        roles=tuple(sorted(role.value for role in actor.roles)),
        agency=actor.agency,
        request=actor.request,
        event=type(event).__name__,
        scan=scan,
        details=details,
        previous_sha256=previous,
        sha256=None,
    )


def journal_to_row(line: JournalLine) -> dict[str, Any]:
    return {
        "sequence": line.sequence,
        "at": line.at,
        "principal": line.principal,
        "name": line.name,
        "roles": " ".join(line.roles),
        "agency": line.agency,
        "request": line.request,
        "event": line.event,
        "scan": line.scan,
        "details": details_to_text(line.details),
        "previous_sha256": line.previous_sha256,
        "sha256": line.sha256,
    }


def details_to_text(details: Mapping[str, object]) -> str:
    return json.dumps(details, ensure_ascii=False, sort_keys=True)
