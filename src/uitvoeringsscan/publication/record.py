"""The record: a publication is sealed once and never changes. Each names the digest of the one before it.

Sealing is RFC 8785 canonical JSON of the summary without `sha256`, and the sha256 of those bytes: anyone can recompute it.
Checking what was sealed is `publication.verification`, which shares no code with this module.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

import rfc8785

from uitvoeringsscan.identifiers import PublicationNumber, ScanId
from uitvoeringsscan.publication.summary import ImpactSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """
    document         the public JSON, canonical, `sha256` included: served as it is
    sha256           hex digest of the canonical JSON without `sha256`
    previous         the publication before this one in the chain over all scans; None for the first
    sequence         place in the chain, from 1
    pdf              the summary as PDF, made from `document` alone; empty until `with_pdf`
    signature        detached JWS over `document` (see `publication.keys`); None until `with_signature`
    """

    number: PublicationNumber
    scan: ScanId
    version: int
    sequence: int
    published_at: datetime
    document: bytes
    sha256: str
    previous: PublicationNumber | None
    previous_sha256: str | None
    pdf: bytes = b""
    signature: str | None = None


def seal(summary: ImpactSummary) -> Publication:
    """Fix the summary: its canonical JSON, and the digest in it. The PDF is made from the document afterwards."""
    content = summary.wire()
    digest = hashlib.sha256(rfc8785.dumps(content)).hexdigest()
    return Publication(
        number=PublicationNumber(summary.number),
        scan=ScanId(summary.scan),
        version=summary.version,
        sequence=summary.sequence,
        published_at=summary.published_at,
        document=rfc8785.dumps({**content, "sha256": digest}),
        sha256=digest,
        previous=PublicationNumber(summary.previous) if summary.previous is not None else None,
        previous_sha256=summary.previous_sha256,
    )


def with_pdf(publication: Publication, pdf: bytes) -> Publication:
    """The same publication with its PDF. The PDF is stored, never made again."""
    return replace(publication, pdf=pdf)


def with_signature(publication: Publication, signature: str) -> Publication:
    """The same publication, signed. Signed once: a later key signs what is published later."""
    return replace(publication, signature=signature)
