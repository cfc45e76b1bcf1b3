"""How long everything is kept, in one table, and the sweep that holds us to it. docs/privacy.md prints the same table.

What was published never goes, nor what shows that it was made rightly: the journal and the signatures under answers. A
scan keeps its number for ever, so that no number comes twice; when its time is over it is emptied, and nobody's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import get_args

from uitvoeringsscan.amendments.amendment import Amendment
from uitvoeringsscan.amendments.parsing import parse
from uitvoeringsscan.assessments.assessment import RawAnswers
from uitvoeringsscan.errors import Stale, WrongState
from uitvoeringsscan.events import ScanEmptied
from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.use_cases import absences, background, leaving, telling
from uitvoeringsscan.use_cases.bills import routed
from uitvoeringsscan.use_cases.ports import Desk, Work
from uitvoeringsscan.use_cases.ports_retention import FORGOTTEN, Plain

BATCH = 200
"""Rows in one transaction; nobody waits long for it."""
_MOST = 10_000
"""Of one kind in one sweep; the next sweep goes on."""

GONE = "Gewist"
_NOW = timedelta(0)
_DAYS = {days: timedelta(days=days) for days in (30, 90, 365, 730)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """
    tables  where it is stored
    what    what goes, for people
    keep    how long it stays; None: for ever
    words   the same in words, and from when it counts
    goes    what the sweep throws away: rows of a table, or by a rule of its own; None where another sweep does, or nothing
    """

    tables: tuple[str, ...]
    what: str
    keep: timedelta | None
    words: str
    goes: Plain | Callable[[Desk, datetime, int], int] | None = None
    count: Callable[[Work, datetime], int] | None = None


def _empty(desk: Desk, name: ScanId) -> bool:
    """Throw away what a scan says, and keep that it was there. False when somebody was just at work on it."""
    amendment = Amendment(text=GONE, title=GONE)
    parsed, routing = routed(desk, GONE, GONE, parse(GONE, desk.register.law_index(), GONE), None)
    try:
        with desk.writing() as work:
            scan = work.scans.lock(name)
            if scan is None or scan.publications:
                return False
            for file in work.assessments.of_scan(name):
                reason = GONE if file.reason else None
                emptied = replace(
                    file,
                    answers=RawAnswers(),
                    reason=reason,
                    remarks=None,
                    question_remarks={},
                    signed_before=None,
                )
                work.assessments.save(emptied)
            work.old.forget_around(name)
            work.scans.save(
                replace(
                    scan,
                    amendment=amendment,
                    parsed=parsed,
                    routing=routing,
                    decision=replace(scan.decision, explanation=None) if scan.decision else None,
                    owner=FORGOTTEN,
                    owner_name=GONE,
                    withdrawn=GONE if scan.withdrawn else None,
                    round_closed=GONE if scan.round_closed else None,
                    intended=None,
                    reaction=None,
                )
            )
            work.journal.add(SERVICE, ScanEmptied(scan=name), desk.now())
    except Stale:
        return False
    return True


def _scans(find: Callable[[Work, datetime, int], Sequence[ScanId]]) -> Callable[[Desk, datetime, int], int]:
    def go(desk: Desk, before: datetime, limit: int) -> int:
        with desk.reading() as work:
            found = find(work, before, limit)
        return sum(_empty(desk, name) for name in found)

    return go


def _people(desk: Desk, before: datetime, limit: int) -> int:
    """Who stands for a machine that still works is left until somebody saw to that."""
    with desk.writing() as work:
        work.old.date_closed(desk.now())
        found = [person for name in work.old.closed(before, limit) if (person := work.people.get(name))]
    gone = 0
    for person in found:
        try:
            leaving.erase_person(desk, SERVICE, person.email)
        except WrongState:
            continue
        gone += 1
    return gone


TERMS: tuple[Term, ...] = (
    Term(tables=("sessions",), what="sessies", keep=_NOW, words="tot ze eindigen: na 2 uur zonder gebruik, of na 12 uur",
         goes="sessions"),
    Term(tables=("access_tokens",), what="kortlopende sleutels van machines", keep=_NOW, words="tot ze eindigen: na 15 minuten",
         goes="access_tokens"),
    Term(tables=("replies",), what="antwoorden op een Idempotency-Key", keep=_DAYS[30], words="30 dagen", goes="replies"),
    Term(tables=("scans",), what="concepten die nooit zijn ingediend", keep=_DAYS[90],
         words="90 dagen na het begin; alleen het nummer blijft",
         goes=_scans(lambda work, before, limit: work.old.drafts(before, limit)),
         count=lambda work, before: len(work.old.drafts(before, _MOST))),
    Term(tables=("scans", "assessments"), what="vertrouwelijke scans die zijn ingetrokken", keep=_DAYS[365],
         words="een jaar na het begin; het nummer blijft, en wie besliste",
         goes=_scans(lambda work, before, limit: work.old.concepts(before, limit)),
         count=lambda work, before: len(work.old.concepts(before, _MOST))),
    Term(tables=("comments",), what="opmerkingen van collega's bij antwoorden", keep=_DAYS[730],
         words="twee jaar na het begin van de scan, als die is afgelopen", goes="comments"),
    Term(tables=("tasks",), what="wie welk onderdeel op zich nam", keep=_DAYS[730],
         words="twee jaar na het begin van de scan, als die is afgelopen", goes="tasks"),
    Term(tables=("people", "mailboxes"), what="accounts die zijn afgesloten", keep=_DAYS[730],
         words="twee jaar na het afsluiten; dan verdwijnen naam en adres", goes=_people,
         count=lambda work, before: len(work.old.closed(before, _MOST))),
    Term(tables=("notices",), what="wat iemand is verteld", keep=telling.KEEP, words="90 dagen", goes="notices"),
    Term(tables=("mails",), what="verstuurde mail, zonder inhoud", keep=telling.KEEP, words="90 dagen", goes="mails"),
    Term(tables=("deliveries",), what="bezorgingen bij andere systemen", keep=telling.KEEP, words="90 dagen",
         goes="deliveries"),
    Term(tables=("scan_looks",), what="wanneer een coördinator een scan het laatst opende", keep=_DAYS[365], words="een jaar",
         goes="scan_looks"),
    Term(tables=("handovers",), what="overdrachten tussen coördinatoren", keep=_DAYS[365], words="een jaar", goes="handovers"),
    Term(tables=("board_filters",), what="lijsten die een coördinator bewaarde", keep=None,
         words="tot iemand ze weghaalt, of tot het wissen"),
    Term(tables=("absences",), what="afwezigheid", keep=absences.KEEP, words="30 dagen na de laatste dag"),
    Term(tables=(), what="werk op de achtergrond dat is gedaan", keep=background.KEEP, words="7 dagen"),
    Term(tables=("scans", "assessments", "scores", "publications", "addenda", "look_backs"),
         what="scans die zijn gepubliceerd, met hun antwoorden", keep=None, words="blijvend: de Kamer besliste ermee"),
    Term(tables=("journal",), what="het journaal", keep=None,
         words="blijvend: een keten waaruit niets weg kan zonder dat het opvalt"),
)  # fmt: skip


def sweep(desk: Desk, now: datetime) -> None:
    """Throw away what has been kept long enough. In small transactions; twice is once."""
    for term in TERMS:
        if term.goes is None or term.keep is None:
            continue
        done = 0
        while done < _MOST:
            gone = _go(desk, term, now - term.keep)
            done += gone
            if gone < BATCH:
                break


def _go(desk: Desk, term: Term, before: datetime) -> int:
    if callable(term.goes):
        return term.goes(desk, before, BATCH)
    assert term.goes is not None
    with desk.writing() as work:
        return work.old.forget(term.goes, before, BATCH)


def due(desk: Desk, now: datetime) -> Mapping[str, int]:
    """What a sweep would throw away now, and how much of it; what is in nobody's way is left out."""
    found = {}
    with desk.reading() as work:
        for term in TERMS:
            if term.keep is None or term.goes is None:
                continue
            before = now - term.keep
            many = term.count(work, before) if term.count else _count(work, term, before)
            if many:
                found[term.what] = many
    return found


def _count(work: Work, term: Term, before: datetime) -> int:
    for table in get_args(Plain):
        if table == term.goes:
            return work.old.count(table, before)
    raise AssertionError(term.what)


def table() -> str:
    """The terms as docs/privacy.md prints them."""
    lines = ["| wat | waar | hoe lang |", "|---|---|---|"]
    for term in TERMS:
        where = ", ".join(f"`{name}`" for name in term.tables)
        lines.append(f"| {term.what} | {where} | {term.words} |")
    return "\n".join(lines)
