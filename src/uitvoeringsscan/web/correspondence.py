"""What mail somebody gets: their own page about it, and the link in a mail that works without signing in (RFC 8058)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from uitvoeringsscan.errors import Unauthenticated
from uitvoeringsscan.notices.kinds import DUTY, EVERYTHING, OPTIONAL, Kind, Notice
from uitvoeringsscan.people.people import AGENCY_ROLES, Person, Role
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.use_cases import mailing
from uitvoeringsscan.web.visit import AnyVisit, Posted, Visit, go_to

router = APIRouter()

PAGE = "/mijn-account/berichten"

# Who ever gets which kind: a page that lists what one never gets is no choice.
_FOR: dict[Kind, frozenset[Role]] = {
    **dict.fromkeys((Kind.TASK, Kind.COMMENT, Kind.LAPSED), AGENCY_ROLES),
    **dict.fromkeys((Kind.ALL_IN, Kind.DISCLOSED, Kind.REROUTED, Kind.PROPOSED), frozenset({Role.COORDINATOR})),
    Kind.REACTION: AGENCY_ROLES | {Role.COORDINATOR},
    Kind.CONFIRMED: frozenset({Role.SUBMITTER, Role.COORDINATOR}),
    **dict.fromkeys(
        (Kind.PUBLISHED, Kind.CORRECTING, Kind.REPLACED), AGENCY_ROLES | {Role.SUBMITTER, Role.COORDINATOR}
    ),
    **dict.fromkeys((Kind.WITHDRAWN, Kind.OUTCOME), AGENCY_ROLES | {Role.SUBMITTER, Role.COORDINATOR}),
}


@router.get(PAGE)
def page(visit: AnyVisit) -> Response:
    person = _signed_in(visit)
    found = mailing.correspondence(visit.desk, person.id)
    offered = [kind for kind in OPTIONAL if _FOR[kind] & person.roles]
    return visit.render(
        "account/correspondence.html",
        page_title="Berichten",
        email=person.email,
        refused=found.mailbox.refused,
        refused_at=found.mailbox.refused_at,
        options=[{"value": kind.value, "label": labels.NOTICES[kind].explanation} for kind in offered],
        chosen=[kind.value for kind in offered if kind not in found.mailbox.muted],
        notices=[_shown(notice) for notice in found.notices],
    )


@router.post(PAGE)
def choose(visit: AnyVisit, form: Posted) -> Response:
    person = _signed_in(visit)
    wanted = [word for word in form.getlist("bericht") if isinstance(word, str)]
    hidden = [kind.value for kind in OPTIONAL if not _FOR[kind] & person.roles]  # not on the page, so not turned off
    mailing.choose(visit.desk, person.id, [*wanted, *hidden])
    return go_to(PAGE)


@router.post(PAGE + "/opnieuw")
def try_again(visit: AnyVisit, form: Posted) -> Response:
    mailing.try_again(visit.desk, _signed_in(visit).id)
    return go_to(PAGE)


@router.get("/afmelden/{person}/{which}/{signature}")
def ask(visit: AnyVisit, person: str, which: str, signature: str) -> Response:
    """Looking turns nothing off: programs that look at links in mails must not do so by accident."""
    mailing.may_turn_off(visit.desk, person, which, signature)
    return _turned_off(visit, which, here=visit.path, done=False)


@router.post("/afmelden/{person}/{which}/{signature}")
def turn_off(visit: AnyVisit, person: str, which: str, signature: str) -> Response:
    """By the button on the page, or by a mail program in one click. The signature in the address is what counts: there need
    be no session, so there is no token of a form."""
    mailing.turn_off(visit.desk, person, which, signature)
    return _turned_off(visit, which, here=visit.path, done=True)


def _turned_off(visit: Visit, which: str, *, here: str, done: bool) -> Response:
    words = [labels.NOTICES[kind].explanation for kind in OPTIONAL if which in (kind.value, EVERYTHING)]
    return visit.render(
        "account/turn_off.html",
        page_title="Afgemeld" if done else "Afmelden",
        words=words,
        everything=which == EVERYTHING,
        here=here,
        done=done,
    )


def _shown(notice: Notice) -> dict[str, Any]:
    return {
        "at": notice.created_at,
        "about": f"Scan {notice.scan}" if notice.scan else "De dienst",
        "words": labels.NOTICES[notice.kind].label,
        "href": notice.place,
        "duty": notice.kind in DUTY,
        "mail": "nog niet" if notice.mail is None else "ja" if notice.mail else "uitgezet",
    }


def _signed_in(visit: Visit) -> Person:
    if visit.person is None:
        raise Unauthenticated("Log in om uw berichten te zien.")
    return visit.person
