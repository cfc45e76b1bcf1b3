"""What happened, told to whom it concerns: one line of the journal -> notices for people and deliveries for webhooks.

Everything here can be done twice: a notice and a delivery have a name that follows from the event and the receiver, and are
made once under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from uitvoeringsscan import events
from uitvoeringsscan.events import Event
from uitvoeringsscan.identifiers import PersonId
from uitvoeringsscan.notices import moments
from uitvoeringsscan.notices.cloud_events import TYPES, PublicEvent
from uitvoeringsscan.notices.happened import Happened
from uitvoeringsscan.notices.kinds import DUTY, Notice
from uitvoeringsscan.notices.letter import Mail, MailState
from uitvoeringsscan.notices.receivers import Delivery, DeliveryState, ReceiverState, delivery_id
from uitvoeringsscan.notices.retrying import LEASE
from uitvoeringsscan.notices.rules import RULES, ToTell, told
from uitvoeringsscan.use_cases.knowledge import rubric_of
from uitvoeringsscan.use_cases.ports import Desk, JournalLine, Work

TOLD: frozenset[type[Event]] = frozenset(getattr(events, name) for name in {*RULES, *TYPES})
"""Events that concern somebody outside the transaction they happened in. Each leads to one "announce"."""

ANNOUNCED = frozenset(kind.__name__ for kind in TOLD)
"""Their names, as the journal knows them."""

KEEP = timedelta(days=90)
"""Notices, mails and deliveries that are over are thrown away after this: the journal says what happened."""

_MANY = 500


def announce(desk: Desk, key: str, payload: Mapping[str, object]) -> None:
    """One line of the journal (`sequence` in the payload) told to everybody whom it concerns."""
    sequence = payload["sequence"]
    assert isinstance(sequence, int)
    with desk.writing() as work:
        line = work.journal.line(sequence)
        if line is None:
            raise LookupError(f"there is no line {sequence} in the journal")
        if line.event in RULES:
            _tell_people(desk, work, line)
        public = work.public_events.of_line(sequence)
        if public is not None:
            _tell_machines(desk, work, public)


def _tell_people(desk: Desk, work: Work, line: JournalLine) -> None:
    happened = _happened(desk, work, line)
    now = desk.now()
    vote = happened.scan.vote if happened.scan else None
    send_at = moments.send_at(now, vote)
    for one in told(happened):
        if one.kind not in DUTY and one.kind in work.mailboxes.get(one.person.id).muted:
            continue
        if line.scan is None and _waits(work, one):
            continue
        work.notices.add(
            Notice(
                id=f"{line.sequence}-{one.person.id}",
                person=one.person.id,
                kind=one.kind,
                scan=happened.scan_id,
                agency=one.agency,
                place=one.place,
                moment=one.moment,
                created_at=line.at,
                send_at=send_at,
            )
        )


def _waits(work: Work, one: ToTell) -> bool:
    """Whether a notice that has not left yet says the very same; about a scan each event is news of its own."""
    waiting = work.notices.waiting(one.person.id)
    return any((seen.kind, seen.scan, seen.place) == (one.kind, None, one.place) for seen in waiting)


def _happened(desk: Desk, work: Work, line: JournalLine) -> Happened:
    scan = work.scans.get(line.scan) if line.scan else None
    happened = Happened(
        event=line.event,
        at=line.at,
        principal=line.principal,
        details=line.details,
        scan=scan,
        submitted=scan is None or any(one.event == "ScanSubmitted" for one in work.journal.of_scan(scan.id)),
        files=work.assessments.of_scan(scan.id) if scan else (),
        people=work.people.every(),
    )
    file = happened.file(happened.agency)
    if scan is None or file is None:
        return happened
    rubric = rubric_of(desk, work, file.rubric)
    return Happened(
        event=happened.event,
        at=happened.at,
        principal=happened.principal,
        details=happened.details,
        scan=scan,
        submitted=happened.submitted,
        files=happened.files,
        people=happened.people,
        tasks=work.tasks.of_file(scan.id, file.agency),
        comments=work.comments.of_file(scan.id, file.agency),
        sections={question.code: part.code for part in rubric.sections for question in part.questions},
    )


def _tell_machines(desk: Desk, work: Work, event: PublicEvent) -> None:
    now = desk.now()
    for receiver in work.receivers.every():
        if not receiver.wants(event.type):
            continue
        active = receiver.state is ReceiverState.ACTIVE and receiver.failing_since is None
        delivery = Delivery(
            id=delivery_id(receiver.id, event.number),
            receiver=receiver.id,
            number=event.number,
            type=event.type,
            state=DeliveryState.WAITING,
            created_at=now,
            due_at=now + LEASE if active else now,
        )
        if work.deliveries.add(delivery) and active:
            work.outbox.enqueue("webhook", f"webhook-{delivery.id}-0", {"delivery": delivery.id})


# --- one mail rather than ten ---


def sweep(desk: Desk, now: datetime) -> None:
    """Everybody for whom something may leave by now gets one mail with all that waits for them."""
    with desk.reading() as work:
        people = work.notices.due(now, _MANY)
    for person in people:
        with desk.writing() as work:
            _gather(work, person, now)


def _gather(work: Work, identifier: PersonId, now: datetime) -> None:
    """One mail of everything that waits; its name is that of the oldest notice, so two at once make one mail."""
    waiting = work.notices.waiting(identifier)
    if not any(notice.send_at <= now for notice in waiting):
        return
    person, mailbox = work.people.get(identifier), work.mailboxes.get(identifier)
    unwanted = [one.id for one in waiting if one.kind not in DUTY and one.kind in mailbox.muted]
    wanted = [one.id for one in waiting if one.id not in unwanted]
    if unwanted:
        work.notices.put(unwanted, "")
    if not wanted:
        return
    reachable = person is not None and person.active and mailbox.refused is None
    mail = Mail(
        id=f"mail-{wanted[0]}",
        person=identifier,
        state=MailState.WAITING if reachable else MailState.DROPPED,
        attempts=0,
        created_at=now,
        due_at=now + LEASE,
    )
    if not work.mails.add(mail):
        return
    work.notices.put(wanted, mail.id)
    if reachable:
        work.outbox.enqueue("mail", f"{mail.id}-0", {"mail": mail.id})
