"""The form to say when an amendment is to be in force; it stands on two pages (submitter, coordinator)."""

from __future__ import annotations

from starlette.datastructures import FormData

from uitvoeringsscan.amendments.intended import When
from uitvoeringsscan.errors import Problem
from uitvoeringsscan.use_cases import intending
from uitvoeringsscan.web.typed import read_day
from uitvoeringsscan.web.visit import Visit, seen, text

FIELDS = ("invoeringssoort", "beoogd", "invoeringstoelichting")


def read_intended(form: FormData) -> tuple[dict[str, str], list[Problem]]:
    """What was typed, and what cannot be read in it."""
    typed = {name: text(form, name) for name in FIELDS}
    try:
        read_day(typed["beoogd"])
    except ValueError:
        message = "Schrijf de dag zoals 1 januari 2027."
        return typed, [Problem(code="ongeldige-datum", field="beoogd", message=message)]
    return typed, []


def keep_intended(visit: Visit, identifier: str, form: FormData, typed: dict[str, str]) -> None:
    when = next((kind for kind in When if kind.value == typed["invoeringssoort"]), None)
    day = read_day(typed["beoogd"]) if when is When.DAY else None
    intending.set_intended(visit.desk, visit.actor, identifier, seen(form), when, day, typed["invoeringstoelichting"])
