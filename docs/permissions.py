"""Prints docs/permissions.md, from the one table that decides: python docs/permissions.py > docs/permissions.md"""

from __future__ import annotations

import sys

from uitvoeringsscan.people.permissions import PERMISSIONS, Action, Relation
from uitvoeringsscan.presentation.labels import ROLES

_HEAD = """# Wie wat mag

Dit overzicht wordt gemaakt uit `people/permissions.py`, de tabel waarmee de dienst zelf beslist:
`python docs/permissions.py > docs/permissions.md`. Een test vergelijkt de twee. Dat elke pagina en elk adres van de API zich
eraan houdt, voor elke rol en voor wie niet is ingelogd, toont `tests/architecture/test_doors.py`.

**alles**: bij elke scan. **eigen**: wat iemand zelf indiende. **eigen organisatie**: wat aan de organisatie van die persoon is
gevraagd. Een leeg vakje: nee. Wie meer rollen heeft, mag wat elk van die rollen mag. Wat iemand niet mag zien, bestaat voor
die persoon niet: het antwoord is dan hetzelfde als bij een nummer dat er niet is. Wat gepubliceerd is, leest iedereen.
"""
_WORDS = {Relation.ANY: "alles", Relation.OWN: "eigen", Relation.AGENCY: "eigen organisatie", None: ""}


def table() -> str:
    """The whole file."""
    lines = [
        "| | " + " | ".join(ROLES[role.value].label for role in PERMISSIONS) + " |",
        "|---|" + "---|" * len(PERMISSIONS),
    ]
    for action in Action:
        granted = (_WORDS[PERMISSIONS[role].get(action)] for role in PERMISSIONS)
        lines.append(f"| {action.value} | " + " | ".join(granted) + " |")
    rules = """
Twee regels staan niet in de tabel, omdat geen rol ze opheft:

- **Vier ogen.** Wie een uitvraag indient, stelt haar niet vast. Dat geldt voor de persoon achter een account: twee rollen,
  hetzelfde e-mailadres in andere letters, of een machine van dezelfde eigenaar maken daar geen tweede persoon van.
- **Een concept** (nog niet ingediend) ziet alleen wie het heeft gemaakt.
"""
    return _HEAD + "\n" + "\n".join(lines) + "\n" + rules


if __name__ == "__main__":
    sys.stdout.write(table())
