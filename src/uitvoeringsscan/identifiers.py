"""The names things go by, and nothing else. Lowest room of the house: it imports nothing of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

ScanId = NewType("ScanId", str)
"""`2026-4821`: the year of submission and a number without order, so that nobody can count confidential scans."""

AssessmentId = NewType("AssessmentId", str)
"""`2026-4821-uwv`: one agency's file in one scan. The key is the fact: an agency cannot be asked twice."""

PublicationNumber = NewType("PublicationNumber", str)
"""`2026-4821-v1`: version 1 of what was published about scan 2026-4821."""

AgencyCode = NewType("AgencyCode", str)
"""`uwv`: our own stable code of an executing agency (kebab-case)."""

PersonId = NewType("PersonId", str)
ClientId = NewType("ClientId", str)

Principal = NewType("Principal", str)
"""Who stands behind an action, however many accounts they have: the e-mail address of a person (case-folded), the
owner's address for a machine client with an owner, otherwise `client:<id>`. Four eyes are two different principals."""

_SCAN_ID = re.compile(r"[0-9]{4}-[0-9]{4,9}")
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def is_code(text: str) -> bool:
    """Whether `text` can be a code of ours (agency, rubric, question, option): kebab-case, at most 64 characters."""
    return len(text) <= 64 and _CODE.fullmatch(text) is not None


def is_scan_id(text: str) -> bool:
    return _SCAN_ID.fullmatch(text) is not None


def assessment_id(scan: ScanId, agency: AgencyCode) -> AssessmentId:
    return AssessmentId(f"{scan}-{agency}")


def split_assessment_id(identifier: str) -> tuple[ScanId, AgencyCode] | None:
    """`2026-4821-uwv` -> (`2026-4821`, `uwv`); None when it is not of that form."""
    parts = identifier.split("-", 2)
    if len(parts) != 3:
        return None
    scan, agency = f"{parts[0]}-{parts[1]}", parts[2]
    if not is_scan_id(scan) or not is_code(agency):
        return None
    return ScanId(scan), AgencyCode(agency)


def publication_number(scan: ScanId, version: int) -> PublicationNumber:
    return PublicationNumber(f"{scan}-v{version}")


@dataclass(frozen=True, slots=True, order=True)
class RubricRef:
    """One released questionnaire, pinned by the sha256 of its bytes: what was sent can always be read back."""

    code: str
    version: str
    sha256: str
