"""The journal's lines as a chain: each carries the digest of the one before it. Pure; storage asks it while it writes.

Who takes a line out, changes one or puts one in between, breaks every digest after it. Who cuts off the end does not: for
that, keep the newest digest somewhere else now and then (`uitvoeringsscan journal verify --head`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC

import rfc8785

from uitvoeringsscan.use_cases.ports import JournalLine


def content(line: JournalLine) -> dict[str, object]:
    """A line as it is exported and as its digest sees it: everything but the digest itself."""
    return {
        "volgnummer": line.sequence,
        "moment": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "wie": line.principal,
        "naam": line.name,
        "rollen": list(line.roles),
        "organisatie": line.agency,
        "verzoek": line.request,
        "gebeurtenis": line.event,
        "scan": line.scan,
        "bijzonderheden": line.details,
        "vorigeSha256": line.previous_sha256,
    }


def digest(line: JournalLine) -> str:
    """sha256 over the canonical JSON (RFC 8785) of the line's content, the previous digest among it."""
    return hashlib.sha256(rfc8785.dumps(content(line))).hexdigest()  # type: ignore[arg-type]  # plain JSON values


def faults(lines: Iterable[JournalLine], head: str | None = None) -> Iterable[str]:
    """What does not add up, one sentence per line at fault, as the lines come by (in order of sequence).

    head  the digest the last line, or one before it, is known to have had
    """
    before: JournalLine | None = None
    head_seen = head is None
    for line in lines:
        head_seen = head_seen or line.sha256 == head
        previous = before.sha256 if before else None
        if line.sha256 is None:
            if previous is not None:
                yield f"regel {line.sequence}: geen controlegetal, terwijl de regel ervoor er een heeft"
        elif line.sha256 != digest(line):
            yield f"regel {line.sequence}: de inhoud past niet bij het controlegetal"
        elif line.previous_sha256 != previous:
            yield f"regel {line.sequence}: sluit niet aan op de regel ervoor"
        elif before is not None and line.sequence != before.sequence + 1:
            yield f"regel {line.sequence}: hiervoor ontbreekt een nummer"
        before = line
    if not head_seen:
        yield "het opgegeven controlegetal komt in het journaal niet voor: er is iets weggehaald of herschreven"
