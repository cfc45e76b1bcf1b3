"""Handing mails over, and what people choose about them: which kinds they get, and whether their address takes mail."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hmac import compare_digest

from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.identifiers import PersonId
from uitvoeringsscan.notices import bounce
from uitvoeringsscan.notices.bounce import NoBounce, Verdict
from uitvoeringsscan.notices.kinds import DUTY, EVERYTHING, OPTIONAL, Kind, Notice
from uitvoeringsscan.notices.letter import Item, Letter, Mail, Mailbox, MailState
from uitvoeringsscan.notices.retrying import LEASE, next_try
from uitvoeringsscan.people.people import Actor, Person
from uitvoeringsscan.use_cases.accounts import require_manager
from uitvoeringsscan.use_cases.ports import Desk
from uitvoeringsscan.use_cases.ports_outside import MailDelayed, MailRefused

_MANY = 500
_SHOWN = 20
_ANSWER = 300  # characters of what the other side said that are kept


def deliver(desk: Desk, key: str, payload: Mapping[str, object]) -> None:
    """One attempt at one mail. Whatever comes of it is written down; when to try again is `sweep`'s."""
    name = str(payload["mail"])
    now = desk.now()
    with desk.reading() as work:
        mail = work.mails.get(name)
        if mail is None or mail.state is not MailState.WAITING:
            return
        person, mailbox = work.people.get(mail.person), work.mailboxes.get(mail.person)
        notices = work.notices.of_mail(mail.id)
    attempts = mail.attempts + 1
    if person is None or not person.active or mailbox.refused is not None:
        done = replace(mail, state=MailState.DROPPED)
        _write_down(desk, mail, done, None)
        return
    try:
        desk.mailer.send(letter_of(desk, mail, person, notices), mail.created_at)
    except MailRefused as refused:
        answer = str(refused)[:_ANSWER]
        done = replace(mail, state=MailState.REFUSED, attempts=attempts, answer=answer)
        _write_down(desk, mail, done, replace(mailbox, refused=answer, refused_at=now))
    except MailDelayed as delayed:
        again = next_try(attempts, now)
        done = replace(
            mail,
            state=MailState.WAITING if again else MailState.FAILED,
            attempts=attempts,
            due_at=again or mail.due_at,
            answer=str(delayed)[:_ANSWER],
        )
        _write_down(desk, mail, done, None)
    else:
        _write_down(desk, mail, replace(mail, state=MailState.SENT, attempts=attempts, sent_at=now, answer=None), None)


def _write_down(desk: Desk, seen: Mail, done: Mail, mailbox: Mailbox | None) -> None:
    """Unless another attempt at the same mail was written down meanwhile."""
    with desk.writing() as work:
        current = work.mails.lock(seen.id)
        if current is None or current.state is not MailState.WAITING or current.attempts != seen.attempts:
            return
        work.mails.save(done)
        if mailbox is not None:
            work.mailboxes.put(replace(work.mailboxes.get(mailbox.person), refused=mailbox.refused,
                                       refused_at=mailbox.refused_at))  # fmt: skip


def sweep(desk: Desk, now: datetime) -> None:
    """Every mail whose next attempt is due is begun; and those begun of which nothing was heard, again."""
    with desk.reading() as work:
        due = work.mails.due(now, _MANY)
    for one in due:
        with desk.writing() as work:
            mail = work.mails.lock(one.id)
            if mail is None or mail.state is not MailState.WAITING or mail.due_at > now:
                continue
            work.mails.save(replace(mail, due_at=now + LEASE))
            work.outbox.enqueue("mail", f"{mail.id}-{int(mail.due_at.timestamp())}", {"mail": mail.id})


def letter_of(desk: Desk, mail: Mail, person: Person, notices: Sequence[Notice]) -> Letter:
    """What stands in a mail. Ways to turn off are signed, so that they work without signing in."""
    optional = {notice.kind for notice in notices if notice.kind not in DUTY}
    which = next(iter(optional)).value if len(optional) == 1 else EVERYTHING
    return Letter(
        id=mail.id,
        name=person.name,
        email=person.email,
        items=tuple(
            Item(
                kind=notice.kind,
                scan=notice.scan,
                place=notice.place,
                moment=notice.moment,
                turn_off=turn_off_path(desk, person.id, notice.kind.value) if notice.kind in optional else None,
            )
            for notice in notices
        ),
        turn_off=turn_off_path(desk, person.id, which) if optional else None,
        mark=bounce.header(mail.id, desk.seal),
    )


def came_back(desk: Desk, raw: bytes) -> Verdict:
    """Note what a report that came back by mail says, once; what it comes down to for the one we wrote to.

    Nothing is noted, and NotFound says why, when it is no report about a mail that this installation sent, or about another
    address than that mail went to.
    """
    try:
        found = bounce.read_bounce(raw)
    except NoBounce as fault:
        raise NotFound(str(fault)) from None
    if not bounce.is_ours(found, desk.seal):
        raise NotFound("Deze melding gaat niet over mail van deze dienst.")
    with desk.writing() as work:
        mail = work.mails.lock(found.mail)
        person = work.people.get(mail.person) if mail is not None else None
        if mail is None or person is None:
            raise NotFound("Deze mail is er niet (meer).")
        reported = found.of(person.email)
        if reported is None:
            raise NotFound("Deze melding gaat over een ander adres dan dat van de ontvanger.")
        if reported.verdict is Verdict.UNDER_WAY or mail.state not in _MAY_COME_BACK:
            return reported.verdict
        refused = reported.verdict is Verdict.REFUSED
        state = MailState.REFUSED if refused else MailState.FAILED
        work.mails.save(replace(mail, state=state, answer=reported.answer))
        mailbox = work.mailboxes.get(person.id)
        if refused and mailbox.refused is None:
            work.mailboxes.put(replace(mailbox, refused=reported.answer, refused_at=desk.now()))
        return reported.verdict


_MAY_COME_BACK = frozenset({MailState.WAITING, MailState.SENT})
"""Also what waits: it can have been handed over by a process that died before it wrote that down."""


# --- choosing ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """What one person sees of their own mail."""

    mailbox: Mailbox
    notices: Sequence[Notice]
    mails: Sequence[Mail]


def correspondence(desk: Desk, person: PersonId) -> Correspondence:
    with desk.reading() as work:
        return Correspondence(
            mailbox=work.mailboxes.get(person),
            notices=work.notices.of_person(person, _SHOWN),
            mails=work.mails.of_person(person, _SHOWN),
        )


def choose(desk: Desk, person: PersonId, wanted: Collection[str]) -> None:
    """Which of the kinds that can be turned off this person wants; duty comes in any case."""
    with desk.writing() as work:
        muted = frozenset(kind for kind in OPTIONAL if kind.value not in wanted)
        work.mailboxes.put(replace(work.mailboxes.get(person), muted=muted))


def try_again(desk: Desk, person: PersonId) -> None:
    """The address is right after all: mail may be tried again."""
    with desk.writing() as work:
        work.mailboxes.put(replace(work.mailboxes.get(person), refused=None, refused_at=None))


def turn_off_path(desk: Desk, person: PersonId, which: str) -> str:
    """The path that ends this kind (or everything that can be) for this person, for whoever holds it."""
    return f"/afmelden/{person}/{which}/{_seal(desk, person, which)}"


def may_turn_off(desk: Desk, person: str, which: str, signature: str) -> bool:
    """Whether this path was made here. NotFound otherwise: it says nothing about who exists."""
    given = signature.encode("utf-8", "replace")
    if not compare_digest(given, _seal(desk, person, which).encode()) or not _kinds(which):
        raise NotFound("Deze link werkt niet (meer).")
    return True


def turn_off(desk: Desk, person: str, which: str, signature: str) -> None:
    may_turn_off(desk, person, which, signature)
    identifier = PersonId(person)
    with desk.writing() as work:
        if work.people.get(identifier) is None:
            raise NotFound("Deze link werkt niet (meer).")
        mailbox = work.mailboxes.get(identifier)
        work.mailboxes.put(replace(mailbox, muted=mailbox.muted | _kinds(which)))


def _kinds(which: str) -> frozenset[Kind]:
    return frozenset(kind for kind in OPTIONAL if which in (kind.value, EVERYTHING))


def _seal(desk: Desk, person: str, which: str) -> str:
    return desk.seal(f"afmelden:{person}:{which}")


# --- the administrator ---


def refused_addresses(desk: Desk, actor: Actor) -> Mapping[PersonId, Mailbox]:
    """Whose address was refused by the receiving side."""
    require_manager(actor)
    with desk.reading() as work:
        return work.mailboxes.refused()


def mails_of(desk: Desk, actor: Actor, person: PersonId) -> Correspondence:
    """What became of somebody's mail: states and answers, no content."""
    require_manager(actor)
    return replace(correspondence(desk, person), notices=())


def accept_again(desk: Desk, actor: Actor, person: PersonId) -> None:
    require_manager(actor)
    try_again(desk, person)
