"""OData answers -> records. Whatever shape a relation comes in (one, many, none), and whatever is left out, it is read.

Names and shapes of fields are the House's (docs/parliament.md says where each was found). A moment without a time zone is
local time in The Hague: the older fields of the House's systems have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from uitvoeringsscan.parliament.records import (
    Case,
    Decision,
    Dossier,
    Earlier,
    Paper,
    Signatory,
    Tally,
    VoteMoment,
)

THE_HAGUE = ZoneInfo("Europe/Amsterdam")

Answer = Mapping[str, Any]

GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_MANY = 2_000
"""More relations than this hang on no amendment; what comes after is left out rather than held in memory."""

FIRST, OTHERS = frozenset({"indiener", "eerste ondertekenaar"}), frozenset({"medeindiener", "mede ondertekenaar"})


class NotACase(ValueError):
    """The answer is no record of a case at all."""


def read_case(answer: Answer) -> Case:
    """The case as it stands. NotACase when there is no id or kind in it; everything else may be missing."""
    identifier, kind = _guid(answer.get("Id")), _text(answer, "Soort")
    if identifier is None or kind is None:
        raise NotACase("an answer without Id or Soort")
    items = list(_related(answer, "Agendapunt"))
    found_decisions = list(_related(answer, "Besluit"))
    papers = tuple(_paper(one) for one in _related(answer, "Document") if _guid(one.get("Id")))
    moments = _moments([*items, *(item for one in found_decisions for item in _related(one, "Agendapunt"))])
    decisions = tuple(_decision(one) for one in found_decisions if _guid(one.get("Id")))
    return Case(
        id=identifier,
        kind=kind,
        number=_text(answer, "Nummer"),
        title=_text(answer, "Titel"),
        subject=_text(answer, "Onderwerp"),
        started=_day(answer.get("GestartOp")),
        dossier=next(_dossiers(answer), None),
        papers=papers,
        signatories=_signatories(answer),
        moments=moments,
        decisions=decisions,
        appraisal=_text(answer, "Kabinetsappreciatie"),
        replaces=tuple(_earlier(one) for one in _related(answer, "VervangenVanuit") if _guid(one.get("Id"))),
        replaced_by=tuple(filter(None, (_guid(one.get("Id")) for one in _related(answer, "VervangenDoor")))),
        entities=tuple(sorted({identifier, *_ids(answer)})),
    )


def read_papers(answers: Sequence[Answer]) -> tuple[Paper, ...]:
    """Documents on their own, as a list of them comes."""
    return tuple(_paper(one) for one in answers if _guid(one.get("Id")) and one.get("Verwijderd") is not True)


def is_deleted(answer: Answer) -> bool:
    return answer.get("Verwijderd") is True


# --- parts ------------------------------------------------------------------------------------------------------------


def _related(answer: Answer, name: str) -> Iterator[Answer]:
    """What hangs on it under this name and is not deleted: one, many or none."""
    found = answer.get(name)
    many = found if isinstance(found, list) else [found]
    for one in many[:_MANY]:
        if isinstance(one, Mapping) and one.get("Verwijderd") is not True:
            yield one


def _ids(answer: Answer, depth: int = 0) -> Iterator[str]:
    for value in answer.values():
        for one in (value if isinstance(value, list) else [value])[:_MANY]:
            if isinstance(one, Mapping):
                found = _guid(one.get("Id"))
                if found is not None:
                    yield found
                if depth < 4:
                    yield from _ids(one, depth + 1)


def _dossiers(answer: Answer) -> Iterator[Dossier]:
    for one in _related(answer, "Kamerstukdossier"):
        identifier, number = _guid(one.get("Id")), one.get("Nummer")
        if identifier is not None and isinstance(number, int | str) and str(number).strip():
            yield Dossier(
                id=identifier,
                number="".join(str(number).split()),
                suffix=_text(one, "Toevoeging"),
                title=_text(one, "Titel"),
            )


def _paper(answer: Answer) -> Paper:
    number, size = answer.get("Volgnummer"), answer.get("ContentLength")
    version = next(_related(answer, "HuidigeDocumentVersie"), {})
    return Paper(
        id=_guid(answer.get("Id")) or "",
        kind=_text(answer, "Soort") or "",
        number=_text(answer, "DocumentNummer"),
        # -1 and 0 stand for "no number" in the House's systems
        paper_number=str(number) if isinstance(number, int) and number > 0 else None,
        title=_text(answer, "Titel") or _text(answer, "Onderwerp"),
        dated=_day(answer.get("Datum")),
        version=_guid(answer.get("HuidigeDocumentVersie_Id")) or _guid(version.get("Id")),
        content_type=_text(answer, "ContentType"),
        size=size if isinstance(size, int) and size > 0 else None,
        dossier=next(_dossiers(answer), None),
    )


def _signatories(answer: Answer) -> tuple[Signatory, ...]:
    found = []
    for one in _related(answer, "ZaakActor"):
        relation, name = (_text(one, "Relatie") or "").casefold(), _text(one, "ActorNaam")
        if name is not None and relation in FIRST | OTHERS:
            found.append(Signatory(name=name, party=_text(one, "ActorFractie"), first=relation in FIRST))
    found.sort(key=lambda signatory: not signatory.first)  # stable: the others stay as they were given
    return tuple(dict.fromkeys(found))


def _moments(items: Sequence[Answer]) -> tuple[VoteMoment, ...]:
    """The activities of these agenda items, and those that came in the place of one that was moved; each once."""
    found: dict[str, VoteMoment] = {}
    for item in items:
        for activity in _related(item, "Activiteit"):
            for one in (activity, *_related(activity, "VervangenDoor")):
                identifier = _guid(one.get("Id"))
                if identifier is not None and identifier not in found:
                    found[identifier] = _moment(identifier, one, item)
    return tuple(found.values())


_NO_DAY = frozenset({"nog geen datum bekend", "weeknummer"})


def _moment(identifier: str, activity: Answer, item: Answer) -> VoteMoment:
    known = (_text(activity, "DatumSoort") or "").casefold() not in _NO_DAY
    begins = read_moment(activity.get("Aanvangstijd")) if known else None
    return VoteMoment(
        activity=identifier,
        kind=_text(activity, "Soort") or "",
        status=_text(activity, "Status") or "",
        at=begins,
        day=(_day(activity.get("Datum")) or (begins.astimezone(THE_HAGUE).date() if begins else None))
        if known
        else None,
    )


def _decision(answer: Answer) -> Decision:
    order = answer.get("AgendapuntZaakBesluitVolgorde")
    met = [
        read_moment(activity.get("Aanvangstijd")) or read_moment(activity.get("Datum"))
        for item in _related(answer, "Agendapunt")
        for activity in _related(item, "Activiteit")
    ]
    return Decision(
        id=_guid(answer.get("Id")) or "",
        kind=_text(answer, "BesluitSoort") or "",
        text=_text(answer, "BesluitTekst") or "",
        status=_text(answer, "Status") or "",
        at=next(filter(None, met), None) or read_moment(answer.get("GewijzigdOp")),
        order=order if isinstance(order, int) else 0,
        tally=_tally(answer),
    )


def _tally(answer: Answer) -> Tally | None:
    """Seats per choice, each voter once: votes of one group have been seen to stand in the data twice."""
    seen: dict[str, tuple[str, int]] = {}
    for one in _related(answer, "Stemming"):
        member, group = _guid(one.get("Persoon_Id")), _guid(one.get("Fractie_Id"))
        voter = member or group or _text(one, "ActorNaam") or _text(one, "ActorFractie")
        size = one.get("FractieGrootte")
        if voter is not None:
            seats = 1 if member else size if isinstance(size, int) and size > 0 else 1
            seen[voter] = ((_text(one, "Soort") or "").casefold(), seats)
    if not seen:
        return None
    return Tally(
        in_favour=sum(seats for choice, seats in seen.values() if choice == "voor"),
        against=sum(seats for choice, seats in seen.values() if choice == "tegen"),
        absent=sum(seats for choice, seats in seen.values() if choice not in ("voor", "tegen")),
    )


def _earlier(answer: Answer) -> Earlier:
    papers = [_paper(one) for one in _related(answer, "Document")]
    numbered = [paper for paper in papers if paper.paper_number]
    dossier = next(_dossiers(answer), None) or next((p.dossier for p in numbered if p.dossier), None)
    return Earlier(
        id=_guid(answer.get("Id")) or "",
        paper=numbered[-1].paper_number if numbered else None,
        dossier=dossier.name if dossier else None,
    )


# --- single values ----------------------------------------------------------------------------------------------------


def _guid(value: object) -> str | None:
    text = str(value).strip().lower() if isinstance(value, str) else ""
    return text if GUID.fullmatch(text) else None


def _text(answer: Answer, name: str) -> str | None:
    value = answer.get(name)
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def read_moment(value: object) -> datetime | None:
    """ISO 8601 with or without a zone and with any number of decimals; None for what is no moment of our calendar."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return (found if found.tzinfo else found.replace(tzinfo=THE_HAGUE)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _day(value: object) -> date | None:
    """The day in The Hague."""
    found = read_moment(value)
    try:
        return found.astimezone(THE_HAGUE).date() if found else None
    except OverflowError:
        return None
