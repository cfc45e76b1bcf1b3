"""What is said about a publication after it: a record of its own, sealed, signed and chained like a publication.

A publication never changes, so what comes later stands beside it: the submitter's reaction, and a year after the vote what
an agency says came of its estimate. Each addendum names the publication and its digest, so that it cannot be moved to another;
each names the digest of the addendum before it, so that none can be taken away unseen.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import rfc8785

from uitvoeringsscan.identifiers import AgencyCode, PublicationNumber
from uitvoeringsscan.publication.record import Publication


class AddendumKind(StrEnum):
    REACTION = "reactie"
    LOOK_BACK = "terugblik"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    """
    sequence   place in the chain of addenda, from 1
    agency     whose look-back it is; None for a reaction
    document   the public JSON, canonical, `sha256` included
    """

    sequence: int
    kind: AddendumKind
    publication: PublicationNumber
    agency: AgencyCode | None
    at: datetime
    document: bytes
    sha256: str
    previous_sha256: str | None
    signature: str | None = None


def seal(
    publication: Publication,
    kind: AddendumKind,
    content: dict[str, Any],
    *,
    at: datetime,
    previous: Addendum | None,
    agency: AgencyCode | None = None,
) -> Addendum:
    """Fix `content` (JSON values under their Dutch names) beside this publication, as the next link of the chain."""
    sequence = previous.sequence + 1 if previous else 1
    before = previous.sha256 if previous else None
    whole = {
        "schema": 1,
        "soort": kind.value,
        "publicatie": publication.number,
        "publicatieSha256": publication.sha256,
        "organisatie": agency,
        "op": at.replace(microsecond=0).isoformat().replace("+00:00", "Z"),
        **content,
        "volgnummer": sequence,
        "vorigeSha256": before,
    }
    digest = hashlib.sha256(rfc8785.dumps(whole)).hexdigest()
    return Addendum(
        sequence=sequence,
        kind=kind,
        publication=publication.number,
        agency=agency,
        at=at,
        document=rfc8785.dumps({**whole, "sha256": digest}),
        sha256=digest,
        previous_sha256=before,
    )


def with_signature(addendum: Addendum, signature: str) -> Addendum:
    return replace(addendum, signature=signature)
