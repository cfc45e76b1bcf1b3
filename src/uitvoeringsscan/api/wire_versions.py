"""Versions and stacking on the wire: Dutch names, codes never words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from uitvoeringsscan.amendments.diff import PartDiff, TextDiff
from uitvoeringsscan.api.wire import agency, moment
from uitvoeringsscan.publication.difference import DifferenceLine, LevelSaid, Value
from uitvoeringsscan.publication.stacking import AgencyLoad, Claim, Figures, Release, Sum
from uitvoeringsscan.publication.summary import Document
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.scans.scan import Scan
from uitvoeringsscan.scans.succession import Succession, proposed
from uitvoeringsscan.use_cases.stacking import Stacking
from uitvoeringsscan.use_cases.versions import Compared, EarlierVersion


def text_difference(diff: TextDiff) -> dict[str, Any]:
    return {
        "wijzigingen": [_part(part) for part in diff.parts],
        "toelichting": _part(diff.note) if diff.note else None,
    }


def _part(part: PartDiff) -> dict[str, Any]:
    return {
        "nummer": part.number,
        "doel": part.target,
        "verschil": part.change.value,
        "stukken": [{"soort": piece.mark.value, "tekst": piece.text} for piece in part.pieces],
    }


def succession(value: Succession, scan: Scan, register: Register) -> dict[str, Any]:
    return {
        "scan": value.earlier.id,
        "ondernummer": value.earlier.amendment.paper_number,
        "tekst": text_difference(value.difference),
        "gevraagd": [
            {
                "organisatie": agency(register, file.agency),
                "status": file.status,
                "ongewijzigd": file.agency in value.untouched,
            }
            for file in value.files
        ],
        "voorstel": list(proposed(scan, value)),
    }


def earlier_version(value: EarlierVersion) -> dict[str, Any]:
    older = value.taken_over
    return {
        "ondernummer": value.paper or None,
        "tekst": text_difference(value.difference),
        "overgenomen": None
        if older is None
        else {
            "uitvraag": older.id,
            "vastgesteldOp": moment(older.approved.at if older.approved else None),
            "ongewijzigd": value.untouched,
        },
    }


# --- between publications ---------------------------------------------------------------------------------------------


def compared(value: Compared) -> dict[str, Any]:
    found = value.difference
    return {
        "van": value.older.number,
        "naar": value.newer.number,
        "tekst": text_difference(found.text),
        "samen": [_line(line) for line in found.whole],
        "organisaties": [_line(line) for line in found.agencies],
    }


def _line(line: DifferenceLine) -> dict[str, Any]:
    return {
        "wat": line.about.value,
        "dimensie": line.dimension,
        "organisatie": line.agency,
        "was": _value(line.was),
        "is": _value(line.now),
        "wie": list(line.who),
    }


def _value(value: Value) -> Any:
    if isinstance(value, LevelSaid):
        return {"niveau": value.level, "tenMinste": value.at_least}
    if isinstance(value, Document):
        return value.wire()
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else value


# --- stacking ---------------------------------------------------------------------------------------------------------


def stacking(value: Stacking) -> dict[str, Any]:
    return {
        "amendementen": [
            {
                "scan": one.scan,
                "publicatie": one.publication,
                "ondernummer": one.paper,
                "soort": one.kind,
                "titel": one.title,
                "gekozen": one.chosen,
                "volledig": one.complete,
            }
            for one in value.stack.amendments
        ],
        "nietGepubliceerd": [line.id for line in value.waiting],
        "genegeerd": value.ignored,
        "organisaties": [_load(load) for load in value.stack.agencies],
        "samen": _figures(value.stack.figures),
        "allesSamen": _figures(value.stack.all_figures),
    }


def _load(load: AgencyLoad) -> dict[str, Any]:
    return {
        "code": load.code,
        "naam": load.name,
        "amendementen": list(load.asking),
        "alleAmendementen": list(load.all_asking),
        "geenReactie": list(load.silent),
        "zwaarsteNiveau": load.heaviest,
        "gekozen": _figures(load.figures),
        "alles": _figures(load.all_figures),
        "releases": [_release(release) for release in load.releases],
        "zonderRelease": [_claim(claim) for claim in load.unplaced],
    }


def _release(release: Release) -> dict[str, Any]:
    return {
        "naam": release.name,
        "jaar": release.year,
        "samen": release.fit.value,
        "vragen": [_claim(claim) for claim in release.claims],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {"scan": claim.scan, "niveau": claim.room, "antwoord": claim.said, "krap": claim.tight}


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "kosten": {"incidenteel": _euros(figures.costs_once), "structureel": _euros(figures.costs_yearly)},
        "personeel": {"incidenteel": _fte(figures.fte_once), "structureel": _fte(figures.fte_yearly)},
    }


def _euros(total: Sum) -> dict[str, Any]:
    found = total.total
    return {
        "laag": int(found.low) if found else None,
        "hoog": int(found.high) if found else None,
        "onvolledig": list(total.missing),
    }


def _fte(total: Sum) -> dict[str, Any]:
    found = total.total
    return {
        "laag": float(found.low) if found else None,
        "hoog": float(found.high) if found else None,
        "onvolledig": list(total.missing),
    }
