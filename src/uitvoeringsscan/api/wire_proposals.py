"""Proposals from the House's data on the wire: Dutch names, codes never words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from uitvoeringsscan.api.wire import amendment, moment
from uitvoeringsscan.parliament import judging
from uitvoeringsscan.parliament.anomalies import Anomaly
from uitvoeringsscan.routing import wire as routing_wire
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.use_cases.ports_parliament import ProposalLine
from uitvoeringsscan.use_cases.proposing import Reading


def line(value: ProposalLine) -> dict[str, Any]:
    return {
        "id": value.case,
        "status": value.state.value,
        "zaaknummer": value.number,
        "dossier": value.dossier,
        "ondernummer": value.paper,
        "titel": value.title,
        "onderwerp": value.subject,
        "leesbaar": value.readable,
        "organisaties": list(value.agencies),
        "stemming": moment(value.vote),
        "scan": value.scan,
        "gezienOp": moment(value.seen_at),
        "behandeldOp": moment(value.handled_at),
        "reden": value.reason,
        "bijzonderheden": _anomalies(value.anomalies),
    }


def proposal(value: Reading, register: Register) -> dict[str, Any]:
    known = value.proposal
    case = known.case
    paper = judging.amendment_paper(case)
    return {
        "id": case.id,
        "versie": known.version,
        "status": known.state.value,
        "zaaknummer": case.number,
        "dossier": judging.dossier_of(case),
        "ondernummer": paper.paper_number if paper else None,
        "titel": (case.dossier.title if case.dossier else None) or case.title or "",
        "onderwerp": case.subject or "",
        "leesbaar": known.text is not None,
        "organisaties": list(known.agencies),
        "stemming": moment(value.vote),
        "scan": known.scan,
        "gezienOp": moment(known.seen_at),
        "gelezenOp": moment(known.read_at),
        "behandeldOp": moment(known.handled_at),
        "reden": known.reason,
        "bijzonderheden": _anomalies(one.anomaly for one in value.anomalies if one.settled_at is None),
        "amendement": amendment(value.amendment) if value.amendment else None,
        "routering": routing_wire.to_wire(value.routing, register) if value.routing else None,
        "eerdereScans": [one.id for one in value.replaces],
        "appreciatie": judging.appraisal_of(case),
    }


def _anomalies(found: Iterable[Anomaly]) -> list[dict[str, str]]:
    return [{"soort": one.kind.value, "feit": one.fact} for one in found]
