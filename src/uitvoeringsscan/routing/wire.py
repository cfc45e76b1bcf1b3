"""A routing as JSON for outsiders (Dutch names)."""

from __future__ import annotations

from typing import Any

from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.routing.routing import Routing


def to_wire(routing: Routing, register: Register) -> dict[str, Any]:
    """The document that `uitvoeringsscan route` prints. An agency that the register no longer has goes by its code."""
    return {
        "organisaties": [
            {
                "code": proposal.agency,
                "naam": agency.name if (agency := register.agency(proposal.agency)) else proposal.agency,
                "advies": proposal.advice.value,
                "onderbouwing": [
                    {
                        "signaal": evidence.signal,
                        "uitleg": evidence.explanation,
                        "citaat": evidence.quote,
                        "bron": evidence.source.value,
                        "begin": evidence.span.begin,
                        "einde": evidence.span.end,
                        "beslissend": evidence.decisive,
                    }
                    for evidence in proposal.evidence
                ],
            }
            for proposal in routing.proposals
        ],
        "geenUitvoerder": None if routing.nobody is None else {"uitleg": routing.nobody},
    }
