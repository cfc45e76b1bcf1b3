"""The uitvoeringstoets on the bill itself: attached per agency to a dossier, by the coordinator or by that agency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from uitvoeringsscan.amendments.amendment import Amendment
from uitvoeringsscan.amendments.bill import dossier_name, split_dossier
from uitvoeringsscan.amendments.bill_test import BillTest, check_bill_test
from uitvoeringsscan.errors import InvalidInput, NotFound, Problem
from uitvoeringsscan.events import BillTestAdded
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, Relation, may, require
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.journal import looking_at_file, looking_at_scan
from uitvoeringsscan.use_cases.ports import Desk, Work


def add_bill_test(
    desk: Desk,
    actor: Actor,
    dossier: str,
    agency: str,
    *,
    title: str,
    dated: date | None,
    link: str | None,
    text: str | None,
) -> BillTest:
    """Keep it as the newest of this agency on this bill. From now on it is shown and cited; what was published stays."""
    known(actor)
    if not may(actor, Action.ROUTE_SCAN):  # the coordinator may for every agency, its own people for theirs
        require(actor, Action.ANSWER, {Relation.AGENCY} if actor.agency == agency else ())
    number, suffix = _split(dossier)
    if desk.register.agency(AgencyCode(agency)) is None:
        message = "Deze organisatie kennen we niet."
        raise InvalidInput([Problem(code="onbekende-organisatie", field="organisatie", message=message)])
    title, link = " ".join(title.split()), (link or "").strip() or None
    text = text if (text or "").strip() else None
    check_bill_test(title, dated, link, text)
    assert dated is not None
    now = desk.now()
    name = dossier_name(number, suffix)
    with desk.writing() as work:
        work.bills.lock(name)
        earlier = [test for test in work.bill_tests.of_bill(name) if test.agency == agency]
        test = BillTest(
            dossier=name,
            agency=AgencyCode(agency),
            sequence=earlier[0].sequence + 1 if earlier else 1,
            title=title,
            dated=dated,
            link=link,
            text=text,
            received_at=now,
        )
        work.bill_tests.add(test)
        event = BillTestAdded(agency=test.agency, dossier=name, sequence=test.sequence)
        work.journal.add(actor, event, now)
    return test


def list_bill_tests(desk: Desk, actor: Actor, dossier: str) -> Sequence[BillTest]:
    """The newest of each agency, for everybody who is signed in: they are public documents."""
    known(actor)
    number, suffix = _split(dossier)
    with desk.reading() as work:
        return _newest(work.bill_tests.of_bill(dossier_name(number, suffix)))


def of_scan(desk: Desk, actor: Actor, identifier: str) -> Sequence[BillTest]:
    """What every agency said about the bill behind a scan."""
    with looking_at_scan(desk, actor, identifier) as (work, scan, _):
        return of_amendment(work, scan.amendment)


def of_file(desk: Desk, actor: Actor, identifier: str) -> BillTest | None:
    """What this agency said about the bill; None when nothing is kept."""
    with looking_at_file(desk, actor, identifier) as (work, scan, file, _):
        tests = of_amendment(work, scan.amendment)
    return next((test for test in tests if test.agency == file.agency), None)


def of_amendment(work: Work, amendment: Amendment) -> Sequence[BillTest]:
    if amendment.dossier_number is None:
        return ()
    return _newest(work.bill_tests.of_bill(dossier_name(amendment.dossier_number, amendment.dossier_suffix)))


def _newest(tests: Sequence[BillTest]) -> list[BillTest]:
    """Tests come by agency, the newest first."""
    found: dict[AgencyCode, BillTest] = {}
    for test in tests:
        found.setdefault(test.agency, test)
    return list(found.values())


def _split(dossier: str) -> tuple[str, str | None]:
    found = split_dossier(dossier)
    if found is None:
        raise NotFound("Een dossiernummer is een getal, zoals 36410, met soms iets erachter: 36410-XV.")
    return found
