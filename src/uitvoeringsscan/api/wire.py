"""Values -> what is shown on the wire. Moments in UTC with Z; codes as they stand in the contract."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from uitvoeringsscan.amendments.amendment import Amendment
from uitvoeringsscan.amendments.bill import Bill
from uitvoeringsscan.amendments.intended import Intended
from uitvoeringsscan.assessments.assessment import AssessmentHead
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.routing import wire as routing_wire
from uitvoeringsscan.routing.register import Agency, Register
from uitvoeringsscan.scans.outcome import VoteOutcome
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.use_cases.ports import ScanLine
from uitvoeringsscan.use_cases.reading import OpenFile


def moment(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def agency(register: Register, code: str) -> dict[str, Any]:
    found = register.agency(code)
    return {"code": code, "naam": found.name if found else code}


def amendment(value: Amendment) -> dict[str, Any]:
    return {
        "titel": value.title,
        "dossiernummer": value.dossier_number,
        "toevoeging": value.dossier_suffix,
        "ondernummer": value.paper_number,
        "soort": value.kind,
        "vervangt": value.replaces,
        "indieners": [{"naam": s.name, "fractie": s.party} for s in value.submitters],
        "ontvangen": value.received.isoformat() if value.received else None,
        "zaaknummer": value.case_number,
        "tekst": value.text,
    }


def scan(value: Scan, register: Register) -> dict[str, Any]:
    decision = value.decision
    return {
        "id": value.id,
        "nummer": value.id,
        "status": value.state.value,
        "versie": value.version,
        "amendement": amendment(value.amendment),
        "stemming": moment(value.vote),
        "vertrouwelijk": value.confidential,
        "aangemaaktOp": moment(value.created_at),
        "reactieVoor": moment(value.respond_by),
        "routering": {
            **routing_wire.to_wire(value.routing, register),
            "bevestigd": None
            if decision is None
            else {
                "organisaties": list(decision.agencies),
                "toelichting": decision.explanation,
                "op": moment(decision.by.at),
            },
        },
        "redenAfronding": value.round_closed,
        "redenIntrekking": value.withdrawn,
        "rectificatie": value.correction,
        "vervangenDoor": value.replaced_by,
        "uitslag": outcome(value.outcome),
        "reactie": {"tekst": value.reaction.text, "geplaatstOp": moment(value.reaction.at)} if value.reaction else None,
        "publicaties": [f"{value.id}-v{n}" for n in range(1, value.publications + 1)],
    }


def outcome(value: VoteOutcome | None) -> dict[str, Any] | None:
    return None if value is None else {"uitslag": value.kind.value, "op": moment(value.at), "bron": value.source}


def intended(value: Intended | None) -> dict[str, Any]:
    return {
        "soort": value.when.value if value else None,
        "beoogd": value.day.isoformat() if value and value.day else None,
        "citaat": value.quote if value else None,
        "bron": value.origin.value if value else None,
        "meerData": value.several if value else False,
    }


def scan_line(value: ScanLine) -> dict[str, Any]:
    return {
        "id": value.id,
        "nummer": value.id,
        "status": value.state.value,
        "versie": value.version,
        "amendement": {
            "titel": value.title,
            "dossiernummer": value.dossier_number,
            "toevoeging": value.dossier_suffix,
            "ondernummer": value.paper_number,
            "soort": value.kind,
        },
        "stemming": moment(value.vote),
        "vertrouwelijk": value.confidential,
        "aangemaaktOp": moment(value.created_at),
        "reactieVoor": moment(value.respond_by),
        "vervangenDoor": value.replaced_by,
        "uitslag": outcome(value.outcome),
        "publicaties": [f"{value.id}-v{n}" for n in range(1, value.publications + 1)],
    }


def overview_line(value: ScanLine, newest: Publication | None, content: dict[str, Any] | None) -> dict[str, Any]:
    """A line of a bill's or a voting day's overview: the scan, and what its newest publication says."""
    return {
        **scan_line(value),
        "publicatie": None
        if newest is None or content is None
        else {
            name: content[name]
            for name in ("nummer", "gepubliceerdOp", "voorStemming", "volledig", "oordeel", "impactbeeld")
        },
    }


def assessment(value: AssessmentHead, register: Register) -> dict[str, Any]:
    return {
        "id": value.id,
        "scan": value.scan,
        "organisatie": agency(register, value.agency),
        "status": value.status,
        "uitkomst": value.outcome.value if value.outcome else None,
        "versie": value.version,
        "reactieVoor": moment(value.respond_by),
        "gevraagdOp": moment(value.asked_at),
        "ingediendOp": moment(value.submitted.at if value.submitted else None),
        "vastgesteldOp": moment(value.approved.at if value.approved else None),
        "overgenomenVan": value.origin,
        "redenGeenReactie": value.lapsed_because,
        "vragenlijstRef": {
            "code": value.rubric.code,
            "versie": value.rubric.version,
            "sha256": value.rubric.sha256,
        },
    }


def open_file(value: OpenFile, register: Register) -> dict[str, Any]:
    file = value.assessment
    return {
        **assessment(file, register),
        "toelichting": file.reason,
        "vraagAan": file.ask_instead,
        "opmerkingen": file.remarks,
        "opmerkingenPerVraag": dict(file.question_remarks),
        "overgenomenAntwoorden": dict(file.copied),
        "vragenlijst": value.rubric.to_wire(),
        "antwoorden": dict(file.answers.values),
        "toelichtingen": dict(file.answers.explanations),
        "amendement": amendment(value.scan.amendment),
        "stemming": moment(value.scan.vote),
    }


def bill(value: Bill) -> dict[str, Any]:
    """A text of a bill: which of its articles changes which law. The text itself is not repeated."""
    return {
        "dossiernummer": value.dossier,
        "volgnummer": value.sequence,
        "versie": value.label,
        "datum": value.dated.isoformat() if value.dated else None,
        "ontvangenOp": moment(value.received_at),
        "sha256": value.sha256,
        "artikelen": [
            {
                "artikel": article.number,
                "wet": article.law,
                "bwb": article.bwb,
                "begin": article.span.begin,
                "einde": article.span.end,
            }
            for article in value.table.articles
        ],
    }


def register_agency(value: Agency) -> dict[str, Any]:
    return {"code": value.code, "naam": value.name, "korteNaam": value.short_name, "soort": value.kind}
