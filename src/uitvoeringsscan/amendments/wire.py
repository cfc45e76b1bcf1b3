"""What was read, as JSON for outsiders (Dutch names)."""

from __future__ import annotations

from typing import Any

from uitvoeringsscan.amendments.amendment import Found, ParsedAmendment


def to_wire(parsed: ParsedAmendment, text: str) -> dict[str, Any]:
    """The document that `uitvoeringsscan parse` prints. `text` is the text that was read, for the quotes."""
    return {
        "dossiernummer": _value(parsed.dossier_number),
        "toevoeging": _value(parsed.dossier_suffix),
        "ondernummer": _value(parsed.paper_number),
        "soort": parsed.kind.value,
        "vervangt": _value(parsed.replaces),
        "indieners": [person.value for person in parsed.submitters],
        "ontvangen": parsed.received.value.isoformat() if parsed.received else None,
        "titel": _value(parsed.title),
        "begroting": parsed.budget,
        "wijzigingen": [
            {
                "nummer": part.number,
                "tekst": part.span.quote(text),
                "doel": part.target,
                "begin": part.span.begin,
                "einde": part.span.end,
            }
            for part in parsed.instructions
        ],
        "wetten": [
            {"naam": law.name, "bwb": law.bwb, "bron": law.source.value, "begin": law.span.begin, "einde": law.span.end}
            for law in parsed.laws
        ],
        "toelichting": parsed.note.quote(text) if parsed.note else None,
    }


def _value(found: Found[str] | None) -> str | None:
    return found.value if found is not None else None
