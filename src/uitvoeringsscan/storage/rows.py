"""Rows <-> values, both ways in one place: `from_row(to_row(x)) == x` for every kind, shown by tests."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from uitvoeringsscan.amendments.bill import Bill, BillTable
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, Outcome
from uitvoeringsscan.events import Event
from uitvoeringsscan.identifiers import AgencyCode, ClientId, PersonId, Principal, PublicationNumber, RubricRef, ScanId
from uitvoeringsscan.people.people import Actor, Client, Person, Role
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.scans.lifecycle import ScanState
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
    )


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
)


def line_from_row(row: Row) -> ScanLine:
    return ScanLine(**{**row, "state": ScanState(row["state"])})


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
    }


def assessment_from_row(row: Row) -> Assessment:
    return Assessment(
        scan=ScanId(row["scan"]),
        agency=AgencyCode(row["agency"]),
        version=row["version"],
        state=AssessmentState(row["state"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        reason=row["reason"],
        ask_instead=row["ask_instead"],
        remarks=row["remarks"],
        respond_by=row["respond_by"],
        asked_at=row["asked_at"],
        rubric=RubricRef(row["rubric_code"], row["rubric_version"], row["rubric_sha256"]),
        answers=documents.ANSWERS.load(row["answers"]),
        submitted=documents.SIGNATURE.load_optional(row["submitted"]),
        approved=documents.SIGNATURE.load_optional(row["approved"]),
        origin=ScanId(row["origin"]) if row["origin"] else None,
        question_remarks=documents.BY_QUESTION.load_optional(row["question_remarks"]) or {},
        copied={
            code: ScanId(scan) for code, scan in (documents.BY_QUESTION.load_optional(row["copied"]) or {}).items()
        },
        lapsed_because=row["lapsed_because"],
    )


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
    }


def client_from_row(row: Row) -> Client:
    return Client(**{**row, "id": ClientId(row["id"]), "role": Role(row["role"])})


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
