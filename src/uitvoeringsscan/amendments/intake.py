"""What may come in as an amendment: every rule on the metadata and the text, checked together, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from uitvoeringsscan.amendments.amendment import Amendment, ParsedAmendment, Submitter
from uitvoeringsscan.errors import InvalidInput, Problem

MAX_TEXT = 500_000
"""Code points. The longest amendments of the Tweede Kamer stay far below this; a whole bill fits as well."""
MAX_TITLE = 2_000
MAX_NAME = 200
MAX_SUBMITTERS = 150  # there are 150 members

_DOSSIER = re.compile(r"[0-9]{4,6}")
_SUFFIX = re.compile(r"\(?[A-Z][A-Z0-9 ]{0,11}\)?")
_PAPER = re.compile(r"[0-9]{1,5}[A-Za-z]?")
_CASE = re.compile(r"[0-9]{4}Z[0-9]{1,6}")
_KIND = re.compile(r"[a-zë ]{0,60}amendement")


def completed(amendment: Amendment, parsed: ParsedAmendment) -> Amendment:
    """The metadata as given, with what only the text says filled in. What was given always wins."""

    def read(found: object) -> str | None:
        value = getattr(found, "value", None)
        return value if isinstance(value, str) else None

    same_dossier = parsed.dossier_number is None or parsed.dossier_number.value == amendment.dossier_number
    return replace(
        amendment,
        kind=amendment.kind or parsed.kind.value,
        dossier_suffix=amendment.dossier_suffix or (read(parsed.dossier_suffix) if same_dossier else None),
        replaces=amendment.replaces or read(parsed.replaces),
        received=amendment.received or (parsed.received.value if parsed.received else None),
        submitters=amendment.submitters or tuple(Submitter(name=found.value) for found in parsed.submitters),
    )


def normalised(amendment: Amendment) -> Amendment:
    """Spaces that people type in numbers and around names, taken away ("36 410" is 36410); the text is never touched."""
    return replace(
        amendment,
        title=" ".join(amendment.title.split()),
        dossier_number=_joined(amendment.dossier_number),
        dossier_suffix=_trimmed(amendment.dossier_suffix),
        paper_number=_trimmed(amendment.paper_number),
        kind=" ".join(amendment.kind.split()).casefold(),
        replaces=_trimmed(amendment.replaces),
        case_number=_trimmed(amendment.case_number),
        submitters=tuple(
            Submitter(name=" ".join(s.name.split()), party=_trimmed(s.party)) for s in amendment.submitters
        ),
    )


def _joined(text: str | None) -> str | None:
    return "".join(text.split()) or None if text is not None else None


def _trimmed(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text is not None else None


def check(amendment: Amendment, *, today: date) -> None:
    """Raise InvalidInput with every problem of this amendment at once; fields are named as on the wire."""
    problems = list(_problems(amendment, today))
    if problems:
        raise InvalidInput(problems)


def _problems(amendment: Amendment, today: date) -> Iterator[Problem]:
    text = amendment.text
    yield from text_problems("amendement.tekst", text, MAX_TEXT)
    if not text.strip():
        yield _problem("amendement.tekst", "verplicht", "Plak de tekst van het amendement, of lever een bestand aan.")
    elif sum(character.isalpha() for character in text[:5000]) < 10:
        yield _problem("amendement.tekst", "geen-tekst", "Dit lijkt geen tekst: er staan bijna geen letters in.")
    if not amendment.title.strip():
        yield _problem("amendement.titel", "verplicht", "Vul de titel van het wetsvoorstel in.")
    yield from text_problems("amendement.titel", amendment.title, MAX_TITLE)
    shapes: tuple[tuple[str, str | None, re.Pattern[str], str], ...] = (
        ("dossiernummer", amendment.dossier_number, _DOSSIER, "Een dossiernummer is een getal, zoals 36410."),
        ("toevoeging", amendment.dossier_suffix, _SUFFIX, "Een toevoeging is zoiets als XV of VIII."),
        ("ondernummer", amendment.paper_number, _PAPER, "Een ondernummer is een getal, zoals 25."),
        ("vervangt", amendment.replaces, _PAPER, "Vul het ondernummer in van het amendement dat wordt vervangen."),
        ("zaaknummer", amendment.case_number, _CASE, "Een zaaknummer ziet eruit als 2026Z01234."),
        ("soort", amendment.kind or None, _KIND, "Kies een soort, zoals 'amendement' of 'gewijzigd amendement'."),
    )
    for name, value, shape, message in shapes:
        if value is not None and shape.fullmatch(value) is None:
            yield _problem(f"amendement.{name}", "verkeerde-vorm", message)
    if amendment.dossier_number is None:
        yield _problem("amendement.dossiernummer", "verplicht", "Vul het dossiernummer van het wetsvoorstel in.")
    if amendment.received is not None and not date(1815, 1, 1) <= amendment.received <= date(today.year + 1, 12, 31):
        yield _problem("amendement.ontvangen", "ongeldige-datum", "Deze datum van ontvangst kan niet kloppen.")
    if amendment.replaces is not None and amendment.replaces == amendment.paper_number:
        yield _problem("amendement.vervangt", "verkeerde-vorm", "Een amendement kan zichzelf niet vervangen.")
    if len(amendment.submitters) > MAX_SUBMITTERS:
        yield _problem("amendement.indieners", "te-veel", f"Noem hooguit {MAX_SUBMITTERS} indieners.")
    for index, submitter in enumerate(amendment.submitters[:MAX_SUBMITTERS]):
        place = f"amendement.indieners[{index}]"
        if not submitter.name:
            yield _problem(f"{place}.naam", "verplicht", "Vul de naam van de indiener in.")
        yield from text_problems(f"{place}.naam", submitter.name, MAX_NAME)
        yield from text_problems(f"{place}.fractie", submitter.party or "", MAX_NAME)


def text_problems(field: str, text: str, limit: int) -> Iterator[Problem]:
    """What no text that we keep may have: too many characters, or characters that no system can store or show."""
    if len(text) > limit:
        number = f"{limit:,}".replace(",", ".")
        yield _problem(field, "te-lang", f"De tekst is te lang: hooguit {number} tekens.")
    if any(_unstorable(character) for character in text):
        yield _problem(field, "ongeldige-tekens", "Er staan tekens in die geen tekst zijn. Plak de tekst opnieuw.")


def _unstorable(character: str) -> bool:
    code = ord(character)
    return 0xD800 <= code <= 0xDFFF or (code < 32 and character not in "\t\n\r\f\v") or code in (0xFFFE, 0xFFFF)


def _problem(field: str, code: str, message: str) -> Problem:
    return Problem(code=code, message=message, field=field)
